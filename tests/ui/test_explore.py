"""The explorer: facets with counts, table, pivot, chart and free questions, in three languages and from the address."""

from __future__ import annotations

import csv
import datetime
import io
import json
from urllib.parse import urlencode

import openpyxl
import pandas as pd
import pptx
import pyarrow as pa
import pytest
from screen import FACTS, NO_BREAK, TRANSLATIONS, bodies, charts, drawn_rows, elements, facts, failures, opened, words

from rzh_data import sandbox, saved_questions
from rzh_data.schema import LANGUAGES
from rzh_ui import (
    explore_chart,
    explore_choices,
    explore_download,
    explore_exhibit,
    explore_facets,
    explore_pivot,
    explore_view,
    free_query_answer,
    numbers,
    pictures,
    theme,
)
from rzh_ui.columns import csv_of
from rzh_ui.data import ask
from rzh_ui.dates import day
from rzh_ui.explore_choices import FACETS, Wanted, key_of
from rzh_ui.explore_facets import COLUMNS, left
from rzh_ui.explore_pivot import not_added, pivot

KK, RU, EN = (TRANSLATIONS[language] for language in ("kk", "ru", "en"))
languages = pytest.mark.parametrize("t", TRANSLATIONS.values(), ids=LANGUAGES)
needs_linux = pytest.mark.skipif(not sandbox.is_available(), reason="this system cannot bind a process")
SPONSORS = "tugan_zher_sponsors"
COUNTRY = "kazakhstan"


def asked(
    *, view="pivot", rows="region", columns="period", measure="single", per="total", principles=(), regions=(), **facets
):
    """What a visitor asks for; facets by name."""
    chosen = tuple(tuple(facets.pop(facet, ())) for facet in FACETS)
    assert not facets
    return Wanted(view, chosen, rows, columns, measure, "bars", per, principles, regions)


def cells_of(made):
    return {place: cell.value for place, cell in made.cells.items()}


def table_of(app):
    """The one table of the page, as it was handed to the browser."""
    (found,) = app.dataframe
    return found.value


def test_a_printed_figure_is_read_with_the_decimals_it_is_printed_with():
    wanted = asked(indicator=["tugan_zher_sponsors_share"])
    said = pa.ipc.open_stream(explore_view._grid(left(wanted), wanted, RU).words).read_all()
    (values,) = [column.to_pylist() for column in said.columns if column.null_count == 0]
    assert {f"9{NO_BREAK}%", f"9,3{NO_BREAK}%", f"1,25{NO_BREAK}%"} <= set(values)
    assert not [value for value in values if ",00" in value]


def of_sponsors(period, *, per_inhabitant=False):
    """Sponsors' money of each region, from the facts; per inhabitant in the boundaries of 2018."""
    rows = facts().execute(
        "SELECT region_id, value::DOUBLE FROM observations WHERE preferred = 'true' AND indicator_id = ? AND period_id = ?"
        " AND region_id <> 'kazakhstan' AND value IS NOT NULL",
        [SPONSORS, period],
    )
    values = dict(rows.fetchall())
    if not per_inhabitant:
        return values
    people = dict(
        facts()
        .execute(f"SELECT region_id, population FROM read_csv('{FACTS}/population.csv') WHERE year = ?", [int(period)])
        .fetchall()
    )
    return {region: value / people[region] for region, value in values.items()}


# Facets


def test_the_explorer_holds_every_printed_figure_once():
    rows = ask("explorer_figures")
    (printed,) = facts().execute("SELECT count(*) FROM observations WHERE value IS NOT NULL").fetchone()
    plain = rows[~rows["is_computed"]]
    assert len(plain) == printed
    assert len({ids[0] for ids in plain["observation_ids"]}) == printed
    assert (rows.loc[rows["is_computed"], "kk_printed"].isna()).all(), "what is computed is printed nowhere"


