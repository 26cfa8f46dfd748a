"""Colours with a meaning, decided once: the same thing has the same colour on every page, map and slide.

Every mark reaches a contrast of 3:1 on the light and on the dark background; tests/ui/test_theme.py measures it.
"""

from __future__ import annotations

from dataclasses import dataclass

LOCAL_BUDGET = "#2a74b3"
SPONSORS = "#ab6400"
NEUTRAL = "#768289"
HIGHLIGHT = "#d1367a"
TEXT = "currentColor"
"""Text inside a chart takes the page's text colour: no one colour reaches 4.5:1 on both backgrounds."""

CATEGORICAL = (LOCAL_BUDGET, SPONSORS, "#5b8c3a", "#9a4f96", "#7a7f87")
"""Series that have no colour of their own, in order; `.streamlit/config.toml` has the same."""

SOURCE_COLOURS = {"tugan_zher_local_budget": LOCAL_BUDGET, "tugan_zher_sponsors": SPONSORS}
"""Colour of each source of money, by indicator_id."""


@dataclass(frozen=True)
class VerdictMark:
    """How a verdict looks wherever it stands: colour, sign in words, shape in a chart."""

    colour: str
    sign: str
    shape: str


VERDICTS = {
    "agrees": VerdictMark("#2c8a57", "=", "circle"),
    "agrees_within_rounding": VerdictMark("#8a7413", "≈", "square"),
    "differs": VerdictMark("#cf3f4f", "≠", "diamond"),
    "cannot_be_checked": VerdictMark(NEUTRAL, "?", "cross"),
}
"""By verdict; no verdict is told by its colour alone."""
COUNT, SECOND = "#12807a", "#6a70b5"
"""Bars that count people, projects and materials, and bars of one share; what stands beside them. The colours of budget
and sponsors mean money and nothing else."""

STAGES = (COUNT, SECOND, "#6a747a")
"""Done, to come next, still open. White text reads on all three."""

CURVES = (COUNT, SECOND)
"""All regions, and all but one."""

ANSWER_COLOURS = {"knows_well": COUNT, "heard_something": SECOND, "never_heard": "#b0562f"}
"""Colour of each answer on awareness, by category_id; what is not printed is hatched. White text reads on all three."""

LIGHT_BACKGROUND = "#ffffff"
DARK_BACKGROUND = "#0f191e"

PAPER_INK, PAPER_GREY, PAPER_LINE, PAPER_ACCENT = "#16262e", "#4d5c63", "#c9d3d6", "#0b6580"
"""Text, quieter text, lines and the product's own colour on what is taken away: those of the light theme by name."""
DARK_ACCENT = "#5fc0d8"
"""The product's own colour on a dark background."""

PAPER_SOFT, PAPER_HATCH = "#f2f5f5", "#8c979c"
"""Ground of what stands back, and the lines that hatch it where nothing is printed."""


@dataclass(frozen=True)
class Shade:
    """One class of the choropleth: its colour on a light and on a dark background."""

    light: str
    dark: str

    @property
    def css(self) -> str:
        """The colour as CSS that follows the page's theme by itself."""
        return f"light-dark({self.light}, {self.dark})"

    @property
    def ink(self) -> str:
        """The colour of text on this shade, as CSS: of dark and light ink the one that is easier to read."""
        return f"light-dark({readable_on(self.light)}, {readable_on(self.dark)})"


DARK_INK, LIGHT_INK = "#101b20", "#ffffff"


def readable_on(colour: str) -> str:
    """Ink for words on `colour`: above this luminance dark ink has the greater contrast, below it light ink."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return DARK_INK if luminance > 0.2 else LIGHT_INK


SEQUENTIAL = (
    Shade("#e6f2d0", "#21394f"),
    Shade("#99d4b2", "#24608a"),
    Shade("#4cb8c4", "#2f93ad"),
    Shade("#2a7ab2", "#79cdb9"),
    Shade("#23358f", "#eaf5c4"),
)
"""Five shades from little to much: one order of lightness, safe for colour-blind eyes, readable from a projector. More
always stands out more from the background."""


def shades(count: int) -> tuple[Shade, ...]:
    """`count` shades spread over the scale, from little to much; at most five."""
    if not 1 <= count <= len(SEQUENTIAL):
        raise ValueError(f"{count} classes; 1 to {len(SEQUENTIAL)} are expected")
    if count == 1:
        return (SEQUENTIAL[2],)
    step = (len(SEQUENTIAL) - 1) / (count - 1)
    return tuple(SEQUENTIAL[round(index * step)] for index in range(count))
