"""The library of a notebook: typed answers, nothing done on import, mistakes told in a sentence."""

from __future__ import annotations

import csv
import json
import runpy
import subprocess
import sys

import pytest

import rzh_data
from rzh_data import build
from rzh_data.facts import FACTS, ROOT


@pytest.fixture(scope="module", autouse=True)
def built():
    build.build()


def printed(indicator, period):
    path = FACTS / "observations" / f"{indicator}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["region_id"]: row for row in csv.DictReader(file) if row["period_id"] == period}


def test_importing_the_library_loads_and_opens_nothing():
    script = (
        "import sys, json, rzh_data\n"
        "print(json.dumps([name for name in ('pandas', 'duckdb', 'pyarrow', 'rzh_data.library') if name in sys.modules]))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert json.loads(result.stdout) == []


def test_every_function_that_is_named_is_there_and_says_what_it_gives():
    for name in rzh_data.__all__:
        assert getattr(rzh_data, name).__doc__, name
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = rzh_data.no_such_thing


def test_observations_are_the_printed_ones():
    rows = rzh_data.observations(indicators=["tugan_zher_sponsors"], periods=["2018"])
    facts = printed("tugan_zher_sponsors", "2018")
    assert dict(zip(rows["region_id"], rows["value"], strict=True)) == {
        region: float(row["value"]) for region, row in facts.items()
    }
    assert rzh_data.observations(periods=[]).empty
    assert len(rzh_data.observations()) > len(rzh_data.observations(regions=["kazakhstan"])) > 0


def test_places_name_line_and_token():
    row = printed("tugan_zher_sponsors", "2018")["pavlodar"]
    places = rzh_data.places(["tugan_zher_sponsors:pavlodar:2018"]).query("is_first").set_index("language")
    assert places.loc["kk", ["line", "printed"]].tolist() == [int(row["kk_line"]), row["kk_printed"]]
    assert places.loc["ru", ["line", "printed"]].tolist() == [int(row["ru_line"]), row["ru_printed"]]


def test_verdicts_and_tables_answer():
    assert set(rzh_data.verdicts()["verdict"]) == {"agrees", "agrees_within_rounding", "differs", "cannot_be_checked"}
    assert len(rzh_data.table("regions")) == 18
    assert "region_ranking" in rzh_data.questions()
    assert rzh_data.data_version() == build.current_version()


@pytest.mark.parametrize(
    "ask, said",
    [
        (lambda: rzh_data.observations(regions=["testland"]), "regions: 'testland' is not known"),
        (lambda: rzh_data.observations(regions="pavlodar"), "a list of ids is expected"),
        (lambda: rzh_data.places(["no:such:figure"]), "no:such:figure"),
        (lambda: rzh_data.table("money"), '"money" is no table; there are: .*population'),
        (lambda: rzh_data.ask("region_ranking", colour="red"), "no parameter colour"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(ask, said):
    with pytest.raises(ValueError, match=said) as caught:
        ask()
    assert len(str(caught.value).splitlines()) == 1


def test_the_example_answers_its_question():
    """Recounted from the facts alone, without a query."""
    answer = runpy.run_path(str(ROOT / "examples" / "sponsors_per_inhabitant.py"))["answer"]()
    with (FACTS / "population.csv").open(encoding="utf-8", newline="") as file:
        people = {row["region_id"]: int(row["population"]) for row in csv.DictReader(file) if row["year"] == "2018"}
    money = {region: int(row["value"]) for region, row in printed("tugan_zher_sponsors", "2018").items()}
    regions = {region: value / people[region] for region, value in money.items() if region != "kazakhstan"}
    country = sum(money[region] for region in regions) / people["kazakhstan"]
    above = sorted((region for region in regions if regions[region] > country), key=regions.get, reverse=True)
    lines = answer.splitlines()
    assert len(lines) == len(above) + 2
    for region, line in zip(above, lines[1:-1], strict=True):
        row = printed("tugan_zher_sponsors", "2018")[region]
        assert f": {regions[region]:,.0f} (" in line
        assert f"kk line {row['kk_line']}: {row['kk_printed']}" in line
