"""Exhibits of the survey of 2020 and of the media output."""

from __future__ import annotations

from rzh_ui import awareness, passport, theme
from rzh_ui.controls import Chosen
from rzh_ui.exhibit import Exhibit, Series
from rzh_ui.exhibits import parts
from rzh_ui.i18n import Messages
from rzh_ui.rows import records

EVERYBODY = "everybody"


def answers(choice: Chosen, t: Messages) -> Exhibit:
    """Who knows the programme: everybody and each group, answer by answer; what is not printed stays open."""
    del choice  # no filter applies
    rows = awareness.answer_rows(t)
    found = [row | {"group_id": parts.text(row["group_id"]) or EVERYBODY} for row in records(rows)]
    groups = {row["group_id"]: row["who"] for row in found}
    known = {(row["group_id"], row["category_id"]): row["value"] for row in found}
    names = {row["category_id"]: row["answer"] for row in found}
    series = tuple(
        Series(names[answer], tuple(parts.number(known.get((group, answer))) for group in groups), colour)
        for answer, colour in theme.ANSWER_COLOURS.items()
    )
    identities = parts.figures(rows)
    return Exhibit(
        kind="shares",
        title=t("awareness.answers_title"),
        finding=awareness.finding(t),
        unit=t("exhibit.percent_asked"),
        period=t("exhibit.survey", year=2020),
        place=parts.country(t),
        categories=tuple(groups.values()),
        category_ids=tuple(groups),
        series=series,
        observation_ids=identities,
        source=passport.lines(identities, t),
        note=f"{t('awareness.answers_note')} {t('awareness.no_sample')}",
        file_name="awareness_answers",
        decimals=1,
        missing=t("awareness.unknown"),
    )


BUILDERS = {"answers": answers}
