"""Accelerator: who gets through its stages, which projects the documents name, how it develops; and «100 жаңа есім»."""

from __future__ import annotations

import streamlit as st

from rzh_ui import accelerator, controls, exhibits, figure, hundred_names
from rzh_ui.claim_flags import flags
from rzh_ui.door import enter
from rzh_ui.figure import Shown
from rzh_ui.html import text

t, choice = enter()

st.title(accelerator.finding(t), anchor=False)
st.html(text("p", t("accelerator.lead"), class_="rz-lead"))
controls.applies_not(t, "period", "per")

st.header(t("accelerator.funnel_title"), anchor=False)
st.html(accelerator.funnel(t))
figure.under(
    accelerator.funnel_rows(t),
    (
        Shown("stage", "accelerator.stage_column"),
        Shown("value", "accelerator.projects_column", "count"),
        Shown("percent_of_start", "accelerator.of_start_column", "percent", 1),
        Shown("percent_of_before", "accelerator.of_before_column", "percent", 1),
    ),
    key="funnel",
    t=t,
    note=t("accelerator.funnel_note"),
    formula=t("formula.funnel"),
    file_name="accelerator_funnel",
    exhibit=exhibits.maker("funnel", choice, t),
)
st.html(flags(t, "accelerated_46_or_20"))

st.subheader(t("accelerator.around_title"), anchor=False)
st.html(
    accelerator.around(t, "accelerator_mentors", "accelerator_preacceleration_months", "accelerator_ambassadors")
    + flags(t, "ambassadors_within_accelerated")
)

st.header(t("accelerator.projects_title"), anchor=False)
accelerator.pick_cluster_and_search(t)
choice = controls.chosen()
projects = accelerator.projects(choice.principles, choice.cluster, choice.search)
st.html(accelerator.named(len(projects), t))
if projects.empty:
    controls.nothing_left(t, "principles", "cluster", "find")
else:
    st.html(accelerator.cards(projects, t))
st.html(
    text("p", t("accelerator.packages_note"), class_="rz-note")
    + flags(t, "accelerator_twenty_named", "accelerator_clusters_four")
)
st.subheader(t("accelerator.directions_title"), anchor=False)
st.html(accelerator.directions(t) + flags(t, "accelerator_directions_five_or_six"))

st.header(t("accelerator.stages_title"), anchor=False)
st.html(text("p", t("accelerator.stages_note"), class_="rz-note") + accelerator.timeline(t))

st.header(t("accelerator.partners_title"), anchor=False)
st.html(accelerator.partners(t))

st.header(t("hundred_names.title"), anchor=False)
if not hundred_names.serves(choice.principles):
    controls.nothing_left(t, "principles")
    st.stop()
st.html(text("p", hundred_names.finding(t), class_="rz-lead") + hundred_names.by_year(t))
figure.under(
    hundred_names.year_rows(t),
    (Shown("period", "table.period"), *hundred_names.COLUMNS),
    key="hundred_names_years",
    t=t,
    note=t("hundred_names.years_note"),
    formula=t("formula.per_hundred"),
    file_name="hundred_names_by_year",
    exhibit=exhibits.maker("hundred_names_years", choice, t),
)
st.html(flags(t, "names_applications_total", "names_winners_total"))

st.subheader(t("hundred_names.by_region"), anchor=False)
regions = hundred_names.region_rows(choice.regions, t)
if regions.empty:
    controls.nothing_left(t, "regions")
    st.stop()
st.html(hundred_names.by_region(regions, choice, t))
figure.under(
    regions,
    (Shown("region", "table.region"), *hundred_names.COLUMNS),
    key="hundred_names_regions",
    t=t,
    note=t("hundred_names.regions_note"),
    formula=t("formula.per_hundred"),
    file_name="hundred_names_by_region",
    exhibit=exhibits.maker("hundred_names_regions", choice, t),
)
st.html(flags(t, "names_top_five", "names_most_winners", "names_regions_left_out"))
