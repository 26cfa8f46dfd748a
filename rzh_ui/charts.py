"""Charts: each a function from rows to a chart. No query, no Streamlit; words come through `t`, colours from the theme."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from rzh_ui import labels, theme
from rzh_ui.i18n import Messages
from rzh_ui.numbers import marked_period
from rzh_ui.rows import records

alt.data_transformers.disable_max_rows()

AROUND = 130
"""Height of legend and axis, px, which Vega takes from the height of a chart."""


def money_scale(values: pd.Series, t: Messages) -> tuple[float, str]:
    """What to divide money by on an axis, and the axis' title with the unit."""
    highest = float(values.max()) if len(values) else 0.0
    for size, word in ((1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if highest >= 2 * size:
            return size, t("axis.tenge_scaled", scale=t(f"scale.{word}"))
    return 1.0, t("axis.tenge")


def _sources(t: Messages) -> tuple[list[str], list[str]]:
    names = [t(f"source.{indicator}") for indicator in theme.SOURCE_COLOURS]
    return names, list(theme.SOURCE_COLOURS.values())


def _stack_order(indicator: str) -> int:
    """Budget lies at the bottom (or left) of every stack, in every language."""
    return list(theme.SOURCE_COLOURS).index(indicator)


def _marked(rows: pd.DataFrame, t: Messages) -> pd.DataFrame:
    """Adds `period` with the word for nine months, and `source`, the name of the source of money."""
    marked = rows.assign(period=[marked_period(row, t) for row in records(rows)])
    if "indicator_id" in rows:
        marked = marked.assign(
            source=[t(f"source.{indicator}") for indicator in rows["indicator_id"]],
            source_order=[_stack_order(indicator) for indicator in rows["indicator_id"]],
        )
    return marked


def funding_by_period(rows: pd.DataFrame, t: Messages, *, is_share: bool = False) -> alt.LayerChart:
    """Stacked bars by period, budget below and sponsors above, with the total on top; or the same as shares.

    `rows`: as from `funding_of_regions.sql`.
    """
    divisor, title = money_scale(rows.groupby("period_id")["value"].sum(), t)
    names, colours = _sources(t)
    shown = _marked(rows, t).assign(amount=rows["value"] / divisor)
    total = shown.groupby("period", sort=False)["amount"].transform("sum")
    shown = shown.assign(share=100 * shown["amount"] / total, total=total)
    order = list(dict.fromkeys(shown["period"]))
    columns = ["period", "source", "source_order", "amount", "share", "total"]
    y: Any = (
        alt.Y("share:Q", title=t("axis.percent"), scale=alt.Scale(domain=[0, 100]))
        if is_share
        else alt.Y("amount:Q", title=title)
    )
    base = alt.Chart(shown[columns]).encode(x=alt.X("period:N", sort=order, title=None, axis=alt.Axis(labelAngle=0)))
    bars = base.mark_bar(size=64).encode(
        y=y.stack("zero"),
        color=alt.Color(
            "source:N",
            sort=names,
            scale=alt.Scale(domain=names, range=colours),
            legend=alt.Legend(title=None, orient="top", columns=1, labelLimit=320),
        ),
        order=alt.Order("source_order:Q"),
        tooltip=[
            alt.Tooltip("period:N", title=t("table.period")),
            alt.Tooltip("source:N", title=t("table.source")),
            alt.Tooltip("amount:Q", title=title, format=",.2f"),
            alt.Tooltip("share:Q", title=t("axis.percent"), format=",.1f"),
        ],
    )
    if is_share:
        labels = (
            base.transform_filter(alt.datum.share >= 6)
            .mark_text(color="white", fontSize=13, fontWeight=600)
            .encode(
                y=alt.Y("share:Q").stack("zero").bandPosition(0.5),
                detail="source:N",
                order=alt.Order("source_order:Q"),
                text=alt.Text("share:Q", format=",.1f"),
            )
        )
    else:
        tops = shown.drop_duplicates("period")[["period", "total"]]
        labels = (
            alt.Chart(tops)
            .mark_text(dy=-9, fontSize=14, fontWeight=600, color=theme.TEXT)
            .encode(x=alt.X("period:N", sort=order), y=alt.Y("total:Q"), text=alt.Text("total:Q", format=",.1f"))
        )
    return (bars + labels).properties(height=330)


def lorenz(rows: pd.DataFrame, t: Messages) -> alt.LayerChart:
    """Lorenz curves over the line of equality. `rows`: `funding_inequality.sql` for one or more series, named in `series`."""
    starts = pd.DataFrame(
        {"series": rows["series"].unique(), "cumulative_region_percent": 0.0, "cumulative_value_percent": 0.0}
    )
    points = pd.concat([starts, rows[[*starts.columns, "region"]]], ignore_index=True).fillna({"region": ""})
    names = list(rows["series"].unique())
    fifths = alt.Axis(values=[0, 20, 40, 60, 80, 100])
    equal = pd.DataFrame({"x": [0, 100], "y": [0, 100]})
    diagonal = alt.Chart(equal).mark_line(strokeDash=[5, 4], color=theme.NEUTRAL).encode(x="x:Q", y="y:Q")
    curve = (
        alt.Chart(points)
        .mark_line(point=alt.OverlayMarkDef(size=38), interpolate="linear", strokeWidth=2.2)
        .encode(
            x=alt.X(
                "cumulative_region_percent:Q",
                title=t("axis.cumulative_regions"),
                scale=alt.Scale(domain=[0, 100]),
                axis=fifths,
            ),
            y=alt.Y(
                "cumulative_value_percent:Q",
                title=t("axis.cumulative_money"),
                scale=alt.Scale(domain=[0, 100]),
                axis=fifths,
            ),
            color=alt.Color(
                "series:N",
                sort=names,
                scale=alt.Scale(domain=names, range=list(theme.CURVES[: len(names)])),
                # name and coefficient on a line each: together they are wider than a phone
                legend=alt.Legend(
                    title=None,
                    orient="top",
                    columns=1,
                    labelLimit=420,
                    labelExpr="split(datum.label, ': ')",
                    symbolType="stroke",  # a dot of each line and dash would lie over one another
                    symbolStrokeWidth=3,
                ),
            ),
            strokeDash=alt.StrokeDash("series:N", sort=names, legend=None),  # the colours have one
            tooltip=[
                alt.Tooltip("region:N", title=t("table.region")),
                alt.Tooltip("cumulative_region_percent:Q", title=t("axis.cumulative_regions"), format=",.0f"),
                alt.Tooltip("cumulative_value_percent:Q", title=t("axis.cumulative_money"), format=",.1f"),
            ],
        )
    )
    return (diagonal + curve).properties(height=520)


def ranks(rows: pd.DataFrame, t: Messages, *, highlighted: tuple[str, ...]) -> alt.LayerChart:
    """Ranks from period to period, first on top; the highlighted regions in colour, the others quiet.

    `rows`: region_id, region, period, position, value; one row per region and period that has a figure.
    """
    order = list(dict.fromkeys(rows["period"]))
    columns = ["region_id", "region", "period", "position", "said"]
    shown = rows[columns].assign(is_highlighted=rows["region_id"].isin(highlighted))
    base = alt.Chart(
        shown
    ).encode(
        x=alt.X(
            "period:N",
            sort=order,
            title=None,
            axis=alt.Axis(
                labelAngle=0,
                orient="top",
                labelFlush=False,
                labelOverlap=False,  # each names its points
                labelExpr="width < 500 ? split(replace(datum.label, ' (', '|('), '|') : datum.label",  # a phone has two lines for it
            ),
            scale=alt.Scale(range=[14, alt.ExprRef("width - 150")], padding=0),  # room for the names, on a phone too
        ),
        y=alt.Y(
            "position:Q",
            title=t("axis.rank"),
            scale=alt.Scale(reverse=True, domain=[1, 17], nice=False, padding=10),
            axis=alt.Axis(tickMinStep=1, values=[1, 5, 10, 17], grid=False, format="d"),
        ),
        detail="region_id:N",
        color=alt.condition("datum.is_highlighted", alt.value(theme.HIGHLIGHT), alt.value(theme.NEUTRAL)),
        tooltip=[
            alt.Tooltip("region:N", title=t("table.region")),
            alt.Tooltip("period:N", title=t("table.period")),
            alt.Tooltip("position:Q", title=t("axis.rank"), format="d"),
            alt.Tooltip("said:N", title=t("table.value")),
        ],
    )
    lines = base.mark_line(interpolate="linear").encode(
        strokeWidth=alt.condition("datum.is_highlighted", alt.value(3.2), alt.value(1.3)),
        opacity=alt.condition("datum.is_highlighted", alt.value(1), alt.value(0.75)),
    )
    points = base.mark_point(filled=True, size=70, opacity=1)
    ends = alt.Chart(shown[shown["period"] == order[-1]]).encode(
        x=alt.X("period:N", sort=order), y=alt.Y("position:Q"), text="region:N"
    )
    quiet = ends.transform_filter("!datum.is_highlighted").mark_text(align="left", dx=9, fontSize=13, color=theme.TEXT)
    loud = ends.transform_filter("datum.is_highlighted").mark_text(
        align="left", dx=9, fontSize=13, fontWeight=700, color=theme.TEXT
    )
    return (lines + points + quiet + loud).properties(height=470)


LEVERAGE_HEIGHT = 430


def leverage(rows: pd.DataFrame, t: Messages, *, selected: str | None, country: float | None) -> alt.LayerChart:
    """Sponsors' tenge for each tenge of budget against budget per inhabitant, a labelled point a region, on log scales.

    `rows`: region_id, region, budget_per_inhabitant, leverage, said_budget, said_leverage.
    """
    columns = ["region", "budget_per_inhabitant", "leverage", "said_budget", "said_leverage"]
    shown = labels.beside(
        rows[columns].assign(is_selected=rows["region_id"] == (selected or "")),
        [math.log(value) for value in rows["budget_per_inhabitant"]],
        [math.log(value) for value in rows["leverage"]],
        list(rows["region"]),
        LEVERAGE_HEIGHT,
    )
    base = alt.Chart(shown).encode(
        x=alt.X(
            "budget_per_inhabitant:Q",
            title=t("axis.budget_per_inhabitant"),
            scale=alt.Scale(type="log", nice=False, padding=labels.PADDING),
            axis=alt.Axis(format=",.3~r"),
        ),
        y=alt.Y(
            "leverage:Q", title=t("axis.leverage"), scale=alt.Scale(type="log", nice=False, padding=labels.PADDING)
        ),
        tooltip=[
            alt.Tooltip("region:N", title=t("table.region")),
            alt.Tooltip("said_budget:N", title=t("axis.budget_per_inhabitant")),
            alt.Tooltip("said_leverage:N", title=t("axis.leverage")),
        ],
        color=alt.condition("datum.is_selected", alt.value(theme.HIGHLIGHT), alt.value(theme.SPONSORS)),
    )
    points = base.mark_point(filled=True, size=110, opacity=0.95)
    names = labels.layers(base, "region", always="datum.is_selected")
    level = alt.Chart(pd.DataFrame({"leverage": [country], "label": [t("funding.country_line")]}).dropna())
    rule = level.mark_rule(strokeDash=[5, 4], color=theme.NEUTRAL).encode(
        y="leverage:Q", tooltip=alt.Tooltip("label:N")
    )
    said = (
        level.transform_calculate(said="width < 500 ? '' : datum.label")
        .mark_text(align="left", dx=4, dy=-8, fontSize=12.5, fontStyle="italic", color=theme.TEXT)
        .encode(x=alt.value(0), y="leverage:Q", text="said:N")
    )
    layers: list[Any] = [rule, said, points, *names]
    return alt.LayerChart(layer=layers).properties(height=LEVERAGE_HEIGHT)


def funding_by_region(rows: pd.DataFrame, t: Messages, *, selected: str | None) -> alt.LayerChart:
    """Stacked bars by region, most money on top, the total at the end of each bar.

    `rows`: region_id, region, indicator_id, value, total, said (the total in words).
    """
    divisor, title = money_scale(rows["total"], t)
    names, colours = _sources(t)
    shown = rows.assign(
        amount=rows["value"] / divisor,
        end=rows["total"] / divisor,
        source=[t(f"source.{indicator}") for indicator in rows["indicator_id"]],
        source_order=[_stack_order(indicator) for indicator in rows["indicator_id"]],
    )
    order = list(dict.fromkeys(shown.sort_values("total", ascending=False)["region"]))
    y = alt.Y("region:N", sort=order, title=None, axis=alt.Axis(labelLimit=190, labelOverlap=False, labelFlush=False))
    bars = (
        alt.Chart(shown[["region", "region_id", "source", "source_order", "amount", "said"]])
        .mark_bar()
        .encode(
            y=y,
            x=alt.X(
                "amount:Q",
                title=title,
                axis=alt.Axis(tickCount=8),
                scale=alt.Scale(range=[0, alt.ExprRef("width - 86")]),  # room for the totals, on a phone too
            ).stack("zero"),
            color=alt.Color(
                "source:N",
                sort=names,
                scale=alt.Scale(domain=names, range=colours),
                legend=alt.Legend(title=None, orient="top", columns=1, labelLimit=320),
            ),
            order=alt.Order("source_order:Q"),
            stroke=alt.condition(alt.datum.region_id == (selected or ""), alt.value(theme.HIGHLIGHT), alt.value(None)),
            strokeWidth=alt.value(2.5),
            tooltip=[
                alt.Tooltip("region:N", title=t("table.region")),
                alt.Tooltip("source:N", title=t("table.source")),
                alt.Tooltip("amount:Q", title=title, format=",.2f"),
                alt.Tooltip("said:N", title=t("table.total")),
            ],
        )
    )
    ends = (
        alt.Chart(shown.drop_duplicates("region")[["region", "end", "said"]])
        .mark_text(align="left", dx=6, fontSize=12.5, color=theme.TEXT)
        .encode(y=y, x="end:Q", text="said:N")
    )
    return (bars + ends).properties(height=27 * len(order) + AROUND)


def _verdict_encodings(t: Messages) -> dict[str, Any]:
    """Colour and shape by verdict, with one legend for both."""
    names = [t(f"verdict.{verdict}") for verdict in theme.VERDICTS]
    marks = list(theme.VERDICTS.values())
    legend = alt.Legend(title=None, orient="top", columns=1, labelLimit=320, symbolSize=110)
    return {
        "color": alt.Color(
            "verdict_said:N",
            sort=names,
            scale=alt.Scale(domain=names[:-1], range=[mark.colour for mark in marks[:-1]]),
            legend=legend,
        ),
        "shape": alt.Shape(
            "verdict_said:N",
            sort=names,
            scale=alt.Scale(domain=names[:-1], range=[mark.shape for mark in marks[:-1]]),
            legend=legend,
        ),
        "tooltip": [
            alt.Tooltip("statement:N", title=t("table.statement")),
            alt.Tooltip("claimed_said:N", title=t("claims.claimed")),
            alt.Tooltip("recounted_said:N", title=t("claims.recounted")),
            alt.Tooltip("difference_said:N", title=t("claims.difference")),
            alt.Tooltip("verdict_said:N", title=t("table.verdict")),
        ],
    }


CLAIM_COLUMNS = ["statement", "claimed_said", "recounted_said", "difference_said", "verdict_said"]


def _powers(t: Messages) -> str:
    """Labels of a log axis in words: 1 млрд."""
    steps = [(size, t(f"scale.{word}")) for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))]
    steps.append((1e3, t("scale.thousand")))
    parts = [f"datum.value >= {size:.0f} ? format(datum.value / {size:.0f}, ',') + ' {word}'" for size, word in steps]
    return " : ".join([*parts, "format(datum.value, ',')"])


