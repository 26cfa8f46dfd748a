"""Entering data: the form, the workbook, what would change, and the second step to accept. For signed-in editors."""

from __future__ import annotations

import streamlit as st

from rzh_ui.door import enter

t, choice = enter()
st.title(t("editor.title"), anchor=False)
