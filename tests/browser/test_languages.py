"""Every word on the page is in the language of the page, and changing the language changes nothing else."""

from __future__ import annotations

import re

import pytest
from dashboard import (
    HOME,
    LATIN_WORD,
    PHONE,
    Visit,
    await_parameters,
    bar,
    chosen,
    drawn,
    foreign_words,
    parameters,
    segment,
    settled,
    shape,
)
from playwright.sync_api import Page, expect

from rzh_ui.i18n import messages

LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
TITLES = {
    "kk": ("бюджеттің әр теңгесіне", "Өңірлер бойынша"),
    "ru": ("на каждый тенге бюджета", "По регионам"),
    "en": ("each tenge of budget", "By region"),
}
CHOICES = {
    "metric": "tugan_zher_sponsors",
    "period": "2018",
    "per": "month",
    "principles": "pragmatism",
    "regions": "akmola,pavlodar,turkestan",
    "region": "pavlodar",
    "source": "tugan_zher_sponsors",
    "prices": "constant",
}
PAVLODAR = {"kk": "Павлодар", "ru": "Павлодарская", "en": "Pavlodar"}
UNITS = {"kk": "млрд теңге", "ru": "млрд тенге", "en": "bn tenge"}


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_menus_and_filters_speak_the_language_of_the_page(lang: str, visit: Visit) -> None:
    page = visit(f"?lang={lang}")
    assert page.title().startswith(messages(lang)(f"{HOME}.menu"))
    page.locator("[data-testid=stMainMenu] button").click()
    page.locator("[data-testid=stMainMenuPopover], [data-testid=stMainMenuList]").first.wait_for()
    assert foreign_words(page) == []
    page.keyboard.press("Escape")
    for popover in page.locator(".st-key-filters [data-testid=stPopover] button").all():
        popover.click()
        page.locator("[data-testid=stPopoverBody]").wait_for()
        assert foreign_words(page) == []
        page.keyboard.press("Escape")


def said_by_charts(page: Page) -> str:
    texts = page.locator("svg.marks text").all_text_contents()
    return " | ".join(texts)


def test_changing_the_language_keeps_the_view_and_turns_every_word(visit: Visit) -> None:
    query = "&".join(f"{key}={value}" for key, value in CHOICES.items())
    page = visit(f"?lang=kk&{query}")
    for lang in ("kk", "ru", "en", "kk"):
        if chosen(page, "lang") != LANGUAGE_NAMES[lang]:
            segment(page, "lang", LANGUAGE_NAMES[lang]).click()
            await_parameters(page, lang=lang)
        assert parameters(page) == {"lang": lang, **CHOICES}
        expect(page.locator("html")).to_have_attribute("lang", lang)
        title, heading = TITLES[lang]
        expect(page.locator("h1")).to_contain_text(title)
        expect(page.locator("h2").first).to_have_text(heading)
        expect(bar(page, "pavlodar")).to_contain_text(PAVLODAR[lang])
        expect(bar(page, "pavlodar")).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".rm-large")).to_have_attribute("lang", lang)
        expect(page.locator("svg.marks").first).to_contain_text(UNITS[lang])
        settled(page)
        picture = page.locator(".rm-large .rm-svg").get_attribute("aria-label") or ""
        assert picture.startswith(page.locator(".rm-legend-title").inner_text())
        alt = page.locator("[data-testid=stVegaLiteChart]").first.evaluate(
            "element => [element, ...element.querySelectorAll('[aria-label]')].map((one) => one.ariaLabel).join(' ')"
        )
        assert page.locator(".rm-bars").get_attribute("aria-label") in page.locator(".rm-bars-title").all_inner_texts()
        shape(page, "turkestan").hover()
        expect(page.locator(".rm-large .rm-tip")).to_contain_text(
            bar(page, "turkestan").locator(".rm-bar-name").inner_text()
        )
        if lang != "en":
            assert not LATIN_WORD.search(alt), alt
            assert not LATIN_WORD.search(picture), picture
        page.mouse.move(0, 0)


def test_a_chart_speaks_its_language_to_the_pointer(visit: Visit) -> None:
    page = visit("funding?lang=ru")
    mark = page.locator("[data-testid=stVegaLiteChart]").first.locator(".mark-rect path").nth(1)
    mark.scroll_into_view_if_needed()
    mark.hover()
    tip = page.locator("#vg-tooltip-element")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("Период")
    assert not LATIN_WORD.search(tip.inner_text()), tip.inner_text()
    assert re.search(r"\d[,\u00a0]\d", tip.inner_text()), "a decimal comma or a space between thousands"


@pytest.mark.parametrize(
    ("locale", "address", "lang"),
    [
        ("ru-RU", "", "ru"),
        ("kk-KZ", "", "kk"),
        ("de-DE", "", "kk"),
        ("en-GB", "?lang=kk", "kk"),
    ],
)
def test_the_language_of_the_browser_is_respected_and_the_address_wins(
    locale: str, address: str, lang: str, visit: Visit
) -> None:
    page = visit(address, locale=locale)
    assert chosen(page, "lang") == LANGUAGE_NAMES[lang]
    expect(page.locator("html")).to_have_attribute("lang", lang)
    assert parameters(page) == {"lang": lang}


def test_on_a_phone_the_way_to_the_pages_is_in_the_language_of_the_page(visit: Visit) -> None:
    page = visit("?lang=ru", size=PHONE, fresh=True)
    page.get_by_role("button", name="Открыть список страниц").click()
    page.get_by_role("link", name="Финансирование").click()
    page.wait_for_url("**/funding?**")
    drawn(page)
    assert foreign_words(page) == []
