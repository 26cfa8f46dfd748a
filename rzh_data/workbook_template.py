"""The workbook that a project office fills in: sheets with drop-down lists and the meaning of every column, in three languages."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from textwrap import wrap
from typing import Any

from rzh_data import workbook
from rzh_data.catalogue import messages
from rzh_data.dictionary import meaning, value_meaning
from rzh_data.facts import FACTS, Facts, read
from rzh_data.schema import Column

ROWS = 2000
"""Rows that have drop-down lists and formats; more may be filled."""

HELP = (
    "what",
    "sheets",
    "header",
    "lists",
    "place",
    "new_period",
    "new_document",
    "bases",
    "correct",
    "empty",
    "check",
)
"""Paragraphs of the instructions, in order."""

NAMED = {"documents": "short_title", "regions": "short", "periods": "label", "boundary_vintages": "change"}
"""Column that a list shows of a table; `name` where none is given."""

FREE_LISTS = frozenset(workbook.SHEETS)
"""Tables that the workbook itself may add to: their lists warn of an unknown id and let it stand."""

LINE_POINTS = 15
"""Height of a line of text."""

A4 = 9
"""What the format calls that paper."""

CREATED = datetime(2000, 1, 1)
"""Two templates of the same facts are the same file."""

INK, ACCENT, PALE, LINE, OPTIONAL = "#1f2a33", "#00667a", "#eef5f6", "#c9d6d9", "#5d7d84"


def content(language: str, facts_root: Path = FACTS) -> bytes:
    """The template as an XLSX file, its words in `language` (kk, ru, en), its lists from the facts.

    Raises:
        FactsError: the facts cannot be read.
        KeyError: there is no such language.
    """
    import xlsxwriter

    facts = read(facts_root)
    t = messages(language)
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": t("workbook.title"), "created": CREATED})
    formats = _formats(book)
    _instructions(book, formats, language)
    sheets = [(name, book.add_worksheet(workbook.title(name, language))) for name in workbook.SHEETS]
    lists = _lists(book, formats, facts, language)
    for name, sheet in sheets:
        _sheet(sheet, workbook.sheet(name), formats, lists, language)
    book.get_worksheet_by_name(workbook.title(workbook.INSTRUCTIONS, language)).activate()
    book.close()
    return output.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    text = {"num_format": "@", "valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": ACCENT}),
        "paragraph": book.add_format({"text_wrap": True, "valign": "top", "font_color": INK}),
        "strong": book.add_format({"bold": True, "valign": "top", "font_color": INK}),
        "required": book.add_format({"bold": True, "font_color": "#ffffff", "bg_color": ACCENT, "border_color": LINE}),
        "optional": book.add_format({"font_color": "#ffffff", "bg_color": OPTIONAL, "border_color": LINE}),
        "meaning": book.add_format(
            {"text_wrap": True, "italic": True, "valign": "top", "font_color": INK, "bg_color": PALE, "bottom": 1}
        ),
        "VARCHAR": book.add_format(text),
        "BOOLEAN": book.add_format(text),
        "DATE": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "number": book.add_format({"num_format": "General", "valign": "top"}),
    }


def _instructions(book: Any, formats: dict[str, Any], language: str) -> None:
    t = messages(language)
    sheet = book.add_worksheet(workbook.title(workbook.INSTRUCTIONS, language))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 96)
    sheet.write_string(0, 0, t("workbook.title"), formats["title"])
    row = 2
    for name in HELP:
        sheet.write_string(row, 0, t(f"workbook.help_title.{name}"), formats["strong"])
        sheet.write_string(row, 1, t(f"workbook.help.{name}"), formats["paragraph"])
        sheet.set_row(row, 15.5 * (len(t(f"workbook.help.{name}")) // 92 + 1) + 6)
        row += 1
    row += 1
    for name in workbook.SHEETS:
        sheet.write_url(
            row, 0, f"internal:'{workbook.title(name, language)}'!A3", string=workbook.title(name, language)
        )
        sheet.write_string(row, 1, t(f"workbook.sheet_means.{name}"), formats["paragraph"])
        row += 1
    _on_paper(sheet)


def _on_paper(sheet: Any) -> None:
    """Whoever prints a sheet to fill it in by hand gets whole columns."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)


