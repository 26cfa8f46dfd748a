"""What a document claims and what its own figures give, in words."""

from __future__ import annotations

from typing import Any

from rzh_ui import numbers
from rzh_ui.i18n import Messages

WORDED_UNITS = ("regions", "steps", "rank")
"""Units that are said with a word of their own; the others are written as figures of that unit are."""


def claimed(row: dict[str, Any], t: Messages) -> str:
    """The claimed value: a number with its qualifier, or the limits of what the claim allows."""
    low, high = row["claimed_low"], row["claimed_high"]
    if numbers.is_missing(row["claimed"]):
        return _between(low, high, row, t)
    said = amount(row["claimed"], row["unit"], t)
    if numbers.is_missing(high) and not numbers.is_missing(low):
        return numbers.qualified(said, ">" if row["low_is_open"] else ">=", t)
    if numbers.is_missing(low) and not numbers.is_missing(high):
        return numbers.qualified(said, "<" if row["high_is_open"] else "<=", t)
    return said


def recounted(row: dict[str, Any], t: Messages) -> str:
    """What the recount gives: a number, or a range where rounded figures leave it open."""
    low, high = row["recounted_low"], row["recounted_high"]
    if numbers.is_missing(low) or numbers.is_missing(high):
        return t("figure.missing")
    return _range(low, high, row["unit"], t)


def _between(low: Any, high: Any, row: dict[str, Any], t: Messages) -> str:
    if numbers.is_missing(low) and numbers.is_missing(high):
        return t("claim.in_words")
    if numbers.is_missing(high):
        return numbers.qualified(amount(low, row["unit"], t), ">" if row["low_is_open"] else ">=", t)
    if numbers.is_missing(low):
        return numbers.qualified(amount(high, row["unit"], t), "<" if row["high_is_open"] else "<=", t)
    return _range(low, high, row["unit"], t)


def _range(low: float, high: float, unit: str, t: Messages) -> str:
    """Two limits with their unit said once; one number where they are written alike."""
    last = amount(high, unit, t)
    if amount(low, unit, t) == last:
        return last
    if unit == numbers.MONEY:
        return t("claim.between", low=amount(low, unit, t), high=last)
    first = numbers.decimal(low, t, _decimals(low))
    bare = numbers.decimal(high, t, _decimals(high))
    return last.replace(bare, t("claim.between", low=first, high=bare), 1)


def _decimals(value: float) -> int:
    return min(2, numbers.shortest(value))


def amount(value: float, unit: str, t: Messages) -> str:
    """A number of a claim with its unit, at most two decimals."""
    decimals = _decimals(value)
    if unit == "times":
        return times(value, t)
    if unit in WORDED_UNITS:
        return t(f"claim.unit_{unit}", value=numbers.decimal(value, t, decimals))
    return numbers.quantity(value, unit, t, decimals=decimals)


def times(value: float, t: Messages) -> str:
    """A multiple with its word: a whole number takes its plural form, a fraction the form of few."""
    said = numbers.decimal(value, t, _decimals(value))
    return t.plural("claim.times", int(value) if float(value).is_integer() else 2, said=said)
