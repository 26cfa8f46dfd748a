"""Where the documents say something in words: document, section, and the line in each half."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from rzh_data.schema import DOCUMENT_LANGUAGES
from rzh_ui import numbers
from rzh_ui.data import ask
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records

Row = Mapping[str, Any]


@remembered
def _sections(document: str) -> tuple[list[int], list[dict[str, Any]]]:
    """First lines of the document's sections, ascending, and the sections."""
    rows = ask("sections")
    found = records(rows[rows["document_id"] == document])
    return [int(row["first_line"]) for row in found], found


def _parts(row: Any, t: Messages) -> tuple[str, str, list[str]]:
    """Document, section, and the line in each half that says it."""
    starts, sections = _sections(row["document_id"])
    labels, lines = [], []
    for half in DOCUMENT_LANGUAGES:
        line = row[f"{half}_line"]
        if not numbers.is_missing(line):
            labels.append(t.name(sections[max(0, bisect_right(starts, int(line)) - 1)], "label"))
            lines.append(t("place.line", half=t(f"passport.half_{half}"), line=int(line)))
    return t.name(sections[0], "document"), " / ".join(dict.fromkeys(labels)), lines


def said(row: Any, t: Messages) -> str:
    """The place of a row that has `document_id`, `kk_line` and `ru_line`: "Packages · Foresight · Kazakh text, line 405"."""
    document, section, lines = _parts(row, t)
    return " · ".join((document, section, "; ".join(lines)))


def small(row: Any, t: Messages, *, within: str = "") -> str:
    """The place as a quiet piece of HTML.

    Args:
        within: how much a heading above tells already: nothing; the section, which is left out ("document" stays); or
            both ("section"), so that only the lines are left.
    """
    document, section, lines = _parts(row, t)
    before = {"": f"{document} · {section} · ", "document": f"{document} · ", "section": ""}[within]
    return text("span", before + "; ".join(lines), class_="rz-where")


def item(content: str, row: Any, t: Messages, *, within: str = "") -> str:
    """One line of a list: HTML, and its place below."""
    return tag("li", content + " " + small(row, t, within=within))


def spans(lines: Mapping[str, Collection[int]], t: Messages) -> str:
    """The span of `lines` in each half, by language: "Kazakh text, lines 12–40"; a half without lines is left out."""
    said = []
    for half in DOCUMENT_LANGUAGES:
        if own := lines.get(half):
            low, high = min(own), max(own)
            span = str(low) if low == high else f"{low}–{high}"
            said.append(t.plural("source.lines", 1 if low == high else 2, half=t(f"passport.half_{half}"), lines=span))
    return "; ".join(said)


def halves(t: Messages, *rows: Row) -> str:
    """The span of the lines of `rows` (`kk_line`, `ru_line`) in each half; a half that does not say it is left out."""
    lines = {
        half: [int(row[f"{half}_line"]) for row in rows if not numbers.is_missing(row[f"{half}_line"])]
        for half in DOCUMENT_LANGUAGES
    }
    return spans(lines, t)


def source(rows: Iterable[Row], t: Messages) -> str:
    """The source line under something said in words: each document once, with the span of its lines in each half."""
    documents: dict[str, list[Row]] = {}
    for row in rows:
        documents.setdefault(t.name(row, "document"), []).append(row)
    return t("source.line", places=" · ".join(f"{name}: {halves(t, *own)}" for name, own in documents.items()))
