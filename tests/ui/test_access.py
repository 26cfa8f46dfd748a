"""Who is an editor and who is none, by the claims of the token alone; and what a visitor sees of it."""

from __future__ import annotations

import asyncio
import time

import pytest
from screen import TRANSLATIONS, failures, opened, words

from rzh_ui import access
from rzh_ui.access import Rules, person_of
from rzh_ui.uploads import EditorsUpload
from rzh_ui.way_back import COOKIE, WayBack

NOW = 1_800_000_000.0
RULES = Rules(("roles",), frozenset({"rzh-editor"}))
CLAIMS = {"is_logged_in": True, "iss": "https://id.example", "sub": "1", "name": "Айгүл", "iat": NOW - 60}
AUTH = {
    "redirect_uri": "http://localhost/oauth2callback",
    "cookie_secret": "0123456789" * 4,
    "client_id": "rzh",
    "client_secret": "secret",
    "server_metadata_url": "http://localhost/.well-known/openid-configuration",
}
ROLES = {"claim": "roles", "editor": "rzh-editor"}


@pytest.mark.parametrize("held", ["rzh-editor", ["rzh-editor"], ["other", "rzh-editor"]])
def test_the_named_value_of_the_named_claim_makes_an_editor(held):
    found = person_of({**CLAIMS, "roles": held}, RULES, NOW)
    assert found is not None and found.is_editor and found.is_reader
    assert (found.issuer, found.subject, found.name) == ("https://id.example", "1", "Айгүл")


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"roles": None},
        {"roles": []},
        {"roles": "rzh-editor-of-another"},
        {"roles": "other rzh-editor"},  # a text is one value
        {"roles": ["RZH-EDITOR"]},
        {"roles": {"rzh-editor": True}},
        {"roles": [["rzh-editor"]]},
        {"roles": True},
        {"role": "rzh-editor", "name": "rzh-editor"},
        {"roles": "rzh-editor", "iat": None},
        {"roles": "rzh-editor", "iat": str(NOW)},
        {"roles": "rzh-editor", "iat": True},
        {"roles": "rzh-editor", "iat": NOW - 8 * 3600 - 1},
        {"roles": "rzh-editor", "iat": NOW + 3600},
        {"roles": "rzh-editor", "iat": float("nan")},
        {"roles": "rzh-editor", "sub": ""},
        {"roles": "rzh-editor", "iss": None},
    ],
)
def test_everything_else_makes_a_reader(claims):
    found = person_of({**CLAIMS, **claims}, RULES, NOW)
    assert found is not None and not found.is_editor and found.is_reader


@pytest.mark.parametrize("said", [False, None, "true", 1])
def test_who_is_not_signed_in_is_nobody(said):
    assert person_of({**CLAIMS, "roles": "rzh-editor", "is_logged_in": said}, RULES, NOW) is None
    assert person_of({**CLAIMS, "roles": "rzh-editor"}, None, NOW) is None


def test_a_claim_inside_another_is_named_by_its_parts():
    nested = Rules(("realm_access", "roles"), frozenset({"rzh-editor"}))
    assert person_of({**CLAIMS, "realm_access": {"roles": ["rzh-editor"]}}, nested, NOW).is_editor
    for other in ({"realm_access": ["rzh-editor"]}, {"roles": ["rzh-editor"]}, {"realm_access.roles": "rzh-editor"}):
        assert not person_of({**CLAIMS, **other}, nested, NOW).is_editor


def test_where_readers_are_named_only_they_and_editors_read():
    closed = Rules(("roles",), frozenset({"rzh-editor"}), frozenset({"rzh-reader"}))
    held = {role: person_of({**CLAIMS, "roles": role}, closed, NOW) for role in ("rzh-reader", "rzh-editor", "other")}
    assert [held[role].is_reader for role in held] == [True, True, False]
    assert [held[role].is_editor for role in held] == [False, True, False]


@pytest.fixture
def secrets(monkeypatch):
    found = {"auth": dict(AUTH), "roles": dict(ROLES)}
    monkeypatch.setattr(access.st, "secrets", found)
    access._complain.cache_clear()
    return found


def test_both_sections_together_make_the_rules(secrets):
    secrets["roles"] |= {"reader": ["staff", "guests"], "hours": 2}
    assert access.rules() == Rules(("roles",), frozenset({"rzh-editor"}), frozenset({"staff", "guests"}), 2.0)


@pytest.mark.parametrize(
    "section, change",
    [
        ("auth", {"cookie_secret": "short"}),
        ("auth", {"client_id": ""}),
        ("auth", {"redirect_uri": None}),
        ("auth", {"server_metadata_url": None}),
        ("roles", {"claim": ""}),
        ("roles", {"claim": 5}),
        ("roles", {"editor": []}),
        ("roles", {"hours": 0}),
        ("roles", {"hours": True}),
        ("roles", {"hours": "8"}),
    ],
)
def test_settings_that_are_not_whole_let_nobody_in(secrets, section, change, caplog):
    secrets[section] |= change
    assert access.rules() is None
    assert next(iter(change)) in caplog.text


def test_without_either_section_there_are_no_rules(secrets):
    for section in ("auth", "roles"):
        kept = secrets.pop(section)
        assert access.rules() is None
        secrets[section] = kept


