"""Brings who signed in or out back to what they looked at: Streamlit itself comes back to `/` without parameters.

The page that asks to sign in names itself in the request (`Referer`); its path and parameters wait in a cookie until the
provider sends the visitor back.
"""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "rzh_way_back"
SECONDS = 900
LONGEST = 2000
"""Letters of the view that are kept; a longer one comes back as the overview."""

PAGE = re.compile(r"[a-z_]*")


class WayBack:
    """Keeps the view over signing in, and its parameters over signing out.

    Args:
        base: `server.baseUrlPath`.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.root = f"/{base.strip('/')}/".replace("//", "/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = scope["path"].removeprefix(self.root) if scope["type"] == "http" else ""
        if route not in ("auth/login", "auth/logout", "oauth2callback"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if route == "oauth2callback":
            view = self._kept(headers.get("cookie", ""))
        else:
            view = self._asked_from(headers, keeps_page=route == "auth/login")
        is_secure = headers.get("x-forwarded-proto", scope.get("scheme", "http")) == "https"

        async def send_with_view(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                if answer.get("location") == self.root and view:
                    answer["location"] = view  # the way ends here, also where no provider was asked
                elif route != "oauth2callback":
                    answer.append("set-cookie", self._cookie(quote(view, safe=""), SECONDS, is_secure))
                if route == "oauth2callback":
                    answer.append("set-cookie", self._cookie("", 0, is_secure))
            await send(message)

        await self.app(scope, receive, send_with_view)

    def _asked_from(self, headers: Headers, *, keeps_page: bool) -> str:
        came_from = urlsplit(headers.get("referer", ""))
        if came_from.netloc != headers.get("host"):
            return ""
        page = came_from.path if keeps_page else self.root
        return self._allowed(f"{page}?{came_from.query}" if came_from.query else page)

    def _kept(self, cookies: str) -> str:
        kept = SimpleCookie(cookies).get(COOKIE)
        return self._allowed(unquote(kept.value)) if kept else ""

    def _allowed(self, view: str) -> str:
        """The view as an address below our own root, put together anew; "" where it is anything else."""
        if len(view) > LONGEST or not view.startswith(self.root):
            return ""
        path, _, query = view.partition("?")
        page = path.removeprefix(self.root)
        if not PAGE.fullmatch(page):
            return ""
        parameters = urlencode(parse_qsl(query), safe=",/")
        return f"{self.root}{page}{'?' + parameters if parameters else ''}"

    def _cookie(self, value: str, seconds: int, is_secure: bool) -> str:
        secure = "; Secure" if is_secure else ""
        return f"{COOKIE}={value}; Path={self.root}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
