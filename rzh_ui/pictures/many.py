"""Drawings of the kinds that hold several: maps side by side, panels of bars, strips of dots, tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rzh_ui import drawing, numbers, theme
from rzh_ui.drawing import LINE, TEXT, Sheet
from rzh_ui.exhibit import Exhibit, Series
from rzh_ui.pictures.letters import lines as broken
from rzh_ui.pictures.letters import widest_word, width
from rzh_ui.region_map import ALIASES

GAP = 36.0


def _number(sheet: Sheet, series: Series, index: int) -> str:
    """A value of a series in words: its remark where it says the value itself, else the number with its decimals."""
    value = series.values[index]
    if value is None:
        return sheet.exhibit.missing or sheet.t("figure.missing")
    decimals = sheet.exhibit.decimals if series.decimals is None else series.decimals
    return numbers.decimal(value, sheet.t, decimals)


# ---- panels of bars -------------------------------------------------------------------------------------------------


def panels(sheet: Sheet) -> float:
    """Bars over the same categories, a panel with its own scale for each series."""
    exhibit = sheet.exhibit
    names = [broken(name, 0.26 * sheet.width, TEXT) for name in exhibit.categories]
    left = max(width(line, TEXT, is_bold=True) for lines in names for line in lines) + 30
    wide = (sheet.width - left) / len(exhibit.series)
    heads = [broken(series.name, wide - GAP, TEXT, is_bold=True) for series in exhibit.series]
    top = max(len(lines) for lines in heads) * TEXT * LINE + 22
    row = 54.0
    for column, (series, head) in enumerate(zip(exhibit.series, heads, strict=True)):
        x = left + column * wide
        sheet.words(x, TEXT * 0.6, head, is_bold=True)
        known = [value for value in series.values if value is not None]
        said = [_number(sheet, series, index) for index in range(len(exhibit.categories))]
        room = wide - GAP - max(width(words, TEXT, is_bold=True) for words in said) - 24
        scale = room / (max(known, default=0) or 1.0)
        for index, value in enumerate(series.values):
            middle = top + row * (index + 0.5)
            length = 0.0 if value is None else value * scale
            sheet.box(x, middle - 15, length, 30, sheet.fill(series))
            sheet.words(
                x + length + 12,
                middle,
                said[index],
                is_bold=value is not None,
                colour=sheet.ink.quiet if value is None else None,
            )
        sheet.line(x, top, x, top + row * len(exhibit.categories), sheet.ink.line)
    for index, (lines, identity) in enumerate(zip(names, exhibit.category_ids, strict=True)):
        y = top + row * (index + 0.5) - (len(lines) - 1) * TEXT * LINE / 2
        sheet.words(left - 20, y, lines, anchor="end", is_bold=identity in exhibit.marked)
    return top + row * len(exhibit.categories)


# ---- strips of dots -------------------------------------------------------------------------------------------------


def strips(sheet: Sheet) -> float:
    """A scale for each series, each category a dot; the marked ones stand out, the second and later ones numbered."""
    exhibit = sheet.exhibit
    own, others = exhibit.marked[0], exhibit.marked[1:]
    names = dict(zip(exhibit.category_ids, exhibit.categories, strict=True))
    y = _strip_key(sheet, names, own, others) + 20
    left, right = 0.33 * sheet.width, 0.72 * sheet.width
    for series in exhibit.series:
        known = {
            identity: (value, said)
            for identity, value, said in zip(exhibit.category_ids, series.values, series.remarks, strict=True)
            if value is not None
        }
        head = broken(series.name, left - 40, TEXT, is_bold=True)
        sheet.words(0, y + TEXT * 0.6, head, is_bold=True)
        scale_said = f" · {sheet.t('region.log')}" if series.is_logarithmic else ""
        under = broken(series.period + scale_said, left - 40, 21)
        sheet.words(0, y + TEXT * 0.6 + len(head) * TEXT * LINE, under, size=21, colour=sheet.ink.quiet)
        said = [names[own] + ": " + known[own][1]]
        said += [f"{names[one]}: {known[one][1] if one in known else sheet.t('figure.missing')}" for one in others]
        values = [broken(words, sheet.width - right - 30, TEXT, is_bold=True) for words in said]
        at = y + TEXT * 0.6
        for index, lines in enumerate(values):
            sheet.words(right + 30, at, lines, is_bold=index == 0)
            at += len(lines) * TEXT * LINE
        _strip(sheet, series, known, y + 22, left, right, own, others)
        y += max(len(head) * TEXT * LINE + len(under) * 21 * LINE, len(said) * TEXT * LINE, 80.0) + 30
        sheet.line(0, y - 16, sheet.width, y - 16, sheet.ink.line, 1)
    return y - 16


def _strip_key(sheet: Sheet, names: dict[str, str], own: str, others: Sequence[str]) -> float:
    x = 14.0
    entries = [(own, names[own]), *((one, names[one]) for one in others), ("", sheet.t("region.others"))]
    for identity, label in entries:
        _dot(sheet, x, 18, identity, own, others)
        sheet.words(x + 26, 18, label)
        x += 26 + width(label, TEXT) + 50
    if any(
        series.values[sheet.exhibit.category_ids.index("kazakhstan")] is not None for series in sheet.exhibit.series
    ):
        _country(sheet, x, 18)
        sheet.words(x + 16, 18, names["kazakhstan"])
    return 36.0


def _strip(
    sheet: Sheet,
    series: Series,
    known: dict[str, tuple[float, str]],
    y: float,
    left: float,
    right: float,
    own: str,
    others: Sequence[str],
) -> None:
    regions = {identity: value for identity, (value, _) in known.items() if identity != "kazakhstan"}
    low, high = (min(regions.values()) if series.is_logarithmic else 0.0), max(regions.values())
    place = drawing.Scale(low, high or 1.0, left + 16, right - 16, is_logarithmic=series.is_logarithmic)
    sheet.line(left, y, right, y, sheet.ink.line, 3)
    if "kazakhstan" in known:
        _country(sheet, place(known["kazakhstan"][0]), y)
    for identity in sorted(regions, key=lambda one: (one == own, one in others)):
        _dot(sheet, place(regions[identity]), y, identity, own, others)
    first = max(regions, key=lambda one: regions[one])
    last = min(regions, key=lambda one: regions[one])
    sheet.words(left, y + 36, known[last][1] if series.is_logarithmic else "0", size=21, colour=sheet.ink.quiet)
    sheet.words(right, y + 36, known[first][1], size=21, colour=sheet.ink.quiet, anchor="end")


def _dot(sheet: Sheet, x: float, y: float, identity: str, own: str, others: Sequence[str]) -> None:
    if identity == own:
        radius, fill, edge = 14.0, theme.HIGHLIGHT, sheet.ink.ground
    elif identity in others:
        radius, fill, edge = 14.0, sheet.ink.ground, theme.LOCAL_BUDGET
    else:
        radius, fill, edge = 8.0, sheet.ink.ground, sheet.ink.quiet
    sheet.parts.append(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{edge}" stroke-width="2.4"/>'
    )
    if identity in others:
        sheet.words(x, y, str(others.index(identity) + 1), anchor="middle", size=19, is_bold=True)


def _country(sheet: Sheet, x: float, y: float) -> None:
    sheet.parts.append(
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y - 20:.1f}" y2="{y + 20:.1f}" stroke="{sheet.ink.text}" stroke-width="3"'
        ' stroke-dasharray="7 5"/>'
    )


# ---- tables ---------------------------------------------------------------------------------------------------------

HEAD = 21.0
"""Letters of a column's name."""

