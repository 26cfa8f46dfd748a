"""An exhibit as an SVG in large type, for a hall's screen, a phone in the hall, and a page of a report.

Drawn without a chart library: text of 24 units in a drawing 1760 units wide is 24 px high on a screen of 1920 × 1080 px,
names are broken where they fit, colours follow the theme of the page by themselves, and a step of the presentation costs
a few kilobytes. What is drawn is the exhibit and nothing else.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Literal

from rzh_ui import numbers, theme
from rzh_ui.exhibit import Exhibit, Series
from rzh_ui.i18n import Messages

OUTLINES = Path(__file__).resolve().parent.parent / "static" / "geo"
ALIASES = {"south_kazakhstan": "turkestan"}
"""Units of older boundaries that carry a present region's figure."""

TEXT = 24.0
GAP = "–"
LINE = 1.22
"""Height of a line of text as a multiple of its size."""

Format = Literal["hall", "phone", "report"]
SIZES: dict[Format, tuple[float, float]] = {"hall": (1760, 690), "phone": (620, 0), "report": (620, 560)}
"""Width and height in units; a height of 0 is as high as the content needs."""

HIGHEST_ROW = 130.0
MOST_IN_LEGEND = 5
"""Lines that a legend tells apart; more are named where they end."""

ROOMY = {"akmola": (-0.028, -0.014), "turkestan": (0.006, -0.056), "south_kazakhstan": (0.006, -0.056)}
"""Where a city lies on the roomiest point of a region, the region's number moves: in parts of the map's width."""


@dataclass(frozen=True)
class Ink:
    """The colours of what is no mark of its own.

    Attributes:
        text, quiet: of words; quiet for what is beside the point.
        ground: of the page.
        line: of axes and grids.
        is_fixed: whether colours are those of a light page for good; otherwise they follow the page's theme.
    """

    text: str
    quiet: str
    ground: str
    line: str
    is_fixed: bool

    def shade(self, shade: theme.Shade) -> str:
        """Fill of a class of the map."""
        return shade.light if self.is_fixed else shade.css

    def on_shade(self, shade: theme.Shade) -> str:
        """Words on a class of the map."""
        return theme.readable_on(shade.light) if self.is_fixed else shade.ink


SCREEN = Ink("currentColor", "var(--quiet)", "var(--ground)", "var(--line)", is_fixed=False)
PAPER = Ink(theme.PAPER_INK, theme.PAPER_GREY, theme.LIGHT_BACKGROUND, theme.PAPER_LINE, is_fixed=True)


def svg(exhibit: Exhibit, t: Messages, shape: Format = "hall", ink: Ink = SCREEN, *, name: str = "drawing") -> str:
    """The exhibit as one `<svg>`, its finding as the name that screen readers say.

    Args:
        shape: the place it is drawn for.
        name: distinguishes this drawing from others on the same page; patterns are found by it.
    Returns:
        SVG without a reference to anything outside. With the ink of a screen the outlines of a map are left out, since
        several languages share them: an element with `data-outline` takes its path from `outlines`.
    """
    width, height = SIZES[shape]
    sheet = Sheet(exhibit, t, width, height, ink, name, is_narrow=shape == "phone")
    drawn = DRAWERS[exhibit.kind](sheet)
    font = "" if not ink.is_fixed else ' font-family="Zhangyru Sans"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {_n(drawn)}" role="img" class="drawing"'
        f' aria-label="{escape(exhibit.finding)}"{font} font-size="{TEXT:g}">{sheet.definitions()}{"".join(sheet.parts)}</svg>'
    )


def locator(region: str, name: str) -> str:
    """Where a region lies among the 17, as one `<svg>` for paper; `name` is what it is called."""
    geometry = outline("17")
    _, _, wide, high = geometry["viewBox"]
    parts = []
    for unit in sorted(geometry["units"], key=lambda unit: unit["kind"] == "city"):
        fill = theme.HIGHLIGHT if unit["id"] == region else PAPER.line
        edge = f"stroke:{PAPER.ground};stroke-width:40"
        if unit["kind"] == "city":
            x, y = unit["label"]
            radius = 230 if unit["id"] == region else 110
            parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{radius}" style="fill:{fill};{edge}"/>')
        else:
            parts.append(f'<path d="{unit["path"]}" style="fill:{fill};{edge}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" aria-label="{escape(name)}">'
        f"{''.join(parts)}</svg>"
    )


def outlines(vintage: str) -> dict[str, str]:
    """Paths of a vintage's regions by unit id, for the elements that `svg` leaves without."""
    return {unit["id"]: unit["path"] for unit in outline(vintage)["units"]}


