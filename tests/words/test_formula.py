"""Formulas: trees that calculate what the function does, what of them adds up, and how they are written."""

from __future__ import annotations

import math
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.words.formula import (
    Constant,
    Formula,
    Operation,
    Symbol,
    adds_up,
    as_formula,
    degree,
    divide,
    quoted,
    written,
)

A, B, C = Symbol("a"), Symbol("b"), Symbol("c")
NAN = math.nan


def same(found: object, expected: object) -> bool:
    """Equal numbers, where not-a-number equals itself."""
    return found == expected or (found != found and expected != expected)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (A, 12.0),
        (Constant(3), 3.0),
        (A + B, 16.0),
        (A - B, 8.0),
        (A * B, 48.0),
        (divide(A, B), 3.0),
        (1 + A, 13.0),
        (1 - A, -11.0),
        (2 * A, 24.0),
        (A + 1, 13.0),
        (A - 1, 11.0),
        (A * 2, 24.0),
        (divide(A, 3), 4.0),
        (divide(3, A), 0.25),
        (divide(A - B, A * C), 8 / 24),
        (A - (B - C), 10.0),  # 12 - (4 - 2)
        (divide(A, A - 12), NAN),
        (-A, -12.0),
        (-(A - B) * C, -16.0),  # -(12 - 4) * 2
    ],
)
def test_a_tree_has_the_value_of_its_symbols(formula: Formula, value: float) -> None:
    assert same(formula.compute({"a": 12.0, "b": 4.0, "c": 2.0}), value)


def test_a_tree_computes_series() -> None:
    values = {"a": pd.Series([3, 1], index=["x", "y"]), "b": pd.Series([4, 0], index=["x", "y"])}
    found = divide(A, B).compute(values)
    assert list(found.index) == ["x", "y"]
    assert found["x"] == 0.75
    assert math.isnan(found["y"])


def test_a_missing_symbol_is_an_error() -> None:
    with pytest.raises(KeyError):
        divide(A, B).compute({"a": 1})


@pytest.mark.parametrize(
    ("formula", "names"),
    [(A, ("a",)), (divide(B - A, B), ("b", "a")), (Constant(1), ()), (A + B * (C + A), ("a", "b", "c"))],
)
def test_the_names_of_a_tree_come_once_in_their_order(formula: Formula, names: tuple[str, ...]) -> None:
    assert formula.names == names


def test_the_nodes_of_a_tree_come_from_left_to_right() -> None:
    total = A + 2
    assert list(divide(B, total).nodes()) == [divide(B, total), B, total, A, Constant(2)]


def test_names_are_replaced_by_trees() -> None:
    rate = divide(A, B)
    assert (1 - rate).replaced({"a": B, "b": A + C}) == 1 - divide(B, A + C)  # all at once
    assert rate.replaced({"c": A}) == rate
    assert Constant(3).replaced({"a": B}) == Constant(3)


@pytest.mark.parametrize(
    ("formula", "adds", "grows"),
    [
        (A, True, 1),
        (A + B - C, True, 1),
        (-A, True, 1),
        (A - 0, True, 1),
        (A * 2, True, 1),
        (2 * (A - B), True, 1),
        (divide(A, 100), True, 1),
        (divide(100, A), False, -1),
        (Constant(3), False, 0),
        (Constant(0), True, 0),
        (A + 3, False, None),
        (A * B, False, 2),
        (divide(A, B), False, 0),
        (1 - divide(A, B), False, 0),
        (divide(A, B) * 1000, False, 0),
        (divide(A * B, C), False, 1),
        (divide(A, B) + C, False, None),
        (divide(A + 3, B), False, None),
    ],
)
def test_what_adds_up_and_how_a_value_grows(formula: Formula, adds: bool, grows: int | None) -> None:
    assert (adds_up(formula), degree(formula)) == (adds, grows)


VALUES = st.fixed_dictionaries({name: st.integers(1, 9).map(Fraction) for name in "abc"})
SUMS = st.recursive(
    st.sampled_from([A, B, C]),
    lambda inner: (
        st.builds(Operation, st.sampled_from("+-"), inner, inner)
        | st.builds(Operation, st.just("*"), st.integers(-9, 9).map(Constant), inner)
        | st.builds(Operation, st.just("/"), inner, st.integers(1, 9).map(Constant))
    ),
    max_leaves=6,
)


