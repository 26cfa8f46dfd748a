"""The accelerator's page: its funnel, its projects under every filter, «100 жаңа есім»; all held against the facts as entered."""

from __future__ import annotations

import csv

import pytest
from screen import FACTS, TRANSLATIONS, bodies, elements, facts, failures, opened, printed, says, words

from rzh_data.schema import LANGUAGES
from rzh_ui import numbers

STAGES = ("applications", "selected", "pre_accelerated", "certified", "accelerated")
with (FACTS / "accelerator_projects.csv").open(encoding="utf-8") as file:
    PROJECTS = list(csv.DictReader(file))


def stage(category):
    return printed(f"indicator_id = 'accelerator_projects' AND category_id = '{category}'")


def cards(app):
    return [card for body in bodies(app) for card in elements(body, ".rz-card")]


def rows_of(app, index):
    """The rows of one of the two tables of «100 жаңа есім»: by year, by region."""
    table = [body for body in bodies(app) if 'class="rz-measures ' in body][index]
    return elements(table, "tr")[1:]


@pytest.fixture(scope="module")
def page():
    return {language: opened("accelerator", lang=language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_says_how_many_came_and_how_many_got_through(page, language):
    app, t = page[language], TRANSLATIONS[language]
    assert not failures(app)
    first, last = stage("applications"), stage("accelerated")
    assert app.title[0].value == t("accelerator.title", first=str(first), last=str(last))


def test_every_stage_has_its_count_and_both_percentages(page):
    t = TRANSLATIONS["ru"]
    (funnel,) = [body for body in bodies(page["ru"]) if 'class="rz-funnel"' in body]
    counts = [stage(category) for category in STAGES]
    assert elements(funnel, ".rz-funnel-count") == [str(count) for count in counts]
    before = [None, *counts]
    for shares, count, earlier in zip(elements(funnel, ".rz-funnel-shares"), counts, before, strict=False):
        wanted = t("accelerator.of_start", percent=numbers.percent(100 * count / counts[0], t))
        if earlier is not None:
            wanted += t("accelerator.of_before", percent=numbers.percent(100 * count / earlier, t))
        assert shares == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_says_by_which_rule_a_project_gets_there_and_where_that_stands(page, language):
    t = TRANSLATIONS[language]
    (funnel,) = [body for body in bodies(page[language]) if 'class="rz-funnel"' in body]
    rules = elements(funnel, ".rz-funnel-rule")
    assert len(rules) == len(STAGES)
    for rule in rules:
        assert says(rule.partition(" (")[0], t("accelerator.rule")) and t("passport.half_kk") in rule


def test_ambassadors_are_no_stage(page):
    t = TRANSLATIONS["en"]
    (funnel,) = [body for body in bodies(page["en"]) if 'class="rz-funnel"' in body]
    ambassadors = str(printed("indicator_id = 'accelerator_ambassadors'"))
    assert ambassadors not in elements(funnel, ".rz-funnel-count")
    (tile,) = [
        tile
        for body in bodies(page["en"])
        for tile in elements(body, ".rz-tile")
        if t("accelerator.ambassadors") in tile
    ]
    assert ambassadors in tile and t("accelerator.no_stage") in tile


def test_the_page_says_how_many_projects_are_spoken_of_and_how_many_are_named(page):
    t = TRANSLATIONS["kk"]
    spoken, named = stage("accelerated"), len(PROJECTS)
    assert spoken != named
    said = t("accelerator.named", spoken=str(spoken), named=str(named), missing=str(spoken - named), shown=str(named))
    assert said in words(page["kk"])
    assert len(cards(page["kk"])) == named


@pytest.mark.parametrize("cluster", sorted({row["cluster_id"] for row in PROJECTS}))
def test_a_cluster_keeps_its_projects(cluster):
    app = opened("accelerator", cluster=cluster)
    assert not failures(app)
    assert len(cards(app)) == sum(row["cluster_id"] == cluster for row in PROJECTS)


@pytest.mark.parametrize("principles", [("evolution",), ("openness",), ("evolution", "openness")])
def test_a_principle_keeps_the_projects_that_its_package_names(principles):
    app = opened("accelerator", principles=",".join(principles))
    wanted = [row for row in PROJECTS if set(principles) & set(row["principle_ids"].split(";"))]
    assert len(cards(app)) == len(wanted)
    assert len(wanted) > 0


def test_searching_finds_names_and_purposes_in_any_case(page):
    (found,) = cards(opened("accelerator", search="qOLDAU"))
    assert found in cards(page["kk"]) and "QOLDAU" in found
    app = opened("accelerator", lang="en", search="ENGLISH volunteers")
    assert len(cards(app)) == 1 and "Open English" in cards(app)[0]


def test_words_typed_into_the_search_go_into_the_address():
    app = opened("accelerator")
    app.text_input(key="search").set_value("  kunde ").run()
    assert len(cards(app)) == 1
    assert app.query_params["search"] == "kunde"
    app.text_input(key="search").set_value("").run()
    assert "search" not in app.query_params and len(cards(app)) == len(PROJECTS)


def test_a_filter_that_leaves_no_project_is_named():
    app, t = opened("accelerator", search="testland"), TRANSLATIONS["kk"]
    assert not failures(app) and cards(app) == []
    named = ", ".join(t(f"filter.{key}").lower() for key in ("principles", "cluster", "search"))
    assert t("filter.nothing_left", filters=named) in words(app)


def test_a_search_longer_than_a_line_is_cut_and_names_itself_as_the_filter():
    app, t = opened("accelerator", search="я" * 10_000), TRANSLATIONS["kk"]
    assert not failures(app) and cards(app) == []
    named = ", ".join(t(f"filter.{key}").lower() for key in ("principles", "cluster", "search"))
    assert t("filter.nothing_left", filters=named) in words(app)


def test_years_stand_with_winners_per_hundred_applications(page):
    t = TRANSLATIONS["ru"]
    rows = rows_of(page["ru"], 0)
    assert len(rows) == 3
    for row, year in zip(rows, ("2017", "2018", "2019"), strict=True):
        applications, winners = (
            printed(f"indicator_id = 'hundred_names_{what}' AND region_id = 'kazakhstan' AND period_id = '{year}'")
            for what in ("applications", "winners")
        )
        rate = numbers.decimal(100 * winners / applications, t, 1)
        assert row == year + numbers.decimal(applications, t) + str(winners) + rate


def test_regions_are_those_with_a_figure_and_the_region_filter_keeps_the_chosen(page):
    regions = (
        facts()
        .execute(
            "SELECT count(DISTINCT region_id) FROM observations WHERE region_id <> 'kazakhstan' AND preferred = 'true'"
            " AND indicator_id IN ('hundred_names_applications', 'hundred_names_winners')"
        )
        .fetchone()[0]
    )
    assert len(rows_of(page["kk"], 1)) == regions
    app = opened("accelerator", regions="nur_sultan,pavlodar")
    assert len(rows_of(app, 1)) == 2
    app = opened("accelerator", regions="atyrau")
    assert not failures(app)
    t = TRANSLATIONS["kk"]
    assert t("filter.nothing_left", filters=t("filter.regions").lower()) in words(app)


def test_a_printed_zero_is_a_zero_and_what_is_not_printed_is_not(page):
    t = TRANSLATIONS["en"]
    (row,) = [row for row in rows_of(page["en"], 1) if row.startswith("North Kazakhstan")]
    assert row == "North Kazakhstan" + t("figure.missing") + "0" + t("figure.missing")


@pytest.mark.parametrize("language", LANGUAGES)
def test_contradictions_stand_where_their_figures_are(page, language):
    shown = "\n".join(flag for body in bodies(page[language]) for flag in elements(body, ".rz-remark-loud"))
    with (FACTS / "claims.csv").open(encoding="utf-8") as claims:
        statements = {row["claim_id"]: row[f"statement_{language}"] for row in csv.DictReader(claims)}
    for claim in (
        "accelerated_46_or_20",
        "accelerator_twenty_named",
        "accelerator_directions_five_or_six",
        "names_top_five",
    ):
        assert statements[claim] in shown
