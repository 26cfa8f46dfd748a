"""How much room words take on a slide: a slide does not scroll, so its words are measured before they are set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent.parent / "fonts"
TYPE = "Calibri"
"""The type that slides name. Every PowerPoint and LibreOffice has it or its metric twin, with all Kazakh letters."""

MEASURED = {False: "ZhangyruSans-Regular.ttf", True: "ZhangyruSans-Bold.ttf"}
"""Our own type stands in for measuring: it runs about as wide as Calibri, regular letters a little wider."""

LINE = 1.22
"""Height of a line as a multiple of the type's size."""
POINTS = 72.0
SPARE = 1.03
"""What machines may set wider than it was measured."""


@cache
def _type(is_bold: bool) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(FONTS / MEASURED[is_bold]), 100)


def width(words: str, size: float, *, is_bold: bool = False) -> float:
    """Width of one line of words in inches, at `size` points."""
    return float(_type(is_bold).getlength(words)) / 100 * size / POINTS * SPARE


def lines(words: str, room: float, size: float, *, is_bold: bool = False) -> int:
    """How many lines the words take in a column `room` inches wide."""
    count = 0
    for paragraph in words.split("\n"):
        count += 1
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and width(longer, size, is_bold=is_bold) > room:
                count += 1
                line = word
            else:
                line = longer
    return count


def height(words: str, room: float, size: float, *, is_bold: bool = False) -> float:
    """Height in inches of the words in a column `room` inches wide."""
    return lines(words, room, size, is_bold=is_bold) * size * LINE / POINTS


def fitting(words: str, room: float, most: float, sizes: Iterable[float], *, is_bold: bool = False) -> float:
    """The first of `sizes` (points, largest first) in which the words are no higher than `most` inches; else the last."""
    size = 0.0
    for size in sizes:
        if height(words, room, size, is_bold=is_bold) <= most:
            break
    return size


def longest_word(words: str, size: float, *, is_bold: bool = False) -> float:
    """Width in inches of the longest word, which a narrower column would break. No-break spaces hold a word together."""
    return max((width(word, size, is_bold=is_bold) for word in words.replace("\n", " ").split(" ")), default=0.0)


def pages(blocks: Sequence[str], room: float, most: float, size: float, between: float) -> list[list[int]]:
    """Blocks of words dealt out evenly to as few pages as hold them: indices of the blocks of each page, in order.

    Args:
        room, most: width and height of a page's column in inches.
        between: space after each block in inches.
    """
    needed = [height(words, room, size) + between for words in blocks]
    fewest = _dealt(needed, most)
    for step in range(19, 0, -1):
        dealt = _dealt(needed, most * step / 20)
        if len(dealt) > len(fewest):
            break
        fewest = dealt
    return fewest


def _dealt(needed: Sequence[float], most: float) -> list[list[int]]:
    dealt: list[list[int]] = []
    left = 0.0
    for index, tall in enumerate(needed):
        if not dealt or tall > left:
            dealt.append([])
            left = most
        dealt[-1].append(index)
        left -= tall
    return dealt
