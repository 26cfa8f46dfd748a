"""Gaps: which regional indicators have no figure for which region and period, and why."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from rzh_ui import numbers
from rzh_ui.controls import Chosen
from rzh_ui.data import ask
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages, messages
from rzh_ui.region_map import alphabetical
from rzh_ui.remember import remembered
from rzh_ui.rows import records

if TYPE_CHECKING:
    import pandas as pd

FULL, PART, NONE = "●", "◐", "·"
"""Signs of a cell: every period has a figure, some have, none has."""

ONE_REGION, SPLIT = "one_region", "before_split"


def rows(choice: Chosen, t: Messages) -> pd.DataFrame:
    """Every gap in words: indicator, region, period, reason."""
    return _gaps(choice.regions, choice.principles, t.language)


@remembered
def _gaps(regions: tuple[str, ...], principles: tuple[str, ...], language: str) -> pd.DataFrame:
    t = messages(language)
    found = _coverage(regions, principles)
    found = found[~found["has_value"]]
    gaps = records(found)
    return found.assign(
        indicator=[t.name(row, "indicator") for row in gaps],
        region=[t.name(row, "region") for row in gaps],
        period=[t.name(row, "period") for row in gaps],
        why=[t(f"gap.{row['reason']}") for row in gaps],
    )


def _coverage(regions: tuple[str, ...], principles: tuple[str, ...]) -> pd.DataFrame:
    return ask("regional_coverage", regions=regions or None, principles=principles or None)


@remembered
def told_of_several(choice: Chosen) -> pd.DataFrame:
    """The coverage of the indicators that documents print for more than one region: what the matrix shows."""
    found = _coverage(choice.regions, choice.principles)
    return found[found["most_regions"] > 1]


@remembered
def sentence(choice: Chosen, t: Messages) -> str:
    """How much of what could be printed is, and how many indicators tell of one region only."""
    found = _coverage(choice.regions, choice.principles)
    indicators = found.drop_duplicates("indicator_id")
    return t(
        "gaps.finding",
        indicators=numbers.decimal(len(indicators), t),
        everywhere=numbers.decimal(int((indicators["most_regions"] >= 17).sum()), t),
        one=numbers.decimal(int((indicators["most_regions"] == 1).sum()), t),
        gaps=numbers.decimal(int((~found["has_value"]).sum()), t),
        cells=numbers.decimal(len(found), t),
    )


def matrix(choice: Chosen, t: Messages) -> str:
    """Indicators told of several regions × regions: in how many periods each has a figure; as HTML."""
    return _matrix(choice.regions, choice.principles, t.language)


@remembered
def _matrix(regions: tuple[str, ...], principles: tuple[str, ...], language: str) -> str:
    t = messages(language)
    found = _coverage(regions, principles)
    found = found[found["most_regions"] > 1]
    if found.empty:
        return ""
    regions_found = records(found.drop_duplicates("region_id"))
    names = {
        row["region_id"]: t.name(row, "region")
        for row in sorted(regions_found, key=lambda row: alphabetical(t.name(row, "region"), t))
    }
    head = text("th", t("gaps.indicator"), scope="col") + "".join(
        tag("th", text("span", name), scope="col") for name in names.values()
    )
    body = "".join(_line(records(cells), names, t) for _, cells in found.groupby("indicator_id", sort=False))
    inner = (
        text("caption", t("gaps.caption", full=FULL, part=PART, none=NONE))
        + tag("thead", tag("tr", head))
        + tag("tbody", body)
    )
    return tag(
        "div",
        tag("table", inner, class_="rz-table rz-gaps"),
        class_="rz-scroll",
        role="region",
        tabindex="0",
        aria_label=t("gaps.title"),
    )


def _line(cells: list[dict[str, Any]], names: dict[str, str], t: Messages) -> str:
    line = tag("th", escape(t.name(cells[0], "indicator")), scope="row")
    for region in names:
        own = [cell for cell in cells if cell["region_id"] == region]
        known = [t.name(cell, "period") for cell in own if cell["has_value"]]
        missing = [t.name(cell, "period") for cell in own if not cell["has_value"]]
        line += _cell(known, missing, own, t)
    return tag("tr", line)


def _cell(known: list[str], missing: list[str], own: list[dict[str, Any]], t: Messages) -> str:
    sign, kind = (NONE, "none") if not known else (PART, "part") if missing else (FULL, "full")
    title = None
    said = t("gaps.full") if known else t("gaps.none")
    if kind == "part":  # only there does the sign leave open which periods
        why = dict.fromkeys(t(f"gap.{cell['reason']}") for cell in own if not cell["has_value"])
        said = title = t(
            "gaps.known_in_part", known=", ".join(known), missing=", ".join(missing), reason="; ".join(why)
        )
    return text("td", sign, class_=f"rz-{kind}", aria_label=said, title=title)


@remembered
def reasons(choice: Chosen, t: Messages) -> str:
    """Each reason with the number of gaps it explains, as HTML."""
    counted = _coverage(choice.regions, choice.principles)["reason"].value_counts()
    items = (
        text("li", f"{t(f'gap.{reason}')} ({numbers.decimal(int(count), t)})") for reason, count in counted.items()
    )
    return tag("ul", "".join(items), class_="rz-brief")
