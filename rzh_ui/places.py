"""Where a document says in words what a page shows: document, half and line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rzh_data.schema import DOCUMENT_LANGUAGES
from rzh_ui import numbers
from rzh_ui.i18n import Messages


def halves(row: Any, t: Messages) -> str:
    """The lines of both halves: `kk_line` and `ru_line` of `row`; a half that does not say it is left out."""
    parts = [
        t("source.lines", half=t(f"passport.half_{half}"), lines=int(row[f"{half}_line"]))
        for half in DOCUMENT_LANGUAGES
        if not numbers.is_missing(row[f"{half}_line"])
    ]
    return "; ".join(parts)


def said(row: Any, t: Messages) -> str:
    """Document and lines of one row."""
    return f"{t.name(row, 'document')}: {halves(row, t)}"


def source(rows: Iterable[Any], t: Messages) -> str:
    """The source line under something said in words: each document once, with the span of its lines in each half."""
    documents: dict[str, list[Any]] = {}
    for row in rows:
        documents.setdefault(t.name(row, "document"), []).append(row)
    parts = []
    for document, own in documents.items():
        spans = []
        for half in DOCUMENT_LANGUAGES:
            lines = [int(row[f"{half}_line"]) for row in own if not numbers.is_missing(row[f"{half}_line"])]
            if lines:
                low, high = min(lines), max(lines)
                span = str(low) if low == high else f"{low}–{high}"
                spans.append(t("source.lines", half=t(f"passport.half_{half}"), lines=span))
        parts.append(f"{document}: {'; '.join(spans)}")
    return t("source.line", places=" · ".join(parts))
