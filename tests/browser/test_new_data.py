"""Whoever corrects a figure sees the correction on the next click; nobody restarts anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from dashboard import Server, await_parameters, copied_project, opened, rebuilt, segment
from playwright.sync_api import Browser, expect


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copied_project(tmp_path / "project")


def test_a_new_data_version_is_shown_without_a_restart(copy: Path, browser: Browser) -> None:
    with Server(copy, copy / "log.txt") as running:
        context = browser.new_context(locale="ru-RU")
        page = opened(context.new_page(), f"{running.url}/?lang=ru&per=capita&period=2018")
        row = page.locator('.rm-bar[data-region="pavlodar"] .rm-bar-value')
        before = row.inner_text()

        population = copy / "data" / "facts" / "population.csv"
        lines = population.read_text(encoding="utf-8").splitlines()
        place = next(index for index, line in enumerate(lines) if line.startswith("pavlodar,2018,"))
        region, year, date, count, source = lines[place].split(",", 4)
        lines[place] = ",".join((region, year, date, str(int(count) * 2), source))
        country = next((index for index, line in enumerate(lines) if line.startswith("kazakhstan,2018,")), None)
        if country is not None:  # the country is the sum of its regions
            region, year, date, total, source = lines[country].split(",", 4)
            lines[country] = ",".join((region, year, date, str(int(total) + int(count)), source))
        population.write_text("\n".join(lines) + "\n", encoding="utf-8")
        regions = copy / "data" / "facts" / "regions.csv"
        text = regions.read_text(encoding="utf-8")
        assert "Павлодарская" in text
        regions.write_text(text.replace("Павлодарская", "Прииртышская"), encoding="utf-8")
        rebuilt(copy)
        assert row.inner_text() == before

        segment(page, "period", "2017").click()
        await_parameters(page, period="2017")
        expect(page.locator('.rm-bar[data-region="pavlodar"]')).to_contain_text("Прииртышская")
        segment(page, "period", "2018").click()
        await_parameters(page, period="2018")
        expect(row).not_to_have_text(before)
        after = row.inner_text()

        other = opened(context.new_page(), f"{running.url}/?lang=ru&per=capita&period=2018")
        expect(other.locator('.rm-bar[data-region="pavlodar"] .rm-bar-value')).to_have_text(after)
        expect(other.locator('.rm-bar[data-region="pavlodar"]')).to_contain_text("Прииртышская")
        context.close()
