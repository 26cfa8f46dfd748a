"""/principles and /foresight: they open, follow the filters, and their counts are those of the facts.

Counts are made here a second time, by SQL over the facts as they were entered.
"""

from __future__ import annotations

import csv
import re
from functools import cache

import pytest
from screen import FACTS, TRANSLATIONS, bodies, elements, failures, opened, plain, words

from rzh_data.schema import LANGUAGES
from rzh_ui import programme, recommendations
from rzh_ui.data import ask

languages = pytest.mark.parametrize("t", TRANSLATIONS.values(), ids=LANGUAGES)
RU = TRANSLATIONS["ru"]


@cache
def rows_of(table):
    """Rows of a table of the facts as they were entered."""
    with (FACTS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said(condition):
    """Findings and recommendations for which `condition` holds."""
    return [row for row in rows_of("recommendations") if condition(row)]


def found(app, t):
    """The number of sentences that the page says it found, and the number it lists."""
    pattern = re.escape(t("principles.found", count=0, whole=0, findings=0, recommendations=0)).replace("0", r"(\d+)")
    (match,) = re.finditer(pattern, words(app))
    listed = [item for body in bodies(app) if "rz-list" in body for item in elements(body, "li")]
    return tuple(map(int, match.groups())), len(listed)


@languages
@pytest.mark.parametrize("page", ["principles", "foresight"])
def test_a_page_opens_with_its_title(page, t):
    app = opened(page, lang=t.language)
    assert not failures(app)
    assert app.title[0].value == t(f"{page}.title")
    assert "{" not in words(app), "a placeholder was left unfilled"


@languages
def test_every_part_is_named_in_the_key(t):
    text = words(opened("principles", lang=t.language))
    for table in ("directions", "principles", "projects"):
        for row in rows_of(table):
            assert row[f"name_{t.language}"] in text, row


def test_every_wording_stands_with_its_line():
    text = plain(programme.places_of_parts((), RU))
    rows = rows_of("printed_names")
    assert len(rows) > 40
    for row in rows:
        for half in ("kk", "ru"):
            if row[f"{half}_line"]:
                assert row[f"{half}_printed"] in text
                place = RU("place.line", half=RU(f"passport.half_{half}"), line=row[f"{half}_line"])
                assert place in text, row


def test_a_project_of_two_principles_has_one_card_and_is_named_under_both():
    parts = ask("programme_key").to_dict("records")
    special = [part for part in parts if part["kind"] == "special"]
    both = [part["part_id"] for part in special if len(part["owner_ids"]) == 2]
    assert sorted(both) == ["textbooks", "tugan_zher"]
    titles = elements(programme.projects((), RU), ".rz-card-title")
    assert len(titles) == len(set(titles)) == len(special) + 4 == 17
    assert programme.key((), RU).count("«Туған жер»</p>") + programme.key((), RU).count("«Туған жер»,") == 2
    assert "13" in programme.double_counting(RU) and "15" in programme.double_counting(RU)


@pytest.mark.parametrize("kind", ["body", "region"])
def test_cells_of_a_matrix_are_the_counts_of_the_facts(kind):
    html = recommendations.matrix(kind, (), (), RU)
    cells = re.findall(r'<a href="([^"]+)"[^>]*>(\d+) \+ (\d+)</a>', html)
    inner = [cell for cell in cells if re.search(r"(principles|scope)=\w", cell[0])]  # not the totals
    assert len(inner) > 40
    for href, findings, others in inner:
        addressee = re.search(r"addressee=(\w+)", href).group(1)
        principle = re.search(r"principles=(\w+)", href)
        wanted = principle.group(1) if principle else ""
        rows = said(lambda row, a=addressee, p=wanted: row["addressee_id"] == a and row["principle_id"] == p)
        kinds = [row["kind"] for row in rows]
        assert (kinds.count("finding"), kinds.count("recommendation")) == (int(findings), int(others)), href


def test_both_matrices_together_hold_every_sentence():
    totals = []
    for kind in ("body", "region"):
        html = recommendations.matrix(kind, (), (), RU)
        totals.append(sum(map(int, elements(html, "td")[-1].split(" + "))))
    assert sum(totals) == len(rows_of("recommendations"))


@pytest.mark.parametrize(
    ("address", "condition"),
    [
        ({}, lambda _: True),
        ({"principles": "pragmatism"}, lambda row: row["principle_id"] == "pragmatism"),
        ({"addressee": "ecology"}, lambda row: row["addressee_id"] == "ecology"),
        ({"kind": "finding"}, lambda row: row["kind"] == "finding"),
        ({"scope": "programme"}, lambda row: not row["principle_id"]),
        ({"regions": "atyrau,pavlodar"}, lambda row: row["addressee_id"] in ("atyrau", "pavlodar")),
        (
            {"addressee": "pavlodar", "principles": "identity,openness", "kind": "finding"},
            lambda row: (
                row["addressee_id"] == "pavlodar"
                and row["principle_id"] in ("identity", "openness")
                and row["kind"] == "finding"
            ),
        ),
        ({"search": "Школ"}, lambda row: "школ" in row["text_ru"].lower()),
        ({"search": "молодеж"}, lambda row: "молодеж" in row["text_ru"].lower().replace("ё", "е")),
    ],
    ids=["all", "principle", "ministry", "kind", "programme", "regions", "three filters", "Школ", "молодеж"],
)
def test_a_filter_leaves_what_the_facts_have(address, condition):
    app = opened("principles", lang="ru", **address)
    assert not failures(app)
    rows = said(condition)
    if not rows:
        pytest.fail("the filter is to leave something")
    counts, listed = found(app, RU)
    kinds = [row["kind"] for row in rows]
    assert counts == (
        len(rows),
        len(rows_of("recommendations")),
        kinds.count("finding"),
        kinds.count("recommendation"),
    )
    shown_all = "addressee" in address or len(rows) <= recommendations.SHOWN_FIRST
    assert listed == (len(rows) if shown_all else recommendations.SHOWN_FIRST)


def test_all_are_listed_where_the_address_asks_for_all():
    app = opened("principles", lang="ru", show="all")
    assert found(app, RU)[1] == len(rows_of("recommendations"))


@languages
def test_an_empty_result_names_the_filters_that_emptied_it(t):
    app = opened("principles", lang=t.language, principles="identity", addressee="ecology")
    assert not failures(app)
    lines = [line for body in bodies(app) for line in elements(body, ".rz-warn")]
    names = ", ".join(t(f"filter.{key}").lower() for key in ("principles", "addressee"))
    assert t("filter.nothing_left", filters=names) in lines


def test_the_search_looks_for_all_words_and_treats_signs_as_signs():
    every = len(ask("recommendations", search="вод", language="ru"))
    both = len(ask("recommendations", search="эколог вод", language="ru"))
    assert 0 < both < every
    for odd in ("%", "_", "'", '"', "\\", "(", "\0", "a" * 100):
        assert len(ask("recommendations", search=odd, language="ru")) <= 5, odd


def test_value_against_target_is_made_of_printed_figures():
    rows = ask("project_targets").set_index("pair_id")
    assert rows.loc["textbooks_translated", ["value", "target", "percent"]].tolist() == [77, 100, 77]
    assert rows.loc["textbooks_published", ["value", "target"]].tolist() == [47, 77]
    assert rows.loc["tugan_zher_events", ["value", "target"]].tolist() == [39149, 29922]
    assert rows.loc["aul_people", ["value", "target"]].tolist() == [700_000, 6_500_000]
    shown = {figure for figures in rows["observation_ids"] for figure in figures}
    known = set(ask("passports", observations=tuple(sorted(shown)))["observation_id"])
    assert known == shown, "every figure has a passport"


def test_the_principle_filter_narrows_projects_targets_and_dates():
    app = opened("principles", lang="ru", principles="knowledge")
    assert not failures(app)
    text = words(app)
    assert "Генезис тюркского мира" not in text and "100 новых учебников" in text
    assert RU("principles.aul_title") not in [one.value for one in app.subheader]
    assert RU("principles.textbooks_title") in [one.value for one in app.subheader]
    dates = [row for row in rows_of("programme_items") if row["type"] == "timeline"]
    own = [row for row in dates if "knowledge" in row["principle_ids"].split(";")]
    (timeline,) = [body for body in bodies(app) if "rz-timeline" in body]
    assert len(elements(timeline, ".rz-kind")) == len(own) < len(dates)


@languages
def test_the_timeline_holds_every_date_of_the_documents(t):
    html = programme.timeline((), t)
    dates = [row for row in rows_of("programme_items") if row["type"] == "timeline"]
    assert len(elements(html, ".rz-kind")) == len(dates) > 40
    for row in dates:
        assert row[f"text_{t.language}"] in elements(html, "span"), row["item_id"]
    years = elements(html, "h3")
    assert years == sorted(years)


@pytest.mark.parametrize(
    ("period", "kk", "ru"),
    [
        ("2019", "2019", "2019"),
        ("2018-12", "12.2018", "12.2018"),
        ("2019-09-02", "02.09.2019", "02.09.2019"),
        ("2017/2022", "2017–2022", "2017–2022"),
        ("2019-01/2019-09", "01.2019–09.2019", "01.2019–09.2019"),
        ("2018/2019-school", "2018–2019 оқу жылы", "2018–2019 учебный год"),
    ],
)
def test_a_moment_reads_as_the_language_writes_it(period, kk, ru):
    assert programme.moment(period, TRANSLATIONS["kk"]) == kk
    assert programme.moment(period, RU) == ru


def test_who_assigns_which_direction_follows_the_facts():
    from rzh_ui import foresight

    html = foresight.directions((), RU)
    items = [row for row in rows_of("programme_items") if row["type"].startswith("foresight_direction")]
    assert html.count("●") == sum(row["type"] == "foresight_direction" for row in items) == 5
    assert html.count("○") == sum(row["type"] == "foresight_direction_named" for row in items) == 3
    assert len(elements(html, ".rz-gap")) == 3 * 6 - 8
    sentence = foresight.directions_sentence(RU)
    assert "«Формирование образа казахстанца» – Конкурентоспособность, Открытость сознания" in sentence
    assert "Прагматизм, Культ знания" in sentence


@languages
def test_foresight_shows_every_item_of_the_documents(t):
    app = opened("foresight", lang=t.language)
    text = words(app)
    types = ("foresight_stage", "foresight_method", "foresight_result", "foresight_group", "training")
    rows = [row for row in rows_of("programme_items") if row["type"] in types]
    assert len(rows) > 80
    assert [row["item_id"] for row in rows if row[f"text_{t.language}"] not in text] == []


def test_the_principle_filter_leaves_only_its_package_of_foresight():
    app = opened("foresight", lang="ru", principles="pragmatism")
    assert not failures(app)
    text = words(app)
    assert "Метод Делфи" in text
    rows = rows_of("programme_items")
    alien = [row for row in rows if row["type"] == "foresight_result" and row["principle_ids"] == "identity"]
    assert alien and not [row for row in alien if row["text_ru"] in text]
    assert RU("filter.nothing_left", filters=RU("filter.principles").lower()) in text, "no stages in this package"


def test_children_are_shown_from_most_to_fewest():
    children = list(programme.circles(RU)["children"])
    assert len(children) > 3
    assert children == sorted(children, reverse=True)


def test_a_target_that_is_a_multiple_is_said_as_russians_say_it():
    row = {"value": 2.5, "unit": "times", "qualifier": ">="}
    assert programme.figure_said(row, RU) == "не менее чем в 2,5 раза"
    assert programme.figure_said({**row, "value": 2, "qualifier": "="}, RU) == "в 2 раза"


def test_what_began_in_january_stands_before_what_happened_in_december():
    spans = ["2019-12-01", "2019", "2019-01/2019-09", "2019-03", "2018/2019-school"]
    rows = [{"time_period": span, "package_id": "x", "sort_order": 1} for span in spans]
    wanted = ["2018/2019-school", "2019", "2019-01/2019-09", "2019-03", "2019-12-01"]
    assert [row["time_period"] for row in sorted(rows, key=programme._when)] == wanted