@pytest.mark.parametrize(
    "facets",
    [
        {},
        {"topic": ["funding"]},
        {"topic": ["funding", "patrons"], "period": ["2018"]},
        {"region": ["pavlodar"], "origin": ["printed"]},
        {"principle": ["pragmatism"], "document": ["technology_packages"], "period": ["2017", "2018"]},
        {"group": ["age_16_29"], "topic": ["funding"]},
    ],
)
def test_a_count_is_what_one_would_see_after_choosing_it(facets):
    """The count beside each id, given the choices in the other facets, against a second way of counting."""
    found = left(asked(**facets))
    everything = left(asked()).rows

    def holds(row, facet, ids):
        cell = row[COLUMNS[facet]]
        known = [cell] if isinstance(cell, str) else [] if isinstance(cell, float) or cell is None else list(cell)
        return bool(set(known) & set(ids))

    records = everything.to_dict("records")
    for facet in FACETS:
        others = {name: ids for name, ids in facets.items() if name != facet}
        rest = [row for row in records if all(holds(row, name, ids) for name, ids in others.items())]
        for one, count in found.counts[facet].items():
            assert count == sum(holds(row, facet, [one]) for row in rest) > 0
        for one in facets.get(facet, []):
            chosen = left(asked(**{**others, facet: [one]}))
            assert len(chosen.rows) == found.counts[facet].get(one, 0)
    assert len(found.rows) == sum(all(holds(row, name, ids) for name, ids in facets.items()) for row in records)


@languages
@pytest.mark.parametrize("view", ["table", "pivot", "chart"])
def test_the_address_gives_the_view_in_every_language(view, t):
    address = {"explore": view, "f_indicator": SPONSORS, "f_period": "2017,2018", "f_region": "atyrau,pavlodar"}
    app = opened("explore", lang=t.language, **address)
    assert not failures(app)
    assert app.title[0].value == t("explore.title")
    assert t.plural("explore.left", 4, indicators=1) in words(app)
    kept = {key: app.query_params[key] for key in app.query_params}
    assert {key: value if isinstance(value, str) else value[-1] for key, value in kept.items()} == {
        "lang": t.language,
        **{key: value for key, value in address.items() if (key, value) != ("explore", "table")},
    }
    if view == "table":
        shown = table_of(app)
        values = of_sponsors("2017")
        assert set(shown[t("table.region")]) == {
            explore_choices.names(t.language)["region", one] for one in ("atyrau", "pavlodar")
        }
        assert values["pavlodar"] in set(shown[t("table.value_total")])


def test_choosing_a_facet_narrows_the_table_and_the_address():
    app = opened("explore", lang="kk")
    app.button_group(key="f_topic").set_value(["heritage"])
    app.run()
    assert not failures(app)
    (count,) = (
        facts()
        .execute(
            f"SELECT count(*) FROM observations JOIN read_csv('{FACTS}/indicators.csv') USING (indicator_id)"
            " WHERE topic = 'heritage' AND value IS NOT NULL"
        )
        .fetchone()
    )
    assert len(table_of(app)) == count + len(left(asked(topic=["heritage"], origin=["computed"])).rows)
    assert app.query_params["f_topic"] in ("heritage", ["heritage"])
    app.button(key="clear_facets").click().run()
    assert app.session_state["f_topic"] == []
    assert "f_topic" not in app.query_params


@languages
def test_choices_that_leave_nothing_are_named(t):
    app = opened("explore", lang=t.language, f_group="age_16_29", f_topic="funding")
    assert not failures(app)
    warned = [line for body in bodies(app) for line in elements(body, ".rz-warn")]
    assert warned == [t("filter.nothing_left", filters=f"{t('filter.f_topic').lower()}, {t('filter.f_group').lower()}")]


@languages
def test_a_wrong_id_in_the_address_is_one_friendly_line(t):
    app = opened("explore", lang=t.language, f_region="narnia", explore="pie", pivot_rows="x", question="drop")
    assert not failures(app)
    warned = [line for body in bodies(app) for line in elements(body, ".rz-warn")]
    for key, value in (("f_region", "narnia"), ("explore", "pie"), ("pivot_rows", "x"), ("question", "drop")):
        assert t("filter.unknown_value", what=t(f"filter.{key}"), value=value) in warned


@languages
def test_the_search_offers_what_was_meant_and_says_why(t):
    app = opened("explore", lang=t.language, look="pvlodar")
    assert not failures(app)
    assert t("explore.look_slip") in words(app)
    app.button(key="hit_region_pavlodar").click().run()
    assert app.session_state["f_region"] == ["pavlodar"]
    shared = [line for body in bodies(app) for line in elements(body, ".rz-lead")]
    assert explore_choices.names(t.language)["region", "pavlodar"] in shared, "all rows are of that region"
    app.button(key="hit_region_pavlodar").click().run()
    assert app.session_state["f_region"] == [], "a second click lets go of it"


