"""Changes the files of the facts: cell by cell in memory, then all of them at once on disk.

The folder of the facts is never written into. A whole new folder is made beside it and the two change places in one
step of the file system; whoever is killed on the way leaves the old folder, whoever reads sees one of the two.
"""

from __future__ import annotations

import contextlib
import csv
import ctypes
import errno
import hashlib
import io
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from rzh_data.facts import source_files
from rzh_data.schema import TABLES, Table

try:
    import fcntl
except ImportError:  # as in rzh_data.build
    fcntl = None  # type: ignore[assignment]

WORKING = ".facts-"
"""Beginning of the names of folders that an import works in, beside the facts."""

NEWCOMERS = "imported.csv"
"""Where figures of an indicator go that no file has yet."""

AT_WORKING_DIRECTORY, EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of the Linux kernel."""


class ChangedMeanwhile(Exception):
    """The facts are not those that were examined."""


def paths(directory: Path) -> list[Path]:
    """Every file that the facts in `directory` are read from."""
    return [path for table in TABLES for path in source_files(directory, table) if path.is_file()]


def fingerprint(directory: Path) -> str:
    """A hash of every file that the facts are read from."""
    digest = hashlib.sha256()
    for table in TABLES:
        for path in source_files(directory, table):
            content = path.read_bytes() if path.is_file() else b""
            digest.update(f"{path.relative_to(directory).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


class Folder:
    """The text of every table of a folder of facts, to be changed in memory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._files: dict[str, dict[str, list[dict[str, str]]]] = {}
        self._keys: dict[str, dict[tuple[str, ...], dict[str, str]]] = {}

    def rows(self, table: str) -> list[dict[str, str]]:
        """All rows of a table as text."""
        return [row for rows in self._load(table).values() for row in rows]

    def find(self, table: Table, key: tuple[str, ...]) -> dict[str, str] | None:
        """The row with this key, to be read or changed; None where there is none."""
        self._load(table.name)
        return self._keys[table.name].get(key)

    def add(self, table: Table, cells: Mapping[str, str]) -> None:
        """Puts a row at the end of the file it belongs in."""
        files = self._load(table.name)
        row = {column.name: cells[column.name] for column in table.columns}
        files.setdefault(self._home(table, row), []).append(row)
        self._keys[table.name][tuple(row[name] for name in table.key)] = row

    def changed_files(self) -> dict[str, bytes]:
        """New content of every file that is no longer as it is on disk, by its path in the folder."""
        changed = {}
        for table in TABLES:
            for name, rows in self._files.get(table.name, {}).items():
                content = _csv(table, rows)
                path = self._directory / name
                if not path.is_file() or path.read_bytes() != content:
                    changed[name] = content
        return changed

    def _load(self, name: str) -> dict[str, list[dict[str, str]]]:
        if name not in self._files:
            (table,) = (table for table in TABLES if table.name == name)
            self._files[name], self._keys[name] = {}, {}
            for path in source_files(self._directory, table):
                with path.open(encoding="utf-8-sig", newline="") as file:
                    rows = list(csv.DictReader(file))
                self._files[name][path.relative_to(self._directory).as_posix()] = rows
                for row in rows:
                    self._keys[name][tuple(row[column].strip() for column in table.key)] = row
        return self._files[name]

    def _home(self, table: Table, row: Mapping[str, str]) -> str:
        """The file for a new row: the one of its table; in a folder, the one with most figures of its indicator."""
        # the name of a file is never made of what a workbook says
        if not table.is_folder:
            return f"{table.name}.csv"
        first = table.columns[0].name
        counts = Counter(
            {name: sum(other[first] == row[first] for other in rows) for name, rows in self._files[table.name].items()}
        )
        best = max(sorted(counts), key=lambda name: counts[name], default="")
        return best if counts[best] else f"{table.name}/{NEWCOMERS}"


def _csv(table: Table, rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [column.name for column in table.columns], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def write(directory: Path, files: Mapping[str, bytes | None]) -> None:
    """Writes the files and waits until they are on disk; None takes a file away."""
    for name, content in files.items():
        path = directory / name
        if content is None:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def swap_in(directory: Path, files: Mapping[str, bytes | None], expected: str) -> None:
    """Puts the facts with `files` changed in the place of the facts, in one step.

    Args:
        files: new content by path in the folder; None for a file that is to go.
        expected: `fingerprint` of the facts that the change was made for.
    Raises:
        ChangedMeanwhile: the facts have another fingerprint by now.
        OSError: the folder cannot be written, or its file system cannot exchange two folders.
    """
    directory = directory.resolve()
    with _one_writer(directory.parent):
        for leftover in directory.parent.glob(f"{WORKING}*"):
            if leftover.is_dir():
                shutil.rmtree(leftover, ignore_errors=True)
        if fingerprint(directory) != expected:
            raise ChangedMeanwhile
        working = Path(tempfile.mkdtemp(prefix=WORKING, dir=directory.parent))
        try:
            new = working / directory.name
            shutil.copytree(directory, new)
            write(new, files)
            _exchange(new, directory)
            _sync_folder(directory.parent)
        finally:
            shutil.rmtree(working, ignore_errors=True)


def _exchange(one: Path, other: Path) -> None:
    """Lets two folders change names in one step of the file system."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        raise OSError(errno.ENOSYS, "this system cannot exchange two folders in one step") from None
    if rename(AT_WORKING_DIRECTORY, os.fsencode(one), AT_WORKING_DIRECTORY, os.fsencode(other), EXCHANGE) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(other))


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _one_writer(parent: Path) -> Iterator[None]:
    """Of two imports at once the second waits, and then finds the facts changed."""
    if fcntl is None:
        yield
        return
    with (parent / f"{WORKING}lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
