"""A chart draws its rows, all of them and nothing else. The rows are invented: `testland` is no region."""

from __future__ import annotations

import itertools
import json
import math

import altair as alt
import pandas as pd
import pytest
from screen import TRANSLATIONS

from rzh_data.schema import LANGUAGES
from rzh_ui import charts, theme

KK = TRANSLATIONS["kk"]
BUDGET, SPONSORS = theme.SOURCE_COLOURS
languages = pytest.mark.parametrize("t", TRANSLATIONS.values(), ids=LANGUAGES)


def period_rows(*rows):
    """Rows as `funding_of_regions.sql` gives them: (period, kind, indicator, value)."""
    return pd.DataFrame(
        [
            {
                "period_id": period,
                "period_kind": kind,
                **{f"period_{language}": f"{period} {language}" for language in LANGUAGES},
                "indicator_id": indicator,
                "value": value,
            }
            for period, kind, indicator, value in rows
        ]
    )


YEARS = period_rows(
    ("2017", "year", BUDGET, 1e9),
    ("2017", "year", SPONSORS, 3e9),
    ("2019-9m", "part_of_year", BUDGET, 2e9),
    ("2019-9m", "part_of_year", SPONSORS, 6e9),
)

REGIONS = pd.DataFrame(
    [
        {"region_id": region, "region": region.title(), "indicator_id": indicator, "value": value, "total": total}
        for region, parts in {"testland": (5.0, 15.0), "testburg": (30.0, 20.0)}.items()
        for indicator, value, total in zip((BUDGET, SPONSORS), parts, (sum(parts),) * 2, strict=True)
    ]
).assign(said=lambda rows: [f"{total:.0f} ₸" for total in rows["total"]])

RANKS = pd.DataFrame(
    [
        {
            "region_id": region,
            "region": region.title(),
            "period": period,
            "position": position,
            "value": 1.0,
            "said": "1 ₸",
        }
        for region, period, position in [
            ("testland", "2017", 1),
            ("testburg", "2017", 2),
            ("testland", "2018", 2),
            ("testburg", "2018", 1),
            ("newtown", "2018", 3),
        ]
    ]
)

POINTS = pd.DataFrame(
    [
        {"series": series, "region": region, "cumulative_region_percent": across, "cumulative_value_percent": up}
        for series, region, across, up in [
            ("all", "Testburg", 50.0, 20.0),
            ("all", "Testland", 100.0, 100.0),
            ("without", "Testland", 100.0, 100.0),
        ]
    ]
)

DEPENDENCE = pd.DataFrame(
    [
        {
            "region_id": region,
            "region": region.title(),
            "budget_per_inhabitant": budget,
            "leverage": leverage,
            "said_budget": f"{budget} ₸",
            "said_leverage": f"{leverage} ₸",
        }
        for region, budget, leverage in [("testland", 100.0, 2.5), ("testburg", 1000.0, 40.0)]
    ]
)

DRAWN = {
    "amounts": lambda t: charts.funding_by_period(YEARS, t),
    "shares": lambda t: charts.funding_by_period(YEARS, t, is_share=True),
    "regions": lambda t: charts.funding_by_region(REGIONS, t, selected="testland"),
    "ranks": lambda t: charts.ranks(RANKS, t, highlighted=("testland",)),
    "lorenz": lambda t: charts.lorenz(POINTS, t),
    "leverage": lambda t: charts.leverage(DEPENDENCE, t, selected="testburg", country=7.4),
}
every_chart = pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)


def layers(spec):
    return [part for layer in spec.get("layer", [spec]) for part in (layers(layer) if "layer" in layer else [layer])]


def data_of(spec, mark):
    """The rows behind the first layer with this mark."""
    layer = next(part for part in layers(spec) if mark_of(part) == mark)
    return spec["datasets"][(layer.get("data") or spec["data"])["name"]]


def mark_of(layer):
    return layer["mark"]["type"] if isinstance(layer["mark"], dict) else layer["mark"]


def encoding_of(spec, mark):
    return next(part for part in layers(spec) if mark_of(part) == mark)["encoding"]


def colours_in(value):
    """Every colour in a specification, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("color", "fill", "stroke") and isinstance(inner, str):
                yield inner
            elif key == "range" and isinstance(inner, list):
                yield from (one for one in inner if isinstance(one, str))  # a range of places holds no colours
            else:
                yield from colours_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from colours_in(inner)
    elif isinstance(value, str) and value.startswith("#"):
        yield value


@every_chart
@languages
def test_a_chart_is_valid_and_says_all_its_words_in_one_language(draw, t):
    """`to_dict` checks the specification against Vega-Lite's schema. No axis keeps the name of a column as its title."""
    spec = draw(t).to_dict()
    alt.Chart.from_dict(spec, validate=True)
    assert "NaN" not in json.dumps(spec)
    for layer in layers(spec):
        for channel, encoding in layer["encoding"].items():
            if channel in ("x", "y", "color") and isinstance(encoding, dict) and "field" in encoding:
                others = [part["encoding"].get(channel, {}) for part in layers(spec)]
                assert any("title" in other or "legend" in other for other in others), f"{channel}: {encoding}"
            for tip in encoding if channel == "tooltip" and isinstance(encoding, list) else []:
                assert tip["title"] and "_" not in tip["title"]


