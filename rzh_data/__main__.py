"""The command line: `python -m rzh_data build | check | query | package | template | import | …`; `--help` lists all."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rzh_data import build, checks, log, store
from rzh_data.facts import FACTS, ROOT, FactsError, read
from rzh_data.geography import GeographyError
from rzh_data.log import LogError
from rzh_data.log_commands import add_to as add_log_commands
from rzh_data.schema import LANGUAGES


def _build(arguments: argparse.Namespace) -> int:
    version = build.build(arguments.facts, arguments.parquet)
    print(f"Extracts in use: {version}")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    facts = read(arguments.facts)
    faults = checks.broken_rules(facts)
    if faults:
        raise FactsError(faults)
    rows = sum(len(table) for table in facts.tables.values())
    rules = len(list(checks.CHECKS.glob("*.sql")))
    print(f"{rows} rows in {len(facts.tables)} tables keep every rule; {rules} queries found nothing.")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from rzh_data.verify import verify

    result = verify(read(arguments.facts), arguments.documents)
    if result.faults:
        raise FactsError(result.faults)
    print(f"{result.looked_up} places looked up in the documents; every printed token stands on its line.")
    return 0


def _coverage(arguments: argparse.Namespace) -> int:
    from rzh_data.coverage import coverage

    result = coverage(read(arguments.facts), arguments.documents)
    for count in result.counts:
        print(
            f"{count.document_id} {count.language}: {count.tokens} numeric tokens, {count.figures} in figures, "
            f"{count.not_figures} listed with a reason, {count.unexplained} unexplained"
        )
    if result.faults:
        raise FactsError(result.faults)
    return 0


def _dictionary(arguments: argparse.Namespace) -> int:
    from rzh_data.dictionary import markdown

    arguments.file.write_text(markdown(), encoding="utf-8")
    print(f"{arguments.file} written from the schema.")
    return 0


def _claims(arguments: argparse.Namespace) -> int:
    from rzh_data.claims import summary
    from rzh_data.extracts import arrow_tables

    facts = read(arguments.facts)
    print(summary(facts.values("claims"), arrow_tables(facts)["claim_verdicts"].to_pylist()))
    return 0


def _package(arguments: argparse.Namespace) -> int:
    from rzh_data import package

    build.build(arguments.facts, arguments.parquet)
    print(f"{package.write(arguments.to, arguments.parquet)} written and complete.")
    return 0


def _template(arguments: argparse.Namespace) -> int:
    from rzh_data.workbook_template import content

    name = arguments.to or Path(f"rukhani-zhangyru-{arguments.language}.xlsx")
    name.write_bytes(content(arguments.language, arguments.facts))
    print(f"{name} written; fill it in, then run: python -m rzh_data import {name.name}")
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from rzh_data import log_acceptance, log_commands
    from rzh_data.workbook_import import AcceptError, content_of, examine
    from rzh_data.workbook_report import lines

    content, name, who = content_of(arguments.workbook), arguments.workbook.name, log_commands.account()
    examination = examine(content, arguments.facts)
    print("\n".join(lines(examination)))
    if not arguments.accept:
        if examination.is_acceptable:
            print("Nothing is written yet. To write it, add: --accept")
        return 1 if examination.faults else 0
    if examination.faults:
        log.append("refused", who, log_acceptance.told(examination, name), directory=arguments.log)
        return 1
    try:
        done = log_acceptance.accept(
            examination,
            content,
            name,
            who,
            facts_root=arguments.facts,
            parquet=arguments.parquet,
            directory=arguments.log,
        )
    except AcceptError as error:
        print(error, file=sys.stderr)
        return 1
    print("Written: " + ", ".join(done.files))
    print(f"Extracts in use: {done.version}")
    return 0


def _geography(arguments: argparse.Namespace) -> int:
    from rzh_data.geography import rebuild

    for path in rebuild(arguments.geo, arguments.static):
        print(f"{path.name}: {path.stat().st_size} bytes")
    return 0


def _query(arguments: argparse.Namespace) -> int:
    parameters: dict[str, object] = {}
    for assignment in arguments.parameters:
        name, _, value = assignment.partition("=")
        parameters[name] = value.split(",") if "," in value else value
    build.build(arguments.facts, arguments.parquet)
    print(store.current(arguments.parquet).run(arguments.name, **parameters).to_string(index=False))
    return 0


def main(argv: list[str] | None = None) -> int:
    """Runs one command. Returns its exit status: 0, or 1 after printing one sentence per fault."""
    parser = argparse.ArgumentParser(prog="python -m rzh_data", description=__doc__)
    parser.add_argument("--facts", type=Path, default=FACTS, help="folder of the facts")
    parser.add_argument("--parquet", type=Path, default=build.PARQUET, help="folder of the extracts")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build", help="build the extracts if they are missing or older than the facts").set_defaults(
        run=_build
    )
    commands.add_parser("check", help="print every rule the facts break").set_defaults(run=_check)
    command = commands.add_parser("verify", help="find every printed token in the documents")
    command.add_argument("--documents", type=Path, required=True, help="folder of the documents' text files")
    command.set_defaults(run=_verify)
    command = commands.add_parser("coverage", help="account for every number that the documents print")
    command.add_argument("--documents", type=Path, required=True, help="folder of the documents' text files")
    command.set_defaults(run=_coverage)
    command = commands.add_parser("dictionary", help="write the data dictionary from the schema")
    command.add_argument("--file", type=Path, default=ROOT / "docs" / "data-dictionary.md", help="where to write it")
    command.set_defaults(run=_dictionary)
    commands.add_parser("claims", help="recompute what the documents claim; list what differs").set_defaults(
        run=_claims
    )
    command = commands.add_parser("package", help="write the whole release: CSV, Parquet, XLSX and their description")
    command.add_argument("--to", type=Path, default=ROOT / "release", help="folder to write it into")
    command.set_defaults(run=_package)
    command = commands.add_parser("template", help="write a workbook to fill in with new figures")
    command.add_argument("--to", type=Path, help="file to write")
    command.add_argument("--language", choices=LANGUAGES, default="kk", help="language of its words")
    command.set_defaults(run=_template)
    command = commands.add_parser("import", help="examine a filled workbook: every fault, every difference")
    command.add_argument("workbook", type=Path)
    command.add_argument(
        "--accept", action="store_true", help="write it into the facts, whole or not at all, and into the log"
    )
    command.add_argument("--log", type=Path, default=None, help=f"folder of the log (else {log.VARIABLE}, data/log)")
    command.set_defaults(run=_import)
    command = commands.add_parser("geography", help="rebuild the boundaries from the map package")
    command.add_argument("--geo", type=Path, default=ROOT / "geo")
    command.add_argument("--static", type=Path, default=ROOT / "static")
    command.set_defaults(run=_geography)
    command = commands.add_parser("query", help="answer a question from queries/")
    command.add_argument("name")
    command.add_argument("parameters", nargs="*", metavar="name=value")
    command.set_defaults(run=_query)
    add_log_commands(commands)
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except FactsError as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, ValueError, GeographyError, LogError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
