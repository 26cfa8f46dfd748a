"""Foresight: stages, directions and who assigns them to which principle, methods, results, groups, trainings."""

from __future__ import annotations

import streamlit as st

from rzh_ui import anchor, controls, foresight, what_if
from rzh_ui.door import enter
from rzh_ui.html import text
from rzh_ui.money import serves

t, choice = enter()
principles = choice.principles

st.title(t("foresight.title"), anchor=False)
st.html(text("p", t("foresight.lead"), class_="rz-lead") + foresight.tiles(t))
controls.applies_not(t, "period", "per", "regions")

st.header(t("foresight.stages_title"), anchor=False)
stages = foresight.stages(principles, t)
if stages:
    st.html(stages)
else:
    controls.nothing_left(t, "principles")

st.header(t("foresight.directions_title"), anchor=False)
st.html(text("p", foresight.directions_sentence(t), class_="rz-lead") + foresight.directions(principles, t))

st.header(t("foresight.groups_title"), anchor=False)
groups = foresight.groups(principles, t)
if groups:
    st.html(text("p", t("foresight.groups_note"), class_="rz-note") + groups)
else:
    controls.nothing_left(t, "principles")

st.header(t("foresight.packages_title"), anchor=False)
packages = foresight.packages(principles, t)
if packages:
    st.html(text("p", t("foresight.packages_note"), class_="rz-note") + packages)
else:
    controls.nothing_left(t, "principles")

st.header(t("foresight.training_title"), anchor=False)
st.html(foresight.modules(t))
st.subheader(t("foresight.trainings_title"), anchor=False)
trainings = foresight.trainings(principles, t)
if trainings:
    st.html(trainings)
else:
    controls.nothing_left(t, "principles")

st.header(t("what_if.title"), anchor=what_if.PLACE)
if serves(principles):
    what_if.panel(choice, t)
else:
    controls.nothing_left(t, "principles")
anchor.follow(what_if.PLACE)
