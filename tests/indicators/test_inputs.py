"""Numbers that cannot be: refused one by one with a sentence, and without a value in a column."""

from __future__ import annotations

import logging
import math
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kpikit.indicators.ads.results import cost_per_thousand_impressions
from kpikit.indicators.catalogue import CATALOGUE
from kpikit.indicators.emergency import admission_rate, share_within_four_hours
from kpikit.indicators.inputs import Share, share
from kpikit.indicators.sales.orders import net_revenue
from kpikit.indicators.satisfaction import nps
from kpikit.words.errors import UsageError
from kpikit.words.formula import Symbol, divide

PART, WHOLE = Symbol("part"), Symbol("whole")


def test_a_share_is_a_division_that_knows_its_bounds() -> None:
    assert share(PART, WHOLE) == Share("/", PART, WHOLE)
    assert share(PART, WHOLE) != divide(PART, WHOLE)
    assert share(PART, WHOLE).compute({"part": 3, "whole": 4}) == share(3, 4) == 0.75
    assert math.isnan(share(3, 0))


@pytest.mark.parametrize(
    ("attendances", "breaches", "reason"),
    [
        (100, 100, None),
        (100, 0, None),
        (100, 101, "attendances − breaches == -1 is no part of attendances == 100."),
        (0, 5, "attendances − breaches == -5 is no part of attendances == 0."),
        (-100, 5, "attendances == -100, must not be negative."),
        (100, -5, "breaches == -5, must not be negative."),
        (math.nan, 5, None),
    ],
)
def test_numbers_that_cannot_be_are_refused(attendances: Any, breaches: Any, reason: str | None) -> None:
    values = {"attendances": attendances, "breaches": breaches}
    if reason is None:
        share_within_four_hours(**values)
        return
    with pytest.raises(UsageError) as error:
        share_within_four_hours(**values)
    assert str(error.value) == f"emergency.share_within_four_hours: {reason}"
    assert math.isnan(share_within_four_hours.compute(values))


def test_what_may_pass_one_and_what_may_be_negative() -> None:
    assert admission_rate(admissions=6, attendances=5) == 1.2  # counted apart, not a part of them
    assert net_revenue(revenue=-10, cancelled_value=5) == -15  # an amount


@pytest.mark.parametrize("made", [pd.Series, np.array], ids=["Series", "array"])
def test_a_column_has_no_value_where_its_numbers_cannot_be(made: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        found = share_within_four_hours(made([100, 100, -4, 0]), made([25, 120, 1, 0]))
    assert np.asarray(found).tolist()[0] == 0.75
    assert np.isnan(np.asarray(found)[1:]).all()
    (record,) = caplog.records
    assert record.getMessage() == (
        "emergency.share_within_four_hours: 2 of 4 rows hold impossible numbers; they have no value."
    )


def test_columns_of_whole_numbers_with_gaps() -> None:
    found = share_within_four_hours(pd.Series([100, None, -4], dtype="Int64"), pd.Series([25, 5, 1], dtype="Int64"))
    assert found[0] == 0.75 and found.isna().to_list() == [False, True, True]


S = pd.Series


@pytest.mark.parametrize(
    ("admissions", "attendances", "expected"),
    [
        (None, 4, math.nan),
        (pd.NA, 4, math.nan),
        (Decimal(1), 4, Decimal("0.25")),  # exact numbers stay exact
        (np.int64(1), np.float64(4), 0.25),
        (S([1, None], dtype=object), S([4, 4]), [0.25, math.nan]),
        (S([Decimal("1.5"), pd.NA]), S([3, 0], dtype=object), [0.5, math.nan]),
        (S([1, None], dtype="Int64"), S([4, 4], dtype="Int64"), [0.25, math.nan]),
        (np.array([1, None], dtype=object), np.array([4, 4]), [0.25, math.nan]),
        (S([1, 2], index=["x", "y"]), S([8, 4], index=["y", "x"]), [0.25, 0.25]),  # by the index, not the place
        (S([1, 2]), 4, [0.25, 0.5]),
        (1, np.array([4, 0]), [0.25, math.nan]),
    ],
)
def test_what_a_calculator_takes(admissions: Any, attendances: Any, expected: Any) -> None:
    found = admission_rate(admissions, attendances)
    if isinstance(expected, list):
        numbers = [math.nan if pd.isna(each) else float(each) for each in found]
        assert numbers == pytest.approx(expected, nan_ok=True)
    else:
        assert found == expected or (math.isnan(found) and math.isnan(expected))


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (("1", 4), "admissions is '1', must be a number, or a Series or an array of numbers."),
        ((S(["1", "2"]), S([4, 4])), "admissions is '1', must be a number, or a Series or an array of numbers."),
        (([1, 2], [4, 4]), "admissions is a list, must be a number, or a Series or an array of numbers."),
        ((1, pd.DataFrame({"a": [4]})), "attendances is a DataFrame, must be a number, or a Series or an array of "
         "numbers."),
    ],
)  # fmt: skip
def test_what_a_calculator_refuses(given: tuple[Any, Any], reason: str) -> None:
    with pytest.raises(UsageError) as error:
        admission_rate(*given)
    assert str(error.value) == f"emergency.admission_rate: {reason}"


def test_a_call_with_too_little_names_what_is_needed() -> None:
    for call in (lambda: admission_rate(1), lambda: admission_rate(1, 2, 3), lambda: admission_rate(1, attendance=2)):
        with pytest.raises(UsageError, match=r"^emergency.admission_rate is calculated from admissions, attend"):
            call()


NARROW = ["int8", "int16", "int32", "uint8", "uint16", "uint32", "uint64", "float32", "Int16", "UInt32", "Float32"]


@pytest.mark.parametrize("dtype", NARROW)
def test_narrow_and_unsigned_numbers_neither_overflow_nor_wrap(dtype: str) -> None:
    def column(number: int) -> pd.Series[int]:
        return pd.Series([number], dtype=dtype)

    # (20 - 90) of 120 answers, in hundredths
    assert nps(column(20), column(10), column(90)).iloc[0] == pytest.approx(100 * (20 - 90) / 120)
    # a thousand impressions cost 100 / 100 * 1000
    assert cost_per_thousand_impressions(column(100), column(100)).iloc[0] == pytest.approx(1000)
    if dtype[0].islower():
        one = np.array([100], dtype=dtype)[0]
        assert cost_per_thousand_impressions(one, one) == pytest.approx(1000)
        assert nps(*np.array([[20], [10], [90]], dtype=dtype)) == pytest.approx(-175 / 3)


def test_what_comes_out_is_never_what_went_in() -> None:
    given = pd.Series([1.0, 2.0])
    revenue = CATALOGUE["sales.revenue"](given)
    revenue.iloc[0] = 9.0
    assert given.tolist() == [1.0, 2.0]
