"""The survey of 2020 and the media output: who knows the programme, who takes part, through which channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rzh_ui import bars, numbers, theme
from rzh_ui.data import ask
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN = "unknown"
PARTICIPATION, SUPPORT, RURAL = "event_participation_share", "outreach_support_share", "rural_events_support_share"
GROUPS_OF = {PARTICIPATION: ("age", "gender", "ethnicity"), SUPPORT: ("age",)}
"""Kinds of groups that a share is looked at for."""


@remembered
def finding(t: Messages) -> str:
    """What all respondents answer."""
    rows = ask("awareness_answers")
    own = rows[rows["group_id"].isna()].set_index("category_id")["value"]
    return t(
        "awareness.title",
        well=numbers.percent(own["knows_well"], t),
        some=numbers.percent(own["heard_something"], t),
        never=numbers.percent(own["never_heard"], t),
    )


@remembered
def answer_rows(t: Messages) -> pd.DataFrame:
    """Groups and answers with their names, for the table; a group that nothing is printed for has no value."""
    import pandas as pd

    rows = ask("awareness_answers")
    found = records(rows)
    return rows.assign(
        who=[_group(row, t) for row in found],
        answer=[_answer(row, t) for row in found],
        value=pd.array([row["value"] if len(row["observation_ids"]) else None for row in found], dtype="Float64"),
    )


def _group(row: dict[str, Any], t: Messages) -> str:
    return t.name(row, "group") if isinstance(row["group_kk"], str) else t("awareness.everybody")


def _answer(row: dict[str, Any], t: Messages) -> str:
    return t("awareness.unknown") if row["category_id"] == UNKNOWN else t.name(row)


@remembered
def answers(t: Messages) -> str:
    """Bars of 100 percent: everybody, then by age, then by ethnic group, as HTML."""
    rows = ask("awareness_answers")
    first = records(rows[rows["group_id"].isna()])
    key = [(t.name(row), theme.ANSWER_COLOURS[row["category_id"]]) for row in first]
    html = bars.legend([*key, (t("awareness.unknown"), None)])
    headings = {"everybody": "", "age": t("awareness.by_age"), "ethnicity": t("awareness.by_ethnicity")}
    for kind, heading in headings.items():
        own = rows[rows["group_type"] == kind]
        items = "".join(
            bars.stacked(_group(records(part)[0], t), [_part(row, t) for row in records(part)])
            for _, part in own.groupby("group_id", sort=False, dropna=False)
        )
        html += text("h3", heading, class_="rz-group-title") if heading else ""
        html += tag("ul", items, class_="rz-barlist", aria_label=heading or t("awareness.everybody"))
    return html


def _part(row: dict[str, Any], t: Messages) -> bars.Part:
    share = numbers.percent(row["value"], t) if len(row["observation_ids"]) else ""
    return bars.Part(_answer(row, t), share, float(row["value"]), theme.ANSWER_COLOURS.get(row["category_id"]))


@remembered
def share_rows(indicator: str, t: Messages) -> pd.DataFrame:
    """One share group by group, with names; a group without a printed share has no value."""
    rows = ask("survey_shares", indicator=indicator, types=GROUPS_OF[indicator])
    return rows.assign(who=[t.name(row) for row in records(rows)])


@remembered
def shares(indicator: str, t: Messages, *, caption: str) -> str:
    """One share group by group, as bars from zero to 100 percent."""
    items = [
        bars.Bar(
            row["who"],
            t("awareness.unknown") if numbers.is_missing(row["value"]) else numbers.percent(row["value"], t),
            None if numbers.is_missing(row["value"]) else float(row["value"]),
            theme.COUNT,
        )
        for row in records(share_rows(indicator, t))
    ]
    return bars.bars(items, caption=caption)


@remembered
def rural_support(t: Messages) -> tuple[str, tuple[str, ...]]:
    """The share of all respondents in favour of more events in villages, in words, and its observation."""
    row = ask("country_figures", indicators=(RURAL,)).iloc[0]
    return numbers.percent(row["value"], t), (row["observation_id"],)


@remembered
def channel_rows(t: Messages) -> pd.DataFrame:
    """Sources of information with the question and the group each share belongs to."""
    rows = ask("information_sources")
    found = records(rows)
    return rows.assign(
        channel=[t.name(row) for row in found],
        question=[t.name(row, "question") for row in found],
        who=[_group(row, t) for row in found],
    )


@remembered
def channels(t: Messages) -> str:
    """Sources of information as bars from zero to 100 percent, each with the question it answers."""
    items = [
        bars.Bar(
            row["channel"],
            numbers.percent(row["value"], t),
            float(row["value"]),
            theme.COUNT,
            note=f"{row['question']} · {row['who']}",
        )
        for row in records(channel_rows(t))
    ]
    return bars.bars(items, caption=t("awareness.channels_title"))


@remembered
def media_rows(t: Messages) -> pd.DataFrame:
    """Materials by kind of channel and part, with names."""
    rows = ask("media_output")
    return rows.assign(
        medium=[t("awareness.media_total") if row["level"] == 0 else t.name(row) for row in records(rows)]
    )


@remembered
def media(t: Messages) -> str:
    """Materials by kind of channel and its parts, as bars on one scale."""
    rows = media_rows(t)
    longest = float(rows.loc[rows["level"] == 1, "value"].max())
    items = [
        bars.Bar(
            row["medium"],
            numbers.decimal(row["value"], t),
            100 * float(row["value"]) / longest,
            theme.COUNT if row["level"] == 1 else theme.NEUTRAL,
            indent=int(row["level"]) - 1,
        )
        for row in records(rows[rows["level"] > 0])
    ]
    return bars.bars(items, caption=t("awareness.media_title"))


@remembered
def media_sums(t: Messages) -> str:
    """Every total of the media output as the sum of its parts, in words: whether it closes is computed, not said."""
    rows = media_rows(t)
    said = []
    for row in records(rows[rows["parts_sum"].notna()]):
        parts = " + ".join(
            numbers.decimal(value, t) for value in rows.loc[rows["parent_id"] == row["observation_id"], "value"]
        )
        sign = "=" if row["parts_sum"] == row["value"] else "≠"
        said.append(f"{row['medium']}: {parts} {sign} {numbers.decimal(row['value'], t)}")
    return "; ".join(said) + "."
