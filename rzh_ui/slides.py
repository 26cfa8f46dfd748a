"""Exhibits as slides that can be edited: native charts with their numbers behind them, maps of named shapes, sources in
the notes. The same exhibits make pictures and pages of reports, so that none can say another number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pptx.enum.shapes import MSO_SHAPE

from rzh_ui import numbers, passport, slides_charts, slides_map, slides_sheet, slides_table, theme
from rzh_ui.data import ask
from rzh_ui.exhibit import Exhibit, Series
from rzh_ui.i18n import Messages
from rzh_ui.rows import records
from rzh_ui.slides_charts import MOST_LABELLED, STACKED
from rzh_ui.slides_sheet import FOOT_TOP, HEIGHT, MARGIN, ROOM, WIDTH, Box, foot, notes, packed, presentation, words
from rzh_ui.slides_table import Cell
from rzh_ui.slides_text import fitting, height

LONGEST_TITLE = 190
"""Letters of a finding that can still be a title; a longer one stands in smaller letters under the figure's name."""

LONGEST_REMARK = 400
"""Letters of a finding that can stand under its chart; a longer one is for the notes."""

LONG_NAME = 40
"""Letters from which the names of a table's rows need a wide column."""

MOST_ROWS, MOST_TABLE_ROWS = 24, 20
"""Categories of lying bars, and of a table, on one slide; more are dealt out to several."""


def one(exhibit: Exhibit, t: Messages, today: date) -> bytes:
    """One figure as a presentation of one slide, or of as many as it needs. `today`: the date that stands on it."""
    deck = presentation(exhibit.title, t, today)
    show(deck, exhibit, t, today)
    return packed(deck, t)


def deck(exhibits: Sequence[Exhibit], t: Messages, today: date, *, title: str, lead: str = "") -> bytes:
    """A presentation: a title, a slide a figure, and what all of it rests on.

    Args:
        title, lead: what the title slide says.
        today: the date that stands on every slide.
    """
    made = presentation(title, t, today)
    opening(made, title, lead, t, today)
    for exhibit in exhibits:
        show(made, exhibit, t, today)
    closing(made, t, today)
    return packed(made, t)


def opening(deck: Any, title: str, lead: str, t: Messages, today: date, *, room: float = ROOM - 1.2) -> Any:
    """The title slide. `room`: width of its column of words in inches."""
    slide = deck.slides.add_slide(deck.slide_layouts.get_by_name("Title Slide"))
    slides_sheet.band(slide, Box(0, 0, 0.28, HEIGHT), t)
    left = MARGIN + 0.3
    size = fitting(title, room, 1.9, (44, 40, 36, 32, 28), is_bold=True)
    tall = height(title, room, size, is_bold=True)
    head, under = slide.placeholders[0], slide.placeholders[1]
    box = Box(left, 2.55 - tall / 2, room, tall)
    head.left, head.top, head.width, head.height = box.emu
    head.name, under.name = t("slides.name_title"), t("slides.name_subtitle")
    slides_sheet.write(head, title, size=size, is_bold=True)
    if not lead:
        under._element.getparent().remove(under._element)  # an empty one asks to be filled
    small = fitting(lead, room, 1.8, (22, 20, 18, 16))
    if lead:
        below = Box(left, box.bottom + 0.3, room, max(0.4, height(lead, room, small)))
        under.left, under.top, under.width, under.height = below.emu
        slides_sheet.write(under, lead, size=small, ink=theme.PAPER_GREY)
    foot(slide, t("foot.documents"), t, today)
    return slide


def show(deck: Any, exhibit: Exhibit, t: Messages, today: date) -> None:
    """Puts a figure on a slide; one of very many bars goes on as many slides as it needs."""
    parts = [part for single in exhibit.singles() for part in _parts(single)]
    for part, number in parts:
        _show(deck, part, t, today, number)


