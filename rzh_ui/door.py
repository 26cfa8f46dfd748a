"""What every page does first, taking its language and the visitor's choices as app.py prepared them, and how it ends early."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from rzh_ui.controls import Chosen, chosen
from rzh_ui.i18n import Messages, messages
from rzh_ui.navigation import use_navigation


def enter() -> tuple[Messages, Chosen]:
    """The messages and the choices of this run."""
    if "lang" not in st.session_state:
        # A folder called pages/ makes Streamlit serve the very first visitor of a server in its oldest way, the page
        # without app.py; from the next run on it goes through app.py.
        use_navigation()
        st.rerun()
    return messages(st.session_state["lang"]), chosen()


class Left(Exception):
    """A page ends before its last line, because a filter left nothing of the rest."""


def leave() -> NoReturn:
    """Ends the page. `st.stop` would take what stands under every page along with it."""
    raise Left
