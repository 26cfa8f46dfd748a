"""What tests of signing in share: an OpenID provider on this machine, people it knows, and a project that asks it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard import drawn
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Page

COOKIE_SECRET = "a-secret-of-these-tests-and-of-nothing-else"
EDITOR, READER, PRETENDER = "aigul@example.org", "daulet@example.org", "pretender@example.org"
PEOPLE = (
    User(sub=EDITOR, claims={"name": "Айгүл", "roles": ["other", "rzh-editor"]}),
    User(sub=READER, claims={"name": "Дәулет"}),  # the claim is absent
    # claims that only look like the one asked for
    User(sub=PRETENDER, claims={"name": "rzh-editor", "roles": {"rzh-editor": True}, "role": "rzh-editor"}),
)


@contextmanager
def provider() -> Iterator[str]:
    """Address of an OpenID provider that knows PEOPLE."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with run_server_in_thread(user_claims=PEOPLE) as running:
        yield f"http://localhost:{running.server_port}"


def write_secrets(root: Path, provider: str, address: str) -> None:
    """Lets visitors of the project in `root`, served at `address`, sign in at `provider`."""
    (root / ".streamlit" / "secrets.toml").write_text(
        f"""
[auth]
redirect_uri = "{address}/oauth2callback"
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


def sign_in(page: Page, subject: str) -> None:
    """Signs in as `subject` and waits for the page that one comes back to."""
    page.locator(".st-key-sign_in button").click()
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize").click()
    drawn(page)


def sign_out(page: Page) -> None:
    """Signs out, here and at the provider, and waits for the page that one comes back to."""
    page.locator(".st-key-sign_out button").click()
    page.wait_for_url("**/end_session**")
    page.locator("form button").first.click()
    drawn(page)
