"""The accelerator of social projects: its funnel, its projects, how it develops, who helps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_ui import bars, numbers, passport, places, theme
from rzh_ui.data import ask
from rzh_ui.drawn import controls_drawn_once
from rzh_ui.headline import Tile
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import by, records

if TYPE_CHECKING:
    import pandas as pd

COUNTS = ("accelerator_mentors", "accelerator_ambassadors", "accelerator_preacceleration_months")
BEGINNING, EXPANSION = "pragmatism_timeline_contest", "competitiveness_timeline_04"
"""What the timeline of the stages begins and ends with, by item_id."""

DIRECTIONS = "identity"
"""The package that lists the directions which projects are chosen in."""


@remembered
def funnel_rows(t: Messages) -> pd.DataFrame:
    """The stages with their names in the page's language, for the table."""
    rows = ask("accelerator_funnel")
    return rows.assign(stage=[t.name(row) for row in records(rows)], is_computed=True)


@remembered
def finding(t: Messages) -> str:
    """How many applied and how many got to the last stage."""
    values = ask("accelerator_funnel")["value"]
    return t(
        "accelerator.title",
        first=numbers.decimal(values.iloc[0], t),
        last=numbers.decimal(values.iloc[-1], t),
    )


@remembered
def funnel(t: Messages) -> str:
    """The stages as bars from the left, each with its count, its two percentages and its entry rule."""
    items = "".join(_stage(row, t) for row in records(ask("accelerator_funnel")))
    return tag("ol", items, class_="rz-funnel", aria_label=t("accelerator.funnel_title"))


def _stage(row: dict[str, Any], t: Messages) -> str:
    percents = [t("accelerator.of_start", percent=numbers.percent(row["percent_of_start"], t))]
    if not numbers.is_missing(row["percent_of_before"]):
        percents.append(t("accelerator.of_before", percent=numbers.percent(row["percent_of_before"], t)))
    name = text("span", t.name(row), class_="rz-bar-name")
    bar = tag("span", bars.fill(row["percent_of_start"], theme.COUNT), class_="rz-bar-track", aria_hidden="true")
    count = text("span", numbers.decimal(row["value"], t), class_="rz-funnel-count")
    shares = tag("span", "".join(text("span", share) for share in percents), class_="rz-funnel-shares")
    rule = ""
    if isinstance(row["rule_kk"], str):
        rule = tag(
            "span",
            text("span", t("accelerator.rule", rule=t.name(row, "rule")))
            + " "
            + text("span", f"({places.halves(t, row)})", class_="rz-eyebrow"),
            class_="rz-funnel-rule",
        )
    return tag("li", name + count + bar + shares + rule)


@remembered
def around(t: Messages, *indicators: str) -> str:
    """Tiles of single numbers about the accelerator, by indicator_id."""
    rows = by(ask("country_figures", indicators=COUNTS), "indicator_id")
    words = {
        "accelerator_mentors": (t("accelerator.mentors"), t("accelerator.mentors_note"), ""),
        "accelerator_ambassadors": (
            t("accelerator.ambassadors"),
            t("accelerator.ambassadors_note"),
            t("accelerator.no_stage"),
        ),
        "accelerator_preacceleration_months": (t("accelerator.months"), t("accelerator.months_note"), ""),
    }
    tiles = []
    for indicator in indicators:
        name, note, flag = words[indicator]
        row = rows[indicator]
        value = numbers.quantity(row["value"], row["unit"], t)
        tiles.append(Tile(name, value, note, (row["observation_id"],), flag=flag, colour=theme.COUNT).html(t))
    return tag("div", "".join(tiles), class_="rz-tiles")


@controls_drawn_once
def pick_cluster_and_search(t: Messages) -> None:
    """The filters of the projects: one cluster, and words to look for."""
    clusters = by(ask("accelerator_clusters"), "cluster_id")
    st.pills(
        t("filter.cluster"),
        list(clusters),
        format_func=lambda cluster: f"{t.name(clusters[cluster])}: {clusters[cluster]['named_count']}",
        key="cluster",
        persist_state="session",
    )
    st.text_input(
        t("accelerator.search"),
        key="search",
        placeholder=t("accelerator.search_hint"),
        live="400ms",
        persist_state="session",
    )


@remembered
def projects(principles: tuple[str, ...], cluster: str | None, search: str) -> pd.DataFrame:
    """The named projects that the filters leave."""
    rows = ask("accelerator_projects", principles=principles or None, cluster=cluster)
    words = search.casefold().split()
    if not words:
        return rows
    kept = [all(word in _searched(row) for word in words) for row in records(rows)]
    return rows[kept]


def _searched(row: dict[str, Any]) -> str:
    cells = ("name", "purpose_kk", "purpose_ru", "purpose_en", "cluster_kk", "cluster_ru", "cluster_en")
    return " ".join(str(row[cell]) for cell in cells).casefold()


