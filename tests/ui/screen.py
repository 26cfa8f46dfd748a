"""What the tests of the screen share: the running application without a browser, its HTML as text, the facts as SQL."""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from rzh_data import build
from rzh_data.schema import LANGUAGES
from rzh_ui.i18n import messages

build.build()  # what tests are made for (indicators, periods) is read while they are collected

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT / "data" / "facts"
NO_BREAK = "\u00a0"
TRANSLATIONS = {language: messages(language) for language in LANGUAGES}


def pages() -> tuple[str, ...]:
    """The pages that app.py has in its navigation."""
    tree = ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "PAGES":
            return ast.literal_eval(node.value)
    raise AssertionError("app.py names no PAGES")


PAGES = pages()
EDITORS_PAGE = "editor"
"""The one page that app.py adds for those who may enter data."""
prepare_plain = PagesManager.__init__


def prepare_as_server(self: PagesManager, *arguments: Any, **options: Any) -> None:
    """AppTest forgets before every run what `door.use_navigation` told the server: app.py decides over the pages."""
    prepare_plain(self, *arguments, **options)
    PagesManager.uses_pages_directory = False


def opened(page: str = "overview", **address: str | list[str]) -> AppTest:
    """A page as a visitor sees it who opens `address`."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    for key, value in {"lang": "kk", **address}.items():
        app.query_params[key] = value
    app.run()
    return app if page == "overview" else turned(app, page)


def turned(app: AppTest, page: str) -> AppTest:
    """The same visit on another page."""
    return app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()


def failures(app: AppTest) -> str:
    """What went wrong on the page, with the trace; "" where nothing did."""
    return "\n".join("\n".join([one.message, *one.stack_trace]) for one in app.exception)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain(html: str) -> str:
    """The words of a piece of HTML, one line a text."""
    parser = _Text()
    parser.feed(html)
    return "\n".join(parser.parts)


def bodies(app: AppTest) -> list[str]:
    """All HTML on the page but the style, in order."""
    return [one.proto.body for one in app.get("html") if not one.proto.body.startswith("<style")]


def words(app: AppTest) -> str:
    """All words that our own HTML puts on the page."""
    return "\n".join(plain(body) for body in bodies(app))


def charts(app: AppTest) -> list[dict[str, Any]]:
    """Specifications of the page's charts, with the rows that travel beside them."""
    found = []
    for one in app.get("vega_lite_chart"):
        spec = json.loads(one.proto.spec)
        beside = {rows.name: pa.ipc.open_stream(rows.data.data).read_all() for rows in one.proto.datasets}
        found.append({**spec, "datasets": {name: table.to_pylist() for name, table in beside.items()}})
    return found


def drawn_rows(chart: dict[str, Any], *columns: str) -> list[dict[str, Any]]:
    """The rows of the chart's data set that has all these columns."""
    found = [rows for rows in chart["datasets"].values() if rows and set(columns) <= set(rows[0])]
    assert len(found) == 1, f"{len(found)} data sets have {columns}"
    return found[0]


def says(shown: str, message: str) -> bool:
    """Whether a text is a message with its placeholders filled, whatever they are filled with."""
    parts = re.split(r"\{\w+\}", message)
    return re.fullmatch(".+".join(re.escape(part) for part in parts), shown) is not None


def components(app: AppTest, name: str) -> list[dict[str, Any]]:
    """What the page hands to its own component called `name`."""
    protos = [one.proto for one in app.get("bidi_component")]
    return [
        json.loads(getattr(proto, proto.WhichOneof("data"))) for proto in protos if proto.component_name.endswith(name)
    ]


class Elements(HTMLParser):
    """Texts of the elements that `wanted` (tag or .class) names, in order, each whole with what lies inside."""

    VOID = frozenset({"br", "img", "hr"})

    def __init__(self, html: str, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted
        self.found: list[str] = []
        self._open: list[tuple[str, int | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        hit = self.wanted[1:] in classes if self.wanted.startswith(".") else tag == self.wanted
        if hit:
            self.found.append("")
        if tag not in self.VOID:
            self._open.append((tag, len(self.found) - 1 if hit else None))

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open[-1][0] == tag, f"</{tag}> closes {self._open[-1:]}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for _, index in self._open:
            if index is not None:
                self.found[index] += data


def elements(html: str, wanted: str) -> list[str]:
    """Texts of the elements named by a tag (`li`) or a class (`.rz-tile-value`)."""
    return Elements(html, wanted).found


@cache
def facts() -> duckdb.DuckDBPyConnection:
    """The facts as they were entered, in SQL, by no code of ours: figures are checked against these."""
    con = duckdb.connect()
    for name in ("observations", "further_places"):
        con.execute(f"CREATE TABLE {name} AS FROM read_csv('{FACTS}/{name}/*.csv', all_varchar = true)")
    return con


def printed(condition: str) -> Any:
    """The only value of the preferred observations that `condition` (SQL) picks, as a whole number or a float."""
    rows = facts().execute(f"SELECT value FROM observations WHERE preferred = 'true' AND {condition}").fetchall()
    assert len(rows) == 1, f"{condition}: {len(rows)} rows"
    return float(rows[0][0]) if "." in rows[0][0] else int(rows[0][0])
