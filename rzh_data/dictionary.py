"""What every table and column means, in three languages, from the same objects that the build reads.

The English words stand in the schema. `locales/*/LC_MESSAGES/dictionary.po` holds them in Kazakh and Russian, each under
the English one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel.messages.pofile import read_po

from rzh_data.catalogue import LOCALES
from rzh_data.claims import COMPUTED
from rzh_data.extracts import REFERENCE_COLUMNS
from rzh_data.schema import BY_NAME, QUALIFIERS, TABLES, Column, Table

HEAD = """\
# Data dictionary

The tables of the facts in `data/facts/` and, built from them, of the extracts in `data/parquet/`. This page is written
by `python -m rzh_data dictionary` from `rzh_data/schema.py`, which the build and the checks read too; change it there.

"""
CELLS = (
    "Cells are text in UTF-8 CSV files. An empty cell means that there is no value. Numbers have a dot and no grouping, "
    "dates are written 2019-09-30, truths true and false."
)

REFERENCES = Table(
    "references",
    "one place where a document prints a figure, made by the build from `observations` and `further_places`",
    ("observation_id", "document_id", "line", "printed"),
    REFERENCE_COLUMNS,
)

OBSERVATION_ID = Column("observation_id", "VARCHAR", "stable; never given to another figure")

REGION_VALUES = Table(
    "region_values",
    "one indicator in one region and one period, as printed or computed; made by the build",
    ("indicator_id", "region_id", "period_id"),
    (
        BY_NAME["observations"].column("indicator_id"),
        BY_NAME["observations"].column("region_id"),
        BY_NAME["observations"].column("period_id"),
        Column("value", "DOUBLE", "the figure in the indicator's unit"),
        Column("value_per_inhabitant", "DOUBLE", "the same per inhabitant", required=False),
        Column("value_per_month", "DOUBLE", "the same per month that has a value", required=False),
        Column("value_constant", "DOUBLE", "the same in prices of 2017", required=False),
        Column("value_constant_per_inhabitant", "DOUBLE", "in prices of 2017 per inhabitant", required=False),
        Column("value_constant_per_month", "DOUBLE", "in prices of 2017 per month", required=False),
        Column("months", "INTEGER", "months that have a value", required=False, unit="months"),
        Column("population", "BIGINT", "inhabitants that it is divided by", required=False, unit="persons"),
        Column("qualifier", "VARCHAR", "how firm the figures are that it rests on", values=QUALIFIERS),
        Column("is_computed", "BOOLEAN", "computed, not printed"),
        Column("observation_ids", "VARCHAR[]", "figures that it rests on"),
    ),
)

IN_LANGUAGE = {"kk": "in Kazakh", "ru": "in Russian", "en": "in English"}

VALUES: Mapping[str, Mapping[str, str]] = {
    "qualifier": {
        "=": "exactly",
        ">": "more than",
        ">=": "at least",
        "~": "about",
        "<": "less than",
        "<=": "at most",
    },
    "obs_status": {"A": "normal", "E": "estimated", "M": "missing", "P": "provisional"},
    "preferred": {"true": "yes", "false": "no"},
    "kind": {
        "year": "whole year",
        "part_of_year": "part of a year",
        "span": "several years",
        "school_year": "school year",
        "point": "one day",
        "target": "target",
    },
    "language": {"kk": "Kazakh", "ru": "Russian"},
    "aggregation": {"sum": "may be added", "none": "may not be added"},
    "derivation": {"sum": "sum of indicators", "ratio": "ratio of indicators"},
    "relation": {"equal": "the parts give the total", "at_most": "the parts do not exceed the total"},
}
"""What the allowed values of a column mean, where the value does not say it itself."""


@cache
def _translations(language: str) -> dict[str, str]:
    with (LOCALES / language / "LC_MESSAGES" / "dictionary.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale=language) if message.id}


def say(english: str, language: str) -> str:
    """Words of the schema in `language`. Raises KeyError where they have no translation."""
    return english if language == "en" else _translations(language)[english]


def row_meaning(table: Table, language: str = "en") -> str:
    """What one row of a table is."""
    return say(table.row, language)


def meaning(column: Column, language: str = "en") -> str:
    """What a column means, in one sentence."""
    for suffix in IN_LANGUAGE.values():
        stem = column.meaning.removesuffix(f", {suffix}")
        if stem != column.meaning:
            return f"{say(stem, language)}, {say(suffix, language)}"
    return say(column.meaning, language)


def value_meaning(column: Column, value: str, language: str = "en") -> str | None:
    """What an allowed value of a column means; None where it says it itself."""
    english = VALUES.get(column.name, {}).get(value)
    return None if english is None else say(english, language)


def tables() -> list[Table]:
    """Every table of a release that has a schema, by name."""
    return sorted((*TABLES, REFERENCES, REGION_VALUES, *COMPUTED), key=lambda table: table.name)


def columns(table: Table) -> tuple[Column, ...]:
    """The columns of a table as a release has them: observations have their id in front."""
    return (OBSERVATION_ID, *table.columns) if table.name == "observations" else table.columns


def markdown() -> str:
    """The page of the repository: a list of the tables, then each table with its key and a row for each column."""
    contents = "\n".join(f"- [{table.name}](#{table.name}): {table.row}" for table in tables())
    return "\n".join([HEAD + CELLS, "", contents, *(_section(table, _origin(table)) for table in tables())])


def page(language: str) -> str:
    """The dictionary of a release, which has one file for each table, in `language`."""
    head = f"# {say('Data dictionary', language)}\n\n{say(CELLS, language)}\n"
    contents = "\n".join(f"- [{table.name}](#{table.name}): {row_meaning(table, language)}" for table in tables())
    return "\n".join([head, contents, *(_section(table, "", language) for table in tables())])


def _origin(table: Table) -> str:
    if table in (REFERENCES, REGION_VALUES, *COMPUTED):
        return " Built only: no file in `data/facts/` holds it."
    if table.is_folder:
        return f" Files: every CSV file in `data/facts/{table.name}/`."
    return f" File: `data/facts/{table.name}.csv`."


def _section(table: Table, origin: str, language: str = "en") -> str:
    def word(english: str) -> str:
        return say(english, language)

    rows = "\n".join(
        f"| `{column.name}` | {column.type} | {word('yes' if column.required else 'no')} | {_meaning(column, language)} |"
        for column in (table.columns if origin else columns(table))
    )
    key = ", ".join(f"`{name}`" for name in table.key)
    return (
        f"\n## {table.name}\n\n{word('One row')}: {row_meaning(table, language)}.{origin} {word('Key')}: {key}.\n\n"
        f"| {word('column')} | {word('type')} | {word('required')} | {word('meaning')} |\n|---|---|---|---|\n{rows}\n"
    )


def _meaning(column: Column, language: str) -> str:
    """The meaning with what else the schema says of the column; a bar would end the table's cell."""

    def word(english: str) -> str:
        return say(english, language)

    parts = [meaning(column, language)]
    if column.unit:
        parts.append(f"{word('unit')}: {column.unit}")
    if column.values:
        named = [(value, value_meaning(column, value, language)) for value in column.values]
        listed = ", ".join(f"`{value}`" + (f" ({means})" if means else "") for value, means in named)
        parts.append(f"{word('one of')}: {listed}")
    if column.references:
        several = f", {word('several joined by')} `{column.list_separator}`" if column.list_separator else ""
        parts.append(f"{word('found in')}: `{column.references}`{several}")
    if column.low is not None or column.high is not None:
        low = "…" if column.low is None else f"{column.low:g}"
        high = "…" if column.high is None else f"{column.high:g}"
        parts.append(f"{low} – {high}")
    return "; ".join(parts).replace("|", "\\|")
