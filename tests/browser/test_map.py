"""The map, its bars, its buttons and the region box: one selection, one drawing on every machine."""

from __future__ import annotations

from dashboard import (
    DESK,
    REGIONS,
    Server,
    Visit,
    await_parameters,
    bar,
    box,
    city,
    opened,
    pick,
    segment,
    shape,
    shapes,
)
from playwright.sync_api import Browser, Page, expect

HAS_WEBGL = "!!document.createElement('canvas').getContext('webgl')"
PAVLODAR = "Павлодар"


def labels(page: Page) -> list[str]:
    return page.locator(".rm-large .rm-label").all_text_contents()


def legend(page: Page) -> list[str]:
    return page.locator(".rm-legend li").all_inner_texts()


def test_a_browser_without_webgl_draws_the_same_map(
    browser_with_webgl: Browser, browser_without_webgl: Browser, server: Server
) -> None:
    usual, page = (
        opened(
            one.new_page(viewport={"width": DESK[0], "height": DESK[1]}, color_scheme="light"), f"{server.url}/?lang=kk"
        )
        for one in (browser_with_webgl, browser_without_webgl)
    )
    assert usual.evaluate(HAS_WEBGL)
    assert not page.evaluate(HAS_WEBGL)

    drawn = shapes(page)
    assert sorted(one["region"] for one in drawn) == sorted(REGIONS)
    assert {one["tag"] for one in drawn} == {"path", "circle"}
    assert len({one["fill"] for one in drawn}) >= 4
    assert drawn == shapes(usual)
    assert legend(page) == legend(usual)
    written = labels(page)
    assert written == labels(usual)
    assert len(written) == len(REGIONS)
    assert any("Қызылорда" in label for label in written)
    assert any("Түркістан" in label for label in written)


def assert_chosen(page: Page, region: str, name: str) -> None:
    """Every place that can show the selection shows `region`."""
    await_parameters(page, region=region)
    expect(bar(page, region)).to_have_attribute("aria-pressed", "true")
    expect(page.locator('.rm-bar[aria-pressed="true"]')).to_have_count(1)
    expect(box(page, "region")).to_have_value(name)
    expect(page.locator("section.rz-region h3")).to_contain_text(name.split()[0])
    expect(page.locator(".rm-large .rm-chosen")).to_have_count(1)


def assert_nothing_chosen(page: Page) -> None:
    await_parameters(page, region=None)
    expect(page.locator('.rm-large [aria-pressed="true"][data-region]')).to_have_count(0)
    expect(box(page, "region")).to_have_value("")
    expect(page.locator("section.rz-region")).to_have_count(0)
    expect(page.locator(".rm-large .rm-chosen")).to_have_count(0)


def test_map_bars_city_buttons_and_box_share_one_selection(visit: Visit) -> None:
    page = visit("?lang=kk")
    assert_nothing_chosen(page)
    shape(page, "pavlodar").click()
    assert_chosen(page, "pavlodar", PAVLODAR)
    shape(page, "pavlodar").click()
    assert_nothing_chosen(page)

    city(page, "shymkent").click()
    assert_chosen(page, "shymkent", "Шымкент")
    expect(city(page, "shymkent")).to_have_attribute("aria-pressed", "true")
    bar(page, "kostanay").click()
    assert_chosen(page, "kostanay", "Қостанай")
    expect(city(page, "shymkent")).to_have_attribute("aria-pressed", "false")
    bar(page, "kostanay").click()
    assert_nothing_chosen(page)

    shape(page, "almaty_city").click()  # the circle of a city, not the region around it
    assert_chosen(page, "almaty_city", "Алматы қ.")
    pick(page, "region", "Маңғыстау")
    assert_chosen(page, "mangystau", "Маңғыстау")


def test_every_region_is_reached_and_chosen_by_keyboard_alone(visit: Visit) -> None:
    page = visit("?lang=kk")
    box(page, "region").focus()
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        region = page.evaluate(
            """() => {
              let active = document.activeElement;
              while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
              return active?.classList.contains("rm-bar") ? active.dataset.region : null;
            }"""
        )
        if region:
            page.keyboard.press("Enter")
            await_parameters(page, region=region)
            expect(bar(page, region)).to_be_focused()
            reached.append(region)
        if len(reached) == len(REGIONS):
            break
    assert sorted(reached) == sorted(REGIONS)
    page.keyboard.press("Space")
    await_parameters(page, region=None)


