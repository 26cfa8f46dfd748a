"""The log is only ever appended to, and tells when somebody did otherwise."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from testland import ROOT

from rzh_data import log

WHO = {"issuer": "https://id.example", "subject": "1", "name": "Айгүл"}

APPEND_MANY = """
import sys
from pathlib import Path
from rzh_data import log
for number in range(20):
    log.append("previewed", {"name": sys.argv[2]}, {"number": number}, directory=Path(sys.argv[1]))
"""


@pytest.fixture
def folder(tmp_path):
    for number, event in enumerate(("signed_in", "previewed", "accepting", "accepted")):
        log.append(event, WHO, {"number": number, "sentence": "Өңір — регион"}, directory=tmp_path)
    return tmp_path


def lines(folder):
    return (folder / log.NAME).read_bytes().splitlines(keepends=True)


def write(folder, found):
    (folder / log.NAME).write_bytes(b"".join(found))


def test_a_log_tells_who_did_what_and_when_in_order(folder):
    found = list(log.entries(folder))
    assert [entry["event"] for entry in found] == ["signed_in", "previewed", "accepting", "accepted"]
    assert [entry["sequence"] for entry in found] == [1, 2, 3, 4]
    assert found[1]["who"] == WHO and found[1]["what"] == {"number": 1, "sentence": "Өңір — регион"}
    assert all(entry["when"].endswith("+00:00") for entry in found)
    assert log.verify(folder) == log.Verified(4, found[-1]["hash"])


def test_an_empty_log_holds(tmp_path):
    assert log.verify(tmp_path) == log.Verified(0, log.BEFORE_ALL)


def test_a_line_that_exists_is_never_touched(folder):
    before = (folder / log.NAME).read_bytes()
    log.append("refused", WHO, {}, directory=folder)
    assert (folder / log.NAME).read_bytes().startswith(before)


def test_only_the_server_s_own_account_reads_it(folder):
    assert (folder / log.NAME).stat().st_mode & 0o077 == 0


def test_a_changed_value_is_found(folder):
    found = lines(folder)
    write(folder, [found[0], found[1].replace("регион".encode(), "район".encode()), *found[2:]])
    with pytest.raises(log.LogError, match="line 2: was changed"):
        log.verify(folder)


def test_a_changed_value_with_a_new_hash_is_found(folder):
    found = lines(folder)
    entry = json.loads(found[1])
    entry["who"]["name"] = "Somebody else"
    entry["hash"] = log._hash(entry)
    write(folder, [found[0], (log._line(entry) + "\n").encode(), *found[2:]])
    with pytest.raises(log.LogError, match="line 3: does not follow"):
        log.verify(folder)


@pytest.mark.parametrize(
    "damage",
    [
        lambda found: [*found[:1], *found[2:]],  # dropped
        lambda found: [found[0], found[2], found[1], found[3]],  # moved
        lambda found: [*found[:2], *found[1:]],  # written twice
        lambda found: found[1:],  # the beginning cut off
    ],
)
def test_a_line_dropped_moved_or_repeated_is_found(folder, damage):
    write(folder, damage(lines(folder)))
    with pytest.raises(log.LogError, match="does not follow"):
        log.verify(folder)


def test_an_end_cut_off_is_found_by_a_hash_noted_before(folder):
    noted = log.verify(folder).head
    write(folder, lines(folder)[:-1])
    log.verify(folder)
    with pytest.raises(log.LogError, match="cut off"):
        log.verify(folder, contains=noted)
    log.append("signed_in", WHO, {}, directory=folder)
    with pytest.raises(log.LogError, match="cut off"):
        log.verify(folder, contains=noted)


def test_nothing_is_appended_to_a_torn_end(folder):
    found = lines(folder)
    write(folder, [*found[:-1], found[-1][:-20]])
    before = (folder / log.NAME).read_bytes()
    with pytest.raises(log.LogError, match="not whole"):
        log.append("accepted", WHO, {}, directory=folder)
    assert (folder / log.NAME).read_bytes() == before


def test_a_line_that_does_not_fit_on_the_disk_leaves_no_half(folder, monkeypatch):
    before = (folder / log.NAME).read_bytes()
    whole = os.write
    monkeypatch.setattr(log.os, "write", lambda handle, line: whole(handle, line[: len(line) // 2]))
    with pytest.raises(log.LogError, match="no space"):
        log.append("accepted", WHO, {}, directory=folder)
    monkeypatch.undo()
    assert (folder / log.NAME).read_bytes() == before
    log.append("accepted", WHO, {}, directory=folder)
    assert log.verify(folder).entries == 5


def test_a_long_entry_is_continued_rightly(folder):
    log.append("accepted", WHO, {"changes": ["Түркістан облысы"] * 20_000}, directory=folder)
    log.append("signed_in", WHO, {}, directory=folder)
    assert log.verify(folder).entries == 6


def test_two_processes_that_append_at_once_keep_one_chain(tmp_path):
    running = [
        subprocess.Popen([sys.executable, "-c", APPEND_MANY, str(tmp_path), name], cwd=ROOT) for name in ("one", "two")
    ]
    assert [process.wait(60) for process in running] == [0, 0]
    found = list(log.entries(tmp_path))
    assert sorted((entry["who"]["name"], entry["what"]["number"]) for entry in found) == sorted(
        (name, number) for name in ("one", "two") for number in range(20)
    )


def test_an_unknown_event_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no event"):
        log.append("deleted", WHO, {}, directory=tmp_path)


def test_the_environment_names_the_folder(tmp_path, monkeypatch):
    monkeypatch.delenv(log.VARIABLE, raising=False)
    assert log.folder() == log.FOLDER
    monkeypatch.setenv(log.VARIABLE, str(tmp_path / "elsewhere"))
    assert log.folder() == tmp_path / "elsewhere"
