"""Named questions over the extracts: bound values, whole money, gaps that stay gaps, many who ask at once."""

from __future__ import annotations

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import duckdb
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from testland import BIG, command, file_of

from rzh_data import build, store
from rzh_data.claims import COMPUTED
from rzh_data.schema import TABLES

QUERIES = sorted(path.relative_to(store.QUERIES).as_posix() for path in store.QUERIES.rglob("*.sql"))
THREADS = 32

FIGURES = """
-- By hand: SET VARIABLE regions = ['testland'];
SELECT region_id, period_id, value::BIGINT AS amount_kzt, obs_status
FROM   observations
WHERE  coalesce(list_contains(getvariable('regions'), region_id), true)
       AND coalesce(period_id = getvariable('period'), true)
ORDER  BY ALL;
"""


@pytest.fixture
def small_store(in_use, questions):
    """The small facts and one question, `figures`, with the parameters `regions` and `period`."""
    (questions / "figures.sql").write_text(FIGURES, encoding="utf-8")
    return store.current(in_use)


def grow(facts, parquet, population):
    path = facts / "population.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = f"testland,2017,2017-01-01,{population},Test source"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return build.build(facts, parquet)


def test_parameters_restrict_and_what_is_not_given_does_not(small_store):
    everything = small_store.run("figures")
    assert list(zip(everything["region_id"], everything["period_id"], strict=True)) == [
        ("testburg", "2017"),
        ("testburg", "2018"),
        ("testland", "2017"),
        ("testland", "2018"),
    ]
    assert small_store.run("figures", regions=["testland"])["region_id"].tolist() == ["testland"] * 2
    assert small_store.run("figures", regions=["testland"], period="2018")["amount_kzt"].tolist() == [70]
    assert small_store.run("figures", regions=[]).empty, "none chosen is not the same as no choice"
    assert_frame_equal(small_store.run("figures", regions=None, period=None), everything)


@pytest.mark.parametrize(
    "regions", [["testland"], ("testland",), {"testland"}, frozenset(["testland"]), [np.str_("testland")]], ids=repr
)
def test_a_choice_may_be_any_collection(small_store, regions):
    assert small_store.run("figures", regions=regions)["region_id"].tolist() == ["testland"] * 2


def test_numbers_of_numpy_are_numbers(small_store, questions):
    (questions / "twice.sql").write_text("SELECT 2 * getvariable('number') AS twice;", encoding="utf-8")
    assert small_store.rows("twice", number=np.int64(21)) == [{"twice": 42}]


def test_an_unknown_parameter_is_named_with_those_there_are(small_store):
    with pytest.raises(ValueError, match=r"figures\.sql has no parameter region; it has: period, regions$"):
        small_store.run("figures", region="testland")


def test_a_question_without_parameters_says_so(small_store, questions):
    (questions / "one.sql").write_text("SELECT 1 AS one;", encoding="utf-8")
    with pytest.raises(ValueError, match=r"has no parameter year; it has: none$"):
        small_store.run("one", year=2018)


def test_an_unknown_question_is_not_found(small_store):
    with pytest.raises(FileNotFoundError, match="no_such_question"):
        small_store.run("no_such_question")


@pytest.mark.parametrize(
    "text",
    [
        "testland' OR '1'='1",
        "testland'; DROP TABLE observations; --",
        "') OR true --",
        "getvariable('regions')",
        "$regions",
        "{regions}",
        "Ұлытау «'\"\\",
        "",
    ],
)
def test_a_value_stays_a_value_whatever_it_says(small_store, questions, text):
    (questions / "echo.sql").write_text("SELECT getvariable('text') AS text;", encoding="utf-8")
    assert small_store.rows("echo", text=text) == [{"text": text}]
    assert small_store.run("figures", regions=[text]).empty
    assert small_store.run("figures", period=text).empty
    assert len(small_store.run("figures")) == 4


def test_money_is_whole_to_the_tenge_and_a_gap_is_a_gap(small_store):
    """The small facts hold an amount that no float can: a detour through one would show."""
    with_gap = small_store.run("figures")["amount_kzt"]
    assert with_gap.dtype == "Int64"
    assert with_gap[1] is pd.NA
    assert [None if value is pd.NA else value for value in with_gap] == [5, None, BIG, 70]
    whole = small_store.run("figures", regions=["testland"])["amount_kzt"]
    assert whole.dtype in ("int64", "Int64")
    assert whole.tolist() == [BIG, 70]


