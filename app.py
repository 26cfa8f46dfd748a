"""The door: page configuration, language, navigation over pages/, the filter bar."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from rzh_ui import controls, data, html, language
from rzh_ui.i18n import messages

ICON = Path(__file__).parent / "static" / "icon.png"  # a named symbol would be fetched from an outside host
PAGES = ("overview", "region", "principles", "funding", "accelerator", "awareness", "foresight", "sources", "present")

data.ensure_extracts()
address = controls.address()
address.read()
t = messages(st.session_state["lang"])
language.tell_browser(t)
html.page_style()
page = st.navigation(
    [st.Page(f"pages/{name}.py", title=t(f"{name}.menu"), url_path=name, default=name == "overview") for name in PAGES],
    position="top",
)
st.set_page_config(page_title=f"{page.title} · Рухани жаңғыру", page_icon=str(ICON), layout="wide")
if page.url_path != "present":  # nothing to filter in a story
    controls.bar(t)
address.write()
controls.complaints(address, t)
try:
    page.run()
finally:
    html.foot(t)  # also under a page that stops because a filter left nothing
