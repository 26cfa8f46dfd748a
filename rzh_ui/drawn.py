"""Parts of a page that are the same for everybody, drawn once and then sent again: text, headings, charts.

Streamlit builds, packs and hashes an element anew on every run, which takes longer than sending it. Here the messages of a
part are kept ready to go when it is drawn for the first time; later only their place on the page is filled in.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_cache import create_reference_msg, populate_hash_if_needed
from streamlit.runtime.scriptrunner_utils.script_run_context import (
    ThreadState,
    enqueue_message,
    get_script_run_ctx,
)

from rzh_ui.remember import version

MOST_KEPT_BYTES = 96_000_000
"""What all parts together may take; those shown longest ago go first."""


@dataclass(frozen=True)
class Part:
    """Messages of a part, ready to go.

    Attributes:
        messages: each with the message that stands for it where the browser has it already, and with its place, counted
            from where the part begins.
        length: elements and containers that the part puts side by side.
        size: bytes of all messages.
    """

    messages: tuple[tuple[ForwardMsg, ForwardMsg | None, tuple[int, ...]], ...]
    length: int
    size: int


class Shelf:
    """Parts by name, as many as there is room for. Any thread may take and put."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._parts: OrderedDict[Hashable, Part] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def take(self, name: Hashable) -> Part | None:
        """The part of that name, or None."""
        with self._lock:
            part = self._parts.get(name)
            if part is not None:
                self._parts.move_to_end(name)
            return part

    def put(self, name: Hashable, part: Part) -> None:
        """Keeps a part; those taken longest ago make room."""
        with self._lock:
            if name not in self._parts:
                self._parts[name] = part
                self._bytes += part.size
            while self._bytes > self._most_bytes and len(self._parts) > 1:
                self._bytes -= self._parts.popitem(last=False)[1].size


_shelf = Shelf(MOST_KEPT_BYTES)


def drawn_once(
    key: Hashable,
    draw: Callable[[], Any],
    *,
    place: Any = None,
    finish: Callable[[Any], None] | None = None,
    is_mute: bool = False,
) -> None:
    """Puts on the page what `draw` puts there; calls it only where nobody has yet seen the part named `key`.

    Args:
        key: everything that the part depends on, apart from the data version: what it is, language, choices.
        draw: draws elements and containers, no widgets; every visitor is shown the same. May hold other such parts.
        place: container that the part goes to; by default the one that the page is writing to.
        finish: changes an element, as Streamlit's protocol describes it, before it is sent for the first time.
        is_mute: what looks like a widget here is a component that never answers.

    Raises:
        ValueError: `draw` made a widget, whose value each run must ask for anew.
    """
    context = get_script_run_ctx()
    if context is None or ThreadState.get().fragment_id:
        draw()
        return
    cursor: Any = (st._main._active_dg if place is None else place)._cursor
    asked = (version(), key)
    part = _shelf.take(asked)
    if part is None:
        part = _recorded(draw, context, cursor, finish, is_mute)
        if version() == asked[0]:  # else it may rest on two versions
            _shelf.put(asked, part)
        return
    *above, first = cursor.delta_path
    for message, reference, (step, *below) in part.messages:
        sent = ForwardMsg()
        is_there = reference is not None and message.hash in context.cached_message_hashes
        sent.CopyFrom(reference if is_there else message)
        sent.metadata.delta_path[:] = [*above, first + step, *below]
        enqueue_message(sent)
    for _ in range(part.length):
        cursor.lock_element()


def _recorded(
    draw: Callable[[], Any], context: Any, cursor: Any, finish: Callable[[Any], None] | None, is_mute: bool
) -> Part:
    """Draws a part as ever, and notes what is sent."""
    *above, first = cursor.delta_path
    send, known = context._enqueue, context.cached_message_hashes
    messages: list[tuple[ForwardMsg, ForwardMsg | None, tuple[int, ...]]] = []

    def listen(message: ForwardMsg) -> None:
        if finish is not None and message.delta.WhichOneof("type") == "new_element":
            finish(message.delta.new_element)
            message.hash = ""
            populate_hash_if_needed(message)
        kept = ForwardMsg()
        kept.CopyFrom(message)
        reference = create_reference_msg(kept) if kept.metadata.cacheable else None
        path = list(kept.metadata.delta_path)
        if message.WhichOneof("type") != "delta" or path[: len(above)] != above:
            raise ValueError("a part that is drawn once stays in its place")
        if not is_mute and _is_widget(message.delta):
            raise ValueError("a part that is drawn once has no widgets")
        messages.append((kept, reference, (path[len(above)] - first, *path[len(above) + 1 :])))
        send(create_reference_msg(message) if reference is not None and message.hash in known else message)

    context._enqueue, context.cached_message_hashes = listen, frozenset()  # so that no reference is noted for a message
    try:
        draw()
    finally:
        context._enqueue, context.cached_message_hashes = send, known
    length = cursor.delta_path[-1] - first
    return Part(tuple(messages), length, sum(message.ByteSize() for message, _, _ in messages))


def _is_widget(delta: Any) -> bool:
    new = getattr(delta, delta.WhichOneof("type"))
    kind = new.WhichOneof("type")
    return kind is not None and bool(getattr(getattr(new, kind), "id", ""))
