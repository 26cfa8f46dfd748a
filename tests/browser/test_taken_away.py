"""What is taken away in the browser: a region's slides, and a supposition that its link gives to somebody else."""

from __future__ import annotations

import io
from pathlib import Path

from dashboard import Visit, await_parameters, parameters, settled
from playwright.sync_api import Page, expect
from pptx import Presentation


def taken(page: Page, key: str) -> tuple[str, bytes]:
    """Name and content of the file behind the button `key`."""
    with page.expect_download() as waiting:
        page.locator(f".st-key-{key} button").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_a_regions_slides_are_taken_from_its_page_in_kazakh(visit: Visit) -> None:
    page = visit("region?lang=kk&region=pavlodar")
    page.locator(".st-key-region_report summary").click()
    name, file = taken(page, "region_pptx")
    assert name == "pavlodar_profile_kk.pptx"
    deck = Presentation(io.BytesIO(file))
    assert deck.slides[0].shapes.title.text_frame.text == "Павлодар облысы"
    assert sum(shape.has_chart for slide in deck.slides for shape in slide.shapes) == 3


def test_a_supposition_is_typed_and_slid_and_its_link_gives_it_again(visit: Visit) -> None:
    page = visit("foresight?lang=kk&scenario=own")
    typed = page.locator(".st-key-equal_typed input")
    typed.fill("75")
    typed.press("Enter")
    await_parameters(page, scenario="own", equal="75", pace=None)
    thumb = page.locator(".st-key-pace_slid input[type=range]")
    thumb.focus()
    for _ in range(3):  # quicker than the server answers
        thumb.press("ArrowRight")
    await_parameters(page, pace="103", equal="75")
    expect(page.locator(".st-key-pace_typed input")).to_have_value("103")
    card = page.locator(".rz-what-if")
    said, link = card.inner_text(), card.locator("a").get_attribute("href")
    assert "103%" in said and "75%" in said
    other = visit(link, fresh=True)
    assert parameters(other) == parameters(page)
    assert other.locator(".rz-what-if").inner_text() == said
    name, file = taken(other, "what_if_pptx")
    assert name.startswith("scenario_")
    (slide,) = Presentation(io.BytesIO(file)).slides
    assert any("Сценарий" in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_what_is_supposed_can_be_told_from_what_is_printed_without_colour(visit: Visit) -> None:
    page = visit("foresight?lang=ru", scheme="dark")
    settled(page)
    fills = page.locator(".rz-pair").first.locator(".rz-bar-fill")
    looks = fills.evaluate_all("fills => fills.map(fill => getComputedStyle(fill).backgroundImage)")
    assert looks[0] == "none" and "repeating-linear-gradient" in looks[1]
    assert page.locator(".rz-pair").count() == 17
