"""Free queries of visitors who mean well: answers, bounds, faults with their place, the queue, and the saved questions."""

from __future__ import annotations

import threading
import time

import pytest

from rzh_data import sandbox, saved_questions
from rzh_data.sandbox import Queue, run
from rzh_data.schema import LANGUAGES

pytest.importorskip("rzh_data.sandbox_child", reason="this system cannot bind a process")

FILLED = {"indicator": "tugan_zher_sponsors", "period": "2018", "region": "pavlodar", "number": 1_000_000_000}
WORD = {"kk": "тарих", "ru": "истори", "en": "histor"}
ABOVE = """
    SELECT region_id FROM region_values AS one
    WHERE  indicator_id = 'tugan_zher_sponsors' AND period_id = '2018' AND region_id <> 'kazakhstan'
           AND value_per_inhabitant > (SELECT value_per_inhabitant FROM region_values
                                       WHERE indicator_id = 'tugan_zher_sponsors' AND period_id = '2018'
                                             AND region_id = 'kazakhstan')
"""


def test_values_come_back_as_they_are(real_extracts):
    answer = run(
        "SELECT 1 AS a, 1.5 AS b, 'қ' AS c, NULL AS d, true AS e, DATE '2018-12-31' AS f, [1, 2] AS g,"
        " 274129014477::DECIMAL(38, 6) AS h, 9223372036854775807::HUGEINT * 10 AS i, 'nan'::DOUBLE AS j",
        parquet=real_extracts,
    )
    big = str(9223372036854775807 * 10)
    assert answer.rows == ((1, 1.5, "қ", None, True, "2018-12-31", "[1, 2]", 274129014477, big, None),)
    assert [name for name, _ in answer.columns] == list("abcdefghij")
    assert answer.fault is None and not answer.is_cut


def test_more_rows_than_are_shown_are_cut_and_told(real_extracts):
    answer = run("SELECT a FROM range(1000000000000) t(a)", parquet=real_extracts)
    assert (len(answer.rows), answer.is_cut) == (sandbox.MOST_ROWS, True)
    assert not run("SELECT a FROM range(10000) t(a)", parquet=real_extracts).is_cut


def test_giant_cells_and_giant_answers_are_cut_and_told(real_extracts):
    doubled = "SELECT replace(replace('{}', 'a', 'bbbbbbbbbbbb'), 'b', 'cccccccccccc') AS a, x FROM range({}) t(x)"
    answer = run(doubled.format("a" * 40, 3), parquet=real_extracts)
    assert answer.cut_cells == 3 and len(answer.rows[0][0]) == 2001
    answer = run(doubled.format("a" * 12, 10_000), parquet=real_extracts)
    assert answer.is_cut and 500 < len(answer.rows) < 1500


def test_named_values_are_bound_not_pasted(real_extracts):
    evil = "x' OR region_id = 'akmola"
    asked = "SELECT region_id FROM regions WHERE region_id = $text OR area_km2 > $number"
    assert run(asked, {"text": evil, "number": 1e12}, parquet=real_extracts).rows == ()
    assert run(asked, {"text": "akmola", "number": 1e12}, parquet=real_extracts).rows == (("akmola",),)
    answer = run(asked, {"text": "akmola"}, parquet=real_extracts)
    assert answer.fault and (answer.fault.code, answer.fault.name) == ("parameter_missing", "number")
    answer = run(asked, {"text": "x" * 201, "number": 1}, parquet=real_extracts)
    assert answer.fault and (answer.fault.code, answer.fault.name) == ("parameter_long", "text")


