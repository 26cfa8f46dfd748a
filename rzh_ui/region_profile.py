"""One region on top of its page: names and facts, the way to others, its money, the shares that documents print."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_data.schema import LANGUAGES
from rzh_ui import numbers, passport, region_map, theme
from rzh_ui.address import link
from rzh_ui.columns import Shown
from rzh_ui.controls import Chosen, region_names
from rzh_ui.data import ask
from rzh_ui.drawn import controls_drawn_once
from rzh_ui.html import table, tag, text
from rzh_ui.i18n import Messages
from rzh_ui.money import BUDGET, SPONSORS
from rzh_ui.printing import print_button
from rzh_ui.region_summary import COUNTRY, kind, opened, share_said
from rzh_ui.regional_view import choose, pick_region
from rzh_ui.remember import remembered
from rzh_ui.rows import by, records
from rzh_ui.strips import compared, country_name

if TYPE_CHECKING:
    import pandas as pd

PRINTED_SHARES = ("tugan_zher_events_share", "tugan_zher_patrons_share", "tugan_zher_patron_projects_share")

MONEY_COLUMNS = (
    Shown("region", "table.region"),
    Shown("period", "table.period"),
    Shown("budget", "source.tugan_zher_local_budget", "KZT"),
    Shown("sponsors", "source.tugan_zher_sponsors", "KZT"),
    Shown("total", "table.total", "KZT"),
    Shown("leverage", "axis.leverage", "KZT/KZT", 2),
    Shown("per_inhabitant", "table.value_capita", "KZT", 2),
    Shown("per_month", "table.value_month", "KZT"),
    Shown("share_of_country", "table.share", "percent", 2),
)
"""Columns of the table under the money."""


@remembered
def name(region: str, t: Messages) -> str:
    """The page's title: the official name."""
    return opened(t.name(by(ask("region_facts"), "region_id")[region]))


@remembered
def chooser(t: Messages) -> str:
    """All regions as links, grouped into cities and oblasts, as HTML."""
    facts = by(ask("region_facts"), "region_id")
    groups = []
    for group in ("city", "oblast"):
        cards = []
        for region in region_names(t):
            row = facts[region]
            if row["kind"] != group:
                continue
            people = t.plural("region.people", int(row["population"]), said=numbers.decimal(int(row["population"]), t))
            centre = t("region.centre_is", centre=t.name(row, "centre")) if group == "oblast" else kind(row, t)
            said = text("strong", opened(t.name(row))) + text("span", centre) + text("span", people)
            cards.append(
                tag(
                    "li",
                    tag("a", said, href=link("region", region=region), target="_self", class_="rz-choice"),
                )
            )
        heading = text("h2", t("region.cities") if group == "city" else t("region.oblasts"))
        groups.append(tag("section", heading + tag("ul", "".join(cards), class_="rz-choices")))
    source = text("p", t("region.facts_source"), class_="rz-source")
    return "".join(groups) + source


@remembered
def facts(region: str, t: Messages) -> str:
    """The names in the other languages, and what the region is, as HTML."""
    row = by(ask("region_facts"), "region_id")[region]
    others = " · ".join(
        text("span", opened(str(row[f"name_{language}"])), lang=language)
        for language in LANGUAGES
        if language != t.language
    )
    items = [
        (t("region.kind"), kind(row, t)),
        (t("region.centre"), t.name(row, "centre")),
        (t("region.area"), t("region.km2", value=numbers.decimal(row["area_km2"], t))),
        (
            t("region.population", year=int(row["population_year"])),
            t.plural("region.people", int(row["population"]), said=numbers.decimal(int(row["population"]), t)),
        ),
    ]
    listed = "".join(tag("dl", text("dt", term) + text("dd", said), class_="rz-fact") for term, said in items)
    return (
        tag("p", others, class_="rz-lead")
        + tag("div", listed, class_="rz-region-facts")
        + text("p", t("region.facts_source"), class_="rz-source")
    )


