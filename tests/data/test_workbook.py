"""A filled workbook: what it brings, what is wrong with it cell by cell, and facts that change whole or not at all."""

from __future__ import annotations

import ast
import hashlib
import io
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from textwrap import wrap

import pytest
from new_year import PERIOD, SPONSORS, amount, filled, regions, rows
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment
from testland import command, everything_in

from rzh_data import build, checks, facts_files, log, log_commands, workbook, workbook_guard, workbook_rules
from rzh_data.catalogue import messages
from rzh_data.facts import FACTS, ROOT, FactsError, Fault, read
from rzh_data.schema import BY_NAME, LANGUAGES
from rzh_data.workbook_import import AcceptError, accept, examine
from rzh_data.workbook_template import content

COLUMNS = [column.name for column in BY_NAME["observations"].columns]
GOOD = {
    "indicator_id": "test_money",
    "region_id": "testburg",
    "period_id": "2018",
    "value": 1234,
    "document_id": "test_paper",
    "kk_line": 3,
    "kk_printed": "1 234",
}
"""A figure of testland that the small facts print as missing; with it they have a value."""


def book_of(*observations, **sheets):
    """A workbook with sheets named as tables: observations, and others as lists of rows."""
    book = Workbook()
    book.remove(book.active)
    for name, several in {"observations": observations, **sheets}.items():
        sheet = book.create_sheet(name)
        columns = [column.name for column in BY_NAME[name].columns]
        sheet.append(columns)
        for row in several:
            sheet.append([row.get(column) for column in columns])
    return book


