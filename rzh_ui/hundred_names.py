"""«100 жаңа есім»: from applications to winners, by year and in the regions that the documents name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rzh_ui import bars, numbers, theme
from rzh_ui.address import link
from rzh_ui.columns import Shown
from rzh_ui.controls import Chosen
from rzh_ui.data import ask
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records

if TYPE_CHECKING:
    import pandas as pd

PRINCIPLE = "competitiveness"
MEASURES = (("applications", 0), ("winners", 0), ("per_hundred", 1))
"""What is shown of a year or a region, with its decimals."""

COLUMNS = (
    Shown("applications", "hundred_names.applications", "count"),
    Shown("winners", "hundred_names.winners", "persons"),
    Shown("per_hundred", "hundred_names.per_hundred", "count", 2),
)


@remembered
def serves(principles: tuple[str, ...]) -> bool:
    """Whether the project serves one of `principles`; with none chosen it does."""
    return not principles or PRINCIPLE in principles


@remembered
def year_rows(t: Messages) -> pd.DataFrame:
    """The years and their sum, with the period in words."""
    rows = ask("hundred_names_years")
    return rows.assign(period=[t.name(row, "period") for row in records(rows)])


@remembered
def region_rows(regions: tuple[str, ...], t: Messages) -> pd.DataFrame:
    """The named regions that the filter leaves, with their names in the page's language."""
    rows = ask("hundred_names_regions", regions=regions or None)
    return rows.assign(region=[t.name(row, "short") for row in records(rows)])


@remembered
def finding(t: Messages) -> str:
    """Applications, winners and winners per hundred applications of all years together."""
    row = ask("hundred_names_years").iloc[-1]
    return t(
        "hundred_names.finding",
        applications=numbers.decimal(row["applications"], t),
        winners=numbers.decimal(row["winners"], t),
        rate=numbers.decimal(row["per_hundred"], t, 1),
    )


@remembered
def by_year(t: Messages) -> str:
    """Three bars a year, each measure on its own scale, as HTML."""
    rows = year_rows(t)
    years = records(rows[rows["period_id"] != "sum"])
    named = [(row["period"], None, row) for row in years]
    return _measures(named, t, head=t("table.period"), caption=t("hundred_names.by_year"))


@remembered
def by_region(rows: pd.DataFrame, choice: Chosen, t: Messages) -> str:
    """The same for the named regions; what is not printed stays empty and says so."""
    named = [(row["region"], link("region", region=row["region_id"]), row) for row in records(rows)]
    return _measures(named, t, head=t("table.region"), caption=t("hundred_names.by_region"), chosen=choice.region)


def _measures(
    named: Sequence[tuple[str, str | None, dict[str, Any]]],
    t: Messages,
    *,
    head: str,
    caption: str,
    chosen: str | None = None,
) -> str:
    longest = {
        measure: max((float(row[measure]) for _, _, row in named if not numbers.is_missing(row[measure])), default=1.0)
        for measure, _ in MEASURES
    }
    heads = [head, *(t(f"hundred_names.{measure}") for measure, _ in MEASURES)]
    body = []
    for name, href, row in named:
        heading = text("a", name, href=href, target="_self") if href else text("span", name)
        cells = tag("th", heading, scope="row")
        for measure, decimals in MEASURES:
            cells += _cell(row[measure], longest[measure], decimals, t(f"hundred_names.{measure}"), t)
        body.append(tag("tr", cells, class_="rz-chosen" if chosen and row.get("region_id") == chosen else None))
    inner = tag("thead", tag("tr", "".join(text("th", one, scope="col") for one in heads))) + tag(
        "tbody", "".join(body)
    )
    return tag("table", inner, class_="rz-measures rz-stacked", aria_label=caption)


def _cell(value: Any, longest: float, decimals: int, label: str, t: Messages) -> str:
    if numbers.is_missing(value):
        return text("td", t("figure.missing"), class_="rz-gap", data_label=label)
    bar = tag(
        "span", bars.fill(100 * float(value) / (longest or 1.0), theme.COUNT), class_="rz-bar-track", aria_hidden="true"
    )
    return tag(
        "td", text("span", numbers.decimal(float(value), t, decimals), class_="rz-bar-value") + bar, data_label=label
    )
