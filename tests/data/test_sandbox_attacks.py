"""What a hostile visitor may write: each attack is refused or stopped with a plain line, and others are answered meanwhile.

The first wall is the list of what a query may hold; the second is the process that runs it. Attacks on the first go the
way of every query. The most dangerous are then tried behind it, in a child whose first wall is taken out.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from rzh_data import sandbox
from rzh_data.build import current_version
from rzh_data.sandbox import ROOT, run
from rzh_data.sandbox_rules import Refused

MARK = "a line that nobody may read"
LITTLE = "SELECT count(*) FROM regions"

sandbox_child = pytest.importorskip("rzh_data.sandbox_child", reason="this system cannot bind a process")

REFUSED: dict[str, tuple[str, ...]] = {
    "function": (
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_csv_auto('{file}')",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM read_blob('{file}')",
        "SELECT * FROM read_json('{file}')",
        "SELECT * FROM read_json_auto('{folder}/*')",
        "SELECT * FROM read_ndjson('{file}')",
        "SELECT * FROM read_json_objects('{file}')",
        "SELECT * FROM read_parquet('data/parquet/*/regions.parquet')",
        "SELECT * FROM parquet_scan('data/parquet/*/regions.parquet')",
        "SELECT * FROM parquet_metadata('data/parquet/*/regions.parquet')",
        "SELECT * FROM parquet_schema('data/parquet/*/regions.parquet')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM glob('/**')",
        "SELECT * FROM sniff_csv('{file}')",
        "SELECT * FROM sqlite_scan('{file}', 't')",
        "SELECT * FROM postgres_scan('', '', '')",
        "SELECT * FROM arrow_scan(1, 2, 3)",
        "SELECT * FROM pandas_scan(1)",
        "SELECT * FROM query('SELECT 42')",
        "SELECT * FROM query_table('regions')",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM duckdb_databases()",
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM duckdb_extensions()",
        "SELECT * FROM duckdb_temporary_files()",
        "SELECT * FROM duckdb_logs()",
        "SELECT * FROM pragma_database_list()",
        "SELECT * FROM pragma_table_info('regions')",
        "SELECT * FROM which_secret('s3://x', 's3')",
        "SELECT * FROM checkpoint()",
        "SELECT * FROM repeat_row(1, num_rows = 1000000000)",
        "SELECT * FROM test_all_types()",
        "SELECT getenv('PATH')",
        "SELECT current_setting('home_directory')",
        "SELECT getvariable('x')",
        "SELECT sleep_ms(60000)",
        "SELECT write_log('x')",
        "SELECT nextval('x')",
        "SELECT hex(repeat('a', 1000000000))",
        "SELECT repeat('a', 2000000000)",
        "SELECT printf('%1000000000d', 1)",
        "SELECT format('{{:1000000000}}', 1)",
        "SELECT lpad('x', 2000000000, 'y')",
        "SELECT rpad('x', 2000000000, 'y')",
        "SELECT list_resize([1], 2000000000)",
        "SELECT array_resize([1], 2000000000, 0)",
        "SELECT bar(1, 0, 2, 1000000000)",
        "SELECT levenshtein(region_id, region_id) FROM regions",
        "SELECT json_serialize_sql('SELECT 1')",
        "SELECT * FROM json_execute_serialized_sql('x')",
        "SELECT system.main.getenv('PATH')",
        "SELECT 'region'.read_text()",
        "SELECT list_transform(['{file}'], lambda x: read_text(x))",
        "SELECT (SELECT content FROM read_text('{file}'))",
        "WITH a AS (SELECT * FROM read_text('{file}')) SELECT * FROM a",
        "SELECT region_id FROM regions ORDER BY getenv('PATH')",
        "SELECT count(*) FILTER (WHERE getenv('PATH') = '') FROM regions",
        "SELECT sum(sleep_ms(1000)) OVER () FROM regions",
        "SELECT 1 LIMIT getenv('PATH')",
        "SELECT\u00a0*\u00a0FROM/**/ReAd_TeXt('{file}')",
        "SELECT \"READ_TEXT\"('{file}')",
    ),
    "table": (
        "SELECT * FROM '{file}'",
        'FROM "{file}"',
        "FROM 'data/facts/regions.csv'",
        "FROM '/etc/passwd'",
        "FROM 'https://example.org/x.parquet'",
        "FROM 's3://bucket/x.parquet'",
        "SELECT * FROM duckdb_tables",
        "SELECT * FROM duckdb_settings",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM pg_catalog.pg_settings",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM system.information_schema.tables",
        "SELECT * FROM memory.main.regions",
        "SELECT * FROM temp.main.x",
        "SELECT * FROM regions JOIN '{file}' ON true",
        "SELECT * FROM regions WHERE EXISTS (FROM '{file}')",
        "SELECT * FROM rеgions",  # the second letter is Cyrillic
        "SELECT * FROM ｒegions",  # a wide Latin letter
        "SELECT * FROM parquet_file",
        "SELECT * FROM json",
    ),
    "name": (
        "SELECT * FROM (WITH duckdb_tables AS (SELECT 1) FROM duckdb_tables), duckdb_tables",
        'SELECT * FROM (WITH "/etc/passwd" AS (SELECT 1) FROM "/etc/passwd"), "/etc/passwd"',
    ),
    "only_select": (
        "COPY regions TO '{folder}/out.csv'",
        "COPY (SELECT 1) TO '{folder}/out.parquet'",
        "COPY regions FROM '{file}'",
        "EXPORT DATABASE '{folder}'",
        "IMPORT DATABASE '{folder}'",
        "ATTACH '{folder}/x.db'",
        "ATTACH ':memory:' AS other",
        "DETACH memory",
        "USE memory",
        "INSTALL httpfs",
        "FORCE INSTALL spatial FROM 'https://example.org'",
        "LOAD httpfs",
        "UPDATE EXTENSIONS",
        "PRAGMA database_list",
        "PRAGMA enable_profiling",
        "PRAGMA memory_limit='64GB'",
        "SET memory_limit='64GB'",
        "SET enable_external_access=true",
        "SET lock_configuration=false",
        "RESET memory_limit",
        "SET VARIABLE x = 1",
        "CREATE SECRET s (TYPE s3, KEY_ID 'x', SECRET 'y')",
        "CREATE TABLE x AS SELECT 1",
        "CREATE MACRO sum(x) AS 0",
        "CREATE OR REPLACE TEMP MACRO lower(x) AS 0",
        "CREATE VIEW regions AS SELECT 1",
        "CREATE TYPE x AS ENUM ('a')",
        "DROP TABLE regions",
        "DELETE FROM regions",
        "INSERT INTO regions SELECT * FROM regions",
        "UPDATE regions SET region_id = 'x'",
        "ALTER TABLE regions RENAME TO x",
        "TRUNCATE regions",
        "VACUUM",
        "CHECKPOINT",
        "BEGIN",
        "CALL pragma_version()",
        "PREPARE x AS SELECT 1",
        "EXECUTE x",
        "EXPLAIN ANALYZE SELECT 1",
        "PIVOT regions ON kind USING count(*)",
        "SELECT 1; DROP TABLE regions",
        "SELECT 1 /* ; */ ; COPY regions TO '{folder}/out.csv' -- SELECT 1",
        "/* SELECT 1 */ DROP TABLE regions",
    ),
    "one_statement": (
        "SELECT 1; SELECT 2",
        "SELECT 1;;SELECT 2",
        "SELECT 1 -- \n; SELECT 2",
        "SELECT 1 /* one */; /* two */ SELECT 2; SELECT 3",
    ),
    "syntax": (
        "SELECT 1 /* never closed ; DROP TABLE regions",
        "SELECT 'never closed",
        "SELECT $$ never closed",
        "ＳＥＬＥＣＴ 1",
        "(" * 5000,
        "SELECT " + "(" * 2500 + "1" + ")" * 2500,
        "SELECT 1" + " + 1" * 1400,
        "SELECT " + "NOT " * 1400 + "true",
        "SELECT " + "[" * 2900 + "]" * 2900,
        "\\copy regions to x",
        ".read {file}",
    ),
    "part": (
        "DESCRIBE regions",
        "SUMMARIZE regions",
        "SHOW TABLES",
        "SHOW ALL TABLES",
        "SELECT * FROM regions AT (VERSION => 1)",
    ),
    "parameter": ("SELECT $home", "SELECT $1", "SELECT ?"),
}
"""Attacks by the code of the line that answers them; {file} and {folder} exist."""

ATTACKS = [(code, sql) for code, several in REFUSED.items() for sql in several]

BOMBS = {
    "a cross join": "SELECT max(a.value * b.value + c.value) FROM observations a, observations b, observations c, observations d",
    "an endless recursion": "WITH RECURSIVE t AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM t) SELECT max(a) FROM t",
    "a doubling text": "WITH RECURSIVE t AS (SELECT 'aaaaaaaa' AS a UNION ALL SELECT a || a FROM t) SELECT max(length(a)) FROM t",
    "a doubling list": "WITH RECURSIVE t AS (SELECT [1, 2] AS a UNION ALL SELECT list_concat(a, a) FROM t) SELECT max(len(a)) FROM t",
    "a giant list": "SELECT len(range(4000000000))",
    "a giant aggregate": "SELECT length(string_agg(a.kk_printed || b.note || c.note)) FROM observations a, observations b, observations c",
    "a giant sort": "SELECT a FROM range(100000000000) t(a) ORDER BY hash DESC".replace("hash", "a % 7919"),
    "nested replacing": "SELECT length(" + "replace(" * 12 + "'a'" + ", 'a', 'aaaaaaaaaaaaaaaa')" * 12 + ")",
    "a costly pattern": (
        "SELECT count(*) FROM observations a, observations b, observations c"
        " WHERE regexp_matches(a.note || b.note || c.note, '(x+x+)+y|(.*a){20}|(a|a?)+$')"
    ),
    "a wide window": "SELECT sum(a.value) OVER (ORDER BY b.value * a.value) FROM observations a, observations b, observations c",
}
"""Queries that the first wall lets through and that would take all memory or never end."""

BEHIND = (
    "SELECT * FROM read_text('{file}')",
    "SELECT * FROM read_csv('{file}')",
    "SELECT * FROM read_blob('/proc/self/environ')",
    "SELECT * FROM glob('{folder}/*')",
    "FROM '{file}'",
    "COPY regions TO '{folder}/out.csv'",
    "COPY (SELECT 1) TO '/dev/stdout'",
    "EXPORT DATABASE '{folder}/out'",
    "ATTACH '{folder}/x.db' AS x",
    "INSTALL httpfs",
    "LOAD '{file}'",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET memory_limit = '64GB'",
    "SET threads = 64",
    "RESET max_execution_time",
    "SET disabled_filesystems = ''",
    "CREATE SECRET s (TYPE s3, KEY_ID 'x', SECRET 'y')",
    "SELECT hex(repeat('a', 1000000000))",
    "SELECT length(printf('%1000000000d', 1))",
    "SELECT length(lpad('x', 2000000000, 'y'))",
    "SELECT len(list_resize([1], 2000000000))",
    "SELECT levenshtein(repeat('ab', 200000), repeat('ba', 200000))",
    "SELECT sleep_ms(60000)",
)
"""Tried with the first wall taken out."""

WITHOUT_FIRST_WALL = (
    "import rzh_data.sandbox_child as child; from rzh_data.sandbox_rules import Asked; "
    "child._asked = lambda *_: Asked({'regions'}); child.main()"
)


@pytest.fixture(scope="module")
def prey(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A file with a mark, and its folder."""
    folder = tmp_path_factory.mktemp("prey")
    (folder / "secret.csv").write_text(f"line\n{MARK}\n", encoding="utf-8")
    return {"file": str(folder / "secret.csv"), "folder": str(folder)}


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten seconds are for people; a test sees that a query is ended after two."""
    monkeypatch.setattr(sandbox, "MOST_SECONDS", 2)


def aimed(sql: str, prey: dict[str, str]) -> str:
    return sql.replace("{file}", prey["file"]).replace("{folder}", prey["folder"]).replace("{{", "{").replace("}}", "}")


def children() -> list[str]:
    """Command lines of the processes that this one has started and that still live."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            if int(fields[1]) == os.getpid() and fields[0] != "Z":
                found.append((status.parent / "cmdline").read_text())
        except (OSError, IndexError):
            continue
    return [line for line in found if "sandbox_child" in line]


