"""Who may do what, against a real OpenID provider on this machine: readers, editors, what editors enter, and the log."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from dashboard import SCHEMES, Server, copied_project, free_port, opened, parameters, segment, settled, stretched
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sign_in import EDITOR, PRETENDER, READER, provider, sign_in, sign_out, write_secrets

from rzh_data import log
from tests.workbooks import events_share, filled

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:.*deprecated.*")
MENU = "[data-testid=stTopNavLinkContainer], [data-testid=stTopNavLink]"
TITLE = "Ввод данных"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A copy of the project whose visitors can sign in."""
    root = copied_project(tmp_path_factory.mktemp("access") / "project")
    port = free_port()
    with provider() as address:
        write_secrets(root, address, f"http://localhost:{port}")
        with Server(root, root / "log.txt", port=port) as server:
            yield server


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that knows nothing yet."""
    made = browser.new_context(locale="ru-RU", viewport={"width": 1440, "height": 900})
    made.set_default_timeout(20_000)
    yield made
    made.close()


def has_editor(page: Page) -> bool:
    """Whether the navigation offers the editors' page."""
    page.locator("header").get_by_text("Источники").first.wait_for()
    return page.locator("header").get_by_text(TITLE).count() > 0


def state(root: Path) -> dict[str, bytes]:
    """Every file of facts, extracts and what lies beside them, but not the log."""
    data = root / "data"
    return {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in sorted(data.rglob("*"))
        if path.is_file() and path.relative_to(data).parts[0] != "log" and not path.name.endswith("lock")
    }


