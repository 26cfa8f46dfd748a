"""The map of the regions: what it shows is decided here, `static/region_map.js` only draws.

The map is drawn as SVG by a component of our own. It needs no WebGL, every region is a real element with Kazakh labels,
missing figures are hatched, the keyboard reaches every region through the bars, and a change sends a few kilobytes: the
outlines travel by address once. docs/decisions.md compares the ways that were tried.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_data.classes import Classes
from rzh_ui import numbers, theme
from rzh_ui.drawn import controls_drawn_once
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records

if TYPE_CHECKING:
    import pandas as pd

STATIC = Path(__file__).resolve().parent.parent / "static"

# The script is fetched by address, so that a change of the view does not carry it again.
LOADER = """
export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const data = JSON.parse(new TextDecoder().decode(component.data));
  import(new URL(`${data.assets}region_map.js?${data.revision}`, location.origin).href)
    .then((drawing) => drawing.render(parentElement, data, setTriggerValue));
}
"""

TODAY = "17"
"""Boundaries whose units are the regions of the data."""

ALIASES = {"south_kazakhstan": "turkestan"}
"""Units of older boundaries that carry a present region's figure."""


@dataclass(frozen=True)
class Scale:
    """How values become classes, and numbers words, for one indicator in one basis.

    Attributes:
        classes: breaks held fixed over all periods.
        unit: unit of measure of the values.
        decimals: decimals shown.
    """

    classes: Classes
    unit: str
    decimals: int

    def value(self, value: Any, t: Messages) -> str:
        """A value with its unit."""
        decimals = self.decimals
        if self.unit.startswith("percent") and not numbers.is_missing(value):
            decimals = numbers.printed_decimals(float(value), decimals)
        return numbers.quantity(value, self.unit, t, decimals=decimals)

    def said(self, row: Any, t: Messages) -> str:
        """The value of a row with its unit and how firm it is."""
        said = self.value(row["value"], t)
        return said if numbers.is_missing(row["value"]) else numbers.qualified(said, row["qualifier"], t)

    def labels(self, t: Messages) -> list[str]:
        """The limits of each class in words, lowest first."""
        breaks = [
            numbers.quantity(limit, self.unit, t, decimals=self.decimals, is_round=True)
            for limit in self.classes.breaks
        ]
        if not breaks:
            return [t("map.one_class")]
        inner = [t("map.class_between", low=_without_unit(low, high), high=high) for low, high in pairwise(breaks)]
        return [t("map.class_below", high=breaks[0]), *inner, t("map.class_above", low=breaks[-1])]


def _without_unit(low: str, high: str) -> str:
    """`2 млрд ₸` beside `5 млрд ₸` is just 2, `10%` beside `30%` just 10: magnitude and unit are said once."""
    if low.endswith("%") and high.endswith("%"):
        return low.removesuffix("%").rstrip(numbers.NO_BREAK)
    words, others = low.split(numbers.NO_BREAK), high.split(numbers.NO_BREAK)
    while len(words) > 1 and others and words[-1] == others[-1] and not words[-1][0].isdigit():
        words.pop()
        others.pop()
    return numbers.NO_BREAK.join(words)


