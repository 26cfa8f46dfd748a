"""Tables on slides: native ones, that a person can edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from rzh_ui import theme
from rzh_ui.slides_sheet import Box, colour, describe
from rzh_ui.slides_text import LINE, POINTS, TYPE, lines, longest_word

PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's name for a table without a style of its own."""

PAD, PAD_DOWN = 0.08, 0.02
"""Margins of a cell at its sides, and above and below its words, in inches."""

MOST_AIRY = 1.4
"""How much higher than its words a row is at most, where there is room."""

SIZES = (14, 13, 12, 11, 10, 9, 8)


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        fill: its ground, as `#rrggbb`; None leaves it plain.
        is_bold: whether it stands out.
    """

    words: str
    fill: str | None = None
    is_bold: bool = False


def add(
    slide: Any,
    box: Box,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    name: str,
    alternative: str,
    shares: Sequence[float] | None = None,
) -> Any:
    """Puts a table on a slide in the largest type in which it fits `box`, and returns its frame.

    Args:
        shares: parts of the width that the columns take, first is the one of names; equal where None.
    """
    parts = list(shares or [1.0] * len(head))
    columns = [box.width * part / sum(parts) for part in parts]
    said = [list(head), *([cell.words for cell in row] for row in rows)]
    size, heights = float(SIZES[-1]), [0.0]
    for size in SIZES:
        heights = [_height(row, columns, size) for row in said]
        if sum(heights) <= box.height and not _breaks(said, columns, size):
            break
    airy = min(MOST_AIRY, max(1.0, box.height / sum(heights)))
    heights = [tall * airy for tall in heights]
    frame = slide.shapes.add_table(
        len(said), len(head), Inches(box.left), Inches(box.top), Inches(box.width), Inches(sum(heights))
    )
    describe(frame, name, alternative)
    table = frame.table
    properties = frame._element.graphic.graphicData.tbl.tblPr
    properties.find(qn("a:tableStyleId")).text = PLAIN
    table.horz_banding = False
    for column, wide in zip(table.columns, columns, strict=True):
        column.width = Inches(wide)
    for row, tall in zip(table.rows, heights, strict=True):
        row.height = Inches(tall)
    for place, words in enumerate(head):
        _write(table.cell(0, place), Cell(words, theme.PAPER_SOFT, True), size, is_first=place == 0)
    for number, cells in enumerate(rows, start=1):
        for place, one in enumerate(cells):
            _write(table.cell(number, place), one, size, is_first=place == 0)
            _line_below(table.cell(number, place))
    return frame


def _breaks(rows: Iterable[Sequence[str]], columns: Sequence[float], size: float) -> bool:
    """Whether any column is too narrow for its longest word."""
    return any(
        longest_word(words, size, is_bold=True) > wide - 2 * PAD
        for row in rows
        for words, wide in zip(row, columns, strict=True)
    )


def _height(row: Iterable[str], columns: Sequence[float], size: float) -> float:
    tallest = max(lines(words, wide - 2 * PAD, size, is_bold=True) for words, wide in zip(row, columns, strict=True))
    return tallest * size * LINE / POINTS + 2 * PAD_DOWN


def _write(cell: Any, one: Cell, size: float, *, is_first: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(PAD)
    cell.margin_top = cell.margin_bottom = Inches(PAD_DOWN)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    if one.fill is None:
        cell.fill.background()
    else:
        cell.fill.solid()
        cell.fill.fore_color.rgb = colour(one.fill)
    line = cell.text_frame.paragraphs[0]
    line.alignment = PP_ALIGN.LEFT if is_first else PP_ALIGN.RIGHT
    run = line.add_run()
    run.text = one.words
    run.font.size, run.font.bold, run.font.name = Pt(size), one.is_bold, TYPE
    run.font.color.rgb = colour(theme.readable_on(one.fill) if one.fill else theme.PAPER_INK)


def _line_below(cell: Any) -> None:
    """A thin line under a row; the library has no word for it."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    code = str(colour(theme.PAPER_LINE))
    line = parse_xml(f'<a:lnB {nsdecls("a")} w="6350"><a:solidFill><a:srgbClr val="{code}"/></a:solidFill></a:lnB>')
    cell._tc.get_or_add_tcPr().insert(0, line)
