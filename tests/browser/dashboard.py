"""What browser tests share: the dashboard as a running server, and where things stand on its pages."""

from __future__ import annotations

import ast
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, TimeoutError, expect

from rzh_data.schema import LANGUAGES as LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
HOME = "overview"


def _pages() -> tuple[str, ...]:
    """Addresses of all pages, as app.py names them; the overview has none of its own."""
    for node in ast.parse((ROOT / "app.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "PAGES":
            return tuple("" if name == HOME else name for name in ast.literal_eval(node.value))
    raise AssertionError("app.py names no PAGES")


PAGES = _pages()
DESK, PHONE = (1280, 900), (390, 844)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
REGIONS = (
    "nur_sultan", "almaty_city", "shymkent", "akmola", "aktobe", "almaty_region", "atyrau", "east_kazakhstan", "zhambyl",
    "west_kazakhstan", "karaganda", "kostanay", "kyzylorda", "mangystau", "pavlodar", "north_kazakhstan", "turkestan",
)  # fmt: skip
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
START_SECONDS = 60
ROW_HEIGHT = 35
ROW_BOX = 18
"""Pixels from the edge of a table to the middle of the box that marks a row."""
QUIET = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  if (app?.dataset.testScriptState !== "notRunning") return false;
  return !document.querySelector("[data-stale=true], [data-testid=stSkeleton]");
}"""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def copied_project(root: Path) -> Path:
    """The project in a folder of its own, with extracts of its own."""
    left_out = shutil.ignore_patterns(".*", "__pycache__", "parquet", "tests", "benchmarks", "node_modules", "log")
    shutil.copytree(ROOT, root, ignore=left_out)
    shutil.copytree(ROOT / ".streamlit", root / ".streamlit", ignore=shutil.ignore_patterns("secrets.toml"))
    rebuilt(root)
    return root


def rebuilt(root: Path) -> None:
    """Builds the extracts of the project in `root`."""
    subprocess.run([sys.executable, "-m", "rzh_data", "build"], cwd=root, check=True, stdout=subprocess.DEVNULL)


class Server:
    """The dashboard of the project in `root`, as `make run` starts it, on a free port, below the path `base` if given."""

    def __init__(self, root: Path, log: Path, *, port: int | None = None, base: str = "") -> None:
        self.root, self.log = root, log
        self.port = port or free_port()
        self.base = base
        self.url = f"http://localhost:{self.port}{base}"

    def __enter__(self) -> Server:
        command = [sys.executable, "-m", "streamlit", "run", "server.py", "--server.port", str(self.port)]
        if self.base:
            command += ["--server.baseUrlPath", self.base, "--server.scriptHealthCheckEnabled", "true"]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(command, cwd=self.root, stdout=log, stderr=subprocess.STDOUT)
        started = time.monotonic()
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() - started > START_SECONDS:
                self.__exit__()
                raise RuntimeError(f"the dashboard did not start:\n{self.log.read_text(encoding='utf-8')}")
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def settled(page: Page) -> None:
    """Waits until the script has run, what it drew is on the page, and nothing new begins."""
    page.wait_for_selector(IDLE)
    quiet = 0
    for _ in range(300):
        quiet = quiet + 1 if page.evaluate(QUIET) else 0
        if quiet == 4:
            return
        page.wait_for_timeout(50)
    raise AssertionError("the page does not come to rest")


def opened(page: Page, address: str) -> Page:
    """Goes to `address` and waits for the page with its map and charts."""
    page.goto(address)
    return drawn(page)


def drawn(page: Page) -> Page:
    """Waits for the page that is being loaded, with its map and charts."""
    page.wait_for_selector(IDLE)
    page.wait_for_selector("footer.rz-foot, [data-testid=stException], .rz-broke")
    assert not page.locator("[data-testid=stException], .rz-broke").count(), (
        "the page broke; the server's log says where"
    )
    settled(page)
    if page.locator(".st-key-map").count():
        page.wait_for_selector(".rm-large .rm-bar")
    if page.locator("[data-testid=stVegaLiteChart]").count():
        page.wait_for_selector("[data-testid=stVegaLiteChart] svg.marks")
    return page


def parameters(page: Page) -> dict[str, str]:
    """The choices that stand in the address."""
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def await_parameters(page: Page, **wanted: str | None) -> None:
    """Waits until the address has each of `wanted`; None stands for a parameter that is not there."""
    for _ in range(200):
        found = parameters(page)
        if all(found.get(name) == value for name, value in wanted.items()):
            settled(page)
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"the address has {parameters(page)}, not {wanted}")


def shape(page: Page, region: str) -> Locator:
    """A region on the large map: a polygon, or the circle of a city."""
    return page.locator(f'.rm-large .rm-svg [data-region="{region}"]').first


def bar(page: Page, region: str) -> Locator:
    return page.locator(f'.rm-bar[data-region="{region}"]')


def city(page: Page, region: str) -> Locator:
    return page.locator(f'.rm-cities button[data-region="{region}"]')


def box(page: Page, key: str) -> Locator:
    """The text field of a select box."""
    return page.locator(f".st-key-{key} input")


def pick(page: Page, key: str, label: str) -> None:
    """Chooses `label` in the select box `key` by typing. An answer of the server that arrives meanwhile closes the list."""
    option = page.get_by_role("option", name=label, exact=True)
    for _ in range(5):
        box(page, key).fill(label)
        try:
            option.click(timeout=3_000)
            return
        except TimeoutError:
            page.keyboard.press("Escape")
    raise AssertionError(f"the list of {key} does not offer {label}")


def keep_only(page: Page, key: str, *names: str) -> None:
    """Ticks `names` in the filter `key` (principles or regions) of the bar, which opens for it and closes again."""
    page.locator(".st-key-filters [data-testid=stPopover] button").nth(("principles", "regions").index(key)).click()
    for name in names:
        pills = page.locator(f".st-key-{key}")
        pills.get_by_role("button", name=name, exact=True).or_(
            pills.get_by_role("checkbox", name=name, exact=True)
        ).first.click()
        settled(page)
    page.keyboard.press("Escape")
    settled(page)


def seen(page: Page) -> list[str]:
    """What a visitor reads: the page's text, and the map's, which lies in a shadow root."""
    texts = [page.locator("[data-testid=stMainBlockContainer]").inner_text()]
    for part in (".rm-bars", ".rm-legend", ".rm-label", ".rm-small-map"):
        texts += page.locator(part).all_inner_texts()
    return texts + page.locator("svg.marks text").all_text_contents()


def segment(page: Page, key: str, label: str | re.Pattern[str]) -> Locator:
    return page.locator(f".st-key-{key}").get_by_role("radio", name=label, exact=True)


def chosen(page: Page, key: str) -> str:
    """The label of the segment that is chosen."""
    return page.locator(f".st-key-{key} [role=radio][aria-checked=true]").inner_text()


def open_table(page: Page, key: str) -> Locator:
    """Opens the table of the figure `key` and waits for its rows."""
    page.locator(f".st-key-{key}_table summary").click()
    grid = page.locator(f".st-key-{key}_table [data-testid=stDataFrame]").first
    grid.wait_for()
    settled(page)
    grid.scroll_into_view_if_needed()
    expect(grid.locator("canvas").first).to_be_visible()
    return grid


def mark(page: Page, grid: Locator, row: int, *, across: float | None = None) -> None:
    """Marks a row of a table by its box, or a cell by its place, as a part of the table's width; rows count from 0.

    The table is a picture, so it is clicked by its place. Under load a click may be lost before the table takes it: then no
    mark is to be seen, and it is clicked once more, as a visitor would.
    """
    marked = grid.locator(f'[role=row][aria-rowindex="{row + 2}"]')
    marked = marked.and_(grid.locator("[aria-selected=true], :has([aria-selected=true])"))
    for _ in range(3):
        grid.scroll_into_view_if_needed()
        place = grid.bounding_box()
        assert place is not None
        x = ROW_BOX if across is None else place["width"] * across
        page.mouse.click(place["x"] + x, place["y"] + ROW_HEIGHT * (row + 1.5))
        try:
            marked.wait_for(state="attached", timeout=10_000)
        except TimeoutError:
            continue
        settled(page)
        return
    raise AssertionError(f"row {row} of the table takes no mark")


def stretched(page: Page) -> None:
    """Makes the window as tall as the page: what one must scroll to is not measured by tools that look at the window.

    What is drawn late, or in another size in another window, may make the page longer again.
    """
    width = (page.viewport_size or {"width": DESK[0]})["width"]
    for _ in range(5):
        height, seen = page.evaluate(
            "(main => [main.scrollHeight, main.clientHeight])(document.querySelector('[data-testid=stMain]'))"
        )
        if height <= seen:
            return
        page.set_viewport_size({"width": width, "height": height + 100})
        settled(page)
    raise AssertionError("the page grows with its window")


def still(page: Page) -> None:
    """Nothing glides any more: half-way between two themes nothing has contrast."""
    page.add_style_tag(content="* { transition: none !important; }")


LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
NAMES = re.compile(
    r"UNHCR/OCHA COD-AB Kazakhstan|CC BY-IGO|OpenStreetMap"  # how the sources of the boundaries are to be named
    r"|CSV|XLSX|PNG|SVG|PPTX|PDF|QR|Parquet|UTF-8|Excel|SQL|SHA-256|CHANGELOG\.md"  # formats, a check sum, a file, a language
    r"|Streamlit"  # who made the engine; its menu says so
    r"|English|\b(?:KK|RU|EN)\b"  # a language is named in itself, or by its sign
    r"|\b[0-9a-f]{16}\b"  # a version of the data
    r"|WorldSkills|OpenU|ASAR|Country life|Zoom|YouTube|Ruh\.kz|Aqtóbe"  # names that the documents print so in both halves
    r"|\b(IT|PR|SMM)\b|(?i:\bnudge\b)|Face to face"  # terms that both halves print in Latin letters
)
SAID = """() => {
  const found = [];
  const names = ["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "alt", "placeholder"];
  const own = document.documentElement.lang;
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (["STYLE", "SCRIPT", "NOSCRIPT", "TEMPLATE"].includes(element.tagName)) continue;
      if (element.closest("[aria-hidden=true]") && !element.checkVisibility()) continue;
      const who = element.dataset?.testid || element.getAttribute("class") || element.tagName;
      if (element.shadowRoot) walk(element.shadowRoot);
      if (element.dataset?.testid === "stIconMaterial") continue;  // the name of a drawing, shown as the drawing
      if (element.closest("[translate=no]")) continue;  // a name, printed so in either language
      if ((element.closest("[lang]")?.lang ?? own) !== own) continue;  // said to be another language, and read so
      for (const name of element.closest("[aria-hidden=true]") ? [] : names) {
        const value = element.getAttribute(name);
        if (value) found.push([`${who} ${name}`, value]);
      }
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE && node.data.trim()) found.push([who, node.data.trim()]);
      }
    }
  };
  walk(document.body);
  return found;
}"""


def foreign_words(page: Page) -> list[str]:
    """Texts and names for screen readers that have a word in Latin letters, and where they stand."""
    said = page.evaluate(SAID)
    assert len(said) > 50
    return [f"{where}: {text}" for where, text in said if LATIN_WORD.search(NAMES.sub("", text))]


def table_keys(page: Page) -> list[str]:
    """Keys of the figures on this page that have a table."""
    found = page.locator("[class*=_table]").evaluate_all("elements => elements.map((element) => element.className)")
    keys = [match.group(1) for name in found if (match := re.search(r"st-key-(\w+)_table\b", name))]
    return list(dict.fromkeys(keys))


def shapes(page: Page) -> list[dict[str, Any]]:
    """Every region as the large map draws it: which element, which colour, and where."""
    page.wait_for_selector(".rm-large .rm-svg [data-region]")
    return page.locator(".rm-large .rm-svg [data-region]").evaluate_all(
        """elements => elements.map((element) => ({
          region: element.dataset.region, tag: element.tagName, fill: getComputedStyle(element).fill,
          path: element.getAttribute("d"), radius: element.getAttribute("r"),
        }))"""
    )


Visit = Callable[..., Page]
