"""What the explorer shows of the figures that are left: as a table, as rows × columns, as a chart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_ui import explore_chart, explore_choices, explore_download, explore_facets, figure, numbers, passport
from rzh_ui.columns import Shown
from rzh_ui.data import version
from rzh_ui.explore_choices import CHARTS, DIMENSIONS, MEASURES, NO_COLUMNS, Wanted
from rzh_ui.explore_pivot import Pivot, decimals_of, label, pivot, said, why
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler


MOST_NAMED = 2
"""Indicators that a chart's title names; more are several."""


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
    st.html(text("p", t("figure.choose_row"), class_="rz-note"))
    rows = found.rows
    selection = st.dataframe(
        _styled(found, wanted, t),
        hide_index=True,
        height=560,
        key="explore_rows",
        on_select="rerun",
        selection_mode="single-row",
        alt=t("explore.table_alt"),
    )
    explore_download.offer(partial(_to_take, rows, wanted, t), "figures", key="explore", t=t)
    chosen = [index for index in selection["selection"]["rows"] if index < len(rows)]
    if chosen:
        row = records(rows.iloc[[chosen[0]]])[0]
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
                t(f"table.{what}_{half}"): rows[f"{half}_{what}"]
                .astype("str")
                .where(rows[f"{half}_{what}"].notna(), "")
                .to_numpy()
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
def _styled(found: explore_facets.Left, wanted: Wanted, t: Messages) -> Styler:
    """Values as words beside the numbers that the table sorts by; each in the unit of its indicator."""
    rows = found.rows
    shown = _shown(rows, wanted, t)
    column = t(f"table.value_{wanted.per}")
    styled = shown.style.set_uuid("figures")  # else pandas draws lots, and the same table travels anew
    if not len(rows):
        return styled
    keys: dict[tuple[Any, ...], list[int]] = {}
    for index, row in enumerate(records(rows)):
        keys.setdefault((row["unit"], decimals_of(row, wanted.per), row["qualifier"]), []).append(index)
    for (unit, decimals, qualifier), members in keys.items():
        styled = styled.format(
            partial(_value, unit=unit, decimals=decimals, qualifier=qualifier, t=t), (members, [column])
        )
    return _laid_out(styled)


def _laid_out(styled: Styler) -> Styler:
    """The same table with the words of its cells worked out once: Streamlit has pandas do that anew whenever it is drawn."""
    table: Any = styled  # what Streamlit asks of it is not public
    table._compute()
    cells = table._translate(False, False)
    table._compute = lambda: table
    table._translate = lambda *_: cells
    return styled


def _value(value: Any, *, unit: str, decimals: int, qualifier: str, t: Messages) -> str:
    return numbers.qualified(numbers.quantity(value, unit, t, decimals=decimals, is_short=False), qualifier, t)


def _to_take(rows: pd.DataFrame, wanted: Wanted, t: Messages) -> pd.DataFrame:
    """The table with units and signs of precision in columns of their own, and the ids of the figures."""
    shown = _shown(rows, wanted, t)
    value = list(shown.columns).index(t(f"table.value_{wanted.per}"))
    shown = shown.copy()
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
    made = pivot(found.rows, wanted, t)
    if wanted.rows == wanted.columns:
        st.html(text("p", t("explore.same_dimension"), class_="rz-warn", role="status"))
    elif made.refusal:
        st.html(text("p", why(made.refusal, wanted, t), class_="rz-warn", role="status"))
    if made.hidden:
        st.html(text("p", t.plural("explore.hidden", made.hidden), class_="rz-note"))
    return made


def pivot_table(made: Pivot, wanted: Wanted, t: Messages) -> None:
    """The figures by row and column; a chosen cell opens the passports behind it."""
    if made.refusal or wanted.rows == wanted.columns:
        return
    st.html(text("p", t("explore.choose_cell"), class_="rz-note"))
    shown = _pivot_frame(made, wanted, t)
    first = t(f"explore.dimension_{wanted.rows}")
    selection = st.dataframe(
        _pivot_styled(shown, made, t),
        hide_index=True,
        height=min(720, 36 * (len(shown) + 1) + 4),
        column_config={first: st.column_config.Column(pinned=True)},
        key="explore_cells",
        on_select="rerun",
        selection_mode="single-cell",
        placeholder=t("figure.missing"),
        alt=t("explore.pivot_alt"),
    )
    file_name = f"figures_{wanted.rows}_by_{wanted.columns}"
    explore_download.offer(lambda: shown, file_name, key="explore_pivot", t=t)
    for index, column in selection["selection"]["cells"]:
        place = list(shown.columns).index(column) - 1 if column in shown.columns else -1
        if index < len(made.rows) and 0 <= place < len(made.columns):
            _cell_passport(made, wanted, made.rows[index], made.columns[place], t)


