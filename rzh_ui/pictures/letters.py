"""Widths of words in the font that pictures are drawn with, and lines that fit."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rzh_ui.pictures.painter import FONTS

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

MEASURED_AT = 100


@cache
def _font(is_bold: bool) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(FONTS / f"ZhangyruSans-{'SemiBold' if is_bold else 'Regular'}.ttf"), MEASURED_AT)


@lru_cache(maxsize=4096)
def width(words: str, size: float, *, is_bold: bool = False) -> float:
    """How wide `words` are in letters of `size`."""
    return _font(is_bold).getlength(words) * size / MEASURED_AT


def lines(words: str, room: float, size: float, *, is_bold: bool = False) -> list[str]:
    """The words in as many lines as they need; a single word that is wider than `room` stands alone and is not cut."""
    found: list[str] = []
    for word in words.split(" "):
        if found and width(f"{found[-1]} {word}", size, is_bold=is_bold) <= room:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def widest_word(words: str, size: float, *, is_bold: bool = False) -> float:
    """Width of the longest word."""
    return max(width(word, size, is_bold=is_bold) for word in words.split(" "))


SPELLED = {"ᵢ": "(i)"}
"""Signs that the font does not have, and how they are written instead."""


def spelled(words: str) -> str:
    """The words in signs that the font has."""
    for sign, instead in SPELLED.items():
        words = words.replace(sign, instead)
    return words
