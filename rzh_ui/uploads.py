"""Only an editor's visit may send a file to the server. Streamlit itself takes one from every visit that is open."""

from __future__ import annotations

import time

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

ROUTE = "_stcore/upload_file/"


class EditorsUpload:
    """Refuses to take a file unless the visit that sends it is an editor's.

    Args:
        base: `server.baseUrlPath`.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.route = f"/{base.strip('/')}/{ROUTE}".replace("//", "/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and scope["path"].startswith(self.route)
            and scope["method"] == "PUT"
            and not _is_editors(scope["path"].removeprefix(self.route).split("/")[0])
        ):
            await PlainTextResponse("Only a signed-in editor may send a file.", 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _is_editors(session_id: str) -> bool:
    """Whether the open visit `session_id` is an editor's; a visit that cannot be looked up is none."""
    from streamlit import runtime

    from rzh_ui import access

    known = access.rules()
    if known is None or not runtime.exists():
        return False
    visit = runtime.get_instance()._session_mgr.get_active_session_info(session_id)
    claims = getattr(visit.session, "_user_info", {}) if visit else {}
    found = access.person_of(claims, known, time.time())
    return found is not None and found.is_editor
