"""Pictures of figures: everything that must stand beside a number stands in them, and their letters are there."""

from __future__ import annotations

import datetime
import io
import os
import re
import threading
from dataclasses import replace
from pathlib import Path
from queue import LifoQueue

import pytest
from defusedxml import ElementTree
from fontTools.ttLib import TTFont
from PIL import Image
from screen import ROOT, TRANSLATIONS
from test_exhibits import KK, PAVLODAR, PLAIN, made

from rzh_data.schema import LANGUAGES
from rzh_ui import exhibits, numbers, pictures, theme
from rzh_ui.data import version
from rzh_ui.pictures import bodies, letters, painter, raster
from rzh_ui.pictures.painter import PictureError

TODAY = datetime.date(2026, 11, 22)
SVG = "{http://www.w3.org/2000/svg}"
CHARTS = [key for key in exhibits.BUILDERS if made(key).drawing is not None]
OUTSIDE = re.compile(r"""(?:href|src)\s*=\s*["'](?!#|data:)|url\((?!#|['"]?#|data:)""")


def drawn(key: str, t=KK) -> str:
    return pictures.svg(made(key, t), t, TODAY).decode()


def forget() -> None:
    """The next picture is drawn anew."""
    bodies._chart.cache_clear()


def words(svg: str) -> str:
    """All that is written in a picture, lines of one text joined by blanks."""
    root = ElementTree.fromstring(svg.encode())
    return " ".join("".join(element.itertext()) for element in root.iter(f"{SVG}text"))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", letters.spelled(text)).strip()


@pytest.mark.parametrize("key", exhibits.BUILDERS)
def test_a_picture_says_all_that_must_stand_beside_the_figure(key):
    one, svg = made(key), drawn(key)
    root = ElementTree.fromstring(svg.encode())
    assert root.tag == f"{SVG}svg" and root.get("lang") == "kk"
    assert root.find(f"{SVG}title").text == one.title and root.find(f"{SVG}desc").text == one.finding
    said = plain(words(svg))
    for text in (
        one.title,
        one.unit,
        one.place,
        one.period,
        one.source,
        one.note,
        one.formula or KK("passport.printed"),
    ):
        assert plain(text) in said, text
    assert "22.11.2026" in said and version() in said
    assert not OUTSIDE.search(svg), OUTSIDE.search(svg)
    without_fonts = re.sub(r"<style>.*?</style>", "", svg, flags=re.DOTALL)
    assert not re.search(r"NaN|undefined|Infinity|\bNone\b", without_fonts)
    if one.kind in ("map", "maps"):
        assert "OpenStreetMap" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_written_in_the_language_of_the_picture(language):
    t = TRANSLATIONS[language]
    one = made("by_region", t)
    total = sum(series.values[0] for series in one.series) * one.unit_size
    assert plain(numbers.quantity(total, "KZT", t)) in plain(words(drawn("by_region", t)))
    if language != "en":
        english = {"thousand", "billion", "million", "series"}
        assert not english & set(words(drawn("lorenz", t)).split())


def test_the_picture_of_the_map_has_the_regions_as_shapes_and_cities_as_circles():
    svg = drawn("map_values")
    regions = set(re.findall(r'<path [^>]*data-region="(\w+)"', svg))
    cities = set(re.findall(r'<circle [^>]*data-region="(\w+)"', svg))
    assert len(regions) == 14 and cities == {"nur_sultan", "almaty_city", "shymkent"}
    said = words(svg)
    one = made("map_values")
    assert all(name in said for name in one.categories) and all(label in said for label in one.class_labels)
    assert one.missing in said, "Shymkent has no figure of its own in 2018"


def test_a_region_that_the_filter_leaves_out_is_not_drawn_as_missing():
    filtered = exhibits.of("map_values", replace(PLAIN, period="2019-9m", regions=("atyrau",)), KK)
    svg = pictures.svg(filtered, KK, TODAY).decode()
    assert filtered.missing not in words(svg)
    assert "hatch" not in "".join(re.findall(r"<path [^>]*data-region[^>]*>", svg))


