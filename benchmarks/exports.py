"""Measures how long a visitor waits for each file of a page, beside the page's own rerun.

    python -m benchmarks.exports [page ...]

Serves the dashboard, opens every table of a page as a browser does, clicks every download, fetches the file and looks into
it. Printed for each kind of file: the median and the longest wait of the page's figures when nobody asked for that file
before, the median when somebody did, and both as ratios to the median rerun of the same page (a period that others have
seen). The first picture of a server starts the drawing process and is printed apart.
"""

from __future__ import annotations

import asyncio
import http.client
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.client import RunFailed, Session
from benchmarks.servers import DASHBOARD, Server, serving

PAGES = {
    "overview": "",
    "region": "region=pavlodar",
    "principles": "",
    "funding": "",
    "accelerator": "",
    "awareness": "",
    "sources": "",
}
"""Pages that have figures, with what must be chosen for them to be there."""

BEGINNINGS = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "png": b"\x89PNG", "svg": b"<svg", "pptx": b"PK", "pdf": b"%PDF"}
RERUNS = 8


class Visitor(Session):
    """A tab that opens tables and takes files away."""

    def __init__(self, address: str, page: str, query: str) -> None:
        super().__init__(address, "" if page == "overview" else page, query)
        self._tables: set[str] = set()
        self._are_open = False
        self._session_id = ""

    async def open_tables(self) -> None:
        """Opens every table of the page."""
        self._are_open = True
        self._follow_widgets()
        await self._run(time.perf_counter())

    def files(self) -> dict[str, str]:
        """What can be downloaded: the server's name for it by the key of its button."""
        buttons = [element.download_button for element in self.view.values() if element.HasField("download_button")]
        return {button.id.rsplit("-", 1)[1]: button.deferred_file_id for button in buttons if button.deferred_file_id}

    async def take(self, file: str) -> tuple[float, bytes]:
        """Seconds from the click to the last byte, and the file."""
        assert self._connection is not None
        started = time.perf_counter()
        request = BackMsg()
        request.backend_operation_request.request_id = file
        request.backend_operation_request.session_id = self._session_id
        request.backend_operation_request.deferred_file.file_id = file
        await self._connection.send(request.SerializeToString())
        while True:
            payload = await self._connection.recv()
            assert isinstance(payload, bytes)
            message = ForwardMsg.FromString(payload)
            if message.WhichOneof("type") == "backend_operation_response":
                break
        answer = message.backend_operation_response
        if answer.error_msg:
            raise RunFailed(answer.error_msg)
        content = await asyncio.to_thread(self._fetched, answer.deferred_file.url)
        return time.perf_counter() - started, content

    def _fetched(self, url: str) -> bytes:
        connection = http.client.HTTPConnection(self.address, timeout=30)
        try:
            connection.request("GET", url)
            answer = connection.getresponse()
            if answer.status != 200:
                raise RunFailed(f"{url}: {answer.status}")
            return answer.read()
        finally:
            connection.close()

    def _take(self, message: ForwardMsg, seen: dict[tuple[int, ...], Element]) -> str | None:
        if message.WhichOneof("type") == "new_session":
            self._session_id = message.new_session.initialize.session_id
        block = message.delta.add_block
        if block.HasField("expandable") and block.expandable.id:
            self._tables.add(block.expandable.id)
        return super()._take(message, seen)

    def _follow_widgets(self) -> None:
        super()._follow_widgets()
        if self._are_open:
            self._widgets |= {table: WidgetState(id=table, bool_value=True) for table in self._tables}


async def rerun(server: Server, page: str) -> float:
    """Median seconds of a rerun after a change of period that others have seen."""
    tab = Visitor(server.address, page, PAGES[page])
    await tab.open()
    options = tab.options("period")
    for option in options:
        await tab.choose("period", option)
    seconds = [(await tab.choose("period", options[index % len(options)])).seconds for index in range(RERUNS)]
    await tab.close()
    return statistics.median(seconds)


async def waits(server: Server, page: str) -> dict[str, tuple[list[float], list[float]]]:
    """Seconds by kind of file: asked for the first time, and again by another visitor."""
    found: dict[str, tuple[list[float], list[float]]] = {}
    for turn in range(2):
        tab = Visitor(server.address, page, PAGES[page])
        await tab.open()
        await tab.open_tables()
        for key, file in tab.files().items():
            ending = key.rsplit("_", 1)[1]
            seconds, content = await tab.take(file)
            if not content.startswith(BEGINNINGS[ending]):
                raise RunFailed(f"{page}: {key} is no {ending}")
            found.setdefault(ending, ([], []))[turn].append(seconds)
        await tab.close()
    return found


async def first_picture(server: Server) -> float:
    """Seconds for the first picture of a server."""
    tab = Visitor(server.address, "accelerator", "")
    await tab.open()
    await tab.open_tables()
    seconds, _ = await tab.take(tab.files()["funnel_png"])
    await tab.close()
    return seconds


async def measure(pages: Sequence[str]) -> None:
    """Prints the table."""
    with serving(DASHBOARD) as server:
        print(f"first picture of a server: {1000 * await first_picture(server):.0f} ms\n")
        print(
            "| page | rerun, ms | file | figures | ms, first (longest) | ms, again | × rerun, first | × rerun, again |"
        )
        print("|---|---|---|---|---|---|---|---|")
        for page in pages:
            own = await rerun(server, page)
            for ending, (first, again) in (await waits(server, page)).items():
                once, later = statistics.median(first), statistics.median(again)
                print(
                    f"| {page} | {1000 * own:.0f} | {ending} | {len(first)} | {1000 * once:.0f} ({1000 * max(first):.0f})"
                    f" | {1000 * later:.0f} | {once / own:.1f} | {later / own:.1f} |",
                    flush=True,
                )


if __name__ == "__main__":
    unknown = set(sys.argv[1:]) - set(PAGES)
    if unknown:
        raise SystemExit(f"no page with figures: {', '.join(sorted(unknown))}; there are: {', '.join(PAGES)}")
    asyncio.run(measure(sys.argv[1:] or list(PAGES)))