@cache
def outline(vintage: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((OUTLINES / f"map{vintage}.json").read_text(encoding="utf-8"))
    return found


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


NARROW_SIGNS, WIDE_SIGNS = set("іїjlitfrIІ.,:;'|!()[]· -–\u00a0"), set("щшмжыюфЩШМЖЫЮФЪMWmw@%—ӘӨ")


def measured(words: str, size: float = TEXT) -> float:
    """Width of a text in a usual sans serif, rather too wide than too narrow: which font a screen has is not known here."""
    return size * sum(
        0.34 if sign in NARROW_SIGNS else 0.86 if sign in WIDE_SIGNS else 0.7 if sign.isupper() else 0.59
        for sign in words
    )


def broken(words: str, room: float, size: float = TEXT, most: int = 2) -> list[str]:
    """The text in at most `most` lines of at most `room`; what does not fit even so ends with an ellipsis."""
    lines: list[str] = []
    left = words.split(" ")
    while left:
        line = left.pop(0)
        while left and measured(f"{line} {left[0]}", size) <= room:
            line = f"{line} {left.pop(0)}"
        if len(lines) == most - 1 and left:
            line = " ".join([line, *left])
            left = []
        while measured(line, size) > room and len(line) > 2:
            line = line.removesuffix("…")[:-1].rstrip(" ,–-«(") + "…"
        lines.append(line)
    return lines


class Sheet:
    """A drawing in the making: what is drawn, and the words and colours it is drawn with."""

    def __init__(
        self, exhibit: Exhibit, t: Messages, width: float, height: float, ink: Ink, name: str, *, is_narrow: bool
    ) -> None:
        self.exhibit, self.t, self.ink, self.name = exhibit, t, ink, name
        self.width, self.height, self.is_narrow = width, height, is_narrow
        self.parts: list[str] = []
        self._hatches: dict[tuple[str, float], str] = {}

    def said(self, value: float | None) -> str:
        """A value as it stands beside its mark."""
        if value is None:
            return self.t("figure.missing")
        if self.exhibit.kind == "shares" or self.exhibit.unit.endswith("%"):
            return numbers.percent(value, self.t, self.exhibit.decimals)
        return numbers.decimal(value, self.t, self.exhibit.decimals)

    def words(
        self,
        x: float,
        y: float,
        words: str | Sequence[str],
        *,
        anchor: str = "start",
        colour: str | None = None,
        is_bold: bool = False,
        size: float = TEXT,
    ) -> None:
        """Text whose first line has its middle at `y`."""
        lines = [words] if isinstance(words, str) else words
        style = f"fill:{colour or self.ink.text}" + (";font-weight:600" if is_bold else "")
        is_crossed = self.exhibit.goal is not None  # its line may run through words
        if is_crossed and not self.ink.is_fixed:
            style += f";paint-order:stroke;stroke:{self.ink.ground};stroke-width:8"
        sized = "" if size == TEXT else f' font-size="{_n(size)}"'
        for index, line in enumerate(lines):
            if is_crossed and self.ink.is_fixed:  # on paper a rim would be drawn letter by letter, over the one before
                wide = 0.9 * measured(line, size)  # which is rather too much
                left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
                self.box(left, y + (index * LINE - 0.55) * size, wide, 1.1 * size, self.ink.ground)
            self.parts.append(
                f'<text x="{_n(x)}" y="{_n(y + index * size * LINE + 0.35 * size)}" text-anchor="{anchor}"{sized}'
                f' style="{style}">{escape(line)}</text>'
            )

    def box(self, x: float, y: float, width: float, height: float, fill: str, *, edge: str | None = None) -> None:
        """A rectangle."""
        stroke = f";stroke:{edge};stroke-width:2" if edge else ""
        self.parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}" height="{_n(max(height, 0))}" style="fill:{fill}{stroke}"/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 2) -> None:
        """A straight line."""
        self.parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" style="stroke:{colour};stroke-width:{width:g}"/>'
        )

    def hatched(self, colour: str, factor: float = 1.0) -> str:
        """A fill of slanting lines: what is not printed, or supposed; `factor` is that of the group it stands in, so that
        the lines lie equally far apart everywhere.
        """
        identity = self._hatches.setdefault((colour, factor), f"{self.name}-hatch-{len(self._hatches)}")
        return f"url(#{identity})"

    def fill(self, series: Series) -> str:
        """Fill of a series; what is supposed is hatched."""
        return self.hatched(series.colour) if series.is_scenario else series.colour

    def definitions(self) -> str:
        """The patterns that were used."""
        if not self._hatches:
            return ""
        patterns = "".join(
            f'<pattern id="{identity}" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="scale({1 / factor:.4g}) rotate(45)">'
            f'<rect width="12" height="12" style="fill:{self.ink.ground}"/>'
            f'<line x1="0" y1="0" x2="0" y2="12" style="stroke:{colour};stroke-width:5"/></pattern>'
            for (colour, factor), identity in self._hatches.items()
        )
        return f"<defs>{patterns}</defs>"

    def legend(self, entries: Sequence[tuple[str, str]], *, top: float = 0, left: float = 0) -> float:
        """What the fills mean, in as many lines as are needed; gives the height that it takes."""
        x, y = left, top + TEXT * 0.75
        for label, fill in entries:
            lines = broken(label, self.width - left - 40, most=2)
            wide = 40 + max(measured(line) for line in lines) + 24
            if x > left and x + wide - 24 > self.width:
                x, y = left, y + TEXT * 1.5
            self.box(x, y - 13, 30, 26, fill, edge=self.ink.line if fill.startswith("url") else None)
            self.words(x + 40, y, lines)
            y += (len(lines) - 1) * TEXT * LINE
            x += wide
        return y + TEXT * 1.3 - top


