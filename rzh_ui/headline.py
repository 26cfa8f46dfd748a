"""The programme in a handful of figures: the sentence on top, the tiles, what stands out, how sure the figures are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rzh_data.claims import DIFFERS
from rzh_ui import amounts, flags, numbers, passport, theme
from rzh_ui.address import link
from rzh_ui.data import ask
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records

if TYPE_CHECKING:
    import pandas as pd

HEADLINE_INDICATORS = (
    "tugan_zher_sponsors",
    "tugan_zher_local_budget",
    "tugan_zher_events_planned",
    "tugan_zher_events_held",
    "tugan_zher_people_reached",
    "tugan_zher_patrons",
    "hundred_names_applications",
    "hundred_names_winners",
    "accelerator_projects",
    "awareness_share",
)


@dataclass(frozen=True)
class Tile:
    """One headline figure.

    Attributes:
        name, value, period: what stands on the tile, in words.
        observation_ids: figures it rests on.
        formula: how it is computed; None where it is printed.
        flag: what contradicts it or must be known of it.
        colour: of the thing it measures, where that has one.
    """

    name: str
    value: str
    period: str
    observation_ids: tuple[str, ...]
    formula: str | None = None
    flag: str = ""
    colour: str | None = None

    def html(self, t: Messages) -> str:
        """The tile with its passport."""
        content = (
            text("p", self.name, class_="rz-tile-name")
            + text("p", self.value, class_="rz-tile-value")
            + text("p", self.period, class_="rz-tile-period")
            + (text("p", self.flag, class_="rz-tile-flag") if self.flag else "")
            + passport.details(self.observation_ids, t, formula=self.formula)
        )
        return tag("article", content, class_="rz-tile", style=f"--rz-tile:{self.colour}" if self.colour else None)


class Headline:
    """The country's headline figures, looked up once for all that is said of them."""

    def __init__(self, t: Messages) -> None:
        self.t = t
        self.rows: pd.DataFrame = ask("country_figures", indicators=HEADLINE_INDICATORS)

    def figure(self, indicator: str, period: str | None = None, category: str | None = None) -> dict[str, Any]:
        """One figure. Raises KeyError where the release does not hold it."""
        rows = self.rows[(self.rows["indicator_id"] == indicator) & self.rows["group_id"].isna()]
        if period:
            rows = rows[rows["period_id"] == period]
        if category:
            rows = rows[rows["category_id"] == category]
        if len(rows) != 1:
            raise KeyError(f"{indicator} {period or ''} {category or ''}: {len(rows)} figures; one is expected")
        return records(rows)[0]

    def said(self, row: dict[str, Any], *, is_short: bool = True) -> str:
        """A figure in words, with its qualifier."""
        value = numbers.quantity(row["value"], row["unit"], self.t, decimals=int(row["decimals"]), is_short=is_short)
        return numbers.qualified(value, row["qualifier"], self.t)

    def _others(self, row: dict[str, Any]) -> tuple[str, ...]:
        others = row["other_observation_ids"]
        return tuple(others) if hasattr(others, "__len__") else ()  # a list, or NA where nothing contradicts

    def finding(self) -> str:
        """The sentence on top of the overview."""
        sponsors = self.figure("tugan_zher_sponsors", "2017/2019-9m")
        budget = self.figure("tugan_zher_local_budget", "2017/2019-9m")
        return self.t("overview.title", leverage=numbers.decimal(sponsors["value"] / budget["value"], self.t, 1))

    def tiles(self) -> list[Tile]:
        """At most six tiles: the money, its leverage, events and reach, «100 жаңа есім», accelerator, awareness."""
        t = self.t
        sponsors = self.figure("tugan_zher_sponsors", "2017/2019-9m")
        budget = self.figure("tugan_zher_local_budget", "2017/2019-9m")
        planned = self.figure("tugan_zher_events_planned")
        held = self.figure("tugan_zher_events_held")
        reached = self.figure("tugan_zher_people_reached")
        well = self.figure("awareness_share", category="knows_well")
        never = self.figure("awareness_share", category="never_heard")
        stages = [self.figure("accelerator_projects", category=stage) for stage in ("applications", "accelerated")]
        applications = self._years("hundred_names_applications")
        winners = self._years("hundred_names_winners")
        span = t("tile.span")
        rounded = ask("passports", observations=self._others(sponsors)) if self._others(sponsors) else None
        contradicted = (
            t(
                "tile.contradicted",
                value=numbers.qualified(
                    numbers.quantity(rounded.iloc[0]["value"], "KZT", t), rounded.iloc[0]["qualifier"], t
                ),
            )
            if rounded is not None and len(rounded)
            else ""
        )
        return [
            Tile(
                t("tile.money"),
                self.said(sponsors),
                t("tile.money_period", budget=self.said(budget), span=span),
                (sponsors["observation_id"], budget["observation_id"], *self._others(sponsors)),
                flag=contradicted,
                colour=theme.SPONSORS,
            ),
            Tile(
                t("tile.leverage"),
                numbers.quantity(sponsors["value"] / budget["value"], "KZT/KZT", t, decimals=1),
                span,
                (sponsors["observation_id"], budget["observation_id"]),
                formula=t("formula.leverage"),
                colour=theme.LOCAL_BUDGET,
            ),
            Tile(
                t("tile.events"),
                self.said(held),
                t("tile.events_period", planned=self.said(planned), span=span),
                (held["observation_id"], planned["observation_id"], reached["observation_id"]),
                flag=f"{t('tile.reached', reached=self.said(reached))} {flags.said(reached['observation_id'], t)}".strip(),
            ),
            Tile(
                t("tile.hundred_names"),
                t(
                    "tile.hundred_names_value",
                    applications=numbers.decimal(applications[0], t),
                    winners=numbers.decimal(winners[0], t),
                ),
                t("tile.hundred_names_period"),
                (*applications[1], *winners[1]),
                formula=t("formula.hundred_names"),
            ),
            Tile(
                t("tile.accelerator"),
                t("tile.accelerator_value", first=self.said(stages[0]), last=self.said(stages[1])),
                t("tile.accelerator_period"),
                tuple(stage["observation_id"] for stage in stages),
            ),
            Tile(
                t("tile.awareness"),
                self.said(well),
                t("tile.awareness_period", never=self.said(never)),
                (well["observation_id"], never["observation_id"]),
                flag=flags.said(well["observation_id"], t),
            ),
        ]

    def _years(self, indicator: str) -> tuple[float, tuple[str, ...]]:
        """The sum of the three years and the figures it is made of."""
        rows = self.rows[
            (self.rows["indicator_id"] == indicator) & self.rows["period_id"].isin(["2017", "2018", "2019"])
        ]
        return float(rows["value"].sum()), tuple(rows["observation_id"])


