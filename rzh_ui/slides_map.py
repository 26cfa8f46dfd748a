"""The map on a slide: a shape a region, named after it, that can be taken apart, coloured and moved in PowerPoint."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from rzh_ui import numbers, slides_sheet, theme
from rzh_ui.data import ask
from rzh_ui.drawing import LARGEST_CIRCLE, SMALLEST_CIRCLE
from rzh_ui.exhibit import Exhibit
from rzh_ui.i18n import Messages
from rzh_ui.region_map import ALIASES, STATIC
from rzh_ui.rows import by, records
from rzh_ui.slides_charts import shown_decimals
from rzh_ui.slides_sheet import Box, block, decorative, describe, paint, words
from rzh_ui.slides_text import LINE, POINTS, width

CITY_RADIUS = 95
"""Of a city's circle, in the units of the outlines, as on the page."""

RING = 28
LABEL_SIZE = 155
"""Of the names, in the same units."""

BESIDE = {"almaty_city": (0, 1)}
"""Cities whose name stands below (right, down); the others have it on the right."""

SHIFTS = {"turkestan": (60, -560), "south_kazakhstan": (60, -560)}
"""Where the roomiest point of a region lies under a city's name, its own name moves up."""

LONGEST_LINE = 13
CHOSEN_LINE = 3.0
"""Thickness of the chosen region's outline in points."""

CIRCLE_ALPHA = 45000
"""How far a circle hides what lies below, of 100 000: names on it stay readable."""

STEP = re.compile(r"([Mlz])([^Mlz]*)")
NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Unit:
    """One unit of a vintage: its id there, the region whose figure it carries, its outline and where its name stands.

    Attributes:
        rings: closed outlines as lists of points, in the units of the file.
    """

    unit_id: str
    region_id: str
    is_city: bool
    label: tuple[float, float]
    rings: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of all rings."""
        xs = [x for ring in self.rings for x, _ in ring]
        ys = [y for ring in self.rings for _, y in ring]
        return min(xs), min(ys), max(xs), max(ys)


@cache
def outlines(vintage: str) -> tuple[tuple[float, float], tuple[Unit, ...]]:
    """Width and height of the map, and the units of a vintage; oblasts first, so that cities lie on top."""
    drawn = json.loads((STATIC / "geo" / f"map{vintage}.json").read_text(encoding="utf-8"))
    units = [
        Unit(
            unit["id"],
            ALIASES.get(unit["id"], unit["id"]),
            unit["kind"] == "city",
            (unit["label"][0], unit["label"][1]),
            _rings(unit["path"]),
        )
        for unit in drawn["units"]
    ]
    return (drawn["viewBox"][2], drawn["viewBox"][3]), tuple(sorted(units, key=lambda unit: unit.is_city))


def _rings(path: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The points of an SVG path made of `M` (absolute), `l` (relative, a chain) and `z`."""
    rings: list[list[tuple[int, int]]] = []
    x = y = 0
    for step, rest in STEP.findall(path):
        found = [int(one) for one in NUMBER.findall(rest)]
        pairs = list(zip(found[::2], found[1::2], strict=True))
        if step == "M":
            x, y = pairs[0]
            rings.append([(x, y)])
        for right, down in pairs if step == "l" else ():
            x, y = x + right, y + down
            rings[-1].append((x, y))
    return tuple(tuple(ring) for ring in rings)


