"""Exhibits as native charts: PowerPoint draws them from a workbook that lies behind each, and a person can edit both."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from rzh_ui import theme
from rzh_ui.exhibit import Exhibit, Series
from rzh_ui.i18n import Messages
from rzh_ui.slides_sheet import Box, colour, describe, hatch
from rzh_ui.slides_text import LINE, POINTS, TYPE, longest_word, width

TYPES = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked_bars": XL_CHART_TYPE.BAR_STACKED,
    "shares": XL_CHART_TYPE.BAR_STACKED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked_columns": XL_CHART_TYPE.COLUMN_STACKED,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
}
LYING = {"bars", "stacked_bars", "shares"}
STACKED = {"stacked_bars", "stacked_columns", "shares"}
MOST_WITH_AXIS = 10
"""Lying bars that still stand over an axis; more of them need its room, and each carries its number."""

MOST_IN_LEGEND, MOST_NAMED = 8, 40
"""Series that a legend can name, and points that can carry their names."""

MOST_LABELLED = 8
"""Categories of stacked bars whose parts still have room for numbers."""

NARROWEST_LABELLED = 0.07
"""Part of the longest bar below which a part of a stack goes without its number."""

AXIS_SIZE, LEAST_SIZE, MOST_SIZE, LABEL_SIZE = 12.0, 8.0, 14.0, 10.5


def number_format(exhibit: Exhibit) -> str:
    """As spreadsheets write it; the signs are those of the reader's machine. Amounts in billions or millions show about
    three digits, small ones more decimals than large ones, as on the page: no small amount is rounded away to zero.
    """
    most = shown_decimals(0.0, exhibit)
    plain = "#,##0" + (f".{'0' * most}" if most else "")
    if exhibit.unit_size <= 1 or most < 2:
        return plain
    if most == 2:
        return "[>=10]#,##0.0;#,##0.00"
    return f"[>=10]#,##0.0;[>=1]#,##0.00;{plain}"


def shown_decimals(value: float, exhibit: Exhibit) -> int:
    """Decimals with which `number_format` shows a value."""
    if exhibit.unit_size <= 1 or exhibit.decimals < 2:
        return exhibit.decimals
    return 1 if value >= 10 else 2 if value >= 1 else exhibit.decimals


def series_name(series: Series, t: Messages) -> str:
    """The series' name; a supposed one says so."""
    return t("slides.scenario_series", name=series.name) if series.is_scenario else series.name


