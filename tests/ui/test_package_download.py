"""The sources page offers the whole release, and says how to cite it."""

from __future__ import annotations

import pytest
from screen import TRANSLATIONS, failures, opened, words

from rzh_data import build, package
from rzh_data.schema import LANGUAGES
from rzh_ui import package as offered


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_release_is_offered_with_its_version_and_a_citation(language):
    app = opened("sources", lang=language)
    assert failures(app) == ""
    t = TRANSLATIONS[language]
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels.count(t("package.button")) == 1
    shown = words(app)
    assert t("package.button_means") in shown
    cited = shown[shown.index(f"{t('package.cite_title')}: ") :]
    assert str(build.current_version()) in cited and "2020" in cited and "2021" in cited


def test_what_is_offered_is_the_release_made_once():
    first = offered.archive()
    assert first == package.archive()
    assert offered.archive() is first
