"""Exhibits of the accelerator and of «100 жаңа есім»."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rzh_ui import accelerator, hundred_names, numbers, passport, theme
from rzh_ui.controls import Chosen
from rzh_ui.exhibit import Exhibit, NothingToShow, Series
from rzh_ui.exhibits import parts
from rzh_ui.i18n import Messages
from rzh_ui.rows import records

if TYPE_CHECKING:
    import pandas as pd


def funnel(choice: Chosen, t: Messages) -> Exhibit:
    """Projects at each stage of the accelerator, with their share of the applications."""
    del choice  # no filter applies
    rows = accelerator.funnel_rows(t)
    identities = parts.figures(rows)
    shares = tuple(
        t("accelerator.of_start", percent=numbers.percent(row["percent_of_start"], t)) for row in records(rows)
    )
    values = tuple(parts.number(value) for value in rows["value"])
    return Exhibit(
        kind="bars",
        title=t("exhibit.funnel"),
        finding=accelerator.finding(t),
        unit=t("accelerator.projects_column"),
        period=t("exhibit.year", year=2020),
        place=parts.country(t),
        categories=tuple(rows["stage"]),
        category_ids=tuple(rows["category_id"]),
        series=(Series(t("accelerator.projects_column"), values, theme.COUNT, remarks=shares),),
        observation_ids=identities,
        source=passport.lines(identities, t),
        note=t("exhibit.funnel_note"),
        file_name="accelerator_funnel",
    )


def names_by_year(choice: Chosen, t: Messages) -> Exhibit:
    """Applications, winners and winners per hundred applications of «100 жаңа есім», year by year."""
    rows = hundred_names.year_rows(t)
    rows = rows[rows["period_id"] != "sum"]
    return replace(
        _measures(rows, "period_id", "period", choice, t),
        title=t("exhibit.names_by_year"),
        finding=hundred_names.finding(t),
        place=parts.country(t),
        note=t("hundred_names.years_note"),
        file_name="hundred_names_by_year",
    )


def names_by_region(choice: Chosen, t: Messages) -> Exhibit:
    """The same for the regions that the documents name, over three years."""
    rows = hundred_names.region_rows(choice.regions, t)
    if rows.empty:
        raise NothingToShow("hundred_names_regions")
    return replace(
        _measures(rows, "region_id", "region", choice, t),
        title=t("exhibit.names_by_region"),
        finding=t("hundred_names.by_region"),
        period=t("exhibit.names_period"),
        note=t("hundred_names.regions_note"),
        file_name="hundred_names_by_region",
        marked=(choice.region,) if choice.region else (),
    )


def _measures(rows: pd.DataFrame, key: str, name: str, choice: Chosen, t: Messages) -> Exhibit:
    if not hundred_names.serves(choice.principles):
        raise NothingToShow("hundred_names")
    units = {"applications": "count", "winners": "persons", "per_hundred": "persons"}
    identities = parts.figures(rows)
    return Exhibit(
        kind="panels",
        title="",
        finding="",
        unit="",
        period="",
        categories=tuple(rows[name]),
        category_ids=tuple(rows[key]),
        series=tuple(
            Series(
                t(f"hundred_names.{measure}"),
                tuple(parts.number(value) for value in rows[measure]),
                theme.COUNT,
                unit=numbers.unit_name(units[measure], t),
                unit_size=1.0,
                decimals=decimals,
            )
            for measure, decimals in hundred_names.MEASURES
        ),
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula=t("formula.per_hundred"),
        file_name="",
        missing=t("figure.missing"),
    )


BUILDERS = {"funnel": funnel, "hundred_names_years": names_by_year, "hundred_names_regions": names_by_region}
