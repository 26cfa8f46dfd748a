"""Reports as PDF, set by Typst without a browser and without a network: a region on one page, all of them, the presentation.

The layout stands in `templates/`; what is said comes from the same functions as the pages. Text is text, fonts are embedded.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rzh_data.schema import LANGUAGES
from rzh_ui import controls, drawing, exhibits, numbers, passport, region_profile, strips
from rzh_ui.controls import region_names
from rzh_ui.data import ask, version
from rzh_ui.i18n import Messages
from rzh_ui.region_summary import COUNTRY, kind, opened, summary
from rzh_ui.remember import remembered
from rzh_ui.rows import by, records
from rzh_ui.story import Story, computed, told
from rzh_ui.way_in import code, step_address

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES, FONTS = ROOT / "templates", ROOT / "fonts"

_SETTING = threading.BoundedSemaphore(2)
"""Documents set at the same time: setting takes a processor for itself, and the pages must go on."""


def region(region_id: str, t: Messages, today: date) -> bytes:
    """One region on one A4 page.

    Args:
        today: the date that stands on the page.
    Raises:
        KeyError: there is no such region.
    """
    return _regions([profile(region_id, t, today)], region_profile.name(region_id, t), t, today)


@dataclass(frozen=True)
class Progress:
    """How far a batch has come; the last one has the file.

    Attributes:
        done, count: regions laid out, and all.
        pdf: the file, when all are done.
    """

    done: int
    count: int
    pdf: bytes | None = None


def regions(t: Messages, today: date) -> Iterator[Progress]:
    """All regions in one file, a page each, in the order of the language's alphabet.

    A step at a time, so that whoever waits sees it and can stop: not asked for the next step, it does nothing more.
    """
    names = region_names(t)
    pages = []
    for region_id in names:
        pages.append(profile(region_id, t, today))
        yield Progress(len(pages), len(names))
    yield Progress(len(pages), len(names), _regions(pages, t("report.all_title"), t, today))


def presentation(story: Story, t: Messages, today: date, audience: str = "") -> bytes:
    """The presentation, one page a step.

    Args:
        audience: address of the presentation for the QR codes; "" leaves them out.
    Raises:
        StoryError: a step names what is not there.
    """
    count = len(story.steps)
    steps = []
    for position, step in enumerate(story.steps, start=1):
        exhibit, words = step.exhibit(t), told(step, t)
        address = step_address(audience, position, t.language) if audience else ""
        identities = tuple(dict.fromkeys((*exhibit.observation_ids, *words.observation_ids)))
        foot = [exhibit.note, computed(step, exhibit, t), passport.lines(identities, t), _made(t, today)]
        steps.append(
            {
                "title": words.title,
                "measure": f"{exhibit.title} · {exhibit.measure}",
                "sentence": words.sentence,
                "finding": exhibit.finding,
                "drawing": drawing.svg(exhibit, t, "hall", drawing.PAPER, name=step.id),
                "foot": [line for line in foot if line],
                "counter": t("present.step", position=position, count=count),
                "address": address,
                "code": code(address) if address else "",
            }
        )
    return _set("presentation", {**_document(t("present.title"), t, today), "steps": steps}, today)


def _regions(pages: Sequence[dict[str, Any]], title: str, t: Messages, today: date) -> bytes:
    return _set("profile", {**_document(title, t, today), "regions": list(pages)}, today)


def _document(title: str, t: Messages, today: date) -> dict[str, Any]:
    return {
        "title": f"{title} · {t('report.programme')}",
        "keywords": [t("report.programme"), version()],
        "lang": t.language,
        "today": {"year": today.year, "month": today.month, "day": today.day},
    }


def _set(template: str, data: dict[str, Any], today: date) -> bytes:
    """The template filled with `data`, as a PDF whose text can be searched and read aloud."""
    import typst

    with _SETTING:
        made = typst.compile(
            TEMPLATES / f"{template}.typ",
            root=TEMPLATES,
            font_paths=[FONTS],
            ignore_system_fonts=True,  # every machine sets the same page
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=datetime(today.year, today.month, today.day, tzinfo=UTC),
            pdf_standards="ua-1",
        )
    assert isinstance(made, bytes)  # one file, as no output path and no pictures of pages are asked for
    return made


def _made(t: Messages, today: date) -> str:
    """Date and version of the data in one line."""
    return t(
        "report.made",
        date=t("report.date", day=f"{today.day:02}", month=f"{today.month:02}", year=today.year),
        version=version(),
    )


@remembered
def profile(region_id: str, t: Messages, today: date) -> dict[str, Any]:
    """What stands on a region's page: the facts, sentences, figures and gaps of its page in the dashboard."""
    facts = by(ask("region_facts"), "region_id")[region_id]
    choice = controls.of_view({"region": region_id})
    money = exhibits.of("region_money", choice, t)
    sentences = summary(region_id, t)
    found = strips.strips(choice)
    identities = _each_once(
        [
            *(sentence.observation_ids for sentence in sentences),
            money.observation_ids,
            *(strip.rows[region_id]["observation_ids"] for strip in found),
        ]
    )
    people = t.plural("region.people", int(facts["population"]), said=numbers.decimal(int(facts["population"]), t))
    name = region_profile.name(region_id, t)
    return {
        "id": region_id,
        "name": name,
        "others": " · ".join(opened(str(facts[f"name_{other}"])) for other in LANGUAGES if other != t.language),
        "facts": [
            [t("region.kind"), kind(facts, t)],
            [t("region.centre"), t.name(facts, "centre")],
            [t("region.area"), t("region.km2", value=numbers.decimal(facts["area_km2"], t))],
            [t("region.population", year=int(facts["population_year"])), people],
        ],
        "locator": drawing.locator(region_id, name),
        "locator_alt": t("region.locator_alt", names=name),
        "summary_title": t("region.summary_title"),
        "summary": [sentence.words for sentence in sentences],
        "money_title": t("region.money_title"),
        "money_measure": f"{money.title}, {money.unit}",
        "money_chart": drawing.svg(money, t, "report", drawing.PAPER, name=region_id),
        "money_alt": money.finding,
        "money_head": _money_head(t),
        "money_rows": _money_rows(region_id, t),
        "money_note": f"{t('region.money_caption')}. {t('note.nine_months_short')}",
        "places_title": t("region.strips_title"),
        "places_head": [t("filter.metric"), t("table.value"), t("table.rank")],
        "places_rows": [
            [
                strip.title(t),
                strip.view.period_label(t),
                strip.said(strip.rows[region_id], t),
                _rank(strip.rows[region_id]),
            ]
            for strip in found
        ],
        "gaps_title": t("region.gaps_title"),
        "gaps": _gaps(region_id, t),
        "foot": [passport.lines(identities, t), t("region.facts_source"), t("foot.boundaries"), _made(t, today)],
    }


