"""Principles and special projects: what the programme is made of, whom its documents address, what it is to reach, when."""

from __future__ import annotations

from rzh_ui import anchor, controls, exhibits, figure, programme, programme_charts, recommendations
from rzh_ui.data import version
from rzh_ui.door import enter
from rzh_ui.figure import Shown
from rzh_ui.html import header, on_demand, part, show, subheader, tag, text, title

t, choice = enter()

title(t("principles.title"))
show(text("p", t("principles.lead"), class_="rz-lead"))
controls.applies_not(t, "period", "per")

show(
    part(programme.key(choice.principles, t), heading=t("principles.key_title")),
    part(
        programme.double_counting(t),
        programme.projects(choice.principles, t),
        heading=t("principles.projects_title"),
    ),
)
on_demand(
    t("principles.words_title"),
    lambda: (
        programme.in_words_and_figures(choice.principles, t)
        + part(programme.places_of_parts(choice.principles, t), heading=t("principles.places_title"))
    ),
    key="principles_words",
)

show(
    part(
        text("p", t("principles.matrix_note"), class_="rz-note"),
        recommendations.matrix("body", choice.principles, choice.regions, t),
        heading=t("principles.matrix_title"),
    )
)
figure.table_alone(
    recommendations.matrix_rows("body", choice.principles, choice.regions, t),
    recommendations.MATRIX_COLUMNS,
    key="matrix_bodies",
    t=t,
    label=t("figure.numbers"),
    file_name="recommendations_by_principle_bodies",
    exhibit=exhibits.maker("matrix_bodies", choice, t),
)
show(recommendations.matrix("region", choice.principles, choice.regions, t))
figure.table_alone(
    recommendations.matrix_rows("region", choice.principles, choice.regions, t),
    recommendations.MATRIX_COLUMNS,
    key="matrix_regions",
    t=t,
    label=t("figure.numbers"),
    file_name="recommendations_by_principle_regions",
    exhibit=exhibits.maker("matrix_regions", choice, t),
)

show(tag("span", id=recommendations.ANCHOR), part(heading=t("principles.list_title")))
recommendations.pick(t)
asked = recommendations.wanted()
rows = recommendations.found(asked, t)
if rows.empty:
    controls.nothing_left(t, *asked.filters())
else:
    show(
        text("p", recommendations.count_sentence(rows, t), class_="rz-lead"),
        recommendations.listed(rows, asked.is_whole or asked.addressee is not None, t),
    )
    figure.table_alone(
        recommendations.in_words(rows, t),
        recommendations.COLUMNS,
        key="recommendations",
        t=t,
        label=t("principles.list_table"),
        file_name="recommendations",
    )

header(t("principles.targets_title"))
targets = programme.targets(choice.principles, t)
if targets.empty:
    show(text("p", t("principles.no_targets"), class_="rz-note"))
else:
    figure.chart(
        lambda: programme_charts.against_target(targets, t),
        (version(), choice.principles),
        key="targets",
        t=t,
        alt_text=programme.targets_sentence(targets),
    )
    figure.under(
        targets,
        (
            Shown("project", "table.project"),
            Shown("what", "table.indicator"),
            Shown("value", "table.value", "count"),
            Shown("target", "table.target", "count"),
            Shown("percent", "axis.percent_of_target", "percent", 1),
        ),
        key="targets",
        t=t,
        note=t("principles.targets_note"),
        formula=t("formula.target"),
        file_name="special_projects_value_against_target",
        exhibit=exhibits.maker("targets", choice, t),
    )

served = programme.measured(choice.principles)
if "aul" in served:
    subheader(t("principles.aul_title"))
    show(programme.aul_targets(t))
    figure.under(
        programme.aul_rows(t),
        programme.AUL_COLUMNS,
        key="aul_targets",
        t=t,
        note=t("principles.aul_note"),
        file_name="aul_el_besigi_targets",
        exhibit=exhibits.maker("aul_targets", choice, t),
    )
if "textbooks" in served:
    subheader(t("principles.textbooks_title"))
    stages = programme.textbook_stages(t)
    said = programme.textbooks_sentence(t)
    figure.chart(lambda: programme_charts.textbooks(stages, t), (version(),), key="textbooks", t=t, alt_text=said)
    figure.under(
        stages,
        (Shown("stage", "table.indicator"), Shown("value", "table.value", "count")),
        key="textbooks",
        t=t,
        note=said,
        file_name="textbooks_by_stage",
        exhibit=exhibits.maker("textbooks", choice, t),
    )
if "tugan_zher" in served:
    subheader(t("principles.circles_title"))
    circles = programme.circles(t)
    said = programme.circles_sentence(circles, t)
    figure.chart(lambda: programme_charts.circles(circles, t), (version(),), key="circles", t=t, alt_text=said)
    figure.under(
        circles,
        (
            Shown("kind", "table.indicator"),
            Shown("facilities", "axis.facilities", "count"),
            Shown("children", "axis.children", "persons"),
            Shown("per_facility", "table.per_facility", "persons", 1),
        ),
        key="circles",
        t=t,
        note=said,
        formula=t("formula.per_facility"),
        file_name="local_history_circles",
        exhibit=exhibits.maker("circles", choice, t),
    )
dates = programme.timeline(choice.principles, t)
if dates:
    show(part(programme.stages(choice.principles, t), dates, heading=t("principles.timeline_title")))
else:
    header(t("principles.timeline_title"))
    controls.nothing_left(t, "principles")
anchor.follow(recommendations.ANCHOR)
