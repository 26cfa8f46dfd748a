"""Exhibits of one indicator over the regions: the map."""

from __future__ import annotations

from rzh_ui import passport, theme
from rzh_ui.controls import FIRST_METRIC, Chosen
from rzh_ui.data import ask
from rzh_ui.exhibit import Exhibit, NothingToShow, Series
from rzh_ui.exhibits import parts
from rzh_ui.i18n import Messages
from rzh_ui.numbers import MONEY
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
        return parts.money(highest, view.per, "nominal", t)
    unit = parts.unit(view.scale.unit, t)
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
    known = ranking[ranking["value"].notna() & ranking["region_id"].isin([*rows["region_id"], parts.COUNTRY])]
    identities = parts.figures(known)
    name = t.name(view.indicator)
    return Exhibit(
        kind="map",
        title=name if view.per == "total" else f"{name}, {t(f'per.{view.per}').lower()}",
        finding=view.sentence(t),
        unit=unit,
        period=view.period_label(t),
        categories=tuple(t.name(row, "short") for row in found),
        category_ids=tuple(row["region_id"] for row in found),
        series=(Series(name, values, theme.shades(1)[0].light),),
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula=view.formula(t),
        note=" ".join(view.notes(t)),
        file_name=view.file_name,
        decimals=int(view.indicator["decimals"]) if size == 1 and view.per == "total" else parts.decimals(values),
        breaks=tuple(limit / size for limit in view.scale.classes.breaks),
        vintage=view.vintage,
        unit_size=size,
        class_labels=tuple(view.scale.labels(t)),
        missing=view.missing_reason(t),
    )


BUILDERS = {"map_values": map_values}
