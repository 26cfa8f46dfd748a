"""The presentation as the server prepares it: three languages, sources, codes for the audience, a broken story told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import segno
from screen import TRANSLATIONS, components, failures, opened, words
from test_story import GOOD, written

from rzh_data.schema import LANGUAGES
from rzh_ui import presentation, story, way_in
from rzh_ui.i18n import messages


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    """What the page hands to the browser."""
    app = opened("present", lang="kk")
    assert not failures(app)
    assert [one.value for one in app.title] == [TRANSLATIONS["kk"]("present.title")]
    assert not app.segmented_control  # no filter bar in a hall
    (found,) = components(app, "presentation")
    return found


def test_every_language_has_every_step_with_drawing_and_source(shown: dict[str, Any]) -> None:
    assert list(shown["languages"]) == list(LANGUAGES)
    for language, own in shown["languages"].items():
        t = messages(language)
        assert [step["id"] for step in own["steps"]] == [step.id for step in story.read().steps]
        for step in own["steps"]:
            assert step["title"] and step["sentence"] and step["measure"]
            assert step["source"].startswith(t("source.line", places="").strip())
            for shape in ("hall", "phone"):
                assert step[shape].startswith("<svg")
                assert " d=" not in step[shape] or "data-outline" not in step[shape]
            assert "http" not in step["hall"].replace("http://www.w3.org/2000/svg", "")
            assert step["view"].startswith(".?") or re.match(r"[a-z]+\?", step["view"])
            assert f"lang={language}" in step["view"]


def test_the_outlines_of_a_map_travel_once(shown: dict[str, Any]) -> None:
    wanted = {
        mark
        for own in shown["languages"].values()
        for step in own["steps"]
        for mark in re.findall(r'data-outline="([^"]+)"', step["hall"] + step["phone"])
    }
    assert wanted
    for mark in wanted:
        vintage, unit = mark.split(":")
        assert shown["outlines"][vintage][unit].startswith("M")


def test_a_phone_cannot_open_the_presenters_own_computer_so_no_code_is_shown(shown: dict[str, Any]) -> None:
    assert {step["code"] for own in shown["languages"].values() for step in own["steps"]} == {""}
    assert "story.toml" in shown["languages"]["kk"]["words"]["only_here"]


@pytest.mark.parametrize(
    ("address", "is_reachable"),
    [
        ("http://localhost:8501/present", False),
        ("http://127.0.0.1:8501/present", False),
        ("http://127.8.8.8/present", False),
        ("http://[::1]:8501/present", False),
        ("http://karta.localhost/present", False),
        ("", False),
        ("http://192.168.1.20:8501/present", True),
        ("https://karta.example.kz/dash/present", True),
    ],
)
def test_an_address_is_for_the_audience_when_another_machine_can_open_it(address: str, is_reachable: bool) -> None:
    assert way_in.is_reachable(address) is is_reachable
    own = way_in.audience_address(story.read(), address)
    assert own == (address if is_reachable else "")


def test_the_public_address_of_the_file_wins_over_the_presenters(tmp_path: Path) -> None:
    text = GOOD.replace('public_address = ""', 'public_address = "https://karta.example.kz/"')
    found = story.read(written(tmp_path, text))
    assert way_in.audience_address(found, "http://localhost:8501/present") == "https://karta.example.kz/present"


def test_the_code_holds_the_address_of_its_step() -> None:
    """Module by module, as the library that made it would draw the address."""
    address = way_in.step_address("https://karta.example.kz/present", 3, "kk")
    assert address == "https://karta.example.kz/present?lang=kk&slide=3"
    wanted = [[bool(module) for module in row] for row in segno.make(address, error="m", micro=False).matrix]
    assert drawn_modules(way_in.code(address), len(wanted)) == wanted


def drawn_modules(svg: str, size: int, border: int = 4) -> list[list[bool]]:
    """Which modules the lines of a code's path make dark."""
    grid = [[False] * size for _ in range(size)]
    path = re.search(r'<path[^>]*class="qrline"[^>]*d="([^"]+)"|<path[^>]*stroke="black"[^>]*d="([^"]+)"', svg)
    assert path, svg[:300]
    x = y = 0.0
    for command, first, second in re.findall(
        r"([Mmh])\s*(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path.group(1) or path.group(2)
    ):
        if command == "M":
            x, y = float(first), float(second)
        elif command == "m":
            x, y = x + float(first), y + float(second)
        else:
            for step in range(int(float(first))):
                grid[int(y) - border][int(x) - border + step] = True
            x += float(first)
    return grid


def test_a_broken_story_is_told_on_the_page_in_its_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = written(tmp_path, GOOD.replace('"by_period"', '"by_moon"'))
    sound = story.read
    monkeypatch.setattr(story, "read", lambda: sound(broken))
    for language in LANGUAGES:
        app = opened("present", lang=language)
        assert not failures(app)
        t = TRANSLATIONS[language]
        said = words(app)
        assert t("present.fault_figure", file="story.toml", step="money", place="figure", value="by_moon") in said
        assert t("present.broken") in said
        assert not components(app, "presentation")


def test_the_slides_say_what_the_steps_say() -> None:
    from io import BytesIO

    from pptx import Presentation

    found, t = story.read(), messages("kk")
    deck = Presentation(BytesIO(presentation.FORMATS["pptx"][0](found, "kk", "")))
    said = [
        " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame).replace("\n", " ")
        for slide in deck.slides
    ]
    for step in found.steps:
        title = story.told(step, t).title
        assert any(title in one for one in said), title
