"""Overview: where the money of «Туған жер» went, which region stands where, and how sure the figures are."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from rzh_ui import charts, controls, exhibits, figure, region_map
from rzh_ui.data import ask, version
from rzh_ui.door import enter, leave
from rzh_ui.figure import Also
from rzh_ui.headline import standouts, sure, top
from rzh_ui.html import header, show, subheader, text, title
from rzh_ui.money import MONEY_COLUMNS, money_alt, money_rows, nine_months, serves
from rzh_ui.regional_view import choose, pick_indicator, pick_region, region_card, regional_view

t, choice = enter()
finding, tiles = top(t)

title(finding)
show(text("p", t("overview.lead"), class_="rz-lead") + tiles)

header(t("overview.map_title"))
indicators = ask("map_indicators", principles=choice.principles or None)
if indicators.empty:
    controls.nothing_left(t, "principles")
    leave()

left, right = st.columns([3, 1])
with left:
    indicator = pick_indicator(indicators, t)
with right:
    pick_region(t)
view = regional_view(indicator, choice)
show(text("p", view.sentence(t), class_="rz-lead"))
region_map.show(view.large(t), key="map", selected=choice.region, period=view.period, choose=choose)
if choice.region:
    show(region_card(view, choice.region, t))
figure.under(
    view.table(t),
    view.columns,
    key="map_values",
    t=t,
    formula=view.formula(t),
    file_name=view.file_name,
    exhibit=exhibits.maker("map_circles", choice, t) if view.is_in_circles else exhibits.maker("map_values", choice, t),
    also=(Also("small_maps", t("overview.small_title"), exhibits.maker("small_maps", choice, t)),)
    if view.has_several_periods
    else (),
)
if view.has_several_periods:
    subheader(t("overview.small_title"))
    region_map.show(view.small(t), key="small_maps", selected=choice.region, choose=choose)

header(t("overview.money_title"))
if serves(choice.principles):
    money = money_rows(replace(choice, prices="nominal"), t)
    show(text("p", t(f"funding.who_amounts_{choice.per}"), class_="rz-eyebrow"))
    figure.chart(
        lambda: charts.funding_by_period(money, t),
        (version(), choice.regions, choice.per),
        key="money",
        t=t,
        alt_text=money_alt(money, t),
    )
    figure.under(
        money,
        MONEY_COLUMNS[choice.per],
        key="money",
        t=t,
        note=nine_months(choice, t),
        formula=t(f"formula.{choice.per}"),
        file_name=f"tugan_zher_funding_by_period_{choice.per}",
        exhibit=exhibits.maker("money", choice, t),
    )
else:
    controls.nothing_left(t, "principles")

header(t("overview.standouts_title"))
show(standouts(indicator, view.period, view.per, t))

header(t("overview.sure_title"))
show(sure(t))