def test_a_polygon_tells_its_name_value_and_rank_to_the_pointer(visit: Visit) -> None:
    page = visit("?lang=ru")
    shape(page, "karaganda").hover()
    tip = page.locator(".rm-large .rm-tip")
    expect(tip).to_be_visible()
    name, value, rank = tip.locator("> *").all_inner_texts()
    row = bar(page, "karaganda")
    assert name == "Карагандинская"
    assert value == row.locator(".rm-bar-value").inner_text()
    assert rank.startswith(row.locator(".rm-bar-rank").inner_text())
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()


def test_the_map_is_coloured_anew_in_the_dark(visit: Visit) -> None:
    page = visit("?lang=kk")
    light = shapes(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(300)
    dark = shapes(page)
    assert [one["region"] for one in light] == [one["region"] for one in dark]
    pairs = {(one["fill"], other["fill"]) for one, other in zip(light, dark, strict=True)}
    assert all(day != night for day, night in pairs)
    assert len(pairs) == len({day for day, _ in pairs}) == len({night for _, night in pairs}), "classes were mixed"


def test_a_region_without_a_figure_is_hatched_and_says_why(visit: Visit) -> None:
    page = visit("?lang=ru&period=2018")
    assert {one["region"]: one for one in shapes(page)}["shymkent"]["fill"].startswith("url(")
    shape(page, "shymkent").hover()
    expect(page.locator(".rm-large .rm-tip")).to_contain_text("нет данных")
    expect(page.locator(".rm-missing-row")).to_contain_text("Шымкент")


def test_a_small_map_chooses_its_period_also_by_arrow_keys(visit: Visit) -> None:
    page = visit("?lang=kk")
    small = page.locator(".rm-small-map")
    expect(small).to_have_count(4)
    page.locator('.rm-small-map[data-period="2017"]').click()
    await_parameters(page, period="2017")
    expect(segment(page, "period", "2017")).to_have_attribute("aria-checked", "true")
    expect(page.locator('.rm-small-map[data-period="2017"]')).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowRight")
    await_parameters(page, period="2018")
    expect(page.locator('.rm-small-map[data-period="2018"]')).to_have_attribute("aria-pressed", "true")


def test_a_circle_stands_for_the_region_it_lies_on(visit: Visit) -> None:
    page = visit("?lang=kk")
    page.locator('.rm-modes [data-focus="mode-circles"]').click()
    expect(page.locator(".rm-circle")).to_have_count(len(REGIONS))
    for region in ("akmola", "nur_sultan"):
        page.locator(f'.rm-circle[data-region="{region}"]').click()
        await_parameters(page, region=region)
        expect(bar(page, region)).to_have_attribute("aria-pressed", "true")


def test_paper_is_white_for_a_reader_of_the_dark_theme(visit: Visit) -> None:
    page = visit("?lang=kk", scheme="dark")
    drawing, name = page.locator("[data-testid=stVegaLiteChart] svg").first, page.locator(".rm-bar-name").first
    look = "(one, what) => getComputedStyle(one)[what]"
    by_night = drawing.evaluate(look, "backgroundColor"), name.evaluate(look, "color")
    page.emulate_media(media="print", color_scheme="dark")
    on_paper = drawing.evaluate(look, "backgroundColor"), name.evaluate(look, "color")
    assert on_paper == ("rgb(255, 255, 255)", "rgb(22, 38, 46)")
    assert on_paper[1] != by_night[1]


def test_the_region_looked_at_and_those_compared_stand_out_on_the_small_map(visit: Visit) -> None:
    page = visit("region?lang=kk&region=shymkent&regions=pavlodar")
    fill = "(one) => getComputedStyle(one).fill"
    here, there = (page.locator(f".rm-locator .rm-{one}").evaluate(fill) for one in ("here", "there"))
    plain = page.locator(".rm-locator path.rm-plain:not(.rm-here, .rm-there)").first.evaluate(fill)
    assert len({here, there, plain}) == 3
