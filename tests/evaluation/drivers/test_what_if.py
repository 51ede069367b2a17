"""What if a driver moves: against hand calculations, and the laws that hold for every tree."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpikit.evaluation.drivers.kpi_tree import KpiTree, Node
from kpikit.evaluation.drivers.what_if import NEEDS, position, solved, what_if
from kpikit.evaluation.targets.usual import Aimed
from kpikit.indicators.catalogue import CATALOGUE
from kpikit.words.grammar import parse
from kpikit.words.units import COUNT, MONEY, RATIO, SHARE, Unit
from tests.workspaces import PURE_LAWS

NAMES = ("a", "b", "c")
FORMULAS = ["a * b", "a * b * c", "a / b", "(a - b) / a", "a + b - c", "a * b / c", "a / (a + b)", "100 * (a - b) / c"]


def end(name: str, value: float, unit: Unit = RATIO, low: float | None = 0.0, high: float | None = None) -> Node:
    return Node(name, "indicator", unit, None, value, None, None, low, high)


def made(text: str, *ends: Node, high: float | None = None, low: float | None = None) -> KpiTree:
    """The tree of a formula over these ends."""
    formula = parse(text, NAMES)
    whole = formula.compute({each.name: each.value for each in ends})
    root = replace(end("kpi", whole, MONEY, low, high), formula=formula, under=ends)
    return KpiTree(CATALOGUE["sales.revenue"], root, formula, "identity", None, None)


# 2,000 visitors x 5 % x 40.00 = 4,000
SHOP = made("a * b * c", end("a", 2000, COUNT), end("b", 0.05, SHARE, high=1.0), end("c", 40, MONEY, None))


def test_a_driver_moves_and_the_others_stay() -> None:
    found = what_if(SHOP, {"b": 0.06, "c": 42.0}, Aimed(6000, None))
    assert found.value == pytest.approx(2000 * 0.06 * 42)  # 5,040
    assert found.values["kpi"] == found.value and found.values["a"] == 2000
    # one per cent more of any factor is one per cent of 5,040 more
    assert found.steps == pytest.approx({"a": 50.4, "b": 50.4, "c": 50.4})
    # 6,000 / (0.06 x 42) = 2,380.95 visitors, who are whole; 6,000 / (2000 x 42); 6,000 / (2000 x 0.06)
    assert {name: need.value for name, need in found.needs.items()} == pytest.approx(
        {"a": 2381, "b": 6000 / 84_000, "c": 50}
    )


@pytest.mark.parametrize(
    ("aim", "name", "value", "reason"),
    [
        (Aimed(4000, None), "a", None, "met"),
        (Aimed(None, 5000), "c", None, "met"),
        (Aimed(None, 3999), "a", 1999, None),  # less is better: 3,998
        (Aimed(100_000, None), "b", 1.25, "impossible"),  # a conversion rate of 125 %
        (Aimed(5000, 6000), "c", 50, None),  # a range: up to its lower end
        (Aimed(1000, 2000), "c", 20, None),  # and down to its upper one
    ],
)
def test_what_is_needed_of_one_driver_alone(aim: Aimed, name: str, value: float | None, reason: str | None) -> None:
    need = what_if(SHOP, {}, aim).needs[name]
    assert (need.value, need.reason) == (value if value is None else pytest.approx(value), reason)
    assert reason is None or reason in NEEDS


def test_what_no_value_of_a_driver_does() -> None:
    """Of a product with nothing in it, of a share of 1, and where there is nothing to divide by."""
    nothing = made("a * b", end("a", 3.0), end("b", 0.0))
    assert what_if(nothing, {}, Aimed(5, None)).needs["a"].reason == "never"
    share = made("a / (a + b)", end("a", 3.0), end("b", 1.0))
    needs = what_if(share, {}, Aimed(1.0, None)).needs
    assert (needs["a"].reason, needs["b"].value) == ("never", pytest.approx(0.0))
    assert what_if(share, {"a": 0.0, "b": 0.0}, Aimed(0.5, None)).value is None


def test_a_share_does_not_pass_100_per_cent() -> None:
    tree = made("a / b", end("a", 99.5, COUNT), end("b", 100, COUNT), low=0.0, high=1.0)
    found = what_if(tree, {}, None)
    assert found.steps["a"] is None and found.steps["b"] is not None and not found.needs
    assert what_if(tree, {"a": 101}, None).value is None


def test_the_figures_of_a_formula_that_contradict_each_other_give_nothing() -> None:
    rate = CATALOGUE["emergency.share_within_four_hours"]
    names = rate.formula.names
    ends = tuple(end(name, value, COUNT) for name, value in zip(names, (1000, 200), strict=True))
    root = replace(end("kpi", 0.8, SHARE, high=1.0), formula=rate.formula, under=ends)
    tree = KpiTree(rate, root, rate.formula, "formula", None, None)
    assert what_if(tree, {names[1]: 1200.0}, None).value is None  # more who waited than who came
    found = what_if(tree, {}, Aimed(0.95, None))
    assert found.needs[names[1]].value == 50  # 1,000 x 5 %


@pytest.mark.parametrize(
    ("text", "node", "value"),
    [
        ("+10 %", end("a", 200), 220),
        ("-10 %", end("a", 200), 180),
        ("\N{MINUS SIGN}10 %", end("a", 200), 180),
        ("+0.5 pp", end("b", 0.02, SHARE, high=1.0), 0.025),
        ("+5 % relative", end("b", 0.02, SHARE, high=1.0), 0.021),
        ("3 %", end("b", 0.02, SHARE, high=1.0), 0.03),
        ("250", end("a", 0.0), 250),
    ],
)
def test_where_a_driver_is_moved(text: str, node: Node, value: float) -> None:
    assert position(node, text) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "node", "reason"),
    [
        ("+5 %", end("b", 0.02, SHARE, high=1.0), "two meanings"),
        ("+5 %", end("a", 0.0), "needs a value above zero"),
        ("-150 %", end("a", 200), "below 0"),
        ("+99 pp", end("b", 0.02, SHARE, high=1.0), "above 100 %"),
        ("10..20", end("a", 200), "write one value"),
        ("much", end("a", 200), "is not understood"),
    ],
)
def test_what_cannot_be_moved_is_said(text: str, node: Node, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        position(node, text)


numbers = st.floats(0.01, 1e6)
states = st.fixed_dictionaries(dict.fromkeys(NAMES, numbers))


def tree_of(text: str, values: Mapping[str, float]) -> KpiTree:
    formula = parse(text, NAMES)
    tree = made(text, *(end(name, values[name], low=None) for name in formula.names))
    assume(tree.root.value and math.isfinite(tree.root.value))
    return tree


@PURE_LAWS
@given(st.sampled_from(FORMULAS), states)
def test_without_a_move_the_kpi_is_what_it_is(text: str, values: dict[str, float]) -> None:
    tree = tree_of(text, values)
    assert what_if(tree, {}, None).value == tree.root.value
    assert what_if(tree, tree.values, None).value == tree.root.value


@PURE_LAWS
@given(st.sampled_from(FORMULAS), states, st.sampled_from(NAMES), st.floats(0.2, 3))
def test_what_is_needed_put_back_in_reaches_the_target(
    text: str, values: dict[str, float], name: str, times: float
) -> None:
    """Where a value of the driver gives the target there is one that is needed, and with it the target is met."""
    tree = tree_of(text, values)
    assume(name in tree.formula.names)
    goal = tree.value({**tree.values, name: values[name] * times})
    assume(goal is not None and not math.isclose(goal, tree.root.value or 0.0, rel_tol=1e-3))
    aim = Aimed(goal, None) if goal > tree.root.value else Aimed(None, goal)  # type: ignore[operator]
    need = what_if(tree, {}, aim).needs[name]
    assert need.reason is None and need.value is not None
    assert what_if(tree, {name: need.value}, aim).value == pytest.approx(goal, rel=1e-6)


@PURE_LAWS
@given(states, st.floats(-0.5, 0.5))
def test_a_product_follows_each_factor_in_proportion(values: dict[str, float], part: float) -> None:
    tree = tree_of("a * b * c", values)
    for name in NAMES:
        moved = what_if(tree, {name: values[name] * (1 + part)}, None)
        assert moved.value == pytest.approx((tree.root.value or 0.0) * (1 + part))
        assert moved.steps[name] == pytest.approx(0.01 * abs(moved.value or 0.0), rel=1e-6)


@pytest.mark.parametrize(
    ("text", "name", "values", "goal", "expected"),
    [
        ("a * a + b", "a", {"a": 3.0, "b": 1.0}, 17, [-4, 4]),
        ("a * b / (a + c)", "a", {"a": 10.0, "b": 5.0, "c": 20.0}, 3, [30]),  # 5a = 3a + 60
        ("a / b", "b", {"a": 1e9, "b": 2e13}, 1e-4, [1e13]),
        ("a * a", "a", {"a": 1.0}, -1, []),
        ("a - a", "a", {"a": 1.0}, 5, []),
        ("a / b", "b", {"a": 0.0, "b": 1.0}, 0, []),  # any value does, and so none is needed
    ],
)
def test_equations(text: str, name: str, values: dict[str, float], goal: float, expected: list[float]) -> None:
    formula = parse(text, NAMES)
    assert sorted(solved(formula, name, values, goal)) == pytest.approx(expected)
