"""Statements of the documents beside their recount, shown where the figures they speak of are shown."""

from __future__ import annotations

from typing import Any

from rzh_ui import amounts, numbers, passport, places
from rzh_ui.data import ask
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records

DIFFERS, CONTRADICTION, CANNOT = "differs", "contradiction", "cannot_be_checked"


@remembered
def flags(t: Messages, *claims: str) -> str:
    """One note a claim, as HTML: verdict, statement, claimed and recounted, how, where, and the figures' passport.

    What contradicts itself or its recount lies open; the rest shows its verdict and opens on demand.
    """
    return "".join(_flag(row, t) for row in records(ask("claims_in_place", claims=claims)))


def _flag(row: dict[str, Any], t: Messages) -> str:
    how = t.name(row, "formula")
    head = text("strong", t(f"flag.{row['verdict']}")) + " " + text("span", t.name(row, "statement"))
    said = t.name(row, "reason") if row["verdict"] == CANNOT else f"{_numbers(row, t)} {how}"
    body = text("p", said.strip(), class_="rz-note") + text("p", places.source([row], t), class_="rz-source")
    figures = list(row["observation_ids"]) or (
        [row["observation_id"]] if isinstance(row["observation_id"], str) else []
    )
    formula = how if len(figures) > 1 else None
    if row["verdict"] == DIFFERS or row["claim_type"] == CONTRADICTION:
        under = passport.details(figures, t, formula=formula) if figures else ""
        return tag("div", tag("p", head) + body + under, class_="rz-remark rz-remark-loud", role="note")
    under = passport.panel(figures, t, formula=formula) if figures else ""
    return tag("details", tag("summary", head) + body + under, class_="rz-remark rz-passport")


def _numbers(row: dict[str, Any], t: Messages) -> str:
    """Claimed and recounted in words; nothing for a claim that names no number, such as one of order."""
    if numbers.is_missing(row["claimed"]) or numbers.is_missing(row["recounted_low"]):
        return ""
    return t("flag.numbers", claimed=amounts.claimed(row, t), recounted=amounts.recounted(row, t))