@every_chart
def test_colours_are_those_of_the_theme(draw):
    known = {*theme.SOURCE_COLOURS.values(), *theme.CURVES, theme.NEUTRAL, theme.HIGHLIGHT, theme.TEXT, "white"}
    assert set(colours_in(draw(KK).to_dict())) - {None} <= known


def test_the_colours_of_budget_and_sponsors_mean_nothing_else():
    others = {theme.COUNT, theme.SECOND, *theme.STAGES, *theme.CURVES, *theme.ANSWER_COLOURS.values()}
    assert not others & set(theme.SOURCE_COLOURS.values())
    drawn = set(colours_in(charts.lorenz(POINTS, KK).to_dict()))
    assert not drawn & set(theme.SOURCE_COLOURS.values())


@every_chart
def test_no_curve_is_smoothed(draw):
    assert '"monotone"' not in json.dumps(draw(KK).to_dict())


@languages
def test_bars_by_period_are_the_rows(t):
    drawn = data_of(charts.funding_by_period(YEARS, t).to_dict(), "bar")
    assert [row["amount"] for row in drawn] == [1, 3, 2, 6], "in billions, as the axis says"
    assert [row["total"] for row in drawn] == [4, 4, 8, 8]
    assert [row["share"] for row in drawn] == [25, 75, 25, 75]
    assert [row["source"] for row in drawn[:2]] == [t(f"source.{BUDGET}"), t(f"source.{SPONSORS}")]
    scaled = charts.funding_by_period(YEARS, t).to_dict()
    assert encoding_of(scaled, "bar")["y"]["title"] == t("axis.tenge_scaled", scale=t("scale.billion"))
    assert [row["total"] for row in data_of(scaled, "text")] == [4, 8]


@languages
def test_nine_months_are_marked_and_full_years_are_not(t):
    drawn = data_of(charts.funding_by_period(YEARS, t).to_dict(), "bar")
    labels = list(dict.fromkeys(row["period"] for row in drawn))
    assert labels == [f"2017 {t.language}", f"2019-9m {t.language} *"]
    assert t("note.nine_months").startswith("*"), "what the star means stands below the chart"


@languages
@pytest.mark.parametrize("is_share", [False, True])
def test_budget_lies_below_sponsors_in_every_language(t, is_share):
    """By the alphabet sponsors would come first in Kazakh and last in Russian."""
    reversed_rows = YEARS.iloc[::-1]
    spec = charts.funding_by_period(reversed_rows, t, is_share=is_share).to_dict()
    bars = encoding_of(spec, "bar")
    assert bars["order"]["field"] == "source_order"
    order = {row["source"]: row["source_order"] for row in data_of(spec, "bar")}
    assert order == {t(f"source.{BUDGET}"): 0, t(f"source.{SPONSORS}"): 1}
    names = [t(f"source.{indicator}") for indicator in theme.SOURCE_COLOURS]
    assert bars["color"]["scale"] == {"domain": names, "range": list(theme.SOURCE_COLOURS.values())}
    assert bars["y"]["stack"] == "zero"
    regions = charts.funding_by_region(REGIONS, t, selected=None).to_dict()
    assert encoding_of(regions, "bar")["order"]["field"] == "source_order"
    assert {row["source"]: row["source_order"] for row in data_of(regions, "bar")} == order


def test_a_missing_figure_is_not_drawn_as_zero():
    rows = period_rows(("2017", "year", BUDGET, None), ("2017", "year", SPONSORS, 3e9), ("2018", "year", SPONSORS, 0.0))
    drawn = data_of(charts.funding_by_period(rows, KK).to_dict(), "bar")
    assert [row["amount"] for row in drawn] == [None, 3, 0], "missing stays missing, a printed zero stays zero"
    assert [row["total"] for row in drawn] == [3, 3, 0]


def test_a_period_that_has_no_rows_gets_no_bar():
    rows = YEARS[YEARS["period_id"] == "2019-9m"]
    spec = charts.funding_by_period(rows, KK).to_dict()
    assert encoding_of(spec, "bar")["x"]["sort"] == ["2019-9m kk *"]
    assert len(data_of(spec, "bar")) == 2


def test_shares_reach_from_nothing_to_a_hundred():
    spec = charts.funding_by_period(YEARS, KK, is_share=True).to_dict()
    assert encoding_of(spec, "bar")["y"]["scale"]["domain"] == [0, 100]
    assert encoding_of(spec, "bar")["y"]["field"] == "share"


