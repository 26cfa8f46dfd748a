"""A region in a few sentences, put together by rules. Names stand where no language has to decline them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from rzh_ui import numbers, passport
from rzh_ui.controls import WHOLE_SPAN
from rzh_ui.data import ask
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.money import SPONSORS
from rzh_ui.remember import remembered
from rzh_ui.rows import by, records

COUNTRY, CAPITAL, TURKESTAN = "kazakhstan", "nur_sultan", "turkestan"
NEAR = 0.01
"""Levels that differ by less than this part of the country's are said to be about the same."""

SHARES = (
    "tugan_zher_events_share",
    "tugan_zher_patrons_share",
    "tugan_zher_patron_projects_share",
    "tugan_zher_sponsors_share",
    "tugan_zher_local_budget_share",
)
"""Shares of the country's total that the documents print for some regions."""


@dataclass(frozen=True)
class Sentence:
    """One sentence and what it rests on.

    Attributes:
        observation_ids: figures of the documents.
        formula: how the numbers in it are computed; None where they are printed.
    """

    words: str
    observation_ids: tuple[str, ...] = ()
    formula: str | None = None


@remembered
def summary(region: str, t: Messages) -> tuple[Sentence, ...]:
    """The sentences of one region, in the order in which they are read."""
    return tuple(
        sentence
        for sentence in (
            _place(region, t),
            *_money(region, t),
            _trend(region, t),
            _shares(region, t),
            _names(region, t),
            *_said(region, t),
        )
        if sentence is not None
    )


@remembered
def summary_html(region: str, t: Messages) -> str:
    """The sentences with their passports."""
    items = []
    for sentence in summary(region, t):
        rests = sentence.observation_ids or sentence.formula
        source = passport.details(sentence.observation_ids, t, formula=sentence.formula) if rests else ""
        items.append(tag("li", text("p", sentence.words) + source))
    return tag("ul", "".join(items), class_="rz-summary")


def kind(row: dict[str, Any], t: Messages) -> str:
    """Oblast, city of republican significance, or the capital."""
    if row["region_id"] == CAPITAL:
        return t("region.kind_capital")
    return t("region.kind_city") if row["kind"] == "city" else t("region.kind_oblast")


def opened(name: str) -> str:
    """A name at the start of a sentence or as a title: «Город Нур-Султан»."""
    return name[:1].upper() + name[1:]


def _place(region: str, t: Messages) -> Sentence:
    row = by(ask("region_facts"), "region_id")[region]
    population = int(row["population"])
    people = t.plural("region.people", population, said=numbers.decimal(population, t))
    share = numbers.percent(row["population_share"], t)
    rank = t("region.s_rank", position=int(row["population_position"]), count=17)
    year = int(row["population_year"])
    centre = t.name(row, "centre")  # of a city: its name without the word «город»
    if row["kind"] == "city":
        words = t("region.s_city", name=centre, kind=kind(row, t), year=year, people=people, share=share, rank=rank)
    else:
        name = opened(t.name(row))
        words = t("region.s_oblast", name=name, centre=centre, year=year, people=people, share=share, rank=rank)
    return Sentence(words, formula=t("formula.population"))


def _own_period(region: str) -> tuple[str, tuple[str, ...]]:
    """The period in which the region's money is compared, and the single periods that have no figure of it."""
    values = ask("region_values", indicators=(SPONSORS,))
    own = set(values.loc[values["region_id"] == region, "period_id"])
    single = [row["period_id"] for row in records(ask("periods")) if row["kind"] != "span"]
    lacking = tuple(period for period in single if period not in own)
    known = [period for period in single if period in own]
    return (known[-1] if lacking else WHOLE_SPAN), lacking


def _money(region: str, t: Messages) -> list[Sentence]:
    period, lacking = _own_period(region)
    periods = by(ask("periods"), "period_id")
    wide = by(ask("funding_regions_wide", period=period), "region_id")
    own, country = wide[region], wide[COUNTRY]
    total = by(ask("region_ranking", indicator="tugan_zher_funding", period=period), "region_id")[region]
    capita = by(ask("region_ranking", indicator="tugan_zher_funding", period=period, per="capita"), "region_id")[region]
    span = t("tile.span") if period == WHOLE_SPAN else t.name(periods[period], "label")
    figures = tuple(own["observation_ids"])
    said = [
        Sentence(
            t(
                "region.s_money",
                period=span,
                total=numbers.quantity(own["total"], "KZT", t),
                budget=numbers.quantity(own["budget"], "KZT", t),
                sponsors=numbers.quantity(own["sponsors"], "KZT", t),
                rank=_rank(total, t),
            ),
            figures,
            t("formula.funding"),
        )
    ]
    if lacking:
        said.append(
            Sentence(
                t(
                    "region.s_lacking",
                    lacking=", ".join(t.name(periods[one], "short") for one in lacking),
                    period=span,
                )
            )
        )
    if region == TURKESTAN:
        said.append(Sentence(t("region.s_with_shymkent")))
    here, everywhere = own["per_inhabitant"], country["per_inhabitant"]
    value, level, rank = numbers.quantity(here, "KZT", t), numbers.quantity(everywhere, "KZT", t), _rank(capita, t)
    if abs(here / everywhere - 1) < NEAR:
        words = t("region.s_capita_near", value=value, country=level, rank=rank)
    elif here > everywhere:
        words = t("region.s_capita_above", value=value, country=level, rank=rank)
    else:
        words = t("region.s_capita_below", value=value, country=level, rank=rank)
    said.append(Sentence(words, (*figures, *country["observation_ids"]), t("formula.capita")))
    said.append(
        Sentence(
            t(
                "region.s_leverage",
                value=numbers.decimal(own["leverage"], t, 1),
                country=numbers.decimal(country["leverage"], t, 1),
            ),
            (*figures, *country["observation_ids"]),
            t("formula.leverage"),
        )
    )
    return said


