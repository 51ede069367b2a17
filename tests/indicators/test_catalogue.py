"""Every indicator of the catalogue meets the same questions, and has a case that was calculated by hand."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.indicators.catalogue import CATALOGUE, DOMAINS, entries, find, measured_by
from kpikit.indicators.framework import Indicator
from kpikit.words.errors import UsageError
from kpikit.words.formula import Operation
from kpikit.words.language import Language
from kpikit.words.periods import COMPARISONS
from kpikit.words.units import COUNT, MONEY, RATIO, SHARE, UNITS

Case = tuple[dict[str, float], float]

CASES: dict[str, Case] = {
    "sales.revenue": ({"revenue": 1500}, 1500),  # as measured
    "sales.revenue_growth": ({"revenue": 1500}, 1500),  # what it is a change of; the change is the evaluation's
    "sales.net_revenue": ({"revenue": 1500, "cancelled_value": 120}, 1380),  # 1500 - 120
    "sales.orders": ({"orders": 60}, 60),  # as measured
    "sales.average_order_value": ({"revenue": 1500, "orders": 60}, 25),  # 1500 / 60
    "sales.units": ({"units": 480}, 480),  # as measured
    "sales.units_per_order": ({"units": 480, "orders": 60}, 8),  # 480 / 60
    "sales.lines_per_order": ({"order_lines": 150, "orders": 60}, 2.5),  # 150 / 60
    "sales.average_price_per_unit": ({"revenue": 1500, "units": 480}, 3.125),  # 1500 / 480
    "sales.cancellations": ({"cancellations": 3}, 3),  # as measured
    "sales.cancelled_value": ({"cancelled_value": 120}, 120),  # as measured
    "sales.cancellation_rate": ({"cancellations": 3, "orders": 60}, 0.05),  # 3 / 60
    "sales.cancelled_share": ({"cancelled_value": 120, "revenue": 1500}, 0.08),  # 120 / 1500
    "customers.customers": ({"customers": 40}, 40),  # as measured
    "customers.new_customers": ({"new_customers": 15}, 15),  # as measured
    "customers.returning_customers": ({"customers": 40, "new_customers": 15}, 25),  # 40 - 15
    "customers.returning_customer_rate": ({"customers": 40, "new_customers": 15}, 0.625),  # (40 - 15) / 40
    "customers.repeat_purchase_rate": ({"repeat_customers": 12, "customers": 40}, 0.3),  # 12 / 40
    "customers.average_spend_per_customer": ({"known_revenue": 1200, "customers": 40}, 30),  # 1200 / 40
    "customers.purchase_frequency": ({"known_orders": 50, "customers": 40}, 1.25),  # 50 / 40
    "customers.known_customer_share": ({"known_revenue": 1200, "revenue": 1500}, 0.8),  # 1200 / 1500
    "emergency.attendances": ({"attendances": 8000}, 8000),  # as measured
    "emergency.attendances_growth": ({"attendances": 8000}, 8000),  # what it is a change of
    "emergency.breaches": ({"breaches": 900}, 900),  # as measured
    "emergency.breaches_growth": ({"breaches": 900}, 900),  # what it is a change of
    "emergency.share_within_four_hours": ({"attendances": 8000, "breaches": 900}, 0.8875),  # (8000 - 900) / 8000
    "emergency.admissions": ({"admissions": 2000}, 2000),  # as measured
    "emergency.admission_rate": ({"admissions": 2000, "attendances": 8000}, 0.25),  # 2000 / 8000
}

RATES = [one for one in CATALOGUE.values() if one.parts]
PLAIN = [one for one in CATALOGUE.values() if one.change is None]
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
@given(st.data())
def test_the_traced_formula_is_what_the_function_calculates(one: Indicator, data: st.DataObject) -> None:
    values = {name: data.draw(NUMBERS, label=name) for name in one.metrics}
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


@pytest.mark.parametrize("one", RATES, ids=ids)
def test_a_zero_denominator_gives_no_value(one: Indicator) -> None:
    assert one.parts is not None
    numerator, denominator = one.parts
    zero = dict.fromkeys(denominator.names, 0)
    values = dict.fromkeys(one.metrics, 5) | zero
    assert denominator.compute(values) == 0
    assert math.isnan(one(**values))
    assert math.isnan(one(**dict.fromkeys(one.metrics, 0)))
    assert numerator.compute(dict.fromkeys(one.metrics, 0)) == 0
    assert np.isnan(one(**{name: np.array([value]) for name, value in values.items()})).all()
    assert one(**{name: pd.Series([value]) for name, value in values.items()}).isna().all()


def moneyed(module: ModuleType) -> set[str]:
    """The metrics of a domain that are amounts: those whose own indicator has that unit, or that speak of value."""
    return {name for name in module.METRICS if "revenue" in name or "value" in name}


@pytest.mark.parametrize("one", PLAIN, ids=ids)
@given(st.data())
def test_scaling_money_scales_amounts_and_leaves_the_rest(one: Indicator, data: st.DataObject) -> None:
    (module,) = (each for each in DOMAINS if each.__name__.endswith(f".{one.domain}"))
    amounts = moneyed(module)
    values = {name: data.draw(st.integers(1, 10**6), label=name) for name in one.metrics}
    scaled = {name: value * 7 if name in amounts else value for name, value in values.items()}
    assert close(one(**scaled), one(**values) * (7 if one.unit == MONEY else 1))


@pytest.mark.parametrize("one", RATES, ids=ids)
@given(st.data())
def test_a_rate_of_the_whole_lies_between_those_of_its_parts(one: Indicator, data: st.DataObject) -> None:
    parts = [{name: data.draw(st.integers(1, 10**6)) for name in one.metrics} for _ in range(2)]
    whole = {name: sum(part[name] for part in parts) for name in one.metrics}
    low, high = sorted(one(**part) for part in parts)
    assert low <= one(**whole) <= high or close(one(**whole), low) or close(one(**whole), high)


@pytest.mark.parametrize("one", CATALOGUE.values(), ids=ids)
def test_every_indicator_is_described(one: Indicator) -> None:
    assert one.id == f"{one.domain}.{one.name}"
    assert one.label[0].isupper() and not one.label.endswith(".")
    assert one.description.endswith(".") and len(one.description.split()) >= 3
    assert one.description != one.label
    assert one.unit in UNITS.values()
    assert one.metrics and set(one.formula.names) == set(one.metrics)
    assert one.change is None or one.change in COMPARISONS
    for code in ("en", "da", "nb"):
        say = Language(code)
        assert one.written(say)
        assert say(one.label) in str(one.card(code))
        assert "<dl>" in one.card(code).html()


@pytest.mark.parametrize("one", CATALOGUE.values(), ids=ids)
def test_the_unit_fits_the_formula(one: Indicator) -> None:
    if one.unit in (SHARE, RATIO):
        assert one.change is not None or (isinstance(one.formula, Operation) and one.formula.sign == "/")
    if one.unit == COUNT:
        assert one.parts is None


def test_labels_and_ids_are_each_used_once() -> None:
    labels = [one.label for one in CATALOGUE.values()]
    assert len(set(labels)) == len(labels)
    names = [name.casefold() for one in CATALOGUE.values() for name in (one.label, *one.synonyms)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("module", DOMAINS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_domain_names_the_metrics_that_its_indicators_need(module: ModuleType) -> None:
    own = [one for one in CATALOGUE.values() if one.domain == module.__name__.rpartition(".")[2]]
    assert own == [each for each in vars(module).values() if isinstance(each, Indicator)]
    assert {name for one in own for name in one.metrics} == set(module.METRICS)


def test_a_metric_means_the_same_in_every_domain() -> None:
    names: Mapping[str, set[str]] = {}
    for module in DOMAINS:
        for role, name in module.METRICS.items():
            names.setdefault(role, set()).add(name)
    assert [role for role, found in names.items() if len(found) > 1] == []


def test_finding_an_indicator() -> None:
    assert find("sales.revenue") is CATALOGUE["sales.revenue"]
    with pytest.raises(UsageError) as error:
        find("sales.revenu")
    assert str(error.value) == (
        f"indicator == 'sales.revenu', must be one of {', '.join(CATALOGUE)}. Did you mean 'sales.revenue'?"
    )


def test_the_indicators_of_some_metrics() -> None:
    assert [one.id for one in measured_by(["attendances", "breaches"])] == [
        "emergency.attendances",
        "emergency.attendances_growth",
        "emergency.breaches",
        "emergency.share_within_four_hours",
        "emergency.breaches_growth",
    ]
    assert measured_by([]) == []


def test_the_catalogue_as_plain_values() -> None:
    found = entries(Language("en"))
    assert json.loads(json.dumps(found)) == found
    assert [each["id"] for each in found] == list(CATALOGUE)
    (rate,) = (each for each in found if each["id"] == "emergency.share_within_four_hours")
    assert rate == {
        "id": "emergency.share_within_four_hours",
        "label": "Share within four hours",
        "description": (
            "Share of the attendances that were admitted, transferred or discharged within four hours of arrival."
        ),
        "formula": "(attendances − breaches) / attendances",
        "metrics": ["attendances", "breaches"],
        "unit": "share",
        "better": "higher",
        "note": None,
        "synonyms": [],
    }


def test_the_catalogue_speaks_other_languages() -> None:
    english, danish = entries(Language("en")), entries(Language("da"))
    same: list[Any] = [
        one["id"] for one, other in zip(english, danish, strict=True) if one["description"] == other["description"]
    ]
    assert same == []
