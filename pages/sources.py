"""Sources: the documents, how far they agree with themselves, what contradicts what, what is missing, by which rules."""

from __future__ import annotations

import streamlit as st

from rzh_ui import charts, claims, controls, exhibits, figure, flags, gaps, package, release
from rzh_ui.data import version
from rzh_ui.door import enter
from rzh_ui.figure import Also, Shown
from rzh_ui.html import header, on_demand, show, subheader, tag, text, title

t, choice = enter()

title(claims.title(t))
show(text("p", t("sources.lead"), class_="rz-lead") + claims.tiles(t))
show(text("p", t("sources.filters"), class_="rz-note"))
controls.applies_not(t, "period", "per")

header(t("sources.documents_title"))
show(release.documents(t))

header(t("sources.claims_title"))
known = claims.rows(choice, t)
if known.empty:
    controls.nothing_left(t, "regions", "principles")
else:
    show(text("p", claims.finding(known, t), class_="rz-lead"))
    seen = (version(), choice.regions, choice.principles)
    scatter, dots = st.columns(2, gap="large")
    with scatter:
        show(text("p", t("sources.scatter_title"), class_="rz-eyebrow"))
        figure.chart(
            lambda: charts.claimed_against_recounted(claims.on_scatter(known), t),
            seen,
            key="claims_scatter",
            t=t,
            alt_text=f"{t('sources.scatter_title')}. {claims.finding(known, t)}",
        )
    with dots:
        show(text("p", t("sources.dots_title"), class_="rz-eyebrow"))
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
        exhibit=exhibits.maker("claims_scatter", choice, t),
        also=(Also("claims_dots", t("sources.dots_title"), exhibits.maker("claims_dots", choice, t)),),
    )

    subheader(t("sources.list_title"))
    claims.pick(t)
    choice = controls.chosen()
    kept = claims.narrowed(known, choice.verdicts, choice.claim_types, choice.search)
    show(text("p", t.plural("claims.listed", len(kept), every=len(known)), class_="rz-note", role="status"))
    if kept.empty:
        controls.nothing_left(t, *controls.narrowing(choice))
    else:
        shown = claims.page_of(kept)
        show(claims.listed(shown, t))

header(t("sources.contradictions_title"))
show(text("p", t("sources.rule"), class_="rz-lead"))
twice = claims.variants(choice, t) + claims.contradictions(known, t)
if twice:
    show(twice)
else:
    show(text("p", t("sources.no_contradictions"), class_="rz-note"))
show(text("p", claims.halves_sentence(t), class_="rz-note"))
on_demand(t("halves.open"), lambda: claims.one_half_only(t), key="halves")

header(t("sources.flags_title"))
show(text("p", t("sources.flags_lead"), class_="rz-lead"))
show(tag("div", flags.section(t), class_="rz-pairs"))

header(t("gaps.title"))
matrix = gaps.matrix(choice, t)
missing = gaps.rows(choice, t)
if missing.empty:
    controls.nothing_left(t, "regions", "principles")
else:
    show(text("p", gaps.sentence(choice, t), class_="rz-lead") + matrix + gaps.reasons(choice, t))
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
        exhibit=exhibits.maker("gaps", choice, t) if matrix else None,
    )

header(t("sources.methods_title"))
show(release.methods(t))
subheader(t("sources.quality_title"))
show(release.quality(t))

header(t("sources.release_title"))
show(release.release(t))
package.download(t, key="sources")
