"""Facts that cannot be used: one clear sentence each, and the extracts in use stay as they are."""

from __future__ import annotations

import pytest
from testland import change, command, everything_in, file_of, write_facts

from rzh_data import build
from rzh_data.__main__ import main
from rzh_data.facts import FactsError, convert, observation_id, read
from rzh_data.schema import BY_NAME, LANGUAGES, TABLES, Column

LAST = "test_money,testland,2018,,,,70,=,A,true,test_paper,1,70,,,"

BAD_INPUT = {
    "a number with a unit": (
        "observations/test.csv",
        (",70,=", ",1.2 bn,="),
        'row 3, column value: "1.2 bn" is not a number; write it like 1200000000 or 13.5',
    ),
    "a decimal comma": (
        "observations/test.csv",
        (",70,=", ',"1,5",='),
        'row 3, column value: "1,5" is not a number; write it like 1200000000 or 13.5',
    ),
    "half an inhabitant": (
        "population.csv",
        (",1000,", ",1000.5,"),
        'row 2, column population: "1000.5" is not a whole number; write it like 1200000000',
    ),
    "an unknown region": (
        "observations/test.csv",
        ("testburg,2017", "nowhere,2017"),
        'row 4, column region_id: "nowhere" is not known; an id from column regions.region_id is expected',
    ),
    "a key that stands twice": (
        "observations/test.csv",
        (LAST, f"{LAST}\n{LAST}"),
        "row 4, column indicator_id+region_id+period_id+group_id+category_id+variant: the key (test_money, testland, "
        "2018, , , ) stands already in observations/test.csv, row 3; every key is expected once",
    ),
    "a missing column": (
        "regions.csv",
        ("region_id,kind,", "kind,"),
        "row 1, column region_id: the header has no column region_id; expected: region_id, kind, iso_3166_2,",
    ),
    "an unknown column": (
        "regions.csv",
        ("area_source\n", "area_source,colour\n"),
        "row 1, column colour: the header has an unknown column colour; expected: region_id, kind,",
    ),
    "columns in another order": (
        "regions.csv",
        ("region_id,kind", "kind,region_id"),
        "row 1: the columns stand in another order; expected: region_id, kind,",
    ),
    "a missing translation": (
        "indicators.csv",
        ("Test name_kk", ""),
        "row 2, column name_kk: the translation is missing; name, in Kazakh is expected",
    ),
    "a missing value": (
        "observations/test.csv",
        ("testburg,2017", ",2017"),
        "row 4, column region_id: the value is missing; key of `regions` is expected",
    ),
    "a cell too many": (
        "regions.csv",
        ("testburg,city", "testburg,,city"),
        "row 3: has 18 cells; 17 are expected",
    ),
    "a quote that is not closed": (
        "indicators.csv",
        ("Test name_kk", '"Test name_kk'),
        "row 2: is not readable as CSV (unexpected end of data); check its quotes",
    ),
    "a value that is not listed": (
        "observations/test.csv",
        (",70,=", ",70,about"),
        'row 3, column qualifier: "about" is not allowed; expected one of: =, >, >=, ~, <, <=',
    ),
    "a date of another country": (
        "periods.csv",
        ("2017-12-31", "31.12.2017"),
        'row 2, column end: "31.12.2017" is not a date; write it as 2019-09-30',
    ),
    "a year out of range": (
        "population.csv",
        ("testburg,2017,", "testburg,1917,"),
        "row 3, column year: 1917 is out of range; a number from 2010 to 2040 is expected",
    ),
    "a line without its token": (
        "observations/test.csv",
        ("test_paper,1,70,,,", "test_paper,1,,,,"),
        "row 3, column kk_printed: is missing; a place has a line and a printed token",
    ),
    "a figure without a place": (
        "observations/test.csv",
        ("test_paper,1,70,,,", "test_paper,,,,,"),
        "row 3, column kk_line: the figure has no place in either half of a document",
    ),
    "a gap that is not said to be one": (
        "observations/test.csv",
        (",70,=", ",,="),
        "row 3, column value: must be empty where obs_status is M, and only there",
    ),
    "a slip of the hand": (
        "observations/test.csv",
        (",70,=", ",71,="),
        'row 3, column value: value 71.000000 is not what line 1 (kk) prints, "70" (printed_tokens_give_values)',
    ),
}

RUINED_FILES = {
    "another encoding": (
        "regions.csv",
        lambda raw: raw.replace(b"Test short_ru", "Тест".encode("cp1251")),
        "row 2: byte 0xd2 is not UTF-8; save the file as UTF-8",
    ),
    "nothing in it": ("regions.csv", lambda _: b"\n", ": the file is empty; a header line and rows are expected"),
    "an unknown encoding in a folder": (
        "observations/test.csv",
        lambda raw: raw.decode().encode("utf-16"),
        "row 1: byte 0xff is not UTF-8; save the file as UTF-8",
    ),
}


def assert_one_sentence(result, file, sentence):
    told = result.stderr.splitlines()
    assert len(told) == 1, f"one sentence expected, got {len(told)}:\n{result.stderr}"
    assert told[0].startswith(file) and sentence in told[0], told[0]
    assert result.returncode == 1
    assert result.stdout == ""


def test_the_small_facts_are_good(small_facts, in_use):
    """Else every test here would pass for the wrong reason: the facts give the very version that is in use."""
    before = everything_in(in_use)
    assert build.build(small_facts, in_use) == build.current_version(in_use)
    assert everything_in(in_use) == before


