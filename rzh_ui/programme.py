"""The programme in words: what it is made of, under which names, who answers for what, what it is to reach, and when."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from rzh_ui import amounts, numbers, passport, places
from rzh_ui.columns import Shown
from rzh_ui.data import ask
from rzh_ui.html import fold, table, tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import by, records

if TYPE_CHECKING:
    import pandas as pd

PARTS = ("programme_directions", "programme_principles", "special_projects", "new_special_projects")
"""Indicators that print how many directions, principles and projects there are."""

Row = dict[str, Any]


def _has_text(row: Row) -> bool:
    return isinstance(row["text_kk"], str)


@remembered
def key(principles: tuple[str, ...], t: Messages) -> str:
    """Directions with their principles, each with its sentence and names, as HTML."""
    parts = records(ask("programme_key", principles=principles or None))
    blocks = []
    for direction in (part for part in parts if part["kind"] == "direction"):
        own = [
            part for part in parts if part["kind"] == "principle" and direction["part_id"] in list(part["owner_ids"])
        ]
        note = direction[f"note_{t.language}"]
        content = (
            text("p", t("principles.direction"), class_="rz-eyebrow")
            + text("h3", t.name(direction))
            + _sentence(direction, t)
            + (text("p", str(note).rstrip(".") + ".", class_="rz-note") if isinstance(note, str) else "")
            + _folded(_names_line("direction", direction["part_id"], t), direction, t)
            + tag("div", "".join(_principle(part, parts, t) for part in own), class_="rz-cards")
        )
        blocks.append(tag("section", content, class_="rz-direction"))
    return "".join(blocks)


def _principle(part: Row, parts: list[Row], t: Messages) -> str:
    serving = [other for other in parts if part["part_id"] in list(other["owner_ids"]) and other["kind"] == "special"]
    content = (
        text("p", t("principles.principle"), class_="rz-eyebrow")
        + text("p", t.name(part), class_="rz-card-title")
        + _sentence(part, t)
    )
    more = (
        text("p", t.plural("principles.serving", len(serving)) + " " + _quoted(serving, t))
        + ("" if part["is_printed"] else text("p", t("principles.by_convention"), class_="rz-note"))
        + _names_line("principle", part["part_id"], t)
    )
    return tag("article", content + _folded(more, part, t), class_="rz-card")


@remembered
def projects(principles: tuple[str, ...], t: Messages) -> str:
    """A card for each project: name, sentence, principles, administrators and names, as HTML."""
    parts = records(ask("programme_key", principles=principles or None))
    special = [part for part in parts if part["kind"] == "special"]
    new = [part for part in parts if part["kind"] == "new"]
    blocks = tag("div", "".join(_project(part, t) for part in special), class_="rz-cards rz-many")
    if new:
        blocks += text("h3", t("principles.new_projects"), class_="rz-sub") + text(
            "p", t("principles.new_projects_note"), class_="rz-note"
        )
        blocks += tag("div", "".join(_project(part, t) for part in new), class_="rz-cards")
    return blocks


def _project(part: Row, t: Messages) -> str:
    bonds = _bonds(part["part_id"])
    serves = [bond for bond in bonds if bond["bond"] == "principle"]
    leads = [bond for bond in bonds if bond["bond"] == "administrator"]
    content = _sentence(part, t)
    if serves:
        content += _fact(t("principles.serves"), "; ".join(t.name(bond) for bond in serves))
    if leads:
        content += _fact(t("principles.administrator"), "; ".join(t.name(bond) for bond in leads))
    elif part["kind"] == "special":
        content += _fact(t("principles.administrator"), t("principles.no_administrator"))
    content += _names_line("project", part["part_id"], t)
    title = text("p", t.name(part), class_="rz-card-title")
    return tag("article", title + _folded(content, part, t), class_="rz-card")


def _folded(content: str, part: Row, t: Messages) -> str:
    return fold(content, t, of=t.name(part)) if content else ""


@remembered
def places_of_parts(principles: tuple[str, ...], t: Messages) -> str:
    """Where the documents name each direction, principle and project, say what it is and how many there are, as HTML."""
    kinds = {"direction": "direction", "principle": "principle", "special": "project", "new": "project"}
    parts = records(ask("programme_key", principles=principles or None))
    blocks = (
        tag("article", text("h3", t.name(part)) + _places(kinds[part["kind"]], part, t), class_="rz-card")
        for part in parts
    )
    counted = passport.panel(ask("country_figures", indicators=PARTS)["observation_id"], t)
    return counted + tag("div", "".join(blocks), class_="rz-cards rz-wide")


def _quoted(rows: list[Row], t: Messages) -> str:
    """Names in the quotation marks of the language, one after the other."""
    opening, closing = ("“", "”") if t.language == "en" else ("«", "»")
    return ", ".join(f"{opening}{t.name(row)}{closing}" for row in rows)


def _fact(name: str, value: str) -> str:
    return tag("p", text("span", name + ": ", class_="rz-eyebrow") + escape(value))


def _sentence(part: Row, t: Messages) -> str:
    if _has_text(part):
        return text("p", t.name(part, "text") + ".")
    return text("p", t("principles.no_sentence"), class_="rz-gap")


def _bonds(part: str) -> list[Row]:
    rows = ask("programme_bonds")
    return records(rows[rows["part_id"] == part])


def _wordings(kind: str, part: str) -> list[Row]:
    rows = ask("printed_names")
    return records(rows[(rows["subject_type"] == kind) & (rows["subject_id"] == part)])


def _names_line(kind: str, part: str, t: Messages) -> str:
    """The wordings one below the other; nothing where the documents agree."""
    half = "kk" if t.language == "kk" else "ru"
    other = "ru" if half == "kk" else "kk"
    shown: dict[tuple[str, str], str] = {}
    for row in _wordings(kind, part):
        language = half if isinstance(row[f"{half}_printed"], str) else other
        name = row[f"{language}_printed"]
        remark = f" – {t.name(row, 'remark')}" if isinstance(row["remark_kk"], str) else ""
        line = tag("q", escape(name), lang=language) + escape(remark)
        shown.setdefault((name.casefold(), remark), tag("li", line))
    if len(shown) < 2:
        return ""
    return tag(
        "div",
        text("p", t("principles.names"), class_="rz-eyebrow") + tag("ul", "".join(shown.values())),
        class_="rz-names",
    )


def _places(kind: str, part: Row, t: Messages) -> str:
    """Where all of it stands: the sentence, what it belongs to, each wording."""
    items = []
    if _has_text(part):
        items.append(places.item(text("b", t("principles.meaning")), part, t))
    titles = {
        "direction": t("principles.direction"),
        "principle": t("principles.principle"),
        "administrator": t("principles.administrator"),
    }
    items += [
        places.item(text("b", f"{titles[bond['bond']]}: {t.name(bond)}"), bond, t) for bond in _bonds(part["part_id"])
    ]
    for row in _wordings(kind, part["part_id"]):
        quotes = " / ".join(
            text("q", row[f"{half}_printed"], lang=half)
            for half in ("kk", "ru")
            if isinstance(row[f"{half}_printed"], str)
        )
        remark = f" ({t.name(row, 'remark')})" if isinstance(row["remark_kk"], str) else ""
        items.append(places.item(quotes + escape(remark), row, t))
    return tag("ul", "".join(items), class_="rz-places")


@remembered
def double_counting(t: Messages) -> str:
    """How a project of two principles is kept from being counted twice, with the numbers."""
    parts = records(ask("programme_key"))
    special = [part for part in parts if part["kind"] == "special"]
    links = sum(len(part["owner_ids"]) for part in special)
    several = [part for part in special if len(part["owner_ids"]) > 1]
    names = {row["principle_id"]: t.name(row) for row in records(ask("principles"))}
    pairs = "; ".join(f"{t.name(part)}: {', '.join(names[one] for one in part['owner_ids'])}" for part in several)
    return text("p", t("principles.counted_once", projects=len(special), links=links, several=pairs), class_="rz-aside")


# What the projects are to reach


@remembered
def targets(principles: tuple[str, ...], t: Messages) -> pd.DataFrame:
    """Value against target, where the documents print both, with labels."""
    return _targets(principles, t)


@remembered
def _targets(principles: tuple[str, ...], t: Messages) -> pd.DataFrame:
    rows = ask("project_targets", principles=principles or None)
    labels = {
        "textbooks_translated": t("target.textbooks_translated"),
        "textbooks_published": t("target.textbooks_published"),
        "tugan_zher_events": t("target.tugan_zher_events"),
        "aul_people": t("target.aul_people"),
    }
    return rows.assign(
        what=[labels[pair] for pair in rows["pair_id"]],
        project=[t.name(row) for row in records(rows)],
        said=[
            t(
                "target.of",
                value=numbers.qualified(
                    numbers.quantity(row["value"], row["unit"], t, is_short=False), row["qualifier"], t
                ),
                target=numbers.quantity(row["target"], row["unit"], t, is_short=False),
            )
            for row in records(rows)
        ],
        said_percent=[numbers.percent(row["percent"], t, 0) for row in records(rows)],
    )


@remembered
def measured(principles: tuple[str, ...]) -> frozenset[str]:
    """The projects (project_id) whose value the documents print beside a target."""
    return frozenset(ask("project_targets", principles=principles or None)["project_id"])


@remembered
def targets_sentence(rows: pd.DataFrame) -> str:
    """Value against target in one sentence."""
    return "; ".join(f"{row['what']} – {row['said']} ({row['said_percent']})" for row in records(rows)) + "."


AUL_COLUMNS = (
    Shown("what", "table.indicator"),
    Shown("year", "table.period"),
    Shown("said", "table.value", number="value", unit_column="unit"),
)
"""Columns of the table under the targets of «Ауыл – ел бесігі»."""


@remembered
def aul_lines(t: Messages) -> tuple[dict[int, str], dict[str, dict[int, Row]]]:
    """The figures of «Ауыл – ел бесігі»: its years in words, and what is counted with a figure for each year it has."""
    rows = [
        row
        for row in records(ask("project_figures"))
        if row["project_id"] == "aul" and row["indicator_id"] != "aul_target_indicators"
    ]
    years = {year: _year(year, rows, t) for year in sorted({int(row["year"]) for row in rows})}
    lines: dict[str, dict[int, Row]] = {}
    for row in rows:
        category = row["category_kk"]
        label = t.name(row, "category") if isinstance(category, str) else t.name(row)
        lines.setdefault(label, {})[int(row["year"])] = row
    return years, dict(sorted(lines.items(), key=lambda one: (min(one[1]), one[0])))


@remembered
def aul_rows(t: Messages) -> pd.DataFrame:
    """The same, one row a figure, for the twin table."""
    import pandas as pd

    years, lines = aul_lines(t)
    return pd.DataFrame(
        [
            {
                "what": label,
                "year": years[year],
                "said": figure_said(row, t),
                "value": row["value"],
                "unit": row["unit"],
                "is_computed": False,
                "observation_ids": [row["observation_id"]],
            }
            for label, cells in lines.items()
            for year, row in sorted(cells.items())
        ]
    )


@remembered
def aul_targets(t: Messages) -> str:
    """The targets of «Ауыл – ел бесігі» by year, as an HTML table."""
    years, lines = aul_lines(t)
    body = []
    for label, cells in lines.items():
        line = [escape(label)]
        for year in years:
            line.append(
                escape(figure_said(cells[year], t))
                if year in cells
                else text("span", t("figure.missing"), class_="rz-gap")
            )
        body.append(line)
    head = [t("table.indicator"), *years.values()]
    return table(head, body, caption=t("principles.aul_caption"), class_="rz-table rz-wrap")


def _year(year: int, rows: list[Row], t: Messages) -> str:
    is_target = any(row["period_kind"] == "target" and int(row["year"]) == year for row in rows)
    return t("target.year", year=year) if is_target else str(year)


def figure_said(row: Row, t: Messages) -> str:
    """A figure of a project in words, with its unit and how firm it is."""
    decimals = numbers.shortest(float(row["value"]))
    if row["unit"] == "times":
        value = amounts.amount(row["value"], "times", t, decimals)
        if row["qualifier"] == ">=":
            return t("target.times_at_least", value=value)
        return numbers.qualified(t("target.times", value=value), row["qualifier"], t)
    value = numbers.quantity(row["value"], row["unit"], t, decimals=decimals, is_short=row["unit"] == "KZT")
    return numbers.qualified(value, row["qualifier"], t)


@remembered
def circles(t: Messages) -> pd.DataFrame:
    """Local history for children: facilities and children by kind, and children per facility, which is computed."""
    import pandas as pd

    figures = records(ask("project_figures"))
    facilities = {
        row["category_id"]: row for row in figures if row["indicator_id"] == "children_local_history_facilities"
    }
    children = {row["category_id"]: row for row in figures if row["indicator_id"] == "children_in_local_history"}
    return pd.DataFrame(
        [
            {
                "kind": t.name(row, "category"),
                "children": float(row["value"]),
                "facilities": float(facilities[category]["value"]),
                "per_facility": float(row["value"]) / float(facilities[category]["value"]),
                "said_children": figure_said(row, t),
                "said_facilities": figure_said(facilities[category], t),
                "observation_ids": [row["observation_id"], facilities[category]["observation_id"]],
                "is_computed": True,
            }
            for category, row in children.items()
        ]
    ).sort_values("children", ascending=False, ignore_index=True)


@remembered
def circles_sentence(rows: pd.DataFrame, t: Messages) -> str:
    """Which kind holds most children and how many there are of it."""
    first = records(rows)[0]
    return t(
        "principles.circles_sentence",
        kind=first["kind"],
        facilities=first["said_facilities"],
        children=first["said_children"],
        total=numbers.decimal(float(rows["children"].sum()), t),
    )


@remembered
def textbook_stages(t: Messages) -> pd.DataFrame:
    """The hundred textbooks by stage: published, translated and coming out, to be translated."""
    import pandas as pd

    stages = {row["category_id"]: row for row in records(ask("project_figures")) if row["indicator_id"] == "textbooks"}
    order = ("textbook_published", "textbook_to_publish", "textbook_to_translate")
    return pd.DataFrame(
        [
            {
                "stage": t.name(stages[stage], "category"),
                "value": float(stages[stage]["value"]),
                "order": index,
                "observation_ids": [stages[stage]["observation_id"]],
                "is_computed": False,
            }
            for index, stage in enumerate(order)
        ]
    )


@remembered
def textbooks_sentence(t: Messages) -> str:
    """77 + 23 = 100, as the documents print it."""
    stages = {
        row["category_id"]: float(row["value"])
        for row in records(ask("project_figures"))
        if row["indicator_id"] == "textbooks"
    }
    translated, rest = stages["textbook_translated"], stages["textbook_to_translate"]
    return t(
        "principles.textbooks_sentence",
        translated=numbers.decimal(translated, t),
        rest=numbers.decimal(rest, t),
        total=numbers.decimal(translated + rest, t),
        published=numbers.decimal(stages["textbook_published"], t),
        coming=numbers.decimal(stages["textbook_to_publish"], t),
    )


@remembered
def in_words_and_figures(principles: tuple[str, ...], t: Messages) -> str:
    """For each project: what it is to do, what it is measured by, and all its figures of the country, as HTML."""
    parts = by(ask("programme_key", principles=principles or None), "part_id")
    figures = records(ask("project_figures", principles=principles or None))
    items = records(ask("programme_items", types=("project_task", "project_indicator")))
    blocks = []
    for part_id, part in parts.items():
        if part["kind"] != "special":
            continue
        tasks = [one for one in items if one["parent_id"] == part_id and one["type"] == "project_task"]
        measures = [one for one in items if one["parent_id"] == part_id and one["type"] == "project_indicator"]
        own = [row for row in figures if row["project_id"] == part_id]
        content = ""
        if tasks:
            content += text("p", t("principles.tasks"), class_="rz-card-title") + _items(tasks, t)
        if measures:
            content += text("p", t("principles.measures"), class_="rz-card-title") + _items(measures, t)
        if own:
            content += text("p", t("principles.figures"), class_="rz-card-title") + _figures(own, t)
        if not content:
            continue
        counts = (
            (t("principles.tasks"), len(tasks)),
            (t("principles.measures"), len(measures)),
            (t("principles.figures"), len(own)),
        )
        counted = ", ".join(t("principles.count", what=what.lower(), count=count) for what, count in counts if count)
        summary = f"{t.name(part)} · {counted}"
        blocks.append(tag("details", text("summary", summary) + content, class_="rz-fold rz-passport"))
    without = [
        t.name(part)
        for part_id, part in parts.items()
        if part["kind"] == "special" and not _speaks(part_id, figures, items)
    ]
    if without:
        blocks.append(text("p", t("principles.without_figures", names="; ".join(without)), class_="rz-note"))
    return "".join(blocks)


def _speaks(part: str, figures: list[Row], items: list[Row]) -> bool:
    return any(row["project_id"] == part for row in figures) or any(one["parent_id"] == part for one in items)


def _items(items: list[Row], t: Messages) -> str:
    return tag("ul", "".join(places.item(text("span", t.name(one, "text")), one, t) for one in items), class_="rz-said")


def _figures(rows: list[Row], t: Messages) -> str:
    lines = []
    for row in rows:
        category = f" · {t.name(row, 'category')}" if isinstance(row["category_kk"], str) else ""
        head = escape(f"{t.name(row)}{category}, {t.name(row, 'period')}: ") + text("b", figure_said(row, t))
        lines.append(tag("li", head + passport.details((row["observation_id"],), t)))
    return tag("ul", "".join(lines), class_="rz-said")


# When


@remembered
def timeline(principles: tuple[str, ...], t: Messages) -> str:
    """The dates that the documents name, year by year, as HTML."""
    rows = records(ask("programme_items", types=("timeline",), principles=principles or None))
    names = {row["principle_id"]: t.name(row) for row in records(ask("principles"))}
    years: dict[str, list[Row]] = {}
    for row in sorted(rows, key=_when):
        years.setdefault(_start(row), []).append(row)
    blocks = []
    for year, items in years.items():
        lines = ""
        for row in items:
            under = ", ".join(names[one] for one in row["principle_ids"]) or t("principles.whole_programme")
            when = text("b", moment(row["time_period"], t))
            head = tag("span", when + escape(f" · {under}"), class_="rz-kind")
            lines += places.item(head + text("span", t.name(row, "text")), row, t, within="document")
        blocks.append(tag("li", text("h3", year) + fold(tag("ul", lines, class_="rz-said"), t, of=year)))
    return tag("ol", "".join(blocks), class_="rz-timeline") if blocks else ""


def _when(row: Row) -> tuple[Any, ...]:
    """Order in time by the first day: a whole year before its months, a day before a span, the programme before its parts."""
    period = str(row["time_period"])
    return (period.partition("/")[0], len(period), period, isinstance(row["package_id"], str), row["sort_order"])


def _start(row: Row) -> str:
    return str(row["time_period"])[:4]


@remembered
def stages(principles: tuple[str, ...], t: Messages) -> str:
    """The two stages of «Туған жер» on one scale of years, as HTML."""
    items = ask("programme_items", types=("timeline",), principles=principles or None)
    rows = [row for row in records(items) if _length(row["time_period"]) > 3]
    blocks = "".join(
        tag(
            "div",
            text("b", moment(row["time_period"], t)) + text("span", t.name(row, "text")) + places.small(row, t),
            style=f"flex:{_length(row['time_period'])} 1 12rem",
        )
        for row in sorted(rows, key=_start)
    )
    return tag("div", blocks, class_="rz-stages") if blocks else ""


def _length(period: Any) -> int:
    """Years from the first to the last of a span of whole years; 1 for anything else."""
    first, _, last = str(period).partition("/")
    return int(last) - int(first) + 1 if len(first) == len(last) == 4 and last.isdigit() else 1


def moment(period: Any, t: Messages) -> str:
    """A year, month, day or span as the language writes it: 2019, 03.2019, 02.09.2019, 2017–2022."""
    first, _, rest = str(period).partition("/")
    last = rest.partition("-school")[0]
    if rest.endswith("-school"):
        return t("time.school", years=f"{first}–{last}")
    both = [".".join(reversed(part.split("-"))) for part in (first, rest) if part]
    return "–".join(both)
