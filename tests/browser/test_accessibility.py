"""What axe leaves out: words inside a drawing need contrast too."""

from __future__ import annotations

import re

from dashboard import SCHEMES, Visit, settled, still, stretched


def test_words_beside_the_bars_of_a_chart_have_contrast_by_day_and_night(visit: Visit) -> None:
    """axe leaves text in a drawing out, so it is measured here: axes and legends, against the page."""
    page = visit("funding?lang=kk")
    stretched(page)
    still(page)
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
