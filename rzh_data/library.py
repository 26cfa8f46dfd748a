"""The figures in a notebook: a few functions over the extracts, each answer a DataFrame.

    import rzh_data

    rzh_data.observations(indicators=["tugan_zher_sponsors"], periods=["2018"])
    rzh_data.ask("region_ranking", indicator="tugan_zher_sponsors", period="2018", per="capita")
    rzh_data.places(["tugan_zher_sponsors:pavlodar:2018"])

Nothing happens on import. The first question builds the extracts where there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rzh_data import build, store

if TYPE_CHECKING:
    import pandas as pd


def _current() -> store.Store:
    if build.current_version() is None:
        build.build()
    return store.current()


def data_version() -> str:
    """The version of the data that answers now; name it where a figure is cited."""
    return _current().version


def ask(name: str, **parameters: Any) -> pd.DataFrame:
    """The answer to a question from `rzh_data/queries/`, such as `region_ranking`.

    Args:
        name: the name of the file without `.sql`; its first lines say what it answers, its grain and its parameters.
        parameters: values of its parameters; what is not given is left open.
    Raises:
        FileNotFoundError: there is no such question.
        ValueError: the question has no such parameter; the message names those it has.
    """
    return _current().run(name, **parameters)


def questions() -> list[str]:
    """The names that `ask` understands."""
    return sorted(path.stem for path in store.QUERIES.glob("*.sql"))


def observations(
    *,
    indicators: Sequence[str] | None = None,
    regions: Sequence[str] | None = None,
    periods: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Figures as the documents print them.

    Args:
        indicators, regions, periods: ids to keep; None keeps all, an empty list keeps none. The whole country is the
            region `kazakhstan`; `2019-9m` is nine months.
    Returns:
        One row per figure: observation_id, ids and names in three languages, unit, value (NaN where a document prints
        that there is none), qualifier (`=`, `>`, `~` …), preferred (the variant that pages show), document_id.
    Raises:
        ValueError: an id that nothing has; the message names it.
    """
    chosen = {"indicators": indicators, "regions": regions, "periods": periods}
    for name, ids in chosen.items():
        _check(name, ids)
    return ask("observations", **{name: list(ids) for name, ids in chosen.items() if ids is not None})


def places(observation_ids: Iterable[str]) -> pd.DataFrame:
    """Where figures are printed: document, section, line and the token letter for letter, one row a place.

    Raises:
        ValueError: an id that no figure has.
    """
    ids = list(observation_ids)
    _check("observations", ids)
    return ask("passports", observations=ids)


def verdicts() -> pd.DataFrame:
    """What the documents claim, one row a claim: in own words, the claimed value, the recount, difference and verdict."""
    return ask("claims_list")


def table(name: str) -> pd.DataFrame:
    """A whole table of the release, such as `regions` or `population`; `docs/data-dictionary.md` describes each.

    Raises:
        ValueError: there is no such table; the message lists those there are.
    """
    import pandas as pd

    folder = build.PARQUET / data_version()
    names = sorted(path.stem for path in folder.glob("*.parquet"))
    if name not in names:
        raise ValueError(f'"{name}" is no table; there are: {", ".join(names)}')
    return pd.read_parquet(folder / f"{name}.parquet")


def _check(name: str, ids: Sequence[str] | None) -> None:
    if not ids:
        return
    if isinstance(ids, str):
        raise ValueError(f'{name}: "{ids}" is one text; a list of ids is expected')
    known = set(table(name)[f"{name.removesuffix('s')}_id"])
    unknown = [one for one in ids if one not in known]
    if unknown:
        raise ValueError(f"{name}: {', '.join(map(repr, unknown))} is not known")
