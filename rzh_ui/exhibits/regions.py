"""Exhibits of one region: where it stands among the 17, and its money beside that of others."""

from __future__ import annotations

from dataclasses import replace

from rzh_ui import numbers, passport, region_profile, strips, theme
from rzh_ui.controls import Chosen, region_names
from rzh_ui.data import ask
from rzh_ui.exhibit import Exhibit, NothingToShow, Series
from rzh_ui.exhibits import money as money_exhibits
from rzh_ui.exhibits import parts
from rzh_ui.i18n import Messages
from rzh_ui.money import BUDGET, SPONSORS, formula, serves
from rzh_ui.numbers import MONEY, SMALLEST_SCALED_MONEY
from rzh_ui.rows import records
from rzh_ui.strips import Strip, compared, country_name


def _region(choice: Chosen, key: str) -> str:
    if choice.region is None:
        raise NothingToShow(f"{key}: no region was chosen")
    return choice.region


def region_strips(choice: Chosen, t: Messages) -> Exhibit:
    """A scale for each indicator that the region has, a dot a region; the chosen one and those compared stand out."""
    region = _region(choice, "region_strips")
    found = strips.strips(choice)
    if not found:
        raise NothingToShow("region_strips")
    names = {**region_names(t), parts.COUNTRY: country_name(t)}
    series = tuple(_strip(strip, names, t) for strip in found)
    identities = parts.figures(strips.strip_rows(choice, t))
    others = compared(choice)
    return Exhibit(
        kind="strips",
        title=f"{region_profile.name(region, t)}: {t('region.strips_title').lower()}",
        finding=". ".join(_said(strip, t) for strip in found) + ".",
        unit="",
        period="",
        categories=tuple(names.values()),
        category_ids=tuple(names),
        series=series,
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula="; ".join(f"{strip.title(t)}: {how}" for strip in found if (how := strip.view.formula(t))) or None,
        note=t("region.strips_lead"),
        file_name=f"{region}_place_among_regions",
        missing=t("figure.missing"),
        marked=(region, *others),
    )


def _strip(strip: Strip, names: dict[str, str], t: Messages) -> Series:
    rows = strip.rows
    shown = {key: row for key, row in rows.items() if key != parts.COUNTRY or strip.country is not None}
    size, unit = 1.0, numbers.unit_name(strip.view.scale.unit, t) if strip.view.scale.unit != MONEY else ""
    if strip.view.scale.unit == MONEY:
        highest = max(float(row["value"]) for key, row in rows.items() if key != parts.COUNTRY)
        size, unit = parts.money(highest, strip.view.per, "nominal", t, least=SMALLEST_SCALED_MONEY)
    values = tuple(parts.number(shown[one]["value"], size) if one in shown else None for one in names)
    return Series(
        strip.title(t),
        values,
        theme.NEUTRAL,
        remarks=tuple(strip.said(shown[one], t) if one in shown else "" for one in names),
        period=strip.view.period_label(t),
        unit=unit,
        unit_size=size,
        decimals=0 if strip.view.scale.unit == MONEY and size == 1 else parts.decimals(values, most=2),
        is_logarithmic=strip.is_log,
    )


def _said(strip: Strip, t: Messages) -> str:
    own = strip.rows[strip.region]
    return f"{strip.title(t)}, {strip.view.period_label(t)}: {strip.said(own, t)}, {strip.view.rank(own, t)}"


def region_money(choice: Chosen, t: Messages) -> Exhibit:
    """The region's money by period and source."""
    region = _region(choice, "region_money")
    own = money_exhibits.by_period(region_profile.of_region(choice), t)
    return replace(own, title=t("exhibit.by_period"), file_name=f"{region}_tugan_zher_money_{choice.per}")


def region_compared(choice: Chosen, t: Messages) -> Exhibit:
    """The money of the region and of those compared with it, period by period."""
    region = _region(choice, "region_compared")
    others = compared(choice)
    if not others or not serves(choice.principles):
        raise NothingToShow("region_compared")
    places = (region, *others, *((parts.COUNTRY,) if choice.per == "capita" else ()))
    names = {**region_names(t), parts.COUNTRY: country_name(t)}
    every = ask("funding", per=choice.per)
    rows = every[(every["period_kind"] != "span") & every["region_id"].isin(places)]
    periods = {row["period_id"]: t.name(row, "period") for row in records(every[every["period_kind"] != "span"])}
    known = {(row["region_id"], row["period_id"], row["indicator_id"]): row["value"] for row in records(rows)}
    highest = float(rows.groupby(["region_id", "period_id"])["value"].sum().max())
    size, unit = parts.money(highest, choice.per, "nominal", t)
    pairs = [(place, period) for place in places for period in periods]
    series = tuple(
        Series(
            t(f"source.{source}"),
            tuple(parts.number(known.get((*pair, source)), size) for pair in pairs),
            theme.SOURCE_COLOURS[source],
        )
        for source in (BUDGET, SPONSORS)
    )
    identities = parts.figures(rows)
    formulas = [t("formula.funding")]
    if choice.per != "total":
        formulas.append(formula(replace(choice, prices="nominal"), t))
    return Exhibit(
        kind="stacked_bars",
        title=f"{t('exhibit.by_period')}: {t('region.bars_title').lower()}",
        finding=", ".join(names[one] for one in places),
        unit=unit,
        period=parts.whole_span(t),
        categories=tuple(f"{names[place]}, {periods[period]}" for place, period in pairs),
        category_ids=tuple(f"{place}:{period}" for place, period in pairs),
        series=series,
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula="; ".join(formulas),
        note=t("note.nine_months_short"),
        file_name=f"{region}_compared_{choice.per}",
        decimals=parts.decimals(value for one in series for value in one.values),
        unit_size=size,
        missing=t("figure.missing"),
        total=t("table.total"),
    )


BUILDERS = {"region_strips": region_strips, "region_money": region_money, "region_compared": region_compared}