def add(slide: Any, box: Box, exhibit: Exhibit, t: Messages, *, labelled_by_names: bool = True) -> Any:
    """Puts an exhibit (any kind but a map) on a slide as a chart, and returns its frame.

    Args:
        labelled_by_names: whether points carry the names of their categories.
    """
    if exhibit.kind == "points" or any(series.across for series in exhibit.series):
        return _across(slide, box, exhibit, t, labelled_by_names=labelled_by_names)
    data = CategoryChartData(number_format=number_format(exhibit))
    data.categories = _names(exhibit)
    for series in exhibit.series:
        data.add_series(series_name(series, t), series.values)
    unknown = [exhibit.open_share(row) for row in exhibit.rows]
    if any(unknown):
        data.add_series(exhibit.missing or t("figure.missing"), [part or None for part in unknown])
    frame = slide.shapes.add_chart(TYPES[exhibit.kind], *box.emu, data)
    chart = _dress(frame, exhibit, t)
    plot, lying = chart.plots[0], exhibit.kind in LYING
    axis, values = chart.category_axis, chart.value_axis
    is_plain = exhibit.kind == "bars" and len(exhibit.categories) > MOST_WITH_AXIS
    size = _category_size(exhibit, box, lying, (0.45 if chart.has_legend else 0) + (0.1 if is_plain else 0.7))
    axis.tick_labels.font.size = Pt(size)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if lying:
        axis.reverse_order = True  # the first category stands on top, as on the page
        axis.crosses = XL_AXIS_CROSSES.MAXIMUM  # and the numbers of the other axis stay below
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
        _every_name(axis)
    if exhibit.kind == "lines":
        for drawn, series in zip(plot.series, exhibit.series, strict=True):
            _line(drawn, series)
            known = [index for index, value in enumerate(series.values) if value is not None]
            if not chart.has_legend and len(exhibit.series) > 1 and known:  # names stand at the ends of their lines
                _named(drawn.points[known[-1]].data_label, series.name, XL_LABEL_POSITION.RIGHT)
    else:
        plot.gap_width = 45 if len(exhibit.series) == 1 or exhibit.kind in STACKED else 60
        if exhibit.kind in STACKED:
            plot.overlap = 100
        if any(unknown):
            hatch(plot.series[len(exhibit.series)].format.fill, theme.PAPER_HATCH, theme.PAPER_SOFT)
        for drawn, series in zip(plot.series, exhibit.series, strict=False):
            _fill(drawn.format.fill, series)
            drawn.invert_if_negative = False
            if series.is_scenario:
                drawn.format.line.color.rgb = colour(series.colour)
                drawn.format.line.width = Pt(1.5)
            elif exhibit.kind in STACKED:
                drawn.format.line.color.rgb = colour(theme.LIGHT_BACKGROUND)
                drawn.format.line.width = Pt(0.75)
    _value_axis(values, exhibit)
    if is_plain:  # every bar carries its number
        values.visible = values.has_major_gridlines = values.has_title = False
    if exhibit.is_ranked:
        values.reverse_order = True  # the first place stands on top
        values.minimum_scale, values.major_unit = 1, 1
        values.maximum_scale = max((value for one in exhibit.series for value in one.values if value), default=1)
        values.crosses = XL_AXIS_CROSSES.MAXIMUM
        axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    if exhibit.kind == "shares":
        values.minimum_scale, values.maximum_scale = 0, 100
    if exhibit.goal is not None:
        _goal(values, exhibit)
    _labels(plot, exhibit, size)
    if exhibit.marked and len(exhibit.series) == 1 and exhibit.kind in ("bars", "columns"):
        own = exhibit.series[0].colour
        first, others = exhibit.marked[0], exhibit.marked[1:]
        looks = {first: theme.HIGHLIGHT, **dict.fromkeys(others, theme.PAPER_ACCENT)}
        paint_points(frame, [looks.get(identity, own) for identity in exhibit.category_ids])
    return frame


def _names(exhibit: Exhibit) -> list[str]:
    """The categories; where two have the same name (answers to different questions), each with what tells them apart."""
    names = exhibit.categories
    remarks = exhibit.series[0].remarks if len(exhibit.series) == 1 else ()
    if not remarks or len(set(names)) == len(names):
        return list(names)
    return [f"{name}: {remark}" for name, remark in zip(names, remarks, strict=True)]


def paint_points(frame: Any, fills: Iterable[str | None], *, is_outlined: bool = False) -> None:
    """Gives each bar of a chart of one series its own colour: as its region has on the map beside it, or because it stands out."""
    series = frame.chart.plots[0].series[0]
    for index, fill in enumerate(fills):
        if fill is not None:
            point = series.points[index].format
            point.fill.solid()
            point.fill.fore_color.rgb = colour(fill)
            if is_outlined:
                point.line.color.rgb = colour(theme.NEUTRAL)
                point.line.width = Pt(0.5)


def _dress(frame: Any, exhibit: Exhibit, t: Messages) -> Any:
    chart = frame.chart
    describe(frame, exhibit.title, alternative(exhibit, t))
    chart.has_title = False
    chart.font.name, chart.font.size = TYPE, Pt(AXIS_SIZE)
    chart.font.color.rgb = colour(theme.PAPER_INK)
    count = len(exhibit.series) + (exhibit.diagonal is not None)
    chart.has_legend = 1 < count <= MOST_IN_LEGEND or exhibit.is_scenario
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(14)
    return chart


def alternative(exhibit: Exhibit, t: Messages) -> str:
    """What the exhibit shows, for whoever does not see it; a supposition says so first."""
    return f"{t('slides.scenario')} {exhibit.finding}" if exhibit.is_scenario else exhibit.finding


def _fill(fill: Any, series: Series) -> None:
    if series.is_scenario:
        hatch(fill, series.colour, theme.LIGHT_BACKGROUND)
    else:
        fill.solid()
        fill.fore_color.rgb = colour(series.colour)


