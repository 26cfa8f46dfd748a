"""Who may do what, against a real OpenID provider on this machine: readers, editors, what editors enter, and the log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from dashboard import Server, copied_project, drawn, free_port, opened, parameters, settled
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, BrowserContext, Page, expect

COOKIE_SECRET = "a-secret-of-this-test-and-of-nothing-else"
EDITOR, READER, FORGED = "aigul@example.org", "daulet@example.org", "forger@example.org"
PEOPLE = (
    User(sub=EDITOR, claims={"name": "Айгүл", "roles": ["rzh-editor", "other"]}),
    User(sub=READER, claims={"name": "Дәулет", "roles": ["rzh-reader"]}),
    # a claim that only looks like the one asked for
    User(sub=FORGED, claims={"name": "rzh-editor", "roles": {"rzh-editor": True}, "role": "rzh-editor"}),
)


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Address of an OpenID provider that knows PEOPLE."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with run_server_in_thread(user_claims=PEOPLE) as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture(scope="module")
def running(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A copy of the project whose visitors can sign in."""
    root = copied_project(tmp_path_factory.mktemp("access") / "project")
    port = free_port()
    (root / ".streamlit" / "secrets.toml").write_text(
        f"""
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "{COOKIE_SECRET}"
client_id = "rzh"
client_secret = "of-the-client"
server_metadata_url = "{provider}/.well-known/openid-configuration"

[roles]
claim = "roles"
editor = "rzh-editor"
""",
        encoding="utf-8",
    )
    with Server(root, root / "log.txt", port=port) as server:
        yield server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="ru-RU")
    made = context.new_page()
    made.set_default_timeout(20_000)
    yield made
    context.close()


def sign_in(page: Page, subject: str) -> None:
    page.locator(".st-key-sign_in button").click()
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize").click()
    drawn(page)


def test_editor(running: Server, page: Page) -> None:
    opened(page, f"{running.url}/funding?lang=ru&period=2018")
    sign_in(page, EDITOR)
    print(page.url)
    print(page.locator("header").inner_text())
    page.screenshot(path="/tmp/access/a.png", full_page=True)
    page.goto(f"{running.url}/editor?lang=ru")
    drawn(page)
    print(page.url, page.locator("h1").inner_text())
    page.locator(".st-key-sign_out button").click()
    page.get_by_role("button").first.click()
    drawn(page)
    print(page.url)
