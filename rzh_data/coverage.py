"""Accounts for every number that the documents print: it belongs to a figure, or it is listed with a reason why not."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rzh_data.extracts import references
from rzh_data.facts import Facts, Fault, Row
from rzh_data.verify import Span, occurrences, read_documents

TOKEN = re.compile(r"\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?")
"""One number as the documents print them: groups of three digits, a decimal comma or point."""

Marks = dict[int, set[int]]
"""Characters that are accounted for: line, counted from 1, and positions in it, counted from 0."""


@dataclass(frozen=True)
class Count:
    """How the numeric tokens of one half of a document are accounted for."""

    document_id: str
    language: str
    tokens: int
    figures: int
    not_figures: int

    @property
    def unexplained(self) -> int:
        return self.tokens - self.figures - self.not_figures


@dataclass(frozen=True)
class Coverage:
    """The counts of each half, and one fault for each token nobody accounts for and each reason that has no token."""

    counts: list[Count]
    faults: list[Fault]


def coverage(facts: Facts, documents: Path) -> Coverage:
    """Walks every numeric token of the documents in `documents`.

    A token is a figure where each of its digits lies in the printed token of an observation or of a further place,
    counted as often as the facts print it on that line. What is left must stand in `not_figures`, just as often.
    """
    lines, faults = read_documents(facts, documents)
    counts: list[Count] = []
    for document_id, text in lines.items():
        figures = _figures(facts, document_id, text)
        others, stale = _not_figures(facts, document_id, text, figures)
        faults.extend(stale)
        tally: dict[str, Counter[str]] = defaultdict(Counter)
        halves = _halves(facts, document_id)
        for number, line in enumerate(text, start=1):
            language = halves(number)
            for match in TOKEN.finditer(line):
                kind = _kind(match, line, figures[number], others[number])
                tally[language][kind] += 1
                if kind == "unexplained":
                    message = (
                        f'"{match.group()}" in {document_id}, line {number} ({language}) is neither a figure '
                        f"nor listed with a reason: {line.strip()}"
                    )
                    faults.append(Fault("not_figures.csv", None, None, message))
        counts.extend(
            Count(document_id, language, kinds.total(), kinds["figure"], kinds["not a figure"])
            for language, kinds in tally.items()
        )
    return Coverage(counts, faults)


def _kind(match: re.Match[str], line: str, figures: set[int], others: set[int]) -> str:
    digits = {position for position in range(match.start(), match.end()) if line[position].isdigit()}
    if digits <= figures:
        return "figure"
    return "not a figure" if digits <= figures | others else "unexplained"


def _figures(facts: Facts, document_id: str, text: list[str]) -> Marks:
    marks: Marks = defaultdict(set)
    printed = Counter(
        (place["line"], place["printed"]) for place in references(facts) if place["document_id"] == document_id
    )
    for (line, token), times in sorted(printed.items()):
        found = occurrences(token, line, text)
        found.sort(key=lambda spans: (not all(_is_whole(span, text) for span in spans), spans))
        for spans in found[:times]:
            for number, start, end in spans:
                marks[number].update(range(start, end))
    return marks


def _is_whole(span: Span, text: list[str]) -> bool:
    """Whether no number is cut in two: «1» is whole in «1 of 838», not in «1 838»."""
    number, start, end = span
    return all(
        start <= match.start() and match.end() <= end
        for match in TOKEN.finditer(text[number - 1])
        if match.start() < end and start < match.end()
    )


def _not_figures(facts: Facts, document_id: str, text: list[str], figures: Marks) -> tuple[Marks, list[Fault]]:
    marks: Marks = defaultdict(set)
    faults = []
    halves = _halves(facts, document_id)
    for row in facts.tables["not_figures"]:
        if row.values["document_id"] != document_id:
            continue
        line, printed, times = row.values["line"], row.values["printed"], row.values["times"]
        spans = [
            span
            for span in _spans(printed, line, text)
            if _is_whole(span, text) and not figures[line].intersection(range(*span[1:]))
        ]
        for _, start, end in spans[:times]:
            marks[line].update(range(start, end))
        if len(spans) < times:
            faults.append(_stale(row, f'"{printed}" is left {len(spans)} times on line {line}; {times} are listed'))
        if halves(line) != row.values["language"]:
            faults.append(_stale(row, f"line {line} lies in the other half, {halves(line)}"))
    return marks, faults


def _stale(row: Row, message: str) -> Fault:
    return Fault(row.file, row.number, "printed", message)


def _spans(printed: str, line: int, text: list[str]) -> Iterator[Span]:
    if line <= len(text):
        for match in re.finditer(re.escape(printed), text[line - 1]):
            yield line, match.start(), match.end()


def _halves(facts: Facts, document_id: str) -> Callable[[int], str]:
    """A function that tells the language of a line of the document."""
    sections = [row for row in facts.values("sections") if row["document_id"] == document_id]
    starts = sorted((row["first_line"], row["language"]) for row in sections)

    def language(line: int) -> str:
        before = [half for first, half in starts if first <= line]
        return before[-1] if before else starts[0][1] if starts else "kk"

    return language
