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


def scaled(value: float, t: Messages, digits: int = 3) -> str:
    """A large number with its magnitude in words and about `digits` digits: 274 млрд, 1,67 млрд, 46,9 мың."""
    for index, (size, word) in enumerate(SCALES):
        if abs(value) >= size:
            decimals = _decimals(value / size, digits)
            if _round(abs(value) / size, decimals) >= 1000 and index > 0:  # 999 999 is a million, not 1000 thousand
                size, word = SCALES[index - 1]
                decimals = _decimals(value / size, digits)
            return f"{decimal(value / size, t, decimals)}{NO_BREAK}{t('scale.' + word)}"
    return decimal(value, t, 0 if float(value).is_integer() else _decimals(value, digits))


def _decimals(value: float, digits: int) -> int:
    whole = len(str(int(abs(value))))
    return max(0, digits - whole)


def quantity(value: Any, unit: str, t: Messages, *, decimals: int = 0, is_short: bool = True) -> str:
    """A figure with its unit of measure as a reader expects it.

    Args:
        value: the number; a missing one gives the word for "no figure".
        unit: `unit` of the indicator: KZT, percent, persons, count, KZT/KZT, times …
        decimals: decimals of the indicator, for units that are not money.
        is_short: money with its magnitude (274 млрд ₸); otherwise to the last tenge.
    """
    if is_missing(value):
        return t("figure.missing")
    number = float(value)
    if unit == MONEY:
        return f"{scaled(number, t) if is_short else decimal(number, t)}{NO_BREAK}₸"
    if unit.startswith("percent"):
        return percent(number, t, decimals)
    if unit == "KZT/KZT":
        return f"{decimal(number, t, decimals)}{NO_BREAK}₸"
    if unit == "persons" and is_short and abs(number) >= 1e6:
        return scaled(number, t)
    return decimal(number, t, decimals)


def qualified(text: str, qualifier: str, t: Messages) -> str:
    """`text` with the word for how firm the document is: "more than 12 000". Nothing is added to an exact figure."""
    return text if qualifier == "=" else t("qualifier." + QUALIFIER_NAMES[qualifier], value=text)


QUALIFIER_NAMES = {">": "more", ">=": "at_least", "~": "about", "<": "less", "<=": "at_most"}


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
