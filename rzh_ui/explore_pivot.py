"""Figures laid out as rows × columns, and what may be done with several figures in one cell.

A sum is refused wherever it would be nobody's figure: over another unit, over parts and their whole, over periods that lie
in one another, over figures that the data says may not be added. The refusal says which, and where.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rzh_ui import explore_choices as choices
from rzh_ui import numbers
from rzh_ui.explore_choices import NO_COLUMNS, Wanted
from rzh_ui.explore_facets import COUNTRY
from rzh_ui.i18n import Messages
from rzh_ui.region_map import alphabetical
from rzh_ui.remember import remembered
from rzh_ui.rows import records

if TYPE_CHECKING:
    import pandas as pd

WHOLE = ""
"""Id of the row or column of figures that speak of no part: everybody, no breakdown."""


@dataclass(frozen=True)
class Refusal:
    """Why values may not be taken together.

    Attributes:
        code: `explore.refused_<code>` tells it.
        name: what it is about: an indicator, a unit, a period.
        row, column: ids of the cell where it was met; empty where there is no such dimension.
    """

    code: str
    name: str = ""
    row: str = ""
    column: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell: its value (None where several figures stand for one), and all that must be said beside it."""

    value: float | None
    unit: str
    decimals: int
    qualifier: str
    count: int
    is_computed: bool
    observation_ids: tuple[str, ...]


