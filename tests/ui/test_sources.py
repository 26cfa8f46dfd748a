"""Sources: every claim beside its recount and its place, the counts those of the release, the filters honest."""

from __future__ import annotations

import csv
import random
import re
from functools import cache

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as some
from screen import FACTS, NO_BREAK, ROOT, TRANSLATIONS, bodies, elements, failures, opened, plain, turned

from rzh_data import build
from rzh_data.claims import VERDICTS
from rzh_data.schema import CLAIM_TYPES, LANGUAGES
from rzh_ui import amounts, numbers

DOCUMENTS = ROOT.parent / "shared" / "sources"
RU = TRANSLATIONS["ru"]


@cache
def release() -> duckdb.DuckDBPyConnection:
    """The extracts in use, asked by no code of the screen."""
    con = duckdb.connect()
    for path in (build.PARQUET / str(build.current_version())).glob("*.parquet"):
        con.execute(f"CREATE VIEW \"{path.stem}\" AS FROM '{path}'")
    return con


def counted(sql: str) -> int:
    return release().execute(f"SELECT count(*) FROM {sql}").fetchone()[0]


def facts(table: str) -> list[dict[str, str]]:
    with (FACTS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CLAIMS = {row["claim_id"]: row for row in facts("claims")}
TEN = random.Random(20210325).sample(sorted(CLAIMS), 10)


CLAIMS_LIST = '<table class="rz-claims"'


def html(app, start: str) -> str:
    """The piece of HTML on the page that holds `start`; "" where there is none."""
    return next((body for body in bodies(app) if start in body), "")


def listed(app) -> list[str]:
    """The rows of the list of claims, each as text."""
    table = html(app, CLAIMS_LIST)
    return elements(table, "tr")[1:] if table else []


def told(app) -> list[int]:
    """How many claims the page says it lists, of how many."""
    (line,) = [body for body in bodies(app) if 'role="status"' in body]
    return [int(number) for number in re.findall(r"\d+", plain(line))]


def number(text: str) -> int:
    return int(text.replace(NO_BREAK, "").replace(",", ""))


@cache
def document(document_id: str) -> list[str]:
    """The lines of a document; none where it does not lie beside the project."""
    (name,) = [row["file_name"] for row in facts("documents") if row["document_id"] == document_id]
    path = DOCUMENTS / name
    return path.read_text(encoding="utf-8").split("\n") if path.is_file() else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_with_its_finding(language):
    app = opened("sources", lang=language)
    assert not failures(app)
    holds = counted("claim_verdicts WHERE verdict IN ('agrees', 'agrees_within_rounding')")
    checked = holds + counted("claim_verdicts WHERE verdict = 'differs'")
    assert app.title[0].value == TRANSLATIONS[language]("sources.title", holds=holds, checked=checked)
    assert len(app.get("vega_lite_chart")) == 2


def test_the_tiles_count_what_the_release_holds():
    tiles = html(opened("sources", lang="ru"), '<p class="rz-lead">Каждое число')
    shown = [number(text) for text in elements(tiles, ".rz-tile-value")]
    assert shown == [counted(f"claim_verdicts WHERE verdict = '{verdict}'") for verdict in VERDICTS]
    assert sum(shown) == len(CLAIMS)


def test_the_documents_show_what_was_taken_from_each_half():
    cards = html(opened("sources", lang="ru"), '<div class="rz-documents"')
    cells = [number(text) for text in elements(cards, "td")]
    wanted = []
    for document in ("technology_packages", "outreach_guide"):
        for half in ("kk", "ru"):
            places = f"\"references\" WHERE document_id = '{document}' AND language = '{half}'"
            wanted += [counted(f"(SELECT DISTINCT observation_id FROM {places})"), counted(places)]
            left_out = [
                row for row in facts("not_figures") if (row["document_id"], row["language"]) == (document, half)
            ]
            wanted.append(sum(int(row["times"]) for row in left_out))
    assert cells == wanted
    for document in facts("documents"):
        assert document["sha256"] in cards


@pytest.mark.parametrize("claim_id", TEN)
def test_a_claim_leads_to_its_lines_and_to_those_of_its_figures(claim_id):
    claim = CLAIMS[claim_id]
    app = opened("sources", lang="ru")
    app.text_input(key="search").set_value(claim["statement_ru"]).run()
    assert not failures(app)
    rows = [row for row in listed(app) if row.startswith(claim["statement_ru"])]
    assert len(rows) == 1
    for half, name in (("kk", "казахский текст"), ("ru", "русский текст")):
        line = claim[f"{half}_line"]
        place = elements(html(app, CLAIMS_LIST), ".rz-claim-place")[0]
        assert (f"{name}, строка {line}" in place) if line else (name not in place)
    used = release().execute("SELECT observation_ids FROM claim_verdicts WHERE claim_id = ?", [claim_id]).fetchone()[0]
    for identity in used[:40]:
        for language, line, printed in (
            release()
            .execute(
                'SELECT language, line, printed FROM "references" WHERE observation_id = ? AND is_first', [identity]
            )
            .fetchall()
        ):
            name = {"kk": "казахский текст", "ru": "русский текст"}[language]
            assert f"{name}, строка {line} «{printed}»" in rows[0], f"{claim_id}: {identity}"
    lines = document(claim["document_id"])
    for line, printed in re.findall(r"строка (\d+) «([^»]+)»", place) if lines else ():
        assert printed.split()[0] in lines[int(line) - 1]


def test_verdict_and_sort_of_claim_narrow_the_list():
    app = opened("sources", lang="ru", verdict="differs", claim_type="share,rank")
    wanted = counted(
        "claims JOIN claim_verdicts USING (claim_id) WHERE verdict = 'differs' AND claim_type IN ('share', 'rank')"
    )
    rows = listed(app)
    assert told(app) == [wanted, len(CLAIMS)]
    assert len(rows) == wanted > 0
    assert all(TRANSLATIONS["ru"]("verdict.differs") in row for row in rows)


def test_claims_stand_in_the_order_of_their_difference():
    app = opened("sources", lang="en", verdict="differs")
    ordered = release().execute(
        "SELECT statement_en FROM claims JOIN claim_verdicts USING (claim_id) WHERE verdict = 'differs' "
        "ORDER BY abs(difference_percent) DESC NULLS LAST, claim_id"
    )
    wanted = [statement for (statement,) in ordered.fetchall()]
    shown = elements(html(app, CLAIMS_LIST), ".rz-claim-said")
    assert shown == wanted[: len(shown)]


@pytest.mark.parametrize(
    ("key", "column", "value"), [("regions", "region_ids", "pavlodar"), ("principles", "principle_ids", "identity")]
)
def test_regions_and_principles_keep_the_claims_that_speak_of_them(key, column, value):
    wanted = sum(value in row[column].split(";") for row in CLAIMS.values())
    assert 0 < wanted < len(CLAIMS)
    assert told(opened("sources", **{key: value})) == [wanted, wanted]


def test_the_search_keeps_claims_with_every_word_and_names_itself_when_none_is_left():
    app = opened("sources", lang="ru")
    app.text_input(key="search").set_value("нур-султан спонсорск").run()
    rows = listed(app)
    assert rows
    assert all("нур-султан" in row.casefold() and "спонсорск" in row.casefold() for row in rows)
    app.text_input(key="search").set_value("тестландия").run()
    assert not failures(app)
    assert listed(app) == []
    assert RU("filter.nothing_left", filters=RU("filter.search").lower()) in [plain(body) for body in bodies(app)]


def test_what_empties_the_list_is_named():
    app = opened("sources", lang="ru", verdict="cannot_be_checked", claim_type="sum")
    filters = f"{RU('filter.verdict').lower()}, {RU('filter.claim_type').lower()}"
    assert RU("filter.nothing_left", filters=filters) in [plain(body) for body in bodies(app)]


def test_a_wrong_verdict_in_the_address_is_told_in_one_line():
    app = opened(lang="ru", verdict="testland")  # told on the page that is opened first
    assert RU("filter.unknown_value", what=RU("filter.verdict"), value="testland") in [
        plain(one) for one in bodies(app)
    ]
    app = turned(app, "sources")
    assert not failures(app)
    assert told(app)[0] == len(CLAIMS)


def test_every_figure_printed_otherwise_stands_beside_the_one_that_is_shown():
    app = opened("sources", lang="ru")
    (pairs,) = [body for body in bodies(app) if '<div class="rz-pairs"' in body and "Показано на страницах" in body]
    assert pairs.count("Показано на страницах") == counted("observations WHERE NOT preferred")
    assert "11\u00a0173" in plain(pairs)
    assert "274\u00a0129\u00a0014\u00a0477" in plain(pairs)
    assert "более 9\u00a0%" in plain(pairs)  # as printed, not 9,00 %


def test_gaps_and_figures_make_up_every_region_and_period():
    found = release().execute(
        "SELECT count(*) * 17 FROM (SELECT DISTINCT indicator_id, period_id FROM observations WHERE region_id <> 'kazakhstan')"
    )
    cells = found.fetchone()[0]
    known = counted(
        "(SELECT DISTINCT indicator_id, region_id, period_id FROM observations WHERE region_id <> 'kazakhstan')"
    )
    sentence = plain(html(opened("sources", lang="ru"), '<p class="rz-lead">Региональных показателей'))
    shown = [number(text) for text in re.findall(r"\d+(?:\u00a0\d+)*", sentence)]
    assert {cells, cells - known} <= set(shown)


def test_every_rule_of_plausibility_is_told_with_the_number_it_finds():
    text = "\n".join(plain(body) for body in bodies(opened("sources", lang="en")))
    for rule, count in release().execute("SELECT rule_id, count(*) FROM flags GROUP BY rule_id").fetchall():
        heading = TRANSLATIONS["en"](f"flag_rule.{rule}")
        assert f"{heading}: {TRANSLATIONS['en'].plural('flag_rule.figures', count)}" in text


def test_the_tile_of_people_reached_says_that_they_are_contacts():
    tiles = "\n".join(plain(body) for body in bodies(opened(lang="ru")))
    assert RU("flag.reach_above_population", times="1,5") in tiles


def test_the_overview_counts_all_claims_and_links_to_them():
    app = opened(lang="ru")
    strip = html(app, '<section class="rz-sure"')
    shown = [number(text) for text in elements(strip, "dd")]
    assert shown[2:] == [counted(f"claim_verdicts WHERE verdict = '{verdict}'") for verdict in VERDICTS]
    assert all(f"verdict={verdict}" in strip for verdict in VERDICTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claim_has_words_for_its_type_verdict_and_numbers(language):
    t = TRANSLATIONS[language]
    assert {f"claim_type.{one}" for one in CLAIM_TYPES} | {f"verdict.{one}" for one in VERDICTS} <= t.keys()
    found = release().execute("FROM claims JOIN claim_verdicts USING (claim_id)")
    names = [column[0] for column in found.description]
    for row in found.fetchall():
        claim = dict(zip(names, row, strict=True))
        for said in (amounts.claimed(claim, t), amounts.recounted(claim, t), amounts.difference(claim, t)):
            assert "nan" not in said.casefold()
            assert "None" not in said


@given(
    some.decimals(min_value=1, max_value=1000, places=1, allow_nan=False),
    some.decimals(min_value="0.9", max_value="1.1", places=9, allow_nan=False),
)
def test_a_recount_is_never_rounded_over_the_edge_of_the_claim(number, factor):
    """17.5505 against 17.45 to 17.55 differs; shown as 17.55 it would not."""
    value = float(number * factor)
    low, high = float(number) - 0.05, float(number) + 0.05
    claim = {"claimed": float(number), "claimed_low": low, "claimed_high": high, "unit": "count"}
    said = amounts.recounted({**claim, "recounted_low": value, "recounted_high": value}, TRANSLATIONS["en"])
    shown = float(said.replace(",", ""))
    if min(abs(value - low), abs(value - high)) > 1e-4:  # closer than the last decimal shown cannot be told
        assert (shown > high) == (value > high)
        assert (shown < low) == (value < low)


def test_a_recounted_range_is_no_longer_than_it_takes_to_read_it():
    claim = {"claimed": None, "claimed_low": 3.0, "claimed_high": 14.4, "unit": "percent"}
    assert (
        amounts.recounted({**claim, "recounted_low": 3.905556, "recounted_high": 4.294444}, RU)
        == f"3,91–4,29{NO_BREAK}%"
    )
    near = {**claim, "recounted_low": 14.3996, "recounted_high": 14.3998}
    assert amounts.recounted(near, RU) == f"14,3996–14,3998{NO_BREAK}%", "rounded to two places it would pass for 14.4"


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ({"claimed": 16.2, "claimed_low": 16.15, "claimed_high": 16.25, "unit": "percent"}, f"16,2{NO_BREAK}%"),
        ({"claimed": 23, "claimed_low": 22.5, "claimed_high": 23.5, "unit": "times"}, "23 раза"),
        ({"claimed": 596, "claimed_low": 595.5, "claimed_high": 596.5, "unit": "times"}, "596 раз"),
        ({"claimed": 2.7, "claimed_low": 2.65, "claimed_high": 2.75, "unit": "times"}, "2,7 раза"),
        ({"claimed": None, "claimed_low": 1, "claimed_high": 5, "unit": "rank"}, "место 1–5"),
        (
            {"claimed": 80, "claimed_low": 80, "claimed_high": None, "low_is_open": True, "unit": "percent"},
            f"более 80{NO_BREAK}%",
        ),
        ({"claimed": 5, "claimed_low": 5, "claimed_high": 5, "unit": "regions"}, "5 регионов"),
        (
            {"claimed": None, "claimed_low": 100 / 3, "claimed_high": None, "low_is_open": True, "unit": "percent"},
            f"более 33,33{NO_BREAK}%",
        ),
        ({"claimed": None, "claimed_low": 200 / 7, "claimed_high": 40.0, "unit": "percent"}, f"28,57–40,00{NO_BREAK}%"),
    ],
)
def test_a_claim_is_said_as_russians_say_it(claim, words):
    assert amounts.claimed(claim, RU) == words
    assert numbers.MINUS not in words
