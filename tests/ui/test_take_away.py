"""What is taken away of a figure: workbooks with real numbers and every place, CSV that a spreadsheet opens, file names."""

from __future__ import annotations

import csv
import datetime
import io
import re

import openpyxl
import pandas as pd
import pytest
import streamlit as st
from PIL import Image
from screen import PAGES, ROOT, TRANSLATIONS, facts, failures, opened
from test_exhibits import KK, OBSERVED, PLAIN, made

from rzh_data.schema import LANGUAGES
from rzh_ui import money, take_away, workbook
from rzh_ui.columns import Shown, Taken
from rzh_ui.data import version

RU = TRANSLATIONS["ru"]
TODAY = datetime.date(2026, 11, 22)
LINK = "http://localhost/funding?lang=ru&period=2018"
PARAMETERS = (("lang", "ru"), ("period", "2018"), ("regions", "atyrau,pavlodar"))
HEAT = (Shown("region", "table.region"), *money.MONEY_COLUMNS["total"])
languages = pytest.mark.parametrize("t", TRANSLATIONS.values(), ids=LANGUAGES)


def heat(t=RU) -> Taken:
    return Taken(money.heat_rows(PLAIN, t), HEAT, t, "heat")


def book(taken: Taken, key: str = "heat") -> openpyxl.Workbook:
    content = workbook.xlsx(taken, made(key, taken.t), LINK, PARAMETERS, taken.t, TODAY)
    return openpyxl.load_workbook(io.BytesIO(content))


def columns(sheet) -> dict[str, list]:
    head, *rows = sheet.iter_rows(values_only=True)
    return {name: [row[index] for row in rows] for index, name in enumerate(head)}


@languages
def test_a_workbook_has_what_is_shown_as_real_numbers_under_a_frozen_header(t):
    shown, _, _ = book(heat(t)).worksheets
    assert shown.title == t("workbook.shown") and shown.freeze_panes == "A2"
    found = columns(shown)
    amounts = found[t("table.amount")]
    assert all(isinstance(value, int | float) for value in amounts)
    expected = [
        OBSERVED[identities[0]] for identities in money.heat_rows(PLAIN, t)["observation_ids"] if len(identities) == 1
    ]
    assert amounts == expected and len(amounts) == 98
    assert found[t("workbook.row")] == list(range(1, 99))
    widths = [shown.column_dimensions[letter].width for letter in "ABCDE"]
    assert min(widths) >= 8 and max(widths) <= 62
    assert shown["E2"].number_format == "#,##0"
    longest = max(len(cell.value) / shown.column_dimensions[cell.column_letter].width for cell in shown[1])
    assert shown.row_dimensions[1].height >= 15 * longest, "a heading of several lines is read whole"


def test_a_workbook_names_every_place_of_every_figure_behind_it():
    taken = heat()
    places = columns(book(taken).worksheets[1])
    identities = {identity for cell in taken.rows["observation_ids"] for identity in cell}
    assert set(places[RU("workbook.observation")]) == identities
    for identity, half, line, token in zip(
        places[RU("workbook.observation")],
        places[RU("document.half")],
        places[RU("workbook.line")],
        places[RU("workbook.printed")],
        strict=True,
    ):
        indicator, region, period = identity.split(":")
        side = "kk" if half == RU("passport.half_kk") else "ru"
        known = facts().execute(
            f"SELECT {side}_line, {side}_printed FROM observations"
            " WHERE indicator_id = ? AND region_id = ? AND period_id = ? AND preferred = 'true'",
            [indicator, region, period],
        )
        first = known.fetchall()
        again = facts().execute(
            "SELECT line, printed FROM further_places WHERE indicator_id = ? AND region_id = ? AND period_id = ?",
            [indicator, region, period],
        )
        assert (str(line), token) in [*first, *again.fetchall()], identity
    rows = {row for cell in places[RU("workbook.rows")] for row in cell.split(", ")}
    assert rows == {str(number) for number in range(1, 99)}, "every row has its places"


def test_a_workbook_says_what_it_is():
    about = {row[0]: row[1] for row in book(heat()).worksheets[2].iter_rows(values_only=True)}
    assert about[RU("workbook.headline")] == made("heat", RU).title
    assert about[RU("workbook.address")] == LINK
    assert about[RU("release.version")] == version() and about[RU("workbook.made")] == "22.11.2026"
    assert "Атырауская, Павлодарская" in about[RU("workbook.filters")] and "2018 год" in about[RU("workbook.filters")]
    assert "Технологические пакеты" in about[RU("workbook.source")] and not about[RU("workbook.source")].startswith(
        "Источник"
    )
    assert "2021" in about[RU("workbook.cite")] and version() in about[RU("workbook.cite")]


def test_the_same_rows_on_the_same_day_are_the_same_file():
    taken = heat()
    files = [workbook.xlsx(taken, made("heat", RU), LINK, PARAMETERS, RU, day) for day in (TODAY, TODAY)]
    assert files[0] == files[1]
    assert files[0] != workbook.xlsx(taken, made("heat", RU), LINK, PARAMETERS, RU, TODAY.replace(day=23))


