"""The deployment of docs/deployment.md: nginx from the system's packages with deploy/nginx.conf, TLS, and a path below /."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from dashboard import ROOT, Server, await_parameters, bar, copied_project, free_port, opened, segment, settled
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sign_in import EDITOR, provider, sign_in, sign_out, write_secrets
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
OPENSSL = shutil.which("openssl")
BASE = "/map"
START_SECONDS = 20

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:.*deprecated.*"),
    pytest.mark.skipif(NGINX is None, reason="no nginx on this machine; run scripts/install-nginx"),
    pytest.mark.skipif(OPENSSL is None, reason="no openssl on this machine to make a certificate with"),
]


@dataclass
class Front:
    """nginx in front of the dashboard.

    Attributes:
        url: address of the dashboard through nginx.
        tls, plain: ports.
        behind: the dashboard itself.
    """

    url: str
    tls: int
    plain: int
    behind: Server
    folder: Path
    context: ssl.SSLContext


def configuration(folder: Path, tls: int, plain: int, behind: int) -> str:
    """deploy/nginx.conf with the addresses and paths of this test, everything else as it is delivered."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)  # a test machine may have no IPv6
    for old, new in (
        ("listen 443 ", f"listen 127.0.0.1:{tls} "),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("server 127.0.0.1:8501;", f"server 127.0.0.1:{behind};"),
        ("server_name map.example.kz;", "server_name map.example.kz localhost;"),
        ("/etc/ssl/map.example.kz/", f"{folder}/"),
        ("/var/cache/nginx/", f"{folder}/cache-"),
        ("/var/log/nginx/", f"{folder}/"),
    ):
        assert old in text, f"deploy/nginx.conf no longer has {old}"
        text = text.replace(old, new)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    user = "user root;" if os.getuid() == 0 else ""
    temporary = "".join(
        f"  {kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off; {user} worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log warn;\n"
        f"events {{ worker_connections 512; }}\nhttp {{\n{temporary}  include {folder}/site.conf;\n}}\n"
    )


def certificate(folder: Path) -> None:
    """A certificate for localhost that nobody but this test trusts."""
    subprocess.run(
        [
            str(OPENSSL), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,DNS:map.example.kz",
            "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem"),
        ],
        check=True, capture_output=True, timeout=30,
    )  # fmt: skip


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("nginx")
    certificate(folder)
    root = copied_project(tmp_path_factory.mktemp("behind") / "project")
    tls, plain = free_port(), free_port()
    url = f"https://localhost:{tls}{BASE}"
    with provider() as address:
        write_secrets(root, address, url)
        with Server(root, root / "log.txt", base=BASE) as behind:
            whole = folder / "nginx.conf"
            whole.write_text(configuration(folder, tls, plain, behind.port), encoding="utf-8")
            command = [str(NGINX), "-p", str(folder), "-c", str(whole)]
            tried = subprocess.run([*command, "-t"], capture_output=True, text=True, timeout=30)
            assert tried.returncode == 0, tried.stderr
            running = subprocess.Popen(command)
            try:
                await_listening(tls, running)
                trusted = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
                yield Front(url, tls, plain, behind, folder, trusted)
            finally:
                running.terminate()
                running.wait(10)


def await_listening(port: int, running: subprocess.Popen[bytes]) -> None:
    started = time.monotonic()
    while time.monotonic() - started < START_SECONDS and running.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("nginx did not start")


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_: object) -> None:
        return None


