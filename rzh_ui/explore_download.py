"""What the explorer shows, to take away: CSV and XLSX with numbers as numbers, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from rzh_ui.columns import csv_of
from rzh_ui.i18n import Messages
from rzh_ui.rows import plain

if TYPE_CHECKING:
    import pandas as pd

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60


def offer(make: Callable[[], pd.DataFrame], file_name: str, *, key: str, t: Messages) -> None:
    """Buttons for both files. `make` gives the table with headers in the page's language; `file_name` has no ending."""
    with st.container(horizontal=True, gap="small"):
        for ending, mime, write in (("csv", "text/csv", csv_of), ("xlsx", XLSX, xlsx)):
            st.download_button(
                t("explore.take_away", format=ending.upper()),
                partial(_made, make, write),
                file_name=f"{file_name}.{ending}",
                mime=mime,
                key=f"{key}_{ending}",
                on_click="ignore",
            )


def _made(make: Callable[[], pd.DataFrame], write: Callable[[pd.DataFrame], bytes]) -> bytes:
    return write(make())


def xlsx(table: pd.DataFrame) -> bytes:
    """One sheet with a header that stays, numbers as numbers; a missing value is an empty cell."""
    from io import BytesIO

    import xlsxwriter

    sink = BytesIO()
    with xlsxwriter.Workbook(sink, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(table.columns):
            cells = [str(cell) if isinstance(cell, list | dict) else cell for cell in plain(table[name])]
            sheet.write_string(0, place, str(name), head)
            for row, cell in enumerate(cells, start=1):
                if cell is not None:
                    sheet.write(row, place, cell)
            longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
            sheet.set_column(place, place, min(WIDEST, max(10, longest + 2, len(str(name)) // 2)))
    return sink.getvalue()
