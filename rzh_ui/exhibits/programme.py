"""Exhibits of the principles and special projects: targets, textbooks, circles, and who is addressed how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rzh_ui import passport, programme, recommendations, theme
from rzh_ui.controls import Chosen
from rzh_ui.data import ask
from rzh_ui.exhibit import Exhibit, NothingToShow, Series
from rzh_ui.exhibits import parts
from rzh_ui.i18n import Messages
from rzh_ui.rows import records

if TYPE_CHECKING:
    import altair as alt


def targets(choice: Chosen, t: Messages) -> Exhibit:
    """Value in percent of the target, where documents print both."""
    rows = programme.targets(choice.principles, t)
    if rows.empty:
        raise NothingToShow("targets")
    found = records(rows)
    identities = parts.figures(rows)

    def drawing() -> alt.TopLevelMixin:
        from rzh_ui import programme_charts

        return programme_charts.against_target(rows, t)

    return Exhibit(
        kind="bars",
        title=t("exhibit.targets"),
        finding=programme.targets_sentence(rows),
        unit=t("axis.percent_of_target"),
        period="",
        place=parts.country(t),
        categories=tuple(rows["what"]),
        category_ids=tuple(rows["pair_id"]),
        series=(
            Series(
                t("axis.percent_of_target"),
                tuple(float(value) for value in rows["percent"]),
                theme.COUNT,
                remarks=tuple(row["said"] for row in found),
            ),
        ),
        observation_ids=identities,
        source=passport.lines(identities, t),
        formula=t("formula.target"),
        note=t("principles.targets_note"),
        file_name="special_projects_value_against_target",
        decimals=0,
        goal=100.0,
        drawing=drawing,
    )


def textbooks(choice: Chosen, t: Messages) -> Exhibit:
    """The hundred textbooks by stage."""
    _must_serve("textbooks", choice, t)
    rows = programme.textbook_stages(t)
    identities = parts.figures(rows)

    def drawing() -> alt.TopLevelMixin:
        from rzh_ui import programme_charts

        return programme_charts.textbooks(rows, t)

    return Exhibit(
        kind="stacked_bars",
        title=t("principles.textbooks_title"),
        finding=programme.textbooks_sentence(t),
        unit=t("axis.textbooks").lower(),
        period="",
        place=parts.country(t),
        categories=(t("exhibit.textbooks"),),
        category_ids=("textbooks",),
        series=tuple(
            Series(row["stage"], (float(row["value"]),), colour)
            for row, colour in zip(records(rows), theme.STAGES, strict=True)
        ),
        observation_ids=identities,
        source=passport.lines(identities, t),
        file_name="textbooks_by_stage",
        drawing=drawing,
    )


def circles(choice: Chosen, t: Messages) -> Exhibit:
    """Children in local history by kind of facility."""
    _must_serve("tugan_zher", choice, t)
    rows = programme.circles(t)
    identities = parts.figures(rows)

    def drawing() -> alt.TopLevelMixin:
        from rzh_ui import programme_charts

        return programme_charts.circles(rows, t)

    return Exhibit(
        kind="bars",
        title=t("principles.circles_title"),
        finding=programme.circles_sentence(rows, t),
        unit=t("axis.children").lower(),
        period="",
        place=parts.country(t),
        categories=tuple(rows["kind"]),
        category_ids=tuple(str(index) for index in range(len(rows))),
        series=(
            Series(
                t("axis.children"),
                tuple(float(value) for value in rows["children"]),
                theme.COUNT,
                remarks=tuple(f"{t('axis.facilities')}: {row['said_facilities']}" for row in records(rows)),
            ),
        ),
        observation_ids=identities,
        source=passport.lines(identities, t),
        file_name="local_history_circles",
        drawing=drawing,
    )


def _must_serve(project: str, choice: Chosen, t: Messages) -> None:
    if project not in set(programme.targets(choice.principles, t)["project_id"]):
        raise NothingToShow(project)


def aul(choice: Chosen, t: Messages) -> Exhibit:
    """Figures and targets of «Ауыл – ел бесігі» by year; each row has its own unit, so that remarks say the values."""
    _must_serve("aul", choice, t)
    years, lines = programme.aul_lines(t)
    identities = tuple(row["observation_id"] for cells in lines.values() for row in cells.values())
    return Exhibit(
        kind="table",
        title=t("principles.aul_title"),
        finding=t("principles.aul_caption"),
        unit="",
        period="",
        place=parts.country(t),
        categories=tuple(lines),
        category_ids=tuple(next(iter(cells.values()))["observation_id"] for cells in lines.values()),
        series=tuple(
            Series(
                label,
                tuple(float(cells[year]["value"]) if year in cells else None for cells in lines.values()),
                theme.COUNT,
                remarks=tuple(
                    programme.figure_said(cells[year], t) if year in cells else "" for cells in lines.values()
                ),
            )
            for year, label in years.items()
        ),
        observation_ids=identities,
        source=passport.lines(identities, t),
        note=t("principles.aul_note"),
        file_name="aul_el_besigi_targets",
        missing=t("figure.missing"),
    )


def _matrix(kind: str, choice: Chosen, t: Messages) -> Exhibit:
    """Addressees by principles; a cell counts findings and recommendations together, its remark tells them apart."""
    addressees = recommendations.matrix_addressees(kind, choice.regions, t)
    if not addressees:
        raise NothingToShow(f"matrix of {kind}")
    names = recommendations.addressee_names(t)
    known = recommendations.counts(choice.principles)
    breaks = recommendations.matrix_classes().breaks
    series = []
    for column, name in recommendations.matrix_columns(choice.principles, t).items():
        pairs = [known.get((addressee, column), (0, 0)) for addressee in addressees]
        values = tuple(float(sum(pair)) for pair in pairs)
        remarks = tuple(recommendations.pair_said(pair) for pair in pairs)
        series.append(Series(name, values, theme.COUNT, remarks=remarks, breaks=breaks))
    rows = t("principles.matrix_bodies" if kind == "body" else "principles.matrix_regions")
    return Exhibit(
        kind="table",
        title=f"{t('principles.matrix_title')}: {rows.lower()}",
        finding=t("exhibit.matrix_finding"),
        unit=t("exhibit.matrix_unit"),
        period="",
        categories=tuple(names[addressee] for addressee in addressees),
        category_ids=tuple(addressees),
        series=tuple(series),
        observation_ids=(),
        source=parts.whole_documents(ask("recommendations", language=t.language), t),
        formula=t("formula.sentences"),
        file_name=f"recommendations_by_principle_{'bodies' if kind == 'body' else 'regions'}",
    )


def matrix_bodies(choice: Chosen, t: Messages) -> Exhibit:
    """How many findings and recommendations each ministry and body has under each principle."""
    return _matrix("body", choice, t)


def matrix_regions(choice: Chosen, t: Messages) -> Exhibit:
    """The same for regions and their offices."""
    return _matrix("region", choice, t)


BUILDERS = {
    "matrix_bodies": matrix_bodies,
    "matrix_regions": matrix_regions,
    "targets": targets,
    "aul_targets": aul,
    "textbooks": textbooks,
    "circles": circles,
}
