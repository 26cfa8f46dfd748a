"""Charts of the special projects: each a function from rows to a chart."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rzh_ui import theme
from rzh_ui.i18n import Messages
from rzh_ui.rows import records

AXIS = 84
"""Height of an axis with its title, px, which Vega takes from the height of a chart."""


def _named_bars(shown: pd.DataFrame, x: alt.X, tooltip: list[alt.Tooltip]) -> alt.LayerChart:
    """Bars with their names and values written above them, on a phone one below the other. `shown`: what, value_said."""
    base = alt.Chart(shown).encode(y=alt.Y("what:N", sort=list(shown["what"]), title=None, axis=None))
    bars = base.mark_bar(color=theme.COUNT, height=14, yOffset=9).encode(x=x, tooltip=tooltip)
    is_narrow = "width < 480"
    names = (
        base.transform_calculate(
            label=f"{is_narrow} ? [datum.what + ':', datum.value_said] : datum.what + ': ' + datum.value_said"
        )
        .mark_text(
            align="left",
            dy=alt.expr(f"{is_narrow} ? -19 : -8"),
            lineHeight=14,
            fontSize=alt.expr(f"{is_narrow} ? 12 : 13"),
            color=theme.TEXT,
        )
        .encode(x=alt.datum(0), text="label:N")
    )
    return (bars + names).properties(height=48 * len(shown) + AXIS)


def against_target(rows: pd.DataFrame, t: Messages) -> alt.LayerChart:
    """Bars in percent of the target, a tick at the target. `rows`: as from `programme.targets`."""
    shown = rows[["what", "percent", "said", "said_percent"]].assign(
        value_said=[f"{row['said']} ({row['said_percent']})" for row in records(rows)]
    )
    x = alt.X(
        "percent:Q", title=t("axis.percent_of_target"), scale=alt.Scale(domain=[0, 150]), axis=alt.Axis(tickCount=4)
    )
    tooltip = [
        alt.Tooltip("what:N", title=t("table.indicator")),
        alt.Tooltip("said:N", title=t("table.value")),
        alt.Tooltip("said_percent:N", title=t("axis.percent_of_target")),
    ]
    goals = (
        alt.Chart(shown.assign(goal=100))
        .mark_tick(thickness=3, size=24, yOffset=9, color=theme.HIGHLIGHT)
        .encode(x="goal:Q", y=alt.Y("what:N", sort=list(shown["what"]), title=None, axis=None))
    )
    return _named_bars(shown, x, tooltip) + goals


def textbooks(rows: pd.DataFrame, t: Messages) -> alt.LayerChart:
    """One bar of a hundred textbooks by stage. `rows`: as from `programme.textbook_stages`."""
    names = list(rows["stage"])
    base = alt.Chart(rows[["stage", "value", "order"]]).encode(
        x=alt.X(
            "value:Q", title=t("axis.textbooks"), scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5)
        ).stack("zero"),
        order=alt.Order("order:Q"),
        detail="stage:N",
    )
    bars = base.mark_bar(height=44).encode(
        color=alt.Color(
            "stage:N",
            sort=names,
            scale=alt.Scale(domain=names, range=list(theme.STAGES)),
            legend=alt.Legend(title=None, orient="top", columns=1, labelLimit=320),
        ),
        tooltip=[alt.Tooltip("stage:N", title=t("table.indicator")), alt.Tooltip("value:Q", title=t("table.value"))],
    )
    labels = base.mark_text(color="white", fontSize=15, fontWeight=600).encode(
        x=alt.X("value:Q").stack("zero").bandPosition(0.5), text=alt.Text("value:Q", format="d")
    )
    return (bars + labels).properties(height=190)


def circles(rows: pd.DataFrame, t: Messages) -> alt.LayerChart:
    """Children by kind of facility, the number of facilities beside. `rows`: as from `programme.circles`."""
    shown = rows[["kind", "children", "said_children", "said_facilities"]].assign(
        what=rows["kind"],
        value_said=[
            t("principles.circles_label", children=row["said_children"], facilities=row["said_facilities"])
            for row in records(rows)
        ],
    )
    x = alt.X("children:Q", title=t("axis.children"), axis=alt.Axis(tickCount=4))
    tooltip = [
        alt.Tooltip("what:N", title=t("table.indicator")),
        alt.Tooltip("said_children:N", title=t("axis.children")),
        alt.Tooltip("said_facilities:N", title=t("axis.facilities")),
    ]
    return _named_bars(shown, x, tooltip)
