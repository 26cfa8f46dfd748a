"""A year that no document has printed, with invented figures: the rows of a workbook that brings it, and the workbook filled.

Whoever sees these numbers in the product sees a fault: they belong into a temporary copy of the facts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from rzh_data import workbook
from rzh_data.workbook_template import content

PERIOD = "2022"
DOCUMENT = "test_report"
SPONSORS, BUDGET = "tugan_zher_sponsors", "tugan_zher_local_budget"
Rows = dict[str, list[dict[str, Any]]]


def regions(facts: Path) -> list[str]:
    with (facts / "regions.csv").open(encoding="utf-8", newline="") as file:
        return [row["region_id"] for row in csv.DictReader(file) if row["kind"] != "country"]


def amount(indicator: str, position: int) -> int:
    """Tenge of a region, by its position in the list: no two are alike, none is like a printed one."""
    return (7_000_000_001 if indicator == SPONSORS else 1_000_000_003) + position * 111_111_111


def printed(value: int) -> str:
    return f"{value:,}".replace(",", " ")


def rows(facts: Path) -> Rows:
    """Everything that a new year brings: period, document with a section, population, prices, figures of both sources."""
    found: Rows = {name: [] for name in workbook.SHEETS}
    found["periods"] = [
        {
            "period_id": PERIOD,
            "start": date(2022, 1, 1),
            "end": date(2022, 12, 31),
            "months": 12,
            "kind": "толық жыл · year",
            "population_year": 2022,
            "boundary_vintage_id": 17,
            **{
                f"label_{language}": text for language, text in (("kk", "2022 жыл"), ("ru", "2022 год"), ("en", "2022"))
            },
            **{f"short_{language}": "2022" for language in ("kk", "ru", "en")},
        }
    ]
    found["documents"] = [
        {
            "document_id": DOCUMENT,
            "file_name": "test_report.txt",
            "sha256": "0" * 64,
            **{f"title_{language}": f"Сынақ 2022 {language}" for language in ("kk", "ru")},
            **{f"short_title_{language}": f"Сынақ 2022 {language}" for language in ("kk", "ru")},
            **{f"publisher_{language}": f"Сынақ {language}" for language in ("kk", "ru")},
            "title_en": "Test report 2022",
            "short_title_en": "Test report 2022",
            "publisher_en": "Test",
            "year": 2023,
            "languages": "kk;ru",
            "line_count": 500,
        }
    ]
    found["sections"] = [
        {
            "document_id": DOCUMENT,
            "language": "kk",
            "first_line": 1,
            "label_kk": "Сынақ тарауы",
            "label_ru": "Тестовый раздел",
            "label_en": "Test section",
        }
    ]
    found["consumer_prices"] = [
        {"year": year, "annual_average_percent": 110.5, "december_percent": 111, "source": "test"}
        for year in (2021, 2022)
    ]
    for position, region in enumerate(regions(facts)):
        found["population"].append(_population(region, 1_000_000))
        for table, indicator in enumerate((SPONSORS, BUDGET)):
            value = amount(indicator, position)
            found["observations"].append(
                {
                    "indicator_id": f"Сынақ · {indicator}",
                    "region_id": region,
                    "period_id": int(PERIOD),
                    "value": value,
                    "document_id": DOCUMENT,
                    "kk_line": 10 + 20 * table + position,
                    "kk_printed": printed(value),
                }
            )
    found["population"].append(_population("kazakhstan", 17_000_000))
    return found


def _population(region: str, count: int) -> dict[str, Any]:
    return {
        "region_id": region,
        "year": 2022,
        "date": date(2022, 1, 1),
        "population": count,
        "source": "test",
    }


def filled(rows: Mapping[str, Sequence[Mapping[str, Any]]], facts: Path, language: str = "ru") -> bytes:
    """The template with these rows in it, as a person fills it in and saves it."""
    book = load_workbook(io.BytesIO(content(language, facts)))
    for name, several in rows.items():
        sheet = book[workbook.title(name, language)]
        columns = {cell.value: cell.column for cell in sheet[workbook.HEADER_ROW]}
        for number, row in enumerate(several, start=workbook.MEANING_ROW + 1):
            for column, value in row.items():
                sheet.cell(number, columns[column], value)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()
