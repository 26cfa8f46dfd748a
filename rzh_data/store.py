"""Answers named questions over the extracts. The only place that knows which engine answers.

A question is a file in `queries/`. It names its parameters as `getvariable('name')`, so that an analyst can run it
alone (`SET VARIABLE name = …` first, or leave it unset); here the same places become bound parameters.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from rzh_data.build import CURRENT, PARQUET, current_version

QUERIES = Path(__file__).with_name("queries")
VARIABLE = re.compile(r"getvariable\('(\w+)'\)")


class Query:
    """A question: its SQL with bound parameters, and the names of those parameters."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.parameters = frozenset(VARIABLE.findall(text))
        self.sql = VARIABLE.sub(r"$\1", text)

    def bind(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """A value for every parameter; what is not given is NULL; each file says what it reads NULL as.

        Raises:
            ValueError: a parameter is given that the query does not have.
        """
        unknown = sorted(set(given) - self.parameters)
        if unknown:
            known = ", ".join(sorted(self.parameters)) or "none"
            raise ValueError(f"queries/{self.name}.sql has no parameter {', '.join(unknown)}; it has: {known}")
        return {name: _plain(given.get(name)) for name in self.parameters}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    if isinstance(value, np.generic):
        return value.item()  # the engine refuses NumPy's own numbers
    return value


@cache
def query(name: str) -> Query:
    """The question in `queries/<name>.sql`. Raises FileNotFoundError where there is none."""
    return Query(name, (QUERIES / f"{name}.sql").read_text(encoding="utf-8"))


class Store:
    """One version of the extracts, in memory. Many threads may ask at once: each question has its own cursor."""

    def __init__(self, directory: Path) -> None:
        self.version = directory.name
        self._connection = duckdb.connect(":memory:")
        for path in sorted(directory.glob("*.parquet")):
            self._connection.execute(f'CREATE TABLE "{path.stem}" AS FROM read_parquet(?)', [str(path)])
        _seal(self._connection)

    def run(self, name: str, **parameters: Any) -> pd.DataFrame:
        """The answer to a question as a DataFrame.

        Whole numbers stay whole: a column with gaps is Int64, one without is int64. Text is `str`. The engine's own
        conversion is the only way that keeps them whole; it costs a fifth more than the fastest (benchmarks/fetch.py).

        Raises:
            FileNotFoundError: there is no such question.
            ValueError: the question has no such parameter.
        """
        cursor, asked = self._ask(name, parameters)
        try:
            return cursor.df()
        finally:
            asked.close()

    def rows(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """The same answer as a list of dictionaries, the cheapest form for a handful of rows."""
        cursor, asked = self._ask(name, parameters)
        try:
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        finally:
            asked.close()

    def _ask(self, name: str, parameters: Mapping[str, Any]) -> tuple[Any, Any]:
        asked = query(name)
        cursor = self._connection.cursor()
        try:
            return cursor.execute(asked.sql, asked.bind(parameters)), cursor
        except BaseException:
            cursor.close()
            raise

    def close(self) -> None:
        """Lets go of the memory."""
        self._connection.close()


def _seal(connection: duckdb.DuckDBPyConnection) -> None:
    """No question reaches a file, the network or an extension from here on."""
    connection.execute("SET threads = 1")  # tables of a few hundred rows: a second thread only costs its start
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


_seen: dict[Path, tuple[tuple[int, int, int], str | None]] = {}


def _version_in_use(parquet: Path) -> str | None:
    """As `current_version`, but reads the file again only when another one stands in its place."""
    try:
        found = os.stat(f"{parquet}/{CURRENT}")  # noqa: PTH116 - asked dozens of times a run
    except OSError:
        return current_version(parquet)
    mark = (found.st_ino, found.st_mtime_ns, found.st_size)
    known = _seen.get(parquet)
    if known is None or known[0] != mark:
        known = (mark, current_version(parquet))  # a newer file under the older mark is read again at the next call
        _seen[parquet] = known
    return known[1]


_lock = threading.Lock()
_stores: dict[tuple[Path, str], Store] = {}


def current(parquet: Path = PARQUET) -> Store:
    """The store over the version in use now. A new version is noticed at the next call; the old one is let go of when
    nobody asks it any more.

    Raises:
        FileNotFoundError: nothing was ever built.
    """
    version = _version_in_use(parquet)
    if version is None:
        raise FileNotFoundError(f"{parquet.name}/ names no version in use; run: python -m rzh_data build")
    key = (parquet, version)
    store = _stores.get(key)
    if store is None:
        with _lock:
            store = _stores.get(key)
            if store is None:
                store = Store(parquet / version)
                for old in [other for other in _stores if other[0] == parquet]:
                    del _stores[old]
                _stores[key] = store
    return store
