"""The explorer's chart apart from the screen: what its picture, its slide and its workbook say beside the values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from rzh_ui import explore_chart, explore_choices, passport, theme
from rzh_ui.exhibit import Exhibit, Kind, Series
from rzh_ui.exhibits import parts
from rzh_ui.explore_choices import NO_COLUMNS, Wanted
from rzh_ui.i18n import Messages
from rzh_ui.region_map import alphabetical
from rzh_ui.remember import remembered
from rzh_ui.rows import by, records

if TYPE_CHECKING:
    import pandas as pd

    from rzh_ui.explore_facets import Left

MOST_NAMED = 2
"""Indicators that a title names; more are several."""

MOST_PERIODS = 4
"""Periods that stand one by one in the line under a title; more are counted."""

MOST_BARS_SIDE_BY_SIDE = 24
"""Bars of several series that a slide has room for with their numbers."""

KINDS: dict[str, Kind] = {"bars": "bars", "stacked": "stacked_bars", "lines": "lines", "points": "points"}
"""Kind of exhibit by kind of chart."""


@dataclass(frozen=True)
class Subject:
    """What a chart is of.

    Attributes:
        title: its indicators where they are few, and what a cell says; the basis stands with the unit.
        indicator: the one indicator; "" where there are several.
        period, place: as in `Exhibit`; empty where rows or columns say it.
    """

    title: str
    indicator: str
    period: str
    place: str


@remembered
def subject(found: Left, wanted: Wanted, t: Messages) -> Subject:
    """What the figures that are left are of."""
    rows = found.rows[found.rows["preferred"]]
    known = explore_choices.names(t.language)
    indicators = list(dict.fromkeys(rows["indicator_id"]))
    names = [known["indicator", one] for one in indicators]
    title = " · ".join(names) if len(names) <= MOST_NAMED else t("explore.several_indicators")
    if wanted.measure != "single":
        title += f" · {t(f'explore.measure_{wanted.measure}').lower()}"
    shown = (wanted.rows, wanted.columns)
    return Subject(
        title,
        indicators[0] if len(indicators) == 1 else "",
        "" if "period" in shown else _periods(rows, t),
        "" if "region" in shown else _regions(rows, t),
    )


def _periods(rows: pd.DataFrame, t: Messages) -> str:
    names = [t.name(row, "period") for row in by(rows.sort_values(["start", "end"]), "period_id").values()]
    return ", ".join(names) if len(names) <= MOST_PERIODS else t("exhibit.some_periods", count=len(names))


def _regions(rows: pd.DataFrame, t: Messages) -> str:
    names = {row["region_id"]: t.name(row, "region") for row in by(rows, "region_id").values()}
    ordered = sorted(names, key=lambda one: (one != parts.COUNTRY, alphabetical(names[one], t)))
    if len(ordered) > parts.MOST_NAMES:
        return t("exhibit.some_regions", count=len(ordered))
    return ", ".join(names[one] for one in ordered)


@remembered
def note(found: Left, t: Messages) -> str:
    """What must not be lost beside a chart: what it leaves out, and that a part of a year is no year."""
    rows = found.rows[found.rows["preferred"]]
    said = [t("explore.chart_note")]
    parts_of_years = by(rows[rows["period_kind"] == "part_of_year"], "period_id")
    if "2019-9m" in parts_of_years:
        said.append(t("note.nine_months_short"))
    elif parts_of_years:
        said.append(t("note.part_of_year"))
    return " ".join(said)


def how(wanted: Wanted, t: Messages, *, is_computed: bool, is_several: bool) -> str | None:
    """How a value was computed, in words; None for a printed one.

    Args:
        is_several: whether it stands for more than one figure.
    """
    if not is_computed:
        return None
    said = [t(f"explore.measure_{wanted.measure}")] if is_several else []
    if wanted.per != "total":
        said.append(t(f"formula.{wanted.per}"))
    return "; ".join(said) or t("formula.total")


def formula(rows: pd.DataFrame, wanted: Wanted, t: Messages) -> str | None:
    """The same for all values of a chart. `rows`: as from `explore_chart.rows_of`."""
    return how(wanted, t, is_computed=bool(rows["is_computed"].any()), is_several=wanted.measure != "single")


@remembered
def finding(kind: str, rows: pd.DataFrame, t: Messages) -> str:
    """The largest and the smallest value in a sentence; of points in one for each axis."""
    if kind == "points":
        columns = rows.groupby("column", sort=False)
        return " ".join(f"{column}. {_extremes(own.assign(column=''), t)}" for column, own in columns)
    return _extremes(rows, t)


def _extremes(rows: pd.DataFrame, t: Messages) -> str:
    low, high = records(rows.sort_values("value", kind="stable").iloc[[0, -1]])
    return t(
        "explore.finding",
        high=" · ".join(part for part in (high["row"], high["column"]) if part),
        high_value=high["short"],
        low=" · ".join(part for part in (low["row"], low["column"]) if part),
        low_value=low["short"],
    )


def file_name(wanted: Wanted) -> str:
    """Name of a file of what is laid out, without its ending."""
    return f"figures_{wanted.rows}" + (f"_by_{wanted.columns}" if wanted.columns != NO_COLUMNS else "")


def made(kind: str, found: Left, rows: pd.DataFrame, wanted: Wanted, t: Messages) -> Exhibit:
    """The chart of a kind that fits as an exhibit.

    Args:
        kind: kind of chart.
        rows: as from `explore_chart.rows_of`, of the figures in `found`.
    """
    about = subject(found, wanted, t)
    identities = parts.figures(rows)
    common: dict[str, Any] = {
        "kind": KINDS[kind],
        "title": about.title,
        "finding": finding(kind, rows, t),
        "period": about.period,
        "place": about.place,
        "observation_ids": identities,
        "source": passport.lines(identities, t),
        "formula": formula(rows, wanted, t),
        "note": note(found, t),
        "file_name": file_name(wanted),
        "missing": t("figure.missing"),
        "drawing": partial(explore_chart.build, kind, rows, wanted, about.indicator, t),
    }
    return _points(common, rows, wanted, t) if kind == "points" else _bars(common, rows, wanted, about, t)


def _bars(common: dict[str, Any], rows: pd.DataFrame, wanted: Wanted, about: Subject, t: Messages) -> Exhibit:
    """Bars, stacked or not, and lines: a series a column."""
    size, unit = explore_chart.axis(rows, wanted.per, t)
    order = explore_chart.ordered(rows, wanted)
    names = {row["row"]: row["row_id"] for row in records(rows)}
    known = {(row["column_id"], row["row"]): row for row in records(rows)}
    labels = {row["column_id"]: row["column"] for row in records(rows)}
    series = tuple(
        Series(
            labels[column] or about.title,
            tuple(
                parts.number(known[column, name]["value"], size) if (column, name) in known else None for name in order
            ),
            colour,
            remarks=tuple(_firmness(known.get((column, name))) for name in order),
        )
        for column, colour in explore_chart.colours(rows, about.indicator).items()
    )
    if not any(remark for one in series for remark in one.remarks):
        series = tuple(Series(one.name, one.values, one.colour) for one in series)
    if common["kind"] == "bars" and len(series) > 1 and len(order) * len(series) > MOST_BARS_SIDE_BY_SIDE:
        common["kind"] = "table"  # a slide has no room for so many bars
    return Exhibit(
        **common,
        unit=unit,
        categories=tuple(order),
        category_ids=tuple(names[name] or "whole" for name in order),
        series=series,
        decimals=parts.decimals(value for one in series for value in one.values),
        unit_size=size,
        total=t("table.total") if common["kind"] == "stacked_bars" else "",
    )


def _firmness(row: dict[str, Any] | None) -> str:
    """The value in words where the document does not print it as exact («more than 12 000»)."""
    return "" if row is None or row["qualifier"] == "=" else str(row["said"])


def _points(common: dict[str, Any], rows: pd.DataFrame, wanted: Wanted, t: Messages) -> Exhibit:
    both, axes, divisors = explore_chart.both_of(rows, wanted, t)
    titles = [", ".join(axis) for axis in axes]
    found = records(both)
    return Exhibit(
        **common,
        unit=titles[1],
        across_title=titles[0],
        categories=tuple(row["row"] for row in found),
        category_ids=tuple(row["row_id"] or "whole" for row in found),
        series=(
            Series(
                titles[1],
                tuple(float(row["up"]) for row in found),
                theme.COUNT,
                across=tuple(float(row["across"]) for row in found),
            ),
        ),
        decimals=parts.decimals(float(row[side]) for row in found for side in ("across", "up")),
        unit_size=divisors[1],
    )
