"""Rows of a DataFrame as plain dictionaries, for code that walks them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries by column name, in their order: numbers are Python's own, missing ones None (nan among floats).

    As `DataFrame.to_dict("records")`, which takes twice as long: it looks at each cell alone.
    """
    from pandas import NA

    names = list(rows.columns)
    columns = [[None if value is NA else value for value in column.tolist()] for _, column in rows.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def by(rows: pd.DataFrame, column: str) -> dict[str, dict[str, Any]]:
    """The rows as dictionaries by the value that `column` has; the last of equal ones stays."""
    return {str(row[column]): row for row in records(rows)}


def plain(cells: pd.Series) -> list[Any]:
    """The cells of a column as Python's own values, None where one is missing."""
    found: list[Any] = cells.astype(object).where(cells.notna(), None).tolist()
    return found
