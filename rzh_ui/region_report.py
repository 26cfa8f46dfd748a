"""A region's page as PDF, offered where the region is shown; all regions in one file, with progress and a way to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from rzh_ui import region_slides
from rzh_ui.controls import Chosen
from rzh_ui.data import version
from rzh_ui.drawn import unfolded
from rzh_ui.html import text
from rzh_ui.i18n import Messages, messages
from rzh_ui.remember import remembering
from rzh_ui.take_away import MOST_KEPT, make_ready, today

if TYPE_CHECKING:
    from datetime import date

    from rzh_ui.reports import Progress

BATCH = "all_profiles"
"""The batch of this visit, in the session."""
LOOKED_AT_EVERY = 0.5
"""Seconds after which the page looks again how far the batch is."""

_AT_ONCE = threading.BoundedSemaphore(2)
"""Batches of all visitors that work at the same time; others wait for their turn, and the pages go on."""


class Batch:
    """All regions in one file, made beside the visit: a run of the page cannot be stopped by a button that it draws itself.

    Attributes:
        made_of: data version, language and day; a batch made of others is out of date.
        last: how far it is; None before the first region.
        error: what went wrong; None where nothing did.
    """

    def __init__(self, language: str) -> None:
        self.made_of = (version(), language, today())
        self.last: Progress | None = None
        self.error: Exception | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begins; comes back at once."""
        self._thread.start()

    def stop(self) -> None:
        """Ends it after the region at hand; what it has made is dropped."""
        self._stopped.set()

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped."""
        return self._stopped.is_set()

    @property
    def is_working(self) -> bool:
        """Whether it goes on."""
        return self._thread.is_alive() and not self.is_stopped

    @property
    def pdf(self) -> bytes | None:
        """The file, once it is there."""
        return None if self.last is None or self.is_stopped else self.last.pdf

    def _work(self) -> None:
        from rzh_ui import reports

        _, language, day = self.made_of
        with _AT_ONCE:
            try:
                for step in reports.regions(messages(language), day):
                    self.last = step
                    if self.is_stopped:
                        return
            except Exception as error:  # shown in the visit that asked; a thread has nobody to tell
                self.error = error


def offer(choice: Chosen, t: Messages) -> None:
    """What can be taken away of the chosen region and of all of them, in a place that opens."""
    opened = unfolded(t("report.open"), key="region_report")
    if opened is not None:
        make_ready()
        with opened:
            with st.container(horizontal=True):
                st.download_button(
                    t("report.one"),
                    partial(_one, str(choice.region), t.language),
                    file_name=f"{choice.region}_profile_{t.language}.pdf",
                    mime="application/pdf",
                    key="region_pdf",
                    on_click="ignore",
                )
                region_slides.offer(choice, t)
            batch: Batch | None = st.session_state.get(BATCH)
            is_watched = batch is not None and batch.is_working
            show: Callable[[str], None] = st.fragment(_all, run_every=LOOKED_AT_EVERY if is_watched else None)
            show(t.language)


def _one(region: str, language: str) -> bytes:
    return _profile(region, messages(language), today())


@remembering(MOST_KEPT)
def _profile(region: str, t: Messages, day: date) -> bytes:
    from rzh_ui import reports

    return reports.region(region, t, day)


def _all(language: str) -> None:
    """The batch of all regions: begin, how far it is, stop, take away."""
    t = messages(language)
    batch: Batch | None = st.session_state.get(BATCH)
    if batch is not None and batch.is_working:
        st.session_state[f"{BATCH}_watched"] = True
        st.button(t("report.stop"), key="all_profiles_stop", on_click=batch.stop)
        done, count = (batch.last.done, batch.last.count) if batch.last else (0, 1)
        st.progress(done / count, t("report.progress", done=done, count=count) if batch.last else t("report.waits"))
        return
    if st.session_state.pop(f"{BATCH}_watched", False):
        st.rerun()  # it has ended: the page need not look any more
    if batch is not None and batch.error is not None:
        raise batch.error
    if st.button(t("report.all"), key="all_profiles_start"):
        st.session_state[BATCH] = Batch(language)
        st.session_state[BATCH].start()
        st.rerun()
    if batch is not None and batch.is_stopped:
        st.html(text("p", t("report.stopped"), class_="rz-note", role="status"))
    elif batch is not None and batch.pdf and batch.made_of == (version(), language, today()):
        st.download_button(
            t("report.all_ready"),
            batch.pdf,
            file_name=f"all_regions_profile_{language}.pdf",
            mime="application/pdf",
            key="all_profiles_pdf",
            on_click="ignore",
        )
