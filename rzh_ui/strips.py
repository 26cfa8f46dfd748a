"""Dot strips: one scale an indicator, a dot a region, with the region looked at and those compared with it marked."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rzh_ui import amounts, numbers, passport
from rzh_ui.columns import Shown
from rzh_ui.controls import Chosen, region_names
from rzh_ui.data import ask
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.regional_view import RegionalView, regional_view
from rzh_ui.remember import remembered
from rzh_ui.rows import by, records

if TYPE_CHECKING:
    import pandas as pd

COUNTRY = "kazakhstan"
SPLIT = {"shymkent", "turkestan"}
"""Regions that parted in 2018: their figures of the whole span are not of the same making as the others'."""

TOTAL_MONEY = "tugan_zher_funding"

STRIP_COLUMNS = (
    Shown("indicator", "filter.metric"),
    Shown("region", "table.region"),
    Shown("period", "table.period"),
    Shown("basis", "filter.per"),
    Shown("said", "table.value", number="value", unit_column="unit"),
    Shown("position", "table.rank", "count"),
)
"""Columns of the table under the strips."""


@dataclass(frozen=True)
class Strip:
    """One indicator over the regions, seen from one of them.

    Attributes:
        view: the indicator in one period and basis.
        region: the region looked at.
        others: regions compared with it.
    """

    view: RegionalView
    region: str
    others: tuple[str, ...]

    @property
    def rows(self) -> dict[str, dict[str, Any]]:
        """The regions (and the country) that have a value, by id."""
        ranking = self.view.ranking
        return by(ranking[ranking["value"].notna()], "region_id")

    @property
    def is_log(self) -> bool:
        """Ratios run over three orders of magnitude; amounts and shares start at zero."""
        return self.view.indicator["derivation"] == "ratio"

    @property
    def country(self) -> dict[str, Any] | None:
        """The country's row where it can stand on the regions' scale: a rate, not a total."""
        comparable = self.view.per == "capita" or self.view.indicator["derivation"] == "ratio"
        return self.rows.get(COUNTRY) if comparable else None

    def said(self, row: dict[str, Any] | None, t: Messages) -> str:
        """A value in words."""
        if row is None:
            return t("figure.missing")
        unit = self.view.scale.unit
        if unit.startswith("percent"):  # printed shares keep the decimals they have
            value = numbers.percent(row["value"], t, min(2, numbers.shortest(row["value"])))
        elif unit == "times":
            value = amounts.amount(row["value"], "times", t, min(2, numbers.shortest(row["value"])))
        else:
            value = self.view.scale.value(row["value"], t)
        return numbers.qualified(value, row["qualifier"], t)

    def title(self, t: Messages) -> str:
        """The indicator with its basis."""
        name = t.name(self.view.indicator)
        return name if self.view.per == "total" else f"{name}, {t(f'per.{self.view.per}').lower()}"


@remembered
def compared(choice: Chosen) -> tuple[str, ...]:
    """The first three regions of the filter, in the order of the data, without the one looked at."""
    order = [row["region_id"] for row in records(ask("regions"))]
    return tuple(region for region in order if region in choice.regions and region != choice.region)[:3]


@remembered
def strips(choice: Chosen) -> tuple[Strip, ...]:
    """One strip for each indicator that the chosen region and another one have; money also per inhabitant."""
    region = str(choice.region)
    everywhere = replace(choice, regions=())
    found = []
    for indicator in records(ask("region_indicators", region=region, principles=choice.principles or None)):
        view = _with_figure(regional_view(indicator, everywhere), region)
        found.append(Strip(view, region, compared(choice)))
        if indicator["indicator_id"] == TOTAL_MONEY and view.per != "capita":
            per_inhabitant = regional_view(indicator, replace(everywhere, per="capita"))
            found.append(Strip(_with_figure(per_inhabitant, region), region, compared(choice)))
    return tuple(found)


def _with_figure(view: RegionalView, region: str) -> RegionalView:
    """The view in the nearest period in which the region has a value: its latest single one, else the span."""
    own = view.series[view.series["region_id"] == region]
    known = [row for row in records(view.periods) if row["period_id"] in set(own["period_id"])]
    if view.period in {row["period_id"] for row in known} or not known:
        return view
    single = [row for row in known if row["kind"] != "span"] or known
    return replace(view, period=single[-1]["period_id"])


@remembered
def strip_rows(choice: Chosen, t: Messages) -> pd.DataFrame:
    """What the strips draw, one row a region and indicator, for the twin table."""
    import pandas as pd

    names = {**region_names(t), COUNTRY: country_name(t)}
    rows = []
    for strip in strips(choice):
        shown = strip.rows if strip.country else {key: row for key, row in strip.rows.items() if key != COUNTRY}
        for region, row in shown.items():
            rows.append(
                {
                    "indicator": t.name(strip.view.indicator),
                    "region": names[region],
                    "period": strip.view.period_label(t),
                    "basis": t(f"per.{strip.view.per}"),
                    "said": strip.said(row, t),
                    "value": row["value"],
                    "unit": strip.view.scale.unit,
                    "position": row["position"],
                    "is_computed": bool(row["is_computed"]),
                    "formula": strip.view.formula(t),
                    "observation_ids": row["observation_ids"],
                }
            )
    return pd.DataFrame(rows)


def country_name(t: Messages) -> str:
    """The country's short name."""
    return t.name(by(ask("regions"), "region_id")[COUNTRY], "short")


