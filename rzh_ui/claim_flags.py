"""Statements of the documents beside their recount, shown where the figures they speak of are shown."""

from __future__ import annotations

from typing import Any

from rzh_ui import numbers, passport, places
from rzh_ui.data import ask
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records

LOUD = "differs"


@remembered
def flags(t: Messages, *claims: str) -> str:
    """One note a claim, as HTML: verdict, statement, claimed and recounted, how, where, and the figures' passport."""
    return "".join(_flag(row, t) for row in records(ask("claims_in_place", claims=claims)))


def _flag(row: dict[str, Any], t: Messages) -> str:
    verdict = str(row["verdict"])
    head = tag("p", text("strong", t(f"flag.{verdict}")) + " " + text("span", t.name(row, "statement")))
    how = t.name(row, "formula")
    if verdict == "cannot_be_checked":
        body = text("p", t.name(row, "reason"), class_="rz-note")
    else:
        body = text("p", f"{_numbers(row, t)} {how}", class_="rz-note")
    figures = list(row["observation_ids"]) or (
        [row["observation_id"]] if isinstance(row["observation_id"], str) else []
    )
    under = text("p", places.source([row], t), class_="rz-source")
    if figures:
        under += passport.details(figures, t, formula=how if len(figures) > 1 else None)
    return tag("aside", head + body + under, class_="rz-flag rz-flag-loud" if verdict == LOUD else "rz-flag")


def _numbers(row: dict[str, Any], t: Messages) -> str:
    """Claimed and recounted in words; nothing for a claim of order, which is counted in steps."""
    if row["unit"] == "steps":
        return ""

    def said(value: float) -> str:
        decimals = max(1 if row["unit"] == "percent" else 0, min(numbers.shortest(value), 1))
        return numbers.quantity(value, str(row["unit"]), t, decimals=decimals)

    low, high = row["recounted_low"], row["recounted_high"]
    if numbers.is_missing(low) or numbers.is_missing(high):
        return ""
    recounted = said(low) if low == high else f"{said(low)} – {said(high)}"
    return t("flag.numbers", claimed=_claimed(row, said, t), recounted=recounted)


def _claimed(row: dict[str, Any], said: Any, t: Messages) -> str:
    low, high, number = row["claimed_low"], row["claimed_high"], row["claimed"]
    if numbers.is_missing(high) and not numbers.is_missing(low):
        return t("qualifier.at_least", value=said(low))
    if numbers.is_missing(low) and not numbers.is_missing(high):
        return t("qualifier.at_most", value=said(high))
    return said(number) if not numbers.is_missing(number) else f"{said(low)} – {said(high)}"
