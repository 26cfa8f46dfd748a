"""What the tests of the data layer stand on: the real facts, and the invented ones of `testland`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from testland import write_facts

from rzh_data import build, facts, store
from rzh_data.extracts import arrow_tables, in_memory


@pytest.fixture
def small_facts(tmp_path: Path) -> Path:
    return write_facts(tmp_path / "facts")


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    """Where a test's own extracts go."""
    return tmp_path / "parquet"


@pytest.fixture(scope="session")
def small_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("small")
    build.build(write_facts(directory / "facts"), directory / "parquet")
    return directory / "parquet"


@pytest.fixture
def in_use(small_build: Path, parquet: Path) -> Path:
    """A test's own copy of the extracts built from the small facts."""
    return Path(shutil.copytree(small_build, parquet))


@pytest.fixture(scope="session")
def real_facts() -> facts.Facts:
    return facts.read()


@pytest.fixture(scope="session")
def con(real_facts: facts.Facts) -> Iterator[duckdb.DuckDBPyConnection]:
    """All tables of the release in memory. Whoever changes them rolls back."""
    with in_memory(arrow_tables(real_facts)) as connection:
        yield connection


@pytest.fixture(scope="session")
def real_extracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extracts built from the real facts, in a folder of their own."""
    directory = tmp_path_factory.mktemp("extracts") / "parquet"
    build.build(parquet=directory)
    return directory


@pytest.fixture(scope="session")
def real_store(real_extracts: Path) -> store.Store:
    return store.current(real_extracts)


@pytest.fixture
def questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of queries that a test fills itself."""
    folder = tmp_path / "queries"
    folder.mkdir()
    monkeypatch.setattr(store, "QUERIES", folder)
    store.query.cache_clear()
    yield folder
    store.query.cache_clear()
