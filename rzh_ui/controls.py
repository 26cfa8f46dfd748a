"""The filters: one bar for every page, one set of choices, kept in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from rzh_data.claims import VERDICTS
from rzh_data.schema import CLAIM_TYPES, LANGUAGES
from rzh_ui.address import Address, Choice, Words
from rzh_ui.data import ask
from rzh_ui.drawn import controls_drawn_once
from rzh_ui.html import show, text
from rzh_ui.i18n import DEFAULT_LANGUAGE, Messages, best_language
from rzh_ui.region_map import alphabetical
from rzh_ui.remember import remembered
from rzh_ui.rows import records
from rzh_ui.session import taken

SOURCES = ("tugan_zher_funding", "tugan_zher_sponsors", "tugan_zher_local_budget")
"""What money can be looked at: both sources together, sponsors, budget."""

PRICES = ("nominal", "constant")
BASES = ("total", "capita", "month")
KINDS = ("every", "finding", "recommendation")
SCOPES = ("programme",)
"""Recommendations that no principle's package prints: those for the programme as a whole."""

SCENARIOS = ("pace", "as_2018", "own")
"""What the whole of 2019 may be supposed to be: the pace of its nine months, 2018 again, a pace of one's own."""

MOST_PACE = 300
"""Percent of the nine months' pace that can be supposed at most."""

PERCENTS = tuple(str(percent) for percent in range(MOST_PACE + 1))

WHOLE_SPAN = "2017/2019-9m"
FIRST_METRIC = "tugan_zher_funding"
LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
"""A language is named in itself, so that whoever cannot read the page still finds it."""


CHOSEN = (
    "metric",
    "period",
    "per",
    "principles",
    "regions",
    "region",
    "source",
    "prices",
    "verdict",
    "claim_type",
    "cluster",
    "search",
    "group",
)
"""Entries of the session that `Chosen` reads."""


@dataclass(frozen=True)
class Chosen:
    """What the visitor chose; every page reads it, none changes it.

    Attributes:
        metric: indicator_id of the map.
        period: period_id.
        per: total, capita or month.
        principles, regions: ids kept; empty keeps all.
        region: the one region looked at, or None.
        source: indicator_id of the money looked at: both sources together, sponsors or budget.
        prices: nominal, or constant (of 2017).
        verdicts, claim_types: which claims of the documents are listed; empty keeps all.
        cluster: category_id of the accelerator's cluster looked at, or None.
        search: words looked for in the list of the page.
        group: group_id of the target group looked at, or None.
    """

    metric: str
    period: str
    per: str
    principles: tuple[str, ...]
    regions: tuple[str, ...]
    region: str | None
    source: str
    prices: str
    verdicts: tuple[str, ...] = ()
    claim_types: tuple[str, ...] = ()
    cluster: str | None = None
    search: str = ""
    group: str | None = None


def address() -> Address:
    """The choices that the address holds, with the ids that the data knows today."""
    return Address(_choices(best_language(st.context.locale)))


@remembered
def _choices(language: str) -> tuple[Choice, ...]:
    regions = tuple(region for region in ask("regions")["region_id"] if region != "kazakhstan")
    return (
        Choice("lang", LANGUAGES, language, always_shown=True),
        Choice("metric", tuple(ask("map_indicators")["indicator_id"]), FIRST_METRIC),
        Choice("period", tuple(ask("periods")["period_id"]), WHOLE_SPAN),
        Choice("per", BASES, BASES[0]),
        Choice("principles", tuple(ask("principles")["principle_id"]), is_list=True),
        Choice("regions", regions, is_list=True),
        Choice("region", regions),
        Choice("source", SOURCES, SOURCES[0]),
        Choice("prices", PRICES, PRICES[0]),
        Choice("verdict", VERDICTS, is_list=True),
        Choice("claim_type", CLAIM_TYPES, is_list=True),
        Choice("addressee", tuple(ask("addressees")["addressee_id"])),
        Choice("kind", KINDS, KINDS[0]),
        Choice("scope", SCOPES),
        Choice("show", ("all",)),
        Words("search", ()),
        Choice("cluster", tuple(ask("accelerator_clusters")["cluster_id"])),
        Choice("group", tuple(dict.fromkeys(ask("target_groups")["group_id"]))),
        Choice("scenario", SCENARIOS, SCENARIOS[0]),
        Choice("pace", PERCENTS[: MOST_PACE + 1], "100"),
        Choice("equal", PERCENTS[:101], "0"),
    )


def chosen() -> Chosen:
    """The choices of this run."""
    return _chosen(taken(CHOSEN))


