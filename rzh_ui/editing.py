"""What an editor does with a workbook, each step an entry of the log: look at it, then, in a second step, accept it."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from rzh_ui import access
from rzh_ui.access import Person
from rzh_ui.i18n import Messages

if TYPE_CHECKING:
    from rzh_data.log_acceptance import Accepted
    from rzh_data.workbook_import import Examination

STATE = "_looked_at"
"""Entry of the session that holds the workbook looked at last."""

SIGNED_IN = "_sign_in_logged"
DONE = "_accepted"
ROUND = "_upload_round"
"""How often this visit accepted something: the field for the next file is a new one."""


@dataclass(frozen=True)
class LookedAt:
    """A workbook that this visit sent, and what was found in it.

    Attributes:
        sha256: hash of the file.
        file_name: as the editor's machine calls it.
    """

    sha256: str
    file_name: str
    examination: Examination


class Refused(Exception):
    """Nothing was changed; the text is one sentence for the editor."""


def who(person: Person) -> dict[str, str]:
    """The person as the log names them."""
    return {"issuer": person.issuer, "subject": person.subject, "name": person.name}


def log_is_written(person: Person) -> bool:
    """Puts the sign-in into the log once a visit; without a log that can be written nobody enters data."""
    from rzh_data import log

    mark = (person.issuer, person.subject, person.signed_in)
    if st.session_state.get(SIGNED_IN) != mark:
        try:
            log.append("signed_in", who(person), {"signed_in": person.signed_in})
        except log.LogError:
            logging.getLogger(__name__).exception("The log of editors cannot be written")
            return False
        st.session_state[SIGNED_IN] = mark
    return True


def look_at(content: bytes, file_name: str, person: Person) -> LookedAt:
    """What the workbook would do to the facts; asked and logged once for each file that is sent.

    Raises:
        FactsError: the facts of this server cannot be read.
        LogError: the log cannot be written.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    known = st.session_state.get(STATE)
    if isinstance(known, LookedAt) and known.sha256 == sha256:
        return known
    from rzh_data import log, log_acceptance, workbook_import

    examination = workbook_import.examine(content)
    event = "refused" if examination.faults else "previewed"
    log.append(event, who(person), log_acceptance.told(examination, file_name))
    st.session_state[STATE] = LookedAt(sha256, file_name, examination)
    return st.session_state[STATE]


def finish(done: Accepted) -> None:
    """Lets go of the workbook and remembers, for the page that is drawn next, that it was accepted."""
    st.session_state.pop(STATE, None)
    st.session_state[DONE] = done
    st.session_state[ROUND] = upload_round() + 1


def upload_round() -> int:
    """Part of the key of the field for a file."""
    return int(st.session_state.get(ROUND, 0))


def done() -> Accepted | None:
    """What this visit accepted last, told once."""
    return st.session_state.pop(DONE, None)


def accept(looked_at: LookedAt, content: bytes, person: Person, t: Messages) -> Accepted:
    """The second step: writes what was shown, if the role still holds and the facts are still those compared with.

    Raises:
        Refused: nothing was changed; says why.
    """
    from rzh_data import log, log_acceptance
    from rzh_data.facts import FactsError
    from rzh_data.workbook_import import AcceptError

    now = access.person()
    is_same = now is not None and (now.issuer, now.subject) == (person.issuer, person.subject)
    if now is None or not is_same or not now.is_editor:
        reason = {**log_acceptance.named(looked_at.examination, looked_at.file_name), "reason": "no editor any more"}
        log.append("not_accepted", who(person), reason)
        raise Refused(t("editor.refused.role"))
    if hashlib.sha256(content).hexdigest() != looked_at.examination.workbook_sha256:
        raise Refused(t("editor.refused.other_file"))
    try:
        return log_acceptance.accept(looked_at.examination, content, looked_at.file_name, who(now))
    except AcceptError as error:
        raise Refused(error.message.text(t.language)) from error
    except (FactsError, log.LogError, OSError) as error:
        logging.getLogger(__name__).exception("A workbook could not be accepted")
        raise Refused(t("editor.refused.machine")) from error
