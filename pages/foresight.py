"""Foresight: stages, directions and who assigns them to which principle, methods, results, groups, trainings."""

from __future__ import annotations

from rzh_ui import anchor, controls, foresight, what_if
from rzh_ui.door import enter
from rzh_ui.html import header, show, subheader, tag, text, title
from rzh_ui.money import serves

t, choice = enter()
principles = choice.principles

title(t("foresight.title"))
show(text("p", t("foresight.lead"), class_="rz-lead") + foresight.tiles(t))
controls.applies_not(t, "period", "per", "regions")

header(t("foresight.stages_title"))
stages = foresight.stages(principles, t)
if stages:
    show(stages)
else:
    controls.nothing_left(t, "principles")

header(t("foresight.directions_title"))
show(text("p", foresight.directions_sentence(t), class_="rz-lead") + foresight.directions(principles, t))

header(t("foresight.groups_title"))
groups = foresight.groups(principles, t)
if groups:
    show(text("p", t("foresight.groups_note"), class_="rz-note") + groups)
else:
    controls.nothing_left(t, "principles")

header(t("foresight.packages_title"))
packages = foresight.packages(principles, t)
if packages:
    show(text("p", t("foresight.packages_note"), class_="rz-note") + packages)
else:
    controls.nothing_left(t, "principles")

header(t("foresight.training_title"))
show(foresight.modules(t))
subheader(t("foresight.trainings_title"))
trainings = foresight.trainings(principles, t)
if trainings:
    show(trainings)
else:
    controls.nothing_left(t, "principles")

show(tag("span", id=what_if.PLACE))
header(t("what_if.title"))
if serves(principles):
    what_if.panel(choice, t)
else:
    controls.nothing_left(t, "principles")
anchor.follow(what_if.PLACE)
