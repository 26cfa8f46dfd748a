"""Looks at a workbook from outside before anything reads it: is it one, is it small, does it hold figures and nothing else?

A workbook is a zip of XML. Sizes are taken from the zip's own list, which Python's reader never exceeds; the XML is
streamed by a parser that refuses entities. Nothing is unpacked to disk.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MOST_BYTES = 8 * 1024 * 1024
"""A workbook of ten thousand figures has half a megabyte."""

MOST_UNPACKED_BYTES = 64 * 1024 * 1024
MOST_RATIO = 150
"""Unpacked to packed, over the whole file; sheets of figures pack ten to thirty times."""

RATIO_FROM_BYTES = 1024 * 1024
"""Below this size, unpacked, no ratio is a danger."""

MOST_PARTS = 400
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_CELLS = 400_000

WORKBOOK_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPES = (b"macroEnabled", b"vbaProject")
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"  # the container of .xls, and of .xlsx files closed with a password

FORBIDDEN_PARTS = (
    ("vbaproject", "workbook.fault.macros"),
    ("xl/macrosheets/", "workbook.fault.macros"),
    ("xl/externallinks/", "workbook.fault.external_links"),
    ("xl/embeddings/", "workbook.fault.embedded"),
    ("xl/activex/", "workbook.fault.embedded"),
    ("xl/connections", "workbook.fault.external_links"),
    ("xl/querytables/", "workbook.fault.external_links"),
)


@dataclass(frozen=True)
class Refusal(Exception):
    """Why a file is not read at all: the key of a sentence and what fills it."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass
class Marks:
    """What the XML of one sheet shows that a reader of values does not tell.

    Attributes:
        formulas: cells that hold one, as `C7`.
        merged: merged ranges, as `A3:B4`.
        hidden_rows, hidden_columns: rows (numbers) and columns (first and last number) that are out of sight.
    """

    formulas: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def check_file(content: bytes) -> None:
    """Refuses what is no plain, small workbook.

    Raises:
        Refusal: too large, no zip, another kind of file, a zip that unpacks to far more than it is, macros, links to
        other files, embedded objects.
    """
    if len(content) > MOST_BYTES:
        raise Refusal("workbook.fault.too_large", {"size": _megabytes(len(content)), "most": _megabytes(MOST_BYTES)})
    if content.startswith(OLD_WORKBOOK):
        raise Refusal("workbook.fault.old_or_locked")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise Refusal("workbook.fault.not_a_workbook") from None
    with archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED_BYTES:
            raise Refusal("workbook.fault.unpacks_too_large", {"most": _megabytes(MOST_UNPACKED_BYTES)})
        if unpacked > RATIO_FROM_BYTES and unpacked > MOST_RATIO * len(content):
            raise Refusal("workbook.fault.unpacks_too_large", {"most": _megabytes(MOST_UNPACKED_BYTES)})
        if any(part.flag_bits & 1 for part in parts):
            raise Refusal("workbook.fault.old_or_locked")
        names = {part.filename.replace("\\", "/").lstrip("/").lower() for part in parts}
        for forbidden, key in FORBIDDEN_PARTS:
            if any(forbidden in name for name in names):
                raise Refusal(key)
        types = _part(archive, "[Content_Types].xml")
        if any(word in types for word in MACRO_TYPES):
            raise Refusal("workbook.fault.macros")
        if WORKBOOK_TYPE not in types:
            raise Refusal("workbook.fault.not_a_workbook")
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels")):
                _refuse_declarations(archive, part)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (KeyError, zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError, ValueError):
        raise Refusal("workbook.fault.not_a_workbook") from None
    except Exception as error:  # zlib.error has no common parent with the others
        raise Refusal("workbook.fault.not_a_workbook") from error


def _refuse_declarations(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No part of a workbook declares a document type, where entities begin, or hides one in another encoding."""
    content = _part(archive, part.filename)
    if b"<!DOCTYPE" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refusal("workbook.fault.not_a_workbook")


def marks(sheet_xml: Any) -> Marks:
    """What one sheet shows besides values; `sheet_xml` is its XML as an open file.

    Raises:
        Refusal: more rows, columns or cells than figures of a year can fill, or XML that cannot be read.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    found = Marks()
    try:
        for _ in _seen(iterparse(sheet_xml, events=("start", "end")), found):
            pass
    except (ParseError, DefusedXmlException):
        raise Refusal("workbook.fault.not_a_workbook") from None
    return found


def _seen(events: Any, found: Marks) -> Iterator[None]:
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    rows = cells = 0
    row_is_hidden, root = False, None
    for event, element in events:
        if root is None:
            root = element
        name = element.tag.rsplit("}", 1)[-1]
        if event == "start":
            if name == "row":
                rows += 1
                number = int(element.get("r") or rows)
                row_is_hidden = element.get("hidden") in ("1", "true")
                if number > MOST_ROWS:
                    raise Refusal("workbook.fault.too_many_cells", {"rows": MOST_ROWS, "columns": MOST_COLUMNS})
            elif name == "col" and element.get("hidden") in ("1", "true"):
                found.hidden_columns.append((int(element.get("min")), int(element.get("max"))))
            elif name == "mergeCell":
                found.merged.append(element.get("ref") or "")
            continue
        if name == "c":
            cells += 1
            place = element.get("r") or "A1"
            letters, number = coordinate_from_string(place)
            if column_index_from_string(letters) > MOST_COLUMNS or cells > MOST_CELLS:
                raise Refusal("workbook.fault.too_many_cells", {"rows": MOST_ROWS, "columns": MOST_COLUMNS})
            children = {child.tag.rsplit("}", 1)[-1] for child in element}
            if "f" in children:
                found.formulas.append(place)
            if row_is_hidden and children and number not in found.hidden_rows[-1:]:
                found.hidden_rows.append(number)
        elif name == "row":
            element.clear()
            root.clear()  # else a long sheet stays in memory, row by row
        yield


def _megabytes(count: int) -> int:
    return -(-count // (1024 * 1024))
