"""Overview: where the money of «Туған жер» went, which region stands where, and how sure the figures are."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from rzh_ui import charts, controls, exhibits, figure, region_map
from rzh_ui.address import now
from rzh_ui.data import ask, version
from rzh_ui.door import enter
from rzh_ui.figure import Also
from rzh_ui.headline import standouts, sure, top
from rzh_ui.html import text
from rzh_ui.money import MONEY_COLUMNS, money_alt, money_rows, nine_months, serves
from rzh_ui.regional_view import choose, pick_indicator, pick_region, region_card, regional_view

t, choice = enter()
finding, tiles = top(t)

st.title(finding, anchor=False)
st.html(text("p", t("overview.lead"), class_="rz-lead") + tiles)

st.header(t("overview.map_title"), anchor=False)
indicators = ask("map_indicators", principles=choice.principles or None)
if indicators.empty:
    controls.nothing_left(t, "principles")
    st.stop()

left, right = st.columns([3, 1])
with left:
    indicator = pick_indicator(indicators, t)
with right:
    pick_region(t)
view = regional_view(indicator, choice)
st.html(text("p", view.sentence(t), class_="rz-lead"))
region_map.show(view.large(t), key="map", selected=choice.region, choose=choose)
if choice.region:
    st.html(region_card(view, choice.region, now(), t))
figure.under(
    view.table(t),
    view.columns,
    key="map_values",
    t=t,
    formula=view.formula(t),
    file_name=view.file_name,
    exhibit=exhibits.maker("map_values", choice, t),
    also=(Also("small_maps", t("overview.small_title"), exhibits.maker("small_maps", choice, t)),)
    if view.has_several_periods
    else (),
)
if view.has_several_periods:
    st.subheader(t("overview.small_title"), anchor=False)
    region_map.show(view.small(t), key="small_maps", selected=choice.region, period=view.period, choose=choose)

st.header(t("overview.money_title"), anchor=False)
if serves(choice.principles):
    money = money_rows(replace(choice, prices="nominal"), t)
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

st.header(t("overview.standouts_title"), anchor=False)
st.html(standouts(indicator, view.period, view.per, now(), t))

st.header(t("overview.sure_title"), anchor=False)
st.html(sure(now(), t))
