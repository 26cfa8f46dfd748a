"""The documents' figures: sums to the tenge, rules that notice a wrong digit, and computed values made anew."""

from __future__ import annotations

import contextlib
import csv
import math
from collections import defaultdict
from fractions import Fraction

import pytest

from rzh_data import checks
from rzh_data.extracts import EXTRACTS
from rzh_data.facts import FACTS, observation_id

BUDGET, SPONSORS, FUNDING = "tugan_zher_local_budget", "tugan_zher_sponsors", "tugan_zher_funding"
TABLES = (BUDGET, SPONSORS)
PERIODS = ("2017", "2018", "2019-9m")
SPAN = "2017/2019-9m"
SUMS = ("periods_add_up", "regions_add_up")


def rows(table):
    with (FACTS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FIGURES = [row for table in TABLES for row in rows(f"observations/{table}")]
"""Both funding tables as they lie in the files, read without a line of the code under test."""


def offenders(con, check):
    answer = con.execute((checks.CHECKS / f"{check}.sql").read_text(encoding="utf-8")).fetchall()
    return [(offender, message) for offender, message, *_ in answer]


@contextlib.contextmanager
def undone(con):
    """What a test changes in the tables is undone at its end."""
    con.execute("BEGIN")
    try:
        yield
    finally:
        con.execute("ROLLBACK")


def test_the_real_facts_keep_every_rule(real_facts):
    faults = checks.broken_rules(real_facts)
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.parametrize("indicator, total", [(BUDGET, 36_958_434_865), (SPONSORS, 274_129_014_477)])
def test_regions_and_periods_give_the_printed_total_to_the_tenge(con, indicator, total):
    """Once from the values of single periods, once from the totals of the rows; the printed total takes no part."""
    for periods in (PERIODS, (SPAN,)):
        answer = con.execute(
            "SELECT sum(value) FROM observations WHERE preferred AND region_id <> 'kazakhstan' "
            "AND indicator_id = ? AND list_contains(?, period_id)",
            [indicator, list(periods)],
        ).fetchone()
        assert answer == (total,), periods
    printed = con.execute(
        "SELECT value FROM observations WHERE preferred AND indicator_id = ? AND observation_id = ?",
        [indicator, f"{indicator}:kazakhstan:{SPAN}"],
    ).fetchall()
    assert printed == [(total,)]


@pytest.mark.parametrize(
    "period, total", [("2017", 11_770_214_088), ("2018", 11_157_678_853), ("2019-9m", 14_030_541_924)]
)
def test_regions_give_the_printed_total_of_each_column(con, period, total):
    answer = con.execute(
        "SELECT sum(value) FILTER (region_id <> 'kazakhstan'), sum(value) FILTER (region_id = 'kazakhstan') "
        "FROM observations WHERE preferred AND indicator_id = ? AND period_id = ?",
        [BUDGET, period],
    ).fetchone()
    assert answer == (total, total)


@pytest.mark.parametrize("indicator, value", [(BUDGET, 5_732_664_000), (SPONSORS, 3_508_000_000)])
def test_the_only_value_of_shymkent_belongs_to_nine_months_of_2019(con, indicator, value):
    answer = con.execute(
        "SELECT period_id, value FROM observations WHERE region_id = 'shymkent' AND indicator_id = ? ORDER BY ALL",
        [indicator],
    ).fetchall()
    assert answer == [(SPAN, value), ("2019-9m", value)]


@pytest.mark.parametrize("indicator", TABLES)
def test_the_tables_hold_16_regions_a_period_and_shymkent_in_the_last(indicator):
    held = defaultdict(set)
    for row in FIGURES:
        if row["indicator_id"] == indicator and row["region_id"] != "kazakhstan":
            held[row["period_id"]].add(row["region_id"])
    every = {row["region_id"] for row in rows("regions")} - {"kazakhstan"}
    assert len(every) == 17
    assert held == {"2017": every - {"shymkent"}, "2018": every - {"shymkent"}, "2019-9m": every, SPAN: every}


def test_every_observation_has_a_place(con):
    placeless = con.execute(
        'SELECT observation_id FROM observations ANTI JOIN "references" USING (observation_id)'
    ).fetchall()
    assert placeless == []
    strays = con.execute(
        'SELECT observation_id FROM "references" ANTI JOIN observations USING (observation_id)'
    ).fetchall()
    assert strays == []


def test_every_figure_is_entered_from_a_place_in_each_half_that_prints_it(con):
    """First places are told from further ones; no observation has two first places in one half."""
    doubles = con.execute(
        'SELECT observation_id, language FROM "references" WHERE is_first GROUP BY ALL HAVING count(*) > 1'
    ).fetchall()
    assert doubles == []
    assert con.execute('SELECT count(*) FROM "references" WHERE NOT is_first').fetchone() == (
        sum(len(rows(path.relative_to(FACTS).with_suffix(""))) for path in (FACTS / "further_places").glob("*.csv")),
    )


def with_a_wrong_digit(value, position):
    """Another digit in place of one: the place depends on the figure, so that all places have their turn."""
    position %= len(value)
    digit = (int(value[position]) + 1) % 10 or 1
    return value[:position] + str(digit) + value[position + 1 :]


@pytest.mark.parametrize("position, figure", list(enumerate(FIGURES)), ids=map(observation_id, FIGURES))
def test_a_wrong_digit_is_noticed(con, position, figure):
    """By its token, and, should token and value be mistyped alike, by the sums the figure is part of."""
    wrong = with_a_wrong_digit(figure["value"], position)
    assert wrong != figure["value"]
    with undone(con):
        con.execute(
            "UPDATE observations SET value = CAST(? AS DECIMAL(38, 6)) WHERE observation_id = ?",
            [wrong, observation_id(figure)],
        )
        by_token = {offender for offender, _ in offenders(con, "printed_tokens_give_values")}
        by_sum = [row for check in SUMS for row in offenders(con, check)]
    assert by_token == {observation_id(figure)}
    assert by_sum or figure["preferred"] == "false", "no sum notices the wrong digit"


@pytest.mark.parametrize("off", [1, -1])
@pytest.mark.parametrize(
    "check, total",
    [
        ("periods_add_up", f"{BUDGET}:akmola:{SPAN}"),
        ("regions_add_up", f"{BUDGET}:kazakhstan:2017"),
        *[("regions_add_up", f"{table}:kazakhstan:{SPAN}") for table in TABLES],
    ],
)
def test_a_total_that_is_one_tenge_off_is_noticed(con, check, total, off):
    with undone(con):
        con.execute("UPDATE observations SET value = value + ? WHERE observation_id = ?", [off, total])
        assert [offender for offender, _ in offenders(con, check)] == [total]


BROKEN = {
    "periods_add_up": f"UPDATE observations SET value = value + 1 WHERE observation_id = '{BUDGET}:akmola:{SPAN}'",
    "regions_add_up": f"UPDATE observations SET value = value - 1 WHERE observation_id = '{BUDGET}:kazakhstan:2017'",
    "one_preferred_variant": "UPDATE observations SET preferred = true WHERE variant = 'rounded'",
    "shares_lie_in_range": "UPDATE observations SET value = 100.1 WHERE indicator_id = 'tugan_zher_patrons_share'",
    "sums_close": "UPDATE observations SET value = value + 1 WHERE observation_id = 'media_materials:kazakhstan:2020'",
    "words_have_an_owner": "UPDATE recommendations SET addressee_id = 'nobody' WHERE addressee_type = 'region'",
    "words_have_a_place": "UPDATE programme_items SET kk_line = ru_line WHERE ru_line IS NOT NULL",
    "periods_hold_together": "UPDATE periods SET months = 12 WHERE period_id = '2019-9m'",
    "population_adds_up": "UPDATE population SET population = population + 1 WHERE region_id = 'kazakhstan'",
    "printed_tokens_give_values": "UPDATE \"references\" SET printed = '7 мың' WHERE printed = '6 мың'",
}


@pytest.mark.parametrize("check", sorted(path.stem for path in checks.CHECKS.glob("*.sql")))
def test_every_check_returns_a_row_once_its_rule_is_broken(con, check):
    """A new check needs a line in BROKEN: a rule that nobody has seen broken may not be a rule at all."""
    assert offenders(con, check) == []
    with undone(con):
        con.execute(BROKEN[check])
        found = offenders(con, check)
    assert found
    known = {row[0] for row in con.execute("SELECT observation_id FROM observations").fetchall()}
    for offender, message in found:
        assert offender in known or (offender is None and ".csv: " in message), "nobody could find what is wrong"
        assert message


SUM_ROWS = rows("sums")
TOTALS = {row["sum_id"]: row["relation"] for row in SUM_ROWS if row["member"] == "0"}
EXACT = [
    row["observation_id"]
    for row in SUM_ROWS
    if TOTALS[row["sum_id"]] == "equal" and row["observation_id"] and row["sum_id"] != "hundred_names_applications"
]


@pytest.mark.parametrize("figure", sorted(set(EXACT)))
def test_a_wrong_digit_in_a_sum_that_must_close_is_noticed(con, figure):
    """In either direction, by as little as the last digit printed."""
    (value,) = con.execute("SELECT value FROM observations WHERE observation_id = ?", [figure]).fetchone()
    last_digit = Fraction(1, 10) if value % 1 else 1
    for step in (last_digit, -last_digit):
        with undone(con):
            con.execute(
                "UPDATE observations SET value = value + CAST(? AS DECIMAL(38, 6)) WHERE observation_id = ?",
                [float(step), figure],
            )
            found = offenders(con, "sums_close")
        assert found and all("does not close" in message for _, message in found)


def test_parts_may_not_exceed_the_whole_they_are_some_of(con):
    with undone(con):
        con.execute(
            "UPDATE observations SET value = 1539 + 1162 WHERE observation_id = "
            "'heritage_monuments:karaganda:2016/2020::monument_state_protected'"
        )
        assert [message.split(" does")[0] for _, message in offenders(con, "sums_close")] == [
            "sum monuments_of_karaganda_protected"
        ]


def test_a_total_printed_as_more_than_must_be_exceeded(con):
    """6173 applications are more than 6 thousand; with 174 fewer they are not."""
    with undone(con):
        con.execute(
            "UPDATE observations SET value = value - 174 WHERE observation_id = 'hundred_names_applications:kazakhstan:2018'"
        )
        assert len(offenders(con, "sums_close")) == 1


@pytest.mark.parametrize("member", ["'no:such:figure'", "NULL"])
def test_a_sum_over_a_figure_that_is_not_there_is_told(con, member):
    with undone(con):
        con.execute(f"UPDATE sums SET observation_id = {member} WHERE sum_id = 'media' AND member = 2")
        ((_, message),) = offenders(con, "sums_close")
    assert message.startswith("sum media has 1 totals with a relation, 4 parts and 1 members without a value")


def test_an_item_that_belongs_to_nothing_is_told(con):
    with undone(con):
        con.execute("UPDATE programme_items SET parent_id = 'nothing' WHERE parent_id = 'age_16_29'")
        found = offenders(con, "words_have_an_owner")
    assert found and all("which nothing is called" in message for _, message in found)


@pytest.mark.parametrize("word, value", [("үш", 3), ("Три", 3), ("трем", 3), ("екі", 2), ("барлық", 100)])
def test_a_number_word_says_one_value_and_no_other(con, word, value):
    figure = "foresight_parts:kazakhstan:2020::foresight_direction"
    with undone(con):
        con.execute('UPDATE "references" SET printed = ? WHERE observation_id = ?', [word, figure])
        for said, offended in ((value, False), (value + 1, True)):
            con.execute("UPDATE observations SET value = ? WHERE observation_id = ?", [said, figure])
            assert bool(offenders(con, "printed_tokens_give_values")) is offended


def test_a_word_that_is_no_number_carries_no_figure(con):
    with undone(con):
        con.execute("UPDATE \"references\" SET printed = 'көп' WHERE printed = 'үш'")
        assert offenders(con, "printed_tokens_give_values")


@pytest.mark.parametrize(
    "printed, value",
    [
        ("6 мың", "6000"),
        ("12 тысяч", "12000"),
        ("46,9 мың", "46900"),
        ("1 млн", "1000000"),
        ("270 млрд", "270000000000"),
        ("17 300 000 000", "17300000000"),
        ("13,5%", "13.5"),
        ("44,7 %", "44.7"),
        ("0,33%", "0.33"),
        ("нет", "0"),
        ("жоқ", "0"),
        ("4\u00a0076,2 млн", "4076200000"),
    ],
)
def test_a_token_says_one_value_and_no_other(con, printed, value):
    with undone(con):
        con.execute("DELETE FROM \"references\" WHERE observation_id <> 'tugan_zher_sponsors:akmola:2017'")
        con.execute('UPDATE "references" SET printed = ?', [printed])
        for said, offended in ((value, False), (f"{value}1", True)):
            con.execute(
                "UPDATE observations SET value = CAST(? AS DECIMAL(38, 6)) "
                "WHERE observation_id = 'tugan_zher_sponsors:akmola:2017'",
                [said],
            )
            assert bool(offenders(con, "printed_tokens_give_values")) is offended, said


# What follows makes `region_values` anew from the CSV files, in exact fractions and without SQL.

PRICES = {row["year"]: Fraction(row["annual_average_percent"]) / 100 for row in rows("consumer_prices")}
PRICE_INDEX = {"2017": Fraction(1), "2018": PRICES["2018"], "2019-9m": PRICES["2018"] * PRICES["2019"]}
MONTHS = {"2017": 12, "2018": 12, "2019-9m": 9}
POPULATION = {(row["region_id"], row["year"]): int(row["population"]) for row in rows("population")}


def inhabitants(region, period):
    """1 January of the period's year; South Kazakhstan of 2017 is Turkestan with Shymkent."""
    year = period[:4]
    with_shymkent = region == "turkestan" and year == "2017"
    return POPULATION[region, year] + (POPULATION["shymkent", year] if with_shymkent else 0)


def printed(indicator, region, period):
    found = [
        int(row["value"])
        for row in FIGURES
        if (row["indicator_id"], row["region_id"], row["period_id"]) == (indicator, region, period)
        and row["preferred"] == "true"
    ]
    return found[0] if found else None


def known(indicator, region, period):
    """The printed value, or for the country the sum of its regions, or for all funding the sum of both tables."""
    if indicator == FUNDING:
        parts = [known(table, region, period) for table in TABLES]
        return None if None in parts else sum(parts)
    value = printed(indicator, region, period)
    if value is None and region == "kazakhstan":
        regions = {row["region_id"] for row in FIGURES} - {"kazakhstan"}
        return sum(printed(indicator, part, period) or 0 for part in regions)
    return value


def expected(indicator, region, period):
    parts = {part: known(indicator, region, part) for part in (PERIODS if period == SPAN else (period,))}
    parts = {part: value for part, value in parts.items() if value is not None}
    months = sum(MONTHS[part] for part in parts)
    constant = {part: value / PRICE_INDEX[part] for part, value in parts.items()}
    value = known(indicator, region, period)
    return {
        "value": value,
        "value_per_inhabitant": sum(Fraction(parts[part], inhabitants(region, part)) for part in parts),
        "value_per_month": Fraction(value, months),
        "value_constant": sum(constant.values()),
        "value_constant_per_inhabitant": sum(constant[part] / inhabitants(region, part) for part in parts),
        "value_constant_per_month": sum(constant.values()) / months,
        "months": months,
    }


def region_value(con, indicator, region, period):
    cursor = con.execute(
        "FROM region_values WHERE indicator_id = ? AND region_id = ? AND period_id = ?", [indicator, region, period]
    )
    names = [column[0] for column in cursor.description]
    (row,) = cursor.fetchall()
    return dict(zip(names, row, strict=True))


@pytest.mark.parametrize("period", [*PERIODS, SPAN])
@pytest.mark.parametrize("region", ["akmola", "turkestan", "almaty_city", "kazakhstan"])
@pytest.mark.parametrize("indicator", [*TABLES, FUNDING])
def test_values_of_a_region_are_what_a_second_computation_gives(con, indicator, region, period):
    found = region_value(con, indicator, region, period)
    for measure, value in expected(indicator, region, period).items():
        assert math.isclose(found[measure], value, rel_tol=1e-12), measure
    assert found["value"] == known(indicator, region, period), "money is exact, not close"


@pytest.mark.parametrize("indicator", [*TABLES, FUNDING])
def test_turkestan_of_2017_is_divided_by_turkestan_and_shymkent(con, indicator):
    found = region_value(con, indicator, "turkestan", "2017")
    assert found["population"] == POPULATION["turkestan", "2017"] + POPULATION["shymkent", "2017"] == 2_878_636
    assert math.isclose(found["value_per_inhabitant"], known(indicator, "turkestan", "2017") / 2_878_636, rel_tol=1e-12)
    later = region_value(con, indicator, "turkestan", "2018")
    assert later["population"] == POPULATION["turkestan", "2018"]


@pytest.mark.parametrize("indicator", [*TABLES, FUNDING])
def test_the_span_adds_up_its_periods(con, indicator):
    wrong = con.execute(
        """
        SELECT span.region_id
        FROM   region_values AS span
               JOIN region_values AS part USING (indicator_id, region_id)
        WHERE  indicator_id = ? AND span.period_id = ? AND list_contains(?, part.period_id)
        GROUP  BY span.region_id
        HAVING any_value(span.value) <> sum(part.value)
            OR any_value(span.months) <> sum(part.months)
            OR abs(any_value(span.value_per_inhabitant) / sum(part.value_per_inhabitant) - 1) > 1e-12
            OR abs(any_value(span.value_constant) / sum(part.value_constant) - 1) > 1e-12
            OR abs(any_value(span.value_constant_per_inhabitant) / sum(part.value_constant_per_inhabitant) - 1) > 1e-12
        """,
        [indicator, SPAN, list(PERIODS)],
    ).fetchall()
    assert wrong == []
    assert con.execute(
        "SELECT count(*) FROM region_values WHERE indicator_id = ? AND period_id = ?", [indicator, SPAN]
    ).fetchone() == (18,)


@pytest.mark.parametrize("indicator", [*TABLES, FUNDING])
def test_shymkent_has_nine_months_also_in_the_span(con, indicator):
    for period in ("2019-9m", SPAN):
        found = region_value(con, indicator, "shymkent", period)
        assert found["months"] == 9
        assert math.isclose(found["value_per_month"], found["value"] / 9, rel_tol=1e-12)
    asked = [indicator, "shymkent"]
    periods = con.execute(
        "SELECT period_id FROM region_values WHERE indicator_id = ? AND region_id = ?", asked
    ).fetchall()
    assert {period for (period,) in periods} == {"2019-9m", SPAN}, "what is not printed has no row, not a zero"


def test_the_country_has_the_sum_of_its_regions_where_no_total_is_printed(con):
    computed = region_value(con, SPONSORS, "kazakhstan", "2017")
    assert computed["is_computed"] is True
    assert computed["value"] == 118_288_753_246 == known(SPONSORS, "kazakhstan", "2017")
    parts = [observation_id(row) for row in FIGURES if (row["indicator_id"], row["period_id"]) == (SPONSORS, "2017")]
    assert computed["observation_ids"] == sorted(parts)
    total = region_value(con, SPONSORS, "kazakhstan", SPAN)
    assert total["is_computed"] is False
    assert total["observation_ids"] == [f"{SPONSORS}:kazakhstan:{SPAN}"]


def test_a_sum_over_some_of_the_regions_is_nobodys_figure(con):
    """Take one region away and the country has no computed value; nor has all of the money."""
    query = (EXTRACTS / "region_values.sql").read_text(encoding="utf-8")
    with undone(con):
        con.execute(f"DELETE FROM observations WHERE observation_id = '{SPONSORS}:akmola:2017'")
        con.execute("CREATE TEMP TABLE again AS " + query)
        left = con.execute(
            "SELECT indicator_id, region_id FROM again WHERE period_id = '2017' AND indicator_id IN (?, ?) "
            "AND region_id IN ('kazakhstan', 'akmola')",
            [SPONSORS, FUNDING],
        ).fetchall()
    assert left == []


@pytest.mark.parametrize("region", ["akmola", "kazakhstan"])
def test_all_of_the_money_names_the_figures_of_both_tables(con, region):
    found = region_value(con, FUNDING, region, SPAN)
    assert found["is_computed"] is True
    assert sorted(found["observation_ids"]) == [f"{table}:{region}:{SPAN}" for table in TABLES]


def test_a_ratio_is_the_first_operand_over_the_second(con):
    found = region_value(con, "tugan_zher_leverage", "akmola", "2018")
    assert math.isclose(found["value"], 5_197_577_000 / 110_602_549, rel_tol=1e-12)
    assert found["value_per_inhabitant"] is None, "a ratio is not shared out among inhabitants"
    assert found["value_constant"] is None


def test_every_value_names_the_figures_it_stands_on(con):
    nameless = con.execute(
        "SELECT indicator_id, region_id, period_id FROM region_values WHERE coalesce(len(observation_ids), 0) = 0"
    ).fetchall()
    assert nameless == []
    strangers = con.execute(
        "SELECT DISTINCT id FROM (SELECT unnest(observation_ids) AS id FROM region_values) "
        "WHERE id NOT IN (SELECT observation_id FROM observations WHERE preferred)"
    ).fetchall()
    assert strangers == []


def test_a_figure_is_printed_as_it_is_or_computed_never_both(con):
    """A value that is not marked as computed is one printed figure, unchanged."""
    wrong = con.execute(
        "SELECT region_values.* FROM region_values JOIN observations ON observation_id = observation_ids[1] "
        "WHERE NOT is_computed AND (len(observation_ids) <> 1 OR observations.value <> region_values.value)"
    ).fetchall()
    assert wrong == []
