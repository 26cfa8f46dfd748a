"""The rules that the facts must keep beyond their form: each is a query that returns the rows that break it."""

from __future__ import annotations

from pathlib import Path

from rzh_data.extracts import arrow_tables, in_memory
from rzh_data.facts import Facts, Fault, observation_id
from rzh_data.schema import DOCUMENT_LANGUAGES

CHECKS = Path(__file__).with_name("queries") / "checks"


def broken_rules(facts: Facts) -> list[Fault]:
    """Every rule that the facts break.

    A check in `queries/checks/` returns one row per offence: observation_id and message. The place of the observation
    in the facts is added here, so that the sentence names file and row; where there is none, the message names them.
    """
    places = {observation_id(row.values): row for row in facts.tables["observations"]}
    faults = list(_half_places(facts))
    with in_memory(arrow_tables(facts)) as connection:
        for path in sorted(CHECKS.glob("*.sql")):
            for offender, message in connection.execute(path.read_text(encoding="utf-8")).fetchall():
                row = places.get(offender)
                if row is None:
                    faults.append(Fault("data/facts", None, None, f"{message} ({path.stem})"))
                else:
                    faults.append(Fault(row.file, row.number, "value", f"{message} ({path.stem})"))
    return faults


def _half_places(facts: Facts) -> list[Fault]:
    """A place is a line and a token; one without the other, or a figure with no place at all, is traceable nowhere."""
    faults = []
    for row in facts.tables["observations"]:
        values = row.values
        for language in DOCUMENT_LANGUAGES:
            line, printed = values[f"{language}_line"], values[f"{language}_printed"]
            if (line is None) != (printed is None):
                column = f"{language}_{'line' if line is None else 'printed'}"
                faults.append(Fault(row.file, row.number, column, "is missing; a place has a line and a printed token"))
        if all(values[f"{language}_line"] is None for language in DOCUMENT_LANGUAGES):
            faults.append(
                Fault(row.file, row.number, "kk_line", "the figure has no place in either half of a document")
            )
        if (values["value"] is None) != (values["obs_status"] == "M"):
            faults.append(Fault(row.file, row.number, "value", "must be empty where obs_status is M, and only there"))
    return faults
