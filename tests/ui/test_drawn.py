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


answers = drawn._answers  # as the product has it


def page_with_controls() -> None:
    import streamlit as st

    from rzh_ui.drawn import controls_drawn_once, unfolded

    @controls_drawn_once
    def pick(label: str) -> None:
        st.session_state["drawings"] = st.session_state.get("drawings", 0) + 1
        st.number_input(label, 0, 9, key="number")
        st.checkbox("kept", key="kept")

    pick("how many")
    st.html(f"<p>{st.session_state['number']} {st.session_state['kept']}</p>")
    below = unfolded("more", key="more")
    if below is not None:
        below.html("<p>unfolded</p>")


@pytest.fixture
def shelf(monkeypatch):
    monkeypatch.setattr(drawn, "_answers", answers)


def test_controls_are_drawn_once_for_those_who_chose_the_same(shelf):
    first = AppTest.from_function(page_with_controls).run()
    second = AppTest.from_function(page_with_controls).run()
    assert bodies(second) == bodies(first) == ["<p>0 False</p>"]
    assert first.session_state["drawings"] == 1 and "drawings" not in second.session_state
    assert second.number_input[0].label == "how many" and not second.checkbox[0].value


def test_a_control_that_another_visit_has_drawn_answers(shelf):
    AppTest.from_function(page_with_controls).run()
    app = AppTest.from_function(page_with_controls).run()
    app.number_input[0].set_value(4)
    app.checkbox[0].check().run()
    assert bodies(app) == ["<p>4 True</p>"]
    assert (app.number_input[0].value, app.checkbox[0].value) == (4, True)
    another = AppTest.from_function(page_with_controls).run()  # who sees nothing of it
    assert bodies(another) == ["<p>0 False</p>"]


def test_controls_within_controls_answer_however_often_they_were_drawn(shelf):
    def within() -> None:
        import streamlit as st

        from rzh_ui.drawn import controls_drawn_once

        @controls_drawn_once
        def inner() -> None:
            st.number_input("how many", 0, 9, key="number")

        @controls_drawn_once
        def outer(run: int) -> None:
            inner()
            st.checkbox("kept", key=f"kept_{run}")

        st.session_state["runs"] = st.session_state.get("runs", 0) + 1
        outer(st.session_state["runs"])
        st.html(f"<p>{st.session_state['number']}</p>")

    first = AppTest.from_function(within).run().run().run()
    assert bodies(first) == ["<p>0</p>"]
    second = AppTest.from_function(within).run()
    second.number_input[0].set_value(5)
    assert bodies(second.run()) == ["<p>5</p>"]
    assert bodies(second.run()) == ["<p>5</p>"]


def test_controls_that_bring_others_answer_too(shelf):
    def growing() -> None:
        import streamlit as st

        from rzh_ui.drawn import controls_drawn_once

        @controls_drawn_once
        def pick() -> None:
            if st.checkbox("more", key="more"):
                st.number_input("how many", 0, 9, key="number")

        pick()
        st.html(f"<p>{st.session_state.get('number')}</p>")

    for number in (3, 4):
        app = AppTest.from_function(growing).run()
        app.checkbox[0].check().run()
        app.number_input[0].set_value(number)
        assert bodies(app.run()) == [f"<p>{number}</p>"]
        assert bodies(app.run()) == [f"<p>{number}</p>"]


def test_the_same_controls_twice_on_a_page_are_refused_the_second_time_too(shelf):
    def twice() -> None:
        import streamlit as st

        from rzh_ui.drawn import controls_drawn_once

        pick = controls_drawn_once(lambda: st.checkbox("kept", key="kept"))
        pick()
        pick()

    for _ in range(2):
        assert "key='kept'" in AppTest.from_function(twice).run().exception[0].message


def test_what_stands_under_a_heading_comes_when_it_is_unfolded(shelf):
    for _ in range(2):
        app = AppTest.from_function(page_with_controls).run()
        assert bodies(app) == ["<p>0 False</p>"]
        app.session_state["more"] = True
        assert bodies(app.run()) == ["<p>0 False</p>", "<p>unfolded</p>"]
        app.session_state["more"] = False
        assert bodies(app.run()) == ["<p>0 False</p>"]


def test_a_part_with_widgets_says_so():
    def silent() -> None:
        import streamlit as st

        from rzh_ui.drawn import drawn_once

        drawn_once("silent", lambda: st.checkbox("kept"))

    assert "no widgets" in AppTest.from_function(silent).run().exception[0].message