def _line(drawn: Any, series: Series) -> None:
    drawn.smooth = False  # no curve between figures that nobody printed
    drawn.format.line.color.rgb = colour(series.colour)
    drawn.format.line.width = Pt(2.5)
    if series.is_scenario:
        drawn.format.line.dash_style = MSO_LINE.DASH
    _marker(drawn, series, 7)


def _marker(drawn: Any, series: Series, size: int) -> None:
    drawn.marker.style = XL_MARKER_STYLE.CIRCLE
    drawn.marker.size = size
    drawn.marker.format.line.color.rgb = colour(series.colour)
    _fill(drawn.marker.format.fill, series)


def _category_size(exhibit: Exhibit, box: Box, lying: bool, around: float) -> float:
    """Size of the names on the category axis: a line each, where they stand beside their bars. `around`: inches that the
    legend and the other axis take.
    """
    if lying:
        row = (box.height - around) / max(1, len(exhibit.categories)) * POINTS
        return max(LEAST_SIZE, min(MOST_SIZE, math.floor(row * 0.66 * 2) / 2))
    column = (box.width - 1.0) / max(1, len(exhibit.categories))
    longest = max((longest_word(name, 1) for name in exhibit.categories), default=0.0) or 1
    return max(LEAST_SIZE, min(MOST_SIZE, math.floor(column / longest)))


def _every_name(axis: Any) -> None:
    """No category goes without its name, however many there are."""
    element = axis._element
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        for old in element.findall(qn(tag)):
            element.remove(old)
        new = etree.SubElement(element, qn(tag))
        new.set("val", "1")
        after = element.find(qn("c:noMultiLvlLbl"))
        if after is not None:
            after.addprevious(new)


def _value_axis(axis: Any, exhibit: Exhibit) -> None:
    known = [abs(value) for series in exhibit.series for value in series.values if value is not None]
    highest = max(known, default=0.0)
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = colour(theme.PAPER_LINE)
    axis.major_gridlines.format.line.width = Pt(0.5)
    axis.format.line.fill.background()
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format = "#,##0" if highest >= 5 else "0.0" if highest >= 0.5 else "0.00"
    axis.tick_labels.number_format_is_linked = False
    axis.tick_labels.font.size = Pt(11)
    axis.tick_labels.font.color.rgb = colour(theme.PAPER_GREY)
    if exhibit.kind not in ("lines", "points"):
        axis.minimum_scale = (
            0 if all(value >= 0 for s in exhibit.series for value in s.values if value is not None) else None
        )
    _whole(axis, exhibit.unit, known)
    title(axis, exhibit.unit)


def _goal(axis: Any, exhibit: Exhibit) -> None:
    """The only line across the bars is the one that they are measured against."""
    assert exhibit.goal is not None
    highest = max((value for series in exhibit.series for value in series.values if value is not None), default=0.0)
    axis.major_unit, axis.maximum_scale = exhibit.goal, max(exhibit.goal, highest) * 1.08
    axis.major_gridlines.format.line.color.rgb = colour(theme.HIGHLIGHT)
    axis.major_gridlines.format.line.width = Pt(2)


def _whole(axis: Any, unit: str, values: Iterable[float]) -> None:
    """An axis of percent that reaches the whole ends there."""
    if "%" in unit and max(values, default=0.0) == 100:
        axis.minimum_scale, axis.maximum_scale = 0, 100


def title(axis: Any, words: str) -> None:
    """Names an axis."""
    if not words:
        return
    axis.has_title = True
    frame = axis.axis_title.text_frame
    frame.text = words
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.name = Pt(11), False, TYPE
    font.color.rgb = colour(theme.PAPER_GREY)