def test_rows_hold_the_same_answer_as_the_frame(small_store):
    rows = small_store.rows("figures", regions=["testburg"])
    assert rows == [
        {"region_id": "testburg", "period_id": "2017", "amount_kzt": 5, "obs_status": "A"},
        {"region_id": "testburg", "period_id": "2018", "amount_kzt": None, "obs_status": "M"},
    ]
    assert list(small_store.run("figures").columns) == list(rows[0])


def test_text_is_text_also_where_it_is_missing(small_store, questions):
    (questions / "text.sql").write_text("FROM (VALUES ('Ақтөбе'), (NULL)) AS names(name);", encoding="utf-8")
    names = small_store.run("text")["name"]
    assert names.dtype == "str"
    assert names[0] == "Ақтөбе"
    assert names.isna().tolist() == [False, True]


def test_an_answer_belongs_to_the_one_who_asked(small_store):
    """A page that writes into its DataFrame does not change what the next one gets."""
    first = small_store.run("figures")
    first.loc[:, "amount_kzt"] = 0
    assert small_store.run("figures")["amount_kzt"].tolist()[2:] == [BIG, 70]


@pytest.mark.parametrize(
    "sql",
    [
        "FROM read_csv('{file}')",
        "FROM read_text('{file}')",
        "FROM read_parquet('{folder}/*/regions.parquet')",
        "FROM '{file}'",
        "FROM glob('{folder}/*')",
        "COPY regions TO '{folder}/out.csv'",
        "ATTACH '{folder}/out.duckdb' AS other",
        "EXPORT DATABASE '{folder}/out'",
        "INSTALL spatial",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET threads = 8",
    ],
)
def test_no_question_reaches_beyond_its_tables(small_store, small_facts, in_use, questions, sql):
    text = sql.format(file=small_facts / "regions.csv", folder=in_use)
    (questions / "outside.sql").write_text(text, encoding="utf-8")
    with pytest.raises(duckdb.Error, match=r"(?i)disabled|locked"):
        small_store.run("outside")
    assert not list(in_use.glob("out*"))


def test_a_question_that_fails_does_not_spoil_the_next(small_store, questions):
    (questions / "wrong.sql").write_text("SELECT nothing FROM nowhere;", encoding="utf-8")
    for _ in range(3):
        with pytest.raises(duckdb.Error):
            small_store.run("wrong")
        assert len(small_store.run("figures")) == 4


def test_a_new_version_is_noticed_without_a_restart(small_facts, in_use, small_store):
    assert store.current(in_use) is small_store, "the same version is loaded once"
    new = grow(small_facts, in_use, 2000)
    fresh = store.current(in_use)
    assert fresh is not small_store
    assert fresh.version == new
    assert store.current(in_use) is fresh


def test_who_still_asks_the_old_version_gets_old_answers(small_facts, in_use, small_store, questions):
    (questions / "population.sql").write_text("SELECT max(population) AS most FROM population;", encoding="utf-8")
    grow(small_facts, in_use, 2000)
    fresh = store.current(in_use)
    assert small_store.rows("population") == [{"most": 1000}]
    assert fresh.rows("population") == [{"most": 2000}]


def test_a_version_that_nobody_asks_any_more_is_let_go(small_facts, in_use):
    old = weakref.ref(store.current(in_use))
    grow(small_facts, in_use, 2000)
    store.current(in_use)
    gc.collect()
    assert old() is None


def test_a_version_loads_once_however_many_ask_for_it_first(in_use, monkeypatch):
    loaded = []
    start = threading.Barrier(THREADS)

    class Counted(store.Store):
        def __init__(self, directory):
            loaded.append(directory)
            super().__init__(directory)

    monkeypatch.setattr(store, "Store", Counted)

    def ask(_):
        start.wait()
        return store.current(in_use)

    with ThreadPoolExecutor(THREADS) as pool:
        stores = set(pool.map(ask, range(THREADS)))
    assert len(stores) == len(loaded) == 1


def test_where_nothing_was_built_the_error_says_what_to_run(tmp_path):
    with pytest.raises(FileNotFoundError, match="run: python -m rzh_data build"):
        store.current(tmp_path / "parquet")


