"""One archive that runs on a laptop without a network: the application, built extracts, every wheel, a start script.

    python scripts/bundle.py                 # into dist/, for this platform and this version of Python
    python scripts/bundle.py --wheels DIR    # with wheels that lie there already

The archive is for the kind of machine that it is made on: wheels are compiled for a platform. It is written under another
name and renamed when it is whole; stopped at any time (Ctrl+C) it leaves nothing half done behind.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import time
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from rzh_data import build  # noqa: E402
from rzh_data.schema import LANGUAGES  # noqa: E402
from rzh_ui.i18n import messages  # noqa: E402

DIST = ROOT / "dist"
TOP = "rukhani-zhangyru"
"""Folder that everything lies in."""

LEFT_OUT = (
    ".ci/",
    "benchmarks/",
    "dist/",
    "data/second_reading/",
    "docs/pictures/",
    "scripts/",
    "tests/",
    ".gitignore",
    "Makefile",
    "requirements-dev",
)
"""What a laptop in a hall does not need; beginnings of paths."""

FOLDERS = (
    ".streamlit",
    "data/facts",
    "docs",
    "fonts",
    "geo",
    "locales",
    "pages",
    "rzh_data",
    "rzh_ui",
    "static",
    "templates",
)
SECRETS = ".streamlit/secrets.toml"
STEPS = 4
START_MESSAGES = ("preparing", "starting", "ready", "wrong_python", "wrong_platform", "no_python", "port_taken")


class Stopped(Exception):
    """Somebody stopped the work."""


def python_version() -> str:
    """The version of Python that the wheels are made for: 3.11."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def platform() -> str:
    """The platform that the wheels are made for: linux-x86_64."""
    return sysconfig.get_platform()


def say(step: int, words: str) -> None:
    """One line of progress."""
    print(f"[{step}/{STEPS}] {words}", flush=True)


def files(root: Path = ROOT) -> list[Path]:
    """The application's own files, relative to `root`: those that git knows, or all of its folders where there is no git."""
    known = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if known.returncode == 0 and known.stdout:
        found = [Path(name) for name in known.stdout.split("\0") if name]
    else:
        inside = (path for folder in FOLDERS for path in (root / folder).rglob("*"))
        found = [path.relative_to(root) for path in [*root.glob("*.*"), root / "LICENSE", *inside] if path.is_file()]
    kept = [
        path
        for path in found
        if not path.as_posix().startswith(LEFT_OUT)
        and path.as_posix() != SECRETS
        and "__pycache__" not in path.parts
        and (root / path).is_file()
    ]
    return sorted(kept)


def extracts() -> list[Path]:
    """The extracts in use, built where they are missing or older than the facts; relative to the project."""
    version = build.build()
    inside = [path for path in (build.PARQUET / version).rglob("*") if path.is_file()]
    return [path.relative_to(ROOT) for path in [build.PARQUET / build.CURRENT, *sorted(inside)]]


def wheels(into: Path) -> Path:
    """A folder with the wheels of everything in requirements.txt, and of pip itself; fetched once for each set of pins."""
    pins = (ROOT / "requirements.txt").read_bytes()
    mark = hashlib.sha256(pins + python_version().encode() + platform().encode()).hexdigest()[:12]
    ready = into / f"wheels-{mark}"
    if not ready.is_dir():
        part = Path(tempfile.mkdtemp(dir=into, prefix=".wheels-"))
        try:
            asked = ["-r", str(ROOT / "requirements.txt"), "pip"]
            command = [sys.executable, "-m", "pip", "wheel", "--disable-pip-version-check"]
            subprocess.run([*command, "--wheel-dir", str(part), *asked], check=True)
            part.replace(ready)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return ready


