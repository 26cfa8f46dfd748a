"""From the documents' figures to answers: facts, checks, extracts, queries, boundaries.

Knows nothing of the screen. In a notebook: `rzh_data.observations()`, `rzh_data.ask(name, …)`, `rzh_data.places(ids)`,
`rzh_data.verdicts()`, `rzh_data.table(name)`; see `rzh_data.library`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rzh_data.library import ask, data_version, observations, places, questions, table, verdicts

__all__ = ["ask", "data_version", "observations", "places", "questions", "table", "verdicts"]


def __getattr__(name: str) -> Any:
    """The functions of the library, loaded when the first of them is asked for: `import rzh_data` costs nothing."""
    if name in __all__:
        from rzh_data import library

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
