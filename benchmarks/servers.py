"""Starts the dashboard and the bare page as a visitor would find them, and reads what a server process uses."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BARE_PAGE = Path(__file__).with_name("bare") / "app.py"
CONFIG = ROOT / ".streamlit" / "config.toml"
LONGEST_START_SECONDS = 60


@dataclass(frozen=True)
class Kind:
    """What is served.

    Attributes:
        name: as the tables name it.
        script: what `streamlit run` is given.
        has_settings: whether the dashboard's config.toml holds.
    """

    name: str
    script: Path
    has_settings: bool

    @property
    def is_dashboard(self) -> bool:
        """Whether it is the dashboard itself."""
        return self.script != BARE_PAGE


DASHBOARD = Kind("dashboard", ROOT / "server.py", True)
BARE = Kind("bare, same settings", BARE_PAGE, True)
BARE_DEFAULTS = Kind("bare, defaults", BARE_PAGE, False)
KINDS = (DASHBOARD, BARE, BARE_DEFAULTS)


class Server:
    """A running server process.

    Attributes:
        start_seconds: from the start of the process to its first answers: that it is well, and the first page over HTTP.
    """

    def __init__(self, process: subprocess.Popen[bytes], port: int, start_seconds: float) -> None:
        self.process = process
        self.port = port
        self.start_seconds = start_seconds
        self._clock = (~process.pid << 3) | 2  # the kernel's name for the CPU clock of that process, dead threads too

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """CPU used since the start, user and system, all threads."""
        return time.clock_gettime(self._clock)

    def memory_mb(self) -> float:
        """Memory resident now."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def get(self, path: str) -> tuple[int, int]:
        """Status and size of an answer as it travels, compressed where the server does that."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            return answer.status, len(answer.read())
        finally:
            connection.close()


@contextlib.contextmanager
def serving(kind: Kind) -> Iterator[Server]:
    """Starts a server in a folder of its own, waits until it answers, and stops it at the end."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        directory = ROOT if kind.is_dashboard else Path(folder)
        if kind.has_settings and not kind.is_dashboard:
            (directory / ".streamlit").mkdir()
            shutil.copy(CONFIG, directory / ".streamlit" / "config.toml")
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.close()
        environment = {key: value for key, value in os.environ.items() if not key.startswith("STREAMLIT_")}
        environment["HOME"] = folder  # nobody's own settings
        command = [sys.executable, "-m", "streamlit", "run", str(kind.script)]
        options = ["--server.port", str(port), "--server.headless", "true", "--server.address", "127.0.0.1"]
        log = Path(folder) / "log"
        with log.open("wb") as output:
            started = time.perf_counter()
            process = subprocess.Popen(
                [*command, *options], cwd=directory, env=environment, stdout=output, stderr=subprocess.STDOUT
            )
            try:
                _wait(process, port, started, log)
                yield Server(process, port, time.perf_counter() - started)
            finally:
                process.terminate()
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, started: float, log: Path) -> None:
    for path in ("/_stcore/health", "/"):
        while True:
            if process.poll() is not None or time.perf_counter() - started > LONGEST_START_SECONDS:
                raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')}")
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                if answer.status == 200:
                    break
            except OSError:
                pass
            finally:
                connection.close()
            time.sleep(0.005)
