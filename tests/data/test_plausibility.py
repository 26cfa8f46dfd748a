"""Rules that find figures to take with care: each catches a made-up offender, and says what it finds in the facts."""

from __future__ import annotations

import contextlib

import pytest

from rzh_data import claims
from rzh_data.facts import observation_id

RULES = sorted(path.stem for path in claims.PLAUSIBILITY.glob("*.sql"))
COLUMNS = [column.name for column in claims.FLAG_COLUMNS]
PEOPLE = "tugan_zher_people_reached:kazakhstan:2017/2019-9m"


@contextlib.contextmanager
def undone(con):
    con.execute("BEGIN")
    try:
        yield
    finally:
        con.execute("ROLLBACK")


def found(con, rule):
    """The rule's rows by the figure they flag."""
    answer = con.execute((claims.PLAUSIBILITY / f"{rule}.sql").read_text(encoding="utf-8"))
    assert [column[0] for column in answer.description] == COLUMNS
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in answer.fetchall()]
    assert {row["rule_id"] for row in rows} <= {rule}
    return {row["observation_id"]: row for row in rows}


def set_value(con, figure, value):
    for statement in (
        "UPDATE observations SET value = $value WHERE observation_id = $figure RETURNING observation_id",
        "UPDATE observation_intervals SET low = $value, high = $value WHERE observation_id = $figure RETURNING 1",
    ):
        assert len(con.execute(statement, {"value": value, "figure": figure}).fetchall()) == 1


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_flags_figures_of_the_facts_once_each(con, real_facts, rule):
    figures = {observation_id(row) for row in real_facts.values("observations")}
    flagged = con.execute(
        "SELECT observation_id, other_observation_ids FROM flags WHERE rule_id = ?", [rule]
    ).fetchall()
    assert flagged, "a rule that finds nothing shows nothing; the documents give each of them something to find"
    assert len(flagged) == len({figure for figure, _ in flagged})
    assert {figure for figure, _ in flagged} | {other for _, others in flagged for other in others} <= figures


def test_people_reached_are_more_than_there_are_people(con):
    flagged = found(con, "reach_above_population")
    assert set(flagged) == {PEOPLE}
    assert flagged[PEOPLE]["times"] == pytest.approx(27_377_541 / flagged[PEOPLE]["compared_with"])
    assert 1.4 < flagged[PEOPLE]["times"] < 1.6


def test_a_reach_above_the_population_of_a_region_is_flagged(con):
    winners = "hundred_names_winners:nur_sultan:2017/2019"
    with undone(con):
        set_value(con, winners, 2_000_000)
        assert set(found(con, "reach_above_population")) == {PEOPLE, winners}


def test_jumps_of_the_facts_are_flagged_per_month(con):
    flagged = found(con, "jump_between_periods")
    assert {
        "tugan_zher_sponsors:nur_sultan:2018",
        "tugan_zher_sponsors:nur_sultan:2019-9m",
        "tugan_zher_sponsors:turkestan:2019-9m",
        "tugan_zher_local_budget:karaganda:2019-9m",
    } <= set(flagged)
    fall = flagged["tugan_zher_sponsors:nur_sultan:2019-9m"]
    assert fall["times"] == pytest.approx((17_300_000_000 / 12) / (29_000_000 / 9))
    assert fall["other_observation_ids"] == ["tugan_zher_sponsors:nur_sultan:2018"]
    assert "tugan_zher_local_budget:nur_sultan:2019-9m" not in flagged, "11.4 times in total is 8.6 times per month"


@pytest.mark.parametrize("value, is_flagged", [(44_000_000_001, True), (44_000_000, True), (22_000_000_000, False)])
def test_a_jump_either_way_is_flagged_and_a_smaller_one_is_not(con, value, is_flagged):
    figure = "tugan_zher_sponsors:kostanay:2018"  # 2 694 506 000 the year before
    with undone(con):
        set_value(con, figure, value)
        assert (figure in found(con, "jump_between_periods")) is is_flagged


def test_atyrau_is_the_region_of_round_numbers(con):
    flagged = found(con, "all_values_round")
    periods = ("2017", "2018", "2019-9m")
    assert set(flagged) == {
        f"tugan_zher_{source}:atyrau:{period}" for source in ("sponsors", "local_budget") for period in periods
    }
    assert len(flagged["tugan_zher_sponsors:atyrau:2018"]["other_observation_ids"]) == 2


def test_a_series_is_round_only_where_all_of_it_is(con):
    zhambyl = {f"tugan_zher_sponsors:zhambyl:{period}" for period in ("2017", "2018", "2019-9m")}
    with undone(con):
        set_value(con, "tugan_zher_sponsors:zhambyl:2018", 1_016_000_000)
        assert zhambyl.isdisjoint(found(con, "all_values_round")), "895 400 000 is not round"
        set_value(con, "tugan_zher_sponsors:zhambyl:2019-9m", 895_000_000)
        assert zhambyl <= set(found(con, "all_values_round"))


def test_shares_of_the_survey_have_no_base_and_shares_of_money_have(con):
    flagged = set(found(con, "share_without_base"))
    assert "awareness_share:kazakhstan:2020::knows_well" in flagged
    assert not [figure for figure in flagged if figure.startswith("tugan_zher_")]
    assert not [figure for figure in flagged if ":target-" in figure]


def test_a_share_is_flagged_when_its_base_is_gone(con):
    share = "tugan_zher_patron_projects_share:aktobe:2017/2019-9m"
    with undone(con):
        assert share not in found(con, "share_without_base")
        con.execute("DELETE FROM observations WHERE indicator_id = 'tugan_zher_patron_projects'")
        assert share in found(con, "share_without_base")


def test_the_flags_of_a_figure_are_looked_up_by_its_id(real_store):
    (row,) = real_store.rows("flagged_figures", observations=[PEOPLE])
    assert (row["rule_id"], row["value"]) == ("reach_above_population", 27_377_541)
    assert real_store.rows("flagged_figures", observations=[]) == []