def test_a_server_that_was_meant_to_be_closed_stays_closed_when_its_settings_are_wrong(secrets):
    assert not access.reading_is_closed()
    secrets["roles"]["reader"] = "staff"
    secrets["auth"]["cookie_secret"] = "short"
    assert access.rules() is None and access.reading_is_closed()


def visited(claims, secrets, **address):
    """A visit to the overview by somebody with these claims, on a server with these settings."""
    from screen import ROOT, AppTest

    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    app.secrets = secrets
    app.user = claims
    for key, value in {"lang": "ru", **address}.items():
        app.query_params[key] = value
    return app.run()


def menu(app):
    return {key for button in app.button if (key := button.key) in ("sign_in", "sign_out")}


def test_without_settings_nothing_of_it_is_on_the_page():
    app = opened(lang="ru")
    assert menu(app) == set() and not failures(app)


def test_with_settings_a_visitor_reads_and_may_sign_in():
    app = visited({}, {"auth": AUTH, "roles": ROLES})
    assert not failures(app) and menu(app) == {"sign_in"}
    assert app.title[0].value != TRANSLATIONS["ru"]("access.closed_title")


def test_a_closed_server_shows_no_figure_to_strangers():
    t = TRANSLATIONS["ru"]
    settings = {"auth": AUTH, "roles": {**ROLES, "reader": "staff"}}
    app = visited({}, settings)
    assert app.title[0].value == t("access.closed_title") and t("access.closed") in words(app)
    assert not app.get("vega_lite_chart") and not failures(app)
    stranger = {**CLAIMS, "iat": time.time(), "roles": "other"}
    app = visited(stranger, settings)
    assert t("access.closed_no_role") in words(app) and menu(app) == {"sign_out"}
    app = visited({**stranger, "roles": "staff"}, settings)
    assert app.title[0].value != t("access.closed_title")
    assert t("access.signed_in_reader", name="Айгүл") in words(app)


def answered(app, path, headers=(), method="GET"):
    """Status and headers that an ASGI application answers with."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "path": path,
        "method": method,
        "scheme": "http",
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], [(name.decode().lower(), value.decode()) for name, value in sent[0]["headers"]]


def redirecting(place):
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 302, "headers": [(b"location", place.encode())]})
        await send({"type": "http.response.body", "body": b""})

    return app


def came_back_to(referer, base="", route="auth/login", host="map.example"):
    """Where a visitor is sent who signs in from `referer` and comes back from the provider."""
    root = f"{base}/"
    headers = [("host", host), *([("referer", referer)] if referer else [])]
    _, found = answered(WayBack(redirecting("https://id.example/authorize"), base), root + route, headers)
    (cookie,) = [value for name, value in found if name == "set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and f"Path={root};" in cookie
    kept = cookie.split(";")[0]
    _, found = answered(WayBack(redirecting(root), base), f"{root}oauth2callback", [("host", host), ("cookie", kept)])
    assert any(name == "set-cookie" and value.startswith(f"{COOKIE}=;") for name, value in found)
    return dict(found)["location"]


def test_who_signs_in_comes_back_to_the_view():
    there = "https://map.example/funding?lang=kk&period=2018&find=%D2%9B%D0%B0%D0%BB%D0%B0&regions=almaty_city,akmola"
    assert came_back_to(there) == there.removeprefix("https://map.example")
    assert came_back_to("https://map.example/rzh/funding?lang=kk", base="/rzh") == "/rzh/funding?lang=kk"
    assert came_back_to("https://map.example/") == "/"


def test_who_signs_out_keeps_the_choices_and_leaves_the_page():
    assert came_back_to("https://map.example/editor?lang=kk", route="auth/logout") == "/?lang=kk"


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://evil.example/funding?lang=kk",
        "https://map.example//evil.example/",
        "https://map.example/..%2fevil",
        "https://map.example/a/b?lang=kk",
        "https://map.example/?" + "x=1&" * 1000,
        "javascript:alert(1)",
    ],
)
def test_no_other_place_is_come_back_to(referer):
    assert came_back_to(referer) == "/"


@pytest.mark.parametrize(
    "kept", ["//evil.example", "https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2Fa%0d%0ab", "%5C"]
)
def test_a_cookie_put_there_by_somebody_else_leads_nowhere(kept):
    headers = [("host", "map.example"), ("cookie", f"{COOKIE}={kept}")]
    _, found = answered(WayBack(redirecting("/")), "/oauth2callback", headers)
    assert dict(found)["location"] == "/"


def test_the_cookie_is_secure_behind_a_proxy_that_speaks_tls():
    headers = [("host", "map.example"), ("referer", "https://map.example/?lang=kk"), ("x-forwarded-proto", "https")]
    _, found = answered(WayBack(redirecting("https://id.example/authorize")), "/auth/login", headers)
    assert any(name == "set-cookie" and value.endswith("; Secure") for name, value in found)


def test_no_file_is_taken_where_nobody_is_an_editor():
    async def taken(scope, receive, send):
        await send({"type": "http.response.start", "status": 204, "headers": []})

    guarded = EditorsUpload(taken, "/rzh")
    assert answered(guarded, "/rzh/_stcore/upload_file/a-session/a-file", method="PUT")[0] == 403
    assert answered(guarded, "/rzh/_stcore/upload_file/a-session/a-file", method="OPTIONS")[0] == 204
    assert answered(guarded, "/rzh/funding")[0] == 204