def _cell_passport(made: Pivot, wanted: Wanted, row: str, column: str, t: Messages) -> None:
    cell = made.cells.get((row, column))
    names = [label(wanted.rows, row, t), *([label(wanted.columns, column, t)] if wanted.columns != NO_COLUMNS else [])]
    st.html(text("p", f"{' × '.join(names)}: {said(cell, t)}", class_="rz-lead", role="status"))
    if cell is not None:
        st.html(passport.panel(cell.observation_ids, t, formula=_cell_formula(cell.is_computed, cell.count, wanted, t)))


def _cell_formula(is_computed: bool, count: int, wanted: Wanted, t: Messages) -> str | None:
    if not is_computed:
        return None
    parts = [t(f"explore.measure_{wanted.measure}")] if count > 1 else []
    if wanted.per != "total":
        parts.append(t(f"formula.{wanted.per}"))
    return "; ".join(parts) or t("formula.total")


def _pivot_frame(made: Pivot, wanted: Wanted, t: Messages) -> pd.DataFrame:
    import pandas as pd

    columns: dict[str, list[Any]] = {
        t(f"explore.dimension_{wanted.rows}"): [label(wanted.rows, one, t) for one in made.rows]
    }
    for column in made.columns:
        name = label(wanted.columns, column, t) if wanted.columns != NO_COLUMNS else t(f"table.value_{wanted.per}")
        while name in columns:  # two indicators of one name stay two columns
            name += " "
        cells = [made.cells.get((row, column)) for row in made.rows]
        columns[name] = [cell.value if cell else None for cell in cells]
    return pd.DataFrame(columns)


def _pivot_styled(shown: pd.DataFrame, made: Pivot, t: Messages) -> Styler:
    styled = shown.style.set_uuid("pivot")
    for place, column in enumerate(made.columns, start=1):
        words = [said(made.cells.get((row, column)), t) for row in made.rows]
        for index, word in enumerate(words):
            styled = styled.format(partial(_word, word=word), na_rep=word, subset=([index], [shown.columns[place]]))
    return styled


def _word(_value: Any, *, word: str) -> str:
    return word


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
        _drawn(st.session_state["chart"], _title(found, wanted, t), made, wanted, t)
    if fit.reasons:
        items = "".join(
            tag("li", text("b", t(f"explore.chart_{kind}")) + text("span", f" – {fit.reasons[kind]}"))
            for kind in CHARTS
            if kind in fit.reasons
        )
        st.html(text("p", t("explore.off_title"), class_="rz-eyebrow") + tag("ul", items, class_="rz-brief"))


def _drawn(kind: str, title: str, made: Pivot, wanted: Wanted, t: Messages) -> None:
    rows = explore_chart.rows_of(made, wanted, t)
    st.html(text("p", title, class_="rz-lead"))
    figure.chart(
        lambda: explore_chart.build(kind, rows, wanted, t),
        (version(), kind, wanted),
        key="explored",
        t=t,
        alt_text=_alt(rows, title, t),
    )
    unit = made.units[0] if len(made.units) == 1 else ""
    decimals = max(int(one) for one in rows["decimals"]) if unit else 2
    value = Shown("value", "table.value", unit, decimals) if unit else Shown("said", "table.value")
    figure.under(
        rows,
        (
            Shown("row", f"explore.dimension_{wanted.rows}"),
            *((Shown("column", f"explore.dimension_{wanted.columns}"),) if wanted.columns != NO_COLUMNS else ()),
            value,
        ),
        key="explored",
        t=t,
        note=t("explore.chart_note"),
        formula=_cell_formula(bool(rows["is_computed"].any()), 2 if wanted.measure == "sum" else 1, wanted, t),
        file_name=f"figures_{wanted.rows}_by_{wanted.columns}",
    )


def _title(found: explore_facets.Left, wanted: Wanted, t: Messages) -> str:
    """What the chart shows: its indicators where they are few, and the basis."""
    if wanted.measure == "count":
        return t("explore.measure_count")
    indicators = found.rows["indicator_id"].unique()
    known = explore_choices.names(t.language)
    names = [known["indicator", one] for one in indicators[:MOST_NAMED]]
    subject = " · ".join(names) if len(indicators) <= MOST_NAMED else t("explore.several_indicators")
    return f"{subject} · {t(f'per.{wanted.per}')}"


def _alt(rows: pd.DataFrame, title: str, t: Messages) -> str:
    """The largest and the smallest value in one sentence, for whoever does not see the chart."""
    ordered = rows.sort_values("value")
    low, high = records(ordered.iloc[[0, -1]])
    return t(
        "explore.alt",
        title=title,
        high=" · ".join(part for part in (high["row"], high["column"]) if part),
        high_value=high["said"],
        low=" · ".join(part for part in (low["row"], low["column"]) if part),
        low_value=low["said"],
    )
