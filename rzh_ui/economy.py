"""What Streamlit does for every element or option again, done once. The server asks for it before the first visitor comes.

Seven habits of Streamlit cost more than the rest of a rerun where twenty visitors share one interpreter:

* It wakes its event loop for every element, twice. Each time the script gives up the interpreter and waits to get it back.
  Here messages gather while the script goes on; the first of them wakes the loop a moment later, the end of the run at
  once. Their order stays as it was.
* It announces every message to whoever may listen, where the session alone does. Here it goes to the session.
* It hands every message through the layers of the web server and to the system by itself. Here those that wait go
  together, each in a frame of its own.
* It compresses every message, also those of a few dozen bytes, of which a rerun has forty. Here those that gain by it.
* It forgets after four kilobytes what it sent, and compresses the next chart as if there had been none. Here later, and with
  less effort for each byte.
* It reads the theme out of its settings at the beginning of every run. Here once: settings do not change while it serves.
* It looks for an emoji in front of every option of every control with a very long pattern. Here each option is looked
  through once.

All lean on insides of the pinned version of Streamlit; tests/ui/test_server.py tells when another version moves them.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any
from weakref import WeakKeyDictionary, ref

from streamlit import string_util
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner import ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.session_manager import ActiveSessionInfo
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_websocket import StarletteSessionClient
from uvicorn.protocols.websockets import websockets_sansio_impl
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame, Opcode
from websockets.protocol import Protocol, State

LONGEST_WAIT_SECONDS = 0.02
"""How long a message may wait for those after it. Streamlit itself waits half of that between two deliveries."""

MOST_TOGETHER = 100
"""Messages that go out without a pause: Streamlit takes a visitor for lost who has five hundred waiting."""

LEAST_COMPRESSED_BYTES = 200
LONGEST_SHORT_FRAME = 125
WHOLE_BINARY_FRAME = 0x82
"""RFC 6455, section 5.2: a frame of up to 125 bytes is these two, its kind and its length, and then the bytes."""

WINDOW_BITS = 15
"""Thirty-two kilobytes, all that a change of a filter sends; with the tables 256 KB of memory a visitor."""

COMPRESSION_LEVEL = 4
"""A third less work than zlib's usual six, for three per cent more bytes."""

MOST_OPTIONS = 4096


class Batch:
    """What one session's runs have said and its event loop has not heard yet."""

    def __init__(self, session: AppSession) -> None:
        self._session = ref(session)  # else a session that left would never be forgotten
        self._loop = session._event_loop
        self._lock = threading.Lock()
        self._waiting: deque[tuple[ScriptRunner, ForwardMsg] | Callable[[], None]] = deque()

    def add(self, said: tuple[ScriptRunner, ForwardMsg] | Callable[[], None], *, is_urgent: bool) -> None:
        """Lets a message with the run that sends it, or a callback, wait for its turn. From any thread.

        Args:
            is_urgent: takes all before it along at once.
        """
        with self._lock:
            is_first = not self._waiting
            self._waiting.append(said)
        try:
            if is_urgent:
                self._loop.call_soon_threadsafe(self.run)
            elif is_first:
                self._loop.call_soon_threadsafe(self._loop.call_later, LONGEST_WAIT_SECONDS, self.run)
        except RuntimeError:
            if not self._loop.is_closed():  # a server that stops may close its loop while a script still runs
                raise

    def run(self) -> None:
        """Does what waits, in order. On the event loop."""
        with self._lock:
            ready, self._waiting = self._waiting, deque()
        session = self._session()
        for said in ready:
            try:
                if not isinstance(said, tuple):
                    said()
                elif (
                    session is not None and said[0] is session._scriptrunner
                ):  # else an earlier run that was told to end
                    session._browser_queue.enqueue(said[1])
            except Exception as fault:  # as the loop does: those after it have their turn all the same
                self._loop.call_exception_handler({"message": "a session could not take a message", "exception": fault})
        if session is not None and session._message_enqueued_callback is not None:
            session._message_enqueued_callback()


_batches: WeakKeyDictionary[AppSession, Batch] = WeakKeyDictionary()
_batch_of_runner: WeakKeyDictionary[ScriptRunner, Batch] = WeakKeyDictionary()


