"""Everything the documents say of one region: all figures, findings and recommendations, claims, and what is missing."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rzh_data.claims import AGREES, WITHIN_ROUNDING
from rzh_ui import amounts, numbers, passport, places
from rzh_ui.address import link
from rzh_ui.claims import verdict_mark
from rzh_ui.columns import Shown
from rzh_ui.controls import Chosen, region_names
from rzh_ui.data import ask
from rzh_ui.html import fold, table, tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records

if TYPE_CHECKING:
    import pandas as pd

AGREE = (AGREES, WITHIN_ROUNDING)
SHYMKENT = "shymkent"
FEW_REGIONS = 3
"""An indicator that fewer regions have is one of a region's own, not one that regions are compared by."""

MOST_RECOUNTED = 2
"""Figures of a recount listed under its claim; the table has all."""

EVERYBODY = ("all_regions", "project_office")
"""Addressees of what is said to every region."""

FIGURE_COLUMNS = (
    Shown("topic_name", "region.topic"),
    Shown("what", "filter.metric"),
    Shown("period", "table.period"),
    Shown("said", "table.value", number="value", unit_column="unit"),
)
CLAIM_COLUMNS = (
    Shown("statement", "table.statement"),
    Shown("claimed_said", "claims.claimed", number="claimed"),
    Shown("recounted_said", "claims.recounted", unit_column="unit"),
    Shown("verdict_said", "table.verdict"),
)


@remembered
def figures(choice: Chosen, t: Messages) -> pd.DataFrame:
    """Every figure of the region in words. Empty where the principles leave none."""
    rows = ask("region_observations", region=choice.region, principles=choice.principles or None)
    found = records(rows)
    return rows.assign(
        topic_name=[t(f"topic.{row['topic']}") for row in found],
        what=[_what(row, t) for row in found],
        period=[t.name(row, "period") for row in found],
        said=[_figure(row, t) for row in found],
    )


def _what(row: dict[str, Any], t: Messages) -> str:
    parts = [t.name(row, stem) for stem in ("indicator", "category", "group") if isinstance(row[f"{stem}_kk"], str)]
    return ": ".join(parts[:2]) + "".join(f", {part}" for part in parts[2:])


def _figure(row: dict[str, Any], t: Messages) -> str:
    decimals = numbers.shortest(row["value"])
    value = numbers.quantity(row["value"], row["unit"], t, decimals=decimals, is_short=False)
    if row["unit"] in amounts.WORDED_UNITS:
        value = amounts.amount(row["value"], row["unit"], t)
    return numbers.qualified(value, row["qualifier"], t)


@remembered
def figures_html(choice: Chosen, t: Messages) -> str:
    """The figures by topic, each with its passport."""
    rows = figures(choice, t)
    sections = []
    for topic, group in groupby(records(rows), key=lambda row: row["topic_name"]):
        items = "".join(
            tag(
                "li",
                text("p", row["what"], class_="rz-entry-name")
                + tag("p", text("strong", row["said"]) + text("span", row["period"], class_="rz-eyebrow"))
                + passport.details(row["observation_ids"], t, is_named=False),
            )
            for row in group
        )
        entries = fold(tag("ul", items, class_="rz-entries"), t, of=topic)
        sections.append(tag("section", text("h3", topic) + entries))
    every = len(ask("region_observations", region=choice.region))
    return text("p", counted(len(rows), every, t), class_="rz-note") + "".join(sections)


def counted(shown: int, every: int, t: Messages) -> str:
    """How many entries there are, and how many of them a filter leaves."""
    if shown == every:
        return t("region.counted_all", every=every)
    return t("region.counted", every=every, shown=shown)


@remembered
def words_html(choice: Chosen, t: Messages) -> str:
    """Findings and recommendations for the region and its project office, by principle."""
    region = (str(choice.region),)
    rows = records(ask("recommendations", regions=region, principles=choice.principles or None))
    every = len(ask("recommendations", regions=region))
    return text("p", counted(len(rows), every, t), class_="rz-note") + _by_principle(rows, t)


@remembered
def words_for_everybody(choice: Chosen, t: Messages) -> str:
    """The same for all regions and all project offices together."""
    principles = choice.principles or None
    rows = [row for one in EVERYBODY for row in records(ask("recommendations", addressee=one, principles=principles))]
    return text("p", t("region.counted_all", every=len(rows)), class_="rz-note") + _by_principle(rows, t)


def _by_principle(rows: list[dict[str, Any]], t: Messages) -> str:
    """The entries under their principles in the programme's order; those of no principle come last."""
    names = {row["principle_id"]: t.name(row) for row in records(ask("principles"))}
    sections = []
    for principle in (*names, None):
        listed = [row for row in rows if names.get(row["principle_id"]) == names.get(principle)]
        if not listed:
            continue
        heading = names.get(principle, t("region.no_principle"))
        items = "".join(
            tag(
                "li",
                tag(
                    "p",
                    text(
                        "span",
                        t("kind.finding" if row["kind"] == "finding" else "kind.recommendation"),
                        class_=f"rz-badge rz-badge-{row['kind']}",
                    )
                    + " "
                    + text("span", t(f"region.to_{row['addressee_type']}"), class_="rz-eyebrow"),
                )
                + text("p", t.name(row, "text"))
                + tag("p", places.small(row, t)),
            )
            for row in listed
        )
        entries = fold(tag("ul", items, class_="rz-entries"), t, of=heading)
        sections.append(tag("section", text("h3", heading) + entries))
    return "".join(sections)


