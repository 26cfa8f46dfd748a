"""Answers what a visitor writes in SQL, each query in a process of its own that can reach nothing and ends in time.

Two walls: the child reads the engine's own tree of the text and lets through one SELECT over known tables by known
functions (`sandbox_rules.py`); and it runs that in a process bound in memory, time, files and threads, with an empty
environment and a private copy of the tables (`sandbox_child.py`). This module starts the children, few at once and
one a visitor, and ends them.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unicodedata import category

from rzh_data.build import PARQUET, current_version
from rzh_data.sandbox_rules import PARAMETERS, Fault

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-E", "-s", "-X", "utf8", "-m", "rzh_data.sandbox_child")

MOST_SECONDS = 10
"""A query is stopped after so many seconds."""

LONGEST_QUERY = 6_000
"""Letters of a query's text."""

LONGEST_VALUE = 200
MOST_ROWS = 10_000
"""Rows of an answer (`sandbox_child.MOST_ROWS`: that module is only for systems that can bind a process)."""

MOST_BYTES = 4_000_000
"""Bytes that are read from a child; its own bound is lower, so only a child that lost its mind says more."""

MOST_AT_ONCE = 2
LONGEST_QUEUE = 20
LONGEST_WAIT_SECONDS = 30
LOOK_EVERY_SECONDS = 0.1
UNSEEN = ("Cc", "Cf", "Co", "Cs")
"""Signs that are not seen, or turn what is written after them: a query that holds one is not what it looks like."""


@dataclass(frozen=True, eq=False)  # thousands of rows are not compared on every run
class Answer:
    """What became of a query.

    Attributes:
        columns: names and types of the engine, in order.
        rows: at most `MOST_ROWS`.
        is_cut: there were more rows, or more bytes, than are given.
        cut_cells: texts that were cut because of their length.
        seconds: from the start of its process to its answer.
        fault: why there is no answer; None where there is one.
        line, column: where in the text the fault stands, from 1; None where it has no one place.
    """

    columns: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    is_cut: bool = False
    cut_cells: int = 0
    seconds: float = 0.0
    fault: Fault | None = None
    line: int | None = None
    column: int | None = None


@dataclass
class Queue:
    """Who runs and who waits. A visitor has one query at a time; the others of everybody wait in the order they came."""

    places: int = MOST_AT_ONCE
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _running: set[str] = field(default_factory=set)
    _waiting: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def place(self, visitor: str, tell: Callable[[int], None]) -> Iterator[str]:
        """Waits for a place. Gives "" with a place, else the code of the fault: `one_at_a_time` or `busy`.

        Args:
            tell: is called from time to time with how many wait before; what it raises ends the waiting.
        """
        with self._changed:
            if visitor in self._running or visitor in self._waiting:
                refusal = "one_at_a_time"
            elif len(self._waiting) >= LONGEST_QUEUE:
                refusal = "busy"
            else:
                refusal = ""
                self._waiting.append(visitor)
        if refusal:
            yield refusal
            return
        try:
            if not self._has_come(visitor, tell):
                yield "busy"
                return
            yield ""
        finally:
            with self._changed:
                self._running.discard(visitor)
                if visitor in self._waiting:
                    self._waiting.remove(visitor)
                self._changed.notify_all()

    def _has_come(self, visitor: str, tell: Callable[[int], None]) -> bool:
        until = time.monotonic() + LONGEST_WAIT_SECONDS
        while time.monotonic() < until:
            with self._changed:
                before = self._waiting.index(visitor)
                if before == 0 and len(self._running) < self.places:
                    self._waiting.remove(visitor)
                    self._running.add(visitor)
                    self._changed.notify_all()
                    return True
                self._changed.wait(LOOK_EVERY_SECONDS)
            tell(before + 1)
        return False


queue = Queue()
"""One for the whole process."""


def is_available() -> bool:
    """Whether this system can bind a process; where it cannot, free queries are not offered."""
    try:
        import resource  # noqa: F401 - there is none on Windows
    except ImportError:
        return False
    return True


