"""The words of the screen: the product's catalogue, and the language a browser asks for."""

from __future__ import annotations

from rzh_data.catalogue import DEFAULT_LANGUAGE, LOCALES, Messages, messages
from rzh_data.schema import LANGUAGES

__all__ = ["DEFAULT_LANGUAGE", "LOCALES", "Messages", "best_language", "messages"]


def best_language(browser_locale: str | None) -> str:
    """The language for a browser that asks for `browser_locale`: that one where there is a catalogue, else Kazakh."""
    wanted = (browser_locale or "").replace("_", "-").split("-")[0].lower()
    return wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE
