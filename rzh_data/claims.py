"""Recomputes what the documents claim, and gives the verdict by a stated rule.

A claim names a template, a query in `queries/claims/`, and its arguments. The query returns the interval of the
recount; the verdict compares it with the interval of what is claimed. The plausibility rules in
`queries/plausibility/` work the same way: each returns the figures that a reader should take with care.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

from rzh_data import intervals
from rzh_data.facts import Facts, FactsError, Fault, Row, observation_id
from rzh_data.intervals import Interval
from rzh_data.schema import LANGUAGES, Column, Table

QUERIES = Path(__file__).with_name("queries")
TEMPLATES = QUERIES / "claims"
PLAUSIBILITY = QUERIES / "plausibility"

AGREES, WITHIN_ROUNDING, DIFFERS, CANNOT = VERDICTS = (
    "agrees",
    "agrees_within_rounding",
    "differs",
    "cannot_be_checked",
)

INTERVAL_COLUMNS = (
    Column("observation_id", "VARCHAR", "key of `observations`"),
    Column("low", "DECIMAL(38,6)", "smallest value the printed figure may stand for; empty = no bound", required=False),
    Column("high", "DECIMAL(38,6)", "largest value the printed figure may stand for; empty = no bound", required=False),
    Column("low_is_open", "BOOLEAN", "the smallest value itself is left out"),
    Column("high_is_open", "BOOLEAN", "the largest value itself is left out"),
)
VERDICT_COLUMNS = (
    Column("claim_id", "VARCHAR", "key of `claims`"),
    Column("verdict", "VARCHAR", "how the claim stands against its recount", values=VERDICTS),
    Column("recounted_low", "DOUBLE", "lower end of the recount; empty = no bound", required=False),
    Column("recounted_high", "DOUBLE", "upper end of the recount; empty = no bound", required=False),
    Column(
        "difference",
        "DOUBLE",
        "recount less claim, by the claimed number where there is one, else by the nearer end of what is claimed",
        required=False,
    ),
    Column("difference_percent", "DOUBLE", "the same in percent of what is claimed", required=False, unit="percent"),
    Column("is_cut_off", "BOOLEAN", "the claimed number is the recount with its last digits cut off, not rounded"),
    Column("observation_ids", "VARCHAR[]", "figures the recount stands on"),
)
FLAG_COLUMNS = (
    Column("observation_id", "VARCHAR", "key of `observations`"),
    Column("rule_id", "VARCHAR", "the rule, file stem in `queries/plausibility/`"),
    Column("compared_with", "DOUBLE", "what the figure is held against, in its unit", required=False),
    Column("times", "DOUBLE", "how many times it exceeds that", required=False),
    Column("other_observation_ids", "VARCHAR[]", "figures it is held against"),
)

COMPUTED = (
    Table(
        "observation_intervals",
        "what one printed figure may stand for, by its digits and qualifier; made by the build",
        ("observation_id",),
        INTERVAL_COLUMNS,
    ),
    Table(
        "claim_verdicts",
        "the recount of one claim and its verdict; made by the build",
        ("claim_id",),
        VERDICT_COLUMNS,
    ),
    Table(
        "flags",
        "one figure that a rule of plausibility finds; made by the build",
        ("observation_id", "rule_id"),
        FLAG_COLUMNS,
    ),
)
"""Tables that no file in `data/facts/` holds."""

VARIABLE = re.compile(r"getvariable\('(\w+)'\)")
FIGURE_ARGUMENTS = {
    *("among", "base", "denominator", "figure", "figures", "listed", "minuend"),
    *("numerator", "part", "per_inhabitant", "share", "subtrahend", "whole"),
}
"""Arguments that hold observation ids; every id must exist, else a figure would silently drop out of its sum."""

ENGINE_ERROR = Fraction(1, 10**12)
"""Relative. The engine divides in double precision, good to 15 digits: no verdict may hang on its last ones."""


class Connection(Protocol):
    """What is asked of a database connection; `extracts.py` brings one."""

    def execute(self, query: str, parameters: Any = ..., /) -> Any: ...


def interval_rows(facts: Facts) -> list[dict[str, Any]]:
    """The rows of `observation_intervals`. The Kazakh token counts where both halves print the figure."""
    units = {row["indicator_id"]: row["unit"] for row in facts.values("indicators")}
    rows = []
    for values in facts.values("observations"):
        if values["value"] is None:
            continue
        printed = values["kk_printed"] or values["ru_printed"] or ""
        found = intervals.of_figure(values["value"], printed, values["qualifier"], units[values["indicator_id"]])
        rows.append(
            {
                "observation_id": observation_id(values),
                "low": _decimal(found.low),
                "high": _decimal(found.high),
                "low_is_open": found.low_is_open,
                "high_is_open": found.high_is_open,
            }
        )
    return rows


def _decimal(value: Fraction | None) -> Any:
    if value is None:
        return None
    return Context(prec=38).divide(Decimal(value.numerator), Decimal(value.denominator))


def claimed_interval(claim: Mapping[str, Any]) -> Interval:
    """What a row of `claims` allows."""
    low, high = claim["claimed_low"], claim["claimed_high"]
    return Interval(
        None if low is None else Fraction(low),
        None if high is None else Fraction(high),
        bool(claim["low_is_open"]),
        bool(claim["high_is_open"]),
    )


def verdict(claimed: Interval, number: Fraction | None, recount: Interval) -> str:
    """The verdict on one claim.

    `differs` only where no value of the recount is one that was claimed: rounding is never called a difference.
    `agrees` where the recount is exactly the claimed number, or lies wholly in what is claimed as a range («more than
    80 %», «among the first four»). Between the two: the recount may be what was claimed, to the digits printed.
    """
    if not recount.meets(claimed):
        return DIFFERS
    if number is not None and recount == Interval.point(number):
        return AGREES
    is_rounding = number is not None and not claimed.is_point and claimed.low is not None and claimed.high is not None
    return AGREES if recount.lies_in(claimed) and not is_rounding else WITHIN_ROUNDING


def difference(claimed: Interval, number: Fraction | None, recount: Interval) -> Fraction | None:
    """How far the recount lies from the claim; None where neither end of it can be compared.

    From the claimed number to the middle of the recount (or to its only end), and where a range is claimed, from the
    end that it breaks; 0 inside the range.
    """
    if recount.low is None and recount.high is None:
        return None
    ends = [end for end in (recount.low, recount.high) if end is not None]
    middle = sum(ends, Fraction(0)) / len(ends)
    is_range = number is None or claimed.low is None or claimed.high is None
    if not is_range and number is not None:
        return middle - number
    if claimed.low is not None and middle < claimed.low:
        return middle - claimed.low
    if claimed.high is not None and middle > claimed.high:
        return middle - claimed.high
    return Fraction(0)


def is_cut_off(claimed: Interval, number: Fraction | None, recount: Interval) -> bool:
    """Whether the claimed number is the recount with its last digits cut off: 16.2 for 16.259."""
    if number is None or claimed.low is None or claimed.high is None or recount.low is None or recount.meets(claimed):
        return False
    return number <= recount.low < number + (claimed.high - claimed.low)


def evaluate(connection: Connection, claims: Sequence[Row]) -> list[dict[str, Any]]:
    """One row of `claim_verdicts` for each claim, in the order of the claims.

    Args:
        connection: holds the facts and `observation_intervals`.
        claims: rows of the table `claims` with their places.
    Raises:
        FactsError: a claim names a template, an argument or a figure that there is none of, or cannot be recounted
            without saying why.
    """
    known = {row[0] for row in connection.execute("SELECT observation_id FROM observations").fetchall()}
    rows, faults = [], []
    for claim in claims:
        found = list(_faults(claim, known))
        if found:
            faults.extend(found)
            continue
        if claim.values["template"] is None:
            rows.append(_row(claim.values["claim_id"], CANNOT))
            continue
        recount, observation_ids = recounted(connection, claim.values["template"], arguments(claim.values))
        if recount is None:
            message = "the recount gives no number; correct the arguments, or leave the template out and give a reason"
            faults.append(Fault(claim.file, claim.number, "arguments", message))
            continue
        rows.append(judged(claim.values, recount, observation_ids))
    if faults:
        raise FactsError(faults)
    return rows


def judged(claim: Mapping[str, Any], recount: Interval, observation_ids: list[str]) -> dict[str, Any]:
    """The row of `claim_verdicts` for a claim and its recount."""
    claimed = claimed_interval(claim)
    number = None if claim["claimed"] is None else Fraction(claim["claimed"])
    distance = difference(claimed, number, recount)
    base = next((value for value in (number, claimed.low, claimed.high) if value), None)
    return _row(
        claim["claim_id"],
        verdict(claimed, number, _widened(recount)),
        recounted_low=_float(recount.low),
        recounted_high=_float(recount.high),
        difference=_float(distance),
        difference_percent=None if distance is None or base is None else _float(100 * distance / abs(base)),
        is_cut_off=is_cut_off(claimed, number, _widened(recount)),
        observation_ids=observation_ids,
    )


def _row(claim_id: str, given_verdict: str, **values: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {column.name: None for column in VERDICT_COLUMNS}
    return empty | {"is_cut_off": False, "observation_ids": [], "claim_id": claim_id, "verdict": given_verdict} | values


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _widened(recount: Interval) -> Interval:
    """The recount with room for the engine's own rounding, which only whole numbers are free of."""

    def moved(value: Fraction | None, direction: int) -> Fraction | None:
        if value is None or value.denominator == 1:
            return value
        return value + direction * abs(value) * ENGINE_ERROR

    return Interval(moved(recount.low, -1), moved(recount.high, 1), recount.low_is_open, recount.high_is_open)


