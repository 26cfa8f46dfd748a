"""Which charts fit the figures of a pivot, why the others do not, and the charts themselves."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rzh_ui import theme
from rzh_ui.data import ask
from rzh_ui.explore_choices import CHARTS, NO_COLUMNS, Wanted
from rzh_ui.explore_pivot import Pivot, label, said, why
from rzh_ui.i18n import Messages
from rzh_ui.numbers import MONEY
from rzh_ui.remember import remembered
from rzh_ui.rows import by

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

MOST_SERIES = 5
"""Series told apart by colour; there are as many colours."""

MOST_MARKS = 120
SCALES = ((1e9, "billion"), (1e6, "million"), (1e3, "thousand"))


@dataclass(frozen=True)
class Fit:
    """Kinds of chart that fit, and for each other kind the sentence that says why not."""

    fitting: tuple[str, ...]
    reasons: dict[str, str]


@remembered
def fit(pivot: Pivot, wanted: Wanted, t: Messages) -> Fit:
    """What fits the figures of a pivot."""
    reasons = {chart: reason for chart in CHARTS if (reason := _reason(chart, pivot, wanted, t))}
    return Fit(tuple(chart for chart in CHARTS if chart not in reasons), reasons)


def _reason(chart: str, pivot: Pivot, wanted: Wanted, t: Messages) -> str:
    """Why a kind of chart does not fit; empty where it does."""
    if pivot.refusal:
        return why(pivot.refusal, wanted, t)
    if not pivot.is_clear():
        return t("explore.off_several")
    if len(pivot.cells) > MOST_MARKS:
        return t("explore.off_many", most=MOST_MARKS)
    if chart == "points":
        return _no_points(pivot, t)
    if len(pivot.units) > 1:
        return t("explore.off_units")
    if len(pivot.columns) > MOST_SERIES:
        return t("explore.off_series", most=MOST_SERIES)
    if chart == "lines":
        return _no_lines(pivot, wanted, t)
    if chart == "stacked":
        return _no_stack(pivot, wanted, t)
    return ""


def _no_stack(pivot: Pivot, wanted: Wanted, t: Messages) -> str:
    if len(pivot.columns) < 2:
        return t("explore.off_one_column")
    return why(pivot.stack_refusal, wanted, t) if pivot.stack_refusal else ""


def _no_lines(pivot: Pivot, wanted: Wanted, t: Messages) -> str:
    """Lines run over time: periods in the rows, one after the other, each as long as the others."""
    if wanted.rows != "period":
        return t("explore.off_no_time")
    if len(pivot.rows) < 2:
        return t("explore.off_one_period")
    spans = [_periods()[one] for one in pivot.rows]
    for before, after in itertools.pairwise(spans):
        if after["start"] <= before["end"]:
            return t("explore.off_nested_periods")
    if wanted.per == "total" and wanted.measure != "count" and len({span["months"] for span in spans}) > 1:
        return t("explore.off_unequal_periods")
    return ""


@remembered
def _periods() -> dict[str, dict[str, Any]]:
    return by(ask("explorer_figures").drop_duplicates("period_id"), "period_id")


def _no_points(pivot: Pivot, t: Messages) -> str:
    if len(pivot.columns) != 2:
        return t("explore.off_not_two")
    across, up = pivot.columns
    both = [row for row in pivot.rows if (row, across) in pivot.cells and (row, up) in pivot.cells]
    if len(both) < 3:
        return t("explore.off_few_points")
    if any(len({pivot.cells[row, column].unit for row in both}) > 1 for column in pivot.columns):
        return t("explore.off_units")
    return ""


@remembered
def rows_of(pivot: Pivot, wanted: Wanted, t: Messages) -> pd.DataFrame:
    """The cells as rows: names of row and column, value, what is said of it, the figures behind it."""
    import pandas as pd

    made = [
        {
            "row": label(wanted.rows, row, t),
            "column": label(wanted.columns, column, t) if wanted.columns != NO_COLUMNS else "",
            "row_id": row,
            "column_id": column,
            "value": cell.value,
            "said": said(cell, t),
            "unit": cell.unit,
            "decimals": cell.decimals,
            "is_computed": cell.is_computed,
            "observation_ids": list(cell.observation_ids),
        }
        for row in pivot.rows
        for column in pivot.columns
        if (cell := pivot.cells.get((row, column))) is not None
    ]
    return pd.DataFrame(made)


def axis(rows: pd.DataFrame, t: Messages) -> tuple[float, str]:
    """What to divide values by on an axis, and the title with the unit."""
    unit = str(rows["unit"].iloc[0])
    if unit != MONEY:
        return 1.0, t("axis.percent") if unit == "percent" else unit_name(unit, t)
    highest = float(rows["value"].abs().max())
    for size, word in SCALES:
        if highest >= 2 * size:
            return size, t("axis.tenge_scaled", scale=t(f"scale.{word}"))
    return 1.0, t("axis.tenge")


def unit_name(unit: str, t: Messages) -> str:
    """A unit in words, as the head of a column says it."""
    name = unit.replace("/", "_").lower()
    return t(f"explore.unit_{name}") if f"explore.unit_{name}" in t else unit


def build(chart: str, rows: pd.DataFrame, wanted: Wanted, t: Messages) -> alt.TopLevelMixin:
    """The chart of a kind that fits. `rows`: as from `rows_of`."""
    if chart == "points":
        return _points(rows, t)
    import altair as alt

    divisor, title = axis(rows, t)
    shown = rows.assign(amount=rows["value"] / divisor)[["row", "column", "amount", "said"]]
    is_several = rows["column_id"].nunique() > 1
    order = list(dict.fromkeys(rows["row"]))
    if not is_several and wanted.rows != "period":
        order = list(rows.sort_values("value", ascending=False)["row"])
    columns = list(dict.fromkeys(rows["column"]))
    tooltip = [alt.Tooltip("row:N", title=t(f"explore.dimension_{wanted.rows}"))]
    if wanted.columns != NO_COLUMNS:
        tooltip.append(alt.Tooltip("column:N", title=t(f"explore.dimension_{wanted.columns}")))
    tooltip.append(alt.Tooltip("said:N", title=t("table.value")))
    base = alt.Chart(shown).encode(tooltip=tooltip)
    amount = alt.X("amount:Q", title=title)
    names = alt.Y("row:N", sort=order, title=None, axis=alt.Axis(labelLimit=330))
    colour = (
        alt.Color("column:N", sort=columns, legend=alt.Legend(title=None, orient="top", columns=1, labelLimit=420))
        if is_several
        else alt.value(theme.LOCAL_BUDGET)
    )
    if chart == "lines":
        return (
            base.mark_line(point=alt.OverlayMarkDef(size=60), interpolate="linear", strokeWidth=2.4)
            .encode(
                x=alt.X("row:N", sort=order, title=None, axis=alt.Axis(labelAngle=0)),
                y=alt.Y("amount:Q", title=title),
                color=colour,
            )
            .properties(height=340 + 24 * len(columns))
        )
    bars = base.mark_bar()
    if chart == "stacked":
        made = bars.encode(x=amount.stack("zero"), y=names, color=colour)
    elif is_several:
        made = bars.encode(x=amount.stack(None), y=names, yOffset=alt.YOffset("column:N", sort=columns), color=colour)
    else:
        made = bars.encode(x=amount, y=names, color=colour)
    per_row = 28 if chart == "stacked" or not is_several else 13 * len(columns) + 12
    around = 60 + (
        24 * len(columns) if is_several else 0
    )  # the axis below and the legend above take part of the height
    return made.properties(height=around + per_row * len(order))


def _points(rows: pd.DataFrame, t: Messages) -> alt.TopLevelMixin:
    import altair as alt
    import pandas as pd

    across, up = dict.fromkeys(rows["column_id"])
    left, right = rows[rows["column_id"] == across], rows[rows["column_id"] == up]
    both = pd.merge(left, right, on=["row_id", "row"], suffixes=("_across", "_up"))
    titles = []
    for side, members in (("across", left), ("up", right)):
        divisor, unit = axis(members, t)
        both[side] = both[f"value_{side}"] / divisor
        titles.append(f"{members['column'].iloc[0]}, {unit}")
    shown = both[["row", "across", "up", "said_across", "said_up"]]
    base = alt.Chart(shown).encode(
        x=alt.X("across:Q", title=titles[0]),
        y=alt.Y("up:Q", title=titles[1]),
        tooltip=[
            alt.Tooltip("row:N", title=t("table.series")),
            alt.Tooltip("said_across:N", title=titles[0]),
            alt.Tooltip("said_up:N", title=titles[1]),
        ],
    )
    dots = base.mark_circle(size=90, color=theme.LOCAL_BUDGET, opacity=0.85)
    names = base.mark_text(dy=-11, fontSize=12, color=theme.TEXT).encode(text="row:N")
    return (dots + names).properties(height=420)
