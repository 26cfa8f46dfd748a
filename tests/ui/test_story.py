"""The story of the presentation: whole as it is, and each way to break its file is named with step and key."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from screen import NO_BREAK, TRANSLATIONS, printed

from rzh_data.schema import LANGUAGES
from rzh_ui import exhibits, numbers, story
from rzh_ui.story import StoryError

GOOD = """
public_address = ""
[[step]]
id = "money"
page = "funding"
figure = "by_period"
view = { per = "total" }
title = { kk = "Қаржы: {sponsors}", ru = "Средства: {sponsors}", en = "Money: {sponsors}" }
sentence = { kk = "Бюджет – {budget}", ru = "Бюджет — {budget}", en = "Budget: {budget}" }
values.sponsors = { observation = "tugan_zher_sponsors:kazakhstan:2017/2019-9m" }
values.budget = { query = "funding_of_regions", where = { period_id = "2018", indicator_id = "tugan_zher_local_budget" }, column = "value", unit = "KZT" }
"""
BROKEN = {
    "no figure of this name": ('figure = "by_period"', 'figure = "by_moon"', "figure", "figure"),
    "no figure named": ('figure = "by_period"', "", "missing_key", "figure"),
    "a figure that needs a region": ('figure = "by_period"', 'figure = "region_money"', "empty_figure", "view"),
    "several maps": ('figure = "by_period"', 'figure = "small_maps"', "not_drawn", "figure"),
    "no page of this name": ('page = "funding"', 'page = "fundings"', "page", "page"),
    "no such choice": ('per = "total"', 'par = "total"', "choice", "view.par"),
    "no such value of a choice": ('per = "total"', 'per = "head"', "choice", "view.per"),
    "a number as a choice": ('per = "total"', "period = 2018", "not_text", "view"),
    "a missing translation": ('kk = "Қаржы: {sponsors}", ', "", "translation", "title.kk"),
    "an empty translation": ('ru = "Бюджет — {budget}"', 'ru = " "', "translation", "sentence.ru"),
    "a fourth language": (
        'en = "Money: {sponsors}"',
        'en = "Money: {sponsors}", de = "Geld"',
        "unknown_key",
        "title.de",
    ),
    "an unknown placeholder": ("Қаржы: {sponsors}", "Қаржы: {sponsor}", "placeholder", "title.kk"),
    "a placeholder left out": ("Бюджет — {budget}", "Бюджет", "placeholder_lacking", "sentence.ru"),
    "an open brace": ("Budget: {budget}", "Budget: {budget", "braces", "sentence.en"),
    "a typed number": ("Budget: {budget}", "Budget of 2018: {budget}", "typed_number", "sentence.en"),
    "a value that nothing uses": (
        "values.budget =",
        'values.spare = { observation = "x" }\nvalues.budget =',
        "value_unused",
        "values.spare",
    ),
    "a value typed in": (
        '{ observation = "tugan_zher_sponsors:kazakhstan:2017/2019-9m" }',
        "274",
        "value",
        "values.sponsors",
    ),
    "an unknown observation": (
        "tugan_zher_sponsors:kazakhstan:2017/2019-9m",
        "tugan_zher_sponsors:testland:2017",
        "observation",
        "values.sponsors.observation",
    ),
    "an unknown question": ("funding_of_regions", "funding_of_planets", "query", "values.budget.query"),
    "an unknown parameter": ("where = {", "given = { moon = 1 }, where = {", "given", "values.budget.given"),
    "an unknown column": ('column = "value"', 'column = "worth"', "column", "values.budget.column"),
    "an unknown column to pick by": ("period_id =", "time_id =", "column", "values.budget.where"),
    "several rows": ('period_id = "2018", ', "", "rows", "values.budget.where"),
    "no row": ('"2018"', '"2081"', "rows", "values.budget.where"),
    "a key of its own": ('id = "money"', 'id = "money"\ncolour = "red"', "unknown_key", "colour"),
    "no id": ('id = "money"', "", "id", "id"),
    "two steps of one id": ("values.sponsors", "@twice@", "twice", "id"),
    "no step": ("@none@", "", "count", "step"),
    "an address that is none": ('public_address = ""', 'public_address = "karta"', "public_address", "public_address"),
}


def written(folder: Path, text: str) -> Path:
    path = folder / "story.toml"
    path.write_text(text, encoding="utf-8")
    return path


def checked(path: Path) -> Any:
    found = story.read(path)
    story.check(found, story.pages())
    return found


def test_the_file_of_the_tests_is_right_before_it_is_broken(tmp_path: Path) -> None:
    assert [step.id for step in checked(written(tmp_path, GOOD)).steps] == ["money"]


@pytest.mark.parametrize(("before", "after", "fault", "key"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_names_the_step_and_the_key(
    before: str, after: str, fault: str, key: str, tmp_path: Path
) -> None:
    if fault == "twice":
        text = GOOD + GOOD[GOOD.index("[[step]]") :]
    elif fault == "count":
        text = 'public_address = ""\n'
    else:
        assert before in GOOD
        text = GOOD.replace(before, after)
    with pytest.raises(StoryError) as broken:
        checked(written(tmp_path, text))
    assert broken.value.fault == fault
    for language in LANGUAGES:
        said = broken.value.said(TRANSLATIONS[language])
        assert key in said
        assert "story.toml" in said
        assert "\n" not in said
        if fault not in ("count", "public_address"):
            assert ("1" if fault == "id" else "money") in said


def test_a_file_that_is_no_toml_and_one_that_is_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(StoryError) as broken:
        story.read(written(tmp_path, GOOD.replace("[[step]]", "[[step]")))
    assert broken.value.fault == "toml"
    assert "line 3" in str(broken.value)
    with pytest.raises(StoryError) as missing:
        story.read(tmp_path / "none.toml")
    assert missing.value.fault == "no_file"


def test_a_changed_file_is_read_again_and_the_same_file_is_the_same_story(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    first = story.read(path)
    assert story.read(path) is first
    written(tmp_path, GOOD.replace('"money"', '"spending"'))
    assert [step.id for step in story.read(path).steps] == ["spending"]


def test_the_story_of_the_product_is_whole_and_tells_the_whole_programme() -> None:
    found = checked(story.FILE)
    assert 10 <= len(found.steps) <= 16
    assert {step.page for step in found.steps} == {
        "overview", "funding", "principles", "accelerator", "awareness", "sources"
    }  # fmt: skip
    assert any(step.exhibit(TRANSLATIONS["kk"]).kind == "map" for step in found.steps)
    for step in found.steps:
        words = [story.told(step, TRANSLATIONS[language]).sentence for language in LANGUAGES]
        assert len(set(words)) == 3
        assert not any("{" in sentence for sentence in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_says_what_the_documents_print(language: str) -> None:
    t = TRANSLATIONS[language]
    by_id = {step.id: story.told(step, t) for step in story.read().steps}
    span = "region_id = 'kazakhstan' AND period_id = '2017/2019-9m'"
    sponsors = printed(f"indicator_id = 'tugan_zher_sponsors' AND {span}")
    budget = printed(f"indicator_id = 'tugan_zher_local_budget' AND {span}")
    money = by_id["money"]
    assert numbers.quantity(sponsors, "KZT", t) in money.sentence
    assert numbers.quantity(budget, "KZT", t) in money.sentence
    assert f"{numbers.decimal(sponsors / budget, t, 1)}{NO_BREAK}₸" in money.title
    assert set(money.observation_ids) >= {
        f"tugan_zher_{one}:kazakhstan:2017/2019-9m" for one in ("sponsors", "local_budget")
    }

    assert money.computed == (f"{numbers.decimal(sponsors / budget, t, 1)}{NO_BREAK}₸",)
    share = numbers.percent(100 * sponsors / (sponsors + budget), t, 1)
    assert share in by_id["who_pays"].title
    held = printed(f"indicator_id = 'tugan_zher_events_held' AND {span}")
    planned = printed(f"indicator_id = 'tugan_zher_events_planned' AND {span}")
    reach = by_id["reach"].sentence
    assert numbers.qualified(numbers.decimal(held, t), ">", t) in reach  # the documents say: more than
    assert numbers.qualified(numbers.percent(100 * held / planned, t, 1), ">", t) in reach
    stages = "indicator_id = 'accelerator_projects' AND category_id"
    for stage in ("applications", "accelerated"):
        assert re.search(rf"\b{printed(stages + f' = {stage!r}')}\b", by_id["accelerator"].title)
    assert numbers.percent(46.9, t) in by_id["awareness"].title


def test_every_figure_that_can_be_drawn_can_be_a_step(tmp_path: Path) -> None:
    """A team may put any figure of a page into the story; those it cannot are refused by name, not by a failure."""
    for key in exhibits.BUILDERS:
        path = written(tmp_path, GOOD.replace('"by_period"', f'"{key}"'))
        try:
            checked(path)
        except StoryError as refused:
            assert refused.fault in ("not_drawn", "empty_figure"), key