def asked(
    front: Front, path: str, *, plain: bool = False, method: str = "GET", data: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one request through nginx."""
    opener = urllib.request.build_opener(Stay, urllib.request.HTTPSHandler(context=front.context))
    address = f"http://localhost:{front.plain}{path}" if plain else f"https://localhost:{front.tls}{path}"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, data=data, method=method, headers=named)
    try:
        answer = opener.open(request, timeout=20)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(ignore_https_errors=True, locale="ru-RU")
    made.set_default_timeout(20_000)
    yield made
    made.close()


def test_every_address_leads_to_the_dashboard_by_tls(front: Front) -> None:
    status, headers, _ = asked(front, "/map/funding?lang=kk", plain=True)
    assert (status, headers["location"]) == (301, "https://localhost/map/funding?lang=kk")
    assert asked(front, "/")[1]["location"].endswith("/map/")
    assert asked(front, "/map?lang=kk")[1]["location"].endswith("/map/?lang=kk")
    assert asked(front, "/other")[0] == 404


def test_the_page_comes_with_its_headers(front: Front) -> None:
    status, headers, body = asked(front, "/map/", Accept_Encoding="gzip")
    assert status == 200 and body.startswith(b"\x1f\x8b") and headers["content-encoding"] == "gzip"
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert "default-src 'self'" in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")
    assert "camera=()" in headers["permissions-policy"]
    assert "/" not in headers["server"], "the version of nginx is nobody's business"
    for name in ("strict-transport-security", "content-security-policy", "permissions-policy"):
        assert name in asked(front, "/map/app/static/geo/map17.json")[1], "no location loses the headers"


def test_health_is_told_and_counters_are_for_the_machine_itself(front: Front) -> None:
    assert asked(front, "/map/_stcore/health")[2] == b"ok"
    status, _, body = asked(front, "/map/_stcore/script-health-check")
    assert (status, body) == (200, b"ok"), "the whole script runs, with data"
    assert asked(front, "/map/_stcore/metrics")[0] == 200
    blocked = (front.folder / "site.conf").read_text(encoding="utf-8")
    for place in ("metrics", "script-health-check"):
        assert re.search(rf"_stcore/[^{{]*{place}[^{{]*\{{\s+allow 127.0.0.1;\s+allow ::1;\s+deny  all;", blocked)


def test_what_never_changes_is_served_from_the_cache(front: Front) -> None:
    _, _, page = asked(front, "/map/")
    script = re.search(rb'src="\.?/?(?:map/)?(static/js/[^"]+\.js)"', page)
    assert script, "Streamlit's page names its script"
    _, headers, body = asked(front, f"/map/{script.group(1).decode()}", Accept_Encoding="gzip")
    assert headers["content-encoding"] == "gzip" and body.startswith(b"\x1f\x8b")
    assert "immutable" in headers["cache-control"] or int(re.search(r"\d+", headers["cache-control"])[0]) > 86400
    assert "set-cookie" not in headers
    _, headers, body = asked(front, "/map/app/static/geo/map17.json")
    assert body.startswith(b"{") and "max-age" in headers["cache-control"]
    cached = b"".join(path.read_bytes() for path in (front.folder / "cache-rzh").rglob("*") if path.is_file())
    assert b"app/static/geo/map17.json" in cached and script.group(1) in cached


def test_what_is_too_large_or_too_much_is_refused(front: Front) -> None:
    assert asked(front, "/map/", method="POST", data=b"x" * 70_000)[0] == 413
    upload = "/map/_stcore/upload_file/a-session/a-file"
    assert asked(front, upload, method="PUT", data=b"x" * 70_000)[0] == 403, (
        "a workbook may be larger; an editor sends it"
    )
    assert asked(front, upload, method="PUT", data=b"x" * 9_500_000)[0] == 413
    assert 429 in {asked(front, upload, method="PUT", data=b"x")[0] for _ in range(15)}


def test_a_page_of_the_site_itself_gets_a_stream_and_one_of_another_site_none(front: Front) -> None:
    stream = "wss://map.example.kz/map/_stcore/stream"  # Streamlit lets every page of localhost in
    for origin, is_let_in in (("https://map.example.kz", True), ("https://evil.example", False)):
        with socket.create_connection(("127.0.0.1", front.tls), timeout=20) as wire:
            try:
                with connect(stream, sock=wire, ssl=front.context, origin=Origin(origin)):
                    assert is_let_in
            except InvalidStatus as error:
                assert (error.response.status_code, is_let_in) == (403, False)


def test_the_dashboard_works_below_a_path(front: Front, context: BrowserContext) -> None:
    requests: list[str] = []
    failed: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.on("websocket", lambda stream: requests.append(stream.url))
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.on("pageerror", lambda error: failed.append(str(error)))
    opened(page, f"{front.url}/?lang=ru&period=2018")
    page.locator('.rm-large .rm-svg [data-region="pavlodar"]').first.wait_for()
    segment(page, "period", "2017").click()
    await_parameters(page, period="2017")
    bar(page, "pavlodar").click()
    await_parameters(page, region="pavlodar")
    assert page.url.startswith(f"{front.url}/?")

    page.get_by_text("Профиль региона").first.click()
    page.wait_for_url("**/map/region?**")
    settled(page)
    expect(page.locator("h1")).to_contain_text("Павлодар")
    page.locator("header").get_by_text("Источники").first.click()
    page.wait_for_url("**/map/sources?**")
    settled(page)
    page.reload()
    settled(page)
    assert "region=pavlodar" in page.url

    outside = [url for url in requests if not re.match(rf"(https|wss)://localhost:{front.tls}/map/|data:|blob:", url)]
    assert outside == []
    assert any("/map/app/static/geo/map" in url for url in requests)
    # On a page of its own address Streamlit's client first looks for its server below that page, then one level up.
    assert [url for url in failed if not re.search(r"/map/\w+/_stcore/(health|host-config)$", url)] == []


def test_signing_in_works_below_a_path_and_cookies_are_secure(front: Front, context: BrowserContext) -> None:
    page: Page = opened(context.new_page(), f"{front.url}/foresight?lang=ru&period=2018")
    sign_in(page, EDITOR)
    assert page.url.startswith(f"{front.url}/foresight?") and "period=2018" in page.url
    expect(page.locator(".st-key-access")).to_contain_text("редактор")
    cookies = {cookie["name"]: cookie for cookie in context.cookies(front.url)}
    assert cookies["_streamlit_user"]["secure"] and cookies["_streamlit_user"]["httpOnly"]
    assert cookies["_streamlit_user"]["path"] == BASE
    sign_out(page)
    assert page.url.startswith(f"{front.url}/?lang=ru")
    assert "_streamlit_user" not in {cookie["name"] for cookie in context.cookies(front.url)}
    log = (front.folder / "rzh.log").read_text(encoding="utf-8")
    assert "/map/oauth2callback" in log and "code=" not in log and "period=" not in log
