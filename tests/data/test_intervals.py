"""Rounded figures: the true value is always inside, and what could be right is never called a difference."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rzh_data import intervals
from rzh_data.claims import DIFFERS, verdict
from rzh_data.intervals import Interval, of_figure, total

TRUE = st.fractions(min_value=0, max_value=10**9, max_denominator=10**4)
POSITIVE = st.fractions(min_value=Fraction(1, 100), max_value=10**9, max_denominator=10**4)
DECIMALS = st.integers(min_value=1, max_value=3)


def rounded(value: Fraction, decimals: int) -> tuple[Fraction, str]:
    """The value as an office prints it: rounded to some decimals, with a decimal comma."""
    scale = 10**decimals
    digits = round(value * scale)
    whole, part = divmod(digits, scale)
    return Fraction(digits, scale), f"{whole},{part:0{decimals}d}"


def figure(value: Fraction, decimals: int) -> Interval:
    number, printed = rounded(value, decimals)
    return of_figure(number, printed, "=", "percent")


@pytest.mark.parametrize(
    "value, printed, qualifier, unit, low, high",
    [
        ("16.2", "16,2%", "=", "percent", "16.15", "16.25"),
        ("15", "15%", "=", "percent", "14.5", "15.5"),
        ("59.0", "59,0%", "=", "percent", "58.95", "59.05"),
        ("0.33", "0,33%", "=", "percent", "0.325", "0.335"),
        ("44.7", "44,7 %", "=", "percent", "44.65", "44.75"),
        ("23", "23", "=", "times", "22.5", "23.5"),
        ("2.7", "2,7", "=", "times", "2.65", "2.75"),
        ("163", "163", "=", "persons", "163", "163"),
        ("36958434865", "36 958 434 865", "=", "KZT", "36958434865", "36958434865"),
        ("46900", "46,9 мың", "=", "persons", "46850", "46950"),
        ("2400", "2,4 тыс", "=", "persons", "2350", "2450"),
        ("1100000000", "1,1 миллиард", "=", "KZT", "1050000000", "1150000000"),
        ("3179800", "3179,8 тыс", "=", "KZT", "3179750", "3179850"),
        ("12000", "12 мың", "=", "persons", "12000", "12000"),
        ("12000", "12 мың", "~", "persons", "11500", "12500"),
        ("270000000000", "270 млрд", "~", "KZT", "269500000000", "270500000000"),
        ("1259600000000", "1259,6 млрд", "~", "KZT", "1259550000000", "1259650000000"),
        ("100", "100", "~", "count", "50", "150"),
        ("2000", "2000", "~", "count", "1500", "2500"),
        ("7", "7", "~", "count", "6.5", "7.5"),
        ("7.3", "7,3%", "~", "percent", "7.25", "7.35"),
        ("3", "үш", "=", "count", "3", "3"),
        ("0", "нет", "=", "persons", "0", "0"),
        ("80", "80%", ">", "percent", "80", None),
        ("80", "80%", ">=", "percent", "80", None),
        ("5", "пяти раз", "<=", "times", None, "5"),
    ],
)
def test_a_token_stands_for_what_its_digits_allow(value, printed, qualifier, unit, low, high):
    found = of_figure(Fraction(value), printed, qualifier, unit)
    assert (found.low, found.high) == (low and Fraction(low), high and Fraction(high))
    assert (found.low_is_open, found.high_is_open) == (qualifier == ">", qualifier == "<")


def test_more_than_leaves_its_own_number_out_and_at_least_does_not():
    assert 80 not in of_figure(Fraction(80), "80%", ">", "percent")
    assert 80 in of_figure(Fraction(80), "80%", ">=", "percent")
    assert 5 not in of_figure(Fraction(5), "5", "<", "count")


def test_an_interval_without_a_value_is_refused():
    with pytest.raises(ValueError, match="no value lies between"):
        Interval(Fraction(2), Fraction(1))
    with pytest.raises(ValueError, match="no value lies between"):
        Interval(Fraction(1), Fraction(1), low_is_open=True)


@given(TRUE, DECIMALS)
def test_the_true_value_lies_in_the_interval_of_its_rounding(value, decimals):
    assert value in figure(value, decimals)


@given(st.lists(TRUE, min_size=1, max_size=20), DECIMALS, DECIMALS)
def test_rounded_parts_that_could_give_the_rounded_total_never_differ(values, decimals, decimals_of_total):
    number, printed = rounded(sum(values), decimals_of_total)
    claimed = of_figure(number, printed, "=", "percent")
    recount = total(figure(value, decimals) for value in values)
    assert sum(values) in recount
    assert verdict(claimed, number, recount) != DIFFERS


@given(TRUE, POSITIVE, DECIMALS, DECIMALS)
def test_a_rounded_ratio_of_rounded_figures_never_differs(value, base, decimals, decimals_of_ratio):
    assume(figure(base, decimals).low > 0)
    number, printed = rounded(value / base, decimals_of_ratio)
    recount = figure(value, decimals).over(figure(base, decimals)) if figure(value, decimals).low >= 0 else None
    assume(recount is not None)
    assert value / base in recount
    assert verdict(of_figure(number, printed, "=", "times"), number, recount) != DIFFERS


@given(TRUE, TRUE, DECIMALS)
def test_a_rounded_share_of_exact_counts_never_differs(part, rest, decimals):
    assume(part + rest > 0)
    share = 100 * part / (part + rest)
    number, printed = rounded(share, decimals)
    recount = Interval.point(part).times(100).over(Interval.point(part + rest))
    assert recount.is_point
    assert verdict(of_figure(number, printed, "=", "percent"), number, recount) != DIFFERS


@given(TRUE, DECIMALS)
def test_a_number_that_no_rounding_gives_always_differs(value, decimals):
    """The tests above can only fail if this one holds: a verdict that never differs proves nothing."""
    number, printed = rounded(value, decimals)
    off = number + Fraction(2, 10**decimals)
    assert verdict(of_figure(number, printed, "=", "percent"), number, Interval.point(off)) == DIFFERS


@st.composite
def interval_with_values(draw):
    """An interval, closed or open, bounded or not, and a value in it."""
    value = draw(TRUE)
    below, above = draw(st.one_of(st.none(), POSITIVE)), draw(st.one_of(st.none(), POSITIVE))
    low = None if below is None else max(Fraction(0), value - below)
    high = None if above is None else value + above
    interval = Interval(
        low, high, draw(st.booleans()) and low is not None and low < value, draw(st.booleans()) and high is not None
    )
    assert value in interval
    return interval, value


@given(interval_with_values(), interval_with_values(), st.fractions(-100, 100))
def test_arithmetic_keeps_the_true_value_inside(first, second, factor):
    (a, x), (b, y) = first, second
    assert x + y in a + b
    assert x - y in a - b
    assert x * factor in a.times(factor)
    assert x * -factor in (-a).times(factor)
    if a.low is not None and b.low is not None and y > 0:
        assert x / y in a.over(b)


@given(interval_with_values(), interval_with_values())
def test_before_meets_and_inside_say_what_they_mean(first, second):
    (a, x), (b, y) = first, second
    assert not (a.is_before(b) and x >= y)
    assert a.meets(b) == b.meets(a) == (not a.is_before(b) and not b.is_before(a))
    if a.lies_in(b):
        assert x in b
        assert a.meets(b)
    if x in b:
        assert a.meets(b)
    assert a.lies_in(a)
    assert a.lies_in(Interval())


def test_open_ends_touch_without_meeting():
    above, up_to = Interval(low=Fraction(80), low_is_open=True), Interval(high=Fraction(80))
    assert up_to.is_before(above)
    assert not above.meets(up_to)
    assert Interval(low=Fraction(80)).meets(up_to)


@pytest.mark.parametrize(
    "a, b",
    [
        (Interval(Fraction(-1), Fraction(1)), Interval.point(2)),
        (Interval.point(1), Interval.point(0)),
        (Interval.point(1), Interval(high=Fraction(2))),
    ],
)
def test_a_ratio_of_what_may_be_negative_or_to_zero_is_refused(a, b):
    with pytest.raises(ValueError, match="a ratio is taken of"):
        a.over(b)


def test_a_ratio_to_what_may_be_zero_has_no_upper_end():
    ratio = Interval(Fraction(4), Fraction(5)).over(Interval(Fraction(0), Fraction(2)))
    assert (ratio.low, ratio.high) == (2, None)


def test_a_sum_of_nothing_is_zero():
    assert intervals.total([]) == Interval.point(0)
