"""What a visit holds, many entries at once.

Each entry that `st.session_state` gives or takes first asks whether the run is to end, and locks. A run needs some eighty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from streamlit.runtime.state.session_state_proxy import get_session_state


def taken(keys: Iterable[str]) -> dict[str, Any]:
    """The entries of those keys that this visit has."""
    held = get_session_state()
    found = {}
    with held._lock:
        for key in keys:
            with suppress(KeyError):
                found[key] = held._state[key]
    return found


def put(entries: Mapping[str, Any]) -> None:
    """Puts entries into the visit, as assigning each to `st.session_state` does.

    Raises:
        streamlit.errors.StreamlitAPIException: an entry belongs to a widget that this run has drawn already.
    """
    held = get_session_state()
    with held._lock:
        for key, value in entries.items():
            held._state[key] = value
