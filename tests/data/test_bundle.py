"""The bundle: what is in it, that it is whole or not there at all, and that it serves where there is no network.

Wheels weigh hundreds of megabytes: `make bundle-test` makes the environment out of them where there is no network. Here
the same archive is made without them, and started with the environment of these tests.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest
from testland import ROOT


def script(name):
    """A file of scripts/ as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bundle, check = script("bundle"), script("bundle_check")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A bundle with one wheel of nothing."""
    place = tmp_path_factory.mktemp("bundle")
    (place / "wheels").mkdir()
    (place / "wheels" / "testland-1-py3-none-any.whl").write_bytes(b"nothing")
    return bundle.make(place / "wheels", place / "dist")


def names(archive):
    with tarfile.open(archive) as tar:
        return {entry.name.removeprefix(f"{bundle.TOP}/"): entry for entry in tar.getmembers()}


def test_the_bundle_holds_the_application_its_data_wheels_and_start_scripts(archive):
    held = names(archive)
    version = (ROOT / "data" / "parquet" / "current").read_text(encoding="utf-8").strip()
    for name in (
        "app.py",
        "server.py",
        "requirements.txt",
        ".streamlit/config.toml",
        "pages/overview.py",
        "locales/kk/LC_MESSAGES/messages.po",
        "static/geo/map17.json",
        "data/parquet/current",
        f"data/parquet/{version}/manifest.json",
        "wheels/testland-1-py3-none-any.whl",
        "start.py",
        "start.sh",
        "start.bat",
        "bundle.json",
    ):
        assert name in held, name
    assert held["start.sh"].mode & 0o111, "a start script can be run"
    for name in held:
        assert not name.startswith(("tests/", ".git", ".ci/", "dist/", ".venv/")) and "secrets" not in name, name
    assert {entry.uname for entry in held.values()} == {""}


def test_everything_that_the_application_imports_of_itself_is_in_the_bundle(archive):
    held = names(archive)
    for folder in ("pages", "rzh_ui", "rzh_data"):
        for path in (ROOT / folder).rglob("*.py"):
            known = subprocess.run(["git", "ls-files", "--error-unmatch", path], cwd=ROOT, capture_output=True)
            if known.returncode == 0:
                assert path.relative_to(ROOT).as_posix() in held


def test_the_start_scripts_name_the_python_of_the_wheels(archive):
    with tarfile.open(archive) as tar:
        texts = {
            name: tar.extractfile(f"{bundle.TOP}/{name}").read().decode("utf-8")
            for name in ("start.sh", "start.bat", "bundle.json")
        }
    for name in ("start.sh", "start.bat"):
        assert "@" not in texts[name].replace("@echo off", "").replace('"$@"', ""), f"{name} has an unfilled place"
        assert bundle.python_version() in texts[name]
    about = json.loads(texts["bundle.json"])
    assert about["python"] == bundle.python_version() and set(about["messages"]) == set(bundle.START_MESSAGES)
    assert all(len(lines) == 3 for lines in about["messages"].values())


def test_the_start_script_for_windows_keeps_to_the_rules_of_its_shell():
    """It cannot be run here; what most often goes wrong in such a file can be read off it."""
    made = bundle.start_files()["start.bat"]
    assert not made.startswith("\ufeff") and made.count("\n") == made.count("\r\n"), "the shell reads CRLF and no mark"
    lines = made.splitlines()
    assert lines[0] == "@echo off"
    page = next(index for index, line in enumerate(lines) if line.startswith("chcp 65001"))
    assert all(line.isascii() for line in lines[:page]), "letters come after their code page"
    labels = {line[1:] for line in lines if line.startswith(":")}
    wanted = [line.rsplit(" ", 1)[1] for line in lines if "goto " in line and not line.startswith("rem")]
    assert sorted(wanted) == sorted(labels), "nothing leads to a place that is not there"
    (opened,) = [line for line in lines if "%~dp0" in line]
    assert '"%~dp0"' in opened and "|| exit /b 1" in opened, "a folder may have blanks in its name"
    assert all(line.count('"') % 2 == 0 for line in lines)
    assert not any("(" in line and "%errorlevel%" in line for line in lines), "in brackets it is read too early"


def test_both_start_scripts_take_the_same_steps():
    """Into their own folder, the Python of the wheels, start.py with what was asked for; else a word in each language."""
    made = bundle.start_files()
    shell, batch = made["start.sh"], made["start.bat"]
    said = [
        bundle.messages(language)("bundle.no_python", version=bundle.python_version()) for language in bundle.LANGUAGES
    ]
    for script, steps in (
        (shell, ['cd "$(dirname "$0")"', "exec", 'start.py "$@"', *said, "exit 1"]),
        (batch, ['pushd "%~dp0"', "%python% start.py %*", "exit /b %code%", *said, "exit /b 1"]),
    ):
        places = [script.index(step, script.index("\n")) for step in steps[:-1]] + [script.rindex(steps[-1])]
        assert places == sorted(places), script
    checked = subprocess.run(["sh", "-n"], input=shell, text=True, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_what_a_shell_would_take_for_a_command_is_printed():
    assert bundle._for_cmd("50 % & <a> (b) | ^") == "50 %% ^& ^<a^> ^(b^) ^| ^^"


def test_without_git_the_same_files_are_found(tmp_path):
    for name in (
        "app.py",
        "rzh_ui/theme.py",
        ".streamlit/config.toml",
        ".streamlit/secrets.toml",
        "tests/x.py",
        "pages/a.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = {path.as_posix() for path in bundle.files(tmp_path)}
    assert found == {"app.py", "rzh_ui/theme.py", ".streamlit/config.toml", "pages/a.py"}


SLOW = """
import sys, time
sys.path.insert(0, sys.argv[1])
import bundle
packed = bundle._plain
def slowly(entry):
    time.sleep(0.05)
    return packed(entry)
