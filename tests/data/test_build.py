"""A build ends with one whole version in use: the new one, or, where it could not be made, the one before."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from testland import ROOT, change, command, everything_in, file_of, write_facts

from rzh_data import build
from rzh_data.__main__ import main
from rzh_data.facts import FactsError
from rzh_data.schema import TABLES
from rzh_data.store import Store

NOBODY = 65534
PATIENCE_SECONDS = 30

DRIVER = """
import sys, time
from pathlib import Path
from rzh_data import build

facts, parquet, moment, signals = sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4])
written = []

def pause():
    (signals / "reached").touch()
    while not (signals / "go").exists():
        time.sleep(0.005)

def write_table(*arguments, original=build.pq.write_table, **options):
    original(*arguments, **options)
    written.append(arguments[1])
    if moment == "three tables are written" and len(written) == 3:
        pause()

def point_to(*arguments, original=build._point_to):
    if moment == "the name is about to be swapped":
        pause()
    original(*arguments)
    if moment == "the name has just been swapped":
        pause()

def flock(*arguments, original=build.fcntl and build.fcntl.flock):
    if moment == "the lock is asked for":
        (signals / "reached").touch()
    original(*arguments)

build.pq.write_table, build._point_to = write_table, point_to
if build.fcntl:
    build.fcntl.flock = flock