def start_files() -> dict[str, str]:
    """The files that only the bundle has, by their names: how it starts, and what it is for."""
    said = {name: [t(f"bundle.{name}") for t in map(messages, LANGUAGES)] for name in START_MESSAGES}
    about = {"python": python_version(), "platform": platform(), "messages": said}
    no_python = [line.format(version=python_version()) for line in said["no_python"]]
    here = Path(__file__).parent
    shell = (here / "bundle_start.sh").read_text(encoding="utf-8")
    batch = (here / "bundle_start.bat").read_text(encoding="utf-8")
    return {
        "start.py": (here / "bundle_start.py").read_text(encoding="utf-8"),
        "start.sh": _filled(shell, "\n".join(f"echo {shlex.quote(line)}" for line in no_python)),
        "start.bat": _filled(batch, "\n".join(f"echo {_for_cmd(line)}" for line in no_python)).replace("\n", "\r\n"),
        "bundle.json": json.dumps(about, ensure_ascii=False, indent=1),
    }


def _for_cmd(words: str) -> str:
    """Words that cmd.exe prints as they are: what it would take for a command has a caret before it."""
    return re.sub(r"([&|<>^()])", r"^\1", words).replace("%", "%%")


def _filled(script: str, no_python: str) -> str:
    return script.replace("@PYTHON@", python_version()).replace("@NO_PYTHON@", no_python)


def pack(archive: Path, paths: Iterable[Path], wheel_folder: Path) -> None:
    """Writes the archive whole or not at all."""
    own = start_files()
    listed = [(ROOT / path, path.as_posix()) for path in paths]
    listed += [(path, f"wheels/{path.name}") for path in sorted(wheel_folder.glob("*.whl"))]
    whole = sum(path.stat().st_size for path, _ in listed) or 1
    with _beside(archive) as part, tarfile.open(part, "w:gz", compresslevel=1) as tar:
        for name, content in own.items():
            packed = content.encode("utf-8")
            entry = tarfile.TarInfo(f"{TOP}/{name}")
            entry.size, entry.mtime = len(packed), int(time.time())
            entry.mode = 0o755 if name == "start.sh" else 0o644
            tar.addfile(entry, io.BytesIO(packed))
        done, told = 0, 0
        for path, name in listed:
            tar.add(path, f"{TOP}/{name}", recursive=False, filter=_plain)
            done += path.stat().st_size
            if done * 10 // whole > told:
                told = done * 10 // whole
                print(f"      {told * 10} %", flush=True)


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the name of whoever packed it."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


@contextmanager
def _beside(archive: Path) -> Iterator[Path]:
    """A path to write to that becomes `archive` when all went well, and is gone when not."""
    part = archive.with_name(f".{archive.name}.part")
    try:
        yield part
        part.replace(archive)
    finally:
        part.unlink(missing_ok=True)


def name(version: str) -> str:
    """Of the archive: product, its version, that of the data, platform and Python."""
    product = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    return f"{TOP}-{product}-{version[:8]}-{platform()}-python{python_version()}.tar.gz"


def make(wheel_folder: Path | None = None, into: Path = DIST) -> Path:
    """Makes the archive and returns its path."""
    into.mkdir(parents=True, exist_ok=True)
    say(1, "building the extracts")
    built = extracts()
    say(2, "listing the application's files")
    paths = [*files(), *built]
    say(3, "fetching wheels, which takes a while the first time")
    found = wheel_folder or wheels(into)
    archive = into / name(str(build.current_version()))
    say(4, f"packing {len(paths)} files and {len(list(found.glob('*.whl')))} wheels")
    pack(archive, paths, found)
    print(f"{archive.relative_to(Path.cwd()) if archive.is_relative_to(Path.cwd()) else archive}", flush=True)
    return archive


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Stopped


def main() -> int:
    """Reads the command line. Ends with 130 where it was stopped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheels", type=Path, help="folder with the wheels, fetched where it is not given")
    parser.add_argument("--into", type=Path, default=DIST, help="folder of the archive")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, _stop)
    try:
        make(asked.wheels, asked.into)
    except (KeyboardInterrupt, Stopped):
        print("stopped; nothing half done was left", file=sys.stderr)
        return 130
    except subprocess.CalledProcessError as failure:
        print(
            f"wheels could not be fetched (pip ended with {failure.returncode}); see its words above", file=sys.stderr
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
