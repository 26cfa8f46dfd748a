"""Colours that can be told apart: from the background, from one another, and by colour-blind eyes."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise

import numpy as np
import pytest
from screen import ROOT

from rzh_ui import theme

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
MARKS = {
    "local budget": theme.LOCAL_BUDGET,
    "sponsors": theme.SPONSORS,
    "neutral": theme.NEUTRAL,
    "highlight": theme.HIGHLIGHT,
    "count": theme.COUNT,
    "second": theme.SECOND,
    **{f"stage {place}": colour for place, colour in enumerate(theme.STAGES)},
    **{f"series {place}": colour for place, colour in enumerate(CONFIG["chartCategoricalColors"])},
}
BACKGROUNDS = {"light": theme.LIGHT_BACKGROUND, "dark": theme.DARK_BACKGROUND}

EYES = {
    "normal": np.eye(3),
    # Viénot, Brettel and Mollon 1999 (the first two) and Brettel 1997 flattened to one matrix, on linear RGB
    "protanopia": np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]]),
    "deuteranopia": np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]]),
    "tritanopia": np.array([[1.0, 0.14461, -0.14461], [0.0, 0.85924, 0.14076], [0.0, 0.85924, 0.14076]]),
}
NEAREST = 12.0
"""Least distance between neighbouring shades (CIE 1976; a step of about 2 can just be seen side by side)."""


def linear(colour):
    channels = np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour):
    return float(linear(colour) @ (0.2126, 0.7152, 0.0722))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour, eye="normal"):
    """CIE L*a*b* of a colour as an eye sees it."""
    seen = np.clip(EYES[eye] @ linear(colour), 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen
    ratio = xyz / (0.95047, 1.0, 1.08883)
    root = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def distance(one, other, eye="normal"):
    return float(np.linalg.norm(lab(one, eye) - lab(other, eye)))


def css_pair(css):
    """The light and the dark colour of `light-dark(…)`."""
    light, dark = re.fullmatch(r"light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", css).groups()
    return {"light": light, "dark": dark}


def test_the_yardsticks_measure_what_they_should():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert lab("#ffffff") == pytest.approx([100, 0, 0], abs=0.1)
    assert distance("#ff0000", "#00ff00") > 150
    for eye in ("protanopia", "deuteranopia"):
        assert distance("#c04040", "#708000", eye) < 0.6 * distance("#c04040", "#708000"), "red and green come nearer"
    for matrix in EYES.values():
        assert matrix.sum(axis=1) == pytest.approx([1, 1, 1], abs=0.001), "grey stays grey"


@pytest.mark.parametrize("ground", BACKGROUNDS)
@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_stands_out_from_both_backgrounds(mark, ground):
    assert contrast(MARKS[mark], BACKGROUNDS[ground]) >= 3


def test_the_backgrounds_and_first_colours_are_those_of_the_configuration():
    assert CONFIG["light"]["backgroundColor"] == theme.LIGHT_BACKGROUND
    assert CONFIG["dark"]["backgroundColor"] == theme.DARK_BACKGROUND
    assert CONFIG["chartCategoricalColors"] == list(theme.CATEGORICAL)


@pytest.mark.parametrize("eye", EYES)
def test_the_two_sources_of_money_and_the_chosen_region_are_told_apart(eye):
    colours = (theme.LOCAL_BUDGET, theme.SPONSORS, theme.NEUTRAL)
    pairs = [(one, other) for place, one in enumerate(colours) for other in colours[place + 1 :]]
    assert min(distance(one, other, eye) for one, other in pairs) >= 2 * NEAREST
    assert distance(theme.HIGHLIGHT, theme.NEUTRAL, eye) >= 0.9 * NEAREST, "a chosen line is also twice as wide"


@pytest.mark.parametrize("ground", BACKGROUNDS)
@pytest.mark.parametrize("eye", EYES)
def test_shades_are_ordered_by_lightness_and_more_stands_out_more(ground, eye):
    lightness = [float(lab(getattr(shade, ground), eye)[0]) for shade in theme.SEQUENTIAL]
    assert lightness == sorted(lightness, reverse=ground == "light")
    if eye == "normal":
        against = [contrast(getattr(shade, ground), BACKGROUNDS[ground]) for shade in theme.SEQUENTIAL]
        assert against == sorted(against)


@pytest.mark.parametrize("count", range(2, 6))
@pytest.mark.parametrize("ground", BACKGROUNDS)
@pytest.mark.parametrize("eye", EYES)
def test_neighbouring_shades_are_told_apart_by_every_eye(eye, ground, count):
    colours = [getattr(shade, ground) for shade in theme.shades(count)]
    assert min(distance(one, other, eye) for one, other in pairwise(colours)) >= NEAREST


def test_no_shade_is_taken_for_the_hatch_of_a_missing_figure():
    style = (ROOT / "static" / "region_map.css").read_text(encoding="utf-8")
    hatch = css_pair(re.search(r"\.rm-hatch-ground \{ fill: (light-dark\([^)]*\))", style)[1])
    for ground, colour in hatch.items():
        assert min(distance(colour, getattr(shade, ground)) for shade in theme.SEQUENTIAL) >= 5


def test_classes_spread_over_the_scale_from_its_first_to_its_last_shade():
    for count in range(2, 6):
        shades = theme.shades(count)
        assert (len(set(shades)), shades[0], shades[-1]) == (count, theme.SEQUENTIAL[0], theme.SEQUENTIAL[-1])
    assert len(theme.shades(1)) == 1
    for wrong in (0, 6):
        with pytest.raises(ValueError, match="classes"):
            theme.shades(wrong)


def test_a_shade_is_written_so_that_the_browser_picks_the_theme():
    for shade in theme.SEQUENTIAL:
        assert css_pair(shade.css) == {"light": shade.light, "dark": shade.dark}


@pytest.mark.parametrize("ground", BACKGROUNDS)
@pytest.mark.parametrize("place", range(5))
def test_a_figure_on_a_shade_can_be_read(place, ground):
    shade = theme.SEQUENTIAL[place]
    assert contrast(css_pair(shade.ink)[ground], css_pair(shade.css)[ground]) >= 4.5


def test_the_white_labels_in_bars_can_be_read():
    for colour in theme.SOURCE_COLOURS.values():
        assert contrast("#ffffff", colour) >= 4.5


@pytest.mark.parametrize("ground", BACKGROUNDS)
def test_text_can_be_read_on_both_backgrounds(ground):
    colours = CONFIG[ground]
    for background in (colours["backgroundColor"], colours["secondaryBackgroundColor"]):
        for name in ("textColor", "linkColor", "grayTextColor", "primaryColor"):
            assert contrast(colours[name], background) >= 4.5, f"{ground} {name} on {background}"


@pytest.mark.parametrize("ground", BACKGROUNDS)
def test_text_colours_of_our_own_style_can_be_read(ground):
    """Every `color: light-dark(…)`, directly or by a variable, on the page and on the soft ground of tiles."""
    pairs = []
    for path in (ROOT / "rzh_ui" / "style.css", ROOT / "static" / "region_map.css"):
        style = path.read_text(encoding="utf-8")
        variables = dict(re.findall(r"(--r[zm]-\w+): (light-dark\([^)]*\))", style))
        for rule, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style):
            colour = re.search(r"(?<![-\w])color: (light-dark\([^)]*\)|var\(--r[zm]-\w+)", body)
            if colour and "background" not in body:
                pairs.append((rule.strip(), variables.get(colour[1].removeprefix("var("), colour[1])))
    assert len(pairs) > 10
    for rule, css in pairs:
        for background in (CONFIG[ground]["backgroundColor"], CONFIG[ground]["secondaryBackgroundColor"]):
            assert contrast(css_pair(css)[ground], background) >= 4.5, f"{rule}: {css} on {background}"
