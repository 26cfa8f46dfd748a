"""Measures the ways from a small DuckDB answer to a DataFrame, over the extracts in use.

    python benchmarks/fetch.py [runs]

The question has the shape the map asks: all regions and periods of one indicator out of `region_values`. Prints, for
each way, the median time of one question (statement and conversion), its ratio to the fastest, and the types that the
columns of numbers come out as: a way that turns `months` into a float or an object is no way for money.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rzh_data import build

QUESTION = """
SELECT region_id, period_id, value, value_per_inhabitant, value_per_month, months, population, qualifier, is_computed
FROM   region_values
WHERE  indicator_id = $indicator
ORDER  BY period_id, region_id
"""
INDICATORS = ("tugan_zher_sponsors", "tugan_zher_local_budget", "tugan_zher_funding")
Cursor = duckdb.DuckDBPyConnection
Parameters = dict[str, str]
NUMBERS = ("value", "months", "population")


def by_df(cursor: Cursor, parameters: Parameters) -> pd.DataFrame:
    """The engine's own conversion."""
    return cursor.execute(QUESTION, parameters).df()


def by_relation_df(cursor: Cursor, parameters: Parameters) -> pd.DataFrame:
    """The engine's own conversion, of a relation instead of a result."""
    return cursor.sql(QUESTION, params=parameters).df()


def by_numpy(cursor: Cursor, parameters: Parameters) -> pd.DataFrame:
    """Arrays of NumPy, put together by pandas."""
    return pd.DataFrame(cursor.execute(QUESTION, parameters).fetchnumpy())


def by_rows(cursor: Cursor, parameters: Parameters) -> pd.DataFrame:
    """Tuples of Python, put together by pandas."""
    cursor.execute(QUESTION, parameters)
    names = [column[0] for column in cursor.description or []]
    return pd.DataFrame(cursor.fetchall(), columns=names)


def by_arrow(cursor: Cursor, parameters: Parameters) -> pd.DataFrame:
    """A table of Arrow, converted by Arrow. Of a relation: a result would be copied once more."""
    return cursor.sql(QUESTION, params=parameters).to_arrow_table().to_pandas()


WAYS: dict[str, Callable[[Cursor, Parameters], pd.DataFrame]] = {
    "execute().df()": by_df,
    "sql().df()": by_relation_df,
    "fetchnumpy + DataFrame": by_numpy,
    "fetchall + DataFrame": by_rows,
    "Arrow + to_pandas": by_arrow,
}


def median_seconds(connection: duckdb.DuckDBPyConnection, runs: int) -> dict[str, float]:
    """The median of `runs` questions for each way. The ways take turns, so that a busy moment hits all of them."""
    times: dict[str, list[float]] = {name: [] for name in WAYS}
    for run in range(-3, runs):  # the first three rounds only warm up
        for name, way in WAYS.items():
            parameters = {"indicator": INDICATORS[run % len(INDICATORS)]}
            started = time.perf_counter()
            with connection.cursor() as cursor:
                way(cursor, parameters)
            if run >= 0:
                times[name].append(time.perf_counter() - started)
    return {name: statistics.median(measured) for name, measured in times.items()}


def main(argv: list[str] | None = None) -> int:
    """Prints one line for each way. Returns 0; what is slow is for the reader to judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="?", type=int, default=300, help="questions for each way")
    runs = parser.parse_args(argv).runs
    version = build.build()
    with duckdb.connect(":memory:") as connection:
        path = build.PARQUET / version / "region_values.parquet"
        connection.execute("CREATE TABLE region_values AS FROM read_parquet(?)", [str(path)])
        connection.execute("SET threads = 1")
        medians = median_seconds(connection, runs)
        fastest = min(medians.values())
        sample = {name: way(connection, {"indicator": INDICATORS[0]}) for name, way in WAYS.items()}
    rows, columns = sample["execute().df()"].shape
    print(f"{rows} rows, {columns} columns, {runs} questions for each way, version {version}")
    for name, seconds in sorted(medians.items(), key=lambda item: item[1]):
        types = ", ".join(f"{column} {sample[name][column].dtype}" for column in NUMBERS)
        print(f"{name:24}{seconds * 1000:8.2f} ms{seconds / fastest:7.2f} x   {types}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
