"""The whole release to take away: every table as CSV, Parquet and XLSX, with a description that machines and people read.

What a file holds depends on the facts alone: the same data version gives the same bytes, whoever makes it and whenever.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from rzh_data import build, dictionary
from rzh_data.build import PARQUET
from rzh_data.catalogue import messages
from rzh_data.dictionary import columns
from rzh_data.facts import ROOT
from rzh_data.schema import LANGUAGES, Column, Table

NAME = "rukhani-zhangyru"
NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold."""

CREATED = datetime(2000, 1, 1)
SUMS = "SHA256SUMS"
LIST_SEPARATOR = ";"
"""Between the entries of a list in one cell of a CSV or XLSX file."""

MOST_EXACT_DIGITS = 15
"""A spreadsheet keeps no more; longer numbers are written as text."""

FIELD_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "DECIMAL(38,6)": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "VARCHAR[]": "string",
}
"""Types of the Table Schema."""

KEYS = {"observations": ("observation_id",)}
"""Keys of tables that the build gives an id of one column."""

LINKS = {
    "references": {"observation_id": "observations.observation_id", "document_id": "documents.document_id"},
    "observation_intervals": {"observation_id": "observations.observation_id"},
    "claim_verdicts": {"claim_id": "claims.claim_id"},
    "flags": {"observation_id": "observations.observation_id"},
}
"""Columns of built tables that hold the key of another one."""


def name_of(version: str) -> str:
    """The name of the folder and of the zip of a release."""
    return f"{NAME}-{version}"


def files(parquet: Path = PARQUET, version: str | None = None) -> dict[str, bytes]:
    """Every file of the release by its path in it.

    Args:
        parquet: folder of the extracts.
        version: data version; the one in use where none is given.
    Raises:
        FileNotFoundError: nothing was ever built, or that version is no longer there.
    """
    version = version or build.current_version(parquet)
    if version is None:
        raise FileNotFoundError(f"{parquet.name}/ names no version in use; run: python -m rzh_data build")
    folder = parquet / version
    held = {table.name: pq.read_table(folder / f"{table.name}.parquet") for table in tables()}
    made: dict[str, bytes] = {}
    for name, content in held.items():
        made[f"csv/{name}.csv"] = _csv(content)
        made[f"parquet/{name}.parquet"] = (folder / f"{name}.parquet").read_bytes()
    made[f"xlsx/{NAME}.xlsx"] = _workbook(held)
    for language in LANGUAGES:
        made[f"dictionary/data-dictionary.{language}.md"] = dictionary.page(language).encode()
        made[f"README.{language}.md"] = _readme(version, held, language).encode()
    made["CITATION.cff"] = _citation(version, held).encode()
    made["LICENSE.txt"] = (ROOT / "LICENSE").read_bytes()
    made["datapackage.json"] = _description(version, held, made).encode()
    made[SUMS] = "".join(f"{hashlib.sha256(made[name]).hexdigest()}  {name}\n" for name in sorted(made)).encode()
    return dict(sorted(made.items()))


