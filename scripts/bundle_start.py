"""Starts the dashboard from its bundle: makes the environment out of the wheels beside it, once, and serves. No network.

Needs nothing but Python's own library. PORT changes the port; `--no-browser` opens none.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import venv
import webbrowser
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
READY = ENVIRONMENT / ".ready"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LONGEST_START = 120


def say(about: dict[str, Any], name: str, **values: str) -> None:
    """One message in every language of the product."""
    for line in about["messages"][name]:
        print(line.format(**values), flush=True)


def prepare() -> None:
    """Makes the environment; one that was not finished is made anew."""
    venv.EnvBuilder(clear=True, with_pip=False).create(ENVIRONMENT)
    wheels = HERE / "wheels"
    pip = next(wheels.glob("pip-*.whl")) / "pip"
    quiet = ["--isolated", "--no-cache-dir", "--disable-pip-version-check", "--no-warn-script-location"]
    command = [str(PYTHON), str(pip), "install", *quiet, "--no-index", "--find-links", str(wheels)]
    subprocess.run([*command, "-r", str(HERE / "requirements.txt")], check=True)
    READY.touch()


def answers(url: str) -> bool:
    """Whether the dashboard serves already."""
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def is_taken(port: int) -> bool:
    """Whether somebody else listens on the port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main() -> int:
    """Prepares where needed, serves until stopped."""
    about = json.loads((HERE / "bundle.json").read_text(encoding="utf-8"))
    running = f"{sys.version_info.major}.{sys.version_info.minor}"
    if running != about["python"]:
        say(about, "wrong_python", needed=about["python"], found=running)
        return 1
    if sysconfig.get_platform() != about["platform"]:
        say(about, "wrong_platform", needed=about["platform"], found=sysconfig.get_platform())
        return 1
    port = int(os.environ.get("PORT", "8501"))
    if is_taken(port):
        how = "set PORT=8600" if os.name == "nt" else "PORT=8600 ./start.sh"
        say(about, "port_taken", port=str(port), how=how)
        return 1
    if not READY.is_file():
        say(about, "preparing")
        prepare()
    url = f"http://localhost:{port}"
    say(about, "starting")
    command = [str(PYTHON), "-m", "streamlit", "run", "server.py", "--server.port", str(port)]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # asked to end, it waits for the server to do so
    server = subprocess.Popen(command, cwd=HERE)
    try:
        began = time.monotonic()
        while not answers(url) and server.poll() is None and time.monotonic() - began < LONGEST_START:
            time.sleep(0.3)
        if server.poll() is None:
            say(about, "ready", url=url, keys="Ctrl+C")
            if "--no-browser" not in sys.argv:
                webbrowser.open(url)
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        if server.poll() is None:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    sys.exit(main())
