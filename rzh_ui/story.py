"""The story of the presentation: `story.toml`, read, checked to the last placeholder, and filled from the data.

The file is edited by a team without code. No number is typed in it: a sentence holds placeholders, and each placeholder
names the observation or the question that it is filled from. `python -m rzh_ui.story` checks the file.
"""

from __future__ import annotations

import logging
import re
import string
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rzh_data.schema import LANGUAGES
from rzh_ui import numbers
from rzh_ui.i18n import Messages, messages
from rzh_ui.remember import remembered
from rzh_ui.rows import records

if TYPE_CHECKING:
    from rzh_ui.controls import Chosen
    from rzh_ui.exhibit import Exhibit

FILE = Path(__file__).resolve().parent.parent / "story.toml"
MOST_STEPS = 40
QUALIFIED = ("value", "percent")
"""Columns that the column `qualifier` beside them speaks of: how firm the document is."""

NAME = re.compile(r"[a-z][a-z_]*")
DIGIT = re.compile(r"\d")


class StoryError(ValueError):
    """The story cannot be shown. Says in one sentence which step and which key is wrong.

    Attributes:
        fault: what is wrong: `present.fault_<fault>` is the sentence for it.
        step, place: the step and the key in the file.
        value: what stands there, or what is lacking.
        known: what could stand there.
    """

    def __init__(self, fault: str, *, step: str = "", place: str = "", value: object = "", known: str = "") -> None:
        self.fault, self.step, self.place, self.value, self.known = fault, step, place, value, known
        super().__init__(self.said(messages("en")))

    def said(self, t: Messages) -> str:
        """The sentence in the language of `t`."""
        return t(
            f"present.fault_{self.fault}",
            file=FILE.name,
            step=self.step,
            place=self.place,
            value=self.value,
            known=self.known,
        )


