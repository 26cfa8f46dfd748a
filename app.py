"""The door: page configuration, language, navigation over pages/, the filter bar."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from rzh_ui import access, controls, data, html, language, navigation
from rzh_ui.door import Left
from rzh_ui.i18n import messages

ICON = "/app/static/icon.png"  # a named symbol would be fetched from an outside host
PAGES = (
    "overview",
    "region",
    "principles",
    "funding",
    "accelerator",
    "awareness",
    "foresight",
    "explore",
    "sources",
    "present",
)
EDITORS_PAGE = "editor"

data.ensure_extracts()
address = controls.address()
address.read()
t = messages(st.session_state["lang"])
language.tell_browser(t)
html.page_style()
names = (*PAGES, EDITORS_PAGE) if access.is_editor() else PAGES
page = st.navigation(navigation.pages(names, t), position="top")
st.set_page_config(page_title=f"{page.title} · Рухани жаңғыру", page_icon=ICON, layout="wide")
if page.url_path != "present":  # nothing to filter in a story
    controls.bar(t)
address.write()
controls.complaints(address, t)
try:
    if access.may_read():
        with suppress(Left):  # a page ends early where a filter left nothing
            page.run()
    else:
        access.closed(t)
finally:
    access.sign(t)
    html.foot(t)