def test_there_are_more_attacks_than_were_asked_for():
    assert len({sql for _, sql in ATTACKS}) == len(ATTACKS) >= 130
    assert len(BOMBS) + len(BEHIND) >= 30


@pytest.mark.parametrize("code", REFUSED)
def test_the_first_wall_refuses_an_attack_with_a_plain_line(code, prey, real_extracts):
    """The look that the child takes, without starting one for each."""
    directory = real_extracts / str(current_version(real_extracts))
    wrong = {}
    with duckdb.connect(":memory:") as connection:
        for sql in REFUSED[code]:
            try:
                wrong[sql[:80]] = sandbox_child._asked(connection, aimed(sql, prey), directory)
            except Refused as refused:
                if refused.fault.code != code:
                    wrong[sql[:80]] = refused.fault
    assert wrong == {}


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\0", "\x1b", "\ud800", "\u00ad", "\ufeff"])
def test_a_query_that_is_not_what_it_looks_like_is_refused(sign, real_extracts):
    for parameters in ({}, {"text": sign}):
        answer = run(
            f"SELECT 1{'' if parameters else sign} AS a, $text", {"text": "x", **parameters}, parquet=real_extracts
        )
        assert answer.fault and answer.fault.code == "sign"


@pytest.mark.parametrize("code", REFUSED)
def test_an_attack_is_refused_all_the_way(code, prey, real_extracts):
    for sql in (REFUSED[code][0], REFUSED[code][-1]):
        answer = run(aimed(sql, prey), parquet=real_extracts)
        assert answer.fault and answer.fault.code == code, answer
        assert answer.rows == ()
    assert sorted(path.name for path in Path(prey["folder"]).iterdir()) == ["secret.csv"]


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_stopped_and_leaves_nothing_behind(name, hasty, real_extracts):
    started = time.monotonic()
    answer = run(BOMBS[name], parquet=real_extracts)
    assert answer.fault and answer.fault.code in ("time", "memory"), answer
    assert time.monotonic() - started < 6
    assert children() == []