@dataclass(frozen=True)
class Value:
    """What one placeholder stands for: a figure of a document, or one cell of a question's answer.

    Attributes:
        name: of the placeholder.
        observation: id of a figure that a document prints; or
        query: a question of `rzh_data/queries`, asked `given` its parameters,
        where: column and text that pick one row of its answer,
        column: the cell; `column_kk` … where it is a name in three languages.
        unit, decimals: of the number, as in `numbers.quantity`.
    """

    name: str
    observation: str = ""
    query: str = ""
    given: tuple[tuple[str, Any], ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    column: str = ""
    unit: str = "count"
    decimals: int = 0


@dataclass(frozen=True)
class Step:
    """One step: a saved view of a page with its figure, a title and a sentence.

    Attributes:
        page: where the figure stands in the dashboard (`funding`).
        figure: its key there (`by_period`).
        view: the choices of the saved view, as the address has them.
        title, sentence: by language, with placeholders.
        values: what the placeholders stand for.
    """

    id: str
    page: str
    figure: str
    view: tuple[tuple[str, str], ...]
    title: Mapping[str, str]
    sentence: Mapping[str, str]
    values: tuple[Value, ...]

    def choice(self) -> Chosen:
        """The choices of the saved view. Raises StoryError for one that nothing has."""
        from rzh_ui import controls

        try:
            return controls.of_view(dict(self.view))
        except controls.UnknownChoice as wrong:
            raise StoryError("choice", step=self.id, place=f"view.{wrong.key}", value=wrong.value) from wrong

    def exhibit(self, t: Messages) -> Exhibit:
        """The figure in the language of `t`.

        Raises:
            StoryError: no page has such a figure, or the saved view leaves nothing of it.
        """
        from rzh_ui import drawing, exhibits

        try:
            made = exhibits.of(self.figure, self.choice(), t)
        except exhibits.NothingToShow as nothing:
            raise StoryError("empty_figure", step=self.id, place="view", value=self.figure) from nothing
        except KeyError as unknown:
            if self.figure in exhibits.BUILDERS:
                raise
            raise StoryError("figure", step=self.id, place="figure", value=self.figure) from unknown
        if made.kind not in drawing.DRAWERS:
            raise StoryError("not_drawn", step=self.id, place="figure", value=self.figure)
        return made


@dataclass(frozen=True)
class Told:
    """A step's words in one language, filled from the data.

    Attributes:
        title, sentence: the words.
        observation_ids: figures that they rest on.
        computed: numbers among them that no document prints.
    """

    title: str
    sentence: str
    observation_ids: tuple[str, ...]
    computed: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """All steps in order.

    Attributes:
        public_address: where the audience reaches the dashboard (`https://…`); "" where the presenter's own address serves.
    """

    public_address: str
    steps: tuple[Step, ...]


def read(path: Path = FILE) -> Story:
    """The story as the file has it, its shape checked; `check` looks whether the data has what it names.

    Read anew only when the file changed: the same story stays the same object, and what was made of it is found again.

    Raises:
        StoryError: no such file, no TOML, an unknown or a missing key, a typed number, a placeholder without a value.
    """
    try:
        mark = path.stat()
    except FileNotFoundError as missing:
        raise StoryError("no_file") from missing
    return _read(path, mark.st_mtime_ns, mark.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> Story:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise StoryError("toml", value=str(wrong)) from wrong
    _only_known(content, {"public_address", "step"}, "–")
    address = content.get("public_address", "")
    if not isinstance(address, str) or (address and not re.fullmatch(r"https?://[^\s?#]+", address)):
        raise StoryError("public_address", place="public_address", value=address)
    written = content.get("step", [])
    if not isinstance(written, list) or not 1 <= len(written) <= MOST_STEPS:
        raise StoryError("count", place="step", value=MOST_STEPS)
    steps: list[Step] = []
    for position, one in enumerate(written, start=1):
        step = _step(one, position)
        if step.id in {known.id for known in steps}:
            raise StoryError("twice", step=step.id, place="id")
        steps.append(step)
    return Story(address.rstrip("/"), tuple(steps))


def _only_known(table: Mapping[str, Any], known: set[str], step: str, within: str = "") -> None:
    for key in table:
        if key not in known:
            raise StoryError("unknown_key", step=step, place=f"{within}{key}", known=", ".join(sorted(known)))


def _step(written: Any, position: int) -> Step:
    if not isinstance(written, dict) or not isinstance(written.get("id"), str) or not NAME.fullmatch(written["id"]):
        raise StoryError("id", step=str(position), place="id")
    step = str(written["id"])
    _only_known(written, {"id", "page", "figure", "view", "title", "sentence", "values"}, step)
    texts = {key: _text(written, key, step) for key in ("page", "figure")}
    view = written.get("view", {})
    if not isinstance(view, dict) or not all(isinstance(value, str) for value in view.values()):
        raise StoryError("not_text", step=step, place="view")
    words = {key: _in_all_languages(written.get(key), key, step) for key in ("title", "sentence")}
    values = written.get("values", {})
    if not isinstance(values, dict):
        raise StoryError("value", step=step, place="values")
    found = tuple(_value(name, one, step) for name, one in values.items())
    _placeholders(words, {value.name for value in found}, step)
    return Step(step, texts["page"], texts["figure"], tuple(view.items()), words["title"], words["sentence"], found)


def _text(table: Mapping[str, Any], key: str, step: str) -> str:
    found = table.get(key)
    if not isinstance(found, str) or not found.strip():
        raise StoryError("missing_key", step=step, place=key)
    return found


def _in_all_languages(table: Any, key: str, step: str) -> dict[str, str]:
    for language in LANGUAGES:
        if not isinstance(table, dict) or not isinstance(table.get(language), str) or not table[language].strip():
            raise StoryError("translation", step=step, place=f"{key}.{language}")
    _only_known(table, set(LANGUAGES), step, f"{key}.")
    for language in LANGUAGES:
        typed = DIGIT.search(re.sub(r"\{\w*\}", "", table[language]))
        if typed:
            raise StoryError("typed_number", step=step, place=f"{key}.{language}", value=typed.group())
    return dict(table)


def _value(name: str, written: Any, step: str) -> Value:
    key = f"values.{name}"
    if not NAME.fullmatch(name) or not isinstance(written, dict):
        raise StoryError("value", step=step, place=key)
    _only_known(
        written, {"observation", "query", "given", "where", "column", "unit", "decimals"}, step, f"values.{name}."
    )
    if ("observation" in written) == ("query" in written):
        raise StoryError("value", step=step, place=key)
    if "observation" in written:
        return Value(name, observation=_text(written, "observation", step))
    tables = {part: written.get(part, {}) for part in ("given", "where")}
    decimals = written.get("decimals", 0)
    if not all(isinstance(table, dict) for table in tables.values()) or not isinstance(decimals, int):
        raise StoryError("value", step=step, place=key)
    given = {
        parameter: tuple(value) if isinstance(value, list) else value for parameter, value in tables["given"].items()
    }
    return Value(
        name,
        query=_text(written, "query", step),
        given=tuple(given.items()),
        where=tuple((column, str(value)) for column, value in tables["where"].items()),
        column=_text(written, "column", step),
        unit=str(written.get("unit", "count")),
        decimals=decimals,
    )


def _placeholders(words: Mapping[str, Mapping[str, str]], values: set[str], step: str) -> None:
    """Each language of a sentence has the same placeholders, each has a value, and no value is left over."""
    used: set[str] = set()
    for key, texts in words.items():
        held = {}
        for language in LANGUAGES:
            try:
                held[language] = {
                    name for _, name, _, _ in string.Formatter().parse(texts[language]) if name is not None
                }
            except ValueError as wrong:
                raise StoryError("braces", step=step, place=f"{key}.{language}") from wrong
        for language in LANGUAGES:
            unknown = held[language] - values
            if unknown:
                raise StoryError("placeholder", step=step, place=f"{key}.{language}", value=min(unknown))
            lacking = set().union(*held.values()) - held[language]
            if lacking:
                raise StoryError("placeholder_lacking", step=step, place=f"{key}.{language}", value=min(lacking))
        used |= set().union(*held.values())
    if values - used:
        raise StoryError("value_unused", step=step, place=f"values.{min(values - used)}")


def _filled(value: Value, step: str, t: Messages) -> tuple[str, tuple[str, ...], bool]:
    """A placeholder's text in the language of `t`, the figures it rests on, and whether it is a number that we computed."""
    from rzh_ui.data import ask

    key = f"values.{value.name}"
    if value.observation:
        found = records(ask("passports", observations=(value.observation,)))
        if not found:
            raise StoryError("observation", step=step, place=f"{key}.observation", value=value.observation)
        row = found[0]
        decimals = numbers.printed_decimals(float(row["value"]), int(row["decimals"]))
        said = numbers.quantity(row["value"], row["unit"], t, decimals=decimals)
        return numbers.qualified(said, row["qualifier"], t), (value.observation,), False
    try:
        answer = ask(value.query, **dict(value.given))
    except FileNotFoundError as missing:
        raise StoryError("query", step=step, place=f"{key}.query", value=value.query) from missing
    except ValueError as wrong:
        raise StoryError("given", step=step, place=f"{key}.given", value=str(wrong)) from wrong
    column = next((name for name in (value.column, f"{value.column}_{t.language}") if name in answer.columns), None)
    for name in (name for name, _ in value.where if name not in answer.columns):
        raise StoryError("column", step=step, place=f"{key}.where", value=name)
    if column is None:
        raise StoryError("column", step=step, place=f"{key}.column", value=value.column)
    rows = [row for row in records(answer) if all(str(row[name]) == wanted for name, wanted in value.where)]
    if len(rows) != 1:
        raise StoryError("rows", step=step, place=f"{key}.where", value=len(rows))
    cell = rows[0][column]
    identities = rows[0].get("observation_ids")
    rests = tuple(identities) if isinstance(identities, Iterable) and not isinstance(identities, str) else ()
    if isinstance(cell, str):
        return cell, rests, False
    if numbers.is_missing(cell):
        raise StoryError("no_value", step=step, place=key)
    said = numbers.quantity(cell, value.unit, t, decimals=value.decimals)
    firm = rows[0].get("qualifier") if column in QUALIFIED else None
    said = numbers.qualified(said, firm, t) if isinstance(firm, str) else said
    return said, rests, bool(rows[0].get("is_computed", True))


@remembered
def told(step: Step, t: Messages) -> Told:
    """The step's words, filled. Raises StoryError where the data has not what a placeholder names."""
    filled = {value.name: _filled(value, step.id, t) for value in step.values}
    texts = {name: text for name, (text, _, _) in filled.items()}
    identities = dict.fromkeys(identity for _, rests, _ in filled.values() for identity in rests)
    computed = dict.fromkeys(text for text, _, is_computed in filled.values() if is_computed)
    title, sentence = (texts_of[t.language].format(**texts) for texts_of in (step.title, step.sentence))
    return Told(title, sentence, tuple(identities), tuple(computed))


def computed(step: Step, exhibit: Exhibit, t: Messages) -> str:
    """What of a step no document prints, in one line: the numbers of its words, and how its figure is computed."""
    words = told(step, t)
    parts = [t("present.computed", formula=exhibit.formula)] if exhibit.formula else []
    if words.computed:
        parts.append(t("present.computed_words", values="; ".join(words.computed)))
    return " ".join(parts)


def check(story: Story, pages: tuple[str, ...]) -> None:
    """Looks whether the data and the pages have all that the story names.

    Raises:
        StoryError: with the step and the key.
    """
    for step in story.steps:
        if step.page not in pages:
            raise StoryError("page", step=step.id, place="page", value=step.page, known=", ".join(pages))
        for language in LANGUAGES:
            t = messages(language)
            told(step, t)
            step.exhibit(t)


def pages() -> tuple[str, ...]:
    """Pages that a step can lead to."""
    return tuple(path.stem for path in sorted((FILE.parent / "pages").glob("*.py")) if path.stem != "present")


def main() -> int:
    """Checks `story.toml`; 1 and a sentence where something is wrong."""
    logging.disable(logging.WARNING)  # Streamlit misses a visitor; nobody visits here
    try:
        story = read()
        check(story, pages())
    except StoryError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{FILE.name}: {len(story.steps)} steps; every figure and every placeholder is there in every language.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
