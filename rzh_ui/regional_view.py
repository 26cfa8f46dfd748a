"""One indicator over the regions: its scale, its map, its bars, its table, its sentence, all from the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from rzh_data.classes import round_breaks
from rzh_ui import numbers, passport, region_map
from rzh_ui.address import link
from rzh_ui.columns import Shown
from rzh_ui.controls import WHOLE_SPAN, Chosen, region_names
from rzh_ui.data import ask
from rzh_ui.drawn import controls_drawn_once
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.region_map import Scale
from rzh_ui.remember import remembered
from rzh_ui.rows import by, records

if TYPE_CHECKING:
    import pandas as pd

ALL_REGIONS = 17


@dataclass(frozen=True)
class RegionalView:
    """What is looked at: one indicator in one period and one basis.

    Attributes:
        indicator: row of `map_indicators.sql`.
        period, per: as shown, which may differ from what was chosen where the indicator has no such figure.
        chosen: what the visitor chose.
    """

    indicator: dict[str, Any]
    period: str
    per: str
    chosen: Chosen

    @cached_property
    def series(self) -> pd.DataFrame:
        """All regions and periods in this basis."""
        return ask("region_series", indicator=self.indicator["indicator_id"], per=self.per)

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """The regions in this period, ranked."""
        return ask("region_ranking", indicator=self.indicator["indicator_id"], period=self.period, per=self.per)

    @cached_property
    def periods(self) -> pd.DataFrame:
        """The periods that this indicator has regional figures for."""
        regional = self.series[self.series["region_id"] != "kazakhstan"]
        known = tuple(regional["period_id"].unique())
        periods = ask("periods", also=known)
        return periods[periods["period_id"].isin(known)]

    @property
    def has_several_periods(self) -> bool:
        """Whether there is anything to put side by side."""
        return len(self.periods) > 1

    @cached_property
    def scale(self) -> Scale:
        """Breaks over the regions' values of every period, so that a class means the same in each."""
        regional = self.series[self.series["region_id"] != "kazakhstan"]
        unit = str(self.indicator["unit"])
        return Scale(round_breaks([float(value) for value in regional["value"]]), unit, int(self.indicator["decimals"]))

    @property
    def is_total_of_money_or_people(self) -> bool:
        """Whether the values are totals, which circles show truer than filled areas."""
        return self.indicator["aggregation"] == "sum" and self.per != "capita"

    @property
    def vintage(self) -> str:
        """Boundaries the period is drawn with."""
        rows = self.periods.set_index("period_id")
        return str(rows.loc[self.period, "boundary_vintage_id"])

    def period_label(self, t: Messages) -> str:
        """The period in words."""
        return t.name(self.periods.set_index("period_id").loc[self.period], "label")

    def rank(self, row: Mapping[str, Any], t: Messages) -> str:
        """The place of a region, `row` of `ranking`, among those that have a figure."""
        region_count = len(self.ranking) - 1  # the country stands among them
        return region_map.rank_said(int(row["position"]), int(row["ranked_count"]), region_count, t)

    def title(self, t: Messages) -> str:
        """Indicator, basis and period in one line."""
        basis = "" if self.per == "total" else f", {t(f'per.{self.per}').lower()}"
        return f"{t.name(self.indicator)}{basis} · {self.period_label(t)}"

    def missing_reason(self, t: Messages) -> str:
        """Why a region has no figure here."""
        return t("map.missing_shymkent") if self._is_funding and self.period in ("2017", "2018") else t("map.missing")

    @property
    def _is_funding(self) -> bool:
        return self.indicator["topic"] == "funding"

    def notes(self, t: Messages) -> tuple[str, ...]:
        """What a reader of this map must know."""
        notes = []
        if self.period != self.chosen.period:
            notes.append(t("map.other_period", period=self.period_label(t)))
        if self.per != self.chosen.per:
            notes.append(t("map.no_basis"))
        notes += self.caveats(t)
        if self.is_total_of_money_or_people and self._mode == "fill":
            notes.append(t("map.totals_mislead"))
        notes.append(t(f"map.method_{self.scale.classes.method}"))
        return tuple(notes)

    def caveats(self, t: Messages) -> tuple[str, ...]:
        """What must be known of the figures of this period, wherever they are shown."""
        caveats = []
        if self.vintage == "16":
            caveats.append(t("map.south_kazakhstan"))
        if self.period == "2019-9m":
            caveats.append(t("note.nine_months_short"))
        elif self.periods.set_index("period_id")["kind"].get(self.period) == "part_of_year":
            caveats.append(t("note.part_of_year"))
        if self.period == WHOLE_SPAN and self._is_funding:
            caveats.append(t("map.span_boundaries"))
        return tuple(caveats)

    @property
    def _mode(self) -> str:
        mode = st.session_state.get("map_mode", "fill")
        return mode if self.is_total_of_money_or_people else "fill"

    @property
    def is_in_circles(self) -> bool:
        """Whether the visitor looks at the values as areas of circles."""
        return self._mode == "circles"

    @remembered
    def sentence(self, t: Messages) -> str:
        """The finding: who leads and who is last of the regions kept, what the country has."""
        rows = self.ranking
        known = rows[rows["value"].notna() & (rows["region_id"] != "kazakhstan")]
        known = known[known["region_id"].isin(self.chosen.regions)] if self.chosen.regions else known
        country = rows[rows["region_id"] == "kazakhstan"].iloc[0]
        if known.empty:
            said = t("map.finding_none")
        elif len(known) == 1:
            said = t("map.finding_one", region=t.title(known.iloc[0]), value=self.scale.said(known.iloc[0], t))
        else:
            first, last = known.iloc[0], known.iloc[-1]
            said = t(
                "map.finding_chosen" if self.chosen.regions else "map.finding",
                first=t.name(first),
                first_value=self.scale.said(first, t),
                last=t.name(last),
                last_value=self.scale.said(last, t),
                count=len(known),
            )
        if not numbers.is_missing(country["value"]):
            said += " " + t("map.finding_country", value=self.scale.said(country, t))
        return said

    def large(self, t: Messages) -> dict[str, Any]:
        """The large map with its bars."""
        modes = ("fill", "circles") if self.is_total_of_money_or_people else ()
        return _large(self, self._mode, modes, t)

    @remembered
    def small(self, t: Messages) -> dict[str, Any]:
        """All periods side by side."""
        return region_map.small(self.series, self.periods, self.scale, t, regions=self.chosen.regions)

    @remembered
    def table(self, t: Messages) -> pd.DataFrame:
        """The rows that the map shows, for the twin table."""
        rows = self.ranking
        kept = rows["value"].notna()
        if self.chosen.regions:
            kept &= rows["region_id"].isin([*self.chosen.regions, "kazakhstan"])
        rows = rows[kept]
        return rows.assign(region=[t.name(row, "short") for row in records(rows)], period=self.period_label(t))

    @property
    def columns(self) -> tuple[Shown, ...]:
        """Columns of the twin table."""
        decimals = max(
            int(self.indicator["decimals"]), 0 if self.scale.unit != numbers.MONEY or self.per == "total" else 2
        )
        columns = [
            Shown("position", "table.rank", "count"),
            Shown("region", "table.region"),
            Shown("period", "table.period"),
            Shown("value", f"table.value_{self.per}", self.scale.unit, decimals),
        ]
        if self.is_total_of_money_or_people:
            columns.append(Shown("share_of_country", "table.share", "percent", 2))
        return tuple(columns)

    def formula(self, t: Messages) -> str | None:
        """How the values are computed; None where they are printed."""
        if self.indicator["derivation"] == "ratio":
            return t("formula.leverage")
        if self.indicator["derivation"] == "sum" and self.per == "total":
            return t("formula.funding")
        return None if self.per == "total" else t(f"formula.{self.per}")

    @property
    def file_name(self) -> str:
        """Name of the file that the table is taken away as."""
        return f"{self.indicator['indicator_id']}_{self.period.replace('/', '_')}_{self.per}"