def test_a_region_is_found_by_its_centre():
    for words_sought, region in (("Уральск", "west_kazakhstan"), ("oskemen", "east_kazakhstan"), ("Тараз", "zhambyl")):
        assert explore_facets.hits(words_sought, RU)[0].entry_id == region


@languages
def test_what_all_rows_share_stands_over_the_table_once(t):
    app = opened("explore", lang=t.language, f_indicator=SPONSORS, f_period="2018")
    assert explore_choices.names(t.language)["indicator", SPONSORS] + " · 2018" in words(app)
    assert not {t("table.indicator"), t("table.period"), t("explore.what")} & set(table_of(app))
    assert {t("table.region"), t("table.value_total")} <= set(table_of(app))


def test_a_word_that_means_nothing_is_told_as_it_was_written():
    app = opened("explore", lang="ru", look="<b>qwertyuiop")
    assert not failures(app)
    assert RU("explore.look_nothing", words="<b>qwertyuiop") in words(app)


def test_a_basis_keeps_the_figures_that_have_it_and_says_how_many_do_not():
    found = left(asked(per="capita"))
    assert 0 < len(found.rows) < len(left(asked()).rows)
    assert len(found.rows) + found.without_basis == len(left(asked()).rows)
    assert set(found.rows["aggregation"]) == {"sum"}
    assert found.rows["is_computed"].all()
    app = opened("explore", lang="ru", per="capita")
    assert RU.plural("explore.without_basis", found.without_basis) in words(app)


# The question that an analyst must be able to answer


def test_regions_above_the_country_are_the_same_by_facets_and_by_sql():
    """«Which regions had more sponsors' money per inhabitant in 2018 than the country, and where is each printed?»"""
    found = left(asked(per="capita", indicator=[SPONSORS], period=["2018"]))
    made = pivot(found.rows, asked(per="capita", indicator=[SPONSORS], period=["2018"]), EN)
    values = cells_of(made)
    country = values[COUNTRY, "2018"]
    above = {region: value for (region, _), value in values.items() if region != COUNTRY and value > country}
    own = of_sponsors("2018", per_inhabitant=True)
    assert {region: own[region] for region in above} == pytest.approx(above)
    assert set(above) == {region for region, value in own.items() if value > country}
    places = {
        region: tuple(row) for region, *row in facts().execute(
            "SELECT region_id, kk_line, kk_printed, ru_line, ru_printed FROM observations"
            " WHERE indicator_id = ? AND period_id = '2018'", [SPONSORS]
        ).fetchall()
    }  # fmt: skip
    if not sandbox.is_available():
        return
    answer = sandbox.run(saved_questions.by_id("above_country").text("en"), {"indicator": SPONSORS, "period": "2018"})
    heads = [name for name, _ in answer.columns]
    by_sql = {row[0]: dict(zip(heads, row, strict=True)) for row in answer.rows}
    names = {one: explore_choices.names("en")["region", one] for one in above}
    assert by_sql.keys() == set(names.values())
    for region, name in names.items():
        row = by_sql[name]
        assert row["per_inhabitant"] == pytest.approx(above[region])
        assert row["country_per_inhabitant"] == pytest.approx(country)
        assert (str(row["kk_line"]), row["kk_printed"], str(row["ru_line"]), row["ru_printed"]) == places[region]
    shown = found.rows.set_index("region_id")
    for region in above:
        printed = shown.loc[region]
        assert (
            str(printed["kk_line"]),
            printed["kk_printed"],
            str(printed["ru_line"]),
            printed["ru_printed"],
        ) == places[region]


# Pivot


def test_cells_are_the_figures_of_the_facts():
    wanted = asked(indicator=[SPONSORS], period=["2017", "2018"])
    made = pivot(left(wanted).rows, wanted, KK)
    for period in ("2017", "2018"):
        own = of_sponsors(period)
        assert {region: cells_of(made)[region, period] for region in own} == own
    assert ("shymkent", "2018") not in made.cells, "what is not printed has no cell"
    assert made.columns == ("2017", "2018") and made.rows[0] == COUNTRY


