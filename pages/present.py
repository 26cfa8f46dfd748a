"""Presentation: the story of the programme step by step, for a hall's screen and a clicker, with the network off as well."""

from __future__ import annotations

import streamlit as st

from rzh_ui import presentation, story
from rzh_ui.door import enter
from rzh_ui.html import text

t, _ = enter()

try:
    presentation.show(story.read())
except story.StoryError as fault:
    st.title(t("present.title"), anchor=False)
    st.html(text("p", fault.said(t), class_="rz-warn", role="alert") + text("p", t("present.broken"), class_="rz-note"))
