"""A filled workbook against the facts: every fault with its cell, every difference, and the facts written whole or not at all.

`examine` reads the workbook and writes nothing. What it returns can be shown to a person; `accept` writes exactly that.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from rzh_data import facts_files, workbook, workbook_guard
from rzh_data.catalogue import exact, messages
from rzh_data.checks import broken_rules
from rzh_data.dictionary import meaning
from rzh_data.extracts import arrow_tables
from rzh_data.facts import FACTS, FactsError, convert, read
from rzh_data.schema import LANGUAGES, Column, Table
from rzh_data.workbook_guard import Refusal

MOST_FAULTS = 1000
"""Faults told; a workbook of another kind would have one for every cell."""


@dataclass(frozen=True)
class Message:
    """A sentence of the product's catalogue, not yet in a language: its key and what fills its placeholders."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """The sentence in kk, ru or en."""
        values = {
            name: exact(value, language) if isinstance(value, Decimal) else value for name, value in self.values.items()
        }
        return messages(language)(self.key, **values)


@dataclass(frozen=True)
class WorkbookFault:
    """One thing that is wrong with a workbook, or worth a second look, with its place.

    Attributes:
        sheet: name of the sheet as it stands in the workbook; None where the file as a whole is meant.
        row: row of the sheet, 1 being the header; None where the sheet as a whole is meant.
        column: letter of the column; None where the row as a whole is meant.
        field: name of the column in the facts, such as `region_id`; None where there is none.
        message: what is wrong and what is expected.
    """

    sheet: str | None
    row: int | None
    column: str | None
    message: Message
    field: str | None = None

    def text(self, language: str = "en") -> str:
        """One sentence with its place in front."""
        t = messages(language)
        place = [part for part in (self.sheet, self.row and t("workbook.place.row", row=self.row)) if part]
        if self.column:
            name = f"{self.column} ({self.field})" if self.field else self.column
            place.append(t("workbook.place.column", column=name))
        return ": ".join(part for part in (", ".join(place), self.message.text(language)) if part)


@dataclass(frozen=True)
class Addition:
    """One row that the facts do not have yet.

    Attributes:
        table: table of the facts.
        key: its key as one text, `tugan_zher_sponsors:pavlodar:2021`.
        sheet, row: where it stands in the workbook.
        values: every cell by the name of its column, as it will stand in the facts.
    """

    table: str
    key: str
    sheet: str
    row: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """One cell of a row that the facts have already.

    Attributes:
        table, key, sheet, row: as in `Addition`.
        column: name of the column in the facts.
        old, new: its text now and as the workbook has it; empty for no value.
    """

    table: str
    key: str
    sheet: str
    row: int
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Examination:
    """What a workbook would do to the facts.

    Attributes:
        workbook_sha256: hash of the file that was examined.
        facts_sha256: hash of the facts it was compared with.
        faults: what must be mended first; while there is one, nothing can be accepted.
        warnings: what a person should look at before accepting: jumps, missing reference figures, changed verdicts.
        additions, changes: the difference to the facts.
        unchanged: rows of the workbook that the facts have just so.
        files: new content of every file of the facts that would change, by its path in the folder of the facts.
    """

    workbook_sha256: str
    facts_sha256: str
    faults: tuple[WorkbookFault, ...] = ()
    warnings: tuple[WorkbookFault, ...] = ()
    additions: tuple[Addition, ...] = ()
    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def is_acceptable(self) -> bool:
        """Whether there is something to write and nothing wrong with it."""
        return not self.faults and bool(self.files)


