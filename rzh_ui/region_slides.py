"""A region as slides: what it is, in a few sentences, its money, its place among the 17, what is said of it, what lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_data.schema import LANGUAGES
from rzh_ui import exhibits, numbers, passport, places, strips, take_away
from rzh_ui.controls import Chosen, region_names
from rzh_ui.data import ask
from rzh_ui.i18n import Messages, messages
from rzh_ui.money import BUDGET, SPONSORS, money_alt, money_rows
from rzh_ui.region_profile import money_by_period, name, of_region
from rzh_ui.region_summary import kind, opened, summary
from rzh_ui.remember import remembering
from rzh_ui.rows import by, records
from rzh_ui.strips import Strip

if TYPE_CHECKING:
    from rzh_ui.exhibit import Exhibit

BESIDE = (BUDGET, SPONSORS)
WORDS_SIZE, WORDS_AFTER = 16.0, 8.0
"""Size of sentences on a slide and the space after each, in points."""


def offer(choice: Chosen, t: Messages) -> None:
    """The button that takes the region's slides away; they are made when it is pressed."""
    take_away.make_ready()
    st.download_button(
        t("region_slides.download"),
        partial(_today, choice, t.language),
        file_name=f"{choice.region}_profile_{t.language}.pptx",
        mime=take_away.PPTX,
        key="region_pptx",
        on_click="ignore",
    )


def _today(choice: Chosen, language: str) -> bytes:
    return deck(choice, language, take_away.today())


@remembering(take_away.MOST_KEPT)
def deck(choice: Chosen, language: str, today: date) -> bytes:
    """The slides of the chosen region in `language`; all principles, whatever the filter keeps.

    Args:
        choice: `choice.region` is the region; basis and period do not matter.
        today: the date that stands on the slides.
    """
    from rzh_ui import slides, slides_sheet

    t = messages(language)
    region = str(choice.region)
    plain = replace(choice, principles=(), regions=(), period=_period(region), per="total", prices="nominal")
    made = slides_sheet.presentation(name(region, t), t, today)
    _opening(made, region, t, today)
    _summary(made, region, t, today)
    _money(made, plain, t, today)
    for exhibit in _places(plain, t):
        slides.show(made, exhibit, t, today)
    _strips(made, plain, t, today)
    _said(made, region, t, today)
    _lacking(made, region, t, today)
    slides.closing(made, t, today)
    return slides_sheet.packed(made, t)


def _period(region: str) -> str:
    """The longest period in which the region's money can be compared: the whole span, or the last single one."""
    rows = ask("region_values", indicators=BESIDE)
    own = set(rows.loc[rows["region_id"] == region, "period_id"])
    periods = records(ask("periods"))
    single = [row["period_id"] for row in periods if row["kind"] != "span"]
    if all(period in own for period in single):
        return str(periods[-1]["period_id"])
    return str([period for period in single if period in own][-1])


def _opening(made: Any, region: str, t: Messages, today: date) -> None:
    """Names and facts, and where the region lies."""
    from rzh_ui import slides, slides_map, theme
    from rzh_ui.slides_sheet import MARGIN, ROOM, Box

    row = by(ask("region_facts"), "region_id")[region]
    others = " · ".join(opened(str(row[f"name_{one}"])) for one in LANGUAGES if one != t.language)
    people = t.plural("region.people", int(row["population"]), said=numbers.decimal(int(row["population"]), t))
    facts = [
        others,
        "",
        kind(row, t),
        f"{t('region.centre')}: {t.name(row, 'centre')}",
        f"{t('region.area')}: {t('region.km2', value=numbers.decimal(row['area_km2'], t))}",
        f"{t('region.population', year=int(row['population_year']))}: {people}",
    ]
    slide = slides.opening(made, name(region, t), "\n".join(facts), t, today, room=5.6)
    names = region_names(t)
    box = Box(MARGIN + 6.3, 1.7, ROOM - 6.3, 4.0)
    slides_map.draw(
        slide,
        box,
        "17",
        {region: theme.HIGHLIGHT},
        names,
        names,
        t,
        alternative=t("region.locator_alt", names=names[region]),
    )


