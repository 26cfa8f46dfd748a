"""Dates as the language writes them in figures."""

from __future__ import annotations

import datetime

from rzh_ui.i18n import Messages


def day(date: datetime.date, t: Messages) -> str:
    """A day: 22.11.2026; in English 22 November 2026, since there the order of figures differs from country to country."""
    return f"{date.day} {date:%B %Y}" if t.language == "en" else f"{date:%d.%m.%Y}"
