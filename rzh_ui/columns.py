"""The columns of a figure's table: how they stand on the screen, and as real numbers in the files taken away."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from rzh_ui import numbers
from rzh_ui.data import ask
from rzh_ui.i18n import Messages
from rzh_ui.rows import plain, records

if TYPE_CHECKING:
    import pandas as pd

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is run as a formula by a spreadsheet that opens a CSV; one sign alone (`=`, a qualifier) is not."""


@dataclass(frozen=True)
class Shown:
    """One column of a figure's table.

    Attributes:
        name: column of the rows.
        label: key of the message that heads it.
        unit: unit of measure of a number; empty for text.
        decimals: decimals of a number.
        number: column of the rows that has the number where `name` says it in words; files have both.
        unit_column: column of the rows that has the unit's id of that number.
    """

    name: str
    label: str
    unit: str = ""
    decimals: int = 0
    number: str = ""
    unit_column: str = ""


@dataclass(frozen=True)
class Cells:
    """One column of a file.

    Attributes:
        label: what heads it, with the unit of measure.
        values: text, or numbers with None where there is none.
        decimals: decimals that a number is shown with; None for text.
    """

    label: str
    values: tuple[Any, ...]
    decimals: int | None = None


@dataclass(frozen=True)
class Taken:
    """The rows of a figure as they are taken away.

    Attributes:
        rows: one row a mark; `observation_ids` where they rest on figures, `formula` where each is computed in its own way.
        columns: what is shown of them.
        formula: how the values are computed, in words; None where they are printed.
        file_name: name of a file without its ending, in English, saying what is inside.
    """

    rows: pd.DataFrame
    columns: Sequence[Shown]
    t: Messages
    file_name: str
    formula: str | None = None

    @property
    def has_figures(self) -> bool:
        """Whether the rows rest on figures of the documents."""
        return "observation_ids" in self.rows

    def kind(self, row: dict[str, Any]) -> str:
        """Whether a row is printed or computed, in words."""
        computed = row.get("is_computed")
        is_computed = bool(computed) if computed is not None else self.formula is not None
        return self.t("table.computed") if is_computed else self.t("table.printed")

    def how(self, row: dict[str, Any]) -> str:
        """How a row is computed, in words; "" where it is printed."""
        if self.kind(row) == self.t("table.printed"):
            return ""
        own = row.get("formula")
        return own if isinstance(own, str) else self.formula or self.t("formula.sum")

    def shown(self) -> list[Cells]:
        """What the figure shows, each number as a number."""
        t = self.t
        cells = []
        for column in self.columns:
            label = t(column.label)
            values = list(self.rows[column.name])
            if column.unit:
                unit = numbers.unit_name(column.unit, t)
                is_said = column.unit == "count" or unit.lower() in label.lower()
                headed = label if is_said else f"{label} ({unit})"
                cells.append(Cells(headed, tuple(_number(value) for value in values), column.decimals))
                continue
            cells.append(Cells(label, tuple(_text(value) for value in values)))
            if column.number:
                found = tuple(_number(value) for value in self.rows[column.number])
                cells.append(Cells(t("table.as_number", label=label), found, _decimals(found)))
            if column.unit_column:
                units = tuple(numbers.unit_name(str(unit), t) for unit in self.rows[column.unit_column])
                cells.append(Cells(t("table.unit"), units))
        if self.has_figures:
            found_rows = records(self.rows)
            cells.append(Cells(t("table.kind"), tuple(self.kind(row) for row in found_rows)))
        return cells

    def places(self) -> list[Cells]:
        """Lines and printed tokens of each row's figures, one column for each half."""
        return [Cells(label, tuple(values)) for label, values in places(self.rows, self.t).items()]

    def csv(self) -> bytes:
        """All of it as CSV, as `csv_bytes` writes it. A missing figure is an empty cell."""
        cells = self.shown() + (self.places() if self.has_figures else [])
        return csv_bytes([one.label for one in cells], zip(*(one.values for one in cells), strict=True))


def csv_bytes(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """CSV that a spreadsheet in a Russian or Kazakh locale opens right by a double click: semicolons, decimal commas,
    UTF-8 with a byte order mark; no cell is taken for a formula.
    """
    import csv
    import io

    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=";", lineterminator="\r\n")
    writer.writerow(_harmless(label) for label in head)
    for row in rows:
        writer.writerow(_csv_cell(value) for value in row)
    return sink.getvalue().encode("utf-8-sig")


def csv_of(table: pd.DataFrame) -> bytes:
    """A table as it is, as `csv_bytes` writes it."""
    return csv_bytes([str(name) for name in table.columns], zip(*(plain(table[name]) for name in table), strict=True))


def _csv_cell(value: Any) -> str:
    if isinstance(value, Real) and not isinstance(value, bool):
        if isinstance(value, Integral):
            return str(int(value))
        number = float(value)
        if math.isnan(number):
            return ""
        return str(int(number)) if number.is_integer() else repr(number).replace(".", ",")
    return "" if value is None else _harmless(str(value))


def _harmless(words: str) -> str:
    return f"'{words}" if len(words) > 1 and words.startswith(FORMULA_SIGNS) else words


def _number(value: Any) -> float | None:
    return None if numbers.is_missing(value) else float(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _decimals(values: Sequence[float | None]) -> int:
    return max((min(numbers.shortest(value), 2) for value in values if value is not None), default=0)


def places(rows: pd.DataFrame, t: Messages) -> dict[str, list[str]]:
    """Lines and printed tokens of each row's figures in words, by the heading of the column; one pair for each half."""
    identities = tuple(dict.fromkeys(identity for cell in rows["observation_ids"] for identity in cell))
    found = ask("passports", observations=identities)
    first = found[found["is_first"]]
    by_half = {
        half: {
            row["observation_id"]: (row["line"], row["printed"]) for row in records(first[first["language"] == half])
        }
        for half in ("kk", "ru")
    }
    columns: dict[str, list[str]] = {}
    for half, known in by_half.items():
        cells = [[known[identity] for identity in cell if identity in known] for cell in rows["observation_ids"]]
        columns[t(f"table.line_{half}")] = ["; ".join(str(line) for line, _ in cell) for cell in cells]
        columns[t(f"table.printed_{half}")] = ["; ".join(printed for _, printed in cell) for cell in cells]
    return columns
