"""Measures the dashboard beside a bare Streamlit page, in one run, and prints ratios.

    python benchmarks/dashboard.py [--quick] [--part start|reruns|memory]

benchmarks/README.md says what is measured and how. A run that does not show what it should (an exception on the page, a
wrong period, another content than the same view had before) stops the measurement.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import contextlib
import itertools
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.client import Run, RunFailed, Session
from benchmarks.servers import BARE, BARE_DEFAULTS, DASHBOARD, KINDS, ROOT, Kind, Server, serving
from rzh_data import store


@dataclass(frozen=True)
class Place:
    """What a visitor opens.

    Attributes:
        name: as the tables name it.
        page: as app.py names it.
        query: choices in the address.
        shows: whether a change of period or basis changes what is to be seen.
    """

    name: str
    page: str
    query: str = ""
    shows: bool = False


WITHOUT_FILTERS = ("present",)
"""Pages that have no filter to change: the presentation sends all its steps once and asks the server no more."""


def places() -> tuple[Place, ...]:
    """Every page that app.py has in its navigation; the region's page also with a region chosen."""
    for node in ast.parse((ROOT / "app.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PAGES":
            names = ast.literal_eval(node.value)
            kept = [name for name in names if name not in WITHOUT_FILTERS]
            found = [Place(name, name, shows=name in ("overview", "funding")) for name in kept]
            return (*found, Place("region, one chosen", "region", "region=pavlodar"))
    raise RunFailed("app.py names no PAGES")


PLACES = places()
BARE_PLACE = PLACES[0]
FIRST_METRIC = "tugan_zher_funding"
CHARTS_OF_FUNDING = 6
USERS = 20
VISITORS = 500
Picture = tuple[tuple[tuple[int, ...], bytes], ...]


@dataclass(frozen=True)
class Settings:
    """How long to measure."""

    starts: int = 5
    rounds: int = 3
    reruns: int = 18
    seconds_together: float = 3.0
    visitors: int = VISITORS


QUICK = Settings(starts=2, rounds=1, reruns=12, seconds_together=3.0, visitors=60)


@dataclass(frozen=True)
class Change:
    """A way to change a filter again and again.

    Attributes:
        name: as the tables name it.
        key: widget of the dashboard.
        count: options taken in turn. Two are alternated, and the browser still keeps both views; with three or more it
            has forgotten a view when its turn comes, while the server knows it.
    """

    name: str
    key: str
    count: int


BACK = Change("back to a view this tab has seen", "period", 2)
PERIOD = Change("period, a view that others have seen", "period", 4)
BASIS = Change("basis, a view that others have seen", "per", 3)
CHANGES = (BACK, PERIOD, BASIS)


@dataclass
class Sample:
    """Runs of one kind: server's CPU a run, seconds, what travelled."""

    cpu_ms: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)
    visitors_cpu_ms: list[float] = field(default_factory=list)

    def cpu(self) -> float:
        """Median over the rounds of the mean CPU of a run."""
        return statistics.median(self.cpu_ms)

    def time(self) -> float:
        """Median time of a run."""
        return statistics.median(self.milliseconds)

    def rate(self) -> float:
        """Median over the rounds of runs a second."""
        return statistics.median(self.per_second)

    def visitors_cpu(self) -> float:
        """Median over the rounds of the CPU that playing the visitors takes, a run."""
        return statistics.median(self.visitors_cpu_ms)

    def largest(self, what: Callable[[Run], float]) -> float:
        """The most that one run sent."""
        return max(what(run) for run in self.runs)


class Visit:
    """A tab on one page of one server, that knows what each choice must show."""

    def __init__(self, kind: Kind, server: Server, place: Place, known: dict[tuple[str, ...], Picture]) -> None:
        self.kind = kind
        self.place = place
        self.known = known
        path = "" if place.page == "overview" or not kind.is_dashboard else place.page
        self.session = Session(server.address, path, place.query if kind.is_dashboard else "")

    async def open(self) -> Run:
        """The first run."""
        run = await self.session.open()
        self.check(compares=False)
        return run

    def options(self, change: Change) -> list[str]:
        """What is taken in turn; nothing on a page without that filter."""
        if not self.session.has(self.key(change)):
            return []
        return self.session.options(self.key(change))[: change.count]

    def key(self, change: Change) -> str:
        """The widget that is changed."""
        return change.key if self.kind.is_dashboard else "choice"

    async def choose(self, change: Change, value: str, *, compares: bool = True) -> Run:
        """One rerun, checked."""
        run = await self.session.choose(self.key(change), value)
        self.check(compares=compares)
        return run

    def check(self, *, compares: bool) -> None:
        """Raises RunFailed where the page does not show what was chosen, or shows it otherwise than before."""
        session = self.session
        if not self.kind.is_dashboard:
            shown = [element.markdown.body for element in session.view.values() if element.HasField("markdown")]
            if shown != [session.chosen("choice")]:
                raise RunFailed(f"the bare page shows {shown} for {session.chosen('choice')}")
            return
        if not session.has("period"):
            return
        state = (session.chosen("period"), session.chosen("per"))
        if self.place.page == "overview":
            self._check_map(state)
        elif self.place.page == "funding":
            self._check_charts(state)
        titles = [element.heading.body for element in session.view.values() if element.heading.tag == "h1"]
        if len(titles) != 1:
            raise RunFailed(f"{self.place.name} has the titles {titles}")
        if compares:
            name, picture = self.place.name, session.picture()
            before = self.known.setdefault((name, *state), picture)
            if picture != before:
                raise RunFailed(f"{name}: {state} shows another content than before")
            others = (other for view, other in self.known.items() if view != (name, *state))
            if self.place.shows and any(other == picture for other in others):
                raise RunFailed(f"{name}: {state} shows the content of another view")

    def _ids(self, state: tuple[str, str]) -> tuple[str, str, str]:
        """Period and basis by id, and the period's name, from what the widgets offer."""
        periods = store.current().rows("periods")
        at = self.session.options("period").index(state[0])
        per = ("total", "capita", "month")[self.session.options("per").index(state[1])]
        return periods[at]["period_id"], per, periods[at]["label_kk"]

    def _check_map(self, state: tuple[str, str]) -> None:
        period, per, _ = self._ids(state)
        maps = [json.loads(data) for data in self._components() if b'"byValue"' in data]
        answer = store.current().rows("region_ranking", indicator=FIRST_METRIC, period=period, per=per)
        ranked = {
            row["region_id"]: row["position"] for row in answer if row["region_id"] != "kazakhstan" and row["value"]
        }
        shown = {
            region: place["position"]
            for view in maps
            for region, place in view["regions"].items()
            if "position" in place
        }
        if not ranked or shown != ranked:
            raise RunFailed(f"the map of {period}, {per} ranks {shown}; the data says {ranked}")

    def _components(self) -> list[bytes]:
        return [
            element.bidi_component.bytes for element in self.session.view.values() if element.HasField("bidi_component")
        ]

    def _check_charts(self, state: tuple[str, str]) -> None:
        _, _, label = self._ids(state)
        headings = " ".join(
            element.heading.body for element in self.session.view.values() if element.HasField("heading")
        )
        if label not in headings:
            raise RunFailed(f"the funding page does not name {label}")
        charts = self.session.count("vega_lite_chart")
        if charts != CHARTS_OF_FUNDING:
            raise RunFailed(f"the funding page has {charts} charts, not {CHARTS_OF_FUNDING}")


def places_of(kind: Kind) -> tuple[Place, ...]:
    """The bare page is one page."""
    return PLACES if kind.is_dashboard else (BARE_PLACE,)


# --- start and first run


@dataclass
class Starts:
    """Start to first answer, and the first run of a session: the very first after the start, and later ones."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    cold: dict[tuple[str, str], list[float]] = field(default_factory=dict)


async def measure_starts(settings: Settings) -> Starts:
    """Starts every server again and again, in turn."""
    starts = Starts()
    for kind, number in itertools.product(KINDS, range(1)):
        with serving(kind):  # once unmeasured: files come from the disk
            del number
    for number in range(settings.starts):
        for kind in KINDS:
            with serving(kind) as server:
                starts.seconds.setdefault(kind.name, []).append(server.start_seconds)
                found = places_of(kind)
                place = found[number % len(found)]
                visit = Visit(kind, server, place, {})
                run = await visit.open()
                starts.cold.setdefault((kind.name, place.name), []).append(run.seconds * 1000)
                await visit.session.close()
        note(f"start {number + 1} of {settings.starts}")
    return starts


# --- reruns


Samples = dict[tuple[str, str, str], Sample]
"""By server, place and what was done."""


@dataclass
class Reruns:
    """Samples of all servers and places."""

    first: dict[tuple[str, str], Sample] = field(default_factory=dict)
    alone: Samples = field(default_factory=dict)
    together: Samples = field(default_factory=dict)
    geometry: dict[str, int] = field(default_factory=dict)


async def measure_reruns(settings: Settings) -> Reruns:
    """Serves all three side by side and asks one after the other, round by round."""
    reruns = Reruns()
    known: dict[tuple[str, ...], Picture] = {}
    with contextlib.ExitStack() as stack:
        servers = {kind: stack.enter_context(serving(kind)) for kind in KINDS}
        for kind, server in servers.items():
            for place in places_of(kind):
                await see_everything(kind, server, place, known)
        note("every view seen once")
        reruns.geometry = await check_geometry(servers[DASHBOARD])
        for number in range(settings.rounds):
            for kind, server in servers.items():
                for place in places_of(kind):
                    await first_runs(kind, server, place, known, reruns, settings)
                    for change in CHANGES:
                        await alone(kind, server, place, change, known, reruns, settings)
                    for change in (PERIOD,):
                        await together(kind, server, place, change, known, reruns, settings)
            note(f"round {number + 1} of {settings.rounds}")
    return reruns


async def see_everything(kind: Kind, server: Server, place: Place, known: dict[tuple[str, ...], Picture]) -> None:
    """Someone looks at every view that will be measured; from then on each must look the same."""
    for _ in range(2):
        visit = Visit(kind, server, place, known)
        await visit.open()
        for value in visit.options(BASIS):
            await visit.choose(BASIS, value)
            for period in visit.options(PERIOD):
                await visit.choose(PERIOD, period)
        await visit.session.close()


async def first_runs(
    kind: Kind,
    server: Server,
    place: Place,
    known: dict[tuple[str, ...], Picture],
    reruns: Reruns,
    settings: Settings,
) -> None:
    """New tabs, one after the other."""
    sample = reruns.first.setdefault((kind.name, place.name), Sample())
    count = max(4, settings.reruns // 3)
    before = server.cpu_seconds()
    for _ in range(count):
        visit = Visit(kind, server, place, known)
        run = await visit.open()
        sample.milliseconds.append(run.seconds * 1000)
        sample.runs.append(run)
        await visit.session.close()
    sample.cpu_ms.append((server.cpu_seconds() - before) * 1000 / count)


async def alone(
    kind: Kind,
    server: Server,
    place: Place,
    change: Change,
    known: dict[tuple[str, ...], Picture],
    reruns: Reruns,
    settings: Settings,
) -> None:
    """One tab changes a filter again and again."""
    visit = Visit(kind, server, place, known)
    await visit.open()
    values = visit.options(change)
    if not values:
        return
    sample = reruns.alone.setdefault((kind.name, place.name, change.name), Sample())
    for value in values * 2:
        await visit.choose(change, value)
    before = server.cpu_seconds()
    for _, value in zip(range(settings.reruns), itertools.cycle(values), strict=False):
        run = await visit.choose(change, value)
        sample.milliseconds.append(run.seconds * 1000)
        sample.runs.append(run)
    sample.cpu_ms.append((server.cpu_seconds() - before) * 1000 / settings.reruns)
    await visit.session.close()


async def together(
    kind: Kind,
    server: Server,
    place: Place,
    change: Change,
    known: dict[tuple[str, ...], Picture],
    reruns: Reruns,
    settings: Settings,
) -> None:
    """Twenty tabs change a filter without a pause."""
    visits = [Visit(kind, server, place, known) for _ in range(USERS)]
    for visit in visits:
        await visit.open()
    if not visits[0].options(change):
        return
    sample = reruns.together.setdefault((kind.name, place.name, change.name), Sample())
    turns = [
        itertools.cycle(visit.options(change)[at % 2 :] + visit.options(change)[: at % 2])
        for at, visit in enumerate(visits)
    ]
    for visit, turn in zip(visits, turns, strict=True):
        await visit.choose(change, next(turn))
    done: list[float] = []
    started, before, played = time.perf_counter(), server.cpu_seconds(), time.process_time()
    until = started + settings.seconds_together

    async def click(visit: Visit, turn: itertools.cycle[str]) -> None:
        while time.perf_counter() < until:
            # only that the run succeeds is looked at: what it shows is checked before and after, by the same processor
            run = await visit.session.choose(visit.key(change), next(turn))
            done.append(run.seconds * 1000)

    await asyncio.gather(*(click(visit, turn) for visit, turn in zip(visits, turns, strict=True)))
    seconds = time.perf_counter() - started
    sample.cpu_ms.append((server.cpu_seconds() - before) * 1000 / len(done))
    sample.per_second.append(len(done) / seconds)
    sample.visitors_cpu_ms.append((time.process_time() - played) * 1000 / len(done))
    sample.milliseconds.extend(done)
    for visit, turn in zip(visits, turns, strict=True):
        await visit.choose(change, next(turn))  # compared with what one tab alone was shown
        await visit.session.close()


async def check_geometry(server: Server) -> dict[str, int]:
    """Sizes of the outlines as they travel; raises where a message carries outlines."""
    outlines = sorted((ROOT / "static" / "geo").glob("*.json"))
    pieces = []
    for path in outlines:
        text = path.read_text(encoding="utf-8")
        units = json.loads(text)["units"]
        pieces += [unit["path"][20:60].encode() for unit in units if len(unit.get("path", "")) > 60]
    for place in PLACES:
        visit = Visit(DASHBOARD, server, place, {})
        session = visit.session
        session.keeps_payloads = True
        runs = [await session.open()]
        for change in (PERIOD, BASIS):
            for value in visit.options(change):
                runs.append(await session.choose(change.key, value))
        for run in runs:
            if any(piece in payload for payload in run.payloads for piece in pieces):
                raise RunFailed(f"{place.name}: a message carries outlines")
        await session.close()
    sizes = {}
    for path in outlines:
        status, size = server.get(f"/app/static/geo/{path.name}")
        if status != 200:
            raise RunFailed(f"{path.name} is not served")
        sizes[path.stem] = size
    return sizes


# --- memory


async def measure_memory(settings: Settings) -> dict[str, list[float]]:
    """Memory before, half-way and after many visitors who open a page, look and leave."""
    memory: dict[str, list[float]] = {}
    for kind in KINDS:
        with serving(kind) as server:
            known: dict[tuple[str, ...], Picture] = {}
            for place in places_of(kind):
                await see_everything(kind, server, place, known)
            readings = []
            for number in range(settings.visitors + 1):
                if number in (0, settings.visitors // 2, settings.visitors):
                    await asyncio.sleep(1)
                    readings.append(server.memory_mb())
                if number < settings.visitors:
                    found = places_of(kind)
                    visit = Visit(kind, server, found[number % len(found)], known)
                    await visit.open()
                    await visit.session.close()
            memory[kind.name] = readings
        note(f"memory of {kind.name}")
    return memory


# --- tables


def note(text: str) -> None:
    """Progress, beside the tables."""
    print(f"  … {text}", file=sys.stderr, flush=True)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints a Markdown table."""
    print("\n| " + " | ".join(head) + " |")
    print("|" + "|".join([" :--- ", *[" ---: "] * (len(head) - 1)]) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def times(value: float, base: float) -> str:
    """A ratio."""
    return f"{value / base:.2f} ×" if base else "–"


def kb(size: float) -> str:
    """Bytes in thousands."""
    return f"{size / 1000:.1f}"


def print_starts(starts: Starts) -> None:
    """Start to first answer and the first visitor of all."""
    seconds = {name: statistics.median(values) for name, values in starts.seconds.items()}
    rows = [
        (
            "start to first answer, s",
            *(f"{seconds[kind.name]:.2f}" for kind in KINDS),
            times(seconds[DASHBOARD.name], seconds[BARE.name]),
            times(seconds[DASHBOARD.name], seconds[BARE_DEFAULTS.name]),
            "≤ 1.5 ×",
        )
    ]
    for place in PLACES:
        cold = starts.cold.get((DASHBOARD.name, place.name))
        if cold:
            own = statistics.median(cold)
            bare, defaults = (
                statistics.median(starts.cold[kind.name, BARE_PLACE.name]) for kind in (BARE, BARE_DEFAULTS)
            )
            rows.append(
                (
                    f"first visitor after the start, {place.name}, ms",
                    f"{own:.0f}",
                    f"{bare:.0f}",
                    f"{defaults:.0f}",
                    times(own, bare),
                    times(own, defaults),
                    "",
                )
            )
    table(("", *(kind.name for kind in KINDS), "to bare, same settings", "to bare, defaults", "aim"), rows)


def print_reruns(reruns: Reruns) -> None:
    """First runs, reruns alone and together, and what travels."""
    head = ("", *(kind.name for kind in KINDS), "to bare, same settings", "to bare, defaults", "aim")
    for place in PLACES:
        rows: list[tuple[str, ...]] = []

        def add(
            name: str,
            samples: tuple[Sample, Sample, Sample],
            what: Callable[[Sample], float],
            aim: str = "",
            digits: int = 1,
            rows: list[tuple[str, ...]] = rows,
        ) -> None:
            own, bare, defaults = (what(sample) for sample in samples)
            shown = (f"{value:.{digits}f}" for value in (own, bare, defaults))
            rows.append((name, *shown, times(own, bare), times(own, defaults), aim))

        def of(samples: Samples, change: Change, name: str = place.name) -> tuple[Sample, Sample, Sample] | None:
            found = [
                samples.get((kind.name, name if kind.is_dashboard else BARE_PLACE.name, change.name)) for kind in KINDS
            ]
            own, bare, defaults = found
            return (own, bare, defaults) if own and bare and defaults else None

        own, bare, defaults = (
            reruns.first[kind.name, place.name if kind.is_dashboard else BARE_PLACE.name] for kind in KINDS
        )
        first = (own, bare, defaults)
        add("first run of a session, ms", first, Sample.time, digits=0)
        add("first run of a session, CPU ms", first, Sample.cpu)
        for change in CHANGES:
            if samples := of(reruns.alone, change):
                add(f"1 session, {change.name}: CPU ms", samples, Sample.cpu, "≤ 3 × same settings")
                add(f"1 session, {change.name}: ms", samples, Sample.time)
        if samples := of(reruns.together, PERIOD):
            add(f"{USERS} sessions, {PERIOD.name}: reruns a second", samples, Sample.rate, "≥ 5 × defaults")
            add(f"{USERS} sessions, {PERIOD.name}: CPU ms a rerun", samples, Sample.cpu)
            add(f"{USERS} sessions, {PERIOD.name}: ms, median", samples, Sample.time, digits=0)
            add(f"{USERS} sessions, {PERIOD.name}: CPU ms a rerun of those who play them", samples, Sample.visitors_cpu)
        print(f"\n**{place.name}**")
        table(head, rows)
    print_travel(reruns)


def print_travel(reruns: Reruns) -> None:
    """Messages and bytes, the most that one run sent."""
    rows = []
    for kind in KINDS:
        for place in places_of(kind):
            name = f"{kind.name}, {place.name}" if kind.is_dashboard else kind.name
            samples = [("first view", reruns.first[kind.name, place.name], "≤ 150 KB")]
            samples += [
                (change.name, reruns.alone[kind.name, place.name, change.name], "≤ 15 KB")
                for change in (CHANGES if kind.is_dashboard else (BACK, PERIOD))
                if (kind.name, place.name, change.name) in reruns.alone
            ]
            for what, sample, aim in samples:
                rows.append(
                    (
                        f"{name}: {what}",
                        f"{sample.largest(lambda run: run.messages):.0f}",
                        kb(sample.largest(lambda run: run.sent_bytes)),
                        kb(sample.largest(lambda run: run.wire_bytes)),
                        aim if kind.is_dashboard else "",
                    )
                )
    print("\n**What travels over the websocket, the most that one run sent**")
    table(("", "messages", "KB of messages", "KB on the wire", "aim"), rows)
    outlines = [(name, kb(size)) for name, size in reruns.geometry.items()]
    outlines.append(("all, once, kept by the browser", kb(sum(reruns.geometry.values()))))
    print("\n**Outlines, by address (no message carries any)**")
    table(("", "KB compressed (aim: ≤ 60)"), outlines)


def print_memory(memory: dict[str, list[float]], visitors: int) -> None:
    """Memory before and after."""
    rows = [
        (
            name,
            *(f"{value:.0f}" for value in values),
            f"{values[-1] - values[0]:+.1f}",
            f"{values[-1] - values[1]:+.1f}",
        )
        for name, values in memory.items()
    ]
    print(f"\n**Memory, MB, before and after {visitors} sessions (open, one run, close); aim: flat**")
    table(("", "before", f"after {visitors // 2}", f"after {visitors}", "all", "second half"), rows)


async def main() -> None:
    """Entry."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: an impression, not a measurement")
    parser.add_argument("--part", choices=("start", "reruns", "memory"), help="only one part")
    arguments = parser.parse_args()
    settings = QUICK if arguments.quick else Settings()
    if arguments.part in (None, "start"):
        print_starts(await measure_starts(settings))
    if arguments.part in (None, "reruns"):
        print_reruns(await measure_reruns(settings))
    if arguments.part in (None, "memory"):
        print_memory(await measure_memory(settings), settings.visitors)


if __name__ == "__main__":
    asyncio.run(main())