def archive(parquet: Path = PARQUET, version: str | None = None) -> bytes:
    """The release as one zip. Raises as `files`."""
    version = version or build.current_version(parquet)
    made = files(parquet, version)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in made.items():
            entry = zipfile.ZipInfo(f"{name_of(str(version))}/{name}", NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            pack.writestr(entry, content)
    return packed.getvalue()


def write(to: Path, parquet: Path = PARQUET) -> Path:
    """Writes the release in use into a folder of its own within `to`, whole or not at all.

    Returns:
        The folder, named by the data version. One that is there already with the same content is left alone.
    Raises:
        FileNotFoundError: nothing was ever built.
        FileExistsError: a folder of that name holds something else.
        OSError: the folder cannot be written.
    """
    version = build.current_version(parquet)
    made = files(parquet, version)
    target = to / name_of(str(version))
    if target.exists():
        if _read(target) == made:
            return target
        raise FileExistsError(f"{target} holds something else; remove it or choose another folder")
    to.mkdir(parents=True, exist_ok=True)
    working = Path(tempfile.mkdtemp(prefix=".package-", dir=to))
    try:
        for name, content in made.items():
            path = working / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        working.chmod(0o755)  # mkdtemp gives 0700
        working.rename(target)
    finally:
        shutil.rmtree(working, ignore_errors=True)
    return target


def _read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def tables() -> list[Table]:
    """The tables of a release."""
    return dictionary.tables()


def _csv(content: pa.Table) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(content.column_names)
    for row in content.to_pylist():
        writer.writerow([_text(value) for value in row.values()])
    return text.getvalue().encode("utf-8")


def _text(value: Any) -> str:
    """A cell as text: no value is empty, a number has all its digits and no needless zeros."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**MOST_EXACT_DIGITS else repr(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return LIST_SEPARATOR.join(map(str, value))
    return str(value)


def _workbook(held: Mapping[str, pa.Table]) -> bytes:
    import xlsxwriter

    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": messages("en")("package.title"), "created": CREATED})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for name, content in held.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for position, title in enumerate(content.column_names):
            sheet.write_string(0, position, title, bold)
        for number, row in enumerate(content.to_pylist(), start=1):
            for position, value in enumerate(row.values()):
                if isinstance(value, bool):
                    sheet.write_boolean(number, position, value)
                elif isinstance(value, date):
                    sheet.write_datetime(number, position, datetime(value.year, value.month, value.day), day)
                elif isinstance(value, int | float | Decimal) and len(_text(value).strip("-")) <= MOST_EXACT_DIGITS + 1:
                    sheet.write_number(number, position, value)
                elif value is not None:
                    sheet.write_string(number, position, _text(value))
        sheet.set_column(0, len(content.column_names) - 1, 22)
    book.close()
    return output.getvalue()


def _description(version: str, held: Mapping[str, pa.Table], made: Mapping[str, bytes]) -> str:
    """`datapackage.json`: a Data Package of Frictionless Data, with a Table Schema for each table."""
    t = {language: messages(language) for language in LANGUAGES}
    documents = held["documents"].to_pylist()
    package = {
        "profile": "tabular-data-package",
        "name": NAME,
        "id": version,
        "version": version,
        "title": t["en"]("package.title"),
        **{f"title_{language}": t[language]("package.title") for language in LANGUAGES},
        "description": t["en"]("package.what"),
        **{f"description_{language}": t[language]("package.what") for language in LANGUAGES},
        "licenses": [{"name": "other-at", "title": t["en"]("package.licence_title"), "path": "LICENSE.txt"}],
        "sources": [
            {"title": row["title_en"], "document_id": row["document_id"], "sha256": row["sha256"]} for row in documents
        ],
        "citation": t["en"]("package.citation", version=version, documents=_documents(held, "en")),
        "resources": [_resource(table, held[table.name], made) for table in tables()],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(table: Table, content: pa.Table, made: Mapping[str, bytes]) -> dict[str, Any]:
    path = f"csv/{table.name}.csv"
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(made[path]),
        "hash": f"sha256:{hashlib.sha256(made[path]).hexdigest()}",
        "rows": content.num_rows,
        "description": dictionary.row_meaning(table),
        **{f"description_{language}": dictionary.row_meaning(table, language) for language in LANGUAGES},
        "alternatives": [
            {"path": f"parquet/{table.name}.parquet", "format": "parquet"},
            {"path": f"xlsx/{NAME}.xlsx", "format": "xlsx", "sheet": table.name},
        ],
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "header": True},
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in columns(table)],
        "missingValues": [""],
        "primaryKey": list(KEYS.get(table.name, table.key)),
    }
    links = {
        column.name: column.references for column in table.columns if column.references and not column.list_separator
    }
    links |= LINKS.get(table.name, {})
    if links:
        schema["foreignKeys"] = [
            {"fields": name, "reference": {"resource": to.split(".")[0], "fields": to.split(".")[1]}}
            for name, to in sorted(links.items())
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "type": FIELD_TYPES[column.type],
        "description": dictionary.meaning(column),
        **{f"description_{language}": dictionary.meaning(column, language) for language in LANGUAGES},
    }
    if column.unit:
        described["unit"] = column.unit
    if column.type == "BOOLEAN":
        described |= {"trueValues": ["true"], "falseValues": ["false"]}
    is_list = bool(column.list_separator) or column.type == "VARCHAR[]"
    # an empty list is a value, and an empty cell
    constraints: dict[str, Any] = {"required": column.required and column.type != "VARCHAR[]"}
    if column.values and column.type != "BOOLEAN":
        constraints["enum"] = list(column.values)
        means = {value: dictionary.value_meaning(column, value) for value in column.values}
        if any(means.values()):
            described["values"] = means
    if column.low is not None:
        constraints["minimum"] = int(column.low) if column.low == int(column.low) else column.low
    if column.high is not None:
        constraints["maximum"] = int(column.high) if column.high == int(column.high) else column.high
    if is_list:
        described["separator"] = column.list_separator or LIST_SEPARATOR
        if column.references:
            described["references"] = column.references
    return described | {"constraints": constraints}


def _documents(held: Mapping[str, pa.Table], language: str) -> str:
    rows = held["documents"].to_pylist()
    return "; ".join(f"{row[f'title_{language}']} ({row[f'publisher_{language}']}, {row['year']})" for row in rows)


def _readme(version: str, held: Mapping[str, pa.Table], language: str) -> str:
    t = messages(language)
    verdicts = held["claim_verdicts"].column("verdict").to_pylist()
    lines = [
        f"# {t('package.title')}",
        t("package.what"),
        f"{t('package.version')}: `{version}`",
        f"## {t('package.files_title')}",
        "\n".join(
            f"- `{name}`: {t(f'package.file.{key}')}"
            for name, key in (
                ("csv/", "csv"),
                ("parquet/", "parquet"),
                (f"xlsx/{NAME}.xlsx", "xlsx"),
                ("datapackage.json", "description"),
                (f"dictionary/data-dictionary.{language}.md", "dictionary"),
                ("csv/references.csv", "references"),
                ("csv/claims.csv, csv/claim_verdicts.csv", "claims"),
                (SUMS, "sums"),
            )
        ),
        f"## {t('package.read_title')}",
        f"```python\n{EXAMPLE}```",
        f"## {t('package.know_title')}",
        "\n".join(
            f"- {t(f'package.know.{name}')}" for name in ("nine_months", "boundaries", "money", "missing", "printed")
        ),
        f"## {t('package.claims_title')}",
        "\n".join(f"- {t(f'verdict.{verdict}')}: {verdicts.count(verdict)}" for verdict in sorted(set(verdicts))),
        f"## {t('package.licence_title')}",
        t("package.licence"),
        f"## {t('package.cite_title')}",
        t("package.citation", version=version, documents=_documents(held, language)),
    ]
    return "\n\n".join(lines) + "\n"


EXAMPLE = """\
import duckdb
import pandas as pd

duckdb.sql("SELECT region_id, period_id, value FROM 'parquet/observations.parquet' WHERE indicator_id = 'tugan_zher_sponsors'")
pd.read_csv("csv/observations.csv", dtype={"period_id": str})
"""
"""How the tables are read, run in the folder of the release; also run by a test."""


def _citation(version: str, held: Mapping[str, pa.Table]) -> str:
    rows = held["documents"].to_pylist()
    references = "".join(
        f"  - type: report\n    title: {json.dumps(row['title_en'], ensure_ascii=False)}\n"
        f"    authors:\n      - name: {json.dumps(row['publisher_en'], ensure_ascii=False)}\n    year: {row['year']}\n"
        for row in rows
    )
    publisher = json.dumps(rows[0]["publisher_en"], ensure_ascii=False)
    return (
        "cff-version: 1.2.0\nmessage: Name the publications that the figures come from.\ntype: dataset\n"
        f"title: {json.dumps(messages('en')('package.title'), ensure_ascii=False)}\nversion: {version}\n"
        f"authors:\n  - name: {publisher}\nreferences:\n{references}"
    )