def _legend(sheet: Sheet) -> float:
    series = sheet.exhibit.series
    entries = [(one.name, sheet.fill(one)) for one in series if one.name]
    if any(sheet.exhibit.open_share(row) > 0 for row in sheet.exhibit.rows):
        entries.append((sheet.exhibit.missing or sheet.t("figure.missing"), sheet.hatched(theme.NEUTRAL)))
    elif len(entries) < 2 and not sheet.exhibit.is_scenario:
        return 0
    return sheet.legend(entries)


def _greatest(exhibit: Exhibit) -> float:
    """The longest bar or the highest column."""
    if exhibit.kind == "shares":
        return 100.0
    is_stacked = exhibit.kind.startswith("stacked")
    found = [
        sum(value or 0 for value in row) if is_stacked else max((value or 0 for value in row), default=0)
        for row in exhibit.rows
    ]
    return max(found, default=0) or 1.0


# ---- lying bars -----------------------------------------------------------------------------------------------------


def _bars(sheet: Sheet) -> float:
    exhibit = sheet.exhibit
    top = _legend(sheet)
    count = len(exhibit.categories)
    is_above = sheet.is_narrow  # on a phone names stand above their bars
    if is_above:
        left, row = 0.0, 0.0
    else:
        most = 0.42 * sheet.width
        left = min(most, max(measured(name) for name in exhibit.categories)) + 24
        row = min(HIGHEST_ROW, (sheet.height - top) / count) if sheet.height else 46.0
    totals = [_after(sheet, values) for values in exhibit.rows]
    remarks = exhibit.series[0].remarks if len(exhibit.series) == 1 else ()
    room = 0.4 * sheet.width  # for the longest remark; a longer one is broken
    if not sheet.height and not is_above:  # paper has room for a second line
        is_long = any(measured(remark) > room for remark in remarks)
        row = 64.0 if is_long or any(measured(name) > left - 20 for name in exhibit.categories) else row
    right = max((measured(words) * 1.1 for words in totals), default=0) + 24
    right += min(room, max((measured(words) + 16 for words in remarks), default=0)) if not is_above else 0
    scale = (sheet.width - left - right) / _greatest(exhibit)
    y = first = top + (max(0.0, sheet.height - top - row * count) * 0.4 if sheet.height else 0.0)
    under = len(sheet.parts)
    for index, (name, values, after) in enumerate(zip(exhibit.categories, exhibit.rows, totals, strict=True)):
        if is_above:
            lines = broken(name, sheet.width, most=3)
            sheet.words(0, y + TEXT * 0.7, lines)
            y += len(lines) * TEXT * LINE + 8
            middle, thick = y + 18, 34.0
            y += 54
        else:
            lines = broken(name, left - 20, most=2 if row >= 56 else 1)
            middle, thick = y + row / 2, min(72.0, row * 0.68)
            sheet.words(left - 20, middle - (len(lines) - 1) * TEXT * LINE / 2, lines, anchor="end")
            y += row
        end = _bar(sheet, values, left, middle, thick, scale)
        if after:
            is_gap = all(value is None for value in values)
            sheet.words(end + 14, middle, after, is_bold=not is_gap, colour=sheet.ink.quiet if is_gap else None)
            remark = remarks[index] if remarks and not is_gap else ""
            if remark and is_above:
                lines = broken(remark, sheet.width, most=3)
                sheet.words(0, y - 2, lines, colour=sheet.ink.quiet)
                y += len(lines) * TEXT * LINE + 8
            elif remark:
                lines = broken(remark, room, most=2 if row >= 56 else 1)
                beside = end + 14 + measured(after) * 1.1 + 16
                shift = (len(lines) - 1) * TEXT * LINE / 2
                sheet.words(beside, middle - shift, lines, colour=sheet.ink.quiet)
    if not is_above:
        sheet.line(left, first, left, y, sheet.ink.line)
    if exhibit.goal is not None:
        at = left + exhibit.goal * scale
        sheet.line(at, first, at, y, theme.HIGHLIGHT, 4)
        sheet.parts.insert(under, sheet.parts.pop())  # under the bars and their words
    return sheet.height or y


def _after(sheet: Sheet, values: Sequence[float | None]) -> str:
    """What stands behind a bar: its value, or the total where a total means something; nothing behind 100 percent."""
    exhibit = sheet.exhibit
    if exhibit.kind == "shares":
        return ""
    known = [value for value in values if value is not None]
    if not known:
        return sheet.said(None)
    if len(exhibit.series) > 1:
        return sheet.said(sum(known)) if exhibit.kind == "stacked_bars" and exhibit.total else ""
    return sheet.said(known[0])


def _bar(sheet: Sheet, values: Sequence[float | None], left: float, middle: float, thick: float, scale: float) -> float:
    """The marks of one category; gives where they end."""
    exhibit = sheet.exhibit
    if exhibit.kind == "bars" and len(exhibit.series) > 1:
        thin = thick / len(exhibit.series)
        for index, (series, value) in enumerate(zip(exhibit.series, values, strict=True)):
            y = middle - thick / 2 + index * thin
            if value is not None:
                sheet.box(
                    left,
                    y,
                    value * scale,
                    thin - 2,
                    sheet.fill(series),
                    edge=series.colour if series.is_scenario else None,
                )
            size = min(TEXT, thin)
            sheet.words(left + (value or 0) * scale + 12, y + thin / 2, sheet.said(value), size=size)
        return left
    x = left
    for index, (series, value) in enumerate(zip(exhibit.series, values, strict=True)):
        is_last = index == len(values) - 1
        open_part = exhibit.open_share(values)
        if is_last and open_part > 0 and exhibit.kind == "shares":
            x = _open_part(sheet, x, middle, thick, open_part * scale)
        if value is None:
            continue
        wide = value * scale
        sheet.box(
            x, middle - thick / 2, wide, thick, sheet.fill(series), edge=series.colour if series.is_scenario else None
        )
        said = sheet.said(value)
        if len(exhibit.series) > 1 and measured(said) + 14 <= wide and thick >= TEXT:
            colour = sheet.ink.text if series.is_scenario else theme.readable_on(series.colour)
            sheet.words(x + wide / 2, middle, said, anchor="middle", colour=colour, is_bold=True)
        x += wide
    return x


