"""What a visitor chose, kept in the address: a link gives the same view in any browser.

The choices live in `st.session_state` under the keys of their widgets. `read` takes them from the address before the
widgets are drawn, `write` puts them back after. A value that nothing has is left out and told in one friendly line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from rzh_ui.session import put, taken

LONGEST_SHOWN = 24
"""Letters of a wrong value that are shown back to the visitor."""


@dataclass(frozen=True)
class Choice:
    """One thing a visitor can choose.

    Attributes:
        key: name of the URL parameter, of the widget and of the session's entry.
        options: ids allowed.
        default: what holds while nothing is chosen.
        is_list: several ids, joined by commas in the address.
        always_shown: stands in the address even when it is the default (the language: the reader's browser would
            otherwise decide it anew).
    """

    key: str
    options: tuple[str, ...]
    default: Any = None
    is_list: bool = False
    always_shown: bool = False

    def parse(self, texts: Sequence[str]) -> tuple[Any, list[str]]:
        """The choice that the parameter's texts stand for, and the parts that nothing has."""
        parts = [part for text in texts for part in (text.split(",") if self.is_list else [text]) if part]
        known = list(dict.fromkeys(part for part in parts if part in self.options))
        unknown = [part for part in parts if part not in self.options]
        if self.is_list:
            return known, unknown
        return (known[-1] if known else self.default), unknown

    def text(self, value: Any) -> str | None:
        """How the choice stands in the address; None leaves it out."""
        if self.is_list:
            return ",".join(option for option in self.options if option in (value or ())) or None
        if value is None or (value == self.default and not self.always_shown):
            return None
        return str(value)

    def keeps(self, value: Any) -> bool:
        """Whether the session's value is one of today's options."""
        return value is not None and value in self.options


LONGEST_WORDS = 100
"""Letters of a search that are looked for."""


@dataclass(frozen=True)
class Words(Choice):
    """Words that a visitor types in: any are allowed."""

    default: str = ""

    def parse(self, texts: Sequence[str]) -> tuple[Any, list[str]]:
        """The words, without blanks at their ends and cut to a length that can be looked for."""
        return ("".join(sign for sign in texts[-1] if sign.isprintable()).strip()[:LONGEST_WORDS] if texts else ""), []

    def keeps(self, value: Any) -> bool:
        """Any text is kept."""
        return isinstance(value, str)

    def text(self, value: Any) -> str | None:
        """The words without the blanks that stand at their ends while one types."""
        return str(value or "").strip() or None


@dataclass
class Address:
    """The choices of this visit.

    Attributes:
        complaints: wrong values found in the address, shortened, by key.
        name: tells a page's own choices from those that all pages share.
    """

    choices: tuple[Choice, ...]
    complaints: dict[str, str] = field(default_factory=dict)
    name: str = ""
    _found: dict[str, str] = field(default_factory=dict)
    _held: dict[str, Any] = field(default_factory=dict)

    def read(self) -> None:
        """Takes the choices from the address into the session.

        On the first run, and when the visitor went back or forward in the browser, the address wins; otherwise the
        widgets do. Each entry is assigned anew on every run, so that a widget that is not on this page keeps its choice
        and labels follow a change of language.
        """
        self._found = self._in_address()
        names = tuple(choice.key for choice in self.choices)
        held = taken((*names, self._written, self._history))
        written = held.get(self._written)
        went_back = (
            written is not None
            and self._found != written
            and self._found in held[self._history]
            and self._chosen(held) == written  # else a widget was changed before the browser heard of the last change
        )
        values: dict[str, Any] = {}
        for choice in self.choices:
            value: Any = _NEVER if went_back else held.get(choice.key, _NEVER)
            if value is _NEVER:
                value, unknown = choice.parse(st.query_params.get_all(choice.key))
                if unknown:
                    self.complaints[choice.key] = _shortened(unknown[0])
            if choice.is_list:
                value = [part for part in (value or []) if part in choice.options]
            elif not choice.keeps(value):
                value = choice.default
            values[choice.key] = value
        put(values)
        self._held = values

    def write(self) -> None:
        """Puts the choices into the address; parameters that are not ours stay."""
        held = taken((self._written, self._history))
        wanted = self._chosen(self._held)
        if self._found != wanted:
            ours = {choice.key for choice in self.choices}
            foreign = {key: st.query_params.get_all(key) for key in st.query_params if key not in ours}
            st.query_params.from_dict({**foreign, **wanted})
        if held.get(self._written) != wanted:
            history = held.get(self._history, [])
            put({self._written: wanted, self._history: history if wanted in history else [*history, wanted]})

    @property
    def _written(self) -> str:
        """Key of the session's entry that holds what was put into the address last."""
        return f"_written{self.name}"

    @property
    def _history(self) -> str:
        """Key of the session's entry that holds everything put into the address so far."""
        return f"_history{self.name}"

    def _chosen(self, held: Mapping[str, Any]) -> dict[str, str]:
        """How the choices that the session holds stand in an address."""
        texts = {choice.key: choice.text(held[choice.key]) for choice in self.choices if choice.key in held}
        return {key: text for key, text in texts.items() if text is not None}

    def _in_address(self) -> dict[str, str]:
        ours = {choice.key for choice in self.choices}
        # all texts of a parameter, not its last alone: a wrong one that is repeated goes away too
        return {key: ",".join(st.query_params.get_all(key)) for key in st.query_params if key in ours}


_NEVER = object()
"""Stands for a choice that this visit has not made yet."""


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


Parameters = tuple[tuple[str, str], ...]


def now() -> Parameters:
    """The parameters of the address as they are."""
    return tuple((key, st.query_params[key]) for key in st.query_params)


def whole(page: str, parameters: Parameters) -> str:
    """The address of `page` with `parameters`, for a place that no browser completes: a file, a picture, a slide."""
    return f"{page}?{urlencode(parameters, safe=',/')}"


def link(page: str, **changes: str | None) -> str:
    """A relative address of `page` ("" is the overview) that changes some choices; None takes one away, written as `key=`.

    The choices that stay are not in it: `links.js` adds them when a visitor reaches for the link. So the same words serve
    every view, and a change of a filter does not send them again.
    """
    return f"{page or '.'}?{urlencode({key: value or '' for key, value in changes.items()}, safe=',/')}"