INVENTED = pd.DataFrame(
    {
        "region": ["Testland", '=HYPERLINK("http://example.org")', "+7", "a;b"],
        "value": pd.array([1234.5, None, -0.25, 3], dtype="Float64"),
    }
)
INVENTED_COLUMNS = (Shown("region", "table.region"), Shown("value", "axis.leverage", "KZT/KZT", 2))


def invented() -> Taken:
    return Taken(INVENTED, INVENTED_COLUMNS, RU, "testland")


def test_a_csv_opens_in_a_russian_or_kazakh_spreadsheet():
    content = invented().csv()
    assert content.startswith(b"\xef\xbb\xbf"), "without the mark Excel reads UTF-8 as another coding"
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert head[0] == RU("table.region") and len(head) == 2
    assert [row[1] for row in rows] == ["1234,5", "", "-0,25", "3"], "a missing figure is empty, not zero"
    assert rows[3][0] == "a;b"


def test_a_text_that_a_spreadsheet_would_run_is_disarmed():
    rows = list(csv.reader(io.StringIO(invented().csv().decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[2:4]] == ['\'=HYPERLINK("http://example.org")', "'+7"]
    content = workbook.xlsx(invented(), None, LINK, (), RU, TODAY)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert sheet["B3"].value == '=HYPERLINK("http://example.org")' and sheet["C3"].value is None


def test_a_number_said_in_words_is_a_number_in_the_files():
    rows = pd.DataFrame({"said": ["20,8 млрд ₸", "63,3%"], "value": [20757766000.0, 63.3], "unit": ["KZT", "percent"]})
    column = Shown("said", "table.value", number="value", unit_column="unit")
    cells = {one.label: one.values for one in Taken(rows, (column,), RU, "testland").shown()}
    assert cells[RU("table.as_number", label=RU("table.value"))] == (20757766000.0, 63.3)
    assert cells[RU("table.unit")] == (RU("unit.tenge"), "%")


@languages
def test_every_unit_of_the_facts_has_a_name(t):
    from rzh_ui import numbers

    for table in ("indicators", "claims"):
        units = facts().execute(
            f"SELECT DISTINCT unit FROM read_csv('{ROOT}/data/facts/{table}.csv', all_varchar = true)"
        )
        for (unit,) in units.fetchall():
            assert unit is None or numbers.unit_name(unit, t)


KEYS = {
    page: sorted(set(re.findall(r'\bkey="(\w+)"', (ROOT / "pages" / f"{page}.py").read_text(encoding="utf-8"))))
    for page in PAGES
}


@pytest.fixture
def buttons(monkeypatch):
    """What the page offers, by the button's key: the maker of the file and its name."""
    found = {}

    def note(label, data, file_name=None, mime=None, key=None, **options):
        assert options["on_click"] == "ignore", "a download does not run the page again"
        found[key] = (data, file_name, label)
        return False

    monkeypatch.setattr(st, "download_button", note)
    return found


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("present", "foresight", "explore")])
def test_each_table_of_a_page_offers_files_that_are_made_when_asked_for(page, buttons):
    address = {"region": "pavlodar", "lang": "kk"}
    app = opened(page, **address)
    assert not failures(app)
    closed = set(buttons)
    assert not [key for key in closed if key.rsplit("_", 1)[0] in KEYS[page] and not key.endswith("_package")]
    for key in KEYS[page]:
        app.session_state[f"{key}_table"] = True
    app.run()
    assert not failures(app)
    assert set(buttons) - closed
    for key in set(buttons) - closed:
        make, file_name, label = buttons[key]
        ending = key.rsplit("_", 1)[1]
        assert file_name.endswith(f".{ending}") and re.fullmatch(r"[a-z0-9_.-]+", file_name, flags=re.IGNORECASE)
        assert label == KK("figure.take_away", format=ending.upper())
        assert callable(make)
        if ending == "csv":
            rows = list(csv.reader(io.StringIO(make().decode("utf-8-sig")), delimiter=";"))
            assert len(rows) > 1 and {len(row) for row in rows} == {len(rows[0])}
            assert not [cell for row in rows for cell in row if cell in ("nan", "None", "<NA>")]
        elif ending == "xlsx":
            sheets = openpyxl.load_workbook(io.BytesIO(make())).worksheets
            assert len(sheets) in (2, 3) and sheets[0].max_row > 1
    pictures = sorted(key for key in buttons if key.endswith("_png"))
    for ending in ("_svg", "_pptx"):
        assert {key.replace("_png", ending) for key in pictures} <= set(buttons)
    # all pictures are looked at in test_pictures.py
    assert Image.open(io.BytesIO(buttons[pictures[0]][0]())).format == "PNG"
    assert buttons[pictures[0].replace("_png", "_svg")][0]().startswith(b"<svg")


def test_the_date_of_a_file_is_that_of_kazakhstan(monkeypatch):
    class Late(datetime.datetime):
        @classmethod
        def now(cls, tz=None):  # noqa: ARG003
            return datetime.datetime(2026, 11, 22, 20, 30, tzinfo=datetime.UTC)

    monkeypatch.setattr(take_away.datetime, "datetime", Late)
    assert take_away.today() == datetime.date(2026, 11, 23)


def test_the_address_in_a_workbook_gives_the_view_again():
    view = take_away.View("http://localhost:8501/funding?lang=kk", PARAMETERS)
    assert view.link == "http://localhost:8501/funding?lang=ru&period=2018&regions=atyrau,pavlodar"