def send(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def barriers(page: Page) -> list[tuple[str, str, str]]:
    """What axe finds serious on the page, by day and by night."""
    stretched(page)
    page.add_style_tag(content="* { transition: none !important; }")
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        settled(page)
        options = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
        found += [
            (scheme, violation["id"], str(node["target"]))
            for violation in Axe().run(page, options=options).response["violations"]
            for node in violation["nodes"]
        ]
    return found


@pytest.mark.parametrize("subject", [READER, PRETENDER])
def test_without_the_claim_one_reads_on_where_one_was_and_enters_nothing(
    running: Server, context: BrowserContext, subject: str
) -> None:
    page = opened(context.new_page(), f"{running.url}/foresight?lang=ru&period=2018")
    assert not has_editor(page)
    sign_in(page, subject)
    assert page.url.split("?")[0] == f"{running.url}/foresight"
    assert parameters(page) == {"lang": "ru", "period": "2018"}
    expect(page.locator(".st-key-access")).to_contain_text("читатель")
    assert not has_editor(page)
    opened(page, f"{running.url}/editor?lang=ru")
    assert TITLE not in page.locator("h1").all_inner_texts()
    assert not page.locator("input[type=file]").count()


def test_a_cookie_that_another_secret_signed_signs_nobody_in(running: Server, context: BrowserContext) -> None:
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    claims = {
        "iss": "http://localhost", "sub": EDITOR, "name": "Айгүл", "roles": ["rzh-editor"], "iat": int(time.time()),
        "origin": running.url, "is_logged_in": True, "provider": "default",
    }  # fmt: skip
    forged = (
        create_signed_value("another-secret-of-thirty-two-characters", "_streamlit_user", json.dumps(claims)).decode(),
        b64encode(json.dumps(claims).encode()).decode().rstrip("="),
    )
    for value in forged:
        context.add_cookies([{"name": "_streamlit_user", "value": value, "url": running.url}])
        page = opened(context.new_page(), f"{running.url}/foresight?lang=ru")
        assert page.locator(".st-key-sign_in").count() and not has_editor(page)
        page.close()


def test_an_editor_enters_a_figure_and_everybody_sees_it(running: Server, context: BrowserContext) -> None:
    root = running.root
    folder = root / "data" / "log"
    visitor = opened(context.browser.new_page(), f"{running.url}/?lang=ru&metric=tugan_zher_events_share")
    row = visitor.locator('.rm-bar[data-region="pavlodar"]')
    assert "7,7" not in row.inner_text()

    page = opened(context.new_page(), f"{running.url}/sources?lang=ru&period=2018")
    sign_in(page, EDITOR)
    expect(page.locator(".st-key-access")).to_contain_text("редактор")
    page.locator("header").get_by_text(TITLE).first.click()
    page.locator("input[type=file]").wait_for(state="attached")
    settled(page)
    with page.expect_download() as download:
        page.locator(".st-key-editor_template button").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    before = state(root)

    send(page, "figures.xlsx", b"indicator_id;value\nx;1\n")
    expect(page.get_by_text("В книге найдена 1 ошибка")).to_be_visible()
    expect(page.locator(".st-key-editor_faults")).to_contain_text("Это не книга Excel")
    assert not page.locator(".st-key-editor_accept").count()
    assert state(root) == before

    rows = [
        events_share("pavlodar", 7.7, 3168, "7,7%"),
        {**events_share("atyrau", 0.8, 3167, "0,8%"), "ru_line": 7218, "ru_printed": "0,8%"},
    ]
    send(page, "figures.xlsx", filled({"observations": rows}))
    expect(page.locator(".st-key-editor_added")).to_contain_text("7,7")
    changed = page.locator(".st-key-editor_changed tbody tr").first
    expect(changed).to_contain_text("0,6")
    expect(changed).to_contain_text("0,8")
    assert state(root) == before
    expect(page.locator(".st-key-editor_accept button")).to_be_disabled()
    assert barriers(page) == []

    # somebody else changes the facts between the two steps: what was shown is no longer what would happen
    regions = root / "data" / "facts" / "regions.csv"
    whole = regions.read_bytes()
    regions.write_bytes(whole.replace("Павлодарская".encode(), "Прииртышская".encode()))
    page.locator("[class*=st-key-editor_compared] label").click()
    settled(page)
    page.locator(".st-key-editor_accept button").click()
    expect(page.get_by_text("После проверки данные изменились")).to_be_visible()
    regions.write_bytes(whole)
    assert state(root) == before

    page.locator(".st-key-editor_accept button").click()
    expect(page.get_by_text("Записано. Новые строки: 1; изменённые ячейки: 3.")).to_be_visible()
    settled(page)
    assert state(root) != before
    segment(visitor, "per", "За месяц").click()
    settled(visitor)
    segment(visitor, "per", "Всего").click()
    expect(row).to_contain_text("7,7")
    visitor.context.close()

    entries = list(log.entries(folder))
    assert [entry["event"] for entry in entries] == [
        "signed_in", "refused", "previewed", "accepting", "not_accepted", "accepting", "accepted",
    ]  # fmt: skip
    assert {(entry["who"]["subject"], entry["who"]["name"]) for entry in entries} == {(EDITOR, "Айгүл")}
    told = entries[-1]["what"]
    assert told["added"] == ["observations:tugan_zher_events_share:pavlodar:2017/2019-9m"]
    assert ("0.6", "0.8") in {(change["old"], change["new"]) for change in told["changed"]}
    assert (root / "data" / "parquet" / "current").read_text(encoding="utf-8").strip() == told["version"]
    command = [sys.executable, "-m", "rzh_data", "log", "--verify", "--contains", entries[-1]["hash"]]
    checked = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60)
    assert checked.returncode == 0 and "7 entries; the chain holds" in checked.stdout, checked.stderr

    noted = running.log.read_text(encoding="utf-8")
    assert all(entry["hash"] in noted for entry in entries), "the system's own log has every hash as well"

    sign_out(page)
    assert parameters(page)["lang"] == "ru" and not has_editor(page)
    expect(page.locator(".st-key-sign_in button")).to_be_visible()
    opened(page, f"{running.url}/editor?lang=ru")
    assert not page.locator("input[type=file]").count()
