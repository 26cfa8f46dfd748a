"""What the pages show of money and counts, worked out a second time: from the files of facts alone, without SQL."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache

from rzh_data.facts import FACTS

COUNTRY = "kazakhstan"
SPAN = "2017/2019-9m"
MONTHS = {"2017": 12, "2018": 12, "2019-9m": 9}
PERIODS = tuple(MONTHS)
BUDGET, SPONSORS, BOTH = "tugan_zher_local_budget", "tugan_zher_sponsors", "tugan_zher_funding"
SOURCES = {BUDGET: (BUDGET,), SPONSORS: (SPONSORS,), BOTH: (BUDGET, SPONSORS)}
PER = ("total", "capita", "month")
PRICES = ("nominal", "constant")


def rows(name: str) -> list[dict[str, str]]:
    """A file of facts as it stands."""
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def regions() -> tuple[str, ...]:
    """The 17 regions, without the country."""
    return tuple(row["region_id"] for row in rows("regions") if row["region_id"] != COUNTRY)


@cache
def observations() -> tuple[dict[str, str], ...]:
    """Every figure of the documents."""
    files = sorted((FACTS / "observations").glob("*.csv"))
    return tuple(row for path in files for row in rows(f"observations/{path.stem}"))


def identity(row: dict[str, str]) -> str:
    """The id of a figure, made of what it is of."""
    keys = ("indicator_id", "region_id", "period_id", "group_id", "category_id", "variant")
    return ":".join(row[key] for key in keys).rstrip(":")


@cache
def printed(indicator: str) -> dict[tuple[str, str, str, str], float]:
    """Values that the pages show of an indicator, by region, period, group and category."""
    return {
        (row["region_id"], row["period_id"], row["group_id"], row["category_id"]): float(row["value"])
        for row in observations()
        if row["indicator_id"] == indicator and row["preferred"] == "true" and row["value"]
    }


@cache
def _people() -> dict[tuple[str, str], int]:
    return {(row["region_id"], row["year"]): int(row["population"]) for row in rows("population")}


def people(region: str, period: str) -> int:
    """Inhabitants on 1 January of the period's year. Before Shymkent left it, Turkestan's figure counts both."""
    year = period[:4]
    both = region == "turkestan" and year == "2017"
    return _people()[region, year] + (_people()["shymkent", year] if both else 0)


@cache
def price(period: str) -> float:
    """Consumer prices of the period's year as a multiple of those of 2017."""
    index = 1.0
    for row in rows("consumer_prices"):
        if "2017" < row["year"] <= period[:4]:
            index *= float(row["annual_average_percent"]) / 100
    return index


@cache
def figure(source: str, region: str, period: str) -> float | None:
    """What is printed; for the country, where nothing is, all its regions together. Shymkent came in June 2018."""
    figures = printed(source)
    if region != COUNTRY or (COUNTRY, period, "", "") in figures:
        return figures.get((region, period, "", ""))
    found = [figures.get((one, period, "", "")) for one in regions() if one != "shymkent" or period == "2019-9m"]
    return None if None in found else sum(one for one in found if one is not None)


def money(source: str, region: str, period: str, per: str = "total", prices: str = "nominal") -> float | None:
    """Money of one source or both, in tenge, on a basis; None where one of its figures is not known.

    A span keeps its printed total; on another basis, or in constant prices, its periods are added up.
    """
    together = 0.0
    for one in SOURCES[source]:
        whole = figure(one, region, period)
        if whole is None:
            return None
        parts = {single: figure(one, region, single) for single in (PERIODS if period == SPAN else (period,))}
        real = {
            single: part / (price(single) if prices == "constant" else 1)
            for single, part in parts.items()
            if part is not None
        }
        if per == "capita":
            together += sum(part / people(region, single) for single, part in real.items())
            continue
        total = sum(real.values()) if prices == "constant" else whole
        together += total / sum(MONTHS[single] for single in real) if per == "month" else total
    return together


def moneys(
    source: str, period: str, per: str = "total", prices: str = "nominal", among: Iterable[str] | None = None
) -> dict[str, float]:
    """The same for each region that has it; with the country, or others, if asked for."""
    values = {region: money(source, region, period, per, prices) for region in among or regions()}
    return {region: value for region, value in values.items() if value is not None}


def places(values: dict[str, float]) -> dict[str, int]:
    """Rank of each region, the highest value first; equal values share a rank."""
    return {region: 1 + sum(other > value for other in values.values()) for region, value in values.items()}