print(build.build(Path(facts), Path(parquet)), len(written))
"""
"""Builds like the command, and stops at a moment until the file `go` appears; then tells what it wrote."""


class Driven:
    """A build in a process of its own, stopped at a moment that the test names."""

    def __init__(self, facts: Path, parquet: Path, moment: str, signals: Path) -> None:
        signals.mkdir()
        self._signals = signals
        arguments = [sys.executable, "-c", DRIVER, facts, parquet, moment, signals]
        self.process = subprocess.Popen(
            list(map(str, arguments)), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Driven:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (self._signals / "reached").exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                raise AssertionError(f"the build never came to that moment: {self.process.communicate()}")
            time.sleep(0.005)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def go_on(self) -> None:
        (self._signals / "go").touch()

    def finish(self) -> str:
        self.go_on()
        output, errors = self.process.communicate(timeout=PATIENCE_SECONDS)
        assert self.process.returncode == 0, errors
        return output.strip()


def leftovers(parquet):
    return [path.name for path in parquet.iterdir() if path.name.startswith((".building-", ".current-"))]


def versions(parquet):
    return {path.name for path in parquet.iterdir() if path.is_dir() and not path.name.startswith(".")}


def assert_whole(parquet, version):
    """Every table that the manifest names is there with the bytes it had when it was written, and nothing else is."""
    folder = parquet / version
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["version"] == version
    assert {path.stem for path in folder.glob("*.parquet")} == set(manifest["tables"])
    for name, table in manifest["tables"].items():
        path = folder / f"{name}.parquet"
        assert hashlib.sha256(path.read_bytes()).hexdigest() == table["sha256"]
        assert pq.read_metadata(path).num_rows == table["rows"]


def rise(facts, population):
    """Other facts: the population of testland, which is printed nowhere and so contradicts nothing."""
    path = facts / "population.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = f"testland,2017,2017-01-01,{population},Test source"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_first_build_makes_a_whole_version_and_says_which(small_facts, parquet):
    result = command("--facts", small_facts, "--parquet", parquet, "build")
    version = build.current_version(parquet)
    assert (result.returncode, result.stdout, result.stderr) == (0, f"Extracts in use: {version}\n", "")
    assert versions(parquet) == {version}
    assert_whole(parquet, version)
    manifest = json.loads((parquet / version / "manifest.json").read_text(encoding="utf-8"))
    assert {table.name for table in TABLES} | {"references", "region_values"} <= set(manifest["tables"])


def test_other_users_may_read_the_extracts(in_use):
    version = in_use / build.current_version(in_use)
    assert version.stat().st_mode & 0o055 == 0o055
    assert (in_use / "current").stat().st_mode & 0o044 == 0o044


def test_a_build_without_changes_touches_nothing(small_facts, in_use):
    before = everything_in(in_use)
    assert build.build(small_facts, in_use) == build.current_version(in_use)
    assert everything_in(in_use) == before


def test_the_same_facts_give_the_same_version_with_the_same_content(tmp_path, in_use):
    elsewhere = tmp_path / "elsewhere"
    version = build.build(write_facts(tmp_path / "facts"), elsewhere)
    assert version == build.current_version(in_use)
    names = {path.name for path in (in_use / version).iterdir()}
    assert names == {path.name for path in (elsewhere / version).iterdir()}
    for name in sorted(names - {"manifest.json"}):
        one, other = pq.read_table(in_use / version / name), pq.read_table(elsewhere / version / name)
        assert one.equals(other), name
        assert one.schema.equals(other.schema, check_metadata=True), name


def test_changed_facts_give_another_version_and_the_old_one_stays_readable(small_facts, in_use):
    old = build.current_version(in_use)
    before = everything_in(in_use / old)
    rise(small_facts, 2000)
    new = build.build(small_facts, in_use)
    assert new != old
    assert build.current_version(in_use) == new
    assert everything_in(in_use / old) == before
    population = [pq.read_table(in_use / version / "population.parquet")["population"][0] for version in (old, new)]
    assert [value.as_py() for value in population] == [1000, 2000]
    assert Store(in_use / old).version == old


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_file_of_the_facts_is_part_of_the_version(small_facts, table):
    before = build.facts_version(small_facts)
    path = file_of(small_facts, table)
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert build.facts_version(small_facts) != before


def test_a_fact_that_moves_to_another_file_gives_another_version(small_facts):
    """The hash holds the names of the files too: two files with their contents swapped are not the same facts."""
    before = build.facts_version(small_facts)
    path = small_facts / "observations" / "test.csv"
    path.rename(path.with_name("moved.csv"))
    assert build.facts_version(small_facts) != before


def test_facts_put_back_as_they_were_bring_back_their_version(small_facts, in_use):
    old = build.current_version(in_use)
    rise(small_facts, 2000)
    build.build(small_facts, in_use)
    rise(small_facts, 1000)
    assert build.build(small_facts, in_use) == old == build.current_version(in_use)
    assert_whole(in_use, old)


def test_only_the_newest_versions_stay_on_disk(small_facts, parquet):
    built = []
    for population in range(1, build.VERSIONS_KEPT + 3):
        rise(small_facts, population)
        built.append(build.build(small_facts, parquet))
    assert len(set(built)) == len(built)
    assert versions(parquet) == set(built[-build.VERSIONS_KEPT :])
    assert build.current_version(parquet) == built[-1]


@pytest.mark.parametrize("missing", ["manifest.json", ""], ids=["without its manifest", "gone"])
def test_a_version_in_use_that_is_not_whole_is_built_again(small_facts, in_use, missing):
    version = build.current_version(in_use)
    for path in (in_use / version).glob(missing or "*"):
        path.unlink()
    if not missing:
        (in_use / version).rmdir()
    assert build.build(small_facts, in_use) == version
    assert_whole(in_use, version)


@pytest.mark.parametrize("moment", ["three tables are written", "the name is about to be swapped"])
def test_a_build_killed_halfway_leaves_the_old_version_and_the_next_one_cleans_up(
    small_facts, in_use, tmp_path, moment
):
    old = build.current_version(in_use)
    before = everything_in(in_use / old)
    rise(small_facts, 2000)
    with Driven(small_facts, in_use, moment, tmp_path / "signals") as driven:
        if moment == "three tables are written":
            (working,) = in_use.glob(".building-*")
            assert len(list(working.iterdir())) == 3
        driven.process.kill()
        assert driven.process.wait() == -9
    assert build.current_version(in_use) == old
    assert everything_in(in_use / old) == before
    assert moment != "three tables are written" or leftovers(in_use)
    new = build.build(small_facts, in_use)
    assert build.current_version(in_use) == new != old
    assert_whole(in_use, new)
    assert leftovers(in_use) == []


def test_a_build_killed_after_the_swap_leaves_the_new_version_whole(small_facts, in_use, tmp_path):
    """The name comes last: whatever `current` names is there already, with all its tables."""
    old = build.current_version(in_use)
    rise(small_facts, 2000)
    with Driven(small_facts, in_use, "the name has just been swapped", tmp_path / "signals") as driven:
        driven.process.kill()
        driven.process.wait()
    assert build.current_version(in_use) != old
    assert_whole(in_use, build.current_version(in_use))
    assert_whole(in_use, old)


@pytest.mark.skipif(build.fcntl is None, reason="this system has no file locks; it runs one server")
def test_of_two_builds_at_once_the_second_waits_and_both_leave_whole_versions(tmp_path, parquet):
    facts, other_facts = write_facts(tmp_path / "facts"), write_facts(tmp_path / "other")
    rise(other_facts, 2000)
    with (
        Driven(facts, parquet, "three tables are written", tmp_path / "first") as first,
        Driven(other_facts, parquet, "the lock is asked for", tmp_path / "second") as second,
    ):
        with pytest.raises(subprocess.TimeoutExpired):
            second.process.wait(timeout=0.4)
        old = first.finish().split()[0]
        new = second.finish().split()[0]
    assert build.current_version(parquet) == new != old
    assert versions(parquet) == {old, new}
    assert_whole(parquet, old)
    assert_whole(parquet, new)
    assert leftovers(parquet) == []


@pytest.mark.skipif(build.fcntl is None, reason="this system has no file locks; it runs one server")
def test_a_build_that_waited_for_the_same_version_writes_nothing(small_facts, parquet, tmp_path):
    """Written again, the version would be gone for a moment while pages already read it."""
    with (
        Driven(small_facts, parquet, "three tables are written", tmp_path / "first") as first,
        Driven(small_facts, parquet, "the lock is asked for", tmp_path / "second") as second,
    ):
        version, tables = first.finish().split()
        assert int(tables) > 3
        assert second.finish() == f"{version} 0"
    assert versions(parquet) == {version} == {build.current_version(parquet)}
    assert_whole(parquet, version)


@pytest.mark.parametrize("place", ["is a file", "lies in a file"])
def test_a_path_that_cannot_be_a_folder_is_told_in_one_sentence(small_facts, tmp_path, place):
    file = tmp_path / "taken"
    file.write_text("not a folder", encoding="utf-8")
    result = command("--facts", small_facts, "--parquet", file if place == "is a file" else file / "parquet", "build")
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert "cannot be written" in result.stderr and "a folder with write permission is expected" in result.stderr
    assert file.read_text(encoding="utf-8") == "not a folder"


@contextlib.contextmanager
def without_root():
    """Permissions do not bind root, so root steps down to nobody for a while; anybody else stays who they are."""
    if os.geteuid() != 0:
        yield
        return
    try:
        os.seteuid(NOBODY)
    except OSError:
        pytest.skip("root may not step down to another user here")
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="this system has other permissions")
@pytest.mark.parametrize("locked_before", [False, True], ids=["never built", "built before"])
def test_a_folder_without_write_permission_is_told_in_one_sentence(capsys, locked_before):
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to other users
        outer = Path(name)
        outer.chmod(0o755)
        facts, parquet = write_facts(outer / "facts"), outer / "parquet"
        parquet.mkdir()
        if locked_before:
            build.build(facts, parquet)
            rise(facts, 2000)
        build.build(facts, outer / "elsewhere")  # what Python loads late may lie where nobody may read
        lock = parquet / ".lock"
        if lock.exists():
            lock.chmod(0o666)  # so that the build gets as far as its new folder
        before = {name: file for name, file in everything_in(parquet).items() if name != lock.name}
        parquet.chmod(0o555)
        try:
            with without_root():
                status = main(["--facts", str(facts), "--parquet", str(parquet), "build"])
        finally:
            parquet.chmod(0o755)
        told = capsys.readouterr().err
        assert status == 1
        assert len(told.splitlines()) == 1, told
        assert told.startswith("parquet/.") and "cannot be written (Permission denied)" in told
        assert {name: file for name, file in everything_in(parquet).items() if name != lock.name} == before


def refuse_folders(monkeypatch):
    def refuse(prefix, dir):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(Path(dir) / f"{prefix}x"))

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    return "parquet/.building-x: cannot be written (Permission denied)"


def fill_the_disk(monkeypatch):
    room = iter(range(3))

    def write(table, path, original=pq.write_table, **options):
        if next(room, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        original(table, path, **options)

    monkeypatch.setattr(build.pq, "write_table", write)
    return "parquet: cannot be written (No space left on device)"


def refuse_the_name(monkeypatch):
    def refuse(self, target):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    return "cannot be written (Operation not permitted)"


@pytest.mark.parametrize("trouble", [refuse_folders, fill_the_disk, refuse_the_name])
def test_a_disk_that_refuses_halfway_leaves_the_old_version_and_no_rubbish(small_facts, in_use, monkeypatch, trouble):
    old = build.current_version(in_use)
    before = everything_in(in_use / old)
    rise(small_facts, 2000)
    with monkeypatch.context() as patch:
        sentence = trouble(patch)
        with pytest.raises(FactsError) as caught:
            build.build(small_facts, in_use)
    assert sentence in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    assert build.current_version(in_use) == old
    assert everything_in(in_use / old) == before
    assert not list(in_use.glob(".building-*"))
    new = build.build(small_facts, in_use)
    assert_whole(in_use, new)
    assert leftovers(in_use) == []


def test_facts_that_break_a_rule_are_not_built(small_facts, in_use):
    before = everything_in(in_use)
    change(small_facts / "observations" / "test.csv", ",70,=,A,true", ",70,=,A,false")
    with pytest.raises(FactsError, match="row 3, column value: has 0 preferred variants; exactly one is expected"):
        build.build(small_facts, in_use)
    assert everything_in(in_use) == before
