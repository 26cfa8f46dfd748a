"""Brings a visitor who follows a link with `#place` to that place: the browser looks for it before the page is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from rzh_ui.drawn import drawn_once

SCRIPT = """
export default function (component) {
  const place = component.data;
  if (window.location.hash !== "#" + place || window.rzhArrived) return;
  window.rzhArrived = true;
  let looks = 0;
  const timer = setInterval(() => {
    document.getElementById(place)?.scrollIntoView();
    if (++looks >= 10) clearInterval(timer); // charts above grow for a moment
  }, 200);
  for (const deed of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    window.addEventListener(deed, () => clearInterval(timer), { once: true });
  }
}
"""


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component("page_anchor", js=SCRIPT)


def follow(place: str) -> None:
    """Scrolls to the element with the id `place` where the address asks for it; once a visit, and not against a hand."""
    drawn_once(("page_anchor", place), lambda: _draw(place), is_mute=True)


def _draw(place: str) -> None:
    with st.container(key="page_anchor", height=1, border=False):
        _component()(key="page_anchor_component", data=place)
