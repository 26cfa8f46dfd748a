"""At 390 × 844 the ranking comes first, and a finger hits what it aims at."""

from __future__ import annotations

import pytest
from dashboard import PHONE, Visit, await_parameters, bar

LEAST_TARGET = 24


def test_on_a_phone_the_ranking_stands_before_the_map(visit: Visit) -> None:
    page = visit("?lang=kk", size=PHONE)
    ranking = page.locator(".rm-bars").bounding_box()
    drawing = page.locator(".rm-map").bounding_box()
    assert ranking and drawing
    assert ranking["y"] + ranking["height"] <= drawing["y"]
    bar(page, "zhambyl").click()
    await_parameters(page, region="zhambyl")


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
