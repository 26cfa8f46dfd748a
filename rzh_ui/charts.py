"""Charts: each a function from rows to a chart. No query, no Streamlit; words come through `t`, colours from the theme."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from rzh_ui import theme
from rzh_ui.i18n import Messages
from rzh_ui.numbers import marked_period
from rzh_ui.rows import records

alt.data_transformers.disable_max_rows()

BILLION = 1e9


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
    equal = pd.DataFrame({"x": [0, 100], "y": [0, 100]})
    diagonal = alt.Chart(equal).mark_line(strokeDash=[5, 4], color=theme.NEUTRAL).encode(x="x:Q", y="y:Q")
    curve = (
        alt.Chart(points)
        .mark_line(point=alt.OverlayMarkDef(size=38), interpolate="linear", strokeWidth=2.2)
        .encode(
            x=alt.X(
                "cumulative_region_percent:Q", title=t("axis.cumulative_regions"), scale=alt.Scale(domain=[0, 100])
            ),
            y=alt.Y("cumulative_value_percent:Q", title=t("axis.cumulative_money"), scale=alt.Scale(domain=[0, 100])),
            color=alt.Color(
                "series:N",
                sort=names,
                scale=alt.Scale(
                    domain=names, range=[theme.SPONSORS, theme.LOCAL_BUDGET, theme.HIGHLIGHT][: len(names)]
                ),
                # name and coefficient on a line each: together they are wider than a phone
                legend=alt.Legend(
                    title=None, orient="top", columns=1, labelLimit=420, labelExpr="split(datum.label, ': ')"
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
    return (diagonal + curve).properties(height=380)


def ranks(rows: pd.DataFrame, t: Messages, *, highlighted: tuple[str, ...]) -> alt.LayerChart:
    """Ranks from period to period, first on top; the highlighted regions in colour, the others quiet.

    `rows`: region_id, region, period, position, value; one row per region and period that has a figure.
    """
    order = list(dict.fromkeys(rows["period"]))
    columns = ["region_id", "region", "period", "position", "said"]
    shown = rows[columns].assign(is_highlighted=rows["region_id"].isin(highlighted))
    base = alt.Chart(shown).encode(
        x=alt.X(
            "period:N",
            sort=order,
            title=None,
            axis=alt.Axis(labelAngle=0, orient="top", labelFlush=False, labelOverlap=False),  # each names its points
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

LETTER, LINE, MOST_COVERED = 7.0, 15.0, 40.0
"""Width of a letter and height of a line of a name beside its point, px, and the area, px², it may cover of others."""

PLACES = [
    (side, dy)
    for dy in (0.0, -9.0, 9.0, -16.0, 16.0, -23.0, 23.0)
    for side in ("left", "right", "center")
    if side != "center" or abs(dy) > 12
]
"""Where a name may stand beside its point, the best first: how it is aligned there, and how far down, px."""


def _places(rows: pd.DataFrame, width: float, height: float) -> list[tuple[str, float, bool]]:
    """For each point of `leverage`: how its name is aligned, how far down it stands, and whether there is room for it.

    Args:
        width, height: the drawing's size in px, as near as it is known here.
    """
    across = _along([math.log(value) for value in rows["budget_per_inhabitant"]], width)
    down = [height - y for y in _along([math.log(value) for value in rows["leverage"]], height)]
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in zip(across, down, strict=True)]
    chosen = []
    for index, (x, y, name) in enumerate(zip(across, down, rows["region"], strict=True)):
        others = taken[:index] + taken[index + 1 :]
        best, most = ("left", 0.0, False), math.inf
        for side, dy in PLACES:
            wide = LETTER * len(name)
            left = {"left": x + 9, "right": x - 9 - wide, "center": x - wide / 2}[side]
            box = (left, y + dy - LINE / 2, left + wide, y + dy + LINE / 2)
            over = sum(_overlap(box, other) for other in others)
            over += 4 * LINE * (max(0.0, -left) + max(0.0, left + wide - width))
            if over < most:
                best, most = (side, dy, over < MOST_COVERED), over
            if over == 0:
                break
        chosen.append(best)
        if best[2]:
            wide = LETTER * len(name)
            left = {"left": x + 9, "right": x - 9 - wide, "center": x - wide / 2}[best[0]]
            taken.append((left, y + best[1] - LINE / 2, left + wide, y + best[1] + LINE / 2))
    return chosen


def _along(values: list[float], length: float, padding: float = 26.0) -> list[float]:
    """Values on a scale of this length with the padding of the chart."""
    low, span = min(values), (max(values) - min(values)) or 1.0
    return [padding + (value - low) / span * (length - 2 * padding) for value in values]


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Area that two boxes (left, top, right, bottom) share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def leverage(rows: pd.DataFrame, t: Messages, *, selected: str | None, country: float | None) -> alt.LayerChart:
    """Sponsors' tenge for each tenge of budget against budget per inhabitant, a labelled point a region, on log scales.

    `rows`: region_id, region, budget_per_inhabitant, leverage, said_budget, said_leverage.
    """
    columns = ["region", "budget_per_inhabitant", "leverage", "said_budget", "said_leverage"]
    shown = rows[columns].assign(is_selected=rows["region_id"] == (selected or ""))
    narrow, wide = "width < 500", "width >= 500"
    for size, width in (("narrow", 250.0), ("wide", 1000.0)):
        places = _places(rows, width, LEVERAGE_HEIGHT)
        shown[f"{size}_side"] = [side for side, _, _ in places]
        shown[f"{size}_dy"] = [dy for _, dy, _ in places]
        shown[f"{size}_has_room"] = [has_room for _, _, has_room in places]
    base = alt.Chart(shown).encode(
        x=alt.X(
            "budget_per_inhabitant:Q",
            title=t("axis.budget_per_inhabitant"),
            scale=alt.Scale(type="log", nice=False, padding=26),
            axis=alt.Axis(format=",.3~r"),
        ),
        y=alt.Y("leverage:Q", title=t("axis.leverage"), scale=alt.Scale(type="log", nice=False, padding=26)),
        tooltip=[
            alt.Tooltip("region:N", title=t("table.region")),
            alt.Tooltip("said_budget:N", title=t("axis.budget_per_inhabitant")),
            alt.Tooltip("said_leverage:N", title=t("axis.leverage")),
        ],
        color=alt.condition("datum.is_selected", alt.value(theme.HIGHLIGHT), alt.value(theme.SPONSORS)),
    )
    points = base.mark_point(filled=True, size=110, opacity=0.95)
    # a name without room gives way, but never the chosen region's: pointer and table tell the others
    names = [
        base.transform_filter(f"datum.is_selected || datum.{size}_has_room")
        .transform_calculate(said=f"{fits} ? datum.region : ''")
        .mark_text(
            align=alt.expr(f"datum.{size}_side"),
            dx=alt.expr(f"datum.{size}_side === 'left' ? 9 : datum.{size}_side === 'right' ? -9 : 0"),
            dy=alt.expr(f"datum.{size}_dy"),
            fontSize=12.5,
        )
        .encode(text="said:N", color=alt.value(theme.TEXT))
        for size, fits in (("narrow", narrow), ("wide", wide))
    ]
    rule = (
        alt.Chart(pd.DataFrame({"leverage": [country], "label": [t("funding.country_line")]}).dropna())
        .mark_rule(strokeDash=[5, 4], color=theme.NEUTRAL)
        .encode(y="leverage:Q", tooltip=alt.Tooltip("label:N"))
    )
    return (rule + points + names[0] + names[1]).properties(height=LEVERAGE_HEIGHT)


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
            x=alt.X("amount:Q", title=title).stack("zero"),
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
    return (bars + ends).properties(height=max(120, 27 * len(order)))


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
