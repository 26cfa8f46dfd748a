"""Numbers as people write them in Kazakh, Russian and English. The one place where a number becomes text."""

from __future__ import annotations

import math
from typing import Any

from rzh_ui.i18n import Messages

NO_BREAK = "\u00a0"
MINUS = "\u2212"
SEPARATORS = {"kk": (NO_BREAK, ","), "ru": (NO_BREAK, ","), "en": (",", ".")}
"""Sign between groups of three digits and sign before the decimals."""

SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand"))
MONEY = "KZT"
SIGNS = {"KZT/KZT": "₸", "KZT/person": "₸", "USD": "$"}
"""Signs of amounts that are written out in full."""

SMALLEST_SCALED_MONEY = 1e6
"""Below a million tenge (money per inhabitant) every digit is shown."""


def is_missing(value: Any) -> bool:
    """Whether a cell of a DataFrame holds no number: None, NaN or NA."""
    if value is None:
        return True
    try:
        return bool(math.isnan(value))
    except TypeError:
        return True  # pandas.NA answers no comparison


def decimal(value: float, t: Messages, decimals: int = 0) -> str:
    """`value` rounded half away from zero to `decimals` places, grouped, with the language's signs: 1 234,5."""
    group, point = SEPARATORS[t.language]
    text = f"{_round(abs(value), decimals):,.{decimals}f}"
    text = text.replace(",", "\0").replace(".", point).replace("\0", group)
    return f"{MINUS}{text}" if value < 0 and any(digit in "123456789" for digit in text) else text


def _round(value: float, decimals: int) -> float:
    factor = 10.0**decimals
    return math.floor(value * factor + 0.5 + 1e-9) / factor


def percent(value: float, t: Messages, decimals: int = 1) -> str:
    """`value` in percent with its sign as CLDR has it: 13,5% in Kazakh, 13,5 % in Russian (no-break space), 13.5%."""
    sign = f"{NO_BREAK}%" if t.language == "ru" else "%"
    return decimal(value, t, decimals) + sign


def scaled(value: float, t: Messages, digits: int = 3, *, is_round: bool = False) -> str:
    """A large number with its magnitude in words and about `digits` digits: 274 млрд, 1,67 млрд, 46,9 мың.

    A round number (`is_round`: a class break) loses its zeros: 5 млрд, not 5,00 млрд.
    """
    for index, (size, word) in enumerate(SCALES):
        if abs(value) >= size:
            decimals = _decimals(value / size, digits)
            if _round(abs(value) / size, decimals) >= 1000 and index > 0:  # 999 999 is a million, not 1000 thousand
                size, word = SCALES[index - 1]
                decimals = _decimals(value / size, digits)
            if is_round:
                decimals = shortest(value / size)
            return f"{decimal(value / size, t, decimals)}{NO_BREAK}{t('scale.' + word)}"
    if is_round:
        return decimal(value, t, shortest(value))
    return decimal(value, t, 0 if float(value).is_integer() else _decimals(value, digits))


def shortest(value: float) -> int:
    """Decimals of the shortest way to write a round number."""
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def printed_decimals(value: float, decimals: int) -> int:
    """Decimals of one figure, of the `decimals` that its indicator has at most: 37 % printed is not 37,00 %."""
    return min(decimals, shortest(value))


def _decimals(value: float, digits: int) -> int:
    whole = len(str(int(abs(value))))
    return max(0, digits - whole)


def quantity(
    value: Any, unit: str, t: Messages, *, decimals: int = 0, is_short: bool = True, is_round: bool = False
) -> str:
    """A figure with its unit of measure as a reader expects it.

    Args:
        value: the number; a missing one gives the word for "no figure".
        unit: `unit` of the indicator: KZT, percent, persons, count, KZT/KZT, times …
        decimals: decimals of the indicator, for units that are not money.
        is_short: money with its magnitude (274 млрд ₸); otherwise to the last tenge.
        is_round: a round number such as a class break, written as short as it can be.
    """
    if is_missing(value):
        return t("figure.missing")
    number = float(value)
    if is_round:
        decimals = shortest(number)
    if unit == MONEY:
        return f"{_money(number, t, decimals, is_short=is_short, is_round=is_round)}{NO_BREAK}₸"
    if unit.startswith("percent"):
        return percent(number, t, decimals)
    if unit in SIGNS:
        return f"{decimal(number, t, decimals)}{NO_BREAK}{SIGNS[unit]}"
    if unit == "persons" and is_short and abs(number) >= 1e6:
        return scaled(number, t)
    return decimal(number, t, decimals)


def _money(number: float, t: Messages, decimals: int, *, is_short: bool, is_round: bool) -> str:
    if is_round:
        return (
            scaled(number, t, is_round=True) if abs(number) >= SMALLEST_SCALED_MONEY else decimal(number, t, decimals)
        )
    if is_short and abs(number) >= SMALLEST_SCALED_MONEY:
        return scaled(number, t)
    return decimal(number, t, decimals if not float(number).is_integer() else 0)


def qualified(text: str, qualifier: str, t: Messages) -> str:
    """`text` with the word for how firm the document is: "more than 12 000". Nothing is added to an exact figure."""
    return text if qualifier == "=" else t("qualifier." + QUALIFIER_NAMES[qualifier], value=text)


QUALIFIER_NAMES = {">": "more", ">=": "at_least", "~": "about", "<": "less", "<=": "at_most"}


def marked_period(row: Any, t: Messages) -> str:
    """The short name of a row's period, with the sign that leads to the remark where it is no full year."""
    return f"{t.name(row, 'period')}{' *' if row['period_kind'] == 'part_of_year' else ''}"


UNIT_NAMES = {"KZT": "tenge", "KZT/KZT": "leverage", "KZT/person": "tenge_per_person"}
"""Units whose id is no word."""


def unit_name(unit: str, t: Messages) -> str:
    """A unit of measure in words."""
    return t("unit." + UNIT_NAMES.get(unit, unit))


def vega_locale(t: Messages) -> dict[str, Any]:
    """The number format of axes and tooltips for the chart library, which has no Kazakh one of its own."""
    group, point = SEPARATORS[t.language]
    return {
        "number": {
            "decimal": point,
            "thousands": group,
            "grouping": [3],
            "currency": ["", f"{NO_BREAK}₸"],
            "percent": f"{NO_BREAK}%" if t.language == "ru" else "%",
            "minus": MINUS,
        }
    }