def template(name: str) -> str:
    """The SQL of a template; FileNotFoundError where there is none."""
    return (TEMPLATES / f"{name}.sql").read_text(encoding="utf-8")


def arguments(claim: Mapping[str, Any]) -> dict[str, str]:
    """The arguments of a claim: `name=value;name=value`, all of them text, lists separated by commas."""
    pairs = [part.partition("=") for part in (claim["arguments"] or "").split(";") if part]
    return {name.strip(): value.strip() for name, _, value in pairs}


def recounted(connection: Connection, name: str, given: Mapping[str, str]) -> tuple[Interval | None, list[str]]:
    """The interval that a template gives with these arguments (None where nothing is found), and the figures used."""
    text = template(name)
    for variable in sorted(set(VARIABLE.findall(text))):
        if variable in given:
            connection.execute(f"SET VARIABLE {variable} = ?", [given[variable]])
        else:
            connection.execute(f"RESET VARIABLE {variable}")
    answer = connection.execute(text)
    names = [column[0] for column in answer.description]
    (row,) = answer.fetchall()
    values = dict(zip(names, row, strict=True))
    low, high = (None if values[end] is None else Fraction(values[end]) for end in ("low", "high"))
    if low is None and high is None:
        return None, []
    return Interval(low, high), sorted(values["observation_ids"] or [])


