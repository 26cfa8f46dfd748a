"""Reads `data/facts/` and tells, in plain sentences, what is wrong with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from rzh_data.schema import BY_NAME, TABLES, Column, Table

ROOT = Path(__file__).resolve().parent.parent
FACTS = ROOT / "data" / "facts"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with the facts, told as one sentence that names file, row and column.

    `rule` names the rule that it breaks, where one of `rzh_data.checks` found it or a sentence of another language is known
    for it, and `values` what that rule compared: another language can say the same from them.
    """

    file: str
    row: int | None
    column: str | None
    message: str
    rule: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.message}"


class FactsError(Exception):
    """The facts cannot be used. `faults` holds every fault found; the text of the error is one sentence a line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass
class Row:
    """One row of a table: its converted values and where it stands (row 1 is the header line)."""

    file: str
    number: int
    values: dict[str, Any]


@dataclass
class Facts:
    """All tables of the facts, read and converted, each row with its place."""

    directory: Path
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def values(self, table: str) -> list[dict[str, Any]]:
        """The rows of `table` as dictionaries."""
        return [row.values for row in self.tables[table]]


def source_files(directory: Path, table: Table) -> list[Path]:
    """The CSV files that hold `table`, sorted by name; a folder table may have several."""
    if table.is_folder:
        return sorted((directory / table.name).glob("*.csv"))
    return [directory / f"{table.name}.csv"]


def read(directory: Path = FACTS) -> Facts:
    """Reads and validates every table.

    Returns:
        Facts with all tables of `rzh_data.schema.TABLES`; numbers are int or Decimal, dates are date, an empty cell
        of an optional column is None.
    Raises:
        FactsError: with every fault found: missing or unreadable file, wrong header, wrong number format, a value
        that is not allowed, an empty cell that must not be, a key that stands twice, an id that nothing has.
    """
    facts = Facts(directory)
    faults: list[Fault] = []
    incomplete: set[str] = set()
    for table in TABLES:
        rows: list[Row] = []
        faults_before = len(faults)
        files = source_files(directory, table)
        if not files:
            faults.append(Fault(f"{table.name}/", None, None, "the folder holds no CSV file; at least one is expected"))
        for path in files:
            rows.extend(_read_file(path, directory, table, faults))
        facts.tables[table.name] = rows
        if any(fault.column is None or fault.row in (None, 1) for fault in faults[faults_before:]):
            incomplete.add(table.name)
    faults.extend(_duplicate_keys(facts))
    faults.extend(_unknown_ids(facts, incomplete))
    if faults:
        raise FactsError(faults)
    return facts


def _read_file(path: Path, directory: Path, table: Table, faults: list[Fault]) -> list[Row]:
    name = path.relative_to(directory).as_posix()
    try:
        raw = path.read_bytes()
    except OSError as error:
        faults.append(Fault(name, None, None, f"cannot be read ({error.strerror}); a CSV file is expected"))
        return []
    if not raw.strip():
        faults.append(Fault(name, None, None, "the file is empty; a header line and rows are expected"))
        return []
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        faults.append(Fault(name, row, None, f"byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8"))
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    expected = [column.name for column in table.columns]
    rows: list[Row] = []
    try:
        header = next(reader)
        if header != expected:
            faults.append(Fault(name, 1, *_header_fault(header, expected)))
            return []
        for number, cells in enumerate(reader, start=2):
            if not cells:
                continue
            if len(cells) != len(expected):
                faults.append(Fault(name, number, None, f"has {len(cells)} cells; {len(expected)} are expected"))
                continue
            rows.append(Row(name, number, _convert(name, number, table, cells, faults)))
    except csv.Error as error:
        faults.append(Fault(name, reader.line_num, None, f"is not readable as CSV ({error}); check its quotes"))
    return rows


def _header_fault(header: list[str], expected: list[str]) -> tuple[str | None, str]:
    missing = [column for column in expected if column not in header]
    if missing:
        return missing[0], f"the header has no column {', '.join(missing)}; expected: {', '.join(expected)}"
    foreign = [column for column in header if column not in expected]
    if foreign:
        return foreign[0], f"the header has an unknown column {', '.join(foreign)}; expected: {', '.join(expected)}"
    return None, f"the columns stand in another order; expected: {', '.join(expected)}"


def _convert(file: str, number: int, table: Table, cells: list[str], faults: list[Fault]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column, cell in zip(table.columns, cells, strict=True):
        text = cell.strip()
        if not text:
            values[column.name] = None
            if column.required:
                what = "translation" if column.name.endswith(("_kk", "_ru", "_en")) else "value"
                message = f"the {what} is missing; {column.meaning} is expected"
                faults.append(Fault(file, number, column.name, message, "missing"))
            continue
        try:
            values[column.name] = convert(column, text)
        except ValueError as error:
            values[column.name] = None
            faults.append(Fault(file, number, column.name, str(error)))
    return values


def convert(column: Column, text: str) -> Any:
    """The value that `text` stands for in `column`.

    Raises:
        ValueError: the text is not of the column's type, range or list of values; the message says what is expected.
    """
    if column.values and text not in column.values:
        raise ValueError(f'"{text}" is not allowed; expected one of: {", ".join(column.values)}')
    if column.type == "BOOLEAN":
        return text == "true"
    if column.type == "DATE":
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError(f'"{text}" is not a date; write it as 2019-09-30') from None
    if column.type == "VARCHAR":
        return text
    value = _number(column, text)
    if (column.low is not None and value < column.low) or (column.high is not None and value > column.high):
        low = "" if column.low is None else f" from {column.low:g}"
        high = "" if column.high is None else f" to {column.high:g}"
        raise ValueError(f"{text} is out of range; a number{low}{high} is expected")
    return value


def _number(column: Column, text: str) -> int | Decimal:
    whole = column.type in ("INTEGER", "BIGINT")
    example = "1200000000" if whole else "1200000000 or 13.5"
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f'"{text}" is not a number; write it like {example}') from None
    if not value.is_finite() or "_" in text or "E" in text.upper():
        raise ValueError(f'"{text}" is not a plain number; write it like {example}')
    if whole:
        if value != value.to_integral_value() or "." in text:
            raise ValueError(f'"{text}" is not a whole number; write it like {example}')
        return int(value)
    return value


def _duplicate_keys(facts: Facts) -> Iterator[Fault]:
    for table in TABLES:
        seen: dict[tuple[Any, ...], Row] = {}
        for row in facts.tables[table.name]:
            key = tuple(row.values[name] for name in table.key)
            first = seen.setdefault(key, row)
            if first is not row:
                shown = ", ".join("" if part is None else str(part) for part in key)
                where = f"{first.file}, row {first.number}"
                message = f"the key ({shown}) stands already in {where}; every key is expected once"
                values = {"key": shown, "sheet": first.file, "row": first.number}
                yield Fault(row.file, row.number, "+".join(table.key), message, "duplicate", values)


def _unknown_ids(facts: Facts, incomplete: set[str]) -> Iterator[Fault]:
    """Ids that nothing has. A table in `incomplete` lost rows to a fault told already, so it cannot say what it has."""
    known: dict[str, set[Any]] = {}
    for table in TABLES:
        for column in table.columns:
            if not column.references or column.references.split(".")[0] in incomplete:
                continue
            if column.references not in known:
                parent, parent_column = column.references.split(".")
                BY_NAME[parent].column(parent_column)
                known[column.references] = {row[parent_column] for row in facts.values(parent)}
            ids = known[column.references]
            for row in facts.tables[table.name]:
                value = row.values[column.name]
                parts = (
                    [] if value is None else value.split(column.list_separator) if column.list_separator else [value]
                )
                for part in parts:
                    if part not in ids:
                        message = f'"{part}" is not known; an id from column {column.references} is expected'
                        values = {"value": part, "table": column.references.split(".")[0]}
                        yield Fault(row.file, row.number, column.name, message, "unknown_id", values)


def observation_id(values: dict[str, Any]) -> str:
    """The stable id of an observation, made from its key: `indicator:region:period[:group[:category[:variant]]]`."""
    key = BY_NAME["observations"].key
    return ":".join(values[name] or "" for name in key).rstrip(":")
