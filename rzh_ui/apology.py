"""What a visitor reads where a page broke: one line in the page's language. The server's log has the rest."""

from __future__ import annotations

import streamlit as st


def apologise(_error: Exception) -> bool:
    """Says it on the page instead of Streamlit's own English box. Streamlit has written the error to the log before."""
    from rzh_ui.html import text  # the server starts without what pages need
    from rzh_ui.i18n import DEFAULT_LANGUAGE, messages

    language = st.session_state.get("lang") or DEFAULT_LANGUAGE
    st.html(text("p", messages(language)("page.broke"), class_="rz-warn rz-broke", role="alert"))
    return True
