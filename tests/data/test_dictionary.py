"""The data dictionary says what the schema says."""

from __future__ import annotations

import re

from rzh_data.__main__ import main
from rzh_data.dictionary import _translations, markdown, meaning, page, row_meaning, tables
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


def test_every_meaning_has_its_words_in_three_languages():
    for table in tables():
        for english, kazakh, russian in [
            [row_meaning(table, language) for language in ("en", "kk", "ru")],
            *([meaning(column, language) for language in ("en", "kk", "ru")] for column in table.columns),
        ]:
            assert len({english, kazakh, russian}) == 3, f"{table.name}: {english}"
            assert re.search("[а-яәі]", kazakh) and re.search("[а-я]", russian) and not re.search("[а-я]", english)
            assert not set(russian) & set("әғқңөұүһі"), russian


def test_the_words_hold_nothing_that_the_schema_does_not_say():
    """A meaning that was reworded leaves its old translation behind."""
    said = page("en") + "in Kazakh in Russian in English; Data dictionary"
    for language in ("kk", "ru"):
        stale = [english for english in _translations(language) if english not in said]
        assert stale == []


def test_tables_of_the_release_have_the_columns_that_the_dictionary_names(con):
    for table in tables():
        names = [row[0] for row in con.execute(f'DESCRIBE "{table.name}"').fetchall()]
        described = [column.name for column in table.columns]
        assert names == (["observation_id", *described] if table.name == "observations" else described)