def _open_part(sheet: Sheet, x: float, middle: float, thick: float, wide: float) -> float:
    sheet.box(x, middle - thick / 2, wide, thick, sheet.hatched(theme.NEUTRAL), edge=sheet.ink.line)
    return x + wide


# ---- standing columns -----------------------------------------------------------------------------------------------


def _columns(sheet: Sheet) -> float:
    exhibit = sheet.exhibit
    top = _legend(sheet) + TEXT * 1.6  # room for the value above the highest column
    height = sheet.height or (700.0 if sheet.is_narrow else 560.0)
    slot = sheet.width / max(len(exhibit.categories), 1)
    names = [broken(name, slot - 16, most=3) for name in exhibit.categories]
    bottom = height - max(len(lines) for lines in names) * TEXT * LINE - 18
    scale = (bottom - top) / _greatest(exhibit)
    is_stacked = exhibit.kind == "stacked_columns"
    small = [value for row in exhibit.rows for value in row if value and value * scale < TEXT * 1.15]
    beside = max((measured(sheet.said(value)) for value in small), default=0)  # no room inside their part of a column
    slot -= beside / 2 / len(names)  # the last column has its words beside it, too
    wide = min(280.0, slot * 0.5, slot - beside - 30) if is_stacked else min(280.0, slot * 0.66)
    for index, (lines, values) in enumerate(zip(names, exhibit.rows, strict=True)):
        centre = slot * (index + 0.5)
        sheet.words(centre, bottom + TEXT, lines, anchor="middle")
        if all(value is None for value in values):
            sheet.words(centre, bottom - TEXT, sheet.said(None), anchor="middle", colour=sheet.ink.quiet)
        elif is_stacked:
            _stacked_column(sheet, values, centre, wide, bottom, scale)
        else:
            _columns_side_by_side(sheet, values, centre, wide, bottom, scale)
    sheet.line(0, bottom, sheet.width, bottom, sheet.ink.line)
    return height


def _stacked_column(
    sheet: Sheet, values: Sequence[float | None], centre: float, wide: float, bottom: float, scale: float
) -> None:
    y = bottom
    lowest = bottom - TEXT * 0.7  # where the next word beside the column may stand
    for series, value in zip(sheet.exhibit.series, values, strict=True):
        if value is None:
            continue
        high = value * scale
        y -= high
        sheet.box(
            centre - wide / 2, y, wide, high, sheet.fill(series), edge=series.colour if series.is_scenario else None
        )
        said = sheet.said(value)
        if high >= TEXT * 1.15 and measured(said) + 10 <= wide:
            colour = sheet.ink.text if series.is_scenario else theme.readable_on(series.colour)
            sheet.words(centre, y + high / 2, said, anchor="middle", colour=colour, is_bold=True)
        elif value:
            middle = min(y + high / 2, lowest)
            sheet.words(centre + wide / 2 + 10, middle, said)
            lowest = middle - TEXT
    total = sum(value for value in values if value is not None)
    if sheet.exhibit.total and sum(value is not None for value in values) > 1:
        sheet.words(centre, y - TEXT * 0.8, sheet.said(total), anchor="middle", is_bold=True)


def _columns_side_by_side(
    sheet: Sheet, values: Sequence[float | None], centre: float, wide: float, bottom: float, scale: float
) -> None:
    thin = wide / len(values)
    for index, (series, value) in enumerate(zip(sheet.exhibit.series, values, strict=True)):
        x = centre - wide / 2 + index * thin
        if value is None:
            sheet.words(x + thin / 2, bottom - TEXT, "–", anchor="middle", colour=sheet.ink.quiet)
            continue
        high = value * scale
        edge = series.colour if series.is_scenario else None
        sheet.box(x + thin * 0.04, bottom - high, thin * 0.92, high, sheet.fill(series), edge=edge)
        sheet.words(x + thin / 2, bottom - high - TEXT * 0.8, sheet.said(value), anchor="middle", is_bold=True)


# ---- lines and points over two scales -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scale:
    """From values to places along an axis."""

    low: float
    high: float
    start: float
    end: float
    is_logarithmic: bool = False

    def __call__(self, value: float) -> float:
        low, high = self._of(self.low), self._of(self.high)
        return self.start + (self._of(value) - low) / ((high - low) or 1) * (self.end - self.start)

    def _of(self, value: float) -> float:
        return math.log10(value) if self.is_logarithmic else value