def _each_once(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(identity for group in groups for identity in group))


def _money_head(t: Messages) -> list[str]:
    return [
        t("table.period"),
        t("source.tugan_zher_local_budget"),
        t("source.tugan_zher_sponsors"),
        t("table.total"),
        t("table.rank"),
        t("region.leverage_beside"),
        t("region.capita_beside"),
    ]


def _rank(row: dict[str, Any]) -> str:
    return f"{int(row['position'])}/{int(row['ranked_count'])}"


def _money_rows(region_id: str, t: Messages) -> list[list[str]]:
    """Budget, sponsors, total, rank, leverage and money per inhabitant by period, the country's level in brackets."""
    rows = region_profile.money_by_period(region_id, (), t)
    own = by(rows[rows["region_id"] == region_id], "period_id")
    country = by(rows[rows["region_id"] == COUNTRY], "period_id")
    body = []
    for period in records(ask("periods")):
        row, label = own.get(period["period_id"]), t.name(period, "short")
        if row is None:
            body.append([label, *[t("figure.missing")] * 6])
            continue
        ranking = ask("region_ranking", indicator="tugan_zher_funding", period=period["period_id"])
        level = country[period["period_id"]]
        beside = [
            (
                numbers.quantity(one["leverage"], "KZT/KZT", t, decimals=2),
                numbers.quantity(one["per_inhabitant"], "KZT", t),
            )
            for one in (row, level)
        ]
        body.append(
            [
                label,
                *(numbers.quantity(row[column], "KZT", t) for column in ("budget", "sponsors", "total")),
                _rank(by(ranking, "region_id")[region_id]),
                *(f"{mine} ({everywhere})" for mine, everywhere in zip(*beside, strict=True)),
            ]
        )
    return body


def _gap(row: dict[str, Any], t: Messages) -> str:
    """An indicator that is lacking; where only some periods are, these too."""
    periods = ", ".join(row[f"periods_{t.language}"])
    return f"{t.name(row)} ({periods})" if row["has_other_periods"] else t.name(row)


def _gaps(region_id: str, t: Messages) -> str:
    """What other regions have and this one lacks, in one line."""
    rows = records(ask("region_gaps", region=region_id))
    if not rows:
        return str(t("region.gaps_none"))
    names = dict.fromkeys(_gap(row, t) for row in rows if not numbers.is_missing(row["on_map"]))
    listed = (
        t("report.gaps", count=len(rows), names="; ".join(names)) if names else t("report.gaps_count", count=len(rows))
    )
    return str(listed)
