"""Arrows point one way: pages, then rzh_ui, then rzh_data; and importing a module does nothing else."""

from __future__ import annotations

import ast
import json
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest
from testland import ROOT

import rzh_data

MODULES = ["rzh_data", *(f"rzh_data.{module.name}" for module in pkgutil.iter_modules(rzh_data.__path__))]
OF_THE_SCREEN = {"streamlit", "altair", "pydeck"}
OF_BUILDING_MAPS = {"geopandas", "shapely", "pyogrio", "pyproj"}

IMPORT_ALL = """
import importlib, json, sys
import duckdb

opened, connections = [], []

def watched(*arguments, connect=duckdb.connect, **options):
    connections.append(repr(arguments))
    return connect(*arguments, **options)

duckdb.connect = watched
sys.addaudithook(lambda event, arguments: opened.append(str(arguments[0])) if event == "open" else None)
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print(json.dumps({"modules": list(sys.modules), "opened": opened, "connections": connections}))
"""

SQL = re.compile(r"\bSELECT\b.+\bFROM\b|\bFROM\s+\w+\s+(WHERE|SELECT|JOIN|ORDER\s+BY)\b", re.IGNORECASE | re.DOTALL)


@pytest.fixture(scope="module")
def fresh():
    """What a fresh interpreter has loaded, opened and connected to after it imported all of rzh_data."""
    result = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, json.dumps(MODULES)], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def sources(*places):
    return [path for place in places for path in sorted((ROOT / place).glob("**/*.py"))]


def imported(path):
    """The first parts of all module names that a file imports, wherever in the file it does so."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0] if not node.level else path.parent.name)
    return names


def sql_in(text):
    """Strings that look like SQL. A docstring is prose and may ask to select one from many."""
    tree = ast.parse(text)
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            value = "".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            value = node.value
        else:
            continue
        if SQL.search(value):
            found.append(value)
    return found


def names_of(paths):
    return [path.relative_to(ROOT).as_posix() for path in paths]


def test_all_modules_of_the_data_layer_are_looked_at(fresh):
    assert {"rzh_data.store", "rzh_data.build", "rzh_data.geography", "rzh_data.__main__"} <= set(MODULES)
    assert set(MODULES) <= set(fresh["modules"])


@pytest.mark.parametrize("library", sorted(OF_THE_SCREEN | OF_BUILDING_MAPS))
def test_the_data_layer_loads_nothing_of_the_screen_and_nothing_heavy_for_maps(fresh, library):
    assert [name for name in fresh["modules"] if name.split(".")[0] == library] == []


def test_importing_opens_no_database(fresh):
    assert fresh["connections"] == []


def test_importing_reads_no_file_of_the_project_but_code(fresh):
    inside = [Path(name) for name in fresh["opened"] if Path(name).is_relative_to(ROOT) and ".venv" not in name]
    assert inside, "the modules themselves are opened, so the watch works"
    assert [path for path in inside if path.suffix != ".py" and "__pycache__" not in path.parts] == []


@pytest.mark.parametrize("path", sources("rzh_data"), ids=lambda path: path.name)
def test_the_data_layer_imports_nothing_above_it(path):
    assert imported(path).isdisjoint({"rzh_ui", "pages", "app", "server"} | OF_THE_SCREEN)


@pytest.mark.parametrize("path", sources("rzh_ui"), ids=lambda path: path.name)
def test_the_interface_helpers_know_no_page(path):
    assert imported(path).isdisjoint({"pages", "app", "server"})


@pytest.mark.parametrize("path", sources("pages"), ids=lambda path: path.name)
def test_a_page_holds_no_sql_and_asks_no_engine(path):
    assert sql_in(path.read_text(encoding="utf-8")) == []
    assert "duckdb" not in imported(path)


@pytest.mark.parametrize("path", sources("pages"), ids=lambda path: path.name)
def test_a_page_imports_no_other_page(path):
    assert "pages" not in imported(path)


@pytest.mark.parametrize(
    "text, is_sql",
    [
        ('rows = ask("SELECT region_id\\nFROM regions")', True),
        ('rows = ask("from regions where true")', True),
        ('rows = ask(f"SELECT {column} FROM {table}")', True),
        ('def page():\n    """Select one from many."""\n    return "select"', False),
        ('title = "From 2017 to 2019"', False),
        ('st.title(t("funding.title"))', False),
    ],
)
def test_sql_is_told_from_words(text, is_sql):
    """The tests above can only fail if this one tells the two apart."""
    assert bool(sql_in(text)) is is_sql


def test_one_place_knows_the_engine():
    """design.md: `store.py` is the only place that knows which engine answers; the build makes its tables with it, and a
    visitor's query has a process and an engine of its own."""
    users = {path.name for path in sources("rzh_data", "rzh_ui", "pages") if "duckdb" in imported(path)}
    assert users == {"store.py", "extracts.py", "sandbox_child.py"}
