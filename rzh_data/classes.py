"""Class breaks of the choropleth: few, round, named, and the same for every period."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

MOST_CLASSES = 5
SERIES: dict[str, tuple[float, ...]] = {"1-3-10": (1, 3), "1-2-5": (1, 2, 5), "1-10": (1,)}
"""Round numbers that repeat in every power of ten. A break is always one of them."""


@dataclass(frozen=True)
class Classes:
    """The breaks of one indicator.

    Attributes:
        breaks: inner limits, ascending; a value equal to a break belongs to the class above it.
        method: name of the method for the legend: the series the breaks are taken from, or `equal` steps.
    """

    breaks: tuple[float, ...]
    method: str

    @property
    def count(self) -> int:
        """How many classes there are."""
        return len(self.breaks) + 1

    def of(self, value: float) -> int:
        """The class of `value`, counted from 0, the lowest."""
        return bisect_right(self.breaks, value)

    def counts(self, values: Sequence[float]) -> tuple[int, ...]:
        """How many of `values` fall in each class."""
        counts = [0] * self.count
        for value in values:
            counts[self.of(value)] += 1
        return tuple(counts)


def round_breaks(values: Sequence[float]) -> Classes:
    """Breaks for `values` of all regions and all periods together, so that a class means the same in every period.

    The breaks are neighbouring numbers of a round series, or equal round steps, chosen so that the values spread over
    the classes as evenly as round numbers allow (largest entropy). Ties go to the earlier series, then to lower breaks.

    Args:
        values: at least one finite number, none negative.
    """
    known = sorted(value for value in values if math.isfinite(value))
    if not known:
        raise ValueError("no values; at least one finite number is expected")
    low, high = known[0], known[-1]
    if low == high:
        return Classes((), "single")
    best = Classes((), "single")
    best_score = -1.0
    for method, numbers in _candidates(low, high):
        for size in range(min(MOST_CLASSES - 1, len(numbers)), 0, -1):
            for start in range(len(numbers) - size + 1):
                classes = Classes(tuple(numbers[start : start + size]), method)
                counts = classes.counts(known)
                if 0 in counts:
                    continue
                score = _entropy(counts)
                if score > best_score + 1e-9:
                    best, best_score = classes, score
    return best


def _candidates(low: float, high: float) -> list[tuple[str, list[float]]]:
    smallest = min(value for value in (low, high) if value > 0)
    powers = range(math.floor(math.log10(smallest)), math.ceil(math.log10(high)) + 1)
    found = []
    for method, digits in SERIES.items():
        numbers = [float(f"{digit}e{power}") for power in powers for digit in digits]
        found.append((method, [number for number in numbers if low < number <= high]))
    finest = min(powers[0], math.floor(math.log10((high - low) / 8)))  # values may lie close together far from zero
    steps = [float(f"{digit}e{power}") for power in range(finest, powers[-1] + 1) for digit in (1, 2, 5)]
    for step in steps:
        if 2 <= (high - low) / step <= 8:
            first = math.floor(low / step) + 1
            numbers = [float(f"{step * index:.15g}") for index in range(first, math.ceil(high / step))]
            found.append(("equal", [number for number in numbers if low < number <= high]))
    return found


def _entropy(counts: Sequence[int]) -> float:
    total = sum(counts)
    return -sum(count / total * math.log(count / total) for count in counts if count)