def test_behind_the_first_wall_stands_a_second(prey, hasty, real_extracts, monkeypatch):
    monkeypatch.setattr(sandbox, "COMMAND", (sys.executable, "-E", "-s", "-X", "utf8", "-c", WITHOUT_FIRST_WALL))
    assert run(LITTLE, parquet=real_extracts).rows == ((18,),), "the child without its first wall answers"
    passed = {}
    for sql in BEHIND:
        answer = run(aimed(sql, prey), parquet=real_extracts)
        if answer.fault is None:
            passed[sql] = answer.rows[:2]
        assert MARK not in str(answer)
    assert passed == {}
    assert sorted(path.name for path in Path(prey["folder"]).iterdir()) == ["secret.csv"]
    assert children() == []


def test_the_child_knows_nothing_of_the_environment(real_extracts, monkeypatch):
    monkeypatch.setenv("RZH_TOKEN", "not for visitors")
    look = (
        "import os, resource, rzh_data.sandbox_child as child\n"
        "def answer(request):\n"
        "    child.close_ways_out()\n"
        "    try:\n        os.open('/etc/hostname', os.O_RDONLY)\n        opened = True\n"
        "    except OSError:\n        opened = False\n"
        "    memory = resource.getrlimit(resource.RLIMIT_AS)[1]\n"
        "    written = resource.getrlimit(resource.RLIMIT_FSIZE)[1]\n"
        "    names = sorted(name for name in os.environ if name != 'LC_CTYPE')\n"
        "    row = [','.join(names), opened, memory, written]\n"
        "    return {'columns': [{'name': 'a', 'type': 'x'}] * 4, 'rows': [row], 'is_cut': False, 'cut_cells': 0}\n"
        "child.answer = answer\nchild.main()"
    )
    monkeypatch.setattr(sandbox, "COMMAND", (sys.executable, "-E", "-s", "-X", "utf8", "-c", look))
    assert run("SELECT 1", parquet=real_extracts).rows == (("", False, 1 << 30, 0),)


