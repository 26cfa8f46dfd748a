"""Nothing that a visitor does makes the browser ask another host, or complain."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from dashboard import LANGUAGES, PAGES, Server, Visit, open_table, settled, table_keys
from playwright.sync_api import ConsoleMessage, Page

WITHOUT_HOST = ("data", "blob")
MOST_OPENED = 8
"""Passports opened on a page: all are made alike, and some pages have hundreds."""

KNOWN_COMPLAINTS = (
    # Streamlit's index.html sets `window.prerenderReady` in an inline script, for crawlers. The policy allows no inline
    # script, and nothing on the page reads the variable.
    (re.compile(r"Executing inline script violates the following Content Security Policy"), re.compile(r"")),
    # On a page below `/` Streamlit's client first looks for its server below that page, then one level up.
    (re.compile(r"status of 404"), re.compile(r"/\w+/_stcore/(health|host-config)$")),
)


def is_known(message: ConsoleMessage) -> bool:
    where = str(message.location.get("url", ""))
    return any(said.search(message.text) and place.search(where) for said, place in KNOWN_COMPLAINTS)


@pytest.mark.parametrize(
    ("path", "lang"),
    [(path, lang) for path in PAGES for lang in (LANGUAGES if path in ("", "funding") else ("kk",))],
)
def test_no_request_leaves_for_an_outside_host_and_nothing_fails(
    path: str, lang: str, visit: Visit, server: Server
) -> None:
    asked: list[str] = []
    complaints: list[str] = []

    def listen(page: Page) -> None:
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda socket: asked.append(socket.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(f"{message.text} ({message.location})")
                if message.type == "error" and not is_known(message)
                else None
            ),
        )

    page = visit(f"{path}?lang={lang}", fresh=lang == "kk", before=listen)
    for popover in page.locator(".st-key-filters [data-testid=stPopover] button").all():
        popover.click()
        page.locator("[data-testid=stPopoverBody]").wait_for()
        page.keyboard.press("Escape")
    menu = page.locator("[data-testid=stMainMenu] button")
    assert menu.is_visible() != (path == "present"), "a presentation has no toolbar, every other page has its menu"
    if menu.is_visible():
        menu.click()
        page.locator("[data-testid=stMainMenuPopover], [data-testid=stMainMenuList]").first.wait_for()
        page.keyboard.press("Escape")
    for key in table_keys(page)[:2]:
        open_table(page, key).hover()
    for chart in page.locator("[data-testid=stVegaLiteChart]").all():
        chart.hover()
    for passport in page.locator("details.rz-passport > summary").all()[:MOST_OPENED]:
        passport.click()
    settled(page)

    schemes = {urlsplit(url).scheme for url in asked}
    assert {"http", "ws"} <= schemes, f"the recorder saw only {schemes}"
    assert path or any("/geo/map" in url for url in asked), "the outlines of the map were not asked for"
    hosts = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme not in WITHOUT_HOST}
    assert hosts == {urlsplit(server.url).netloc}
    assert complaints == []
