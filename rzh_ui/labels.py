"""Names beside the points of a chart, so that none covers another or a point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rzh_ui import theme

if TYPE_CHECKING:
    import pandas as pd

Place = tuple[str, float, bool]
"""How a name is aligned beside its point, how far down it stands (px), and whether there is room for it."""

PADDING = 26.0
"""Pixels between the outermost points and the ends of their scales, which must not be rounded (`nice=False`)."""

LETTER, LINE, MOST_COVERED = 7.0, 15.0, 40.0
"""Width of a letter and height of a line of a name beside its point, px, and the area, px², it may cover of others."""

PLACES = [
    (side, dy)
    for dy in (0.0, -9.0, 9.0, -16.0, 16.0, -23.0, 23.0)
    for side in ("left", "right", "center")
    if side != "center" or abs(dy) > 12
]
"""Where a name may stand beside its point, the best first: how it is aligned there, and how far down, px."""


def places(
    across: Sequence[float], up: Sequence[float], names: Sequence[str], width: float, height: float
) -> list[Place]:
    """Where the names of points stand.

    Args:
        across, up: coordinates of the points, as logarithms where an axis is logarithmic.
        width, height: the drawing's size in px, as near as it is known.
    """
    right, down = _along(across, width), [height - y for y in _along(up, height)]
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in zip(right, down, strict=True)]
    chosen: list[Place] = []
    for index, (x, y, name) in enumerate(zip(right, down, names, strict=True)):
        others = taken[:index] + taken[index + 1 :]
        best, most = ("left", 0.0, False), math.inf
        for side, dy in PLACES:
            box = _box(x, y, name, side, dy)
            over = sum(_overlap(box, other) for other in others)
            over += 4 * LINE * (max(0.0, -box[0]) + max(0.0, box[2] - width))
            if over < most:
                best, most = (side, dy, over < MOST_COVERED), over
            if over == 0:
                break
        chosen.append(best)
        if best[2]:
            taken.append(_box(x, y, name, best[0], best[1]))
    return chosen


WIDTHS = {
    "narrow": (250.0, "width < 500"),
    "middle": (850.0, "width >= 500 && width < 1200"),
    "wide": (1200.0, "width >= 1200"),
}
"""Width that names are placed for, px, and which drawings it stands for."""


def beside(
    shown: pd.DataFrame, across: Sequence[float], up: Sequence[float], names: Sequence[str], height: float
) -> pd.DataFrame:
    """The rows of a chart with columns that say where the name of each stands; arguments as of `places`."""
    columns: dict[str, list[Any]] = {}
    for size, (width, _) in WIDTHS.items():
        sides, downs, rooms = zip(*places(across, up, names, width, height), strict=True)
        columns |= {f"{size}_side": list(sides), f"{size}_dy": list(downs), f"{size}_has_room": list(rooms)}
    return shown.assign(**columns)


def layers(base: Any, column: str, *, always: str = "false") -> list[Any]:
    """The names, of rows as from `beside`; one without room gives way: pointer and table tell it.

    Args:
        base: chart of the points.
        column: which has the name.
        always: Vega expression for rows that are named whether there is room or not.
    """
    import altair as alt

    return [
        base.transform_filter(f"{always} || datum.{size}_has_room")
        .transform_calculate(named=f"{fits} ? datum.{column} : ''")
        .mark_text(
            align=alt.expr(f"datum.{size}_side"),
            dx=alt.expr(f"datum.{size}_side === 'left' ? 9 : datum.{size}_side === 'right' ? -9 : 0"),
            dy=alt.expr(f"datum.{size}_dy"),
            fontSize=12.5,
        )
        .encode(text="named:N", color=alt.value(theme.TEXT))
        for size, (_, fits) in WIDTHS.items()
    ]


def _box(x: float, y: float, name: str, side: str, dy: float) -> tuple[float, float, float, float]:
    wide = LETTER * len(name)
    left = {"left": x + 9, "right": x - 9 - wide, "center": x - wide / 2}[side]
    return left, y + dy - LINE / 2, left + wide, y + dy + LINE / 2


def _along(values: Sequence[float], length: float) -> list[float]:
    """Values on a scale of this length with the padding of the chart."""
    low, span = min(values), (max(values) - min(values)) or 1.0
    return [PADDING + (value - low) / span * (length - 2 * PADDING) for value in values]


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Area that two boxes (left, top, right, bottom) share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0
