"""Exhibits of the survey of 2020 and of the media output."""

from __future__ import annotations

from rzh_ui import awareness, numbers, passport, theme
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


def _shares(indicator: str, title: str, note: str, file_name: str, t: Messages) -> Exhibit:
    rows = awareness.share_rows(indicator, t)
    found = records(rows)
    known = [row for row in found if not numbers.is_missing(row["value"])]
    identities = parts.figures(rows)
    said = "; ".join(f"{row['who']} – {numbers.percent(row['value'], t)}" for row in known)
    return Exhibit(
        kind="bars",
        title=title,
        finding=f"{title}: {said}.",
        unit=t("exhibit.percent_group"),
        period=t("exhibit.survey", year=2020),
        place=parts.country(t),
        categories=tuple(rows["who"]),
        category_ids=tuple(rows["group_id"]),
        series=(Series(t("awareness.share"), tuple(parts.number(row["value"]) for row in found), theme.COUNT),),
        observation_ids=identities,
        source=passport.lines(identities, t),
        note=note,
        file_name=file_name,
        decimals=1,
        missing=t("awareness.unknown"),
    )


def participation(choice: Chosen, t: Messages) -> Exhibit:
    """Who takes part in events, group by group."""
    del choice
    note = t("awareness.participation_note")
    return _shares(awareness.PARTICIPATION, t("awareness.participation_title"), note, "event_participation", t)


def support(choice: Chosen, t: Messages) -> Exhibit:
    """Who is for outreach work, group by group."""
    del choice
    return _shares(awareness.SUPPORT, t("awareness.support_title"), "", "outreach_support", t)


def channels(choice: Chosen, t: Messages) -> Exhibit:
    """Sources of information, each with the question and the group its share belongs to."""
    del choice
    rows = awareness.channel_rows(t)
    found = records(rows)
    identities = parts.figures(rows)
    said = "; ".join(f"{row['channel']} – {numbers.percent(row['value'], t)}" for row in found)
    return Exhibit(
        kind="bars",
        title=t("awareness.channels_title"),
        finding=f"{t('awareness.channels_title')}: {said}.",
        unit=t("exhibit.percent_asked"),
        period=t("exhibit.survey", year=2020),
        place=parts.country(t),
        categories=tuple(rows["channel"]),
        category_ids=tuple(rows["observation_id"]),
        series=(
            Series(
                t("awareness.share"),
                tuple(parts.number(value) for value in rows["value"]),
                theme.COUNT,
                remarks=tuple(f"{row['question']} · {row['who']}" for row in found),
            ),
        ),
        observation_ids=identities,
        source=passport.lines(identities, t),
        note=t("awareness.channels_note"),
        file_name="information_sources",
        decimals=1,
    )


def media(choice: Chosen, t: Messages) -> Exhibit:
    """Materials by kind of channel, and by its parts, on one scale."""
    del choice
    every = awareness.media_rows(t)
    rows = every[every["level"] > 0]
    identities = parts.figures(every)
    series = tuple(
        Series(
            t(f"exhibit.media_{name}"),
            tuple(parts.number(row["value"]) if row["level"] == level else None for row in records(rows)),
            colour,
        )
        for level, name, colour in ((1, "kind", theme.COUNT), (2, "part", theme.NEUTRAL))
    )
    return Exhibit(
        kind="stacked_bars",
        title=t("awareness.media_title"),
        finding=awareness.media_sums(t),
        unit=t("awareness.materials").lower(),
        period=t("exhibit.year", year=2020),
        place=parts.country(t),
        categories=tuple(rows["medium"]),
        category_ids=tuple(rows["category_id"]),
        series=series,
        observation_ids=identities,
        source=passport.lines(identities, t),
        file_name="media_output",
    )


BUILDERS = {
    "answers": answers,
    "participation": participation,
    "channels": channels,
    "support": support,
    "media": media,
}
