"""Foresight research and training as the documents describe them, package by package."""

from __future__ import annotations

from html import escape
from typing import Any

from rzh_ui import numbers, places
from rzh_ui.data import ask
from rzh_ui.headline import Tile
from rzh_ui.html import table, tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import by, records

FIGURES = ("foresight_parts", "foresight_horizon_years", "training_webinars", "training_modules")
ASSIGNED, NAMED = "foresight_direction", "foresight_direction_named"
TYPES = (ASSIGNED, NAMED, "foresight_stage", "foresight_method", "foresight_result", "foresight_group", "training")
INCLUSIVE = "evolution_foresight_direction_01"
"""The direction whose four groups the documents name."""

WEBINARS_2020, PLAN_2021 = "guide_training_01", "guide_training_02"
"""Items of the outreach guide that its modules belong to."""

Row = dict[str, Any]


def _items(principles: tuple[str, ...], *types: str) -> list[Row]:
    return records(ask("programme_items", types=types or TYPES, principles=principles or None))


@remembered
def _principle_names(t: Messages) -> dict[str, str]:
    return {row["principle_id"]: t.name(row) for row in records(ask("principles"))}


def _package(row: Row, t: Messages) -> str:
    package = row["package_id"]
    return _principle_names(t)[package] if isinstance(package, str) else t("foresight.guide")


@remembered
def tiles(t: Messages) -> str:
    """Stages, directions, groups, horizon, webinars and modules, each with its passport, as HTML."""
    rows = records(ask("country_figures", indicators=FIGURES))

    def figure(indicator: str, *, category: str | None = None, period: str | None = None) -> Row:
        return next(
            row
            for row in rows
            if row["indicator_id"] == indicator
            and (category is None or row["category_id"] == category)
            and (period is None or row["period_id"] == period)
        )

    shown = [
        (t("foresight.tile_stages"), figure("foresight_parts", category="foresight_stage"), t("foresight.since_2020")),
        (
            t("foresight.tile_directions"),
            figure("foresight_parts", category="foresight_direction"),
            t("foresight.since_2020"),
        ),
        (
            t("foresight.tile_groups"),
            figure("foresight_parts", category="foresight_target_category"),
            t("foresight.inclusive_short"),
        ),
        (t("foresight.tile_horizon"), figure("foresight_horizon_years"), t("foresight.horizon_of")),
        (t("foresight.tile_webinars"), figure("training_webinars"), "2020"),
    ]
    made = [Tile(name, numbers.decimal(row["value"], t), when, (row["observation_id"],)) for name, row, when in shown]
    held, planned = (figure("training_modules", period=year) for year in ("2020", "2021"))
    modules = " → ".join(numbers.decimal(row["value"], t) for row in (held, planned))
    identities = (held["observation_id"], planned["observation_id"])
    made.append(Tile(t("foresight.tile_modules"), modules, t("foresight.planned_2021"), identities))
    return tag("div", "".join(tile.html(t) for tile in made), class_="rz-tiles")


@remembered
def stages(principles: tuple[str, ...], t: Messages) -> str:
    """The stages side by side with what each package that names them says, as HTML; "" where none is left."""
    numbered: dict[int, list[Row]] = {}
    for row in _items(principles, "foresight_stage"):
        numbered.setdefault(int(row["sort_order"]), []).append(row)
    blocks = ""
    for number, rows in sorted(numbered.items()):
        lines = "".join(
            places.item(escape(f"{_package(row, t)}: {t.name(row, 'text')}"), row, t, within="section") for row in rows
        )
        content = text("p", str(number), class_="rz-card-value") + text(
            "p", t.name(rows[0], "text"), class_="rz-card-title"
        )
        blocks += tag("article", content + tag("ul", lines, class_="rz-places"), class_="rz-card rz-step")
    return tag("div", blocks, class_="rz-cards") if blocks else ""


@remembered
def directions(principles: tuple[str, ...], t: Messages) -> str:
    """Directions × packages: which package assigns a direction to its principle, which only names it, as an HTML table."""
    rows = _items((), ASSIGNED, NAMED)
    names = {row["item_id"]: row for row in rows if not isinstance(row["parent_id"], str)}
    cells: dict[tuple[str, str], Row] = {}
    for row in rows:
        direction = row["parent_id"] if isinstance(row["parent_id"], str) else row["item_id"]
        cells[direction, row["package_id"]] = row
    packages = {key: name for key, name in _principle_names(t).items() if not principles or key in principles}
    body = [
        [text("b", t.name(row, "text"))]
        + [_direction_cell(cells.get((direction, package)), t.name(row, "text"), t) for package in packages]
        for direction, row in names.items()
    ]
    return table(
        [t("foresight.direction"), *packages.values()],
        body,
        caption=t("foresight.directions_caption"),
        class_="rz-table rz-wrap rz-says",
        is_stacked=True,
    )