def test_circles_have_areas_in_proportion_and_the_chosen_region_is_outlined():
    one = exhibits.of("map_circles", replace(PLAIN, region="karaganda"), KK)
    svg = pictures.svg(one, KK, TODAY).decode()
    radii = {
        region: float(radius) for radius, region in re.findall(r'<circle [^>]*r="([\d.]+)" data-region="(\w+)"', svg)
    }
    values = {region: value for region, value in zip(one.category_ids, one.series[0].values, strict=True) if value}
    assert set(values) <= set(radii)
    for region in ("kyzylorda", "almaty_city", "turkestan"):
        area = (radii[region] / radii["nur_sultan"]) ** 2
        assert area == pytest.approx(values[region] / values["nur_sultan"], rel=0.03)
    for chosen, shape in (("karaganda", "path"), ("almaty_city", "circle")):
        for key in ("map_circles", "map_values"):
            svg = pictures.svg(exhibits.of(key, replace(PLAIN, region=chosen), KK), KK, TODAY).decode()
            assert len(re.findall(rf"<{shape} [^>]*stroke:{theme.HIGHLIGHT}", svg)) == 1, (chosen, key)
        several = pictures.svg(exhibits.of("small_maps", replace(PLAIN, region=chosen), KK), KK, TODAY).decode()
        assert len(re.findall(rf"<{shape} [^>]*stroke:{theme.HIGHLIGHT}", several)) == 4, chosen
    with pytest.raises(exhibits.NothingToShow):
        exhibits.of("map_circles", replace(PLAIN, per="capita"), KK)


def test_what_is_supposed_is_hatched_and_called_a_scenario():
    plain_one = made("funnel")
    supposed = replace(plain_one, series=(replace(plain_one.series[0], is_scenario=True),))
    svg = pictures.svg(supposed, KK, TODAY).decode()
    assert KK("picture.scenario") in words(svg) and "<pattern" in svg
    assert KK("picture.scenario") not in words(drawn("funnel"))


def test_the_same_figure_on_the_same_day_is_the_same_file():
    for key in ("by_period", "map_values", "heat"):
        first = drawn(key)
        forget()
        assert drawn(key) == first
    assert drawn("heat") != pictures.svg(made("heat"), KK, TODAY.replace(day=23)).decode()


@pytest.mark.parametrize("key", ["by_region", "map_values", "answers", "matrix_bodies"])
def test_a_png_has_two_pixels_for_each_of_the_svg(key):
    svg = ElementTree.fromstring(drawn(key).encode())
    content = pictures.png(made(key), KK, TODAY)
    image = Image.open(io.BytesIO(content))
    assert image.format == "PNG"
    for size, name in zip(image.size, ("width", "height"), strict=True):
        assert abs(size - 2 * float(svg.get(name))) <= 1
    assert image.convert("RGB").getpixel((3, 3)) == (255, 255, 255), "on paper, whatever the theme of the page"
    assert len(image.convert("RGB").getcolors(maxcolors=1 << 20)) > 20


def glyphs(name: str) -> set[int]:
    return set(TTFont(ROOT / "fonts" / name).getBestCmap())


def test_every_letter_of_every_picture_is_in_the_font_that_travels_with_it():
    known = glyphs("ZhangyruSans-Regular.ttf") & glyphs("ZhangyruSans-SemiBold.ttf")
    assert {ord(letter) for letter in "әғқңөұүһіӘҒҚҢӨҰҮҺІ₸"} <= known
    for name in ("ZhangyruSans-Regular", "ZhangyruSans-SemiBold"):
        assert glyphs(f"{name}.woff") == glyphs(f"{name}.ttf")
    for key in exhibits.BUILDERS:
        for language, t in TRANSLATIONS.items():
            one = made(key, t)
            written = [one.title, one.measure, one.finding, one.note, one.source, one.formula or "", one.missing]
            written += [*one.categories, *(series.name for series in one.series)]
            lacking = {sign for text in written for sign in letters.spelled(text) if ord(sign) not in known}
            assert not lacking - {"\u00a0"}, (key, language, lacking)