@remembered
def _large(view: RegionalView, mode: str, modes: tuple[str, ...], t: Messages) -> dict[str, Any]:
    return region_map.large(
        view.ranking,
        view.scale,
        t,
        vintage=view.vintage,
        mode=mode,
        modes=modes,
        regions=view.chosen.regions,
        words={"title": view.title(t), "alt": f"{view.title(t)}. {view.sentence(t)}", "legend": view.title(t)},
        missing_reason=view.missing_reason(t),
        unit_names={row["unit_id"]: t.name(row) for row in records(ask("units_without_region", vintage=view.vintage))},
        notes=view.notes(t),
    )


@remembered
def regional_view(indicator: dict[str, Any], chosen: Chosen) -> RegionalView:
    """The view of an indicator nearest to what was chosen: a basis that cannot be is the total, a period without figures
    the latest that has them.
    """
    per = chosen.per if indicator["aggregation"] == "sum" else "total"
    view = RegionalView(indicator, chosen.period, per, chosen)
    if view.periods.empty:
        view = replace(view, per="total")
    known = list(view.periods["period_id"])
    return view if chosen.period in known else replace(view, period=known[-1])


def pick_indicator(indicators: pd.DataFrame, t: Messages) -> dict[str, Any]:
    """The picker of the map's indicator, grouped by project. `indicators`: as from `map_indicators.sql`, not empty."""
    rows, labels = _indicators(indicators, t)
    if st.session_state["metric"] not in rows:
        st.session_state["metric"] = next(iter(rows))
    _pick(tuple(rows), tuple(labels.values()), t)
    return rows[st.session_state["metric"]]