def test_a_sum_over_regions_is_the_sum_of_the_facts():
    wanted = asked(
        rows="period", columns="none", measure="sum", indicator=[SPONSORS], period=["2017", "2018"],
        region=[one for one in ask("regions")["region_id"] if one != COUNTRY],
    )  # fmt: skip
    made = pivot(left(wanted).rows, wanted, RU)
    assert made.refusal is None
    for period in ("2017", "2018"):
        cell = made.cells[period, ""]
        assert (cell.value, cell.count) == (sum(of_sponsors(period).values()), len(of_sponsors(period)))
        assert cell.is_computed and len(cell.observation_ids) == cell.count


@pytest.mark.parametrize(
    "code, facets, options",
    [
        ("mixed_units", {"topic": ["funding"]}, {}),
        ("several_indicators", {"indicator": [SPONSORS, "tugan_zher_local_budget"]}, {}),
        ("not_additive", {"indicator": ["tugan_zher_leverage"], "period": ["2018"]}, {"rows": "period", "columns": "none"}),
        ("nested_regions", {"indicator": [SPONSORS], "period": ["2018"]}, {"rows": "period", "columns": "none"}),
        ("nested_periods", {"indicator": [SPONSORS], "region": ["pavlodar"]}, {"columns": "none"}),
        ("per_capita", {"indicator": [SPONSORS], "region": ["pavlodar"], "period": ["2017", "2018"]}, {"columns": "none", "per": "capita"}),
        ("per_month", {"indicator": [SPONSORS], "region": ["pavlodar"], "period": ["2017", "2018"]}, {"columns": "none", "per": "month"}),
    ],
)  # fmt: skip
@languages
def test_a_sum_that_is_nobody_s_figure_is_refused_with_the_reason(t, code, facets, options):
    wanted = asked(measure="sum", **facets, **options)
    made = pivot(left(wanted).rows, wanted, t)
    assert made.refusal and made.refusal.code == code and made.cells == {}
    sentence = explore_pivot.why(made.refusal, wanted, t)
    assert len(sentence) > 40 and "{" not in sentence
    if t is KK:
        address = {
            "explore": "pivot", "pivot_measure": "sum", "per": wanted.per, "pivot_rows": wanted.rows,
            "pivot_columns": wanted.columns, **{key_of(facet): ",".join(ids) for facet, ids in facets.items()},
        }  # fmt: skip
        app = opened("explore", lang="kk", **address)
        assert not failures(app)
        assert sentence in words(app)
        assert not list(app.dataframe)


def test_groups_and_categories_are_never_added():
    rows = [
        {"unit": "KZT", "indicator_id": "a", "aggregation": "sum", "group_id": None, "category_id": one}
        for one in ("x", "y")
    ]
    assert not_added(rows, "total") == ("parts", "")


def test_several_figures_in_a_cell_are_counted_not_guessed():
    wanted = asked(topic=["funding"], region=["pavlodar"])
    made = pivot(left(wanted).rows, wanted, KK)
    several = [cell for cell in made.cells.values() if cell.count > 1]
    assert several and all(cell.value is None for cell in several)
    assert explore_pivot.said(several[0], KK) == KK.plural("explore.figures", several[0].count)
    counted = pivot(left(wanted).rows, asked(measure="count", topic=["funding"], region=["pavlodar"]), KK)
    assert {place: cell.count for place, cell in made.cells.items()} == cells_of(counted)


def test_the_largest_and_smallest_value_are_figures_of_the_facts():
    for measure, pick in (("highest", max), ("lowest", min)):
        wanted = asked(
            rows="period", columns="none", measure=measure, indicator=[SPONSORS], period=["2018"],
            region=[one for one in ask("regions")["region_id"] if one != COUNTRY],
        )  # fmt: skip
        made = pivot(left(wanted).rows, wanted, KK)
        assert cells_of(made) == {("2018", ""): pick(of_sponsors("2018").values())}


def test_another_wording_of_a_figure_is_left_out_and_told():
    wanted = asked(indicator=[SPONSORS], period=["2017/2019-9m"], region=[COUNTRY])
    found = left(wanted)
    assert len(found.rows) == 2, "274,1 and about 270 billion"
    made = pivot(found.rows, wanted, KK)
    assert (made.hidden, cells_of(made)) == (1, {(COUNTRY, "2017/2019-9m"): 274_129_014_477})
    app = opened("explore", explore="pivot", f_indicator=SPONSORS, f_period="2017/2019-9m", f_region=COUNTRY)
    assert KK.plural("explore.hidden", 1) in words(app)


