"""The one door from rows to the screen: chart, what it says, source, table with passports, data to take away."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_ui import grid, numbers, packed, passport, take_away, theme
from rzh_ui.columns import Shown as Shown
from rzh_ui.columns import Taken, places
from rzh_ui.drawn import drawn_once, unfolded
from rzh_ui.html import show, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import plain, records
from rzh_ui.take_away import Also as Also
from rzh_ui.take_away import MakeExhibit

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


def _draw(build: Callable[[], alt.TopLevelMixin], key: str, alt_text: str) -> None:
    specification = build().to_dict()
    tables = specification.pop("datasets", {})
    words = set(re.findall(r"\w+", json.dumps(specification)))  # a column that nothing names is not sent
    datasets = {
        name: packed.of_rows([{column: row[column] for column in row if column in words} for row in rows])
        for name, rows in tables.items()
    }
    st.vega_lite_chart({**specification, "datasets": datasets}, key=key, width="stretch", alt=alt_text)


def _spelled(element: Any) -> None:
    """Streamlit spells each Kazakh letter of a chart as six others; the browser reads them as they are."""
    words = json.loads(element.vega_lite_chart.spec)
    element.vega_lite_chart.spec = json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def chart(
    build: Callable[[], alt.TopLevelMixin], view: tuple[Any, ...], *, key: str, t: Messages, alt_text: str
) -> None:
    """Draws a chart, built once for each distinct `view`.

    Args:
        build: makes the chart; must depend on nothing but `view`.
        view: everything the chart and its alternative text depend on, apart from key and language: data version, filters.
        alt_text: the finding in one sentence, for whoever does not see the chart.
    """

    def localised() -> alt.TopLevelMixin:
        made: Any = build()
        return (
            # Vega describes each mark in English; `alt_text` and the table speak the page's language instead.
            made.configure(locale=numbers.vega_locale(t), aria=False)
            .configure_mark(aria=False)
            .configure_axis(labelFontSize=13, titleFontSize=13, labelColor=theme.TEXT, titleColor=theme.TEXT)
            .configure_legend(
                labelFontSize=13, titleFontSize=13, labelLimit=260, labelColor=theme.TEXT, titleColor=theme.TEXT
            )
        )

    drawn_once(("chart", key, t.language, *view), lambda: _draw(localised, key, alt_text), finish=_spelled)


def under(
    rows: pd.DataFrame,
    columns: Sequence[Shown],
    *,
    key: str,
    t: Messages,
    note: str = "",
    formula: str | None = None,
    file_name: str,
    exhibit: MakeExhibit | None = None,
    also: Sequence[Also] = (),
) -> None:
    """What stands under every chart: a sentence, the source line, and the table of its numbers with their passports.

    Args:
        rows: what is drawn, one row a mark, with the column `observation_ids` (lists of str). Where each row is computed
            in a way of its own, the column `formula` says how.
        formula: how the values were computed, in words; None where they are printed.
        file_name: name of the file to take away, without its ending.
        exhibit: makes the figure apart from the screen, for its pictures; None where it is a list of words.
        also: further drawings of the same rows, with pictures of their own.
    """
    show(_said(rows, note, t))
    opened = unfolded(t("figure.table"), key=f"{key}_table")
    if opened is not None:
        with opened:
            taken = Taken(rows, columns, t, file_name, formula)
            chosen = _table(taken, key=key, t=t)
            take_away.offer(taken, key=key, t=t, exhibit=exhibit, also=also)
            if chosen is not None:
                _passport_of(taken, chosen, t)


@remembered
def _said(rows: pd.DataFrame, note: str, t: Messages) -> str:
    identities = tuple(dict.fromkeys(identity for cell in rows["observation_ids"] for identity in cell))
    said = text("p", note, class_="rz-note") if note else ""
    return said + text("p", passport.lines(identities, t), class_="rz-source")


def _table(taken: Taken, *, key: str, t: Messages) -> int | None:
    """Draws the table; gives the number of the row that the visitor marked in it."""
    show(text("p", t("figure.choose_row"), class_="rz-note"))
    packed_once = _grid(taken.rows, tuple(taken.columns), taken.formula, t)
    chosen = grid.draw(packed_once, key=f"{key}_rows", alt=t("figure.table_alt"), missing=t("figure.missing"))
    return chosen[0] if chosen else None


@remembered
def _grid(rows: pd.DataFrame, columns: tuple[Shown, ...], formula: str | None, t: Messages) -> grid.Grid:
    taken = Taken(rows, columns, t, "", formula)
    shown = [_column(rows[column.name], column, t) for column in columns]
    shown.append(grid.Column(t("table.kind"), [taken.kind(row) for row in records(rows)]))
    shown += [grid.Column(label, cells) for label, cells in places(rows, t).items()]
    return grid.grid(shown)


def _column(cells: pd.Series, column: Shown, t: Messages) -> grid.Column:
    values = plain(cells)
    words = [_cell(value, column, t) for value in values] if column.unit else None
    return grid.Column(t(column.label), values, words)


def _passport_of(taken: Taken, index: int, t: Messages) -> None:
    row = taken.rows.iloc[index]
    own = row.get("formula", taken.formula)
    formula = own if bool(row.get("is_computed", taken.formula is not None)) else None
    st.html(passport.panel(row["observation_ids"], t, formula=formula or _sum_formula(row, t)))


def table_alone(
    rows: pd.DataFrame,
    columns: Sequence[Shown],
    *,
    key: str,
    t: Messages,
    label: str,
    file_name: str,
    exhibit: MakeExhibit | None = None,
) -> None:
    """A table of words that rest on no printed figure (what is missing), opened on demand, with its data to take away."""
    opened = unfolded(label, key=f"{key}_table")
    if opened is not None:
        shown = grid.grid(grid.Column(t(column.label), plain(rows[column.name])) for column in columns)
        with opened:
            grid.draw(shown, key=f"{key}_rows", alt=label, missing=t("figure.missing"), selects=None)
            take_away.offer(Taken(rows, columns, t, file_name), key=key, t=t, exhibit=exhibit)


def _sum_formula(row: Any, t: Messages) -> str | None:
    return t("formula.sum") if len(row["observation_ids"]) > 1 else None


def _cell(value: Any, column: Shown, t: Messages) -> str:
    return numbers.quantity(value, column.unit, t, decimals=column.decimals, is_short=False)
