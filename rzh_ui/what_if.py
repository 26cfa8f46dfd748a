"""What if: sponsors' money of the whole of 2019, and another distribution of it, supposed from what is printed.

Facts come from `what_if.sql`; what is supposed is computed here, shown hatched, and stands in no table and no data file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_ui import figure, numbers, passport, take_away, theme
from rzh_ui.address import link
from rzh_ui.bars import Bar, bars, fill, legend
from rzh_ui.columns import Shown
from rzh_ui.controls import MOST_PACE, PERCENTS, SCENARIOS, Chosen
from rzh_ui.data import ask
from rzh_ui.exhibit import Exhibit, Series
from rzh_ui.exhibits import parts
from rzh_ui.html import show, tag, text
from rzh_ui.i18n import Messages, messages
from rzh_ui.money import SPONSORS
from rzh_ui.remember import remembered
from rzh_ui.rows import records

if TYPE_CHECKING:
    import pandas as pd

COUNTRY = "kazakhstan"
PLACE = "what_if"
"""Anchor of the section."""

FILE = "scenario_tugan_zher_sponsors_2019"

FACTS = (
    Shown("region", "table.region"),
    Shown("nine_months_kzt", "what_if.fact", "KZT"),
    Shown("year_before_kzt", "what_if.year_before", "KZT"),
)
"""Columns of the table: printed figures alone."""


@dataclass(frozen=True)
class Supposition:
    """What is supposed.

    Attributes:
        scenario: what the whole of 2019 is: `pace` (that of nine months), `as_2018`, or `own` (a pace of one's own).
        pace: percent of the nine months' pace; counts with `own` alone.
        equal: percent of the money that is distributed equally by inhabitants; the rest goes as in the nine months.
    """

    scenario: str = SCENARIOS[0]
    pace: int = 100
    equal: int = 0

    @property
    def pace_percent(self) -> int:
        """Percent of the nine months' pace that holds."""
        return self.pace if self.scenario == "own" else 100

    def total(self, rows: pd.DataFrame) -> float:
        """The country's money of the whole of 2019 in tenge. `rows`: as from `what_if.sql`."""
        country = records(rows[rows["region_id"] == COUNTRY])[0]
        if self.scenario == "as_2018":
            return float(country["year_before_kzt"])
        return (
            float(country["nine_months_kzt"])
            * country["year_months"]
            / country["nine_months"]
            * self.pace_percent
            / 100
        )

    def values(self, rows: pd.DataFrame) -> dict[str, float]:
        """The money of each region in tenge; their sum is `total`. `rows`: as from `what_if.sql`."""
        regions = records(rows[rows["region_id"] != COUNTRY])
        money = sum(int(row["nine_months_kzt"]) for row in regions)
        people = sum(int(row["population"]) for row in regions)
        whole, equal = self.total(rows), self.equal / 100
        return {
            row["region_id"]: whole
            * ((1 - equal) * int(row["nine_months_kzt"]) / money + equal * int(row["population"]) / people)
            for row in regions
        }


def supposed() -> Supposition:
    """What the visitor supposes in this run."""
    state = st.session_state
    return Supposition(state["scenario"], int(state["pace"]), int(state["equal"]))


@remembered
def facts(t: Messages) -> pd.DataFrame:
    """What suppositions start from, with names in the page's language: one row a region, the country last."""
    import pandas as pd

    rows = ask("what_if")
    found = records(rows)
    return rows.assign(
        region=[t.name(row, "short") for row in found],
        observation_ids=pd.Series([_both(row) for row in found], index=rows.index, dtype="object"),
    )


def _both(row: dict[str, Any]) -> list[str]:
    """The figures of both periods; a region may have one alone."""
    before = [] if numbers.is_missing(row["year_before_kzt"]) else row["before_ids"]
    return list(dict.fromkeys([*row["observation_ids"], *before]))


def panel(choice: Chosen, t: Messages) -> None:
    """The switches, what they give beside the facts, the formula, and the card to take away."""
    _switches(t)
    supposition = supposed()
    shown, card = st.columns([2, 1], gap="large")
    with shown:
        show(_years(supposition, t), _regions(supposition, t))
    with card:
        show(_card(supposition, choice.region, _way(supposition), t))
        _files(supposition, t)
    figure.under(
        _regional(t),
        FACTS,
        key="what_if",
        t=t,
        note=t("what_if.facts_only"),
        file_name="tugan_zher_sponsors_2018_and_9_months_of_2019",
    )


@remembered
def _regional(t: Messages) -> pd.DataFrame:
    """`facts` without the country."""
    rows = facts(t)
    return rows[rows["region_id"] != COUNTRY]


def _way(supposition: Supposition) -> str:
    """The address that supposes the same again."""
    pace = str(supposition.pace) if supposition.scenario == "own" else None
    return link("foresight", scenario=supposition.scenario, pace=pace, equal=str(supposition.equal)) + f"#{PLACE}"


def _switches(t: Messages) -> None:
    st.segmented_control(
        t("filter.scenario"),
        SCENARIOS,
        format_func=lambda scenario: t(f"what_if.{scenario}"),
        key="scenario",
        required=True,
        persist_state="session",
    )
    amounts = {"pace": MOST_PACE, "equal": 100} if st.session_state["scenario"] == "own" else {"equal": 100}
    for column, (key, most) in zip(st.columns(2, gap="large"), amounts.items(), strict=False):
        with column:
            _amount(key, most, t)


def _amount(key: str, most: int, t: Messages) -> None:
    """A number of percent to slide or to type: two widgets that hold the same.

    Neither has the key of the choice: what the script writes goes back to the browser, and a slider moved on meanwhile
    would jump back. They are written only where they differ. Where the slider moves on before the browser has heard what
    the script wrote into the field, the field comes back with its old number as if it had been typed: the slider wins.
    """
    slid, typed, moved = f"{key}_slid", f"{key}_typed", f"_{key}_moved"
    state = st.session_state
    state.pop(moved, None)
    if state.get(slid) != state[key]:
        state[slid] = state[key]
    if state.get(typed) != int(state[key]):
        state[typed] = int(state[key])

    def take(widget: str) -> None:
        if widget == slid:
            state[moved] = True
        if widget == slid or moved not in state:
            state[key] = str(state[widget])

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.select_slider(
            t(f"filter.{key}"), PERCENTS[: most + 1], format_func=_percent, key=slid, on_change=take, args=(slid,)
        )
        label = t("what_if.typed")
        st.number_input(label, 0, most, step=1, key=typed, on_change=take, args=(typed,), width=150)


def _percent(whole: str) -> str:
    """A whole number of percent on a slider: the same in every language, since what is chosen travels as its label."""
    return f"{whole}%"


def _hatched(percent: float) -> str:
    """The coloured part of a track that is supposed."""
    colour = theme.SPONSORS
    lines = f"repeating-linear-gradient(135deg,{colour} 0 2px,transparent 2px 7px)"
    return tag(
        "span",
        class_="rz-bar-fill rz-supposed",
        style=f"width:{percent:.3f}%;background:{lines};border:1.5px solid {colour};box-sizing:border-box",
    )


@dataclass(frozen=True)
class _SupposedBar(Bar):
    """A bar that nobody printed."""

    def html(self) -> str:
        """The bar as an item of a list, hatched."""
        solid, hatched = fill(self.percent or 0, self.colour), _hatched(self.percent or 0)
        return super().html().replace(solid, hatched)


@remembered
def _years(supposition: Supposition, t: Messages) -> str:
    """The country's money: each printed period solid, the whole of 2019 hatched; as HTML."""
    rows = ask("funding_of_regions")
    printed = records(rows[rows["indicator_id"] == SPONSORS])
    total = supposition.total(facts(t))
    highest = max(total, *(float(row["value"]) for row in printed)) or 1.0
    items: list[Bar] = [
        Bar(
            t.name(row, "period"),
            numbers.quantity(row["value"], "KZT", t),
            100 * float(row["value"]) / highest,
            theme.SPONSORS,
        )
        for row in printed
    ]
    said = numbers.quantity(total, "KZT", t)
    items.append(_SupposedBar(t("what_if.whole_year"), said, 100 * total / highest, theme.SPONSORS, t("what_if.mark")))
    caption = t("what_if.country_title")
    identities = tuple(dict.fromkeys(one for row in printed for one in row["observation_ids"]))
    return (
        text("h3", caption, class_="rz-sub")
        + bars(items, caption=caption)
        + text("p", passport.lines(identities, t), class_="rz-source")
    )


@remembered
def _regions(supposition: Supposition, t: Messages) -> str:
    """Each region: nine months as printed, solid, and the supposed year below it, hatched; as HTML."""
    rows = facts(t)
    values = supposition.values(rows)
    regions = sorted(records(rows[rows["region_id"] != COUNTRY]), key=lambda row: -values[row["region_id"]])
    highest = max(*values.values(), *(float(row["nine_months_kzt"]) for row in regions)) or 1.0
    items = []
    for row in regions:
        printed, value = float(row["nine_months_kzt"]), values[row["region_id"]]
        tracks = fill(100 * printed / highest, theme.SPONSORS) + _hatched(100 * value / highest)
        said = text("span", numbers.quantity(printed, "KZT", t)) + text(
            "span", numbers.quantity(value, "KZT", t), class_="rz-gap"
        )
        content = (
            text("span", row["region"], class_="rz-bar-name")
            + tag("span", tracks, class_="rz-bar-track", aria_hidden="true")
            + tag("span", said, class_="rz-bar-value")
        )
        items.append(tag("li", content, class_="rz-bar rz-pair"))
    caption = t("what_if.regions_title")
    listed = tag("ul", "".join(items), class_="rz-barlist", aria_label=caption)
    return text("h3", caption, class_="rz-sub") + _key(t) + listed


def _key(t: Messages) -> str:
    """What solid and hatched bars mean."""
    hatched = tag("li", tag("span", _hatched(100), class_="rz-key") + text("span", t("what_if.supposed")))
    return legend([(t("what_if.fact"), theme.SPONSORS)]).replace("</ul>", hatched + "</ul>")


@remembered
def formulas(supposition: Supposition, region: str | None, t: Messages) -> tuple[str, str]:
    """How the country's value and one region's are computed, with their numbers. `region`: the largest where None."""
    rows = facts(t)
    values = supposition.values(rows)
    country = records(rows[rows["region_id"] == COUNTRY])[0]
    total = numbers.quantity(supposition.total(rows), "KZT", t)
    shown = region if region in values else max(values, key=values.__getitem__)
    row = next(row for row in records(rows) if row["region_id"] == shown)
    if supposition.scenario == "as_2018":
        first = t("what_if.formula_2018", total=total)
    else:
        first = t(
            "what_if.formula_pace",
            nine=numbers.quantity(country["nine_months_kzt"], "KZT", t),
            months=int(country["nine_months"]),
            year=int(country["year_months"]),
            pace=numbers.percent(supposition.pace_percent, t, 0),
            total=total,
        )
    second = t(
        "what_if.formula_region",
        region=row["region"],
        total=total,
        rest=numbers.percent(100 - supposition.equal, t, 0),
        share=numbers.percent(100 * row["nine_months_kzt"] / country["nine_months_kzt"], t, 2),
        equal=numbers.percent(supposition.equal, t, 0),
        people=numbers.percent(100 * row["population"] / country["population"], t, 2),
        value=numbers.quantity(values[shown], "KZT", t),
    )
    return first, second


@remembered
def sentence(supposition: Supposition, t: Messages) -> str:
    """What the supposition gives: total, money per inhabitant, and how far the regions lie apart."""
    rows = facts(t)
    country = records(rows[rows["region_id"] == COUNTRY])[0]
    total, values = supposition.total(rows), supposition.values(rows)
    regions = records(rows[rows["region_id"] != COUNTRY])
    each = [values[row["region_id"]] / row["population"] for row in regions]
    printed = [row["nine_months_kzt"] / row["population"] for row in regions]
    said = t(
        "what_if.finding",
        total=numbers.quantity(total, "KZT", t),
        capita=numbers.quantity(round(total / country["population"]), "KZT", t),
    )
    if min(each) <= 0:
        return said
    return f"{said} " + t(
        "what_if.apart",
        now=_times(max(each) / min(each), t),
        before=_times(max(printed) / min(printed), t),
    )


def _times(value: float, t: Messages) -> str:
    return numbers.decimal(value, t, 0 if value >= 10 else 1)


@remembered
def _card(supposition: Supposition, region: str | None, address: str, t: Messages) -> str:
    """The scenario on a card: what is supposed, what it gives, how, and the way back to it."""
    items = [t(f"what_if.{supposition.scenario}")]
    if supposition.scenario == "own":
        items = [t("what_if.card_pace", pace=numbers.percent(supposition.pace, t, 0))]
    items.append(t("what_if.card_equal", equal=numbers.percent(supposition.equal, t, 0)))
    content = (
        text("p", t("what_if.mark"), class_="rz-eyebrow")
        + text("h3", t("what_if.whole_year"))
        + text("p", numbers.quantity(supposition.total(facts(t)), "KZT", t), class_="rz-card-value")
        + "".join(text("p", item) for item in items)
        + text("p", sentence(supposition, t))
        + "".join(text("p", formula, class_="rz-formula") for formula in formulas(supposition, region, t))
        + text("p", t("what_if.formula_words"), class_="rz-note")
        + text("a", t("what_if.link"), href=address, target="_self")
    )
    return tag("article", content, class_="rz-card rz-what-if", aria_label=t("what_if.whole_year"))


def exhibit(supposition: Supposition, t: Messages) -> Exhibit:
    """The regions' facts beside what is supposed, for pictures and slides; every mark of a supposition says so."""
    rows = facts(t)
    values = supposition.values(rows)
    regions = sorted(records(rows[rows["region_id"] != COUNTRY]), key=lambda row: -values[row["region_id"]])
    highest = max(max(values.values()), max(float(row["nine_months_kzt"]) for row in regions))
    size, unit = parts.money(highest, "total", "nominal", t)
    printed = tuple(float(row["nine_months_kzt"]) / size for row in regions)
    made = tuple(values[row["region_id"]] / size for row in regions)
    identities = tuple(dict.fromkeys(one for row in records(rows) for one in row["observation_ids"]))
    return Exhibit(
        kind="bars",
        title=t("what_if.regions_title"),
        finding=sentence(supposition, t),
        unit=unit,
        period=t("what_if.whole_year"),
        categories=tuple(row["region"] for row in regions),
        category_ids=tuple(row["region_id"] for row in regions),
        series=(
            Series(t("what_if.fact"), printed, theme.SPONSORS),
            Series(t("what_if.whole_year"), made, theme.SPONSORS, is_scenario=True),
        ),
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula="; ".join(formulas(supposition, None, t)),
        note=t("what_if.formula_words"),
        file_name=FILE,
        decimals=parts.decimals(printed),
        unit_size=size,
        missing=t("figure.missing"),
    )


def _files(supposition: Supposition, t: Messages) -> None:
    """What can be taken away of it: a slide and a picture, which say what they are. No file of data holds it."""
    take_away.make_ready()
    for ending, make, mime in (("pptx", slide, take_away.PPTX), ("png", picture, "image/png")):
        st.download_button(
            t(f"what_if.{ending}"),
            partial(make, supposition, t.language),
            file_name=f"{FILE}_{t.language}.{ending}",
            mime=mime,
            key=f"what_if_{ending}",
            on_click="ignore",
        )


def slide(supposition: Supposition, language: str) -> bytes:
    """The regions' facts and what is supposed as a presentation of one slide."""
    t = messages(language)
    return take_away.made("pptx", exhibit(supposition, t), t)


def picture(supposition: Supposition, language: str) -> bytes:
    """The same as a picture."""
    t = messages(language)
    return take_away.made("png", exhibit(supposition, t), t)
