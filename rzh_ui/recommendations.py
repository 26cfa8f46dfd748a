"""What the documents find and recommend: for whom, under which principle, where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_data.classes import Classes, round_breaks
from rzh_ui import places, theme
from rzh_ui.address import link
from rzh_ui.columns import Shown
from rzh_ui.controls import KINDS, SCOPES, region_names
from rzh_ui.data import ask
from rzh_ui.drawn import controls_drawn_once
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.region_map import alphabetical
from rzh_ui.remember import remembered
from rzh_ui.rows import records

if TYPE_CHECKING:
    import pandas as pd

PAGE = "principles"
"""The page whose address opens a list."""

ANCHOR = "recommendations"
WITHOUT = "kind search show scope"
"""What a way from a matrix to a list takes out of the address, for `links.js`: a cell counts whatever the list looks for."""

SHOWN_FIRST = 8
"""Sentences listed before a visitor asks for all."""


@dataclass(frozen=True)
class Wanted:
    """Which findings and recommendations a visitor asks for; what is empty or None keeps all."""

    principles: tuple[str, ...]
    regions: tuple[str, ...]
    addressee: str | None
    kind: str | None
    scope: str | None
    search: str
    is_whole: bool

    def filters(self) -> tuple[str, ...]:
        """The filters in use, by their keys."""
        used = {
            "principles": self.principles,
            "regions": self.regions,
            "addressee": self.addressee,
            "kind": self.kind,
            "scope": self.scope,
            "search": self.search,
        }
        return tuple(key for key, value in used.items() if value)


def wanted() -> Wanted:
    """What the visitor asks for now."""
    state = st.session_state
    return Wanted(
        tuple(state["principles"]),
        tuple(state["regions"]),
        state["addressee"],
        None if state["kind"] == KINDS[0] else state["kind"],
        state["scope"],
        state["search"],
        state["show"] == "all",
    )


@remembered
def addressee_names(t: Messages) -> dict[str, str]:
    """Names of all addressees by id: bodies, regions by the alphabet, all at once."""
    rows = records(ask("addressees"))
    bodies = {row["addressee_id"]: t.name(row) for row in rows if row["kind"] == "body"}
    regions = {row["addressee_id"]: t.name(row) for row in rows if row["kind"] == "region"}
    return {
        **bodies,
        **dict(sorted(regions.items(), key=lambda one: alphabetical(one[1], t))),
        "all_regions": t("addressee.all_regions"),
        "project_office": t("addressee.project_office"),
    }


@remembered
def _principle_names(t: Messages) -> dict[str, str]:
    return {row["principle_id"]: t.name(row) for row in records(ask("principles"))}


@remembered
def counts(principles: tuple[str, ...]) -> dict[tuple[str, str | None], tuple[int, int]]:
    """Findings and recommendations by addressee and principle; principle None: the programme as a whole."""
    rows = ask("recommendation_counts", principles=principles or None)
    return {
        (row["addressee_id"], row["principle_id"] if isinstance(row["principle_id"], str) else None): (
            int(row["findings"]),
            int(row["recommendations"]),
        )
        for row in records(rows)
    }


@remembered
def matrix(kind: str, principles: tuple[str, ...], regions: tuple[str, ...], t: Messages) -> str:
    """Addressees × principles, findings and recommendations in each cell, each cell a link to its list, as HTML.

    Args:
        kind: `body` for ministries and bodies, `region` for regions with those for all regions and offices below.
    """
    known = counts(principles)
    columns = matrix_columns(principles, t)
    rows = _matrix_rows(kind, regions, t)
    classes = matrix_classes()
    body = []
    for addressee, label in rows:
        cells = [known.get((addressee, column), (0, 0)) for column in columns]
        line = tag("th", label, scope="row")
        for column, pair in zip(columns, cells, strict=True):
            line += _cell(pair, addressee, column, t, shade=f"b{classes.of(float(sum(pair)))}")
        line += _cell(_sum(cells), addressee, "all", t)
        body.append(tag("tr", line))
    totals = [_sum([known.get((addressee, column), (0, 0)) for addressee, _ in rows]) for column in columns]
    foot = text("th", t("table.total"), scope="row") + "".join(
        text("td", pair_said(pair)) for pair in [*totals, _sum(totals)]
    )
    head = [t("table.addressee"), *columns.values(), t("table.total")]
    caption = t("principles.matrix_bodies" if kind == "body" else "principles.matrix_regions")
    inner = (
        text("caption", caption + " " + t("principles.matrix_reading"))
        + tag("thead", tag("tr", "".join(text("th", cell, scope="col") for cell in head)))
        + tag("tbody", "".join(body))
        + tag("tfoot", tag("tr", foot))
    )
    return tag(
        "div",
        tag("table", inner, class_="rz-table rz-heat rz-matrix", style=_colours(classes), data_without=WITHOUT),
        class_="rz-scroll",
        role="region",
        tabindex="0",
        aria_label=caption,
    )


def matrix_addressees(kind: str, regions: tuple[str, ...], t: Messages) -> list[str]:
    """The addressees that are the rows of a matrix: bodies; or the regions that the filter leaves, with all of them and
    their offices together where it leaves all.
    """
    if kind == "body":
        return [row["addressee_id"] for row in records(ask("addressees")) if row["kind"] == "body"]
    names = addressee_names(t)
    known = [one for one in region_names(t) if one in names and (not regions or one in regions)]
    return known + ([] if regions else ["all_regions", "project_office"])


def matrix_columns(principles: tuple[str, ...], t: Messages) -> dict[str | None, str]:
    """The columns of a matrix with their names; None is the programme as a whole."""
    columns: dict[str | None, str] = {
        one: name for one, name in _principle_names(t).items() if not principles or one in principles
    }
    return columns if principles else {**columns, None: t("principles.whole_programme")}


def matrix_classes() -> Classes:
    """Classes that shade the cells, whatever is filtered."""
    return round_breaks([float(sum(pair)) for pair in counts(()).values()])


def _matrix_rows(kind: str, regions: tuple[str, ...], t: Messages) -> list[tuple[str, str]]:
    """Addressees of a matrix with their labels as HTML."""
    names = addressee_names(t)
    short = {row["addressee_id"]: t.name(row, "short") for row in records(ask("addressees")) if row["kind"] == "body"}
    return [
        (
            one,
            text("b", short[one]) + text("span", names[one], class_="rz-full")
            if one in short
            else text("b", names[one]),
        )
        for one in matrix_addressees(kind, regions, t)
    ]


def _colours(classes: Classes) -> str:
    """What the classes look like, said once for all cells."""
    shades = theme.shades(classes.count)
    return "".join(f"--b{at}:{shade.css};--b{at}-ink:{shade.ink};" for at, shade in enumerate(shades))


def _sum(pairs: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)


def pair_said(pair: tuple[int, int]) -> str:
    """Findings and recommendations of one cell."""
    return f"{pair[0]} + {pair[1]}" if sum(pair) else "0"


def _cell(
    pair: tuple[int, int],
    addressee: str,
    principle: str | None,
    t: Messages,
    *,
    shade: str | None = None,
) -> str:
    """One cell; `principle` None is the programme as a whole, "all" the total of the row. Row and column say whose it is."""
    if not sum(pair):
        return text("td", "0", class_="rz-none")
    changes: dict[str, str | None] = {"addressee": addressee}
    if addressee not in region_names(t):
        changes["regions"] = None
    if principle is None:
        changes |= {"principles": None, "scope": SCOPES[0]}
    elif principle != "all":
        changes["principles"] = principle
    anchor = text(
        "a",
        pair_said(pair),
        href=f"{link(PAGE, **changes)}#{ANCHOR}",
        target="_self",
    )
    return tag("td", anchor, class_=shade)


def pick(t: Messages) -> None:
    """The filters of the list: whom it is for, what kind, words to look for."""
    _pick(bool(st.session_state["scope"]), t)


@controls_drawn_once
def _pick(has_scope: bool, t: Messages) -> None:
    names = addressee_names(t)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.selectbox(
            t("filter.addressee"),
            list(names),
            format_func=names.__getitem__,
            index=None,
            placeholder=t("filter.addressee_all"),
            key="addressee",
            persist_state="session",
            width=480,
        )
        kinds = {KINDS[0]: t("kind.every"), "finding": t("kind.findings"), "recommendation": t("kind.recommendations")}
        st.segmented_control(
            t("filter.kind"), KINDS, format_func=kinds.__getitem__, key="kind", required=True, persist_state="session"
        )
        st.text_input(
            t("filter.search"),
            key="search",
            max_chars=100,
            placeholder=t("filter.search_hint"),
            persist_state="session",
            width=320,
        )
    if has_scope:
        st.pills(
            t("filter.scope"),
            ("programme",),
            format_func=lambda _: t("principles.whole_programme"),
            key="scope",
            persist_state="session",
        )


@remembered
def found(asked: Wanted, t: Messages) -> pd.DataFrame:
    """What the filters leave."""
    return ask(
        "recommendations",
        principles=asked.principles or None,
        regions=asked.regions or None,
        addressee=asked.addressee,
        kind=asked.kind,
        scope=asked.scope,
        search=asked.search or None,
        language=t.language,
    )


@remembered
def count_sentence(rows: pd.DataFrame, t: Messages) -> str:
    """How many there are of each kind."""
    kinds = rows["kind"].value_counts()
    return t(
        "principles.found",
        count=len(rows),
        whole=len(ask("recommendations", language=t.language)),
        findings=int(kinds.get("finding", 0)),
        recommendations=int(kinds.get("recommendation", 0)),
    )


@remembered
def listed(rows: pd.DataFrame, is_whole: bool, t: Messages) -> str:
    """The sentences under the names of their addressees, each with principle, kind and place, as HTML."""
    shown = records(rows if is_whole else rows.head(SHOWN_FIRST))
    parts: list[str] = []
    items: list[str] = []
    for index, row in enumerate(shown):
        items.append(_sentence(row, t))
        if index + 1 == len(shown) or shown[index + 1]["addressee_id"] != row["addressee_id"]:
            parts.append(text("h3", addressee_names(t)[row["addressee_id"]]))
            parts.append(tag("ul", "".join(items), class_="rz-said"))
            items = []
    if len(shown) < len(rows):
        more = text(
            "a",
            t("principles.show_all", count=len(rows)),
            href=f"{link(PAGE, show='all')}#{ANCHOR}",
            target="_self",
        )
        parts.append(
            tag("p", text("span", t("principles.shown_first", count=len(shown))) + " " + more, class_="rz-more")
        )
    return tag("div", "".join(parts), class_="rz-list")


def _sentence(row: dict[str, Any], t: Messages) -> str:
    principle = row["principle_id"]
    under = _principle_names(t)[principle] if isinstance(principle, str) else t("principles.whole_programme")
    kind = t("kind.finding" if row["kind"] == "finding" else "kind.recommendation")
    office = (
        " · " + t("addressee.office")
        if row["addressee_type"] == "project_office" and row["addressee_id"] != "project_office"
        else ""
    )
    label = text("b", kind) + escape(f" · {under}{office}")
    return places.item(
        tag("span", label, class_=f"rz-kind rz-kind-{row['kind']}") + text("span", t.name(row, "text")), row, t
    )


COLUMNS = (
    Shown("addressee", "table.addressee"),
    Shown("principle", "filter.principles"),
    Shown("kind_said", "filter.kind"),
    Shown("said", "table.text"),
    Shown("place", "table.place"),
)


@remembered
def in_words(rows: pd.DataFrame, t: Messages) -> pd.DataFrame:
    """The list as a table of words, to look through and to take away. `rows`: as from `found`."""
    names, principles = addressee_names(t), _principle_names(t)
    found = records(rows)
    return rows.assign(
        addressee=[names[row["addressee_id"]] for row in found],
        principle=[principles.get(row["principle_id"], t("principles.whole_programme")) for row in found],
        kind_said=[t("kind.finding" if row["kind"] == "finding" else "kind.recommendation") for row in found],
        said=[t.name(row, "text") for row in found],
        place=[places.said(row, t) for row in found],
    )


MATRIX_COLUMNS = (
    Shown("addressee", "table.addressee"),
    Shown("principle", "filter.principles"),
    Shown("findings", "kind.findings", "count"),
    Shown("recommendations", "kind.recommendations", "count"),
)


@remembered
def matrix_rows(kind: str, principles: tuple[str, ...], regions: tuple[str, ...], t: Messages) -> pd.DataFrame:
    """A matrix as one row an addressee and principle, for the twin table. `kind`: as in `matrix`."""
    import pandas as pd

    known, names = counts(principles), addressee_names(t)
    rows = []
    for addressee in matrix_addressees(kind, regions, t):
        for column, principle in matrix_columns(principles, t).items():
            findings, recommendations = known.get((addressee, column), (0, 0))
            rows.append((names[addressee], principle, findings, recommendations))
    return pd.DataFrame(rows, columns=["addressee", "principle", "findings", "recommendations"])
