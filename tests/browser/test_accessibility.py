"""WCAG 2.2 AA as far as a machine can tell: axe finds nothing serious, in three languages, by day and by night."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from dashboard import LANGUAGES, PAGES, SCHEMES, Scheme, Visit, open_table, table_keys

AXE = Axe()
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
SERIOUS = ("serious", "critical")

EXCEPTED: tuple[tuple[str, str, str], ...] = ()
"""Rule, part of the selector, and why it stays."""


def is_excepted(rule: str, target: str) -> bool:
    return any(rule == excepted and part in target for excepted, part, _ in EXCEPTED)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_serious_barrier(path: str, lang: str, scheme: Scheme, visit: Visit) -> None:
    page = visit(f"{path}?lang={lang}&region=pavlodar&period=2018", scheme=scheme)
    open_table(page, table_keys(page)[0])
    if path == "":
        page.locator("details.rz-passport summary").first.click()
    found = [
        (violation["id"], str(node["target"]), node["failureSummary"].split("\n")[1].strip())
        for violation in AXE.run(page, options=RULES).response["violations"]
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]
    assert [one for one in found if not is_excepted(*one[:2])] == []
