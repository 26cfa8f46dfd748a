"""The tables that a query may ask, with the meaning of every column, in the page's language."""

from __future__ import annotations

from html import escape

from rzh_data import dictionary
from rzh_data.schema import Table
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered

FIRST = ("observations", "region_values", "indicators", "regions", "periods", "references", "documents", "claims")
"""Tables that most questions need, in that order; the others follow by name."""

REGION_VALUES = {
    "indicator_id": "VARCHAR",
    "region_id": "VARCHAR",
    "period_id": "VARCHAR",
    "value": "DOUBLE",
    "value_per_inhabitant": "DOUBLE",
    "value_per_month": "DOUBLE",
    "value_constant": "DOUBLE",
    "value_constant_per_inhabitant": "DOUBLE",
    "value_constant_per_month": "DOUBLE",
    "months": "INTEGER",
    "population": "BIGINT",
    "qualifier": "VARCHAR",
    "is_computed": "BOOLEAN",
    "observation_ids": "VARCHAR[]",
}
"""Columns of the one table that the build computes by a query and that no schema describes."""


def names() -> tuple[str, ...]:
    """All tables in the order they are listed."""
    known = sorted({table.name for table in dictionary.tables()} | {"region_values"})
    return (*FIRST, *(name for name in known if name not in FIRST))


def columns() -> tuple[str, ...]:
    """Names of all columns, each once."""
    known = {column.name for table in dictionary.tables() for column in table.columns}
    return tuple(sorted(known | set(REGION_VALUES) | {"observation_id"}))


@remembered
def tree(t: Messages) -> str:
    """Every table, closed, with its columns inside, as HTML."""
    by_name = {table.name: table for table in dictionary.tables()}
    parts = [_table(name, _row(by_name.get(name), t), _columns(by_name.get(name), t)) for name in names()]
    return tag("div", "".join(parts), class_="rz-schema")


def _table(name: str, row: str, columns: list[tuple[str, str, str]]) -> str:
    head = text("code", _quoted(name)) + text("span", row)
    items = "".join(
        tag("li", text("code", column) + text("span", kind.lower(), class_="rz-type") + text("span", meaning))
        for column, kind, meaning in columns
    )
    return tag("details", tag("summary", head) + tag("ul", items))


def _quoted(name: str) -> str:
    """The name as a query has to write it: one table is called like a word of the language."""
    return f'"{name}"' if name == "references" else name


def _row(table: Table | None, t: Messages) -> str:
    return dictionary.row_meaning(table, t.language) if table else t("column.region_values")


def _columns(table: Table | None, t: Messages) -> list[tuple[str, str, str]]:
    if table is None:
        return [(name, kind, t(f"column.region_values.{name}")) for name, kind in REGION_VALUES.items()]
    columns = [(column.name, str(column.type), dictionary.meaning(column, t.language)) for column in table.columns]
    if table.name == "observations":
        columns.insert(0, ("observation_id", "VARCHAR", t("column.observation_id")))
    return columns


@remembered
def meanings(t: Messages) -> dict[str, str]:
    """The meaning of a column by its name alone, where all tables that have it mean the same."""
    found: dict[str, set[str]] = {}
    by_name = {table.name: table for table in dictionary.tables()}
    for name in names():
        for column, _, meaning in _columns(by_name.get(name), t):
            found.setdefault(column, set()).add(meaning)
    return {column: next(iter(said)) for column, said in found.items() if len(said) == 1}


def fault_place(sql: str, line: int, column: int) -> str:
    """The line of the query with a mark under the place of a fault, as HTML."""
    written = sql.split("\n")[line - 1] if line <= sql.count("\n") + 1 else ""
    start = max(0, column - 60)
    shown = written[start : start + 100]
    return tag("pre", escape(f"{shown}\n{' ' * (column - 1 - start)}▲"), class_="rz-place", aria_hidden="true")
