"""What an examination of a workbook found, line by line for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rzh_data.workbook_import import Examination


def lines(examination: Examination, language: str = "en") -> Iterator[str]:
    """Faults, warnings, added rows and changed cells with old and new value, then how many there are of each."""
    for fault in examination.faults:
        yield f"FAULT    {fault.text(language)}"
    for warning in examination.warnings:
        yield f"LOOK     {warning.text(language)}"
    for addition in examination.additions:
        said = addition.values.get("value")
        shown = addition.key + (f" = {said}" if said else "")
        yield f"ADDED    {addition.table}: {shown} ({addition.sheet}, {addition.row})"
    for change in examination.changes:
        old, new = change.old or "nothing", change.new or "nothing"
        yield f"CHANGED  {change.table}: {change.key}, {change.column}: {old} -> {new} ({change.sheet}, {change.row})"
    yield (
        f"{len(examination.faults)} faults, {len(examination.warnings)} to look at, {len(examination.additions)} rows "
        f"added, {len(examination.changes)} cells changed, {examination.unchanged} rows as they are."
    )