TALLEST_HEAD = 330.0
"""A name that stands upright is broken where it is longer than this."""


def table(sheet: Sheet) -> float:
    """Categories × series; a cell says its remark or its number, and is shaded by its class where there are classes."""
    exhibit = sheet.exhibit
    longest = max(width(name, TEXT, is_bold=True) for name in exhibit.categories) + 24
    left = min(longest, 0.44 * sheet.width if len(exhibit.series) <= 8 else 0.3 * sheet.width)
    wide = (sheet.width - left) / len(exhibit.series)
    top = _table_head(sheet, left, wide)
    y = top
    for index, (name, identity) in enumerate(zip(exhibit.categories, exhibit.category_ids, strict=True)):
        lines = broken(name, left - 24, TEXT, is_bold=True)
        cells = [broken(_cell(sheet, series, index), wide - 14, TEXT) for series in exhibit.series]
        row = max(len(lines), *(len(cell) for cell in cells)) * TEXT * LINE + 16
        sheet.words(0, y + row / 2 - (len(lines) - 1) * TEXT * LINE / 2, lines, is_bold=identity in exhibit.marked)
        for column, (series, cell) in enumerate(zip(exhibit.series, cells, strict=True)):
            _shade_cell(sheet, series, index, cell, left + column * wide, y, wide, row)
        y += row
        sheet.line(0, y, sheet.width, y, sheet.ink.line, 1)
    return y


def _cell(sheet: Sheet, series: Series, index: int) -> str:
    remark = series.remarks[index] if series.remarks else ""
    return remark or _number(sheet, series, index)


def _shade_cell(
    sheet: Sheet, series: Series, index: int, cell: list[str], x: float, y: float, wide: float, row: float
) -> None:
    value, colour = series.values[index], None
    if value is None:
        colour = sheet.ink.quiet
    elif series.breaks and value > 0:
        shade = theme.shades(len(series.breaks) + 1)[sum(value >= limit for limit in series.breaks)]
        sheet.box(x + 1, y + 1, wide - 2, row - 2, sheet.ink.shade(shade))
        colour = sheet.ink.on_shade(shade)
    sheet.words(x + wide / 2, y + row / 2 - (len(cell) - 1) * TEXT * LINE / 2, cell, anchor="middle", colour=colour)


