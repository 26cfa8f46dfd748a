"""What a workbook of new figures is: its sheets, the columns of each, and how a cell of a list names an id.

A sheet is a table of the facts. Row 1 holds the names of its columns as the facts have them, row 2 says what they mean,
figures begin in row 3. The template is written from these objects and a filled workbook is read by them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rzh_data.catalogue import messages
from rzh_data.schema import BY_NAME, LANGUAGES, Column, Table

SHEETS = (
    "observations",
    "periods",
    "documents",
    "sections",
    "further_places",
    "population",
    "consumer_prices",
    "groups",
    "categories",
    "indicators",
    "sums",
)
"""Tables that a workbook may bring rows of, in the order of its sheets."""

INSTRUCTIONS, LISTS = "instructions", "lists"
"""Sheets that are read by people and by drop-down lists, never as figures."""

HEADER_ROW, MEANING_ROW = 1, 2

SEPARATOR = " · "
"""Between the name and the id in a cell that was chosen from a list: `Павлодар · pavlodar`."""

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_/-]{0,79}")
"""An id joins others with colons and lists with semicolons, and stands in addresses: neither may be part of it."""

DEFAULTS = {"observations": {"qualifier": "=", "obs_status": "A", "preferred": "true"}}
"""What an empty cell stands for where nearly every figure has the same; the template says so."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: the table of the facts whose rows it holds."""

    table: Table

    def default(self, column: Column) -> str:
        """What an empty cell of `column` stands for; empty where it stands for no value."""
        return DEFAULTS.get(self.table.name, {}).get(column.name, "")


def title(name: str, language: str) -> str:
    """The name of a sheet, by the table it holds or by `INSTRUCTIONS` and `LISTS`."""
    t = messages(language)
    return t(f"workbook.sheet.{name}")


def by_title() -> dict[str, str]:
    """The table, or `INSTRUCTIONS` or `LISTS`, that each known name of a sheet stands for, in every language."""
    names = (*SHEETS, INSTRUCTIONS, LISTS)
    return {title(name, language): name for name in names for language in LANGUAGES} | {name: name for name in names}


def sheet(name: str) -> Sheet:
    """The sheet of the table called `name`."""
    return Sheet(BY_NAME[name])


def entry(name: str, identity: str) -> str:
    """A line of a drop-down list: the name, then the id."""
    return f"{name}{SEPARATOR}{identity}" if name else identity


def is_id(column: Column) -> bool:
    """Whether the cells of a column name new things: ids that other rows and tables will refer to."""
    return (
        column.type == "VARCHAR" and not column.references and (column.name.endswith("_id") or column.name == "variant")
    )


def id_of(text: str) -> str:
    """The id in a cell: all of it, or what stands after the last separator of a choice from a list."""
    return text.rsplit(SEPARATOR.strip(), 1)[-1].strip()