def _lists(book: Any, formats: dict[str, Any], facts: Facts, language: str) -> dict[str, str]:
    """Writes the sheet of lists; the range of each, by the table or the column it is for."""
    sheet = book.add_worksheet(workbook.title(workbook.LISTS, language))
    ranges: dict[str, str] = {}
    for position, (name, entries) in enumerate(_all_lists(facts, language).items()):
        sheet.write_string(0, position, name, formats["strong"])
        for row, entry in enumerate(entries, start=1):
            sheet.write_string(row, position, entry, formats["VARCHAR"])
        sheet.set_column(position, position, 44)
        column = _letter(position)
        title = workbook.title(workbook.LISTS, language)
        ranges[name] = f"='{title}'!${column}$2:${column}${max(len(entries), 1) + 1}"
    _on_paper(sheet)
    return ranges


def _letter(position: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(position))


def _all_lists(facts: Facts, language: str) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for name in workbook.SHEETS:
        for column in workbook.sheet(name).table.columns:
            if column.references:
                parent, key = column.references.split(".")
                lists.setdefault(parent, _ids(facts, parent, key, language))
            elif column.values:
                lists.setdefault(_list_name(column), _values(column, language))
    return lists


def _list_name(column: Column) -> str:
    """A list for a column of fixed values; two columns of one name may allow different ones."""
    return f"{column.name}: {'/'.join(column.values)}"[:60]


def _ids(facts: Facts, table: str, key: str, language: str) -> list[str]:
    stem = NAMED.get(table, "name")
    rows = facts.values(table)
    return [workbook.entry(str(row[f"{stem}_{language}"]), str(row[key])) for row in rows]


def _values(column: Column, language: str) -> list[str]:
    return [workbook.entry(value_meaning(column, value, language) or "", value) for value in column.values]


def _sheet(sheet: Any, kind: workbook.Sheet, formats: dict[str, Any], lists: dict[str, str], language: str) -> None:
    t = messages(language)
    sheet.freeze_panes(workbook.MEANING_ROW, 1)
    _on_paper(sheet)
    sheet.repeat_rows(0, workbook.MEANING_ROW - 1)
    lines = max(len(wrap(meaning(column, language), _width(column) - 1)) for column in kind.table.columns)
    sheet.set_row(workbook.MEANING_ROW - 1, LINE_POINTS * lines + 4)
    for position, column in enumerate(kind.table.columns):
        default = kind.default(column)
        is_required = column.required and not default
        sheet.write_string(0, position, column.name, formats["required" if is_required else "optional"])
        sheet.write_string(1, position, meaning(column, language), formats["meaning"])
        format_ = formats.get(column.type, formats["number"])
        sheet.set_column(position, position, _width(column), format_)
        rule = _rule(column, lists)
        if rule:
            said = [t("workbook.must_be_filled")] if is_required else []
            if default:
                said.append(t("workbook.default", value=value_meaning(column, default, language) or default))
            rule |= {"ignore_blank": True}
            if said:
                rule |= {"input_title": column.name[:32], "input_message": " ".join(said)[:255]}
            sheet.data_validation(workbook.MEANING_ROW, position, workbook.MEANING_ROW + ROWS - 1, position, rule)


def _width(column: Column) -> int:
    if column.references or column.values or column.name.endswith(("_kk", "_ru", "_en", "note", "source")):
        return 30
    return max(18, len(column.name) + 3)


def _rule(column: Column, lists: dict[str, str]) -> dict[str, Any]:
    if column.list_separator:
        return {}  # several ids in one cell; no list of a spreadsheet offers that
    if column.references:
        table = column.references.split(".")[0]
        return {"validate": "list", "source": lists[table], "error_type": "warning" if table in FREE_LISTS else "stop"}
    if column.values:
        return {"validate": "list", "source": lists[_list_name(column)]}
    if column.type == "DATE":
        return {"validate": "date", "criteria": "between", "minimum": date(1990, 1, 1), "maximum": date(2100, 12, 31)}
    if column.type in ("INTEGER", "BIGINT"):
        return {"validate": "integer", **_between(column, -(10**15) + 1, 10**15 - 1)}
    if column.type in ("DOUBLE", "DECIMAL(38,6)"):
        return {"validate": "decimal", **_between(column, -(10**15) + 1, 10**15 - 1)}
    return {}


def _between(column: Column, low: float, high: float) -> dict[str, Any]:
    return {
        "criteria": "between",
        "minimum": low if column.low is None else column.low,
        "maximum": high if column.high is None else column.high,
    }
