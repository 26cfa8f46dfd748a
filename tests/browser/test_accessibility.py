"""WCAG 2.2 AA as far as a machine can tell: axe finds nothing serious, in three languages, by day and by night."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from dashboard import LANGUAGES, LOOKED_AT_CLOSELY, SCHEMES, Visit, open_table, settled, stretched, table_keys

from rzh_ui.i18n import messages

AXE = Axe()
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
CONTRAST = "color-contrast"
LAST_WORDS = {lang: messages(lang)("foot.boundaries")[:20] for lang in LANGUAGES}
SERIOUS = ("serious", "critical")

EXCEPTED: tuple[tuple[str, str, str], ...] = ()
"""Rule, part of the selector, and why it stays."""


def is_excepted(rule: str, target: str) -> bool:
    return any(rule == excepted and part in target for excepted, part, _ in EXCEPTED)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", LOOKED_AT_CLOSELY)
def test_axe_finds_no_serious_barrier_by_day_or_night(path: str, lang: str, visit: Visit) -> None:
    page = visit(f"{path}?lang={lang}&region=pavlodar&period=2018")
    for key in table_keys(page)[:1]:
        open_table(page, key)
    if path == "":
        page.locator("details.rz-passport summary").first.click()
    page.mouse.move(0, 0)
    stretched(page)
    page.add_style_tag(content="* { transition: none !important; }")  # half-way between two themes nothing has contrast
    found, grounds = [], set()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(300)
        settled(page)
        grounds.add(page.locator("[data-testid=stApp]").evaluate("app => getComputedStyle(app).backgroundColor"))
        said = AXE.run(page, options=RULES).response
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
        ]
    assert len(grounds) == len(SCHEMES), "the page did not follow the switch to the dark"
    assert [one for one in found if not is_excepted(one[1], one[2])] == []


def test_words_beside_the_bars_of_a_chart_have_contrast_by_day_and_night(visit: Visit) -> None:
    """axe leaves text in a drawing out, so it is measured here: axes and legends, against the page."""
    page = visit("funding?lang=kk")
    stretched(page)
    page.add_style_tag(content="* { transition: none !important; }")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(300)
        settled(page)
        ground = luminance(page.locator("[data-testid=stApp]").evaluate("app => getComputedStyle(app).backgroundColor"))
        inks = page.locator("svg.marks :is(.role-axis-label, .role-axis-title, .role-legend-label) text").evaluate_all(
            "texts => [...new Set(texts.map((text) => getComputedStyle(text).fill))]"
        )
        assert inks
        for ink in inks:
            low, high = sorted((luminance(ink), ground))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (scheme, ink)


def luminance(colour: str) -> float:
    """Relative luminance of `rgb(…)`, as WCAG defines it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
