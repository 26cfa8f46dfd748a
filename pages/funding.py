"""Funding of «Туған жер»: how much and who pays, where, what changed, how uneven, how dependent, and how firm it is."""

from __future__ import annotations

import streamlit as st

from rzh_ui import charts, controls, exhibits, figure, money
from rzh_ui.data import version
from rzh_ui.door import enter, leave
from rzh_ui.drawn import drawn_once
from rzh_ui.figure import Also, Shown
from rzh_ui.html import header, show, subheader, text, title

t, choice = enter()

title(t("funding.title"))
show(text("p", t("funding.lead", periods=money.periods_covered(t)), class_="rz-lead"))
if not money.serves(choice.principles):
    controls.nothing_left(t, "principles")
    leave()
money.pick_source_and_prices(t)
seen = (version(), choice)
if choice.prices == "constant":
    show(text("p", t("note.constant_prices"), class_="rz-note"))

header(t("funding.who_title"))
by_period = money.money_rows(choice, t)


def amounts_and_shares() -> None:
    """The same bars twice, side by side: in tenge and in percent."""
    amounts, shares = st.columns(2, gap="large")
    with amounts:
        show(text("p", t(f"funding.who_amounts_{choice.per}"), class_="rz-eyebrow"))
        figure.chart(
            lambda: charts.funding_by_period(by_period, t),
            seen,
            key="by_period",
            t=t,
            alt_text=money.money_alt(by_period, t),
        )
    with shares:
        show(text("p", t("funding.who_shares"), class_="rz-eyebrow"))
        figure.chart(
            lambda: charts.funding_by_period(by_period, t, is_share=True),
            seen,
            key="by_period_share",
            t=t,
            alt_text=money.share_alt(by_period, t),
        )


drawn_once(("funding_who", t.language, seen), amounts_and_shares)
figure.under(
    by_period,
    money.MONEY_COLUMNS[choice.per],
    key="by_period",
    t=t,
    note=money.nine_months(choice, t),
    formula=money.formula(choice, t),
    file_name=f"tugan_zher_funding_by_period_{choice.per}",
    exhibit=exhibits.maker("by_period", choice, t),
    also=(Also("by_period_share", t("exhibit.by_period_share"), exhibits.maker("by_period_share", choice, t)),),
)

header(t("funding.where_title", period=money.period_label(choice, t)))
wide = money.regions_wide(choice, t)
bars = money.bars_by_region(wide, choice, t)
if bars.empty:
    controls.nothing_left(t, "regions", "period")
else:
    show(text("p", money.where_sentence(bars, t), class_="rz-lead"))
    figure.chart(
        lambda: charts.funding_by_region(bars, t, selected=choice.region),
        seen,
        key="by_region",
        t=t,
        alt_text=money.where_sentence(bars, t),
    )
    figure.under(
        wide,
        (
            Shown("region", "table.region"),
            Shown("budget", "source.tugan_zher_local_budget", "KZT"),
            Shown("sponsors", "source.tugan_zher_sponsors", "KZT"),
            Shown("total", "table.total", "KZT"),
            Shown("per_inhabitant", "table.value_capita", "KZT", 2),
            Shown("per_month", "table.value_month", "KZT"),
            Shown("share_of_country", "table.share", "percent", 2),
            Shown("leverage", "axis.leverage", "KZT/KZT", 2),
        ),
        key="by_region",
        t=t,
        note=money.period_note(choice, t),
        formula=t("formula.wide"),
        file_name="tugan_zher_funding_by_region",
        exhibit=exhibits.maker("by_region", choice, t),
    )
subheader(t("funding.heat_title"))
show(money.heat_table(choice, t))
figure.under(
    money.heat_rows(choice, t),
    (
        Shown("region", "table.region"),
        *money.MONEY_COLUMNS[choice.per],
    ),
    key="heat",
    t=t,
    note=money.nine_months(choice, t),
    formula=money.formula(choice, t),
    file_name=f"tugan_zher_funding_by_region_and_period_{choice.per}",
    exhibit=exhibits.maker("heat", choice, t),
)