@pytest.mark.parametrize(
    "sql, code, name, place",
    [
        ("", "empty", "", None),
        ("-- only words", "one_statement", "", None),
        ("SELECT 1" + " " * sandbox.LONGEST_QUERY, "too_long", "", None),
        ("SELECT 'ә',\n  1 +\n FROM regions", "syntax", "", (3, 2)),
        ("SELECT region_id,\n       nope\nFROM regions", "column", "nope", (2, 8)),
        ("SELECT 'қазақша', a\nFROM nothing", "table", "nothing", (2, 6)),
        ("SELECT 'қ', getenv('x')", "function", "getenv", (1, 13)),
        ("SELECT $nope", "parameter", "nope", (1, 8)),
        ("SELECT kind FROM regions JOIN periods ON true", "ambiguous", "", (1, 8)),
        ("SELECT region_id, count(*) FROM regions", "grouping", "", (1, 8)),
        ("SELECT lower(DATE '2018-01-01')", "types", "lower", (1, 8)),
        ("SELECT region_id::INTEGER FROM regions", "value", "", (1, 17)),
    ],
)
def test_a_fault_is_told_by_a_word_of_ours_with_its_place(sql, code, name, place, real_extracts):
    answer = run(sql, parquet=real_extracts)
    assert answer.fault
    found = (answer.line, answer.column) if answer.line else None
    assert (answer.fault.code, answer.fault.name, found) == (code, name, place)


def test_one_query_does_not_see_what_another_made(real_extracts):
    answer = run("SELECT count(*) FROM observations", parquet=real_extracts)
    again = run("WITH observations AS (SELECT 1) SELECT count(*) FROM observations", parquet=real_extracts)
    assert again.rows == ((1,),)
    assert run("SELECT count(*) FROM observations", parquet=real_extracts).rows == answer.rows != again.rows


def test_what_people_write_is_allowed(real_extracts):
    """The list of parts and functions lets through what questions over these tables need."""
    for sql in (
        "FROM regions",
        "SELECT region_id, rank() OVER (PARTITION BY kind ORDER BY area_km2 DESC) FROM regions QUALIFY rank() OVER () < 5",
        "SELECT kind, avg(area_km2), median(area_km2), list(region_id ORDER BY region_id) FROM regions GROUP BY ALL HAVING count(*) > 1",
        "SELECT * EXCLUDE (note) FROM observations WHERE note IS NOT NULL ORDER BY ALL LIMIT 3 OFFSET 1",
        "FROM region_values PIVOT (sum(value) FOR period_id IN ('2017', '2018') GROUP BY region_id)",
        "SELECT period_id, extract(year FROM start), date_diff('day', start, \"end\"), strftime(start, '%d.%m.%Y') FROM periods",
        "SELECT unnest(observation_ids) AS one FROM region_values WHERE is_computed",
        "SELECT region_id FROM regions WHERE name_kk ILIKE '%қазақстан%' OR name_ru ~ '^З' ORDER BY name_kk COLLATE kk",
        "SELECT list_transform(observation_ids, lambda one: upper(one)) FROM region_values LIMIT 1",
        "SELECT CASE WHEN value > 10 THEN 'a' ELSE 'b' END, coalesce(note, '–'), round(value, 2), TRY_CAST(kk_printed AS INTEGER) FROM observations",
        "SELECT a.region_id FROM regions a WHERE NOT EXISTS (SELECT 1 FROM observations b WHERE b.region_id = a.region_id)",
        "SELECT region_id FROM regions EXCEPT SELECT region_id FROM observations",
        "SELECT quantile_cont(value, 0.5), stddev(value), corr(value, population), string_agg(region_id, ', ') FROM region_values",
        "WITH RECURSIVE n AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM n WHERE a < 5) SELECT sum(a) FROM n",
    ):
        answer = run(sql, parquet=real_extracts)
        assert answer.fault is None, f"{sql}: {answer.fault}"


def test_there_are_at_least_twenty_saved_questions_with_titles_of_their_own():
    questions = saved_questions.every()
    assert len(questions) >= 20
    for language in LANGUAGES:
        assert len({question.titles[language] for question in questions}) == len(questions)
    named = set().union(*(set(sandbox.PARAMETERS) & _parameters(question.sql) for question in questions))
    assert named == set(sandbox.PARAMETERS), "every parameter is shown in use"


