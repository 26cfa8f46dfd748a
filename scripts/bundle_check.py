"""Runs a bundle where there is no network at all: unpacks it, starts it, asks for the page, the outlines and the health.

    python scripts/bundle_check.py dist/rukhani-zhangyru-….tar.gz

In a namespace of its own there is no network but the loopback; where the system allows none, registries and proxies are
made unreachable instead, and that is said.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

TOP = "rukhani-zhangyru"
ASKED = ("/_stcore/health", "/", "/funding", "/app/static/geo/map17.json")
NAMESPACE = ("unshare", "--map-root-user", "--net")
LONGEST = 600
PAGE = """
from streamlit.testing.v1 import AppTest

app = AppTest.from_file("app.py", default_timeout=120)
app.query_params["lang"] = "kk"
app.run()
assert not app.exception, app.exception
print(app.title[0].value)
"""
"""Runs the first page as a visitor's session does, in the environment of the bundle, and prints its title."""

UNREACHABLE = "http://127.0.0.1:9"


def alone() -> bool:
    """Whether this process may leave the network."""
    return bool(shutil.which("unshare")) and subprocess.run([*NAMESPACE, "true"], capture_output=True).returncode == 0


def loopback_up() -> None:
    """Wakes the loopback of a new namespace, in which it sleeps."""
    import fcntl
    import socket
    import struct

    set_flags, up_and_running = 0x8914, 0x41
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        fcntl.ioctl(one, set_flags, struct.pack("16sh", b"lo", up_and_running))


def is_cut_off() -> bool:
    """Whether no interface but the loopback is there."""
    return {line.split(":")[0].strip() for line in Path("/proc/net/dev").read_text().splitlines()[2:]} == {"lo"}


def run(folder: Path, port: int) -> None:
    """Starts the bundle in `folder`, asks it for what a visitor needs, stops it. Raises AssertionError with what failed."""
    cut_off = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), UNREACHABLE)
    environment = {**os.environ, **cut_off, "NO_PROXY": "localhost", "PIP_INDEX_URL": UNREACHABLE, "PORT": str(port)}
    environment.pop("VIRTUAL_ENV", None)
    began = time.monotonic()
    started = subprocess.Popen(["sh", "start.sh", "--no-browser"], cwd=folder, env=environment, start_new_session=True)
    try:
        while not _fetched(port, ASKED[0]):
            assert started.poll() is None, f"the start script ended with {started.returncode}"
            assert time.monotonic() - began < LONGEST, f"nothing answered within {LONGEST} s"
            time.sleep(0.5)
        print(f"answers after {time.monotonic() - began:.0f} s", flush=True)
        for path in ASKED:
            size = len(_fetched(port, path))
            assert size, f"{path} gave nothing"
            print(f"  {path}: {size} bytes", flush=True)
        environment["PYTHONPATH"] = str(folder)
        page = subprocess.run(
            [folder / ".venv/bin/python", "-c", PAGE], cwd=folder, env=environment, check=True, stdout=subprocess.PIPE
        )
        print(f"  {page.stdout.decode().strip()}", flush=True)
    finally:
        os.killpg(started.pid, signal.SIGTERM)
        started.wait(30)


def _fetched(port: int, path: str) -> bytes:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return bytes(answer.read())
    except (urllib.error.URLError, OSError):
        return b""


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--port", type=int, default=8699)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if not asked.inside and alone():
        again = [sys.executable, __file__, str(asked.archive), "--port", str(asked.port), "--inside"]
        return subprocess.run([*NAMESPACE, *again]).returncode
    if asked.inside:
        loopback_up()
        assert is_cut_off(), "this namespace has a network"
        print("no network but the loopback", flush=True)
    else:
        print("no namespace without a network is allowed here: registries and proxies are made unreachable instead")
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(asked.archive) as tar:
            tar.extractall(place, filter="data")
        run(Path(place) / TOP, asked.port)
    print("the bundle serves without a network")
    return 0


if __name__ == "__main__":
    sys.exit(main())
