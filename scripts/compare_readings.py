"""Compares the figures of `data/facts/` with a second reading of the documents that was made without seeing the first.

    python scripts/compare_readings.py [data/second_reading] [--facts data/facts] [--all]

The second reading is a folder of CSV files with one row for each figure and place: document_id, language, line,
printed, value, qualifier, unit, region, period, what. Every figure of one reading must meet one of the other on the
same line with the same token, value, qualifier, region and period. What differs must stand in `resolved.csv` of that
folder, one row for each difference, with the reason that the text itself gives. The program prints the counts of each
half and every difference that is not resolved, and exits 1 where there is one. It reads the CSV files alone and nothing
of `rzh_data`, so that a mistake in the code cannot hide a mistake in the facts.

Differences: `value`, `qualifier`, `region`, `period` where both readings have the figure and disagree on it (free words
for a period say nothing, ids do); `line` where the same token stands up to three lines apart; `printed` where the
same value stands on the same line in another token, compared without magnitude, unit, sign and spaces; `only_first` and
`only_second` where the other reading has nothing.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEY = ("indicator_id", "region_id", "period_id", "group_id", "category_id", "variant")
DIFFERENCES = ("value", "qualifier", "line", "printed", "region", "period", "only_first", "only_second")
RESOLVED = "resolved.csv"
NEARBY = 3
"""Lines between two places that may be one: a token that breaks at the end of a line, a line that was miscounted."""

WORDS = re.compile(
    r"\b(?:мың|млн|млрд|трлн|тыс|миллион|миллиард|триллион|тысяч|пайыз|процент)\w*"  # magnitude and percent
    r"|\b(?:есе|раз)\w*"  # times
    r"|(?<=\d)-[^\W\d]+"  # Kazakh endings: 100-ден
)
"""What stands beside the number in a token; two readers cut it off in different places."""


@dataclass(frozen=True)
class Figure:
    """One figure at one place, as one of the readings has it."""

    document_id: str
    language: str
    line: int
    printed: str
    value: Decimal | None
    qualifier: str
    region: str
    period: str
    what: str

    @property
    def half(self) -> tuple[str, str]:
        return self.document_id, self.language

    @property
    def token(self) -> str:
        """The number or number word alone, without magnitude, unit, sign and spaces."""
        bare = WORDS.sub("", self.printed.casefold().replace("ё", "е"))
        return "".join(re.findall(r"[\w,.-]", bare)).strip(".,-")


@dataclass(frozen=True)
class Difference:
    """One thing on which the readings disagree. Its place is the second reading's, or the first's where only that has it."""

    kind: str
    first: Figure | None
    second: Figure | None

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """How `resolved.csv` names it."""
        figure = self.second or self.first
        assert figure is not None
        return figure.document_id, figure.language, str(figure.line), figure.printed, self.kind

    def __str__(self) -> str:
        document_id, language, line, printed, kind = self.key
        sides = []
        for name, figure in (("first", self.first), ("second", self.second)):
            if figure is not None:
                value = "none" if figure.value is None else f"{figure.value:f}"
                sides.append(
                    f"{name} {figure.qualifier}{value}, line {figure.line}, {figure.region}, {figure.period} ({figure.what})"
                )
        return f'{document_id} {language}, line {line}, "{printed}": {kind}: {"; ".join(sides)}'


@dataclass(frozen=True)
class Comparison:
    """The figures of both readings, the pairs that meet, and everything on which the readings disagree."""

    first: list[Figure]
    second: list[Figure]
    pairs: list[tuple[Figure, Figure]]
    differences: list[Difference]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of one CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first_reading(facts: Path) -> list[Figure]:
    """Every place of every figure in `data/facts/`: both halves of an observation, and its further places."""
    observations = {}
    figures = []
    for path in sorted((facts / "observations").glob("*.csv")):
        for row in rows(path):
            observations[tuple(row[name] for name in KEY)] = row
            for language in ("kk", "ru"):
                if row[f"{language}_line"]:
                    figures.append(_figure(row, language, row[f"{language}_line"], row[f"{language}_printed"]))
    for path in sorted((facts / "further_places").glob("*.csv")):
        for row in rows(path):
            observation = observations[tuple(row[name] for name in KEY)]
            place = {**observation, "document_id": row["document_id"]}
            figures.append(_figure(place, row["language"], row["line"], row["printed"]))
    return figures


def _figure(row: dict[str, str], language: str, line: str, printed: str) -> Figure:
    what = ":".join(row[name] for name in KEY).rstrip(":")
    value = Decimal(row["value"]) if row["value"] else None
    return Figure(
        row["document_id"],
        language,
        int(line),
        printed,
        value,
        row["qualifier"],
        row["region_id"],
        row["period_id"],
        what,
    )


def second_reading(folder: Path) -> list[Figure]:
    """Every figure of the second reading: all CSV files of `folder` but `resolved.csv`."""
    return [
        Figure(
            row["document_id"],
            row["language"],
            int(row["line"]),
            row["printed"],
            Decimal(row["value"]) if row["value"] else None,
            row["qualifier"],
            row["region"],
            row["period"],
            row["what"],
        )
        for path in sorted(folder.glob("*.csv"))
        if path.name != RESOLVED
        for row in rows(path)
    ]


def compare(first: list[Figure], second: list[Figure], periods: set[str]) -> Comparison:
    """Pairs the figures of both readings, the closest first, and tells where they disagree.

    Args:
        periods: ids that both readings understand alike; other words for a period are not compared.
    """
    pairs: list[tuple[Figure, Figure]] = []
    left = {"first": list(first), "second": list(second)}
    for alike in (
        lambda a, b: a.line == b.line and a.token == b.token and not disagreements(a, b, periods),
        lambda a, b: a.line == b.line and a.token == b.token and a.value == b.value and a.region == b.region,
        lambda a, b: a.line == b.line and a.token == b.token and a.value == b.value,
        lambda a, b: a.line == b.line and a.token == b.token,
        lambda a, b: a.line == b.line and a.value == b.value,
        lambda a, b: abs(a.line - b.line) <= NEARBY and a.token == b.token and a.value == b.value,
    ):
        pairs.extend(_take_pairs(left["first"], left["second"], alike))
    differences = [Difference(kind, a, b) for a, b in pairs for kind in disagreements(a, b, periods)]
    differences += [Difference("only_first", figure, None) for figure in left["first"]]
    differences += [Difference("only_second", None, figure) for figure in left["second"]]
    return Comparison(first, second, pairs, sorted(differences, key=_place))


def _take_pairs(
    first: list[Figure], second: list[Figure], alike: Callable[[Figure, Figure], bool]
) -> list[tuple[Figure, Figure]]:
    """Takes the pairs that are `alike` out of both lists, each figure once."""
    candidates: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in second:
        candidates[figure.half].append(figure)
    pairs = []
    for a in list(first):
        match = next((b for b in candidates[a.half] if alike(a, b)), None)
        if match is not None:
            candidates[a.half].remove(match)
            first.remove(a)
            second.remove(match)
            pairs.append((a, match))
    return pairs


def disagreements(a: Figure, b: Figure, periods: set[str]) -> list[str]:
    """The kinds of difference between two figures that stand for each other."""
    both_ids = a.period in periods and b.period in periods
    return [
        kind
        for kind, differs in (
            ("value", a.value != b.value),
            ("qualifier", a.qualifier != b.qualifier),
            ("line", a.line != b.line),
            ("printed", a.token != b.token),
            ("region", bool(b.region) and a.region != b.region),
            ("period", both_ids and a.period != b.period),
        )
        if differs
    ]


def _place(difference: Difference) -> tuple[str, str, int, str]:
    document_id, language, line, printed, _ = difference.key
    return document_id, language, int(line), printed


def unresolved(comparison: Comparison, resolved: Iterable[dict[str, str]]) -> tuple[list[Difference], list[str]]:
    """What nobody has resolved, and rows of `resolved.csv` that are stale or give no reason.

    A row resolves one difference; two of a kind at one place need two rows.
    """
    listed: Counter[tuple[str, ...]] = Counter()
    faults = []
    for row in resolved:
        key = tuple(row[name] for name in ("document_id", "language", "line", "printed", "difference"))
        listed[key] += 1
        if not row["resolution"].strip():
            faults.append(f"{RESOLVED}: {', '.join(key)}: the reason is missing")
    left = []
    for difference in comparison.differences:
        if listed[difference.key]:
            listed[difference.key] -= 1
        else:
            left.append(difference)
    faults += [f"{RESOLVED}: {', '.join(key)}: the readings do not differ there" for key in listed.elements()]
    return left, faults


def periods_of(facts: Path) -> set[str]:
    """The ids of the periods, without the words that mean nothing."""
    return {row["period_id"] for row in rows(facts / "periods.csv")}


def main(argv: list[str] | None = None) -> int:
    """Prints the counts and what is not resolved. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("second", type=Path, nargs="?", default=ROOT / "data" / "second_reading", help="its folder")
    parser.add_argument("--facts", type=Path, default=ROOT / "data" / "facts", help="folder of the facts")
    parser.add_argument("--all", action="store_true", help="print the resolved differences as well")
    arguments = parser.parse_args(argv)
    comparison = compare(first_reading(arguments.facts), second_reading(arguments.second), periods_of(arguments.facts))
    file = arguments.second / RESOLVED
    left, faults = unresolved(comparison, rows(file) if file.exists() else [])
    for half in sorted({figure.half for figure in comparison.first + comparison.second}):
        differences = [item for item in comparison.differences if item.key[:2] == half]
        kinds = Counter(item.kind for item in differences)
        pairs = [pair for pair in comparison.pairs if pair[0].half == half]
        unequal = {id(item.second) for item in differences if item.first and item.second}
        equal = sum(id(pair[1]) not in unequal for pair in pairs)
        told = ", ".join(f"{kind} {kinds[kind]}" for kind in DIFFERENCES if kinds[kind]) or "none"
        print(
            f"{' '.join(half)}: {sum(figure.half == half for figure in comparison.first)} figures in the first reading, "
            f"{sum(figure.half == half for figure in comparison.second)} in the second, {equal} equal; differences: {told}"
        )
    for difference in comparison.differences if arguments.all else left:
        print(difference)
    for fault in faults:
        print(fault)
    print(f"{len(comparison.differences)} differences, {len(left)} not resolved.")
    return 1 if left or faults else 0


if __name__ == "__main__":
    sys.exit(main())
