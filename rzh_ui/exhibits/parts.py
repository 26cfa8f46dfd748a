"""What the builders of exhibits share: values as numbers, units in words, the figures that rows rest on."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rzh_ui import numbers
from rzh_ui.controls import WHOLE_SPAN, Chosen, region_names
from rzh_ui.data import ask
from rzh_ui.i18n import Messages
from rzh_ui.rows import by, records

if TYPE_CHECKING:
    import pandas as pd

COUNTRY = "kazakhstan"
MOST_NAMES = 6
"""Regions named one by one in the line under a title; more are counted."""


def number(value: Any, size: float = 1.0) -> float | None:
    """A cell as a number in units of `size`; None where there is none."""
    return None if numbers.is_missing(value) else float(value) / size


def figures(rows: pd.DataFrame) -> tuple[str, ...]:
    """The observations that rows rest on, each once, in their order."""
    return tuple(dict.fromkeys(identity for cell in rows["observation_ids"] for identity in cell))


def whole_span(t: Messages) -> str:
    """The three periods of the money together, in words."""
    return t.name(by(ask("periods"), "period_id")[WHOLE_SPAN], "label")


def country(t: Messages) -> str:
    """The country's short name."""
    return t.name(by(ask("regions"), "region_id")[COUNTRY], "short")


def text(cell: Any) -> str:
    """A cell as text; "" where there is none."""
    return cell if isinstance(cell, str) else ""


def place(choice: Chosen, t: Messages) -> str:
    """Whose figures: the country, or the regions that the filter leaves."""
    names = [name for region, name in region_names(t).items() if region in choice.regions]
    if not names:
        return country(t)
    return ", ".join(names) if len(names) <= MOST_NAMES else t("exhibit.some_regions", count=len(names))


def decimals(values: Iterable[float | None], most: int = 3) -> int:
    """Decimals with which the smallest of `values` keeps two digits, at least one where any is needed, at most `most`."""
    known = [abs(value) for value in values if value]
    if not known or all(value.is_integer() for value in known):
        return 0
    return min(most, max(1, 1 - math.floor(math.log10(min(known)))))


def money(highest: float, per: str, prices: str, t: Messages, *, least: float = 1e3) -> tuple[float, str]:
    """How many tenge one unit has that suits amounts up to `highest`, and the unit in words with basis and prices.

    Args:
        least: the smallest magnitude taken: the axes of charts count thousands, words and maps do not
            (`numbers.SMALLEST_SCALED_MONEY`).
    """
    scales = ((1e9, "billion"), (1e6, "million"), (1e3, "thousand"))
    size, word = next(((size, word) for size, word in scales if size >= least and highest >= 2 * size), (1.0, ""))
    unit = t("axis.tenge_scaled", scale=t(f"scale.{word}")) if word else t("axis.tenge")
    if per != "total":
        unit = t(f"exhibit.{per}", unit=unit)
    return size, t("exhibit.constant", unit=unit) if prices == "constant" else unit


def whole_documents(rows: pd.DataFrame, t: Messages) -> str:
    """The source line of what rests on sentences all over the documents that `rows` (`document_id`) come from."""
    names = {row["document_id"]: t.name(row, "document") for row in records(ask("sections"))}
    return t("source.line", places=" · ".join(names[one] for one in dict.fromkeys(rows["document_id"])))
