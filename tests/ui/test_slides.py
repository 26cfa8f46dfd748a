"""Slides taken away: opened again, their numbers are the database's, their map is shapes, their notes name every line."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_FILL
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from screen import TRANSLATIONS, facts, failures, printed
from screen import opened as screen_opened

from rzh_data.schema import LANGUAGES
from rzh_ui import exhibits, numbers, region_slides, slides, slides_map, slides_text, take_away, theme
from rzh_ui.controls import Chosen, region_names
from rzh_ui.data import ask, version
from rzh_ui.exhibit import Exhibit, NothingToShow, Series
from rzh_ui.rows import records

TODAY = date(2021, 3, 1)
CHOICE = Chosen("tugan_zher_sponsors", "2018", "total", (), (), "pavlodar", "tugan_zher_funding", "nominal")
STORY = ("map_values", "by_period", "by_region", "dependence", "lorenz", "funnel", "answers", "heat")
each_language = pytest.mark.parametrize("language", LANGUAGES)


def opened(file):
    return Presentation(io.BytesIO(file))


def every_shape(shapes):
    """All shapes, those inside groups too."""
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every_shape(shape.shapes)


def charts(deck):
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def properties(shape):
    return next(shape._element.iter(qn("p:cNvPr")))


@cache
def story(language):
    t = TRANSLATIONS[language]
    made = [exhibits.of(key, CHOICE, t) for key in STORY]
    return made, opened(slides.deck(made, t, TODAY, title="Title", lead="Lead"))


@cache
def alone(key, language, **changes):
    exhibit = exhibits.of(key, replace(CHOICE, **changes), TRANSLATIONS[language])
    return exhibit, opened(slides.one(exhibit, TRANSLATIONS[language], TODAY))


@cache
def of_region(region, language):
    return opened(region_slides.deck(replace(CHOICE, region=region), language, TODAY))


def numbers_of(chart):
    """What the chart's series hold, by their names."""
    return {series.name: tuple(series.values) for plot in chart.plots for series in plot.series}


