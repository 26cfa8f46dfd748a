"""Takes a workbook into the facts as an entry of the log: what was there is kept, the extracts are rebuilt, or all is as before.

The log is written first and last. Where it cannot be written nothing is changed; where the server dies in between, an entry
`accepting` without one after it says what was under way, with the fingerprints of the facts before.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rzh_data import build, checks, facts_files, log, log_archive, workbook_import
from rzh_data.facts import FACTS, FactsError, read
from rzh_data.workbook_import import Examination

MOST_FAULTS_TOLD = 50
"""Faults of a refused workbook that the log repeats; it always has their number."""

LONGEST_FILE_NAME = 200


@dataclass(frozen=True)
class Accepted:
    """What an acceptance did.

    Attributes:
        files: files of the facts that changed.
        version_before, version: versions of the extracts.
        entry: the log's entry.
    """

    files: tuple[str, ...]
    version_before: str | None
    version: str
    entry: Mapping[str, Any]


def named(examination: Examination, file_name: str) -> dict[str, Any]:
    """The workbook that an entry is about, and counts."""
    return {
        "file_name": file_name[:LONGEST_FILE_NAME],
        "workbook_sha256": examination.workbook_sha256,
        "facts_sha256": examination.facts_sha256,
        "counts": {
            "faults": len(examination.faults),
            "warnings": len(examination.warnings),
            "added": len(examination.additions),
            "changed": len(examination.changes),
            "unchanged": examination.unchanged,
        },
    }


def told(examination: Examination, file_name: str) -> dict[str, Any]:
    """All that an entry says of a workbook: its hash, counts, faults, and each change with old and new value."""
    return {
        **named(examination, file_name),
        "first_faults": [fault.text() for fault in examination.faults[:MOST_FAULTS_TOLD]],
        "added": [f"{row.table}:{row.key}" for row in examination.additions],
        "changed": [asdict(change) for change in examination.changes],
    }


def accept(
    examination: Examination,
    content: bytes,
    file_name: str,
    who: Mapping[str, str],
    *,
    facts_root: Path = FACTS,
    parquet: Path = build.PARQUET,
    directory: Path | None = None,
) -> Accepted:
    """Writes the facts as examined and rebuilds the extracts, whole or not at all.

    Args:
        examination: of `content`, without faults.
        content: the workbook itself; it is kept beside the log.
        who: as in `rzh_data.log.append`.
    Raises:
        rzh_data.workbook_import.AcceptError: nothing was written: faults, nothing new, or the facts changed meanwhile.
        FactsError: the extracts could not be built; the facts are as they were.
        LogError: the log cannot be written; nothing was changed.
        OSError: the archive cannot be written; nothing was changed.
    """
    before = build.current_version(parquet)
    short = {**named(examination, file_name), "version_before": before}
    log.append("accepting", who, short, directory=directory)
    try:
        log_archive.keep_facts(facts_root, examination.facts_sha256, directory)
        log_archive.keep_workbook(content, examination.workbook_sha256, directory)
        files = workbook_import.accept(examination, facts_root)
        try:
            version = build.build(facts_root, parquet)
        except BaseException:
            _put_back(examination.facts_sha256, facts_root, directory)
            raise
    except Exception as error:
        with contextlib.suppress(log.LogError):  # what went wrong first is what must be told
            log.append("not_accepted", who, {**short, "reason": str(error)}, directory=directory)
        raise
    full = {**told(examination, file_name), "version_before": before}
    after = {"version": version, "facts_sha256_after": facts_files.fingerprint(facts_root), "files": list(files)}
    entry = log.append("accepted", who, {**full, **after}, directory=directory)
    return Accepted(files, before, version, entry)


def restore(
    facts_sha256: str,
    who: Mapping[str, str],
    *,
    facts_root: Path = FACTS,
    parquet: Path = build.PARQUET,
    directory: Path | None = None,
) -> str:
    """Puts the facts back that were kept under this fingerprint, and rebuilds the extracts. Those of today are kept too.

    Returns:
        The version of the extracts.
    Raises:
        FileNotFoundError, ValueError: no facts, or none that can be used, are kept under it.
        FactsError: the facts kept cannot be used, or the extracts not be built; the facts are as they were.
        LogError, OSError: the log or the archive cannot be written; nothing was changed.
    """
    today = facts_files.fingerprint(facts_root)
    common = {"facts_sha256": today, "restored_sha256": facts_sha256, "version_before": build.current_version(parquet)}
    log_archive.kept_facts(facts_sha256, directory)
    log.append("restoring", who, common, directory=directory)
    log_archive.keep_facts(facts_root, today, directory)
    _put_back(facts_sha256, facts_root, directory)
    try:
        faults = checks.broken_rules(read(facts_root))
        if faults:
            raise FactsError(faults)
        version = build.build(facts_root, parquet)
    except BaseException:
        _put_back(today, facts_root, directory)
        raise
    log.append("restored", who, {**common, "version": version}, directory=directory)
    return version


def _put_back(facts_sha256: str, facts_root: Path, directory: Path | None) -> None:
    files: dict[str, bytes | None] = dict(log_archive.kept_facts(facts_sha256, directory))
    today = {path.relative_to(facts_root).as_posix() for path in facts_files.paths(facts_root)}
    facts_files.swap_in(facts_root, {**dict.fromkeys(today - set(files)), **files}, facts_files.fingerprint(facts_root))