@remembered
def top(t: Messages) -> tuple[str, str]:
    """The sentence on top of the overview, and the tiles as HTML."""
    headline = Headline(t)
    tiles = "".join(tile.html(t) for tile in headline.tiles())
    return headline.finding(), tag("div", tiles, class_="rz-tiles")


@remembered
def standouts(indicator: dict[str, Any], period: str, per: str, t: Messages) -> str:
    """Three cards made by stated rules: the largest value, the largest change, the largest gap between a statement and
    its recount. Each is a link to the view that shows it.
    """
    cards = [
        _largest(indicator, period, per, t),
        _largest_change(indicator, t),
        _largest_gap(t),
    ]
    return tag("div", "".join(card for card in cards if card), class_="rz-cards")


def _card(rule: str, title: str, value: str, sentence: str, href: str, t: Messages) -> str:
    content = (
        text("p", rule, class_="rz-eyebrow")
        + text("p", title, class_="rz-card-title")
        + text("p", value, class_="rz-card-value")
        + text("p", sentence)
        + text("a", t("standout.show"), href=href, target="_self", aria_label=f"{t('standout.show')}: {title}")
    )
    return tag("article", content, class_="rz-card")


def _unit_value(row: Any, indicator: dict[str, Any], t: Messages) -> str:
    return numbers.quantity(row["value"], indicator["unit"], t, decimals=int(indicator["decimals"]))


