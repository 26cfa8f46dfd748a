"""The awareness page: the survey with its unknown parts, its contradictions in place, the presenter's card."""

from __future__ import annotations

import csv
import re

import pytest
from screen import FACTS, TRANSLATIONS, bodies, elements, facts, failures, opened, printed, words

from rzh_data.schema import LANGUAGES
from rzh_ui import awareness, numbers

with (FACTS / "claims.csv").open(encoding="utf-8") as file:
    CLAIMS = {row["claim_id"]: row for row in csv.DictReader(file)}
with (FACTS / "programme_items.csv").open(encoding="utf-8") as file:
    ITEMS = [row for row in csv.DictReader(file) if row["type"].startswith("target_group_")]
with (FACTS / "groups.csv").open(encoding="utf-8") as file:
    RU_NAME = {row["group_id"]: row["name_ru"] for row in csv.DictReader(file)}
GROUPS = tuple(dict.fromkeys(row["parent_id"] for row in ITEMS))
KK, RU, EN = (TRANSLATIONS[language] for language in LANGUAGES)


@pytest.fixture(scope="module")
def page():
    return {language: opened("awareness", lang=language) for language in LANGUAGES}


def share(answer, group=None):
    which = f"group_id = '{group}'" if group else "group_id IS NULL"
    return printed(f"indicator_id = 'awareness_share' AND category_id = '{answer}' AND {which}")


def answer_bars(app):
    (body,) = [body for body in bodies(app) if "rz-bar-stacked" in body]
    return body