def draw(
    slide: Any,
    box: Box,
    vintage: str,
    fills: Mapping[str, str | None],
    names: Mapping[str, str],
    told: Mapping[str, str],
    t: Messages,
    *,
    alternative: str,
    labels: Mapping[str, str] | None = None,
    circles: Mapping[str, float] | None = None,
    chosen: str = "",
) -> Any:
    """Draws all units of a vintage as one group of named shapes.

    Args:
        fills: colour by region; a region without an entry is plain, one with None is hatched.
        names: what each shape is called, by unit or region id.
        told: alternative text of each shape, by region id.
        labels: short values to be written under the names; None writes no names at all.
        circles: radii by region in the units of the outlines, where areas of circles show the values.
        chosen: region whose outline stands out.
    """
    (across, down), units = outlines(vintage)
    scale = min(box.width / across, box.height / down)
    left = box.left + (box.width - across * scale) / 2
    top = box.top
    group = slide.shapes.add_group_shape()
    group.shapes.turbo_add_enabled = True  # counts numbers of shapes instead of looking for the highest
    group.shapes._recalculate_extents = lambda: None  # it would measure all shapes again with each that joins the group
    circles = circles or {}
    for unit in sorted(units, key=lambda unit: (unit.is_city, unit.region_id == chosen)):  # its outline lies on top
        fill = fills.get(unit.region_id, theme.PAPER_SOFT)
        edge = (theme.HIGHLIGHT, CHOSEN_LINE) if unit.region_id == chosen else None
        name = names.get(unit.unit_id, names.get(unit.region_id, unit.unit_id))
        x, y = left + unit.label[0] * scale, top + unit.label[1] * scale
        if unit.is_city:
            if unit.region_id not in circles:
                ring = _circle(group, x, y, (CITY_RADIUS + RING) * scale, theme.LIGHT_BACKGROUND, None)
                decorative(ring, t("slides.name_ring"))
            shape = _circle(
                group, x, y, circles.get(unit.region_id, CITY_RADIUS) * scale, fill, edge or (theme.PAPER_INK, 1.25)
            )
            if unit.region_id in circles:
                slides_sheet.veil(shape, theme.PAPER_ACCENT, CIRCLE_ALPHA)
        else:
            shape = _freeform(group, unit, left, top, scale)
            paint(shape, fill, *(edge or (theme.PAPER_GREY,)))
        describe(shape, name, told.get(unit.region_id, name))
    for unit in sorted(units, key=lambda unit: -circles.get(unit.region_id, 0)):  # the small ones on the large
        if unit.region_id in circles and not unit.is_city:
            name = names.get(unit.unit_id, names.get(unit.region_id, unit.unit_id))
            x, y = left + unit.label[0] * scale, top + unit.label[1] * scale
            circle = _circle(
                group, x, y, circles[unit.region_id] * scale, theme.PAPER_ACCENT, (theme.LIGHT_BACKGROUND, 1)
            )
            slides_sheet.veil(circle, theme.PAPER_ACCENT, CIRCLE_ALPHA)
            decorative(circle, t("slides.name_circle", name=name))
    if labels is not None:
        for unit in units:
            name = names.get(unit.unit_id, names.get(unit.region_id, unit.unit_id))
            _label(group, unit, name, labels.get(unit.region_id, ""), fills, circles, (left, top, scale), t)
    del group.shapes._recalculate_extents
    group.shapes._recalculate_extents()
    describe(group, t("slides.name_map"), alternative)
    return group


def _circle(group: Any, x: float, y: float, radius: float, fill: str | None, line: tuple[str, float] | None) -> Any:
    box = Box(x - radius, y - radius, 2 * radius, 2 * radius)
    return block(group.shapes, MSO_SHAPE.OVAL, box, fill, *(line or ()))


def _freeform(group: Any, unit: Unit, left: float, top: float, scale: float) -> Any:
    """A free shape with the unit's outline. The library's own builder measures all points anew for each, seconds a map,
    so that it makes the shape and the outline is put in whole.
    """
    low_x, low_y, high_x, high_y = unit.bounds
    builder = group.shapes.build_freeform(0, 0)
    builder.add_line_segments([(1, 0), (1, 1)], close=True)
    shape = builder.convert_to_shape()
    shape.left, shape.top = Inches(left + low_x * scale), Inches(top + low_y * scale)
    shape.width, shape.height = Inches((high_x - low_x) * scale), Inches((high_y - low_y) * scale)
    outline = shape._element.spPr.find(qn("a:custGeom")).find(qn("a:pathLst"))
    outline.getparent().replace(outline, parse_xml(_path(unit)))
    return shape


