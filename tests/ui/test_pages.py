"""Every page in every language: it opens, follows the filters, and its figures are those of the documents.

Figures are computed here a second time, by SQL over the facts as they were entered.
"""

from __future__ import annotations

import json

import pytest
from screen import (
    EDITORS_PAGE,
    NO_BREAK,
    PAGES,
    ROOT,
    TRANSLATIONS,
    bodies,
    charts,
    components,
    drawn_rows,
    elements,
    facts,
    failures,
    opened,
    prepare_plain,
    printed,
    says,
    turned,
    words,
)
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from rzh_data.schema import LANGUAGES
from rzh_ui import numbers
from rzh_ui.data import ask

KK, RU, EN = (TRANSLATIONS[language] for language in ("kk", "ru", "en"))
languages = pytest.mark.parametrize("t", TRANSLATIONS.values(), ids=LANGUAGES)
COUNTRY = "region_id = 'kazakhstan' AND group_id IS NULL"
SPAN = "period_id = '2017/2019-9m'"


def shown(app):
    """All that a visitor sees of the data: our HTML, the charts and the maps."""
    return (tuple(bodies(app)), json.dumps(charts(app)), json.dumps(components(app, "region_map")))


def visible(text):
    return text.replace(NO_BREAK, " ")


def column(app, wanted):
    return [visible(found) for body in bodies(app) for found in elements(body, wanted)]


def of_regions(indicator, period):
    """Value of each region, from the facts."""
    rows = facts().execute(
        "SELECT region_id, value::DOUBLE FROM observations WHERE preferred = 'true' AND indicator_id = ?"
        " AND period_id = ? AND region_id <> 'kazakhstan' AND value IS NOT NULL",
        [indicator, period],
    )
    return dict(rows.fetchall())


def labels_of(t, column_name, name):
    return {row[f"{name}_id"]: t.name(row, column_name) for row in ask(f"{name}s").to_dict("records")}