def planner(app):
    return [card for body in bodies(app) for card in elements(body, ".rz-planner")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_says_what_all_respondents_answer(page, language):
    app, t = page[language], TRANSLATIONS[language]
    assert not failures(app)
    shares = {
        name: numbers.percent(share(answer), t)
        for name, answer in (("well", "knows_well"), ("some", "heard_something"), ("never", "never_heard"))
    }
    assert app.title[0].value == t("awareness.title", **shares)


def test_a_bar_is_a_hundred_percent_and_what_is_not_printed_is_hatched(page):
    widths = [
        [float(width) for width in re.findall(r'class="rz-part[^"]*" style="width:([\d.]+)%', bar)]
        for bar in answer_bars(page["ru"]).split("<li")[1:]
        if "rz-stack" in bar
    ]
    assert len(widths) == 7
    assert all(abs(sum(parts) - 100) < 0.01 for parts in widths)
    bar = next(bar for bar in answer_bars(page["ru"]).split("<li") if RU_NAME["age_60_plus"] in bar)
    never = share("never_heard", "age_60_plus")
    assert f"width:{100 - never:.3f}%" in bar.split("rz-part rz-hatch")[1]
    assert bar.count("background:") == 1, "one answer is printed, so one is drawn"


def test_a_group_without_a_printed_answer_has_no_number(page):
    said = elements(answer_bars(page["ru"]), ".rz-bar")
    for group in ("age_16_29", "age_30_59"):
        assert RU_NAME[group] + RU("awareness.unknown") in said


def test_the_table_leaves_such_a_group_without_a_value():
    rows = awareness.answer_rows(EN)
    empty = rows[rows["observation_ids"].map(len) == 0]
    assert sorted(empty["group_id"]) == ["age_16_29", "age_30_59"]
    assert empty["value"].isna().all()
    kept = rows[(rows["category_id"] == "unknown") & rows["value"].notna()]
    assert kept["is_computed"].all() and not kept.empty


def test_the_page_says_that_no_sample_size_is_printed(page):
    for language in LANGUAGES:
        assert TRANSLATIONS[language]("awareness.no_sample") in words(page[language])


@pytest.mark.parametrize("indicator", [awareness.PARTICIPATION, awareness.SUPPORT])
def test_shares_by_group_are_those_printed_and_the_others_say_they_are_not(page, indicator):
    rows = awareness.share_rows(indicator, RU)
    wanted = dict(
        facts()
        .execute(
            f"SELECT group_id, value FROM observations WHERE indicator_id = '{indicator}' AND group_id IS NOT NULL"
        )
        .fetchall()
    )
    found = {row.group_id: row.value for row in rows.itertuples() if not numbers.is_missing(row.value)}
    assert found == {group: float(value) for group, value in wanted.items()}
    assert len(rows) > len(found)
    assert RU("awareness.unknown") in words(page["ru"])


def test_media_sums_close_and_are_shown_with_their_parts(page):
    total = printed("indicator_id = 'media_materials' AND category_id IS NULL")
    parts = [
        printed(f"indicator_id = 'media_materials' AND category_id = 'medium_{medium}'")
        for medium in ("republican", "regional", "internet", "social")
    ]
    assert sum(parts) == total
    said = " + ".join(numbers.decimal(part, EN) for part in parts) + f" = {numbers.decimal(total, EN)}"
    assert said in words(page["en"])
    assert words(page["en"]).count(" = ") >= 3 and "≠" not in words(page["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_contradictions_stand_in_place(page, language):
    flags = [flag for body in bodies(page[language]) for flag in elements(body, ".rz-remark-loud")]
    for claim in ("tv_radio_56_or_heard_53", "internet_youth_raised", "media_scope"):
        statement = CLAIMS[claim][f"statement_{language}"]
        assert sum(statement in flag for flag in flags) == 1, claim


def test_the_page_says_that_no_filter_of_the_bar_applies(page):
    named = ", ".join(KK(f"filter.{key}").lower() for key in ("period", "per", "principles", "regions"))
    assert KK("filter.applies_not", filters=named) in words(page["kk"])


def test_the_table_of_groups_holds_all_that_the_guide_says(page):
    (table,) = [body for body in bodies(page["ru"]) if "rz-targets" in body]
    assert len(elements(table, "tr")) == 1 + len(GROUPS)
    assert sorted(elements(table, "li")) == sorted(row["text_ru"] for row in ITEMS)


def test_without_a_group_there_is_no_card(page):
    assert planner(page["kk"]) == []
    assert KK("groups.choose") in words(page["kk"])


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_has_the_methods_and_figures_of_its_group(language, group):
    app, t = opened("awareness", lang=language, group=group), TRANSLATIONS[language]
    assert not failures(app)
    (card,) = planner(app)
    for row in ITEMS:
        if row["parent_id"] == group:
            assert row[f"text_{language}"] in card
    members = ("ethnic_russian", "ethnic_other") if group == "ethnic_russian_and_other" else (group,)
    rows = (
        facts()
        .execute(
            "SELECT value FROM observations WHERE preferred = 'true' AND list_contains(?, group_id)"
            " AND (indicator_id LIKE 'awareness%' OR indicator_id LIKE '%source_share' OR indicator_id LIKE 'event_part%'"
            " OR indicator_id = 'outreach_support_share')",
            [list(members)],
        )
        .fetchall()
    )
    for (value,) in rows:
        assert numbers.percent(float(value), t) in card
    assert numbers.percent(printed("indicator_id = 'projects_information_source_share'"), t) in card


def test_the_card_of_a_group_does_not_hold_figures_of_another():
    (card,) = planner(opened("awareness", lang="en", group="age_60_plus"))
    for value in (share("never_heard", "ethnic_russian"), share("knows_well", "ethnic_kazakh"), 13.6):
        assert numbers.percent(value, EN) not in card
    assert EN("groups.no_channel") in card


def test_choosing_a_group_opens_its_card_and_goes_into_the_address():
    app = opened("awareness")
    app.pills(key="group").set_value("age_30_59").run()
    assert not failures(app) and len(planner(app)) == 1
    assert app.query_params["group"] == "age_30_59"


def test_a_group_that_is_none_is_told():
    app = opened(group="women")
    assert KK("filter.unknown_value", what=KK("filter.group"), value="women") in words(app)
    assert app.session_state["group"] is None
