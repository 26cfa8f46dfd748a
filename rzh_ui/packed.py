"""Rows as an Arrow stream, packed as tightly as the browser can read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

DICTIONARY_BYTES = 250
"""What Arrow takes to say that a column's words stand elsewhere."""


def stream(table: pa.Table) -> bytes:
    """The table as Streamlit sends it, without the notes for pandas that a browser does not read."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as opened:
        opened.write_table(table)
    return sink.getvalue().to_pybytes()


def of_rows(rows: list[dict[str, Any]]) -> bytes:
    """Rows, each a dictionary by column name, as a stream."""
    import pyarrow as pa

    return stream(pa.table({name: column(values) for name, values in pa.Table.from_pylist(rows).to_pydict().items()}))


def column(values: Sequence[Any]) -> pa.Array:
    """A column as Arrow: small whole numbers in few bytes, words that come again and again once.

    Values that are of no one kind become words.
    """
    import pyarrow as pa

    try:
        packed = pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        packed = pa.array([None if value is None else str(value) for value in values])
    if pa.types.is_integer(packed.type) and all(value is None or abs(value) < 2**15 for value in values):
        return packed.cast(pa.int16())
    if not pa.types.is_string(packed.type):
        return packed
    words = packed.dictionary_encode()
    saved = len("".join(filter(None, values)).encode()) - len("".join(words.dictionary.to_pylist()).encode())
    if saved < DICTIONARY_BYTES:
        return packed
    narrow = pa.int8() if len(words.dictionary) <= 2**7 else pa.int16()
    return pa.DictionaryArray.from_arrays(words.indices.cast(narrow), words.dictionary)
