"""The log of what editors do: one JSON object a line, each with the hash of the line before. Only ever appended to.

Whoever changes, drops or inserts a line breaks the chain, which `verify` finds. Lines cut off at the end leave a shorter
chain that holds; so every hash also goes to the server's own log (`rzh_data.log`), and `verify` looks for one noted before.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rzh_data.facts import ROOT

try:
    import fcntl
except ImportError:  # as in rzh_data.build
    fcntl = None  # type: ignore[assignment]

FOLDER = ROOT / "data" / "log"
VARIABLE = "RZH_LOG"
"""Environment variable that names another folder."""

NAME = "editing.jsonl"
BEFORE_ALL = "0" * 64
"""What the first line has as the hash of the line before."""

EVENTS = ("signed_in", "refused", "previewed", "accepting", "accepted", "not_accepted", "restoring", "restored")
KEYS = {"sequence", "when", "event", "who", "what", "previous", "hash"}


class LogError(Exception):
    """The log cannot be written, or its chain does not hold; the text says where."""


@dataclass(frozen=True)
class Verified:
    """A log whose chain holds.

    Attributes:
        entries: how many lines it has.
        head: hash of the last line; `BEFORE_ALL` where there is none.
    """

    entries: int
    head: str


def folder() -> Path:
    """Where the log and what it keeps lie."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else FOLDER


def append(
    event: str, who: Mapping[str, str], what: Mapping[str, Any], *, directory: Path | None = None
) -> dict[str, Any]:
    """Writes one line and waits until it is on disk.

    Args:
        event: one of EVENTS.
        who: issuer, subject and name of the person; or the account on this machine.
        what: all that is to be told of it, as JSON can hold it.
        directory: folder of the log; `folder()` if not given.
    Returns:
        The entry as written.
    Raises:
        ValueError: there is no such event.
        LogError: the line could not be written whole, or the last line of the log is not whole. Nothing was added.
    """
    if event not in EVENTS:
        raise ValueError(f'"{event}" is no event of the log; there are: {", ".join(EVENTS)}')
    directory = directory or folder()
    path = directory / NAME
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        is_new = not path.exists()
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            with _alone(handle):
                entry = _next(handle, event, who, what)
                _write(handle, (_line(entry) + "\n").encode())
                if is_new:
                    _sync_folder(directory)
        finally:
            os.close(handle)
    except OSError as error:
        raise LogError(f"{path.name}: cannot be written ({error.strerror})") from error
    logging.getLogger(__name__).info("entry %d %s %s", entry["sequence"], event, entry["hash"])
    return entry


def _next(handle: int, event: str, who: Mapping[str, str], what: Mapping[str, Any]) -> dict[str, Any]:
    last = _last_line(handle)
    before: dict[str, Any] = {"sequence": 0, "hash": BEFORE_ALL}
    if last:
        before = _entry(last, f"{NAME}, last line")
    entry = {
        "sequence": before["sequence"] + 1,
        "when": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "event": event,
        "who": dict(who),
        "what": dict(what),
        "previous": before["hash"],
    }
    return {**entry, "hash": _hash(entry)}


def _last_line(handle: int) -> bytes:
    """The last line with its end; read from behind, since a log grows for years."""
    size = os.fstat(handle).st_size
    tail, start = b"", size
    while start > 0 and tail[:-1].rfind(b"\n") < 0:
        step = min(65536, start)
        start -= step
        tail = os.pread(handle, step, start) + tail
    return tail[tail[:-1].rfind(b"\n") + 1 :]


def _write(handle: int, line: bytes) -> None:
    size = os.fstat(handle).st_size
    try:
        if os.write(handle, line) != len(line):
            raise OSError(28, "no space for the whole line")
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, size)  # a line that nobody was told of; its half would end the log for good
        raise


def _line(entry: Mapping[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash(entry: Mapping[str, Any]) -> str:
    return hashlib.sha256(_line({key: entry[key] for key in entry if key != "hash"}).encode()).hexdigest()


def _entry(line: bytes, place: str) -> dict[str, Any]:
    """The entry of a line that is whole and has the hash it says."""
    if not line.endswith(b"\n"):
        raise LogError(f"{place}: the line is not whole; move the file away, keep it, and a new log begins")
    try:
        entry = json.loads(line)
    except ValueError:
        raise LogError(f"{place}: is no JSON") from None
    if not isinstance(entry, dict) or set(entry) != KEYS:
        raise LogError(f"{place}: is no entry of this log")
    if entry["hash"] != _hash(entry) or line != (_line(entry) + "\n").encode():
        raise LogError(f"{place}: was changed after it was written")
    return entry


def entries(directory: Path | None = None) -> Iterator[dict[str, Any]]:
    """All entries, oldest first, the chain checked on the way.

    Raises:
        LogError: at the first line that does not hold; the text names it.
    """
    path = (directory or folder()) / NAME
    before, sequence = BEFORE_ALL, 0
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            place = f"{NAME}, line {number}"
            entry = _entry(line, place)
            if entry["previous"] != before or entry["sequence"] != sequence + 1:
                raise LogError(f"{place}: does not follow the line before; a line was dropped, added or moved")
            before, sequence = entry["hash"], entry["sequence"]
            yield entry


def verify(directory: Path | None = None, *, contains: str | None = None) -> Verified:
    """Checks every line of the log.

    Args:
        contains: hash that was noted before; a log that lacks it was cut off or begun anew.
    Raises:
        LogError: the chain does not hold, or lacks `contains`.
    """
    head, count, is_found = BEFORE_ALL, 0, contains is None
    for entry in entries(directory):
        head, count = entry["hash"], entry["sequence"]
        is_found = is_found or head == contains
    if not is_found:
        raise LogError(f"{NAME}: has no entry with the hash {contains}; it was cut off or begun anew since")
    return Verified(count, head)


@contextmanager
def _alone(handle: int) -> Iterator[None]:
    """Of two servers that append at once the second waits, and then continues the chain of the first."""
    if fcntl is not None:
        fcntl.flock(handle, fcntl.LOCK_EX)  # let go of when the file is closed, however the process ends
    yield


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
