"""At 390 × 844 the ranking comes first, and a finger hits what it aims at."""

from __future__ import annotations

import pytest
from dashboard import DESK, PHONE, Visit, await_parameters, bar
from playwright.sync_api import expect

LEAST_TARGET = 24


def test_on_a_phone_the_ranking_stands_before_the_map(visit: Visit) -> None:
    page = visit("?lang=kk", size=PHONE)
    ranking = page.locator(".rm-bars").bounding_box()
    drawing = page.locator(".rm-map").bounding_box()
    assert ranking and drawing
    assert ranking["y"] + ranking["height"] <= drawing["y"]
    bar(page, "zhambyl").click()
    await_parameters(page, region="zhambyl")


def test_long_lists_fold_on_a_phone_and_stand_open_on_a_wide_screen_and_on_paper(visit: Visit) -> None:
    page = visit("principles?lang=kk", size=PHONE)
    first, second = (page.locator(".rz-many .rz-phone-fold").nth(index) for index in (0, 1))
    for fold in (first, second):
        expect(fold.locator("summary").first).to_be_visible()
        expect(fold.locator("p").first).not_to_be_visible()
    first.locator("summary").first.click()
    expect(first.locator("p").first).to_be_visible()
    page.emulate_media(media="print")
    expect(second.locator("p").first).to_be_visible()
    expect(second.locator("summary").first).to_be_hidden()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    expect(second.locator("p").first).to_be_visible()
    expect(page.locator(".rz-phone-fold > summary:visible")).to_have_count(0)


@pytest.mark.parametrize("size", [PHONE, (1280, 900)])
def test_every_button_of_the_map_is_large_enough_to_hit(size: tuple[int, int], visit: Visit) -> None:
    page = visit("?lang=ru", size=size)
    places = page.locator(".rm button").evaluate_all(
        "buttons => buttons.map((one) => [one.innerText, one.getBoundingClientRect().width, one.getBoundingClientRect().height])"
    )
    assert len(places) >= 17 + 3 + 2 + 2 + 4
    small = [place for place in places if min(place[1:]) < LEAST_TARGET]
    assert small == []
    others = page.locator("details.rz-passport summary, .rz-card a, .rz-region a").evaluate_all(
        "links => links.map((one) => [one.innerText, one.getBoundingClientRect().width, one.getBoundingClientRect().height])"
    )
    assert [place for place in others if min(place[1:]) < LEAST_TARGET] == []


def test_names_above_bars_are_not_covered_by_bars_on_a_phone(visit: Visit) -> None:
    page = visit("principles?lang=kk", size=PHONE)
    chart = page.locator("[data-testid=stVegaLiteChart]").last
    chart.scroll_into_view_if_needed()
    boxes = """(marks) => marks.map((one) => {
      const place = one.getBoundingClientRect();
      return [place.top, place.bottom];
    })"""
    bars = sorted(chart.locator(".mark-rect.role-mark path").evaluate_all(boxes))
    names = sorted(chart.locator(".mark-text.role-mark text").evaluate_all(boxes))
    assert len(bars) == len(names) >= 4
    for (top, _), (_, foot) in zip(bars, names, strict=True):
        assert foot <= top + 2, "a name stands above its bar"
    for (_, foot), (top, _) in zip(bars[:-1], names[1:], strict=True):
        assert foot <= top + 2, "and below the bar before it"
