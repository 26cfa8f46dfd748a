"""Parts of a page that are the same for everybody, drawn once and then sent again: text, headings, charts.

Streamlit builds, packs and hashes an element anew on every run, which takes longer than sending it. Here the messages of a
part are kept ready to go when it is drawn for the first time; later only their place on the page is filled in. A part with
widgets is sent again to whoever has made the same choices in them; Streamlit hears of its widgets on every run, as ever.
"""

from __future__ import annotations

import copy
import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, ParamSpec

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.utils import _register_element_id
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_cache import create_reference_msg, populate_hash_if_needed
from streamlit.runtime.scriptrunner_utils.script_run_context import (
    ThreadState,
    get_script_run_ctx,
)
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.widgets import register_widget_from_metadata

from rzh_ui.remember import version

Arguments = ParamSpec("Arguments")

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
        widgets: what Streamlit must hear of on every run.
    """

    messages: tuple[tuple[ForwardMsg, ForwardMsg | None, tuple[int, ...]], ...]
    length: int
    size: int
    widgets: tuple[WidgetMetadata[Any], ...] = ()


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
    has_widgets: bool = False,
) -> None:
    """Puts on the page what `draw` puts there; calls it only where nobody has yet seen the part named `key`.

    Args:
        key: everything that the part depends on, apart from the data version: what it is, language, choices.
        draw: draws elements and containers; every visitor is shown the same. May hold other such parts.
        place: container that the part goes to; by default the one that the page is writing to.
        finish: changes an element, as Streamlit's protocol describes it, before it is sent for the first time.
        is_mute: what looks like a widget here is a component that never answers.
        has_widgets: `draw` makes widgets with keys of their own. What a visitor chose in them need not be in `key`; what
            `draw` itself does with it must. Where `draw` gives False, or makes other widgets than the first time, it is
            not shown again.

    Raises:
        ValueError: `draw` made a widget where none was told of.
    """
    context = get_script_run_ctx()
    if context is None or ThreadState.get().fragment_id:
        draw()
        return
    cursor: Any = (st._main._active_dg if place is None else place)._cursor
    data_version, script = version(), ThreadState.get().active_script_hash
    asked: Hashable = (data_version, key, script) if has_widgets else (data_version, key)
    known = part = _shelf.take(asked)
    if known is not None and known.widgets:
        part = _shelf.take((asked, _answers(known.widgets, context)))
    if part is None:
        made, is_kept = _recorded(draw, context, cursor, finish, is_mute, has_widgets)
        has_same = known is None or [one.id for one in known.widgets] == [one.id for one in made.widgets]
        if is_kept and has_same and version() == data_version:  # else it may rest on two versions
            if made.widgets:  # what is asked first are they; the messages depend on what they answer
                _shelf.put(asked, Part((), 0, 0, made.widgets))
                _shelf.put((asked, _answers(made.widgets, context)), made)
            else:
                _shelf.put(asked, made)
        return
    for message, _, _ in part.messages if has_widgets else ():
        if identity := _identity(message.delta):
            _register_element_id(context, "", identity)
    *above, first = cursor.delta_path
    for message, reference, (step, *below) in part.messages:
        sent = ForwardMsg()
        is_there = reference is not None and message.hash in context.cached_message_hashes
        sent.CopyFrom(reference if is_there else message)
        sent.metadata.delta_path[:] = [*above, first + step, *below]
        sent.metadata.active_script_hash = script
        context._enqueue(sent)
    for _ in range(part.length):
        cursor.lock_element()


def controls_drawn_once(function: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Makes a function that draws widgets with keys draw them once for everybody who chose the same in them.

    What it draws may depend on its arguments and on what its own widgets hold alone.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @functools.wraps(function)
    def drawn(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        key = (name, *args, *kwargs.items())
        drawn_once(key, lambda: function(*args, **kwargs), has_widgets=True)

    return drawn


def unfolded(label: str, *, key: str, at_first: bool = False) -> DeltaGenerator | None:
    """Puts a heading on the page that unfolds; gives the place under it where the visitor has unfolded it.

    Args:
        at_first: whether it is unfolded as long as the visitor has not touched it.
    """
    made: list[Any] = []

    def draw() -> bool:
        made.append(st.expander(label, expanded=at_first, key=key, on_change="rerun"))
        return not made[0].open  # what stands under it is not sent again

    drawn_once(("unfolded", label, key, at_first), draw, has_widgets=True)
    return made[0] if made and made[0].open else None


def _answers(widgets: tuple[WidgetMetadata[Any], ...], context: Any) -> str:
    """Tells Streamlit of the widgets; what they hold in this visit."""
    # a copy of each: a part around this one tells by it what was told of meanwhile
    return repr([register_widget_from_metadata(copy.copy(widget), context) for widget in widgets])


def _recorded(
    draw: Callable[[], Any],
    context: Any,
    cursor: Any,
    finish: Callable[[Any], None] | None,
    is_mute: bool,
    has_widgets: bool,
) -> tuple[Part, bool]:
    """Draws a part as ever, and notes what is sent; with whether it may be shown again."""
    *above, first = cursor.delta_path
    send, known = context._enqueue, context.cached_message_hashes
    messages: list[tuple[ForwardMsg, ForwardMsg | None, tuple[int, ...]]] = []
    told_before = dict(context.session_state._state._new_widget_state.widget_metadata)

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
        if _identity(message.delta) and not (is_mute or has_widgets):
            raise ValueError("a part that is drawn once has no widgets")
        messages.append((kept, reference, (path[len(above)] - first, *path[len(above) + 1 :])))
        send(create_reference_msg(message) if reference is not None and message.hash in known else message)

    context._enqueue, context.cached_message_hashes = listen, frozenset()  # so that no reference is noted for a message
    try:
        is_kept = draw() is not False
    finally:
        context._enqueue, context.cached_message_hashes = send, known
    length = cursor.delta_path[-1] - first
    told = context.session_state._state._new_widget_state.widget_metadata
    widgets = tuple(widget for identity, widget in told.items() if told_before.get(identity) is not widget)
    size = sum(message.ByteSize() for message, _, _ in messages)
    return Part(tuple(messages), length, size, widgets), is_kept


def _identity(delta: Any) -> str:
    """The id of the widget that a message brings, or nothing."""
    new = getattr(delta, delta.WhichOneof("type"))
    kind = new.WhichOneof("type")
    return "" if kind is None else str(getattr(getattr(new, kind), "id", ""))
