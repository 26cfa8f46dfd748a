"""The drawing of a picture: the page's own chart where there is one, otherwise what the kind of exhibit asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from rzh_ui import drawing, numbers
from rzh_ui.drawing import PAPER, Sheet
from rzh_ui.exhibit import Exhibit
from rzh_ui.i18n import Messages, messages
from rzh_ui.pictures import many
from rzh_ui.pictures.painter import painter

Drawer = Callable[[Sheet], float]

DRAWERS: dict[str, Drawer] = {**drawing.DRAWERS, **many.DRAWERS}

CHART_SCALE = 1.6
"""Units of the sheet for each pixel of a chart: its 15 px letters are as large as all others."""


def body(exhibit: Exhibit, t: Messages, width: float) -> tuple[str, float]:
    """The drawing as a piece of SVG from (0, 0), and its height."""
    if exhibit.drawing is not None:
        return _chart(exhibit, t.language, width)
    sheet = Sheet(_with_counts(exhibit, t), t, width, 0, PAPER, "drawing", is_narrow=False)
    height = DRAWERS[exhibit.kind](sheet)
    return sheet.definitions() + "".join(sheet.parts), height


def _with_counts(exhibit: Exhibit, t: Messages) -> Exhibit:
    """A map whose legend says how many regions each class has, as on the page."""
    if exhibit.kind != "map":
        return exhibit
    values = [value for value in exhibit.series[0].values if value is not None]
    classes = [sum(value >= limit for limit in exhibit.breaks) for value in values]
    labels = tuple(
        f"{label}: {t.plural('map.region_count', classes.count(index))}"
        for index, label in enumerate(exhibit.class_labels)
    )
    lacking = len(exhibit.series[0].values) - len(values)
    return replace(
        exhibit,
        class_labels=labels,
        missing=f"{exhibit.missing}: {t.plural('map.region_count', lacking)}" if lacking else exhibit.missing,
    )


@lru_cache(maxsize=24)
def _chart(exhibit: Exhibit, language: str, width: float) -> tuple[str, float]:
    """The page's chart in the look of paper; kept, since whoever takes the SVG often takes the PNG too."""
    assert exhibit.drawing is not None
    t = messages(language)
    made: Any = exhibit.drawing()
    made = (
        made.properties(width=width / CHART_SCALE, autosize={"type": "fit-x", "contains": "padding"}, padding=0)
        .configure(
            locale=numbers.vega_locale(t),
            font=", ".join(("Zhangyru Sans", "Segoe UI", "Arial", "sans-serif")),
            background="transparent",
        )
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=14.5,
            titleFontSize=14.5,
            titleFontWeight="normal",
            labelColor=PAPER.text,
            titleColor=PAPER.text,
            gridColor=PAPER.line,
            gridOpacity=0.6,
            domainColor=PAPER.line,
            tickColor=PAPER.line,
        )
        .configure_legend(
            labelFontSize=14.5, titleFontSize=14.5, labelLimit=700, labelColor=PAPER.text, titleColor=PAPER.text
        )
    )
    drawn = painter.chart(made.to_dict(validate=False))  # its parts were checked as they were made
    height = float(re.search(r'<svg[^>]*\bheight="([\d.]+)"', drawn).group(1))  # type: ignore[union-attr]
    inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", drawn, flags=re.DOTALL)
    return f'<g transform="scale({CHART_SCALE:g})">{inner}</g>', height * CHART_SCALE