def _parameters(sql: str) -> set[str]:
    return {word.strip("$,);") for word in sql.split() if "$" in word for word in [word[word.index("$") :]]}


@pytest.mark.parametrize("index", range(len(saved_questions.every())))
def test_a_saved_question_is_answered_in_kazakh_and_in_translation(index, real_extracts):
    question = saved_questions.every()[index]
    heads = set()
    for language in (LANGUAGES[0], LANGUAGES[1 + index % 2]):
        answer = run(question.text(language), {**FILLED, "text": WORD[language]}, parquet=real_extracts)
        assert answer.fault is None, answer.fault
        assert answer.rows and not answer.is_cut
        heads.add(tuple(name.removesuffix(f"_{language}") for name, _ in answer.columns))
        assert f"_{language}" in question.text(language) or "_kk" not in question.sql
    assert len(heads) == 1, "the columns are the same in every language"


def test_regions_above_the_country_are_those_of_the_extracts(real_extracts, real_store):
    """«Which regions had more sponsors' money per inhabitant in 2018 than the country, and where is each printed?»"""
    names = {row["region_id"]: row["short_en"] for row in real_store.rows("regions")}
    wanted = {names[row[0]] for row in run(ABOVE, parquet=real_extracts).rows}
    answer = run(saved_questions.by_id("above_country").text("en"), FILLED, parquet=real_extracts)
    heads = [name for name, _ in answer.columns]
    assert {row[0] for row in answer.rows} == wanted and len(wanted) == 7
    for row in answer.rows:
        found = dict(zip(heads, row, strict=True))
        assert found["per_inhabitant"] > found["country_per_inhabitant"]
        assert found["kk_printed"].replace(" ", "") == str(round(found["value"])), "the printed token is the figure"
        assert found["kk_line"] > 0 and found["ru_line"] > 0


def test_a_queue_lets_in_as_many_as_there_are_places_in_the_order_they_came():
    queue = Queue(places=1)
    came: list[str] = []
    first_is_in, first_may_go = threading.Event(), threading.Event()
    told: list[int] = []

    def visit(visitor: str) -> None:
        with queue.place(visitor, told.append) as refusal:
            came.append(f"{visitor}{refusal}")
            if visitor == "a" and not refusal:
                first_is_in.set()
                first_may_go.wait(5)

    visits = [threading.Thread(target=visit, args=(visitor,)) for visitor in "abc"]
    visits[0].start()
    assert first_is_in.wait(5)
    for waiting in visits[1:]:
        waiting.start()
        time.sleep(0.25)
    assert came == ["a"]
    visit("a")
    visit("b")
    assert came == ["a", "aone_at_a_time", "bone_at_a_time"], "one visitor has one query, running or waiting"
    first_may_go.set()
    for one in visits:
        one.join(5)
    assert came[3:] == ["b", "c"]
    assert set(told) == {1, 2}, "who waits is told how many are before"


def test_a_full_queue_and_a_long_wait_are_told(monkeypatch):
    monkeypatch.setattr(sandbox, "LONGEST_WAIT_SECONDS", 0.3)
    monkeypatch.setattr(sandbox, "LONGEST_QUEUE", 1)
    queue = Queue(places=1)

    def quiet(_: int) -> None:
        """Said to nobody."""

    with queue.place("a", quiet):
        with queue.place("b", quiet) as refusal:
            assert refusal == "busy", "nobody goes away in time"
        waits = threading.Thread(target=lambda: queue.place("c", quiet).__enter__())
        waits.start()
        time.sleep(0.1)
        with queue.place("d", quiet) as refusal:
            assert refusal == "busy", "the queue is full"
        waits.join(5)
    with queue.place("e", quiet) as refusal:
        assert refusal == ""
