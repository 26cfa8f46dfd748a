"""A filled workbook against the facts: every fault with its cell, every difference, and the facts written whole or not at all.

`examine` reads the workbook and writes nothing. What it returns can be shown to a person; `accept` writes exactly that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from rzh_data import facts_files, workbook_guard
from rzh_data.facts import FACTS, convert
from rzh_data.schema import Column
from rzh_data.workbook_faults import Message, WorkbookFault
from rzh_data.workbook_guard import Refusal
from rzh_data.workbook_reading import NUMBER_TYPES, Row, read_rows
from rzh_data.workbook_rules import check_rules

__all__ = [
    "AcceptError",
    "Addition",
    "Change",
    "Examination",
    "Message",
    "WorkbookFault",
    "accept",
    "content_of",
    "examine",
]

MOST_FAULTS = 1000
"""Faults told; a workbook of another kind would have one for every cell."""


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
    """The facts were not written; `message` says why in three languages. They are as they were.

    The text of the error is English and adds what the machine said.
    """

    def __init__(self, message: Message, machine: str = "") -> None:
        self.message = message
        super().__init__(f"{message.text()} {machine}".strip())


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
    content = workbook_file if isinstance(workbook_file, bytes) else content_of(Path(workbook_file))
    base = facts_files.fingerprint(facts_root)
    examination = Examination(hashlib.sha256(content).hexdigest(), base)
    faults: list[WorkbookFault] = []
    try:
        workbook_guard.check_file(content)
        rows = read_rows(content, faults)
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
        check_rules(rows, facts_root, files, faults, warnings)
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
        raise AcceptError(Message("workbook.refused.not_written"), str(error)) from error
    return tuple(sorted(examination.files))


def content_of(path: Path) -> bytes:
    """The file, or its beginning where it is too large to be read whole; the guard refuses it by that."""
    with path.open("rb") as file:
        return file.read(workbook_guard.MOST_BYTES + 1)


def _check_duplicates(rows: list[Row], faults: list[WorkbookFault]) -> None:
    first: dict[tuple[str, tuple[str, ...]], Row] = {}
    for row in rows:
        other = first.setdefault((row.table.name, row.key), row)
        if other is not row:
            values = {"key": row.shown_key, "sheet": other.sheet, "row": other.number}
            faults.append(row.fault(None, "workbook.fault.duplicate", **values))


def _check_ids(rows: list[Row], held: facts_files.Folder, faults: list[WorkbookFault]) -> None:
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
    rows: list[Row], held: facts_files.Folder
) -> tuple[tuple[Addition, ...], tuple[Change, ...], int, dict[str, bytes]]:
    additions: list[Addition] = []
    changes: list[Change] = []
    unchanged = 0
    for row in rows:
        cells = held.find(row.table, row.key)
        if cells is None:
            held.add(row.table, row.cells)
            additions.append(Addition(row.table.name, row.shown_key, row.sheet, row.number, dict(row.cells)))
            continue
        differing = [
            Change(row.table.name, row.shown_key, row.sheet, row.number, name, cells[name], row.cells[name])
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
