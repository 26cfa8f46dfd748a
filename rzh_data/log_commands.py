"""The log on the command line: `python -m rzh_data log` and `python -m rzh_data restore`."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path
from typing import Any

from rzh_data import log
from rzh_data.log_acceptance import restore


def add_to(commands: Any) -> None:
    """Adds the commands to the parser's `commands`."""
    command = commands.add_parser("log", help="print what editors did; every line is checked on the way")
    command.add_argument("--log", type=Path, default=None, help=f"folder of the log (else {log.VARIABLE}, data/log)")
    command.add_argument("--verify", action="store_true", help="only say whether the chain holds")
    command.add_argument("--contains", metavar="HASH", help="a hash noted before, which the log must still have")
    command.set_defaults(run=_log)
    command = commands.add_parser("restore", help="put back the facts from before an import; `log` names them")
    command.add_argument("facts_sha256", help="fingerprint of the facts, as the log has it")
    command.add_argument("--log", type=Path, default=None, help=f"folder of the log (else {log.VARIABLE}, data/log)")
    command.set_defaults(run=_restore)


def account() -> dict[str, str]:
    """Who somebody is that works on the machine itself."""
    name = getpass.getuser()
    return {"issuer": "account of this machine", "subject": name, "name": name}


def _log(arguments: argparse.Namespace) -> int:
    if not arguments.verify:
        for entry in log.entries(arguments.log):
            print(_sentence(entry))
    found = log.verify(arguments.log, contains=arguments.contains)
    print(f"{found.entries} entries; the chain holds. Hash of the last: {found.head}")
    return 0


def _sentence(entry: dict[str, Any]) -> str:
    what, who = entry["what"], entry["who"]
    parts = [f"{entry['sequence']:>5}  {entry['when']}  {entry['event']:<12}  {who['name']} ({who['subject']})"]
    if "workbook_sha256" in what:
        parts.append(
            f"       workbook {what['file_name']} {what['workbook_sha256']}; facts before: {what['facts_sha256']}; "
            + ", ".join(f"{count} {name}" for name, count in what["counts"].items())
        )
        parts += [
            f"       {change['table']} {change['key']} {change['column']}: {change['old'] or '(empty)'} -> "
            f"{change['new'] or '(empty)'}"
            for change in what.get("changed", ())
        ]
    if "restored_sha256" in what:
        parts.append(f"       facts {what['restored_sha256']} in the place of {what['facts_sha256']}")
    if "reason" in what:
        parts.append(f"       {what['reason']}")
    return "\n".join("".join(sign if sign.isprintable() else "?" for sign in part) for part in parts)


def _restore(arguments: argparse.Namespace) -> int:
    version = restore(
        arguments.facts_sha256,
        account(),
        facts_root=arguments.facts,
        parquet=arguments.parquet,
        directory=arguments.log,
    )
    print(f"Facts {arguments.facts_sha256} are back. Extracts in use: {version}")
    return 0
