"""Looks up every printed token on its line in the documents themselves."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rzh_data.extracts import references
from rzh_data.facts import Facts, Fault
from rzh_data.schema import DOCUMENT_LANGUAGES

LINES_OF_A_BROKEN_TOKEN = 3
"""A table cell may break a number over a line, an empty line and another line."""


@dataclass(frozen=True)
class Verification:
    """What a comparison with the documents gave: how many places were looked up and what was not found."""

    looked_up: int
    faults: list[Fault]


def verify(facts: Facts, documents: Path) -> Verification:
    """Compares every place of every figure with the documents in `documents`.

    A token is found where it begins on its line, as a number of its own, and goes on, if the text breaks it, on the
    next line that is not empty. The files must be the ones the lines were counted in: their SHA-256 is compared first.

    Returns:
        Verification; no fault means every figure stands where the facts say.
    """
    lines, faults = read_documents(facts, documents)
    looked_up = 0
    for place in references(facts):
        text = lines.get(place["document_id"])
        if text is not None:
            looked_up += 1
            faults.extend(_missing(place, text))
    for place in names(facts):
        text = lines.get(place["document_id"])
        if text is not None:
            looked_up += 1
            faults.extend(_missing(place, text))
    return Verification(looked_up, faults)


def names(facts: Facts) -> list[dict[str, Any]]:
    """Every place of every printed name, in the manner of `references`."""
    return [
        {
            "observation_id": f"{row['subject_type']} {row['subject_id']}",
            "document_id": row["document_id"],
            "line": row[f"{half}_line"],
            "printed": row[f"{half}_printed"],
        }
        for row in facts.values("printed_names")
        for half in DOCUMENT_LANGUAGES
        if row[f"{half}_line"] is not None
    ]


def read_documents(facts: Facts, documents: Path) -> tuple[dict[str, list[str]], list[Fault]]:
    """The lines of every document by its id, and a fault for each file that is missing or is another one."""
    faults: list[Fault] = []
    lines: dict[str, list[str]] = {}
    for document in facts.values("documents"):
        path = documents / document["file_name"]
        try:
            raw = path.read_bytes()
        except OSError as error:
            faults.append(Fault("documents.csv", None, "file_name", f"{path.name} cannot be read ({error.strerror})"))
            continue
        if hashlib.sha256(raw).hexdigest() != document["sha256"]:
            message = f"{path.name} is another file than the one the lines were counted in; its SHA-256 differs"
            faults.append(Fault("documents.csv", None, "sha256", message))
            continue
        lines[document["document_id"]] = raw.decode("utf-8").split("\n")
    return lines, faults


def _missing(place: dict[str, Any], lines: list[str]) -> list[Fault]:
    if stands_at(place["printed"], place["line"], lines):
        return []
    shown = lines[place["line"] - 1].strip() if place["line"] <= len(lines) else "no such line"
    message = f'"{place["printed"]}" does not stand in {place["document_id"]}, line {place["line"]}: {shown}'
    return [Fault("observations/", None, place["observation_id"], message)]


def stands_at(printed: str, line: int, lines: list[str]) -> bool:
    """Whether `printed` begins on `line` (counted from 1) as a token of its own."""
    return bool(occurrences(printed, line, lines))


Span = tuple[int, int, int]
"""Line, counted from 1, and the first character and the one after the last, counted from 0."""


def occurrences(printed: str, line: int, lines: list[str]) -> list[tuple[Span, ...]]:
    """Where `printed` begins on `line` as a token of its own: one span each time, two where the text breaks it."""
    if not 1 <= line <= len(lines):
        return []
    first = lines[line - 1]
    following = next(
        (n for n in range(line, line + LINES_OF_A_BROKEN_TOKEN) if "".join(lines[n : n + 1]).strip()), None
    )
    window = first if following is None else f"{first}\n{lines[following]}"
    # A number may follow a letter, the text sometimes drops the space between; a word may not begin within a word.
    before = r"(?<!\d)(?<!\d[.,])" if printed[0].isdigit() else r"(?<![\d,.\w])"
    after = r"(?!\d|[.,]\d)" if printed[-1].isdigit() else ""  # Kazakh adds endings to words: 12 мың in «12 мыңнан»
    pieces = r"[\s\u00ad-]*".join(re.escape(part) for part in _pieces(printed))
    found = []
    for match in re.finditer(before + pieces + after, window):
        start, end, rest = match.start(), match.end(), match.end() - len(first) - 1
        if start >= len(first):
            continue
        spans = [(line, start, min(end, len(first)))]
        if following is not None and rest > 0:
            spans.append((following + 1, 0, rest))
        found.append(tuple(spans))
    return found


def _pieces(printed: str) -> list[str]:
    """The parts of a token between which the text may put a space, a line break or a hyphen at the line's end."""
    pieces: list[str] = []
    for word in printed.split():
        pieces.extend([word] if word[0].isdigit() else list(word))
    return pieces
