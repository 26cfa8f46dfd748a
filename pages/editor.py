"""Entering data: the form, the workbook, what would change, and the second step to accept. For signed-in editors."""

from __future__ import annotations

import streamlit as st

from rzh_ui import access, controls, editing, editing_view
from rzh_ui.access import Person
from rzh_ui.door import enter
from rzh_ui.html import text
from rzh_ui.i18n import Messages


def steps(person: Person, t: Messages) -> None:
    editing_view.what_was_done(t)

    st.header(t("editor.template_title"), anchor=False)
    st.html(text("p", t("editor.template_lead"), class_="rz-note"))
    editing_view.template(t)

    st.header(t("editor.upload_title"), anchor=False)
    sent = editing_view.upload(t)
    if sent is not None:
        looked_at = editing.look_at(sent.getvalue(), sent.name, person)
        if looked_at.examination.is_acceptable:
            editing_view.preview(looked_at.examination, t)
            st.header(t("editor.accept_title"), anchor=False)
            st.html(text("p", t("editor.accept_lead"), class_="rz-note"))
            editing_view.accept(looked_at, sent.getvalue(), person, t)
        else:
            editing_view.refusal(looked_at.examination, t)

    st.header(t("editor.log_title"), anchor=False)
    st.html(editing_view.log_of_late(t))


t, choice = enter()
person = access.person()
st.title(t("editor.title"), anchor=False)
if person is None or not person.is_editor:
    # The navigation does not offer the page to others, and a role may end while the page is open.
    st.html(text("p", t("editor.only_editors"), class_="rz-warn"))
else:
    st.html(text("p", t("editor.lead"), class_="rz-lead"))
    controls.applies_not(t, "period", "per", "principles", "regions")
    if editing.log_is_written(person):
        steps(person, t)
    else:
        st.html(text("p", t("editor.no_log"), class_="rz-warn", role="alert"))
