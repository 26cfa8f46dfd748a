"""Tells the browser which language the page is in, so that screen readers and hyphenation follow the switch."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

SCRIPT = """
export default function (component) {
  document.documentElement.lang = component.data;
}
"""


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component("page_language", js=SCRIPT)


def tell_browser(language: str) -> None:
    """Sets `<html lang>`, which Streamlit leaves at English."""
    with st.container(key="page_language", height=1, border=False):
        _component()(key="page_language_component", data=language)