def behind(chart):
    """What the workbook behind the chart holds, first row and column included."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def test_money_by_period_on_a_slide_is_the_printed_money():
    exhibit, deck = alone("by_period", "ru")
    (chart,) = charts(deck)
    found = numbers_of(chart)
    t = TRANSLATIONS["ru"]
    for indicator in ("tugan_zher_sponsors", "tugan_zher_local_budget"):
        for place, period in enumerate(("2017", "2018", "2019-9m")):
            (entered,) = (
                facts()
                .execute(
                    "SELECT sum(value::BIGINT) FROM observations WHERE preferred = 'true' AND region_id <> 'kazakhstan'"
                    f" AND indicator_id = '{indicator}' AND period_id = '{period}'"
                )
                .fetchone()
            )
            assert found[t(f"source.{indicator}")][place] * exhibit.unit_size == pytest.approx(
                float(entered), rel=1e-12
            )


def test_the_sums_of_a_few_stacks_are_told_in_words():
    exhibit, deck = alone("by_period", "ru")
    said = "\n".join(shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame)
    (entered,) = (
        facts()
        .execute(
            "SELECT sum(value::BIGINT) FROM observations WHERE preferred = 'true' AND region_id <> 'kazakhstan'"
            " AND indicator_id IN ('tugan_zher_sponsors', 'tugan_zher_local_budget') AND period_id = '2018'"
        )
        .fetchone()
    )
    assert f"2018 – {numbers.decimal(entered / 1e9, TRANSLATIONS['ru'], exhibit.decimals)}" in said


def test_the_workbook_behind_a_chart_holds_the_same_numbers():
    exhibit, deck = alone("by_region", "kk")
    (chart,) = charts(deck)
    rows = behind(chart)
    assert [row[0] for row in rows[1:]] == list(exhibit.categories)
    for place, series in enumerate(exhibit.series, start=1):
        assert rows[0][place] == series.name
        assert tuple(row[place] for row in rows[1:]) == series.values == numbers_of(chart)[series.name]
    entered = printed("indicator_id = 'tugan_zher_sponsors' AND region_id = 'atyrau' AND period_id = '2018'")
    atyrau = exhibit.category_ids.index("atyrau")
    assert exhibit.series[1].values[atyrau] * exhibit.unit_size == pytest.approx(entered, rel=1e-12)


def test_the_map_is_seventeen_named_shapes_with_their_values():
    exhibit, deck = alone("map_values", "kk", period="2019-9m")
    (group,) = [shape for shape in deck.slides[0].shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP]
    names = region_names(TRANSLATIONS["kk"])
    by_name = {shape.name: shape for shape in group.shapes if shape.name in names.values()}
    assert set(by_name) == set(names.values()) and len(by_name) == 17
    kinds = {shape.shape_type for shape in by_name.values()}
    assert kinds == {MSO_SHAPE_TYPE.FREEFORM, MSO_SHAPE_TYPE.AUTO_SHAPE}
    for shape in by_name.values():
        assert properties(shape).get("descr").startswith(f"{shape.name}: ")
    entered = printed("indicator_id = 'tugan_zher_sponsors' AND region_id = 'pavlodar' AND period_id = '2019-9m'")
    said = properties(by_name[names["pavlodar"]]).get("descr")
    assert said == f"{names['pavlodar']}: {entered / 1e9:.2f}".replace(".", ",") + f" ({exhibit.unit})"


def test_regions_on_the_map_have_the_colours_of_their_classes():
    exhibit, deck = alone("map_values", "ru", period="2018")
    (group,) = [shape for shape in deck.slides[0].shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP]
    by_name = {shape.name: shape for shape in group.shapes}
    shades = theme.shades(len(exhibit.breaks) + 1)
    for name, value in zip(exhibit.categories, exhibit.series[0].values, strict=True):
        fill = by_name[name].fill
        if value is None:
            assert fill.type == MSO_FILL.PATTERNED
        else:
            expected = shades[sum(value >= limit for limit in exhibit.breaks)].light
            assert f"#{fill.fore_color.rgb}".lower() == expected
    assert None in exhibit.series[0].values, "Shymkent has no figure of 2018, so hatching was looked at"


@pytest.mark.parametrize("vintage, count", [("16", 16), ("17", 17), ("20", 20)])
def test_outlines_stay_within_the_map_and_close(vintage, count):
    (width, height), units = slides_map.outlines(vintage)
    assert len(units) == count
    for unit in units:
        left, top, right, bottom = unit.bounds
        assert 0 <= left < right <= width and 0 <= top < bottom <= height
        assert all(len(ring) >= 3 for ring in unit.rings)


@each_language
def test_nothing_on_a_slide_is_a_picture_and_everything_that_shows_data_says_what(language):
    for deck in (story(language)[1], of_region("pavlodar", language)):
        for slide in deck.slides:
            for shape in every_shape(slide.shapes):
                assert shape.shape_type != MSO_SHAPE_TYPE.PICTURE
                assert shape.name
                if shape._element.tag in (qn("p:graphicFrame"), qn("p:grpSp")):
                    assert len(properties(shape).get("descr", "")) > 5, f"{shape.name} says nothing"
                elif not shape.is_placeholder and not shape.text_frame.text:
                    assert properties(shape).get("descr") or "decorative" in _xml(shape), shape.name


def _xml(shape):
    from lxml import etree

    return etree.tostring(shape._element).decode()


@each_language
def test_every_slide_has_a_title_a_source_the_data_version_and_a_date(language):
    for slide in story(language)[1].slides:
        assert slide.shapes.title.text_frame.text
        said = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert version() in said and "2021" in said
        assert TRANSLATIONS[language]("slides.name_source") in {shape.name for shape in slide.shapes}


def test_notes_name_every_line_and_token_of_every_figure_in_both_halves():
    made, deck = story("ru")
    looked_at = 0
    for exhibit, slide in zip(made, list(deck.slides)[1:-1], strict=True):
        notes = slide.notes_slide.notes_text_frame.text
        for place in records(ask("passports", observations=exhibit.observation_ids)):
            assert f"«{place['printed']}»" in notes
            assert f"строка {place['line']}" in notes
            looked_at += 1
        if exhibit.formula:
            assert exhibit.formula in notes
    assert looked_at > 300


@each_language
def test_words_stay_on_their_slides(language):
    for deck in (story(language)[1], of_region("turkestan", language), of_region("shymkent", language)):
        for slide in deck.slides:
            for shape in slide.shapes:
                assert shape.left >= 0 and shape.top >= 0, shape.name
                assert shape.left + shape.width <= deck.slide_width, shape.name
                assert shape.top + shape.height <= deck.slide_height, shape.name


@each_language
def test_titles_and_charts_do_not_run_into_each_other(language):
    for slide in story(language)[1].slides:
        drawn = [shape for shape in slide.shapes if shape.has_chart or shape.shape_type == MSO_SHAPE_TYPE.GROUP]
        boxes = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]
        for figure in drawn:
            for box in boxes:
                apart = (
                    box.top + box.height <= figure.top
                    or figure.top + figure.height <= box.top
                    or box.left + box.width <= figure.left
                    or figure.left + figure.width <= box.left
                )
                assert apart, f"{box.name} on {figure.name}"


def test_a_supposed_series_is_hatched_named_and_announced():
    t = TRANSLATIONS["ru"]
    known, supposed = (
        Series("A", (1.0, 2.0), theme.SPONSORS),
        Series("B", (None, 3.0), theme.SPONSORS, is_scenario=True),
    )
    exhibit = replace(
        exhibits.of("by_period", CHOICE, t), kind="columns", categories=("x", "y"), category_ids=("x", "y")
    )
    deck = opened(slides.one(replace(exhibit, series=(known, supposed)), t, TODAY))
    (chart,) = charts(deck)
    solid, hatched = chart.plots[0].series
    assert solid.format.fill.type == MSO_FILL.SOLID and hatched.format.fill.type == MSO_FILL.PATTERNED
    assert solid.name == "A" and hatched.name == t("slides.scenario_series", name="B")
    slide = deck.slides[0]
    assert t("slides.scenario") in {shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}
    assert t("slides.scenario") in slide.notes_slide.notes_text_frame.text
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    assert properties(frame).get("descr").startswith(t("slides.scenario"))


def test_a_missing_value_stays_missing_and_its_name_is_told():
    exhibit, deck = alone("answers", "ru")
    (chart,) = charts(deck)
    for series in exhibit.series:
        assert numbers_of(chart)[series.name] == series.values
    assert any(value is None for series in exhibit.series for value in series.values)


def test_points_and_lines_keep_both_their_coordinates():
    for key in ("dependence", "lorenz"):
        exhibit, deck = alone(key, "en")
        (chart,) = charts(deck)
        for drawn, series in zip(chart.plots[0].series, exhibit.series, strict=False):
            horizontal = [float(one.find(qn("c:v")).text) for one in drawn._element.xVal.iter(qn("c:pt"))]
            assert tuple(horizontal) == pytest.approx(series.across)
            assert tuple(drawn.values) == pytest.approx(series.values)


def ends(drawn) -> list[tuple[float, float]]:
    """Both ends of a line: how far across and how high."""
    across = [float(one.find(qn("c:v")).text) for one in drawn._element.xVal.iter(qn("c:pt"))]
    return list(zip(across, drawn.values, strict=True))


def test_the_dashed_lines_that_a_note_speaks_of_are_in_the_chart():
    t = TRANSLATIONS["kk"]
    exhibit, deck = alone("dependence", "kk")
    assert t("exhibit.country_line") in exhibit.note
    level = charts(deck)[0].plots[0].series[len(exhibit.series)]
    assert level.name == t("slides.line_country")
    (left, low), (right, high) = ends(level)
    assert low == high == exhibit.goal
    assert left <= min(exhibit.series[0].across) and right >= max(exhibit.series[0].across)
    for key in ("lorenz", "claims_scatter"):
        exhibit, deck = alone(key, "kk")
        equal = charts(deck)[0].plots[0].series[len(exhibit.series)]
        assert equal.name == t("slides.line_equal")
        assert all(across == up for across, up in ends(equal))


def test_bars_with_a_target_have_one_line_and_that_is_the_target():
    exhibit, deck = alone("targets", "ru")
    axis = charts(deck)[0].value_axis
    assert exhibit.goal == 100 and axis.major_unit == 100 and axis.has_major_gridlines
    assert max(exhibit.series[0].values) < axis.maximum_scale < 200


def test_what_nothing_is_printed_for_fills_the_hundred_percent_hatched():
    exhibit, deck = alone("answers", "ru")
    *printed_ones, unknown = charts(deck)[0].plots[0].series
    assert len(printed_ones) == len(exhibit.series)
    for index in range(len(exhibit.categories)):
        parts = [series.values[index] or 0 for series in (*printed_ones, unknown)]
        assert sum(parts) == pytest.approx(100)
    assert unknown._element.find(f".//{qn('a:pattFill')}") is not None


def test_answers_to_different_questions_can_be_told_apart():
    for language, t in TRANSLATIONS.items():
        names = list(charts(opened(slides.one(exhibits.of("channels", CHOICE, t), t, TODAY)))[0].plots[0].categories)
        assert len(names) == len(set(names)), language


def test_circles_have_areas_in_proportion_and_the_chosen_region_stands_out():
    t = TRANSLATIONS["kk"]
    exhibit = exhibits.of("map_circles", replace(CHOICE, period="2018", region="karaganda"), t)
    deck = opened(slides.one(exhibit, t, TODAY))
    (group,) = [shape for shape in deck.slides[0].shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP]
    shapes = {shape.name: shape for shape in group.shapes}
    values = dict(zip(exhibit.categories, exhibit.series[0].values, strict=True))
    first, second = sorted((name for name in values if values[name]), key=lambda name: -values[name])[2:4]
    wide = {name: shapes[t("slides.name_circle", name=name)].width for name in (first, second)}
    assert (wide[first] / wide[second]) ** 2 == pytest.approx(values[first] / values[second], rel=0.01)
    outlined = {
        name for name in values if name in shapes and str(shapes[name].line.color.rgb) == theme.HIGHLIGHT[1:].upper()
    }
    assert outlined == {exhibit.categories[exhibit.category_ids.index("karaganda")]}


@pytest.mark.parametrize("key", sorted(exhibits.BUILDERS))
def test_every_figure_of_every_page_becomes_slides_with_its_numbers(key):
    t = TRANSLATIONS["kk"]
    try:
        exhibit = exhibits.of(key, replace(CHOICE, regions=("atyrau", "pavlodar")), t)
    except NothingToShow:
        exhibit = exhibits.of(key, CHOICE, t)
    deck = opened(slides.one(exhibit, t, TODAY))
    added = {t("slides.line_country"), t("slides.line_equal"), exhibit.missing or t("figure.missing")}
    found = [one for chart in charts(deck) for one in numbers_of(chart).items()]
    shown = [value for name, values in found if name not in added for value in values]
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    wanted = [value for series in exhibit.series for value in series.values if value is not None]
    if tables:
        cells = [cell.text for table in tables for row in list(table.rows)[1:] for cell in list(row.cells)[1:]]
        assert len(cells) == len(exhibit.categories) * len(exhibit.series)
    else:
        assert sorted(value for value in shown if value is not None) == pytest.approx(sorted(wanted))


@each_language
def test_a_regions_slides_tell_its_facts_money_place_findings_and_gaps(language):
    t = TRANSLATIONS[language]
    deck = of_region("pavlodar", language)
    said = "\n".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    row = ask("region_facts").set_index("region_id").loc["pavlodar"]
    assert row[f"centre_{language}"] in said and f"{int(row['population']):,}".replace(",", t_group(language)) in said
    for found in records(ask("recommendations", regions=("pavlodar",))):
        assert t.name(found, "text") in said
    first = charts(deck)[0]
    entered = printed("indicator_id = 'tugan_zher_local_budget' AND region_id = 'pavlodar' AND period_id = '2018'")
    assert any(
        value == pytest.approx(entered / 1e9, rel=1e-9)
        for value in numbers_of(first)[t("source.tugan_zher_local_budget")]
    )
    assert {chart.chart_type for chart in charts(deck)} == {XL_CHART_TYPE.COLUMN_STACKED, XL_CHART_TYPE.BAR_CLUSTERED}


def t_group(language):
    return "," if language == "en" else "\u00a0"


def test_every_region_has_slides():
    for region in region_names(TRANSLATIONS["ru"]):
        deck = of_region(region, "kk")
        assert len(deck.slides) >= 7
        ranked = [chart for chart in charts(deck) if chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED]
        assert len(ranked) == 2


def test_measured_words_are_broken_where_they_no_longer_fit():
    words = "Солтүстік Қазақстан облысы"
    whole = slides_text.width(words, 20)
    assert slides_text.lines(words, whole + 0.01, 20) == 1
    assert slides_text.lines(words, whole - 0.01, 20) == 2
    assert slides_text.fitting(words, whole * 0.6, 20 * slides_text.LINE / 72, (20, 10), is_bold=False) == 10
    money = numbers.quantity(31.3e9, "KZT", TRANSLATIONS["kk"])
    assert slides_text.longest_word(money, 12) == slides_text.width(money, 12), "an amount is not torn from its unit"
    dealt = slides_text.pages([words] * 11, 20, 10 * 0.5, 20, 0.5 - 20 * slides_text.LINE / 72)
    assert [len(page) for page in dealt] == [6, 5]


def test_libreoffice_opens_the_slides(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here: nothing was opened")
    exhibit = exhibits.of("map_values", CHOICE, TRANSLATIONS["kk"])
    file = tmp_path / "slides.pptx"
    file.write_bytes(slides.one(exhibit, TRANSLATIONS["kk"], TODAY))
    run = [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*run, "--outdir", str(tmp_path), str(file)], check=True, capture_output=True, timeout=120)
    from pypdf import PdfReader

    pages = PdfReader(tmp_path / "slides.pdf").pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    for name in ("Қызылорда", "Маңғыстау", "Шығыс"):
        assert name in text


def test_an_exhibit_of_a_kind_of_its_own_is_never_left_out():
    """Each kind that an exhibit can have is drawn by one of the ways, so that a new one cannot be forgotten."""
    from typing import get_args

    from rzh_ui.exhibit import Kind
    from rzh_ui.slides_charts import TYPES

    assert set(get_args(Kind)) == set(TYPES) | {"points", "map", "maps", "panels", "strips", "table"}
    assert isinstance(exhibits.of("funnel", CHOICE, TRANSLATIONS["en"]), Exhibit)


def test_the_region_page_offers_its_slides():
    app = screen_opened("region", region="pavlodar", lang="kk")
    app.session_state["region_report"] = True
    app.run()
    assert not failures(app)
    (button,) = [one for one in app.get("download_button") if one.proto.id.endswith("region_pptx")]
    assert button.proto.label == TRANSLATIONS["kk"]("region_slides.download")


def test_every_figure_with_pictures_has_a_slide_too():
    (form,) = [form for form in take_away.FORMATS if form.ending == "pptx"]
    t = TRANSLATIONS["kk"]
    deck = opened(form.make(exhibits.of("funnel", CHOICE, t), t, TODAY))
    assert len(deck.slides) == 1 and charts(deck)
