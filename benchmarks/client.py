"""A visitor without a browser: speaks Streamlit's websocket protocol as its own front end does, and counts what travels.

Like the browser it answers with the state of every widget on the page, follows changes of the address, and keeps messages
by hash, so that the server may send a reference instead of an element it sent before; a message that three runs did not use
is forgotten, and the list of those still kept goes with every request.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

LONGEST_RUN_SECONDS = 180


class CountingConnection(ClientConnection):
    """Counts the bytes that arrive, as they are on the wire."""

    received = 0

    def data_received(self, data: bytes) -> None:
        """Called by the event loop with what the socket gave."""
        self.received += len(data)
        super().data_received(data)


class RunFailed(AssertionError):
    """A run that did not show what it should; measuring it would be worthless."""


@dataclass
class Run:
    """What one run of the script sent.

    Attributes:
        seconds: from the request to the message that the script has finished.
        messages, sent_bytes: application messages and their size before compression.
        wire_bytes: the same with frames, compressed where the connection is.
        sizes: bytes by kind of message or element.
        payloads: the messages themselves, where they are asked for.
    """

    seconds: float = 0.0
    messages: int = 0
    sent_bytes: int = 0
    wire_bytes: int = 0
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    payloads: list[bytes] = field(default_factory=list)


def _bytes(element: Element) -> bytes:
    """An element as bytes, apart from the name of a file that each run makes anew."""
    if element.HasField("download_button"):
        copied = Element()
        copied.CopyFrom(element)
        copied.download_button.ClearField("url")
        copied.download_button.ClearField("deferred_file_id")
        element = copied
    return element.SerializeToString(deterministic=True)


class Session:
    """One browser tab."""

    def __init__(self, address: str, page: str = "", query: str = "", locale: str = "kk-KZ") -> None:
        self.address = address
        self.page = page
        self.query = query
        self.locale = locale
        self.keeps_payloads = False
        self.view: dict[tuple[int, ...], Element] = {}
        self._cache: dict[str, tuple[ForwardMsg, int]] = {}
        self._run_count = 0
        self._longest_age = 2
        self._widgets: dict[str, WidgetState] = {}
        self._script_hash = ""
        self._connection: CountingConnection | None = None

    async def open(self) -> Run:
        """Connects and runs the page for the first time. The time includes connecting."""
        started = time.perf_counter()
        connection = await connect(
            f"ws://{self.address}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            create_connection=CountingConnection,
            compression="deflate",
            max_size=None,
            ping_interval=None,
        )
        assert isinstance(connection, CountingConnection)
        self._connection = connection
        return await self._run(started)

    async def close(self) -> None:
        """Closes the tab."""
        assert self._connection is not None
        await self._connection.close()

    async def choose(self, key: str, value: str) -> Run:
        """Picks one option of a segmented control, as a click does.

        Args:
            key: key of the widget in the script.
            value: what the browser sends for the option.
        """
        widget = self.widget(key)
        options = self.options(key)
        if value not in options:
            raise RunFailed(f"{key} offers {options}, not {value}")
        self._widgets[widget].string_array_value.data[:] = [value]
        return await self._run(time.perf_counter())

    def widget(self, key: str) -> str:
        """The id of a widget by the key that the script gave it."""
        return next(
            element.button_group.id for element in self._groups() if element.button_group.id.endswith(f"-{key}")
        )

    def options(self, key: str) -> list[str]:
        """What a segmented control offers."""
        return next(
            [option.content for option in element.button_group.options]
            for element in self._groups()
            if element.button_group.id.endswith(f"-{key}")
        )

    def has(self, key: str) -> bool:
        """Whether the page has that widget."""
        return any(element.button_group.id.endswith(f"-{key}") for element in self._groups())

    def chosen(self, key: str) -> str:
        """What is picked now."""
        return self._widgets[self.widget(key)].string_array_value.data[0]

    def _groups(self) -> Iterator[Element]:
        return (element for element in self.view.values() if element.WhichOneof("type") == "button_group")

    def count(self, kind: str) -> int:
        """Elements of a kind on the page."""
        return sum(element.WhichOneof("type") == kind for element in self.view.values())

    def picture(self) -> tuple[tuple[tuple[int, ...], bytes], ...]:
        """All that is on the page, to compare two views."""
        return tuple((path, _bytes(element)) for path, element in sorted(self.view.items()))

    async def _run(self, started: float) -> Run:
        assert self._connection is not None
        before = self._connection.received
        request = BackMsg()
        state = request.rerun_script
        state.query_string = self.query
        state.page_script_hash = self._script_hash
        state.page_name = "" if self._script_hash else self.page
        state.widget_states.widgets.extend(self._widgets.values())
        state.cached_message_hashes.extend(self._cache)
        self._describe(state)
        await self._connection.send(request.SerializeToString())
        run = Run()
        seen: dict[tuple[int, ...], Element] = {}
        async with asyncio.timeout(LONGEST_RUN_SECONDS):
            while True:
                payload = await self._connection.recv()
                assert isinstance(payload, bytes)
                run.messages += 1
                run.sent_bytes += len(payload)
                if self.keeps_payloads:
                    run.payloads.append(payload)
                message = ForwardMsg.FromString(payload)
                kind = message.WhichOneof("type")
                if kind == "script_finished":
                    self._age(message.script_finished)
                    if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                        break
                    if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        raise RunFailed(f"{self.page or 'first page'}: the script ended with {message.script_finished}")
                    seen = {}
                elif kind == "new_session":
                    self._longest_age = message.new_session.config.max_cached_message_age or self._longest_age
                    self._script_hash = message.new_session.page_script_hash
                elif kind == "navigation":
                    self._script_hash = message.navigation.page_script_hash
                elif kind == "page_info_changed":
                    self.query = message.page_info_changed.query_string
                elif kind in ("page_not_found", "session_event"):
                    raise RunFailed(f"{self.page or 'first page'}: {kind}")
                name = self._take(message, seen) or kind or "unknown"
                number, size = run.sizes.get(name, (0, 0))
                run.sizes[name] = (number + 1, size + len(payload))
        run.seconds = time.perf_counter() - started
        run.wire_bytes = self._connection.received - before
        self.view = seen
        self._follow_widgets()
        if self.count("exception"):
            raise RunFailed(f"{self.page or 'first page'}: the page shows an exception")
        return run

    def _describe(self, state: ClientState) -> None:
        context = state.context_info
        context.timezone = "Asia/Almaty"
        context.timezone_offset = -300
        context.locale = self.locale
        context.url = f"http://{self.address}/{self.page}"
        context.color_scheme = "light"

    def _take(self, message: ForwardMsg, seen: dict[tuple[int, ...], Element]) -> str | None:
        """Puts an element on the page; gives its kind."""
        path = tuple(message.metadata.delta_path)
        name = ""
        if message.WhichOneof("type") == "ref_hash":
            if message.ref_hash not in self._cache:
                raise RunFailed("the server refers to a message that the browser no longer keeps")
            message = self._cache[message.ref_hash][0]
            self._cache[message.hash] = (message, self._run_count)
            name = "reference: "
        elif message.metadata.cacheable:
            self._cache[message.hash] = (message, self._run_count)
        if message.WhichOneof("type") != "delta":
            return None
        if message.delta.WhichOneof("type") == "new_element":
            seen[path] = message.delta.new_element
            return name + str(message.delta.new_element.WhichOneof("type"))
        return "block"

    def _age(self, how: int) -> None:
        if how == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
        self._run_count += 1
        self._cache = {
            identity: (message, used)
            for identity, (message, used) in self._cache.items()
            if self._run_count - used <= self._longest_age
        }

    def _follow_widgets(self) -> None:
        states: dict[str, WidgetState] = {}
        for element in self.view.values():
            kind = element.WhichOneof("type")
            if kind == "button_group":
                group = element.button_group
                if group.id in self._widgets and not group.set_value:
                    states[group.id] = self._widgets[group.id]
                    continue
                state = WidgetState(id=group.id)
                if group.set_value:
                    state.string_array_value.data[:] = group.raw_values
                else:
                    state.string_array_value.data[:] = [group.options[index].content for index in group.default]
                states[group.id] = state
            elif kind == "selectbox":
                box = element.selectbox
                if box.id in self._widgets and not box.set_value:
                    states[box.id] = self._widgets[box.id]
                elif box.set_value and box.raw_value:
                    states[box.id] = WidgetState(id=box.id, string_value=box.raw_value)
                elif not box.set_value and box.HasField("default") and box.options:
                    states[box.id] = WidgetState(id=box.id, string_value=box.options[box.default])
        self._widgets = states
