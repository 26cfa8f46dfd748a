"""The explorer in Chromium: the keyboard runs a query, a row and a cell open their passports, no barrier, no sideways scroll."""

from __future__ import annotations

import pytest
from dashboard import PHONE, SCHEMES, Visit, await_parameters, mark, settled, stretched
from playwright.sync_api import Locator, Page, expect
from test_every_page import AXE, EVERY_RULE, SERIOUS, TOO_WIDE

from rzh_data import sandbox
from rzh_ui.i18n import messages

KK, RU = messages("kk"), messages("ru")
MODIFIER = "Control"
COUNT = "SELECT kind, count(*) AS n FROM regions GROUP BY ALL ORDER BY n"

needs_linux = pytest.mark.skipif(not sandbox.is_available(), reason="this system cannot bind a process")


def editor(page: Page) -> Locator:
    return page.locator(".st-key-sql_editor textarea")


def written(page: Page, query: str) -> None:
    """Replaces the query by the keyboard alone and runs it."""
    editor(page).focus()
    page.keyboard.press(f"{MODIFIER}+A")
    page.keyboard.insert_text(query)
    page.keyboard.press(f"{MODIFIER}+Enter")


def answered(page: Page, said: str) -> None:
    expect(page.locator(".st-key-sql_answer")).to_contain_text(said)
    settled(page)


@needs_linux
def test_control_and_enter_run_what_is_written(visit: Visit) -> None:
    page = visit("explore?lang=kk&explore=sql")
    answered(page, KK.plural("free_query.rows", 7, seconds="")[:5])
    written(page, COUNT)
    await_parameters(page, sql=COUNT)
    answered(page, "3 жол")
    expect(editor(page)).to_have_value(COUNT)
    written(page, COUNT.replace("regions", "region"))
    answered(page, KK("free_query.fault_table", name="region"))
    expect(page.locator(".rz-place")).to_be_visible()
    written(page, COUNT)
    answered(page, "3 жол")
    page.reload()
    expect(editor(page)).to_have_value(COUNT)
    answered(page, KK("free_query.press_run"))


@needs_linux
def test_a_visitor_may_go_on_while_a_query_runs(visit: Visit) -> None:
    page = visit("explore?lang=ru&explore=sql")
    bomb = "SELECT max(a.value * b.value + c.value) FROM observations a, observations b, observations c, observations d"
    written(page, bomb)
    expect(page.locator(".st-key-sql_answer")).to_contain_text(RU("free_query.running"))
    page.locator(".st-key-explore").get_by_role("radio", name=RU("explore.view_table"), exact=True).click()
    expect(page.locator(".st-key-explore_rows canvas").first).to_be_visible(timeout=8_000)


def table(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key} [data-testid=stDataFrame]")


def test_a_row_and_a_cell_open_the_passports_of_their_figures(visit: Visit) -> None:
    page = visit("explore?lang=kk&f_indicator=tugan_zher_sponsors&f_period=2018&f_region=pavlodar")
    mark(page, table(page, "explore_rows"), 0)
    expect(page.locator("div.rz-passport")).to_contain_text("3 072 116 390")
    page = visit(
        "explore?lang=kk&explore=pivot&f_indicator=tugan_zher_sponsors&f_period=2017,2018&f_region=pavlodar,atyrau"
    )
    mark(page, table(page, "explore_cells"), 1, across=0.95)
    expect(page.locator("div.rz-passport")).to_contain_text("3 072 116 390")


def test_facets_hold_while_counts_and_language_change(visit: Visit) -> None:
    page = visit("explore?lang=kk")
    topics = page.locator(".st-key-f_topic")
    topics.get_by_text(KK("topic.funding")).click()
    await_parameters(page, f_topic="funding")
    topics.get_by_text(KK("topic.heritage")).click()
    await_parameters(page, f_topic="funding,heritage")
    page.locator(".st-key-lang").get_by_role("radio", name="Русский").click()
    await_parameters(page, lang="ru", f_topic="funding,heritage")
    topics.get_by_text(RU("topic.funding")).click()
    await_parameters(page, f_topic="heritage")
    page.go_back()
    await_parameters(page, f_topic="funding,heritage")
    page.get_by_role("button", name=RU("explore.clear")).click()
    await_parameters(page, f_topic=None)


@pytest.mark.parametrize("view", ["table", "pivot", "chart", "sql"])
def test_nothing_is_wider_than_a_phone(view: str, visit: Visit) -> None:
    page = visit(f"explore?lang=kk&explore={view}&f_indicator=tugan_zher_sponsors&look=pvlodar", size=PHONE)
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("view", ["pivot", "chart", "sql"])
def test_axe_finds_no_serious_barrier(view: str, visit: Visit) -> None:
    address = f"explore?lang=ru&explore={view}&f_indicator=tugan_zher_sponsors&f_period=2017,2018&look=pvlodar"
    page = visit(address)
    if view == "sql":
        page.locator(".rz-schema summary").first.click()
    stretched(page)
    page.add_style_tag(content="* { transition: none !important; }")
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(300)
        settled(page)
        found += [
            (scheme, violation["id"], str(node["target"]))
            for violation in AXE.run(page, options=EVERY_RULE).response["violations"]
            if violation["impact"] in SERIOUS
            for node in violation["nodes"]
        ]
    assert found == []
