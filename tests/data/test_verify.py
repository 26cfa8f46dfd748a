"""Every printed token stands on its line: how it is looked up, and that it is so in the documents themselves."""

from __future__ import annotations

import hashlib

import pytest
from testland import DOCUMENTS, change, command

from rzh_data.extracts import references
from rzh_data.facts import read
from rzh_data.verify import names, stands_at, verify

PAPER = """\
Budget of testland 5 732 664 000 tenge

17 300 000

000 17 300 001
71247000 and 13,5% and 1.250 of all
12 мыңнан астам, 6 мың
жауап бер-
гендер
тысяч 7
Нәтижесінде100 нысан
"""
LINES = PAPER.split("\n")


@pytest.mark.parametrize(
    "printed, line",
    [
        ("5 732 664 000", 1),
        ("17 300 000 000", 3),  # broken over two lines with an empty one between
        ("17 300 001", 5),
        ("71247000", 6),
        ("13,5%", 6),
        ("12 мың", 7),  # a Kazakh word goes on with its ending
        ("6 мың", 7),
        ("бергендер", 8),  # hyphenated at the end of the line
        ("7", 10),
        ("тысяч 7", 10),
        ("100", 11),  # the text drops the space before it
    ],
)
def test_a_token_is_found_on_the_line_where_it_begins(printed, line):
    assert stands_at(printed, line, LINES)


@pytest.mark.parametrize(
    "printed, line",
    [
        ("5 732 664 000", 2),  # not the line it begins on
        ("5 732 664 000", 0),
        ("5 732 664 000", 99),
        ("000 17 300 001", 3),  # begins on a later line
        ("1247000", 6),  # the end of a longer number
        ("7124700", 6),  # its beginning
        ("3,5%", 6),  # what follows the first digit
        ("5%", 6),  # what follows the comma
        ("13", 6),  # what stands before the comma
        ("250", 6),
        ("1", 6),
        ("2 мың", 7),
        ("5 732 664 001", 1),  # a wrong digit
        ("5 732 664", 2),
        ("гендер", 8),
        ("8", 10),
    ],
)
def test_anything_else_is_not_taken_for_the_token(printed, line):
    assert not stands_at(printed, line, LINES)


def test_a_token_is_not_looked_for_beyond_the_next_line_with_text():
    assert stands_at("1 000", 1, ["1", "", "", "000"])
    assert not stands_at("1 000", 1, ["1", "", "", "", "000"])
    assert not stands_at("1 000", 1, ["1", "other", "000"])


@pytest.fixture
def paper(small_facts, tmp_path):
    """A document for the small facts, and their figures at the lines where it prints them."""
    documents = tmp_path / "documents"
    documents.mkdir()
    raw = b"9007199254740993 in testland\n70 and 5\nthe answer is -\n"
    (documents / "test_paper.txt").write_bytes(raw)
    change(small_facts / "documents.csv", "Test sha256", hashlib.sha256(raw).hexdigest())
    observations = small_facts / "observations" / "test.csv"
    for old, new in [("paper,1,70,", "paper,2,70,"), ("paper,1,5,", "paper,2,5,"), ("paper,1,-,", "paper,3,-,")]:
        change(observations, old, new)
    return documents


def test_figures_that_stand_where_the_facts_say_are_counted(small_facts, paper):
    result = command("--facts", small_facts, "verify", "--documents", paper)
    assert result.stdout == "4 places looked up in the documents; every printed token stands on its line.\n"
    assert (result.returncode, result.stderr) == (0, "")


def test_a_figure_on_another_line_is_told_with_what_stands_there(small_facts, paper):
    change(small_facts / "observations" / "test.csv", "paper,2,70,", "paper,3,70,")
    result = command("--facts", small_facts, "verify", "--documents", paper)
    assert result.returncode == 1
    (sentence,) = result.stderr.splitlines()
    assert "test_money:testland:2018" in sentence
    assert '"70" does not stand in test_paper, line 3: the answer is -' in sentence


def test_a_line_beyond_the_end_is_told(small_facts, paper):
    change(small_facts / "observations" / "test.csv", "paper,2,70,", "paper,300,70,")
    (fault,) = verify(read(small_facts), paper).faults
    assert '"70" does not stand in test_paper, line 300: no such line' in str(fault)


def test_a_further_place_is_looked_up_too(small_facts, paper):
    further = small_facts / "further_places" / "test.csv"
    row = "test_money,testland,2018,,,,test_paper,kk,1,70\n"
    further.write_text(further.read_text(encoding="utf-8") + row, encoding="utf-8")
    result = verify(read(small_facts), paper)
    assert result.looked_up == 5
    assert ['"70" does not stand in test_paper, line 1' in str(fault) for fault in result.faults] == [True]


def test_another_text_than_the_one_the_lines_were_counted_in_is_refused(small_facts, paper):
    path = paper / "test_paper.txt"
    path.write_bytes(b"\n" + path.read_bytes())
    result = verify(read(small_facts), paper)
    assert [(fault.file, fault.column) for fault in result.faults] == [("documents.csv", "sha256")]
    assert result.looked_up == 0


def test_a_document_that_is_not_there_is_named(small_facts, tmp_path):
    (fault,) = verify(read(small_facts), tmp_path).faults
    assert str(fault).endswith("test_paper.txt cannot be read (No such file or directory)")


def test_every_figure_stands_in_the_documents(real_facts):
    if not DOCUMENTS.is_dir():
        pytest.skip(f"the documents are not there: {DOCUMENTS.parent.name}/{DOCUMENTS.name} beside the project")
    result = verify(real_facts, DOCUMENTS)
    assert not result.faults, "\n".join(map(str, result.faults))
    assert result.looked_up == len(references(real_facts)) + len(names(real_facts))
    assert len(references(real_facts)) > 2 * 138, "the two funding tables alone have that many"


def test_a_name_that_stands_on_another_line_is_noticed(real_facts):
    if not DOCUMENTS.is_dir():
        pytest.skip(f"the documents are not there: {DOCUMENTS.parent.name}/{DOCUMENTS.name} beside the project")
    row = next(row for row in real_facts.values("printed_names") if row["subject_id"] == "latin")
    line, row["kk_line"] = row["kk_line"], row["kk_line"] - 1
    try:
        assert [fault.column for fault in verify(real_facts, DOCUMENTS).faults] == ["project latin"]
    finally:
        row["kk_line"] = line


def test_a_line_or_token_that_is_off_is_noticed_in_the_documents(real_facts):
    """Else the test above could pass because everything passes."""
    if not DOCUMENTS.is_dir():
        pytest.skip(f"the documents are not there: {DOCUMENTS.parent.name}/{DOCUMENTS.name} beside the project")
    (document,) = [row for row in real_facts.values("documents") if row["document_id"] == "technology_packages"]
    lines = (DOCUMENTS / document["file_name"]).read_text(encoding="utf-8").split("\n")
    places = [place for place in references(real_facts) if place["document_id"] == "technology_packages"]
    # Short ones may well stand twice, and the beginning of a word is found in it, because Kazakh adds endings.
    long = [place for place in places if len(place["printed"]) >= 9 and place["printed"][-1].isdigit()]
    assert len(long) > 200
    assert [place for place in long if stands_at(place["printed"], place["line"] + 1, lines)] == []
    assert [place for place in long if stands_at("9" + place["printed"], place["line"], lines)] == []
    assert [place for place in long if stands_at(place["printed"][:-1], place["line"], lines)] == []
    assert [place for place in long if stands_at(place["printed"][:-1] + "x", place["line"], lines)] == []
