"""The files of deploy/: the unit, the switch between versions, and that they speak of one place."""

from __future__ import annotations

import http.server
import os
import re
import shutil
import subprocess
import sys
import threading

import pytest
from screen import ROOT
from streamlit import config

DEPLOY = ROOT / "deploy"
UNIT = (DEPLOY / "rzh.service").read_text(encoding="utf-8")
SYSTEMD = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(SYSTEMD is None, reason="no systemd-analyze on this machine to check a unit with")


@pytest.fixture
def unit(tmp_path):
    """The unit with a program that this machine has: systemd looks whether it can be run."""
    path = tmp_path / "rzh.service"
    program = "/opt/rzh/current/.venv/bin/python"
    assert program in UNIT
    path.write_text(UNIT.replace(program, sys.executable), encoding="utf-8")
    return path


@needs_systemd
def test_systemd_understands_every_line_of_the_unit(unit):
    found = subprocess.run([SYSTEMD, "verify", unit], capture_output=True, text=True, timeout=60)
    about_ours = [line for line in found.stderr.splitlines() if "rzh.service" in line]
    assert (found.returncode, about_ours) == (0, [])


@needs_systemd
def test_the_service_may_do_little(unit):
    command = [SYSTEMD, "security", "--offline=true", "--threshold=20", unit]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if "unrecognized option" in found.stderr:
        pytest.skip("this systemd cannot rate a unit that is not installed")
    assert found.returncode == 0, found.stdout[-600:]


def test_streamlit_knows_every_option_of_the_unit():
    options = re.findall(r"--(\w+\.\w+)", UNIT)
    assert len(options) >= 5
    known = config.get_config_options()
    assert [option for option in options if option not in known] == []


def test_unit_proxy_and_switch_speak_of_one_port_and_one_path():
    proxy = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    switch = (DEPLOY / "switch").read_text(encoding="utf-8")
    port = re.search(r"--server.port (\d+)", UNIT)[1]
    base = re.search(r"--server.baseUrlPath (\w+)", UNIT)[1]
    assert f"server 127.0.0.1:{port};" in proxy and f"127.0.0.1:{port}/{base}/" in switch
    assert set(re.findall(r"location [=~^ ]*\^?(/\w+)", proxy)) == {f"/{base}"}
    for text in (UNIT, switch):
        assert "/opt/rzh" in text


class Answer(http.server.BaseHTTPRequestHandler):
    """Says ok while a version whose name begins with `good` is the current one."""

    home = ROOT

    def do_GET(self):
        is_good = (self.home / "current").resolve().name.startswith("good")
        self.send_response(200 if is_good else 503)
        self.end_headers()
        self.wfile.write(b"ok" if is_good else b"no")

    def log_message(self, *_):
        pass


@pytest.fixture
def switch(tmp_path):
    """Calls deploy/switch on a machine of three versions; systemctl only notes what it was told."""
    for name in ("good-1", "good-2", "bad-3", "good-4"):
        (tmp_path / "releases" / name / ".venv" / "bin").mkdir(parents=True)
        python = tmp_path / "releases" / name / ".venv" / "bin" / "python"
        python.write_text(f'#!/bin/sh\necho {name} "$@" >> {tmp_path}/built\n{"exit 1" if name == "good-4" else ""}\n')
        python.chmod(0o755)
        (tmp_path / "releases" / name / "data").symlink_to(tmp_path)
    (tmp_path / "releases" / "good-5").mkdir()
    (tmp_path / "bin").mkdir()
    systemctl = tmp_path / "bin" / "systemctl"
    systemctl.write_text(f'#!/bin/sh\necho "$@" $(readlink {tmp_path}/current) >> {tmp_path}/told\n')
    systemctl.chmod(0o755)
    server = http.server.HTTPServer(("127.0.0.1", 0), type("Here", (Answer,), {"home": tmp_path}))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    environment = {
        **os.environ,
        "PATH": f"{tmp_path}/bin:{os.environ['PATH']}",
        "RZH_HOME": str(tmp_path),
        "RZH_CHECK": f"http://127.0.0.1:{server.server_port}/",
        "RZH_SECONDS": "1",
        "RZH_AS": "",
    }

    def call(name):
        done = subprocess.run([DEPLOY / "switch", name], env=environment, capture_output=True, text=True, timeout=60)
        return done.returncode, (tmp_path / "current").resolve().name, done.stdout + done.stderr

    yield call
    server.shutdown()
    server.server_close()


needs_curl = pytest.mark.skipif(
    shutil.which("curl") is None, reason="no curl on this machine, which deploy/switch asks with"
)


@needs_curl
def test_a_version_that_answers_runs_and_one_that_does_not_is_left(switch, tmp_path):
    assert switch("good-1")[:2] == (0, "good-1")
    assert switch("good-2")[:2] == (0, "good-2")
    status, current, said = switch("bad-3")
    assert (status, current) == (1, "good-2") and "back to good-2" in said
    told = (tmp_path / "told").read_text().split()
    assert [path.rsplit("/", 1)[1] for path in told if "/" in path] == ["good-1", "good-2", "bad-3", "good-2"]
    assert (tmp_path / "built").read_text().count("-m rzh_data build") == 3


@needs_curl
def test_a_version_whose_extracts_cannot_be_built_or_that_is_not_installed_is_never_run(switch, tmp_path):
    switch("good-1")
    told = (tmp_path / "told").read_text()
    for name in ("good-4", "good-5", "good-6"):
        status, current, _ = switch(name)
        assert (status != 0, current) == (True, "good-1")
    assert (tmp_path / "told").read_text() == told