def ticks(low: float, high: float, most: int = 6, *, is_logarithmic: bool = False) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`."""
    if is_logarithmic:
        first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
        powers = max(1, math.ceil((last - first) / most))
        return [10.0**power for power in range(first, last + powers, powers)]
    span = (high - low) or 1.0
    raw = span / most
    power = 10.0 ** math.floor(math.log10(raw))
    width = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw)
    steps = range(math.floor(low / width), math.ceil(high / width - 1e-9) + 1)
    return [round(index * width, 10) for index in steps]


def _plane(sheet: Sheet) -> float:
    exhibit = sheet.exhibit
    is_named_at_end = exhibit.kind == "lines" and len(exhibit.series) > MOST_IN_LEGEND
    top = TEXT if is_named_at_end else _legend(sheet) + TEXT
    height = sheet.height or 620.0
    saved = sheet.width
    if is_named_at_end:
        sheet.width -= max(measured(series.name) for series in exhibit.series) + 10
    values = [value for series in exhibit.series for value in series.values if value is not None]
    is_log = exhibit.is_logarithmic and exhibit.kind == "points" and min(values) > 0
    low = min(values) if is_log or exhibit.is_ranked else min(0.0, *values)
    up = _ranks(max(values)) if exhibit.is_ranked else ticks(low, max(values), is_logarithmic=is_log)
    labels = [_tick(sheet, tick) for tick in up]
    left = max(measured(label) for label in labels) + 16
    bottom = height - TEXT * (3.4 if exhibit.across_title else 2.2)
    start, end = (top, bottom) if exhibit.is_ranked else (bottom, top)
    y = Scale(up[0], up[-1], start, end, is_logarithmic=is_log)
    for tick, label in zip(up, labels, strict=True):
        sheet.line(left, y(tick), sheet.width, y(tick), sheet.ink.line, 1)
        sheet.words(left - 12, y(tick), label, anchor="end", colour=sheet.ink.quiet)
    x = _across(sheet, left, bottom, height, is_log=is_log)
    taken: list[tuple[float, float, float, float]] = []
    _diagonal(sheet, x, y)
    if exhibit.goal is not None:
        at = _n(y(exhibit.goal))
        sheet.parts.append(
            f'<path d="M{_n(left)} {at}H{_n(sheet.width)}" style="stroke:{sheet.ink.quiet};stroke-width:3;stroke-dasharray:12 8"/>'
        )
    for series in exhibit.series:
        places = series.across or tuple(range(len(series.values)))
        spots = [(x(place), y(value)) for place, value in zip(places, series.values, strict=True) if value is not None]
        if exhibit.kind == "points":
            for spot in spots:
                taken.append((spot[0] - 10, spot[1] - 10, spot[0] + 10, spot[1] + 10))
                sheet.parts.append(
                    f'<circle cx="{_n(spot[0])}" cy="{_n(spot[1])}" r="10" style="fill:{sheet.fill(series)};stroke:{sheet.ink.ground};stroke-width:2"/>'
                )
            continue
        path = "M" + "L".join(f"{_n(a)} {_n(b)}" for a, b in spots)
        dash = ";stroke-dasharray:14 9" if series.is_scenario else ""
        sheet.parts.append(f'<path d="{path}" style="fill:none;stroke:{series.colour};stroke-width:5{dash}"/>')
        if is_named_at_end and spots:
            sheet.words(spots[-1][0] + 14, spots[-1][1], series.name)
    sheet.width = saved
    if exhibit.kind == "points":
        for series in exhibit.series:
            _name_points(sheet, series, x, y, taken, left)
    return height


def _ranks(last: float) -> list[float]:
    """Marks of an axis of ranks: the first, each fifth, the last."""
    return [1.0, *(float(rank) for rank in range(5, int(last) - 1, 5)), float(last)]


def _diagonal(sheet: Sheet, x: Scale, y: Scale) -> None:
    """The dashed line on which both axes are equal."""
    if sheet.exhibit.diagonal is not None:
        low, high = sheet.exhibit.diagonal
        sheet.parts.append(
            f'<path d="M{_n(x(low))} {_n(y(low))}L{_n(x(high))} {_n(y(high))}" style="stroke:{sheet.ink.quiet};stroke-width:2;stroke-dasharray:8 8"/>'
        )


def _tick(sheet: Sheet, value: float) -> str:
    if abs(value) >= 1e6:
        return numbers.scaled(value, sheet.t, is_round=True)
    return numbers.decimal(value, sheet.t, numbers.shortest(value))


def _across(sheet: Sheet, left: float, bottom: float, height: float, *, is_log: bool) -> Scale:
    """The horizontal axis: numbers where the series bring them, otherwise the categories."""
    exhibit = sheet.exhibit
    right = sheet.width - (60 if sheet.exhibit.kind == "points" else 30)  # half of the last mark's words
    places = [place for series in exhibit.series for place in series.across]
    if exhibit.across_title:
        sheet.words(
            (left + right) / 2,
            height - TEXT * 0.7,
            broken(exhibit.across_title, right - left, most=1),
            anchor="middle",
            colour=sheet.ink.quiet,
        )
    if not places:
        beside = 30 if sheet.is_narrow else 90
        x = Scale(0, max(len(exhibit.categories) - 1, 1), left + beside, right - beside)
        for index, name in enumerate(exhibit.categories):
            sheet.words(
                x(index),
                bottom + TEXT * 1.1,
                broken(name, (right - left) / len(exhibit.categories), most=1),
                anchor="middle",
            )
        return x
    low = min(places) if is_log else min(0.0, *places)
    marks = ticks(low, max(places), 4 if sheet.is_narrow else 8, is_logarithmic=is_log)
    x = Scale(marks[0], marks[-1], left, right, is_logarithmic=is_log)
    for mark in marks:
        sheet.line(x(mark), bottom, x(mark), bottom + 8, sheet.ink.line, 2)
        sheet.words(x(mark), bottom + TEXT * 1.1, _tick(sheet, mark), anchor="middle", colour=sheet.ink.quiet)
    return x


def _name_points(
    sheet: Sheet, series: Series, x: Scale, y: Scale, taken: list[tuple[float, float, float, float]], left: float
) -> None:
    """Names beside their points, on the side that is free; a name that has no room is left to the table of the page."""
    half = TEXT * 0.55
    points = zip(sheet.exhibit.categories, series.across, series.values, strict=True)
    for name, place, value in sorted(points, key=lambda point: -len(point[0])):  # the longest finds room hardest
        if value is None:
            continue
        wide, a, b = measured(name), x(place), y(value)
        sides = [
            (a + 16, b, "start"),
            (a - 16 - wide, b, "end"),
            (a - wide / 2, b - TEXT, "middle"),
            (a - wide / 2, b + TEXT, "middle"),
            (a + 10, b + TEXT, "start"),
            (a + 10, b - TEXT, "start"),
            (a - 10 - wide, b + TEXT, "end"),
            (a - 10 - wide, b - TEXT, "end"),
        ]
        if sheet.exhibit.goal is not None:  # rather beside its line than on it
            line = y(sheet.exhibit.goal)
            sides.sort(key=lambda side: abs(side[1] - line) < half)
        for x1, y1, anchor in sides:
            box = (x1, y1 - half, x1 + wide, y1 + half)
            is_free = all(box[2] < c[0] or box[0] > c[2] or box[3] < c[1] or box[1] > c[3] for c in taken)
            if is_free and x1 > left and box[2] < sheet.width and y1 > half:
                taken.append(box)
                at = {"start": x1, "end": x1 + wide, "middle": a}[anchor]
                sheet.words(at, y1, name, anchor=anchor)
                break


# ---- the map --------------------------------------------------------------------------------------------------------


def _map(sheet: Sheet) -> float:
    """The regions in their classes, each with its place in the order; beside them the same order with names and values."""
    exhibit = sheet.exhibit
    geometry = outline(exhibit.vintage or "17")
    values = dict(zip(exhibit.category_ids, exhibit.series[0].values, strict=True))
    names = dict(zip(exhibit.category_ids, exhibit.categories, strict=True))
    order = sorted(
        (region for region in names if values[region] is not None), key=lambda region: -float(values[region] or 0)
    )
    place = {region: 1 + sum(float(values[one] or 0) > float(values[region] or 0) for one in order) for region in order}
    lacking = [region for region in names if values[region] is None]
    shades = theme.shades(len(exhibit.breaks) + 1)
    _, _, wide, high = geometry["viewBox"]
    list_wide = sheet.width if sheet.is_narrow else 620.0
    map_wide = sheet.width if sheet.is_narrow else min(sheet.width - list_wide - 60, 1060)
    factor = map_wide / wide
    sheet.parts.append(f'<g transform="scale({factor:.5f})">')
    cities, outlined = [], []
    for unit in geometry["units"]:
        region = ALIASES.get(unit["id"], unit["id"])
        shade = _class_of(values.get(region), exhibit.breaks)
        is_city = unit["kind"] == "city"
        if region not in values:
            fill = sheet.ink.ground  # left out by a filter: not the same as missing
        elif shade is None:
            fill = sheet.hatched(theme.NEUTRAL, 1.0 if is_city else factor)
        else:
            fill = sheet.ink.ground if exhibit.is_in_circles else sheet.ink.shade(shades[shade])
        if is_city:
            cities += [(unit, region, fill)] if region in values else []
            continue
        edge = sheet.ink.line if shade is None or exhibit.is_in_circles else sheet.ink.ground
        path = f'd="{unit["path"]}"' if sheet.ink.is_fixed else f'data-outline="{geometry["vintage"]}:{unit["id"]}"'
        sheet.parts.append(
            f'<path {path} data-region="{region}" style="fill:{fill};stroke:{edge};stroke-width:{_n(2.2 / factor)};stroke-linejoin:round"/>'
        )
        if region in exhibit.marked[:1]:
            outlined.append(f'<path {path} style="{CHOSEN};stroke-width:{_n(6 / factor)};stroke-linejoin:round"/>')
    sheet.parts += [*outlined, "</g>"]  # the chosen one's outline lies on those of its neighbours
    sizes = _circles(sheet, geometry, values, factor) if exhibit.is_in_circles else {}
    for unit in geometry["units"]:
        region = ALIASES.get(unit["id"], unit["id"])
        if unit["kind"] != "city" and region in values:
            right, down = (0, 0) if region in sizes else ROOMY.get(unit["id"], (0, 0))
            x, y = unit["label"][0] * factor + right * map_wide, unit["label"][1] * factor + down * map_wide
            shade = _class_of(values.get(region), exhibit.breaks)
            colour = None if shade is None or exhibit.is_in_circles else sheet.ink.on_shade(shades[shade])
            said = str(place.get(region, GAP))
            if region in sizes:
                _in_circle(sheet, x, y, said, sizes[region])
            else:
                sheet.words(x, y, said, anchor="middle", colour=colour, is_bold=True)
    for unit, region, fill in cities:
        x, y = unit["label"][0] * factor, unit["label"][1] * factor
        if region in sizes:
            _in_circle(sheet, x, y, str(place[region]), sizes[region])
        else:
            _city(sheet, unit, region, fill, place, factor, shades, _class_of(values.get(region), exhibit.breaks))
        if region in exhibit.marked[:1]:
            radius = sizes.get(region, CITY_RADIUS) + 4
            sheet.parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" style="{CHOSEN};stroke-width:5"/>')
    top = high * factor + 16
    entries = [(label, sheet.ink.shade(shade)) for label, shade in zip(exhibit.class_labels, shades, strict=True)]
    if exhibit.is_in_circles:
        entries = []
    if lacking:
        entries.append((exhibit.missing or sheet.t("figure.missing"), sheet.hatched(theme.NEUTRAL)))
    saved, sheet.width = sheet.width, sheet.width if sheet.is_narrow else sheet.width - list_wide - 40
    used = top + sheet.legend(entries, top=top)
    sheet.width = saved
    if sheet.is_narrow:
        return _ranked(sheet, 0, used + 10, sheet.width, 40.0, order, lacking, place, names, values)
    row = min(40.0, (sheet.height or 690.0) / max(len(names), 1))
    end = _ranked(sheet, sheet.width - list_wide, 0, list_wide, row, order, lacking, place, names, values)
    return sheet.height or max(end, used)


def _class_of(value: float | None, breaks: Sequence[float]) -> int | None:
    return None if value is None else sum(value >= limit for limit in breaks)


CITY_RADIUS = 21.0
CHOSEN = f"fill:none;stroke:{theme.HIGHLIGHT}"

LARGEST_CIRCLE, SMALLEST_CIRCLE = 480, 40
"""Radius of the largest value's circle, as on the page, and of one that is nearly none, in units of the outlines."""


def _circles(
    sheet: Sheet, geometry: dict[str, Any], values: dict[str, float | None], factor: float
) -> dict[str, float]:
    """Circles whose area is in proportion to the values, the small ones on the large; gives their radii by region."""
    largest = max((value for value in values.values() if value is not None), default=0.0)
    if largest <= 0:
        return {}
    sizes = {
        region: max(LARGEST_CIRCLE * math.sqrt(max(value, 0.0) / largest), SMALLEST_CIRCLE) * factor
        for region, value in values.items()
        if value is not None
    }
    units = {ALIASES.get(unit["id"], unit["id"]): unit for unit in geometry["units"]}
    fill = theme.PAPER_ACCENT if sheet.ink.is_fixed else f"light-dark({theme.PAPER_ACCENT}, {theme.DARK_ACCENT})"
    for region in sorted((one for one in sizes if one in units), key=lambda one: -sizes[one]):
        x, y = units[region]["label"]
        sheet.parts.append(
            f'<circle cx="{_n(x * factor)}" cy="{_n(y * factor)}" r="{_n(sizes[region])}" data-region="{region}"'
            f' style="fill:{fill};fill-opacity:0.72;stroke:{sheet.ink.ground};stroke-width:2"/>'
        )
    return sizes


def _in_circle(sheet: Sheet, x: float, y: float, said: str, radius: float) -> None:
    """A region's place in its circle, or above one that has no room for it."""
    if measured(said) <= 1.6 * radius:
        ink = theme.LIGHT_INK if sheet.ink.is_fixed else f"light-dark({theme.LIGHT_INK}, {theme.DARK_INK})"
        sheet.words(x, y, said, anchor="middle", colour=ink, is_bold=True)
    else:
        sheet.words(x, y - radius - TEXT * 0.6, said, anchor="middle", is_bold=True)


def _city(
    sheet: Sheet,
    unit: dict[str, Any],
    region: str,
    fill: str,
    place: dict[str, int],
    factor: float,
    shades: Sequence[theme.Shade],
    shade: int | None,
) -> None:
    """A city is some ten pixels wide on this scale: a circle with its place inside stands for it."""
    x, y = unit["label"][0] * factor, unit["label"][1] * factor
    sheet.parts.append(
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{CITY_RADIUS:g}" data-region="{region}" style="fill:{fill};stroke:{sheet.ink.ground};stroke-width:4"/>'
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{CITY_RADIUS + 1:g}" style="fill:none;stroke:{sheet.ink.text};stroke-width:1.5"/>'
    )
    colour = sheet.ink.text if shade is None else sheet.ink.on_shade(shades[shade])
    sheet.words(x, y, str(place.get(region, "–")), anchor="middle", colour=colour, is_bold=True)


def _ranked(
    sheet: Sheet,
    left: float,
    top: float,
    wide: float,
    row: float,
    order: Sequence[str],
    lacking: Sequence[str],
    place: dict[str, int],
    names: dict[str, str],
    values: dict[str, float | None],
) -> float:
    """The regions in order of value: place, name, value."""
    series = sheet.exhibit.series[0]
    words = dict(zip(sheet.exhibit.category_ids, series.remarks, strict=True)) if series.remarks else {}
    y = top
    for region in [*order, *lacking]:
        is_gap = values[region] is None
        said = words.get(region) or sheet.said(values[region])
        sheet.words(left + 34, y + row / 2, str(place.get(region, "–")), anchor="end", colour=sheet.ink.quiet)
        sheet.words(left + 52, y + row / 2, broken(names[region], wide - 70 - measured(said), most=1))
        sheet.words(
            left + wide, y + row / 2, said, anchor="end", is_bold=not is_gap, colour=sheet.ink.quiet if is_gap else None
        )
        y += row
    return y


# ---- panels ---------------------------------------------------------------------------------------------------------


def _panels(sheet: Sheet) -> float:
    """Bars over the same categories side by side (on a phone one under another), each panel with its own unit."""
    singles = sheet.exhibit.singles()
    count = 1 if sheet.is_narrow else len(singles)
    gap = 60.0
    wide = (sheet.width - gap * (count - 1)) / count
    heads = [broken(single.series[0].name, wide, most=2) for single in singles]
    head = max(len(lines) for lines in heads) * TEXT * LINE + 10
    y = 0.0
    for index, (single, lines) in enumerate(zip(singles, heads, strict=True)):
        few = len(single.categories) <= 4
        panel = Sheet(
            replace(single, kind="columns" if few else "bars"),
            sheet.t,
            wide,
            sheet.height - head if sheet.height else (360.0 if few else 0),
            sheet.ink,
            f"{sheet.name}-{index}",
            is_narrow=sheet.is_narrow,
        )
        panel.words(0, -head + TEXT * 0.7, lines, is_bold=True)
        used = (_columns if few else _bars)(panel)
        x = 0.0 if sheet.is_narrow else index * (wide + gap)
        top = (y if sheet.is_narrow else 0.0) + head
        sheet.parts.append(
            f'<g transform="translate({_n(x)} {_n(top)})">{panel.definitions()}{"".join(panel.parts)}</g>'
        )
        y += used + head + 20
    return sheet.height or (y if sheet.is_narrow else y / len(singles))


# ---- table ----------------------------------------------------------------------------------------------------------


def _table(sheet: Sheet) -> float:
    """Categories × series with lines between the rows; on a phone each category with what is known of it below."""
    exhibit = sheet.exhibit
    if sheet.is_narrow:
        return _list(sheet)
    count, rows = len(exhibit.series), len(exhibit.categories)
    left = min(0.5 * sheet.width, max(measured(name) for name in exhibit.categories) + 30)
    wide = (sheet.width - left) / count
    heads = [broken(series.name, wide - 16, most=2) for series in exhibit.series]
    top = max(len(lines) for lines in heads) * TEXT * LINE + 12
    row = min(80.0, (sheet.height - top) / rows) if sheet.height else 46.0
    for index, lines in enumerate(heads):
        sheet.words(left + wide * (index + 1) - 8, TEXT * 0.7, lines, anchor="end", colour=sheet.ink.quiet)
    for index, name in enumerate(exhibit.categories):
        middle = top + row * (index + 0.5)
        sheet.line(0, top + row * index, sheet.width, top + row * index, sheet.ink.line, 1)
        lines = broken(name, left - 20, most=2 if row >= 54 else 1)
        sheet.words(0, middle - (len(lines) - 1) * TEXT * LINE / 2, lines)
        for column, series in enumerate(exhibit.series):
            said = _cell(sheet, series, index)
            is_gap = said == GAP
            colour = sheet.ink.quiet if is_gap else None
            sheet.words(left + wide * (column + 1) - 8, middle, said, anchor="end", is_bold=not is_gap, colour=colour)
    return sheet.height or top + row * rows


def _cell(sheet: Sheet, series: Series, index: int) -> str:
    """What is known of one category in one series, in words; a dash where nothing is printed."""
    value = series.values[index]
    if value is None:
        return GAP
    if series.remarks and series.remarks[index]:
        return series.remarks[index]
    return numbers.decimal(value, sheet.t, sheet.exhibit.decimals if series.decimals is None else series.decimals)


def _list(sheet: Sheet) -> float:
    y = 0.0
    for index, name in enumerate(sheet.exhibit.categories):
        lines = broken(name, sheet.width, most=3)
        sheet.words(0, y + TEXT * 0.7, lines)
        y += len(lines) * TEXT * LINE + 6
        for series in sheet.exhibit.series:
            said = _cell(sheet, series, index)
            if said != GAP:
                label = broken(series.name, sheet.width - 60 - measured(said) * 1.1, most=1)
                sheet.words(24, y + TEXT * 0.7, label, colour=sheet.ink.quiet)
                sheet.words(sheet.width, y + TEXT * 0.7, said, anchor="end", is_bold=True)
                y += TEXT * LINE + 4
        y += 18
    return y


DRAWERS: dict[str, Callable[[Sheet], float]] = {
    "bars": _bars,
    "stacked_bars": _bars,
    "shares": _bars,
    "columns": _columns,
    "stacked_columns": _columns,
    "lines": _plane,
    "points": _plane,
    "map": _map,
    "panels": _panels,
    "table": _table,
}
"""By kind of exhibit: draws it on a sheet and gives the height that it takes."""
