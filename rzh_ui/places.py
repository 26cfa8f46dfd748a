"""Where a document says in words what a page shows: document, half and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rzh_data.schema import DOCUMENT_LANGUAGES
from rzh_ui import numbers
from rzh_ui.i18n import Messages

Row = Mapping[str, Any]


def halves(t: Messages, *rows: Row) -> str:
    """The span of the lines of `rows` (`kk_line`, `ru_line`) in each half; a half that does not say it is left out."""
    spans = []
    for half in DOCUMENT_LANGUAGES:
        lines = [int(row[f"{half}_line"]) for row in rows if not numbers.is_missing(row[f"{half}_line"])]
        if lines:
            low, high = min(lines), max(lines)
            span = str(low) if low == high else f"{low}–{high}"
            spans.append(t.plural("source.lines", 1 if low == high else 2, half=t(f"passport.half_{half}"), lines=span))
    return "; ".join(spans)


def source(rows: Iterable[Row], t: Messages) -> str:
    """The source line under something said in words: each document once, with the span of its lines in each half."""
    documents: dict[str, list[Row]] = {}
    for row in rows:
        documents.setdefault(t.name(row, "document"), []).append(row)
    return t("source.line", places=" · ".join(f"{name}: {halves(t, *own)}" for name, own in documents.items()))
