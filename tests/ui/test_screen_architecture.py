"""Where what stands: words in the catalogues, colours in the theme, questions in queries, and arrows one way."""

from __future__ import annotations

import ast
import re
import unicodedata
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from screen import EDITORS_PAGE, PAGES, ROOT

SHARED = sorted((ROOT / "rzh_ui").rglob("*.py"))
PAGE_FILES = sorted((ROOT / "pages").glob("*.py"))
SCREEN = [ROOT / "app.py", ROOT / "server.py", *PAGE_FILES, *SHARED]
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}){1,2}\b|\brgba?\(|\bhsla?\(")
SQL = re.compile(r"\bSELECT\b.+\bFROM\b|\bFROM\s+\w+\s+(WHERE|SELECT|JOIN|ORDER\s+BY)\b", re.IGNORECASE | re.DOTALL)

CYRILLIC_ALLOWED = {
    "controls.py": {"Қазақша", "Русский"},  # a language is named in itself
    "region_map.py": {"аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"},
    "drawing.py": {"іїjlitfrIІ.,:;'|!()[]· -–\u00a0", "щшмжыюфЩШМЖЫЮФЪMWmw@%—ӘӨ"},  # narrow and wide letters
    "app.py": {" · Рухани жаңғыру", "Рухани жаңғыру"},  # the browser's tab
}

by_name = pytest.mark.parametrize("path", SCREEN, ids=lambda path: path.name)
each_page = pytest.mark.parametrize("path", PAGE_FILES, ids=lambda path: path.name)


def strings(text: str) -> list[str]:
    """String constants that are no docstrings: what may come to be seen."""
    tree = ast.parse(text)
    prose = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        for statement in node.body
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
    ]


def cyrillic(texts: list[str]) -> set[str]:
    return {text for text in texts if any(unicodedata.name(sign, "").startswith("CYRILLIC") for sign in text)}


def imported(path: Path) -> set[str]:
    """Whole names of the modules that a file imports, wherever in the file it does so."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def first_parts(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


def test_the_looks_of_these_tests_find_what_they_look_for():
    text = (
        '"""Докстринг."""\nX = "#aabbcc"\ndef f():\n    "Проза."\n    return f"Сөз {X}"\nY: str = "a"\n"Тұсіндірме"\n'
    )
    assert strings(text) == ["#aabbcc", "a", "Сөз "] or set(strings(text)) == {"#aabbcc", "a", "Сөз "}
    assert cyrillic(strings(text)) == {"Сөз "}
    for colour in ("#fff", "#aabbcc", "#aabbccdd", "rgb(1, 2, 3)"):
        assert COLOUR.search(f"background:{colour}")
    for other in ("#recounts", "aria_label", "# a comment", "{#}"):
        assert not COLOUR.search(other)
    assert SQL.search("SELECT region_id\nFROM regions") and not SQL.search("From 2017 to 2019")


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def in_order(arrows: dict[str, set[str]]) -> list[str]:
    """Modules so that each comes after those it imports."""
    return list(TopologicalSorter(arrows).static_order())


def test_what_pages_share_imports_one_way():
    modules = {module(path): path for path in SHARED}
    arrows = {
        name: {one for one in imported(path) & modules.keys() if one != name and not name.startswith(f"{one}.")}
        for name, path in modules.items()
    }
    assert in_order(arrows).index("rzh_ui.i18n") < in_order(arrows).index("rzh_ui.figure")
    with pytest.raises(CycleError):
        in_order({**arrows, "rzh_ui.i18n": {"rzh_ui.figure"}})


def test_every_page_of_the_navigation_is_looked_at():
    assert {path.stem for path in PAGE_FILES} == {*PAGES, EDITORS_PAGE}
    assert {"theme.py", "charts.py", "numbers.py", "i18n.py", "passport.py"} <= {path.name for path in SHARED}


@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.name)
def test_what_pages_share_knows_no_page(path):
    assert first_parts(path).isdisjoint({"pages", "app", "server", *PAGES})
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"pages/\w+\.py", text), "a page's file is named only where the navigation is made"


@each_page
def test_a_page_knows_no_other_page_and_no_engine(path):
    assert first_parts(path).isdisjoint({"pages", "app", "server", "duckdb", "pyarrow", "sqlite3"})
    assert not {name for name in imported(path) if name.startswith("rzh_data.store")}, "rzh_ui.data asks, and remembers"


@by_name
def test_no_sql_stands_in_the_screen(path):
    assert [text for text in strings(path.read_text(encoding="utf-8")) if SQL.search(text)] == []


@by_name
def test_colours_stand_in_the_theme_alone(path):
    if path.name == "theme.py":
        assert any(COLOUR.search(text) for text in strings(path.read_text(encoding="utf-8")))
        return
    assert [text for text in strings(path.read_text(encoding="utf-8")) if COLOUR.search(text)] == []


@by_name
def test_no_words_for_the_reader_stand_in_the_code(path):
    found = cyrillic(strings(path.read_text(encoding="utf-8")))
    assert found - CYRILLIC_ALLOWED.get(path.name, set()) == set()


@each_page
def test_a_page_says_nothing_in_english_either(path):
    """A page's string constants are keys, ids and formats; a sentence (three words and more) belongs to a catalogue."""
    prose = [text for text in strings(path.read_text(encoding="utf-8")) if len(re.findall(r"[A-Za-z]{2,} ", text)) >= 2]
    assert prose == []


@by_name
def test_nothing_shared_by_all_visitors_is_switched_for_one(path):
    """Language and theme travel in arguments and the session; these would change them for everybody on the server."""
    text = path.read_text(encoding="utf-8")
    for call in ("locale.setlocale", "gettext.install", "alt.theme.enable", "alt.themes.enable", "global "):
        assert not re.search(rf"^\s*{re.escape(call)}", text, flags=re.MULTILINE)


def test_charts_know_neither_the_screen_nor_the_data():
    names = imported(ROOT / "rzh_ui" / "charts.py")
    assert not {name for name in names if name.split(".")[0] in ("streamlit", "rzh_data")}
    assert "rzh_ui.data" not in names
    for quiet in ("numbers.py", "theme.py", "i18n.py"):
        assert "streamlit" not in first_parts(ROOT / "rzh_ui" / quiet)


def test_no_heavy_library_is_loaded_by_the_door():
    """What the entry file imports at its top waits for nothing that only one page needs."""
    heavy = {"geopandas", "shapely", "pydeck", "sklearn", "scipy", "matplotlib", "plotly"}
    for path in SCREEN:
        assert first_parts(path).isdisjoint(heavy), path.name
