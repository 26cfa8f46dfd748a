"""Finds names in three languages, written in Cyrillic or in Latin letters, also with a slip of the finger.

Every name and every word looked for becomes the same plain Latin form, in which the ways of writing Kazakh and Russian
in Latin letters meet: «Қостанай», «Костанай», Qostanai, Kostanay and Kostanaj are all `kostanai`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіў",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "j",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "h",
            "s",
            "c",
            "s",
            "s",
            "",
            "i",
            "",
            "e",
            "iu",
            "ia",
            "a",
            "g",
            "k",
            "n",
            "o",
            "u",
            "u",
            "h",
            "i",
            "u",
        ],
        strict=True,
    )
)
"""Letters of the Kazakh and Russian alphabets in the plain form."""

SPELLINGS = (
    ("shch", "s"),
    ("sch", "s"),
    ("tsch", "c"),
    ("zh", "j"),
    ("dj", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ch", "c"),
    ("sh", "s"),
    ("ts", "s"),
    ("ph", "f"),
    ("yu", "iu"),
    ("ju", "iu"),
    ("yo", "e"),
    ("ye", "e"),
    ("ya", "ia"),
    ("ja", "ja"),
    ("oe", "o"),
    ("ae", "a"),
    ("ou", "u"),
    ("iy", "i"),
    ("yi", "i"),
    ("ij", "i"),
    ("ay", "ai"),
    ("aj", "ai"),
    ("oy", "oi"),
    ("ey", "ei"),
    ("x", "ks"),
    ("q", "k"),
    ("w", "v"),
    ("y", "i"),
)
"""Ways of writing those letters in Latin, longest first, and the plain form of each."""

LATIN = {
    "ı": "i",
    "ş": "s",
    "ç": "c",
    "ğ": "g",
    "ñ": "n",
    "ń": "n",
    "ǵ": "g",
    "ž": "j",
    "š": "s",
    "č": "c",
    "ŋ": "n",
    "ý": "u",
}
"""Letters of the Kazakh alphabets in Latin and of transcriptions that are more than a letter with an accent."""

LEAST_SCORE = 72
"""Likeness, of 100, below which a name is not offered."""

SHORTEST_WITH_SLIP = 5
"""Letters a word must have before a slip in it is forgiven; two are from eight letters on."""

SHORTEST_INSIDE = 4
"""Letters that are looked for in the middle of a word."""


@dataclass(frozen=True)
class Entry:
    """One thing that can be found, with all its names: (language, name)."""

    kind: str
    entry_id: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Hit:
    """A thing that was found, and why.

    Attributes:
        kind, entry_id: as of its entry.
        name, language: the name that fits best, and whose it is.
        is_transliterated: the words were written in another alphabet than that name.
        is_slip: some letters differ; otherwise the words stand in the name as they are.
        score: likeness, 100 for equal.
    """

    kind: str
    entry_id: str
    name: str
    language: str
    is_transliterated: bool
    is_slip: bool
    score: float


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The plain Latin form of a text: small letters, single blanks, no accents, double letters once."""
    letters = []
    for sign in unicodedata.normalize("NFC", text).lower():
        if sign in CYRILLIC:
            letters.append(CYRILLIC[sign])
        elif sign in LATIN:
            letters.append(LATIN[sign])
        else:
            base = unicodedata.normalize("NFKD", sign)[:1]
            letters.append(base if base.isalnum() else " " if sign not in "'ʼ’`ʻ" else "")
    written = "".join(letters)
    if _is_latin(text):
        for spelling, letter in SPELLINGS:
            written = written.replace(spelling, letter)
    written = written.replace("ng", "n")  # ң is written n, ng, ñ and ń
    return re.sub(r"([a-z])\1", r"\1", " ".join(written.split()))


def _is_latin(text: str) -> bool:
    return not any(unicodedata.name(sign, "").startswith("CYRILLIC") for sign in text)


def find(words: str, entries: Iterable[Entry], *, most: int = 8) -> list[Hit]:
    """What `words` may mean, best first; nothing for words that mean nothing."""
    sought = plain(words)
    if len(sought) < 2:
        return []
    hits = [hit for entry in entries if (hit := _best(words, sought, entry)) is not None]
    hits.sort(key=lambda hit: (-hit.score, len(hit.name), hit.entry_id))
    return hits[:most]


def _best(words: str, sought: str, entry: Entry) -> Hit | None:
    best: Hit | None = None
    for language, name in entry.names:
        score, is_slip = _likeness(sought, plain(name))
        is_other = _is_latin(words) != _is_latin(name)
        if best is None or (score, not is_other) > (best.score, not best.is_transliterated):
            best = Hit(entry.kind, entry.entry_id, name, language, is_other, is_slip, score)
    return best if best and best.score >= LEAST_SCORE else None


def _likeness(sought: str, name: str) -> tuple[float, bool]:
    """How well the words fit a name, and whether letters differ."""
    if sought == name:
        return 100.0, False
    if name.startswith(sought) or name.replace(" ", "").startswith(sought.replace(" ", "")):
        return 98.0, False
    if f" {sought}" in name:
        return 95.0, False
    if sought in name and len(sought) >= SHORTEST_INSIDE:
        return 90.0, False
    if len(sought) < SHORTEST_WITH_SLIP:
        return 0.0, False
    return _likeness_with_slips(sought, name)


def _likeness_with_slips(sought: str, name: str) -> tuple[float, bool]:
    """Every word that is sought is laid beside the word of the name, or its beginning, that is most like it."""
    from rapidfuzz.distance import OSA

    parts = name.split()
    scores, is_slip = [], False
    for word in sought.split():
        found = 0.0
        for part in parts:
            for other in {part, part[: len(word)]}:
                slips = OSA.distance(word, other)
                if slips <= max(1, len(word) // 4) and (slips == 0 or len(word) >= SHORTEST_WITH_SLIP):
                    found = max(found, 100.0 * (1 - slips / max(len(word), len(other))) - (other != part))
                    is_slip = is_slip or slips > 0
        scores.append(found)
    return (0.9 * min(scores) + 5 if all(scores) else 0.0), is_slip
