"""Takes the pictures in README.md and docs/ from the running dashboard: `make screenshots`."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True)
class Picture:
    """One picture: its file, the address, the window, and the element that must be there before it is taken."""

    name: str
    address: str
    width: int
    height: int
    scheme: str
    wait_for: str


MAP, CHART, FOOT = ".rm-bar", "[data-testid=stVegaLiteChart] svg", "footer.rz-foot"
TABLE, SLIDE = "[data-testid=stDataFrame] canvas", "html[data-rz-presenting=''] .slide.now svg.hall"
TAKEN = (
    Picture("overview-kk.png", "?lang=kk&region=pavlodar&period=2018", 1440, 1180, "light", MAP),
    Picture("overview-ru-dark.png", "?lang=ru&per=capita", 1440, 1180, "dark", MAP),
    Picture("overview-kk-phone.png", "?lang=kk", 390, 844, "light", MAP),
    Picture("region-kk.png", "region?lang=kk&region=pavlodar", 1440, 1180, "light", CHART),
    Picture("principles-ru.png", "principles?lang=ru", 1440, 1180, "light", FOOT),
    Picture("funding-ru.png", "funding?lang=ru", 1440, 1180, "light", CHART),
    Picture("accelerator-kk.png", "accelerator?lang=kk", 1440, 1180, "light", FOOT),
    Picture("awareness-kk-dark.png", "awareness?lang=kk", 1440, 1180, "dark", FOOT),
    Picture("foresight-ru.png", "foresight?lang=ru", 1440, 1180, "light", FOOT),
    Picture("explore-kk.png", "explore?lang=kk", 1440, 1180, "light", TABLE),
    Picture("sources-ru.png", "sources?lang=ru", 1440, 1180, "light", CHART),
    Picture("present-kk.png", "present?lang=kk&slide=3", 1600, 900, "light", SLIDE),
)


@contextmanager
def serving() -> Iterator[str]:
    """Starts the dashboard on a free port and gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "server.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/"
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.25)
        yield address
    finally:
        server.terminate()
        server.wait()


def take(browser: Browser, address: str, picture: Picture) -> Path:
    """Takes one picture; returns its path."""
    window = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
    )
    page = window.new_page()
    page.goto(address + picture.address)
    page.wait_for_selector(READY)
    page.wait_for_selector(picture.wait_for)
    page.wait_for_timeout(1500)  # fonts and transitions settle
    path = PICTURES / picture.name
    page.screenshot(path=path)
    window.close()
    lighten(path)
    return path


def lighten(path: Path) -> None:
    """Keeps 256 colours of a picture: flat colours and letters look the same and weigh half."""
    with Image.open(path) as picture:
        reduced = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    reduced.save(path, optimize=True)


def main() -> None:
    """Takes every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for picture in TAKEN:
            path = take(browser, address, picture)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")
        browser.close()


if __name__ == "__main__":
    main()
