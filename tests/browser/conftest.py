"""A browser and a server for all tests of this folder: one each, started when the first test asks for them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dashboard import DESK, ROOT, Scheme, Server, Visit, opened
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET_START = ("--no-sandbox", "--disable-background-networking")
PLAIN = ("--disable-gpu",)  # drawing is three times as fast without the detour over a graphics card made of software
WITH_WEBGL = ("--enable-unsafe-swiftshader", "--use-angle=swiftshader")
WITHOUT_WEBGL = ("--disable-gpu", "--disable-webgl", "--disable-3d-apis")

expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None:
        here = Path(__file__).parent
        skip = pytest.mark.skip(reason="no Chromium on this machine; install the package chromium")
        for item in items:
            if here in item.path.parents:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def extracts() -> None:
    """The extracts that the server reads, built from today's facts."""
    subprocess.run([sys.executable, "-m", "rzh_data", "build"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def server(extracts: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(ROOT, tmp_path_factory.mktemp("server") / "log.txt") as running:
        yield running


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


def _launch(playwright: Playwright, switches: tuple[str, ...]) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET_START, *switches])


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The browser of nearly all tests."""
    launched = _launch(playwright, PLAIN)
    yield launched
    launched.close()


@pytest.fixture
def browser_with_webgl(playwright: Playwright) -> Iterator[Browser]:
    launched = _launch(playwright, WITH_WEBGL)
    yield launched
    launched.close()


@pytest.fixture
def browser_without_webgl(playwright: Playwright) -> Iterator[Browser]:
    launched = _launch(playwright, WITHOUT_WEBGL)
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[Any, BrowserContext]]:
    """Browser profiles by what they differ in; kept, so that scripts come from the cache."""
    made: dict[Any, BrowserContext] = {}
    yield made
    for context in made.values():
        context.close()


@pytest.fixture
def visit(server: Server, browser: Browser, contexts: dict[Any, BrowserContext]) -> Iterator[Visit]:
    """Opens a page of the dashboard: `visit("funding?lang=ru", scheme="dark")`. Closed when the test ends.

    `fresh=True` takes a browser profile that knows nothing; `before` is called with the page before it loads.
    """
    pages: list[Page] = []
    fresh_ones: list[BrowserContext] = []

    def open_page(
        address: str = "",
        *,
        locale: str = "kk-KZ",
        scheme: Scheme = "light",
        size: tuple[int, int] = DESK,
        fresh: bool = False,
        before: Any = None,
    ) -> Page:
        width, height = size
        options: dict[str, Any] = {
            "locale": locale,
            "color_scheme": scheme,
            "viewport": {"width": width, "height": height},
        }
        key = (locale, scheme, size)
        if fresh:
            context = browser.new_context(**options)
            fresh_ones.append(context)
        else:
            if key not in contexts:
                contexts[key] = browser.new_context(**options)
            context = contexts[key]
        page = context.new_page()
        page.set_default_timeout(20_000)
        pages.append(page)
        if before:
            before(page)
        return opened(page, f"{server.url}/{address}")

    yield open_page
    for page in pages:
        page.close()
    for context in fresh_ones:
        context.close()