# Charts


@languages
def test_only_charts_that_fit_are_offered_and_the_others_say_why(t):
    address = {
        "explore": "chart",
        "f_indicator": SPONSORS,
        "f_region": "atyrau,pavlodar,akmola",
        "f_period": "2017,2018",
    }
    app = opened("explore", lang=t.language, **address)
    assert not failures(app)
    assert list(app.button_group(key="chart").options) == [
        t(f"explore.chart_{one}") for one in ("bars", "stacked", "points")
    ]
    assert t("explore.off_no_time") in words(app)
    app = opened("explore", lang=t.language, **address, pivot_rows="period", pivot_columns="region", chart="lines")
    assert not failures(app)
    assert app.session_state["chart"] == "lines"
    rows = drawn_rows(charts(app)[0], "row", "amount")
    assert sorted(row["amount"] * 1e9 for row in rows) == pytest.approx(
        sorted(
            of_sponsors(period)[region] for period in ("2017", "2018") for region in ("atyrau", "pavlodar", "akmola")
        )
    )
    assert len(app.get("vega_lite_chart")[0].proto.alt) > 40


def test_nine_months_do_not_stand_on_a_line_beside_full_years_in_total():
    address = {
        "explore": "chart", "f_indicator": SPONSORS, "f_region": "pavlodar", "f_period": "2017,2018,2019-9m",
        "pivot_rows": "period", "pivot_columns": "region",
    }  # fmt: skip
    app = opened("explore", lang="ru", **address)
    assert RU("explore.off_unequal_periods") in words(app)
    app = opened("explore", lang="ru", **address, per="month")
    assert RU("explore.off_unequal_periods") not in words(app)
    assert RU("explore.chart_lines") in list(app.button_group(key="chart").options)


def test_a_chart_of_several_units_is_not_drawn():
    app = opened(
        "explore",
        lang="kk",
        explore="chart",
        f_topic="funding",
        f_region="pavlodar",
        pivot_rows="indicator",
        f_period="2018",
    )
    assert not failures(app)
    assert charts(app) == []
    assert KK("explore.off_units") in words(app)


def explored(t, kind, **options):
    """The chart of a kind as an exhibit, and its pivot."""
    wanted = asked(view="chart", **options)
    found = left(wanted)
    made = pivot(found.rows, wanted, t)
    assert kind in explore_chart.fit(made, wanted, t).fitting
    return explore_exhibit.made(kind, found, explore_chart.rows_of(made, wanted, t), wanted, t), made


YEARS = ("2017", "2018", "2019-9m")
DRAWN = {
    "bars": {"columns": "none", "indicator": (SPONSORS,), "period": ("2018",)},
    "stacked": {"rows": "period", "columns": "region", "indicator": (SPONSORS,), "period": YEARS, "region": ("atyrau", "pavlodar")},
    "lines": {"rows": "period", "columns": "region", "indicator": (SPONSORS,), "period": YEARS, "region": ("atyrau", "pavlodar"), "per": "month"},
    "points": {"columns": "indicator", "indicator": (SPONSORS, "tugan_zher_local_budget"), "period": ("2018",), "per": "capita"},
}  # fmt: skip


@languages
@pytest.mark.parametrize("kind", DRAWN)
def test_a_chart_is_an_exhibit_with_its_values_and_all_that_stands_beside_them(kind, t):
    one, made = explored(t, kind, **DRAWN[kind])
    shown = sorted(value * one.unit_size for series in one.series for value in series.values if value is not None)
    cells = {place: cell.value for place, cell in made.cells.items()}
    if kind == "points":
        both = [row for row in made.rows if all((row, column) in cells for column in made.columns)]
        assert list(one.category_ids) == [row for row in made.rows if row in both]
        assert shown == pytest.approx(sorted(cells[row, made.columns[1]] for row in both))
    else:
        assert shown == pytest.approx(sorted(cells.values()))
    assert one.title and one.unit and one.source.startswith(t("source.line", places=""))
    assert (one.period or "period" in one.title or DRAWN[kind].get("rows") == "period") and one.observation_ids
    if "2019-9m" in DRAWN[kind]["period"]:
        assert t("note.nine_months_short") in one.note
    assert (one.formula is None) == (not any(cell.is_computed for cell in made.cells.values()))
    svg = pictures.svg(one, t, datetime.date(2026, 11, 22)).decode()
    assert f'lang="{t.language}"' in svg and day(datetime.date(2026, 11, 22), t) in svg


