"""The one door from rows to the screen: chart, what it says, source, table with passports, data to take away."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_ui import numbers, passport, take_away, theme
from rzh_ui.columns import Shown as Shown
from rzh_ui.columns import Taken, places
from rzh_ui.drawn import drawn_once, unfolded
from rzh_ui.html import show, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records
from rzh_ui.take_away import Also as Also
from rzh_ui.take_away import MakeExhibit

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd
    import pyarrow as pa


DICTIONARY_BYTES = 250
"""What Arrow takes to say that a column's words stand elsewhere."""


def _draw(build: Callable[[], alt.TopLevelMixin], key: str, alt_text: str) -> None:
    specification = build().to_dict()
    tables = specification.pop("datasets", {})
    words = set(re.findall(r"\w+", json.dumps(specification)))  # a column that nothing names is not sent
    packed = {
        name: _packed([{column: row[column] for column in row if column in words} for row in rows])
        for name, rows in tables.items()
    }
    st.vega_lite_chart({**specification, "datasets": packed}, key=key, width="stretch", alt=alt_text)


def _spelled(element: Any) -> None:
    """Streamlit spells each Kazakh letter of a chart as six others; the browser reads them as they are."""
    words = json.loads(element.vega_lite_chart.spec)
    element.vega_lite_chart.spec = json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def _packed(rows: list[dict[str, Any]]) -> bytes:
    """Rows as an Arrow stream, as Streamlit sends them, without the notes for pandas that a browser does not read."""
    import pyarrow as pa

    table = pa.table({name: _short(column) for name, column in pa.Table.from_pylist(rows).to_pydict().items()})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()


def _short(values: list[Any]) -> pa.Array:
    """A column as Arrow: small whole numbers in few bytes, words that come again and again once."""
    import pyarrow as pa

    column = pa.array(values)
    if pa.types.is_integer(column.type) and all(value is None or abs(value) < 2**15 for value in values):
        return column.cast(pa.int16())
    if not pa.types.is_string(column.type):
        return column
    words = column.dictionary_encode()
    saved = len("".join(filter(None, values)).encode()) - len("".join(words.dictionary.to_pylist()).encode())
    if saved < DICTIONARY_BYTES:
        return column
    narrow = pa.int8() if len(words.dictionary) <= 2**7 else pa.int16()
    return pa.DictionaryArray.from_arrays(words.indices.cast(narrow), words.dictionary)


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
    import pandas as pd

    rows, columns = taken.rows, taken.columns
    shown = pd.DataFrame({t(column.label): rows[column.name].to_numpy() for column in columns})
    shown[t("table.kind")] = [taken.kind(row) for row in records(rows)]
    table = pd.concat([shown, pd.DataFrame(places(rows, t))], axis=1)
    st.html(text("p", t("figure.choose_row"), class_="rz-note"))
    selection = st.dataframe(
        table.style.set_uuid(key).format(
            {t(column.label): partial(_cell, column=column, t=t) for column in columns if column.unit},
            na_rep=t("figure.missing"),
        ),
        hide_index=True,
        key=f"{key}_rows",
        on_select="rerun",
        selection_mode="single-row",
        alt=t("figure.table_alt"),
    )
    chosen = selection["selection"]["rows"] if selection else []
    return int(chosen[0]) if chosen else None


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
        import pandas as pd

        shown = pd.DataFrame({t(column.label): rows[column.name].to_numpy() for column in columns})
        with opened:
            st.dataframe(shown, hide_index=True, key=f"{key}_rows", alt=label)
            take_away.offer(Taken(rows, columns, t, file_name), key=key, t=t, exhibit=exhibit)


def _sum_formula(row: Any, t: Messages) -> str | None:
    return t("formula.sum") if len(row["observation_ids"]) > 1 else None


def _cell(value: Any, column: Shown, t: Messages) -> str:
    return numbers.quantity(value, column.unit, t, decimals=column.decimals, is_short=False)
