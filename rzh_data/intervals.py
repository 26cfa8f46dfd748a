"""Exact arithmetic with figures that are known to their last printed digit only.

«16,2 %» stands for anything from 16.15 to 16.25, «более 80 %» for anything above 80, a counted 163 for 163 itself.
An interval holds all the values a figure may stand for; what is computed from intervals holds all the values the
result may have, so the true one is always inside. Bounds are fractions: nothing is lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Exact = int | Fraction
"""A number without a rounding error of its own."""

ROUNDED_UNITS = ("percent", "times")
"""Units whose whole numbers are roundings too: a share of 15 % was not counted, it was computed."""

MAGNITUDES = (
    (re.compile(r"трлн|триллион", re.IGNORECASE), 10**12),
    (re.compile(r"млрд|миллиард", re.IGNORECASE), 10**9),
    (re.compile(r"млн|миллион", re.IGNORECASE), 10**6),
    (re.compile(r"мың|тыс", re.IGNORECASE), 10**3),
)
NUMBER = re.compile(r"^\d+(?:[ \u00a0]\d{3})*(?:[.,](?P<decimals>\d+))?")


@dataclass(frozen=True)
class Interval:
    """All values from `low` to `high`; None is no bound, an open end is itself left out.

    Raises:
        ValueError: no value fits between the ends.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    low_is_open: bool = False
    high_is_open: bool = False

    def __post_init__(self) -> None:
        if self.low is None or self.high is None:
            return
        if self.low > self.high or (self.low == self.high and (self.low_is_open or self.high_is_open)):
            raise ValueError(f"no value lies between {self.low} and {self.high}; the lower end is expected first")

    @classmethod
    def point(cls, value: Exact) -> Interval:
        """One exact value."""
        return cls(Fraction(value), Fraction(value))

    @property
    def is_point(self) -> bool:
        """Whether it holds one value only."""
        return self.low is not None and self.low == self.high

    def __contains__(self, value: Exact) -> bool:
        return not self._is_below(value) and not self._is_above(value)

    def _is_below(self, value: Exact) -> bool:
        """Whether `value` lies before the lower end."""
        return self.low is not None and (value < self.low or (self.low_is_open and value == self.low))

    def _is_above(self, value: Exact) -> bool:
        return self.high is not None and (value > self.high or (self.high_is_open and value == self.high))

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return not self.is_before(other) and not other.is_before(self)

    def is_before(self, other: Interval) -> bool:
        """Whether every value here is smaller than every value of `other`."""
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.high_is_open or other.low_is_open))

    def lies_in(self, other: Interval) -> bool:
        """Whether every value here lies in `other` too."""
        if other.low is not None:
            if self.low is None or self.low < other.low:
                return False
            if self.low == other.low and other.low_is_open and not self.low_is_open:
                return False
        if other.high is not None:
            if self.high is None or self.high > other.high:
                return False
            if self.high == other.high and other.high_is_open and not self.high_is_open:
                return False
        return True

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.low_is_open or other.low_is_open,
            self.high_is_open or other.high_is_open,
        )

    def __neg__(self) -> Interval:
        return Interval(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_is_open,
            self.low_is_open,
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def times(self, factor: Exact) -> Interval:
        """The values multiplied by one number."""
        if factor == 0:
            return Interval.point(Fraction(0))
        if factor < 0:
            return -self.times(-factor)
        return Interval(
            None if self.low is None else self.low * Fraction(factor),
            None if self.high is None else self.high * Fraction(factor),
            self.low_is_open,
            self.high_is_open,
        )

    def over(self, other: Interval) -> Interval:
        """The ratio to `other`, for quantities that cannot be negative.

        Raises:
            ValueError: a bound is negative or absent below, or `other` may be zero from end to end.
        """
        if self.low is None or other.low is None or self.low < 0 or other.low < 0 or other.high == 0:
            raise ValueError("a ratio is taken of quantities that are not negative, and not to zero")
        if other.high is None:
            low, low_is_open = Fraction(0), self.low > 0
        else:
            low, low_is_open = self.low / other.high, self.low > 0 and (self.low_is_open or other.high_is_open)
        if self.high is None or other.low == 0:
            return Interval(low, None, low_is_open)
        return Interval(low, self.high / other.low, low_is_open, self.high_is_open or other.low_is_open)


def total(parts: Iterable[Interval]) -> Interval:
    """The sum of all `parts`; 0 where there is none."""
    result = Interval.point(Fraction(0))
    for part in parts:
        result += part
    return result


def step(printed: str, qualifier: str, unit: str) -> Fraction:
    """The unit of the last digit that a token gives, or 0 where it is exact.

    Decimals are always rounded: «46,9 мың» is known to a hundred. Whole numbers are exact, but for shares and
    multiples, and for what a document calls approximate. There a word of magnitude names the unit of rounding
    («шамамен 270 млрд» is known to a billion); without one the zeros at the end are what was rounded away
    («около 100» is known to a hundred, «около 7» to one). Words such as «үш» are exact.
    """
    number = NUMBER.match(printed)
    if number is None:
        return Fraction(0)
    magnitude = next((power for word, power in MAGNITUDES if word.search(printed)), 1)
    decimals = number["decimals"]
    if decimals:
        return Fraction(magnitude, 10 ** len(decimals))
    if qualifier == "~":
        digits = re.sub(r"\D", "", number[0])
        zeros = 0 if magnitude > 1 else len(digits) - len(digits.rstrip("0"))
        return Fraction(magnitude * 10 ** (zeros if zeros < len(digits) else 0))
    return Fraction(magnitude) if unit in ROUNDED_UNITS else Fraction(0)


def of_figure(number: Exact | Decimal, printed: str, qualifier: str, unit: str) -> Interval:
    """All values that a printed figure may stand for.

    Args:
        number: the figure in plain units.
        printed: its token as the document has it; its digits tell how far it is rounded.
        qualifier: how firm the document is, as in `rzh_data.schema.QUALIFIERS`.
        unit: unit of measure of its indicator.
    """
    value = Fraction(number)
    if qualifier in (">", ">="):
        return Interval(low=value, low_is_open=qualifier == ">")
    if qualifier in ("<", "<="):
        return Interval(high=value, high_is_open=qualifier == "<")
    half = step(printed, qualifier, unit) / 2
    return Interval(value - half, value + half)
