"""Whatever a calculator is given: each row has the value that its numbers have alone, or a named error says why not."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpikit.indicators.catalogue import CATALOGUE, find
from kpikit.indicators.framework import Indicator
from kpikit.words.errors import UsageError
from tests.indicators.cases import CASES

PLAIN = [one for one in CATALOGUE.values() if one.change is None]
KINDS = [
    find(id)
    for id in [
        "sales.orders", "sales.net_revenue", "sales.average_order_value", "satisfaction.csat", "satisfaction.nps",
        "satisfaction.ces", "production.oee", "pipeline.sales_velocity", "subscription.gross_revenue_churn",
    ]
]  # fmt: skip
"""A count, a difference, a ratio, a share, a net score, a mean score, and what is made of several of them."""
S = pd.Series


def alone(one: Indicator, values: dict[str, Any]) -> float:
    """The value of single numbers; NaN where they are refused."""
    try:
        return float(one(**values))
    except UsageError:
        return math.nan


def same(found: float, expected: float) -> bool:
    return (math.isnan(found) and math.isnan(expected)) or math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-12)


def number_of(value: Any) -> Any:
    """A number as a binary one, and a missing one as NaN."""
    if value is None or value is pd.NA or value is np.ma.masked or (isinstance(value, Decimal) and value.is_nan()):
        return math.nan
    return float(value)


NUMBERS: list[Any] = [
    *[None, math.nan, pd.NA, True, np.bool_(True), Decimal("0.5"), Decimal("NaN"), Decimal("sNaN"), Fraction(1, 2)],
    *[np.int8(1), np.uint64(1), np.float16(1), np.float32(1), np.longdouble(1), np.array(1), 10**300, 1e-320],
    Decimal("1e-400"),
]
NO_NUMBERS: list[Any] = [
    *["1", b"1", datetime.date(2026, 1, 1), np.datetime64("2026-01-01", "ns"), np.timedelta64(1, "s"), pd.NaT],
    *[pd.Timedelta(1), 1 + 2j, np.complex128(1), [1, 2], (1,), {}, {1}, object(), range(3), int, memoryview(b"a")],
    *[math.inf, -math.inf, np.inf, Decimal("Infinity"), 10**400, Decimal("1e400"), 10**5000],
    *[pd.DataFrame({"a": [1]}), np.zeros((2, 2)), np.zeros((1, 1, 1)), np.array("1"), np.zeros(3, dtype="V2")],
    *[S(["1", "2", "3"]), S(["a", "b", "a"], dtype="category"), S(["1", "2", "3"], dtype="string")],
    *[S(pd.date_range("2026", periods=3)), S(pd.date_range("2026", periods=3, tz="UTC")), S([1j, 1, 1])],
    *[S(pd.to_timedelta([1, 2, 3])), S(pd.period_range("2026", periods=3, freq="D")), S(pd.interval_range(0, 3))],
    *[S([1, "a", None], dtype=object), S([[1], [2], [3]]), np.array(["1", "2", "3"]), np.zeros(3, dtype=[("a", int)])],
    *[pd.MultiIndex.from_tuples([(1, 2)] * 3), S([10**400, 1, 1], dtype=object), S([math.inf, 1, 1], dtype=object)],
]


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.id)
def test_a_number_of_any_kind_is_taken_and_what_is_none_is_refused_by_name(one: Indicator) -> None:
    values, _ = CASES[one.id]
    for name in one.metrics:
        for number in NUMBERS:
            expected = alone(one, values | {name: number_of(number)})
            assert same(alone(one, values | {name: number}), expected), (name, number)
        for wrong in NO_NUMBERS:
            with pytest.raises(UsageError, match=rf"^{one.id}: ") as error:
                one(**values | {name: wrong})
            assert name in str(error.value) and len(str(error.value)) < 300


def columns() -> Iterator[Any]:
    """The numbers 1, none or 0, and 2, in columns of all kinds."""
    for dtype in ("int8", "uint8", "int64", "uint64", "float16", "float32", "longdouble", ">i4", ">f8", "bool"):
        yield np.array([1, 0, 2]).astype(dtype)
        yield S(np.array([1, 0, 2]).astype(dtype))
    for dtype in ("Int64", "UInt8", "Float64", "Float32"):
        yield S([1, None, 2], dtype=dtype)
        yield pd.array([1, None, 2], dtype=dtype)
    yield S([True, None, False], dtype="boolean")
    yield S([1, None, 2], dtype=object)
    yield S([1, None, 2], dtype="category")
    yield pd.Categorical([1, None, 2])
    yield S([Decimal(1), Decimal("NaN"), Fraction(2)])
    yield S(pd.arrays.SparseArray([1.0, math.nan, 2.0]))
    yield S(pd.arrays.SparseArray([1, 0, 2]))
    yield np.ma.array([1, 9, 2], mask=[False, True, False])
    yield np.ma.array([1.0, 9.0, 2.0], mask=[False, True, False])
    yield pd.Index([1, 0, 2])
    yield pd.RangeIndex(3)
    yield np.arange(6)[::2]
    yield np.arange(3)[::-1]
    yield S([2**62, 2**63 - 1, -(2**63)])
    yield S([1e308, 1e-308, -1e308])
    yield np.array([1.0, math.inf, -math.inf])


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.id)
def test_a_row_has_the_value_that_its_numbers_have_alone(one: Indicator) -> None:
    values, _ = CASES[one.id]
    for name in one.metrics:
        for column in columns():
            single = [number_of(each) for each in (column.array if isinstance(column, S) else column)]
            expected = [alone(one, values | {name: each}) for each in single]
            for others in (lambda value: value, lambda value: np.array([value] * 3), lambda value: S([value] * 3)):
                found = one(**{each: others(value) for each, value in values.items()} | {name: column})
                assert len(found) == 3 and not np.isinf(np.asarray(found, dtype=float)).any()
                pairs = zip(np.asarray(found, dtype=float), expected, strict=True)
                assert all(same(*pair) for pair in pairs), (name, column, found, expected)


@pytest.mark.parametrize(
    ("revenue", "orders", "expected"),
    [
        (S([6, 8], index=["x", "y"]), S([2, 3, 4], index=["y", "x", "z"]), {"x": 2, "y": 4, "z": None}),
        (S([6, 8], index=["b", "a"]), np.array([3, 4]), {"b": 2, "a": 2}),  # an array goes by the place
        (S([6, 8], index=["x", "x"]), S([3, 2], index=["x", "x"]), [2, 4]),  # labels twice, but alike
        (S([], dtype=float), S([], dtype=object), {}),
        (S([6, 8]), S([3, 4, 5]), {0: 2, 1: 2, 2: None}),
    ],
)  # fmt: skip
def test_rows_go_together_by_their_labels(revenue: Any, orders: Any, expected: Any) -> None:
    found = find("sales.average_order_value")(revenue, orders)
    plain = [None if math.isnan(each) else each for each in found]
    assert plain == list(expected.values() if isinstance(expected, dict) else expected)
    assert not isinstance(expected, dict) or list(found.index) == list(expected)


@pytest.mark.parametrize(
    ("revenue", "orders", "reason"),
    [
        (np.array([1, 2]), np.array([1, 2, 3]), "revenue has 2 rows, orders has 3 rows; they must have as many."),
        (S([1, 2]), np.array([1]), "revenue has 2 rows, orders has 1 rows; they must have as many."),
        (S([1, 2], index=["x", "x"]), S([1, 2]), "revenue and orders have different indexes, in which labels stand "
         "twice."),
        (np.zeros((2, 2)), 1, "revenue is a ndarray of 2 dimensions, must be a number, or a Series or an array of "
         "numbers."),
        (S(["a"]), 1, "revenue is 'a', must be a number, or a Series or an array of numbers."),
        (1, S(pd.date_range("2026", periods=1, unit="ns")), "orders is a Series of datetime64[ns], must be a number, "
         "or a Series or an array of numbers."),
        (S([1, 2]), -1, "orders == -1, must not be negative."),
        (math.inf, 1, "revenue == inf, must be finite."),
        (10**400, 1, "revenue is larger than a number can be."),
        (1e308, 1e-308, "the value is larger than a number can be."),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(revenue: Any, orders: Any, reason: str) -> None:
    with pytest.raises(UsageError) as error:
        find("sales.average_order_value")(revenue, orders)
    assert str(error.value) == f"sales.average_order_value: {reason}"
    assert error.value.said(lambda template, **values: "said") == "said"  # in any language


def test_indexes_that_do_not_go_together_and_an_array_beside_them() -> None:
    net = find("satisfaction.nps")
    one, other = S([1, 2], index=["a", "b"]), S([1, 2])
    for given_, reason in (
        ((one, other, other), "promoters, passives and detractors have no label of their indexes in common."),
        ((other, S([1, 2], index=[1, 2]), np.array([1, 2])), "promoters and passives have different indexes, so an "),
    ):
        with pytest.raises(UsageError) as error:
            net(*given_)
        assert str(error.value).startswith(f"satisfaction.nps: {reason}")
        told = error.value.said(lambda template, **values: values.get("names") or f"<{values['other']}>")
        assert told == ("<detractors>" if len({*map(type, given_)}) == 1 else "<passives>")  # in any language


def test_exact_numbers_stay_exact_where_they_can() -> None:
    net = find("sales.net_revenue")
    assert net(Decimal("0.3"), Decimal("0.1")) == Decimal("0.2")
    assert net(Decimal("0.3"), 0.1) == pytest.approx(0.2) and isinstance(net(Decimal("0.3"), 0.1), float)
    assert find("sales.average_order_value")(Decimal(1), 4) == Decimal("0.25")
    assert find("sales.orders")(2**60 + 1) == 2**60 + 1


SHARES = [one for one in PLAIN if one.bounds == (0.0, 1.0)]
ENDED = [one for one in PLAIN if any(map(math.isfinite, one.bounds))]
ANY_NUMBER = st.one_of(
    st.integers(-3, 3),
    st.integers(-(10**6), 10**6),
    st.floats(-1e6, 1e6),
    st.floats(),
    st.sampled_from([0.1, 0.2, 0.3]),
)


@pytest.mark.parametrize("one", ENDED, ids=lambda one: one.id)
@settings(max_examples=25, derandomize=True)
@given(st.data())
def test_no_value_leaves_its_bounds_without_an_error_or_a_gap(one: Indicator, data: st.DataObject) -> None:
    rows = [{name: data.draw(ANY_NUMBER) for name in one.metrics} for _ in range(3)]
    (low, high), found = one.bounds, one(**{name: np.array([row[name] for row in rows]) for name in one.metrics})
    for row, value in zip(rows, found, strict=True):
        expected = alone(one, row)
        assert math.isnan(value) or low <= value <= high
        assert same(value, expected)
        assert same(one.compute(row), expected) or math.isnan(expected)  # as measured values are


def test_the_shares_of_the_catalogue_are_those_that_say_so() -> None:
    assert len(SHARES) > 50
    assert {one.id for one in SHARES} == {
        one.id for one in PLAIN if dict(one.card().rows()).get("Possible values") == "from 0% to 100%"
    }


@pytest.mark.parametrize(
    ("id", "values", "reason"),
    [
        ("production.oee", (8, 110, 10, 100,), "good_units == 110 is no part of produced_units == 100."),
        ("customers.known_customer_share", (150, 100,), "known_revenue == 150 is no part of revenue == 100."),
        ("marketing.share_of_revenue", (150, 100,), "marketing_revenue == 150 is no part of revenue == 100."),
        ("sales.discount_rate", (-5, 100,), "discounts == -5, must not be negative."),
        ("satisfaction.ces", (9,), "effort_score == 9, must lie between 1 and 7."),
        ("satisfaction.review_rating", (11,), "review_rating == 11, must lie between 1 and 5."),
        ("people.wellbeing", (500,), "wellbeing_score == 500, must lie between 0 and 100."),
        ("seo.average_position", (0.5,), "search_position == 0.5, must be at least 1."),
        ("ads.frequency", (100, 200,), "ad_impressions / ad_reach == 0.5, must be at least 1."),
        ("production.dpmo", (3, 2,), "1000000 × defects / defect_opportunities == 1500000.0, must lie between 0 "
         "and 1000000."),
        ("customers.returning_customers", (10, 20,), "customers − new_customers == -10, must not be negative."),
        ("finance.gross_margin", (-100, 50,), "(revenue − cost_of_goods_sold) / revenue == 1.5, must be at "
         "most 1."),
        ("finance.customer_lifetime_value", (100, 50, 10, 6, 5,), "lost_customers == 6 is no part of "
         "customers_at_start == 5."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(id: str, values: tuple[float, ...], reason: str) -> None:
    with pytest.raises(UsageError) as error:
        find(id)(*values)
    assert str(error.value) == f"{id}: {reason}"
    assert np.isnan(find(id)(*np.array([values]).T)).all()  # in a column it has no value
    assert math.isnan(find(id).compute(dict(zip(find(id).metrics, values, strict=True))))  # nor where it is measured


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (("1", 2, 3), "promoters is '1', must be a number, or a Series or an array of numbers."),
        ((S([1]), 2, 3), "an interval is told from single numbers; take the rows one by one."),
        ((1, -2, 3), "passives == -2, must not be negative."),
    ],
)
def test_an_interval_takes_single_numbers_that_can_be(values: tuple[Any, ...], reason: str) -> None:
    with pytest.raises(UsageError) as error:
        find("satisfaction.nps").interval(*values)
    assert str(error.value) == f"satisfaction.nps: {reason}"


def test_an_interval_of_too_little_or_of_a_gap() -> None:
    with pytest.raises(UsageError, match=r"^satisfaction.nps is calculated from promoters, passives, detractors\.$"):
        find("satisfaction.nps").interval(1)
    assert find("satisfaction.csat").interval(None, 10) is None
    exact = find("satisfaction.csat").interval(Decimal(81), Decimal(263))
    assert exact is not None and repr(exact) == "From 263 answers: with 95% confidence between 0.2553 and 0.3662."


def test_sums_of_binary_numbers_are_not_refused_for_their_last_digit() -> None:
    churn = find("subscription.gross_revenue_churn")
    assert 0.1 + 0.2 > 0.3
    assert churn(0.1, 0.2, 0.3) == 1.0  # all was lost, and no more
    assert churn(*np.array([[0.1], [0.2], [0.3]])).tolist() == [1.0]
    assert churn.compute({"contraction_mrr": 0.1, "churned_mrr": 0.2, "starting_mrr": 0.3}) == 1.0
