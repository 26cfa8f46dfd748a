"""Writes the data dictionary from the same objects that the build reads."""

from __future__ import annotations

from rzh_data.claims import COMPUTED
from rzh_data.extracts import REFERENCE_COLUMNS
from rzh_data.schema import TABLES, Column, Table

HEAD = """\
# Data dictionary

The tables of the facts in `data/facts/` and, built from them, of the extracts in `data/parquet/`. This page is written
by `python -m rzh_data dictionary` from `rzh_data/schema.py`, which the build and the checks read too; change it there.

Cells are text in UTF-8 CSV files. An empty cell means that there is no value. Numbers have a dot and no grouping, dates
are written 2019-09-30, truths `true` and `false`.
"""

REFERENCES = Table(
    "references",
    "one place where a document prints a figure, made by the build from `observations` and `further_places`",
    ("observation_id", "document_id", "line", "printed"),
    REFERENCE_COLUMNS,
)


def markdown() -> str:
    """The data dictionary: a list of the tables, then each table with its key and a row for each column."""
    tables = sorted((*TABLES, REFERENCES, *COMPUTED), key=lambda table: table.name)
    contents = "\n".join(f"- [{table.name}](#{table.name}): {table.row}" for table in tables)
    return "\n".join([HEAD, contents, *(_section(table) for table in tables)])


def _section(table: Table) -> str:
    if table is REFERENCES or table in COMPUTED:
        origin = "Built only: no file in `data/facts/` holds it."
    elif table.is_folder:
        origin = f"Files: every CSV file in `data/facts/{table.name}/`."
    else:
        origin = f"File: `data/facts/{table.name}.csv`."
    rows = "\n".join(
        f"| `{column.name}` | {column.type} | {'yes' if column.required else 'no'} | {_meaning(column)} |"
        for column in table.columns
    )
    return (
        f"\n## {table.name}\n\nOne row: {table.row}. {origin} Key: {', '.join(f'`{name}`' for name in table.key)}.\n\n"
        f"| column | type | required | meaning |\n|---|---|---|---|\n{rows}\n"
    )


def _meaning(column: Column) -> str:
    """The meaning with what else the schema says of the column; a bar would end the table's cell."""
    parts = [column.meaning]
    if column.unit:
        parts.append(f"unit: {column.unit}")
    if column.values:
        parts.append("one of " + ", ".join(f"`{value}`" for value in column.values))
    if column.references:
        several = f", several joined by `{column.list_separator}`" if column.list_separator else ""
        parts.append(f"found in `{column.references}`{several}")
    if column.low is not None or column.high is not None:
        low = "" if column.low is None else f"from {column.low:g}"
        high = "" if column.high is None else f"to {column.high:g}"
        parts.append(f"{low} {high}".strip())
    return "; ".join(parts).replace("|", "\\|")