def _direction_cell(row: Row | None, direction: str, t: Messages) -> str:
    if row is None:
        return text("span", t("foresight.silent"), class_="rz-gap")
    said = (
        text("b", "● " + t("foresight.assigns"), class_="rz-assigns")
        if row["type"] == ASSIGNED
        else text("span", "○ " + t("foresight.names"))
    )
    wording = t.name(row, "text")
    return (
        said
        + (text("span", wording, class_="rz-full") if wording != direction else "")
        + places.small(row, t, within="section")
    )


@remembered
def directions_sentence(t: Messages) -> str:
    """Who claims what, in one sentence made from the table."""
    rows = _items((), ASSIGNED, NAMED)
    claimed: dict[str, list[str]] = {}
    for row in rows:
        if row["type"] == ASSIGNED:
            direction = row["parent_id"] if isinstance(row["parent_id"], str) else row["item_id"]
            claimed.setdefault(direction, []).append(_package(row, t))
    names = by(ask("programme_items", types=(ASSIGNED, NAMED)), "item_id")
    said = "; ".join(
        f"«{t.name(names[one], 'text')}» – {', '.join(packages)}" for one, packages in sorted(claimed.items())
    )
    speaking = {row["package_id"] for row in rows}
    silent = [name for key, name in _principle_names(t).items() if key not in speaking]
    return t("foresight.who_says", claimed=said, silent=", ".join(silent))


@remembered
def packages(principles: tuple[str, ...], t: Messages) -> str:
    """For each package its methods, results and participants, as HTML cards."""
    rows = [
        row
        for row in _items(principles, "foresight_method", "foresight_result", "foresight_group")
        if row["parent_id"] != INCLUSIVE
    ]
    titles = {
        "foresight_method": t("foresight.methods"),
        "foresight_result": t("foresight.results"),
        "foresight_group": t("foresight.participants"),
    }
    blocks = ""
    for package, name in _principle_names(t).items():
        own = [row for row in rows if row["package_id"] == package]
        if not own:
            continue
        content = text("p", t("foresight.package"), class_="rz-eyebrow") + text("h3", name)
        for kind, title in titles.items():
            some = [row for row in own if row["type"] == kind]
            if some:
                content += text("p", title, class_="rz-card-title") + _list(some, t)
        blocks += tag("article", content, class_="rz-card")
    return tag("div", blocks, class_="rz-cards rz-wide") if blocks else ""


def _list(rows: list[Row], t: Messages) -> str:
    """Sentences under the name of their package: of the place only the lines are left to tell."""
    lines = (places.item(text("span", t.name(row, "text")), row, t, within="section") for row in rows)
    return tag("ul", "".join(lines), class_="rz-said")


@remembered
def groups(principles: tuple[str, ...], t: Messages) -> str:
    """The four groups of the inclusive direction, as HTML; "" where the filter leaves none."""
    rows = [row for row in _items(principles, "foresight_group") if row["parent_id"] == INCLUSIVE]
    return tag("div", "".join(_group(row, t) for row in rows), class_="rz-cards") if rows else ""


def _group(row: Row, t: Messages) -> str:
    return tag(
        "article",
        text("p", t.name(row, "text"), class_="rz-card-title") + tag("p", places.small(row, t)),
        class_="rz-card",
    )


@remembered
def modules(t: Messages) -> str:
    """The three modules of 2020 as both documents word them, and the five of 2021, as HTML."""
    rows = _items((), "training")
    guide = [row for row in rows if row["parent_id"] == WEBINARS_2020]
    package = [row for row in rows if str(row["item_id"]).startswith("identity_training_module_")]
    body = [
        [
            str(number),
            text("span", t.name(ours, "text")) + places.small(ours, t),
            text("span", t.name(theirs, "text")) + places.small(theirs, t),
        ]
        for number, (ours, theirs) in enumerate(zip(package, guide, strict=True), start=1)
    ]
    first = table(
        [t("foresight.module"), t("foresight.packages_say"), t("foresight.guide_says")],
        body,
        caption=t("foresight.modules_2020"),
        class_="rz-table rz-wrap",
    )
    planned = [row for row in rows if row["parent_id"] == PLAN_2021]
    second = text("h3", t("foresight.modules_2021"), class_="rz-sub") + tag(
        "ol",
        "".join(places.item(text("span", t.name(row, "text")), row, t) for row in planned),
        class_="rz-said rz-numbered",
    )
    return first + second


@remembered
def trainings(principles: tuple[str, ...], t: Messages) -> str:
    """Every other training, under the package or guide that tells of it, as HTML."""
    shown = ("identity_training_module_", "guide_training_2020_", "guide_training_2021_")
    rows = [row for row in _items(principles, "training") if not str(row["item_id"]).startswith(shown)]
    blocks = ""
    for package in dict.fromkeys(_package(row, t) for row in rows):
        own = [row for row in rows if _package(row, t) == package]
        blocks += tag("article", text("h3", package) + _list(own, t), class_="rz-card")
    return tag("div", blocks, class_="rz-cards rz-wide") if blocks else ""
