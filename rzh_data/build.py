"""Turns the facts into a new, complete version of the Parquet extracts and swaps it in whole.

A version is a folder named by the hash of its inputs. It is written beside the one in use under a temporary name,
renamed when it is complete, and only then named in the file `current`. A build that dies anywhere on the way leaves
`current`, and with it every running page, with the old version.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from rzh_data import checks
from rzh_data.claims import PLAUSIBILITY, TEMPLATES
from rzh_data.extracts import EXTRACTS, arrow_tables
from rzh_data.facts import FACTS, ROOT, Facts, FactsError, Fault, read, source_files
from rzh_data.schema import TABLES

try:
    import fcntl
except ImportError:  # Windows has no such lock; a laptop runs one server
    fcntl = None  # type: ignore[assignment]

PARQUET = ROOT / "data" / "parquet"
CURRENT = "current"
VERSIONS_KEPT = 3
"""Versions that stay on disk: the one in use and two to roll back to."""


def facts_version(directory: Path = FACTS) -> str:
    """The version that a build from `directory` would have: a hash of every fact file and of the code that builds."""
    digest = hashlib.sha256()
    code = [
        Path(__file__),
        *(
            Path(__file__).with_name(name)
            for name in ("schema.py", "facts.py", "extracts.py", "claims.py", "intervals.py")
        ),
        *(path for folder in (EXTRACTS, TEMPLATES, PLAUSIBILITY) for path in sorted(folder.glob("*.sql"))),
    ]
    for table in TABLES:
        for path in source_files(directory, table):
            digest.update(path.relative_to(directory).as_posix().encode())
            digest.update(path.read_bytes() if path.is_file() else b"")
    for path in code:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def current_version(parquet: Path = PARQUET) -> str | None:
    """The version in use, or None where nothing was ever built."""
    try:
        return (parquet / CURRENT).read_text(encoding="utf-8").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_in_use(version: str, parquet: Path) -> bool:
    return current_version(parquet) == version and (parquet / version / "manifest.json").is_file()


def build(facts_directory: Path = FACTS, parquet: Path = PARQUET) -> str:
    """Builds the extracts if they are missing or older than the facts.

    Returns:
        The version now in use.
    Raises:
        FactsError: the facts or the folder for the extracts cannot be used; the version in use is untouched.
    """
    version = facts_version(facts_directory)
    if _is_in_use(version, parquet):
        return version
    facts = read(facts_directory)
    if facts_version(facts_directory) != version:
        return build(facts_directory, parquet)  # an import swapped them while they were read
    faults = checks.broken_rules(facts)
    if faults:
        raise FactsError(faults)
    try:
        parquet.mkdir(parents=True, exist_ok=True)
        with _one_build_at_a_time(parquet):
            if _is_in_use(version, parquet):
                return version  # another build made it while this one waited; pages may be reading it by now
            return _write(facts, version, parquet)
    except OSError as error:
        where = Path(error.filename or parquet).name
        message = f"cannot be written ({error.strerror}); a folder with write permission is expected"
        raise FactsError(
            [Fault(f"{parquet.name}/{where}" if where != parquet.name else where, None, None, message)]
        ) from error


@contextlib.contextmanager
def _one_build_at_a_time(parquet: Path) -> Iterator[None]:
    """Two servers that start together would clear away each other's half-written version."""
    if fcntl is None:
        yield
        return
    with (parquet / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the system lets go of it when the process ends, however it ends
        yield


def _write(facts: Facts, version: str, parquet: Path) -> str:
    _remove_leftovers(parquet)
    working = Path(tempfile.mkdtemp(prefix=".building-", dir=parquet))
    try:
        tables = arrow_tables(facts)
        manifest: dict[str, Any] = {"version": version, "tables": {}}
        for name, table in sorted(tables.items()):
            path = working / f"{name}.parquet"
            pq.write_table(table, path, compression="zstd")
            manifest["tables"][name] = {"rows": table.num_rows, "sha256": _sha256(path)}
        (working / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        _sync(working)
        working.chmod(0o755)  # mkdtemp gives 0700; other users may serve the extracts
        target = parquet / version
        if target.exists():
            shutil.rmtree(target)  # named by its content, yet not in use or not whole: written again
        working.rename(target)
        _point_to(version, parquet)
    finally:
        shutil.rmtree(working, ignore_errors=True)
    _remove_old_versions(parquet, version)
    return version


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sync(directory: Path) -> None:
    """Puts the files on disk before the name is swapped, so that a power cut cannot leave a named, empty version."""
    for path in directory.iterdir():
        with path.open("rb") as handle:
            os.fsync(handle.fileno())


def _point_to(version: str, parquet: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=".current-", dir=parquet)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(version + "\n")
        file.flush()
        os.fsync(file.fileno())
    Path(name).chmod(0o644)
    Path(name).replace(parquet / CURRENT)


def _remove_leftovers(parquet: Path) -> None:
    """Clears away what a killed build left behind."""
    for path in parquet.glob(".building-*"):
        shutil.rmtree(path, ignore_errors=True)
    for path in parquet.glob(".current-*"):
        path.unlink(missing_ok=True)


def _remove_old_versions(parquet: Path, version: str) -> None:
    versions = sorted(
        (path for path in parquet.iterdir() if path.is_dir() and not path.name.startswith(".")),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in [path for path in versions if path.name != version][VERSIONS_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
