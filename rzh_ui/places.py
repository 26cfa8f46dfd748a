"""Where the documents say something in words: document, section, and the line in each half."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from rzh_data.schema import DOCUMENT_LANGUAGES
from rzh_ui import numbers
from rzh_ui.data import ask
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records


@remembered
def _sections(document: str) -> tuple[list[int], list[dict[str, Any]]]:
    """First lines of the document's sections, ascending, and the sections."""
    rows = ask("sections")
    found = records(rows[rows["document_id"] == document])
    return [int(row["first_line"]) for row in found], found


def said(row: Any, t: Messages) -> str:
    """The place of a row that has `document_id`, `kk_line` and `ru_line`: "Packages, Foresight: Kazakh text, line 405; …"."""
    starts, sections = _sections(row["document_id"])
    found: list[tuple[str, str]] = []
    for half in DOCUMENT_LANGUAGES:
        line = row[f"{half}_line"]
        if not numbers.is_missing(line):
            section = sections[max(0, bisect_right(starts, int(line)) - 1)]
            lines = t("place.line", half=t(f"passport.half_{half}"), line=int(line))
            found.append((t.name(section, "label"), lines))
    names = list(dict.fromkeys(label for label, _ in found))
    return t(
        "place.whole",
        document=t.name(sections[0], "document"),
        section=" / ".join(names),
        lines="; ".join(lines for _, lines in found),
    )


def small(row: Any, t: Messages) -> str:
    """The place as a quiet piece of HTML."""
    return text("span", said(row, t), class_="rz-where")


def item(content: str, row: Any, t: Messages) -> str:
    """One line of a list: HTML, and its place below."""
    return tag("li", content + " " + small(row, t))
