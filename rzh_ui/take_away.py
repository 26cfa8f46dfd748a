"""What a visitor takes away of a figure: its numbers as CSV and XLSX, its picture as PNG and SVG, its slide. Made only when clicked."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

import streamlit as st

from rzh_ui import address
from rzh_ui.exhibit import Exhibit
from rzh_ui.html import text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembering

if TYPE_CHECKING:
    from rzh_ui.columns import Taken

MakeExhibit = Callable[[], Exhibit]


@dataclass(frozen=True)
class Format:
    """One kind of file that an exhibit becomes.

    Attributes:
        ending: of the file's name; the button's key is the figure's with it.
        mime: media type.
        make: the file from an exhibit, in the language of the messages, on a day.
    """

    ending: str
    mime: str
    make: Callable[[Exhibit, Messages, datetime.date], bytes]


def _png(exhibit: Exhibit, t: Messages, today: datetime.date) -> bytes:
    from rzh_ui import pictures

    return pictures.png(exhibit, t, today)


def _svg(exhibit: Exhibit, t: Messages, today: datetime.date) -> bytes:
    from rzh_ui import pictures

    return pictures.svg(exhibit, t, today)


def _pptx(exhibit: Exhibit, t: Messages, today: datetime.date) -> bytes:
    from rzh_ui import slides

    return slides.one(exhibit, t, today)


PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

FORMATS = (Format("png", "image/png", _png), Format("svg", "image/svg+xml", _svg), Format("pptx", PPTX, _pptx))
"""The files that an exhibit becomes, in the order of their buttons."""


@dataclass(frozen=True)
class Also:
    """A second drawing of the same rows, which has pictures of its own.

    Attributes:
        key: figure key.
        caption: what it is, in the page's language.
        exhibit: makes it.
    """

    key: str
    caption: str
    exhibit: MakeExhibit


def offer(
    taken: Taken, *, key: str, t: Messages, exhibit: MakeExhibit | None = None, also: Sequence[Also] = ()
) -> None:
    """The buttons under a figure's table.

    Args:
        taken: the rows that are shown.
        exhibit: makes what pictures are drawn of; None where the figure is a list of words.
        also: further drawings of the same rows.
    """
    make_ready(draws_charts=exhibit is not None)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _button("csv", "text/csv", taken.csv, taken.file_name, key, t)
        view = View(st.context.url or "", address.now())
        _button("xlsx", XLSX, partial(_xlsx, taken, exhibit, view, t), taken.file_name, key, t)
        if exhibit is not None:
            _pictures(exhibit, taken.file_name, key, t)
    st.html(text("p", t("figure.csv_help"), class_="rz-source"))
    for one in also:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.html(text("p", one.caption, class_="rz-note"), width="content")
            _pictures(one.exhibit, "", one.key, t)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class View:
    """The view that something was taken from: the page's address and its parameters."""

    url: str
    parameters: address.Parameters

    @property
    def link(self) -> str:
        """The address that gives the same view again."""
        return address.whole(self.url.partition("?")[0], self.parameters)


def _xlsx(taken: Taken, exhibit: MakeExhibit | None, view: View, t: Messages) -> bytes:
    from rzh_ui import workbook

    return workbook.xlsx(taken, None if exhibit is None else exhibit(), view.link, view.parameters, t, today())


def _pictures(exhibit: MakeExhibit, file_name: str, key: str, t: Messages) -> None:
    for form in FORMATS:
        make = partial(_made, form.ending, exhibit, t)
        _button(form.ending, form.mime, make, file_name or key, key, t)


def _made(ending: str, exhibit: MakeExhibit, t: Messages) -> bytes:
    return made(ending, exhibit(), t)


def made(ending: str, exhibit: Exhibit, t: Messages) -> bytes:
    """The file that an exhibit becomes today; `ending` is one of those in `FORMATS`."""
    (form,) = [form for form in FORMATS if form.ending == ending]
    return _file(form, exhibit, t, today())


MOST_KEPT = 48
"""Files kept, half a megabyte each at most: what one visitor took away, the next has at once."""


@remembering(MOST_KEPT)
def _file(form: Format, exhibit: Exhibit, t: Messages, day: datetime.date) -> bytes:
    return form.make(exhibit, t, day)


def make_ready(*, draws_charts: bool = False) -> None:
    """Whoever sees a button may click it: what files are made with is loaded meanwhile, and nobody waits for it."""
    _load()
    if draws_charts:
        from rzh_ui.pictures.painter import painter

        painter.wake()


@cache
def _load() -> None:
    threading.Thread(target=_import, daemon=True).start()


def _import() -> None:
    import typst  # reports are set with it

    from rzh_ui import slides, workbook
    from rzh_ui.pictures import raster, sheet

    del typst, slides, workbook, sheet
    raster.ready()


def today() -> datetime.date:
    """The day that stands on what is made now."""
    return datetime.datetime.now(tz=datetime.UTC).astimezone(ASTANA).date()


ASTANA = datetime.timezone(datetime.timedelta(hours=5))
"""The date on a file is that of Kazakhstan, wherever the server stands."""


def _button(
    ending: str,
    mime: str,
    make: Callable[[], bytes],
    file_name: str,
    key: str,
    t: Messages,
) -> None:
    st.download_button(
        t("figure.take_away", format=ending.upper()),
        make,
        file_name=f"{file_name}.{ending}",
        mime=mime,
        key=f"{key}_{ending}",
        on_click="ignore",
    )
