"""Which charts fit the figures of a pivot, why the others do not, and the charts themselves."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rzh_ui import labels, theme
from rzh_ui.data import ask
from rzh_ui.exhibits import parts
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
POINTS_HEIGHT = 430
LABEL_PIXELS = 6.4
"""Width of a letter of the values written behind their bars."""


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
            "short": said(cell, t, is_short=True),
            "unit": cell.unit,
            "qualifier": cell.qualifier,
            "decimals": cell.decimals,
            "is_computed": cell.is_computed,
            "observation_ids": list(cell.observation_ids),
        }
        for row in pivot.rows
        for column in pivot.columns
        if (cell := pivot.cells.get((row, column))) is not None
    ]
    return pd.DataFrame(made)


def axis(rows: pd.DataFrame, per: str, t: Messages) -> tuple[float, str]:
    """What to divide values by on an axis, and the unit in words with its basis."""
    unit = str(rows["unit"].iloc[0])
    if unit == MONEY:
        return parts.money(float(rows["value"].abs().max()), per, "nominal", t)
    name = t("axis.percent") if unit == "percent" else unit_name(unit, t)
    return 1.0, name if per == "total" else t(f"exhibit.{per}", unit=name)


def colours(rows: pd.DataFrame, indicator: str) -> dict[str, str]:
    """Colour of each column by its id: that of a source of money is its own wherever it stands.

    Args:
        indicator: the one that all values are of; "" where there are several.
    """
    columns = list(dict.fromkeys(rows["column_id"]))
    if len(columns) == 1:
        return {columns[0]: theme.SOURCE_COLOURS.get(columns[0], theme.SOURCE_COLOURS.get(indicator, theme.COUNT))}
    own = {column: theme.SOURCE_COLOURS[column] for column in columns if column in theme.SOURCE_COLOURS}
    taken = theme.SOURCE_COLOURS.values()  # nobody shall take 2017 for the budget
    free = [colour for colour in theme.CATEGORICAL if colour not in taken] + [
        colour for colour in taken if colour not in own.values()
    ]
    others = iter(free)
    return {column: own.get(column) or next(others) for column in columns}


def unit_name(unit: str, t: Messages) -> str:
    """A unit in words, as the head of a column says it."""
    name = unit.replace("/", "_").lower()
    return t(f"explore.unit_{name}") if f"explore.unit_{name}" in t else unit


def build(chart: str, rows: pd.DataFrame, wanted: Wanted, indicator: str, t: Messages) -> alt.TopLevelMixin:
    """The chart of a kind that fits.

    Args:
        rows: as from `rows_of`.
        indicator: as `colours` takes it.
    """
    if chart == "points":
        return _points(rows, wanted, t)
    import altair as alt

    divisor, title = axis(rows, wanted.per, t)
    shown = rows.assign(amount=rows["value"] / divisor)[["row", "column", "amount", "said", "short"]]
    order = ordered(rows, wanted)
    columns = list(dict.fromkeys(rows["column"]))
    tooltip = [alt.Tooltip("row:N", title=t(f"explore.dimension_{wanted.rows}"))]
    if wanted.columns != NO_COLUMNS:
        tooltip.append(alt.Tooltip("column:N", title=t(f"explore.dimension_{wanted.columns}")))
    tooltip.append(alt.Tooltip("said:N", title=t("table.value")))
    base = alt.Chart(shown).encode(tooltip=tooltip)
    names = alt.Y("row:N", sort=order, title=None, axis=alt.Axis(labelLimit=330))
    palette = list(colours(rows, indicator).values())
    colour = (
        alt.Color(
            "column:N",
            sort=columns,
            scale=alt.Scale(domain=columns, range=palette),
            legend=alt.Legend(title=None, orient="top", columns=1, labelLimit=420, offset=8),
        )
        if len(columns) > 1
        else alt.value(palette[0])
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
    # the axis below and the legend above take part of the height
    around = 60 + (24 * len(columns) if len(columns) > 1 else 0)
    if chart == "stacked":
        amount = alt.X("amount:Q", title=title, stack="zero", axis=alt.Axis(tickCount=6))
        return base.mark_bar().encode(x=amount, y=names, color=colour).properties(height=around + 28 * len(order))
    highest = float(shown["amount"].max())
    label = LABEL_PIXELS * max(map(len, shown["short"])) + 8
    room = alt.Scale(nice=False, domainMax=alt.ExprRef(f"{highest} * width / max(width - {label:.0f}, 60)"))
    amount = alt.X(
        "amount:Q", title=title, stack=None, axis=alt.Axis(tickCount=6), scale=room if highest > 0 else alt.Undefined
    )
    placed: dict[str, Any] = {"x": amount, "y": names}
    if len(columns) > 1:
        placed["yOffset"] = alt.YOffset("column:N", sort=columns)
    bars = base.mark_bar().encode(**placed, color=colour)
    said = base.mark_text(align="left", baseline="middle", dx=4, fontSize=11, color=theme.TEXT).encode(
        **placed, text="short:N"
    )
    per_row = 28 if len(columns) == 1 else 14 * len(columns) + 12
    return (bars + said).properties(height=around + per_row * len(order))


def ordered(rows: pd.DataFrame, wanted: Wanted) -> list[str]:
    """Names of the rows as they stand in a chart: the largest first where there is one value each, but time as it goes."""
    if rows["column_id"].nunique() > 1 or wanted.rows == "period":
        return list(dict.fromkeys(rows["row"]))
    return list(rows.sort_values("value", ascending=False, kind="stable")["row"])


def both_of(
    rows: pd.DataFrame, wanted: Wanted, t: Messages
) -> tuple[pd.DataFrame, tuple[list[str], list[str]], tuple[float, float]]:
    """Rows that have a value in each of two columns, as `across` and `up` in the units of their axes; what the axes are
    of, and their units; and by what values were divided.
    """
    import pandas as pd

    left, right = (rows[rows["column_id"] == column] for column in dict.fromkeys(rows["column_id"]))
    both = pd.merge(left, right, on=["row_id", "row"], suffixes=("_across", "_up"))
    titles, divisors = [], []
    for side, members in (("across", left), ("up", right)):
        divisor, unit = axis(members, wanted.per, t)
        both[side] = both[f"value_{side}"] / divisor
        titles.append([str(members["column"].iloc[0]), unit])
        divisors.append(divisor)
    return both, (titles[0], titles[1]), (divisors[0], divisors[1])


def _points(rows: pd.DataFrame, wanted: Wanted, t: Messages) -> alt.TopLevelMixin:
    import altair as alt

    both, titles, _ = both_of(rows, wanted, t)
    shown = labels.beside(
        both[["row", "across", "up", "said_across", "said_up"]],
        list(both["across"]),
        list(both["up"]),
        list(both["row"]),
        POINTS_HEIGHT,
    )
    scale = alt.Scale(zero=False, nice=False, padding=labels.PADDING)
    base = alt.Chart(shown).encode(
        x=alt.X("across:Q", title=titles[0], scale=scale, axis=alt.Axis(tickCount=8)),
        y=alt.Y("up:Q", title=titles[1], scale=scale, axis=alt.Axis(tickCount=8)),
        tooltip=[
            alt.Tooltip("row:N", title=t("table.series")),
            alt.Tooltip("said_across:N", title=", ".join(titles[0])),
            alt.Tooltip("said_up:N", title=", ".join(titles[1])),
        ],
    )
    dots = base.mark_circle(size=90, color=theme.COUNT, opacity=0.85)
    return alt.layer(dots, *labels.layers(base, "row")).properties(height=POINTS_HEIGHT)
