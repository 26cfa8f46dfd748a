"""Exhibits of the accelerator and of «100 жаңа есім»."""

from __future__ import annotations

from rzh_ui import accelerator, numbers, passport, theme
from rzh_ui.controls import Chosen
from rzh_ui.exhibit import Exhibit, Series
from rzh_ui.exhibits import parts
from rzh_ui.i18n import Messages
from rzh_ui.rows import records


def funnel(choice: Chosen, t: Messages) -> Exhibit:
    """Projects at each stage of the accelerator, with their share of the applications."""
    del choice  # no filter applies
    rows = accelerator.funnel_rows(t)
    identities = parts.figures(rows)
    shares = tuple(
        t("accelerator.of_start", percent=numbers.percent(row["percent_of_start"], t)) for row in records(rows)
    )
    values = tuple(parts.number(value) for value in rows["value"])
    return Exhibit(
        kind="bars",
        title=t("exhibit.funnel"),
        finding=accelerator.finding(t),
        unit=t("accelerator.projects_column"),
        period=t("exhibit.year", year=2020),
        place=parts.country(t),
        categories=tuple(rows["stage"]),
        category_ids=tuple(rows["category_id"]),
        series=(Series(t("accelerator.projects_column"), values, theme.COUNT, remarks=shares),),
        observation_ids=identities,
        source=passport.lines(identities, t),
        note=t("exhibit.funnel_note"),
        file_name="accelerator_funnel",
    )


BUILDERS = {"funnel": funnel}
