"""The release to take away: complete, described, the same bytes for the same facts, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import zipfile

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from frictionless import Package
from openpyxl import load_workbook
from testland import command, everything_in, write_facts

from rzh_data import build, package
from rzh_data.schema import LANGUAGES, TABLES


@pytest.fixture(scope="module")
def made(real_extracts):
    return package.files(real_extracts)


@pytest.fixture(scope="module")
def folder(real_extracts, tmp_path_factory):
    return package.write(tmp_path_factory.mktemp("release"), real_extracts)


def text_rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def test_every_table_is_there_in_three_forms_with_the_same_rows(made, real_extracts):
    book = load_workbook(io.BytesIO(made[f"xlsx/{package.NAME}.xlsx"]), read_only=True)
    extracts = {path.stem for path in (real_extracts / build.current_version(real_extracts)).glob("*.parquet")}
    assert extracts == {table.name for table in package.tables()} == set(book.sheetnames)
    for table in package.tables():
        rows = text_rows(made[f"csv/{table.name}.csv"])
        stored = pq.read_table(io.BytesIO(made[f"parquet/{table.name}.parquet"]))
        names = [column.name for column in package.columns(table)]
        assert stored.column_names == names, table.name
        assert len(rows) == stored.num_rows
        if rows:
            assert list(rows[0]) == names
        sheet = book[table.name].iter_rows(values_only=True)
        assert list(next(sheet)) == names
        assert sum(1 for _ in sheet) == len(rows)


def test_what_is_written_is_what_the_facts_say(made, real_facts):
    """To the last digit, and nothing where there is nothing."""
    written = text_rows(made["csv/observations.csv"])
    for row, fact in zip(written, real_facts.values("observations"), strict=True):
        assert row["indicator_id"] == fact["indicator_id"] and row["kk_printed"] == (fact["kk_printed"] or "")
        assert (row["value"] == "") == (fact["value"] is None)
        assert fact["value"] is None or type(fact["value"])(row["value"]) == fact["value"]


def test_the_workbook_keeps_numbers_and_dates_as_such(made):
    book = load_workbook(io.BytesIO(made[f"xlsx/{package.NAME}.xlsx"]), read_only=True)
    names, *rows = book["periods"].iter_rows(values_only=True)
    period = dict(zip(names, next(row for row in rows if row[0] == "2018"), strict=True))
    assert period["start"].isoformat().startswith("2018-01-01") and period["months"] == 12
    names, *rows = book["observations"].iter_rows(values_only=True)
    figures = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
    assert figures["tugan_zher_sponsors:kazakhstan:2017/2019-9m"]["value"] == 274_129_014_477


def test_frictionless_finds_nothing_wrong(folder):
    """Types, required cells, allowed values, keys and links between the tables, by somebody else's code."""
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    assert len(report.tasks) == len(package.tables())


def test_frictionless_would_find_a_broken_link(folder, tmp_path):
    broken = shutil.copytree(folder, tmp_path / "broken")
    path = broken / "csv" / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",pavlodar,2018,", ",testland,2018,"), encoding="utf-8")
    description = json.loads((broken / "datapackage.json").read_text(encoding="utf-8"))
    for resource in description["resources"]:
        resource.pop("hash"), resource.pop("bytes")
    (broken / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
    faults = Package(str(broken / "datapackage.json")).validate().flatten(["type"])
    assert ["foreign-key"] in faults


def test_the_description_has_units_keys_links_values_and_three_languages(made):
    description = json.loads(made["datapackage.json"])
    resources = {resource["name"]: resource for resource in description["resources"]}
    schema = resources["observations"]["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    assert schema["primaryKey"] == ["observation_id"]
    assert {"fields": "region_id", "reference": {"resource": "regions", "fields": "region_id"}} in schema["foreignKeys"]
    assert fields["qualifier"]["constraints"]["enum"] == ["=", ">", ">=", "~", "<", "<="]
    population = {field["name"]: field for field in resources["population"]["schema"]["fields"]}
    assert population["population"]["unit"] == "persons"
    for resource in description["resources"]:
        for described in (resource, *resource["schema"]["fields"]):
            assert len({described[f"description_{language}"] for language in LANGUAGES}) == 3, described["name"]
    assert [licence["path"] for licence in description["licenses"]] == ["LICENSE.txt"]
    assert len(description["sources"]) == 2


def test_every_file_has_its_checksum(folder):
    listed = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(listed) == files - {"SHA256SUMS"}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_in_three_languages(made, language, real_extracts):
    readme = made[f"README.{language}.md"].decode()
    dictionary = made[f"dictionary/data-dictionary.{language}.md"].decode()
    assert build.current_version(real_extracts) in readme and package.EXAMPLE in readme
    for table in TABLES:
        assert f"## {table.name}" in dictionary
    others = [made[f"dictionary/data-dictionary.{other}.md"].decode() for other in LANGUAGES if other != language]
    assert all(dictionary != other for other in others)


def test_the_same_facts_give_the_same_bytes(real_extracts, made, tmp_path):
    """Also when the extracts are built anew in another folder."""
    build.build(parquet=tmp_path / "again")
    assert package.files(tmp_path / "again") == made
    assert package.archive(tmp_path / "again") == package.archive(real_extracts)


def test_the_zip_holds_the_release_in_one_folder(real_extracts, made):
    with zipfile.ZipFile(io.BytesIO(package.archive(real_extracts))) as pack:
        assert pack.testzip() is None
        name = package.name_of(build.current_version(real_extracts))
        assert {entry: pack.read(entry) for entry in pack.namelist()} == {
            f"{name}/{path}": content for path, content in made.items()
        }


def test_the_lines_of_the_readme_read_it(folder, monkeypatch):
    monkeypatch.chdir(folder)
    answers = [eval(line) for line in package.EXAMPLE.splitlines() if line.startswith(("duckdb.", "pd."))]
    relation, frame = answers
    assert ("pavlodar", "2018") in {row[:2] for row in relation.fetchall()}
    assert isinstance(relation, duckdb.DuckDBPyRelation) and isinstance(frame, pd.DataFrame)
    assert frame.loc[frame["observation_id"] == "tugan_zher_sponsors:pavlodar:2018", "value"].item() > 0


def test_a_release_is_written_whole_or_not_at_all(small_build, tmp_path, monkeypatch):
    to = tmp_path / "release"
    written = []

    def fail(handle):
        written.append(handle)
        if len(written) == 5:
            raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(package.os, "fsync", fail)
        with pytest.raises(OSError, match="disk is full"):
            package.write(to, small_build)
    assert list(to.iterdir()) == []
    target = package.write(to, small_build)
    before = everything_in(to)
    assert package.write(to, small_build) == target and everything_in(to) == before, "the same is not written twice"
    (target / "SHA256SUMS").write_text("", encoding="utf-8")
    with pytest.raises(FileExistsError, match="holds something else"):
        package.write(to, small_build)


def test_the_command_writes_a_release_of_other_facts(tmp_path):
    facts = write_facts(tmp_path / "facts")
    result = command("--facts", facts, "--parquet", tmp_path / "parquet", "package", "--to", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    (folder,) = (tmp_path / "out").iterdir()
    assert folder.name == package.name_of(build.current_version(tmp_path / "parquet"))
    assert "testland" in (folder / "csv" / "observations.csv").read_text(encoding="utf-8")