def large(
    ranking: pd.DataFrame,
    scale: Scale,
    t: Messages,
    *,
    vintage: str,
    mode: str,
    modes: tuple[str, ...],
    regions: tuple[str, ...],
    words: dict[str, str],
    missing_reason: str,
    unit_names: dict[str, str],
    notes: tuple[str, ...] = (),
) -> dict[str, Any]:
    """What the large map shows, apart from the selection.

    Args:
        ranking: as from `region_ranking.sql`.
        mode: `fill` colours polygons, `circles` draws circles with area in proportion to the value.
        regions: the regions kept by the filter; empty keeps all.
        words: `title` (what is shown, with unit and period), `alt` (the finding).
        missing_reason: why a region may have no figure.
        unit_names: names of units that are no region of today, by unit id.
    """
    rows = ranking[ranking["region_id"] != "kazakhstan"]
    country = ranking[ranking["region_id"] == "kazakhstan"].iloc[0]
    away = {
        row["region_id"]: t.name(row, "short") for row in records(rows) if regions and row["region_id"] not in regions
    }
    rows = rows[rows["region_id"].isin(regions)] if regions else rows
    known = rows[rows["value"].notna()]
    highest = float(known["value"].max()) if len(known) else 0.0
    shades = theme.shades(scale.classes.count)
    counts = scale.classes.counts([float(value) for value in known["value"]])
    places: dict[str, Any] = {}
    for row in records(rows):
        name = t.name(row, "short")
        if numbers.is_missing(row["value"]):
            places[row["region_id"]] = {"name": name, "class": None, "why": missing_reason}
            continue
        value = float(row["value"])
        places[row["region_id"]] = {
            "name": name,
            "class": scale.classes.of(value),
            "value": scale.said(row, t),
            "short": short_value(value, scale, t),
            "size": round(value / highest, 4) if highest else 0,
            "position": int(row["position"]),
        }
    missing_count = len(rows) - len(known)
    return {
        "kind": "large",
        "lang": t.language,
        "vintage": vintage,
        "aliases": ALIASES,
        "unitNames": unit_names,
        "away": away,
        "mode": mode,
        "modes": [{"id": one, "label": t(f"map.mode_{one}")} for one in modes],
        "classes": [
            {
                "colour": shade.css,
                "label": label,
                "count": t.plural("map.region_count", count),
                "strong": index * 2 > len(shades),
            }
            for index, (shade, label, count) in enumerate(zip(shades, scale.labels(t), counts, strict=True))
        ],
        "missing": {"label": missing_reason, "count": t.plural("map.region_count", missing_count)}
        if missing_count
        else None,
        "regions": places,
        "byValue": list(rows.sort_values(["position", "region_id"])["region_id"]),
        "byName": [
            row["region_id"] for row in sorted(records(rows), key=lambda row: alphabetical(t.name(row, "short"), t))
        ],
        "cities": [row["region_id"] for row in records(rows) if row["kind"] == "city"],
        "country": t("map.country", value=scale.said(country, t)),
        "notes": list(notes),
        "alt": words["alt"],
        "words": {
            "map": words["title"],
            "ranking": t("map.ranking"),
            "rank": rank_said("{position}", int(country["ranked_count"]), len(ranking) - 1, t),
            "cities": t("map.cities"),
            "modes": t("map.modes"),
            "legend": words["legend"],
            "missing": t("figure.missing"),
            "away": t("map.away"),
            "sort": t("map.sort"),
            "byValue": t("map.by_value"),
            "byName": t("map.by_name"),
        },
    }


def small(
    series: pd.DataFrame, periods: pd.DataFrame, scale: Scale, t: Messages, *, regions: tuple[str, ...] = ()
) -> dict[str, Any]:
    """All periods side by side on one scale. `series`: as from `region_series.sql`; `periods`: as from `periods.sql`."""
    maps = []
    for period in records(periods):
        rows = series[series["period_id"] == period["period_id"]]
        country = rows[rows["region_id"] == "kazakhstan"]
        own = rows[rows["region_id"].isin(regions) if regions else rows["region_id"] != "kazakhstan"]
        label = t.name(period, "short")
        said = scale.said(country.iloc[0], t) if len(country) else t("figure.missing")
        maps.append(
            {
                "period": period["period_id"],
                "vintage": period["boundary_vintage_id"],
                "title": label,
                "country": t("map.country", value=said),
                "alt": t("map.small_alt", period=t.name(period, "label"), value=said, count=len(own)),
                "classes": {row["region_id"]: scale.classes.of(float(row["value"])) for row in records(own)},
            }
        )
    shades = theme.shades(scale.classes.count)
    return {
        "kind": "small",
        "lang": t.language,
        "aliases": ALIASES,
        "classes": [{"colour": shade.css} for shade in shades],
        "away": sorted(set(series["region_id"]) - {*regions, "kazakhstan"}) if regions else [],
        "maps": maps,
        "words": {"small": t("map.small")},
    }


