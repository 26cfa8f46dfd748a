"""The outreach guide's target groups: its table, and a presenter's card for one of them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from rzh_ui import numbers, passport, places
from rzh_ui.address import link
from rzh_ui.controls import Chosen
from rzh_ui.data import ask
from rzh_ui.drawn import controls_drawn_once
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records

TRAITS, METHODS, NOTES = "target_group_trait", "target_group_method", "target_group_note"
PARTS = (TRAITS, METHODS, NOTES)


@remembered
def names(t: Messages) -> dict[str, str]:
    """Names of the groups by id, in the order of the guide."""
    return {row["group_id"]: t.name(row, "group") for row in records(ask("target_groups"))}


@controls_drawn_once
def pick(t: Messages) -> None:
    """The choice of one group."""
    known = names(t)
    st.pills(t("filter.group"), list(known), format_func=known.__getitem__, key="group", persist_state="session")


def _words(rows: list[dict[str, Any]], kind: str, t: Messages) -> list[str]:
    return [t.name(row, "text") for row in rows if row["type"] == kind]


def _items(words: list[str], t: Messages) -> str:
    if not words:
        return text("p", t("groups.nothing"), class_="rz-gap")
    return tag("ul", "".join(text("li", word) for word in words), class_="rz-plain")


@remembered
def table(choice: Chosen, t: Messages) -> str:
    """Group, traits, methods, notes, as the guide has them; a name leads to the group's card. HTML."""
    every = records(ask("target_groups"))
    labels = [t("groups.group"), t("groups.traits"), t("groups.methods"), t("groups.notes")]
    head = "".join(text("th", label, scope="col") for label in labels)
    body = []
    for group, name in names(t).items():
        own = [row for row in every if row["group_id"] == group]
        cells = tag("th", text("a", name, href=link("awareness", group=group), target="_self"), scope="row")
        for kind, label in zip(PARTS, labels[1:], strict=True):
            cells += tag("td", _items(_words(own, kind, t), t), data_label=label)
        body.append(tag("tr", cells, class_="rz-chosen" if group == choice.group else None))
    inner = text("caption", t("groups.caption")) + tag("thead", tag("tr", head)) + tag("tbody", "".join(body))
    return tag("table", inner, class_="rz-table rz-targets rz-stacked") + text(
        "p", places.source(every, t), class_="rz-source"
    )


@remembered
def card(group: str, t: Messages) -> str:
    """All that a presenter needs for one group on one card: methods, channels, figures, traits, notes. HTML."""
    words = records(ask("target_groups", group=group))
    figures = records(ask("target_group_figures", group=group))
    own = [row for row in figures if row["scope"] == "group"]
    name = t.name(words[0], "group")
    channels = [row for row in own if row["is_channel"]]
    shares = [row for row in own if not row["is_channel"]]
    others = [row for row in figures if row["scope"] == "everybody"]
    ids = tuple(row["observation_id"] for row in figures)
    parts = [
        _section(t("groups.methods"), _items(_words(words, METHODS, t), t)),
        _section(
            t("groups.channels"),
            (_figures(channels, name, t) if channels else text("p", t("groups.no_channel"), class_="rz-gap"))
            + (text("p", t("groups.everybody"), class_="rz-eyebrow") + _figures(others, name, t) if others else ""),
        ),
        _section(
            t("groups.figures"),
            _figures(shares, name, t) if shares else text("p", t("groups.no_figure"), class_="rz-gap"),
        ),
        _section(t("groups.traits"), _items(_words(words, TRAITS, t), t)),
        _section(t("groups.notes"), _items(_words(words, NOTES, t), t)),
    ]
    doubts = records(ask("contradictions_of_figures", observations=ids))
    if doubts:
        said = "".join(
            tag("li", text("strong", t(f"flag.{row['verdict']}")) + " " + text("span", t.name(row, "statement")))
            for row in doubts
        )
        parts.append(_section(t("groups.doubts"), tag("ul", said, class_="rz-plain"), class_="rz-planner-wide"))
    head = text("p", t("groups.card"), class_="rz-eyebrow") + text(
        "h3", t.name(words[0], "group"), class_="rz-planner-title"
    )
    foot = (
        text("p", t("awareness.no_sample"), class_="rz-note")
        + text("p", places.source(words, t), class_="rz-source")
        + text("p", passport.lines(ids, t), class_="rz-source")
        + tag("div", passport.details(ids, t), class_="rz-noprint")
    )
    body = tag("div", "".join(parts), class_="rz-planner-parts")
    return tag("article", head + body + foot, class_="rz-planner", aria_label=t.name(words[0], "group"))


def _section(title: str, content: str, *, class_: str | None = None) -> str:
    return tag("section", text("h4", title) + content, class_=class_)


def _figures(rows: list[dict[str, Any]], group: str, t: Messages) -> str:
    """Figures with what each is of; the group's own name is not said again."""
    items = []
    for row in rows:
        stems = [stem for stem in ("category", "group") if isinstance(row[f"{stem}_kk"], str)]
        details = [word for word in (t.name(row, stem) for stem in stems) if word != group]
        name = text("dt", " · ".join([t.name(row, "indicator"), *details]))
        items.append(tag("dl", name + text("dd", numbers.percent(row["value"], t)), class_="rz-fact"))
    return tag("div", "".join(items), class_="rz-planner-facts")
