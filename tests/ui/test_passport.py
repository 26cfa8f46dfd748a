"""The passport of a figure: every place where a document prints it, letter for letter, and how it was computed if it was."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from screen import NO_BREAK, TRANSLATIONS, bodies, elements, facts, failures, opened

from rzh_data.facts import observation_id
from rzh_data.schema import LANGUAGES
from rzh_ui import numbers, passport

KK, RU, EN = (TRANSLATIONS[language] for language in ("kk", "ru", "en"))
languages = pytest.mark.parametrize("t", TRANSLATIONS.values(), ids=LANGUAGES)


def table(name):
    rows = facts().execute(f"SELECT * FROM {name}")
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


OBSERVATIONS = {observation_id(row): row for row in table("observations")}


def places_of(identity):
    """(language, line, printed) of every place of a figure, from the facts as they were entered."""
    row = OBSERVATIONS[identity]
    found = [(half, row[f"{half}_line"], row[f"{half}_printed"]) for half in ("kk", "ru") if row[f"{half}_line"]]
    return found + FURTHER.get(identity, [])


FURTHER: dict[str, list[tuple[str, str, str]]] = {}
for further in table("further_places"):
    FURTHER.setdefault(observation_id(further), []).append((further["language"], further["line"], further["printed"]))

SPONSORS = "tugan_zher_sponsors:kazakhstan:2017/2019-9m"
ROUNDED = next(identity for identity in OBSERVATIONS if identity.startswith(SPONSORS) and identity.endswith("rounded"))


def quoted(html):
    """(language, printed) of every token the passport quotes."""
    return Counter(re.findall(r'<q lang="(\w+)">([^<]*)</q>', html))


def test_there_are_figures_printed_in_several_places():
    assert len(OBSERVATIONS) > 150
    assert len(FURTHER) > 10 and set(FURTHER) <= set(OBSERVATIONS)


def panels(t):
    """(observation id, heading, list of places as HTML) of every figure of the release."""
    identities = list(OBSERVATIONS)
    for start in range(0, len(identities), passport.MOST_SHOWN):
        batch = tuple(identities[start : start + passport.MOST_SHOWN])
        html = passport.panel(batch, t)
        lists = re.findall(r'<ul class="rz-places">.*?</ul>', html)
        yield from zip(batch, elements(html, ".rz-eyebrow")[1:], lists, strict=True)


@languages
def test_a_passport_lists_every_place_with_its_line_and_printed_token(t):
    for identity, _, html in panels(t):
        places = places_of(identity)
        assert places, identity
        assert quoted(html) == Counter((half, printed) for half, _, printed in places), identity
        where = elements(html, ".rz-where")
        for half, line, _ in places:
            said = [one for one in where if t(f"passport.half_{half}") in one and re.search(rf"\b{line}\b", one)]
            assert said, f"{identity}: {half} line {line} is not in {where}"
        again = sum(one.count(t("passport.printed_again")) for one in where)
        assert again == len(FURTHER.get(identity, [])), identity


def test_the_heading_is_the_value_as_the_document_prints_it():
    """Digits of the heading are those of the value; a qualifier keeps its word."""
    looked_at = 0
    for identity, heading, _ in panels(EN):
        row = OBSERVATIONS[identity]
        if not row["value"]:
            continue
        said = heading.rpartition(": ")[2].partition(f" ({EN('passport.not_preferred')})")[0]
        digits = re.search(r"[\d,]+(\.\d+)?", said)
        assert digits and float(digits[0].replace(",", "")) == float(row["value"]), f"{identity}: {heading}"
        assert numbers.qualified("", row["qualifier"], EN).strip() in said
        looked_at += 1
    assert looked_at > 150


@pytest.mark.parametrize(
    "value, printed, decimals",
    [
        (13.5, "13,5%", 1),
        (39.6, "39.6", 1),
        (46_900, "46,9 мың", 0),
        (6_000, "6 тыс", 0),
        (20, "20", 0),
        (2.34, "2,34", 2),
    ],
)
def test_a_figure_has_as_many_decimals_as_are_printed_and_a_magnitude_has_none(value, printed, decimals):
    assert passport._decimals({"value": value, "printed": printed}) == decimals


@languages
def test_a_figure_of_two_variants_shows_the_other_one(t):
    html = passport.details((SPONSORS, ROUNDED), t)
    headings = elements(html, ".rz-eyebrow")[1:]
    assert len(headings) == 2
    assert [t("passport.not_preferred") in heading for heading in headings] == [False, True]
    assert re.sub(r"\D", "", headings[0].rpartition(": ")[2]) == "274129014477"
    assert "270" in headings[1]
    assert numbers.qualified("", "~", t).strip() in headings[1]


@languages
def test_a_computed_figure_shows_its_formula_and_a_printed_one_has_none(t):
    computed = passport.details((SPONSORS,), t, formula="A ÷ B <i>")
    assert elements(computed, ".rz-formula") == ["A ÷ B <i>"]
    assert elements(computed, ".rz-eyebrow")[0] == t("passport.computed")
    assert "<i>" not in computed, "a formula is text"
    shown = passport.details((SPONSORS,), t)
    assert elements(shown, ".rz-formula") == []
    assert elements(shown, ".rz-eyebrow")[0] == t("passport.printed")
    assert elements(shown, "summary") == [t("passport.open")]


def test_a_sum_of_many_says_how_many_it_does_not_list():
    many = tuple(list(OBSERVATIONS)[: passport.MOST_SHOWN + 5])
    html = passport.panel(many, RU)
    assert len(elements(html, ".rz-places")) == passport.MOST_SHOWN
    assert elements(html, ".rz-eyebrow")[-1] == RU.plural("passport.more", 5)
    assert RU.plural("passport.more", 5) not in passport.panel(many[: passport.MOST_SHOWN], RU)


def test_the_source_line_spans_the_lines_of_its_figures():
    identities = [identity for identity, row in OBSERVATIONS.items() if row["indicator_id"] == "tugan_zher_sponsors"]
    line = passport.lines(identities, KK)
    for half in ("kk", "ru"):
        known = [int(OBSERVATIONS[one][f"{half}_line"]) for one in identities if OBSERVATIONS[one][f"{half}_line"]]
        assert re.search(f"{KK(f'passport.half_{half}')}, {min(known)}–{max(known)}", line), line


@pytest.fixture(scope="module")
def tiles():
    html = next(body for body in bodies(opened(lang="kk")) if "rz-tiles" in body)
    return re.findall(r"<article.*?</article>", html)


def test_every_tile_has_a_passport_with_tokens_of_both_halves(tiles):
    assert len(tiles) == 6
    for tile in tiles:
        assert len(elements(tile, "details")) == 1
        assert {half for half, _ in quoted(tile)} == {"kk", "ru"}


def test_the_passports_of_the_tiles_hold_the_figures_that_the_tiles_rest_on(tiles):
    money, leverage, events, names, accelerator, awareness = (quoted(tile) for tile in tiles)
    assert money["kk", "270 млрд"] and money["ru", "270 млрд"], "the variant that contradicts"
    for half in ("kk", "ru"):
        printed = OBSERVATIONS[SPONSORS][f"{half}_printed"]
        assert re.sub(r"\D", "", printed) == "274129014477"
        assert money[half, printed] and leverage[half, printed]
        assert events[half, "39 149"]
        for year in ("2017", "2018", "2019"):
            for indicator in ("applications", "winners"):
                token = OBSERVATIONS[f"hundred_names_{indicator}:kazakhstan:{year}"][f"{half}_printed"]
                assert token is None or names[half, token]
        assert accelerator[half, "120"] and accelerator[half, "20"]
    assert [len(elements(tile, ".rz-formula")) for tile in tiles] == [0, 1, 0, 1, 0, 0]
    assert elements(tiles[1], ".rz-formula") == [KK("formula.leverage")]
    assert awareness


@pytest.mark.parametrize("t", [KK, RU], ids=["kk", "ru"])
def test_a_row_of_a_table_opens_its_passport(t):
    """The table under the map: lines and tokens in columns, and the whole passport for the row that is chosen."""
    app = opened(lang=t.language, metric="tugan_zher_sponsors", period="2018")
    app.session_state["map_values_table"] = True
    app.run()
    assert not failures(app)
    shown = app.dataframe[0].value
    names = list(shown[t("table.region")])
    place = names.index("Атырау" if t is KK else "Атырауская")
    row = OBSERVATIONS["tugan_zher_sponsors:atyrau:2018"]
    for half in ("kk", "ru"):
        assert shown.iloc[place][t(f"table.line_{half}")] == row[f"{half}_line"]
        assert shown.iloc[place][t(f"table.printed_{half}")] == row[f"{half}_printed"]
    assert shown.iloc[place][t("table.kind")] == t("table.printed")
    assert set(shown[t("table.kind")][:-1]) == {t("table.printed")}
    assert shown.iloc[-1][t("table.kind")] == t("table.computed"), "no document prints the country's sum of 2018"
    before = len([body for body in bodies(app) if 'class="rz-passport"' in body])
    app.session_state["map_values_rows"] = {"selection": {"rows": [place], "columns": []}}
    app.run()
    assert not failures(app)
    open_now = [body for body in bodies(app) if body.startswith('<div class="rz-passport"')]
    assert len([body for body in bodies(app) if 'class="rz-passport"' in body]) == before + 1
    assert quoted(open_now[-1]) == Counter((half, printed) for half, _, printed in places_of(observation_id(row)))


def test_a_computed_row_opens_with_its_formula():
    app = opened("funding", lang="kk", period="2018")
    app.session_state["by_region_table"] = True
    app.session_state["by_region_rows"] = {"selection": {"rows": [0], "columns": []}}
    app.run()
    assert not failures(app)
    assert set(app.dataframe[0].value[KK("table.kind")]) == {KK("table.computed")}
    panel = next(body for body in bodies(app) if body.startswith('<div class="rz-passport"'))
    assert elements(panel, ".rz-formula") == [KK("formula.wide")]
    assert {half for half, _ in quoted(panel)} == {"kk", "ru"}


def test_tokens_keep_their_blanks():
    """A printed token stands as the document has it: with its own blanks, not with no-break spaces of ours."""
    tokens = [printed for _, _, html in panels(KK) for _, printed in quoted(html)]
    assert any(" " in printed for printed in tokens)
    assert not [printed for printed in tokens if NO_BREAK in printed]