@remembered
def named(shown: int, t: Messages) -> str:
    """How many projects the text speaks of, how many the documents name, how many are shown, with the passport, as HTML."""
    last = ask("accelerator_funnel").iloc[-1]
    every = len(ask("accelerator_projects"))
    sentence = t(
        "accelerator.named",
        spoken=numbers.decimal(last["value"], t),
        named=numbers.decimal(every, t),
        missing=numbers.decimal(last["value"] - every, t),
        shown=numbers.decimal(shown, t),
    )
    return text("p", sentence, class_="rz-lead") + passport.details((last["observation_id"],), t)


@remembered
def cards(rows: pd.DataFrame, t: Messages) -> str:
    """The projects as cards under the names of their clusters, as HTML."""
    principles = {row["principle_id"]: t.name(row) for row in records(ask("principles"))}
    parts = []
    for cluster in records(ask("accelerator_clusters")):
        own = records(rows[rows["cluster_id"] == cluster["cluster_id"]])
        if own:
            inner = "".join(_card(row, principles, t) for row in own)
            parts.append(_cluster_heading(cluster, t) + tag("div", inner, class_="rz-cards rz-cards-even"))
    return "".join(parts)


def _cluster_heading(cluster: dict[str, Any], t: Messages) -> str:
    named_count = numbers.decimal(int(cluster["named_count"]), t)
    if numbers.is_missing(cluster["printed_count"]):
        said, under = t("accelerator.cluster_named", named=named_count), ""
    else:
        printed = numbers.decimal(int(cluster["printed_count"]), t)
        said = t("accelerator.cluster_printed", named=named_count, printed=printed)
        under = passport.details((cluster["observation_id"],), t)
    return text("h3", t.name(cluster), class_="rz-group-title") + text("p", said, class_="rz-eyebrow") + under


def _card(row: dict[str, Any], principles: dict[str, str], t: Messages) -> str:
    own, other = _names(row["name"], t)
    packages = ", ".join(principles[principle] for principle in row["principle_ids"].split(";"))
    content = (
        text("h4", own[1], class_="rz-card-title", lang=own[0], translate=None if other else "no")
        + (text("p", other[1], class_="rz-eyebrow", lang=other[0]) if other else "")
        + text("p", t.name(row, "purpose"))
        + text("p", f"{t('accelerator.in_packages', packages=packages)} ({places.halves(t, row)})", class_="rz-source")
    )
    return tag("article", content, class_="rz-card")


def _names(printed: str, t: Messages) -> tuple[tuple[str | None, str], tuple[str, str] | None]:
    """The name for the page's language and, where the halves differ, the other one, each with its language."""
    kazakh, is_two, russian = printed.partition(" / ")
    if not is_two:
        return (None, printed), None
    own, other = ("kk", kazakh), ("ru", russian)
    return (other, own) if t.language == "ru" else (own, other)


@remembered
def directions(t: Messages) -> str:
    """The directions that one package lists, as HTML."""
    rows = ask("items_of_type", types=("accelerator_cluster",))
    own = records(rows[rows["principle_ids"] == DIRECTIONS])
    items = "".join(text("li", t.name(row, "text")) for row in own)
    return tag("ul", items, class_="rz-plain") + text("p", places.source(own, t), class_="rz-source")


@remembered
def timeline(t: Messages) -> str:
    """The contest, the three stages of development and the regions to come, in the order of time, as HTML."""
    around_them = by(ask("items_of_type", items=(BEGINNING, EXPANSION)), "item_id")
    stages = records(ask("accelerator_items", type="accelerator_stage"))
    steps = [_step(around_them[BEGINNING], "", places.halves(t, around_them[BEGINNING]), t)]
    for row in stages:
        steps.append(_step(row, t("accelerator.stage", number=row["thing"]), _packages(row, t), t))
    steps.append(_step(around_them[EXPANSION], "", places.halves(t, around_them[EXPANSION]), t))
    return tag("ol", "".join(steps), class_="rz-steps", aria_label=t("accelerator.stages_title"))


def _step(row: dict[str, Any], title: str, where: str, t: Messages) -> str:
    when = str(row["time_period"]).split("-")[0]
    said = t.name(row, "text").partition(": ")[2] if title and ": " in t.name(row, "text") else t.name(row, "text")
    head = t.name(row, "text").partition(": ")[0] if title and ": " in t.name(row, "text") else ""
    content = text("p", when, class_="rz-when") + (text("p", title, class_="rz-eyebrow") if title else "")
    content += (text("p", head, class_="rz-card-title") if head else "") + text("p", _capital(said))
    return tag("li", content + text("p", where, class_="rz-source"), class_="rz-step-stage" if title else None)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _packages(row: dict[str, Any], t: Messages) -> str:
    """Every package that says it, with its lines."""
    principles = {one["principle_id"]: t.name(one) for one in records(ask("principles"))}
    return " · ".join(f"{principles[place['principle_id']]}: {places.halves(t, place)}" for place in row["places"])


@remembered
def partners(t: Messages) -> str:
    """Who works with the accelerator, as HTML."""
    items = "".join(
        tag("li", text("span", t.name(row, "text")) + text("span", _packages(row, t), class_="rz-source rz-block"))
        for row in records(ask("accelerator_items", type="accelerator_partner"))
    )
    return tag("ul", items, class_="rz-plain") + text("p", t("accelerator.partners_others"), class_="rz-note")
