"""Money of «Туған жер»: the rows that more than one page draws, and the words for them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_data.classes import Classes, round_breaks
from rzh_ui import amounts, numbers, theme
from rzh_ui.claims import verdict_mark
from rzh_ui.columns import Shown
from rzh_ui.controls import BASES, PRICES, SOURCES, WHOLE_SPAN, Chosen
from rzh_ui.data import ask
from rzh_ui.drawn import controls_drawn_once
from rzh_ui.html import table, tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import by, records

if TYPE_CHECKING:
    import pandas as pd

BUDGET, SPONSORS = "tugan_zher_local_budget", "tugan_zher_sponsors"
HEAT_MARKS = {BUDGET: "b", SPONSORS: "s"}
"""How the cells of a source are marked in the heat table; the style knows `b0` to `s4`."""

SHYMKENT = "shymkent"
MULTIPLES = ("tugan_zher_sponsors_growth_times:", "tugan_zher_sponsors_fall_times:")
"""How the ids of the figures begin that say how many times the money grew or fell."""

MONEY_COLUMNS: dict[str, tuple[Shown, ...]] = {
    per: (
        Shown("period", "table.period"),
        Shown("source", "table.source"),
        Shown("amount_kzt", "table.amount", "KZT"),
        *(() if per == "total" else (Shown("value", f"table.value_{per}", "KZT", 2),)),
    )
    for per in BASES
}
"""Columns of the table under the bars, for each basis."""


@remembered
def serves(principles: tuple[str, ...]) -> bool:
    """Whether «Туған жер» serves one of `principles`; with none chosen it does."""
    indicators = ask("map_indicators", principles=principles or None)
    return bool((indicators["indicator_id"] == SPONSORS).any())


@remembered
def money_rows(choice: Chosen, t: Messages) -> pd.DataFrame:
    """Money by period and source over the chosen regions, in the chosen basis, with names in the page's language."""
    rows = ask("funding_of_regions", regions=choice.regions or None, per=choice.per, prices=choice.prices)
    found = records(rows)
    return rows.assign(
        period=[t.name(row, "period") for row in found],
        source=[t(f"source.{row['indicator_id']}") for row in found],
    )


@remembered
def money_alt(money: pd.DataFrame, t: Messages) -> str:
    """The bars in one sentence a period, for whoever does not see them."""
    parts = []
    for period, rows in money.groupby("period", sort=False):
        said = ", ".join(f"{row['source'].lower()} {numbers.quantity(row['value'], 'KZT', t)}" for row in records(rows))
        parts.append(f"{period}: {said}")
    return f"{t('money.alt')} {'; '.join(parts)}."


@controls_drawn_once
def pick_source_and_prices(t: Messages) -> None:
    """The two switches of the funding page: source of money, and prices of each year or of 2017."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.segmented_control(
            t("funding.source"),
            SOURCES,
            format_func=lambda indicator: t(f"funding.{indicator}"),
            key="source",
            required=True,
            persist_state="session",
        )
        st.segmented_control(
            t("funding.prices"),
            PRICES,
            format_func=lambda prices: t(f"prices.{prices}"),
            key="prices",
            required=True,
            persist_state="session",
        )


@remembered
def regions_wide(choice: Chosen, t: Messages) -> pd.DataFrame:
    """Every region's money of the chosen period side by side, with the region's name in the page's language."""
    rows = ask("funding_regions_wide", period=choice.period, regions=choice.regions or None, prices=choice.prices)
    return rows.assign(region=[t.name(row, "short") for row in records(rows)])


@remembered
def bars_by_region(wide: pd.DataFrame, choice: Chosen, t: Messages) -> pd.DataFrame:
    """`wide` as one row per region and source of money, in the chosen basis: what the stacked bars draw."""
    import pandas as pd

    rows = []
    for row in records(wide[wide["region_id"] != "kazakhstan"]):
        months = row["months"]
        values = {
            "total": (row["budget"], row["sponsors"]),
            "month": (row["budget"] / months, row["sponsors"] / months),
            "capita": (row["budget_per_inhabitant"], row["sponsors_per_inhabitant"]),
        }[choice.per]
        parts = [(BUDGET, values[0]), (SPONSORS, values[1])]
        parts = [(indicator, value) for indicator, value in parts if choice.source in (indicator, SOURCES[0])]
        if any(numbers.is_missing(value) for _, value in parts):
            continue  # a bar of one source alone would pass for all the money
        total = sum(value for _, value in parts)
        said = numbers.quantity(total, "KZT", t)
        for indicator, value in parts:
            rows.append(
                {
                    "region_id": row["region_id"],
                    "region": row["region"],
                    "indicator_id": indicator,
                    "value": value,
                    "total": total,
                    "said": said,
                }
            )
    return pd.DataFrame(rows)


