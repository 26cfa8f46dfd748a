"""The data dictionary says what the schema says."""

from __future__ import annotations

from rzh_data.__main__ import main
from rzh_data.dictionary import markdown
from rzh_data.facts import ROOT
from rzh_data.schema import TABLES

PAGE = ROOT / "docs" / "data-dictionary.md"


def test_the_dictionary_is_the_one_of_this_schema():
    assert PAGE.read_text(encoding="utf-8") == markdown(), "stale; run: python -m rzh_data dictionary"


def test_every_column_of_every_table_stands_in_the_dictionary():
    sections = {part.split("\n", 1)[0]: part for part in markdown().split("\n## ")[1:]}
    for table in TABLES:
        for column in table.columns:
            row = f"| `{column.name}` | {column.type} |"
            assert row in sections[table.name]
            assert all(f"`{value}`" in sections[table.name] for value in column.values)


def test_the_command_writes_the_page(tmp_path):
    path = tmp_path / "dictionary.md"
    assert main(["dictionary", "--file", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == markdown()
