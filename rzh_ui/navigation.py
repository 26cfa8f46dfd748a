"""Who decides over the pages. Imports nothing heavy: the server asks before it has loaded anything."""

from __future__ import annotations

from streamlit.runtime.pages_manager import PagesManager


def use_navigation() -> None:
    """Tells Streamlit that app.py decides over the pages, before the first visitor comes."""
    PagesManager.uses_pages_directory = False