@pytest.fixture(scope="module")
def overview():
    """The overview as it opens, by language: for tests that only look."""
    return {language: opened(lang=language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def funding():
    return {language: opened("funding", lang=language) for language in LANGUAGES}


@languages
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_its_title_in_the_language_of_the_address(page, t, overview, funding):
    app = (
        {"overview": overview, "funding": funding}[page][t.language]
        if page in ("overview", "funding")
        else opened(page, lang=t.language)
    )
    assert not failures(app)
    assert len(app.title) == 1
    if page == "overview":
        assert app.title[0].value == t("overview.title", leverage="7.4" if t is EN else "7,4")
    assert says(app.title[0].value, t(f"{page}.title"))
    assert not app.error and not app.warning
    assert t("foot.documents") in words(app)


def test_the_state_language_is_the_default():
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60).run()
    assert app.session_state["lang"] == "kk"
    assert app.query_params["lang"] == "kk", "the language stands in the address, so that a link keeps it"


def test_every_page_of_the_folder_is_in_the_navigation():
    assert sorted(path.stem for path in (ROOT / "pages").glob("*.py")) == sorted((*PAGES, EDITORS_PAGE))


@pytest.mark.parametrize("page", PAGES)
def test_the_first_visitor_of_a_plain_server_gets_the_page_too(page, monkeypatch):
    """`streamlit run app.py` without our server takes pages/ for its own old navigation once, and skips app.py."""
    monkeypatch.setattr(PagesManager, "__init__", prepare_plain)
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    app.query_params["lang"] = "ru"
    app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert not failures(app)
    assert app.session_state["lang"] == "ru"


@languages
def test_titles_stand_in_order_and_are_in_the_page_s_language(t, overview, funding):
    keys = [
        *("overview.map_title", "overview.money_title", "overview.standouts_title", "overview.sure_title"),
    ]
    assert [one.value for one in overview[t.language].header] == [t(key) for key in keys]
    period = labels_of(t, "label", "period")["2017/2019-9m"]
    assert [one.value for one in funding[t.language].header] == [
        t("funding.who_title"),
        t("funding.where_title", period=period),
        t("funding.change_title"),
        t("funding.uneven_title"),
        t("funding.dependence_title"),
    ]


@languages
def test_nothing_of_another_language_is_left_on_a_page(t, overview, funding):
    """Whole sentences of another catalogue, and labels of widgets; names that are the same in both may stay."""
    for app in (overview[t.language], funding[t.language]):
        own = {text for text in t.texts().values() if isinstance(text, str)}
        seen = words(app) + json.dumps(charts(app), ensure_ascii=False)
        seen += "".join(widget.label for widget in (*app.selectbox,)) + json.dumps(
            components(app, "region_map"), ensure_ascii=False
        )
        for other in TRANSLATIONS.values():
            if other is not t:
                left = [
                    text
                    for text in other.texts().values()
                    if isinstance(text, str)
                    and len(text) > 8
                    and "{" not in text
                    and text in seen
                    and not any(text in mine for mine in own)
                ]
                assert left == [], f"{t.language} page holds {other.language}"


@languages
def test_a_chart_has_numbers_and_a_description_in_the_language(t, overview, funding):
    for app in (overview[t.language], funding[t.language]):
        drawn = app.get("vega_lite_chart")
        assert drawn
        for chart in drawn:
            assert json.loads(chart.proto.spec)["config"]["locale"] == numbers.vega_locale(t)
            assert len(chart.proto.alt) > 20
            assert (chart.proto.alt.isascii()) is False or t is EN


def test_tiles_are_the_figures_of_the_facts(overview):
    """274 129 014 477 tenge is 274 млрд; 7,4; 6 173 and 163; 120 and 20; 13,5 %."""
    sponsors = printed(f"indicator_id = 'tugan_zher_sponsors' AND {COUNTRY} AND {SPAN}")
    budget = printed(f"indicator_id = 'tugan_zher_local_budget' AND {COUNTRY} AND {SPAN}")
    held = printed(f"indicator_id = 'tugan_zher_events_held' AND {COUNTRY}")
    years = "period_id IN ('2017', '2018', '2019')"
    sums = {
        name: facts()
        .execute(
            f"SELECT sum(value::BIGINT), count(*) FROM observations WHERE indicator_id = 'hundred_names_{name}'"
            f" AND preferred = 'true' AND {COUNTRY} AND {years}"
        )
        .fetchone()
        for name in ("applications", "winners")
    }
    stages = [
        printed(f"indicator_id = 'accelerator_projects' AND {COUNTRY} AND category_id = '{stage}'")
        for stage in ("applications", "accelerated")
    ]
    well = printed(f"indicator_id = 'awareness_share' AND {COUNTRY} AND category_id = 'knows_well'")
    assert (sponsors, budget, held) == (274_129_014_477, 36_958_434_865, 39_149)
    assert sums == {"applications": (6173, 3), "winners": (163, 3)}
    assert (stages, well) == ([120, 20], 13.5)
    assert column(overview["kk"], ".rz-tile-value") == [
        f"{sponsors / 1e9:.0f} млрд ₸",
        f"{sponsors / budget:.1f} ₸".replace(".", ","),
        "> 39 149",
        "6 173 → 163",
        "120 → 20",
        "13,5%",
    ]
    assert column(overview["ru"], ".rz-tile-value") == [
        *("274 млрд ₸", "7,4 ₸", "более 39 149", "6 173 → 163", "120 → 20", "13,5 %")
    ]


def test_a_tile_names_the_figure_that_contradicts_it(overview):
    (other,) = (
        facts()
        .execute(
            "SELECT value FROM observations WHERE indicator_id = 'tugan_zher_sponsors' AND preferred = 'false'"
            f" AND {COUNTRY} AND {SPAN}"
        )
        .fetchall()
    )
    assert other == ("270000000000",)
    for t, said in ((KK, "шамамен 270 млрд ₸"), (RU, "около 270 млрд ₸")):
        assert t("tile.contradicted", value=said) in column(overview[t.language], ".rz-tile-flag")


def test_bars_by_period_are_the_sums_of_the_facts(funding):
    rows = drawn_rows(charts(funding["kk"])[0], "share", "amount")
    drawn = {(row["period"].removesuffix(" *"), row["source"]): row["amount"] for row in rows}
    periods = labels_of(KK, "short", "period")
    for indicator in ("tugan_zher_local_budget", "tugan_zher_sponsors"):
        for period in ("2017", "2018", "2019-9m"):
            total = sum(of_regions(indicator, period).values())
            assert drawn[periods[period], KK(f"source.{indicator}")] == pytest.approx(total / 1e9, rel=1e-12)
    assert len(drawn) == 6
    assert {row["period"][-1] for row in rows if row["period"].startswith(periods["2019-9m"])} == {"*"}


@pytest.mark.parametrize("period", ["2017", "2018", "2019-9m", "2017/2019-9m"])
def test_the_map_shows_the_values_of_the_facts(period):
    app = opened(lang="en", metric="tugan_zher_sponsors", period=period)
    assert not failures(app)
    large = components(app, "region_map")[0]
    wanted = of_regions("tugan_zher_sponsors", period)
    known = {region: place for region, place in large["regions"].items() if place["class"] is not None}
    assert known.keys() == wanted.keys()
    assert {region: place["value"] for region, place in known.items()} == {
        region: numbers.quantity(value, "KZT", EN) for region, value in wanted.items()
    }
    ordered = sorted(wanted, key=lambda region: (-wanted[region], region))
    assert [region for region in large["byValue"] if region in wanted] == ordered
    assert [known[region]["position"] for region in ordered] == list(range(1, len(ordered) + 1))


def test_changing_a_filter_changes_what_is_shown_and_the_address():
    app = opened(lang="kk")
    seen = [shown(app)]
    periods = labels_of(KK, "short", "period")
    for change in (
        lambda: app.button_group(key="period").set_value("2018"),
        lambda: app.button_group(key="per").set_value("capita"),
        lambda: app.selectbox(key="metric").set_value("tugan_zher_local_budget"),
        lambda: app.button_group(key="regions").set_value(["atyrau", "akmola"]),
        lambda: app.selectbox(key="region").set_value("atyrau"),
        lambda: app.button_group(key="lang").set_value("ru"),
    ):
        change()
        app.run()
        assert not failures(app)
        assert shown(app) not in seen
        seen.append(shown(app))
    address = {key: value if isinstance(value, str) else value[-1] for key, value in app.query_params.items()}
    assert address == {
        "lang": "ru",
        "period": "2018",
        "per": "capita",
        "metric": "tugan_zher_local_budget",
        "regions": "akmola,atyrau",
        "region": "atyrau",
    }
    large = components(app, "region_map")[0]
    assert large["regions"].keys() == {"akmola", "atyrau"}
    assert large["selected"] == "atyrau"
    assert periods["2018"] in words(app)
    again = opened(**address)
    assert shown(again) == shown(app), "the link gives the same view"


def test_the_view_stays_on_the_other_page():
    app = opened(lang="kk", period="2018", regions="atyrau,akmola", per="month")
    turned(app, "funding")
    assert not failures(app)
    names = {row["region"] for row in drawn_rows(charts(app)[2], "region", "amount")}
    assert names == {"Ақмола", "Атырау"}
    assert "2018" in app.header[1].value
    assert words(turned(app, "overview")) == words(
        opened(lang="kk", period="2018", regions="atyrau,akmola", per="month")
    )


@pytest.mark.parametrize("key, value", [("source", "tugan_zher_sponsors"), ("prices", "constant")])
def test_source_and_prices_change_the_funding_page(key, value, funding):
    app = opened("funding", **{key: value})
    assert not failures(app)
    assert shown(app) != shown(funding["kk"])
    assert (KK("note.constant_prices") in words(app)) == (key == "prices")


@pytest.mark.parametrize("period, months", [("2017", 12), ("2018", 12), ("2019-9m", 9)])
def test_per_month_divides_by_the_months_of_the_period(period, months):
    app = opened(lang="en", metric="tugan_zher_local_budget", period=period, per="month")
    large = components(app, "region_map")[0]
    wanted = of_regions("tugan_zher_local_budget", period)
    assert {region: place["value"] for region, place in large["regions"].items() if place["class"] is not None} == {
        region: numbers.quantity(value / months, "KZT", EN) for region, value in wanted.items()
    }


@languages
def test_a_principle_that_the_project_does_not_serve_empties_the_funding_page_and_is_named(t):
    app = opened("funding", lang=t.language, principles="openness")
    assert not failures(app)
    assert column(app, ".rz-warn") == [t("filter.nothing_left", filters=t("filter.principles").lower())]
    assert charts(app) == []
    assert app.title[0].value == t("funding.title")


@pytest.mark.parametrize("principle", ["pragmatism", "evolution"])
def test_money_that_serves_two_principles_is_counted_once(principle, funding):
    one = opened("funding", principles=principle)
    both = opened("funding", principles="pragmatism,evolution")
    assert json.dumps(charts(one)) == json.dumps(charts(both)) == json.dumps(charts(funding["kk"]))


def test_the_principle_filter_narrows_the_picker_of_the_map():
    every = {row["indicator_id"]: row["principle_ids"] for row in ask("map_indicators").to_dict("records")}
    app = opened(principles="competitiveness")
    assert not failures(app)
    kept = [indicator for indicator, principles in every.items() if "competitiveness" in principles]
    assert 0 < len(kept) < len(every)
    assert len(app.selectbox(key="metric").options) == len(kept)
    assert app.session_state["metric"] in kept
    assert len(opened().selectbox(key="metric").options) == len(every)


@pytest.mark.parametrize("period", ["2017", "2018"])
def test_a_region_without_a_figure_is_named_not_shown_as_zero(period):
    app = opened("funding", period=period, regions="shymkent")
    assert not failures(app)
    assert len(column(app, ".rz-warn")) == 2, "where, and how dependent: nothing is left of both"
    assert KK("filter.regions").lower() in column(app, ".rz-warn")[0]
    app = turned(app, "overview")
    place = components(app, "region_map")[0]["regions"]["shymkent"]
    assert place == {"name": "Шымкент", "class": None, "why": KK("map.missing_shymkent")}


@languages
def test_nine_months_are_said_wherever_they_are_shown(t):
    app = opened(lang=t.language, period="2019-9m")
    assert t("note.nine_months_short") in components(app, "region_map")[0]["notes"]
    assert t("note.nine_months") in words(app)
    turned(app, "funding")
    assert labels_of(t, "label", "period")["2019-9m"] in app.header[1].value
    assert t("note.nine_months") in words(app)


@languages
def test_2017_says_that_south_kazakhstan_is_undivided(t):
    app = opened(lang=t.language, period="2017")
    large = components(app, "region_map")[0]
    assert large["vintage"] == "16"
    assert t("map.south_kazakhstan") in large["notes"]


def test_every_chart_and_table_has_a_source_line_with_lines_of_both_halves(overview, funding):
    for app, least in ((overview["kk"], 2), (funding["kk"], 6)):
        sources = column(app, ".rz-source")
        assert len(sources) >= least
        for line in sources:
            assert line.startswith(KK("source.line", places=""))
            assert KK("passport.half_kk") in line


def test_the_chosen_region_has_a_card_with_rank_and_share():
    app = opened(lang="ru", region="atyrau", metric="tugan_zher_sponsors", period="2018")
    values = of_regions("tugan_zher_sponsors", "2018")
    rank = 1 + sum(value > values["atyrau"] for value in values.values())
    facts_shown = column(app, "dd")
    assert visible(numbers.quantity(values["atyrau"], "KZT", RU)) in facts_shown
    assert RU("map.rank_known", position=rank, count=len(values)) in facts_shown, "nothing is printed for Shymkent"
    share = 100 * values["atyrau"] / sum(values.values())
    assert visible(numbers.percent(share, RU)) in facts_shown
    before = of_regions("tugan_zher_sponsors", "2017")
    change = numbers.percent((values["atyrau"] / before["atyrau"] - 1) * 100, RU)
    assert visible(change if change.startswith(numbers.MINUS) else f"+{change}") in facts_shown


@pytest.mark.parametrize(("page", "address"), [("funding", "openness"), ("accelerator", "openness")])
def test_what_stands_under_every_page_stands_under_one_that_a_filter_emptied(page, address):
    app = opened(page, principles=address, lang="ru")
    assert not failures(app)
    assert RU("foot.documents") in bodies(app)[-1]
