"""Suppositions: recomputed from the facts by other code, kept in the address, absent from every file of data."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pptx import Presentation
from pptx.enum.dml import MSO_FILL
from screen import TRANSLATIONS, bodies, elements, facts, failures, opened, turned, words

from rzh_data.schema import LANGUAGES
from rzh_ui import numbers, what_if
from rzh_ui.what_if import Supposition

RU = TRANSLATIONS["ru"]
suppositions = some.builds(
    Supposition,
    scenario=some.sampled_from(["pace", "as_2018", "own"]),
    pace=some.integers(0, 300),
    equal=some.integers(0, 100),
)
quick = settings(max_examples=150, derandomize=True, deadline=None)


def entered(period):
    """Sponsors' money of a period by region, as it was entered."""
    rows = facts().execute(
        "SELECT region_id, value::BIGINT FROM observations WHERE preferred = 'true' AND region_id <> 'kazakhstan'"
        f" AND indicator_id = 'tugan_zher_sponsors' AND period_id = '{period}'"
    )
    return dict(rows.fetchall())


def inhabitants():
    """Inhabitants on 1 January 2019 by region, as they were entered."""
    path = f"{what_if.__file__.rpartition('/rzh_ui/')[0]}/data/facts/population.csv"
    rows = facts().execute(
        f"SELECT region_id, population::BIGINT FROM read_csv('{path}') WHERE year = 2019 AND region_id <> 'kazakhstan'"
    )
    return dict(rows.fetchall())


@quick
@given(suppositions)
def test_values_are_those_of_the_formula_worked_out_from_the_entered_figures(supposition):
    nine, people = entered("2019-9m"), inhabitants()
    if supposition.scenario == "as_2018":
        total = sum(entered("2018").values())
    else:
        total = sum(nine.values()) / 9 * 12 * (supposition.pace if supposition.scenario == "own" else 100) / 100
    rows = what_if.facts(RU)
    assert supposition.total(rows) == pytest.approx(total, rel=1e-12)
    found = supposition.values(rows)
    assert set(found) == set(nine) == set(people) and len(found) == 17
    for region, value in found.items():
        alike = total * people[region] / sum(people.values())
        as_before = total * nine[region] / sum(nine.values())
        assert value == pytest.approx(as_before + (alike - as_before) * supposition.equal / 100, rel=1e-9, abs=1e-3)
    assert sum(found.values()) == pytest.approx(total, rel=1e-12)


def test_all_distributed_equally_gives_every_inhabitant_the_same():
    rows, people = what_if.facts(RU), inhabitants()
    each = {round(value / people[region], 6) for region, value in Supposition("pace", 100, 100).values(rows).items()}
    assert len(each) == 1


def test_nothing_supposed_but_the_pace_leaves_every_regions_share():
    rows, nine = what_if.facts(RU), entered("2019-9m")
    for region, value in Supposition().values(rows).items():
        assert value == pytest.approx(nine[region] * 12 / 9, rel=1e-12)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_formula_stands_on_the_page_with_its_numbers(language):
    t = TRANSLATIONS[language]
    app = opened("foresight", lang=language, scenario="own", pace="150", equal="50", region="pavlodar")
    assert not failures(app)
    said = words(app)
    total = sum(entered("2019-9m").values()) / 9 * 12 * 1.5
    assert numbers.quantity(total, "KZT", t) in said
    nine, people = entered("2019-9m"), inhabitants()
    share = 100 * nine["pavlodar"] / sum(nine.values())
    alike = 100 * people["pavlodar"] / sum(people.values())
    value = total * (share + alike) / 200
    for number in (
        numbers.percent(150, t, 0),
        numbers.percent(share, t, 2),
        numbers.percent(alike, t, 2),
        numbers.quantity(value, "KZT", t),
    ):
        assert any(number in formula for body in bodies(app) for formula in elements(body, ".rz-formula")), number


