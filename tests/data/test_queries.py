"""Answers of the queries against a recount in plain Python: every basis, both prices, every period, some or all regions."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

import pytest
from recount import (
    BOTH,
    BUDGET,
    COUNTRY,
    PER,
    PERIODS,
    PRICES,
    SOURCES,
    SPAN,
    SPONSORS,
    identity,
    money,
    moneys,
    observations,
    people,
    places,
    printed,
    regions,
)
from recount import rows as all_rows

from rzh_data import store

SOME = ["atyrau", "mangystau", "turkestan"]
EVERY_PERIOD = (*PERIODS, SPAN)
EVERYWHERE = (*regions(), COUNTRY)
BASES = [(per, prices) for per in PER for prices in PRICES]


@pytest.fixture(scope="module")
def ask(real_extracts):
    return store.current(real_extracts).run


def near(value):
    return pytest.approx(value, rel=1e-9)


def told(rows, key, column):
    """A column of an answer by its key, without what is missing."""
    return rows.dropna(subset=[column]).set_index(key)[column].to_dict()


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(("per", "prices"), BASES)
def test_money_of_regions_and_the_country_on_every_basis(ask, source, per, prices):
    rows = ask("region_series", indicator=source, per=per, prices=prices)
    wanted = {
        (region, period): value
        for period in EVERY_PERIOD
        for region, value in moneys(source, period, per, prices, among=EVERYWHERE).items()
    }
    assert told(rows, ["region_id", "period_id"], "value") == near(wanted)
    is_printed = {
        key: source != BOTH and (per, prices) == ("total", "nominal") and (*key, "", "") in printed(source)
        for key in wanted
    }
    assert told(rows, ["region_id", "period_id"], "is_computed") == {key: not one for key, one in is_printed.items()}


def test_leverage_is_sponsors_money_for_each_tenge_of_budget(ask):
    rows = ask("region_series", indicator="tugan_zher_leverage")
    assert told(rows, ["region_id", "period_id"], "value") == near(
        {
            (region, period): money(SPONSORS, region, period) / money(BUDGET, region, period)
            for period in EVERY_PERIOD
            for region in moneys(BOTH, period, among=EVERYWHERE)
        }
    )


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("period", EVERY_PERIOD)
@pytest.mark.parametrize(("per", "prices"), BASES)
def test_where_each_region_stands(ask, source, period, per, prices):
    rows = ask("region_ranking", indicator=source, period=period, per=per, prices=prices)
    assert len(rows) == 18
    assert rows["region_id"].iloc[-1] == COUNTRY
    values = moneys(source, period, per, prices)
    country = money(source, COUNTRY, period, per, prices)
    assert told(rows[:-1], "region_id", "value") == near(values)
    assert told(rows, "region_id", "position") == places(values)
    assert set(rows["ranked_count"]) == {len(values)}
    assert rows["value"].dropna().iloc[:-1].is_monotonic_decreasing
    shares = {} if per == "capita" else {region: 100 * value / country for region, value in values.items()}
    assert told(rows, "region_id", "share_of_country") == near(shares)
    above = {region: value - country for region, value in {**values, COUNTRY: country}.items()}
    assert told(rows, "region_id", "above_country") == pytest.approx(above, rel=1e-9, abs=1e-3)
    before = {after: first for first, after in pairwise(PERIODS)}.get(period)
    changes = {}
    for region in EVERYWHERE if before else ():
        now, then = money(source, region, period, "month"), money(source, region, before, "month")
        if now is not None and then:
            changes[region] = now / then
    assert told(rows, "region_id", "change_times") == near(changes)


@pytest.mark.parametrize("chosen", [None, SOME])
@pytest.mark.parametrize(("per", "prices"), BASES)
def test_money_of_chosen_regions_together(ask, chosen, per, prices):
    rows = ask("funding_of_regions", regions=chosen, per=per, prices=prices)
    own = chosen or [COUNTRY]
    wanted, amounts = {}, {}
    for period in PERIODS:
        for source in (BUDGET, SPONSORS):
            total = sum(money(source, region, period, "month" if per == "month" else "total", prices) for region in own)
            together = sum(people(region, period) for region in own)
            wanted[period, source] = total / together if per == "capita" else total
            amounts[period, source] = sum(money(source, region, period) for region in own)
    key = ["period_id", "indicator_id"]
    assert told(rows, key, "value") == near(wanted)
    assert told(rows, key, "amount_kzt") == amounts
    for row in rows.to_dict("records"):
        figures = printed(row["indicator_id"])
        is_printed = chosen is None and (COUNTRY, row["period_id"], "", "") in figures
        assert row["is_computed"] is not (is_printed and (per, prices) == ("total", "nominal"))
        behind = (
            own if chosen or is_printed else [one for one in regions() if (one, row["period_id"], "", "") in figures]
        )
        assert sorted(row["observation_ids"]) == sorted(
            f"{row['indicator_id']}:{one}:{row['period_id']}" for one in behind
        )


def test_a_stack_of_one_source_is_no_stack(ask):
    rows = ask("funding_of_regions", regions=["shymkent"])
    assert set(rows["period_id"]) == {"2019-9m"}
    assert told(rows, "indicator_id", "value") == {one: money(one, "shymkent", "2019-9m") for one in (BUDGET, SPONSORS)}


@pytest.mark.parametrize(("per", "prices"), BASES)
def test_money_by_region_period_and_source(ask, per, prices):
    rows = ask("funding", per=per, prices=prices)
    key = ["indicator_id", "region_id", "period_id"]
    wanted = {
        (source, region, period): (money(source, region, period, per, prices), money(source, region, period))
        for source in (BUDGET, SPONSORS)
        for region in EVERYWHERE
        for period in EVERY_PERIOD
        if money(source, region, period) is not None
    }
    assert told(rows, key, "value") == near({one: value for one, (value, _) in wanted.items()})
    assert told(rows, key, "amount_kzt") == {one: amount for one, (_, amount) in wanted.items()}
    assert set(ask("funding", regions=SOME)["region_id"]) == {*SOME, COUNTRY}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(("per", "prices"), BASES)
def test_ranks_from_period_to_period(ask, source, per, prices):
    rows = ask("funding_ranks", indicator=source, per=per, prices=prices)
    values = {period: moneys(source, period, per, prices) for period in PERIODS}
    key = ["period_id", "region_id"]
    assert told(rows, key, "value") == near(
        {(period, region): value for period, own in values.items() for region, value in own.items()}
    )
    assert told(rows, key, "position") == {
        (period, region): position for period, own in values.items() for region, position in places(own).items()
    }


def test_share_of_sponsors_in_all_money(ask):
    assert told(ask("sponsors_share"), "period_id", "sponsors_percent") == near(
        {period: 100 * money(SPONSORS, COUNTRY, period) / money(BOTH, COUNTRY, period) for period in EVERY_PERIOD}
    )


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("period", EVERY_PERIOD)
@pytest.mark.parametrize("per", ["total", "capita"])
@pytest.mark.parametrize("without", [None, "shymkent"])
def test_how_unevenly_money_is_spread(ask, source, period, per, without):
    rows = ask("funding_inequality", indicator=source, period=period, per=per, prices="constant", without=without)
    values = moneys(source, period, per, "constant")
    values.pop(without, None)
    poorest = sorted(values, key=values.get)
    assert list(rows["region_id"]) == poorest
    count, total = len(values), sum(values.values())
    mean_gap = sum(abs(one - other) for one in values.values() for other in values.values()) / count**2
    assert set(rows["gini"].round(9)) == {round(mean_gap / (2 * total / count), 9)}
    assert rows["top_five_percent"].iloc[0] == near(100 * sum(values[region] for region in poorest[-5:]) / total)
    assert rows["cumulative_region_percent"].tolist() == near([100 * (at + 1) / count for at in range(count)])
    assert rows["cumulative_value_percent"].tolist() == near(
        [100 * sum(values[region] for region in poorest[: at + 1]) / total for at in range(count)]
    )


@pytest.mark.parametrize("period", EVERY_PERIOD)
@pytest.mark.parametrize("prices", PRICES)
def test_all_of_a_region_side_by_side(ask, period, prices):
    rows = ask("funding_regions_wide", period=period, prices=prices)
    everyone = EVERYWHERE

    def of(source, per="total"):
        return moneys(source, period, per, prices, among=everyone)

    total = of(BOTH)
    for column, wanted in {
        "budget": of(BUDGET),
        "sponsors": of(SPONSORS),
        "total": total,
        "per_inhabitant": of(BOTH, "capita"),
        "per_month": of(BOTH, "month"),
        "budget_per_inhabitant": of(BUDGET, "capita"),
        "sponsors_per_inhabitant": of(SPONSORS, "capita"),
        "share_of_country": {region: 100 * value / total[COUNTRY] for region, value in total.items()},
        "leverage": {region: of(SPONSORS)[region] / of(BUDGET)[region] for region in total},
    }.items():
        assert told(rows, "region_id", column) == near(wanted), column


def test_what_a_supposition_starts_from(ask):
    rows = ask("what_if")
    nine = moneys(SPONSORS, "2019-9m", among=EVERYWHERE)
    assert told(rows, "region_id", "nine_months_kzt") == nine
    assert set(rows["nine_months"]) == {9}
    assert told(rows, "region_id", "population") == {region: people(region, "2019-9m") for region in nine}
    assert told(rows, "region_id", "value_per_inhabitant") == near(
        {region: value / people(region, "2019-9m") for region, value in nine.items()}
    )
    before = moneys(SPONSORS, "2018", among=nine)
    assert told(rows, "region_id", "year_before_kzt") == before
    assert set(rows["year_months"].dropna()) == {12}


def test_hundred_names_by_year_and_region(ask):
    sent, won = printed("hundred_names_applications"), printed("hundred_names_winners")
    years = [period for region, period, _, _ in sent if region == COUNTRY and len(period) == 4]
    rows = ask("hundred_names_years")
    for column, counts in {"applications": sent, "winners": won}.items():
        own = {year: counts[COUNTRY, year, "", ""] for year in years}
        assert told(rows, "period_id", column) == {**own, "sum": sum(own.values())}
    assert rows["per_hundred"].tolist() == near((100 * rows["winners"] / rows["applications"]).tolist())
    named = ask("hundred_names_regions")
    by_region = [{key[0]: value for key, value in counts.items() if key[0] != COUNTRY} for counts in (sent, won)]
    assert told(named, "region_id", "applications") == by_region[0]
    assert told(named, "region_id", "winners") == by_region[1]
    assert told(named, "region_id", "per_hundred") == near(
        {region: 100 * by_region[1][region] / sent for region, sent in by_region[0].items() if region in by_region[1]}
    )


def test_the_funnel_in_percent_of_its_start_and_of_the_stage_before(ask):
    stages = ("applications", "selected", "pre_accelerated", "certified", "accelerated")
    counts = [printed("accelerator_projects")[COUNTRY, "2020", "", stage] for stage in stages]
    rows = ask("accelerator_funnel")
    assert rows["category_id"].tolist() == list(stages)
    assert rows["value"].tolist() == counts
    assert rows["percent_of_start"].tolist() == near([100 * count / counts[0] for count in counts])
    assert rows["percent_of_before"].iloc[1:].tolist() == near(
        [100 * after / before for before, after in pairwise(counts)]
    )
    assert math.isnan(rows["percent_of_before"].iloc[0])


@pytest.mark.parametrize("indicator", ["event_participation_share", "outreach_support_share"])
def test_shares_of_the_survey_are_the_printed_ones(ask, indicator):
    types = ["age", "gender", "ethnicity"]
    rows = ask("survey_shares", indicator=indicator, types=types)
    assert len(rows) > len(rows.dropna(subset=["value"])) > 0
    assert told(rows, "group_id", "value") == {
        group: value for (_, _, group, _), value in printed(indicator).items() if group in set(rows["group_id"])
    }


def test_answers_of_a_group_fill_a_hundred_with_what_is_not_printed(ask):
    rows = ask("awareness_answers").fillna({"group_id": ""})
    own = rows[~rows["is_computed"]]
    assert told(own, ["group_id", "category_id"], "value") == {
        (group, answer): share for (_, _, group, answer), share in printed("awareness_share").items()
    }
    assert (rows.groupby("group_id")["value"].sum().round(6) == 100).all()
    assert set(rows.loc[rows["is_computed"], "category_id"]) == {"unknown"}


def test_where_people_learn_of_the_programme_is_as_printed(ask):
    rows = ask("information_sources").fillna({"group_id": ""})
    assert told(rows, ["indicator_id", "group_id", "category_id"], "value") == {
        (indicator, group, source): share
        for indicator in ("information_source_share", "projects_information_source_share", "regular_source_share")
        for (_, _, group, source), share in printed(indicator).items()
    }


@pytest.mark.parametrize(
    ("group", "of_survey"),
    [("age_60_plus", {"age_60_plus"}), ("ethnic_russian_and_other", {"ethnic_russian", "ethnic_other"})],
)
def test_what_the_survey_says_of_a_target_group(ask, group, of_survey):
    rows = ask("target_group_figures", group=group)
    awareness = {row["indicator_id"] for row in all_rows("indicators") if row["topic"] == "awareness"}
    own = rows[rows["scope"] == "group"]
    assert sorted(zip(own["indicator_id"], own["value"], strict=True)) == sorted(
        (indicator, share)
        for indicator in awareness
        for (_, _, one, _), share in printed(indicator).items()
        if one in of_survey
    )
    assert set(rows.loc[rows["scope"] == "everybody", "is_channel"]) == {True}


def test_what_the_release_holds_is_counted_right(ask):
    (row,) = ask("provenance_counts").to_dict("records")
    figures, further = (
        observations(),
        [*all_rows("further_places/first_release"), *all_rows("further_places/second_release")],
    )
    halves = [(bool(one["kk_line"]), bool(one["ru_line"])) for one in figures]
    assert row["figure_count"] == len(figures)
    assert row["place_count"] == sum(map(sum, halves)) + len(further)
    assert row["in_both_languages"] == halves.count((True, True))
    assert row["in_russian_only"] == halves.count((False, True))
    assert row["in_kazakh_only"] == halves.count((True, False))
    counts = told(ask("release_counts"), "thing", "thing_count")
    assert counts["figures"] == len(figures)
    assert counts["places"] == row["place_count"]
    assert counts["not_figures"] == sum(int(one["times"]) for one in all_rows("not_figures"))
    for thing in ("documents", "indicators", "claims", "recommendations"):
        assert counts[thing] == len(all_rows(thing)), thing
    assert ask("verdict_counts")["claim_count"].sum() == counts["claims"]


@pytest.mark.parametrize("principles", [None, ["pragmatism"]])
def test_findings_and_recommendations_are_counted_once(ask, principles):
    rows = ask("recommendation_counts", principles=principles).fillna({"principle_id": ""})
    said = [one for one in all_rows("recommendations") if not principles or one["principle_id"] in principles]
    for kind, column in (("finding", "findings"), ("recommendation", "recommendations")):
        counted = told(rows[rows[column] > 0], ["addressee_id", "principle_id"], column)
        assert counted == Counter((one["addressee_id"], one["principle_id"]) for one in said if one["kind"] == kind)


def test_a_missing_figure_of_a_region_says_why(ask):
    """Shymkent has no year before it became a region; elsewhere the documents name some regions, or one."""
    rows = ask("regional_coverage")
    for (indicator, period), own in rows.groupby(["indicator_id", "period_id"]):
        has = {region for region, at, _, _ in printed(indicator) if at == period and region != COUNTRY}
        assert set(own.loc[own["has_value"], "region_id"]) == has, (indicator, period)
        missing = told(own[~own["has_value"]], "region_id", "reason")
        if has >= set(regions()) - {"shymkent"}:
            assert set(missing) <= {"shymkent"}
            assert set(missing.values()) <= {"before_split"}
        else:
            assert set(missing.values()) == {"one_region" if len(has) == 1 else "some_named"}


def test_media_and_what_its_parts_add_up_to(ask):
    rows = ask("media_output").set_index("observation_id")
    values = {category: value for (_, _, _, category), value in printed("media_materials").items()}
    assert told(rows.fillna({"category_id": ""}), "category_id", "value") == values
    for one, row in rows.iterrows():
        parts = rows.loc[rows["parent_id"] == one, "value"]
        assert (math.isnan(row["parts_sum"]) and parts.empty) or row["parts_sum"] == parts.sum() > 0
    assert set(rows["level"]) == {0, 1, 2}


def test_the_explorer_has_every_figure_and_its_bases(ask):
    rows = ask("explorer_figures")
    own = rows[~rows["is_computed"]]
    assert {ids[0]: value for ids, value in zip(own["observation_ids"], own["value"], strict=True)} == {
        identity(row): float(row["value"]) for row in observations() if row["value"]
    }
    shown = rows[rows["preferred"] & rows["indicator_id"].isin(list(SOURCES))]
    key = ["indicator_id", "region_id", "period_id"]
    for column, per in (("value", "total"), ("value_per_inhabitant", "capita"), ("value_per_month", "month")):
        wanted = {
            (source, region, period): value
            for source in SOURCES
            for period in EVERY_PERIOD
            for region, value in moneys(source, period, per, among=EVERYWHERE).items()
        }
        assert told(shown, key, column) == near(wanted), column


def test_figures_of_the_country_with_what_contradicts_them(ask):
    rows = ask("country_figures", indicators=[SPONSORS, "tugan_zher_patrons", "accelerator_projects"])
    others = {}
    for row in observations():
        if row["region_id"] == COUNTRY and row["preferred"] == "false":
            others.setdefault(identity({**row, "variant": ""}), []).append(identity(row))
    assert set(rows["observation_id"]) == {
        identity(row)
        for row in observations()
        if row["indicator_id"] in set(rows["indicator_id"])
        and row["region_id"] == COUNTRY
        and row["preferred"] == "true"
    }
    assert {one: list(ids) for one, ids in told(rows, "observation_id", "other_observation_ids").items()} == {
        one: sorted(ids) for one, ids in others.items() if one in set(rows["observation_id"])
    }


def test_what_is_known_of_regions_apart_from_the_programme(ask):
    rows = ask("region_facts")
    latest = max(int(row["year"]) for row in all_rows("population"))
    count = {row["region_id"]: int(row["population"]) for row in all_rows("population") if row["year"] == str(latest)}
    assert set(rows["population_year"]) == {latest}
    assert told(rows, "region_id", "population") == count
    assert told(rows, "region_id", "population_share") == near(
        {region: 100 * people / count[COUNTRY] for region, people in count.items()}
    )
    count.pop(COUNTRY)
    assert told(rows, "region_id", "population_position") == places(count)


@pytest.mark.parametrize("region", regions())
def test_a_region_keeps_all_that_is_printed_of_it(ask, region):
    rows = ask("region_observations", region=region)
    own = [row for row in observations() if row["region_id"] == region]
    assert told(rows, "observation_id", "value") == {identity(row): float(row["value"]) for row in own if row["value"]}
    claims = [row for row in all_rows("claims") if region in row["region_ids"].split(";")]
    assert set(ask("region_claims", region=region)["claim_id"]) == {row["claim_id"] for row in claims}


def test_value_against_target(ask):
    held, planned = (printed(f"tugan_zher_events_{what}")[COUNTRY, SPAN, "", ""] for what in ("held", "planned"))
    people_now = printed("aul_people_covered")[COUNTRY, "2019", "", ""]
    people_then = printed("aul_people_covered")[COUNTRY, "target-2025", "", ""]
    done, published = (
        printed("textbooks")[COUNTRY, "2017/2019", "", f"textbook_{what}"] for what in ("translated", "published")
    )
    to_do = printed("textbooks")[COUNTRY, "target-2020", "", "textbook_to_translate"]
    assert told(ask("project_targets"), "pair_id", "percent") == near(
        {
            "textbooks_translated": 100 * done / (done + to_do),
            "textbooks_published": 100 * published / done,
            "tugan_zher_events": 100 * held / planned,
            "aul_people": 100 * people_now / people_then,
        }
    )
