"""What the explorer shows of the figures that are left: as a table, as rows × columns, as a chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_ui import (
    explore_chart,
    explore_choices,
    explore_download,
    explore_exhibit,
    explore_facets,
    figure,
    grid,
    numbers,
    passport,
)
from rzh_ui.columns import Shown
from rzh_ui.data import version
from rzh_ui.drawn import controls_drawn_once
from rzh_ui.explore_choices import CHARTS, DIMENSIONS, MEASURES, NO_COLUMNS, Wanted
from rzh_ui.explore_pivot import Pivot, decimals_of, label, pivot, said, why
from rzh_ui.html import show, tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import plain, records

if TYPE_CHECKING:
    import pandas as pd

NOTHING_PRINTED = "–"
"""Stands for line and token of a figure that is computed."""


@controls_drawn_once
def choose_view(t: Messages) -> None:
    """Table, pivot, chart or SQL."""
    st.segmented_control(
        t("explore.view"),
        explore_choices.VIEWS,
        format_func=lambda view: t(f"explore.view_{view}"),
        key="explore",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )


def draw(found: explore_facets.Left, wanted: Wanted, t: Messages) -> None:
    """The figures that are left, in the view that is chosen."""
    if wanted.view == "table":
        table(found, wanted, t)
        return
    choose_layout(t)
    made = laid_out(found, wanted, t)
    if wanted.view == "pivot":
        pivot_table(made, wanted, t)
    else:
        chart(found, made, wanted, t)


def table(found: explore_facets.Left, wanted: Wanted, t: Messages) -> None:
    """Every figure that is left, each with its passport, and all of them to take away."""
    alike = _alike(found, wanted, t)
    if alike:
        show(text("p", " · ".join(filter(None, alike.values())), class_="rz-lead"))
    show(text("p", t("figure.choose_row"), class_="rz-note"))
    chosen = grid.draw(
        _grid(found, wanted, t),
        highest=560,
        key="explore_rows",
        alt=t("explore.table_alt"),
        missing=NOTHING_PRINTED,
    )
    explore_download.offer(partial(_to_take, found, wanted, t), "figures", key="explore", t=t)
    for index in chosen:
        row = records(found.rows.iloc[[index]])[0]
        st.html(passport.panel(row["observation_ids"], t, formula=_formula(row, wanted, t)))


def _formula(row: dict[str, Any], wanted: Wanted, t: Messages) -> str | None:
    """How a figure was computed; None for a printed one."""
    if not row["is_computed"]:
        return None
    parts = []
    if row["indicator_id"] in ("tugan_zher_funding", "tugan_zher_leverage"):
        parts.append(t("formula.funding" if row["indicator_id"] == "tugan_zher_funding" else "formula.leverage"))
    elif len(row["observation_ids"]) > 1:
        parts.append(t("formula.sum"))
    if wanted.per != "total":
        parts.append(t(f"formula.{wanted.per}"))
    return "; ".join(parts) or t("formula.total")


def _shown(rows: pd.DataFrame, wanted: Wanted, t: Messages) -> pd.DataFrame:
    """The table as it stands on the screen, values as numbers."""
    import pandas as pd

    return pd.DataFrame(
        {
            t("table.indicator"): rows[f"indicator_{t.language}"].to_numpy(),
            t("explore.what"): [_what(row, t) for row in records(rows)],
            t("table.region"): rows[f"region_{t.language}"].to_numpy(),
            t("table.period"): rows[f"period_{t.language}"].to_numpy(),
            t(f"table.value_{wanted.per}"): rows["value"].to_numpy(),
            t("table.kind"): [_kind(row, t) for row in records(rows)],
            **{
                t(f"table.{what}_{half}"): rows[f"{half}_{what}"].array
                for half in ("kk", "ru")
                for what in ("printed", "line")
            },
        }
    )


def _what(row: dict[str, Any], t: Messages) -> str:
    """What part of its indicator a figure speaks of."""
    parts = [row[f"{stem}_{t.language}"] for stem in ("group", "category")]
    return " · ".join(part for part in parts if isinstance(part, str))


def _kind(row: dict[str, Any], t: Messages) -> str:
    kind = t("table.computed") if row["is_computed"] else t("table.printed")
    return kind if row["preferred"] else f"{kind} ({t('passport.not_preferred')})"


@remembered
def _alike(found: explore_facets.Left, wanted: Wanted, t: Messages) -> dict[str, str]:
    """Columns of names that say the same in every row, with what they say: it stands over the table, once."""
    shown = _shown(found.rows, wanted, t)
    heads = (t("table.indicator"), t("explore.what"), t("table.region"), t("table.period"))
    return {head: str(shown[head].iloc[0]) for head in heads if len(shown) > 1 and shown[head].nunique() == 1}


@remembered
def _grid(found: explore_facets.Left, wanted: Wanted, t: Messages) -> grid.Grid:
    """Values as words beside the numbers that the table sorts by; each in the unit of its indicator."""
    shown = _shown(found.rows, wanted, t).drop(columns=list(_alike(found, wanted, t)))
    said = {t(f"table.value_{wanted.per}"): [_value(row, wanted, t) for row in records(found.rows)]}
    return grid.grid(grid.Column(name, plain(shown[name]), said.get(name)) for name in shown.columns)


def _value(row: dict[str, Any], wanted: Wanted, t: Messages) -> str:
    decimals = decimals_of(row, wanted.per)
    if wanted.per == "total" and not row["is_computed"]:
        decimals = numbers.printed_decimals(float(row["value"]), decimals)
    value = numbers.quantity(row["value"], row["unit"], t, decimals=decimals, is_short=False)
    return numbers.qualified(value, row["qualifier"], t)


def _to_take(found: explore_facets.Left, wanted: Wanted, t: Messages) -> pd.DataFrame:
    """The table with units and signs of precision in columns of their own, and the ids of the figures."""
    rows = found.rows
    shown = _shown(rows, wanted, t)
    value = list(shown.columns).index(t(f"table.value_{wanted.per}"))
    shown.insert(value, t("explore.qualifier"), rows["qualifier"].to_numpy())
    shown.insert(value + 2, t("explore.unit"), [explore_chart.unit_name(unit, t) for unit in rows["unit"]])
    shown["observation_id"] = [" ".join(ids) for ids in rows["observation_ids"]]
    return shown


def choose_layout(t: Messages) -> None:
    """Rows, columns and what a cell says."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _box("pivot_rows", DIMENSIONS, "explore.dimension", t)
        _box("pivot_columns", (*DIMENSIONS, NO_COLUMNS), "explore.dimension", t)
        _box("pivot_measure", MEASURES, "explore.measure", t)


