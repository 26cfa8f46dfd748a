"""The page's way to an answer: asked once for a data version, a query and its parameters, then remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rzh_data import build, store
from rzh_ui.remember import remembering
from rzh_ui.remember import version as version  # pages name it in what a chart depends on

if TYPE_CHECKING:
    import pandas as pd


def ensure_extracts() -> None:
    """Builds the extracts where none are in use, so that the dashboard serves from a fresh checkout."""
    version_in_use = build.current_version()
    if version_in_use is None or not (build.PARQUET / version_in_use / "manifest.json").is_file():
        build.build()


def ask(name: str, **parameters: Any) -> pd.DataFrame:
    """The answer to the question `queries/<name>.sql`.

    Remembered by (data version, query, parameters) and shared by everybody: do not change it in place.

    Raises:
        FileNotFoundError, ValueError: as `rzh_data.store.Store.run`.
    """
    fixed = {key: tuple(value) if isinstance(value, list | set) else value for key, value in parameters.items()}
    return _ask(name, tuple(sorted(fixed.items())))


@remembering(1024)
def _ask(name: str, parameters: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
    return store.current().run(name, **dict(parameters))