class AcceptError(Exception):
    """The facts were not written; `message` says why in three languages. They are as they were."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.text())


@dataclass
class _Row:
    """A row of the workbook: the text of its cells as the facts would hold it."""

    table: Table
    sheet: str
    number: int
    letters: Mapping[str, str]
    cells: dict[str, str]

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(self.cells[name] for name in self.table.key)

    def fault(self, column: str | None, key: str, **values: Any) -> WorkbookFault:
        letter = self.letters.get(column) if column else None
        return WorkbookFault(self.sheet, self.number, letter, Message(key, values), column)


def examine(workbook_file: Path | str | bytes, facts_root: Path = FACTS) -> Examination:
    """Reads a filled workbook and compares it with the facts. Writes nothing.

    Args:
        workbook_file: path or content of an XLSX file made by `python -m rzh_data template`.
        facts_root: folder of the facts.
    Returns:
        Every fault, warning, added row and changed cell. A file that is no workbook, is too large, or holds macros or
        links is one fault. Never raises for what the file holds.
    Raises:
        FactsError: the facts themselves cannot be read.
        OSError: the path cannot be read.
    """
    content = workbook_file if isinstance(workbook_file, bytes) else _content(Path(workbook_file))
    base = facts_files.fingerprint(facts_root)
    examination = Examination(hashlib.sha256(content).hexdigest(), base)
    faults: list[WorkbookFault] = []
    try:
        workbook_guard.check_file(content)
        rows = _rows(content, faults)
    except Refusal as refusal:
        faults.append(WorkbookFault(None, None, None, Message(refusal.key, refusal.values)))
        return replace(examination, faults=tuple(faults))
    held = facts_files.Folder(facts_root)
    _check_duplicates(rows, faults)
    _check_ids(rows, held, faults)
    additions, changes, unchanged, files = _difference(rows, held)
    examination = replace(examination, additions=additions, changes=changes, unchanged=unchanged)
    if not faults and not rows:
        faults.append(WorkbookFault(None, None, None, Message("workbook.fault.nothing_filled")))
    warnings: list[WorkbookFault] = []
    if not faults and files:
        _check_rules(rows, facts_root, files, faults, warnings)
    return replace(
        examination, faults=tuple(faults[:MOST_FAULTS]), warnings=tuple(warnings), files={} if faults else files
    )


def accept(examination: Examination, facts_root: Path = FACTS) -> tuple[str, ...]:
    """Writes what `examine` found into the facts, whole or not at all; a process killed on the way leaves them as they were.

    Returns:
        Paths of the files that changed, within the folder of the facts.
    Raises:
        AcceptError: there are faults, there is nothing to write, the facts changed since they were examined, or the
        folder cannot be written. The facts are as they were.
    """
    if examination.faults:
        raise AcceptError(Message("workbook.refused.faults"))
    if not examination.files:
        raise AcceptError(Message("workbook.refused.nothing"))
    try:
        facts_files.swap_in(facts_root, examination.files, examination.facts_sha256)
    except facts_files.ChangedMeanwhile:
        raise AcceptError(Message("workbook.refused.changed_meanwhile")) from None
    except OSError as error:
        raise AcceptError(Message("workbook.refused.not_written", {"reason": error.strerror or str(error)})) from error
    return tuple(sorted(examination.files))


def _content(path: Path) -> bytes:
    """The file, or its beginning where it is too large to be read whole; the guard refuses it by that."""
    with path.open("rb") as file:
        return file.read(workbook_guard.MOST_BYTES + 1)


def _rows(content: bytes, faults: list[WorkbookFault]) -> list[_Row]:
    """Every filled row of every known sheet; faults of form are added to `faults`."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except Exception as error:  # whatever the library meets in a broken file
        raise Refusal("workbook.fault.not_a_workbook") from error
    rows: list[_Row] = []
    try:
        known = workbook.by_title()
        for sheet in book.worksheets:
            name = known.get(sheet.title)
            if sheet.sheet_state != "visible":
                faults.append(WorkbookFault(sheet.title, None, None, Message("workbook.fault.hidden_sheet")))
            elif name is None:
                faults.append(WorkbookFault(sheet.title, None, None, Message("workbook.fault.unknown_sheet")))
            elif name in workbook.SHEETS:
                rows.extend(_sheet_rows(sheet, workbook.sheet(name), content, faults))
    except Refusal:
        raise
    except Exception as error:
        raise Refusal("workbook.fault.not_a_workbook") from error
    finally:
        book.close()
    return rows


