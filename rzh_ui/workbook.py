"""What a figure shows as a workbook: the numbers, the places of everything behind them, and what the file is."""

from __future__ import annotations

import datetime
import io
import textwrap
from typing import TYPE_CHECKING, Any

from rzh_ui import numbers, passport
from rzh_ui.columns import Cells, Taken
from rzh_ui.controls import region_names
from rzh_ui.data import ask, version
from rzh_ui.dates import day
from rzh_ui.exhibit import Exhibit
from rzh_ui.i18n import Messages
from rzh_ui.rows import by, records

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

WIDEST, NARROWEST = 60, 8
"""Widths of columns, in letters."""

LINE, BESIDE = 15.5, 2
"""Height of a line in points; letters of a column's width that its indent takes."""

WIDE = 100
"""Width of the column that says what the file is."""

A4 = 9

Parameters = tuple[tuple[str, str], ...]


def xlsx(
    taken: Taken, exhibit: Exhibit | None, link: str, parameters: Parameters, t: Messages, today: datetime.date
) -> bytes:
    """A workbook of three sheets: what is shown; where each figure behind it is printed; what the file is.

    Numbers are numbers, a missing one is an empty cell, no cell is a formula. The same rows, view, data version and date
    give the same bytes.

    Args:
        exhibit: what pictures of the figure are drawn from; None for a list of words.
        link: address of the view.
        parameters: what was chosen there, as it stands in the address.
    """
    import xlsxwriter

    sink = io.BytesIO()
    book = xlsxwriter.Workbook(
        sink, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties(
        {
            "title": exhibit.title if exhibit else taken.file_name,
            "created": datetime.datetime.combine(today, datetime.time()),
            "comments": link,
        }
    )
    count = len(taken.rows)
    shown = [Cells(t("workbook.row"), tuple(range(1, count + 1)), 0), *taken.shown()]
    if taken.has_figures:
        shown.append(Cells(t("workbook.formula"), tuple(taken.how(row) for row in records(taken.rows))))
    _sheet(book, t("workbook.shown"), shown)
    if taken.has_figures:
        _sheet(book, t("workbook.places"), _places(taken, t))
    _about(book, taken, exhibit, link, parameters, t, today)
    book.close()
    return sink.getvalue()


def _sheet(book: Workbook, name: str, columns: list[Cells]) -> Worksheet:
    sheet = book.add_worksheet(name)
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "align": "left", "indent": 1}
    )
    words = book.add_format({"valign": "top", "align": "left", "indent": 1})
    long_words = book.add_format({"valign": "top", "text_wrap": True, "align": "left", "indent": 1})
    deep = {0: 1}
    for index, column in enumerate(columns):
        sheet.write_string(0, index, column.label, head)
        if column.decimals is None:
            longest = max((len(str(value)) for value in column.values), default=0)
            form = long_words if longest > WIDEST else words
        else:
            digits = "" if column.decimals == 0 else "." + "0" * column.decimals
            form = book.add_format({"num_format": f"#,##0{digits}", "valign": "top"})
            longest = max(
                (len(f"{value:,.{column.decimals}f}") for value in column.values if value is not None), default=0
            )
        for row, value in enumerate(column.values, start=1):
            if isinstance(value, str):
                sheet.write_string(row, index, value, form)
                if len(value) > WIDEST:
                    deep[row] = max(deep.get(row, 1), _lines(value, WIDEST))
            elif value is not None:
                sheet.write_number(row, index, value, form)
        width = min(WIDEST, max(NARROWEST, longest + 2, len(column.label) // 2 + 2))
        sheet.set_column(index, index, width)
        deep[0] = max(deep[0], _lines(column.label, width - 1))
    for row, count in deep.items():  # not every program makes room for several lines by itself
        sheet.set_row(row, LINE * count)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if columns and columns[0].values:
        sheet.autofilter(0, 0, len(columns[0].values), len(columns) - 1)
    return sheet


def _lines(words: str, width: int) -> int:
    """How many lines the words take in a column of so many letters."""
    return max(1, len(textwrap.wrap(words, width - BESIDE)))


def _places(taken: Taken, t: Messages) -> list[Cells]:
    """One row for each place of each figure that the rows rest on, with the rows that do."""
    rows_of: dict[str, list[int]] = {}
    for number, cell in enumerate(taken.rows["observation_ids"], start=1):
        for identity in cell:
            rows_of.setdefault(identity, []).append(number)
    found = records(ask("passports", observations=tuple(rows_of)))
    found.sort(key=lambda row: (rows_of[row["observation_id"]][0], row["observation_id"], not row["is_first"]))

    def column(label: str, values: list[Any], decimals: int | None = None) -> Cells:
        return Cells(t(label), tuple(values), decimals)

    return [
        column("workbook.rows", [", ".join(map(str, rows_of[row["observation_id"]])) for row in found]),
        column("workbook.observation", [row["observation_id"] for row in found]),
        column("workbook.figure", [passport.name(row, t) for row in found]),
        column("table.value", [None if numbers.is_missing(row["value"]) else float(row["value"]) for row in found], 2),
        column("table.unit", [numbers.unit_name(row["unit"], t) for row in found]),
        column("workbook.firmness", [row["qualifier"] for row in found]),
        column("workbook.document", [t.name(row, "document") for row in found]),
        column("workbook.section", [_text(row, f"section_{t.language}") for row in found]),
        column("document.half", [t(f"passport.half_{row['language']}") for row in found]),
        column("workbook.line", [int(row["line"]) for row in found], 0),
        column("workbook.printed", [row["printed"] for row in found]),
        column(
            "workbook.place",
            [t("workbook.first") if row["is_first"] else t("passport.printed_again") for row in found],
        ),
    ]


def _text(row: dict[str, Any], name: str) -> str:
    return row[name] if isinstance(row[name], str) else ""


def _about(
    book: Workbook,
    taken: Taken,
    exhibit: Exhibit | None,
    link: str,
    parameters: Parameters,
    t: Messages,
    today: datetime.date,
) -> None:
    """What the file is: title, filters, address, version, date, source, how to cite it."""
    lines: list[tuple[str, str]] = []
    if exhibit is not None:
        lines += [
            (t("workbook.headline"), exhibit.title),
            (t("workbook.finding"), exhibit.finding),
            (t("table.region"), exhibit.place),
            (t("table.period"), exhibit.period),
        ]
    lines += [
        (t("workbook.filters"), "; ".join(chosen(parameters, t)) or t("workbook.no_filters")),
        (t("workbook.address"), link),
        (t("workbook.formula"), taken.formula or ""),
        (t("workbook.note"), exhibit.note if exhibit else ""),
        (t("workbook.source"), exhibit.source.partition(": ")[2] if exhibit else ""),
        (t("release.version"), version()),
        (t("workbook.made"), day(today, t)),
        (t("workbook.cite"), cite(today, t)),
        (t("workbook.empty"), t("workbook.empty_means")),
    ]
    kept = [(name, said) for name, said in lines if said]
    sheet = book.add_worksheet(t("workbook.about"))
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for row, (name, said) in enumerate(kept):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, said, wrapped)
        sheet.set_row(row, LINE * _lines(said, WIDE))
    sheet.set_column(0, 0, max(len(name) for name, _ in kept) + 2)
    sheet.set_column(1, 1, WIDE)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def chosen(parameters: Parameters, t: Messages) -> list[str]:
    """What was chosen, in words: filter and value."""
    names = {
        "period": {row["period_id"]: t.name(row, "label") for row in records(ask("periods"))},
        "per": {per: t(f"per.{per}") for per in ("total", "capita", "month")},
        "metric": {one: t.name(row) for one, row in by(ask("map_indicators"), "indicator_id").items()},
        "principles": {one: t.name(row) for one, row in by(ask("principles"), "principle_id").items()},
        "regions": region_names(t),
        "region": region_names(t),
        "source": {one: t.name(row) for one, row in by(ask("map_indicators"), "indicator_id").items()},
        "prices": {one: t(f"prices.{one}") for one in ("nominal", "constant")},
    }
    said = []
    for key, value in parameters:
        if f"filter.{key}" not in t or key in ("lang", "show"):
            continue
        known = names.get(key, {})
        said.append(f"{t(f'filter.{key}')}: {', '.join(known.get(one, one) for one in value.split(','))}")
    return said


def cite(today: datetime.date, t: Messages) -> str:
    """How to name the figures: the two publications, then where they were looked up."""
    documents = {
        row["document_id"]: f"{t.name(row, 'publisher')}. {t.name(row, 'title')}. {row['year']}"
        for row in records(ask("documents"))
    }
    return t("workbook.cite_as", documents="; ".join(documents.values()), version=version(), date=day(today, t))