@remembered
def claim_rows(choice: Chosen, t: Messages) -> pd.DataFrame:
    """The claims about the region in words, with the figures they rest on. Empty where the principles leave none."""
    import pandas as pd

    rows = ask("region_claims", region=choice.region, principles=choice.principles or None)
    found = records(rows)
    return rows.assign(
        statement=[t.name(row, "statement") for row in found],
        claimed_said=[amounts.claimed(row, t) for row in found],
        recounted_said=[amounts.recounted(row, t) for row in found],
        verdict_said=[t(f"verdict.{row['verdict']}") for row in found],
        observation_ids=pd.Series([_figures_of(row, choice) for row in found], index=rows.index, dtype="object"),
    )


def _figures_of(row: dict[str, Any], choice: Chosen) -> list[str]:
    """The figure that is the claim, then those of the recount, the region's own first."""
    recounted = sorted(row["recounted_ids"], key=lambda one: (one.split(":")[1] != choice.region, one))
    return list(dict.fromkeys([*row["claimed_ids"], *recounted]))


@remembered
def claims_html(choice: Chosen, t: Messages) -> str:
    """How many claims there are; and those that do not agree, with what is claimed, what the recount gives, the verdict."""
    rows = claim_rows(choice, t)
    every = len(ask("region_claims", region=choice.region))
    doubted = rows[~rows["verdict"].isin(AGREE)]
    return text("p", counted(len(rows), every, t), class_="rz-note") + _listed(doubted, t)


@remembered
def agreeing(choice: Chosen, t: Messages) -> int:
    """How many claims agree with the recount, within rounding or without it."""
    return int(claim_rows(choice, t)["verdict"].isin(AGREE).sum())


@remembered
def agreeing_html(choice: Chosen, t: Messages) -> str:
    """The claims that agree."""
    rows = claim_rows(choice, t)
    return _listed(rows[rows["verdict"].isin(AGREE)], t)


def _listed(claims: pd.DataFrame, t: Messages) -> str:
    return tag("ul", "".join(_claim(row, t) for row in records(claims)), class_="rz-entries") if len(claims) else ""


def _claim(row: dict[str, Any], t: Messages) -> str:
    if row["verdict"] == "cannot_be_checked":
        numbers_said = text("p", t.name(row, "reason") if isinstance(row["reason_kk"], str) else "")
        formula = None
    else:
        numbers_said = text(
            "p",
            t("claim.both", claimed=row["claimed_said"], recounted=row["recounted_said"]),
            class_="rz-claim-numbers",
        )
        formula = t.name(row, "formula")
    shown = row["observation_ids"][:MOST_RECOUNTED]
    rest = len(row["observation_ids"]) - len(shown)
    source = ""
    if formula or shown:
        computed = text("p", formula, class_="rz-formula") if formula else ""
        figures = passport.brief(shown, t) if shown else ""
        more = text("p", t.plural("passport.more", rest), class_="rz-eyebrow") if rest else ""
        source = tag("details", text("summary", t("passport.open")) + computed + figures + more, class_="rz-passport")
    return tag(
        "li",
        tag("p", verdict_mark(row["verdict"], t))
        + text("p", row["statement"])
        + numbers_said
        + tag("p", places.small(row, t))
        + source,
    )


@remembered
def gaps_html(choice: Chosen, t: Messages) -> str:
    """Indicators that other regions have and this one lacks, with the reason."""
    rows = records(ask("region_gaps", region=choice.region, principles=choice.principles or None))
    common = [row for row in rows if _is_common(row)]
    own = [row for row in rows if not _is_common(row)]
    if not rows:
        return text("p", t("region.gaps_none"), class_="rz-note")
    parts = []
    if common:
        parts.append(_gap_table(common, choice, t))
    if own:
        way = text("a", t("gaps.title"), href=link("sources", regions=choice.region), target="_self")
        parts.append(tag("p", escape(t("region.gaps_few", count=len(own)) + ". ") + way, class_="rz-note"))
    return "".join(parts)


def _is_common(row: dict[str, Any]) -> bool:
    return not numbers.is_missing(row["on_map"]) or len(row["known_ids"]) >= FEW_REGIONS


def _gap_table(rows: list[dict[str, Any]], choice: Chosen, t: Messages) -> str:
    body = [
        (
            escape(t.name(row)),
            escape("; ".join(row[f"periods_{t.language}"])),
            escape(_reason(row, choice, t)),
        )
        for row in rows
    ]
    head = [t("filter.metric"), t("table.period"), t("region.reason")]
    return table(head, body, caption=t("region.gaps_caption"), class_="rz-table rz-words")


def _reason(row: dict[str, Any], choice: Chosen, t: Messages) -> str:
    if row["has_other_periods"]:
        why = t("region.gap_period", count=len(row["known_ids"]))
        return f"{why} {t('region.gap_shymkent')}" if choice.region == SHYMKENT else why
    names = region_names(t)
    listed = ", ".join(name for region, name in names.items() if region in set(row["known_ids"]))
    if len(row["known_ids"]) == 1:
        return t("region.gap_single", name=listed)
    return t("region.gap_some", count=len(row["known_ids"]), names=listed)
