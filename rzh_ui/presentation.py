"""The presentation: every step in every language prepared at once, so that the hall's screen needs the server no more.

`static/presentation.js` shows it and listens to keys and clickers; what is shown is decided here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_data.schema import LANGUAGES
from rzh_ui import drawing, passport
from rzh_ui import story as story_file
from rzh_ui.address import link
from rzh_ui.controls import LANGUAGE_NAMES
from rzh_ui.i18n import Messages, messages
from rzh_ui.remember import remembered, remembering
from rzh_ui.story import FILE, Step, Story, StoryError, computed, told
from rzh_ui.take_away import make_ready, today
from rzh_ui.way_in import audience_address, code, step_address

if TYPE_CHECKING:
    from datetime import date

STATIC = Path(__file__).resolve().parent.parent / "static"

# The script is fetched by address, as that of the map: what is in the message then is the story alone.
LOADER = """
export default function (component) {
  const { parentElement } = component;
  const data = JSON.parse(new TextDecoder().decode(component.data));
  import(new URL(`${data.assets}presentation.js?${data.revision}`, location.origin).href)
    .then((presentation) => presentation.present(parentElement, data));
}
"""

BARE = Path(__file__).with_name("presentation.css")
"""Takes away what is Streamlit's, and puts the files to take away where the bar is."""

WORDS = (
    "next", "previous", "overview", "full_screen", "code", "dark", "help", "leave", "close", "tools", "languages",
    "open_view", "scan", "unknown_slide", "no_server", "step_said", "step", "title",
)  # fmt: skip
MOST_FILES = 6
"""Presentations kept of each kind, as files of a megabyte at most."""

KEYS = ("next", "previous", "ends", "languages", "full_screen", "overview", "code", "dark", "help", "leave")
"""Messages that the script shows: words of buttons and notices; lines of the list of keys."""


@remembered
def prepared(story: Story, t: Messages) -> list[dict[str, Any]]:
    """Every step in one language: words, drawings for a hall and for a phone, source, and the page it is a view of.

    Raises:
        StoryError: a step names what is not there.
    """
    return [_step(step, t) for step in story.steps]


def warm() -> None:
    """Prepares every step in every language, so that the first to open the presentation need not wait. A story that is
    broken stays unprepared; the page tells what is wrong.
    """
    with suppress(StoryError):
        for language in LANGUAGES:
            prepared(story_file.read(), messages(language))


def _step(step: Step, t: Messages) -> dict[str, Any]:
    exhibit, words = step.exhibit(t), told(step, t)
    name = f"{step.id}-{t.language}"
    identities = tuple(dict.fromkeys((*exhibit.observation_ids, *words.observation_ids)))
    return {
        "id": step.id,
        "title": words.title,
        "measure": f"{exhibit.title} · {exhibit.measure}",
        "sentence": words.sentence,
        "note": exhibit.note,
        "source": passport.lines(identities, t),
        "formula": computed(step, exhibit, t),
        "hall": drawing.svg(exhibit, t, "hall", name=f"{name}-hall"),
        "phone": drawing.svg(exhibit, t, "phone", name=f"{name}-phone"),
        "view": link("" if step.page == "overview" else step.page, **dict(step.view), lang=t.language),
    }


@cache
def _words(language: str) -> dict[str, Any]:
    t = messages(language)
    return {
        **{word: t(f"present.{word}") for word in WORDS},  # places for numbers stay: the browser fills them in
        "only_here": t("present.only_here", file=FILE.name),
        "keys": [t(f"present.key_{key}") for key in KEYS],
    }


@cache
def _bare() -> str:
    return f"<style>{BARE.read_text(encoding='utf-8')}</style>"


@cache
def _revision() -> str:
    digest = hashlib.sha256()
    for name in ("presentation.js", "presentation.css"):
        digest.update((STATIC / name).read_bytes())
    return digest.hexdigest()[:10]


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component("presentation", js=LOADER)


@remembered
def _packed(story: Story, base: str, audience: str) -> bytes:
    """What the component is given, as JSON in UTF-8."""
    languages = {}
    vintages: set[str] = set()
    for language in LANGUAGES:
        t = messages(language)
        steps = []
        for position, step in enumerate(prepared(story, t), start=1):
            address = step_address(audience, position, language) if audience else ""
            steps.append({**step, "address": address, "code": code(address) if audience else ""})
        languages[language] = {"name": LANGUAGE_NAMES[language], "words": _words(language), "steps": steps}
        vintages |= {exhibit.vintage for exhibit in (step.exhibit(t) for step in story.steps) if exhibit.kind == "map"}
    data = {
        "assets": f"{'/' + base if base else ''}/app/static/",
        "health": f"{'/' + base if base else ''}/_stcore/health",
        "revision": _revision(),
        "languages": languages,
        "outlines": {vintage: drawing.outlines(vintage) for vintage in sorted(vintages)},
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def show(story: Story) -> None:
    """Puts the presentation over the whole window. Raises StoryError, with nothing put there, where a step is broken."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    audience = audience_address(story, st.context.url or "")
    data = _packed(story, base, audience)
    st.html(_bare())
    _component()(key="presentation", data=data)
    _files(story, audience)


def _files(story: Story, audience: str) -> None:
    """The presentation to take away, made when it is asked for: in each language, as the browser changes it by itself."""
    make_ready()
    with st.container(key="present_files"):
        for language in LANGUAGES:
            with st.container(key=f"present_files_{language}", horizontal=True, gap="small"):
                for ending, (make, mime) in FORMATS.items():
                    st.download_button(
                        ending.upper(),
                        partial(make, story, language, audience),
                        file_name=f"rukhani_zhangyru_{language}.{ending}",
                        mime=mime,
                        key=f"present_{ending}_{language}",
                        on_click="ignore",
                    )


def _pdf(story: Story, language: str, audience: str) -> bytes:
    return _pages(story, messages(language), audience, today())


def _pptx(story: Story, language: str, audience: str) -> bytes:
    del audience  # slides carry no codes
    return _slides(story, messages(language), today())


@remembering(MOST_FILES)
def _pages(story: Story, t: Messages, audience: str, day: date) -> bytes:
    from rzh_ui import reports

    return reports.presentation(story, t, day, audience)


@remembering(MOST_FILES)
def _slides(story: Story, t: Messages, day: date) -> bytes:
    """The steps as slides whose charts can be edited; each says what its step says."""
    from rzh_ui import slides

    made = []
    for step in story.steps:
        words, exhibit = told(step, t), step.exhibit(t)
        identities = tuple(dict.fromkeys((*exhibit.observation_ids, *words.observation_ids)))
        parts = (words.sentence, exhibit.note, computed(step, replace(exhibit, formula=None), t))
        note = " ".join(part for part in parts if part)
        made.append(
            replace(
                exhibit,
                finding=words.title,
                note=note,
                observation_ids=identities,
                source=passport.lines(identities, t),
            )
        )
    return slides.deck(made, t, day, title=t("present.title"), lead=t("overview.lead"))


FORMATS: dict[str, tuple[Callable[[Story, str, str], bytes], str]] = {
    "pdf": (_pdf, "application/pdf"),
    "pptx": (_pptx, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
"""How each file is made, by the ending of its name, and its type."""