def claimed_against_recounted(rows: pd.DataFrame, t: Messages) -> alt.LayerChart:
    """What is claimed against its recount, on log scales, with the line where both are one. Marks by verdict.

    `rows`: claimed_point, recounted_point and the columns of `CLAIM_COLUMNS`.
    """
    ends = [float(f(rows[["claimed_point", "recounted_point"]].to_numpy())) for f in (np.min, np.max)]
    low, high = 10 ** math.floor(math.log10(ends[0])), 10 ** math.ceil(math.log10(ends[1]))
    ticks = [10.0**power for power in range(-3, 16, 3) if low <= 10.0**power <= high]
    axis = alt.Axis(values=ticks, labelExpr=_powers(t), labelFlush=False, grid=True)
    scale = alt.Scale(type="log", domain=[low, high], nice=False)
    diagonal = (
        alt.Chart(pd.DataFrame({"x": [low, high]}))
        .mark_line(color=theme.NEUTRAL, strokeDash=[5, 4])
        .encode(x=alt.X("x:Q", scale=scale), y=alt.Y("x:Q", scale=scale))
    )
    points = (
        alt.Chart(rows[["claimed_point", "recounted_point", *CLAIM_COLUMNS]])
        .mark_point(filled=True, size=85, opacity=0.9)
        .encode(
            x=alt.X("claimed_point:Q", title=t("axis.claimed"), scale=scale, axis=axis),
            y=alt.Y("recounted_point:Q", title=t("axis.recounted"), scale=scale, axis=axis),
            **_verdict_encodings(t),
        )
    )
    return (diagonal + points).properties(height=430)


