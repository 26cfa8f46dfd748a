"""Charts of the special projects: each a function from rows to a chart."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rzh_ui import theme
from rzh_ui.i18n import Messages

STAGES = (theme.LOCAL_BUDGET, theme.SPONSORS, theme.NEUTRAL)
"""Published, coming out, still to be translated: done first, the open part in grey."""


def against_target(rows: pd.DataFrame, t: Messages) -> alt.LayerChart:
    """Bars in percent of the target, a rule at the target. `rows`: as from `programme.targets`."""
    shown = rows[["what", "percent", "said", "said_percent"]].assign(label=rows["said_percent"] + " · " + rows["said"])
    order = list(shown["what"])
    y = alt.Y("what:N", sort=order, title=None, axis=alt.Axis(labelLimit=230, labelOverlap=False))
    base = alt.Chart(shown).encode(y=y)
    bars = base.mark_bar(color=theme.LOCAL_BUDGET, height=18).encode(
        x=alt.X("percent:Q", title=t("axis.percent_of_target"), scale=alt.Scale(domain=[0, 210])),
        tooltip=[
            alt.Tooltip("what:N", title=t("table.indicator")),
            alt.Tooltip("said:N", title=t("table.value")),
            alt.Tooltip("said_percent:N", title=t("axis.percent_of_target")),
        ],
    )
    labels = base.mark_text(align="left", dx=6, fontSize=12.5, color=theme.TEXT).encode(x="percent:Q", text="label:N")
    goal = alt.Chart(pd.DataFrame({"goal": [100]})).mark_rule(strokeWidth=2, color=theme.HIGHLIGHT).encode(x="goal:Q")
    return (bars + goal + labels).properties(height=46 * len(shown) + 20)


def textbooks(rows: pd.DataFrame, t: Messages) -> alt.LayerChart:
    """One bar of a hundred textbooks by stage. `rows`: as from `programme.textbook_stages`."""
    names = list(rows["stage"])
    base = alt.Chart(rows[["stage", "value", "order"]]).encode(
        x=alt.X("value:Q", title=t("axis.textbooks"), scale=alt.Scale(domain=[0, 100])).stack("zero"),
        order=alt.Order("order:Q"),
        detail="stage:N",
    )
    bars = base.mark_bar(height=44).encode(
        color=alt.Color(
            "stage:N",
            sort=names,
            scale=alt.Scale(domain=names, range=list(STAGES)),
            legend=alt.Legend(title=None, orient="top", columns=1, labelLimit=320),
        ),
        tooltip=[alt.Tooltip("stage:N", title=t("table.indicator")), alt.Tooltip("value:Q", title=t("table.value"))],
    )
    labels = base.mark_text(color="white", fontSize=15, fontWeight=600).encode(
        x=alt.X("value:Q").stack("zero").bandPosition(0.5), text=alt.Text("value:Q", format="d")
    )
    return (bars + labels).properties(height=70)


def circles(rows: pd.DataFrame, t: Messages) -> alt.LayerChart:
    """Children by kind of facility, the number of facilities beside. `rows`: as from `programme.circles`."""
    shown = rows[["kind", "children", "said_children", "said_facilities"]].assign(
        label=[
            t("principles.circles_label", children=children, facilities=facilities)
            for children, facilities in zip(rows["said_children"], rows["said_facilities"], strict=True)
        ]
    )
    order = list(shown["kind"])
    y = alt.Y("kind:N", sort=order, title=None, axis=alt.Axis(labelLimit=230, labelOverlap=False))
    base = alt.Chart(shown).encode(y=y)
    bars = base.mark_bar(color=theme.LOCAL_BUDGET, height=18).encode(
        x=alt.X("children:Q", title=t("axis.children"), scale=alt.Scale(domain=[0, 80000]), axis=alt.Axis(tickCount=4)),
        tooltip=[
            alt.Tooltip("kind:N", title=t("table.indicator")),
            alt.Tooltip("said_children:N", title=t("axis.children")),
            alt.Tooltip("said_facilities:N", title=t("axis.facilities")),
        ],
    )
    labels = base.mark_text(align="left", dx=6, fontSize=12.5, color=theme.TEXT).encode(x="children:Q", text="label:N")
    return (bars + labels).properties(height=36 * len(shown) + 20)