def _labels(plot: Any, exhibit: Exhibit, size: float) -> None:
    """Numbers on the bars: behind single bars, inside the wide parts of a few stacks."""
    if exhibit.kind == "lines":
        return
    if exhibit.kind not in STACKED:
        plot.has_data_labels = True
        labels = plot.data_labels
        _format(labels, exhibit, min(size, 12) if len(exhibit.series) == 1 else min(size, 10.5), theme.PAPER_INK)
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        return
    if len(exhibit.categories) > MOST_LABELLED:
        return
    totals = [sum(series.values[index] or 0 for series in exhibit.series) for index in range(len(exhibit.categories))]
    longest = max(totals, default=0) or 1
    for drawn, series in zip(plot.series, exhibit.series, strict=False):  # what is unknown has no number
        labels = drawn.data_labels
        ink = theme.PAPER_INK if series.is_scenario else theme.readable_on(series.colour)
        _format(labels, exhibit, 12, ink)
        labels.position = XL_LABEL_POSITION.CENTER
        for index, value in enumerate(series.values):
            if value is not None and abs(value) / longest < NARROWEST_LABELLED:
                _unlabelled(drawn, index)


def _format(labels: Any, exhibit: Exhibit, size: float, ink: str) -> None:
    labels.show_value = True
    labels.number_format = number_format(exhibit)
    labels.number_format_is_linked = False
    labels.font.size = Pt(size)
    labels.font.color.rgb = colour(ink)


def _unlabelled(drawn: Any, index: int) -> None:
    """Takes one point's number away: its part is too narrow for it."""
    label = drawn.points[index].data_label._get_or_add_dLbl()
    for child in list(label):
        if child.tag != qn("c:idx"):
            label.remove(child)
    etree.SubElement(label, qn("c:delete")).set("val", "1")


def _across(slide: Any, box: Box, exhibit: Exhibit, t: Messages, *, labelled_by_names: bool) -> Any:
    """Points and lines over a numeric axis."""
    data = XyChartData(number_format=number_format(exhibit))
    kept: list[list[int]] = []
    for series in exhibit.series:
        added = data.add_series(series_name(series, t))
        own = [index for index, value in enumerate(series.values) if value is not None]
        kept.append(own)
        for index in own:
            added.add_data_point(series.across[index], series.values[index])
    guides = _guides(exhibit, t)
    for name, ends in guides:
        added = data.add_series(name)
        for end in ends:
            added.add_data_point(*end)
    is_lines = exhibit.kind == "lines"
    kind = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS if is_lines else XL_CHART_TYPE.XY_SCATTER
    frame = slide.shapes.add_chart(kind, *box.emu, data)
    chart = _dress(frame, exhibit, t)
    labelled_by_names = labelled_by_names and not is_lines and sum(map(len, kept)) <= MOST_NAMED
    sides = _sides(exhibit, box) if labelled_by_names else {}
    own_series = list(chart.plots[0].series)
    for drawn in own_series[len(kept) :]:
        _guide(drawn)
    for number, (drawn, series, own) in enumerate(zip(own_series, exhibit.series, kept, strict=False)):
        if is_lines:
            _line(drawn, series)
            drawn.marker.style = XL_MARKER_STYLE.NONE
            continue
        drawn.format.line.fill.background()
        _marker(drawn, series, 9)
        if labelled_by_names:
            for place, index in enumerate(own):
                _named(drawn.points[place].data_label, exhibit.categories[index], sides[number, index])
    across = chart.category_axis
    _value_axis(chart.value_axis, exhibit)
    _value_axis(across, exhibit)
    across.major_gridlines.format.line.color.rgb = colour(theme.PAPER_SOFT)
    known = [abs(value) for series in exhibit.series for value in series.across]
    highest = max(known, default=0.0)
    across.tick_labels.number_format = "#,##0" if highest >= 5 else "0.0" if highest >= 0.5 else "0.00"
    _whole(across, exhibit.across_title, known)
    title(across, exhibit.across_title)
    if exhibit.is_logarithmic:
        for axis, values in (
            (across, known),
            (chart.value_axis, [abs(value) for series in exhibit.series for value in series.values if value]),
        ):
            _logarithmic(axis, min(values, default=1.0), max(values, default=10.0))
    return frame


def _guides(exhibit: Exhibit, t: Messages) -> list[tuple[str, tuple[tuple[float, float], tuple[float, float]]]]:
    """Dashed lines that points and curves are compared with: name, and where it begins and ends."""
    across = [place for series in exhibit.series for place in series.across]
    guides = []
    if exhibit.goal is not None and across:
        left, right = _whole_powers(across) if exhibit.is_logarithmic else (min(across), max(across))
        guides.append((t("slides.line_country"), ((left, exhibit.goal), (right, exhibit.goal))))
    if exhibit.diagonal is not None:
        low, high = exhibit.diagonal
        guides.append((t("slides.line_equal"), ((low, low), (high, high))))
    return guides


