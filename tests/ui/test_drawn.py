"""Parts of a page that are drawn once: every later visitor is shown the same, in its own place."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from rzh_ui import drawn


@pytest.fixture(autouse=True)
def empty_shelf(monkeypatch):
    monkeypatch.setattr(drawn, "_shelf", drawn.Shelf(drawn.MOST_KEPT_BYTES))


def page() -> None:
    import streamlit as st

    from rzh_ui.drawn import drawn_once

    def draw() -> None:
        st.session_state["drawings"] = st.session_state.get("drawings", 0) + 1
        left, right = st.columns(2)
        left.html("<p>left</p>")
        right.html("<p>right</p>")
        st.header("below")

    st.html("<p>before</p>")
    if st.checkbox("shift"):
        st.html("<p>shifted</p>")
    with st.container():
        drawn_once(("part", "kk"), draw)
    drawn_once("foot", lambda: st.html("<p>foot</p>"))
    st.html("<p>after</p>")


def bodies(app: AppTest) -> list[str]:
    assert not app.exception
    return [one.proto.body for one in app.get("html")]


def test_a_part_is_drawn_once_and_shown_to_everybody_in_its_place():
    first = AppTest.from_function(page).run()
    assert bodies(first) == ["<p>before</p>", "<p>left</p>", "<p>right</p>", "<p>foot</p>", "<p>after</p>"]
    second = AppTest.from_function(page).run()
    assert bodies(second) == bodies(first)
    assert "drawings" not in second.session_state and first.session_state["drawings"] == 1
    assert [one.value for one in second.header] == ["below"]
    assert len(second.columns) == 2 and second.columns[1].get("html")[0].proto.body == "<p>right</p>"


def test_a_part_moves_with_what_stands_above_it():
    app = AppTest.from_function(page).run()
    app.checkbox[0].check().run()
    assert bodies(app) == [
        "<p>before</p>",
        "<p>shifted</p>",
        "<p>left</p>",
        "<p>right</p>",
        "<p>foot</p>",
        "<p>after</p>",
    ]
    app.checkbox[0].uncheck().run()
    assert bodies(app) == ["<p>before</p>", "<p>left</p>", "<p>right</p>", "<p>foot</p>", "<p>after</p>"]


def test_a_widget_is_refused():
    def with_widget() -> None:
        import streamlit as st

        from rzh_ui.drawn import drawn_once

        drawn_once("widget", lambda: st.button("press"))

    app = AppTest.from_function(with_widget).run()
    assert "no widgets" in app.exception[0].message


def test_an_element_is_finished_before_it_is_sent_and_kept():
    def finished() -> None:
        import streamlit as st

        from rzh_ui.drawn import drawn_once

        def finish(element):
            element.html.body = element.html.body.upper()

        drawn_once("finished", lambda: st.html("<p>words</p>"), finish=finish)

    for _ in range(2):
        assert bodies(AppTest.from_function(finished).run()) == ["<P>WORDS</P>"]


def test_parts_shown_longest_ago_make_room():
    shelf = drawn.Shelf(100)
    for name in ("a", "b"):
        shelf.put(name, drawn.Part((), 0, 40))
    shelf.take("a")
    shelf.put("c", drawn.Part((), 0, 40))
    assert [name for name in ("a", "b", "c") if shelf.take(name)] == ["a", "c"]
    shelf.put("huge", drawn.Part((), 0, 1000))
    assert shelf.take("huge") is not None and shelf.take("a") is None
