"""Claims of the documents beside their recount: counts, the rows of the charts, the list, contradictions side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_data.claims import AGREES, CANNOT, DIFFERS, VERDICTS, WITHIN_ROUNDING
from rzh_data.schema import CLAIM_TYPES, DOCUMENT_LANGUAGES
from rzh_ui import amounts, numbers, passport, theme
from rzh_ui.columns import Shown
from rzh_ui.controls import Chosen
from rzh_ui.data import ask
from rzh_ui.drawn import controls_drawn_once
from rzh_ui.html import fold, tag, text
from rzh_ui.i18n import Messages, messages
from rzh_ui.remember import remembered
from rzh_ui.rows import by, records

if TYPE_CHECKING:
    import pandas as pd

PAGE_SIZE = 7
"""Claims listed at once: each carries the passports of the figures it stands on."""

COLUMNS = (
    Shown("statement", "table.statement"),
    Shown("type", "table.claim_type"),
    Shown("claimed_said", "claims.claimed", number="claimed_point"),
    Shown("recounted_said", "claims.recounted", number="recounted_point", unit_column="unit"),
    Shown("difference_said", "claims.difference"),
    Shown("difference_percent", "claims.difference_percent", "percent", 2),
    Shown("verdict_said", "table.verdict"),
)
"""Columns of the table of claims that can be taken away."""


def counts() -> dict[str, int]:
    """How many claims of the documents have each verdict, whatever is filtered."""
    return {row["verdict"]: int(row["claim_count"]) for row in records(ask("verdict_counts"))}


@remembered
def title(t: Messages) -> str:
    """The finding: how many of the claims that can be recounted hold."""
    known = counts()
    holds = known[AGREES] + known[WITHIN_ROUNDING]
    checked = holds + known[DIFFERS]
    return t("sources.title", holds=numbers.decimal(holds, t), checked=numbers.decimal(checked, t))


@remembered
def tiles(t: Messages) -> str:
    """The four verdicts: how many claims have each, and what it means."""
    return tag(
        "div",
        "".join(
            tag(
                "article",
                tag("p", verdict_mark(verdict, t), class_="rz-tile-name")
                + text("p", numbers.decimal(count, t), class_="rz-tile-value")
                + text("p", t(f"verdict_means.{verdict}"), class_="rz-tile-period"),
                class_="rz-tile",
                style=f"--rz-tile:{theme.VERDICTS[verdict].colour}",
            )
            for verdict, count in counts().items()
        ),
        class_="rz-tiles",
    )


def verdict_mark(verdict: str, t: Messages) -> str:
    """A verdict as a sign, a word and a colour, so that no one of them is needed alone; as HTML."""
    sign = text("span", theme.VERDICTS[verdict].sign, aria_hidden="true")
    return tag("span", f"{sign} {escape(t(f'verdict.{verdict}'))}", class_=f"rz-verdict-{verdict}")


def rows(choice: Chosen, t: Messages) -> pd.DataFrame:
    """The claims that speak of the chosen regions and principles, in the order of the list, with everything in words."""
    return _rows(choice.regions, choice.principles, t.language)


@remembered
def _rows(regions: tuple[str, ...], principles: tuple[str, ...], language: str) -> pd.DataFrame:
    import pandas as pd

    t = messages(language)
    found = ask("claims_list", regions=regions or None, principles=principles or None)
    claims = records(found)
    return found.assign(
        statement=[t.name(claim, "statement") for claim in claims],
        formula=[t.name(claim, "formula") for claim in claims],
        type=[t(f"claim_type.{claim['claim_type']}") for claim in claims],
        type_order=[CLAIM_TYPES.index(claim["claim_type"]) for claim in claims],
        claimed_said=[amounts.claimed(claim, t) for claim in claims],
        recounted_said=[amounts.recounted(claim, t) for claim in claims],
        difference_said=[amounts.difference(claim, t) for claim in claims],
        verdict_said=[t(f"verdict.{claim['verdict']}") for claim in claims],
        is_computed=[claim["verdict"] != CANNOT for claim in claims],
        observation_ids=pd.Series(
            [list(claim["observation_ids"]) for claim in claims], index=found.index, dtype="object"
        ),
    )


@controls_drawn_once
def pick(t: Messages) -> None:
    """The filters of this page alone: verdict, sort of statement, words to look for."""
    st.pills(
        t("filter.verdict"),
        VERDICTS,
        format_func=lambda verdict: f"{theme.VERDICTS[verdict].sign} {t(f'verdict.{verdict}')}",
        selection_mode="multi",
        key="verdict",
        persist_state="session",
    )
    st.pills(
        t("filter.claim_type"),
        CLAIM_TYPES,
        format_func=lambda claim_type: t(f"claim_type.{claim_type}"),
        selection_mode="multi",
        key="claim_type",
        persist_state="session",
    )
    st.text_input(
        t("claims.search"),
        key="search",
        type="search",
        max_chars=100,
        placeholder=t("claims.search_example"),  # unset, it is English in every language
        persist_state="session",
        width=420,
    )


@remembered
def narrowed(claims: pd.DataFrame, verdicts: Sequence[str], claim_types: Sequence[str], sought: str) -> pd.DataFrame:
    """The claims of these verdicts and sorts (none chosen: all) that hold every word sought."""
    kept = claims
    if verdicts:
        kept = kept[kept["verdict"].isin(verdicts)]
    if claim_types:
        kept = kept[kept["claim_type"].isin(claim_types)]
    for word in sought.casefold().split():
        kept = kept[[word in f"{row['statement']} {row['formula']}".casefold() for row in records(kept)]]
    return kept


@remembered
def finding(claims: pd.DataFrame, t: Messages) -> str:
    """The largest difference in one sentence; empty where nothing differs."""
    differing = claims[claims["verdict"] == DIFFERS]
    if differing.empty:
        return t("claims.nothing_differs")
    claim = records(differing)[0]
    return t(
        "claims.largest",
        statement=claim["statement"].rstrip("."),
        claimed=claim["claimed_said"],
        recounted=claim["recounted_said"],
    )


def on_scatter(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims that a scatter on log scales can show: a number is claimed, both are above nothing."""
    return claims[(claims["claimed_point"] > 0) & (claims["recounted_point"] > 0)]


