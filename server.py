"""The dashboard as a server: compressed delivery, security headers, warm before the first visitor. `streamlit run server.py`."""

from __future__ import annotations

import importlib
import logging
import os
import re
import socket
import stat
import threading
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rzh_ui.navigation import use_navigation
from rzh_ui.uploads import EditorsUpload
from rzh_ui.way_back import WayBack


def _own_inline_scripts() -> str:
    """Hashes of the scripts inside Streamlit's own page, so that they, and no others, may run inline."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    return " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)


CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        f"script-src 'self' blob: {_own_inline_scripts()}",  # the map's loader is a module that the page makes itself
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob: ws: wss:",
        "worker-src 'self' blob:",
        "frame-ancestors 'self'",
    )
)
HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
)


class SecurityHeaders:
    """Adds the headers that keep every request on this host."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in HEADERS if name not in present),
                ]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _warm() -> None:
    """Builds the extracts where the facts are newer, and imports what pages need, while the server already answers."""
    for name in (
        "rzh_data.build",
        "rzh_data.store",
        "pandas",
        "altair",
        "rzh_ui.charts",
        "rzh_ui.money",
        "rzh_ui.regional_view",
        "rzh_ui.headline",
        "rzh_ui.claims",
    ):
        importlib.import_module(name)
    importlib.import_module("rzh_data.build").build()
    importlib.import_module("rzh_data.store").current()


def _send_at_once() -> None:
    """Lets small messages go without waiting for the browser to acknowledge those before, which takes 40 ms a rerun.

    Python's event loop does that by itself, but not for a socket made as Streamlit makes its own. A connection inherits
    the option from the socket that listens.
    """
    descriptors = Path("/proc/self/fd")
    for name in [entry.name for entry in descriptors.iterdir()] if descriptors.is_dir() else []:
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                with socket.socket(fileno=os.dup(int(name))) as one:
                    if one.family in (socket.AF_INET, socket.AF_INET6) and one.type == socket.SOCK_STREAM:
                        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _tell_the_system() -> None:
    """Writes what our own modules log where the system keeps it, the hash of each entry of the editors' log among it."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    logging.getLogger("rzh_data.log").setLevel(logging.INFO)


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    _tell_the_system()
    use_navigation()
    _send_at_once()
    threading.Thread(target=_warm, daemon=True).start()
    yield {}


BASE = str(st.get_option("server.baseUrlPath"))
app = st.App(
    Path(__file__).with_name("app.py"),
    lifespan=_lifespan,
    middleware=[
        Middleware(GZipMiddleware, minimum_size=1000),
        Middleware(SecurityHeaders),
        Middleware(WayBack, base=BASE),
        Middleware(EditorsUpload, base=BASE),
    ],
)
