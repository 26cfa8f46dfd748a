"""Region: where it lies, what it got and gave, where it stands among the 17, and all that the documents say of it."""

from __future__ import annotations

import streamlit as st

from rzh_ui import (
    charts,
    controls,
    exhibits,
    figure,
    region_profile,
    region_record,
    region_report,
    strips,
)
from rzh_ui.data import version
from rzh_ui.door import enter
from rzh_ui.figure import Also
from rzh_ui.html import header, on_demand, part, show, text, title
from rzh_ui.money import money_alt, money_rows, serves
from rzh_ui.region_summary import summary_html

t, choice = enter()


def choose() -> None:
    """All regions to choose from, for a visitor who has not chosen one."""
    title(t("region.title"))
    show(text("p", t("region.choose_lead"), class_="rz-lead"))
    links, drawn = st.columns([3, 2], gap="large")
    with links:
        show(region_profile.chooser(t))
    with drawn:
        region_profile.locator(choice, t, key="region_locator")


def head(region: str) -> None:
    """Names, facts, where it lies, the way to others, and the region in a few sentences."""
    about, drawn = st.columns([3, 2], gap="large")
    with about:
        title(region_profile.name(region, t))
        show(region_profile.facts(region, t))
        region_profile.turn(region, t)
    with drawn:
        region_profile.locator(choice, t, key="region_locator")
    show(part(summary_html(region, t), heading=t("region.summary_title")))


def place_among_regions(region: str) -> None:
    """A dot strip for each indicator, beside those compared."""
    if not strips.strips(choice):
        header(t("region.strips_title"))
        controls.nothing_left(t, "principles")
        return
    show(part(strips.strips_html(choice, t), heading=t("region.strips_title")))
    figure.under(
        strips.strip_rows(choice, t),
        strips.STRIP_COLUMNS,
        key="region_strips",
        t=t,
        formula=t("formula.funding"),
        file_name=f"{region}_place_among_regions",
        exhibit=exhibits.maker("region_strips", choice, t),
    )


def money(region: str) -> None:
    """Budget and sponsors by period, leverage, per inhabitant, and the shares that a document prints."""
    header(t("region.money_title"))
    if not serves(choice.principles):
        controls.nothing_left(t, "principles")
        return
    rows = money_rows(region_profile.of_region(choice), t)
    bars, listed = st.columns([2, 3], gap="large")
    with bars, st.container(key="region_chart"):
        show(text("p", t(f"funding.who_amounts_{choice.per}"), class_="rz-eyebrow"))
        figure.chart(
            lambda: charts.funding_by_period(rows, t),
            (version(), region, choice.per),
            key="region_money",
            t=t,
            alt_text=money_alt(rows, t),
        )
    with listed:
        show(
            part(
                region_profile.money_table(region, t),
                text("h3", t("region.shares_title"), class_="rz-shares"),
                region_profile.printed_shares(region, t),
            )
        )
    others = strips.compared(choice)
    if others:
        show(region_profile.money_bars(choice, t))
    figure.under(
        region_profile.money_by_period(region, others, t),
        region_profile.MONEY_COLUMNS,
        key="region_money",
        t=t,
        note=t("note.nine_months"),
        formula=t("formula.wide"),
        file_name=f"{region}_tugan_zher_money",
        exhibit=exhibits.maker("region_money", choice, t),
        also=(Also("region_compared", t("region.bars_title"), exhibits.maker("region_compared", choice, t)),)
        if others
        else (),
    )


def record(region: str) -> None:
    """Everything else that the documents say of the region, and what they do not."""
    figures = region_record.figures(choice, t)
    if figures.empty:
        header(t("region.figures_title"))
        controls.nothing_left(t, "principles")
    else:
        show(part(region_record.figures_html(choice, t), heading=t("region.figures_title")))
        columns, name = region_record.FIGURE_COLUMNS, f"{region}_all_figures"
        figure.under(figures, columns, key="region_figures", t=t, file_name=name)

    show(part(region_record.words_html(choice, t), heading=t("region.words_title")))
    on_demand(t("region.words_all"), lambda: region_record.words_for_everybody(choice, t), key="region_words_all")

    claims = region_record.claim_rows(choice, t)
    if claims.empty:
        header(t("region.claims_title"))
        controls.nothing_left(t, "principles")
    else:
        show(part(region_record.claims_html(choice, t), heading=t("region.claims_title")))
        if agreeing := region_record.agreeing(choice, t):
            on_demand(
                t("region.claims_agree", count=agreeing),
                lambda: region_record.agreeing_html(choice, t),
                key="region_claims_agree",
            )
        columns, name = region_record.CLAIM_COLUMNS, f"{region}_claims"
        figure.under(claims, columns, key="region_claims", t=t, formula=t("formula.claim"), file_name=name)

    show(
        part(
            text("p", t("region.gaps_lead"), class_="rz-note"),
            region_record.gaps_html(choice, t),
            heading=t("region.gaps_title"),
        )
    )


if choice.region is None:
    choose()
else:
    head(choice.region)
    region_report.offer(choice, t)
    place_among_regions(choice.region)
    money(choice.region)
    with st.container(key="region_record"):
        record(choice.region)