@pytest.mark.parametrize(
    "highest, divisor, scale",
    [(5e9, 1e9, "billion"), (1.9e9, 1e6, "million"), (5e6, 1e6, "million"), (9e3, 1e3, "thousand"), (900, 1, None)],
)
def test_an_axis_of_money_says_what_it_was_divided_by(highest, divisor, scale):
    title = KK("axis.tenge_scaled", scale=KK(f"scale.{scale}")) if scale else KK("axis.tenge")
    assert charts.money_scale(pd.Series([1.0, highest]), KK) == (divisor, title)


def test_bars_by_region_are_the_rows_with_most_money_on_top():
    spec = charts.funding_by_region(REGIONS, KK, selected="testland").to_dict()
    drawn = data_of(spec, "bar")
    assert {(row["region_id"], row["source_order"]): row["amount"] for row in drawn} == {
        ("testland", 0): 5,
        ("testland", 1): 15,
        ("testburg", 0): 30,
        ("testburg", 1): 20,
    }
    assert encoding_of(spec, "bar")["y"]["sort"] == ["Testburg", "Testland"]
    assert {row["region"]: (row["end"], row["said"]) for row in data_of(spec, "text")} == {
        "Testland": (20, "20 ₸"),
        "Testburg": (50, "50 ₸"),
    }
    assert "testland" in json.dumps(encoding_of(spec, "bar")["stroke"])


def test_ranks_are_the_rows_with_the_first_on_top():
    spec = charts.ranks(RANKS, KK, highlighted=("testland",)).to_dict()
    drawn = data_of(spec, "line")
    kept = [(row["region_id"], row["period"], row["position"]) for row in drawn]
    assert kept == list(RANKS[["region_id", "period", "position"]].itertuples(index=False, name=None))
    assert {row["region_id"] for row in drawn if row["is_highlighted"]} == {"testland"}
    encoding = encoding_of(spec, "line")
    assert encoding["y"]["scale"]["reverse"] is True
    assert encoding["x"]["sort"] == ["2017", "2018"]
    assert {row["region"] for row in data_of(spec, "text")} == {"Testland", "Testburg", "Newtown"}
    assert {row["period"] for row in data_of(spec, "text")} == {"2018"}, "names stand at the last period only"


def test_lorenz_curves_start_at_nothing_and_keep_their_points():
    spec = charts.lorenz(POINTS, KK).to_dict()
    curves = [part for part in layers(spec) if "series" in json.dumps(part["encoding"])]
    drawn = spec["datasets"][curves[0]["data"]["name"]]
    points = [(row["series"], row["cumulative_region_percent"], row["cumulative_value_percent"]) for row in drawn]
    assert sorted(points) == [
        ("all", 0, 0),
        ("all", 50, 20),
        ("all", 100, 100),
        ("without", 0, 0),
        ("without", 100, 100),
    ]
    assert curves[0]["mark"]["interpolate"] == "linear"
    assert curves[0]["encoding"]["strokeDash"]["field"] == "series", "colour is not alone"


def test_leverage_is_the_rows_on_log_scales_with_the_country_as_a_line():
    spec = charts.leverage(DEPENDENCE, KK, selected="testburg", country=7.4).to_dict()
    drawn = data_of(spec, "point")
    kept = {row["region"]: (row["budget_per_inhabitant"], row["leverage"], row["is_selected"]) for row in drawn}
    assert kept == {"Testland": (100, 2.5, False), "Testburg": (1000, 40, True)}
    assert encoding_of(spec, "point")["x"]["scale"]["type"] == encoding_of(spec, "point")["y"]["scale"]["type"] == "log"
    assert [row["leverage"] for row in data_of(spec, "rule")] == [7.4]
    _, *names = [part for part in layers(spec) if mark_of(part) == "text"]
    assert [row["label"] for row in data_of(spec, "text")] == [KK("funding.country_line")], "the first names the line"
    assert len(names) == len(charts.WIDTHS), "names for a phone, a laptop and a wide screen"
    assert all(row[f"{size}_has_room"] for row in drawn for size in charts.WIDTHS)


def test_names_of_points_that_lie_close_do_not_cover_one_another():
    crowd = pd.DataFrame(
        {
            "region": ["Testland", "Testburg", "Testhausen"],
            "budget_per_inhabitant": [500.0, 505.0, 510.0],
            "leverage": 2.0,
        }
    )
    crowd = pd.concat([crowd, pd.DataFrame({"region": ["Far"], "budget_per_inhabitant": [5000.0], "leverage": [20.0]})])
    places = charts._places(crowd.reset_index(drop=True), 250.0, 430.0)
    assert all(has_room for _, _, has_room in places)
    assert len({(side, dy) for side, dy, _ in places[:3]}) == 3
    lines = sorted(dy for side, dy, _ in places[:3] if side == "left")
    assert all(later - earlier >= 9 for earlier, later in itertools.pairwise(lines))


def test_one_region_alone_is_a_point_too():
    spec = charts.leverage(DEPENDENCE.head(1), KK, selected=None, country=7.4).to_dict()
    assert [row["leverage"] for row in data_of(spec, "point")] == [2.5]
    assert not math.isnan(data_of(spec, "point")[0]["budget_per_inhabitant"])
