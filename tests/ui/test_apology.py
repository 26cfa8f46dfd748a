"""A page that breaks says so in its own language, without a trace and without leaving the host."""

from __future__ import annotations

import pytest
from screen import TRANSLATIONS
from streamlit.testing.v1 import AppTest

from rzh_data.schema import LANGUAGES


def broken() -> None:
    from rzh_ui.apology import apologise

    assert apologise(ZeroDivisionError("secret of the server"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_page_is_one_line_in_the_page_s_language(language):
    app = AppTest.from_function(broken)
    app.session_state["lang"] = language
    (said,) = [element.proto.body for element in app.run().get("html")]
    assert TRANSLATIONS[language]("page.broke") in said
    assert "secret" not in said


def test_a_visitor_whose_language_is_not_known_yet_reads_the_state_language():
    (said,) = [element.proto.body for element in AppTest.from_function(broken).run().get("html")]
    assert TRANSLATIONS[LANGUAGES[0]]("page.broke") in said
