"""The application in the test's own process, as the server starts it, with whole error messages."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
import streamlit as st
from screen import facts, prepare_as_server
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from rzh_ui import drawn

different = itertools.count()


def never_the_same(*_: object) -> str:
    """Stands for what a visitor chose in the controls of a part, so that each visit draws them itself.

    AppTest asks the drawing of a control for its words; in a browser they come with the message. test_drawn.py and the
    tests in a browser try controls that another visit has drawn.
    """
    return str(next(different))


@pytest.fixture(scope="session", autouse=True)
def application() -> Iterator[None]:
    shown = config.get_option("client.showErrorDetails")
    config.set_option("client.showErrorDetails", "full")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PagesManager, "__init__", prepare_as_server)
        patch.setattr(drawn, "_answers", never_the_same)
        yield
    config.set_option("client.showErrorDetails", shown)
    st.cache_resource.clear()
    facts().close()
    facts.cache_clear()