def test_a_child_that_never_stops_talking_is_ended(real_extracts, monkeypatch):
    monkeypatch.setattr(sandbox, "COMMAND", (sys.executable, "-c", "while True: print('x' * 100000)"))
    answer = run("SELECT 1", parquet=real_extracts)
    assert answer.fault and answer.fault.code == "engine"


def test_a_child_that_falls_silent_but_stays_is_ended(hasty, real_extracts, monkeypatch):
    stays = "import os, time; os.close(1); time.sleep(60)"
    monkeypatch.setattr(sandbox, "COMMAND", (sys.executable, "-c", stays))
    started = time.monotonic()
    answer = run("SELECT 1", parquet=real_extracts)
    assert answer.fault and answer.fault.code == "time"
    assert time.monotonic() - started < 5


def test_a_child_that_speaks_nonsense_is_no_answer(real_extracts, monkeypatch):
    for said in ("", "{", "[1]", '{"rows": 1}', '{"fault": {"code": "x", "evil": 1}}'):
        monkeypatch.setattr(sandbox, "COMMAND", (sys.executable, "-c", f"print({said!r})"))
        answer = run("SELECT 1", parquet=real_extracts)
        assert answer.fault and answer.fault.code == "engine", said


def test_others_are_answered_while_a_bomb_runs_and_it_ends_in_time(real_extracts):
    """With the limits that visitors have: one is stopped after ten seconds, another is answered at once."""
    stopped = {}

    def explode() -> None:
        started = time.monotonic()
        stopped["answer"] = run(BOMBS["a cross join"], visitor="one", parquet=real_extracts)
        stopped["seconds"] = time.monotonic() - started

    bomb = threading.Thread(target=explode)
    bomb.start()
    try:
        time.sleep(0.5)
        for _ in range(3):
            answer = run(LITTLE, visitor="another", parquet=real_extracts)
            assert answer.rows == ((18,),)
            assert bomb.is_alive(), "the small query did not wait for the large one"
        again = run(LITTLE, visitor="one", parquet=real_extracts)
        assert again.fault and again.fault.code == "one_at_a_time"
    finally:
        bomb.join()
    assert stopped["answer"].fault.code == "time"
    assert 5 < stopped["seconds"] < 14
    assert children() == []


def test_a_visitor_who_goes_on_ends_the_query(real_extracts):
    """The page tells how a query stands; when the visitor clicks on, that call raises, and the child must go."""

    class ClickedOn(Exception):
        pass

    def tell(before: int) -> None:
        raise ClickedOn

    started = time.monotonic()
    with pytest.raises(ClickedOn):
        run(BOMBS["a cross join"], parquet=real_extracts, tell=tell)
    assert time.monotonic() - started < 3
    assert children() == []


def test_nothing_of_the_project_is_changed_by_attacks():
    """The extracts and the facts are as they were: no attack of this file has written beside them."""
    assert not list(ROOT.glob("*.csv")) and not list(ROOT.glob("*.db")) and not list(ROOT.glob("*.parquet"))
