"""The editors' page for those who are editors, and the second step, which asks again whether one still is."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from screen import FACTS, ROOT, TRANSLATIONS, AppTest, failures, turned, words

from rzh_data import facts_files, log, workbook_import
from rzh_data.workbook_import import Addition, Change, Examination, Message, WorkbookFault
from rzh_ui import access, controls, editing, editing_view
from tests.workbooks import events_share, filled

AUTH = {
    "redirect_uri": "http://localhost/oauth2callback",
    "cookie_secret": "0123456789" * 4,
    "client_id": "rzh",
    "client_secret": "secret",
    "server_metadata_url": "http://localhost/.well-known/openid-configuration",
}
SECRETS = {"auth": AUTH, "roles": {"claim": "roles", "editor": "rzh-editor"}}
PERSON = access.Person("https://id.example", "1", "Айгүл", 1, is_reader=True, is_editor=True)
t = TRANSLATIONS["ru"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The log of this test."""
    monkeypatch.setenv(log.VARIABLE, str(tmp_path / "log"))
    return tmp_path / "log"


def user(roles):
    """The claims of somebody who signed in just now."""
    who = {"iss": "https://id.example", "sub": "1", "name": "Айгүл"}
    return {"is_logged_in": True, "iat": time.time(), "roles": roles, **who}


def visited(roles, language="ru"):
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    app.secrets, app.user = SECRETS, user(roles)
    app.query_params["lang"] = language
    return turned(app.run(), "editor")


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_an_editor_finds_the_steps_and_the_log(folder, language):
    app = visited("rzh-editor", language)
    assert not failures(app)
    said = TRANSLATIONS[language]
    assert app.title[0].value == said("editor.title")
    assert [header.value for header in app.header] == [
        said("editor.template_title"), said("editor.upload_title"), said("editor.log_title"),
    ]  # fmt: skip
    assert [entry["event"] for entry in log.entries(folder)] == ["signed_in"]
    app.run()
    assert log.verify(folder).entries == 1, "a visit signs in once"
    assert said("log.signed_in") in words(app)


def test_others_do_not_find_the_page(folder):
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        visited("other")
    assert not folder.exists()


@pytest.mark.parametrize("roles", ["other", "rzh-editor"])
def test_the_page_itself_asks_for_the_role(folder, roles):
    """A server that goes around app.py, or a role that ended while the page was open."""
    app = AppTest.from_file(ROOT / "pages" / "editor.py", default_timeout=60)
    for choice in controls._choices("ru"):
        app.session_state[choice.key] = choice.parse(())[0]
    app.secrets, app.user = SECRETS, user(roles)
    app.run()
    assert not failures(app)
    assert (t("editor.only_editors") in words(app)) is (roles == "other")
    assert bool(app.get("file_uploader")) is folder.exists() is (roles == "rzh-editor")


def test_without_a_log_nothing_is_offered(folder):
    folder.write_text("a file in the way", encoding="utf-8")
    app = visited("rzh-editor")
    assert t("editor.no_log") in words(app)
    assert not app.get("file_uploader")


def test_a_damaged_log_is_told(folder):
    visited("rzh-editor")
    path = folder / log.NAME
    path.write_bytes(path.read_bytes().replace("Айгүл".encode(), b"Other"))
    assert t("editor.log_broken", command=editing_view.VERIFY) in editing_view.log_of_late(t)


@pytest.fixture(scope="module")
def content():
    return filled({"observations": [events_share("pavlodar", 7.7, 3168, "7,7%")]})


@pytest.fixture(scope="module")
def examination(content):
    return workbook_import.examine(content)


@pytest.fixture
def looked_at(folder, monkeypatch, content, examination):
    """A workbook that this visit looked at; a session without Streamlit."""
    monkeypatch.setattr(editing.st, "session_state", {})
    monkeypatch.setattr(workbook_import, "examine", lambda _: examination)
    return editing.look_at(content, "figures.xlsx", PERSON), content


@pytest.mark.parametrize(
    "now",
    [None, replace(PERSON, is_editor=False), replace(PERSON, subject="2"), replace(PERSON, issuer="https://other")],
)
def test_who_is_no_editor_any_more_writes_nothing(folder, looked_at, monkeypatch, now):
    before = facts_files.fingerprint(FACTS)
    monkeypatch.setattr(access, "person", lambda: now)
    with pytest.raises(editing.Refused, match="Войдите снова"):
        editing.accept(*looked_at, PERSON, t)
    assert [entry["event"] for entry in log.entries(folder)] == ["previewed", "not_accepted"]
    assert facts_files.fingerprint(FACTS) == before


def test_only_the_file_that_was_shown_is_written(folder, looked_at, monkeypatch):
    monkeypatch.setattr(access, "person", lambda: PERSON)
    with pytest.raises(editing.Refused, match="другой файл"):
        editing.accept(looked_at[0], looked_at[1] + b"x", PERSON, t)
    assert [entry["event"] for entry in log.entries(folder)] == ["previewed"]


def test_a_file_is_looked_at_and_logged_once(folder, looked_at):
    again = editing.look_at(looked_at[1], "figures.xlsx", PERSON)
    assert again is looked_at[0]
    assert log.verify(folder).entries == 1


def test_names_and_units_come_from_the_facts_or_from_the_workbook_itself():
    region = Addition("groups", "testgroup", "groups", 2, {"group_id": "testgroup", "name_ru": "Пробная группа"})
    key = "tugan_zher_sponsors:pavlodar:2018:testgroup"
    change = Change("observations", key, "observations", 2, "value", "1234567", "1234568")
    names = editing_view.Names(Examination("", "", additions=(region,), changes=(change,)), t)
    said = names.key("observations", key)
    assert said.endswith("Павлодарская область · 2018 год · Пробная группа"), said
    assert names.unit("tugan_zher_sponsors") == "KZT"
    assert editing_view._cell("observations", key, "value", "1234567", names, t) == "1 234 567 ₸".replace(" ", "\u00a0")
    assert editing_view._cell("observations", key, "value", "", names, t) == t("figure.missing")
    assert editing_view._cell("observations", key, "kk_line", "7218", names, t) == "7218"


def test_the_largest_file_is_the_same_everywhere():
    import tomllib

    from rzh_data.workbook_guard import MOST_BYTES

    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    megabytes = editing_view.LARGEST_MEGABYTES
    assert config["server"]["maxUploadSize"] == megabytes == MOST_BYTES / 1024**2
    for language in TRANSLATIONS.values():
        assert str(megabytes) in language("editor.upload") and str(megabytes) in language("built_in.upload_most")


def test_a_fault_of_the_whole_file_says_so(folder):
    fault = WorkbookFault(None, None, None, Message("workbook.fault.macros"))
    app = AppTest.from_function(_refusal, kwargs={"fault": fault})
    app.run()
    assert t("editor.whole_file") in words(app) and t("workbook.fault.macros") in words(app)


def _refusal(fault):
    from rzh_data.workbook_import import Examination
    from rzh_ui import editing_view
    from rzh_ui.i18n import messages

    editing_view.refusal(Examination("", "", faults=(fault,)), messages("ru"))