@remembered
def heat_rows(choice: Chosen, t: Messages) -> pd.DataFrame:
    """Region × period × source of money, the region with most sponsors' money first, with names in the page's language."""
    rows = ask("funding", per=choice.per, prices=choice.prices, regions=choice.regions or None)
    rows = rows[rows["region_id"] != "kazakhstan"]
    span = rows[(rows["period_kind"] == "span") & (rows["indicator_id"] == SPONSORS)]
    order = {row["region_id"]: -row["value"] for row in records(span)}
    found = rows[(rows["period_kind"] != "span") & rows["region_id"].isin(order)]
    found = found.sort_values("region_id", key=lambda ids: ids.map(order), kind="stable")
    named = records(found)
    return found.assign(
        region=[t.name(row, "short") for row in named],
        period=[t.name(row, "period") for row in named],
        source=[t(f"source.{row['indicator_id']}") for row in named],
    ).reset_index(drop=True)


@remembered
def heat_classes(per: str, prices: str) -> dict[str, Classes]:
    """Classes of each source of money over all regions and single periods, so that a filter does not move a shade."""
    every = ask("funding", per=per, prices=prices)
    every = every[(every["period_kind"] != "span") & (every["region_id"] != "kazakhstan")]
    return {
        str(source): round_breaks([float(value) for value in part["value"]])
        for source, part in every.groupby("indicator_id")
    }


@remembered
def heat_table(choice: Chosen, t: Messages) -> str:
    """Region × period for both sources of money, each cell shaded by a class of its source, as HTML."""
    rows = records(heat_rows(choice, t))
    periods = {row["period_id"]: row["period"] for row in rows}
    regions = {row["region_id"]: row["region"] for row in rows}
    classes = heat_classes(choice.per, choice.prices)
    cells = {(row["region_id"], row["indicator_id"], row["period_id"]): row["value"] for row in rows}
    head = [t("table.region")] + [
        f"{t(f'source.{source}')}, {label}" for source in (BUDGET, SPONSORS) for label in periods.values()
    ]
    body = []
    for region, name in regions.items():
        line = tag("th", escape(name), scope="row")
        for source, mark in HEAT_MARKS.items():
            for period in periods:
                line += _heat_cell(cells.get((region, source, period)), classes[source], mark, t)
        body.append(tag("tr", line))
    header = "".join(text("th", cell, scope="col") for cell in head)
    inner = tag("thead", tag("tr", header)) + tag("tbody", "".join(body))
    return text("p", t("funding.heat_caption"), class_="rz-eyebrow") + tag(
        "div",
        tag(
            "table",
            inner,
            class_="rz-table rz-heat",
            aria_label=t("funding.heat_caption"),
            style="".join(_heat_colours(classes[source], mark) for source, mark in HEAT_MARKS.items()),
        ),
        class_="rz-scroll",
        role="region",
        tabindex="0",
        aria_label=t("funding.heat_caption"),
    )


def _heat_cell(value: Any, classes: Classes, mark: str, t: Messages) -> str:
    if numbers.is_missing(value):
        return text("td", t("figure.missing"), class_="rz-gap")
    return text("td", numbers.quantity(value, "KZT", t), class_=f"{mark}{classes.of(float(value))}")


def _heat_colours(classes: Classes, mark: str) -> str:
    """What the classes of a source look like, said once for all its cells."""
    shades = theme.shades(classes.count)
    return "".join(f"--{mark}{at}:{shade.css};--{mark}{at}-ink:{shade.ink};" for at, shade in enumerate(shades))


