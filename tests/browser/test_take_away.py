"""Files of a figure as a visitor gets them, and a picture as another program shows it: without the dashboard and the network."""

from __future__ import annotations

from pathlib import Path

from dashboard import Visit, open_table, settled
from playwright.sync_api import Browser, Page, expect

from rzh_ui import theme

BEGINNINGS = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "png": b"\x89PNG", "svg": b"<svg"}


def taken(page: Page, key: str, ending: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator(f".st-key-{key}_{ending} button").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_a_figure_is_taken_away_in_every_form_and_its_picture_stands_alone(
    visit: Visit, browser: Browser, tmp_path: Path
) -> None:
    page = visit("funding?lang=kk&period=2018")
    open_table(page, "by_region")
    settled(page)
    files = {ending: taken(page, "by_region", ending, tmp_path) for ending in BEGINNINGS}
    for ending, file in files.items():
        assert file.name == f"tugan_zher_funding_by_region.{ending}"
        assert file.read_bytes().startswith(BEGINNINGS[ending])
    context = browser.new_context(offline=True)
    alone = context.new_page()
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(files["svg"].as_uri())
    alone.evaluate("document.fonts.ready")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    faces = alone.evaluate("[...document.fonts].map((face) => [face.family, face.weight, face.status])")
    assert sorted(face[1:] for face in faces) == [["400", "loaded"], ["600", "loaded"]]
    wide, inside = alone.evaluate(
        """() => {
            const sheet = document.documentElement.getBoundingClientRect();
            const texts = [...document.querySelectorAll("text")].map((one) => one.getBoundingClientRect());
            return [sheet.width, texts.every((box) => box.left >= sheet.left && box.right <= sheet.right + 1)];
        }"""
    )
    assert wide > 1000 and inside, "no word runs over the edge of the sheet"
    context.close()


def test_the_picture_of_the_map_shows_what_the_page_shows_circles_and_the_chosen_region(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit("?lang=kk&period=2018&region=karaganda")
    open_table(page, "map_values")
    settled(page)
    filled = taken(page, "map_values", "svg", tmp_path).read_text(encoding="utf-8")
    page.locator('.rm-modes [data-focus="mode-circles"]').click()
    expect(page.locator(".rm-circle").first).to_be_visible()
    settled(page)
    in_circles = taken(page, "map_values", "svg", tmp_path).read_text(encoding="utf-8")
    assert "<circle" in in_circles and in_circles.count("fill-opacity") == 16
    assert "fill-opacity" not in filled
    for picture in (filled, in_circles):
        assert picture.count(theme.HIGHLIGHT) == 1, "one region is outlined"
