"""The one door from rows to the screen: chart, what it says, source, table with passports, data to take away."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_ui import numbers, passport, theme
from rzh_ui.data import ask
from rzh_ui.drawn import drawn_once
from rzh_ui.html import show, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd
    import pyarrow as pa


DICTIONARY_BYTES = 250
"""What Arrow takes to say that a column's words stand elsewhere."""


@dataclass(frozen=True)
class Shown:
    """One column of a figure's table.

    Attributes:
        name: column of the rows.
        label: key of the message that heads it.
        unit: unit of measure of a number; empty for text.
        decimals: decimals of a number.
    """

    name: str
    label: str
    unit: str = ""
    decimals: int = 0


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
    return pa.DictionaryArray.from_arrays(words.indices.cast(pa.int8()), words.dictionary)


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
) -> None:
    """What stands under every chart: a sentence, the source line, and the table of its numbers with their passports.

    Args:
        rows: what is drawn, one row a mark, with the column `observation_ids` (lists of str). Where each row is computed
            in a way of its own, the column `formula` says how.
        formula: how the values were computed, in words; None where they are printed.
        file_name: name of the file to take away, without its ending.
    """
    show(_said(rows, note, t))
    opened = st.expander(t("figure.table"), key=f"{key}_table", on_change="rerun")
    if opened.open:
        with opened:
            _table(rows, columns, key=key, t=t, formula=formula, file_name=file_name)


@remembered
def _said(rows: pd.DataFrame, note: str, t: Messages) -> str:
    identities = tuple(dict.fromkeys(identity for cell in rows["observation_ids"] for identity in cell))
    said = text("p", note, class_="rz-note") if note else ""
    return said + text("p", passport.lines(identities, t), class_="rz-source")


def _table(
    rows: pd.DataFrame, columns: Sequence[Shown], *, key: str, t: Messages, formula: str | None, file_name: str
) -> None:
    import pandas as pd

    places = _places(rows, t)
    shown = pd.DataFrame({t(column.label): rows[column.name].to_numpy() for column in columns})
    shown[t("table.kind")] = [_kind(row, t, formula) for row in records(rows)]
    table = pd.concat([shown, places], axis=1)
    st.html(text("p", t("figure.choose_row"), class_="rz-note"))
    selection = st.dataframe(
        table.style.format(
            {t(column.label): partial(_cell, column=column, t=t) for column in columns if column.unit},
            na_rep=t("figure.missing"),
        ),
        hide_index=True,
        key=f"{key}_rows",
        on_select="rerun",
        selection_mode="single-row",
        alt=t("figure.table_alt"),
    )
    st.download_button(
        t("figure.csv"),
        partial(csv, table),
        file_name=f"{file_name}.csv",
        mime="text/csv",
        key=f"{key}_csv",
        on_click="ignore",
    )
    chosen = selection["selection"]["rows"] if selection else []
    if chosen:
        row = rows.iloc[chosen[0]]
        row_formula = row.get("formula", formula) if bool(row.get("is_computed", formula is not None)) else None
        st.html(passport.panel(row["observation_ids"], t, formula=row_formula or _sum_formula(row, t)))


def table_alone(
    rows: pd.DataFrame, columns: Sequence[Shown], *, key: str, t: Messages, label: str, file_name: str
) -> None:
    """A table of words that rest on no printed figure (what is missing), opened on demand, with its data to take away."""
    opened = st.expander(label, key=f"{key}_table", on_change="rerun")
    if opened.open:
        import pandas as pd

        shown = pd.DataFrame({t(column.label): rows[column.name].to_numpy() for column in columns})
        with opened:
            st.dataframe(shown, hide_index=True, key=f"{key}_rows", alt=label)
            st.download_button(
                t("figure.csv"),
                partial(csv, shown),
                file_name=f"{file_name}.csv",
                mime="text/csv",
                key=f"{key}_csv",
                on_click="ignore",
            )


def _sum_formula(row: Any, t: Messages) -> str | None:
    return t("formula.sum") if len(row["observation_ids"]) > 1 else None


def _kind(row: dict[str, Any], t: Messages, formula: str | None) -> str:
    computed = row.get("is_computed")
    return (
        t("table.computed") if (bool(computed) if computed is not None else formula is not None) else t("table.printed")
    )


def _cell(value: Any, column: Shown, t: Messages) -> str:
    return numbers.quantity(value, column.unit, t, decimals=column.decimals, is_short=False)


def _places(rows: pd.DataFrame, t: Messages) -> pd.DataFrame:
    """Lines and printed tokens of each row's figures, one column for each half."""
    import pandas as pd

    identities = tuple(dict.fromkeys(identity for cell in rows["observation_ids"] for identity in cell))
    found = ask("passports", observations=identities)
    first = found[found["is_first"]]
    by_half = {
        half: {
            row["observation_id"]: (row["line"], row["printed"]) for row in records(first[first["language"] == half])
        }
        for half in ("kk", "ru")
    }
    columns: dict[str, list[str]] = {}
    for half, known in by_half.items():
        cells = [[known[identity] for identity in cell if identity in known] for cell in rows["observation_ids"]]
        columns[t(f"table.line_{half}")] = ["; ".join(str(line) for line, _ in cell) for cell in cells]
        columns[t(f"table.printed_{half}")] = ["; ".join(printed for _, printed in cell) for cell in cells]
    return pd.DataFrame(columns)


def csv(table: pd.DataFrame) -> bytes:
    """The table as CSV that a spreadsheet in a Russian or Kazakh locale opens right: semicolons and a byte order mark."""
    return table.to_csv(index=False, sep=";", decimal=",").encode("utf-8-sig")