def packed(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(content, **parts):
    """The same zip with parts replaced or added; a function changes the text of a part."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            change = parts.pop(name, None)
            new.writestr(name, text if change is None else change(text) if callable(change) else change)
        for name, text in parts.items():
            new.writestr(name, text)
    return packed.getvalue()


def told(examination):
    return [
        (fault.sheet, fault.row, fault.column, fault.message.key.rpartition(".")[2]) for fault in examination.faults
    ]


def test_a_good_row_is_a_change_of_what_is_there(small_facts):
    before = everything_in(small_facts)
    examination = examine(packed(book_of(GOOD)), small_facts)
    assert told(examination) == []
    changes = {change.column: (change.old, change.new) for change in examination.changes}
    assert changes["value"] == ("", "1234") and changes["obs_status"] == ("M", "A")
    assert changes["kk_printed"] == ("-", "1 234") and changes["kk_line"] == ("1", "3")
    assert examination.additions == () and everything_in(small_facts) == before, "examining writes nothing"
    assert accept(examination, small_facts) == ("observations/test.csv",)
    (row,) = [
        row
        for row in read(small_facts).values("observations")
        if row["region_id"] == "testburg" and row["value"] == 1234
    ]
    assert row["kk_printed"] == "1 234"


def test_an_empty_row_between_figures_and_rows_that_are_there_already_do_no_harm(small_facts):
    same = {"indicator_id": "test_money", "region_id": "testland", "period_id": 2018, "value": 70.0,
            "document_id": "test_paper", "kk_line": 1, "kk_printed": "70"}  # fmt: skip
    examination = examine(packed(book_of({}, same, {})), small_facts)
    assert told(examination) == [] and examination.changes == examination.additions == ()
    assert examination.unchanged == 1 and not examination.is_acceptable
    with pytest.raises(AcceptError, match="brings nothing new"):
        accept(examination, small_facts)


@pytest.mark.parametrize(
    "cells, column, key",
    [
        ({"value": "1234"}, "G", "number_as_text"),
        ({"value": "12,5"}, "G", "number_as_text"),
        ({"value": "1 234"}, "G", "number_as_text"),
        ({"value": "much"}, "G", "not_a_number"),
        ({"value": True}, "G", "not_a_number"),
        ({"value": date(2018, 1, 1)}, "G", "not_a_number"),
        ({"value": 10**15}, "G", "number_too_long"),
        ({"value": 0.1234567}, "G", "too_many_decimals"),
        ({"value": "#REF!"}, "G", "error_value"),
        ({"kk_line": 1.5}, "L", "not_whole"),
        ({"kk_line": 0}, "L", "out_of_range"),
        ({"kk_printed": 1234}, "M", "not_text"),
        ({"qualifier": "roughly"}, "H", "not_allowed"),
        ({"preferred": "maybe"}, "J", "not_allowed"),
        ({"region_id": "atlantis"}, "B", "unknown_id"),
        ({"region_id": None}, "B", "missing"),
        ({"period_id": datetime(2018, 1, 1)}, "C", "not_text"),
        ({"document_id": "rumour"}, "K", "unknown_id"),
        ({"kk_printed": None}, "M", "half_place"),
        ({"kk_line": None, "kk_printed": None}, "L", "no_place"),
        ({"kk_printed": "1 235"}, "G", "printed_tokens_give_values"),
        ({"value": None}, "G", "value_and_status"),
        ({"preferred": False}, "G", "one_preferred_variant"),
    ],
)
def test_a_wrong_cell_is_told_with_sheet_row_and_column(small_facts, cells, column, key):
    before = everything_in(small_facts)
    examination = examine(packed(book_of({}, GOOD | cells)), small_facts)
    assert ("observations", 3, column, key) in told(examination)
    assert examination.files == {} and not examination.is_acceptable
    with pytest.raises(AcceptError, match="has faults"):
        accept(examination, small_facts)
    assert everything_in(small_facts) == before
    for fault in examination.faults:
        assert len({fault.message.text(language) for language in LANGUAGES}) == 3
        assert fault.text("en").startswith("observations, row 3")


def test_every_fault_is_told_not_only_the_first(small_facts):
    rows = [GOOD | {"region_id": "atlantis"}, GOOD | {"value": "x"}, GOOD, GOOD]
    assert {(row, key) for _, row, _, key in told(examine(packed(book_of(*rows)), small_facts))} == {
        (2, "unknown_id"), (3, "not_a_number"), (4, "duplicate"), (5, "duplicate")
    }  # fmt: skip


@pytest.mark.parametrize(
    "text, is_date", [("2019-01-01", False), ("01.01.2019", False), (20190101, False), (date(2019, 1, 1), True)]
)
def test_a_date_is_a_date_and_not_text(small_facts, text, is_date):
    period = {"period_id": "2019", "start": text, "end": date(2019, 12, 31), "months": 12, "kind": "year"}
    period |= {f"{stem}_{language}": "2019" for stem in ("label", "short") for language in LANGUAGES}
    faults = told(examine(packed(book_of(periods=[period])), small_facts))
    assert faults == ([] if is_date else [("periods", 2, "B", "not_a_date")])


def test_a_period_whose_months_are_not_those_of_its_days_is_a_fault(small_facts):
    period = {
        "period_id": "2019",
        "start": date(2019, 1, 1),
        "end": date(2019, 9, 30),
        "months": 12,
        "kind": "part_of_year",
    }
    period |= {f"{stem}_{language}": "2019" for stem in ("label", "short") for language in LANGUAGES}
    assert told(examine(packed(book_of(periods=[period])), small_facts)) == [
        ("periods", 2, "D", "periods_hold_together")
    ]


def new_indicator(indicator_id):
    row = {"indicator_id": indicator_id, "topic": "test", "unit": "count", "aggregation": "sum", "decimals": 0}
    return row | {f"{stem}_{language}": "test" for stem in ("name", "definition") for language in LANGUAGES}


@pytest.mark.parametrize("name", ["../../escaped", "a:b", "a;b", "a b", "көрсеткіш", ".hidden", "x" * 90])
def test_an_id_that_would_break_keys_lists_or_paths_is_refused(small_facts, name):
    book = book_of(GOOD | {"indicator_id": name}, indicators=[new_indicator(name)])
    assert ("indicators", 2, "A", "not_an_id") in told(examine(packed(book), small_facts))


def test_figures_of_a_new_indicator_get_a_file_of_no_chosen_name(small_facts):
    book = book_of(GOOD | {"indicator_id": "test/new"}, indicators=[new_indicator("test/new")])
    examination = examine(packed(book), small_facts)
    assert told(examination) == []
    assert accept(examination, small_facts) == ("indicators.csv", "observations/imported.csv")
    assert "test/new" in {row["indicator_id"] for row in read(small_facts).values("observations")}


def merged(book):
    book["observations"].merge_cells("A3:B4")
    return ("observations", 3, "A", "merged")


def formula(book):
    book["observations"]["G2"] = "=1000+234"
    return ("observations", 2, "G", "formula")


def hidden_sheet(book):
    book.create_sheet("population").sheet_state = "hidden"
    return ("population", None, None, "hidden_sheet")


def very_hidden_sheet(book):
    book.create_sheet("population").sheet_state = "veryHidden"
    return ("population", None, None, "hidden_sheet")


def hidden_row(book):
    book["observations"].row_dimensions[2].hidden = True
    return ("observations", 2, None, "hidden_row")


def hidden_column(book):
    book["observations"].column_dimensions["G"].hidden = True
    return ("observations", None, "G", "hidden_column")


def foreign_sheet(book):
    book.create_sheet("Lunch")["A1"] = "soup"
    return ("Lunch", None, None, "unknown_sheet")


def foreign_column(book):
    book["observations"]["Q1"] = "mood"
    return ("observations", 1, "Q", "foreign_column")


def column_twice(book):
    book["observations"]["Q1"] = "value"
    return ("observations", 1, "Q", "column_twice")


def cell_beside(book):
    book["observations"]["T2"] = "what is this"
    return ("observations", 2, "T", "cell_without_column")


def column_gone(book):
    book["observations"].delete_cols(COLUMNS.index("value") + 1)
    return ("observations", 1, None, "columns_missing")


@pytest.mark.parametrize(
    "spoil",
    [merged, formula, hidden_sheet, very_hidden_sheet, hidden_row, hidden_column, foreign_sheet, foreign_column,
     column_twice, cell_beside, column_gone],
)  # fmt: skip
def test_what_a_sheet_must_not_hold_is_a_fault_with_its_place(small_facts, spoil):
    book = book_of(GOOD)
    place = spoil(book)
    examination = examine(packed(book), small_facts)
    assert place in told(examination)
    assert examination.files == {}


def test_colours_widths_and_wrapped_text_are_nobodys_fault(small_facts):
    book = book_of(GOOD)
    book["observations"].column_dimensions["A"].width = 50
    book["observations"]["A2"].alignment = Alignment(wrap_text=True)
    book["observations"].auto_filter.ref = "A1:P2"
    assert told(examine(packed(book), small_facts)) == []


GOOD_BOOK = packed(book_of(GOOD))
TYPES = "[Content_Types].xml"
EXPANSION = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" '
    't="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)


def sheet_with(cells):
    """A sheet written by hand, as no spreadsheet program would."""
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{cells}</sheetData></worksheet>"
    )


def lying_about_its_size():
    """A part that says it unpacks to far less than it does."""
    content = bytearray(changed(GOOD_BOOK, **{"xl/media/big.xml": b"<a>" + b" " * 10_000_000 + b"</a>"}))
    place = content.rfind(b"PK\x01\x02")
    assert content[place + 46 :].startswith(b"xl/media/big.xml")
    content[place + 24 : place + 28] = struct.pack("<I", 100)
    return bytes(content)


BAD_FILES = {
    "nothing": (b"", "not_a_workbook"),
    "a CSV named .xlsx": (FACTS.joinpath("periods.csv").read_bytes(), "not_a_workbook"),
    "a zip of something else": (changed(GOOD_BOOK, **{TYPES: "<Types/>"}), "not_a_workbook"),
    "cut off halfway": (GOOD_BOOK[: len(GOOD_BOOK) // 2], "not_a_workbook"),
    "a damaged byte": (GOOD_BOOK[:400] + b"\x00\x01\x02" + GOOD_BOOK[403:], "not_a_workbook"),
    "old or with a password": (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "old_or_locked"),
    "macros by their part": (changed(GOOD_BOOK, **{"xl/vbaProject.bin": b"macro"}), "macros"),
    "macros by their type, as .xlsm": (
        changed(GOOD_BOOK, **{TYPES: lambda text: text.replace(b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
                                                               b"vnd.ms-excel.sheet.macroEnabled.main")}),
        "macros",
    ),
    "links to another file": (changed(GOOD_BOOK, **{"xl/externalLinks/externalLink1.xml": "<externalLink/>"}), "external_links"),
    "a link to a database": (changed(GOOD_BOOK, **{"xl/connections.xml": "<connections/>"}), "external_links"),
    "an embedded object": (changed(GOOD_BOOK, **{"xl/embeddings/oleObject1.bin": b"ole"}), "embedded"),
    "50 MB": (GOOD_BOOK + b"\x00" * 50_000_000, "too_large"),
    "a zip bomb": (changed(GOOD_BOOK, **{"xl/bomb.xml": b"0" * 200_000_000}), "unpacks_too_large"),
    "a small zip bomb": (changed(GOOD_BOOK, **{"xl/bomb.xml": b"0" * 20_000_000}), "unpacks_too_large"),
    "a thousand parts": (changed(GOOD_BOOK, **{f"xl/{number}.xml": "<a/>" for number in range(1000)}), "unpacks_too_large"),
    "a part that lies about its size": (lying_about_its_size(), "not_a_workbook"),
    "entities": (changed(GOOD_BOOK, **{"xl/worksheets/sheet1.xml": EXPANSION}), "not_a_workbook"),
    "entities in another encoding": (
        changed(GOOD_BOOK, **{"xl/worksheets/sheet1.xml": EXPANSION.encode("utf-16")}), "not_a_workbook"),
    "a cell at the end of the world": (
        changed(GOOD_BOOK, **{"xl/worksheets/sheet1.xml": sheet_with('<row r="1"><c r="XFD1"><v>1</v></c></row>')}),
        "too_many_cells",
    ),
    "a row at the end of the world": (
        changed(GOOD_BOOK, **{"xl/worksheets/sheet1.xml": sheet_with('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')}),
        "too_many_cells",
    ),
    "no XML": (changed(GOOD_BOOK, **{"xl/worksheets/sheet1.xml": "<worksheet"}), "not_a_workbook"),
    "a row that is no number": (
        changed(GOOD_BOOK, **{"xl/worksheets/sheet1.xml": sheet_with('<row r="many"><c r="??"><v>1</v></c></row>')}),
        "not_a_workbook",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_plain_small_workbook_is_refused_in_one_sentence(small_facts, tmp_path, name):
    content, key = BAD_FILES[name]
    path = tmp_path / "figures.xlsx"
    path.write_bytes(content)
    before = everything_in(small_facts)
    for examination in (examine(path, small_facts), examine(content, small_facts)):
        assert told(examination) == [(None, None, None, key)]
        assert examination.additions == examination.changes == () and examination.files == {}
    assert everything_in(small_facts) == before


def test_a_refused_file_costs_neither_time_nor_memory(small_facts):
    script = (
        "import resource, sys, tracemalloc\nfrom pathlib import Path\nfrom rzh_data.workbook_import import examine\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "faults = examine(Path(sys.argv[1]), Path(sys.argv[2])).faults\n"
        "print(len(faults), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    bomb = small_facts.parent / "bomb.xlsx"
    bomb.write_bytes(BAD_FILES["a zip bomb"][0])
    result = subprocess.run(
        [sys.executable, "-c", script, str(bomb), str(small_facts)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    faults, kilobytes = map(int, result.stdout.split())
    assert faults == 1 and kilobytes < 60_000, "two hundred megabytes were never unpacked"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_is_itself_a_workbook_that_can_be_filled(small_facts, language):
    template = content(language, small_facts)
    assert template == content(language, small_facts), "the same facts give the same bytes"
    assert told(examine(template, small_facts)) == [(None, None, None, "nothing_filled")]
    book = load_workbook(io.BytesIO(template))
    t = messages(language)
    names = [workbook.INSTRUCTIONS, *workbook.SHEETS, workbook.LISTS]
    assert book.sheetnames == [t(f"workbook.sheet.{name}") for name in names]
    for name in workbook.SHEETS:
        sheet = book[workbook.title(name, language)]
        assert [cell.value for cell in sheet[1]] == [column.name for column in BY_NAME[name].columns]
        assert all(cell.value for cell in sheet[2])
    sheet = book[workbook.title("observations", language)]
    for column, value in GOOD.items():
        sheet.cell(3, COLUMNS.index(column) + 1, value)
    lists = book[workbook.title(workbook.LISTS, language)]
    heads = {cell.value: [row.value for row in lists[cell.column_letter][1:] if row.value] for cell in lists[1]}
    (chosen,) = [entry for entry in heads["regions"] if entry.endswith("testburg")]
    sheet.cell(3, COLUMNS.index("region_id") + 1, chosen)
    (exactly,) = [
        entry
        for name, entries in heads.items()
        if name.startswith("qualifier")
        for entry in entries
        if entry.endswith(" =")
    ]
    sheet.cell(3, COLUMNS.index("qualifier") + 1, exactly)
    examination = examine(packed(book), small_facts)
    assert told(examination) == [] and examination.is_acceptable


@pytest.mark.parametrize("language", LANGUAGES)
def test_heads_and_meanings_of_the_template_can_be_read_whole_on_screen_and_paper(language):
    book = load_workbook(io.BytesIO(content(language)))
    for name in workbook.SHEETS:
        sheet = book[workbook.title(name, language)]
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.orientation == "landscape"
        widths, last = {}, 0.0
        for letter in (cell.column_letter for cell in sheet[1]):  # neighbours of one width share an entry
            last = sheet.column_dimensions[letter].width if letter in sheet.column_dimensions else last
            widths[letter] = last
        room = sheet.row_dimensions[2].height
        for head, said in zip(sheet[1], sheet[2], strict=True):
            assert len(head.value) < widths[head.column_letter]
            assert len(wrap(said.value, int(widths[head.column_letter]))) * 15 <= room


def test_the_lists_of_the_template_offer_every_id_there_is():
    book = load_workbook(io.BytesIO(content("kk")))
    lists = book[workbook.title(workbook.LISTS, "kk")]
    offered = {
        cell.value: {workbook.id_of(row.value) for row in lists[cell.column_letter][1:] if row.value}
        for cell in lists[1]
    }
    facts = read()
    for table, key in (("regions", "region_id"), ("periods", "period_id"), ("indicators", "indicator_id"),
                       ("groups", "group_id"), ("categories", "category_id"), ("documents", "document_id")):  # fmt: skip
        assert offered[table] == {row[key] for row in facts.values(table)}
    sheet = book[workbook.title("observations", "kk")]
    ruled = {str(rule.sqref).split(":")[0].rstrip("0123456789") for rule in sheet.data_validations.dataValidation}
    assert {"A", "B", "C", "D", "E", "G", "H", "I", "J", "K", "L"} <= ruled


@pytest.fixture(scope="module")
def new_year(tmp_path_factory):
    """A copy of the real facts, and an examination of a workbook with a whole new year."""
    facts = shutil.copytree(FACTS, tmp_path_factory.mktemp("year") / "facts")
    return facts, examine(filled(rows(facts), facts), facts)


def test_a_whole_new_year_is_examined_without_a_fault(new_year):
    facts, examination = new_year
    assert told(examination) == []
    counts = {}
    for addition in examination.additions:
        counts[addition.table] = counts.get(addition.table, 0) + 1
    assert counts == {
        "observations": 34,
        "periods": 1,
        "documents": 1,
        "sections": 1,
        "population": 18,
        "consumer_prices": 2,
    }
    assert examination.changes == ()
    assert {warning.message.key for warning in examination.warnings} == {"workbook.warning.jump_between_periods"}
    (addition,) = [one for one in examination.additions if one.key == f"{SPONSORS}:pavlodar:{PERIOD}"]
    assert int(addition.values["value"]) == amount(SPONSORS, regions(facts).index("pavlodar"))


@pytest.mark.parametrize(
    "leave_out, said",
    [("population", "no_population"), ("consumer_prices", "no_prices"), ("one region", "regions_left_out")],
)
def test_what_a_new_year_lacks_is_told_before_it_is_accepted(new_year, leave_out, said):
    facts, _ = new_year
    brought = rows(facts)
    if leave_out == "one region":
        brought["observations"] = [row for row in brought["observations"] if row["region_id"] != "turkestan"]
    else:
        brought[leave_out] = []
    examination = examine(filled(brought, facts), facts)
    assert told(examination) == []
    assert f"workbook.warning.{said}" in {warning.message.key for warning in examination.warnings}
    for warning in examination.warnings:
        assert len({warning.message.text(language) for language in LANGUAGES}) == 3


def test_a_period_without_boundaries_and_inhabitants_that_do_not_add_up_are_faults(new_year):
    facts, _ = new_year
    brought = rows(facts)
    brought["periods"][0]["boundary_vintage_id"] = None
    brought["population"][0]["population"] += 1
    assert {key for *_, key in told(examine(filled(brought, facts), facts))} == {"no_boundaries", "population_adds_up"}


def test_a_correction_that_breaks_a_sum_is_refused(new_year):
    """The country's printed total and the three periods no longer give what they gave."""
    facts, _ = new_year
    row = {"indicator_id": SPONSORS, "region_id": "akmola", "period_id": "2018", "value": 77,
           "document_id": "technology_packages", "kk_line": 833, "kk_printed": "77"}  # fmt: skip
    examination = examine(packed(book_of(row)), facts)
    assert {key for *_, key in told(examination)} == {"periods_add_up"}
    assert "8,355,011,077" in examination.faults[0].text("en") and "8\u00a0355\u00a0011\u00a0077" in examination.faults[
        0
    ].text("ru")


def test_accepting_adds_the_rows_and_touches_nothing_else(new_year, tmp_path):
    facts, examination = new_year
    copy = shutil.copytree(facts, tmp_path / "facts")
    accept(examination, copy)
    for path in sorted(FACTS.rglob("*.csv")):
        name = path.relative_to(FACTS).as_posix()
        old, new = path.read_text(encoding="utf-8"), (copy / name).read_text(encoding="utf-8")
        assert new.startswith(old) if name in examination.files else new == old, name
    build.build(copy, tmp_path / "parquet")
    assert [path.name for path in tmp_path.iterdir() if path.is_dir() and path.name.startswith(".facts-")] == []
    again = examine(filled(rows(copy), copy), copy)
    assert again.additions == again.changes == () and again.unchanged == len(examination.additions)


def test_facts_that_changed_meanwhile_are_not_overwritten(small_facts):
    examination = examine(GOOD_BOOK, small_facts)
    path = small_facts / "periods.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    before = everything_in(small_facts)
    with pytest.raises(AcceptError) as caught:
        accept(examination, small_facts)
    assert caught.value.message.key == "workbook.refused.changed_meanwhile"
    assert everything_in(small_facts) == before


KILLED = """
import os, sys, time
from pathlib import Path
from rzh_data import facts_files
from rzh_data.workbook_import import accept, examine

moment, facts = sys.argv[1], Path(sys.argv[2])
def stop():
    print("reached", flush=True)
    time.sleep(60)
if moment == "half of it is written":
    original = facts_files.write
    def write(directory, files):
        original(directory, dict(list(files.items())[:1]))
        stop()
    facts_files.write = write
else:
    original = facts_files._exchange
    def exchange(one, other):
        if moment == "just before":
            stop()
        original(one, other)
        stop()
    facts_files._exchange = exchange
accept(examine(Path(sys.argv[3]), facts), facts)
"""


@pytest.mark.parametrize("moment", ["half of it is written", "just before", "just after"])
def test_an_acceptance_killed_on_the_way_leaves_the_old_facts_or_the_new_ones(small_facts, tmp_path, moment):
    brought = tmp_path / "brought.xlsx"
    period = {"period_id": "2019", "start": date(2019, 1, 1), "end": date(2019, 12, 31), "months": 12, "kind": "year"}
    period |= {f"{stem}_{language}": "2019" for stem in ("label", "short") for language in LANGUAGES}
    brought.write_bytes(packed(book_of(GOOD, periods=[period])))
    expected = {name: digest for name, (_, digest) in everything_in(small_facts).items()}
    if moment == "just after":
        files = examine(brought, small_facts).files
        assert len(files) == 2
        expected |= {name: facts_files.hashlib.sha256(text).hexdigest() for name, text in files.items()}
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, moment, str(small_facts), str(brought)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "reached\n"
    process.kill()
    process.communicate()
    assert {name: digest for name, (_, digest) in everything_in(small_facts).items()} == expected
    read(small_facts)
    accepted = examine(brought, small_facts)
    if moment != "just after":
        accept(accepted, small_facts)
        assert [
            path for path in small_facts.parent.iterdir() if path.is_dir() and path.name.startswith(".facts-")
        ] == []
    assert examine(brought, small_facts).unchanged == 2


def test_a_folder_that_cannot_be_exchanged_stays_as_it_was(small_facts, monkeypatch):
    def refuse(one, other):
        raise OSError(18, "Invalid cross-device link")

    examination = examine(GOOD_BOOK, small_facts)
    before = everything_in(small_facts.parent)
    monkeypatch.setattr(facts_files, "_exchange", refuse)
    with pytest.raises(AcceptError, match="Invalid cross-device link"):
        accept(examination, small_facts)
    after = everything_in(small_facts.parent)
    after.pop(".facts-lock")
    assert after == before


def test_every_file_of_the_facts_is_written_back_byte_for_byte():
    """Else a diff would show more than what an import changed."""
    folder = facts_files.Folder(FACTS)
    for table in BY_NAME.values():
        folder.rows(table.name)
    assert folder.changed_files() == {}


def test_the_command_examines_then_accepts(small_facts, tmp_path):
    path = tmp_path / "figures.xlsx"
    path.write_bytes(GOOD_BOOK)
    before = everything_in(small_facts)
    places = ("--facts", small_facts, "--parquet", tmp_path / "parquet")
    seen = command(*places, "import", path)
    assert seen.returncode == 0, seen.stderr
    assert "CHANGED  observations: test_money:testburg:2018, value: nothing -> 1234 (observations, 2)" in seen.stdout
    assert "Nothing is written yet" in seen.stdout and everything_in(small_facts) == before
    noted = ("--log", tmp_path / "log")
    done = command(*places, "import", path, "--accept", *noted)
    assert done.returncode == 0, done.stderr
    assert "Written: observations/test.csv" in done.stdout
    assert f"Extracts in use: {build.current_version(tmp_path / 'parquet')}" in done.stdout
    again = command(*places, "import", path, "--accept", *noted)
    assert again.returncode == 1 and messages("en")("workbook.refused.nothing") in again.stderr
    entries = list(log.entries(tmp_path / "log"))
    assert [entry["event"] for entry in entries] == ["accepting", "accepted", "accepting", "not_accepted"]
    assert {entry["who"]["issuer"] for entry in entries} == {log_commands.account()["issuer"]}
    assert entries[1]["what"]["workbook_sha256"] == hashlib.sha256(GOOD_BOOK).hexdigest()
    assert entries[1]["what"]["changed"][0]["new"] == "1234"
    back = command(*places, "restore", entries[0]["what"]["facts_sha256"], *noted)
    assert back.returncode == 0
    assert facts_files.fingerprint(small_facts) == entries[0]["what"]["facts_sha256"]


def test_the_command_accepts_nothing_that_it_cannot_put_into_the_log(small_facts, tmp_path):
    path = tmp_path / "figures.xlsx"
    path.write_bytes(GOOD_BOOK)
    (tmp_path / "log").write_text("a file where the folder should be")
    before = everything_in(small_facts)
    result = command(
        "--facts", small_facts, "--parquet", tmp_path / "parquet", "import", path, "--accept", "--log", tmp_path / "log"
    )
    assert result.returncode == 1 and result.stderr and "Traceback" not in result.stderr
    assert everything_in(small_facts) == before


def test_the_command_tells_every_fault_and_writes_nothing(small_facts, tmp_path):
    path = tmp_path / "figures.xlsx"
    path.write_bytes(packed(book_of(GOOD | {"value": "12,5"}, GOOD | {"region_id": "atlantis"})))
    before = everything_in(small_facts)
    result = command("--facts", small_facts, "import", path, "--accept", "--log", tmp_path / "log")
    assert result.returncode == 1
    (entry,) = log.entries(tmp_path / "log")
    assert entry["event"] == "refused" and entry["what"]["counts"]["faults"] == 2
    assert "FAULT    observations, row 2, column G (value): “12,5” is text." in result.stdout
    assert "FAULT    observations, row 3, column B (region_id): “atlantis” is not known" in result.stdout
    assert everything_in(small_facts) == before


def test_the_command_writes_a_template(tmp_path):
    path = tmp_path / "template.xlsx"
    result = command("template", "--to", path, "--language", "ru")
    assert result.returncode == 0, result.stderr
    assert load_workbook(path).sheetnames[1] == messages("ru")("workbook.sheet.observations")


def test_every_rule_of_the_facts_has_a_sentence_in_three_languages():
    code = ast.parse(Path(checks.__file__).read_text(encoding="utf-8"))
    words = {node.value for node in ast.walk(code) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    rules = {path.stem for path in checks.CHECKS.glob("*.sql")} | (
        {"half_place", "no_place", "value_and_status"} & words
    )
    assert len(rules) >= 13
    for language in LANGUAGES:
        known = messages(language)
        assert {rule for rule in rules if f"workbook.rule.{rule}" not in known} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_reading_the_facts_finds_is_told_in_the_language_of_the_editor(small_facts, monkeypatch, language):
    faults = [
        Fault(
            "observations/test.csv", 3, "region_id", "english", "unknown_id", {"value": "atlantis", "table": "regions"}
        ),
        Fault("regions.csv", None, None, "is empty in English"),
    ]

    def broken(_root):
        raise FactsError(faults)

    monkeypatch.setattr(workbook_rules, "read", broken)
    told = [fault.message.text(language) for fault in examine(GOOD_BOOK, small_facts).faults]
    t = messages(language)
    assert told == [t("workbook.fault.unknown_id", value="atlantis", table="regions"), t("workbook.fault.not_readable")]
    monkeypatch.setattr(workbook_rules, "read", lambda _root: {})
    (fault,) = examine(GOOD_BOOK, small_facts).faults
    assert fault.message.text(language) == t("workbook.fault.nothing_made")


def test_a_section_that_moves_words_out_of_their_half_is_told_in_every_language():
    section = next(row for row in read(FACTS).values("sections") if row["language"] == "ru")
    moved = section | {"first_line": 1}
    found = examine(packed(book_of(sections=[moved])))
    keys = {fault.message.key for fault in found.faults}
    assert keys == {"workbook.rule.words_have_a_place"}
    for language in LANGUAGES:
        said = {fault.message.text(language) for fault in found.faults}
        assert not any("None" in sentence for sentence in said)
    assert not re.search("[a-z]{4,} [a-z]{4,}", found.faults[0].message.text("kk"))


def test_every_sentence_about_a_workbook_has_three_languages():
    keys = [key for key in messages("en").keys() if key.startswith("workbook.")]  # noqa: SIM118
    assert len(keys) > 80
    assert all(len({str(messages(language).texts()[key]) for language in LANGUAGES}) == 3 for key in keys)


def test_limits_leave_room_for_ten_years_of_figures():
    brought = {"observations": [GOOD | {"variant": f"v{number}"} for number in range(5000)]}
    content = packed(book_of(*brought["observations"]))
    workbook_guard.check_file(content)
    assert len(content) < workbook_guard.MOST_BYTES / 4
