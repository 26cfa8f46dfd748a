"""A region's page as PDF, offered where the region is shown; all regions in one file, with progress and a way to stop."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from rzh_ui.data import version
from rzh_ui.html import text
from rzh_ui.i18n import Messages, messages

STATE = "all_profiles"
"""What became of the batch in this visit: the file with what it was made from, or that it was stopped."""
STOPPED = "stopped"


def offer(region: str | None, t: Messages) -> None:
    """The reports to take away, in a place that opens; the page of `region` where one is chosen."""
    opened = st.expander(t("report.open"), key="region_report", on_change="rerun")
    if opened.open:
        with opened:
            if region:
                st.download_button(
                    t("report.one"),
                    partial(_one, region, t.language),
                    file_name=f"{region}_profile_{t.language}.pdf",
                    mime="application/pdf",
                    key="region_pdf",
                    on_click="ignore",
                )
            _all(t.language)


def _one(region: str, language: str) -> bytes:
    from rzh_ui import reports

    return reports.region(region, messages(language), date.today())


@st.fragment
def _all(language: str) -> None:
    """The batch of all regions. It runs in the visitor's own run of this fragment: the button that stops it interrupts that
    run, which leaves nothing behind.
    """
    t = messages(language)
    wanted = (version(), language, date.today())
    if st.button(t("report.all"), key="all_profiles_start"):
        st.session_state[STATE] = _made(t)
    kept = st.session_state.get(STATE)
    if kept == STOPPED:
        st.html(text("p", t("report.stopped"), class_="rz-note", role="status"))
    elif kept and kept[0] == wanted:
        st.download_button(
            t("report.all_ready"),
            kept[1],
            file_name=f"all_regions_profile_{language}.pdf",
            mime="application/pdf",
            key="all_profiles_pdf",
            on_click="ignore",
        )


def _made(t: Messages) -> tuple[tuple[str, str, date], bytes]:
    from rzh_ui import reports

    today = date.today()
    place = st.empty()
    with place.container():
        st.button(t("report.stop"), key="all_profiles_stop", on_click=_stop)
        bar = st.progress(0.0)
        pdf = b""
        for step in reports.regions(t, today):
            bar.progress(step.done / step.count, t("report.progress", done=step.done, count=step.count))
            pdf = step.pdf or pdf
    place.empty()
    return (version(), t.language, today), pdf


def _stop() -> None:
    st.session_state[STATE] = STOPPED