def _on_event(self: AppSession, sender: Any, event: ScriptRunnerEvent, *args: Any, **kwargs: Any) -> None:
    batch = _batches.get(self)
    if batch is None:
        batch = _batches.setdefault(self, Batch(self))
    if event is ScriptRunnerEvent.SCRIPT_STARTED:
        _batch_of_runner[sender] = batch
    batch.add(
        lambda: self._handle_scriptrunner_event_on_event_loop(sender, event, *args, **kwargs),
        is_urgent=event is not ScriptRunnerEvent.ENQUEUE_FORWARD_MSG,
    )


_say = ScriptRunner._enqueue_forward_msg


def _say_to_batch(self: ScriptRunner, message: ForwardMsg) -> None:
    batch = _batch_of_runner.get(self)
    if batch is None:
        _say(self, message)
        return
    self._maybe_handle_execution_control_request()
    batch.add((self, message), is_urgent=False)


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
    """Messages of one session that go out together."""


class Frames(tuple[bytes, ...]):
    """The same as bytes, each a frame of its own."""


_flush = AppSession.flush_browser_queue
_send = Runtime._send_message
_frame = Protocol.send_binary


def _flush_together(self: AppSession) -> list[Delivery]:
    waiting = _flush(self)
    return [Delivery(waiting[at : at + MOST_TOGETHER]) for at in range(0, len(waiting), MOST_TOGETHER)]


def _send_together(self: Runtime, session_info: ActiveSessionInfo, message: ForwardMsg | Delivery) -> None:
    if isinstance(message, ForwardMsg):
        _send(self, session_info, message)
        return
    client = session_info.client
    if not isinstance(client, StarletteSessionClient):
        for one in message:
            _send(self, session_info, one)
        return
    session_info.script_run_count += sum(
        one.WhichOneof("type") == "script_finished" and one.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        for one in message
    )
    client.write_forward_msg(message)  # type: ignore[arg-type]


def _packed(message: ForwardMsg | Delivery) -> bytes | Frames:
    return Frames(map(_pack, message)) if isinstance(message, Delivery) else _pack(message)


def _frame_each(self: Protocol, data: bytes | Frames, fin: bool = True) -> None:
    if not isinstance(data, Frames):
        _frame(self, data, fin)
        return
    for one in data:
        if len(one) <= LONGEST_SHORT_FRAME and self.state is State.OPEN:
            self.writes.append(bytes((WHOLE_BINARY_FRAME, len(one))) + one)
        else:
            _frame(self, one)


_pack = starlette_websocket.serialize_forward_msg
_compress = PerMessageDeflate.encode


def _compress_long(self: PerMessageDeflate, frame: Frame) -> Frame:
    """A short message goes as it is, which the protocol leaves to each end to decide for each message."""
    is_whole = frame.fin and frame.opcode in (Opcode.TEXT, Opcode.BINARY)
    return frame if is_whole and len(frame.data) < LEAST_COMPRESSED_BYTES else _compress(self, frame)


def _remember_more(*args: Any, **kwargs: Any) -> ServerPerMessageDeflateFactory:
    """What was sent before shortens what comes after, as far back as the window reaches."""
    settings = {"memLevel": WINDOW_BITS - 7, "level": COMPRESSION_LEVEL}
    window = {"server_max_window_bits": WINDOW_BITS, "compress_settings": settings}
    return ServerPerMessageDeflateFactory(*args, **{**kwargs, **window})


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
    ScriptRunner._enqueue_forward_msg = _say_to_batch  # type: ignore[method-assign, assignment]
    starlette_websocket.serialize_forward_msg = _packed  # type: ignore[assignment]
    Protocol.send_binary = _frame_each  # type: ignore[method-assign, assignment]
    websockets_sansio_impl.ServerPerMessageDeflateFactory = _remember_more  # type: ignore[assignment, misc]
    PerMessageDeflate.encode = _compress_long  # type: ignore[method-assign]
    app_session._populate_theme_msg = _put_theme  # type: ignore[assignment]
    string_util.extract_leading_emoji = _find_emoji
