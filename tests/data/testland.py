"""A small invented land of which everything is known, and helpers that change its facts and watch its extracts."""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

from rzh_data.facts import ROOT
from rzh_data.schema import TABLES, Column, Table

DOCUMENTS = ROOT.parent / "shared" / "sources"

BIG = 9_007_199_254_740_993
"""2 to the 53rd plus one, in tenge: the first whole number that a float cannot hold."""


def observation(region_id: str, period_id: str, value: int | str, **values: Any) -> dict[str, Any]:
    key = {"indicator_id": "test_money", "region_id": region_id, "period_id": period_id}
    return key | {"value": value, "kk_line": 1, "kk_printed": str(value)} | values


SMALL: dict[str, list[dict[str, Any]]] = {
    "documents": [{"document_id": "test_paper", "file_name": "test_paper.txt", "year": 2020, "line_count": 9}],
    "regions": [{"region_id": "testland", "kind": "oblast"}, {"region_id": "testburg", "kind": "city"}],
    "periods": [
        {"period_id": "2017", "start": "2017-01-01", "end": "2017-12-31", "months": 12, "population_year": 2017},
        {"period_id": "2018", "start": "2018-01-01", "end": "2018-12-31", "months": 12, "population_year": 2018},
    ],
    "indicators": [{"indicator_id": "test_money", "unit": "KZT", "aggregation": "sum", "decimals": 0}],
    "observations": [
        observation("testland", "2017", BIG),
        observation("testland", "2018", 70),
        observation("testburg", "2017", 5),
        observation("testburg", "2018", "", obs_status="M", kk_printed="-"),
    ],
    "population": [
        {"region_id": "testland", "year": 2017, "date": "2017-01-01", "population": 1000},
        {"region_id": "testburg", "year": 2017, "date": "2017-01-01", "population": 100},
    ],
    "consumer_prices": [{"year": 2017}, {"year": 2018}],
}
"""The rows of the small facts; cells that a test does not care for are filled in by `plausible`."""


def plausible(column: Column) -> str:
    """Some value that the column allows."""
    if not column.required:
        return ""
    if column.values:
        return column.values[0]
    if column.type in ("INTEGER", "BIGINT", "DOUBLE", "DECIMAL(38,6)"):
        return str(int(column.low or 0) + 50)
    if column.type == "DATE":
        return "2017-01-01"
    return "test_paper" if column.references == "documents.document_id" else f"Test {column.name}"


def file_of(directory: Path, table: Table) -> Path:
    return directory / table.name / "test.csv" if table.is_folder else directory / f"{table.name}.csv"


def write_facts(directory: Path) -> Path:
    """Facts that keep every rule: two invented regions, two years, every table of the schema, most of them empty."""
    for table in TABLES:
        path = file_of(directory, table)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(column.name for column in table.columns)
            for row in SMALL.get(table.name, []):
                assert set(row) <= {column.name for column in table.columns}
                writer.writerow(row.get(column.name, plausible(column)) for column in table.columns)
    return directory


def change(path: Path, old: str, new: str) -> None:
    """Replaces the only `old` in the file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def everything_in(directory: Path) -> dict[str, tuple[int, str]]:
    """Every file below `directory`: its time and content. Equal answers mean that nobody has touched anything."""
    return {
        path.relative_to(directory).as_posix(): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder",
        )
        for path in sorted(directory.rglob("*"))
    }


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs `python -m rzh_data …` as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "rzh_data", *map(str, arguments)], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
