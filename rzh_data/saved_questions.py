"""Questions in SQL that are kept beside the data: read, changed and run by visitors of the explorer.

A question is a file in `saved_questions/`: title in three languages as its first comment lines, then what it answers by
hand as well. Names are asked for in Kazakh (`name_kk`); for another language its columns take their place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rzh_data.schema import LANGUAGES

FOLDER = Path(__file__).with_name("saved_questions")
TITLE = re.compile(r"^-- (kk|ru|en): (.+)$")
IN_KAZAKH = re.compile(r"\b(name|short|label|short_title|title|definition|statement|text|purpose|formula|reason)_kk\b")


@dataclass(frozen=True)
class Question:
    """One saved question.

    Attributes:
        question_id: name of its file without number and ending.
        titles: by language.
        sql: the text without its titles, in Kazakh names.
    """

    question_id: str
    titles: dict[str, str]
    sql: str

    def text(self, language: str) -> str:
        """The query as it is shown to a reader of `language`."""
        return IN_KAZAKH.sub(rf"\1_{language}", self.sql)


@cache
def every() -> tuple[Question, ...]:
    """All saved questions in the order of their files."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.sql")))


def _read(path: Path) -> Question:
    lines = path.read_text(encoding="utf-8").splitlines()
    titles = {}
    while lines and (match := TITLE.match(lines[0])):
        titles[match[1]] = match[2].strip()
        lines.pop(0)
    missing = [language for language in LANGUAGES if language not in titles]
    if missing:
        raise ValueError(f"saved_questions/{path.name} has no title in {', '.join(missing)}; begin it with `-- kk: …`")
    return Question(path.stem.partition("_")[2], titles, "\n".join(lines).strip())


def by_id(question_id: str) -> Question:
    """The question called so; KeyError where there is none."""
    return {question.question_id: question for question in every()}[question_id]