def _box(key: str, options: tuple[str, ...], prefix: str, t: Messages) -> None:
    names = {option: _option(prefix, option, t) for option in options}
    st.selectbox(
        t(f"filter.{key}"), options, format_func=names.__getitem__, key=key, persist_state="session", width=250
    )


def _option(prefix: str, option: str, t: Messages) -> str:
    return t(f"explore.dimension_{option}") if prefix == "explore.dimension" else t(f"explore.measure_{option}")


def laid_out(found: explore_facets.Left, wanted: Wanted, t: Messages) -> Pivot:
    """The pivot of what is left, with what must be said of it: its refusal, or wordings that are left out."""
    made = _pivot(found, wanted, t)
    if wanted.rows == wanted.columns:
        st.html(text("p", t("explore.same_dimension"), class_="rz-warn", role="status"))
    elif made.refusal:
        st.html(text("p", why(made.refusal, wanted, t), class_="rz-warn", role="status"))
    if made.hidden:
        st.html(text("p", t.plural("explore.hidden", made.hidden), class_="rz-note"))
    return made


@remembered
def _pivot(found: explore_facets.Left, wanted: Wanted, t: Messages) -> Pivot:
    return pivot(found.rows, wanted, t)


def pivot_table(made: Pivot, wanted: Wanted, t: Messages) -> None:
    """The figures by row and column; a chosen cell opens the passports behind it."""
    if made.refusal or wanted.rows == wanted.columns:
        return
    show(text("p", t("explore.choose_cell"), class_="rz-note"))
    shown = _pivot_grid(made, wanted, t)
    chosen = grid.draw(
        shown,
        highest=720,
        settings={shown.names[0]: {"pinned": True}},
        key="explore_cells",
        selects="single-cell",
        alt=t("explore.pivot_alt"),
        missing=t("figure.missing"),
    )
    file_name = explore_exhibit.file_name(wanted)
    explore_download.offer(partial(_pivot_to_take, made, wanted, t), file_name, key="explore_pivot", t=t)
    for index, column in chosen:
        place = shown.names.index(column) - 1
        if place >= 0:
            _cell_passport(made, wanted, made.rows[index], made.columns[place], t)


