"""Formulas over the columns of a row: by cases, and any tree against the same arithmetic on Python's fractions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import duckdb
import narwhals as nw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.metrics.quantities import is_exact, quantity, settled
from kpikit.sources.declarations import Column, Dialect, Source
from kpikit.words.formula import Constant, Formula, Operation, Symbol, written
from tests.workspaces import PURE_LAWS, window

SOURCE = Source(
    "visits", Path("visits.csv"), "csv", Dialect(),
    (
        Column("users", "integer"), Column("per user", "decimal", 2), Column("long", "decimal", 9),
        Column("rate", "number"),
    ),
    "client", "day", "day", "aggregates", (0, 1, 2, 3, 4, 5, 6), window("2024-01-01", "2024-12-31"),
)  # fmt: skip
Cells = tuple[int | None, Decimal | None, Decimal | None, float | None]


def computed(text: str, rows: Sequence[Cells]) -> list[str | None]:
    """The values of a formula in these rows, exactly as the engine has them."""
    with duckdb.connect() as connection:
        connection.execute(
            'CREATE TABLE t (place BIGINT, users BIGINT, "per user" DECIMAL(18, 2), long DECIMAL(38, 9), rate DOUBLE)'
        )
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", [(at, *row) for at, row in enumerate(rows)])
        frame = nw.from_native(connection.table("t")).with_columns(_v=quantity(text, SOURCE).value.cast(nw.String))
        return [value for (value,) in frame.sort("place").select("_v").to_native().fetchall()]


ROW: Cells = (10, Decimal("1.25"), Decimal("0.000000001"), 0.5)


@pytest.mark.parametrize(
    ("text", "value", "exact"),
    [
        ("users", "10", True),
        ("per user", "1.25", True),
        ("users * `per user`", "12.50", True),
        ("-`per user`", "-1.25", True),
        ("users - 0.5 * users", "5.0", True),
        ("users * users", "100", True),  # 19 digits each
        ("users * users * users", "1000.0", False),  # 57 digits are too many to be exact
        ("long * `per user`", "1.25e-09", False),  # 38 and 18 digits
        ("users * rate", "5.0", False),
        ("users / 4", "2.5", False),
        ("users / (`per user` - 1.25)", None, False),  # nothing is divided by 0
        ("(users + `per user`) * 2", "22.50", True),
    ],
)
def test_values(text: str, value: str | None, exact: bool) -> None:
    assert computed(text, [ROW]) == [value]
    assert is_exact(text, SOURCE) is exact


@pytest.mark.parametrize("text", ["users * `per user`", "users + `per user`", "`per user` / users", "-users"])
def test_a_row_without_one_of_the_columns_has_no_value(text: str) -> None:
    none: Cells = (None, None, None, None)
    found = computed(text, [none, (None, Decimal("1.25"), None, None), ROW])
    assert found[:2] == [None, None] and found[2] is not None


def test_the_largest_whole_numbers_do_not_overflow() -> None:
    largest = 2**63 - 1
    row: Cells = (largest, Decimal("9999999999999999.99"), None, None)
    assert computed("users * users", [row]) == [str(largest**2)]
    (product,) = computed("users * `per user`", [row])
    assert Fraction(product or 0) == Fraction(largest * (10**18 - 1), 100)
    assert float(computed("users * users * users", [row])[0] or 0) == pytest.approx(float(largest) ** 3)


trees = st.recursive(
    st.sampled_from([Symbol("users"), Symbol("per user")]) | st.integers(0, 20).map(lambda n: Constant(n / 4)),
    lambda inner: st.builds(Operation, st.sampled_from("+-*/"), inner, inner),
    max_leaves=6,
)
rows = st.tuples(
    st.none() | st.integers(-9, 9),
    st.none() | st.integers(-9, 9).map(lambda n: Decimal(n) / 4),
    st.none(),
    st.none(),
)


def by_fractions(formula: Formula, row: Cells) -> Fraction | None:
    """The same, on Python's exact fractions."""
    if isinstance(formula, Constant):
        return Fraction(formula.number)
    if isinstance(formula, Symbol):
        cell = row[0] if formula.name == "users" else row[1]
        return None if cell is None else Fraction(cell)
    assert isinstance(formula, Operation)
    left, right = by_fractions(formula.left, row), by_fractions(formula.right, row)
    if left is None or right is None or (formula.sign == "/" and right == 0):
        return None
    return {
        "+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right, "/": lambda: left / right
    }[formula.sign]()  # fmt: skip


@given(trees, st.lists(rows, min_size=1, max_size=4))
@PURE_LAWS
def test_any_formula_is_that_of_fractions(formula: Formula, cells: list[Cells]) -> None:
    text = written(formula)
    exact = is_exact(text, SOURCE)
    for row, found in zip(cells, computed(text, cells), strict=True):
        expected = by_fractions(formula, row)
        if found is None or expected is None:
            # a denominator of binary numbers may miss 0 by a rounding, and so may be a value that is huge
            assert found == expected or (not exact and abs(float(found or 0)) > 1e9)
        elif exact:
            assert Fraction(found) == expected
        else:
            assert float(found) == pytest.approx(float(expected), rel=1e-6, abs=1e-6)


@PURE_LAWS
@given(st.lists(st.integers(-(10**7), 10**7), min_size=2, max_size=60), st.randoms())
def test_a_sum_of_binary_numbers_is_the_same_in_any_order(thousandths: list[int], chance: Random) -> None:
    numbers = [each / 1000 for each in thousandths]
    other = chance.sample(numbers, len(numbers))
    size = sum(map(abs, numbers))
    assert settled(sum(numbers), size) == settled(sum(other), size) == round(sum(thousandths)) / 1000