def _guide(drawn: Any) -> None:
    drawn.smooth = False
    drawn.marker.style = XL_MARKER_STYLE.NONE
    drawn.format.line.color.rgb = colour(theme.PAPER_GREY)
    drawn.format.line.width = Pt(1.5)
    drawn.format.line.dash_style = MSO_LINE.DASH


def _sides(exhibit: Exhibit, box: Box) -> dict[tuple[int, int], Any]:
    """On which side of each point its name runs into fewest others, by numbers of series and category."""
    points = {
        (number, index): (series.across[index], value)
        for number, series in enumerate(exhibit.series)
        for index, value in enumerate(series.values)
        if value is not None
    }
    scale = math.log10 if exhibit.is_logarithmic else float
    rights = [scale(across) for across, _ in points.values()]
    ups = [scale(value) for _, value in points.values()]
    ends = [min(rights), max(rights), min(ups), max(ups)]
    room = Box(0, 0, 0.85 * (box.width - 1), 0.8 * (box.height - 1))  # the data rarely fill an axis to its ends
    if exhibit.is_logarithmic:  # where the axes end is known
        across, values = zip(*points.values(), strict=True)
        ends = [math.log10(end) for end in (*_whole_powers(across), *_whole_powers(values))]
        room = Box(0, 0, box.width - 1.1, box.height - 1)
    left, right, bottom, top = ends
    wide, tall = right - left or 1.0, top - bottom or 1.0
    places = {
        key: ((x - left) / wide * room.width, (top - y) / tall * room.height)
        for (key, x, y) in zip(points, rights, ups, strict=True)
    }
    taken = [Box(x - 0.07, y - 0.07, 0.14, 0.14) for x, y in places.values()]
    if exhibit.goal is not None:  # its line runs from side to side
        taken.append(Box(0, (top - scale(exhibit.goal)) / tall * room.height - 0.03, room.width, 0.06))
    chosen = {}
    for (number, index), (x, y) in sorted(places.items(), key=lambda item: item[1][1]):
        long, high = width(exhibit.categories[index], LABEL_SIZE), LABEL_SIZE * LINE / POINTS
        sides = {
            XL_LABEL_POSITION.RIGHT: Box(x + 0.1, y - high / 2, long, high),
            XL_LABEL_POSITION.LEFT: Box(x - 0.1 - long, y - high / 2, long, high),
            XL_LABEL_POSITION.ABOVE: Box(x - long / 2, y - 0.1 - high, long, high),
            XL_LABEL_POSITION.BELOW: Box(x - long / 2, y + 0.1, long, high),
        }
        side = min(sides, key=lambda one: sum(_common(sides[one], other) for other in taken))
        chosen[number, index] = side
        taken.append(sides[side])
    return chosen


def _common(one: Box, other: Box) -> float:
    """Area in which two boxes overlap."""
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0.0, across) * max(0.0, down)


def _named(label: Any, name: str, side: Any) -> None:
    frame = label.text_frame
    frame.text = name
    font = frame.paragraphs[0].runs[0].font
    font.size, font.name = Pt(LABEL_SIZE), TYPE
    font.color.rgb = colour(theme.PAPER_INK)
    label.position = side


def _logarithmic(axis: Any, low: float, high: float) -> None:
    """A logarithmic axis over whole powers of ten; the other axis crosses at its lower end."""
    scaling = axis._element.find(qn("c:scaling"))
    base = etree.Element(qn("c:logBase"))
    base.set("val", "10")
    scaling.insert(0, base)
    axis.minimum_scale, axis.maximum_scale = _whole_powers((low, high))
    axis.crosses = XL_AXIS_CROSSES.MINIMUM
    if axis.minimum_scale < 1:
        axis.tick_labels.number_format = "[<1]General;#,##0"


def _whole_powers(values: Sequence[float]) -> tuple[float, float]:
    """The powers of ten that all values lie between."""
    return 10.0 ** math.floor(math.log10(min(values))), 10.0 ** math.ceil(math.log10(max(values)))
