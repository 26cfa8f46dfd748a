"""What was worked out once is not worked out again: answers kept for everybody, by data version and arguments."""

from __future__ import annotations

import functools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from rzh_data import store

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

VERSION_SECONDS = 0.05
"""How long a new data version may go unnoticed."""

MOST_KEPT = 384
"""Answers that one function keeps; those asked longest ago go first."""


class _Same:
    """An argument that has no hash (a DataFrame, a dictionary): equal only to itself, and alive as long as its answer."""

    __slots__ = ("argument",)

    def __init__(self, argument: Any) -> None:
        self.argument = argument

    def __hash__(self) -> int:
        return id(self.argument)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.argument is other.argument


def _key(argument: Any) -> Any:
    try:
        hash(argument)
    except TypeError:
        return _Same(argument)
    return argument


class _Known:
    """The version in use when it was last asked for, and when that was."""

    def __init__(self) -> None:
        self.asked = float("-inf")
        self.version = ""


_known = _Known()


def version() -> str:
    """The data version in use now. A part of every key that something is remembered under."""
    # a run asks dozens of times; each look at the file gives up the interpreter to other visitors
    now = time.monotonic()
    if now - _known.asked > VERSION_SECONDS:
        _known.version = store.current().version
        _known.asked = now
    return _known.version


def remembered(function: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Keeps the answers of a function whose answer depends on the data in use and on its arguments alone.

    Language and choices must be among the arguments; nothing may be read from the session or the address. An answer is
    shared by all visitors: do not change it in place.

    Streamlit's own caches do the same for arguments of every kind, by packing and hashing them on each call, which takes
    longer than most of our answers.
    """
    return remembering(MOST_KEPT)(function)


def remembering(most: int) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]:
    """As `remembered`, with room for `most` answers."""

    def decorate(function: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
        return _remembering(function, most)

    return decorate


def _remembering(function: Callable[Arguments, Answer], most: int) -> Callable[Arguments, Answer]:
    kept: OrderedDict[Any, Answer] = OrderedDict()
    lock = threading.Lock()

    @functools.wraps(function)
    def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        asked = version()
        key = (asked, *map(_key, args), *((name, _key(value)) for name, value in kwargs.items()))
        with lock:
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        made = function(*args, **kwargs)
        if version() == asked:  # else it may rest on two versions
            with lock:
                made = kept.setdefault(key, made)  # the first of two made at once stays the one
                while len(kept) > most:
                    kept.popitem(last=False)
        return made

    return answer