@given(SUMS, VALUES, VALUES)
def test_of_what_adds_up_the_sum_of_values_is_the_value_of_sums(
    formula: Formula, one: dict[str, Fraction], two: dict[str, Fraction]
) -> None:
    both = {name: one[name] + two[name] for name in one}
    assert adds_up(formula)
    assert math.isclose(formula.compute(both), formula.compute(one) + formula.compute(two), abs_tol=1e-9)


TREES = st.recursive(
    st.sampled_from([A, B, C]) | st.integers(0, 9).map(Constant),
    lambda inner: st.builds(Operation, st.sampled_from("+-*/"), inner, inner),
    max_leaves=8,
)


@given(TREES, VALUES)
def test_a_value_grows_by_its_degree(formula: Formula, values: dict[str, Fraction]) -> None:
    grows = degree(formula)
    small, large = formula.compute(values), formula.compute({name: 2 * value for name, value in values.items()})
    assert grows is None or small != small or large != large or math.isclose(large, small * 2.0**grows, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (A, "a"),
        (A + B - C, "a + b − c"),
        (A - (B + C), "a − (b + c)"),
        (A - (B - C), "a − (b − c)"),
        (A + (B + C), "a + (b + c)"),
        (A + B + C, "a + b + c"),
        (A * (B + C), "a × (b + c)"),
        ((A + B) * C, "(a + b) × c"),
        (A * B + C, "a × b + c"),
        (divide(A - B, A), "(a − b) / a"),
        (divide(A, B + C), "a / (b + c)"),
        (divide(A, B * C), "a / (b × c)"),
        (divide(A, divide(B, C)), "a / (b / c)"),
        (divide(divide(A, B), C), "a / b / c"),
        (divide(A, B) * C, "a / b × c"),
        (A * divide(B, C), "a × (b / c)"),
        (-A, "−a"),
        (-A * B, "−a × b"),
        (-(A * B), "−(a × b)"),
        (0 - -A, "−−a"),
        (A - -B, "a − (−b)"),
        (A + -1, "a + (−1)"),
        (-1 * A, "−1 × a"),
        (0 - as_formula(5), "0 − 5"),
        (1 - divide(A, B), "1 − a / b"),
        (divide(A, B) * 1000, "a / b × 1000"),
        (A * 1_000_000, "a × 1000000"),
        (A * 0.1, "a × 0.1"),
        (A * 0.123456789, "a × 0.123456789"),
        (A * 0.30000000000000004, "a × 0.30000000000000004"),
        (A * 1e20, "a × 100000000000000000000"),
        (A * 1e-7, "a × 0.0000001"),
        (A * 2.0, "a × 2"),
        (A * Symbol("Item price"), "a × `Item price`"),
        (A * Symbol("ads.clicks"), "a × ads.clicks"),
    ],
)
def test_how_a_tree_is_written(formula: Formula, text: str) -> None:
    assert written(formula) == text


def test_a_tree_is_written_with_the_names_of_its_symbols() -> None:
    assert written(divide(A, B), {"a": "orders", "b": "visits"}.__getitem__) == "orders / visits"


def test_a_tree_is_written_with_the_numbers_of_a_language() -> None:
    assert written(A * 1.5 + 2, number=lambda number: f"<{number}>") == "a × <1.5> + <2>"


@pytest.mark.parametrize(
    ("name", "text"),
    [("a", "a"), ("_a1.b_2", "_a1.b_2"), ("beløb", "beløb"), ("a b", "`a b`"), ("1a", "`1a`"), ("a.", "`a.`")],
)
def test_a_name_is_quoted_where_it_must_be(name: str, text: str) -> None:
    assert quoted(name) == text


def test_equal_trees_are_equal() -> None:
    assert divide(A - B, A) == Operation("/", Operation("-", Symbol("a"), Symbol("b")), Symbol("a"))
    assert as_formula(A) is A
    assert as_formula(2) == Constant(2)


def test_dividing_symbols_by_the_bare_operator_is_no_formula() -> None:
    with pytest.raises(TypeError):
        A / B  # type: ignore[operator]  # it would divide by zero; `divide` is the one way