def _summary(made: Any, region: str, t: Messages, today: date) -> None:
    from rzh_ui import slides_sheet

    sentences = summary(region, t)
    identities = tuple(dict.fromkeys(one for sentence in sentences for one in sentence.observation_ids))
    notes = []
    for sentence in sentences:
        notes.append(sentence.words)
        if sentence.formula:
            notes.append(t("slides.formula", formula=sentence.formula))
    told = [*notes, "", t("slides.places"), *passport.told(identities, t)]
    source = passport.lines(identities, t)
    title = f"{name(region, t)} · {t('region.summary_title')}"
    for slide in _columns(made, title, [sentence.words for sentence in sentences], source, t, today):
        slides_sheet.notes(slide, told)


def _columns(made: Any, title: str, blocks: list[str], source: str, t: Messages, today: date) -> list[Any]:
    """Sentences on as many slides as they need."""
    from rzh_ui import slides_sheet
    from rzh_ui.slides_sheet import FOOT_TOP, MARGIN, ROOM, Box
    from rzh_ui.slides_text import POINTS, pages

    room, most = ROOM - 0.4, FOOT_TOP - 1.7
    dealt = pages(blocks, room, most, WORDS_SIZE, WORDS_AFTER / POINTS)
    found = []
    for number, page in enumerate(dealt, start=1):
        own = f"{title} ({number}/{len(dealt)})" if len(dealt) > 1 else title
        slide, top = slides_sheet.sheet(made, own, "", t)
        slides_sheet.words(
            slide.shapes,
            Box(MARGIN, top + 0.15, room, most),
            [blocks[index] for index in page],
            size=WORDS_SIZE,
            after=WORDS_AFTER,
            name=t("slides.name_text"),
        )
        slides_sheet.foot(slide, source, t, today)
        found.append(slide)
    return found


def _money(made: Any, choice: Chosen, t: Messages, today: date) -> None:
    """Budget and sponsors by period as a chart, and the same with rank, leverage and money per inhabitant as a table."""
    from rzh_ui import slides, slides_charts, slides_sheet, slides_table
    from rzh_ui.slides_sheet import FOOT_TOP, MARGIN, ROOM, Box
    from rzh_ui.slides_table import Cell

    region = str(choice.region)
    own_choice = of_region(choice)
    exhibit, own_rows = exhibits.of("by_period", own_choice, t), money_rows(own_choice, t)
    title = f"{name(region, t)} · {t('region.money_title')}"
    slide, top = slides_sheet.sheet(made, title, exhibit.measure, t)
    tall = FOOT_TOP - top - 0.6
    slides_charts.add(slide, Box(MARGIN, top, 4.4, tall), exhibit, t)
    rows = money_by_period(region, (), t)
    own = rows[rows["region_id"] == region]
    periods = by(ask("periods"), "period_id")
    head, columns = [""], []
    for row in records(own):
        ranking = ask("region_ranking", indicator="tugan_zher_funding", period=row["period_id"])
        ranked = by(ranking, "region_id")[region]
        head.append(t.name(periods[row["period_id"]], "short"))
        columns.append(
            (
                numbers.quantity(row["budget"], "KZT", t),
                numbers.quantity(row["sponsors"], "KZT", t),
                numbers.quantity(row["total"], "KZT", t),
                f"{int(ranked['position'])}/{int(ranked['ranked_count'])}",
                numbers.quantity(row["leverage"], "KZT/KZT", t, decimals=2),
                numbers.quantity(row["per_inhabitant"], "KZT", t),
            )
        )
    labels = (
        t("source.tugan_zher_local_budget"),
        t("source.tugan_zher_sponsors"),
        t("table.total"),
        t("table.rank"),
        t("axis.leverage"),
        t("table.value_capita"),
    )
    body = [
        [Cell(label, is_bold=True), *(Cell(words) for words in cells)]
        for label, *cells in zip(labels, *columns, strict=True)
    ]
    box = Box(MARGIN + 4.7, top + 0.2, ROOM - 4.7, tall - 0.2)
    shares = [2.0, *(1.0 for _ in columns)]
    slides_table.add(slide, box, head, body, name=title, alternative=money_alt(own_rows, t), shares=shares)
    identities = tuple(
        dict.fromkeys([*exhibit.observation_ids, *(one for ids in own["observation_ids"] for one in ids)])
    )
    under = Box(MARGIN, FOOT_TOP - 0.5, ROOM, 0.3)
    slides_sheet.words(slide.shapes, under, exhibit.note, size=13, name=t("slides.name_note"))
    slides_sheet.foot(slide, passport.lines(identities, t), t, today)
    both = replace(exhibit, observation_ids=identities, formula="; ".join((t("formula.wide"), t("formula.capita"))))
    slides_sheet.notes(slide, slides.provenance(both, t))


