"""What Streamlit does for every element or option again, done once. The server asks for it before the first visitor comes.

Five habits of Streamlit cost more than the rest of a rerun where twenty visitors share one interpreter:

* It wakes its event loop for every element, twice. Each time the script gives up the interpreter and waits to get it back.
  Here messages gather while the script goes on; the first of them wakes the loop a moment later, the end of the run at
  once. Their order stays as it was.
* It gives up the event loop after every message that it delivers, twice. Here after those that were waiting.
* It compresses every message, also those of a few dozen bytes, of which a rerun has forty. Here those that gain by it.
* It reads the theme out of its settings at the beginning of every run. Here once: settings do not change while it serves.
* It looks for an emoji in front of every option of every control with a very long pattern. Here each option is looked
  through once.

All lean on insides of the pinned version of Streamlit; tests/ui/test_economy.py tells when another version moves them.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from streamlit import string_util
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner import ScriptRunnerEvent
from streamlit.runtime.session_manager import ActiveSessionInfo
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode

LONGEST_WAIT_SECONDS = 0.02
"""How long a message may wait for those after it. Streamlit itself waits half of that between two deliveries."""

MOST_TOGETHER = 100
"""Messages that go out without a pause: Streamlit takes a visitor for lost who has five hundred waiting."""

LEAST_COMPRESSED_BYTES = 200

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
            try:
                callback()
            except Exception as fault:  # as the loop does: those after it have their turn all the same
                self._loop.call_exception_handler({"message": "a session could not take a message", "exception": fault})


_batches: WeakKeyDictionary[AppSession, Batch] = WeakKeyDictionary()


def _on_event(self: AppSession, sender: Any, event: ScriptRunnerEvent, *args: Any, **kwargs: Any) -> None:
    batch = _batches.get(self)
    if batch is None:
        batch = _batches.setdefault(self, Batch(self))
    batch.add(
        lambda: self._handle_scriptrunner_event_on_event_loop(sender, event, *args, **kwargs),
        is_urgent=event is not ScriptRunnerEvent.ENQUEUE_FORWARD_MSG,
    )


def _on_message(self: Runtime) -> None:
    """Tells the runtime that there is something to deliver. A batch runs on the loop itself, which need not be woken."""
    objects = self._get_async_objs()
    try:
        is_on_loop = asyncio.get_running_loop() is objects.eventloop
    except RuntimeError:
        is_on_loop = False
    if is_on_loop:
        objects.need_send_data.set()
    else:
        objects.eventloop.call_soon_threadsafe(objects.need_send_data.set)


class Delivery(list[ForwardMsg]):
    """Messages of one session that go out without a pause between them."""


_flush = AppSession.flush_browser_queue
_send = Runtime._send_message


def _flush_together(self: AppSession) -> list[Delivery]:
    waiting = _flush(self)
    return [Delivery(waiting[at : at + MOST_TOGETHER]) for at in range(0, len(waiting), MOST_TOGETHER)]


def _send_together(self: Runtime, session_info: ActiveSessionInfo, message: ForwardMsg | Delivery) -> None:
    for one in message if isinstance(message, Delivery) else (message,):
        _send(self, session_info, one)


_compress = PerMessageDeflate.encode


def _compress_long(self: PerMessageDeflate, frame: Frame) -> Frame:
    """A short message goes as it is, which the protocol leaves to each end to decide for each message."""
    is_whole = frame.fin and frame.opcode in (Opcode.TEXT, Opcode.BINARY)
    return frame if is_whole and len(frame.data) < LEAST_COMPRESSED_BYTES else _compress(self, frame)


_read_theme = app_session._populate_theme_msg


@cache
def _theme(section: str) -> CustomThemeConfig:
    theme = CustomThemeConfig()
    _read_theme(theme, section)
    return theme


def _put_theme(message: CustomThemeConfig, section: str = "theme") -> None:
    theme = _theme(section)
    if theme.ByteSize():
        message.MergeFrom(theme)


_find_emoji = lru_cache(MOST_OPTIONS)(string_util.extract_leading_emoji)


def economise() -> None:
    """Changes Streamlit in this process as the head of this module says. A second call changes nothing."""
    AppSession._on_scriptrunner_event = _on_event  # type: ignore[method-assign]
    AppSession.flush_browser_queue = _flush_together  # type: ignore[method-assign, assignment]
    Runtime._enqueued_some_message = _on_message  # type: ignore[method-assign]
    Runtime._send_message = _send_together  # type: ignore[method-assign, assignment]
    PerMessageDeflate.encode = _compress_long  # type: ignore[method-assign]
    app_session._populate_theme_msg = _put_theme  # type: ignore[assignment]
    string_util.extract_leading_emoji = _find_emoji
