"""No number of the documents is overlooked: how tokens are accounted for, and that it holds for the documents."""

from __future__ import annotations

import hashlib

import pytest
from testland import DOCUMENTS, change, command

from rzh_data.coverage import TOKEN, coverage
from rzh_data.facts import read

PAPER = """\
9007199254740993 in testland
70 and 5
the answer is -
"""


@pytest.mark.parametrize(
    "text, tokens",
    [
        ("13,5% of 5 732 664 000", ["13,5", "5 732 664 000"]),
        ("1\u00a0838 объектов, 2019-9m", ["1\u00a0838", "2019", "9"]),
        ("28.12.2018 and 12 34", ["28.12", "2018", "12", "34"]),
        ("COVID-19, 100kitap.kz", ["19", "100"]),
        ("no number, only words: үш", []),
    ],
)
def test_numbers_are_told_from_the_text_around_them(text, tokens):
    assert [match.group() for match in TOKEN.finditer(text)] == tokens


@pytest.fixture
def paper(small_facts, tmp_path):
    """A function that writes the document, and the small facts with the lines where it prints their figures."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (small_facts / "sections.csv").write_text(
        (small_facts / "sections.csv").read_text(encoding="utf-8") + "test_paper,kk,1,x,x,x\ntest_paper,ru,5,x,x,x\n",
        encoding="utf-8",
    )
    observations = small_facts / "observations" / "test.csv"
    for old, new in [("paper,1,70,", "paper,2,70,"), ("paper,1,5,", "paper,2,5,"), ("paper,1,-,", "paper,3,-,")]:
        change(observations, old, new)

    def write(text):
        raw = text.encode()
        (documents / "test_paper.txt").write_bytes(raw)
        change(small_facts / "documents.csv", "Test sha256", hashlib.sha256(raw).hexdigest())
        return documents

    return write


def not_figures(small_facts, *rows):
    path = small_facts / "not_figures.csv"
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"test_paper,{row}\n" for row in rows), encoding="utf-8")


def told(small_facts, documents):
    return [fault.message for fault in coverage(read(small_facts), documents).faults]


def test_a_document_whose_every_number_is_a_figure_is_covered(small_facts, paper):
    result = command("--facts", small_facts, "coverage", "--documents", paper(PAPER))
    assert result.stdout == "test_paper kk: 3 numeric tokens, 3 in figures, 0 listed with a reason, 0 unexplained\n"
    assert (result.returncode, result.stderr) == (0, "")


def test_a_number_that_nobody_accounts_for_is_told_with_its_line(small_facts, paper):
    result = command("--facts", small_facts, "coverage", "--documents", paper(PAPER + "and 12 more\n"))
    assert result.returncode == 1
    assert result.stdout.endswith("1 unexplained\n")
    assert '"12" in test_paper, line 4 (kk) is neither a figure nor listed with a reason: and 12 more' in result.stderr


def test_a_figure_accounts_for_as_many_tokens_as_the_facts_print(small_facts, paper):
    """The second 5 of a line is another figure until somebody says what it is."""
    documents = paper(PAPER.replace("70 and 5", "70 and 5 and 5"))
    assert ['"5" in test_paper, line 2' in message for message in told(small_facts, documents)] == [True]
    not_figures(small_facts, "kk,2,5,1,date")
    assert told(small_facts, documents) == []


def test_a_further_place_accounts_for_its_token(small_facts, paper):
    documents = paper(PAPER + "again 70\n")
    assert len(told(small_facts, documents)) == 1
    further = small_facts / "further_places" / "test.csv"
    row = "test_money,testland,2018,,,,test_paper,kk,4,70\n"
    further.write_text(further.read_text(encoding="utf-8") + row, encoding="utf-8")
    assert told(small_facts, documents) == []


@pytest.mark.parametrize("broken", ["9007199254740993", "9 007 199\n\n254 740 993", "9 007 199 254\n740 993"])
def test_a_figure_that_the_text_breaks_accounts_for_both_pieces(small_facts, paper, broken):
    if " " in broken:
        change(small_facts / "observations" / "test.csv", ",1,9007199254740993,", ",1,9 007 199 254 740 993,")
        for line in (2, 3):
            old = {2: "70", 3: "-"}[line]
            change(
                small_facts / "observations" / "test.csv", f",{line},{old},", f",{line + broken.count(chr(10))},{old},"
            )
        change(small_facts / "observations" / "test.csv", ",2,5,", f",{2 + broken.count(chr(10))},5,")
    assert told(small_facts, paper(PAPER.replace("9007199254740993", broken))) == []


def test_a_figure_does_not_account_for_a_piece_of_a_longer_number(small_facts, paper):
    documents = paper(PAPER.replace("70 and 5", "70 and 5 123, then 5"))
    (message,) = told(small_facts, documents)
    assert message.startswith('"5 123" in test_paper, line 2')


def test_a_name_with_a_number_in_it_is_listed_as_it_stands(small_facts, paper):
    documents = paper(PAPER + "COVID-19, 28.12.2018\n")
    not_figures(small_facts, "kk,4,COVID-19,1,name", "kk,4,28.12,1,date", "kk,4,2018,1,date")
    assert told(small_facts, documents) == []


def test_a_reason_without_its_token_is_stale(small_facts, paper):
    documents = paper(PAPER)
    not_figures(small_facts, "kk,2,12,1,date", "kk,99,12,1,date")
    assert told(small_facts, documents)[0] == '"12" is left 0 times on line 2; 1 are listed'
    assert len(told(small_facts, documents)) == 2 + 1  # line 99 lies in the Russian half as well


def test_a_token_cannot_be_a_figure_and_none(small_facts, paper):
    documents = paper(PAPER)
    not_figures(small_facts, "kk,2,70,1,date")
    assert told(small_facts, documents) == ['"70" is left 0 times on line 2; 1 are listed']


def test_a_reason_names_the_half_of_its_line(small_facts, paper):
    documents = paper(PAPER + "\n12\n")
    not_figures(small_facts, "kk,5,12,1,date")
    assert told(small_facts, documents) == ["line 5 lies in the other half, ru"]


def test_another_text_than_the_one_the_lines_were_counted_in_is_refused(small_facts, paper):
    documents = paper(PAPER)
    (documents / "test_paper.txt").write_text(PAPER + " ", encoding="utf-8")
    assert ["SHA-256" in message for message in told(small_facts, documents)] == [True]


def test_every_number_of_the_documents_is_accounted_for(real_facts):
    if not DOCUMENTS.is_dir():
        pytest.skip(f"the documents are not there: {DOCUMENTS.parent.name}/{DOCUMENTS.name} beside the project")
    result = coverage(real_facts, DOCUMENTS)
    assert not result.faults, "\n".join(map(str, result.faults))
    assert len(result.counts) == 4, "two documents of two halves"
    assert sum(count.tokens for count in result.counts) > 1800
    assert all(count.figures > 30 and count.unexplained == 0 for count in result.counts)


def test_each_figure_is_needed_to_cover_the_documents(real_facts):
    """Else the test above could pass because everything passes: take a figure away and its token is told."""
    if not DOCUMENTS.is_dir():
        pytest.skip(f"the documents are not there: {DOCUMENTS.parent.name}/{DOCUMENTS.name} beside the project")
    rows = real_facts.tables["observations"]
    for name in ("media_materials", "language_command_share", "textbooks"):
        left = [row for row in rows if row.values["indicator_id"] != name]
        without = type(real_facts)(real_facts.directory, {**real_facts.tables, "observations": left})
        assert len(coverage(without, DOCUMENTS).faults) >= 2 * (len(rows) - len(left)) - 1