def test_the_picture_and_the_slide_of_a_chart_are_offered_and_made(monkeypatch):
    import streamlit as st

    offered = {}
    monkeypatch.setattr(st, "download_button", lambda _, data, **options: offered.update({options["key"]: data}))
    address = {"explore": "chart", "f_indicator": SPONSORS, "f_period": "2018", "pivot_columns": "none"}
    app = opened("explore", lang="ru", **address)
    app.session_state["explored_table"] = True
    app.run()
    assert not failures(app)
    assert offered["explored_png"]()[:4] == b"\x89PNG"
    (slide,) = pptx.Presentation(io.BytesIO(offered["explored_pptx"]())).slides
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    (series,) = frame.chart.plots[0].series
    known = [value * 1e9 for value in series.values]
    assert sorted(known)[:-1] == pytest.approx(sorted(of_sponsors("2018").values())), "the country has one more"
    assert "4899" in slide.notes_slide.notes_text_frame.text


def test_many_bars_side_by_side_are_a_table_on_a_slide():
    one, made = explored(KK, "bars", indicator=(SPONSORS,), period=YEARS)
    assert one.kind == "table" and len(one.series) == 3 and len(one.categories) == len(made.rows)
    known = {(row, column): cell.value for (row, column), cell in made.cells.items()}
    for series, column in zip(one.series, made.columns, strict=True):
        for region, value in zip(one.category_ids, series.values, strict=True):
            expected = known.get((region, column))
            assert value == (None if expected is None else pytest.approx(expected / one.unit_size))


def test_a_figure_that_is_not_exact_says_so_in_the_picture():
    rows = ask("explorer_figures")
    inexact = rows[(rows["qualifier"] == ">") & rows["preferred"]].iloc[0]
    one, _ = explored(
        KK, "bars", columns="none", indicator=(inexact["indicator_id"],), period=(inexact["period_id"],),
        region=(inexact["region_id"],),
    )  # fmt: skip
    assert any(KK("qualifier.more", value="") in remark for remark in one.series[0].remarks)


def test_money_of_a_source_has_its_own_colour_and_a_year_has_not():
    one, _ = explored(
        KK, "bars", columns="indicator", indicator=(SPONSORS, "tugan_zher_local_budget"), period=("2018",)
    )
    assert {series.colour for series in one.series} == set(theme.SOURCE_COLOURS.values())
    one, _ = explored(KK, "bars", indicator=(SPONSORS,), period=YEARS)
    assert not {series.colour for series in one.series} & set(theme.SOURCE_COLOURS.values())


# Free questions


@needs_linux
@languages
def test_a_saved_question_runs_by_itself_in_the_language_of_the_page(t):
    app = opened(
        "explore", lang=t.language, explore="sql", question="ranking", sql_indicator=SPONSORS, sql_period="2018"
    )
    assert not failures(app)
    shown = table_of(app)
    own = of_sponsors("2018")
    assert dict(zip(shown["region"], shown["value"], strict=True)) == pytest.approx(
        {explore_choices.names(t.language)["region", region]: value for region, value in own.items()}
    )
    assert f"short_{t.language}" in app.text_area(key="sql_editor").value
    assert t("free_query.tables") in words(app)


@needs_linux
def test_what_came_with_a_link_waits_until_the_visitor_runs_it():
    query = "SELECT kind, count(*) AS n\nFROM regions\nGROUP BY ALL ORDER BY n"
    app = opened("explore", lang="kk", explore="sql", sql=query)
    assert app.text_area(key="sql_editor").value == query
    assert KK("free_query.press_run") in words(app)
    assert not list(app.dataframe)
    _submit(app)
    assert not failures(app)
    assert table_of(app).to_dict("list") == {"kind": ["country", "city", "oblast"], "n": [1, 3, 14]}
    assert urlencode({"sql": query}) == urlencode({"sql": _one(app.query_params["sql"])}), (
        "the query stays in the address"
    )


def _one(parameter):
    return parameter if isinstance(parameter, str) else parameter[-1]


