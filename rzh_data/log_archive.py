"""Keeps what the log names: each accepted workbook, and the facts as they were before it, by their hashes."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import tempfile
from pathlib import Path

from rzh_data import facts_files
from rzh_data.log import folder

ARCHIVE = "archive"
MOST_BYTES = 512 * 1024 * 1024
"""Facts of a thousand times today's size; more is not what we put there."""


def keep_workbook(content: bytes, sha256: str, directory: Path | None = None) -> Path:
    """Keeps an accepted workbook as `workbook-<sha256>.xlsx`. Raises OSError where it cannot be written."""
    return _keep(f"workbook-{sha256}.xlsx", content, directory)


def keep_facts(facts_root: Path, sha256: str, directory: Path | None = None) -> Path:
    """Keeps the facts as `facts-<sha256>.tar.gz`, `sha256` being their fingerprint. Raises OSError."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as zipped, tarfile.open(fileobj=zipped, mode="w") as archive:
        for path in facts_files.paths(facts_root):
            content = path.read_bytes()
            member = tarfile.TarInfo(path.relative_to(facts_root).as_posix())
            member.size, member.mode = len(content), 0o644
            archive.addfile(member, io.BytesIO(content))
    return _keep(f"facts-{sha256}.tar.gz", packed.getvalue(), directory)


def kept_facts(sha256: str, directory: Path | None = None) -> dict[str, bytes]:
    """The files of the facts that were kept under this fingerprint, by their path in the folder of the facts.

    Raises:
        FileNotFoundError: none were kept under it.
        ValueError: the file holds more than facts.
    """
    path = (directory or folder()) / ARCHIVE / f"facts-{sha256}.tar.gz"
    if not path.is_file():
        known = sorted(
            (found.stat().st_mtime, found.name.removeprefix("facts-").removesuffix(".tar.gz"))
            for found in path.parent.glob("facts-*.tar.gz")
        )
        raise FileNotFoundError(
            f"no facts are kept as {sha256}; kept are: {', '.join(name for _, name in reversed(known)) or 'none'}"
        )
    files: dict[str, bytes] = {}
    with tarfile.open(path, mode="r:gz") as archive:
        for member in archive:
            parts = Path(member.name).parts
            content = archive.extractfile(member)
            if content is None or member.size > MOST_BYTES or ".." in parts or Path(member.name).is_absolute():
                raise ValueError(f"{path.name}: {member.name} is no file of the facts")
            files[member.name] = content.read()
    return files


def _keep(name: str, content: bytes, directory: Path | None) -> Path:
    """Writes a file whole, or leaves the one that is there: its name says its content."""
    place = (directory or folder()) / ARCHIVE
    target = place / name
    if target.is_file():
        return target
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, working = tempfile.mkstemp(prefix=".keeping-", dir=place)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(working).replace(target)
    finally:
        Path(working).unlink(missing_ok=True)
    return target
