"""Class breaks: few, round, ascending, none empty, and the same every time."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from rzh_data.classes import MOST_CLASSES, SERIES, Classes, round_breaks

quick = settings(max_examples=300, derandomize=True, deadline=None)
values = some.one_of(
    some.lists(some.integers(0, 10**12), min_size=1, max_size=60),
    some.lists(some.floats(0, 100, allow_subnormal=False).map(lambda value: round(value, 2)), min_size=1, max_size=60),
    some.lists(some.floats(2, 12).map(lambda power: 10**power), min_size=1, max_size=60),
    some.lists(some.integers(0, 40).map(lambda small: 10**6 + small), min_size=1, max_size=60),
)
CRAMPED = [1000.0, 1000.1, 1000.2]


def first_digits(number):
    """A round number without its power of ten: 20 000 gives 2, 0.5 gives 5, 15 gives 15."""
    digits = f"{number:.12g}"
    if "e" in digits:
        digits = digits.partition("e")[0]
    return int(digits.replace(".", "").strip("0") or 0)


@quick
@given(values)
@example(CRAMPED)
@example([0, 0, 5])
def test_there_are_at_most_five_classes_with_ascending_breaks(given_values):
    classes = round_breaks(given_values)
    assert 1 <= classes.count <= MOST_CLASSES == 5
    assert list(classes.breaks) == sorted(set(classes.breaks))


@quick
@given(values)
@example(CRAMPED)
@example([0, 0, 5])
def test_breaks_are_round(given_values):
    """Numbers of the series that is named, next to one another in it, or equal steps of a round width."""
    classes = round_breaks(given_values)
    breaks = classes.breaks
    if classes.method == "equal":
        steps = [after - before for before, after in pairwise(breaks)]
        for step in steps:
            assert step == pytest.approx(steps[0], rel=1e-6)
            assert first_digits(float(f"{step:.9g}")) in (1, 2, 5)
            assert math.isclose(breaks[0] / step, round(breaks[0] / step), rel_tol=1e-9, abs_tol=1e-6)
    elif breaks:
        digits = SERIES[classes.method]
        assert {first_digits(number) for number in breaks} <= set(digits)
        for before, after in pairwise(breaks):
            later = (*digits, 10)[digits.index(first_digits(before)) + 1]
            assert after / before == pytest.approx(later / first_digits(before))


@quick
@given(values)
@example(CRAMPED)
@example([0, 0, 5])
def test_no_class_is_empty_and_every_value_has_exactly_one(given_values):
    classes = round_breaks(given_values)
    counts = classes.counts(given_values)
    assert len(counts) == classes.count
    assert min(counts) > 0
    assert sum(counts) == len(given_values)
    limits = (-math.inf, *classes.breaks, math.inf)
    for value in given_values:
        holding = [index for index in range(classes.count) if limits[index] <= value < limits[index + 1]]
        assert holding == [classes.of(value)]


@quick
@given(values)
@example(CRAMPED)
@example([0, 0, 5])
def test_different_values_are_never_called_the_same(given_values):
    """The legend says of a single class that all values are equal."""
    assert (round_breaks(given_values).method == "single") == (len(set(given_values)) == 1)


@quick
@given(values, some.randoms())
def test_breaks_depend_on_the_values_alone(given_values, chance: random.Random):
    shuffled = list(given_values)
    chance.shuffle(shuffled)
    assert round_breaks(shuffled) == round_breaks(given_values) == round_breaks(given_values)


def test_a_value_on_a_break_belongs_to_the_class_above():
    classes = Classes((10.0, 30.0), "1-3-10")
    assert [classes.of(value) for value in (9.99, 10, 29.99, 30, 31)] == [0, 1, 1, 2, 2]
    assert classes.counts([1, 10, 10, 30]) == (1, 2, 1)


def test_numbers_that_are_none_are_left_out_and_no_number_is_an_error():
    assert round_breaks([1.0, math.nan, 50.0, math.inf]) == round_breaks([1.0, 50.0])
    for nothing in ([], [math.nan]):
        with pytest.raises(ValueError, match="no values"):
            round_breaks(nothing)


@pytest.mark.parametrize(
    "indicator, per, breaks",
    [
        ("tugan_zher_funding", "total", (2e9, 5e9, 10e9, 20e9)),
        ("tugan_zher_funding", "capita", (2e3, 5e3, 10e3, 20e3)),
        ("tugan_zher_funding", "month", (100e6, 200e6, 500e6, 1e9)),
        ("tugan_zher_sponsors", "total", (2e9, 5e9, 10e9, 20e9)),
        ("tugan_zher_sponsors", "capita", (1e3, 2e3, 5e3, 10e3)),
        ("tugan_zher_sponsors", "month", (100e6, 200e6, 500e6, 1e9)),
        ("tugan_zher_local_budget", "total", (100e6, 200e6, 500e6, 1e9)),
        ("tugan_zher_local_budget", "capita", (100, 200, 500, 1e3)),
        ("tugan_zher_local_budget", "month", (10e6, 20e6, 50e6, 100e6)),
        ("tugan_zher_leverage", "total", (2, 5, 10, 20)),
    ],
)
def test_breaks_of_the_funding_maps_stay_as_they_are(real_store, indicator, per, breaks):
    """A change of the breaks recolours every map that anyone has printed: it is to be seen in a diff."""
    rows = real_store.run("region_series", indicator=indicator, per=per)
    pooled = [float(value) for value in rows.loc[rows["region_id"] != "kazakhstan", "value"]]
    classes = round_breaks(pooled)
    assert (classes.method, classes.breaks) == ("1-2-5", breaks)
    assert min(classes.counts(pooled)) > 0
    assert len(pooled) == 66, "17 regions, three periods and their span; Shymkent has two of the four"
