"""The answer to a free question: as a table, as a chart of a kind that fits, and to take away."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any
from zlib import crc32

import streamlit as st

from rzh_data.sandbox import MOST_ROWS, Answer
from rzh_ui import explore_download, figure, free_query_schema, grid, numbers, passport, theme
from rzh_ui.data import version
from rzh_ui.html import show, tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembering
from rzh_ui.rows import plain

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

MOST_BARS = 60
MOST_POINTS = 2_000
SMALLEST_GROUPED = 10_000
"""Whole numbers below are written without a gap: years and line numbers are no amounts."""

FIGURE, FIGURES = "observation_id", "observation_ids"
"""Columns that tie a row of an answer to one printed figure, or to several: such a row opens their passports."""

SHOWN_AS = ("table", "chart")


def draw(answer: Answer, t: Messages) -> None:
    """Everything about an answer."""
    st.html(text("p", _summary(answer, t), class_="rz-lead", role="status"))
    if not answer.rows:
        return
    rows = _frame(answer)
    st.segmented_control(
        t("free_query.shown_as"),
        SHOWN_AS,
        format_func=lambda one: t(f"explore.view_{one}"),
        key="sql_shown",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    if st.session_state["sql_shown"] == "chart":
        _chart(rows, t)
    else:
        _table(rows, t)
    explore_download.offer(lambda: rows, st.session_state["question"], key="sql", t=t)


def _summary(answer: Answer, t: Messages) -> str:
    said = t.plural("free_query.rows", len(answer.rows), seconds=numbers.decimal(answer.seconds, t, 1))
    if answer.is_cut:
        said += " " + t("free_query.cut", most=numbers.decimal(MOST_ROWS, t))
    if answer.cut_cells:
        said += " " + t.plural("free_query.cut_cells", answer.cut_cells)
    return said


@remembering(32)
def _frame(answer: Answer) -> pd.DataFrame:
    """The answer as a DataFrame whose columns have names of their own; whole numbers with gaps stay whole."""
    import pandas as pd

    names: list[str] = []
    for name, _ in answer.columns:
        unique, count = name, 1
        while unique in names:
            count += 1
            unique = f"{name} {count}"
        names.append(unique)
    rows = pd.DataFrame(list(answer.rows), columns=names)
    for index, (_, kind) in enumerate(answer.columns):
        cells = rows.iloc[:, index]
        if kind.endswith("INT") or kind == "INTEGER":
            rows[names[index]] = cells.astype("Int64") if cells.map(_fits).all() else cells.astype("str")
        elif kind.startswith("DECIMAL") or kind in ("DOUBLE", "FLOAT"):
            rows[names[index]] = cells.astype("Float64" if cells.isna().any() else "float64")
        elif kind == "BOOLEAN":
            rows[names[index]] = cells.astype("boolean")
    return rows


def _fits(cell: Any) -> bool:
    return cell is None or cell != cell or isinstance(cell, int | float)


def _numeric(rows: pd.DataFrame) -> list[str]:
    from pandas.api import types

    return [
        name
        for name in rows.columns
        if types.is_numeric_dtype(rows[name]) and not types.is_bool_dtype(rows[name]) and rows[name].notna().any()
    ]


def _table(rows: pd.DataFrame, t: Messages) -> None:
    meanings = free_query_schema.meanings(t)
    has_places = FIGURE in rows.columns or FIGURES in rows.columns
    if has_places:
        show(text("p", t("figure.choose_row"), class_="rz-note"))
    chosen = grid.draw(
        _grid(rows, t),
        highest=560,
        settings={name: {"help": meanings[name]} for name in rows.columns if name in meanings},
        key="sql_rows",
        selects="single-row" if has_places else None,
        alt=t("free_query.table_alt"),
        missing=t("figure.missing"),
    )
    if chosen:
        known = figures_of(rows.iloc[chosen[0]])
        several = t("free_query.computed_from") if len(known) > 1 else None
        st.html(passport.panel(known, t, formula=several))


def figures_of(row: pd.Series) -> tuple[str, ...]:
    """The figures that a row of an answer names, each once; a list comes as JSON."""
    found = [row[FIGURE]] if isinstance(row.get(FIGURE), str) else []
    if isinstance(row.get(FIGURES), str):
        with contextlib.suppress(ValueError):  # a text that somebody called so
            listed = json.loads(row[FIGURES])
            found += [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    return tuple(dict.fromkeys(found))


@remembering(32)
def _grid(rows: pd.DataFrame, t: Messages) -> grid.Grid:
    numeric = set(_numeric(rows))

    def column(name: str) -> grid.Column:
        values = plain(rows[name])
        if name not in numeric:
            return grid.Column(name, values)
        decimals = _decimals(rows[name])
        return grid.Column(name, values, [_said(value, decimals=decimals, t=t) for value in values])

    return grid.grid(map(column, rows.columns))


def _decimals(cells: pd.Series) -> int:
    """As many decimals as tell the values apart: none for whole numbers, two for large ones, more for small ones."""
    known = cells.dropna().astype(float)
    if not len(known) or (known == known.round()).all():
        return 0
    largest = float(known.abs().max())
    return 2 if largest >= 10 else 4 if largest >= 0.01 else 8


def _said(value: Any, *, decimals: int, t: Messages) -> str:
    if numbers.is_missing(value):
        return t("figure.missing")
    number = int(value) if float(value).is_integer() else float(value)
    if decimals == 0 and 0 <= number < SMALLEST_GROUPED:
        return str(number)
    return numbers.decimal(number, t, decimals)


def _chart(rows: pd.DataFrame, t: Messages) -> None:
    """Bars of one column of numbers by one of names, or points of two columns of numbers."""
    numeric = _numeric(rows)
    names = [name for name in rows.columns if name not in numeric]
    reasons = {}
    if not numeric:
        reasons["bars"] = reasons["points"] = t("free_query.off_no_numbers")
    else:
        if not names:
            reasons["bars"] = t("free_query.off_no_names")
        elif len(rows) > MOST_BARS:
            reasons["bars"] = t("free_query.off_many", most=MOST_BARS)
        if len(numeric) < 2 or len(rows) < 3:
            reasons["points"] = t("free_query.off_one_number")
        elif len(rows) > MOST_POINTS:
            reasons["points"] = t("free_query.off_many", most=MOST_POINTS)
    fitting = [kind for kind in ("bars", "points") if kind not in reasons]
    if fitting:
        kind, across, up = _choose(fitting, names, numeric, t)
        drawn = rows[[across, up]].dropna()
        said = t("free_query.chart_alt", across=across, up=up, count=len(drawn))
        st.html(text("p", said, class_="rz-note"))
        figure.chart(
            lambda: _bars(drawn, across, up) if kind == "bars" else _points(drawn, across, up),
            (version(), kind, across, up, drawn.to_json()),
            key="sql_drawn",
            t=t,
            alt_text=said,
        )
    if reasons:
        items = "".join(
            tag("li", text("b", t(f"explore.chart_{kind}")) + text("span", f" – {reason}"))
            for kind, reason in reasons.items()
        )
        st.html(text("p", t("explore.off_title"), class_="rz-eyebrow") + tag("ul", items, class_="rz-brief"))


def _choose(fitting: list[str], names: list[str], numeric: list[str], t: Messages) -> tuple[str, str, str]:
    """Kind of chart and the two columns that are drawn."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox(
            t("filter.chart"),
            fitting,
            format_func=lambda one: t(f"explore.chart_{one}"),
            key=f"sql_chart_{'_'.join(fitting)}",
            width=220,
        )
        first = names if kind == "bars" else numeric
        across = st.selectbox(t("free_query.across"), first, key=f"sql_across_{_mark(first)}", width=260)
        second = [name for name in numeric if name != across]
        up = st.selectbox(t("free_query.up"), second, key=f"sql_up_{_mark(second)}", width=260)
    return str(kind), str(across), str(up)


