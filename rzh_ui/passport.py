"""The passport of a figure: where a document prints it, letter for letter, and how it was computed if it was."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from rzh_ui import flags, numbers
from rzh_ui.data import ask
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages, messages
from rzh_ui.places import spans
from rzh_ui.remember import remembered, remembering
from rzh_ui.rows import records

MOST_SHOWN = 40
"""Figures listed one by one; a sum over more says how many there are and leaves the rest to the table."""


def details(observation_ids: Iterable[str], t: Messages, *, formula: str | None = None, is_named: bool = True) -> str:
    """A passport that opens where it stands, as HTML. `is_named`: False where a figure's name and value stand above."""
    summary = text("summary", t("passport.open"))
    content = _content(tuple(observation_ids), formula, t.language, is_named)
    return tag("details", summary + content, class_="rz-passport")


def panel(observation_ids: Iterable[str], t: Messages, *, formula: str | None = None) -> str:
    """A passport that lies open, as HTML."""
    return tag("div", _content(tuple(observation_ids), formula, t.language, True), class_="rz-passport")


@remembering(2048)
def _content(observation_ids: tuple[str, ...], formula: str | None, language: str, is_named: bool) -> str:
    t = messages(language)
    kind = t("passport.computed") if formula else t("passport.printed")
    parts = [text("p", kind, class_="rz-eyebrow")] if formula or is_named else []
    if formula:
        parts.append(text("p", formula, class_="rz-formula"))
    rows = records(ask("passports", observations=observation_ids[:MOST_SHOWN]))
    figures: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        figures.setdefault(row["observation_id"], []).append(row)
    cautions = flags.sentences(observation_ids[:MOST_SHOWN], t)
    for identity in observation_ids[:MOST_SHOWN]:
        if identity in figures:
            parts.append(_figure(figures[identity], cautions.get(identity, ""), t, is_named=is_named))
    if len(observation_ids) > MOST_SHOWN:
        parts.append(text("p", t.plural("passport.more", len(observation_ids) - MOST_SHOWN), class_="rz-eyebrow"))
    return "".join(parts)


def name(row: dict[str, Any], t: Messages) -> str:
    """What a figure is of: indicator, group or category, region, period."""
    parts = [t.name(row, "indicator")]
    parts += [t.name(row, stem) for stem in ("group", "category") if isinstance(row[f"{stem}_kk"], str)]
    return " · ".join([*parts, t.name(row, "region"), t.name(row, "period")])


def _figure(places: list[dict[str, Any]], caution: str, t: Messages, *, is_named: bool) -> str:
    first = places[0]
    sections: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for place in places:
        sections.setdefault((t.name(place, "document"), _section(place, t)), []).append(place)
    items = "".join(_places(section, own, t) for section, own in sections.items())
    flag = text("p", caution, class_="rz-flag") if caution else ""
    heading = text("p", f"{name(first, t)}: {_value(first, t)}", class_="rz-eyebrow") if is_named else ""
    return heading + flag + tag("ul", items, class_="rz-places")


def _value(figure: dict[str, Any], t: Messages) -> str:
    value = numbers.quantity(figure["value"], figure["unit"], t, decimals=_decimals(figure), is_short=False)
    said = numbers.qualified(value, figure["qualifier"], t)
    return said if figure["preferred"] else f"{said} ({t('passport.not_preferred')})"


def brief(observation_ids: Iterable[str], t: Messages) -> str:
    """Passports of several figures as a short list, one line a figure: what it is, line and token in each half."""
    return _brief(tuple(observation_ids), t.language)


@remembered
def _brief(observation_ids: tuple[str, ...], language: str) -> str:
    t = messages(language)
    shown = observation_ids[:MOST_SHOWN]
    figures: dict[str, list[dict[str, Any]]] = {}
    for row in records(ask("passports", observations=shown)):
        if row["is_first"]:
            figures.setdefault(row["observation_id"], []).append(row)
    cautions = flags.sentences(shown, t)
    items = "".join(
        _line(figures[identity], cautions.get(identity, ""), t) for identity in shown if identity in figures
    )
    if len(observation_ids) > MOST_SHOWN:
        items += text("li", t.plural("passport.more", len(observation_ids) - MOST_SHOWN))
    return tag("ul", items, class_="rz-brief")


