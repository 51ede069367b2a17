"""Dividing without infinities: numbers, series and arrays, with nothing below the line or with gaps."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.words.formula import divide

NAN = math.nan


def same(found: object, expected: object) -> bool:
    """Equal numbers, where not-a-number equals itself."""
    return found == expected or (found != found and expected != expected)


@pytest.mark.parametrize(
    ("numerator", "denominator", "quotient"),
    [
        (3, 4, 0.75),
        (0, 4, 0.0),
        (-3, 4, -0.75),
        (3, -4, -0.75),
        (1, 0, NAN),
        (0, 0, NAN),
        (-1, 0.0, NAN),
        (1, -0.0, NAN),
        (1, None, NAN),
        (None, 1, NAN),
        (None, None, NAN),
        (None, 0, NAN),
        (1, NAN, NAN),
        (NAN, 1, NAN),
        (NAN, 0, NAN),
        (Decimal("1.5"), 2, Decimal("0.75")),
        (Decimal("1.5"), Decimal(0), NAN),
        (Fraction(1, 2), 2, Fraction(1, 4)),
        (np.float64(3), np.float64(4), 0.75),
        (np.float64(1), np.float64(0), NAN),
        (np.int64(1), np.int64(0), NAN),
        (1, np.array(0.0), NAN),
        (np.array(3.0), np.array(4.0), 0.75),
        (np.array(1.0), 0, NAN),
    ],
)
def test_dividing_numbers(numerator: Any, denominator: Any, quotient: Any) -> None:
    assert same(divide(numerator, denominator), quotient)


INDEX = ["x", "y", "z", "x"]  # an index may hold a label twice


@pytest.mark.parametrize(
    ("numerator", "denominator", "quotients"),
    [
        ([3, 1, 0, 1], [4, 0, 5, 2], [0.75, NAN, 0.0, 0.5]),
        ([3.0, NAN, 0.0, 1.0], [4.0, 1.0, 0.0, NAN], [0.75, NAN, NAN, NAN]),
        ([1, 2, 3, 4], 2, [0.5, 1.0, 1.5, 2.0]),
        ([1, 2, 3, 4], 0, [NAN] * 4),
        ([1, 2, 3, 4], None, [NAN] * 4),
        (12, [4, 0, -3, 2], [3.0, NAN, -4.0, 6.0]),
    ],
)
@pytest.mark.parametrize("kind", ["Series", "array"])
def test_dividing_many(numerator: Any, denominator: Any, quotients: list[float], kind: str) -> None:
    def made(values: Any) -> Any:
        if not isinstance(values, list):
            return values
        return pd.Series(values, index=INDEX) if kind == "Series" else np.array(values)

    parts = made(numerator), made(denominator)
    before = [part.copy() if hasattr(part, "copy") else part for part in parts]
    found = divide(*parts)
    np.testing.assert_array_equal(np.asarray(found), np.array(quotients))
    for part, was in zip(parts, before, strict=True):
        assert np.array_equal(np.asarray(part, dtype=float), np.asarray(was, dtype=float), equal_nan=True)
        assert getattr(part, "dtype", None) == getattr(was, "dtype", None)
    if kind == "Series":
        assert list(found.index) == INDEX


@pytest.mark.parametrize(
    "made", [lambda values: pd.Series(values, dtype=float), lambda values: np.array(values, dtype=float)]
)
def test_dividing_nothing_gives_nothing(made: Any) -> None:
    assert len(divide(made([]), made([]))) == 0


def test_a_number_that_pandas_calls_missing() -> None:
    found = divide(pd.Series([1, 2, None], dtype="Int64"), pd.Series([0, 4, 4], dtype="Int64"))
    assert found.isna().to_list() == [True, False, True]
    assert found[1] == 0.5


@given(st.floats(allow_nan=True, allow_infinity=False, width=32), st.sampled_from([0, 0.0, -0.0, None, NAN]))
def test_without_a_denominator_there_is_no_value(numerator: float, denominator: float | None) -> None:
    assert math.isnan(divide(numerator, denominator))
    assert np.isnan(divide(np.array([numerator]), denominator)).all()
    assert divide(pd.Series([numerator]), denominator).isna().all()
