"""What the release rests on: the documents, the methods, what its figures are good for, and what it holds."""

from __future__ import annotations

from html import escape

from rzh_ui import numbers
from rzh_ui.data import ask, version
from rzh_ui.html import table, tag, text
from rzh_ui.i18n import Messages, messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records

METHODS = ("shown", "rounding", "verdict", "classes", "capita", "month", "constant", "gini", "flags")
"""Methods in the order they are told."""

QUALITY = ("places", "second_reading", "periods", "shares", "nothing_added")
"""Statements of quality in the order they are told."""

HASH, CHANGES = "SHA-256", "CHANGELOG.md"
HASH_SHOWN = 12


def documents(t: Messages) -> str:
    """Every document with its publisher, hash and what was taken from each of its halves; as HTML."""
    return _documents(t.language)


@remembered
def _documents(language: str) -> str:
    t = messages(language)
    cards = []
    for _, halves in ask("documents").groupby("document_id", sort=False):
        rows = records(halves)
        first = rows[0]
        facts = (
            (t("document.publisher"), escape(t.name(first, "publisher"))),
            (t("document.year"), str(first["year"])),
            (t("document.languages"), escape(t("document.two_languages"))),
            (t("document.lines"), numbers.decimal(int(first["line_count"]), t)),
            (HASH, text("code", f"{first['sha256'][:HASH_SHOWN]}…", title=first["sha256"], translate="no")),
        )
        known = "".join(tag("dl", text("dt", name) + tag("dd", value), class_="rz-fact") for name, value in facts)
        taken = table(
            [t("document.half"), t("document.figures"), t("document.places"), t("document.not_figures")],
            [
                [
                    escape(t(f"passport.half_{row['language']}")),
                    *(
                        numbers.decimal(int(row[column]), t)
                        for column in ("figure_count", "place_count", "not_figure_count")
                    ),
                ]
                for row in rows
            ],
            caption=t("document.taken"),
            of=t.name(first, "title"),
        )
        title = text("h3", t.name(first, "title"), class_="rz-card-title")
        cards.append(tag("article", title + tag("div", known, class_="rz-facts") + taken, class_="rz-card"))
    return tag("div", "".join(cards), class_="rz-documents")


@remembered
def methods(t: Messages) -> str:
    """How everything that is not printed was made, as HTML."""
    items = "".join(
        tag("div", text("dt", t(f"method.{name}")) + text("dd", t(f"method_means.{name}"))) for name in METHODS
    )
    return tag("dl", items, class_="rz-methods")


@remembered
def quality(t: Messages) -> str:
    """What the figures are good for, in plain words, as HTML."""
    return tag("ul", "".join(text("li", t(f"quality.{name}")) for name in QUALITY), class_="rz-quality")


@remembered
def release(t: Messages) -> str:
    """The data version in use, how much it holds, where changes are told; as HTML."""
    facts = [(t("release.version"), text("code", version(), translate="no"))]
    facts += [
        (t(f"release.{row['thing']}"), numbers.decimal(int(row["thing_count"]), t))
        for row in records(ask("release_counts"))
    ]
    items = "".join(tag("dl", text("dt", name) + tag("dd", value), class_="rz-fact") for name, value in facts)
    return tag("div", items, class_="rz-sure") + text("p", t("release.changes", file=CHANGES), class_="rz-note")
