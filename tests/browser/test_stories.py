"""What three people come for, in Kazakh: a leader, an analyst, a presenter."""

from __future__ import annotations

import io

import pytest
from dashboard import REGIONS, Visit, await_parameters, drawn, keep_only, parameters, seen, settled, shape
from playwright.sync_api import Page, expect
from pypdf import PdfReader

REGIONS_KEPT = {"akmola": "Ақмола", "shymkent": "Шымкент", "pavlodar": "Павлодар"}
FOUR_PAGES = {"funding": "Қаржы", "principles": "Қағидаттар", "sources": "Дереккөздер", "": "Шолу"}


def watch_printing(page: Page) -> None:
    """Notes that the page asks to be printed: a browser without a screen has no window for it."""
    page.add_init_script("window.print = () => { window.printAsked = true; }")


def printed(page: Page) -> list[str]:
    """The words on each sheet of A4."""
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True))).pages
    assert {(round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) for sheet in sheets} <= {
        (595, 842),
        (596, 842),
    }
    return [sheet.extract_text() for sheet in sheets]


def turn_to(page: Page, path: str, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_url(f"**/{path}?**" if path else "**/?**")
    drawn(page)


def test_a_leader_gets_from_the_map_to_the_profile_of_pavlodar_and_prints_it(visit: Visit) -> None:
    page = visit("?lang=kk", before=watch_printing)
    shape(page, "pavlodar").click()
    await_parameters(page, region="pavlodar")
    page.locator(".rz-region").get_by_role("link", name="Өңір бейінін ашу").click()
    page.wait_for_url("**/region?**")
    drawn(page)
    expect(page.locator("h1")).to_have_text("Павлодар облысы")
    page.get_by_role("button", name="Басып шығару", exact=True).click()
    assert page.evaluate("window.printAsked") is True
    (sheet,) = printed(page)
    for words in ("Павлодар облысы", "Туған жер", "өңірдің ішіндегі орны", "Демеушілер"):
        assert words in sheet.replace("\n", " "), words


@pytest.mark.parametrize(
    "address", ["lang=ru&region=turkestan", "lang=kk&region=karaganda&regions=akmola,atyrau,pavlodar"]
)
def test_other_profiles_also_fit_on_one_sheet(address: str, visit: Visit) -> None:
    assert len(printed(visit(f"region?{address}"))) == 1


def test_an_analyst_keeps_three_regions_and_a_principle_over_four_pages_and_sends_the_link(visit: Visit) -> None:
    page = visit("?lang=kk")
    keep_only(page, "regions", *REGIONS_KEPT.values())
    keep_only(page, "principles", "Прагматизм")
    kept = {"lang": "kk", "regions": "shymkent,akmola,pavlodar", "principles": "pragmatism"}
    await_parameters(page, **kept)
    for path, name in FOUR_PAGES.items():
        turn_to(page, path, name)
        assert parameters(page) == kept
        filters = page.locator(".st-key-filters [data-testid=stPopover]").all_inner_texts()
        assert [text.strip().split("\n")[0] for text in filters] == ["Қағидаттар: 1", "Өңірлер: 3"]
        if path == "funding":
            assert sorted(page.locator(".rz-heat tbody th").all_inner_texts()) == sorted(REGIONS_KEPT.values())
        if path == "principles":
            rows = page.locator(".rz-matrix").last.locator("tbody th").all_inner_texts()
            assert sorted(rows) == sorted(REGIONS_KEPT.values())
        page.mouse.move(0, 0)
        other = visit(page.url.split("/", 3)[3], fresh=True, locale="ru-RU")
        assert parameters(other) == kept
        assert seen(other) == seen(page), f"/{path} is another page behind the link"
        other.context.close()


def test_a_presenter_opens_the_card_for_those_over_sixty_and_prints_it(visit: Visit) -> None:
    page = visit("?lang=kk", before=watch_printing)
    turn_to(page, "awareness", "Хабардарлық")
    expect(page.locator(".rz-planner")).to_have_count(0)
    page.locator(".st-key-group").get_by_role("button").or_(page.locator(".st-key-group").get_by_role("radio")).filter(
        has_text="60"
    ).first.click()
    await_parameters(page, group="age_60_plus")
    card = page.locator(".rz-planner")
    expect(card).to_be_visible()
    title = card.locator(".rz-planner-title").inner_text()
    assert "60" in title
    page.get_by_role("button", name="Карточканы басып шығару", exact=True).click()
    assert page.evaluate("window.printAsked") is True
    (sheet,) = printed(page)
    words = sheet.replace("\n", " ")
    assert title in words
    for heading in ("Әдістер", "Арналар", "Сандар"):
        assert heading in words, heading
    assert page.locator("h1").inner_text()[:20] not in words, "the card is all that goes on paper"


def test_every_region_is_reached_and_chosen_on_its_own_page_by_keyboard_alone(visit: Visit) -> None:
    page = visit("region?lang=kk")
    reached: list[str] = []
    page.locator(".st-key-filters button").last.focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        address = page.evaluate("document.activeElement?.matches('.rz-choice') ? document.activeElement.href : null")
        if address:
            reached.append(address.partition("&region=")[2])
        if len(reached) == len(REGIONS):
            break
    assert sorted(reached) == sorted(REGIONS)
    page.keyboard.press("Enter")
    await_parameters(page, region=reached[-1])
    drawn(page)
    chosen: list[str | None] = []
    after = page.locator(".st-key-region_after button")
    after.focus()
    for _ in REGIONS:
        before = parameters(page)["region"]
        page.keyboard.press("Enter")
        page.wait_for_function("before => new URLSearchParams(location.search).get('region') !== before", arg=before)
        settled(page)
        expect(after).to_be_focused()
        chosen.append(parameters(page)["region"])
    assert sorted(filter(None, chosen)) == sorted(REGIONS)
    assert chosen[-1] == reached[-1], "the way leads round"
