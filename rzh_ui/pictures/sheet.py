"""The sheet of a picture: what stands above and below the drawing, and the fonts that go with it."""

from __future__ import annotations

import base64
import datetime
from functools import cache
from html import escape

from rzh_ui.data import version
from rzh_ui.dates import day
from rzh_ui.drawing import LINE, PAPER, Sheet
from rzh_ui.exhibit import Exhibit
from rzh_ui.i18n import Messages
from rzh_ui.pictures import letters
from rzh_ui.pictures.bodies import body
from rzh_ui.pictures.painter import FONTS

MARGIN, WIDTH = 60.0, 1760.0
UNITS_PER_PIXEL = 1.6
"""The drawing's large type (24 units) is 15 px high in the picture."""

TITLE, LEAD, SMALL = 40.0, 26.0, 21.0
LONGEST_LEAD = 260
"""Letters of a finding that is drawn under the title; a longer one lists what the drawing shows and is its description."""

MAPS = ("map", "maps")
FAMILY = "'Zhangyru Sans','Source Sans 3','Segoe UI',Arial,sans-serif"
"""A program that does not read fonts inside an SVG takes the next it has; all have the Kazakh letters."""

FACES = {400: "Regular", 600: "SemiBold"}


def drawn(exhibit: Exhibit, t: Messages, today: datetime.date, *, has_fonts: bool) -> str:
    """The whole picture as SVG; with its fonts inside for whoever opens it elsewhere."""
    paper = Sheet(exhibit, t, WIDTH, 0, PAPER, "drawing", is_narrow=False)
    top = _above(paper)
    content, height = body(exhibit, t, WIDTH)
    below = Sheet(exhibit, t, WIDTH, 0, PAPER, "below", is_narrow=False)
    whole = MARGIN + top + height + _below(below, today) + MARGIN * 0.7
    wide = WIDTH + 2 * MARGIN
    style = f"<style>{_faces()}text{{font-family:{FAMILY}}}</style>" if has_fonts else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide / UNITS_PER_PIXEL:g}" height="{whole / UNITS_PER_PIXEL:.1f}"'
        f' viewBox="0 0 {wide:g} {whole:.1f}" role="img" lang="{t.language}" aria-labelledby="title description"'
        f' font-family="{FAMILY}" font-size="24" color="{PAPER.text}">'
        f'<title id="title">{escape(exhibit.title)}</title><desc id="description">{escape(exhibit.finding)}</desc>{style}'
        f'<rect width="{wide:g}" height="{whole:.1f}" fill="{PAPER.ground}"/>'
        f'<g transform="translate({MARGIN:g} {MARGIN:g})">{"".join(paper.parts)}</g>'
        f'<g transform="translate({MARGIN:g} {MARGIN + top:.1f})">{content}</g>'
        f'<g transform="translate({MARGIN:g} {MARGIN + top + height:.1f})">{"".join(below.parts)}</g></svg>'
    )


def _above(paper: Sheet) -> float:
    """Title, measure and finding; gives the height that they take."""
    exhibit, t = paper.exhibit, paper.t
    y = 0.0
    lead = exhibit.finding if len(exhibit.finding) <= LONGEST_LEAD and exhibit.finding != exhibit.title else ""
    scenario = t("picture.scenario") if exhibit.is_scenario else ""
    for words, size, colour, is_bold in (
        (scenario, LEAD, None, True),
        (exhibit.title, TITLE, None, True),
        (exhibit.measure, LEAD, PAPER.quiet, False),
        (lead, LEAD, None, False),
    ):
        if not words:
            continue
        lines = letters.lines(words, WIDTH, size, is_bold=is_bold)
        paper.words(0, y + size * 0.6, lines, size=size, colour=colour, is_bold=is_bold)
        y += len(lines) * size * LINE + size * 0.3
    return y + 26


def _below(paper: Sheet, today: datetime.date) -> float:
    """Remarks, formula, source, boundaries, data version and date; gives the height that they take."""
    exhibit, t = paper.exhibit, paper.t
    y = 34.0
    paper.line(0, y, WIDTH, y, PAPER.line, 2)
    y += 26
    how = t("picture.computed", formula=exhibit.formula) if exhibit.formula else t("passport.printed")
    said = [exhibit.note, how, exhibit.source]
    if exhibit.kind in MAPS:
        said.append(t("foot.boundaries"))
    said.append(t("picture.foot", version=version(), date=day(today, t)))
    for words in said:
        if words:
            lines = letters.lines(letters.spelled(words), WIDTH, SMALL)
            paper.words(0, y, lines, size=SMALL, colour=PAPER.quiet)
            y += len(lines) * SMALL * LINE + 5
    return y


@cache
def _faces() -> str:
    """The fonts as CSS that carries them."""
    return "".join(
        "@font-face{font-family:'Zhangyru Sans';font-weight:"
        f"{weight};src:url(data:font/woff;base64,{base64.b64encode((FONTS / f'ZhangyruSans-{name}.woff').read_bytes()).decode()})"
        " format('woff')}"
        for weight, name in FACES.items()
    )
