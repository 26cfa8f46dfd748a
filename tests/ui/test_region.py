"""A region's profile: all that the documents say of it, where it stands, in grammatical sentences, and what is missing."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import pytest
from screen import (
    FACTS,
    NO_BREAK,
    TRANSLATIONS,
    bodies,
    charts,
    components,
    elements,
    facts,
    failures,
    opened,
    plain,
    words,
)

from rzh_data import store
from rzh_data.schema import LANGUAGES
from rzh_ui import region_summary

REGIONS = tuple(row["region_id"] for row in store.current().rows("regions") if row["kind"] != "country")
languages = pytest.mark.parametrize("lang", LANGUAGES)


def rows_of(table: str, condition: str) -> int:
    """Rows of a table of the facts, counted by no code of ours."""
    path = f"{FACTS}/{table}/*.csv" if table == "observations" else f"{FACTS}/{table}.csv"
    found = facts().execute(f"SELECT count(*) FROM read_csv('{path}', all_varchar = true) WHERE {condition}").fetchone()
    assert found
    return int(found[0])


def listed(app, wanted: str) -> list[str]:
    return [text for body in bodies(app) for text in elements(body, wanted)]


def lists(app) -> list[str]:
    """The pieces of HTML that list entries: figures, findings and recommendations, claims."""
    return [body for body in bodies(app) if "rz-entries" in body]


def with_agreeing(app):
    """The page with the claims that agree opened too."""
    app.session_state["region_claims_agree"] = True
    return app.run()


def entries(body: str) -> int:
    """Entries of a list; the places in a passport are items too, but begin with the printed token."""
    return len(re.findall(r"<li><p", body))


@languages
@pytest.mark.parametrize("region", REGIONS)
def test_every_region_opens_with_its_name_in_three_languages(region, lang):
    app = opened("region", lang=lang, region=region)
    assert not failures(app)
    row = next(row for row in store.current().rows("region_facts") if row["region_id"] == region)
    name = row[f"name_{lang}"]
    assert app.title[0].value == name[:1].upper() + name[1:]
    for other in LANGUAGES:
        assert row[f"name_{other}"].lower() in (app.title[0].value + words(app)).lower()


@languages
def test_without_a_region_all_of_them_can_be_chosen(lang):
    app = opened("region", lang=lang)
    assert not failures(app)
    assert app.title[0].value == TRANSLATIONS[lang]("region.title")
    found = Counter(re.findall(r"[?&;]region=(\w+)", "".join(bodies(app))))
    assert set(found) == set(REGIONS)
    assert TRANSLATIONS[lang]("foot.documents") in words(app), "the page is drawn to its end"


@pytest.mark.parametrize("region", REGIONS)
def test_figures_words_and_claims_are_as_many_as_the_facts_have(region):
    app = with_agreeing(opened("region", lang="en", region=region))
    figures, sentences, *claims = lists(app)
    expected = (
        rows_of("observations", f"region_id = '{region}'"),
        rows_of("recommendations", f"addressee_id = '{region}'"),
        rows_of("claims", f"list_contains(string_split(region_ids, ';'), '{region}')"),
    )
    assert (entries(figures), entries(sentences), sum(map(entries, claims))) == expected
    assert f"In all: {expected[0]}." in plain(figures)
    assert f"In all: {expected[1]}." in plain(sentences)
    assert f"In all: {expected[2]}." in words(app)


def test_the_principle_filter_narrows_all_three_lists_and_says_so():
    app = with_agreeing(opened("region", lang="en", region="pavlodar", principles="evolution"))
    assert not failures(app)
    figures, sentences, *claims = lists(app)
    kept = rows_of("recommendations", "addressee_id = 'pavlodar' AND principle_id = 'evolution'")
    assert 0 < entries(sentences) == kept < 15
    assert f"In all: 15; left by the filter: {kept}." in plain(sentences)
    assert 0 < entries(figures) < 39
    shown = rows_of(
        "claims", "regexp_matches(region_ids, '(^|;)pavlodar(;|$)') AND regexp_matches(principle_ids, 'evolution')"
    )
    assert sum(map(entries, claims)) == shown


def test_a_principle_that_leaves_nothing_names_the_filter():
    app = opened("region", lang="en", region="mangystau", principles="openness")
    assert not failures(app)
    t = TRANSLATIONS["en"]
    assert t("filter.nothing_left", filters=t("filter.principles").lower()) in listed(app, ".rz-warn")
    assert not charts(app), "no money of a project that serves another principle"


@languages
@pytest.mark.parametrize("region", REGIONS)
def test_a_summary_is_whole_sentences_without_a_slip(region, lang):
    for sentence in region_summary.summary(region, TRANSLATIONS[lang]):
        said = sentence.words
        assert said.endswith("."), said
        assert not re.search(r"\.\.|  |\(\)|nan|None|[{}]| ;| ,|: \.", said), said
        assert said[0].isupper() or said[0] in "«0123456789", said
        if lang != "en":
            assert not re.search(r"[A-Za-z]{2,}", said), said


def test_a_summary_says_what_the_facts_say():
    said = [sentence.words for sentence in region_summary.summary("pavlodar", TRANSLATIONS["ru"])]
    assert said[0] == (
        f"Павлодарская область: административный центр — Павлодар. В области на 1 января 2021 года — "
        f"751{NO_BREAK}012 жителей (4,0{NO_BREAK}% населения страны), 12-е место из 17 по числу жителей."
    )
    assert f"4,19{NO_BREAK}млрд{NO_BREAK}₸" in said[1] and f"9,70{NO_BREAK}млрд{NO_BREAK}₸" in said[1]
    assert said[4].endswith("От периода к периоду они росли.")
    assert f"число меценатов — 1{NO_BREAK}%" in said[5]
    assert said[6].endswith("207 заявок.")
    assert said[7].endswith("39 чисел, 14 выводов, 1 рекомендация.")


@languages
def test_shymkent_is_compared_by_the_one_period_it_has(lang):
    t = TRANSLATIONS[lang]
    said = " ".join(sentence.words for sentence in region_summary.summary("shymkent", t))
    assert t("region.s_lacking", lacking="2017, 2018", period=store_label("2019-9m", lang)) in said
    app = opened("region", lang=lang, region="shymkent", period="2017")
    assert not failures(app)
    assert t("region.gap_shymkent") in words(app)
    assert t("figure.missing") in words(app), "a year without a figure keeps its row"


def store_label(period: str, lang: str) -> str:
    return next(row[f"label_{lang}"] for row in store.current().rows("periods") if row["period_id"] == period)


def test_turkestan_says_that_2017_holds_shymkent():
    said = [sentence.words for sentence in region_summary.summary("turkestan", TRANSLATIONS["en"])]
    assert TRANSLATIONS["en"]("region.s_with_shymkent") in said
    assert not any(
        TRANSLATIONS["en"]("region.s_with_shymkent") == sentence.words
        for region in REGIONS
        if region != "turkestan"
        for sentence in region_summary.summary(region, TRANSLATIONS["en"])
    )


def test_three_regions_are_compared_and_the_fourth_is_named_as_left_out():
    app = opened("region", lang="en", region="pavlodar", regions="akmola,pavlodar,atyrau,zhambyl,turkestan")
    assert not failures(app)
    locator = components(app, "region_map")[0]
    assert locator["selected"] == "pavlodar" and locator["others"] == ["akmola", "atyrau", "turkestan"]
    key = listed(app, ".rz-strip-key")[0]
    assert all(name in key for name in ("Pavlodar", "1Akmola", "2Atyrau", "3Turkestan")) and "Zhambyl" not in key
    assert "The comparison shows the first three regions: Akmola, Atyrau, Turkestan." in words(app)
    bars = listed(app, ".rz-split-table")[0]
    assert "Akmola" in bars and "Kazakhstan" not in bars, "the country's total would press all others flat"
    app = opened("region", lang="en", region="pavlodar", regions="akmola", per="capita")
    assert "Kazakhstan" in listed(app, ".rz-split-table")[0]


def test_a_strip_has_a_dot_for_each_region_with_a_figure():
    app = opened("region", lang="en", region="pavlodar", period="2018")
    html = next(body for body in bodies(app) if 'class="rz-strips"' in body)
    strips = re.findall(r'<div class="rz-strip" role="img" aria-label="([^"]+)">(.*?)</div>', html)
    dots = {said.split(". ")[0]: marks.count('title="') for said, marks in strips}
    assert dots["All Tugan Zher funding, 2018"] == 16, "Shymkent has no figure of 2018"
    names = rows_of("observations", "indicator_id = 'tugan_zher_patrons_share' AND region_id <> 'kazakhstan'")
    patrons = store.current().rows("map_indicators")
    name = next(row["name_en"] for row in patrons if row["indicator_id"] == "tugan_zher_patrons_share")
    assert [count for said, count in dots.items() if unescape(said).startswith(name + ",")] == [names]
    positions = [float(one) for one in re.findall(r"left:([\d.-]+)%", html)]
    assert positions and min(positions) >= 0 and max(positions) <= 100
    assert f"regions with a figure: {names}" in html, "the last of those that a document names is not the last of all"


def test_next_and_previous_go_round_the_alphabet():
    app = opened("region", lang="ru", region="pavlodar")
    seen = []
    for _ in REGIONS:
        seen.append(app.session_state["region"])
        app.button(key="region_after").click().run()
        assert not failures(app)
    assert sorted(seen) == sorted(REGIONS) and app.session_state["region"] == "pavlodar"
    app.button(key="region_before").click().run()
    assert app.session_state["region"] == seen[-1]


def test_what_is_missing_names_who_has_it():
    app = opened("region", lang="en", region="mangystau")
    table = listed(app, ".rz-words")[0]
    assert "Region's share of events" in table
    assert "The document names these regions (2): Almaty Region, Atyrau." in table
    gaps = store.current().rows("region_gaps", region="mangystau")
    printed = rows_of("observations", "region_id = 'mangystau'")
    assert printed and all(row["known_ids"] and "mangystau" not in row["known_ids"] for row in gaps)


def test_the_card_of_the_overview_leads_to_the_profile():
    app = opened(lang="kk", region="pavlodar")
    card = next(body for body in bodies(app) if 'class="rz-region"' in body)
    assert re.search(r'href="region\?[^"]*region=pavlodar', card)
    assert TRANSLATIONS["kk"]("region.profile") in plain(card)