bundle._plain = slowly
sys.argv = ["bundle.py", "--wheels", sys.argv[2], "--into", sys.argv[3]]
sys.exit(bundle.main())
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopped_halfway_it_leaves_no_archive_and_nothing_half_done(tmp_path, how):
    (tmp_path / "wheels").mkdir()
    target = tmp_path / "dist"
    command = [sys.executable, "-c", SLOW, str(ROOT / "scripts"), str(tmp_path / "wheels"), str(target)]
    running = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background would ignore it
    )
    try:
        for _ in range(600):
            if target.is_dir() and any(target.iterdir()):
                break
            assert running.poll() is None, running.stderr.read().decode()
            time.sleep(0.05)
        assert [path.suffix for path in target.iterdir()] == [".part"], "it was stopped while it was packing"
        running.send_signal(how)
        running.wait(30)
    finally:
        if running.poll() is None:
            running.kill()
    assert running.returncode == 130
    assert list(target.iterdir()) == []


def test_the_bundle_serves_without_a_network(archive, tmp_path):
    if not check.alone():
        pytest.skip("this system lets nobody leave the network (unshare --net): nothing was started")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    folder = tmp_path / bundle.TOP
    environment = folder / ".venv" / "bin"
    environment.mkdir(parents=True)
    (environment / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (environment / "python").chmod(0o755)
    (folder / ".venv" / ".ready").touch()
    inside = (
        "import sys; sys.path.insert(0, sys.argv[1]); import bundle_check, pathlib; bundle_check.loopback_up();"
        "assert bundle_check.is_cut_off(); bundle_check.run(pathlib.Path(sys.argv[2]), 8699)"
    )
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [*check.NAMESPACE, sys.executable, "-c", inside, str(ROOT / "scripts"), str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PATH": path},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "/funding" in done.stdout and "answers after" in done.stdout
    assert "Рухани" in done.stdout or "Туған жер" in done.stdout, "the first page runs and has its title"
    assert "http://localhost:8699" in done.stdout, "the reader is told where to look"


def test_a_bundle_for_another_python_says_so(archive, tmp_path):
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    folder = tmp_path / bundle.TOP
    about = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    (folder / "bundle.json").write_text(json.dumps(about | {"python": "2.7"}), encoding="utf-8")
    done = subprocess.run([sys.executable, "start.py"], cwd=folder, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1 and "2.7" in done.stdout
    assert not (folder / ".venv").exists()
    shutil.rmtree(folder)