def _cell_passport(made: Pivot, wanted: Wanted, row: str, column: str, t: Messages) -> None:
    cell = made.cells.get((row, column))
    names = [label(wanted.rows, row, t), *([label(wanted.columns, column, t)] if wanted.columns != NO_COLUMNS else [])]
    st.html(text("p", f"{' × '.join(names)}: {said(cell, t)}", class_="rz-lead", role="status"))
    if cell is not None:
        st.html(
            passport.panel(
                cell.observation_ids,
                t,
                formula=explore_exhibit.how(wanted, t, is_computed=cell.is_computed, is_several=cell.count > 1),
            )
        )


@remembered
def _pivot_grid(made: Pivot, wanted: Wanted, t: Messages) -> grid.Grid:
    def named() -> Iterator[grid.Column]:
        head = t(f"explore.dimension_{wanted.rows}")
        yield grid.Column(head, [label(wanted.rows, one, t) for one in made.rows])
        known = {head}
        for column in made.columns:
            name = label(wanted.columns, column, t) if wanted.columns != NO_COLUMNS else t(f"table.value_{wanted.per}")
            while name in known:  # two indicators of one name stay two columns
                name += " "
            known.add(name)
            cells = [made.cells.get((row, column)) for row in made.rows]
            yield grid.Column(name, [cell.value if cell else None for cell in cells], [said(cell, t) for cell in cells])

    return grid.grid(named())


def _pivot_to_take(made: Pivot, wanted: Wanted, t: Messages) -> pd.DataFrame:
    table: pd.DataFrame = _pivot_grid(made, wanted, t).table.to_pandas()
    return table


def chart(found: explore_facets.Left, made: Pivot, wanted: Wanted, t: Messages) -> None:
    """The chart of a pivot, of a kind that fits; the other kinds with the reason why they do not."""
    fit = explore_chart.fit(made, wanted, t)
    if fit.fitting:
        if st.session_state["chart"] not in fit.fitting:
            st.session_state["chart"] = fit.fitting[0]
        st.segmented_control(
            t("filter.chart"),
            fit.fitting,
            format_func=lambda kind: t(f"explore.chart_{kind}"),
            key="chart",
            required=True,
            persist_state="session",
        )
        _drawn(st.session_state["chart"], found, made, wanted, t)
    if fit.reasons:
        items = "".join(
            tag("li", text("b", t(f"explore.chart_{kind}")) + text("span", f" – {fit.reasons[kind]}"))
            for kind in CHARTS
            if kind in fit.reasons
        )
        st.html(text("p", t("explore.off_title"), class_="rz-eyebrow") + tag("ul", items, class_="rz-brief"))


def _drawn(kind: str, found: explore_facets.Left, made: Pivot, wanted: Wanted, t: Messages) -> None:
    rows = explore_chart.rows_of(made, wanted, t)
    subject = explore_exhibit.subject(found, wanted, t)
    show(text("p", subject.title, class_="rz-lead"))
    figure.chart(
        lambda: explore_chart.build(kind, rows, wanted, subject.indicator, t),
        (version(), kind, wanted),
        key="explored",
        t=t,
        alt_text=f"{subject.title}. {explore_exhibit.finding(kind, rows, t)}",
    )
    unit = made.units[0] if len(made.units) == 1 else ""
    decimals = max(int(one) for one in rows["decimals"]) if unit else 2
    value = Shown("value", "table.value" if wanted.measure == "count" else f"table.value_{wanted.per}", unit, decimals)
    if not unit:
        value = replace(value, name="said", unit="", decimals=0)
    figure.under(
        rows,
        (
            Shown("row", f"explore.dimension_{wanted.rows}"),
            *((Shown("column", f"explore.dimension_{wanted.columns}"),) if wanted.columns != NO_COLUMNS else ()),
            value,
        ),
        key="explored",
        t=t,
        note=explore_exhibit.note(found, t),
        formula=explore_exhibit.formula(rows, wanted, t),
        file_name=explore_exhibit.file_name(wanted),
        exhibit=partial(explore_exhibit.made, kind, found, rows, wanted, t),
    )