@pytest.mark.parametrize("file, edit, sentence", BAD_INPUT.values(), ids=BAD_INPUT)
def test_bad_input_gives_one_sentence_and_leaves_the_extracts(small_facts, in_use, capsys, file, edit, sentence):
    before = everything_in(in_use)
    change(small_facts / file, *edit)
    status = main(["--facts", str(small_facts), "--parquet", str(in_use), "build"])
    output = capsys.readouterr()
    told = output.err.splitlines()
    assert len(told) == 1, f"one sentence expected, got {len(told)}:\n{output.err}"
    assert told[0].startswith(f"{file}, {sentence}")
    assert (status, output.out) == (1, "")
    assert everything_in(in_use) == before


@pytest.mark.parametrize(
    "name", ["a number with a unit", "an unknown region", "a key that stands twice", "a missing column"]
)
def test_bad_input_ends_the_command_with_status_1(small_facts, in_use, name):
    before = everything_in(in_use)
    file, edit, sentence = BAD_INPUT[name]
    change(small_facts / file, *edit)
    assert_one_sentence(command("--facts", small_facts, "--parquet", in_use, "build"), file, sentence)
    assert everything_in(in_use) == before


@pytest.mark.parametrize("file, ruin, sentence", RUINED_FILES.values(), ids=RUINED_FILES)
def test_a_ruined_file_gives_one_sentence_and_leaves_the_extracts(small_facts, in_use, file, ruin, sentence):
    before = everything_in(in_use)
    path = small_facts / file
    path.write_bytes(ruin(path.read_bytes()))
    assert_one_sentence(command("--facts", small_facts, "--parquet", in_use, "build"), file, sentence)
    assert everything_in(in_use) == before


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_file_that_is_not_there_is_named(small_facts, table):
    file_of(small_facts, table).unlink()
    with pytest.raises(FactsError) as caught:
        read(small_facts)
    (fault,) = caught.value.faults
    if table.is_folder:
        assert str(fault) == f"{table.name}/: the folder holds no CSV file; at least one is expected"
    else:
        assert str(fault) == f"{table.name}.csv: cannot be read (No such file or directory); a CSV file is expected"


def test_the_command_check_tells_what_the_build_tells(small_facts, capsys):
    file, edit, sentence = BAD_INPUT["an unknown region"]
    change(small_facts / file, *edit)
    assert main(["--facts", str(small_facts), "check"]) == 1
    assert capsys.readouterr().err == f"{file}, {sentence}\n"


def test_every_fault_is_told_not_only_the_first(small_facts):
    change(small_facts / "observations" / "test.csv", "testburg,2017", "nowhere,2017")
    change(small_facts / "population.csv", ",1000,", ",many,")
    with pytest.raises(FactsError) as caught:
        read(small_facts)
    assert {fault.file for fault in caught.value.faults} == {"observations/test.csv", "population.csv"}
    assert len(caught.value.faults) == 2


def test_a_key_may_not_stand_in_two_files_of_a_folder(small_facts):
    first = small_facts / "observations" / "test.csv"
    header = first.read_text(encoding="utf-8").splitlines()[0]
    (small_facts / "observations" / "zz.csv").write_text(f"{header}\n{LAST}\n", encoding="utf-8")
    with pytest.raises(FactsError, match=r"^observations/zz\.csv, row 2, .*already in observations/test\.csv, row 3"):
        read(small_facts)


def test_a_file_saved_with_a_byte_order_mark_reads_the_same(tmp_path):
    plain, marked = write_facts(tmp_path / "plain"), write_facts(tmp_path / "marked")
    path = marked / "regions.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))  # as a spreadsheet saves it
    assert read(marked).values("regions") == read(plain).values("regions")


def test_one_id_of_a_list_that_nothing_has_is_named(small_facts):
    path = small_facts / "boundary_units.csv"
    vintages = small_facts / "boundary_vintages.csv"
    vintages.write_text(vintages.read_text(encoding="utf-8") + "test,,,2,x,x,x,x\n", encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8") + "test,unit,testland;nowhere,x,x,x\n", encoding="utf-8")
    with pytest.raises(FactsError, match=r'^boundary_units\.csv, row 2, column region_ids: "nowhere" is not known'):
        read(small_facts)


@pytest.mark.parametrize(
    "text", ["1e9", "1_000", "NaN", "Infinity", "12 000", "12\u00a0000", "1,5", "0x10", "٪", "--1"]
)
@pytest.mark.parametrize("kind", ["BIGINT", "DECIMAL(38,6)", "DOUBLE"])
def test_only_plain_numbers_are_numbers(kind, text):
    with pytest.raises(ValueError, match="number; write it like 1200000000"):
        convert(Column("amount", kind, "an amount"), text)


def test_an_observation_keeps_its_id(real_facts):
    rows = {observation_id(row): row for row in real_facts.values("observations")}
    assert len(rows) == len(real_facts.values("observations"))
    assert rows["tugan_zher_sponsors:akmola:2017"]["value"] == 4199200000
    assert rows["tugan_zher_sponsors:kazakhstan:2017/2019-9m:::rounded"]["value"] == 270000000000


def test_every_name_stands_in_every_language():
    """Columns named `…_kk` come in threes; a language added to the schema in one place only shows here."""
    for table in TABLES:
        names = [column.name for column in table.columns]
        stems = {name.removesuffix("_kk") for name in names if name.endswith("_kk")}
        missing = [f"{stem}_{lang}" for stem in stems for lang in LANGUAGES if f"{stem}_{lang}" not in names]
        assert not missing, f"{table.name}: {missing}"


def test_every_reference_of_the_schema_names_a_column():
    for table in TABLES:
        for column in table.columns:
            if column.references:
                parent, name = column.references.split(".")
                assert BY_NAME[parent].column(name).required
        assert set(table.key) <= {column.name for column in table.columns}
