"""The way to the process that draws charts: one at a time, within a time, started anew when it has ended."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parents[2] / "fonts"
CHILD = Path(__file__).with_name("painter_child.py")

LONGEST_SECONDS = 60.0
"""A drawing that takes longer is given up; the first one of a process takes about a second."""

LONGEST_QUEUE_SECONDS = 30.0
"""A visitor who waits longer for those before him is told so instead."""


class PictureError(RuntimeError):
    """A picture could not be made; the message says why."""


class Painter:
    """One process that draws, shared by all visitors."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def chart(self, specification: dict[str, Any]) -> str:
        """A Vega-Lite specification as SVG. Raises PictureError."""
        return self._ask(specification).decode()

    def wake(self) -> None:
        """Starts the process where it does not run and nobody waits for it; comes back at once.

        What is slow at the start, it does by itself before it is asked.
        """
        if self._turn.acquire(blocking=False):
            try:
                self._started()
            finally:
                self._turn.release()

    def close(self) -> None:
        """Ends the process; the next picture starts another."""
        with self._turn:
            self._end()

    def _ask(self, specification: dict[str, Any]) -> bytes:
        if not self._turn.acquire(timeout=LONGEST_QUEUE_SECONDS):
            raise PictureError("too many pictures are being made; try again in a minute")
        try:
            line = json.dumps(specification, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            for _ in range(2):
                # a process that nobody asked for long ends by itself, perhaps this very moment: a fresh one is asked again
                answer = self._answer(line)
                if answer is not None:
                    return answer
            raise PictureError("the drawing process ended without an answer")
        finally:
            self._turn.release()

    def _answer(self, line: bytes) -> bytes | None:
        """What the process answers; None where it ended without a word."""
        process = self._started()
        assert process.stdin is not None and process.stdout is not None
        limit = threading.Timer(LONGEST_SECONDS, process.kill)
        limit.start()
        try:
            process.stdin.write(line)
            process.stdin.flush()
            said, _, length = process.stdout.readline().partition(b" ")
            answer = process.stdout.read(int(length)) if length else b""
            is_whole = bool(length) and len(answer) == int(length)
        except OSError:
            said, answer, is_whole = b"", b"", False
        finally:
            limit.cancel()
        if not is_whole:
            self._end()
            return None
        if said != b"ok":
            raise PictureError(answer.decode(errors="replace"))
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(CHILD), str(FONTS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was not read any more by a process that is gone
                    pipe.close()


painter = Painter()
"""The one of this server."""
