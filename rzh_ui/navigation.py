"""Who decides over the pages. Imports nothing heavy: the server asks before it has loaded anything."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from functools import cache

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from rzh_ui.i18n import Messages


def use_navigation() -> None:
    """Tells Streamlit that app.py decides over the pages, before the first visitor comes."""
    PagesManager.uses_pages_directory = False


def pages(names: Iterable[str], t: Messages) -> list[st.Page]:
    """The pages called `names`, titled in the page's language; the first is the one at `/`."""
    # st.navigation marks the page that may run: each visitor has copies
    return [copy.copy(_page(name, t(f"{name}.menu"), at == 0)) for at, name in enumerate(names)]


@cache
def _page(name: str, title: str, is_first: bool) -> st.Page:
    return st.Page(f"pages/{name}.py", title=title, url_path=name, default=is_first)
