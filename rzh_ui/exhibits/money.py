"""Exhibits of the money of «Туған жер»."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rzh_ui import money, passport, theme
from rzh_ui.controls import Chosen
from rzh_ui.exhibit import Exhibit, NothingToShow, Series
from rzh_ui.exhibits import parts
from rzh_ui.i18n import Messages
from rzh_ui.rows import records

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


def _sources(
    rows: pd.DataFrame, along: str, order: tuple[str, ...], size: float, t: Messages, column: str = "value"
) -> tuple[Series, ...]:
    """A series for each source of money that `rows` have, with a value for each of `order` in the column `along`."""
    found = []
    for source, colour in theme.SOURCE_COLOURS.items():
        own = {row[along]: row[column] for row in records(rows[rows["indicator_id"] == source])}
        if own:
            values = tuple(parts.number(own.get(one), size) for one in order)
            found.append(Series(t(f"source.{source}"), values, colour))
    return tuple(found)


def by_period(choice: Chosen, t: Messages) -> Exhibit:
    """Money by period and source in the chosen basis and prices, over the chosen regions."""
    if not money.serves(choice.principles):
        raise NothingToShow("by_period")
    rows = money.money_rows(choice, t)
    if rows.empty:
        raise NothingToShow("by_period")
    periods = tuple(dict.fromkeys(rows["period_id"]))
    size, unit = parts.money(float(rows.groupby("period_id")["value"].sum().max()), choice.per, choice.prices, t)
    series = _sources(rows, "period_id", periods, size, t)
    identities = parts.figures(rows)

    def drawing() -> alt.TopLevelMixin:
        from rzh_ui import charts

        return charts.funding_by_period(rows, t)

    return Exhibit(
        kind="stacked_columns",
        title=t("exhibit.by_period"),
        finding=money.money_alt(rows, t),
        unit=unit,
        period=parts.whole_span(t),
        place=parts.place(choice, t),
        categories=tuple(dict.fromkeys(rows["period"])),
        category_ids=periods,
        series=series,
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula=money.formula(choice, t),
        note=t("note.nine_months_short"),
        file_name=f"tugan_zher_funding_by_period_{choice.per}",
        decimals=parts.decimals(value for one in series for value in one.values),
        unit_size=size,
        missing=t("figure.missing"),
        total=t("table.total"),
        drawing=drawing,
    )


def overview(choice: Chosen, t: Messages) -> Exhibit:
    """The same in tenge of each year, as the overview shows it."""
    return by_period(replace(choice, prices="nominal"), t)


def by_region(choice: Chosen, t: Messages) -> Exhibit:
    """Money by region and source in the chosen period and basis, most on top."""
    if not money.serves(choice.principles):
        raise NothingToShow("by_region")
    wide = money.regions_wide(choice, t)
    bars = money.bars_by_region(wide, choice, t)
    if bars.empty:
        raise NothingToShow("by_region")
    ordered = bars.sort_values("total", ascending=False, kind="stable").drop_duplicates("region_id")
    size, unit = parts.money(float(bars["total"].max()), choice.per, choice.prices, t)
    regions = tuple(ordered["region_id"])
    series = _sources(bars, "region_id", regions, size, t)
    identities = parts.figures(wide[wide["region_id"].isin(regions)])
    formulas = [t("formula.funding")] if len(series) > 1 else []
    if choice.per != "total" or choice.prices == "constant":
        formulas.append(money.formula(choice, t))

    def drawing() -> alt.TopLevelMixin:
        from rzh_ui import charts

        return charts.funding_by_region(bars, t, selected=choice.region)

    return Exhibit(
        kind="stacked_bars",
        title=t("exhibit.by_region"),
        finding=money.where_sentence(bars, t),
        unit=unit,
        period=money.period_label(choice, t),
        categories=tuple(ordered["region"]),
        category_ids=regions,
        series=series,
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula="; ".join(formulas) or None,
        note=money.period_note(choice, t),
        file_name=f"tugan_zher_funding_by_region_{choice.period.replace('/', '_')}_{choice.per}",
        decimals=parts.decimals(value for one in series for value in one.values),
        unit_size=size,
        missing=t("figure.missing"),
        total=t("table.total") if len(series) > 1 else "",
        drawing=drawing,
    )


BUILDERS = {"money": overview, "by_period": by_period, "by_region": by_region}