def test_many_threads_get_what_one_gets(real_store, questions):
    """Each thread asks the same questions in another order, so that equal and different ones meet."""
    (questions / "values.sql").write_text(
        "FROM region_values WHERE region_id = getvariable('region') ORDER BY indicator_id, period_id;", encoding="utf-8"
    )
    (questions / "places.sql").write_text(
        'SELECT * FROM observations JOIN "references" USING (observation_id, document_id) '
        "WHERE coalesce(region_id = getvariable('region'), true) AND line >= getvariable('line') ORDER BY ALL;",
        encoding="utf-8",
    )
    regions = [row["region_id"] for row in _all(real_store, questions, "regions")]
    asked = [("values", {"region": region}) for region in regions[::2]]
    asked += [("places", {"region": region, "line": line}) for region in regions[::9] for line in (1, 4000)]
    asked += [("places", {"region": None, "line": 4900})] * 2
    alone = [real_store.run(name, **parameters) for name, parameters in asked]
    assert len({len(answer) for answer in alone}) > 5, "the questions differ enough for a mix-up to show"
    start = threading.Barrier(THREADS)

    def ask(thread):
        start.wait()
        order = [(index + thread) % len(asked) for index in range(len(asked))]
        return [(index, real_store.run(asked[index][0], **asked[index][1])) for index in order]

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(ask, range(THREADS)))
    assert sum(map(len, answers)) == THREADS * len(asked)
    for answer in answers:
        for index, frame in answer:
            assert_frame_equal(frame, alone[index])


def _all(asked_store, questions, table):
    (questions / f"all_{table}.sql").write_text(f'FROM "{table}";', encoding="utf-8")
    return asked_store.rows(f"all_{table}")


def test_the_store_holds_every_table_of_the_release(small_store, questions):
    (questions / "tables.sql").write_text("SELECT table_name FROM information_schema.tables;", encoding="utf-8")
    held = {row["table_name"] for row in small_store.rows("tables")}
    assert held == {table.name for table in TABLES} | {"references", "region_values"} | {
        table.name for table in COMPUTED
    }


def test_gaps_of_the_real_facts_stay_gaps(real_store, questions):
    """Both ways: no cell that is empty in the facts is filled, and no figure gets lost."""
    figures = pd.DataFrame(_all(real_store, questions, "observations"))
    assert figures["value"].isna().tolist() == (figures["obs_status"] == "M").tolist()
    (questions / "ru_lines.sql").write_text("SELECT kk_line, ru_line FROM observations;", encoding="utf-8")
    lines = real_store.run("ru_lines")
    assert [str(dtype) for dtype in lines.dtypes] in (["Int32", "Int32"], ["Int32", "int32"])
    assert lines["kk_line"].isna().any()
    assert not (lines == 0).any(axis=None)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_runs_alone_with_nothing_set(real_extracts, name):
    """As an analyst runs it: plain DuckDB, one table for each Parquet file, no variable set."""
    version = real_extracts / build.current_version(real_extracts)
    with duckdb.connect(":memory:") as plain:
        for path in version.glob("*.parquet"):
            plain.execute(f"CREATE VIEW \"{path.stem}\" AS FROM read_parquet('{path}')")
        cursor = plain.execute((store.QUERIES / name).read_text(encoding="utf-8"))
        columns = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
    assert len(set(columns)) == len(columns), "a DataFrame with two columns of one name is a trap"
    if name.startswith("checks/"):
        assert columns[:2] == ["observation_id", "message"]
        assert rows == []


@pytest.mark.parametrize("name", [name for name in QUERIES if "/" not in name])
def test_bound_parameters_left_out_answer_like_variables_left_unset(real_store, real_extracts, name):
    version = real_extracts / build.current_version(real_extracts)
    with duckdb.connect(":memory:") as plain:
        plain.execute("SET threads = 1")
        for path in version.glob("*.parquet"):
            plain.execute(f"CREATE TABLE \"{path.stem}\" AS FROM read_parquet('{path}')")
        alone = plain.execute((store.QUERIES / name).read_text(encoding="utf-8")).df()
    assert_frame_equal(real_store.run(name.removesuffix(".sql")), alone)


def test_the_command_answers_a_question_by_name(in_use, small_facts):
    result = command("--facts", small_facts, "--parquet", in_use, "query", "regions")
    assert (result.returncode, result.stderr) == (0, "")
    assert "testland" in result.stdout


@pytest.mark.parametrize("name, sentence", [("no_such_question", "no_such_question"), ("../../etc", "etc.sql")])
def test_the_command_tells_in_one_line_what_it_cannot_answer(in_use, small_facts, name, sentence):
    result = command("--facts", small_facts, "--parquet", in_use, "query", name)
    assert result.returncode == 1
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_helpers_know_where_a_table_lies(small_facts):
    """`file_of` of the tests and `source_files` of the build agree, else tests change files that nobody reads."""
    from rzh_data.facts import source_files

    for table in TABLES:
        assert source_files(small_facts, table) == [file_of(small_facts, table)]