@controls_drawn_once
def _pick(indicators: tuple[str, ...], labels: tuple[str, ...], t: Messages) -> None:
    names = dict(zip(indicators, labels, strict=True))
    st.selectbox(t("filter.metric"), indicators, format_func=names.__getitem__, key="metric", persist_state="session")


@remembered
def _indicators(indicators: pd.DataFrame, t: Messages) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    rows = by(indicators, "indicator_id")
    return rows, {metric: f"{t.name(row, 'project')} · {t.name(row)}" for metric, row in rows.items()}


@controls_drawn_once
def pick_region(t: Messages, *, width: int | Literal["stretch"] = "stretch") -> None:
    """The box that chooses one region, for whoever would rather type than point. `width`: in pixels."""
    names = region_names(t)
    st.selectbox(
        t("filter.region"),
        list(names),
        format_func=names.__getitem__,
        index=None,
        placeholder=t("filter.no_region"),
        key="region",
        persist_state="session",
        width=width,
    )


def choose(name: str, value: str) -> None:
    """Takes what was chosen on a map into the session: a region, a period, or the way of drawing."""
    if name == "region":
        st.session_state["region"] = value or None
    elif name == "period":
        st.session_state["period"] = value
    else:
        st.session_state["map_mode"] = value


@remembered
def region_card(view: RegionalView, region: str, t: Messages) -> str:
    """The chosen region in a few figures, as HTML: value, rank, share of the country, change against the period before."""
    row = by(view.ranking, "region_id")[region]
    facts = [(t.name(view.indicator), view.scale.said(row, t))]
    if not numbers.is_missing(row["position"]):
        facts.append((t("card.rank"), view.rank(row, t)))
    if not numbers.is_missing(row["share_of_country"]):
        facts.append((t("card.share"), numbers.percent(float(row["share_of_country"]), t)))
    if not numbers.is_missing(row["change_times"]):
        before = by(ask("periods"), "period_id")[row["period_before_id"]]
        change = numbers.percent((float(row["change_times"]) - 1) * 100, t)
        facts.append(
            (t("card.change", period=t.name(before, "short")), change if change[0] == numbers.MINUS else f"+{change}")
        )
    head = tag(
        "div",
        text("h3", t.title(row))
        + text("p", view.period_label(t), class_="rz-eyebrow")
        + (
            passport.details(row["observation_ids"], t, formula=view.formula(t))
            if not numbers.is_missing(row["value"])
            else text("p", view.missing_reason(t), class_="rz-note")
        ),
    )
    items = "".join(tag("dl", text("dt", name) + text("dd", value), class_="rz-fact") for name, value in facts)
    ways = (
        text("a", t("region.profile"), href=link("region", region=region), target="_self"),
        text("a", t("card.more"), href=link("funding", region=region), target="_self"),
    )
    return tag(
        "section",
        head + items + tag("div", "".join(ways), class_="rz-ways"),
        class_="rz-region",
        aria_label=t.name(row, "name"),
    )
