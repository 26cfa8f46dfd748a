"""The rules of the facts, over the facts as a workbook would leave them, and what is allowed and yet worth a look."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from rzh_data import facts_files
from rzh_data.checks import broken_rules
from rzh_data.extracts import arrow_tables
from rzh_data.facts import FactsError, Fault, read
from rzh_data.workbook_faults import Message, WorkbookFault
from rzh_data.workbook_reading import Row


def check_rules(
    rows: list[Row],
    facts_root: Path,
    files: Mapping[str, bytes],
    faults: list[WorkbookFault],
    warnings: list[WorkbookFault],
) -> None:
    """The rules of the facts, over the facts as they would be."""
    with tempfile.TemporaryDirectory(prefix="facts-") as name:
        merged = Path(name) / "facts"
        shutil.copytree(facts_root, merged)
        facts_files.write(merged, files)
        try:
            facts = read(merged)
            tables = arrow_tables(facts)
        except FactsError as error:
            faults += [_told(fault) for fault in error.faults]
            return
        except Exception:  # a combination of cells that nobody thought of is a fault of the workbook
            logging.getLogger(__name__).exception("A workbook leaves facts that nothing can be made of")
            faults.append(WorkbookFault(None, None, None, Message("workbook.fault.nothing_made")))
            return
    places = {(row.table.name, row.shown_key): row for row in rows}
    for fault in broken_rules(facts, tables):
        table, column = ROWS_OF_RULES.get(fault.rule, ("observations", fault.column))
        row = places.get((table, str(fault.values.get("figure"))))
        message = Message(f"workbook.rule.{fault.rule}", {**TOLD_VALUES, **fault.values})
        if row is None:
            faults.append(WorkbookFault(None, None, None, message))
        else:
            faults.append(WorkbookFault(row.sheet, row.number, row.letters.get(column or ""), message, column))
    faults += _undrawn(rows, tables)
    if not faults:
        warnings += _second_looks(rows, tables, arrow_tables(read(facts_root)))


TOLD_VALUES = {"given": "", "expected": ""}

ROWS_OF_RULES = {"population_adds_up": ("population", "population"), "periods_hold_together": ("periods", "months")}
"""Table and column of the rules that look at no observation."""


TOLD_FAULTS = ("duplicate", "missing", "unknown_id")
"""Faults of reading the facts that a cell of a workbook can have too."""


def _told(fault: Fault) -> WorkbookFault:
    """A fault that reading the facts found, which reading the workbook did not; rare, and told without its cell."""
    place = ", ".join(str(part) for part in (fault.file, fault.row, fault.column) if part is not None)
    if fault.rule in TOLD_FAULTS:
        return WorkbookFault(place, None, None, Message(f"workbook.fault.{fault.rule}", fault.values))
    logging.getLogger(__name__).warning("A workbook leaves facts that cannot be read: %s", fault)
    return WorkbookFault(place, None, None, Message("workbook.fault.not_readable"))


def _undrawn(rows: list[Row], tables: Mapping[str, Any]) -> Iterator[WorkbookFault]:
    """Figures of regions for a period without boundaries: no map could show them."""
    if not tables["boundary_vintages"].num_rows:
        return
    periods = {row["period_id"]: row for row in tables["periods"].to_pylist()}
    told: set[str] = set()
    for row in rows:
        period = periods.get(row.cells.get("period_id", ""))
        if row.table.name != "observations" or period is None or row.cells["region_id"] == "kazakhstan":
            continue
        if period["boundary_vintage_id"] is None and period["period_id"] not in told:
            told.add(period["period_id"])
            yield row.fault("period_id", "workbook.fault.no_boundaries", period=period["period_id"])


def _second_looks(rows: list[Row], tables: Mapping[str, Any], tables_now: Mapping[str, Any]) -> Iterator[WorkbookFault]:
    """What is allowed and yet worth a look: jumps, regions left out, missing bases, claims that now stand otherwise."""
    places = {row.shown_key: row for row in rows if row.table.name == "observations"}
    flagged = {(flag["observation_id"], flag["rule_id"]) for flag in tables_now["flags"].to_pylist()}
    for flag in tables["flags"].to_pylist():
        if (flag["observation_id"], flag["rule_id"]) not in flagged:
            values = {
                "figure": flag["observation_id"],
                "times": _decimal(flag["times"], 1),
                "compared": _decimal(flag["compared_with"], 0),
            }
            message = Message(f"workbook.warning.{flag['rule_id']}", values)
            yield _about(places.get(flag["observation_id"]), "value", message)

    before = {row["claim_id"]: row["verdict"] for row in tables_now["claim_verdicts"].to_pylist()}
    for verdict in tables["claim_verdicts"].to_pylist():
        old, new = before.get(verdict["claim_id"]), verdict["verdict"]
        if old and old != new:
            yield _about(None, None, Message(f"workbook.warning.verdict_{new}", {"claim": verdict["claim_id"]}))

    periods = {row["period_id"]: row for row in tables["periods"].to_pylist()}
    counted = {(row["region_id"], row["year"]) for row in tables["population"].to_pylist()}
    prices = {row["year"] for row in tables["consumer_prices"].to_pylist()}
    regions = {row["region_id"] for row in tables["regions"].to_pylist()}
    drawn: dict[str, set[str]] = {row["boundary_vintage_id"]: set() for row in tables["boundary_units"].to_pylist()}
    for row in tables["boundary_units"].to_pylist():
        drawn[row["boundary_vintage_id"]].add(row["unit_id"])
    indicators = {row["indicator_id"]: row for row in tables["indicators"].to_pylist()}

    told: set[tuple[str, ...]] = set()
    for row in places.values():
        indicator, period = indicators[row.cells["indicator_id"]], periods[row.cells["period_id"]]
        period_id = period["period_id"]
        if period["kind"] not in ("year", "part_of_year"):
            continue
        looks: list[tuple[str, dict[str, Any]]] = []
        year = period["population_year"]
        if indicator["aggregation"] == "sum":
            lacking = sorted(region for region in regions if (region, year) not in counted)
            if lacking:
                looks.append(("no_population", {"period": period_id, "count": len(lacking)}))
        if indicator["unit"] == "KZT":  # constant prices need every year since the first
            lacking_years = sorted(set(range(min(prices), period["start"].year + 1)) - prices) if prices else []
            looks += [("no_prices", {"year": year}) for year in lacking_years]
        for name, values in looks:
            if (name, *map(str, values.values())) not in told:
                told.add((name, *map(str, values.values())))
                yield _about(row, "period_id", Message(f"workbook.warning.{name}", values))

    for indicator_id, period_id in sorted(
        {(row.cells["indicator_id"], row.cells["period_id"]) for row in places.values()}
    ):
        of_it = [row for row in tables["observations"].to_pylist() if row["indicator_id"] == indicator_id]
        named = {row["region_id"] for row in of_it if row["period_id"] == period_id} - {"kazakhstan"}
        wanted = drawn.get(periods[period_id]["boundary_vintage_id"], set())
        ever = {row["region_id"] for row in of_it} - {"kazakhstan"}
        lacking = sorted((wanted & ever) - named)
        if lacking and len(named) >= len(wanted) / 2:
            values = {"indicator": indicator_id, "period": period_id, "regions": ", ".join(lacking)}
            yield _about(None, None, Message("workbook.warning.regions_left_out", values))


def _about(row: Row | None, column: str | None, message: Message) -> WorkbookFault:
    if row is None:
        return WorkbookFault(None, None, None, message)
    return WorkbookFault(row.sheet, row.number, row.letters.get(column or ""), message, column)


def _decimal(value: float | None, places: int) -> Decimal | None:
    return None if value is None else round(Decimal(value), places)
