"""What Streamlit does for every element or option again, done once. The server asks for it before the first visitor comes.

Two habits of Streamlit cost more than all the rest of a rerun where twenty visitors share one interpreter:

* It wakes its event loop for every element. Each time the script gives up the interpreter and waits to get it back. Here
  messages gather while the script goes on; the first of them wakes the loop a moment later, the end of the run at once.
  Their order stays as it was.
* It looks for an emoji in front of every option of every control with a very long pattern. Here each option is looked
  through once.

Both lean on insides of the pinned version of Streamlit; tests/ui/test_economy.py tells when another version moves them.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from streamlit import string_util
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent

LONGEST_WAIT_SECONDS = 0.02
"""How long a message may wait for those after it. Streamlit itself waits half of that between two deliveries."""

MOST_OPTIONS = 4096


class Batch:
    """Callbacks of one session that wait for its event loop."""

    def __init__(self, session: AppSession) -> None:
        self._loop = session._event_loop
        self._lock = threading.Lock()
        self._waiting: deque[Callable[[], None]] = deque()

    def add(self, callback: Callable[[], None], *, is_urgent: bool) -> None:
        """Lets `callback` wait for its turn; an urgent one takes all before it along at once. From any thread."""
        with self._lock:
            is_first = not self._waiting
            self._waiting.append(callback)
        try:
            if is_urgent:
                self._loop.call_soon_threadsafe(self.run)
            elif is_first:
                self._loop.call_soon_threadsafe(self._loop.call_later, LONGEST_WAIT_SECONDS, self.run)
        except RuntimeError:
            if not self._loop.is_closed():  # a server that stops may close its loop while a script still runs
                raise

    def run(self) -> None:
        """Runs what waits, in order. On the event loop."""
        with self._lock:
            ready, self._waiting = self._waiting, deque()
        for callback in ready:
            callback()


_batches: WeakKeyDictionary[AppSession, Batch] = WeakKeyDictionary()


def _on_event(self: AppSession, sender: Any, event: ScriptRunnerEvent, *args: Any, **kwargs: Any) -> None:
    batch = _batches.get(self)
    if batch is None:
        batch = _batches.setdefault(self, Batch(self))
    batch.add(
        lambda: self._handle_scriptrunner_event_on_event_loop(sender, event, *args, **kwargs),
        is_urgent=event is not ScriptRunnerEvent.ENQUEUE_FORWARD_MSG,
    )


def economise() -> None:
    """Changes Streamlit in this process as the head of this module says. A second call changes nothing."""
    AppSession._on_scriptrunner_event = _on_event  # type: ignore[method-assign]
    if not hasattr(string_util.extract_leading_emoji, "cache_info"):
        string_util.extract_leading_emoji = lru_cache(MOST_OPTIONS)(string_util.extract_leading_emoji)
