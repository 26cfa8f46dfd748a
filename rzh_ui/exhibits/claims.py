"""Exhibits of what the documents claim beside its recount, and of what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rzh_data.claims import VERDICTS
from rzh_ui import claims, gaps, passport, theme
from rzh_ui.controls import Chosen
from rzh_ui.data import ask
from rzh_ui.exhibit import Exhibit, NothingToShow, Series
from rzh_ui.exhibits import parts
from rzh_ui.i18n import Messages
from rzh_ui.region_map import alphabetical
from rzh_ui.rows import records

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


def _known(choice: Chosen, t: Messages) -> pd.DataFrame:
    rows = claims.rows(choice, t)
    if rows.empty:
        raise NothingToShow("claims")
    return rows


def verdicts(choice: Chosen, t: Messages) -> Exhibit:
    """How many claims have each verdict, whatever is filtered."""
    counts = claims.counts()
    order = [verdict for verdict in VERDICTS if verdict in counts]
    identities = parts.figures(claims.rows(replace(choice, regions=(), principles=()), t))
    return Exhibit(
        kind="stacked_bars",
        title=t("sources.claims_title"),
        finding=claims.title(t),
        unit=t("exhibit.claims_unit"),
        period="",
        categories=tuple(t(f"verdict.{verdict}") for verdict in order),
        category_ids=tuple(order),
        series=tuple(
            Series(
                t(f"verdict.{verdict}"),
                tuple(float(counts[one]) if one == verdict else None for one in order),
                theme.VERDICTS[verdict].colour,
            )
            for verdict in order
        ),
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula=t("formula.claim"),
        file_name="claims_by_verdict",
    )


def scatter(choice: Chosen, t: Messages) -> Exhibit:
    """What is claimed against its recount, each in its own unit, a series a verdict."""

    def draw(rows: pd.DataFrame) -> alt.TopLevelMixin:
        from rzh_ui import charts

        return charts.claimed_against_recounted(rows, t)

    own = _points("claims_scatter", choice, t, claims.on_scatter, "claimed_point", "recounted_point", draw)
    return replace(
        own,
        title=t("sources.scatter_title"),
        unit=t("axis.recounted"),
        across_title=t("axis.claimed"),
        note=t("exhibit.scatter_note"),
        file_name="claimed_against_recounted",
        is_logarithmic=True,
        has_diagonal=True,
    )


def dots(choice: Chosen, t: Messages) -> Exhibit:
    """By how many percent each recount is off what is claimed; the height is the place of the sort of statement."""

    def draw(rows: pd.DataFrame) -> alt.TopLevelMixin:
        from rzh_ui import charts

        return charts.claim_differences(rows, t)

    own = _points("claims_dots", choice, t, claims.in_percent, "difference_percent", "type_order", draw)
    return replace(
        own,
        title=t("sources.dots_title"),
        unit=t("table.claim_type"),
        across_title=t("axis.difference_percent"),
        note=t("exhibit.dots_note"),
        file_name="claims_difference_in_percent",
    )


def _points(
    key: str,
    choice: Chosen,
    t: Messages,
    pick: Callable[[pd.DataFrame], pd.DataFrame],
    across: str,
    up: str,
    draw: Callable[[pd.DataFrame], alt.TopLevelMixin],
) -> Exhibit:
    """A point a claim among those that `pick` keeps, by two of their columns; what it is called is for the caller to say."""
    known = _known(choice, t)
    rows = pick(known)
    if rows.empty:
        raise NothingToShow(key)
    found = records(rows)
    identities = parts.figures(rows)
    present = [verdict for verdict in VERDICTS if any(row["verdict"] == verdict for row in found)]
    return Exhibit(
        kind="points",
        title="",
        finding=claims.finding(known, t),
        unit="",
        period="",
        categories=tuple(row["statement"] for row in found),
        category_ids=tuple(row["claim_id"] for row in found),
        series=tuple(
            Series(
                t(f"verdict.{verdict}"),
                tuple(float(row[up]) if row["verdict"] == verdict else None for row in found),
                theme.VERDICTS[verdict].colour,
                across=tuple(float(row[across]) for row in found),
                remarks=tuple(row["type"] for row in found),
            )
            for verdict in present
        ),
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula=t("formula.claim"),
        file_name=key,
        decimals=2,
        drawing=partial(draw, rows),
    )


def gaps_matrix(choice: Chosen, t: Messages) -> Exhibit:
    """Indicators told of several regions by regions: in how many periods each has a figure."""
    found = gaps.told_of_several(choice)
    if found.empty:
        raise NothingToShow("gaps")
    rows = records(found)
    indicators = {row["indicator_id"]: t.name(row, "indicator") for row in rows}
    names = {row["region_id"]: t.name(row, "region") for row in rows}
    regions = sorted(names, key=lambda region: alphabetical(names[region], t))
    has: dict[tuple[str, str], list[bool]] = {}
    for row in rows:
        has.setdefault((row["indicator_id"], row["region_id"]), []).append(bool(row["has_value"]))
    return Exhibit(
        kind="table",
        title=t("gaps.title"),
        finding=gaps.sentence(choice, t),
        unit=t("exhibit.periods_with_figure"),
        period="",
        categories=tuple(indicators.values()),
        category_ids=tuple(indicators),
        series=tuple(
            Series(
                names[region],
                tuple(float(sum(has[indicator, region])) for indicator in indicators),
                theme.COUNT,
                remarks=tuple(f"{sum(has[one, region])}/{len(has[one, region])}" for one in indicators),
            )
            for region in regions
        ),
        observation_ids=(),
        source=parts.whole_documents(ask("documents"), t),
        formula=t("formula.periods_counted"),
        file_name="gaps_by_indicator_and_region",
    )


BUILDERS = {"verdicts": verdicts, "claims_scatter": scatter, "claims_dots": dots, "gaps": gaps_matrix}