def locator(region: str | None, others: tuple[str, ...], names: dict[str, str], t: Messages) -> dict[str, Any]:
    """A plain map that shows where `region` lies and, numbered in their order, the `others` compared with it."""
    marked = [names[one] for one in (region, *others) if one]
    return {
        "kind": "locator",
        "lang": t.language,
        "vintage": TODAY,
        "others": list(others),
        "regions": {one: {"name": name} for one, name in names.items()},
        "alt": t("region.locator_alt", names=", ".join(marked)) if marked else t("region.locator_none"),
        "words": {"map": t("region.locator")},
    }


def short_value(value: float, scale: Scale, t: Messages) -> str:
    """The value as a label on the map: few digits, the unit left to the legend."""
    if scale.unit in (numbers.MONEY, "persons", "count") and abs(value) >= 1e4:
        return numbers.scaled(value, t, digits=2)
    return numbers.quantity(value, scale.unit, t, decimals=min(scale.decimals, 1)).replace(f"{numbers.NO_BREAK}₸", "")


KAZAKH_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"


def rank_said(position: int | str, ranked_count: int, region_count: int, t: Messages) -> str:
    """The place among the regions; where the documents name only some, last of five is not last of all, and it says so."""
    key = "map.rank" if ranked_count == region_count else "map.rank_known"
    return t(key, position=position, count=ranked_count)


def alphabetical(name: str, t: Messages) -> list[int]:
    """A key that sorts names by the language's alphabet; the code of a letter would put Қ and Ұ after Я."""
    if t.language == "en":
        return [ord(letter) for letter in name.lower()]
    return [
        KAZAKH_ALPHABET.find(letter) + 1000 if letter in KAZAKH_ALPHABET else ord(letter) for letter in name.lower()
    ]


@cache
def _revision() -> str:
    """Changes when a file that the map fetches changes, so that no browser draws with an old one."""
    digest = hashlib.sha256()
    for path in sorted([STATIC / "region_map.js", STATIC / "region_map.css", *(STATIC / "geo").glob("*.json")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component("region_map", js=LOADER)


@remembered
def _packed(view: dict[str, Any], base: str, selected: str | None, period: str | None) -> bytes:
    """What the component is given, as JSON in UTF-8: Streamlit would spell out each Kazakh letter as six."""
    data = {
        **view,
        "assets": f"{'/' + base if base else ''}/app/static/",
        "revision": _revision(),
        "selected": selected,
        "period": period,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def show(
    view: dict[str, Any],
    *,
    key: str,
    selected: str | None,
    period: str | None = None,
    choose: Callable[[str, str], None],
) -> None:
    """Puts a map on the page.

    Args:
        view: as from `large`, `small` or `locator`.
        selected: region that is outlined.
        period: of the large map; marked among the small ones, which need not be told.
        choose: called with the name of the choice (`region`, `period`, `mode`) and its value when a visitor chooses.
    """
    data = _packed(view, str(st.get_option("server.baseUrlPath")).strip("/"), selected, period)
    _show(view["kind"], key, data, choose)


@controls_drawn_once
def _show(kind: str, key: str, data: bytes, choose: Callable[[str, str], None]) -> None:
    def chosen(name: str) -> Callable[[], None]:
        def report() -> None:
            value = st.session_state[key].get(name)
            if value is not None:
                choose(name, value)

        return report

    names = {"large": ("region", "mode"), "small": ("period",), "locator": ("region",)}[kind]
    _component()(key=key, data=data, height="content", **{f"on_{name}_change": chosen(name) for name in names})
