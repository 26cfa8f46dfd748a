"""Figures apart from the screen: every figure of every page is one, and says what the facts say, in three languages."""

from __future__ import annotations

import ast
import math
import re
from dataclasses import replace

import pytest
from screen import PAGES, ROOT, TRANSLATIONS, facts, printed

from rzh_data.facts import observation_id
from rzh_data.schema import LANGUAGES
from rzh_ui import exhibits, theme
from rzh_ui.controls import Chosen
from rzh_ui.data import ask
from rzh_ui.exhibit import Exhibit, NothingToShow, Series

KK = TRANSLATIONS["kk"]
PLAIN = Chosen(
    metric="tugan_zher_funding",
    period="2018",
    per="total",
    principles=(),
    regions=(),
    region=None,
    source="tugan_zher_funding",
    prices="nominal",
)
PAVLODAR = replace(PLAIN, region="pavlodar", regions=("atyrau", "shymkent"))

LISTS = {"region_figures", "region_claims", "claims", "recommendations"}
"""Tables of words: there is nothing to draw."""

languages = pytest.mark.parametrize("t", TRANSLATIONS.values(), ids=LANGUAGES)
each_key = pytest.mark.parametrize("key", exhibits.BUILDERS)


def made(key: str, t=KK, choice: Chosen = PLAIN) -> Exhibit:
    return exhibits.of(key, PAVLODAR if key.startswith("region_") and choice is PLAIN else choice, t)


def observed() -> dict[str, float]:
    """Value of every observation by its id, from the facts as they were entered."""
    rows = facts().execute("SELECT * FROM observations")
    names = [column[0] for column in rows.description]
    found = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    return {observation_id(row): float(row["value"]) for row in found if row["value"]}


OBSERVED = observed()


