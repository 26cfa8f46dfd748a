"""Every figure can be asked where it comes from, and its numbers can be taken away."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from dashboard import DESK, Visit, mark, open_table, table_keys
from playwright.sync_api import expect

SECTION = r"(?:Технологические пакеты|Пособие по разъяснительной работе), .+"
"""A document and one of its sections, as a passport names them."""


def test_every_tile_opens_its_passport_with_lines_and_tokens_of_both_halves(visit: Visit) -> None:
    page = visit("?lang=ru")
    tiles = page.locator(".rz-tile")
    assert 1 <= tiles.count() <= 6
    for tile in tiles.all():
        expect(tile.locator(".rz-places").first).to_be_hidden()
        tile.locator("summary").click()
        expect(tile.locator(".rz-places").first).to_be_visible()
        said = tile.locator("details").inner_text()
        assert re.search(rf"{SECTION}: .+ казахский текст, строка \d+", said), said
        assert re.search(rf"{SECTION}: .+ русский текст, строка \d+", said), said
        for half in ("kk", "ru"):
            tokens = tile.locator(f'q[lang="{half}"]').all_inner_texts()
            assert tokens
            assert all(re.search(r"\d", token) for token in tokens), tokens


def test_a_computed_tile_shows_its_formula_and_what_it_is_made_of(visit: Visit) -> None:
    tile = visit("?lang=ru").locator(".rz-tile").nth(1)
    tile.locator("summary").click()
    expect(tile.locator(".rz-formula")).to_have_text("Средства спонсоров ÷ средства местного бюджета")
    assert "274 129 014 477" in tile.locator('q[lang="kk"]').all_inner_texts()


@pytest.mark.parametrize(
    ("address", "key", "printed"),
    [
        ("?lang=ru", "money", "11 770 214 088"),
        ("?lang=kk", "map_values", None),
        ("funding?lang=kk", "by_region", None),
    ],
)
def test_a_ticked_row_opens_the_passport_of_its_figure(
    address: str, key: str, printed: str | None, visit: Visit
) -> None:
    page = visit(address)
    grid = open_table(page, key)
    panel = page.locator("div.rz-passport")
    expect(panel).to_have_count(0)
    mark(page, grid, 0)
    expect(panel).to_have_count(1)
    place = "строка" if "lang=ru" in address else "-жол"
    assert re.search(rf"строка \d+|\d+{place}", panel.inner_text()), panel.inner_text()
    assert ("Технологические пакеты" if "lang=ru" in address else "Технологиялық пакеттер") in panel.inner_text()
    tokens = panel.locator("q").all_inner_texts()
    assert tokens if printed is None else printed in tokens
    before = panel.inner_text()
    mark(page, grid, 1)
    expect(panel).not_to_have_text(before, use_inner_text=True)


@pytest.mark.parametrize("path", ["", "funding"])
def test_every_table_is_taken_away_as_a_file_that_a_spreadsheet_opens_right(
    path: str, visit: Visit, tmp_path: Path
) -> None:
    page = visit(f"{path}?lang=ru")
    names: set[str] = set()
    keys = table_keys(page)
    assert keys
    for key in keys:
        grid = open_table(page, key)
        shown_rows = int(grid.locator("[role=grid]").get_attribute("aria-rowcount") or 0) - 1
        with page.expect_download() as download:
            page.locator(f".st-key-{key}_csv button").click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        content = file.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert not content.startswith(b"\xef\xbb\xbf" * 2)
        rows = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
        assert len(rows) - 1 == shown_rows > 0
        assert len({len(row) for row in rows}) == 1
        assert "Напечатано по-казахски" in rows[0]
        assert not any(re.fullmatch(r"-?\d+\.\d+", cell) for row in rows[1:] for cell in row), "decimal points"
        assert file.suffix == ".csv"
        names.add(file.name)
    assert len(names) == len(keys), "two tables share the name of a file"


def test_a_printed_figure_is_the_same_number_in_chart_table_and_file(visit: Visit, tmp_path: Path) -> None:
    page = visit("?lang=ru", size=DESK)
    open_table(page, "money")
    with page.expect_download() as download:
        page.locator(".st-key-money_csv button").click()
    file = tmp_path / "money.csv"
    download.value.save_as(file)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    first = rows[0]
    assert first["Сумма, тенге"] == "11770214088"
    assert first["Напечатано по-казахски"] == first["Напечатано по-русски"] == "11 770 214 088"
    assert sum(int(row["Сумма, тенге"]) for row in rows) == 36_958_434_865 + 274_129_014_477
