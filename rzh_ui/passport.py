"""The passport of a figure: where a document prints it, letter for letter, and how it was computed if it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from rzh_data.schema import DOCUMENT_LANGUAGES
from rzh_ui import numbers
from rzh_ui.data import ask, version
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages, messages
from rzh_ui.rows import records

MOST_SHOWN = 40
"""Figures listed one by one; a sum over more says how many there are and leaves the rest to the table."""


def details(observation_ids: Iterable[str], t: Messages, *, formula: str | None = None) -> str:
    """A passport that opens where it stands, as HTML."""
    summary = text("summary", t("passport.open"))
    return tag(
        "details", summary + _content(version(), tuple(observation_ids), formula, t.language), class_="rz-passport"
    )


def panel(observation_ids: Iterable[str], t: Messages, *, formula: str | None = None) -> str:
    """A passport that lies open, as HTML."""
    return tag("div", _content(version(), tuple(observation_ids), formula, t.language), class_="rz-passport")


@st.cache_resource(show_spinner=False, max_entries=2048)
def _content(data_version: str, observation_ids: tuple[str, ...], formula: str | None, language: str) -> str:
    del data_version  # part of the key
    t = messages(language)
    kind = t("passport.computed") if formula else t("passport.printed")
    parts = [text("p", kind, class_="rz-eyebrow")]
    if formula:
        parts.append(text("p", formula, class_="rz-formula"))
    rows = records(ask("passports", observations=observation_ids[:MOST_SHOWN]))
    figures: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        figures.setdefault(row["observation_id"], []).append(row)
    for identity in observation_ids[:MOST_SHOWN]:
        if identity in figures:
            parts.append(_figure(figures[identity], t))
    if len(observation_ids) > MOST_SHOWN:
        parts.append(text("p", t.plural("passport.more", len(observation_ids) - MOST_SHOWN), class_="rz-eyebrow"))
    return "".join(parts)


def name(row: dict[str, Any], t: Messages) -> str:
    """What a figure is of: indicator, group or category, region, period."""
    parts = [t.name(row, "indicator")]
    parts += [t.name(row, stem) for stem in ("group", "category") if isinstance(row[f"{stem}_kk"], str)]
    return " · ".join([*parts, t.name(row, "region"), t.name(row, "period")])


def _figure(places: list[dict[str, Any]], t: Messages) -> str:
    first = places[0]
    value = numbers.quantity(first["value"], first["unit"], t, decimals=_decimals(first), is_short=False)
    heading = f"{name(first, t)}: {numbers.qualified(value, first['qualifier'], t)}"
    if not first["preferred"]:
        heading += f" ({t('passport.not_preferred')})"
    items = "".join(_place(place, t) for place in places)
    return text("p", heading, class_="rz-eyebrow") + tag("ul", items, class_="rz-places")


def _decimals(row: dict[str, Any]) -> int:
    """As many decimals as the document prints; none where it prints a magnitude: 46,9 мың is 46 900."""
    if float(row["value"]).is_integer() and any(sign.isalpha() for sign in str(row["printed"])):
        return 0
    _, _, printed = str(row["printed"]).replace(".", ",").partition(",")
    return len("".join(sign for sign in printed if sign.isdigit()))


def _place(place: dict[str, Any], t: Messages) -> str:
    half = t(f"passport.half_{place['language']}")
    section = t.name(place, "section") if isinstance(place["section_kk"], str) else ""
    where = t("passport.place", document=t.name(place, "document"), half=half, section=section, line=place["line"])
    again = "" if place["is_first"] else f" ({t('passport.printed_again')})"
    return tag(
        "li", text("q", place["printed"], lang=place["language"]) + " " + text("span", where + again, class_="rz-where")
    )


def lines(observation_ids: Iterable[str], t: Messages) -> str:
    """The short source line of a chart: documents and the span of lines its figures stand on, for each half."""
    return _lines(version(), tuple(observation_ids), t.language)


@st.cache_resource(show_spinner=False, max_entries=512)
def _lines(data_version: str, observation_ids: tuple[str, ...], language: str) -> str:
    del data_version
    t = messages(language)
    rows = ask("passports", observations=observation_ids)
    rows = rows[rows["is_first"]]
    parts = []
    for document, places in rows.groupby(f"document_{language}", sort=False):
        spans = []
        for half in DOCUMENT_LANGUAGES:
            numbers_of_lines = places.loc[places["language"] == half, "line"]
            if len(numbers_of_lines):
                low, high = int(numbers_of_lines.min()), int(numbers_of_lines.max())
                span = str(low) if low == high else f"{low}–{high}"
                spans.append(
                    t.plural("source.lines", 1 if low == high else 2, half=t(f"passport.half_{half}"), lines=span)
                )
        parts.append(f"{document}: {'; '.join(spans)}")
    return t("source.line", places=" · ".join(parts))