def _places(choice: Chosen, t: Messages) -> list[Exhibit]:
    """All regions ranked by the whole money and by money per inhabitant, with this one standing out."""
    found = []
    for per in ("total", "capita"):
        view = replace(choice, metric="tugan_zher_funding", per=per)
        exhibit = exhibits.of("map_values", view, t)
        known = [(-value, index) for index, value in enumerate(exhibit.series[0].values) if value is not None]
        order = [index for _, index in sorted(known)]
        rank = next(place for place, index in enumerate(order, 1) if exhibit.category_ids[index] == choice.region)
        finding = f"{name(str(choice.region), t)}: {t('map.rank', position=rank, count=len(order))}"
        found.append(
            replace(
                exhibit,
                kind="bars",
                finding=finding,
                categories=tuple(exhibit.categories[index] for index in order),
                category_ids=tuple(exhibit.category_ids[index] for index in order),
                series=(replace(exhibit.series[0], values=tuple(exhibit.series[0].values[index] for index in order)),),
                marked=(str(choice.region),),
                note="",
            )
        )
    return found


def _strips(made: Any, choice: Chosen, t: Messages, today: date) -> None:
    """The region's value and rank in every indicator that it shares with others."""
    from rzh_ui import slides_sheet, slides_table
    from rzh_ui.slides_sheet import FOOT_TOP, MARGIN, ROOM, Box
    from rzh_ui.slides_table import Cell

    region = str(choice.region)
    found: list[Strip] = list(strips.strips(choice))
    own = [(strip, strip.rows[region]) for strip in found if region in strip.rows]
    body = [
        [
            Cell(strip.title(t)),
            Cell(strip.said(row, t), is_bold=True),
            Cell(strip.view.rank(row, t)),
            Cell(strip.view.period_label(t)),
        ]
        for strip, row in own
    ]
    identities = tuple(dict.fromkeys(one for _, row in own for one in row["observation_ids"]))
    title = f"{name(region, t)} · {t('region.strips_title')}"
    slide, top = slides_sheet.sheet(made, title, "", t)
    head = [t("filter.metric"), t("table.value"), t("table.rank"), t("table.period")]
    box = Box(MARGIN, top + 0.1, ROOM, FOOT_TOP - top - 0.4)
    shares = [3.2, 1, 2, 2]
    slides_table.add(slide, box, head, body, name=title, alternative=title, shares=shares)
    slides_sheet.foot(slide, passport.lines(identities, t), t, today)
    formulas = dict.fromkeys(filter(None, (strip.view.formula(t) for strip, _ in own)))
    said = [t("slides.formula", formula=formula) for formula in formulas]
    slides_sheet.notes(slide, [title, *said, "", t("slides.places"), *passport.told(identities, t)])


def _said(made: Any, region: str, t: Messages, today: date) -> None:
    """Findings and recommendations addressed to the region, each with its place in the documents."""
    from rzh_ui import slides_sheet

    rows = records(ask("recommendations", regions=(region,)))
    if not rows:
        return
    blocks = [f"{opened(t('kind.' + row['kind']))}: {t.name(row, 'text')}" for row in rows]
    told = [f"{block} – {places.said(row, t)}" for block, row in zip(blocks, rows, strict=True)]
    title = f"{name(region, t)} · {t('region.words_title')}"
    for slide in _columns(made, title, blocks, places.source(rows, t), t, today):
        slides_sheet.notes(slide, [title, "", *told])


def _lacking(made: Any, region: str, t: Messages, today: date) -> None:
    """What the documents print for other regions and not for this one."""
    from rzh_ui import slides_sheet

    rows = [row for row in records(ask("region_gaps", region=region)) if len(row["known_ids"]) > 1]
    if not rows:
        return
    listed = [f"{t.name(row)} ({'; '.join(row[f'periods_{t.language}'])})" for row in rows]
    title = f"{name(region, t)} · {t('region.gaps_title')}"
    for slide in _columns(made, title, [t("region.gaps_lead"), *listed], t("foot.documents"), t, today):
        slides_sheet.notes(slide, [title, t("region.gaps_lead"), *listed])