def test_what_is_supposed_is_hatched_and_what_is_printed_is_not():
    app = opened("foresight", lang="ru")
    pairs = [body for body in bodies(app) if "rz-pair" in body]
    assert len(pairs) == 1
    assert pairs[0].count("repeating-linear-gradient") == 17 + 2, "17 regions, the country's year, and the key"
    assert len(elements(pairs[0], ".rz-pair")) == 17


def test_the_address_gives_the_same_supposition_again():
    first = opened("foresight", lang="ru", scenario="own", pace="145", equal="35")
    again = opened("foresight", lang="ru", scenario="own", pace="145", equal="35")
    (card,) = [body for body in bodies(first) if "rz-what-if" in body]
    assert card in bodies(again)
    assert "scenario=own&amp;pace=145&amp;equal=35" in card
    assert first.session_state["pace"] == "145" and first.session_state["equal"] == "35"


def test_sliding_and_typing_are_one_number():
    app = opened("foresight", lang="ru", scenario="own")
    app.select_slider(key="equal_slid").set_value("80").run()
    assert app.number_input(key="equal_typed").value == 80
    app.number_input(key="pace_typed").set_value(70).run()
    assert app.select_slider(key="pace_slid").value == "70" and not failures(app)
    total = sum(entered("2019-9m").values()) / 9 * 12 * 0.7
    assert numbers.quantity(total, "KZT", RU) in words(app)


@pytest.mark.parametrize("wrong", ["301", "-1", "1.5", "٣", "1e2", "x", " 5", "9" * 400])
def test_a_number_that_cannot_be_gives_one_friendly_line(wrong):
    app = opened("overview", lang="ru", pace=wrong)
    assert not failures(app) and app.session_state["pace"] == "100"
    assert RU("filter.pace") in words(app), "it is told on the first page of the visit"
    assert not failures(turned(app, "foresight"))


def test_the_table_to_take_away_holds_printed_figures_alone():
    rows = what_if.facts(RU)
    nine, before = entered("2019-9m"), entered("2018")
    assert rows["year_before_kzt"].dtype == float, "a missing whole number would stand as None in the table"
    assert [column.name for column in what_if.FACTS] == ["region", "nine_months_kzt", "year_before_kzt"]
    for row in rows[rows["region_id"] != "kazakhstan"].to_dict("records"):
        assert row["nine_months_kzt"] == nine[row["region_id"]]
        if row["region_id"] in before:
            assert row["year_before_kzt"] == before[row["region_id"]]
        else:
            assert numbers.is_missing(row["year_before_kzt"])
    held = {column: str(rows[column].tolist()) for column in rows.columns}
    for region, value in Supposition("own", 137, 43).values(rows).items():
        assert not any(str(round(value)) in cells for cells in held.values()), region


def test_every_file_of_data_on_the_page_is_free_of_suppositions():
    app = opened("foresight", lang="ru", scenario="own", pace="137", equal="43")
    offered = {one.proto.id.rpartition("-")[2]: one for one in app.get("download_button")}
    assert offered and not [key for key in offered if key.startswith("what_if_") and key.endswith(("csv", "xlsx"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slide_says_that_it_is_a_scenario_and_hatches_it(language):
    t = TRANSLATIONS[language]
    supposition = Supposition("own", 150, 50)
    deck = Presentation(io.BytesIO(what_if.slide(supposition, language)))
    (slide,) = deck.slides
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    printed, made = chart.plots[0].series
    assert made.format.fill.type == MSO_FILL.PATTERNED and printed.format.fill.type == MSO_FILL.SOLID
    assert made.name == t("slides.scenario_series", name=t("what_if.whole_year"))
    exhibit = what_if.exhibit(supposition, t)
    values = supposition.values(what_if.facts(t))
    assert tuple(made.values) == pytest.approx([values[one] / exhibit.unit_size for one in exhibit.category_ids])
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert t("slides.scenario") in said


def test_a_filter_that_leaves_the_project_out_is_named():
    app = opened("foresight", lang="ru", principles="openness")
    assert not failures(app)
    assert not [body for body in bodies(app) if "rz-what-if" in body]
