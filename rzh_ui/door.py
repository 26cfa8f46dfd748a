"""What every page does first: takes its language and the visitor's choices, as app.py prepared them."""

from __future__ import annotations

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
