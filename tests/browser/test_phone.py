"""At 390 × 844 everything is read without pushing the page sideways, and a finger hits what it aims at."""

from __future__ import annotations

import pytest
from dashboard import LOOKED_AT_CLOSELY, PHONE, Visit, await_parameters, bar, open_table, table_keys

LEAST_TARGET = 24

TOO_WIDE = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  const wide = [];
  if (document.documentElement.scrollWidth > innerWidth) wide.push(`page ${document.documentElement.scrollWidth}`);
  if (main.scrollWidth > main.clientWidth) wide.push(`main ${main.scrollWidth}`);
  const edge = main.getBoundingClientRect().right + 1;
  const scrolls = (element) => {
    for (let one = element; one && one !== main; one = one.parentElement ?? one.getRootNode().host) {
      if (["auto", "scroll", "hidden"].includes(getComputedStyle(one).overflowX)) return true;
    }
    return false;
  };
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) walk(element.shadowRoot);
      const place = element.getBoundingClientRect();
      if (place.width && place.right > edge && element.checkVisibility() && !scrolls(element)) {
        wide.push(`${element.tagName}.${element.getAttribute("class")} ${place.right}`);
      }
    }
  };
  walk(main);
  return wide;
}"""


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize("path", LOOKED_AT_CLOSELY)
def test_no_page_scrolls_sideways_on_a_phone(path: str, lang: str, visit: Visit) -> None:
    page = visit(f"{path}?lang={lang}&region=north_kazakhstan", size=PHONE)
    assert page.evaluate(TOO_WIDE) == []
    if path == "":
        page.locator("details.rz-passport summary").first.click()
    for key in table_keys(page)[:1]:
        open_table(page, key)
    assert page.evaluate(TOO_WIDE) == []


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