def _sheet_rows(sheet: Any, kind: workbook.Sheet, content: bytes, faults: list[WorkbookFault]) -> list[_Row]:
    from openpyxl.utils.cell import coordinate_from_string, get_column_letter

    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(sheet._worksheet_path) as xml:
        marks = workbook_guard.marks(xml)
    for place in marks.merged:
        letters, number = coordinate_from_string(place.split(":")[0].replace("$", ""))
        faults.append(WorkbookFault(sheet.title, number, letters, Message("workbook.fault.merged", {"range": place})))
    for place in marks.formulas:
        letters, number = coordinate_from_string(place)
        faults.append(WorkbookFault(sheet.title, number, letters, Message("workbook.fault.formula")))
    for number in marks.hidden_rows:
        faults.append(WorkbookFault(sheet.title, number, None, Message("workbook.fault.hidden_row")))
    for first, last in marks.hidden_columns:
        if first <= workbook_guard.MOST_COLUMNS:
            columns = get_column_letter(first)
            columns += f"–{get_column_letter(last)}" if last > first else ""
            faults.append(WorkbookFault(sheet.title, None, columns, Message("workbook.fault.hidden_column")))
    formulas = set(marks.formulas)

    sheet.reset_dimensions()  # what the file says of its own size need not be so
    lines = sheet.iter_rows(max_col=workbook_guard.MOST_COLUMNS)
    columns = _header(sheet.title, next(lines, ()), kind.table, faults)
    if columns is None:
        return []
    letters_of = {column.name: get_column_letter(position + 1) for position, column in columns.items()}
    rows = []
    for number, line in enumerate(lines, start=workbook.HEADER_ROW + 1):
        filled = {position: cell for position, cell in enumerate(line) if _is_filled(cell)}
        if not filled or (number == workbook.MEANING_ROW and _is_meanings(filled, columns)):
            continue
        cells = {column.name: kind.default(column) for column in kind.table.columns}
        for position, cell in filled.items():
            column, letter = columns.get(position), get_column_letter(position + 1)
            if column is None:
                message = Message("workbook.fault.cell_without_column")
                faults.append(WorkbookFault(sheet.title, number, letter, message))
                continue
            if f"{letter}{number}" in formulas:
                continue  # told already
            found = _text(column, cell)
            if isinstance(found, Message):
                faults.append(WorkbookFault(sheet.title, number, letter, found, column.name))
            else:
                cells[column.name] = found
        row = _Row(kind.table, sheet.title, number, letters_of, cells)
        present = {columns[position].name for position in filled if position in columns}
        for column in kind.table.columns:
            if column.required and not cells[column.name] and column.name not in present:
                faults.append(row.fault(column.name, "workbook.fault.missing"))
        rows.append(row)
    return rows


def _header(sheet: str, line: Iterable[Any], table: Table, faults: list[WorkbookFault]) -> dict[int, Column] | None:
    """The column of the facts at each position; None where the header cannot be used."""
    from openpyxl.utils.cell import get_column_letter

    names = {column.name: column for column in table.columns}
    columns: dict[int, Column] = {}
    for position, cell in enumerate(line):
        if not _is_filled(cell):
            continue
        name = str(cell.value).strip()
        column = names.get(name)
        letter = get_column_letter(position + 1)
        if column is None:
            message = Message("workbook.fault.foreign_column", {"name": name[:60]})
            faults.append(WorkbookFault(sheet, workbook.HEADER_ROW, letter, message))
        elif column in columns.values():
            message = Message("workbook.fault.column_twice", {"name": name})
            faults.append(WorkbookFault(sheet, workbook.HEADER_ROW, letter, message, name))
        else:
            columns[position] = column
    missing = [name for name, column in names.items() if column not in columns.values()]
    if missing:
        message = Message("workbook.fault.columns_missing", {"names": ", ".join(missing)})
        faults.append(WorkbookFault(sheet, workbook.HEADER_ROW, None, message))
        return None
    return columns


def _is_filled(cell: Any) -> bool:
    return cell.value is not None and str(cell.value).strip() != ""


def _is_meanings(filled: Mapping[int, Any], columns: Mapping[int, Column]) -> bool:
    """Whether a row is the template's own explanation of the columns, in any language."""
    return any(
        all(
            position in columns and str(cell.value).strip() == meaning(columns[position], language)
            for position, cell in filled.items()
        )
        for language in LANGUAGES
    )


NUMBER_TYPES = ("INTEGER", "BIGINT", "DOUBLE", "DECIMAL(38,6)")
LOOKS_LIKE_NUMBER = re.compile(r"^[-+]?[\d\s\u00a0\u202f]*\d([.,]\d+)?\s*%?$")
MOST_DECIMALS = 6
EXACT_UP_TO = 10**15
"""A cell holds a number to fifteen digits; a larger one is no longer the one that was typed."""


def _text(column: Column, cell: Any) -> str | Message:
    """What a cell says, as the facts would hold it; a message where it is of another type or not allowed."""
    value = cell.value
    if cell.data_type == "e":
        return Message("workbook.fault.error_value", {"value": str(value)})
    if column.type in NUMBER_TYPES:
        text = _number(column, value)
    elif column.type == "DATE":
        text = _date(value)
    else:
        text = _word(column, value)
    if isinstance(text, Message):
        return text
    try:
        convert(column, text)
    except ValueError:
        if column.values:
            return Message("workbook.fault.not_allowed", {"value": text[:60], "values": ", ".join(column.values)})
        if column.low is not None or column.high is not None:
            low, high = (_limit(limit) for limit in (column.low, column.high))
            return Message("workbook.fault.out_of_range", {"value": text, "low": low, "high": high})
        return Message("workbook.fault.not_a_number", {"value": text[:60]})
    return text


