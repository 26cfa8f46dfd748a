"""Sources: the documents, how far they agree with themselves, what contradicts what, what is missing, by which rules."""

from __future__ import annotations

import streamlit as st

from rzh_ui import charts, claims, controls, figure, flags, gaps, package, release
from rzh_ui.data import version
from rzh_ui.door import enter
from rzh_ui.figure import Shown
from rzh_ui.html import tag, text

t, choice = enter()

st.title(claims.title(t), anchor=False)
st.html(text("p", t("sources.lead"), class_="rz-lead") + claims.tiles(t))
st.html(text("p", t("sources.filters"), class_="rz-note"))
controls.applies_not(t, "period", "per")

st.header(t("sources.documents_title"), anchor=False)
st.html(release.documents(t))

st.header(t("sources.claims_title"), anchor=False)
known = claims.rows(choice, t)
if known.empty:
    controls.nothing_left(t, "regions", "principles")
else:
    st.html(text("p", claims.finding(known, t), class_="rz-lead"))
    seen = (version(), choice.regions, choice.principles)
    scatter, dots = st.columns(2, gap="large")
    with scatter:
        st.html(text("p", t("sources.scatter_title"), class_="rz-eyebrow"))
        figure.chart(
            lambda: charts.claimed_against_recounted(claims.on_scatter(known), t),
            seen,
            key="claims_scatter",
            t=t,
            alt_text=f"{t('sources.scatter_title')}. {claims.finding(known, t)}",
        )
    with dots:
        st.html(text("p", t("sources.dots_title"), class_="rz-eyebrow"))
        figure.chart(
            lambda: charts.claim_differences(claims.in_percent(known), t),
            seen,
            key="claims_dots",
            t=t,
            alt_text=f"{t('sources.dots_title')}. {claims.finding(known, t)}",
        )
    figure.under(
        known,
        claims.COLUMNS,
        key="claims",
        t=t,
        note=claims.not_drawn(known, t),
        formula=t("formula.claim"),
        file_name="claims",
    )

    st.subheader(t("sources.list_title"), anchor=False)
    sought = claims.pick(t)
    choice = controls.chosen()
    kept = claims.narrowed(known, choice.verdicts, choice.claim_types, sought)
    st.html(text("p", t.plural("claims.listed", len(kept), every=len(known)), class_="rz-note", role="status"))
    if kept.empty:
        controls.nothing_left(t, *controls.narrowing(choice, sought))
    else:
        shown = claims.page_of(kept)
        st.html(claims.listed(shown, t))

st.header(t("sources.contradictions_title"), anchor=False)
st.html(text("p", t("sources.rule"), class_="rz-lead"))
twice = claims.variants(choice, t) + claims.contradictions(known, t)
if twice:
    st.html(twice)
else:
    st.html(text("p", t("sources.no_contradictions"), class_="rz-note"))
st.html(text("p", claims.halves_sentence(t), class_="rz-note"))
halves = st.expander(t("halves.open"), key="halves", on_change="rerun")
if halves.open:
    halves.html(claims.one_half_only(t))

st.header(t("sources.flags_title"), anchor=False)
st.html(text("p", t("sources.flags_lead"), class_="rz-lead"))
st.html(tag("div", flags.section(t), class_="rz-pairs"))

st.header(t("gaps.title"), anchor=False)
matrix = gaps.matrix(choice, t)
missing = gaps.rows(choice, t)
if missing.empty:
    controls.nothing_left(t, "regions", "principles")
else:
    st.html(text("p", gaps.sentence(choice, t), class_="rz-lead") + matrix + gaps.reasons(choice, t))
    figure.table_alone(
        missing,
        (
            Shown("indicator", "gaps.indicator"),
            Shown("region", "table.region"),
            Shown("period", "table.period"),
            Shown("why", "gaps.reason"),
        ),
        key="gaps",
        t=t,
        label=t("gaps.open"),
        file_name="gaps",
    )

st.header(t("sources.methods_title"), anchor=False)
st.html(release.methods(t))
st.subheader(t("sources.quality_title"), anchor=False)
st.html(release.quality(t))

st.header(t("sources.release_title"), anchor=False)
st.html(release.release(t))
package.download(t, key="sources")
