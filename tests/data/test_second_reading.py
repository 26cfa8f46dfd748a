"""Two readings of the documents agree: whatever differs was resolved by the text, and the comparison overlooks nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from rzh_data.facts import FACTS, ROOT
from scripts import compare_readings
from scripts.compare_readings import Figure, compare, unresolved

SECOND = ROOT / "data" / "second_reading"
PERIODS = {"2017", "2018", "2019-9m"}

FIGURE = Figure("test_paper", "kk", 7, "12 мың", Decimal(12000), ">", "testland", "2017", "test_persons")


def kinds(first, second):
    return [difference.kind for difference in compare(first, second, PERIODS).differences]


def row(difference, resolution="the text says so"):
    names = ("document_id", "language", "line", "printed", "difference")
    return dict(zip(names, difference.key, strict=True)) | {"resolution": resolution}


@pytest.fixture(scope="module")
def readings():
    return compare_readings.first_reading(FACTS), compare_readings.second_reading(SECOND)


@pytest.fixture(scope="module")
def resolved():
    return compare_readings.rows(SECOND / compare_readings.RESOLVED)


@pytest.fixture(scope="module")
def periods():
    return compare_readings.periods_of(FACTS)


def test_both_readings_agree_or_the_text_has_decided(readings, resolved, periods):
    left, faults = unresolved(compare(*readings, periods), resolved)
    assert not left and not faults, "\n".join([*map(str, left), *faults])


def test_both_readings_read_every_half(readings):
    for figures in readings:
        halves = {half: sum(figure.half == half for figure in figures) for half in {each.half for each in figures}}
        assert len(halves) == 4 and min(halves.values()) > 40, halves


def test_nearly_all_figures_are_equal_without_being_resolved(readings, periods):
    """Else the list of resolved differences could have grown into an excuse for everything."""
    comparison = compare(*readings, periods)
    differing = {id(difference.first) for difference in comparison.differences if difference.first}
    equal = [pair for pair in comparison.pairs if id(pair[0]) not in differing]
    assert len(equal) > 0.95 * len(readings[0])
    assert not [difference for difference in comparison.differences if difference.kind in ("value", "line")]


@pytest.mark.parametrize("change", ["value", "qualifier", "line", "region", "loss"])
def test_a_slip_in_any_figure_of_the_facts_is_told(readings, resolved, periods, change):
    first, second = readings
    for position in range(0, len(first), 97):
        figure = first[position]
        slip = {
            "value": [replace(figure, value=Decimal(987654321))],
            "qualifier": [replace(figure, qualifier="<" if figure.qualifier == "=" else "=")],
            "line": [replace(figure, line=figure.line + 1)],
            "region": [replace(figure, region="testland")],
            "loss": [],
        }[change]
        changed = [*first[:position], *slip, *first[position + 1 :]]
        left, _ = unresolved(compare(changed, second, periods), resolved)
        assert left, figure


def test_a_figure_that_both_read_alike_is_no_difference():
    assert kinds([FIGURE], [FIGURE]) == []


@pytest.mark.parametrize(
    "change, kind",
    [
        ({"value": Decimal(1200)}, "value"),
        ({"qualifier": "="}, "qualifier"),
        ({"line": 9}, "line"),
        ({"printed": "он екі мың"}, "printed"),
        ({"region": "testburg"}, "region"),
        ({"period": "2018"}, "period"),
    ],
)
def test_what_the_readings_disagree_on_is_told(change, kind):
    assert kinds([FIGURE], [replace(FIGURE, **change)]) == [kind]


def test_free_words_for_a_period_say_nothing():
    assert kinds([FIGURE], [replace(FIGURE, period="unknown")]) == []


@pytest.mark.parametrize("change", [{"line": 11}, {"language": "ru"}, {"document_id": "test_book"}])
def test_a_figure_elsewhere_is_another_figure(change):
    assert sorted(kinds([FIGURE], [replace(FIGURE, **change)])) == ["only_first", "only_second"]


def test_a_figure_stands_for_one_figure_only():
    assert kinds([FIGURE], [FIGURE, FIGURE]) == ["only_second"]
    assert kinds([FIGURE, FIGURE], [FIGURE]) == ["only_first"]


def test_equal_tokens_of_a_line_are_told_apart_by_what_they_say():
    other = replace(FIGURE, region="testburg")
    assert kinds([FIGURE, other], [other, FIGURE]) == []


@pytest.mark.parametrize(
    "one, other",
    [
        ("12 мың", "12 мыңнан"),
        ("100", "100-ден"),
        ("93 %", "93%"),
        ("2,5 раза", "2,5"),
        ("5 732 664 000", "5732664000"),
        ("3,8 миллиарда", "3,8 млрд"),
        ("Үш", "үш"),
        ("трёх", "трех"),
    ],
)
def test_tokens_are_compared_without_what_stands_beside_the_number(one, other):
    assert kinds([replace(FIGURE, printed=one)], [replace(FIGURE, printed=other)]) == []


@pytest.mark.parametrize("one, other", [("5", "5-7%"), ("1,2", "12"), ("үш", "3")])
def test_other_tokens_are_told_apart(one, other):
    assert kinds([replace(FIGURE, printed=one)], [replace(FIGURE, printed=other)]) == ["printed"]


def test_a_resolved_difference_needs_a_row_of_its_own():
    comparison = compare([], [FIGURE, FIGURE], PERIODS)
    one = row(comparison.differences[0])
    assert [len(unresolved(comparison, [one] * times)[0]) for times in (0, 1, 2)] == [2, 1, 0]


def test_a_row_without_a_reason_or_a_difference_is_told():
    comparison = compare([], [FIGURE], PERIODS)
    (difference,) = comparison.differences
    assert unresolved(comparison, [row(difference, " ")])[1] == [
        "resolved.csv: test_paper, kk, 7, 12 мың, only_second: the reason is missing"
    ]
    assert unresolved(compare([FIGURE], [FIGURE], PERIODS), [row(difference)])[1] == [
        "resolved.csv: test_paper, kk, 7, 12 мың, only_second: the readings do not differ there"
    ]


def test_the_program_exits_1_while_something_is_open(tmp_path, capsys):
    name = "outreach_guide_kk.csv"
    (tmp_path / name).write_bytes((SECOND / name).read_bytes())
    assert compare_readings.main([str(tmp_path)]) == 1
    assert 'technology_packages ru, line 8099, "12": only_first' in capsys.readouterr().out
    assert compare_readings.main([]) == 0
    assert capsys.readouterr().out.endswith(" differences, 0 not resolved.\n")
