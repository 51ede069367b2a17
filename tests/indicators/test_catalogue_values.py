"""Every indicator of the catalogue calculates its case by hand, and keeps the same laws."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpikit.indicators.catalogue import CATALOGUE, find, identities, identity_written
from kpikit.indicators.framework import Indicator
from kpikit.indicators.inputs import Amount, Share
from kpikit.words.errors import UsageError
from kpikit.words.formula import Formula, Operation
from kpikit.words.language import Language
from kpikit.words.units import MONEY
from tests.indicators.cases import CASES


def operations(formula: Formula) -> list[Operation]:
    return [node for node in formula.nodes() if isinstance(node, Operation)]


RATES = [one for one in CATALOGUE.values() if one.parts]
SUMS = [one for one in RATES if not {node.sign for part in one.parts or () for node in operations(part)} & {"*", "/"}]
PLAIN = [one for one in CATALOGUE.values() if one.change is None]
FEW = settings(max_examples=20)  # for each of many indicators, whose formulas are sums, products and one division
NUMBERS = st.integers(-(10**9), 10**9) | st.integers(-(10**9), 10**9).map(lambda cents: cents / 100) | st.just(0)


def ids(one: Indicator) -> str:
    return one.id


def close(found: float, expected: float) -> bool:
    """Equal but for the noise of binary arithmetic; not-a-number equals itself."""
    return (math.isnan(found) and math.isnan(expected)) or math.isclose(found, expected, rel_tol=1e-12)


def test_every_indicator_has_a_case_and_every_case_an_indicator() -> None:
    assert sorted(CASES) == sorted(CATALOGUE)


@pytest.mark.parametrize("id", CASES)
def test_the_cases_calculated_by_hand(id: str) -> None:
    values, expected = CASES[id]
    assert set(find(id).metrics) == set(values)
    assert close(find(id).compute(values), expected)


@pytest.mark.parametrize("one", PLAIN, ids=ids)
@FEW
@given(st.data())
def test_the_traced_formula_is_what_the_function_calculates(one: Indicator, data: st.DataObject) -> None:
    values = {name: data.draw(NUMBERS, label=name) for name in one.metrics}
    if one.impossible(values):
        with pytest.raises(UsageError, match=one.id):
            one(**values)
        assert math.isnan(one.compute(values))
        return
    found = one(**values)
    assert close(one.compute(values), found)
    assert close(one(*values.values()), found)
    assert not math.isinf(found)


@pytest.mark.parametrize("one", PLAIN, ids=ids)
def test_series_of_any_length_keep_their_index_and_stay_as_they_were(one: Indicator) -> None:
    values, expected = CASES[one.id]
    for index in ([], ["only"], ["x", "y", "x"]):
        series = {name: pd.Series([value] * len(index), index=index, dtype=float) for name, value in values.items()}
        before = {name: each.copy() for name, each in series.items()}
        found = one(**series)
        assert list(found.index) == index
        assert all(close(value, expected) for value in found)
        for name, each in series.items():
            pd.testing.assert_series_equal(each, before[name])


@pytest.mark.parametrize("one", PLAIN, ids=ids)
def test_arrays_are_calculated_and_stay_as_they_were(one: Indicator) -> None:
    values, expected = CASES[one.id]
    arrays = {name: np.array([value, value]) for name, value in values.items()}
    assert all(close(value, expected) for value in one(**arrays))
    assert {name: each.tolist() for name, each in arrays.items()} == {name: [each] * 2 for name, each in values.items()}


@pytest.mark.parametrize("one", PLAIN, ids=ids)
@pytest.mark.parametrize("gap", [math.nan, None])
def test_a_gap_in_a_metric_is_a_gap_in_the_value(one: Indicator, gap: float | None) -> None:
    values, expected = CASES[one.id]
    for name in values:
        series = {each: pd.Series([value, gap if each == name else value]) for each, value in values.items()}
        first, second = one(**series)
        assert close(first, expected)
        assert math.isnan(second)


@pytest.mark.parametrize("one", SUMS, ids=ids)
def test_a_zero_denominator_gives_no_value(one: Indicator) -> None:
    assert one.parts is not None
    numerator, denominator = one.parts
    zero = dict.fromkeys(denominator.names, 0)
    values = dict.fromkeys(one.metrics, 0 if isinstance(one.formula, Share) else 5) | zero
    assert denominator.compute(values) == 0
    assert math.isnan(one(**values))
    assert numerator.compute(dict.fromkeys(one.metrics, 0)) == 0
    assert np.isnan(one(**{name: np.array([value]) for name, value in values.items()})).all()
    assert one(**{name: pd.Series([value]) for name, value in values.items()}).isna().all()


@pytest.mark.parametrize("one", RATES, ids=ids)
def test_nothing_at_all_gives_no_rate(one: Indicator) -> None:
    assert math.isnan(one(**dict.fromkeys(one.metrics, 0)))


@pytest.mark.parametrize("one", PLAIN, ids=ids)
def test_a_negative_count_is_refused_and_in_a_column_has_no_value(one: Indicator) -> None:
    values, expected = CASES[one.id]
    for name in (name for name, can_be in one.ranges.items() if can_be.lowest >= 0):
        wrong = values | {name: -7}
        with pytest.raises(UsageError) as error:
            one(**wrong)
        told = str(error.value)
        assert told.startswith(f"{one.id}: {name} == -7, must ")
        assert told.endswith("must not be negative.") or one.ranges[name].highest < math.inf or "position" in name
        for found in (
            one(**{each: pd.Series([value, wrong[each]]) for each, value in values.items()}),
            one(**{each: np.array([value, wrong[each]]) for each, value in values.items()}),
        ):
            assert close(found[0], expected) and math.isnan(found[1])


@pytest.mark.parametrize("one", PLAIN, ids=ids)
@FEW
@given(st.data())
def test_scaling_money_scales_amounts_and_leaves_the_rest(one: Indicator, data: st.DataObject) -> None:
    values = {name: data.draw(st.integers(1, 10**6), label=name) for name in one.metrics}
    scaled = {name: value * 7 if isinstance(one.roles[name], Amount) else value for name, value in values.items()}
    assert close(one.formula.compute(scaled), one.formula.compute(values) * (7 if one.unit == MONEY else 1))


@pytest.mark.parametrize("one", SUMS, ids=ids)
@FEW
@given(st.data())
def test_a_rate_of_the_whole_lies_between_those_of_its_parts(one: Indicator, data: st.DataObject) -> None:
    parts = [{name: data.draw(st.integers(1, 10**6)) for name in one.metrics} for _ in range(2)]
    whole = {name: sum(part[name] for part in parts) for name in one.metrics}
    low, high = sorted(one.formula.compute(part) for part in parts)
    found = one.formula.compute(whole)
    assert low <= found <= high or close(found, low) or close(found, high)


@pytest.mark.parametrize("one", [one for one in CATALOGUE.values() if one.identities], ids=ids)
@FEW
@given(st.data())
def test_an_identity_gives_the_same_value(one: Indicator, data: st.DataObject) -> None:
    for identity in identities(one):
        inner = {id: find(id) for id in identity.names}
        roles = {name for each in [one, *inner.values()] for name in each.metrics}
        values = {name: data.draw(st.integers(1, 10**6), label=name) for name in roles}
        found = identity.compute({id: each.formula.compute(values) for id, each in inner.items()})
        assert math.isclose(found, one.formula.compute(values), rel_tol=1e-9, abs_tol=1e-6)
        assert identity_written(identity, Language("da"))