@controls_drawn_once
def turn(region: str, t: Messages) -> None:
    """The way to other regions: the one before and after by the alphabet, the box with all, and the print button."""
    names = region_names(t)
    order = list(names)
    index = order.index(region)
    before, after = order[index - 1], order[(index + 1) % len(order)]
    with st.container(key="region_turn", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.button(f"← {names[before]}", key="region_before", on_click=choose, args=("region", before))
        pick_region(t, width=280)
        st.button(f"{names[after]} →", key="region_after", on_click=choose, args=("region", after))
        print_button(t("region.print"), key="region_print")


def locator(choice: Chosen, t: Messages, *, key: str) -> None:
    """A small map with the region and those compared with it; a click chooses another."""
    view = _locator(choice.region, compared(choice), t)
    region_map.show(view, key=key, selected=choice.region, choose=choose)


@remembered
def _locator(region: str | None, others: tuple[str, ...], t: Messages) -> dict[str, Any]:
    return region_map.locator(region, others, region_names(t), t)


@remembered
def money_by_period(region: str, others: tuple[str, ...], t: Messages) -> pd.DataFrame:
    """The money of the region, of those compared and of the country in every period, one row a place and period."""
    import pandas as pd

    names = {**region_names(t), COUNTRY: country_name(t)}
    parts = []
    for period in records(ask("periods")):
        wide = ask("funding_regions_wide", period=period["period_id"])
        kept = wide[wide["region_id"].isin([region, *others, COUNTRY])]
        parts.append(
            kept.assign(
                period_id=period["period_id"],
                period=t.name(period, "label"),
                region=[names[one] for one in kept["region_id"]],
            )
        )
    rows = pd.concat(parts, ignore_index=True)
    order = {one: index for index, one in enumerate((region, *others, COUNTRY))}
    return rows.sort_values("region_id", key=lambda ids: ids.map(order), kind="stable").reset_index(drop=True)


@remembered
def money_table(region: str, t: Messages) -> str:
    """Budget, sponsors, leverage and money per inhabitant by period, as HTML; a period without a figure keeps its row."""
    rows = money_by_period(region, (), t)
    own = by(rows[rows["region_id"] == region], "period_id")
    country = by(rows[rows["region_id"] == COUNTRY], "period_id")
    body = []
    for period in records(ask("periods")):
        label = escape(t.name(period, "short"))
        row = own.get(period["period_id"])
        if row is None or numbers.is_missing(row["total"]):
            body.append([label, *[text("span", t("figure.missing"), class_="rz-gap")] * 6])
            continue
        ranked = by(ask("region_ranking", indicator="tugan_zher_funding", period=period["period_id"]), "region_id")[
            region
        ]
        of_country = country.get(period["period_id"], {"leverage": None, "per_inhabitant": None})
        cells = [
            numbers.quantity(row["budget"], "KZT", t),
            numbers.quantity(row["sponsors"], "KZT", t),
            numbers.quantity(row["total"], "KZT", t),
            f"{int(ranked['position'])}/{int(ranked['ranked_count'])}",
            _beside(
                numbers.quantity(row["leverage"], "KZT/KZT", t, decimals=2),
                numbers.quantity(of_country["leverage"], "KZT/KZT", t, decimals=2),
            ),
            _beside(
                numbers.quantity(row["per_inhabitant"], "KZT", t),
                numbers.quantity(of_country["per_inhabitant"], "KZT", t),
            ),
        ]
        body.append([label, *(cell if cell.startswith("<") else escape(cell) for cell in cells)])
    head = [
        t("table.period"),
        t("source.tugan_zher_local_budget"),
        t("source.tugan_zher_sponsors"),
        t("table.total"),
        t("table.rank"),
        t("region.leverage_beside"),
        t("region.capita_beside"),
    ]
    return table(head, body, caption=t("region.money_caption"))


def _beside(own: str, country: str) -> str:
    """The region's value with the country's in quieter letters."""
    return tag("span", escape(own) + " " + text("small", f"({country})"))


@remembered
def money_bars(choice: Chosen, t: Messages) -> str:
    """The region beside those compared with it, period by period on one scale, as HTML. The country stands on the scale
    only per inhabitant: its total would press all others flat.
    """
    places = (str(choice.region), *compared(choice), *((COUNTRY,) if choice.per == "capita" else ()))
    names = {**region_names(t), COUNTRY: country_name(t)}
    every = ask("funding", per=choice.per)
    rows = every[(every["period_kind"] != "span") & every["region_id"].isin(places)]
    values = {(row["region_id"], row["period_id"], row["indicator_id"]): float(row["value"]) for row in records(rows)}
    periods = {row["period_id"]: t.name(row, "period") for row in records(every[every["period_kind"] != "span"])}
    totals = {
        (place, period): sum(values.get((place, period, source), 0.0) for source in (BUDGET, SPONSORS))
        for place in places
        for period in periods
    }
    highest = max(totals.values()) or 1.0
    body = []
    for place in places:
        cells = [text("th", names[place], scope="row")]
        for period in periods:
            if (place, period, SPONSORS) not in values:
                cells.append(text("td", t("figure.missing"), class_="rz-gap"))
                continue
            parts = "".join(
                tag(
                    "i",
                    style=f"width:{100 * values.get((place, period, source), 0.0) / highest:.2f}%;background:{colour}",
                )
                for source, colour in theme.SOURCE_COLOURS.items()
            )
            cells.append(
                tag(
                    "td",
                    tag("div", parts, class_="rz-split", aria_hidden="true")
                    + escape(numbers.quantity(totals[place, period], "KZT", t)),
                )
            )
        body.append(tag("tr", "".join(cells)))
    head = "".join(text("th", cell, scope="col") for cell in (t("table.region"), *periods.values()))
    caption = f"{t('region.bars_title')}: {t(f'per.{choice.per}').lower()}"
    sources = "".join(
        tag("span", tag("i", style=f"background:{colour}", aria_hidden="true") + escape(t(f"source.{source}")))
        for source, colour in theme.SOURCE_COLOURS.items()
    )
    inner = text("caption", caption) + tag("thead", tag("tr", head)) + tag("tbody", "".join(body))
    drawn = tag("table", inner, class_="rz-table rz-split-table")
    scrolled = tag("div", drawn, class_="rz-scroll", role="region", tabindex="0", aria_label=caption)
    return tag("div", tag("p", sources, class_="rz-sources") + scrolled, class_="rz-noprint")


@remembered
def printed_shares(region: str, t: Messages) -> str:
    """The region's share of events, patrons and patrons' projects where a document prints it, as tiles."""
    values = ask("region_values", indicators=PRINTED_SHARES)
    indicators = by(ask("map_indicators"), "indicator_id")
    tiles = []
    for indicator in PRINTED_SHARES:
        rows = values[(values["indicator_id"] == indicator) & (values["region_id"] != COUNTRY)]
        own = by(rows, "region_id").get(region)
        named = t("region.named", count=len(rows))
        if own is None:
            content = text("p", t("region.share_missing"), class_="rz-tile-value rz-gap")
            source = ""
        else:
            content = text("p", share_said(own, t), class_="rz-tile-value")
            source = passport.details(own["observation_ids"], t)
        tiles.append(
            tag(
                "article",
                text("p", t.name(indicators[indicator]), class_="rz-tile-name")
                + content
                + text("p", named, class_="rz-tile-period")
                + source,
                class_="rz-tile",
            )
        )
    return tag("div", "".join(tiles), class_="rz-tiles")


def of_region(choice: Chosen) -> Chosen:
    """The choices as the money chart of one region needs them."""
    return replace(choice, regions=(str(choice.region),), prices="nominal")
