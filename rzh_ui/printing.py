"""A button that opens the browser's print dialogue, which Streamlit has no element for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

SCRIPT = """
export default function (component) {
  const button = component.parentElement.querySelector("button");
  button.textContent = component.data;
  button.onclick = () => window.print();
}
"""
MARKUP = '<button type="button"></button>'
STYLE = """
button {
  font: inherit; font-weight: 600; cursor: pointer; min-height: 2.5rem; padding: 0.3rem 1rem; border-radius: 6px;
  color: var(--st-primary-color); background: transparent; border: 1px solid var(--st-primary-color);
}
button:hover { background: var(--st-secondary-background-color); }
button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
"""


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component("print_button", html=MARKUP, css=STYLE, js=SCRIPT)


def button(label: str, *, key: str) -> None:
    """Draws the button; it is not printed itself."""
    with st.container(key=f"{key}_noprint"):
        _component()(key=key, data=label)
