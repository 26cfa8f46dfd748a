"""What a visitor of the explorer chose, kept in the address beside the choices that all pages share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from rzh_data import saved_questions
from rzh_ui.address import Address, Choice, Words
from rzh_ui.controls import Chosen
from rzh_ui.data import ask
from rzh_ui.remember import remembered
from rzh_ui.rows import records

VIEWS = ("table", "pivot", "chart", "sql")
FACETS = ("topic", "indicator", "region", "period", "principle", "project", "group", "document", "origin")
"""In the order they stand beside the table."""

ORIGINS = ("printed", "computed")
DIMENSIONS = ("region", "period", "indicator", "category", "group", "topic")
"""What rows and columns of a pivot can be."""

NO_COLUMNS = "none"
MEASURES = ("single", "sum", "lowest", "highest", "count")
"""What a cell of a pivot says: the one figure it holds, their sum, smallest or largest, or how many there are."""

CHARTS = ("bars", "stacked", "lines", "points")
FIRST_VALUES = {"indicator": "tugan_zher_sponsors", "period": "2018", "region": "pavlodar"}
"""What the parameters of a free question stand at before a visitor chooses."""

LONGEST_SCRIPT = 6_000


@dataclass(frozen=True)
class Script(Words):
    """A query that a visitor wrote: many lines, and blanks that matter."""

    def parse(self, texts: Any) -> tuple[Any, list[str]]:
        """The text, without signs that no keyboard writes."""
        text = texts[-1] if texts else ""
        return "".join(sign for sign in text if sign.isprintable() or sign == "\n")[:LONGEST_SCRIPT], []

    def text(self, value: Any) -> str | None:
        """The text as it is; an empty one is left out."""
        return str(value or "") or None


@dataclass(frozen=True)
class Wanted:
    """What the explorer shows.

    Attributes:
        view: table, pivot, chart or sql.
        facets: chosen ids of each facet of `FACETS`, in that order; empty keeps all.
        rows, columns: dimensions of the pivot and of the chart; `none` has no columns.
        measure: what a cell of the pivot says.
        chart: kind of chart.
        per, principles, regions: as on every page.
    """

    view: str
    facets: tuple[tuple[str, ...], ...]
    rows: str
    columns: str
    measure: str
    chart: str
    per: str
    principles: tuple[str, ...]
    regions: tuple[str, ...]

    def of(self, facet: str) -> tuple[str, ...]:
        """Chosen ids of one facet."""
        return self.facets[FACETS.index(facet)]

    def narrowing(self) -> tuple[str, ...]:
        """Keys of the filters in use, to be named where nothing is left."""
        shared = [key for key in ("principles", "regions") if getattr(self, key)]
        return (
            *shared,
            *(key_of(facet) for facet in FACETS if self.of(facet)),
            *(["per"] if self.per != "total" else []),
        )


def key_of(facet: str) -> str:
    """Key of a facet's widget and name of its URL parameter."""
    return f"f_{facet}"


def keep_in_address() -> Address:
    """Takes this page's own choices from the address and puts them back; they are of no use to other pages."""
    places = Address(_choices(), name="_explore")
    places.read()
    places.write()
    return places


@remembered
def _choices() -> tuple[Choice, ...]:
    names = ask("explorer_names")
    options: dict[str, tuple[str, ...]] = {
        str(facet): tuple(rows["id"]) for facet, rows in names.groupby("facet", sort=False)
    }
    options["topic"] = tuple(sorted(set(ask("explorer_figures")["topic"])))
    options["origin"] = ORIGINS
    questions = tuple(question.question_id for question in saved_questions.every())
    return (
        Choice("explore", VIEWS, VIEWS[0]),
        *(Choice(key_of(facet), options[facet], is_list=True) for facet in FACETS),
        Words("look", ()),
        Choice("pivot_rows", DIMENSIONS, "region"),
        Choice("pivot_columns", (*DIMENSIONS, NO_COLUMNS), "period"),
        Choice("pivot_measure", MEASURES, MEASURES[0]),
        Choice("chart", CHARTS, CHARTS[0]),
        Choice("question", questions, questions[0]),
        Script("sql", ()),
        *(
            Choice(f"sql_{facet}", options[facet], first if first in options[facet] else options[facet][0])
            for facet, first in FIRST_VALUES.items()
        ),
        Words("sql_number", ()),
        Words("sql_text", ()),
        Choice("sql_shown", ("table", "chart"), "table"),
    )


def wanted(choice: Chosen) -> Wanted:
    """What the visitor asks of the explorer now."""
    state = st.session_state
    return Wanted(
        view=state["explore"],
        facets=tuple(tuple(state[key_of(facet)]) for facet in FACETS),
        rows=state["pivot_rows"],
        columns=state["pivot_columns"],
        measure=state["pivot_measure"],
        chart=state["chart"],
        per=choice.per,
        principles=choice.principles,
        regions=choice.regions,
    )


@remembered
def names(language: str) -> dict[tuple[str, str], str]:
    """Names of everything the facets offer but topics and origins, by facet and id."""
    return {(row["facet"], row["id"]): row[f"name_{language}"] for row in records(ask("explorer_names"))}