def _submit(app):
    (button,) = [one for one in app.button if one.label in {t("free_query.run") for t in TRANSLATIONS.values()}]
    button.click().run()


@needs_linux
@languages
def test_a_fault_is_told_in_the_language_of_the_page_with_its_place(t):
    app = opened("explore", lang=t.language, explore="sql", sql="SELECT region_id,\n  nope FROM region")
    _submit(app)
    assert not failures(app)
    (said,) = [body for body in bodies(app) if 'role="alert"' in body]
    assert t("free_query.fault_table", name="region") in said.replace("&quot;", '"')
    assert t("free_query.at", line=2, column=13) in said
    assert "regions" in said, "what may have been meant is named"
    app.text_area(key="sql_editor").set_value("SELECT vaule FROM observations")
    _submit(app)
    assert t("free_query.meant", names="value") in words(app)
    app.text_area(key="sql_editor").set_value("SELECT * FROM read_csv('/etc/passwd')")
    _submit(app)
    assert t("free_query.fault_function", name="read_csv") in words(app)
    assert not list(app.dataframe)


@needs_linux
def test_a_parameter_without_a_value_is_asked_for():
    app = opened("explore", lang="ru", explore="sql", question="money_above")
    assert RU("free_query.fault_parameter_missing", name="number") in words(app)
    app.text_input(key="sql_number").set_value("100 000 000 000").run()
    assert not failures(app)
    shown = table_of(app)
    assert (shown["value"] > 1e11).all() and len(shown) == 3
    app.text_input(key="sql_number").set_value("много").run()
    assert RU("free_query.fault_parameter_missing", name="number") in words(app)


@needs_linux
def test_an_answer_becomes_a_chart_of_a_kind_that_fits():
    app = opened(
        "explore",
        lang="ru",
        explore="sql",
        question="ranking",
        sql_indicator=SPONSORS,
        sql_period="2018",
        sql_shown="chart",
    )
    assert not failures(app)
    rows = drawn_rows(charts(app)[0], "name", "value")
    assert len(rows) == len(of_sponsors("2018"))
    app = opened(
        "explore",
        lang="ru",
        explore="sql",
        question="recommendations_with_a_word",
        sql_text="истори",
        sql_shown="chart",
    )
    assert not failures(app)
    assert "–" in words(app)


def test_the_tables_beside_the_editor_are_those_of_the_extracts():
    from rzh_data import store
    from rzh_ui import free_query_schema

    known = store.current()._connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    assert sorted(free_query_schema.names()) == sorted(name for (name,) in known)
    columns = store.current()._connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'region_values' ORDER BY column_index"
    )
    assert dict(columns.fetchall()) == free_query_schema.REGION_VALUES
    for t in TRANSLATIONS.values():
        tree = free_query_schema.tree(t)
        assert len(elements(tree, "summary")) == len(known)
        assert all(len(line) > 3 for line in elements(tree, "li"))


def test_the_table_says_a_missing_value_as_missing():
    shown = pd.DataFrame(ask("explorer_figures")["value"])
    assert shown["value"].notna().all(), "a figure without a value is no row, and never a zero"


def test_no_sentence_of_another_language_is_left():
    for t in (KK, RU):
        app = opened("explore", lang=t.language, explore="chart", f_indicator=SPONSORS, f_period="2017,2018")
        seen = words(app) + json.dumps(charts(app), ensure_ascii=False)
        for text in EN.texts().values():
            if isinstance(text, str) and len(text) > 12 and "{" not in text:
                assert text not in seen


def test_facets_are_named_in_three_languages():
    for t in TRANSLATIONS.values():
        for facet in FACETS:
            ids = {one for row in left(asked()).counts[facet] for one in [row]}
            assert all(explore_facets.name(facet, one, t).strip() for one in ids)


