"""Turns the facts into the tables of a release, in memory: the facts themselves, every place of every figure, and the
answers that every view looks up.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from rzh_data import claims
from rzh_data.facts import Facts, observation_id
from rzh_data.schema import BY_NAME, DOCUMENT_LANGUAGES, TABLES, Column

EXTRACTS = Path(__file__).with_name("queries") / "extracts"

ARROW_TYPES: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "DECIMAL(38,6)": pa.decimal128(38, 6),
    "VARCHAR[]": pa.list_(pa.string()),
}

REFERENCE_COLUMNS = (
    Column("observation_id", "VARCHAR", "key of `observations`"),
    Column("document_id", "VARCHAR", "key of `documents`"),
    Column("language", "VARCHAR", "language of the half", values=DOCUMENT_LANGUAGES),
    Column("line", "INTEGER", "line of the figure's token in the document's text"),
    Column("printed", "VARCHAR", "the figure letter for letter"),
    Column("is_first", "BOOLEAN", "the place the figure was entered from; the others print it again"),
)


def arrow_tables(facts: Facts) -> dict[str, pa.Table]:
    """Every table of the release as Arrow: the facts, observations with their id, and `references` with all places."""
    tables = {table.name: _table(table.columns, facts.values(table.name)) for table in TABLES}
    rows = [{"observation_id": observation_id(row), **row} for row in facts.values("observations")]
    id_column = Column("observation_id", "VARCHAR", "stable; never given to another figure")
    tables["observations"] = _table((id_column, *BY_NAME["observations"].columns), rows)
    tables["references"] = _table(REFERENCE_COLUMNS, references(facts))
    tables["observation_intervals"] = _table(claims.INTERVAL_COLUMNS, claims.interval_rows(facts))
    tables.update(_extracts(tables))
    # claims and plausibility are answers too, but Python gives the verdicts: they come after the tables they recount
    with in_memory(tables) as connection:
        verdicts, flags = claims.evaluate(connection, facts.tables["claims"]), claims.flags(connection)
    tables["claim_verdicts"] = _table(claims.VERDICT_COLUMNS, verdicts)
    tables["flags"] = _table(claims.FLAG_COLUMNS, flags)
    return tables


def _extracts(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Answers that every view looks up, computed once a version: one table for each file in `queries/extracts/`."""
    with in_memory(tables) as connection:
        return {
            path.stem: connection.sql(path.read_text(encoding="utf-8")).to_arrow_table()
            for path in sorted(EXTRACTS.glob("*.sql"))
        }


@contextlib.contextmanager
def in_memory(tables: dict[str, pa.Table]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A private database in memory that holds `tables`."""
    connection = duckdb.connect(":memory:")
    try:
        connection.execute("SET threads = 1")
        for name, table in tables.items():
            connection.register("arriving", table)
            connection.execute(f'CREATE TABLE "{name}" AS FROM arriving')
            connection.unregister("arriving")
        yield connection
    finally:
        connection.close()


def references(facts: Facts) -> list[dict[str, Any]]:
    """Every place of every figure: one row for each half of a document that prints it, and for each further place."""
    rows = []
    for values in facts.values("observations"):
        for language in DOCUMENT_LANGUAGES:
            if values[f"{language}_line"] is not None:
                place = {"line": values[f"{language}_line"], "printed": values[f"{language}_printed"], "is_first": True}
                rows.append(
                    {
                        "observation_id": observation_id(values),
                        "document_id": values["document_id"],
                        "language": language,
                        **place,
                    }
                )
    for values in facts.values("further_places"):
        rows.append({"observation_id": observation_id(values), "is_first": False, **values})
    return rows


def _table(columns: Iterable[Column], rows: list[dict[str, Any]]) -> pa.Table:
    arrays = {}
    for column in columns:
        cells = [row[column.name] for row in rows]
        if column.type == "DOUBLE":
            cells = [None if cell is None else float(cell) for cell in cells]
        arrays[column.name] = pa.array(cells, type=ARROW_TYPES[column.type])
    return pa.table(arrays)
