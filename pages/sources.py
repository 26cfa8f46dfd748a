"""Sources: the documents, how far they agree with themselves, what contradicts what, what is missing, by which rules."""

from __future__ import annotations

import streamlit as st

from rzh_ui import charts, claims, controls, exhibits, figure, flags, gaps, package, release
from rzh_ui.data import version
from rzh_ui.door import enter
from rzh_ui.figure import Also, Shown
from rzh_ui.html import header, on_demand, part, show, subheader, tag, text, title

t, choice = enter()

title(claims.title(t))
show(
    part(
        text("p", t("sources.lead"), class_="rz-lead"),
        claims.tiles(t),
        text("p", t("sources.filters"), class_="rz-note"),
    )
)
controls.applies_not(t, "period", "per")

show(part(release.documents(t), heading=t("sources.documents_title")))

known = claims.rows(choice, t)
if known.empty:
    header(t("sources.claims_title"))
    controls.nothing_left(t, "regions", "principles")
else:
    show(part(text("p", claims.finding(known, t), class_="rz-lead"), heading=t("sources.claims_title")))
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

twice = claims.variants(choice, t)
others = len(claims.contradicting(known))
show(
    part(
        text("p", t("sources.rule"), class_="rz-lead"),
        twice if twice or others else text("p", t("sources.no_contradictions"), class_="rz-note"),
        text("p", claims.halves_sentence(t), class_="rz-note"),
        heading=t("sources.contradictions_title"),
    )
)
if others:
    on_demand(
        t("sources.contradictions_more", count=others),
        lambda: claims.contradictions(known, t),
        key="contradictions",
    )
on_demand(t("halves.open"), lambda: claims.one_half_only(t), key="halves")

show(
    part(
        text("p", t("sources.flags_lead"), class_="rz-lead"),
        tag("div", flags.section(t), class_="rz-pairs"),
        heading=t("sources.flags_title"),
    )
)

has_matrix = not gaps.told_of_several(choice).empty
missing = gaps.rows(choice, t)
if missing.empty:
    header(t("gaps.title"))
    controls.nothing_left(t, "regions", "principles")
else:
    show(
        part(
            text("p", gaps.sentence(choice, t), class_="rz-lead"),
            gaps.reasons(choice, t),
            heading=t("gaps.title"),
        )
    )
    if has_matrix:
        on_demand(t("gaps.matrix_open"), lambda: gaps.matrix(choice, t), key="gaps_matrix")
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
        exhibit=exhibits.maker("gaps", choice, t) if has_matrix else None,
    )

show(
    part(release.methods(t), heading=t("sources.methods_title")),
    part(release.quality(t), heading=t("sources.quality_title")),
    part(release.release(t), heading=t("sources.release_title")),
)
package.download(t, key="sources")