@dataclass(frozen=True)
class Pivot:
    """Figures by row and column.

    Attributes:
        rows, columns: ids in order; one empty column where there is no second dimension.
        cells: by (row, column); no figure, no cell.
        refusal: why there is nothing to show; None where there is.
        stack_refusal: why the columns of a row may not be laid on one another.
        hidden: figures left out because another wording of the same figure is the one that pages show.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]
    refusal: Refusal | None
    stack_refusal: Refusal | None
    hidden: int

    @property
    def units(self) -> tuple[str, ...]:
        """Units of the cells, each once."""
        return tuple(dict.fromkeys(cell.unit for cell in self.cells.values()))

    def is_clear(self) -> bool:
        """Whether every cell says one value."""
        return self.refusal is None and all(cell.value is not None for cell in self.cells.values())


def pivot(rows: pd.DataFrame, wanted: Wanted, t: Messages) -> Pivot:
    """The figures by the two dimensions that are wanted.

    Args:
        rows: as `explore_facets.left` gives them.
        t: the page's language; names stand in the order of its alphabet.
    """
    shown = records(rows[rows["preferred"]])
    hidden = len(rows) - len(shown)
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in shown:
        grouped.setdefault((_id(row, wanted.rows), _id(row, wanted.columns)), []).append(row)
    cells: dict[tuple[str, str], Cell] = {}
    for (row_id, column_id), members in grouped.items():
        code, name = _refused(members, wanted)
        if code:
            return Pivot((), (), {}, Refusal(code, name, row_id, column_id), None, hidden)
        cells[row_id, column_id] = _cell(members, wanted)
    return Pivot(
        _in_order(wanted.rows, shown, t),
        _in_order(wanted.columns, shown, t),
        cells,
        None,
        _stack_refusal(grouped, wanted),
        hidden,
    )


def _id(row: dict[str, Any], dimension: str) -> str:
    if dimension == NO_COLUMNS:
        return WHOLE
    one = row["topic" if dimension == "topic" else f"{dimension}_id"]
    return one if isinstance(one, str) else WHOLE


def _in_order(dimension: str, rows: list[dict[str, Any]], t: Messages) -> tuple[str, ...]:
    """Ids of a dimension: periods in time and spans of them at the end, the whole and the country first, all else by name or as the data has it."""
    ids: dict[str, Any] = {}
    for row in rows:
        one = _id(row, dimension)
        if dimension == "period":
            ids[one] = (row["period_kind"] == "span", row["start"], row["end"])
        elif dimension == "region":
            ids[one] = (one != COUNTRY, alphabetical(t.name(row, "region"), t))
        else:
            ids.setdefault(one, (one != WHOLE, len(ids)))
    return tuple(sorted(ids, key=lambda one: ids[one]))


def _refused(members: list[dict[str, Any]], wanted: Wanted) -> tuple[str, str]:
    if len(members) == 1 or wanted.measure in ("single", "count"):
        return "", ""
    if wanted.measure == "sum":
        return not_added(members, wanted.per)
    return _not_compared(members)


def _not_compared(members: list[dict[str, Any]]) -> tuple[str, str]:
    """Why the smallest or largest of these figures would say nothing: code and name; two empty texts where it would."""
    units = sorted({row["unit"] for row in members})
    if len(units) > 1:
        return "mixed_units", ""
    if len({row["indicator_id"] for row in members}) > 1:
        return "several_indicators", ""
    if members[0]["aggregation"] == "sum":
        return _nested(members)
    return "", ""


def not_added(members: list[dict[str, Any]], per: str) -> tuple[str, str]:
    """Why figures may not be added: code of the reason and what it names; two empty texts where they may."""
    if len({row["unit"] for row in members}) > 1:
        return "mixed_units", ""
    if len({row["indicator_id"] for row in members}) > 1:
        return "several_indicators", ""
    if members[0]["aggregation"] != "sum":
        return "not_additive", str(members[0]["indicator_id"])
    if per == "capita":
        return "per_capita", ""
    if len({(_id(row, "group"), _id(row, "category")) for row in members}) > 1:
        return "parts", ""
    if per == "month" and len({row["period_id"] for row in members}) > 1:
        return "per_month", ""
    return _nested(members)


def _nested(members: list[dict[str, Any]]) -> tuple[str, str]:
    """Whether one figure holds another: the country its regions, a span its years."""
    regions = {row["region_id"] for row in members}
    if COUNTRY in regions and len(regions) > 1:
        return "nested_regions", ""
    spans = sorted({(row["start"], row["end"], row["period_id"]) for row in members})
    for before, after in itertools.pairwise(spans):
        if after[0] <= before[1]:
            return "nested_periods", str(before[2] if before[1] >= after[1] else after[2])
    return "", ""


def _stack_refusal(grouped: dict[tuple[str, str], list[dict[str, Any]]], wanted: Wanted) -> Refusal | None:
    by_row: dict[str, list[dict[str, Any]]] = {}
    for (row_id, _), members in grouped.items():
        by_row.setdefault(row_id, []).extend(members)
    if wanted.measure == "count":
        return None
    for row_id, members in by_row.items():
        code, name = not_added(members, wanted.per) if len(members) > 1 else ("", "")
        if code:
            return Refusal(code, name, row_id)
    return None


def _cell(members: list[dict[str, Any]], wanted: Wanted) -> Cell:
    first = members[0]
    observation_ids = tuple(dict.fromkeys(one for row in members for one in row["observation_ids"]))
    unit, decimals = first["unit"], decimals_of(first, wanted.per)
    if wanted.measure == "count":
        return Cell(float(len(members)), "count", 0, "=", len(members), True, observation_ids)
    if len(members) == 1:
        return Cell(
            float(first["value"]), unit, decimals, first["qualifier"], 1, bool(first["is_computed"]), observation_ids
        )
    if wanted.measure == "single":
        return Cell(None, unit, decimals, "=", len(members), False, observation_ids)
    if wanted.measure == "sum":
        is_firm = all(row["qualifier"] == "=" for row in members)
        value = sum(float(row["value"]) for row in members)
        return Cell(value, unit, decimals, "=" if is_firm else "~", len(members), True, observation_ids)
    pick = min if wanted.measure == "lowest" else max
    best = pick(members, key=lambda row: float(row["value"]))
    return Cell(
        float(best["value"]), unit, decimals, best["qualifier"], len(members), True, tuple(best["observation_ids"])
    )


def decimals_of(row: dict[str, Any], per: str) -> int:
    """Decimals that a figure is shown with: those of its indicator, more where it is spread over inhabitants or months."""
    if per == "total":
        return int(row["decimals"])
    if row["unit"] == numbers.MONEY:
        return 2 if per == "capita" else 0
    return 5 if per == "capita" else 2


def label(dimension: str, one: str, t: Messages) -> str:
    """Name of a row or column."""
    if one == WHOLE:
        return t(f"explore.whole_{dimension}") if dimension in ("group", "category") else t("table.value")
    if dimension == "topic":
        return t(f"topic.{one}")
    if dimension == "category":
        return _categories(t.language)[one]
    return choices.names(t.language)[dimension, one]


@remembered
def _categories(language: str) -> dict[str, str]:
    from rzh_ui.data import ask

    rows = ask("explorer_figures").dropna(subset=["category_id"])
    return dict(zip(rows["category_id"], rows[f"category_{language}"], strict=True))


def said(cell: Cell | None, t: Messages, *, is_short: bool = False) -> str:
    """What stands in a cell; `is_short` as `numbers.quantity` takes it."""
    if cell is None:
        return t("figure.missing")
    if cell.value is None:
        return t.plural("explore.figures", cell.count)
    value = numbers.quantity(cell.value, cell.unit, t, decimals=cell.decimals, is_short=is_short)
    return numbers.qualified(value, cell.qualifier, t)


def why(refusal: Refusal, wanted: Wanted, t: Messages) -> str:
    """The refusal in one sentence, with the cell where it was met."""
    named = refusal.name
    if refusal.code == "not_additive":
        named = choices.names(t.language)["indicator", refusal.name]
    elif refusal.code == "nested_periods":
        named = choices.names(t.language)["period", refusal.name]
    parts = [
        label(dimension, one, t)
        for dimension, one in ((wanted.rows, refusal.row), (wanted.columns, refusal.column))
        if one
    ]
    sentence = t(f"explore.refused_{refusal.code}", name=named)
    return f"{sentence} {t('explore.refused_where', cell=' × '.join(parts))}" if parts else sentence
