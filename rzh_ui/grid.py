"""A table on the screen: its numbers sort as numbers and are read as words, and what comes again and again is sent once.

Streamlit does that with a styled pandas table, whose cells pandas works out one by one on every run, and sends the words of
every cell beside its value. Here the table is packed once, and only columns of numbers bring words.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from rzh_ui import packed

if TYPE_CHECKING:
    import pyarrow as pa

MARK = "rz"
"""Streamlit looks for the words of cells only in a table that is marked as styled."""


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: what heads it; no other column of the table has it.
        values: what it sorts by: text, or numbers with None where there is none.
        words: how each value is read; None where it is read as it is.
    """

    name: str
    values: Sequence[Any]
    words: Sequence[str] | None = None


@dataclass(frozen=True, eq=False)
class Grid:
    """A table ready to be drawn; the same for everybody.

    Attributes:
        table: the values.
        words: how they are read, as an Arrow stream; None where all are read as they are.
    """

    table: pa.Table
    words: bytes | None

    @property
    def names(self) -> list[str]:
        """What heads the columns."""
        return list(self.table.column_names)

    @property
    def length(self) -> int:
        """How many rows there are."""
        return int(self.table.num_rows)


def grid(columns: Iterable[Column]) -> Grid:
    """Packs a table."""
    import pyarrow as pa

    found = list(columns)
    table = pa.table({column.name: packed.column(column.values) for column in found})
    if all(column.words is None for column in found):
        return Grid(table, None)
    said = {
        column.name: pa.nulls(len(column.values)) if column.words is None else packed.column(column.words)
        for column in found
    }
    return Grid(table, packed.stream(pa.table(said)))


ROW_PIXELS = 35
BORDER_PIXELS = 3


def draw(
    shown: Grid,
    *,
    key: str,
    alt: str,
    missing: str,
    highest: int = 400,
    selects: Literal["single-row", "single-cell"] | None = "single-row",
    settings: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Any]:
    """Puts a table on the page.

    Args:
        missing: what stands in a cell without a value.
        highest: pixels; what is longer scrolls.
        selects: what a visitor can mark in it.
        settings: for columns by name, what `st.column_config.Column` takes.
    Returns:
        Numbers of the marked rows, or (row number, column name) of the marked cells.
    """
    import pyarrow as pa

    given = settings or {}
    kinds = {
        name: st.column_config.TextColumn if pa.types.is_dictionary(kind) else st.column_config.Column
        for name, kind in zip(shown.names, shown.table.schema.types, strict=True)
    }
    with _read_as(shown.words):
        selection: Any = st.dataframe(
            shown.table,
            hide_index=True,
            height=min(highest, ROW_PIXELS * (shown.length + 1) + BORDER_PIXELS),
            column_config={
                name: kind(**given.get(name, {}))
                for name, kind in kinds.items()
                if name in given
                or kind is st.column_config.TextColumn  # else the browser takes it for a box to choose from
            },
            key=key,
            on_select="ignore" if selects is None else "rerun",
            selection_mode=selects or "single-row",
            placeholder=missing,
            alt=alt,
        )
    if selects is None:
        return []
    marked = selection["selection"]
    if selects == "single-row":
        return [row for row in marked["rows"] if row < shown.length]
    return [(row, name) for row, name in marked["cells"] if row < shown.length and name in shown.names]


@contextlib.contextmanager
def _read_as(words: bytes | None) -> Iterator[None]:
    """Gives the tables that are sent meanwhile the words of their cells."""
    context: Any = get_script_run_ctx()
    if context is None or words is None:
        yield
        return
    send = context.enqueue

    def listen(message: ForwardMsg) -> None:
        if message.delta.new_element.WhichOneof("type") == "dataframe":
            styler = message.delta.new_element.dataframe.arrow_data.styler
            styler.uuid, styler.display_values = MARK, words
        send(message)

    context.enqueue = listen
    try:
        yield
    finally:
        del context.enqueue
