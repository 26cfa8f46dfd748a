"""The whole release to take away: what it holds, how to cite it, and one archive made when it is asked for."""

from __future__ import annotations

import streamlit as st

from rzh_data import package
from rzh_ui.data import ask, version
from rzh_ui.html import show, text
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records


@remembered
def archive() -> bytes:
    """The release in use as a zip; made once a data version."""
    return package.archive()


@remembered
def _citation(t: Messages) -> str:
    documents = {row["document_id"]: row for row in records(ask("documents"))}
    named = "; ".join(
        f"{t.name(row, 'title')} ({t.name(row, 'publisher')}, {row['year']})" for row in documents.values()
    )
    return t("package.citation", version=version(), documents=named)


def download(t: Messages, *, key: str) -> None:
    """Draws the part of a page that offers the release. `key`: of the button, one a page."""
    show(text("p", t("package.button_means"), class_="rz-note"))
    st.download_button(
        t("package.button"),
        archive,
        file_name=f"{package.name_of(version())}.zip",
        mime="application/zip",
        key=f"{key}_package",
        on_click="ignore",
    )
    show(text("p", f"{t('package.cite_title')}: {_citation(t)}", class_="rz-note"))
