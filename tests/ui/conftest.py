"""The application in the test's own process, as the server starts it, with whole error messages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st
from screen import facts, prepare_as_server
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager


@pytest.fixture(scope="session", autouse=True)
def application() -> Iterator[None]:
    shown = config.get_option("client.showErrorDetails")
    config.set_option("client.showErrorDetails", "full")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PagesManager, "__init__", prepare_as_server)
        yield
    config.set_option("client.showErrorDetails", shown)
    st.cache_resource.clear()
    facts().close()
    facts.cache_clear()
