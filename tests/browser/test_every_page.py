"""Every page in every language: no barrier by day or night, no foreign word, nothing that pushes a phone's page sideways.

One visit serves all three, as loading takes longer than looking.
"""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from dashboard import (
    LANGUAGES,
    PAGES,
    PHONE,
    SCHEMES,
    Visit,
    foreign_words,
    open_table,
    settled,
    still,
    stretched,
    table_keys,
)
from playwright.sync_api import Page

from rzh_ui.i18n import messages

AXE = Axe()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}}
CONTRAST = "color-contrast"
CONTRAST_ALONE: dict[str, Any] = {"runOnly": {"type": "rule", "values": [CONTRAST]}}
"""The only rule that the colours of the night can break."""

LAST_WORDS = {lang: messages(lang)("foot.boundaries")[:20] for lang in LANGUAGES}
SERIOUS = ("serious", "critical")

EXCEPTED: tuple[tuple[str, str, str], ...] = ()
"""Rule, part of the selector, and why it stays."""

REGION = "north_kazakhstan"
"""The region with the longest names."""

VIEWS = (*(path for path in PAGES if path != "region"), "region", f"region?region={REGION}")
"""Every page; the region's both before and after one is chosen."""

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


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_page_has_no_barrier_no_foreign_word_and_fits_a_phone(view: str, lang: str, visit: Visit) -> None:
    page = visit(f"{view}{'&' if '?' in view else '?'}lang={lang}&period=2018")
    for key in table_keys(page)[:1]:
        open_table(page, key)
    for passport in page.locator("details.rz-passport:visible summary").all()[:1]:
        passport.click()
    page.mouse.move(0, 0)
    found = {"foreign words": foreign_words(page) if lang != "en" else [], "barriers": barriers(page, lang)}
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    settled(page)
    found["too wide"] = page.evaluate(TOO_WIDE)
    assert {what: places for what, places in found.items() if places} == {}


def barriers(page: Page, lang: str) -> list[tuple[str, ...]]:
    """What axe finds serious or critical, by day and by night."""
    still(page)
    found, grounds = [], set()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(300)
        settled(page)
        stretched(page)
        grounds.add(page.locator("[data-testid=stApp]").evaluate("app => getComputedStyle(app).backgroundColor"))
        said = AXE.run(page, options=EVERY_RULE if scheme == SCHEMES[0] else CONTRAST_ALONE).response
        measured = [
            node["html"]
            for kind in ("passes", "violations")
            for rule in said[kind]
            if rule["id"] == CONTRAST
            for node in rule["nodes"]
        ]
        assert any(LAST_WORDS[lang] in html for html in measured), "the end of the page was not measured"
        found += [
            (scheme, violation["id"], str(node["target"]), node["failureSummary"].split("\n")[1].strip())
            for violation in said["violations"]
            if violation["impact"] in SERIOUS
            for node in violation["nodes"]
            if not is_excepted(violation["id"], str(node["target"]))
        ]
    assert len(grounds) == len(SCHEMES), "the page did not follow the switch to the dark"
    return found


def is_excepted(rule: str, target: str) -> bool:
    return any(rule == excepted and part in target for excepted, part, _ in EXCEPTED)