@remembered
def rank_rows(choice: Chosen, t: Messages) -> pd.DataFrame:
    """Ranks from period to period, with names and values in words."""
    rows = ask("funding_ranks", indicator=choice.source, per=choice.per, prices=choice.prices)
    if choice.regions:
        rows = rows[rows["region_id"].isin(choice.regions)]
    found = records(rows)
    return rows.assign(
        region=[t.name(row, "short") for row in found],
        period=[t.name(row, "period") for row in found],
        said=[numbers.quantity(row["value"], "KZT", t) for row in found],
    )


@remembered
def most_moved(ranks: pd.DataFrame, count: int = 3) -> tuple[str, ...]:
    """The regions whose rank moved most between the first and the last period they have."""
    moves = ranks.groupby("region_id")["position"].agg(
        lambda positions: abs(int(positions.iloc[-1]) - int(positions.iloc[0]))
    )
    return tuple(sorted(moves.index, key=lambda region: (-moves[region], region))[:count])


@remembered
def multiples(t: Messages, regions: tuple[str, ...]) -> pd.DataFrame:
    """What the documents say of growth and fall from period to period, beside the recount.

    Returns one row a statement: region, what, claimed and recounted with their words (`claimed_said`, `recounted_said`),
    verdict, said (the verdict in words), observation_ids.
    """
    rows = ask("claims_list", regions=regions or None)
    rows = rows[rows["observation_id"].str.startswith(MULTIPLES, na=False)]
    names = by(ask("passports", observations=tuple(rows["observation_id"])), "observation_id")
    found = [claim | {"figure": names[claim["observation_id"]]} for claim in records(rows)]
    return rows.assign(
        region=[t.name(claim["figure"], "region") for claim in found],
        what=[f"{t.name(claim['figure'], 'indicator')}, {t.name(claim['figure'], 'period')}" for claim in found],
        said=[t(f"verdict.{claim['verdict']}") for claim in found],
        recounted=rows["recounted_point"],
        claimed_said=[amounts.claimed(claim, t) for claim in found],
        recounted_said=[amounts.recounted(claim, t) for claim in found],
        is_computed=True,
    ).reset_index(drop=True)


@remembered
def inequality(choice: Chosen, t: Messages) -> pd.DataFrame:
    """Points of two Lorenz curves: all regions, and without Shymkent, which has a single value."""
    import pandas as pd

    parts: list[pd.DataFrame] = []
    for without in (None, SHYMKENT):
        rows = ask(
            "funding_inequality",
            indicator=choice.source,
            period=choice.period,
            per=choice.per,
            prices=choice.prices,
            without=without,
        )
        if rows.empty or (without and len(parts) and len(rows) == len(parts[0])):
            continue  # a period without a figure of Shymkent has one curve
        series = t("funding.all_regions") if without is None else t("funding.without_shymkent")
        gini = numbers.decimal(float(rows["gini"].iloc[0]), t, 2)
        parts.append(rows.assign(series=f"{series}: {t('funding.gini', gini=gini)}"))
    rows = pd.concat(parts or [rows.assign(series="")], ignore_index=True)
    return rows.assign(region=[t.name(row, "short") for row in records(rows)], is_computed=True)


@remembered
def inequality_sentence(points: pd.DataFrame, t: Messages) -> str:
    """What the curves say: how equal, how much the five largest have."""
    parts = []
    for series, rows in points.groupby("series", sort=False):
        parts.append(
            f"{series}; {t('funding.top_five', share=numbers.percent(float(rows['top_five_percent'].iloc[0]), t))}"
        )
    return ". ".join(parts) + "."


@remembered
def dependence(wide: pd.DataFrame, t: Messages) -> pd.DataFrame:
    """Leverage against budget per inhabitant, one row a region that has both."""
    rows = wide[(wide["region_id"] != "kazakhstan") & wide["leverage"].notna() & wide["budget_per_inhabitant"].notna()]
    return rows.assign(
        said_budget=[numbers.quantity(value, "KZT", t) for value in rows["budget_per_inhabitant"]],
        said_leverage=[numbers.quantity(value, "KZT/KZT", t, decimals=1) for value in rows["leverage"]],
    )


@remembered
def country_leverage(wide: pd.DataFrame) -> float | None:
    """Sponsors' tenge for each tenge of budget in the whole country; None where the country has no figure of both."""
    country = wide.loc[(wide["region_id"] == "kazakhstan") & wide["leverage"].notna(), "leverage"]
    return float(country.iloc[0]) if len(country) else None


