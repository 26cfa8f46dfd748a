"""What the map of the regions is given to draw: every region, its class, its words, and no outline."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pandas as pd
import pytest
from screen import FACTS, NO_BREAK, TRANSLATIONS, facts

from rzh_data.classes import Classes, round_breaks
from rzh_data.schema import LANGUAGES
from rzh_ui import numbers, region_map, theme
from rzh_ui.controls import WHOLE_SPAN, Chosen
from rzh_ui.data import ask
from rzh_ui.region_map import Scale, alphabetical
from rzh_ui.regional_view import region_card, regional_view

KK, RU, EN = (TRANSLATIONS[language] for language in ("kk", "ru", "en"))
languages = pytest.mark.parametrize("t", TRANSLATIONS.values(), ids=LANGUAGES)
INDICATORS = {row["indicator_id"]: row for row in ask("map_indicators").to_dict("records")}
PERIODS = ("2017", "2018", "2019-9m", WHOLE_SPAN)
MOST_BYTES = 12_000
CITIES = {"nur_sultan", "almaty_city", "shymkent"}


def view_of(metric="tugan_zher_sponsors", period="2018", per="total", regions=()):
    chosen = Chosen(metric, period, per, (), regions, None, "tugan_zher_funding", "nominal")
    return regional_view(INDICATORS[metric], chosen)


@dataclass
class Land:
    """Three invented regions: one exact, one about, one without a figure."""

    ranking: pd.DataFrame
    scale: Scale


@pytest.fixture
def land():
    rows = [
        ("testland", "oblast", 40.0, 1, ">"),
        ("testburg", "city", 10.0, 2, "="),
        ("emptyland", "oblast", None, None, None),
        ("kazakhstan", "country", 50.0, None, "="),
    ]
    ranking = pd.DataFrame(
        [
            {
                "region_id": region,
                "kind": kind,
                **{f"short_{language}": f"{region} {language}" for language in LANGUAGES},
                "value": value,
                "position": position,
                "ranked_count": 2,
                "qualifier": qualifier,
            }
            for region, kind, value, position, qualifier in rows
        ]
    ).astype({"position": "Int32"})
    return Land(ranking, Scale(Classes((20.0,), "1-2-5"), "persons", 0))


def drawn(land, t=KK, **changes):
    given = {
        "vintage": "17",
        "mode": "fill",
        "modes": (),
        "regions": (),
        "words": {"title": "Title", "alt": "Finding", "legend": "Legend"},
        "missing_reason": "no figure printed",
        "unit_names": {},
    }
    return region_map.large(land.ranking, land.scale, t, **{**given, **changes})


def test_a_region_has_its_value_class_and_rank(land):
    view = drawn(land)
    assert view["regions"]["testburg"] == {
        "name": "testburg kk",
        "class": 0,
        "value": "10",
        "short": "10",
        "size": 0.25,
        "position": 2,
    }
    assert view["regions"]["testland"]["class"] == 1
    assert "kazakhstan" not in view["regions"]
    assert view["country"] == KK("map.country", value="50")
    assert view["cities"] == ["testburg"]
    assert view["words"]["rank"] == KK("map.rank_known", position="{position}", count=2), "a third has no figure"


def test_a_missing_figure_has_no_class_and_a_reason(land):
    view = drawn(land)
    assert view["regions"]["emptyland"] == {"name": "emptyland kk", "class": None, "why": "no figure printed"}
    assert view["missing"] == {"label": "no figure printed", "count": KK.plural("map.region_count", 1)}
    assert view["byValue"] == ["testland", "testburg", "emptyland"], "what has no value comes last"
    assert drawn(land, regions=("testland",))["missing"] is None


@languages
def test_a_qualifier_stays_with_its_figure(land, t):
    view = drawn(land, t)
    assert view["regions"]["testland"]["value"] == t("qualifier.more", value="40")
    assert view["regions"]["testburg"]["value"] == "10"


@languages
def test_more_than_six_thousand_of_the_country_is_not_six_thousand(t):
    """Of a number that is only known to be exceeded no region has a share."""
    view = view_of("hundred_names_applications", "2017/2019")
    said = numbers.qualified(numbers.decimal(6000, t), ">", t)
    assert view.sentence(t).endswith(t("map.finding_country", value=said))
    assert view.large(t)["country"] == t("map.country", value=said)
    assert said in {one["country"].split(": ")[1] for one in view.small(t)["maps"]}
    assert view.ranking["share_of_country"].isna().all()
    assert t("card.share") not in region_card(view, "kostanay", t)


def test_the_filter_narrows_map_bars_and_legend_but_moves_no_break(land):
    view = drawn(land, regions=("testburg", "emptyland"))
    assert view["regions"].keys() == {"testburg", "emptyland"}
    assert view["byValue"] == ["testburg", "emptyland"]
    assert [one["count"] for one in view["classes"]] == [KK.plural("map.region_count", count) for count in (1, 0)]
    assert [one["label"] for one in view["classes"]] == [one["label"] for one in drawn(land)["classes"]]


def test_a_region_that_the_filter_leaves_out_keeps_its_name_and_is_not_missing(land):
    view = drawn(land, regions=("testburg", "emptyland"))
    assert view["away"] == {"testland": "testland kk"}
    assert view["missing"]["count"] == KK.plural("map.region_count", 1), "emptyland alone has no figure"
    assert drawn(land)["away"] == {}


@languages
def test_the_sentence_tells_of_the_regions_that_the_filter_keeps(t):
    view = view_of(regions=("akmola", "pavlodar", "shymkent"))
    rows = view.ranking.set_index("region_id")
    said = view.sentence(t)
    first, last = sorted(("akmola", "pavlodar"), key=lambda region: -rows.loc[region, "value"])
    assert t.name(rows.loc[first]) in said and t.name(rows.loc[last]) in said
    assert said.index(t.name(rows.loc[first])) < said.index(t.name(rows.loc[last]))
    leaders = rows[(rows["position"] == 1) | (rows["position"] == rows["position"].max())]
    assert not [name for name in (t.name(row) for _, row in leaders.iterrows()) if name in said]
    assert view.large(t)["alt"].endswith(said)
    assert view_of(regions=("shymkent",)).sentence(t).startswith(t("map.finding_none"))
    alone = view_of(regions=("akmola",))
    value = alone.scale.value(rows.loc["akmola", "value"], t)
    assert alone.sentence(t).startswith(t("map.finding_one", region=t.title(rows.loc["akmola"]), value=value))
    assert view_of().sentence(t) != said


def test_units_of_older_boundaries_keep_their_own_name(land):
    assert drawn(land, unit_names={"oldland": "Old"})["unitNames"] == {"oldland": "Old"}
    assert view_of(period="2017").large(KK)["unitNames"].keys() == {"south_kazakhstan"}


def test_legend_counts_and_colours_are_those_of_the_classes():
    view = view_of()
    large = view.large(KK)
    known = facts().execute(
        "SELECT region_id, value::DOUBLE FROM observations WHERE indicator_id = 'tugan_zher_sponsors'"
        " AND period_id = '2018' AND preferred = 'true' AND region_id <> 'kazakhstan' AND value IS NOT NULL"
    )
    values = dict(known.fetchall())
    assert len(values) == 16
    counts = view.scale.classes.counts(list(values.values()))
    assert [one["count"] for one in large["classes"]] == [KK.plural("map.region_count", count) for count in counts]
    assert [one["colour"] for one in large["classes"]] == [shade.css for shade in theme.shades(len(counts))]
    for region, value in values.items():
        assert large["regions"][region]["class"] == view.scale.classes.of(value)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("metric", ["tugan_zher_funding", "tugan_zher_local_budget", "tugan_zher_leverage"])
def test_all_seventeen_regions_are_there(metric, period):
    view = view_of(metric, period)
    large = view.large(RU)
    assert len(large["regions"]) == len(large["byValue"]) == len(large["byName"]) == 17
    assert set(large["byValue"]) == set(large["byName"]) == set(large["regions"])
    assert set(large["cities"]) == CITIES
    for row in view.ranking[view.ranking["region_id"] != "kazakhstan"].to_dict("records"):
        place = large["regions"][row["region_id"]]
        if pd.isna(row["value"]):
            assert place["class"] is None and place["why"]
        else:
            assert place["class"] == view.scale.classes.of(row["value"])
    missing = {region for region, place in large["regions"].items() if place["class"] is None}
    assert missing == ({"shymkent"} if period in ("2017", "2018") else set())


def test_breaks_stay_when_the_period_or_the_filter_changes():
    labels = [
        [one["label"] for one in view_of(period=period, regions=regions).large(KK)["classes"]]
        for period in PERIODS
        for regions in ((), ("atyrau", "akmola"))
    ]
    assert all(one == labels[0] for one in labels)


def test_limits_of_classes_say_magnitude_and_unit_once():
    labels = Scale(Classes((500e6, 2e9, 5e9, 10e9), "1-2-5"), "KZT", 0).labels(KK)
    assert [label.replace(NO_BREAK, " ") for label in labels] == [
        "< 500 млн ₸",
        "500 млн–2 млрд ₸",
        "2–5 млрд ₸",
        "5–10 млрд ₸",
        "≥ 10 млрд ₸",
    ]
    percents = Scale(Classes((2.5, 10.0), "equal"), "percent", 1).labels(RU)
    assert [label.replace(NO_BREAK, " ") for label in percents] == ["< 2,5 %", "2,5–10 %", "≥ 10 %"]


@pytest.mark.parametrize("period", PERIODS)
@languages
def test_limits_in_the_legend_are_the_breaks(period, t):
    """Every break stands in two neighbouring labels."""
    scale = view_of(period=period).scale
    labels = scale.labels(t)
    assert len(labels) == scale.classes.count
    assert len(set(labels)) == len(labels)


def test_totals_offer_circles_and_rates_do_not():
    assert [one["id"] for one in view_of().large(KK)["modes"]] == ["fill", "circles"]
    for view in (view_of(per="capita"), view_of("tugan_zher_leverage"), view_of("tugan_zher_patrons_share")):
        assert view.large(KK)["modes"] == []
    sizes = {region: place["size"] for region, place in view_of().large(KK)["regions"].items() if "size" in place}
    assert max(sizes.values()) == 1 and min(sizes.values()) > 0


@pytest.mark.parametrize(
    "name, alphabet",
    [
        ("kk", "а ә б в г ғ д е ё ж з и й к қ л м н ң о ө п р с т у ұ ү ф х һ ц ч ш щ ъ ы і ь э ю я"),
        ("ru", "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я"),
        ("en", "a b c d e f g h i j k l m n o p q r s t u v w x y z"),
    ],
)
def test_names_sort_by_the_alphabet_of_the_language(name, alphabet):
    letters = alphabet.split()
    for row in (letters, [letter.upper() for letter in letters]):
        assert sorted(set(row), key=lambda letter: alphabetical(letter, TRANSLATIONS[name])) == row


def test_kazakh_names_stand_where_a_kazakh_reader_looks_for_them():
    names = [
        "Ұлытау",
        "Қызылорда",
        "Уәлиханов",
        "Көкшетау",
        "Лепсі",
        "Үржар",
        "Фабрика",
        "Қарағанды",
        "Ақтау",
        "Әулиеата",
    ]
    assert sorted(names, key=lambda one: alphabetical(one, KK)) == [
        *("Ақтау", "Әулиеата", "Көкшетау", "Қарағанды", "Қызылорда", "Лепсі", "Уәлиханов", "Ұлытау", "Үржар", "Фабрика")
    ]


@languages
def test_regions_by_name_follow_the_alphabet(t):
    large = view_of().large(t)
    names = [large["regions"][region]["name"] for region in large["byName"]]
    assert names == sorted(names, key=lambda one: alphabetical(one, t))
    if t is KK:
        letters = [one[0] for one in names]
        assert letters.index("Қ") > max(place for place, letter in enumerate(letters) if letter in "АБЖ")
        assert letters.index("Қ") < letters.index("М") < letters.index("Ш")


@languages
@pytest.mark.parametrize("metric", list(INDICATORS))
def test_no_outline_travels_and_the_message_is_small(metric, t):
    for period, per in (("2017", "total"), (WHOLE_SPAN, "month")):
        view = view_of(metric, period, per)
        for data in (view.large(t), view.small(t)):
            sent = json.dumps(data, ensure_ascii=False)
            assert not {"coordinates", "geometry", "path", "rings", "units"} & keys_in(data)
            assert len(sent.encode()) < MOST_BYTES
            assert "NaN" not in sent and "None" not in sent and "<NA>" not in sent


def keys_in(data):
    if isinstance(data, dict):
        return set(data) | {key for value in data.values() for key in keys_in(value)}
    return {key for value in data for key in keys_in(value)} if isinstance(data, list) else set()


@languages
def test_small_maps_show_every_period_on_one_scale(t):
    view = view_of()
    small = view.small(t)
    assert [one["period"] for one in small["maps"]] == list(PERIODS)
    assert [one["vintage"] for one in small["maps"]] == ["16", "17", "17", "17"]
    assert [len(one["classes"]) for one in small["maps"]] == [16, 16, 17, 17]
    for one in small["maps"]:
        of_period = view.series[view.series["period_id"] == one["period"]].set_index("region_id")["value"]
        assert one["classes"] == {
            region: view.scale.classes.of(value) for region, value in of_period.items() if region != "kazakhstan"
        }
        assert one["country"] == t("map.country", value=view.scale.value(of_period["kazakhstan"], t))
        large = view_of(period=one["period"]).large(t)["regions"]
        assert one["classes"] == {
            region: place["class"] for region, place in large.items() if place["class"] is not None
        }
    assert len({one["title"] for one in small["maps"]}) == 4


def test_small_maps_are_narrowed_by_the_filter_too():
    small = view_of(regions=("atyrau", "shymkent")).small(KK)
    assert [sorted(one["classes"]) for one in small["maps"]] == [["atyrau"], ["atyrau"], *[["atyrau", "shymkent"]] * 2]


def test_every_class_of_the_small_maps_is_one_of_the_large_map():
    view = view_of("tugan_zher_leverage")
    small = view.small(KK)
    assert [one["colour"] for one in small["classes"]] == [one["colour"] for one in view.large(KK)["classes"]]
    regional = view.series[view.series["region_id"] != "kazakhstan"]["value"]
    assert view.scale.classes == round_breaks([float(value) for value in regional])


def test_names_on_the_map_are_those_of_the_facts():
    import csv

    with (FACTS / "regions.csv").open(encoding="utf-8", newline="") as file:
        known = {row["region_id"]: row for row in csv.DictReader(file)}
    for t in (KK, RU, EN):
        for region, place in view_of().large(t)["regions"].items():
            assert place["name"] == known[region][f"short_{t.language}"]
