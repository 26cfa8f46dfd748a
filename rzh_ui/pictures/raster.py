"""SVG turned into PNG by Typst, which lets the interpreter go on meanwhile and reads each font once.

The library that draws charts can do it too, in two to four times the time: it reads a font's file anew for each letter.
"""

from __future__ import annotations

import re
from functools import cache
from queue import Empty, LifoQueue
from typing import TYPE_CHECKING

from rzh_ui.pictures.painter import FONTS, PictureError

if TYPE_CHECKING:
    from typst import Compiler

AT_ONCE = 2
"""Pictures turned at the same time: it takes a processor for itself, and the pages must go on."""

LONGEST_QUEUE_SECONDS = 30.0
"""A visitor who waits longer for those before him is told so instead."""

POINTS_PER_INCH = 72.0
SIZE = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)" height="([\d.]+)"')
SHEET = '#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, fit: "stretch")'

LONGEST_REMEMBERED = 12
"""Typst keeps what so many settings before needed, 14 MB a picture; so many empty ones make it forget, in a millisecond."""


def png(svg: str, scale: float) -> bytes:
    """An SVG that says its width and height, as PNG with `scale` pixels for each of its own.

    Raises:
        PictureError: it cannot be drawn, or too many pictures are being made.
    """
    found = SIZE.search(svg)
    if found is None:
        raise PictureError("the picture does not say its width and height")
    sheet = SHEET.format(width=found.group(1), height=found.group(2))
    waiting = _compilers()
    try:
        compiler = waiting.get(timeout=LONGEST_QUEUE_SECONDS)
    except Empty:
        raise PictureError("too many pictures are being made; try again in a minute") from None
    try:
        made = compiler.compile(sheet.encode(), format="png", ppi=POINTS_PER_INCH * scale, sys_inputs={"svg": svg})
        for _ in range(LONGEST_REMEMBERED):
            compiler.compile(b"#set page(width: 1pt, height: 1pt, margin: 0pt)", format="svg")
    except RuntimeError as problem:
        raise PictureError(str(problem)) from None
    finally:
        waiting.put(compiler)
    assert isinstance(made, bytes)  # one page
    return made


def ready() -> None:
    """Loads what the first picture needs."""
    png(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text font-family="Zhangyru Sans">a</text></svg>',
        1,
    )


@cache
def _compilers() -> LifoQueue[Compiler]:
    """Each serves one picture at a time; the one that was used last has its fonts at hand."""
    import typst

    waiting: LifoQueue[Compiler] = LifoQueue()
    for _ in range(AT_ONCE):
        waiting.put(typst.Compiler(font_paths=[FONTS], ignore_system_fonts=True))  # every machine draws the same
    return waiting