@cache
def _path(unit: Unit) -> str:
    """The outline as DrawingML, from the corner of the unit's bounds."""
    low_x, low_y, high_x, high_y = unit.bounds
    steps = []
    for ring in unit.rings:
        points = [f'<a:pt x="{x - low_x}" y="{y - low_y}"/>' for x, y in ring]
        steps.append(f"<a:moveTo>{points[0]}</a:moveTo>")
        steps += [f"<a:lnTo>{point}</a:lnTo>" for point in points[1:]]
        steps.append("<a:close/>")
    size = f'w="{high_x - low_x}" h="{high_y - low_y}"'
    return f"<a:pathLst {nsdecls('a')}><a:path {size}>{''.join(steps)}</a:path></a:pathLst>"


def wrapped(name: str) -> list[str]:
    """Lines of a name, broken at spaces and hyphens so that none is much longer than its longest word."""
    if len(name) <= LONGEST_LINE:
        return [name]
    found: list[str] = []
    for word in re.split(r"(?<=-)| ", name):
        joint = "" if found and found[-1].endswith("-") else " "
        if found and len(found[-1]) + len(word) < LONGEST_LINE - 2:
            found[-1] += joint + word
        else:
            found.append(word)
    return found


def _label(
    group: Any,
    unit: Unit,
    name: str,
    value: str,
    fills: Mapping[str, str | None],
    circles: Mapping[str, float],
    place: tuple[float, float, float],
    t: Messages,
) -> None:
    left, top, scale = place
    size = round(max(8.0, LABEL_SIZE * scale * POINTS), 1)
    lines = [name] if unit.is_city else wrapped(name)
    lines += [value] if value else []
    x, y = left + unit.label[0] * scale, top + unit.label[1] * scale
    wide, tall = max(width(line, size) for line in lines) + 0.05, len(lines) * size * LINE / POINTS
    align = PP_ALIGN.CENTER
    fill = fills.get(unit.region_id, theme.PAPER_SOFT)
    ink = theme.readable_on(fill) if fill else theme.PAPER_INK
    if unit.is_city:
        ink = theme.PAPER_INK
        reach = (circles.get(unit.region_id, CITY_RADIUS + RING) + 20) * scale
        right, below = BESIDE.get(unit.unit_id, (1, 0))
        if right:
            box, align = Box(x + reach, y - tall / 2, wide, tall), PP_ALIGN.LEFT
        else:
            box = Box(x - wide / 2, y + below * reach, wide, tall)
    else:
        right, below = (0, 0) if unit.region_id in circles else SHIFTS.get(unit.unit_id, (0, 0))
        box = Box(x + right * scale - wide / 2, y + below * scale - tall / 2, wide, tall)
    label = words(
        group.shapes,
        box,
        lines,
        size=size,
        ink=ink,
        align=align,
        anchor=MSO_ANCHOR.MIDDLE,
        name=t("slides.name_label", name=name),
        wraps=False,
    )
    if unit.is_city:  # its name lies on several regions: on a ground of its own it can be read on all of them
        slides_sheet.veil(label)
    decorative(label, t("slides.name_label", name=name))


def shades(exhibit: Exhibit) -> list[str | None]:
    """Colour of each category of a map: that of its class on a light ground, or of its circle; None where nothing is
    printed.
    """
    if exhibit.is_in_circles:
        return [None if value is None else theme.PAPER_ACCENT for value in exhibit.series[0].values]
    scale = theme.shades(len(exhibit.breaks) + 1)
    return [None if value is None else scale[_class(value, exhibit)].light for value in exhibit.series[0].values]


def _class(value: float, exhibit: Exhibit) -> int:
    return sum(value >= limit for limit in exhibit.breaks)