def _mark(names: list[str]) -> int:
    """Tells the columns of one answer from those of another, so that a box never keeps a column that is not there."""
    return crc32("\n".join(names).encode())


def _bars(rows: pd.DataFrame, across: str, up: str) -> alt.TopLevelMixin:
    import altair as alt

    shown = rows.rename(columns={across: "name", up: "value"}).astype({"name": "str", "value": "float64"})
    return (
        alt.Chart(shown)
        .mark_bar(color=theme.LOCAL_BUDGET)
        .encode(
            x=alt.X("value:Q", title=up).stack(None),
            y=alt.Y("name:N", sort=list(dict.fromkeys(shown["name"])), title=None, axis=alt.Axis(labelLimit=330)),
            tooltip=[alt.Tooltip("name:N", title=across), alt.Tooltip("value:Q", title=up, format=",.4~f")],
        )
        .properties(height=max(140, 26 * shown["name"].nunique()))
    )


def _points(rows: pd.DataFrame, across: str, up: str) -> alt.TopLevelMixin:
    import altair as alt

    shown = rows.rename(columns={across: "across", up: "up"}).astype("float64")
    return (
        alt.Chart(shown)
        .mark_circle(size=80, color=theme.LOCAL_BUDGET, opacity=0.8)
        .encode(
            x=alt.X("across:Q", title=across),
            y=alt.Y("up:Q", title=up),
            tooltip=[
                alt.Tooltip("across:Q", title=across, format=",.4~f"),
                alt.Tooltip("up:Q", title=up, format=",.4~f"),
            ],
        )
        .properties(height=420)
    )
