"""Accelerator: who gets through its stages, which projects the documents name, how it develops; and «100 жаңа есім»."""

from __future__ import annotations

from rzh_ui import accelerator, controls, exhibits, figure, hundred_names
from rzh_ui.claim_flags import flags
from rzh_ui.door import enter, leave
from rzh_ui.figure import Shown
from rzh_ui.html import header, show, subheader, text, title

t, choice = enter()

title(accelerator.finding(t))
show(text("p", t("accelerator.lead"), class_="rz-lead"))
controls.applies_not(t, "period", "per")

header(t("accelerator.funnel_title"))
show(accelerator.funnel(t))
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
show(flags(t, "accelerated_46_or_20"))

subheader(t("accelerator.around_title"))
show(
    accelerator.around(t, "accelerator_mentors", "accelerator_preacceleration_months", "accelerator_ambassadors")
    + flags(t, "ambassadors_within_accelerated")
)

header(t("accelerator.projects_title"))
accelerator.pick_cluster_and_search(t)
choice = controls.chosen()
projects = accelerator.projects(choice.principles, choice.cluster, choice.search)
show(accelerator.named(len(projects), t))
if projects.empty:
    controls.nothing_left(t, "principles", "cluster", "search")
else:
    show(accelerator.cards(projects, t))
show(
    text("p", t("accelerator.packages_note"), class_="rz-note")
    + flags(t, "accelerator_twenty_named", "accelerator_clusters_four")
)
subheader(t("accelerator.directions_title"))
show(accelerator.directions(t) + flags(t, "accelerator_directions_five_or_six"))

header(t("accelerator.stages_title"))
show(text("p", t("accelerator.stages_note"), class_="rz-note") + accelerator.timeline(t))

header(t("accelerator.partners_title"))
show(accelerator.partners(t))

header(t("hundred_names.title"))
if not hundred_names.serves(choice.principles):
    controls.nothing_left(t, "principles")
    leave()
show(text("p", hundred_names.finding(t), class_="rz-lead") + hundred_names.by_year(t))
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
show(flags(t, "names_applications_total", "names_winners_total"))

subheader(t("hundred_names.by_region"))
regions = hundred_names.region_rows(choice.regions, t)
if regions.empty:
    controls.nothing_left(t, "regions")
    leave()
show(hundred_names.by_region(regions, choice, t))
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
show(flags(t, "names_top_five", "names_most_winners", "names_regions_left_out"))