@remembered
def dependence_sentence(rows: pd.DataFrame, t: Messages) -> str:
    """Who draws most and who least for a tenge of budget."""
    ordered = rows.sort_values("leverage", ascending=False)
    first, last = ordered.iloc[0], ordered.iloc[-1]
    if len(ordered) == 1:
        return t("map.finding_one", region=first["region"], value=first["said_leverage"])
    return t(
        "funding.dependence_finding",
        first=first["region"],
        first_value=first["said_leverage"],
        last=last["region"],
        last_value=last["said_leverage"],
    )


@remembered
def where_sentence(bars: pd.DataFrame, t: Messages) -> str:
    """Who leads, who is last."""
    ordered = bars.drop_duplicates("region_id").sort_values("total", ascending=False)
    first, last = ordered.iloc[0], ordered.iloc[-1]
    if len(ordered) == 1:
        return t("map.finding_one", region=first["region"], value=first["said"])
    return t(
        "map.finding",
        first=first["region"],
        first_value=first["said"],
        last=last["region"],
        last_value=last["said"],
        count=len(ordered),
    )


@remembered
def rank_sentence(ranks: pd.DataFrame, regions: tuple[str, ...], t: Messages) -> str:
    """How the highlighted regions moved: first and last rank of each."""
    parts = []
    for region in regions:
        own = ranks[ranks["region_id"] == region]
        if len(own):
            path = " → ".join(str(position) for position in own["position"])
            parts.append(f"{own['region'].iloc[0]}: {path}")
    return f"{t('funding.rank_moves')} {'; '.join(parts)}."


@remembered
def share_alt(rows: pd.DataFrame, t: Messages) -> str:
    """The sponsors' share of each period in one sentence."""
    total = rows.groupby("period_id")["value"].transform("sum")
    own = rows.assign(share=100 * rows["value"] / total)
    own = own[own["indicator_id"] == SPONSORS]
    parts = [f"{row['period']}: {numbers.percent(row['share'], t)}" for row in records(own)]
    return f"{t('funding.share_alt')} {'; '.join(parts)}."


@remembered
def period_label(choice: Chosen, t: Messages) -> str:
    """The chosen period in words."""
    return t.name(ask("periods").set_index("period_id").loc[choice.period], "label")


@remembered
def period_note(choice: Chosen, t: Messages) -> str:
    """What must be known of the chosen period."""
    notes = {"2017": t("map.south_kazakhstan"), "2019-9m": t("note.nine_months_short")}
    kind = ask("periods").set_index("period_id")["kind"].get(choice.period)
    otherwise = t("note.part_of_year") if kind == "part_of_year" else ""
    said = notes.get(choice.period, t("map.span_boundaries") if choice.period == WHOLE_SPAN else otherwise)
    return f"{said} {t('map.missing_shymkent')}.".strip() if choice.period in ("2017", "2018") else said


@remembered
def multiples_table(rows: pd.DataFrame, t: Messages) -> str:
    """Statements of growth and fall beside the recount, as HTML."""
    if rows.empty:
        return text("p", t("funding.no_multiples"), class_="rz-note")
    body = [
        (
            escape(row["region"]) + text("span", row["what"], class_="rz-below"),
            escape(row["claimed_said"]),
            escape(row["recounted_said"]),
            verdict_mark(row["verdict"], t),
        )
        for row in records(rows)
    ]
    head = [t(key) for key in ("table.region", "claims.claimed", "claims.recounted", "table.verdict")]
    return table(head, body, caption=t("exhibit.multiples"), class_="rz-table rz-wrap")


def formula(choice: Chosen, t: Messages) -> str:
    """How the amounts of the chosen basis and prices are computed, in words."""
    parts = [t(f"formula.{choice.per}")]
    if choice.prices == "constant":
        parts.append(t("formula.constant"))
    return "; ".join(parts)


@remembered
def periods_covered(t: Messages) -> str:
    """The single periods that money is known for, in the order of time."""
    return ", ".join(t.name(row, "short") for row in records(ask("periods")) if row["kind"] != "span")


def nine_months(choice: Chosen, t: Messages) -> str:
    """That 2019 covers nine months, with the way out where it is not taken already."""
    return t("note.nine_months_short") if choice.per == "month" else t("note.nine_months")
