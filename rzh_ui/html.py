"""Small pieces of HTML that Streamlit has no element for. Everything that comes from data or the address is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from html import escape
from pathlib import Path

import streamlit as st

from rzh_ui.drawn import drawn_once, unfolded
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered

STYLE = Path(__file__).with_name("style.css")


@cache
def _style() -> str:
    said = re.sub(r"/\*.*?\*/", "", STYLE.read_text(encoding="utf-8"), flags=re.DOTALL)  # remarks are for us alone
    said = re.sub(r"(?<=[{};:,])\s+|\s+(?=[{}])", "", said)
    return f"<style>{said.strip()}</style>"


def page_style() -> None:
    """Puts the product's own style on the page; colours follow the theme by themselves."""
    drawn_once(STYLE, lambda: st.html(_style()), place=st._event)


def show(*pieces: str) -> None:
    """Puts HTML on the page, all pieces as one element: that costs one message, not one for each."""
    drawn_once(("html", pieces), lambda: st.html("".join(pieces)))


@remembered
def part(*pieces: str, heading: str = "") -> str:
    """Pieces of a page one below the other, under a heading where there is one."""
    inner = (text("h2", heading) if heading else "") + "".join(pieces)
    return tag("section", inner, class_="rz-piece")


def on_demand(label: str, content: Callable[[], str], *, key: str) -> None:
    """HTML that is made and sent only once a visitor opens the line `label`; on paper it stands where it is open."""
    opened = unfolded(label, key=key)
    if opened is not None:
        opened.html(tag("div", content(), class_="rz-opened"))


def title(words: str) -> None:
    """Puts the page's title on the page."""
    drawn_once(("title", words), partial(st.title, words, anchor=False))


def header(words: str) -> None:
    """Puts the heading of a part of the page on it."""
    drawn_once(("header", words), partial(st.header, words, anchor=False))


def subheader(words: str) -> None:
    """Puts the heading of a part of a part on the page."""
    drawn_once(("subheader", words), partial(st.subheader, words, anchor=False))


def tag(name: str, content: str = "", **attributes: str | None) -> str:
    """One element around content that is HTML already; attributes are escaped, `class_` stands for `class`."""
    parts = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{parts}>{content}</{name}>"


def text(name: str, content: str, **attributes: str | None) -> str:
    """One element around plain text, escaped."""
    return tag(name, escape(content), **attributes)


def table(
    head: Iterable[str],
    rows: Iterable[Iterable[str]],
    *,
    caption: str,
    of: str | None = None,
    class_: str = "rz-table",
    is_stacked: bool = False,
) -> str:
    """A table of cells that are HTML already, with a caption for screen readers and headers that name their scope.

    Args:
        of: what sets this table apart from others on the page with the same caption.
        is_stacked: on a phone the cells of a row stand one below another, each under the head of its column.
    """
    heads = list(head)
    header = "".join(text("th", cell, scope="col") for cell in heads)
    labels = heads if is_stacked else [None] * len(heads)
    body = "".join(tag("tr", "".join(_cells(row, labels))) for row in rows)
    class_ = f"{class_} rz-stacked" if is_stacked else class_
    inner = text("caption", caption) + tag("thead", tag("tr", header)) + tag("tbody", body)
    return tag(
        "div",
        tag("table", inner, class_=class_),
        class_="rz-scroll",
        role="region",
        tabindex="0",
        aria_label=f"{of}: {caption}" if of else caption,
    )


def _cells(row: Iterable[str], labels: Iterable[str | None]) -> Iterable[str]:
    for index, (cell, label) in enumerate(zip(row, labels, strict=True)):
        yield tag("th", cell, scope="row") if index == 0 else tag("td", cell, data_label=label)


def fold(content: str, t: Messages, *, of: str) -> str:
    """Content that a phone folds away behind one line; a wide screen and paper show it as it is, without that line.

    Args:
        of: what the content belongs to, for whoever hears the line among others alike.
    """
    said = t("fold.more")
    return tag("details", text("summary", said, aria_label=f"{said}: {of}") + content, class_="rz-phone-fold")


def foot(t: Messages) -> None:
    """What stands at the end of every page: the documents and the boundaries the page rests on."""
    show(tag("footer", text("p", t("foot.documents")) + text("p", t("foot.boundaries")), class_="rz-foot"))