class UnknownChoice(ValueError):
    """A saved view names a choice, or a value of one, that nothing has."""

    def __init__(self, key: str, value: str) -> None:
        super().__init__(f"{key}: {value}")
        self.key, self.value = key, value


def of_view(view: Mapping[str, str]) -> Chosen:
    """The choices that a saved view (`view`: parameters as the address has them) stands for, apart from any visit.

    Raises:
        UnknownChoice: with the parameter and the value that nothing has.
    """
    choices = {choice.key: choice for choice in _choices(DEFAULT_LANGUAGE)}
    state = {}
    for key in view:
        if key not in choices:
            raise UnknownChoice(key, view[key])
    for key, choice in choices.items():
        state[key], unknown = choice.parse([view[key]] if key in view else [])
        if unknown:
            raise UnknownChoice(key, unknown[0])
    return _chosen(state)


def _chosen(state: Mapping[str, Any]) -> Chosen:
    return Chosen(
        metric=state["metric"],
        period=state["period"],
        per=state["per"],
        principles=tuple(state["principles"]),
        regions=tuple(state["regions"]),
        region=state["region"],
        source=state["source"],
        prices=state["prices"],
        verdicts=tuple(state["verdict"]),
        claim_types=tuple(state["claim_type"]),
        cluster=state["cluster"],
        search=state["search"],
        group=state["group"],
    )


def bar(t: Messages) -> None:
    """Draws the filters that every page shares."""
    held = taken(("principles", "regions"))
    _bar(t, len(held["principles"]), len(held["regions"]))


@controls_drawn_once
def _bar(t: Messages, principle_count: int, region_count: int) -> None:
    periods, principles, regions = _period_names(t), _principle_names(t), region_names(t)
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.segmented_control(
            t("filter.period"),
            list(periods),
            format_func=periods.__getitem__,
            key="period",
            required=True,
            persist_state="session",
        )
        st.segmented_control(
            t("filter.per"),
            BASES,
            format_func=lambda per: t(f"per.{per}"),
            key="per",
            required=True,
            persist_state="session",
        )
        some = t.plural("filter.principles_some", principle_count)
        with st.popover(some if principle_count else t("filter.principles_all")):
            st.pills(
                t("filter.principles"),
                list(principles),
                format_func=principles.__getitem__,
                selection_mode="multi",
                key="principles",
                persist_state="session",
            )
        some = t.plural("filter.regions_some", region_count)
        with st.popover(some if region_count else t("filter.regions_all")):
            st.pills(
                t("filter.regions"),
                list(regions),
                format_func=regions.__getitem__,
                selection_mode="multi",
                key="regions",
                persist_state="session",
            )
        st.segmented_control(
            t("filter.language"),
            LANGUAGES,
            format_func=LANGUAGE_NAMES.__getitem__,
            key="lang",
            required=True,
            persist_state="session",
        )


@remembered
def region_names(t: Messages) -> dict[str, str]:
    """Short names of the 17 regions by id, in the language of the page and in the order of its alphabet."""
    names = {row["region_id"]: t.name(row, "short") for row in records(ask("regions")) if row["kind"] != "country"}
    return dict(sorted(names.items(), key=lambda item: alphabetical(item[1], t)))


@remembered
def _period_names(t: Messages) -> dict[str, str]:
    return {row["period_id"]: t.name(row, "short") for row in records(ask("periods"))}


@remembered
def _principle_names(t: Messages) -> dict[str, str]:
    return {row["principle_id"]: t.name(row) for row in records(ask("principles"))}


def complaints(places: Address, t: Messages) -> None:
    """One friendly line for each wrong value in the address."""
    for key, wrong in places.complaints.items():
        show(
            text("p", t("filter.unknown_value", what=t(f"filter.{key}"), value=wrong), class_="rz-warn", role="status")
        )


def applies_not(t: Messages, *keys: str) -> None:
    """One line that says which filters this page cannot use."""
    show(
        text(
            "p",
            t("filter.applies_not", filters=", ".join(t(f"filter.{key}").lower() for key in keys)),
            class_="rz-note",
        )
    )


def nothing_left(t: Messages, *keys: str) -> None:
    """Says which filter emptied the result."""
    show(
        text(
            "p",
            t("filter.nothing_left", filters=", ".join(t(f"filter.{key}").lower() for key in keys)),
            class_="rz-warn",
        )
    )


def narrowing(choice: Chosen) -> tuple[str, ...]:
    """The filters that narrow the claims now, to be named where nothing is left."""
    active = (
        ("regions", bool(choice.regions)),
        ("principles", bool(choice.principles)),
        ("verdict", bool(choice.verdicts)),
        ("claim_type", bool(choice.claim_types)),
        ("search", bool(choice.search)),
    )
    return tuple(key for key, is_active in active if is_active)
