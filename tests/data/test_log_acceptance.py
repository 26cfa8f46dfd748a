"""A workbook is taken into the facts whole, with its entry in the log, or everything is as before."""

from __future__ import annotations

import io
import tarfile
from datetime import date

import pyarrow.parquet as pq
import pytest
from testland import command, everything_in, write_facts

from rzh_data import build, facts_files, log, log_acceptance, log_archive, log_commands
from rzh_data.facts import FactsError, Fault
from rzh_data.workbook_import import AcceptError, examine
from tests.workbooks import filled

WHO = {"issuer": "https://id.example", "subject": "1", "name": "Айгүл"}
CONTENT = filled(
    {
        "population": [
            {"region_id": region, "year": year, "date": date(year, 1, 1), "population": count, "source": "Test source"}
            for region, year, count in (("testland", 2017, 1100), ("testburg", 2018, 120))
        ]
    }
)


@pytest.fixture
def places(small_facts, in_use, tmp_path):
    """Where facts, extracts and log of this test lie; the extracts are built."""
    return {"facts_root": small_facts, "parquet": in_use, "directory": tmp_path / "log"}


@pytest.fixture(scope="module")
def examination(tmp_path_factory):
    """Of the small facts, which are the same in every test."""
    found = examine(CONTENT, write_facts(tmp_path_factory.mktemp("examined") / "facts"))
    assert [fault.text() for fault in found.faults] == []
    return found


def events(places):
    return [entry["event"] for entry in log.entries(places["directory"])]


def test_what_is_accepted_stands_in_the_facts_the_extracts_and_the_log(places, examination):
    found = examination
    before = build.current_version(places["parquet"])
    done = log_acceptance.accept(found, CONTENT, "figures.xlsx", WHO, **places)
    assert build.current_version(places["parquet"]) == done.version != before == done.version_before
    built = pq.read_table(places["parquet"] / done.version / "population.parquet").to_pylist()
    assert {(row["region_id"], row["year"]): row["population"] for row in built} == {
        ("testland", 2017): 1100, ("testburg", 2017): 100, ("testburg", 2018): 120,
    }  # fmt: skip
    assert events(places) == ["accepting", "accepted"]
    entry = list(log.entries(places["directory"]))[-1]
    assert entry["who"] == WHO
    what = entry["what"]
    assert what["added"] == ["population:testburg:2018"]
    assert [(change["key"], change["column"], change["old"], change["new"]) for change in what["changed"]] == [
        ("testland:2017", "population", "1000", "1100")
    ]
    assert (what["version_before"], what["version"]) == (before, done.version)
    assert what["facts_sha256_after"] == facts_files.fingerprint(places["facts_root"]) != what["facts_sha256"]
    kept = places["directory"] / "archive" / f"workbook-{what['workbook_sha256']}.xlsx"
    assert kept.read_bytes() == CONTENT


def test_where_the_extracts_cannot_be_built_the_facts_are_as_before(places, examination, monkeypatch):
    found = examination
    before = everything_in(places["facts_root"])

    def fail(*_):
        raise FactsError([Fault("parquet", None, None, "cannot be written")])

    monkeypatch.setattr(log_acceptance.build, "build", fail)
    with pytest.raises(FactsError):
        log_acceptance.accept(found, CONTENT, "figures.xlsx", WHO, **places)
    assert {name: text for name, (_, text) in everything_in(places["facts_root"]).items()} == {
        name: text for name, (_, text) in before.items()
    }
    assert events(places) == ["accepting", "not_accepted"]


def test_facts_that_changed_meanwhile_are_not_written_over(places, examination):
    found = examination
    log_acceptance.accept(found, CONTENT, "figures.xlsx", WHO, **places)
    before = everything_in(places["facts_root"])
    with pytest.raises(AcceptError):
        log_acceptance.accept(found, CONTENT, "figures.xlsx", WHO, **places)
    assert everything_in(places["facts_root"]) == before
    assert events(places) == ["accepting", "accepted", "accepting", "not_accepted"]


