"""A view lives in the address: a link gives it to a colleague, and a wrong link still gives a page."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from dashboard import (
    ROOT,
    Server,
    Visit,
    await_parameters,
    bar,
    box,
    chosen,
    drawn,
    keep_only,
    opened,
    parameters,
    pick,
    seen,
    segment,
    settled,
    shape,
)
from playwright.sync_api import Browser, expect

from rzh_data.schema import LANGUAGES

OVERVIEW = {
    "lang": "ru",
    "metric": "tugan_zher_sponsors",
    "period": "2018",
    "per": "capita",
    "principles": "pragmatism,evolution",
    "regions": "akmola,kostanay,pavlodar",
    "region": "pavlodar",
}
FUNDING = {
    "lang": "ru",
    "period": "2018",
    "per": "month",
    "regions": "akmola,kostanay,pavlodar",
    "region": "pavlodar",
    "source": "tugan_zher_sponsors",
    "prices": "constant",
}


def query(choices: dict[str, str]) -> str:
    return "&".join(f"{key}={quote(value, safe=',')}" for key, value in choices.items())


def test_a_link_gives_the_same_view_in_a_browser_that_knows_nothing(visit: Visit) -> None:
    page = visit(f"?{query(OVERVIEW)}", fresh=True, locale="en-GB")
    assert parameters(page) == OVERVIEW
    assert chosen(page, "lang") == "Русский"
    assert chosen(page, "period") == "2018"
    assert chosen(page, "per") == "На жителя"
    expect(box(page, "metric")).to_have_value("Туған жер · Средства спонсоров и меценатов")
    expect(box(page, "region")).to_have_value("Павлодарская")
    filters = page.locator(".st-key-filters [data-testid=stPopover]")
    assert [text.strip().split("\n")[0] for text in filters.all_inner_texts()] == ["Принципы: 2", "Регионы: 3"]
    assert page.locator(".rm-bar").evaluate_all("bars => bars.map((bar) => bar.dataset.region).sort()") == [
        "akmola", "kostanay", "pavlodar",
    ]  # fmt: skip
    expect(bar(page, "pavlodar")).to_have_attribute("aria-pressed", "true")


def test_a_link_gives_the_funding_page_as_it_was(visit: Visit) -> None:
    page = visit(f"funding?{query(FUNDING)}", fresh=True, locale="en-GB")
    assert parameters(page) == FUNDING
    assert chosen(page, "source") == "Спонсоры"
    assert chosen(page, "prices") == "2017 года"
    assert chosen(page, "period") == "2018"
    assert chosen(page, "per") == "За месяц"
    assert page.locator(".rz-heat tbody th").all_inner_texts() and len(page.locator(".rz-heat tbody tr").all()) == 3


def test_a_view_put_together_by_clicking_is_found_again_behind_its_address(visit: Visit) -> None:
    page = visit("?lang=kk")
    segment(page, "period", "2018").click()
    await_parameters(page, period="2018")
    segment(page, "per", "Бір айға").click()
    await_parameters(page, per="month")
    pick(page, "metric", "Туған жер · Демеушілер мен меценаттар қаржысы")
    await_parameters(page, metric="tugan_zher_sponsors")
    keep_only(page, "regions", "Ақмола", "Шымкент", "Павлодар")
    await_parameters(page, regions="shymkent,akmola,pavlodar")
    shape(page, "pavlodar").click()
    await_parameters(page, region="pavlodar")
    page.mouse.move(0, 0)

    other = visit(page.url.split("/", 3)[3], fresh=True, locale="ru-RU")
    assert parameters(other) == parameters(page)
    assert seen(other) == seen(page)


def test_choices_stay_on_the_way_to_the_other_page_and_back(visit: Visit) -> None:
    page = visit(f"?{query(OVERVIEW)}")
    page.get_by_role("link", name="Финансирование").click()
    page.wait_for_url("**/funding?**")
    drawn(page)
    assert parameters(page) == OVERVIEW
    segment(page, "prices", "2017 года").click()
    await_parameters(page, prices="constant")
    page.get_by_role("link", name="Обзор").click()
    await_parameters(page, **OVERVIEW, prices="constant")
    drawn(page)
    expect(bar(page, "pavlodar")).to_have_attribute("aria-pressed", "true")


def test_back_and_forward_walk_through_the_views(visit: Visit) -> None:
    page = visit("?lang=kk")
    segment(page, "period", "2017").click()
    await_parameters(page, period="2017")
    segment(page, "per", "Бір тұрғынға").click()
    await_parameters(page, per="capita")
    per_inhabitant = page.locator(".rm-legend-title").inner_text()

    page.go_back()
    await_parameters(page, period="2017", per=None)
    expect(segment(page, "per", "Барлығы")).to_have_attribute("aria-checked", "true")
    expect(page.locator(".rm-legend-title")).not_to_have_text(per_inhabitant)
    page.go_back()
    await_parameters(page, period=None, per=None)
    expect(segment(page, "period", "2017")).to_have_attribute("aria-checked", "false")
    page.go_forward()
    await_parameters(page, period="2017", per=None)
    page.go_forward()
    await_parameters(page, period="2017", per="capita")
    expect(page.locator(".rm-legend-title")).to_have_text(per_inhabitant)


WRONG = (
    {"lang": "zz"},
    {"region": "xx"},
    {
        "period": "1999",
        "regions": "atlantis",
        "metric": "<script>document.title='caught'</script>",
        "source": "x" * 3000,
    },
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: "+".join(wrong))
def test_a_wrong_value_gives_one_friendly_line_and_the_default(wrong: dict[str, str], visit: Visit) -> None:
    errors: list[str] = []
    page = visit(
        f"?{query({'lang': 'ru', **wrong})}",
        locale="ru-RU",
        before=lambda page: page.on("pageerror", lambda error: errors.append(str(error))),
    )
    said = page.locator(".rz-warn")
    expect(said).to_have_count(len(wrong))
    lines = said.all_inner_texts()
    for value in wrong.values():
        assert sum(value[:24] in line for line in lines) == 1, "each wrong value is repeated once, as text"
    assert max(map(len, lines)) < 200
    expect(page.locator("[data-testid=stException], .rz-broke, [data-testid=stAlert]")).to_have_count(0)
    assert "caught" not in page.title()
    assert errors == []
    assert parameters(page) == {"lang": "ru"}
    assert chosen(page, "period").startswith("2 года 9 мес")
    expect(page.locator(".rm-bar")).to_have_count(17)
    shape(page, "pavlodar").click()
    await_parameters(page, region="pavlodar")
    expect(said).to_have_count(0)  # told once


def test_of_a_list_with_a_wrong_part_the_right_parts_stay(visit: Visit) -> None:
    page = visit("?lang=ru&regions=akmola,atlantis,pavlodar&per=week&utm_source=mail")
    assert page.locator(".rz-warn").count() == 2
    assert parameters(page) == {"lang": "ru", "regions": "akmola,pavlodar", "utm_source": "mail"}
    expect(page.locator(".rm-bar")).to_have_count(2)


def test_the_first_visitor_of_a_server_may_enter_at_the_funding_page(
    extracts: None, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Server(ROOT, tmp_path_factory.mktemp("first") / "log.txt") as fresh:
        context = browser.new_context(locale="ru-RU")
        page = opened(context.new_page(), f"{fresh.url}/funding")
        expect(page.locator("h1")).to_contain_text("Туған жер")
        assert page.url.startswith(f"{fresh.url}/funding")
        expect(page.locator("[data-testid=stException], .rz-broke")).to_have_count(0)
        expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(6)
        for name in ("Обзор", "Финансирование"):
            expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
        context.close()


def test_a_link_keeps_all_choices_but_the_one_it_changes(visit: Visit) -> None:
    page = visit(f"?{query(OVERVIEW)}")
    link = page.locator(".rz-sure a").last
    changes = link.get_attribute("href") or ""
    assert "regions=" not in changes, "what stays is not sent with every view"
    link.hover()
    assert "regions=akmola,kostanay,pavlodar" in (link.get_attribute("href") or "")
    link.click()
    settled(page)
    await_parameters(page, **{**OVERVIEW, "verdict": changes.partition("verdict=")[2]})
    assert page.url.partition("?")[0].endswith("/sources")


def test_the_filter_bar_is_one_row_on_a_small_desk(visit: Visit) -> None:
    for lang in LANGUAGES:
        page = visit(f"?lang={lang}", size=(1280, 800))
        tops = [page.locator(f".st-key-{key}").bounding_box() for key in ("lang", "period")]
        assert tops[0] and tops[1] and abs(tops[0]["y"] - tops[1]["y"]) < 12, lang
