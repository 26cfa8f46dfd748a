"""A button that opens the browser's print window; what is left out on paper is decided in the style."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from rzh_ui.drawn import drawn_once

SCRIPT = """
export default function (component) {
  const button = component.parentElement.querySelector("button");
  button.textContent = component.data;
  button.onclick = () => window.print();
}
"""
STYLE = """
button { font: inherit; font-size: 0.95rem; min-height: 2.5rem; padding: 0.25rem 0.9rem; border-radius: 0.5rem; cursor: pointer;
  border: 1px solid var(--st-border-color); background: var(--st-background-color); color: var(--st-text-color); }
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
@media print { button { display: none; } }
"""


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component("print_page", html='<button type="button"></button>', css=STYLE, js=SCRIPT)


def print_button(label: str, *, key: str) -> None:
    """Draws the button."""
    drawn_once((key, label), lambda: _component()(key=key, data=label, width="content"), is_mute=True)