def calls(page: str) -> list[ast.Call]:
    tree = ast.parse((ROOT / "pages" / f"{page}.py").read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("page", PAGES)
def test_every_figure_of_a_page_is_an_exhibit(page):
    """Whatever is drawn under a key can be asked for under it; what has a table under it offers its picture there."""
    drawn, offered = set(), set()
    for call in calls(page):
        name = ast.unparse(call.func)
        arguments = {word.arg: word.value for word in call.keywords}
        if name in ("figure.chart", "figure.under", "figure.table_alone") or (
            name == "region_map.show" and "key" in arguments
        ):
            key = ast.literal_eval(arguments["key"])
            drawn.add({"map": "map_values"}.get(key, key))
            if name in ("figure.under", "figure.table_alone") and key not in LISTS:
                assert "exhibit" in arguments, f"{page}: {key} offers no picture"
        if name == "exhibits.maker":
            offered.add(ast.literal_eval(call.args[0]))
    assert drawn - LISTS <= set(exhibits.BUILDERS)
    assert drawn - LISTS <= offered, "a picture of each can be taken away"


@languages
@each_key
def test_an_exhibit_is_whole_and_speaks_one_language(key, t):
    one = made(key, t)
    count = len(one.categories)
    assert count and len(one.category_ids) == count == len(set(one.category_ids))
    for series in one.series:
        assert len(series.values) == count
        assert len(series.across) in (0, count) and len(series.remarks) in (0, count)
        assert re.fullmatch(r"#[0-9a-f]{6}", series.colour)
        assert all(value is None or math.isfinite(value) for value in series.values)
    assert any(value is not None for series in one.series for value in series.values)
    assert re.fullmatch(r"[a-z0-9_-]+", one.file_name)
    words = [
        one.title,
        one.finding,
        one.measure,
        one.note,
        one.source,
        one.formula or "",
        *one.categories,
        *one.class_labels,
    ]
    assert one.title and one.finding and one.source.startswith(t("source.line", places=""))
    assert not [text for text in words if re.search(r"\bnan\b|\bNone\b|[{}]", text)]
    if t.language != "en":
        assert re.search("[а-яё]", one.title) and re.search("[а-яё]", one.finding)
    assert set(one.observation_ids) <= set(OBSERVED)


@each_key
def test_three_languages_say_the_same_numbers(key):
    """Regions are in each language's own order, so that numbers are compared by category."""
    found = []
    for t in TRANSLATIONS.values():
        one = made(key, t)
        values = [dict(zip(one.category_ids, series.values, strict=True)) for series in one.series]
        found.append(sorted(map(str, ([sorted(value.items()) for value in values]))))
    assert found[0] == found[1] == found[2]


PRINTED = [
    key for key in exhibits.BUILDERS if made(key).formula is None and key not in ("verdicts", "matrix_bodies", "gaps")
]


def test_most_kinds_of_figures_are_printed_somewhere():
    assert {"funnel", "answers", "channels", "media", "textbooks", "heat", "participation"} <= set(PRINTED)


@pytest.mark.parametrize("key", PRINTED)
def test_a_value_that_is_called_printed_is_an_observation(key):
    one = made(key)
    known = {OBSERVED[identity] for identity in one.observation_ids}
    for series in one.series:
        size = series.unit_size or one.unit_size
        for value in series.values:
            if value is not None:
                assert any(math.isclose(value * size, figure, rel_tol=1e-12) for figure in known), (key, value * size)


def amount(indicator: str, region: str, period: str) -> float | None:
    found = OBSERVED.get(f"{indicator}:{region}:{period}")
    return None if found is None else found


BUDGET, SPONSORS = "tugan_zher_local_budget", "tugan_zher_sponsors"


def test_the_heat_table_has_every_printed_amount_in_its_cell_and_nothing_else():
    one = made("heat")
    regions = [row for row in ask("regions")["region_id"] if row != "kazakhstan"]
    assert set(one.category_ids) == set(regions)
    columns = [(source, period) for source in (BUDGET, SPONSORS) for period in ("2017", "2018", "2019-9m")]
    for (source, period), series in zip(columns, one.series, strict=True):
        for region, value in zip(one.category_ids, series.values, strict=True):
            expected = amount(source, region, period)
            assert (value is None) == (expected is None), (region, period)
            if value is not None and expected is not None:
                assert math.isclose(value * one.unit_size, expected, rel_tol=1e-12)


def test_bars_by_region_are_the_printed_amounts_of_the_period():
    one = made("by_region")
    assert [series.colour for series in one.series] == [theme.LOCAL_BUDGET, theme.SPONSORS]
    totals = [sum(values) for values in zip(*(series.values for series in one.series), strict=True)]
    assert totals == sorted(totals, reverse=True)
    for source, series in zip((BUDGET, SPONSORS), one.series, strict=True):
        for region, value in zip(one.category_ids, series.values, strict=True):
            assert math.isclose(value * one.unit_size, amount(source, region, "2018"), rel_tol=1e-12)


def test_columns_by_period_add_up_to_what_the_regions_have():
    one = made("by_period")
    regions = [row for row in ask("regions")["region_id"] if row != "kazakhstan"]
    for source, series in zip((BUDGET, SPONSORS), one.series, strict=True):
        for period, value in zip(one.category_ids, series.values, strict=True):
            parts = [amount(source, region, period) or 0 for region in regions]
            assert math.isclose(value * one.unit_size, sum(parts), rel_tol=1e-9), (source, period)
    shares = made("by_period_share")
    for values in zip(*(series.values for series in shares.series), strict=True):
        assert math.isclose(sum(values), 100)


def test_a_map_knows_which_region_has_no_figure_and_does_not_call_it_zero():
    one = exhibits.of("map_values", replace(PLAIN, metric=SPONSORS, period="2017"), KK)
    values = dict(zip(one.category_ids, one.series[0].values, strict=True))
    assert one.vintage == "16" and values["shymkent"] is None and len(values) == 17
    assert math.isclose(values["atyrau"] * one.unit_size, amount(SPONSORS, "atyrau", "2017"), rel_tol=1e-12)
    assert one.missing and len(one.class_labels) == len(one.breaks) + 1
    words = dict(zip(one.category_ids, one.series[0].remarks, strict=True))
    assert words["atyrau"] == "11,0\u00a0млрд\u00a0₸" and words["shymkent"] == ""
    shares = exhibits.of("map_values", replace(PLAIN, metric="tugan_zher_patrons_share"), KK).series[0].remarks
    assert "37%" in shares and "1,42%" in shares, "as many decimals as are printed"
    view = exhibits.of("small_maps", replace(PLAIN, metric=SPONSORS), KK)
    assert [series.vintage for series in view.series] == ["16", "17", "17", "17"]
    singles = view.singles()
    assert [single.kind for single in singles] == ["map"] * 4 and len({single.file_name for single in singles}) == 4
    assert all(single.breaks == one.breaks for single in singles), "a class means the same in each"


def test_filters_leave_a_part_and_what_they_empty_is_said():
    two = replace(PLAIN, regions=("atyrau", "pavlodar"))
    assert set(exhibits.of("map_values", two, KK).category_ids) == {"atyrau", "pavlodar"}
    assert set(exhibits.of("heat", two, KK).category_ids) == {"atyrau", "pavlodar"}
    assert "Атырау" in exhibits.of("by_period", two, KK).place
    for key in ("by_region", "lorenz", "money"):
        with pytest.raises(NothingToShow):
            exhibits.of(key, replace(PLAIN, principles=("openness",)), KK)
    for key in ("region_strips", "region_money", "region_compared"):
        with pytest.raises(NothingToShow):
            exhibits.of(key, PLAIN, KK)
    with pytest.raises(NothingToShow):
        exhibits.of("by_region", replace(PLAIN, regions=("shymkent",), period="2017"), KK)
    with pytest.raises(KeyError):
        exhibits.of("no_such_figure", PLAIN, KK)


def test_percentages_beside_the_funnel_are_of_the_applications():
    one = made("funnel")
    assert one.series[0].values == (120, 76, 46, 39, 20)
    assert "63,3%" in one.series[0].remarks[1] and "16,7%" in one.series[0].remarks[4]


def test_what_a_survey_does_not_print_stays_open():
    one = made("answers")
    known = {
        (group, series.colour): value
        for series in one.series
        for group, value in zip(one.category_ids, series.values, strict=True)
    }
    assert known["everybody", theme.ANSWER_COLOURS["knows_well"]] == printed(
        "indicator_id = 'awareness_share' AND group_id IS NULL AND category_id = 'knows_well'"
    )
    assert known["age_16_29", theme.ANSWER_COLOURS["knows_well"]] is None


def test_strips_become_bars_of_one_indicator_each_most_on_top():
    one = made("region_strips")
    assert one.marked[0] == "pavlodar" and set(one.marked[1:]) == {"atyrau", "shymkent"}
    for single, strip in zip(one.singles(), one.series, strict=True):
        values = single.series[0].values
        assert single.kind == "bars" and single.unit == strip.unit and None not in values
        assert list(values) == sorted(values, reverse=True)
        position = one.category_ids.index("pavlodar")
        assert strip.values[position] == values[single.category_ids.index("pavlodar")]


def test_ranks_follow_the_amounts():
    one = made("ranks")
    assert one.is_ranked
    for index, period in enumerate(one.category_ids):
        ranked = sorted(
            (
                (series.values[index], region)
                for series, region in zip(one.series, region_ids(one), strict=True)
                if series.values[index] is not None
            )
        )
        amounts = [
            (amount(BUDGET, region, period) or 0) + (amount(SPONSORS, region, period) or 0) for _, region in ranked
        ]
        assert amounts == sorted(amounts, reverse=True)


def region_ids(one: Exhibit) -> list[str]:
    names = {row["short_kk"]: row["region_id"] for row in ask("regions").to_dict("records")}
    return [names[series.name] for series in one.series]


def test_the_curve_of_inequality_starts_at_nothing_and_ends_at_everything():
    one = made("lorenz")
    whole = one.series[0]
    assert (whole.across[0], whole.values[0]) == (0, 0)
    assert math.isclose(max(whole.across), 100) and math.isclose(max(whole.values), 100)


def test_claims_are_counted_as_the_page_counts_them():
    one = made("verdicts")
    counted = dict(
        zip(one.category_ids, (series.values[index] for index, series in enumerate(one.series)), strict=True)
    )
    assert counted == {row["verdict"]: row["claim_count"] for row in ask("verdict_counts").to_dict("records")}


def test_a_scenario_is_told_from_what_is_printed():
    plain = made("funnel")
    supposed = replace(plain, series=(replace(plain.series[0], is_scenario=True),))
    assert supposed.is_scenario and not plain.is_scenario
    assert not any(made(key).is_scenario for key in exhibits.BUILDERS), "no page's figure is supposed"
    assert isinstance(Series("a", (1.0,), theme.COUNT), Series)
