"""Awareness: who knows the programme, who takes part, through which channels; and a card for whoever presents it."""

from __future__ import annotations

import streamlit as st

from rzh_ui import awareness, controls, exhibits, figure, passport, printing, target_groups
from rzh_ui.claim_flags import flags
from rzh_ui.door import enter
from rzh_ui.figure import Shown
from rzh_ui.html import text

t, choice = enter()

st.title(awareness.finding(t), anchor=False)
st.html(text("p", t("awareness.lead"), class_="rz-lead"))
controls.applies_not(t, "period", "per", "principles", "regions")

st.header(t("awareness.answers_title"), anchor=False)
st.html(awareness.answers(t) + text("p", t("awareness.no_sample"), class_="rz-note"))
figure.under(
    awareness.answer_rows(t),
    (
        Shown("who", "groups.group"),
        Shown("answer", "awareness.answer"),
        Shown("value", "awareness.share", "percent", 1),
    ),
    key="answers",
    t=t,
    note=t("awareness.answers_note"),
    formula=t("formula.unknown_share"),
    file_name="awareness_answers",
    exhibit=exhibits.maker("answers", choice, t),
)
st.html(flags(t, "awareness_sum", "awareness_below_average"))

st.header(t("awareness.participation_title"), anchor=False)
st.html(awareness.shares(awareness.PARTICIPATION, t, caption=t("awareness.participation_title")))
figure.under(
    awareness.share_rows(awareness.PARTICIPATION, t),
    (Shown("who", "groups.group"), Shown("value", "awareness.share", "percent", 1)),
    key="participation",
    t=t,
    note=t("awareness.participation_note"),
    file_name="event_participation",
    exhibit=exhibits.maker("participation", choice, t),
)

st.header(t("awareness.channels_title"), anchor=False)
st.html(awareness.channels(t))
figure.under(
    awareness.channel_rows(t),
    (
        Shown("channel", "awareness.channel"),
        Shown("question", "awareness.question"),
        Shown("who", "groups.group"),
        Shown("value", "awareness.share", "percent", 1),
    ),
    key="channels",
    t=t,
    note=t("awareness.channels_note"),
    file_name="information_sources",
    exhibit=exhibits.maker("channels", choice, t),
)
st.html(flags(t, "tv_radio_56_or_heard_53", "internet_youth_raised"))

st.header(t("awareness.support_title"), anchor=False)
rural, rural_ids = awareness.rural_support(t)
st.html(
    awareness.shares(awareness.SUPPORT, t, caption=t("awareness.support_title"))
    + text("p", t("awareness.rural", share=rural), class_="rz-note")
    + passport.details(rural_ids, t)
)
figure.under(
    awareness.share_rows(awareness.SUPPORT, t),
    (Shown("who", "groups.group"), Shown("value", "awareness.share", "percent", 1)),
    key="support",
    t=t,
    file_name="outreach_support",
    exhibit=exhibits.maker("support", choice, t),
)
st.html(flags(t, "support_highest_60"))

st.header(t("awareness.media_title"), anchor=False)
st.html(text("p", awareness.media_sums(t), class_="rz-lead") + awareness.media(t))
figure.under(
    awareness.media_rows(t),
    (
        Shown("medium", "awareness.medium"),
        Shown("value", "awareness.materials", "count"),
    ),
    key="media",
    t=t,
    note=t("awareness.media_note"),
    file_name="media_output",
    exhibit=exhibits.maker("media", choice, t),
)
st.html(flags(t, "media_scope", "regional_media_average", "regional_tv_average"))

st.header(t("groups.title"), anchor=False)
st.html(text("p", t("groups.lead"), class_="rz-note"))
target_groups.pick(t)
choice = controls.chosen()
if choice.group:
    st.html(target_groups.card(choice.group, t))
    printing.print_button(t("groups.print"), key="print_card")
    st.html(text("p", t("groups.print_note"), class_="rz-note rz-noprint"))
else:
    st.html(text("p", t("groups.choose"), class_="rz-note rz-noprint"))
st.html(target_groups.table(choice, t))