def _limit(limit: float | None) -> str:
    return "…" if limit is None else f"{limit:g}"


def _number(column: Column, value: Any) -> str | Message:
    if isinstance(value, str):
        text = value.strip()
        key = "number_as_text" if LOOKS_LIKE_NUMBER.match(text) else "not_a_number"
        return Message(f"workbook.fault.{key}", {"value": text[:60]})
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Message("workbook.fault.not_a_number", {"value": _shown(value)})
    exact = Decimal(repr(value))
    if not exact.is_finite() or abs(exact) >= EXACT_UP_TO:
        return Message("workbook.fault.number_too_long", {"value": _shown(value)})
    if exact == exact.to_integral_value():
        return str(int(exact))
    if column.type in ("INTEGER", "BIGINT"):
        return Message("workbook.fault.not_whole", {"value": _shown(value)})
    text = format(exact, "f")
    if len(text.rsplit(".", 1)[-1]) > MOST_DECIMALS:
        return Message("workbook.fault.too_many_decimals", {"value": text, "most": MOST_DECIMALS})
    return text


def _date(value: Any) -> str | Message:
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return Message("workbook.fault.not_a_date", {"value": _shown(value)})


def _word(column: Column, value: Any) -> str | Message:
    if isinstance(value, bool):
        return (
            str(value).lower()
            if column.type == "BOOLEAN"
            else Message("workbook.fault.not_text", {"value": _shown(value)})
        )
    if isinstance(value, int) and not column.name.endswith("printed"):
        return str(value)  # a year typed as an id
    if not isinstance(value, str):
        return Message("workbook.fault.not_text", {"value": _shown(value)})
    text = " ".join(value.split("\n")).strip()
    if column.list_separator:
        return column.list_separator.join(workbook.id_of(part) for part in text.split(column.list_separator))
    if column.references or column.values or column.type == "BOOLEAN":
        return workbook.id_of(text)
    return text


def _shown(value: Any) -> str:
    return str(value)[:60]


def _check_duplicates(rows: list[_Row], faults: list[WorkbookFault]) -> None:
    first: dict[tuple[str, tuple[str, ...]], _Row] = {}
    for row in rows:
        other = first.setdefault((row.table.name, row.key), row)
        if other is not row:
            values = {"key": _shown_key(row), "sheet": other.sheet, "row": other.number}
            faults.append(row.fault(None, "workbook.fault.duplicate", **values))


def _shown_key(row: _Row) -> str:
    return ":".join(row.key).rstrip(":")


def _check_ids(rows: list[_Row], held: facts_files.Folder, faults: list[WorkbookFault]) -> None:
    """Ids that neither the facts nor the workbook have."""
    known: dict[str, set[str]] = {}
    for row in rows:
        for column in row.table.columns:
            if not column.references or not row.cells[column.name]:
                continue
            if column.references not in known:
                parent, parent_column = column.references.split(".")
                known[column.references] = {cells[parent_column] for cells in held.rows(parent)}
                known[column.references] |= {other.cells[parent_column] for other in rows if other.table.name == parent}
            cell = row.cells[column.name]
            for part in cell.split(column.list_separator) if column.list_separator else [cell]:
                if part not in known[column.references]:
                    table = column.references.split(".")[0]
                    faults.append(row.fault(column.name, "workbook.fault.unknown_id", value=part[:60], table=table))


def _difference(
    rows: list[_Row], held: facts_files.Folder
) -> tuple[tuple[Addition, ...], tuple[Change, ...], int, dict[str, bytes]]:
    additions: list[Addition] = []
    changes: list[Change] = []
    unchanged = 0
    for row in rows:
        cells = held.find(row.table, row.key)
        if cells is None:
            held.add(row.table, row.cells)
            additions.append(Addition(row.table.name, _shown_key(row), row.sheet, row.number, dict(row.cells)))
            continue
        differing = [
            Change(row.table.name, _shown_key(row), row.sheet, row.number, name, cells[name], row.cells[name])
            for name in (column.name for column in row.table.columns)
            if not _same(row.table.column(name), cells[name], row.cells[name])
        ]
        changes += differing
        unchanged += not differing
        for change in differing:
            cells[change.column] = change.new
    return tuple(additions), tuple(changes), unchanged, held.changed_files()


def _same(column: Column, old: str, new: str) -> bool:
    if old == new:
        return True
    if not old or not new or column.type not in NUMBER_TYPES:
        return False
    return bool(convert(column, old) == convert(column, new))  # 15 and 15.0 are one number


