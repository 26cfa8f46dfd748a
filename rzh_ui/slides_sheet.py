"""A blank slide and what every slide has: its title, footer, notes, and words for whoever does not see it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Length, Pt

from rzh_ui import theme
from rzh_ui.data import version
from rzh_ui.dates import day
from rzh_ui.i18n import Messages
from rzh_ui.slides_text import TYPE, fitting, height

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
"""Of a slide of 16:9, in inches."""
ROOM = WIDTH - 2 * MARGIN
FOOT_TOP = 6.9
FOOT_SIZE = 10.5
TITLE_SLIDE, TITLE_ONLY = 0, 5
"""Layouts of the library's own template that are kept."""

SPELLING = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
DECORATIVE_EXTENSION = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


class Box(NamedTuple):
    """Where something stands on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        """The same as the library takes it."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


def colour(code: str) -> RGBColor:
    """`#rrggbb` as the library takes it."""
    return RGBColor.from_string(code.removeprefix("#").upper())


def presentation(title: str, t: Messages, today: date) -> Any:
    """An empty presentation of 16:9 in the product's colours and type, with two layouts that fit it."""
    deck = Presentation()
    stretch = Inches(WIDTH) / int(deck.slide_width or 1)
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    kept = [deck.slide_layouts[TITLE_SLIDE], deck.slide_layouts[TITLE_ONLY]]
    for layout in list(deck.slide_layouts):
        if layout not in kept:
            deck.slide_layouts.remove(layout)
    for sheet in (deck.slide_master, *kept):
        for shape in sheet.placeholders:
            if shape._element.spPr.find(qn("a:xfrm")) is not None:  # what a layout inherits is stretched in the master
                shape.left, shape.width = Emu(round(shape.left * stretch)), Emu(round(shape.width * stretch))
    _own_theme(deck.slide_master)
    about = deck.core_properties
    about.title, about.language, about.author = title, SPELLING[t.language], t("slides.author")
    about.subject, about.comments = t("foot.documents"), stamp(t, today)
    about.created = about.modified = datetime(today.year, today.month, today.day)
    about.last_modified_by, about.keywords = "", ""
    return deck


def _own_theme(master: Any) -> None:
    """Colours and type of the product as those that PowerPoint offers for what a person adds later."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    tree = etree.fromstring(part.blob)
    codes = {
        "dk2": theme.PAPER_INK,
        "lt2": theme.PAPER_SOFT,
        "accent1": theme.LOCAL_BUDGET,
        "accent2": theme.SPONSORS,
        "accent3": theme.COUNT,
        "accent4": theme.HIGHLIGHT,
        "accent5": theme.PAPER_ACCENT,
        "accent6": theme.NEUTRAL,
    }
    for name, code in codes.items():
        for one in tree.iter(qn(f"a:{name}")):
            for child in list(one):
                one.remove(child)
            etree.SubElement(one, qn("a:srgbClr")).set("val", str(colour(code)))
    for fonts in ("a:majorFont", "a:minorFont"):
        for one in tree.iter(qn(fonts)):
            one.find(qn("a:latin")).set("typeface", TYPE)
    part._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def stamp(t: Messages, today: date) -> str:
    """Which data, and when."""
    return t("slides.stamp", version=version(), date=day(today, t))


def describe(shape: Any, name: str, alternative: str) -> None:
    """Names a shape and says in words what it shows."""
    shape.name = name
    _properties(shape).set("descr", alternative)


def decorative(shape: Any, name: str) -> None:
    """Tells readers of the screen to pass by what only adorns, or says again what stands in words."""
    shape.name = name
    properties = _properties(shape)
    properties.set("descr", "")
    extension = etree.SubElement(_extensions(properties), qn("a:ext"))
    extension.set("uri", DECORATIVE_EXTENSION)
    etree.SubElement(extension, f"{{{DECORATIVE}}}decorative", nsmap={"adec": DECORATIVE}).set("val", "1")


def _properties(shape: Any) -> Any:
    return next(shape._element.iter(qn("p:cNvPr")))


def _extensions(properties: Any) -> Any:
    found = properties.find(qn("a:extLst"))
    return etree.SubElement(properties, qn("a:extLst")) if found is None else found


def words(
    shapes: Any,
    box: Box,
    paragraphs: str | Sequence[str],
    *,
    size: float,
    name: str,
    ink: str = theme.PAPER_INK,
    is_bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
    after: float = 0.0,
    wraps: bool = True,
) -> Any:
    """A box of words. `after`: points between paragraphs."""
    shape = shapes.add_textbox(*box.emu)
    shape.name = name
    write(shape, paragraphs, size=size, ink=ink, is_bold=is_bold, align=align, anchor=anchor, after=after, wraps=wraps)
    return shape


def write(
    shape: Any,
    paragraphs: str | Sequence[str],
    *,
    size: float,
    ink: str = theme.PAPER_INK,
    is_bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
    after: float = 0.0,
    wraps: bool = True,
) -> None:
    """Puts words into a shape, without margins of the library's own."""
    frame = shape.text_frame
    frame.word_wrap = wraps
    if wraps:  # where another type stands in for ours, wider words become smaller instead of running into others
        frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for index, paragraph in enumerate(paragraphs.split("\n") if isinstance(paragraphs, str) else paragraphs):
        line = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        line.alignment = align
        line.space_after = Pt(after)
        run = line.add_run()
        run.text = paragraph
        run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, TYPE
        run.font.color.rgb = colour(ink)


