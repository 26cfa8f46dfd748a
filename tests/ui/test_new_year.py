"""A new year entered through a workbook stands on the pages, the slides and in the package, without a line of code."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from screen import NO_BREAK, ROOT

sys.path.append(str(ROOT / "tests" / "data"))
from new_year import BUDGET, DOCUMENT, PERIOD, SPONSORS, amount, filled, regions, rows

LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "parquet", "benchmarks", "node_modules", "release", "docs")
PATIENCE_SECONDS = 300


def run(folder: Path, *arguments: object) -> str:
    """A program of the copy: its output; what went wrong is told in full."""
    result = subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=PATIENCE_SECONDS,
        env={**os.environ, "PYTHONPATH": ""},
    )
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-6000:]
    return result.stdout


def copied(folder: Path) -> Path:
    root = shutil.copytree(ROOT, folder / "project", ignore=LEFT_OUT)
    shutil.copytree(ROOT / ".streamlit", root / ".streamlit")
    return root


def brought(root: Path, content: bytes) -> Path:
    """The copy with a workbook accepted, as the command line does it."""
    (root / "figures.xlsx").write_bytes(content)
    run(root, "-m", "rzh_data", "import", "figures.xlsx", "--accept")
    return root


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = copied(tmp_path_factory.mktemp("new_year"))
    facts = root / "data" / "facts"
    return brought(root, filled(rows(facts), facts, "kk"))


@pytest.fixture(scope="module")
def shown(project):
    return json.loads(run(project, "tests/ui/new_year_visit.py", PERIOD).splitlines()[-1])


def known(project, indicator):
    return {region: amount(indicator, place) for place, region in enumerate(regions(project / "data" / "facts"))}


def test_the_pages_open(shown):
    assert shown["failures"] == [""] * 5


def test_the_map_has_every_region_of_the_new_year(project, shown):
    wanted = {region: f"{value / 1e9:.2f}".replace(".", ",") for region, value in known(project, SPONSORS).items()}
    assert {region: said.split(NO_BREAK)[0] for region, said in shown["map"].items()} == wanted
    assert shown["map_vintage"] == "17"
    a_million = {region: f"{round(value / 1_000_000):,}" for region, value in known(project, SPONSORS).items()}
    assert {
        region: said.split(NO_BREAK + "₸")[0].replace(NO_BREAK, ",") for region, said in shown["capita"].items()
    } == a_million


def test_the_funding_page_stacks_the_new_year_beside_the_others(project, shown):
    own = sorted(row["amount"] for row in shown["by_period"] if row["period"] == PERIOD)
    assert own == pytest.approx([sum(known(project, one).values()) / 1e9 for one in (BUDGET, SPONSORS)])
    assert list(dict.fromkeys(row["period"] for row in shown["by_period"])) == ["2017", "2018", "2019 (9 мес.)", PERIOD]
    assert "2017, 2018, 2019 (9 мес.), 2022" in shown["funding"]


def test_every_page_that_shows_the_figures_names_their_document(shown):
    for page in ("overview", "funding"):
        assert "Сынақ 2022 ru" in shown[page], page
    assert "2022" in shown["region"]


def test_exhibits_draw_the_new_year(project, shown):
    drawn = shown["exhibits"]["map_values"]
    assert dict(zip(drawn["categories"], drawn["series"][0], strict=True)) == known(project, SPONSORS)
    by_period = shown["exhibits"]["by_period"]
    place = by_period["categories"].index(PERIOD)
    assert {series[place] for series in by_period["series"]} == {
        sum(known(project, one).values()) for one in (SPONSORS, BUDGET)
    }
    assert len(shown["exhibits"]["by_region"]["categories"]) == 17
    assert any(len(series) == 17 for series in shown["exhibits"]["heat"]["series"])


def test_a_slide_shows_every_figure_of_the_new_year_and_where_it_is_printed(project, shown):
    slide = shown["slide"]
    assert slide["values"] == known(project, SPONSORS)
    largest = f"{max(known(project, SPONSORS).values()) / 1e9:.2f}".replace(".", ",")
    for said in ("2022 год", "Сынақ 2022 ru", largest):
        assert said in slide["words"]
    assert slide["notes"].count("2022") >= 17, "each figure with its period and place"


def test_the_explorer_has_the_new_year(project, shown):
    assert shown["explored"] == sorted(known(project, SPONSORS).values())


def test_the_package_holds_the_new_year(project, tmp_path):
    run(project, "-m", "rzh_data", "package", "--to", tmp_path)
    (folder,) = tmp_path.iterdir()
    with (folder / "csv" / "observations.csv").open(encoding="utf-8", newline="") as file:
        own = [row for row in csv.DictReader(file) if row["period_id"] == PERIOD and row["indicator_id"] == SPONSORS]
    assert {row["region_id"]: int(row["value"]) for row in own} == known(project, SPONSORS)
    assert {row["document_id"] for row in own} == {DOCUMENT}
    packed = pq.read_table(folder / "parquet" / "observations.parquet").to_pylist()
    assert {
        row["region_id"]: row["value"]
        for row in packed
        if row["period_id"] == PERIOD and row["indicator_id"] == SPONSORS
    } == known(project, SPONSORS)
    assert DOCUMENT in (folder / "datapackage.json").read_text(encoding="utf-8")


def test_a_year_with_one_source_and_no_bases_shows_what_it_has_and_no_more(tmp_path):
    """Sponsors' money of sixteen regions; no budget, no inhabitants, no prices."""
    root = copied(tmp_path)
    facts = root / "data" / "facts"
    content = rows(facts)
    content["population"], content["consumer_prices"] = [], []
    content["observations"] = [
        row
        for row in content["observations"]
        if row["indicator_id"].endswith(SPONSORS) and row["region_id"] != "turkestan"
    ]
    brought(root, filled(content, facts))
    script = (
        "import json, sys; sys.path[:0] = ['tests/ui']\n"
        "import new_year_visit as seen\n"
        "from screen import components, failures, opened, charts\n"
        "ways = [dict(), dict(per='capita'), dict(prices='constant'), dict(source='tugan_zher_sponsors'), dict(region='turkestan')]\n"
        "apps = [opened(page, lang='ru', period='2022', metric='tugan_zher_sponsors', **way)\n"
        "        for page in ('overview', 'funding', 'region') for way in ways]\n"
        "regions = components(apps[0], 'region_map')[0]['regions']\n"
        "print(json.dumps([[failures(app) for app in apps], [key for key, place in regions.items() if place['class'] is None],\n"
        "                  [row['period'] for row in seen.stacked(apps[5])]]))"
    )
    failed, missing, stacked = json.loads(run(root, "-c", script).splitlines()[-1])
    assert [one for one in failed if one] == []
    assert missing == ["turkestan"]
    assert set(stacked) == {"2017", "2018", "2019 (9 мес.)"}, "a stack of one source would pass for all the money"
