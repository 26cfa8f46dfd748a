"""Explorer: every figure by facets, as a table, a pivot or a chart; and free questions in SQL."""

from __future__ import annotations

import streamlit as st

from rzh_ui import controls, explore_choices, explore_facets, explore_view, free_query, package
from rzh_ui.door import enter
from rzh_ui.html import header, show, text, title

t, choice = enter()
controls.complaints(explore_choices.keep_in_address(), t)
wanted = explore_choices.wanted(choice)

title(t("explore.title"))
show(text("p", t("explore.lead"), class_="rz-lead"))
explore_view.choose_view(t)

if wanted.view == "sql":
    controls.applies_not(t, "period", "per", "principles", "regions")
    free_query.draw(t)
else:
    controls.applies_not(t, "period")
    found = explore_facets.left(wanted)
    facets, figures = st.columns([1, 3], gap="large")
    with facets:
        explore_facets.search(found, wanted, t)
        with st.container(key="facets", gap="small"):
            explore_facets.draw(found, wanted, t)
        st.button(t("explore.clear"), key="clear_facets", on_click=explore_facets.clear)
    with figures:
        show(text("p", explore_facets.summary(found, wanted, t), class_="rz-lead", role="status"))
        if not found.kept:
            controls.nothing_left(t, *wanted.narrowing())
        else:
            explore_view.draw(found, wanted, t)

header(t("sources.release_title"))
package.download(t, key="explore")