def _rank(row: dict[str, Any], t: Messages) -> str:
    return t("region.s_rank", position=int(row["position"]), count=int(row["ranked_count"]))


def _trend(region: str, t: Messages) -> Sentence | None:
    """Sponsors' money per month, period by period, and the direction it took. None where a single period has a figure."""
    values = ask("region_values", indicators=(SPONSORS,))
    own = by(values[values["region_id"] == region], "period_id")
    steps = [
        (row, own[row["period_id"]])
        for row in records(ask("periods"))
        if row["kind"] != "span" and row["period_id"] in own
    ]
    if len(steps) < 3:
        return None
    months = [row["value_per_month"] for _, row in steps]
    listed = "; ".join(
        t("region.s_step", period=t.name(period, "label"), value=numbers.quantity(row["value_per_month"], "KZT", t))
        for period, row in steps
    )
    words = t(f"region.s_trend_{_course(months)}", values=listed)
    return Sentence(words, tuple(one for _, row in steps for one in row["observation_ids"]), t("formula.month"))


def _course(values: list[float]) -> str:
    """How a series runs: rising, falling, up to a peak, down to a dip, or mixed."""
    rises = [later >= earlier for earlier, later in pairwise(values)]
    turns = sum(one != other for one, other in pairwise(rises))
    if turns > 1:
        return "mixed"
    if turns:
        return "peak" if rises[0] else "dip"
    return "rising" if rises[0] else "falling"


def _shares(region: str, t: Messages) -> Sentence:
    values = ask("region_values", indicators=SHARES)
    own = by(values[values["region_id"] == region], "indicator_id")
    if not own:
        return Sentence(t("region.s_shares_none"))
    listed = "; ".join(
        t(f"region.s_{indicator}", value=share_said(own[indicator], t)) for indicator in SHARES if indicator in own
    )
    periods = by(ask("periods"), "period_id")
    said = ", ".join(
        t("tile.span") if period == WHOLE_SPAN else t.name(periods[period], "label")
        for period in dict.fromkeys(row["period_id"] for row in own.values())
    )
    return Sentence(
        t("region.s_shares", period=said, shares=listed), tuple(row["observation_ids"][0] for row in own.values())
    )


def share_said(row: dict[str, Any], t: Messages) -> str:
    """A printed share with as many decimals as it has."""
    value = numbers.percent(row["value"], t, numbers.shortest(row["value"]))
    return numbers.qualified(value, row["qualifier"], t)


def _names(region: str, t: Messages) -> Sentence | None:
    values = ask("region_values", indicators=("hundred_names_applications", "hundred_names_winners"))
    own = by(values[values["region_id"] == region], "indicator_id")
    if not own:
        return None
    parts = []
    if "hundred_names_applications" in own:
        parts.append(_counted("region.s_applications", own["hundred_names_applications"], t))
    if "hundred_names_winners" in own:
        winners = own["hundred_names_winners"]
        parts.append(_counted("region.s_winners", winners, t) if winners["value"] else t("region.s_no_winners"))
    return Sentence(
        t("region.s_names", facts=", ".join(parts)),
        tuple(one for row in own.values() for one in row["observation_ids"]),
    )


def _counted(key: str, row: dict[str, Any], t: Messages) -> str:
    """A printed number with what it counts."""
    value = numbers.qualified(numbers.decimal(row["value"], t), row["qualifier"], t)
    return t.plural(key, int(row["value"]), value=value)


def _said(region: str, t: Messages) -> list[Sentence]:
    """How much the documents say of the region, counted over the lists that the page shows; what is not there is left out."""
    figures = len(ask("region_observations", region=region))
    words = ask("recommendations", regions=(region,))["kind"].value_counts()
    findings, recommendations = int(words.get("finding", 0)), int(words.get("recommendation", 0))
    verdicts = ask("region_claims", region=region)["verdict"].value_counts()
    agree = int(verdicts.get("agrees", 0) + verdicts.get("agrees_within_rounding", 0))
    differ, cannot = int(verdicts.get("differs", 0)), int(verdicts.get("cannot_be_checked", 0))
    there = [
        t.plural("region.s_figures", figures) if figures else "",
        t.plural("region.s_findings", findings) if findings else "",
        t.plural("region.s_recommendations", recommendations) if recommendations else "",
    ]
    judged = [
        t.plural("region.s_claims_agree", agree) if agree else "",
        t.plural("region.s_claims_differ", differ) if differ else "",
        t("region.s_claims_cannot", count=cannot) if cannot else "",
    ]
    said = [Sentence(t("region.s_said", facts=", ".join(filter(None, there))), formula=t("formula.counted"))]
    if any(judged):
        words_of_claims = t.plural("region.s_claims", agree + differ + cannot, facts=", ".join(filter(None, judged)))
        said.append(Sentence(words_of_claims, formula=t("formula.counted")))
    return said
