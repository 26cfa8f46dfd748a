"""Exhibits of the money of «Туған жер»."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rzh_ui import money, numbers, passport, theme
from rzh_ui.controls import SOURCES, Chosen
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
        categories=tuple(numbers.marked_period(row, t) for row in records(rows.drop_duplicates("period_id"))),
        category_ids=periods,
        series=series,
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula=money.formula(choice, t),
        note=f"* {t('note.nine_months_short')}",
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
    formulas = ([t("formula.funding")] if len(series) > 1 else []) + _computed(choice, t)

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
        marked=(choice.region,) if choice.region else (),
        drawing=drawing,
    )


def _computed(choice: Chosen, t: Messages) -> list[str]:
    """How the printed amounts of single regions are changed by basis and prices; empty where they are not."""
    said = [] if choice.per == "total" else [t(f"formula.{choice.per}")]
    return [*said, t("formula.constant")] if choice.prices == "constant" else said


def by_period_share(choice: Chosen, t: Messages) -> Exhibit:
    """The same money as shares of each period's sum."""
    amounts = by_period(choice, t)
    rows = money.money_rows(choice, t)
    totals = rows.groupby("period_id", sort=False)["value"].transform("sum")
    shares = rows.assign(share=100 * rows["value"] / totals)

    def drawing() -> alt.TopLevelMixin:
        from rzh_ui import charts

        return charts.funding_by_period(rows, t, is_share=True)

    return replace(
        amounts,
        kind="shares",
        title=t("exhibit.by_period_share"),
        finding=money.share_alt(rows, t),
        unit=t("axis.percent"),
        series=_sources(shares, "period_id", amounts.category_ids, 1, t, "share"),
        formula="; ".join(part for part in (t("formula.share"), amounts.formula) if part),
        file_name=f"tugan_zher_shares_by_period_{choice.per}",
        decimals=1,
        unit_size=1.0,
        total="",
        drawing=drawing,
    )


def heat(choice: Chosen, t: Messages) -> Exhibit:
    """Region by period for both sources of money, the classes of each source as on the page."""
    if not money.serves(choice.principles):
        raise NothingToShow("heat")
    rows = money.heat_rows(choice, t)
    if rows.empty:
        raise NothingToShow("heat")
    classes = money.heat_classes(choice.per, choice.prices)
    size, unit = parts.money(float(rows["value"].max()), choice.per, choice.prices, t)
    regions = {row["region_id"]: row["region"] for row in records(rows)}
    periods = {row["period_id"]: row["period"] for row in records(rows)}
    known = {(row["region_id"], row["period_id"], row["indicator_id"]): row["value"] for row in records(rows)}
    series = tuple(
        Series(
            f"{t(f'source.{source}')}, {label}",
            tuple(parts.number(known.get((region, period, source)), size) for region in regions),
            colour,
            period=label,
            breaks=tuple(limit / size for limit in classes[source].breaks),
        )
        for source, colour in theme.SOURCE_COLOURS.items()
        for period, label in periods.items()
    )
    identities = parts.figures(rows)
    return Exhibit(
        kind="table",
        title=t("exhibit.heat"),
        finding=t("funding.heat_caption"),
        unit=unit,
        period=parts.whole_span(t),
        categories=tuple(regions.values()),
        category_ids=tuple(regions),
        series=series,
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula="; ".join(_computed(choice, t)) or None,
        note=t("note.nine_months_short"),
        file_name=f"tugan_zher_funding_by_region_and_period_{choice.per}",
        decimals=parts.decimals((value for one in series for value in one.values), most=2),
        unit_size=size,
        missing=t("figure.missing"),
        marked=(choice.region,) if choice.region else (),
    )


def ranks(choice: Chosen, t: Messages) -> Exhibit:
    """The regions' ranks from period to period; those that the page highlights stand out."""
    if not money.serves(choice.principles):
        raise NothingToShow("ranks")
    rows = money.rank_rows(choice, t)
    if rows.empty:
        raise NothingToShow("ranks")
    moved = (choice.region,) if choice.region else money.most_moved(rows)
    periods = {row["period_id"]: row["period"] for row in records(rows)}
    regions = {row["region_id"]: row["region"] for row in records(rows)}
    known = {(row["region_id"], row["period_id"]): (row["position"], row["said"]) for row in records(rows)}
    series = tuple(
        Series(
            name,
            tuple(parts.number(known[region, period][0]) if (region, period) in known else None for period in periods),
            theme.HIGHLIGHT if region in moved else theme.NEUTRAL,
            remarks=tuple(known[region, period][1] if (region, period) in known else "" for period in periods),
        )
        for region, name in regions.items()
    )
    identities = parts.figures(rows)
    both = [t("formula.funding")] if choice.source == SOURCES[0] else []

    def drawing() -> alt.TopLevelMixin:
        from rzh_ui import charts

        return charts.ranks(rows, t, highlighted=moved)

    return Exhibit(
        kind="lines",
        title=f"{t('exhibit.ranks')}: {t(f'exhibit.of_{choice.source}')}",
        finding=money.rank_sentence(rows, moved, t),
        unit=", ".join(part for part in (t("axis.rank").lower(), _basis(choice, t)) if part),
        period=parts.whole_span(t),
        categories=tuple(periods.values()),
        category_ids=tuple(periods),
        series=series,
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula="; ".join([t("formula.rank"), *both, *_computed(choice, t)]),
        note=t("note.nine_months_short"),
        file_name="tugan_zher_ranks",
        is_ranked=True,
        missing=t("figure.missing"),
        drawing=drawing,
    )


