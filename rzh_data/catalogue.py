"""The words of the product: one gettext catalogue a language, read once, asked by key.

The screen, workbooks, downloads and the command line say the same thing in the same words.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from babel.messages.pofile import read_po

from rzh_data.facts import ROOT
from rzh_data.schema import LANGUAGES

LOCALES = ROOT / "locales"
DEFAULT_LANGUAGE = LANGUAGES[0]


class Messages:
    """One language's messages. Called with a key, it gives the sentence.

    Attributes:
        language: kk, ru or en.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        path = LOCALES / language / "LC_MESSAGES" / "messages.po"
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        self._plural: Callable[[int], int] = gettext.c2py(catalogue.plural_expr)
        self._texts: dict[str, str | tuple[str, ...]] = {}
        for message in catalogue:
            if message.id:
                key = message.id if isinstance(message.id, str) else message.id[0]
                self._texts[key] = message.string if isinstance(message.string, str) else tuple(message.string or ())

    def __call__(self, key: str, **values: Any) -> str:
        """The sentence of `key` with its named placeholders filled. Raises KeyError where the catalogue has no such key."""
        text = self._texts[key]
        if not isinstance(text, str):
            raise KeyError(f"{key} has plural forms; ask for it with a count")
        return text.format(**values) if values else text

    def plural(self, key: str, count: int, **values: Any) -> str:
        """The sentence of `key` in the form that `count` takes in this language; `{count}` may stand in it."""
        text = self._texts[key]
        if isinstance(text, str):
            raise KeyError(f"{key} has no plural forms")
        return text[self._plural(abs(count))].format(**{"count": count, **values})

    def name(self, row: Any, stem: str = "name") -> str:
        """The column of `row` that is in this language: `name_kk`, `short_ru`, …"""
        return str(row[f"{stem}_{self.language}"])

    def title(self, row: Any) -> str:
        """The name of `row` as it stands in a title: Russian writes «город Алматы» inside a sentence only."""
        name = self.name(row)
        return name[:1].upper() + name[1:]

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def keys(self) -> set[str]:
        """All keys of the catalogue."""
        return set(self._texts)

    def texts(self) -> dict[str, str | tuple[str, ...]]:
        """All sentences by key; several for a key with plural forms."""
        return dict(self._texts)


def exact(value: Decimal, language: str) -> str:
    """A number with all its digits and no others, as `language` writes it: 1 234,5."""
    group, point = ("\u00a0", ",") if language != "en" else (",", ".")
    whole, _, decimals = f"{value:,f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", group) + (point + decimals if decimals else "")


@cache
def messages(language: str) -> Messages:
    """The messages of `language`; read from disk once."""
    return Messages(language)