def test_without_a_log_nothing_is_written(places, examination):
    found = examination
    places["directory"].write_text("a file in the way", encoding="utf-8")
    before = everything_in(places["facts_root"])
    with pytest.raises(log.LogError):
        log_acceptance.accept(found, CONTENT, "figures.xlsx", WHO, **places)
    assert everything_in(places["facts_root"]) == before


def test_the_facts_from_before_are_put_back_and_those_of_today_kept(places, examination):
    found = examination
    before = {path.name: path.read_bytes() for path in facts_files.paths(places["facts_root"])}
    version = build.current_version(places["parquet"])
    log_acceptance.accept(found, CONTENT, "figures.xlsx", WHO, **places)
    changed = facts_files.fingerprint(places["facts_root"])
    (places["facts_root"] / "observations" / "another.csv").write_bytes(
        (places["facts_root"] / "observations").glob("*.csv").__next__().read_bytes().splitlines(keepends=True)[0]
    )
    with_another = facts_files.fingerprint(places["facts_root"])
    assert log_acceptance.restore(found.facts_sha256, WHO, **places) == version
    assert {path.name: path.read_bytes() for path in facts_files.paths(places["facts_root"])} == before
    assert events(places) == ["accepting", "accepted", "restoring", "restored"]
    log_acceptance.restore(with_another, WHO, **places)
    assert facts_files.fingerprint(places["facts_root"]) == with_another != changed
    log.verify(places["directory"])


def test_facts_that_were_never_kept_cannot_be_put_back(places):
    before = everything_in(places["facts_root"])
    with pytest.raises(FileNotFoundError, match="kept are: none"):
        log_acceptance.restore("0" * 64, WHO, **places)
    assert everything_in(places["facts_root"]) == before and events(places) == []


@pytest.mark.parametrize("name", ["../outside.csv", "/tmp/outside.csv", "a/../../outside.csv"])
def test_an_archive_that_somebody_tampered_with_is_refused(tmp_path, name):
    folder = tmp_path / log_archive.ARCHIVE
    folder.mkdir()
    with tarfile.open(folder / f"facts-{'a' * 64}.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = 1
        archive.addfile(member, io.BytesIO(b"x"))
    with pytest.raises(ValueError, match="no file of the facts"):
        log_archive.kept_facts("a" * 64, tmp_path)


def test_what_is_kept_twice_is_the_same_bytes(places):
    sha256 = facts_files.fingerprint(places["facts_root"])
    first = log_archive.keep_facts(places["facts_root"], sha256, places["directory"]).read_bytes()
    assert log_archive.keep_facts(places["facts_root"], sha256, places["directory"] / "other").read_bytes() == first


def test_the_command_line_prints_checks_and_restores(places, examination):
    found = examination
    log_acceptance.accept(found, CONTENT, "figures.xlsx", WHO, **places)
    folder = places["directory"]
    printed = command("log", "--log", folder)
    assert printed.returncode == 0
    assert (
        "Айгүл (1)" in printed.stdout
        and "population: 1000 -> 1100" in printed.stdout
        and "the chain holds" in printed.stdout
    )
    options = ("--facts", places["facts_root"], "--parquet", places["parquet"])
    back = command(*options, "restore", found.facts_sha256, "--log", folder)
    assert back.returncode == 0, back.stderr
    assert facts_files.fingerprint(places["facts_root"]) == found.facts_sha256
    path = folder / log.NAME
    path.write_bytes(path.read_bytes().replace("Айгүл".encode(), b"Other", 1))
    broken = command("log", "--verify", "--log", folder)
    assert broken.returncode == 1 and "line 1: was changed" in broken.stderr


def test_a_name_cannot_command_the_terminal():
    who = {"issuer": "https://id.example", "subject": "1", "name": "A\x1b[2J\nB"}
    entry = {"sequence": 1, "when": "2026-01-01", "event": "signed_in", "who": who, "what": {}}
    said = log_commands._sentence(entry)
    assert "A?[2J?B" in said and said.isprintable()