def classes(exhibit: Exhibit, t: Messages) -> list[str]:
    """The limits of each class in words, in the exhibit's unit, lowest first."""
    limits = [numbers.decimal(limit, t, numbers.shortest(limit)) for limit in exhibit.breaks]
    if not limits:
        return [t("map.one_class")]
    inner = [t("map.class_between", low=low, high=high) for low, high in pairwise(limits)]
    return [t("map.class_below", high=limits[0]), *inner, t("map.class_above", low=limits[-1])]


def add(slide: Any, box: Box, exhibit: Exhibit, t: Messages) -> Any:
    """Puts a map and its legend on a slide; returns the group of regions."""
    legend = 0.62
    values = dict(zip(exhibit.category_ids, exhibit.series[0].values, strict=True))
    fills = dict(zip(exhibit.category_ids, shades(exhibit), strict=True))
    named = dict(zip(exhibit.category_ids, exhibit.categories, strict=True))
    said = {
        region: t("figure.missing") if value is None else numbers.decimal(value, t, shown_decimals(value, exhibit))
        for region, value in values.items()
    }
    told = {
        region: f"{name}: {said[region]}" + ("" if values[region] is None else f" ({exhibit.unit})")
        for region, name in named.items()
    }
    names = {**unit_names(exhibit.vintage, t), **named}
    largest = max((value for value in values.values() if value is not None), default=0.0)
    circles: dict[str, float] = {}
    if exhibit.is_in_circles and largest > 0:
        circles = {
            region: max(LARGEST_CIRCLE * (max(value, 0.0) / largest) ** 0.5, SMALLEST_CIRCLE)
            for region, value in values.items()
            if value is not None
        }
        fills = {region: theme.PAPER_SOFT if fill else None for region, fill in fills.items()}
    group = draw(
        slide,
        Box(box.left, box.top, box.width, box.height - legend),
        exhibit.vintage,
        fills,
        names,
        told,
        t,
        alternative=exhibit.finding,
        labels={region: text for region, text in said.items() if values[region] is not None},
        circles=circles,
        chosen=next(iter(exhibit.marked), ""),
    )
    _legend(slide, Box(box.left, box.bottom - legend + 0.08, box.width, legend - 0.08), exhibit, t)
    return group


def unit_names(vintage: str, t: Messages) -> dict[str, str]:
    """Names of all units of a vintage: of today's regions, and of those that are none."""
    today = {key: t.name(row, "short") for key, row in by(ask("regions"), "region_id").items()}
    return {**today, **{row["unit_id"]: t.name(row) for row in records(ask("units_without_region", vintage=vintage))}}


def _legend(slide: Any, box: Box, exhibit: Exhibit, t: Messages) -> None:
    """A swatch a class with its limits and how many regions fall in it, and one for those without a figure."""
    values = exhibit.series[0].values
    scale = theme.shades(len(exhibit.breaks) + 1)
    found = [0] * len(scale)
    for value in values:
        if value is not None:
            found[_class(value, exhibit)] += 1
    entries: list[tuple[str | None, str, int]] = [
        (shade.light, name, count) for shade, name, count in zip(scale, classes(exhibit, t), found, strict=True)
    ]
    if exhibit.is_in_circles:
        entries = []
    missing = sum(value is None for value in values)
    if missing:
        entries.append((None, t("figure.missing"), missing))
    each = box.width / max(len(entries), 5)
    for index, (fill, name, count) in enumerate(entries):
        left = box.left + index * each
        said = t.plural("map.region_count", count)
        swatch = block(slide.shapes, MSO_SHAPE.RECTANGLE, Box(left, box.top + 0.03, 0.3, 0.22), fill, theme.PAPER_GREY)
        describe(swatch, t("slides.name_class", name=name), f"{name} ({exhibit.unit}): {said}")
        words(
            slide.shapes,
            Box(left + 0.38, box.top, each - 0.42, box.height),
            [name, said],
            size=11,
            name=t("slides.name_class_words", name=name),
        )