def _largest(indicator: dict[str, Any], period: str, per: str, t: Messages) -> str:
    rows = ask("region_ranking", indicator=indicator["indicator_id"], period=period, per=per)
    row = rows[rows["position"] == 1].iloc[0]
    share = row["share_of_country"]
    sentence = (
        t.name(indicator) if numbers.is_missing(share) else t("standout.share", share=numbers.percent(float(share), t))
    )
    return _card(
        t("standout.largest"),
        t.title(row),
        _unit_value(row, indicator, t),
        sentence,
        link("", region=row["region_id"]),
        t,
    )


def _largest_change(indicator: dict[str, Any], t: Messages) -> str:
    """Largest multiple in either direction between neighbouring periods, per month, of an indicator that may be added."""
    if indicator["aggregation"] != "sum":
        return ""
    found: list[tuple[float, Any, str]] = []
    periods = ask("periods").set_index("period_id")
    for period in (period for period in periods.index if periods.loc[period, "kind"] != "span"):
        rows = ask("region_ranking", indicator=indicator["indicator_id"], period=period)
        for row in records(rows[rows["change_times"].notna() & (rows["region_id"] != "kazakhstan")]):
            times = float(row["change_times"])
            found.append((max(times, 1 / times) if times else 0.0, row, period))
    if not found:
        return ""
    times, row, period = max(found, key=lambda item: (item[0], item[1]["region_id"]))
    grew = float(row["change_times"]) > 1
    decimals = 1 if times < 100 else 0
    said = t.plural(
        "standout.grew" if grew else "standout.fell",
        round(times) if decimals == 0 else 2,  # a fraction takes the form of a few: в 2,7 раза
        times=numbers.decimal(times, t, decimals),
    )
    between = t(
        "standout.between",
        before=t.name(periods.loc[row["period_before_id"]], "short"),
        after=t.name(periods.loc[period], "short"),
    )
    href = link("", region=row["region_id"], period=period)
    return _card(t("standout.change"), t.title(row), said, between, href, t)


def _largest_gap(t: Messages) -> str:
    """The claim that lies furthest, in percent, from what the documents' own figures give."""
    rows = ask("claims_list")
    differing = records(rows[rows["verdict"] == DIFFERS])
    if not differing:
        return ""
    claim = differing[0]
    sentence = t("standout.claimed", claimed=amounts.claimed(claim, t), recounted=amounts.recounted(claim, t))
    href = link("sources", verdict=DIFFERS)
    return _card(t("standout.gap"), t.name(claim, "statement"), amounts.difference_percent(claim, t), sentence, href, t)


@remembered
def sure(t: Messages) -> str:
    """How far the documents agree with themselves: figures, places, claims by verdict; each verdict leads to its claims."""
    counts = ask("provenance_counts").iloc[0]
    facts = [
        (t("sure.figures"), numbers.decimal(int(counts["figure_count"]), t), link("sources")),
        (t("sure.places"), numbers.decimal(int(counts["place_count"]), t), link("sources")),
    ]
    facts += [
        (
            t(f"sure.{row['verdict']}"),
            numbers.decimal(int(row["claim_count"]), t),
            link("sources", verdict=row["verdict"]),
        )
        for row in records(ask("verdict_counts"))
    ]
    items = "".join(
        tag(
            "dl",
            text("dt", name) + tag("dd", text("a", value, href=href, target="_self", aria_label=f"{name}: {value}")),
            class_="rz-fact",
        )
        for name, value, href in facts
    )
    return tag("section", items, class_="rz-sure", aria_label=t("overview.sure_title"))