def test_an_svg_carries_its_fonts_and_a_png_does_not_need_them():
    svg = drawn("funnel")
    assert svg.count("@font-face") == 2 and "Zhangyru Sans" in svg
    assert not letters.lines("", 100, 20) or letters.lines("a b", 1, 20) == ["a", "b"]


def test_kazakh_letters_are_drawn_and_not_replaced_by_boxes():
    """Two letters that only Kazakh has give two different pictures; a font without them would draw one box for both."""

    def look(letter: str) -> bytes:
        sheet = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><text x="5" y="45" font-size="40"'
            f" font-family=\"'Zhangyru Sans'\">{letter}</text></svg>"
        )
        return Image.open(io.BytesIO(raster.png(sheet, 2))).convert("RGBA").tobytes()

    looks = [look(letter) for letter in "әғқңөұүһі₸ "]
    assert len(set(looks)) == len(looks)


def test_many_ask_at_once_and_each_gets_his_own_picture():
    expected = {key: drawn(key) for key in ("by_period", "ranks", "lorenz", "textbooks")}
    found: dict[str, str] = {}
    forget()
    threads = [threading.Thread(target=lambda key=key: found.update({key: drawn(key)})) for key in expected]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected


def test_a_drawing_process_that_was_killed_is_replaced():
    forget()
    before = drawn("by_period")
    process = painter.painter._process
    assert process is not None
    process.kill()
    process.wait()
    forget()
    assert drawn("by_period") == before
    assert painter.painter._process is not process


def test_what_cannot_be_drawn_is_said_and_the_next_picture_is_made():
    with pytest.raises(PictureError):
        painter.painter.chart({"mark": "no such mark"})
    with pytest.raises(PictureError):
        painter.painter.chart({"data": {"url": "https://example.org/rows.json"}, "mark": "bar", "encoding": {}})
    assert painter.painter.chart({"data": {"values": [{"a": 1}]}, "mark": "bar"}).startswith("<svg")
    for broken in ("<svg", '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4">'):
        with pytest.raises(PictureError):
            raster.png(broken, 1)
    assert raster.png('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>', 1).startswith(b"\x89PNG")


def test_whoever_waits_too_long_is_told_so(monkeypatch):
    monkeypatch.setattr(painter, "LONGEST_QUEUE_SECONDS", 0.05)
    monkeypatch.setattr(raster, "LONGEST_QUEUE_SECONDS", 0.05)
    busy = painter.Painter()
    with busy._turn, pytest.raises(PictureError, match="too many"):
        busy.chart({})
    with monkeypatch.context() as patch:
        patch.setattr(raster, "_compilers", lambda: LifoQueue())
        with pytest.raises(PictureError, match="too many"):
            raster.png('<svg width="1" height="1"/>', 1)


def test_the_drawing_process_is_woken_without_being_asked_and_only_once():
    sleeper = painter.Painter()
    try:
        sleeper.wake()
        process = sleeper._process
        assert process is not None and process.poll() is None
        sleeper.wake()
        assert sleeper._process is process
    finally:
        sleeper.close()
    assert process.poll() is not None
    with sleeper._turn:  # somebody waits for a chart
        sleeper.wake()
    assert sleeper._process is None


def test_what_pictures_needed_is_forgotten():
    """Typst keeps a dozen pictures of fourteen megabytes each unless it is made to forget."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><rect width="{size}" height="9"/></svg>'

    def resident() -> float:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    for size in range(1, 4):
        raster.png(svg.format(size=size), 2)
    before = resident()
    for size in range(4, 14):
        raster.png(svg.format(size=size), 2)
    assert resident() - before < 60


def test_single_drawings_of_a_figure_are_pictures_too():
    for key in ("region_strips", "hundred_names_years", "small_maps"):
        single = made(key, choice=PAVLODAR).singles()[0]
        assert plain(single.title) in plain(words(pictures.svg(single, KK, TODAY).decode()))
