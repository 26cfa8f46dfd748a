"""The process that runs one visitor's query and ends: `python -m rzh_data.sandbox_child`, started by `sandbox.py` alone.

It binds itself before it reads what it is asked, so that nothing in the text is ever looked at without bounds. It then
loads the tables that the query names into a database of its own in memory, closes every way out, and answers in JSON.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from rzh_data.sandbox_rules import Asked, Fault, Refused, examine

ADDRESS_SPACE = 1 << 30
"""Bytes of address space of the whole process: Python, engine, data and answer."""

ENGINE_MEMORY = "256MB"
MOST_ROWS = 10_000
MOST_ANSWER_BYTES = 2_000_000
LONGEST_CELL = 2_000
"""Letters of a text in a cell; what is longer is cut and says so."""

MOST_SECONDS = 10
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS

SEALS = (
    "SET threads = 1",
    "SET enable_progress_bar = false",
    f"SET memory_limit = '{ENGINE_MEMORY}'",
    "SET temp_directory = ''",  # what does not fit into memory is not written beside it
    "SET max_temp_directory_size = '0KiB'",
    f"SET max_execution_time = {MOST_SECONDS * 1000 - 1000}",
    "SET max_expression_depth = 200",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET python_enable_replacements = false",
    "SET enable_external_access = false",
    "SET errors_as_json = true",
    "SET disabled_filesystems = 'LocalFileSystem'",  # last but one: other settings look at files themselves
    "SET lock_configuration = true",
)


def bind() -> None:
    """Takes from this process what a query never needs: more memory, time, files to write, other processes."""
    if sys.platform == "linux":
        system = ctypes.CDLL(None)
        system.prctl(DIE_WITH_PARENT, signal.SIGKILL)
        system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _limit(resource.RLIMIT_AS, ADDRESS_SPACE)
    _limit(resource.RLIMIT_CPU, MOST_SECONDS)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    os.nice(10)  # the pages come first


def close_ways_out() -> None:
    """After the tables are loaded: no file, socket, thread or process can be opened any more."""
    _limit(resource.RLIMIT_NOFILE, 3)
    _limit(resource.RLIMIT_NPROC, 0)


def _limit(what: int, most: int) -> None:
    with contextlib.suppress(OSError, ValueError):  # a system that does not know a limit has the parent's timeout left
        resource.setrlimit(what, (most, most))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The rows of a query, or why there are none.

    Args:
        request: `sql`, `parameters` by name, `directory` of the extracts.
    """
    import duckdb

    sql = request["sql"]
    connection = duckdb.connect(":memory:", config={"threads": "1"})
    try:
        try:
            asked = _asked(connection, sql, Path(request["directory"]))
            given = {name: request["parameters"].get(name) for name in asked.parameters}
            missing = sorted(name for name, value in given.items() if value is None)
            if missing:
                return _told(Fault("parameter_missing", missing[0]))
            for name in sorted(asked.tables):
                path = str(Path(request["directory"]) / f"{name}.parquet")
                connection.execute(f'CREATE TABLE "{name}" AS FROM read_parquet(?)', [path])
            for seal in SEALS:
                connection.execute(seal)
            close_ways_out()
            return _rows(connection, sql, given)
        except Refused as refused:
            return _told(refused.fault)
        except duckdb.Error as error:
            return _told(_fault(error))
    except (MemoryError, RecursionError):
        return _told(Fault("memory"))


def _asked(connection: Any, sql: str, directory: Path) -> Asked:
    serialized = json.loads(connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [sql]).fetchone()[0])
    views = connection.execute("SELECT view_name FROM duckdb_views()").fetchall()
    tables = [path.stem for path in directory.glob("*.parquet")]
    asked = examine(serialized, tables=tables, taken=[name for (name,) in views])
    if len(connection.extract_statements(sql)) != 1:
        raise Refused(Fault("one_statement"))
    return asked


def _rows(connection: Any, sql: str, parameters: dict[str, Any]) -> dict[str, Any]:
    found = connection.execute(sql, parameters) if parameters else connection.execute(sql)
    columns = [{"name": str(column[0]), "type": str(column[1])} for column in found.description]
    rows: list[list[Any]] = []
    size, cut_cells, is_cut = 0, 0, False
    while not is_cut and (row := found.fetchone()) is not None:
        cells = [_plain(value) for value in row]
        shortened = [_shortened(cell) for cell in cells]
        cut_cells += sum(is_short for _, is_short in shortened)
        cells = [cell for cell, _ in shortened]
        size += len(json.dumps(cells, ensure_ascii=False).encode())
        is_cut = len(rows) >= MOST_ROWS or size > MOST_ANSWER_BYTES
        if not is_cut:
            rows.append(cells)
    return {"columns": columns, "rows": rows, "is_cut": is_cut, "cut_cells": cut_cells}


def _plain(value: Any) -> Any:
    """A value as JSON has it; what JSON has not becomes text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None  # neither an infinite number nor "not a number" is a figure
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime | time | timedelta):
        return str(value)
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _shortened(cell: Any) -> tuple[Any, bool]:
    if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) >= 2**63:
        return str(cell), False
    if isinstance(cell, str) and len(cell) > LONGEST_CELL:
        return cell[:LONGEST_CELL] + "…", True
    return cell, False


KNOWN_WORDS = {
    "not found in FROM clause": "column",
    "does not have a column": "column",
    "Ambiguous reference": "ambiguous",
    "must appear in the GROUP BY": "grouping",
    "candidate function": "types",
    "No function matches": "types",
    "Cannot compare": "types",
}
"""What is said of the errors that people make most, by the engine's own words."""

KINDS_OF_ERROR = {
    "Binder": "binder",
    "Parser": "syntax",
    "Catalog": "binder",
    "Conversion": "value",
    "Invalid Input": "value",
    "Out of Range": "value",
    "Out of Memory": "memory",
    "INTERRUPT": "time",
}


def _fault(error: Exception) -> Fault:
    said = str(error)
    try:
        told = json.loads(said[said.index("{") :])
    except ValueError:
        is_memory = "memory" in said.lower() or "alloc" in said.lower()
        return Fault("memory" if is_memory else "engine", engine=said[:LONGEST_CELL])
    said = str(told.get("exception_message", ""))[:LONGEST_CELL].strip()
    kind = str(told.get("exception_type", ""))
    code = next((code for words, code in KNOWN_WORDS.items() if words in said), KINDS_OF_ERROR.get(kind, "engine"))
    position = str(told.get("position", ""))
    name = str(told.get("name", ""))
    return Fault(code, name, int(position) if position.isdigit() else None, said)


def _told(fault: Fault) -> dict[str, Any]:
    return {"fault": {"code": fault.code, "name": fault.name, "offset": fault.offset, "engine": fault.engine}}


def main() -> None:
    """Reads one request from the standard input and writes one answer to the standard output."""
    bind()
    out = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # nothing but the answer is said, whatever a library likes to print
        os.dup2(nowhere, stream)
    told = answer(json.loads(sys.stdin.buffer.read()))
    with os.fdopen(out, "wb") as answering:
        answering.write(json.dumps(told, ensure_ascii=False).encode())
    os._exit(0)  # the engine's memory goes with the process; tidying it up first would only cost time


if __name__ == "__main__":
    main()
