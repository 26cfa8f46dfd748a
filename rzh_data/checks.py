"""The rules that the facts must keep beyond their form: each is a query that returns the rows that break it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rzh_data.extracts import arrow_tables, in_memory
from rzh_data.facts import Facts, Fault, observation_id
from rzh_data.schema import DOCUMENT_LANGUAGES

CHECKS = Path(__file__).with_name("queries") / "checks"


def broken_rules(facts: Facts, tables: Mapping[str, Any] | None = None) -> list[Fault]:
    """Every rule that the facts break.

    A check in `queries/checks/` returns one row per offence: observation_id, message, and where two numbers were
    compared, the one `given` and the one `expected`; `figure` is a key where it is of no observation. The place of the observation in the facts is added here, so that
    the sentence names file and row; where there is none, the message names them.

    Args:
        tables: `extracts.arrow_tables(facts)`, where somebody made them already.
    """
    places = {observation_id(row.values): row for row in facts.tables["observations"]}
    faults = list(_half_places(facts))
    with in_memory(dict(tables or arrow_tables(facts))) as connection:
        for path in sorted(CHECKS.glob("*.sql")):
            answer = connection.execute(path.read_text(encoding="utf-8"))
            names = [column[0] for column in answer.description]
            for cells in answer.fetchall():
                offence = dict(zip(names, cells, strict=True))
                offender, message = offence.pop("observation_id"), f"{offence.pop('message')} ({path.stem})"
                row = places.get(offender)
                values = {"figure": offender} | offence
                if row is None:
                    faults.append(Fault("data/facts", None, None, message, path.stem, values))
                else:
                    faults.append(Fault(row.file, row.number, "value", message, path.stem, values))
    return faults


def _half_places(facts: Facts) -> list[Fault]:
    """A place is a line and a token; one without the other, or a figure with no place at all, is traceable nowhere."""
    faults = []
    for row in facts.tables["observations"]:
        values = row.values
        figure = {"figure": observation_id(values)}
        for language in DOCUMENT_LANGUAGES:
            line, printed = values[f"{language}_line"], values[f"{language}_printed"]
            if (line is None) != (printed is None):
                column = f"{language}_{'line' if line is None else 'printed'}"
                message = "is missing; a place has a line and a printed token"
                faults.append(Fault(row.file, row.number, column, message, "half_place", figure))
        if all(values[f"{language}_line"] is None for language in DOCUMENT_LANGUAGES):
            message = "the figure has no place in either half of a document"
            faults.append(Fault(row.file, row.number, "kk_line", message, "no_place", figure))
        if (values["value"] is None) != (values["obs_status"] == "M"):
            message = "must be empty where obs_status is M, and only there"
            faults.append(Fault(row.file, row.number, "value", message, "value_and_status", figure))
    return faults