@remembered
def strips_html(choice: Chosen, t: Messages) -> str:
    """All strips with what their marks mean, as HTML."""
    found = strips(choice)
    items = "".join(_item(strip, t) for strip in found)
    lead = text("p", t("region.strips_lead"), class_="rz-note rz-noprint") + text(
        "p", _hint(choice, t), class_="rz-note rz-noprint"
    )
    if {choice.region, *compared(choice)} & SPLIT:
        lead += text("p", t("map.span_boundaries"), class_="rz-note")
    return (
        lead
        + _key(choice, any(strip.country for strip in found), t)
        + tag("ul", items, class_="rz-strips rz-compared" if compared(choice) else "rz-strips")
    )


def _hint(choice: Chosen, t: Messages) -> str:
    """How to compare; or which three of the many chosen are compared."""
    others = compared(choice)
    if len(set(choice.regions) - {choice.region}) <= len(others):
        return t("region.compare_hint")
    names = region_names(t)
    return t("region.compare_first", names=", ".join(names[one] for one in others))


def _key(choice: Chosen, has_country: bool, t: Messages) -> str:
    """What the marks mean."""
    names = region_names(t)
    marks = [("rz-dot rz-dot-own", "", names[str(choice.region)])]
    marks += [("rz-dot rz-dot-other", str(index), names[region]) for index, region in enumerate(compared(choice), 1)]
    marks.append(("rz-dot", "", t("region.others")))
    if has_country:
        marks.append(("rz-dot-country", "", country_name(t)))
    items = "".join(
        tag("li", text("span", sign, class_=kind, aria_hidden="true") + text("span", name))
        for kind, sign, name in marks
    )
    return tag("ul", items, class_="rz-strip-key")


def _item(strip: Strip, t: Messages) -> str:
    names = region_names(t)
    rows = strip.rows
    own = rows[strip.region]
    rank = strip.view.rank(own, t)
    scale = f" · {t('region.log')}" if strip.is_log else ""
    head = tag(
        "div",
        text("p", strip.title(t), class_="rz-strip-name")
        + text("p", strip.view.period_label(t) + scale, class_="rz-eyebrow")
        + passport.details(
            own["observation_ids"], t, formula=strip.view.formula(t) if bool(own["is_computed"]) else None
        ),
    )
    values = [tag("p", text("strong", strip.said(own, t)) + text("span", rank, class_="rz-eyebrow"))]
    for index, region in enumerate(strip.others, 1):
        row = rows.get(region)
        place = "" if row is None else f"{int(row['position'])}/{int(row['ranked_count'])}"
        values.append(
            tag(
                "p",
                text("span", str(index), class_="rz-dot rz-dot-other", aria_hidden="true")
                + text("span", f"{names[region]}: {strip.said(row, t)}")
                + text("span", place, class_="rz-eyebrow"),
            )
        )
    if strip.others and strip.rows.get(COUNTRY) is not None:
        values.append(text("p", f"{country_name(t)}: {strip.said(strip.rows[COUNTRY], t)}", class_="rz-eyebrow"))
    elif strip.country:
        values.append(text("p", f"{country_name(t)}: {strip.said(strip.country, t)}", class_="rz-eyebrow"))
    return tag("li", head + _line(strip, t) + tag("div", "".join(values), class_="rz-strip-values"))


def _line(strip: Strip, t: Messages) -> str:
    """The scale with its dots."""
    names = region_names(t)
    rows = {region: row for region, row in strip.rows.items() if region != COUNTRY}
    drawn = [float(row["value"]) for row in rows.values()]
    low, high = (min(drawn), max(drawn)) if strip.is_log else (0.0, max(drawn))

    def place(value: float) -> str:
        if strip.is_log:
            span = math.log(high / low) or 1
            return f"left:{100 * math.log(value / low) / span:.1f}%"
        return f"left:{100 * value / (high or 1):.1f}%"

    marks = []
    if strip.country is not None:
        marks.append(tag("i", class_="rz-dot-country", style=place(float(strip.country["value"]))))
    order = sorted(rows, key=lambda region: (region == strip.region, region in strip.others))
    for region in order:
        kind, sign = "rz-dot", ""
        if region == strip.region:
            kind = "rz-dot rz-dot-own"
        elif region in strip.others:
            kind, sign = "rz-dot rz-dot-other", str(strip.others.index(region) + 1)
        marks.append(
            text(
                "i",
                sign,
                class_=kind,
                style=place(float(rows[region]["value"])),
                title=f"{names[region]}: {strip.said(rows[region], t)}",
            )
        )
    ordered = sorted(rows, key=lambda region: (-float(rows[region]["value"]), region))
    said = t(
        "region.strip_alt",
        indicator=strip.title(t),
        period=strip.view.period_label(t),
        name=names[strip.region],
        value=strip.said(rows[strip.region], t),
        first=names[ordered[0]],
        first_value=strip.said(rows[ordered[0]], t),
        last=names[ordered[-1]],
        last_value=strip.said(rows[ordered[-1]], t),
    )
    ends = text("span", strip.said(rows[ordered[-1]], t) if strip.is_log else "0") + text(
        "span", strip.said(rows[ordered[0]], t)
    )
    return tag(
        "div",
        tag("div", "".join(marks), class_="rz-strip", role="img", aria_label=said)
        + tag("div", ends, class_="rz-strip-ends", aria_hidden="true"),
    )
