"""What is wrong with a workbook, told with its cell, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rzh_data.catalogue import exact, messages


@dataclass(frozen=True)
class Message:
    """A sentence of the product's catalogue, not yet in a language: its key and what fills its placeholders."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """The sentence in kk, ru or en."""
        values = {
            name: exact(value, language) if isinstance(value, Decimal) else value for name, value in self.values.items()
        }
        return messages(language)(self.key, **values)


@dataclass(frozen=True)
class WorkbookFault:
    """One thing that is wrong with a workbook, or worth a second look, with its place.

    Attributes:
        sheet: name of the sheet as it stands in the workbook; None where the file as a whole is meant.
        row: row of the sheet, 1 being the header; None where the sheet as a whole is meant.
        column: letter of the column; None where the row as a whole is meant.
        field: name of the column in the facts, such as `region_id`; None where there is none.
        message: what is wrong and what is expected.
    """

    sheet: str | None
    row: int | None
    column: str | None
    message: Message
    field: str | None = None

    def text(self, language: str = "en") -> str:
        """One sentence with its place in front."""
        t = messages(language)
        place = [part for part in (self.sheet, self.row and t("workbook.place.row", row=self.row)) if part]
        if self.column:
            name = f"{self.column} ({self.field})" if self.field else self.column
            place.append(t("workbook.place.column", column=name))
        return ": ".join(part for part in (", ".join(place), self.message.text(language)) if part)
