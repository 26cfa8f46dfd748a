"""Measures how long a visitor waits for each file of a page, beside the page's own rerun.

    python -m benchmarks.exports [page ...]

Serves the dashboard, changes the page to a language that nobody has read it in, opens every table as a browser does, clicks
every download, fetches the file and looks into it. Like is compared with like: files that nobody has asked for with the
rerun that shows the view to its first visitor; files that somebody has taken before with a rerun that shows what others have
seen (a change of period). Printed for each kind of file: the median and the longest wait of the page's figures, and the
median as a ratio to the median rerun. What a server loads for its first file is printed apart.
"""

from __future__ import annotations

import asyncio
import http.client
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
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
    "foresight": "",
    "sources": "",
    "present": "",
}
"""Pages that have files, with what must be chosen for them to be there."""

BEGINNINGS = {
    "csv": b"\xef\xbb\xbf",
    "xlsx": b"PK",
    "png": b"\x89PNG",
    "svg": b"<svg",
    "pptx": b"PK",
    "pdf": b"%PDF",
    "package": b"PK",
}
OF_A_PAGE = {"region_pptx": "pptx, region", "region_pdf": "pdf, region"}
"""Files of a whole page, by the key of their button; those of the presentation end with a language."""

LANGUAGES = {"ru": "Русский", "en": "English"}
"""Languages that the measurement is the first to read a page in, and what the browser sends for each."""

RERUNS = 8
LOADING_SECONDS = 3.0
"""What a visitor needs at least between seeing the first button of a server and clicking it."""


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


def kind(key: str) -> tuple[str, str]:
    """Ending of a file, and what the table calls it, by the key of its button."""
    if key.startswith("present_"):
        ending = key.split("_")[1]
        return ending, f"{ending}, {len(LANGUAGES) + 1} languages"
    ending = key.rsplit("_", 1)[1]
    return ending, OF_A_PAGE.get(key, ending)


async def rerun(server: Server, page: str) -> float:
    """Median seconds of a rerun after a change of period that others have seen; of a new visit where there is no period."""
    if page == "present":
        return statistics.median([await _visit(server, page) for _ in range(RERUNS)])
    tab = Visitor(server.address, page, PAGES[page])
    await tab.open()
    options = tab.options("period")
    for option in options:
        await tab.choose("period", option)
    seconds = [(await tab.choose("period", options[index % len(options)])).seconds for index in range(RERUNS)]
    await tab.close()
    return statistics.median(seconds)


async def _visit(server: Server, page: str) -> float:
    tab = Visitor(server.address, page, PAGES[page])
    run = await tab.open()
    await tab.close()
    return run.seconds


@dataclass
class Waits:
    """What visitors of a page waited for, in seconds.

    Attributes:
        views: reruns that showed the page for the first time to anybody.
        first, again: by kind of file: asked for by the first visitor, and by the second.
    """

    views: list[float] = field(default_factory=list)
    first: dict[str, list[float]] = field(default_factory=dict)
    again: dict[str, list[float]] = field(default_factory=dict)


async def waits(server: Server, page: str) -> Waits:
    """The waits of two visitors, one after the other, in languages that nobody before them has read the page in."""
    found = Waits()
    if page == "present":  # one visit has the files of all languages
        found.views.append(await _visit(server, page))
    else:
        await _visit(server, page)  # what is loaded for a page is no part of a view
    for files in (found.first, found.again):
        for language in LANGUAGES if page != "present" else [""]:
            tab = Visitor(server.address, page, PAGES[page])
            await tab.open()
            if language:
                run = await tab.choose("lang", LANGUAGES[language])
                if files is found.first:
                    found.views.append(run.seconds)
            await tab.open_tables()
            for key, file in tab.files().items():
                ending, name = kind(key)
                seconds, content = await tab.take(file)
                if not content.startswith(BEGINNINGS[ending]):
                    raise RunFailed(f"{page}: {key} is no {ending}")
                files.setdefault(name, []).append(seconds)
            await tab.close()
    return found


async def first_files(server: Server) -> dict[str, float]:
    """Seconds for the first file of each kind that a server makes, for somebody who needs a moment to click."""
    tab = Visitor(server.address, "funding", "")
    await tab.open()
    await tab.open_tables()
    await asyncio.sleep(LOADING_SECONDS)
    files = tab.files()
    found = {ending: (await tab.take(files[f"by_region_{ending}"]))[0] for ending in ("png", "xlsx", "pptx")}
    await tab.close()
    tab = Visitor(server.address, "region", PAGES["region"])
    await tab.open()
    await tab.open_tables()
    found["pdf"] = (await tab.take(tab.files()["region_pdf"]))[0]
    await tab.close()
    return found


async def measure(pages: Sequence[str]) -> None:
    """Prints the table."""
    with serving(DASHBOARD) as server:
        loaded = await first_files(server)
        print(
            f"first files of a server: {', '.join(f'{name} {1000 * wait:.0f} ms' for name, wait in loaded.items())}\n"
        )
        print(
            "| page | first rerun of a view, ms | file | files | ms, first (longest) | × | rerun of a view seen, ms"
            " | ms, again (longest) | × |"
        )
        print("|---|---|---|---|---|---|---|---|---|")
        for page in pages:
            own = await rerun(server, page)
            found = await waits(server, page)
            view = statistics.median(found.views)
            for name, first in found.first.items():
                once, later = statistics.median(first), statistics.median(found.again[name])
                print(
                    f"| {page} | {1000 * view:.0f} | {name} | {len(first)} | {1000 * once:.0f} ({1000 * max(first):.0f})"
                    f" | {once / view:.1f} | {1000 * own:.0f} | {1000 * later:.0f} ({1000 * max(found.again[name]):.0f})"
                    f" | {later / own:.1f} |",
                    flush=True,
                )


if __name__ == "__main__":
    unknown = set(sys.argv[1:]) - set(PAGES)
    if unknown:
        raise SystemExit(f"no page with files: {', '.join(sorted(unknown))}; there are: {', '.join(PAGES)}")
    asyncio.run(measure(sys.argv[1:] or list(PAGES)))