def _table_head(sheet: Sheet, left: float, wide: float) -> float:
    """Names of the columns, upright where one has a word wider than its column; gives where the rows begin."""
    names = [one.name for one in sheet.exhibit.series]
    is_upright = any(widest_word(name, HEAD, is_bold=True) > wide - 12 for name in names)
    heads = [broken(name, TALLEST_HEAD if is_upright else wide - 12, HEAD, is_bold=True) for name in names]
    if is_upright:
        height = max(width(line, HEAD, is_bold=True) for lines in heads for line in lines) + 26
    else:
        height = max(len(lines) for lines in heads) * HEAD * LINE + 18
    for column, lines in enumerate(heads):
        x, half = left + (column + 0.5) * wide, (len(lines) - 1) * HEAD * LINE / 2
        if is_upright:
            sheet.parts.append(f'<g transform="translate({x - half:.1f} {height - 12:.1f}) rotate(-90)">')
            sheet.words(0, 0, lines, size=HEAD, is_bold=True)
            sheet.parts.append("</g>")
        else:
            sheet.words(x, height - 14 - HEAD * LINE / 2 - 2 * half, lines, anchor="middle", size=HEAD, is_bold=True)
    sheet.line(0, height, sheet.width, height, sheet.ink.line, 2)
    return height


# ---- maps side by side ----------------------------------------------------------------------------------------------


def maps(sheet: Sheet) -> float:
    """The same regions in several periods, on one scale; the values stand in the table of the page."""
    exhibit = sheet.exhibit
    columns = min(len(exhibit.series), 2)
    wide = (sheet.width - GAP * (columns - 1)) / columns
    shades = theme.shades(len(exhibit.breaks) + 1)
    y, lowest = 0.0, 0.0
    for index, series in enumerate(exhibit.series):
        x = (index % columns) * (wide + GAP)
        if index and index % columns == 0:
            y = lowest + 30
        sheet.words(x, y + TEXT * 0.6, broken(series.period or series.name, wide, TEXT, is_bold=True), is_bold=True)
        lowest = max(lowest, y + 44 + _small_map(sheet, exhibit, series, shades, x, y + 44, wide))
    entries = [(label, sheet.ink.shade(shade)) for label, shade in zip(exhibit.class_labels, shades, strict=True)]
    if any(value is None for series in exhibit.series for value in series.values):
        entries.append((exhibit.missing, sheet.hatched(theme.NEUTRAL)))
    return lowest + 24 + sheet.legend(entries, top=lowest + 24)


def _small_map(
    sheet: Sheet, exhibit: Exhibit, series: Series, shades: Sequence[theme.Shade], x: float, y: float, wide: float
) -> float:
    geometry = drawing.outline(series.vintage or exhibit.vintage)
    _, _, across, height = geometry["viewBox"]
    factor = wide / across
    known = dict(zip(exhibit.category_ids, series.values, strict=True))

    def fill(unit: str) -> str:
        value = known.get(ALIASES.get(unit, unit))
        if value is None:
            return sheet.hatched(theme.NEUTRAL, factor)
        return sheet.ink.shade(shades[sum(value >= limit for limit in exhibit.breaks)])

    sheet.parts.append(f'<g transform="translate({x:.1f} {y:.1f}) scale({factor:.5f})" stroke="{sheet.ink.quiet}">')
    cities = outlined = ""
    for unit in geometry["units"]:
        is_chosen = ALIASES.get(unit["id"], unit["id"]) in exhibit.marked[:1]
        chosen = f'style="{drawing.CHOSEN};stroke-width:{4 / factor:.0f};stroke-linejoin:round"'
        if unit["kind"] == "city":
            centre = f'cx="{unit["label"][0]}" cy="{unit["label"][1]}"'
            cities += (
                f'<circle {centre} r="150" fill="{sheet.ink.ground}" stroke="none"/>'
                f'<circle {centre} r="120" fill="{fill(unit["id"])}" stroke="{sheet.ink.text}" stroke-width="18"/>'
            )
            cities += f'<circle {centre} r="175" {chosen}/>' if is_chosen else ""
        else:
            sheet.parts.append(f'<path d="{unit["path"]}" fill="{fill(unit["id"])}" stroke-width="16"/>')
            outlined += f'<path d="{unit["path"]}" {chosen}/>' if is_chosen else ""
    sheet.parts.append(outlined + cities + "</g>")
    return float(height * factor)


DRAWERS: dict[str, Callable[[Sheet], float]] = {"panels": panels, "strips": strips, "table": table, "maps": maps}
"""By kind of exhibit: draws it on a sheet and gives the height that it takes."""
