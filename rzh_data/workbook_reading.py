"""Reads the cells of a workbook as the facts would hold them; what they cannot hold is a fault with its cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rzh_data import workbook, workbook_guard
from rzh_data.dictionary import meaning
from rzh_data.facts import convert
from rzh_data.schema import LANGUAGES, Column, Table
from rzh_data.workbook_faults import Message, WorkbookFault
from rzh_data.workbook_guard import Refusal


@dataclass
class Row:
    """A row of the workbook: the text of its cells as the facts would hold it.

    Attributes:
        letters: letter of each column of the facts.
    """

    table: Table
    sheet: str
    number: int
    letters: Mapping[str, str]
    cells: dict[str, str]

    @property
    def key(self) -> tuple[str, ...]:
        """The cells that make the row unique."""
        return tuple(self.cells[name] for name in self.table.key)

    @property
    def shown_key(self) -> str:
        """The key as one text; of an observation, its id."""
        return ":".join(self.key).rstrip(":")

    def fault(self, column: str | None, message_key: str, /, **values: Any) -> WorkbookFault:
        """A fault of this row, or of its cell in `column`."""
        letter = self.letters.get(column) if column else None
        return WorkbookFault(self.sheet, self.number, letter, Message(message_key, values), column)


def read_rows(content: bytes, faults: list[WorkbookFault]) -> list[Row]:
    """Every filled row of every known sheet; faults of form are added to `faults`.

    Raises:
        Refusal: the file cannot be read as a workbook.
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except Exception as error:  # whatever the library meets in a broken file
        raise Refusal("workbook.fault.not_a_workbook") from error
    rows: list[Row] = []
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


def _sheet_rows(sheet: Any, kind: workbook.Sheet, content: bytes, faults: list[WorkbookFault]) -> list[Row]:
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
        row = Row(kind.table, sheet.title, number, letters_of, cells)
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
    if workbook.is_id(column) and not _is_known_form(column, text):
        return Message("workbook.fault.not_an_id", {"value": text[:60]})
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


def _is_known_form(column: Column, text: str) -> bool:
    """An id, or the id of a figure: ids joined by colons."""
    parts = text.split(":") if column.name == "observation_id" else [text]
    return all(not part or workbook.ID.fullmatch(part) for part in parts) and bool(text)


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
