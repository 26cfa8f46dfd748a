"""What the browser is told once for every page: its language, Streamlit's own words in it, and how links keep choices."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

from rzh_ui.drawn import drawn_once
from rzh_ui.i18n import Messages, messages

NUMBER = "#"
"""Stands for the number of a page of a list, whose buttons the browser names."""

STATIC = Path(__file__).resolve().parent.parent / "static"
SCRIPTS = ("language.js", "links.js")

# The scripts are fetched by address, as that of the map: a page has the words alone in its message.
LOADER = """
export default function (component) {
  const data = JSON.parse(new TextDecoder().decode(component.data));
  const [language] = data.scripts.map((script) => import(new URL(script, location.origin).href));
  language.then((module) => module.speak(data));
}
"""


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component("page_language", js=LOADER)


@cache
def _scripts(base: str) -> list[str]:
    """Where the browser finds the scripts; another address once one has changed, so that none runs an old one."""
    folder = f"{'/' + base if base else ''}/app/static"
    return [f"{folder}/{name}?{sha256((STATIC / name).read_bytes()).hexdigest()[:10]}" for name in SCRIPTS]


def tell_browser(t: Messages) -> None:
    """Sets `<html lang>`, which Streamlit leaves at English, and replaces what Streamlit says in English only."""
    drawn_once(
        ("page_language", t.language),
        lambda: _component()(key="page_language", data=_said(t.language)),
        is_mute=True,
    )


@cache
def _said(language: str) -> bytes:
    t = messages(language)
    words = {
        "Skip to main content": t("built_in.skip"),
        "App pages": t("built_in.pages"),
        "Sidebar": t("built_in.sidebar"),
        "Expand sidebar": t("built_in.sidebar_open"),
        "Collapse sidebar": t("built_in.sidebar_close"),
        "Main menu": t("built_in.menu"),
        "Theme": t("built_in.theme"),
        "System": t("built_in.theme_system"),
        "Light": t("built_in.theme_light"),
        "Dark": t("built_in.theme_dark"),
        "Print": t("built_in.print"),
        "Record screen": t("built_in.record"),
        "Record a screencast": t("built_in.record_screencast"),
        "Made with Streamlit v": t("built_in.made_with", name="Streamlit") + " ",
        "Copy version to clipboard": t("built_in.copy_version"),
        "visualization": t("built_in.chart"),
        "group mark container": t("built_in.chart"),
        "Show data": t("built_in.show_data"),
        "Show chart": t("built_in.show_chart"),
        "Download as PNG": t("built_in.picture"),
        "Copy Vega-Lite spec": t("built_in.copy_chart"),
        "Copied": t("built_in.copied"),
        "Fullscreen": t("built_in.full_screen"),
        "Close fullscreen": t("built_in.full_screen_close"),
        "Show/hide columns": t("built_in.columns"),
        "Download as CSV": t("built_in.csv"),
        "Search": t("built_in.search"),
        "Type to search": t("built_in.search_type"),
        "Close Search": t("built_in.search_close"),
        "Next Result": t("built_in.search_next"),
        "Previous Result": t("built_in.search_previous"),
        "No results": t("built_in.nothing_found"),
        "Dataframe column menu": t("built_in.column_menu"),
        "Copy column name": t("built_in.column_name"),
        "Sort ascending": t("built_in.sort_up"),
        "Sort descending": t("built_in.sort_down"),
        "Format": t("built_in.format"),
        "Autosize": t("built_in.autosize"),
        "Pin column": t("built_in.pin"),
        "Unpin column": t("built_in.unpin"),
        "Hide column": t("built_in.hide"),
        "Clear value": t("built_in.clear"),
        "Open": t("built_in.open"),
        "Choose an option": t("built_in.choose"),
        "Selectbox options": t("built_in.options"),
        "Stop": t("built_in.stop"),
        "Running...": t("built_in.running"),
        "Page not found": t("built_in.no_page"),
        "The page that you have requested does not seem to exist. Running the app's main page.": t(
            "built_in.main_page"
        ),
        "Connection error": t("built_in.no_connection"),
        "Close": t("built_in.close"),
        "Increment": t("built_in.more"),
        "Decrement": t("built_in.less"),
        "Pagination": t("built_in.pagination"),
        "Previous page": t("built_in.page_before"),
        "Next page": t("built_in.page_after"),
        "Upload": t("built_in.upload"),
        "Add files": t("built_in.upload_again"),
        "add icon": t("built_in.upload_again"),
        "file upload": t("built_in.upload"),
        "Drag and drop a file here": t("built_in.upload_drop"),
        "8MB per file": t("built_in.upload_most"),
        "File must be 8.0MB or smaller.": t("built_in.upload_too_large"),
        "Unexpected error. Please try again.": t("built_in.upload_failed"),
    }
    page = t("built_in.page", number=NUMBER)
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    told = {"language": language, "words": words, "page": page, "scripts": _scripts(base)}
    return json.dumps(told, ensure_ascii=False).encode()
