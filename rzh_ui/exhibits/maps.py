"""Exhibits of one indicator over the regions: the map, and the maps of all its periods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rzh_ui import numbers, passport, theme
from rzh_ui.controls import FIRST_METRIC, Chosen, region_names
from rzh_ui.data import ask
from rzh_ui.exhibit import Exhibit, NothingToShow, Series
from rzh_ui.exhibits import parts
from rzh_ui.i18n import Messages
from rzh_ui.numbers import MONEY, SMALLEST_SCALED_MONEY
from rzh_ui.regional_view import RegionalView, regional_view
from rzh_ui.rows import by, records


def _view(choice: Chosen) -> RegionalView:
    indicators = by(ask("map_indicators", principles=choice.principles or None), "indicator_id")
    if not indicators:
        raise NothingToShow("map_values")
    metric = choice.metric if choice.metric in indicators else next(iter(indicators), FIRST_METRIC)
    return regional_view(indicators[metric], choice)


def _unit(view: RegionalView, highest: float, t: Messages) -> tuple[float, str]:
    """How many of the indicator's units one unit of the map has, and its name."""
    if view.scale.unit == MONEY:
        return parts.money(highest, view.per, "nominal", t, least=SMALLEST_SCALED_MONEY)
    unit = numbers.unit_name(view.scale.unit, t)
    return 1.0, unit if view.per == "total" else t(f"exhibit.{view.per}", unit=unit)


def map_values(choice: Chosen, t: Messages) -> Exhibit:
    """The chosen indicator over the regions in the chosen period and basis, in the order of the ranking."""
    view = _view(choice)
    ranking = view.ranking
    rows = ranking[ranking["region_id"] != parts.COUNTRY]
    if choice.regions:
        rows = rows[rows["region_id"].isin(choice.regions)]
    if not rows["value"].notna().any():
        raise NothingToShow("map_values")
    size, unit = _unit(view, float(rows["value"].max()), t)
    values = tuple(parts.number(value, size) for value in rows["value"])
    found = records(rows)
    said = tuple(
        "" if value is None else numbers.qualified(view.scale.value(row["value"], t), row["qualifier"], t)
        for row, value in zip(found, values, strict=True)
    )
    known = ranking[ranking["value"].notna() & ranking["region_id"].isin([*rows["region_id"], parts.COUNTRY])]
    identities = parts.figures(known)
    return Exhibit(
        kind="map",
        title=_title(view, t),
        finding=view.sentence(t),
        unit=unit,
        period=view.period_label(t),
        categories=tuple(t.name(row, "short") for row in found),
        category_ids=tuple(row["region_id"] for row in found),
        series=(Series(t.name(view.indicator), values, theme.shades(1)[0].light, remarks=said),),
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula=view.formula(t),
        note=" ".join((*view.caveats(t), t(f"map.method_{view.scale.classes.method}"))),
        file_name=view.file_name,
        decimals=_decimals(view, size, values),
        breaks=tuple(limit / size for limit in view.scale.classes.breaks),
        vintage=view.vintage,
        unit_size=size,
        class_labels=tuple(view.scale.labels(t)),
        missing=view.missing_reason(t),
        marked=(choice.region,) if choice.region else (),
    )


def map_circles(choice: Chosen, t: Messages) -> Exhibit:
    """The same with the values as areas of circles, where they are totals."""
    view = _view(choice)
    if not view.is_total_of_money_or_people:
        raise NothingToShow("map_circles")
    own = map_values(choice, t)
    return replace(
        own,
        is_in_circles=True,
        note=" ".join((*view.caveats(t), t("map.circles_area"))),
        file_name=f"{own.file_name}_circles",
    )


def small_maps(choice: Chosen, t: Messages) -> Exhibit:
    """The same indicator in every period it has, on one scale."""
    view = _view(choice)
    if not view.has_several_periods:
        raise NothingToShow("small_maps")
    rows = view.series[view.series["region_id"] != parts.COUNTRY]
    if choice.regions:
        rows = rows[rows["region_id"].isin(choice.regions)]
    if rows.empty:
        raise NothingToShow("small_maps")
    size, unit = _unit(view, float(rows["value"].max()), t)
    known = {(row["region_id"], row["period_id"]): row["value"] for row in records(rows)}
    regions = {
        region: name for region, name in region_names(t).items() if not choice.regions or region in choice.regions
    }
    periods = records(view.periods)
    series = tuple(
        Series(
            t.name(period, "short"),
            tuple(parts.number(known.get((region, period["period_id"])), size) for region in regions),
            theme.shades(1)[0].light,
            period=t.name(period, "label"),
            vintage=str(period["boundary_vintage_id"]),
        )
        for period in periods
    )
    identities = parts.figures(rows)
    small = view.small(t)
    notes = (t("map.south_kazakhstan"),) if any(one.vintage == "16" for one in series) else ()
    return Exhibit(
        kind="maps",
        title=_title(view, t),
        finding=" ".join(f"{one['alt']}." for one in small["maps"]),
        unit=unit,
        period="",
        categories=tuple(regions.values()),
        category_ids=tuple(regions),
        series=series,
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula=view.formula(t),
        note=" ".join((*notes, t(f"map.method_{view.scale.classes.method}"))),
        file_name=f"{view.indicator['indicator_id']}_all_periods_{view.per}",
        decimals=_decimals(view, size, (value for one in series for value in one.values)),
        breaks=tuple(limit / size for limit in view.scale.classes.breaks),
        vintage=view.vintage,
        unit_size=size,
        class_labels=tuple(view.scale.labels(t)),
        missing=t("map.missing"),
        marked=(choice.region,) if choice.region else (),
    )


def _title(view: RegionalView, t: Messages) -> str:
    name = t.name(view.indicator)
    return name if view.per == "total" else f"{name}, {t(f'per.{view.per}').lower()}"


def _decimals(view: RegionalView, size: float, values: Iterable[float | None]) -> int:
    """As many as the indicator has, unless values were divided."""
    if view.scale.unit == MONEY and size == 1:
        return 0
    return int(view.indicator["decimals"]) if size == 1 and view.per == "total" else parts.decimals(values)


BUILDERS = {"map_values": map_values, "map_circles": map_circles, "small_maps": small_maps}