def _basis(choice: Chosen, t: Messages) -> str:
    """The basis and prices in words, where they are not the plain ones."""
    said = [] if choice.per == "total" else [t(f"per.{choice.per}").lower()]
    if choice.prices == "constant":
        said.append(t("exhibit.in_constant"))
    return ", ".join(said)


def multiples(choice: Chosen, t: Messages) -> Exhibit:
    """What the documents say of growth and fall beside the recount."""
    if not money.serves(choice.principles):
        raise NothingToShow("multiples")
    rows = money.multiples(t, choice.regions)
    if rows.empty:
        raise NothingToShow("multiples")
    identities = parts.figures(rows)
    found = records(rows)
    return Exhibit(
        kind="table",
        title=t("exhibit.multiples"),
        finding=t("note.full_year_against_nine_months"),
        unit=t("unit.times"),
        period=parts.whole_span(t),
        categories=tuple(f"{row['region']}: {row['what']}" for row in found),
        category_ids=tuple(row["claim_id"] for row in found),
        series=(
            Series(
                t("axis.claimed"),
                tuple(parts.number(row["claimed"]) for row in found),
                theme.NEUTRAL,
                remarks=tuple(row["claimed_said"] for row in found),
            ),
            Series(
                t("axis.recounted"),
                tuple(parts.number(row["recounted"]) for row in found),
                theme.SPONSORS,
                remarks=tuple(f"{row['recounted_said']} · {row['said']}" for row in found),
            ),
        ),
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula=t("formula.times"),
        file_name="tugan_zher_multiples",
        decimals=2,
        missing=t("figure.missing"),
    )


def lorenz(choice: Chosen, t: Messages) -> Exhibit:
    """Which share of the regions has which share of the money, beside the line of equality."""
    if not money.serves(choice.principles):
        raise NothingToShow("lorenz")
    points = money.inequality(choice, t)
    curves = [records(rows) for _, rows in points.groupby("series", sort=False)]
    regions = {row["region_id"]: row["region"] for row in curves[0]}
    series = []
    for curve, colour in zip(curves, theme.CURVES, strict=False):
        own = {row["region_id"]: row for row in curve}
        held = [own.get(region) for region in regions]
        series.append(
            Series(
                str(curve[0]["series"]),
                (0.0, *(None if row is None else float(row["cumulative_value_percent"]) for row in held)),
                colour,
                across=(0.0, *(0.0 if row is None else float(row["cumulative_region_percent"]) for row in held)),
            )
        )
    identities = parts.figures(points)

    def drawing() -> alt.TopLevelMixin:
        from rzh_ui import charts

        return charts.lorenz(points, t)

    return Exhibit(
        kind="lines",
        title=f"{t('exhibit.lorenz')}: {t(f'exhibit.of_{choice.source}')}",
        finding=money.inequality_sentence(points, t),
        unit=t("axis.cumulative_money"),
        period=money.period_label(choice, t),
        place=parts.country(t),
        categories=("0", *regions.values()),
        category_ids=("", *regions),
        series=tuple(series),
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula=t("formula.gini"),
        note=" ".join(part for part in (t("note.gini"), money.period_note(choice, t)) if part),
        file_name=f"tugan_zher_lorenz_{choice.period.replace('/', '_')}",
        decimals=1,
        across_title=t("axis.cumulative_regions"),
        has_diagonal=True,
        drawing=drawing,
    )


def dependence(choice: Chosen, t: Messages) -> Exhibit:
    """Sponsors' tenge for each tenge of budget against budget per inhabitant."""
    if not money.serves(choice.principles):
        raise NothingToShow("dependence")
    wide = money.regions_wide(choice, t)
    rows = money.dependence(wide, t)
    if rows.empty:
        raise NothingToShow("dependence")
    identities = parts.figures(rows)

    def drawing() -> alt.TopLevelMixin:
        from rzh_ui import charts

        return charts.leverage(rows, t, selected=choice.region, country=money.country_leverage(wide))

    return Exhibit(
        kind="points",
        title=t("exhibit.dependence"),
        finding=money.dependence_sentence(rows, t),
        unit=t("axis.leverage"),
        period=money.period_label(choice, t),
        categories=tuple(rows["region"]),
        category_ids=tuple(rows["region_id"]),
        series=(
            Series(
                t("axis.leverage"),
                tuple(float(value) for value in rows["leverage"]),
                theme.SPONSORS,
                across=tuple(float(value) for value in rows["budget_per_inhabitant"]),
            ),
        ),
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula=t("formula.leverage"),
        note=f"{t('note.log_scale')} {t('exhibit.country_line')}",
        file_name=f"tugan_zher_leverage_{choice.period.replace('/', '_')}",
        decimals=1,
        across_title=t("axis.budget_per_inhabitant"),
        is_logarithmic=True,
        goal=money.country_leverage(wide),
        marked=(choice.region,) if choice.region else (),
        drawing=drawing,
    )


BUILDERS = {
    "money": overview,
    "by_period": by_period,
    "by_period_share": by_period_share,
    "by_region": by_region,
    "heat": heat,
    "ranks": ranks,
    "multiples": multiples,
    "lorenz": lorenz,
    "dependence": dependence,
}
