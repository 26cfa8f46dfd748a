"""Reports as PDF: read back, they say what the database says; one page a region; fonts inside; a batch that can be stopped."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from threading import Event
from time import sleep
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject
from screen import TRANSLATIONS, failures, opened, printed, words

from rzh_data.schema import LANGUAGES
from rzh_ui import numbers, region_report, reports, story
from rzh_ui.controls import region_names
from rzh_ui.data import version
from rzh_ui.region_summary import summary

TODAY = date(2026, 3, 4)
KK = TRANSLATIONS["kk"]
MONEY = ("tugan_zher_local_budget", "tugan_zher_sponsors")


def plain(text: str) -> str:
    """The text without what setting it added: line breaks, also after a hyphen, and the blanks between words of any width."""
    return re.sub(r"(?<=\w)- ", "-", re.sub(r"\s+", " ", text))


@pytest.fixture(scope="module")
def batch() -> list[reports.Progress]:
    return list(reports.regions(KK, TODAY))


@pytest.fixture(scope="module")
def pages(batch: list[reports.Progress]) -> dict[str, str]:
    """The text of each region's page in Kazakh."""
    pdf = batch[-1].pdf
    assert pdf is not None
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == 17
    return dict(zip(region_names(KK), (plain(page.extract_text()) for page in reader.pages), strict=True))


def test_the_batch_tells_how_far_it_is_and_ends_with_the_file(batch: list[reports.Progress]) -> None:
    assert [(step.done, step.count) for step in batch] == [*((number, 17) for number in range(1, 18)), (17, 17)]
    assert [step.pdf is not None for step in batch] == [False] * 17 + [True]


def test_a_batch_that_is_stopped_sets_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    monkeypatch.setattr(reports, "_set", lambda *given: made.append(given) or b"")
    steps = reports.regions(KK, TODAY)
    assert [next(steps).done for _ in range(3)] == [1, 2, 3]
    steps.close()
    assert not made


@pytest.mark.parametrize("region", region_names(KK))
def test_the_page_of_a_region_says_what_the_documents_print(region: str, pages: dict[str, str]) -> None:
    text = pages[region]
    assert plain(region_names(KK)[region].split(" ")[0]) in text
    span = "2019-9m" if region == "shymkent" else "2017/2019-9m"
    for indicator in MONEY:
        value = printed(f"indicator_id = '{indicator}' AND region_id = '{region}' AND period_id = '{span}'")
        assert plain(numbers.quantity(value, "KZT", KK)) in text, indicator
    for sentence in summary(region, KK):
        assert plain(sentence.words) in text
    assert "04.03.2026" in text
    assert version() in text


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("region", ["turkestan", "pavlodar"])
def test_a_region_has_one_page_in_every_language(language: str, region: str) -> None:
    t = TRANSLATIONS[language]
    reader = PdfReader(BytesIO(reports.region(region, t, TODAY)))
    assert len(reader.pages) == 1
    text = plain(reader.pages[0].extract_text())
    assert all(plain(sentence.words) in text for sentence in summary(region, t))
    assert reader.trailer["/Root"]["/Lang"] == language
    assert reader.metadata is not None
    assert t("report.programme") in str(reader.metadata.title)


def fonts(reader: PdfReader) -> dict[str, bool]:
    """Every font of the file, and whether it is inside."""
    found: dict[str, bool] = {}

    def look(thing: Any) -> None:
        if isinstance(thing, dict) and thing.get("/Type") == "/FontDescriptor":
            found[str(thing["/FontName"])] = any(key in thing for key in ("/FontFile", "/FontFile2", "/FontFile3"))

    for number in range(1, int(reader.trailer["/Size"])):
        look(IndirectObject(number, 0, reader).get_object())
    return found


def test_fonts_are_inside_and_nothing_is_a_picture() -> None:
    reader = PdfReader(BytesIO(reports.region("pavlodar", KK, TODAY)))
    found = fonts(reader)
    assert any("ZhangyruSans" in name for name in found)
    assert all(found.values()), found
    assert not [image for page in reader.pages for image in page.images]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_presentation_has_a_page_a_step_with_its_words(language: str) -> None:
    t, found = TRANSLATIONS[language], story.read()
    address = "https://karta.example.kz/present"
    reader = PdfReader(BytesIO(reports.presentation(found, t, TODAY, address if language == "kk" else "")))
    assert len(reader.pages) == len(found.steps)
    assert all(fonts(reader).values())
    for step, page in zip(found.steps, reader.pages, strict=True):
        text, words = plain(page.extract_text()), story.told(step, t)
        assert plain(words.title) in text
        assert plain(words.sentence) in text
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        assert width / height == pytest.approx(16 / 9, abs=0.01)


def test_the_drawings_numbers_are_text_in_the_presentation() -> None:
    found = story.read()
    position = [step.id for step in found.steps].index("where")
    shown = found.steps[position].exhibit(KK)
    reader = PdfReader(BytesIO(reports.presentation(found, KK, TODAY)))
    text = plain(reader.pages[position].extract_text())
    for name, value in zip(shown.categories, shown.series[0].remarks, strict=True):
        assert plain(name) in text
        assert plain(value) in text


def test_the_same_day_gives_the_same_file() -> None:
    assert reports.region("akmola", KK, TODAY) == reports.region("akmola", KK, TODAY)


def test_the_page_of_a_region_offers_its_report_and_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "region_names", lambda t: dict(list(region_names(t).items())[:2]))  # two are as good
    app = opened("region", lang="kk", region="pavlodar")
    app.session_state["region_report"] = True
    app.run()
    assert not failures(app)
    buttons = {one.proto.label for one in app.get("download_button")}
    assert KK("report.one") in buttons
    app.button(key="all_profiles_start").click().run()
    for _ in range(600):
        if not app.session_state[region_report.BATCH].is_working:
            break
        sleep(0.1)
    app.run()
    assert not failures(app)
    batch = app.session_state[region_report.BATCH]
    assert batch.made_of == (version(), "kk", date.today())
    assert len(PdfReader(BytesIO(batch.pdf)).pages) == 2
    assert KK("report.all_ready") in {one.proto.label for one in app.get("download_button")}


def test_a_batch_is_stopped_by_its_button_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    gate, made = Event(), []

    def slow(region_id: str, t: Any, today: date) -> dict[str, Any]:
        gate.wait(20)
        made.append(region_id)
        return {}

    monkeypatch.setattr(reports, "profile", slow)
    app = opened("region", lang="kk", region="pavlodar")
    app.session_state["region_report"] = True
    app.run()
    app.button(key="all_profiles_start").click().run()
    assert not failures(app)
    app.button(key="all_profiles_stop").click().run()
    gate.set()
    assert not failures(app)
    batch = app.session_state[region_report.BATCH]
    batch._thread.join(20)
    assert made == [next(iter(region_names(KK)))]
    assert batch.is_stopped and batch.pdf is None
    assert KK("report.stopped") in words(app)
    assert KK("report.all_ready") not in {one.proto.label for one in app.get("download_button")}