def where(observation_id: str, t: Messages) -> str:
    """Document, line and token of one figure in each half that prints it."""
    places = [row for row in records(ask("passports", observations=(observation_id,))) if row["is_first"]]
    return f"{t.name(places[0], 'document')}: {_tokens(places, t)}"


def _tokens(places: list[dict[str, Any]], t: Messages) -> str:
    return "; ".join(
        t("passport.token", half=t(f"passport.half_{place['language']}"), line=place["line"], printed=place["printed"])
        for place in places
    )


def _line(places: list[dict[str, Any]], caution: str, t: Messages) -> str:
    first = places[0]
    said = escape(f"{name(first, t)}: ") + text("b", _value(first, t))
    flag = text("span", f" {caution}", class_="rz-flag") if caution else ""
    return tag("li", said + text("span", f" · {_tokens(places, t)}", class_="rz-where") + flag)


def _decimals(row: dict[str, Any]) -> int:
    """As many decimals as the document prints; none where it prints a magnitude: 46,9 мың is 46 900."""
    if float(row["value"]).is_integer() and any(sign.isalpha() for sign in str(row["printed"])):
        return 0
    _, _, printed = str(row["printed"]).replace(".", ",").partition(",")
    return len("".join(sign for sign in printed if sign.isdigit()))


def _places(section: tuple[str, str], places: list[dict[str, Any]], t: Messages) -> str:
    """The places of a figure in one section of a document: line and token in each half, and where it is printed again."""
    said = []
    for place in places:
        line = t("place.line", half=t(f"passport.half_{place['language']}"), line=place["line"])
        if not place["is_first"]:
            line = f"{line} ({t('passport.printed_again')})"
        said.append(text("q", place["printed"], lang=place["language"]) + escape(f" {line}"))
    where = escape(", ".join(filter(None, section)))
    return tag("li", tag("span", f"{where}: {'; '.join(said)}", class_="rz-where"))


def lines(observation_ids: Iterable[str], t: Messages) -> str:
    """The short source line of a chart: documents and the span of lines its figures stand on, for each half."""
    return _lines(tuple(observation_ids), t.language)


@remembered
def _lines(observation_ids: tuple[str, ...], language: str) -> str:
    t = messages(language)
    rows = ask("passports", observations=observation_ids)
    rows = rows[rows["is_first"]]
    parts = []
    for document, found in rows.groupby(f"document_{language}", sort=False):
        lines = {str(half): [int(line) for line in own] for half, own in found.groupby("language")["line"]}
        parts.append(f"{document}: {spans(lines, t)}")
    return t("source.line", places=" · ".join(parts))


def told(observation_ids: Iterable[str], t: Messages) -> list[str]:
    """The passports in plain words, all of them: for each figure what it is, then document, section, line and token of
    every place that prints it.
    """
    identities = tuple(dict.fromkeys(observation_ids))
    figures: dict[str, list[dict[str, Any]]] = {}
    for row in records(ask("passports", observations=identities)):
        figures.setdefault(row["observation_id"], []).append(row)
    cautions = flags.sentences(identities, t)
    said = []
    for identity in identities:
        if identity not in figures:
            continue
        rows = figures[identity]
        said.append(" ".join(filter(None, (f"{name(rows[0], t)}: {_value(rows[0], t)}.", cautions.get(identity, "")))))
        said += [f"    «{row['printed']}» – {_standing(row, t)}" for row in rows]
    return said


def _standing(place: dict[str, Any], t: Messages) -> str:
    """Document, half, section and line of a place."""
    half = t(f"passport.half_{place['language']}")
    document, section = t.name(place, "document"), _section(place, t)
    where = t("passport.place", document=document, half=half, section=section, line=place["line"])
    return where if place["is_first"] else f"{where} ({t('passport.printed_again')})"


def _section(place: dict[str, Any], t: Messages) -> str:
    return t.name(place, "section") if isinstance(place["section_kk"], str) else ""
