"""Drawings in large type: every figure whole, inside its frame, with its numbers as text, and without a reference outside."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from screen import TRANSLATIONS

from rzh_ui import controls, drawing, exhibits, theme
from rzh_ui.exhibit import Exhibit, NothingToShow, Series

SVG = "{http://www.w3.org/2000/svg}"
SHAPES: tuple[drawing.Format, ...] = ("hall", "phone")
KK = TRANSLATIONS["kk"]
ALL = controls.of_view({"period": "2017/2019-9m"})
ONE_REGION = controls.of_view({"region": "pavlodar"})


def drawable() -> list[str]:
    found = []
    for key in exhibits.BUILDERS:
        try:
            if exhibit(key, KK).kind in drawing.DRAWERS:
                found.append(key)
        except NothingToShow:
            continue
    return found


def exhibit(key: str, t=KK) -> Exhibit:
    return exhibits.of(key, ONE_REGION if key.startswith("region_") else ALL, t)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("key", drawable())
def test_a_drawing_is_whole_and_stays_in_its_frame(key: str, shape: drawing.Format) -> None:
    for t in (KK, TRANSLATIONS["ru"]):
        shown = exhibit(key, t)
        svg = drawing.svg(shown, t, shape, drawing.PAPER, name=key)
        root = parsed(svg)
        assert "NaN" not in svg and "nan" not in re.findall(r'"(nan|inf)"', svg)
        assert not re.search(r"(href|url\((?!#)|@import|src=)", svg)
        assert root.get("aria-label") == shown.finding
        _, _, width, height = (float(part) for part in root.get("viewBox", "").split())
        assert width == drawing.SIZES[shape][0]
        for rect in root.iter(f"{SVG}rect"):
            if rect.get("x") is None:
                continue  # the ground of a pattern
            assert float(rect.get("x", "")) >= -0.1
            assert float(rect.get("x", "")) + float(rect.get("width", "")) <= width + 0.1
            assert float(rect.get("y", "")) + float(rect.get("height", "")) <= height + 0.1
        for text in root.iter(f"{SVG}text"):
            room = (
                drawing.measured(text.text or "", float(text.get("font-size", "24"))) * 0.9
            )  # measured on the wide side
            start = {"start": 0.0, "middle": room / 2, "end": room}[text.get("text-anchor", "start")]
            left = float(text.get("x", "")) - start
            if "translate" not in svg:
                assert left >= -6, text.text
                assert left + room <= width + 6, text.text
                assert 0 <= float(text.get("y", "")) <= height + 6, text.text


def test_the_map_has_every_region_once_with_its_place_in_the_order() -> None:
    shown = exhibit("map_values")
    root = parsed(drawing.svg(shown, KK, "hall", drawing.PAPER))
    regions = [element.get("data-region") for element in root.iter() if element.get("data-region")]
    assert sorted(regions) == sorted(shown.category_ids)
    said = texts(root)
    for name, value in zip(shown.categories, shown.series[0].remarks, strict=True):
        assert name in said
        assert value in said
    for place in range(1, 18):
        assert said.count(str(place)) == 2  # on the map and in the list
    for label in shown.class_labels:
        assert label in said


def test_the_screen_draws_the_same_outlines_as_paper_once_they_are_put_in() -> None:
    shown = exhibit("map_values")
    screen = drawing.svg(shown, KK, "hall", drawing.SCREEN)
    assert " d=" not in screen
    for unit, path in drawing.outlines("17").items():
        screen = screen.replace(f'data-outline="17:{unit}"', f'd="{path}"')
    paths = re.findall(r' d="([^"]+)"', screen)
    assert len(paths) == 14
    assert paths == re.findall(r' d="([^"]+)"', drawing.svg(shown, KK, "hall", drawing.PAPER))


def test_bars_are_as_long_as_their_values_and_a_missing_one_is_said_not_drawn() -> None:
    shown = replace(
        exhibit("participation"),
        categories=("a", "b", "c"),
        category_ids=("a", "b", "c"),
        series=(Series("testland", (10.0, 40.0, None), theme.COUNT),),
        unit="",
        decimals=0,
    )
    root = parsed(drawing.svg(shown, KK, "hall", drawing.PAPER))
    widths = [float(rect.get("width", "")) for rect in root.iter(f"{SVG}rect")]
    assert len(widths) == 2
    assert widths[1] == pytest.approx(4 * widths[0], abs=0.5)
    assert KK("figure.missing") in texts(root)


def test_what_is_not_printed_is_hatched_up_to_a_hundred_percent() -> None:
    shown = exhibit("answers")
    root = parsed(drawing.svg(shown, KK, "hall", drawing.PAPER))
    rows = list(zip(*(series.values for series in shown.series), strict=True))
    open_rows = [row for row in rows if sum(value or 0 for value in row) < 99.99]
    hatched = [
        rect for rect in root.iter(f"{SVG}rect") if "url(#" in rect.get("style", "") and float(rect.get("x", 0)) > 100
    ]
    assert len(open_rows) > 3
    assert len([rect for rect in hatched if float(rect.get("height", "")) > 30]) == len(open_rows)


def test_what_is_supposed_is_hatched() -> None:
    first = exhibit("by_period")
    supposed = replace(first, series=tuple(replace(series, is_scenario=True) for series in first.series))
    assert drawing.svg(first, KK, "hall").count("url(#") == 0
    assert drawing.svg(supposed, KK, "hall").count("url(#") >= 6


def test_a_long_name_is_broken_into_lines_and_only_then_shortened() -> None:
    lines = drawing.broken("Шығыс Қазақстан облысының ауылдары", 300, most=2)
    assert lines[0].startswith("Шығыс")
    assert len(lines) == 2
    assert all(drawing.measured(line) <= 300 for line in lines)
    assert drawing.broken("Атырау", 300) == ["Атырау"]
    assert drawing.broken("Солтүстік Қазақстан облысы", 120, most=1)[0].endswith("…")


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0, 118.3, [0, 20, 40, 60, 80, 100, 120]), (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]), (3, 3, [3])],
)
def test_ticks_are_round_and_enclose_the_values(low: float, high: float, expected: list[float]) -> None:
    assert drawing.ticks(low, high) == pytest.approx(expected)
