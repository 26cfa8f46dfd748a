"""Presentation: the story of the programme step by step, for a hall's screen and a clicker, with the network off as well."""

from __future__ import annotations

import streamlit as st

from rzh_ui import presentation, story
from rzh_ui.door import enter
from rzh_ui.html import text

t, _ = enter()

st.title(t("present.title"), anchor=False)
place = st.empty()
place.html(text("p", t("present.loading"), class_="rz-note"))  # until the steps lie over it
try:
    presentation.show(story.read())
except story.StoryError as fault:
    place.html(
        text("p", fault.said(t), class_="rz-warn", role="alert") + text("p", t("present.broken"), class_="rz-note")
    )