def _parts(exhibit: Exhibit) -> list[tuple[Exhibit, str]]:
    """The exhibit dealt out to slides, each with its number among them; "" where it is the only one."""
    count = len(exhibit.categories)
    most = MOST_ROWS if exhibit.kind in slides_charts.LYING else MOST_TABLE_ROWS if exhibit.kind == "table" else count
    if count <= most:
        return [(exhibit, "")]
    pages = -(-count // most)
    size = -(-count // pages)
    parts = [
        replace(
            exhibit,
            categories=exhibit.categories[start : start + size],
            category_ids=exhibit.category_ids[start : start + size],
            series=tuple(
                replace(
                    series,
                    values=series.values[start : start + size],
                    remarks=series.remarks[start : start + size],
                )
                for series in exhibit.series
            ),
        )
        for start in range(0, count, size)
    ]
    return [(part, f" ({number}/{len(parts)})") for number, part in enumerate(parts, start=1)]


def _show(deck: Any, exhibit: Exhibit, t: Messages, today: date, number: str) -> None:
    is_short = len(exhibit.finding) <= LONGEST_TITLE
    title = exhibit.finding if is_short else exhibit.title
    about = [exhibit.title] if is_short and exhibit.title != exhibit.finding else []
    about += [part for part in (exhibit.unit, exhibit.place, exhibit.period) if part and part not in exhibit.title]
    slide, top = slides_sheet.sheet(deck, title + number, " · ".join(about), t)
    remarks = _remarks(exhibit, t)
    if LONGEST_TITLE < len(exhibit.finding) <= LONGEST_REMARK:
        remarks = [exhibit.finding, *remarks]
    said = " ".join(remarks)
    size = fitting(said, ROOM, 0.62, (13, 12, 11, 10))
    tall = height(said, ROOM, size) if said else 0.0
    bottom = FOOT_TOP - 0.2 - tall
    if said:
        box = Box(MARGIN, bottom, ROOM, tall)
        words(slide.shapes, box, said, size=size, ink=theme.PAPER_GREY, name=t("slides.name_note"))
    if exhibit.is_scenario:
        top = _banner(slide, top, t)
    _draw(slide, Box(MARGIN, top, ROOM, bottom - top - 0.08), exhibit, t)
    foot(slide, exhibit.source or passport.lines(exhibit.observation_ids, t), t, today)
    notes(slide, provenance(exhibit, t))


def _remarks(exhibit: Exhibit, t: Messages) -> list[str]:
    """What must stand under a chart: its note, and who has no figure, as a bar that is not there tells nobody."""
    said = [exhibit.note] if exhibit.note and exhibit.note not in exhibit.finding else []
    totals = _totals(exhibit, t)
    if totals:
        said.append(totals)
    if exhibit.kind not in ("points", "lines", "table"):
        lacking = [
            name
            for index, name in enumerate(exhibit.categories)
            if all(series.values[index] is None for series in exhibit.series)
        ]
        if lacking:
            said.append(t("slides.no_figure", names=", ".join(lacking)))
            if exhibit.kind == "map" and exhibit.missing:
                said.append(f"{exhibit.missing}.")
    if exhibit.kind == "map":
        said.append(t("foot.boundaries"))
    return said


def _totals(exhibit: Exhibit, t: Messages) -> str:
    """The sums of a few stacks in words: a native stack has no number for its whole. A part that is missing leaves none."""
    if not exhibit.total or exhibit.kind not in STACKED or len(exhibit.categories) > MOST_LABELLED:
        return ""
    parts = []
    for name, *values in zip(exhibit.categories, *(series.values for series in exhibit.series), strict=True):
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            whole = sum(known)
            parts.append(f"{name} – {numbers.decimal(whole, t, slides_charts.shown_decimals(whole, exhibit))}")
    return f"{exhibit.total}: {'; '.join(parts)}." if parts else ""


def _banner(slide: Any, top: float, t: Messages) -> float:
    """Says that what is hatched is supposed; returns where the chart may begin."""
    box = Box(MARGIN, top, ROOM, 0.34)
    strip = slides_sheet.block(slide.shapes, MSO_SHAPE.RECTANGLE, box, theme.PAPER_SOFT, theme.PAPER_GREY)
    strip.name = t("slides.name_scenario")
    slides_sheet.write(
        strip,
        t("slides.scenario"),
        size=14,
        is_bold=True,
        anchor=slides_sheet.MSO_ANCHOR.MIDDLE,
        align=slides_sheet.PP_ALIGN.CENTER,
    )
    return box.bottom + 0.08


def _draw(slide: Any, box: Box, exhibit: Exhibit, t: Messages) -> None:
    if exhibit.kind == "table":
        _table(slide, box, exhibit, t)
        return
    if exhibit.kind != "map":
        slides_charts.add(slide, box, exhibit, t)
        return
    beside = 4.1
    slides_map.add(slide, Box(box.left, box.top, box.width - beside - 0.25, box.height), exhibit, t)
    ranked = _ranked(exhibit, t)
    frame = slides_charts.add(slide, Box(WIDTH - MARGIN - beside, box.top, beside, box.height), ranked, t)
    slides_charts.paint_points(frame, slides_map.shades(ranked), is_outlined=True)


def _table(slide: Any, box: Box, exhibit: Exhibit, t: Messages) -> None:
    head = ["", *(slides_charts.series_name(series, t) for series in exhibit.series)]
    rows = [
        [Cell(name, is_bold=True), *(_cell(series, index, exhibit, t) for series in exhibit.series)]
        for index, name in enumerate(exhibit.categories)
    ]
    long = max(map(len, exhibit.categories)) > LONG_NAME
    shares = [4.0 if long else 2.0, *(1.0 for _ in exhibit.series)]
    alternative = slides_charts.alternative(exhibit, t)
    slides_table.add(slide, box, head, rows, name=exhibit.title, alternative=alternative, shares=shares)


def _cell(series: Series, index: int, exhibit: Exhibit, t: Messages) -> Cell:
    value = series.values[index]
    if value is None:
        return Cell(t("figure.missing"))
    decimals = exhibit.decimals if series.decimals is None else series.decimals
    words, remark = numbers.decimal(value, t, decimals), series.remarks[index] if series.remarks else ""
    if remark:  # one that has a number of its own says the value in words
        words = remark if any(sign.isdigit() for sign in remark) else f"{words} – {remark}"
    if not series.breaks:
        return Cell(words)
    place = sum(value >= limit for limit in series.breaks)
    return Cell(words, theme.shades(len(series.breaks) + 1)[place].light)


def _ranked(exhibit: Exhibit, t: Messages) -> Exhibit:
    """The map's regions that have a value, largest first, as bars."""
    values = exhibit.series[0].values
    order = [index for index, value in enumerate(values) if value is not None]
    order.sort(key=lambda index: -float(values[index] or 0))
    return replace(
        exhibit,
        kind="bars",
        title=t("map.ranking"),
        categories=tuple(exhibit.categories[index] for index in order),
        category_ids=tuple(exhibit.category_ids[index] for index in order),
        series=(replace(exhibit.series[0], values=tuple(values[index] for index in order)),),
    )


def provenance(exhibit: Exhibit, t: Messages) -> list[str]:
    """The notes of a figure: what it says, how it was computed, and where every number in it is printed."""
    head = [exhibit.title, exhibit.finding]
    if exhibit.is_scenario:
        head.append(t("slides.scenario"))
    if exhibit.note:
        head.append(exhibit.note)
    head.append(t("passport.computed") if exhibit.formula else t("passport.printed"))
    if exhibit.formula:
        head.append(t("slides.formula", formula=exhibit.formula))
    return [*head, "", t("slides.places"), *passport.told(exhibit.observation_ids, t)]


def closing(deck: Any, t: Messages, today: date) -> None:
    """The last slide: documents with their hashes, population, prices and boundaries."""
    slide, top = slides_sheet.sheet(deck, t("slides.sources"), "", t)
    said: list[str] = []
    for row in records(ask("documents").drop_duplicates("document_id")):
        said.append(f"{t.name(row, 'title')} – {t.name(row, 'publisher')}, {row['year']}. SHA-256: {row['sha256']}")
    said += [t("slides.reference"), t("foot.boundaries"), t("slides.how")]
    size = fitting("\n".join(said), ROOM, FOOT_TOP - top - 1.2, (18, 17, 16, 15, 14, 13, 12))
    box = Box(MARGIN, top + 0.2, ROOM, FOOT_TOP - top - 0.5)
    words(slide.shapes, box, said, size=size, after=9, name=t("slides.name_text"))
    foot(slide, t("foot.documents"), t, today)
