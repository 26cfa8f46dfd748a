"""The explorer's facets: which figures are left, how many each further choice would leave, and the search for names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_data.search import Entry, Hit, find
from rzh_ui import explore_choices as choices
from rzh_ui.data import ask
from rzh_ui.drawn import controls_drawn_once, unfolded
from rzh_ui.explore_choices import FACETS, Wanted, key_of
from rzh_ui.html import text
from rzh_ui.i18n import Messages
from rzh_ui.region_map import alphabetical
from rzh_ui.remember import remembered
from rzh_ui.rows import records

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = {
    "topic": "topic",
    "indicator": "indicator_id",
    "region": "region_id",
    "period": "period_id",
    "principle": "principle_ids",
    "project": "project_id",
    "group": "group_id",
    "document": "document_ids",
    "origin": "origin",
}
"""Column of `explorer_figures` that each facet looks at; a list holds several ids."""

OPEN_AT_FIRST = ("topic",)

SEARCHED = ("region", "indicator", "topic", "project")
COUNTRY = "kazakhstan"


@dataclass(frozen=True)
class Left:
    """What the choices leave.

    Attributes:
        wanted: the choices.
        kept: places of the figures in the pool.
        counts: for each facet, figures by id as the choices in all other facets leave them.
        without_basis: figures of the pool that have no value on the chosen basis.
    """

    wanted: Wanted
    kept: tuple[int, ...]
    counts: dict[str, dict[str, int]]
    without_basis: int

    @property
    def rows(self) -> pd.DataFrame:
        """The figures, as `explorer_figures.sql` gives them, with `value` on the chosen basis."""
        return _pool(self.wanted.per).iloc[list(self.kept)]


@remembered
def left(wanted: Wanted) -> Left:
    """The figures that all choices leave, and the counts of every facet given the others."""
    chosen = {facet: frozenset(wanted.of(facet)) for facet in FACETS}
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    kept, without_basis = [], 0
    pool = _pool(wanted.per)
    for place, (row, has_value) in enumerate(zip(_ids_of(pool), pool["value"].notna(), strict=True)):
        if not _is_on_page(row, wanted):
            continue
        if not has_value:
            without_basis += 1
            continue
        misses = [facet for facet in FACETS if chosen[facet] and chosen[facet].isdisjoint(row[facet])]
        if not misses:
            kept.append(place)
        for facet in FACETS if not misses else misses if len(misses) == 1 else ():
            counts[facet].update(row[facet])
    return Left(wanted, tuple(kept), {facet: dict(found) for facet, found in counts.items()}, without_basis)


def _is_on_page(row: dict[str, tuple[str, ...]], wanted: Wanted) -> bool:
    """Whether the filters that every page has let a figure through."""
    return (not wanted.principles or not set(wanted.principles).isdisjoint(row["principle"])) and (
        not wanted.regions or row["region"][0] in wanted.regions
    )


@remembered
def _pool(per: str) -> pd.DataFrame:
    """All figures with their value on the chosen basis; a figure that has none there is without value."""
    rows = ask("explorer_figures")
    if per != "total":
        column = {"capita": "value_per_inhabitant", "month": "value_per_month"}[per]
        rows = rows.assign(value=rows[column], is_computed=True)
    return rows.assign(origin=["computed" if computed else "printed" for computed in rows["is_computed"]])


@remembered
def _ids_of(pool: pd.DataFrame) -> list[dict[str, tuple[str, ...]]]:
    """The ids of every figure by facet; none where the facet does not speak of it."""

    def several(cell: Any) -> tuple[str, ...]:
        if isinstance(cell, str):
            return (cell,)
        return () if cell is None or isinstance(cell, float) else tuple(cell)

    columns = [[several(cell) for cell in pool[COLUMNS[facet]]] for facet in FACETS]
    return [dict(zip(FACETS, cells, strict=True)) for cells in zip(*columns, strict=True)]


def name(facet: str, one: str, t: Messages) -> str:
    """What an id of a facet is called."""
    if facet == "topic":
        return t(f"topic.{one}")
    if facet == "origin":
        return t(f"table.{one}")
    return choices.names(t.language)[facet, one]


def draw(found: Left, wanted: Wanted, t: Messages) -> None:
    """The facets, one under the other: each opens, and offers what the choices in the others leave."""
    for facet in FACETS:
        chosen = wanted.of(facet)
        label = t(f"filter.{key_of(facet)}")
        if chosen:
            label = f"{label}: {', '.join(name(facet, one, t) for one in chosen[:2])}{'…' if len(chosen) > 2 else ''}"
        opened = unfolded(label, key=f"facet_{facet}", at_first=facet in OPEN_AT_FIRST)
        if opened is not None:
            with opened:
                _offer(facet, found.counts[facet], chosen, t)


def _offer(facet: str, counts: dict[str, int], chosen: tuple[str, ...], t: Messages) -> None:
    offered = _ordered(facet, frozenset((*counts, *chosen)), t)
    if not offered:
        st.html(text("p", t("explore.facet_empty"), class_="rz-note"))
        return
    _pick(facet, tuple((one, counts.get(one, 0)) for one in offered), t)


@controls_drawn_once
def _pick(facet: str, offered: tuple[tuple[str, int], ...], t: Messages) -> None:
    counts = dict(offered)
    st.pills(
        t(f"filter.{key_of(facet)}"),
        list(counts),
        format_func=lambda one: f"{name(facet, one, t)} · {counts[one]}",
        selection_mode="multi",
        key=key_of(facet),
        label_visibility="collapsed",
        persist_state="session",
    )


@remembered
def _ordered(facet: str, ids: frozenset[str], t: Messages) -> list[str]:
    """Ids in the order in which a reader looks for them: time and lists of the programme as they are, names by alphabet."""
    if facet in ("topic", "region", "indicator"):
        return sorted(ids, key=lambda one: (one != COUNTRY, alphabetical(name(facet, one, t), t)))
    order = (
        list(choices.ORIGINS)
        if facet == "origin"
        else [one for kind, one in choices.names(t.language) if kind == facet]
    )
    return [one for one in order if one in ids]


def clear() -> None:
    """Takes all facets back (on a click, before the page is drawn)."""
    for facet in FACETS:
        st.session_state[key_of(facet)] = []
    st.session_state["look"] = ""


@remembered
def summary(found: Left, wanted: Wanted, t: Messages) -> str:
    """How many figures are left, and of what, in one sentence."""
    sentence = t.plural("explore.left", len(found.kept), indicators=found.rows["indicator_id"].nunique())
    if found.without_basis and wanted.per != "total":
        sentence += " " + t.plural("explore.without_basis", found.without_basis)
    return sentence


@remembered
def _entries(t: Messages) -> tuple[Entry, ...]:
    """What the search knows: names in all three languages, whatever the language of the page."""
    rows = [row for row in records(ask("explorer_names")) if row["facet"] in SEARCHED]
    full = {row["region_id"]: row for row in records(ask("regions"))}
    found = []
    for row in rows:
        known = [(language, row[f"name_{language}"]) for language in ("kk", "ru", "en")]
        if row["facet"] == "region" and row["id"] in full:
            own = full[row["id"]]
            known += [
                (language, own[f"{stem}_{language}"])
                for stem in ("name", "centre")
                for language in ("kk", "ru", "en")
                if isinstance(own[f"{stem}_{language}"], str)
            ]
        found.append(Entry(row["facet"], row["id"], tuple(known)))
    topics = sorted(set(ask("explorer_figures")["topic"]))
    return (*found, *(Entry("topic", topic, ((t.language, t(f"topic.{topic}")),)) for topic in topics))


@remembered
def hits(words: str, t: Messages) -> tuple[Hit, ...]:
    """What the words may mean, best first."""
    return tuple(find(words, _entries(t)))


def search(found: Left, wanted: Wanted, t: Messages) -> None:
    """The field for words, and what they may mean: a click takes it as a facet."""
    _look(t)
    words = st.session_state["look"]
    if not words:
        return
    meant = hits(words, t)
    if not meant:
        st.html(text("p", t("explore.look_nothing", words=words), class_="rz-note", role="status"))
        return
    for hit in meant:
        is_chosen = hit.entry_id in wanted.of(hit.kind)
        count = found.counts[hit.kind].get(hit.entry_id, 0)
        st.button(
            f"{'✓ ' if is_chosen else ''}{name(hit.kind, hit.entry_id, t)} · {count}",
            key=f"hit_{hit.kind}_{hit.entry_id}",
            on_click=partial(_take, hit.kind, hit.entry_id),
            width="stretch",
        )
        st.html(text("p", _why(hit, t), class_="rz-eyebrow"))


@controls_drawn_once
def _look(t: Messages) -> None:
    st.text_input(
        t("filter.look"),
        key="look",
        max_chars=60,
        placeholder=t("explore.look_hint"),
        persist_state="session",
    )


def _take(facet: str, one: str) -> None:
    """Chooses what was found, or lets go of it where it is chosen."""
    chosen = list(st.session_state[key_of(facet)])
    st.session_state[key_of(facet)] = [other for other in chosen if other != one] if one in chosen else [*chosen, one]


def _why(hit: Hit, t: Messages) -> str:
    """Which name was found, and how it differs from what was written."""
    parts = [t(f"filter.{key_of(hit.kind)}"), f"«{hit.name}»"]
    if hit.is_transliterated:
        parts.append(t("explore.look_other_script"))
    if hit.is_slip:
        parts.append(t("explore.look_slip"))
    return " · ".join(parts)