def test_what_is_shown_is_taken_away_with_numbers_as_numbers(monkeypatch):
    import streamlit as st

    offered = {}
    monkeypatch.setattr(st, "download_button", lambda _, data, **options: offered.update({options["key"]: data}))
    app = opened("explore", lang="ru", f_indicator=SPONSORS, f_period="2018")
    assert not failures(app)
    values = sorted(of_sponsors("2018").values())
    lines = list(csv.reader(io.StringIO(offered["explore_csv"]().decode("utf-8-sig")), delimiter=";"))
    head = lines[0]
    place, unit, qualifier = (head.index(RU(key)) for key in ("table.value_total", "explore.unit", "explore.qualifier"))
    regions = [line for line in lines[1:] if line[head.index(RU("table.region"))] != "Казахстан"]
    assert sorted(float(line[place].replace(",", ".")) for line in regions) == values
    assert {(line[unit], line[qualifier]) for line in regions} == {(RU("explore.unit_kzt"), "=")}
    sheet = openpyxl.load_workbook(io.BytesIO(offered["explore_xlsx"]())).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert sheet.freeze_panes == "A2" and cells[0] == head
    assert sorted(row[place] for row in cells[1:] if row[head.index(RU("table.region"))] != "Казахстан") == values
    opened("explore", lang="ru", explore="pivot", f_indicator=SPONSORS, f_period="2018")
    assert len(offered["explore_pivot_csv"]().decode("utf-8-sig").splitlines()) == len(values) + 2


def test_a_missing_whole_number_is_an_empty_cell():
    table = pd.DataFrame({"n": pd.array([1, None], "Int64"), "name": ["a", "b"]})
    assert csv_of(table).decode("utf-8-sig").splitlines() == ["n;name", "1;a", ";b"]
    sheet = openpyxl.load_workbook(io.BytesIO(explore_download.xlsx(table))).active
    assert [cell.value for cell in sheet["A"]] == ["n", 1, None]


def sent_of(app):
    """Values and words of the one table of the page, as they travel to the browser."""
    (element,) = app.dataframe
    data = element.proto.arrow_data
    return tuple(pa.ipc.open_stream(part).read_all().to_pydict() for part in (data.data, data.styler.display_values))


@languages
def test_a_number_is_sent_as_a_number_and_as_words(t):
    values, said = sent_of(opened("explore", lang=t.language, f_indicator=SPONSORS, f_period="2018"))
    column = t("table.value_total")
    assert list(values) == list(said)
    assert {number: numbers.quantity(number, "KZT", t, is_short=False) for number in values[column]} == dict(
        zip(values[column], said[column], strict=True)
    )
    assert set(said[t("table.region")]) == {None}, "a text is sent once"
    assert all(line is None or isinstance(line, int) for line in values[t("table.line_ru")]), "lines sort as numbers"


@needs_linux
def test_an_answer_says_its_numbers_in_words_and_a_gap_as_missing():
    query = "SELECT * FROM (VALUES ('a', 1234567.5), ('b', NULL)) AS t (name, amount)"
    app = opened("explore", lang="ru", explore="sql", sql=query)
    app.button(key="FormSubmitter:sql_form-" + RU("free_query.run")).click().run()
    assert not failures(app)
    values, said = sent_of(app)
    assert values == {"name": ["a", "b"], "amount": [1234567.5, None]}
    assert said["amount"] == [f"1{NO_BREAK}234{NO_BREAK}567,50", RU("figure.missing")]


def test_a_row_of_an_answer_names_its_figures():
    one, two = "tugan_zher_sponsors:pavlodar:2017", "tugan_zher_sponsors:pavlodar:2018"
    known = free_query_answer.figures_of
    assert known(pd.Series({"observation_id": one, "n": 1})) == (one,)
    assert known(pd.Series({"observation_ids": json.dumps([one, two, one])})) == (one, two)
    assert known(pd.Series({"observation_id": two, "observation_ids": json.dumps([one])})) == (two, one)
    for cell in (None, float("nan"), "[", '"a"', "7", "[7, null]"):
        assert known(pd.Series({"observation_ids": cell})) == ()


def test_a_text_that_a_spreadsheet_would_run_stays_a_text():
    table = pd.DataFrame({"=1+1": ["=HYPERLINK(1)", "-1", "@x", "plain"], "n": [-1.5, 2.0, None, 0.0]})
    lines = csv_of(table).decode("utf-8-sig").splitlines()
    assert lines == ["'=1+1;n", "'=HYPERLINK(1);-1,5", "'-1;2", "'@x;", "plain;0"]
    sheet = openpyxl.load_workbook(io.BytesIO(explore_download.xlsx(table))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][1:3] == [["=HYPERLINK(1)", -1.5], ["-1", 2]]
    assert sheet["A2"].data_type == "s", "no formula"
