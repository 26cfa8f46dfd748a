"""Pictures of an exhibit, drawn on the server from its data: with title, unit, place, period, remarks, source and date.

A figure that the page draws as a chart is the same chart here; what a page builds of HTML is drawn as `rzh_ui.drawing`
draws it for the hall. On paper: light background, fixed colours, the language and number format of the page.
"""

from __future__ import annotations

import datetime

from rzh_ui.exhibit import Exhibit
from rzh_ui.i18n import Messages

PIXELS_PER_PIXEL = 2
"""A PNG has so many pixels for each of the picture's own, so that it stays sharp in print and on a projector."""


def svg(exhibit: Exhibit, t: Messages, today: datetime.date) -> bytes:
    """The exhibit as an SVG file with its words as text and its fonts inside; nothing in it refers to anything outside.

    Deterministic: the same exhibit, language, data version and date give the same bytes.

    Raises:
        PictureError: the drawing process failed, or too many pictures are being made.
    """
    from rzh_ui.pictures import sheet

    return sheet.drawn(exhibit, t, today, has_fonts=True).encode()


def png(exhibit: Exhibit, t: Messages, today: datetime.date) -> bytes:
    """The same picture as PNG, two pixels for each of the SVG's.

    Raises:
        PictureError: the drawing process failed, or too many pictures are being made.
    """
    from rzh_ui.pictures import raster, sheet

    return raster.png(sheet.drawn(exhibit, t, today, has_fonts=False), PIXELS_PER_PIXEL)
