"""The page's way to an answer: asked once for a data version, a query and its parameters, then remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from rzh_data import build, store

if TYPE_CHECKING:
    import pandas as pd


def ensure_extracts() -> None:
    """Builds the extracts where none are in use, so that the dashboard serves from a fresh checkout."""
    version_in_use = build.current_version()
    if version_in_use is None or not (build.PARQUET / version_in_use / "manifest.json").is_file():
        build.build()


def version() -> str:
    """The data version in use now. A part of every key that something is remembered under."""
    return store.current().version


def ask(name: str, **parameters: Any) -> pd.DataFrame:
    """The answer to the question `queries/<name>.sql`.

    Remembered by (data version, query, parameters) and shared by everybody: do not change it in place.

    Raises:
        FileNotFoundError, ValueError: as `rzh_data.store.Store.run`.
    """
    fixed = {key: tuple(value) if isinstance(value, list | set) else value for key, value in parameters.items()}
    asked = store.current()
    return _ask(asked, asked.version, name, tuple(sorted(fixed.items())))


@st.cache_resource(show_spinner=False, max_entries=512)
def _ask(_store: store.Store, data_version: str, name: str, parameters: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
    del data_version  # part of the key; the store it names answers, also while a newer one is swapped in
    return _store.run(name, **dict(parameters))