def _faults(claim: Row, known: set[str]) -> Iterator[Fault]:
    def fault(column: str, message: str) -> Fault:
        return Fault(claim.file, claim.number, column, message)

    name = claim.values["template"]
    reasons = [claim.values[f"reason_{language}"] for language in LANGUAGES]
    if (name is None) != all(reasons) or (name is not None and any(reasons)):
        yield fault("reason_kk", "stands in three languages where no template is named, and only there")
    try:
        claimed_interval(claim.values)
    except ValueError as error:
        yield fault("claimed_low", str(error))
    itself = claim.values["observation_id"]
    if itself is not None and itself not in known:
        yield fault("observation_id", f'"{itself}" is not known; an observation_id is expected')
    if name is None:
        return
    try:
        variables = set(VARIABLE.findall(template(name)))
    except FileNotFoundError:
        there_are = ", ".join(sorted(path.stem for path in TEMPLATES.glob("*.sql")))
        yield fault("template", f'"{name}" is not known; expected one of: {there_are}')
        return
    for argument, value in arguments(claim.values).items():
        if argument not in variables:
            yield fault("arguments", f"{name} has no {argument}; it has: {', '.join(sorted(variables))}")
        elif argument in FIGURE_ARGUMENTS:
            for part in value.split(","):
                if part not in known:
                    yield fault("arguments", f'"{part}" is not known; an observation_id is expected')


def flags(connection: Connection) -> list[dict[str, Any]]:
    """The rows of `flags`: what every rule in `queries/plausibility/` finds."""
    rows: list[dict[str, Any]] = []
    for path in sorted(PLAUSIBILITY.glob("*.sql")):
        answer = connection.execute(path.read_text(encoding="utf-8"))
        names = [column[0] for column in answer.description]
        rows.extend(dict(zip(names, row, strict=True)) for row in answer.fetchall())
    return rows


def summary(claims: Iterable[Mapping[str, Any]], verdicts: Iterable[Mapping[str, Any]]) -> str:
    """Counts by verdict, and every claim that differs with its recount: what `python -m rzh_data claims` prints."""
    by_id = {claim["claim_id"]: claim for claim in claims}
    rows = list(verdicts)
    counts = Counter(row["verdict"] for row in rows)
    lines = [f"{len(rows)} claims", *(f"  {name}: {counts[name]}" for name in VERDICTS), "", "Those that differ:"]
    for row in rows:
        if row["verdict"] == DIFFERS:
            claim = by_id[row["claim_id"]]
            wanted = _range(claim["claimed_low"], claim["claimed_high"], claim["low_is_open"])
            found = _range(row["recounted_low"], row["recounted_high"])
            note = ", cut off instead of rounded" if row["is_cut_off"] else ""
            lines.append(f"  {row['claim_id']}: claimed {wanted}, recounted {found} {claim['unit']}{note}")
    return "\n".join(lines)


def _range(low: Any, high: Any, low_is_open: bool = False) -> str:
    def shown(value: Any) -> str:
        return f"{float(value):,.4f}".rstrip("0").rstrip(".").replace(",", " ")

    if low is None or high is None:
        return f"at most {shown(high)}" if low is None else f"{'more than' if low_is_open else 'at least'} {shown(low)}"
    return shown(low) if low == high else f"{shown(low)} to {shown(high)}"