def _check_rules(
    rows: list[_Row],
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
            sentences = [Message("workbook.fault.other", {"sentence": str(fault)}) for fault in error.faults]
            faults += [WorkbookFault(None, None, None, sentence) for sentence in sentences]
            return
    places = {_shown_key(row): row for row in rows if row.table.name == "observations"}
    for fault in broken_rules(facts, tables):
        row = places.get(str(fault.values.get("figure")))
        if fault.rule in TOLD_RULES:
            message = Message(f"workbook.rule.{fault.rule}", {**TOLD_VALUES, **fault.values})
        else:
            message = Message("workbook.fault.other", {"sentence": fault.message})
        if row is None:
            faults.append(WorkbookFault(None, None, None, message))
        else:
            faults.append(
                WorkbookFault(row.sheet, row.number, row.letters.get(fault.column or ""), message, fault.column)
            )
    if not faults:
        warnings += _second_looks(rows, tables, arrow_tables(read(facts_root)))


TOLD_RULES = (
    *("half_place", "no_place", "value_and_status", "one_preferred_variant", "periods_add_up"),
    *("printed_tokens_give_values", "regions_add_up", "shares_lie_in_range", "sums_close"),
)
"""Rules of `rzh_data.checks` that the catalogue has a sentence for."""

TOLD_VALUES = {"given": "", "expected": ""}


def _second_looks(
    rows: list[_Row], tables: Mapping[str, Any], tables_now: Mapping[str, Any]
) -> Iterator[WorkbookFault]:
    """What is allowed and yet worth a look: jumps, regions left out, missing bases, claims that now stand otherwise."""
    places = {_shown_key(row): row for row in rows if row.table.name == "observations"}
    flagged = {(flag["observation_id"], flag["rule_id"]) for flag in tables_now["flags"].to_pylist()}
    for flag in tables["flags"].to_pylist():
        if (flag["observation_id"], flag["rule_id"]) not in flagged:
            values = {
                "figure": flag["observation_id"],
                "times": _decimal(flag["times"], 1),
                "compared": _decimal(flag["compared_with"], 0),
            }
            yield _about(places.get(flag["observation_id"]), f"workbook.warning.{flag['rule_id']}", "value", values)

    before = {row["claim_id"]: row["verdict"] for row in tables_now["claim_verdicts"].to_pylist()}
    for verdict in tables["claim_verdicts"].to_pylist():
        old, new = before.get(verdict["claim_id"]), verdict["verdict"]
        if old and old != new:
            yield _about(None, f"workbook.warning.verdict_{new}", None, {"claim": verdict["claim_id"]})

    periods = {row["period_id"]: row for row in tables["periods"].to_pylist()}
    counted = {(row["region_id"], row["year"]) for row in tables["population"].to_pylist()}
    prices = {row["year"] for row in tables["consumer_prices"].to_pylist()}
    regions = {row["region_id"] for row in tables["regions"].to_pylist()}
    drawn = {row["boundary_vintage_id"]: set() for row in tables["boundary_units"].to_pylist()}
    for row in tables["boundary_units"].to_pylist():
        drawn[row["boundary_vintage_id"]].add(row["unit_id"])
    indicators = {row["indicator_id"]: row for row in tables["indicators"].to_pylist()}

    told: set[tuple[str, ...]] = set()
    for row in places.values():
        indicator, period = indicators[row.cells["indicator_id"]], periods[row.cells["period_id"]]
        period_id, vintage = period["period_id"], period["boundary_vintage_id"]
        if period["kind"] not in ("year", "part_of_year"):
            continue
        looks: list[tuple[str, dict[str, Any]]] = []
        if row.cells["region_id"] != "kazakhstan" and vintage is None:
            looks.append(("no_boundaries", {"period": period_id}))
        year = period["population_year"]
        if indicator["aggregation"] == "sum":
            lacking = sorted(region for region in regions if (region, year) not in counted)
            if lacking:
                looks.append(("no_population", {"period": period_id, "count": len(lacking)}))
        if indicator["unit"] == "KZT" and period["start"].year not in prices:
            looks.append(("no_prices", {"year": period["start"].year}))
        for name, values in looks:
            if (name, *map(str, values.values())) not in told:
                told.add((name, *map(str, values.values())))
                yield _about(row, f"workbook.warning.{name}", "period_id", values)

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
            yield _about(None, "workbook.warning.regions_left_out", None, values)


def _about(row: _Row | None, key: str, column: str | None, values: dict[str, Any]) -> WorkbookFault:
    if row is None:
        return WorkbookFault(None, None, None, Message(key, values))
    return row.fault(column, key, **values)


def _decimal(value: float | None, places: int) -> Decimal | None:
    return None if value is None else round(Decimal(value), places)
