"""Foresight: stages, directions and who assigns them to which principle, methods, results, groups, trainings."""

from __future__ import annotations

from rzh_ui import anchor, controls, foresight, what_if
from rzh_ui.door import enter
from rzh_ui.html import header, part, show, tag, text, title
from rzh_ui.money import serves

t, choice = enter()
principles = choice.principles


def listed(heading: str, *pieces: str) -> None:
    """A part of the page; where the principles leave nothing of its last piece, a line that says so."""
    if pieces[-1]:
        show(part(*pieces, heading=heading))
    else:
        header(heading)
        controls.nothing_left(t, "principles")


title(t("foresight.title"))
show(part(text("p", t("foresight.lead"), class_="rz-lead"), foresight.tiles(t)))
controls.applies_not(t, "period", "per", "regions")

listed(t("foresight.stages_title"), foresight.stages(principles, t))
show(
    part(
        text("p", foresight.directions_sentence(t), class_="rz-lead"),
        foresight.directions(principles, t),
        heading=t("foresight.directions_title"),
    )
)
listed(
    t("foresight.groups_title"),
    text("p", t("foresight.groups_note"), class_="rz-note"),
    foresight.groups(principles, t),
)
listed(
    t("foresight.packages_title"),
    text("p", t("foresight.packages_note"), class_="rz-note"),
    foresight.packages(principles, t),
)
show(part(foresight.modules(t), heading=t("foresight.training_title")))
listed(t("foresight.trainings_title"), foresight.trainings(principles, t))

place = tag("span", id=what_if.PLACE)
if serves(principles):
    show(place, part(text("p", t("what_if.lead"), class_="rz-lead"), heading=t("what_if.title")))
    what_if.panel(choice, t)
else:
    show(place, part(heading=t("what_if.title")))
    controls.nothing_left(t, "principles")
anchor.follow(what_if.PLACE)
