"""Flags of the plausibility rules: one sentence beside every figure that a reader should take with care."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from rzh_data.schema import DOCUMENT_LANGUAGES
from rzh_ui import numbers
from rzh_ui.data import ask
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages, messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records

RULES = ("reach_above_population", "jump_between_periods", "all_values_round", "share_without_base")
"""The rules in the order they are told, the heaviest first."""

MOST_TOLD = 20
"""Figures of one rule that are told one by one; more are told by indicator."""


def sentences(observation_ids: Iterable[str], t: Messages) -> dict[str, str]:
    """What must be known of each of these figures that a rule finds, by observation_id."""
    found: dict[str, list[str]] = {}
    for row in records(ask("flagged_figures", observations=tuple(observation_ids))):
        found.setdefault(row["observation_id"], []).append(sentence(row, t))
    return {identity: " ".join(said) for identity, said in found.items()}


def said(observation_id: str, t: Messages) -> str:
    """What must be known of one figure; empty where no rule finds it."""
    return sentences((observation_id,), t).get(observation_id, "")


def sentence(row: dict[str, Any], t: Messages) -> str:
    """One flag in words. `row`: as from `flagged_figures.sql`."""
    rule = row["rule_id"]
    if rule == "reach_above_population":
        return t("flag.reach_above_population", times=numbers.decimal(row["times"], t, 1))
    if rule == "jump_between_periods":
        times = numbers.decimal(row["times"], t, 1)
        rose = row["value"] > row["compared_with"]
        return t("flag.jump_up", times=times) if rose else t("flag.jump_down", times=times)
    return t(f"flag.{rule}")


def section(t: Messages) -> str:
    """What each rule of plausibility looks for and which figures it finds, as HTML."""
    return _section(t.language)


@remembered
def _section(language: str) -> str:
    t = messages(language)
    found = ask("flagged_figures")
    return "".join(_rule(rule, records(found[found["rule_id"] == rule]), t) for rule in RULES)


def _rule(rule: str, found: list[dict[str, Any]], t: Messages) -> str:
    heading = f"{t(f'flag_rule.{rule}')}: {t.plural('flag_rule.figures', len(found))}"
    content = text("p", heading, class_="rz-card-title") + text("p", t(f"flag_rule_means.{rule}"))
    if len(found) > MOST_TOLD:
        content += tag("details", text("summary", t("flag_rule.open")) + _by_indicator(found, t), class_="rz-passport")
    elif found:
        content += tag("ul", "".join(_figure(row, t) for row in found), class_="rz-brief")
    return tag("article", content, class_="rz-card")


def _figure(row: dict[str, Any], t: Messages) -> str:
    decimals = numbers.printed_decimals(float(row["value"]), int(row["decimals"]))
    value = numbers.quantity(row["value"], row["unit"], t, decimals=decimals, is_short=False)
    said = f"{t.name(row, 'indicator')} · {t.name(row, 'region')} · {t.name(row, 'period')}: "
    parts = [escape(said) + text("b", numbers.qualified(value, row["qualifier"], t))]
    parts.append(text("span", _lines([row], t), class_="rz-where"))
    if not numbers.is_missing(row["times"]):  # otherwise the rule says it all
        parts.append(text("span", sentence(row, t), class_="rz-flag"))
    return tag("li", " ".join(parts))


def _by_indicator(found: list[dict[str, Any]], t: Messages) -> str:
    several: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        several.setdefault(t.name(row, "indicator"), []).append(row)
    items = (
        tag(
            "li",
            escape(f"{name}: {t.plural('flag_rule.figures', len(rows))} ")
            + text("span", _lines(rows, t), class_="rz-where"),
        )
        for name, rows in several.items()
    )
    return tag("ul", "".join(items), class_="rz-brief")


def _lines(rows: list[dict[str, Any]], t: Messages) -> str:
    parts = []
    for half in DOCUMENT_LANGUAGES:
        lines = sorted({int(row[f"{half}_line"]) for row in rows if not numbers.is_missing(row[f"{half}_line"])})
        if lines:
            said = ", ".join(map(str, lines))
            parts.append(t.plural("source.lines", len(lines), half=t(f"passport.half_{half}"), lines=said))
    return f"({'; '.join(parts)})"