def claim_differences(rows: pd.DataFrame, t: Messages) -> alt.LayerChart:
    """By how many percent each recount is off what is claimed, a row for each sort of statement; marks by verdict.

    The scale is linear within one percent and logarithmic beyond. `rows`: difference_percent, type, type_order
    and the columns of `CLAIM_COLUMNS`.
    """
    order = list(dict.fromkeys(rows.sort_values("type_order")["type"]))
    shown = rows[["difference_percent", "type", *CLAIM_COLUMNS]].assign(lane=_lanes(rows))
    highest = float(shown["difference_percent"].max()) if len(shown) else 1.0
    lowest = float(shown["difference_percent"].min()) if len(shown) else -1.0
    ticks = [-100, -10, -1, 0, 1, 10, 100, 1000]
    scale = alt.Scale(type="symlog", constant=1, domain=[min(lowest * 1.5, -10), max(highest * 1.5, 10)], nice=False)
    base = alt.Chart(shown).encode(
        y=alt.Y("type:N", sort=order, title=None, axis=alt.Axis(labelLimit=150, grid=True)),
    )
    points = base.mark_point(filled=True, size=85, opacity=0.9).encode(
        x=alt.X(
            "difference_percent:Q",
            title=t("axis.difference_percent"),
            scale=scale,
            axis=alt.Axis(values=ticks, labelExpr="(datum.value > 0 ? '+' : '') + format(datum.value, ',')"),
        ),
        yOffset=alt.YOffset("lane:Q", scale=alt.Scale(domain=[-1, 1])),
        **_verdict_encodings(t),
    )
    rule = (
        alt.Chart(pd.DataFrame({"x": [0]}))
        .mark_rule(color=theme.NEUTRAL, strokeDash=[5, 4])
        .encode(x=alt.X("x:Q", scale=scale))
    )
    return (rule + points).properties(height=430)


def _lanes(rows: pd.DataFrame) -> list[float]:
    """Where in its row a mark stands, from -1 to 1, so that marks of one value stand above one another."""
    places: dict[tuple[str, int], int] = {}
    taken = []
    for row in records(rows):
        value = row["difference_percent"]
        cell = (row["type"], round(4 * math.copysign(math.log1p(abs(value)), value)))
        taken.append((cell, places.get(cell, 0)))
        places[cell] = places.get(cell, 0) + 1
    lanes = []
    for cell, place in taken:
        count = places[cell]
        lanes.append(0.0 if count == 1 else (2 * place / (count - 1) - 1) * min(0.85, 0.12 * count))
    return lanes
