"""What is claimed and what the recount gives, in words: numbers, ranges and differences in the unit of the claim."""

from __future__ import annotations

import math
from typing import Any

from rzh_ui import numbers
from rzh_ui.i18n import Messages

MOST_DECIMALS = 5
MOST_GIVEN = 3
"""Decimals that a document prints at most."""
EN_DASH = "\u2013"
COUNTED_UNITS = ("regions", "persons", "steps", "times")
"""Units whose word follows the number and takes its form."""

WORDED_UNITS = ("rank", "regions", "steps", "times")
"""Units that are said with a word of their own; other figures are written by `numbers.quantity`."""


def claimed(claim: dict[str, Any], t: Messages) -> str:
    """What a claim says: «16,2 %», «more than 80 %», «rank 1–5»."""
    low, high, unit = claim["claimed_low"], claim["claimed_high"], claim["unit"]
    if _has(claim["claimed"]) and _has(low) and _has(high):
        return amount(claim["claimed"], unit, t)
    if _has(low) and _has(high):
        return _range(low, high, unit, t)
    if _has(low):
        return numbers.qualified(amount(low, unit, t, _given(low)), ">" if claim["low_is_open"] else ">=", t)
    if _has(high):
        return numbers.qualified(amount(high, unit, t, _given(high)), "<" if claim["high_is_open"] else "<=", t)
    return t("claims.no_number")


def allowed(claim: dict[str, Any], t: Messages) -> str:
    """The values that a rounded claim may stand for; empty where it is exact or a range by itself."""
    low, high = claim["claimed_low"], claim["claimed_high"]
    if not (_has(claim["claimed"]) and _has(low) and _has(high)) or low == high:
        return ""
    return _range(low, high, claim["unit"], t)


def recounted(claim: dict[str, Any], t: Messages) -> str:
    """What the recount gives, to as many decimals as it takes to see the verdict."""
    low, high, unit = claim["recounted_low"], claim["recounted_high"], claim["unit"]
    if not _has(low) and not _has(high):
        return t("claims.not_recounted")
    if not _has(high):
        return numbers.qualified(amount(low, unit, t), ">=", t)
    if not _has(low):
        return numbers.qualified(amount(high, unit, t), "<=", t)
    if math.isclose(low, high, rel_tol=1e-9):
        return amount(low, unit, t, _telling(low, claim))
    written = max(numbers.shortest(float(low)), numbers.shortest(float(high)))
    decimals = max(2, _telling(low, claim), _telling(high, claim))  # two show a range as wide as it is
    return _range(low, high, unit, t, min(written, decimals))


def difference(claim: dict[str, Any], t: Messages) -> str:
    """How far the recount lies from the claim, in its unit; empty where it cannot be said."""
    value = claim["difference"]
    if not _has(value):
        return ""
    if value == 0:
        return "0"
    decimals = _telling(value, claim)
    if claim["unit"] == "percent":
        said = t("amount.points", value=numbers.decimal(abs(value), t, decimals))
    else:
        said = amount(abs(value), "count" if claim["unit"] == "rank" else claim["unit"], t, decimals)
    return ("+" if value > 0 else numbers.MINUS) + said


def difference_percent(claim: dict[str, Any], t: Messages) -> str:
    """The same in percent of what is claimed; empty where there is none or it is nothing."""
    value = claim["difference_percent"]
    if not _has(value) or value == 0:
        return ""
    return ("+" if value > 0 else "") + numbers.percent(value, t, _digits(value))


def _has(value: Any) -> bool:
    return not numbers.is_missing(value)


def _digits(value: float) -> int:
    """Decimals that leave about two digits."""
    size = abs(value)
    return 0 if size >= 10 else 1 if size >= 1 else 2


def _telling(value: float, claim: dict[str, Any]) -> int:
    """Decimals for a recount: one more than is claimed, and more where rounding would move it over the claim's edge."""
    if float(value).is_integer():
        return 0
    ends = [end for end in (claim["claimed_low"], claim["claimed_high"]) if _has(end)]
    number = claim["claimed"]
    least = _given(number) + 1 if _has(number) else 1
    for decimals in range(least, MOST_DECIMALS):
        shown = round(float(value), decimals)
        if all((shown > end) == (value > end) and (shown < end) == (value < end) for end in ends):
            return decimals
    return MOST_DECIMALS


def _given(value: Any) -> int:
    """Decimals of a number that a document gives; of a limit that we work out (a third is 33,33 %), two."""
    decimals = numbers.shortest(float(value))
    return decimals if decimals <= MOST_GIVEN else 2


def _range(low: float, high: float, unit: str, t: Messages, decimals: int | None = None) -> str:
    if decimals is None:
        decimals = max(_given(low), _given(high))
    first = numbers.decimal(float(low), t, decimals)
    return _with_unit(f"{first}{EN_DASH}{numbers.decimal(float(high), t, decimals)}", 2, unit, t)


def amount(value: Any, unit: str, t: Messages, decimals: int | None = None) -> str:
    """A number with its unit: as many decimals as it has, or as are asked for."""
    number = float(value)
    places = numbers.shortest(number) if decimals is None else decimals
    count = int(number) if number.is_integer() else 2  # a fraction takes the form of a few: 2,7 раза
    return _with_unit(numbers.decimal(number, t, places), count, unit, t)


def _with_unit(said: str, count: int, unit: str, t: Messages) -> str:
    if unit == "percent":
        return said + (f"{numbers.NO_BREAK}%" if t.language == "ru" else "%")
    if unit == numbers.MONEY:
        return f"{said}{numbers.NO_BREAK}₸"
    if unit == "rank":
        return t("amount.rank", value=said)
    if unit in COUNTED_UNITS:
        return t.plural(f"amount.{unit}", count, value=said)
    return said
