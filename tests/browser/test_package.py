"""Whoever clicks gets the whole release in one archive, complete by its own checksums."""

from __future__ import annotations

import hashlib
import zipfile

from dashboard import Server, opened
from playwright.sync_api import Browser

from rzh_ui.i18n import messages


def test_the_archive_is_complete(server: Server, browser: Browser) -> None:
    context = browser.new_context(locale="ru-RU", accept_downloads=True)
    page = opened(context.new_page(), f"{server.url}/sources?lang=ru")
    button = page.get_by_role("button", name=messages("ru")("package.button"))
    with page.expect_download(timeout=60_000) as expected:
        button.click()
    download = expected.value
    name = download.suggested_filename.removesuffix(".zip")
    assert name.startswith("rukhani-zhangyru-")
    with zipfile.ZipFile(download.path()) as pack:
        sums = pack.read(f"{name}/SHA256SUMS").decode().splitlines()
        assert len(sums) == len(pack.namelist()) - 1 > 60
        for line in sums:
            digest, path = line.split("  ")
            assert hashlib.sha256(pack.read(f"{name}/{path}")).hexdigest() == digest
    context.close()