header(t("funding.change_title"))
ranks = money.rank_rows(choice, t)
moved = (choice.region,) if choice.region else money.most_moved(ranks)
show(text("p", t("funding.rank_line"), class_="rz-note"))
figure.chart(
    lambda: charts.ranks(ranks, t, highlighted=moved),
    seen,
    key="ranks",
    t=t,
    alt_text=money.rank_sentence(ranks, moved, t),
)
figure.under(
    ranks,
    (
        Shown("region", "table.region"),
        Shown("period", "table.period"),
        Shown("position", "table.rank", "count"),
        Shown("value", f"table.value_{choice.per}", "KZT", 0 if choice.per == "total" else 2),
    ),
    key="ranks",
    t=t,
    note=money.rank_sentence(ranks, moved, t),
    formula=money.formula(choice, t),
    file_name="tugan_zher_ranks",
    exhibit=exhibits.maker("ranks", choice, t),
)
subheader(t("funding.multiples_title"))
multiples = money.multiples(t, choice.regions)
show(money.multiples_table(multiples, t))
figure.under(
    multiples,
    (
        Shown("region", "table.region"),
        Shown("what", "table.statement"),
        Shown("claimed_said", "claims.claimed", number="claimed", unit_column="unit"),
        Shown("recounted_said", "claims.recounted", number="recounted", unit_column="unit"),
        Shown("said", "table.verdict"),
    ),
    key="multiples",
    t=t,
    note=t("note.full_year_against_nine_months"),
    formula=t("formula.times"),
    file_name="tugan_zher_multiples",
    exhibit=exhibits.maker("multiples", choice, t),
)

header(t("funding.uneven_title"))
if choice.regions:
    show(text("p", t("funding.uneven_all"), class_="rz-note"))
points = money.inequality(choice, t)
if points.empty:  # then leverage, which needs both sources, is not known either
    controls.nothing_left(t, "period", "per")
    leave()


def curve_and_sentence() -> None:
    """The Lorenz curves, and beside them what they say."""
    curve, said = st.columns([3, 2], gap="large", vertical_alignment="center")
    sentence = money.inequality_sentence(points, t)
    with curve:
        figure.chart(lambda: charts.lorenz(points, t), seen, key="lorenz", t=t, alt_text=sentence)
    with said:
        show(text("p", sentence, class_="rz-lead") + text("p", t("note.gini"), class_="rz-note"))


drawn_once(("funding_uneven", t.language, seen), curve_and_sentence)
figure.under(
    points,
    (
        Shown("series", "table.series"),
        Shown("region", "table.region"),
        Shown("value", f"table.value_{'capita' if choice.per == 'capita' else 'total'}", "KZT", 0),
        Shown("cumulative_region_percent", "axis.cumulative_regions", "percent", 1),
        Shown("cumulative_value_percent", "axis.cumulative_money", "percent", 1),
    ),
    key="lorenz",
    t=t,
    formula=t("formula.gini"),
    file_name="tugan_zher_lorenz",
    exhibit=exhibits.maker("lorenz", choice, t),
)

header(t("funding.dependence_title"))
dependence = money.dependence(wide, t)
if dependence.empty:
    controls.nothing_left(t, "regions", "period")
else:
    figure.chart(
        lambda: charts.leverage(dependence, t, selected=choice.region, country=money.country_leverage(wide)),
        seen,
        key="dependence",
        t=t,
        alt_text=money.dependence_sentence(dependence, t),
    )
    figure.under(
        dependence,
        (
            Shown("region", "table.region"),
            Shown("budget_per_inhabitant", "axis.budget_per_inhabitant", "KZT", 2),
            Shown("leverage", "axis.leverage", "KZT/KZT", 2),
        ),
        key="dependence",
        t=t,
        note=money.dependence_sentence(dependence, t) + " " + t("note.log_scale"),
        formula=t("formula.leverage"),
        file_name="tugan_zher_leverage",
        exhibit=exhibits.maker("dependence", choice, t),
    )