def in_percent(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims whose difference can be told in percent of what is claimed."""
    return claims[claims["difference_percent"].notna()]


@remembered
def not_drawn(claims: pd.DataFrame, t: Messages) -> str:
    """Which claims the charts leave out, and why."""
    unchecked = int((claims["verdict"] == CANNOT).sum())
    zero = int(len(claims) - unchecked - len(in_percent(claims)))
    return t(
        "claims.not_drawn",
        unchecked=numbers.decimal(unchecked, t),
        zero=numbers.decimal(zero, t),
        log=numbers.decimal(len(claims) - unchecked - len(on_scatter(claims)), t),
    )


def page_of(claims: pd.DataFrame) -> pd.DataFrame:
    """The part of the list that the visitor turned to."""
    pages = math.ceil(len(claims) / PAGE_SIZE)
    if pages <= 1:
        return claims
    # a list of another length is another list: it starts on its first page
    turned_to = st.pagination(pages, key=f"claims_page_{len(claims)}")
    return _page(claims, turned_to)


@remembered
def _page(claims: pd.DataFrame, number: int) -> pd.DataFrame:
    return claims.iloc[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]


@remembered
def listed(claims: pd.DataFrame, t: Messages) -> str:
    """Claims as a table: statement with its place, what is claimed, recount, difference, verdict; each opens how it was
    recounted and the figures it stands on. As HTML.
    """
    return _listed(tuple(claims["claim_id"]), t.language)


@remembered
def _listed(claim_ids: tuple[str, ...], language: str) -> str:
    t = messages(language)
    known = by(_rows((), (), language), "claim_id")
    head = "".join(
        text("th", label, scope="col", role="columnheader")
        for label in (
            t("table.statement"),
            t("claims.claimed"),
            t("claims.recounted"),
            t("claims.difference"),
            t("table.verdict"),
        )
    )
    body = "".join(_claim(known[claim_id], t) for claim_id in claim_ids)
    inner = (
        text("caption", t("claims.caption"))
        + tag("thead", tag("tr", head, role="row"), role="rowgroup")
        + tag("tbody", body, role="rowgroup")
    )
    # roles are named because a narrow screen lays the rows out as cards, which takes the table's own roles away
    return tag("table", inner, class_="rz-claims", role="table")


def _claim(claim: dict[str, Any], t: Messages) -> str:
    statement = (
        text("p", claim["statement"], class_="rz-claim-said")
        + text("p", f"{claim['type']} · {place(claim, t)}", class_="rz-claim-place")
        + _how(claim, t)
    )
    cells = (
        tag("th", statement, scope="row", role="rowheader")
        + _cell(t("claims.claimed"), claim["claimed_said"], amounts.allowed(claim, t))
        + _cell(t("claims.recounted"), claim["recounted_said"])
        + _cell(t("claims.difference"), claim["difference_said"] or "–", amounts.difference_percent(claim, t))
        + tag("td", _verdict(claim, t), role="cell", data_label=t("table.verdict"))
    )
    return tag("tr", cells, role="row")


def _cell(label: str, value: str, below: str = "") -> str:
    small = text("span", below, class_="rz-below") if below else ""
    return tag("td", tag("span", escape(value) + small), role="cell", data_label=label)


def _verdict(claim: dict[str, Any], t: Messages) -> str:
    small = text("span", t("claims.cut_off"), class_="rz-below") if claim["is_cut_off"] else ""
    return tag("span", verdict_mark(claim["verdict"], t) + small)


def _how(claim: dict[str, Any], t: Messages) -> str:
    reason = t.name(claim, "reason") if claim["verdict"] == CANNOT else ""
    explained = text("p", claim["formula"], class_="rz-formula") + (text("p", reason) if reason else "")
    figures = passport.brief(claim["observation_ids"], t) if claim["observation_ids"] else ""
    summary = text("summary", t("claims.why_not") if reason else t("claims.how"))
    return tag("details", summary + explained + figures, class_="rz-passport")


def place(claim: dict[str, Any], t: Messages) -> str:
    """Where the documents say it: document, and line in each half with the printed token where it is a figure."""
    parts = []
    for half in DOCUMENT_LANGUAGES:
        line, printed = claim[f"{half}_line"], claim[f"{half}_printed"]
        if numbers.is_missing(line):
            continue
        name = t(f"passport.half_{half}")
        if isinstance(printed, str):
            parts.append(t("passport.token", half=name, line=int(line), printed=printed))
        else:
            parts.append(t("place.line", half=name, line=int(line)))
    return f"{t.name(claim, 'document')}: {'; '.join(parts)}"


@remembered
def contradicting(claims: pd.DataFrame) -> pd.DataFrame:
    """The statements that contradict another place; without those that stand beside the figure that is shown."""
    told = set(ask("variants")["other_observation_id"])
    return claims[(claims["claim_type"] == "contradiction") & ~claims["observation_id"].isin(told)]


@remembered
def contradictions(claims: pd.DataFrame, t: Messages) -> str:
    """Those statements side by side with what the other place gives; as HTML."""
    return tag("div", "".join(_pair(claim, t) for claim in records(contradicting(claims))), class_="rz-pairs")


def _pair(claim: dict[str, Any], t: Messages) -> str:
    percent = amounts.difference_percent(claim, t)
    below = claim["formula"] if claim["verdict"] != CANNOT else t.name(claim, "reason")
    sides = _side(t("pair.said"), claim["claimed_said"], place(claim, t)) + _side(
        t("pair.elsewhere"), claim["recounted_said"], below
    )
    verdict = verdict_mark(claim["verdict"], t) + (text("span", f" {percent}") if percent else "")
    title = text("p", claim["statement"], class_="rz-card-title")
    more = fold(tag("div", sides, class_="rz-sides"), t, of=claim["statement"])
    return tag("article", title + tag("p", verdict) + more, class_="rz-card")


def _side(name: str, value: str, below: str) -> str:
    return tag("dl", text("dt", name) + text("dd", value) + text("dd", below, class_="rz-below"), class_="rz-fact")


def variants(choice: Chosen, t: Messages) -> str:
    """Figures that documents print twice and differently: the one that pages show beside the other; as HTML."""
    return _variants(choice.regions, choice.principles, t.language)


@remembered
def _variants(regions: tuple[str, ...], principles: tuple[str, ...], language: str) -> str:
    t = messages(language)
    found = records(ask("variants", regions=regions or None, principles=principles or None))
    names = by(ask("passports", observations=tuple(row["observation_id"] for row in found)), "observation_id")
    return tag("div", "".join(_variant(row, names, t) for row in found), class_="rz-pairs") if found else ""


def _variant(row: dict[str, Any], names: dict[str, dict[str, Any]], t: Messages) -> str:
    def value(stem: str) -> str:
        number, qualifier = row[f"{stem}value"], row[f"{stem}qualifier"]
        decimals = numbers.printed_decimals(float(number), int(row["decimals"]))
        said = numbers.quantity(number, row["unit"], t, decimals=decimals, is_short=bool(qualifier != "="))
        return numbers.qualified(said, qualifier, t)

    shown, other = (passport.where(row[column], t) for column in ("observation_id", "other_observation_id"))
    sides = _side(t("pair.shown"), value(""), shown) + _side(t("pair.not_shown"), value("other_"), other)
    title = passport.name(names[row["observation_id"]], t)
    more = tag("div", sides, class_="rz-sides") + text("p", t(f"rule.{row['rule_id']}"), class_="rz-below")
    return tag("article", text("p", title, class_="rz-card-title") + fold(more, t, of=title), class_="rz-card")


def one_half_only(t: Messages) -> str:
    """Which figures only one half of a document prints; as HTML."""
    return _one_half_only(t.language)


@remembered
def _one_half_only(language: str) -> str:
    t = messages(language)
    found = ask("one_half_only")
    parts = []
    for half in DOCUMENT_LANGUAGES:
        own = tuple(found.loc[found["language"] == half, "observation_id"])
        if own:
            parts.append(text("p", t(f"halves.only_{half}"), class_="rz-card-title") + passport.brief(own, t))
    return "".join(parts)


@remembered
def halves_sentence(t: Messages) -> str:
    """How far the two halves print the same figures."""
    found = ask("provenance_counts").iloc[0]
    said = t(
        "halves.sentence",
        both=numbers.decimal(int(found["in_both_languages"]), t),
        russian=numbers.decimal(int(found["in_russian_only"]), t),
        kazakh=numbers.decimal(int(found["in_kazakh_only"]), t),
    )
    other = int(found["with_other_digits"])
    digits = t("halves.other_digits", count=numbers.decimal(other, t)) if other else t("halves.same_digits")
    return f"{said} {digits}"
