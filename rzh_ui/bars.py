"""Bars made of HTML: they wrap their words on a phone, print as they stand and carry their numbers as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rzh_ui.html import tag, text


@dataclass(frozen=True)
class Bar:
    """One bar that begins at zero.

    Attributes:
        name: what is measured, in words.
        said: the value in words.
        percent: length in percent of the longest bar there can be; None draws no bar: nothing is printed.
        colour: of the bar.
        note: a word more under the name.
        indent: 1 for a part of the bar above.
    """

    name: str
    said: str
    percent: float | None
    colour: str
    note: str = ""
    indent: int = 0

    def html(self) -> str:
        """The bar as an item of a list."""
        name = text("span", self.name) + (text("span", self.note, class_="rz-eyebrow") if self.note else "")
        track = "" if self.percent is None else fill(self.percent, self.colour)
        class_ = "rz-bar-track" if self.percent is not None else "rz-bar-track rz-hatch"
        value = text("span", self.said, class_="rz-bar-value" if self.percent is not None else "rz-bar-value rz-gap")
        content = (
            tag("span", name, class_="rz-bar-name") + tag("span", track, class_=class_, aria_hidden="true") + value
        )
        return tag("li", content, class_="rz-bar rz-bar-part" if self.indent else "rz-bar")


def fill(percent: float, colour: str) -> str:
    """The coloured part of a track."""
    return tag("span", class_="rz-bar-fill", style=f"width:{percent:.3f}%;background:{colour}")


def bars(items: Iterable[Bar], *, caption: str) -> str:
    """Bars on one scale, as a list with a name."""
    return tag("ul", "".join(item.html() for item in items), class_="rz-barlist", aria_label=caption)


@dataclass(frozen=True)
class Part:
    """One part of a bar of 100 percent.

    Attributes:
        name: what it is, in words.
        said: its share in words; "" where not even that is known.
        percent: its share.
        colour: its colour; None hatches it: nothing is printed.
    """

    name: str
    said: str
    percent: float
    colour: str | None


NARROWEST_LABELLED = 9.0
"""Percent of the bar's width below which a part's share stands in the line under the bar alone, as that of a hatched
part does: no word reads on hatching."""


def stacked(name: str, parts: Sequence[Part]) -> str:
    """One bar of 100 percent as an item of a list; its numbers stand under it in words."""
    drawn = "".join(
        text(
            "span",
            part.said if part.colour and part.percent >= NARROWEST_LABELLED else "",
            class_="rz-part" if part.colour else "rz-part rz-hatch",
            style=f"width:{part.percent:.3f}%" + (f";background:{part.colour}" if part.colour else ""),
        )
        for part in parts
    )
    words = " · ".join(f"{part.name}: {part.said}" if part.said else part.name for part in parts)
    content = (
        text("span", name, class_="rz-bar-name")
        + tag("span", drawn, class_="rz-stack", aria_hidden="true")
        + text("span", words, class_="rz-eyebrow rz-stack-words")
    )
    return tag("li", content, class_="rz-bar rz-bar-stacked")


def legend(items: Iterable[tuple[str, str | None]]) -> str:
    """What the colours of stacked bars mean; None is the hatching."""
    return tag(
        "ul",
        "".join(
            tag(
                "li",
                tag(
                    "span",
                    class_="rz-key" if colour else "rz-key rz-hatch",
                    style=f"background:{colour}" if colour else None,
                )
                + text("span", name),
            )
            for name, colour in items
        ),
        class_="rz-legend",
    )
