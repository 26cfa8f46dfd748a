"""Rows as dictionaries: the same as pandas gives them, which is slower."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from rzh_ui.data import ask
from rzh_ui.rows import by, records

INDICATOR = {"indicator": "tugan_zher_funding"}
QUESTIONS: dict[str, dict[str, Any]] = {
    "regions": {},
    "periods": {},
    "documents": {},
    "region_facts": {},
    "funding": {"per": "capita"},
    "region_ranking": {**INDICATOR, "period": "2018"},
    "region_series": INDICATOR,
}


def same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and math.isnan(one):
        return isinstance(other, float) and math.isnan(other)
    return type(one) is type(other) and bool(
        (one == other) if not hasattr(one, "__len__") else list(one) == list(other)
    )


@pytest.mark.parametrize("name", QUESTIONS)
def test_rows_are_what_pandas_gives(name: str) -> None:
    rows = ask(name, **QUESTIONS[name])
    wanted, found = rows.to_dict("records"), records(rows)
    assert len(found) == len(rows) > 0
    for one, other in zip(wanted, found, strict=True):
        assert list(one) == list(other)
        for column in one:
            assert same(one[column], other[column]), (column, one[column], other[column])


def test_what_is_missing_is_none_or_nan_and_numbers_are_pythons_own() -> None:
    rows = pd.DataFrame(
        {
            "count": pd.array([1, None], "Int64"),
            "is_known": pd.array([True, None], "boolean"),
            "value": [0.5, math.nan],
            "names": [["a"], pd.NA],
            "name": pd.array(["testland", "testmere"], "str"),
        }
    )
    first, second = records(rows)
    assert first == {"count": 1, "is_known": True, "value": 0.5, "names": ["a"], "name": "testland"}
    assert {type(first["count"]), type(first["is_known"]), type(first["value"])} == {int, bool, float}
    assert second["count"] is second["is_known"] is second["names"] is None and math.isnan(second["value"])
    assert list(by(rows, "name")) == ["testland", "testmere"]
    assert records(rows.iloc[:0]) == []
