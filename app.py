"""The door: page configuration, language, navigation over pages/, the filter bar."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from rzh_ui import access, controls, data, html, language
from rzh_ui.i18n import messages

ICON = Path(__file__).parent / "static" / "icon.png"  # a named symbol would be fetched from an outside host
PAGES = ("overview", "region", "principles", "funding", "accelerator", "awareness", "foresight", "sources")
EDITORS_PAGE = "editor"

data.ensure_extracts()
address = controls.address()
address.read()
t = messages(st.session_state["lang"])
language.tell_browser(t)
html.page_style()
names = (*PAGES, EDITORS_PAGE) if access.is_editor() else PAGES
page = st.navigation(
    [st.Page(f"pages/{name}.py", title=t(f"{name}.menu"), url_path=name, default=name == "overview") for name in names],
    position="top",
)
st.set_page_config(page_title=f"{page.title} · Рухани жаңғыру", page_icon=str(ICON), layout="wide")
controls.bar(t)
address.write()
controls.complaints(address, t)
try:
    if access.may_read():
        page.run()
    else:
        access.closed(t)
finally:
    access.sign(t)
    html.foot(t)  # also under a page that stops because a filter left nothing