def sheet(deck: Any, title: str, below: str, t: Messages) -> tuple[Any, float]:
    """A slide with its title and the line below it. Returns the slide and how far down both reach, in inches."""
    slide = deck.slides.add_slide(deck.slide_layouts.get_by_name("Title Only"))
    size = fitting(title, ROOM, 0.98, (30, 28, 26, 24, 22, 20, 18), is_bold=True)
    tall = height(title, ROOM, size, is_bold=True)
    box = Box(MARGIN, 0.42, ROOM, tall)
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = box.emu
    shape.name = t("slides.name_title")
    write(shape, title, size=size, is_bold=True)
    reached = box.bottom
    if below:
        small = fitting(below, ROOM, 0.6, (16, 14, 13))
        under = Box(MARGIN, reached + 0.06, ROOM, height(below, ROOM, small))
        words(slide.shapes, under, below, size=small, ink=theme.PAPER_GREY, name=t("slides.name_subtitle"))
        reached = under.bottom
    band(slide, Box(0, 0, WIDTH, 0.14), t)
    return slide, reached + 0.12


def band(slide: Any, box: Box, t: Messages) -> None:
    """A strip of the product's own colour."""
    strip = block(slide.shapes, MSO_SHAPE.RECTANGLE, box, theme.PAPER_ACCENT)
    decorative(strip, t("slides.name_band"))


def block(
    shapes: Any, kind: MSO_SHAPE, box: Box, fill: str | None, line: str | None = None, thick: float = 0.75
) -> Any:
    """A plain shape; no fill hatches it: nothing is known there."""
    shape = shapes.add_shape(kind, *box.emu)
    paint(shape, fill, line, thick)
    return shape


def paint(shape: Any, fill: str | None, line: str | None, thick: float = 0.75) -> None:
    """Fill and outline of a shape; no fill hatches it: nothing is known there."""
    if fill is None:
        hatch(shape.fill, theme.PAPER_HATCH, theme.PAPER_SOFT)
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour(fill)
    if line is None:
        shape.line.fill.background()
    else:
        shape.line.color.rgb = colour(line)
        shape.line.width = Pt(thick)
    style = shape._element.find(qn("p:style"))
    if style is not None:  # the library's own style casts a shadow
        shape._element.remove(style)


def veil(shape: Any, ground: str = theme.LIGHT_BACKGROUND, alpha: int = 72000) -> None:
    """Gives a shape a ground that lets what lies below shine through; `alpha` of 100 000 hides it."""
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(ground)
    code = next(shape._element.spPr.iter(qn("a:srgbClr")))
    etree.SubElement(code, qn("a:alpha")).set("val", str(alpha))


def hatch(fill: Any, lines: str, ground: str) -> None:
    """Fills with slanting lines."""
    from pptx.enum.dml import MSO_PATTERN

    fill.patterned()
    fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb = colour(lines)
    fill.back_color.rgb = colour(ground)


def foot(slide: Any, source: str, t: Messages, today: date) -> None:
    """Source on the left, data version, date and number of the slide on the right."""
    line = Box(MARGIN, FOOT_TOP - 0.08, ROOM, 0.01)
    decorative(block(slide.shapes, MSO_SHAPE.RECTANGLE, line, theme.PAPER_LINE), t("slides.name_line"))
    own = 3.0
    room = ROOM - own - 0.3
    size = fitting(source, room, 0.48, (FOOT_SIZE, 9.5, 9, 8.5, 8))
    words(
        slide.shapes,
        Box(MARGIN, FOOT_TOP, room, 0.5),
        source,
        size=size,
        ink=theme.PAPER_GREY,
        name=t("slides.name_source"),
    )
    right = words(
        slide.shapes,
        Box(WIDTH - MARGIN - own, FOOT_TOP, own, 0.4),
        [t("slides.stamp_version", version=version()), f"{day(today, t)}  ·  "],
        size=FOOT_SIZE,
        ink=theme.PAPER_GREY,
        align=PP_ALIGN.RIGHT,
        name=t("slides.name_stamp"),
    )
    _number(right)


def _number(shape: Any) -> None:
    """The slide's number as a field, so that it stays right when slides are moved."""
    line = shape.text_frame.paragraphs[-1]._p
    first = line.find(qn("a:r"))
    field = etree.SubElement(line, qn("a:fld"))
    field.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    field.set("type", "slidenum")
    field.append(etree.fromstring(etree.tostring(first.find(qn("a:rPr")))))
    etree.SubElement(field, qn("a:t")).text = "‹#›"


def notes(slide: Any, paragraphs: Iterable[str]) -> None:
    """What the presenter reads, and where every figure is printed."""
    slide.notes_slide.notes_text_frame.text = "\n".join(paragraphs)


def packed(deck: Any, t: Messages) -> bytes:
    """The presentation as a file; every word in it knows its language, so that no speller strikes it out."""
    for slide in deck.slides:
        parts = [slide._element] + ([slide.notes_slide._element] if slide.has_notes_slide else [])
        for part in parts:
            for run in part.iter(qn("a:r"), qn("a:fld")):
                properties = run.find(qn("a:rPr"))
                if properties is None:
                    properties = etree.Element(qn("a:rPr"))
                    run.insert(0, properties)
                properties.set("lang", SPELLING[t.language])
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()
