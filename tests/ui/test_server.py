"""The server as it starts: whom it asks, and what it changes of Streamlit so that many visitors are served at once."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import threading
from types import SimpleNamespace
from weakref import ref

import pytest
from screen import ROOT
from streamlit import string_util
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner import ScriptRunner, ScriptRunnerEvent
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_websocket import StarletteSessionClient
from uvicorn.protocols.websockets import websockets_sansio_impl
from websockets.client import ClientProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode
from websockets.protocol import Protocol, State
from websockets.server import ServerProtocol
from websockets.uri import parse_uri

from rzh_ui import economy

WHOM_IT_ASKS = """
import socket
asked = []
def ask(host, *rest, **named):
    asked.append(host)
    raise OSError("nobody answers")
socket.getaddrinfo = ask
import server
from streamlit.web import bootstrap
from streamlit.web.server.server_util import is_url_from_allowed_origins
bootstrap._print_url(is_running_hello=False)
assert not is_url_from_allowed_origins("http://elsewhere.example")
assert "http://localhost" not in asked
print("ASKED", [host for host in asked if host not in ("localhost", "127.0.0.1")])
"""


def test_the_server_asks_no_outside_host_what_its_address_is(tmp_path):
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-c", WHOM_IT_ASKS], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert "ASKED []" in ran.stdout
    assert "localhost" in ran.stdout, "the address that a visitor types is printed"


def test_the_server_starts_without_what_pages_need():
    """Streamlit alone takes half a second; pandas, DuckDB and charts are loaded while the server already answers."""
    loaded = "import sys, server; print([name for name in ('pandas', 'duckdb', 'altair') if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ran.stdout.strip() == "[]", ran.stderr


def test_streamlit_still_has_what_is_changed():
    """Another version of Streamlit may move these; then rzh_ui/economy.py changes nothing, without a word."""
    for owner, names in {
        AppSession: (
            "_on_scriptrunner_event",
            "_handle_scriptrunner_event_on_event_loop",
            "flush_browser_queue",
        ),
        ScriptRunner: ("_enqueue_forward_msg", "_maybe_handle_execution_control_request"),
        starlette_websocket: ("serialize_forward_msg",),
        websockets_sansio_impl: ("ServerPerMessageDeflateFactory",),
        Protocol: ("send_binary",),
        Runtime: ("_enqueued_some_message", "_send_message", "_get_async_objs"),
        app_session: ("_populate_theme_msg",),
        string_util: ("extract_leading_emoji",),
    }.items():
        for name in names:
            assert hasattr(owner, name), f"{owner.__name__} has no {name}"


class Visit(SimpleNamespace):
    """Stands for a session, or for a run of one."""

    __hash__ = object.__hash__


def visit(loop):
    return Visit(_event_loop=loop, _scriptrunner=None, _message_enqueued_callback=None)


def gathered(loop):
    """The batch of a session of that loop, and what its callbacks left, in order."""
    session = visit(loop)
    batch = economy.Batch(session)
    batch.session = session  # keeps it
    return batch, []


def test_a_session_that_left_is_forgotten():
    session, runner = visit(SimpleNamespace(call_soon_threadsafe=lambda *_: None)), Visit()
    economy._on_event(session, runner, ScriptRunnerEvent.SCRIPT_STARTED)
    assert economy._batch_of_runner[runner]._session() is session
    economy._batches[session]._waiting.clear()  # the loop has taken what was said
    left = ref(session), ref(runner)
    del session, runner
    gc.collect()
    assert [one() for one in left] == [None, None]


def test_messages_of_a_run_reach_the_loop_together_and_in_order():
    async def run():
        loop = asyncio.get_running_loop()
        batch, seen = gathered(loop)
        wakings = []
        wake = loop.call_soon_threadsafe
        batch._loop = SimpleNamespace(
            call_soon_threadsafe=lambda *call: (wakings.append(call), wake(*call)),
            call_later=loop.call_later,
            is_closed=loop.is_closed,
        )
        script = threading.Thread(
            target=lambda: [batch.add(lambda at=at: seen.append(at), is_urgent=at == 99) for at in range(100)]
        )
        script.start()
        script.join()
        assert seen == [], "nothing runs in the thread of the script"
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return seen, wakings

    seen, wakings = asyncio.run(run())
    assert seen == list(range(100))
    assert len(wakings) == 2, "the first message and the end of the run wake the loop, no other"


def test_a_long_run_shows_what_it_has_before_it_ends():
    async def run():
        batch, seen = gathered(asyncio.get_running_loop())
        batch.add(lambda: seen.append("first"), is_urgent=False)
        async with asyncio.timeout(30):
            while not seen:
                await asyncio.sleep(economy.LONGEST_WAIT_SECONDS)
        return seen

    assert asyncio.run(run()) == ["first"]


def test_a_message_that_fails_keeps_none_of_those_after_it():
    async def run():
        loop = asyncio.get_running_loop()
        faults = []
        loop.set_exception_handler(lambda _, context: faults.append(str(context["exception"])))
        batch, seen = gathered(loop)
        batch.add(lambda: seen.append(1 / 0), is_urgent=False)
        batch.add(lambda: seen.append("after"), is_urgent=True)
        await asyncio.sleep(0)
        return seen, faults

    assert asyncio.run(run()) == (["after"], ["division by zero"])


def test_a_run_that_outlives_the_server_is_let_go_and_another_fault_is_not():
    loop = asyncio.new_event_loop()
    batch, _ = gathered(loop)
    loop.close()
    batch.add(print, is_urgent=True)

    def refuse(*_):
        raise RuntimeError("another fault")

    batch, _ = gathered(SimpleNamespace(call_soon_threadsafe=refuse, is_closed=lambda: False))
    with pytest.raises(RuntimeError, match="another fault"):
        batch.add(print, is_urgent=True)


def test_messages_of_the_run_under_way_are_taken_and_those_of_an_earlier_one_are_not():
    async def run():
        batch, seen = gathered(asyncio.get_running_loop())
        earlier, present, told = object(), object(), []
        batch.session._scriptrunner = present
        batch.session._browser_queue = SimpleNamespace(enqueue=seen.append)
        batch.session._message_enqueued_callback = lambda: told.append(len(seen))
        batch.add((earlier, ForwardMsg(hash="told to end")), is_urgent=False)
        batch.add((present, ForwardMsg(hash="goes on")), is_urgent=True)
        await asyncio.sleep(0)
        return [message.hash for message in seen], told

    assert asyncio.run(run()) == (["goes on"], [1])


def test_a_run_speaks_to_the_batch_of_its_session(monkeypatch):
    ended, said, as_ever = [], [], []
    runner = ScriptRunner.__new__(ScriptRunner)
    monkeypatch.setattr(economy, "_say", lambda _runner, message: as_ever.append(message.hash))
    monkeypatch.setattr(ScriptRunner, "_maybe_handle_execution_control_request", lambda _: ended.append(True))
    economy._say_to_batch(runner, ForwardMsg(hash="before the first run"))
    monkeypatch.setitem(
        economy._batch_of_runner, runner, SimpleNamespace(add=lambda one, *, is_urgent: said.append((one, is_urgent)))
    )
    economy._say_to_batch(runner, ForwardMsg(hash="in a run"))
    assert as_ever == ["before the first run"]
    assert [(sender, message.hash, is_urgent) for (sender, message), is_urgent in said] == [(runner, "in a run", False)]
    assert ended == [True], "each message asks whether the run is to end"


def visitor():
    """A session whose messages are kept as they are handed to its connection."""
    client, handed = StarletteSessionClient.__new__(StarletteSessionClient), []
    client.write_forward_msg = handed.append
    return SimpleNamespace(client=client, script_run_count=0), handed


def test_what_waits_is_handed_over_together(monkeypatch):
    monkeypatch.setattr(economy, "MOST_TOGETHER", 2)
    finished = ForwardMsg(hash="4", script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    messages = [*(ForwardMsg(hash=str(at)) for at in range(4)), finished]
    monkeypatch.setattr(economy, "_flush", lambda _session: messages)
    session, handed = visitor()
    for delivery in economy._flush_together(None):
        economy._send_together(None, session, delivery)
    assert [[one.hash for one in delivery] for delivery in handed] == [["0", "1"], ["2", "3"], ["4"]]
    assert session.script_run_count == 1
    monkeypatch.setattr(economy, "_flush", lambda _session: [])
    assert economy._flush_together(None) == []


def test_another_connection_is_handed_one_by_one(monkeypatch):
    sent = []
    monkeypatch.setattr(economy, "_send", lambda _runtime, _session, message: sent.append(message.hash))
    waiting = economy.Delivery(ForwardMsg(hash=str(at)) for at in range(3))
    economy._send_together(None, SimpleNamespace(client=None), waiting)
    economy._send_together(None, None, ForwardMsg(hash="alone"))
    assert sent == ["0", "1", "2", "alone"]


def test_a_delivery_arrives_one_by_one_in_order():
    messages = [ForwardMsg(hash=str(at) * (1 + 200 * at)) for at in range(4)]
    server = ServerProtocol(state=State.OPEN)
    economy._frame_each(server, economy._packed(economy.Delivery(messages)))
    economy._frame_each(server, economy._packed(messages[0]))
    browser = ClientProtocol(parse_uri("ws://dashboard"), state=State.OPEN)
    browser.receive_data(b"".join(server.data_to_send()))
    arrived = [ForwardMsg.FromString(bytes(frame.data)) for frame in browser.events_received()]
    assert arrived == [*messages, messages[0]]


def test_short_messages_go_as_they_are_and_long_ones_are_compressed():
    server = PerMessageDeflate(False, False, 15, 15)
    browser = PerMessageDeflate(False, False, 15, 15)
    for words in (b"short", b"long words " * 100, b"short again", b"long words " * 100):
        sent = economy._compress_long(server, Frame(Opcode.BINARY, words))
        assert sent.rsv1 == (len(words) >= economy.LEAST_COMPRESSED_BYTES) and len(sent.data) <= len(words)
        assert bytes(browser.decode(sent).data) == words


@pytest.mark.parametrize("section", ["theme", "theme.light", "theme.dark", "theme.sidebar"])
def test_the_theme_that_is_read_once_is_the_theme(section):
    read, put = CustomThemeConfig(), CustomThemeConfig()
    economy._read_theme(read, section)
    economy._put_theme(put, section)
    assert put == read


def test_an_emoji_is_still_found():
    for text in ("🚨 Error", "Өңірлер", "plain"):
        assert economy._find_emoji(text) == economy._find_emoji.__wrapped__(text)
