"""A filled workbook, written without any code of ours: sheets named as tables of the facts, a header line, rows."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from rzh_data.schema import BY_NAME


def filled(sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """An XLSX file with these rows; a column that no row names stays empty."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        columns = [column.name for column in BY_NAME[name].columns]
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def events_share(region_id: str, percent: float, line: int, printed: str) -> dict[str, Any]:
    """A row of observations: the region's share of the events of «Туған жер»."""
    return {
        "indicator_id": "tugan_zher_events_share",
        "region_id": region_id,
        "period_id": "2017/2019-9m",
        "value": percent,
        "document_id": "technology_packages",
        "kk_line": line,
        "kk_printed": printed,
    }