def run(
    sql: str,
    parameters: Mapping[str, str | int | float] | None = None,
    *,
    visitor: str = "",
    tell: Callable[[int], None] = lambda _: None,
    parquet: Path = PARQUET,
) -> Answer:
    """The answer to a visitor's query.

    Args:
        sql: the text as it was written.
        parameters: values of `$indicator`, `$period`, `$region`, `$number`, `$text`.
        visitor: who asks; one visitor runs one query at a time.
        tell: is called while the query waits (with how many are before it) and while it runs (with 0); an exception that
            it raises stops the query and passes on.
        parquet: folder of the extracts.

    Raises:
        FileNotFoundError: nothing was ever built.
    """
    known = {name: value for name, value in (parameters or {}).items() if name in PARAMETERS}
    fault = _fault_at_sight(sql, known)
    if fault:
        return Answer(fault=fault)
    version = current_version(parquet)
    if version is None:
        raise FileNotFoundError(f"{parquet.name}/ names no version in use; run: python -m rzh_data build")
    request = {"sql": sql, "parameters": known, "directory": str((parquet / version).resolve())}
    with queue.place(visitor or str(threading.get_ident()), tell) as refusal:
        if refusal:
            return Answer(fault=Fault(refusal))
        started = time.monotonic()
        told = _ask_child(json.dumps(request, ensure_ascii=False).encode(), tell)
        seconds = time.monotonic() - started
    return _read(told, sql, seconds)


def _fault_at_sight(sql: str, parameters: Mapping[str, Any]) -> Fault | None:
    if not sql.strip():
        return Fault("empty")
    if len(sql) > LONGEST_QUERY:
        return Fault("too_long")
    written = sql + "".join(str(value) for value in parameters.values())
    unseen = next((sign for sign in written if category(sign) in UNSEEN and sign not in "\n\r\t"), None)
    if unseen:
        return Fault("sign", f"U+{ord(unseen):04X}")
    if not is_available():
        return Fault("unavailable")
    long = [name for name, value in parameters.items() if len(str(value)) > LONGEST_VALUE]
    return Fault("parameter_long", long[0]) if long else None


def _ask_child(request: bytes, tell: Callable[[int], None]) -> bytes | str:
    """What the child says, or the code of the fault that ended it."""
    child = subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={},
        start_new_session=True,
    )
    try:
        return _conversation(child, request, tell)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        child.wait()


def _conversation(child: subprocess.Popen[bytes], request: bytes, tell: Callable[[int], None]) -> bytes | str:
    assert child.stdin and child.stdout
    until = time.monotonic() + MOST_SECONDS
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(request)  # a pipe takes so much at once: the text and its values are bounded
        child.stdin.close()
    said = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while (left := until - time.monotonic()) > 0:
            if selector.select(min(LOOK_EVERY_SECONDS, left)):
                part = os.read(child.stdout.fileno(), 1 << 16)
                said += part
                if not part:
                    return _last_words(child, bytes(said), until - time.monotonic())
                if len(said) > MOST_BYTES:
                    return "engine"
            else:
                tell(0)
    return "time"


def _last_words(child: subprocess.Popen[bytes], said: bytes, left: float) -> bytes | str:
    """What a child said that has closed its mouth, or the code of what ended it; it may still live."""
    try:
        status = child.wait(max(left, 0.1))
    except subprocess.TimeoutExpired:
        return "time"
    if status == 0:
        return said
    return "time" if -status in (signal.SIGXCPU, signal.SIGKILL) else "memory"


def _read(told: bytes | str, sql: str, seconds: float) -> Answer:
    if isinstance(told, str):
        return Answer(fault=Fault(told), seconds=seconds)
    try:
        answer = json.loads(told)
        if answer.get("fault"):
            fault = Fault(**answer["fault"])
            line, column = _place(sql, fault.offset)
            return Answer(fault=fault, line=line, column=column, seconds=seconds)
        return Answer(
            tuple((str(column["name"]), str(column["type"])) for column in answer["columns"]),
            tuple(tuple(row) for row in answer["rows"]),
            bool(answer["is_cut"]),
            int(answer["cut_cells"]),
            seconds,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Answer(fault=Fault("engine"), seconds=seconds)


def _place(sql: str, offset: int | None) -> tuple[int | None, int | None]:
    """Line and column, from 1, of a byte of the text."""
    if offset is None:
        return None, None
    before = sql.encode()[:offset].decode(errors="ignore")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
