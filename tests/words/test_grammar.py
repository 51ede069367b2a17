"""The grammar of formulas: what it reads, what it refuses and how, and that nothing breaks it."""

from __future__ import annotations

import contextlib
import math
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpikit.words.errors import FormulaError, KpikitError
from kpikit.words.formula import Constant, Formula, Operation, Symbol, divide, written
from kpikit.words.grammar import DEEPEST, LONGEST, MOST_DIGITS, parse

A, B, C = Symbol("a"), Symbol("b"), Symbol("c")
ODD = Symbol("Order value (£)")
NAMES = ["a", "b", "c", "Order value (£)", "sales.orders"]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("  a\n", A),
        ("`a`", A),
        ("`Order value (£)`", ODD),
        ("sales.orders", Symbol("sales.orders")),
        ("a+b-c", (A + B) - C),
        ("a - b + c", (A - B) + C),
        ("a - (b + c)", A - (B + C)),
        ("a / b / c", divide(divide(A, B), C)),
        ("a + b * c", A + B * C),
        ("(a + b) * c", (A + B) * C),
        ("a × b − c", A * B - C),
        ("-a", -A),
        ("-a * b", (-A) * B),
        ("-(a * b)", -(A * B)),
        ("a - -b", A - (-B)),
        ("--a", 0 - -A),
        ("a * -5", A * -5),
        ("0 - 5", Operation("-", Constant(0), Constant(5))),
        ("-0.5", Constant(-0.5)),
        ("007", Constant(7)),
        ("1 - a / b", 1 - divide(A, B)),
        ("((((a))))", A),
    ],
)
def test_what_is_read(text: str, tree: Formula) -> None:
    assert parse(text, NAMES) == tree


@pytest.mark.parametrize(("text", "kind"), [("2", int), ("2.0", float), ("-2", int), ("0.1", float)])
def test_a_number_without_a_point_is_whole(text: str, kind: type) -> None:
    tree = parse(text, [])
    assert isinstance(tree, Constant)
    assert type(tree.number) is kind


ALLOWED = "must be one of a, b, c, Order value (£), sales.orders."
OPERAND = "where a name, a number, - or ( is needed."
AFTER = "where +, -, *, / or the end is needed."
DEEP = "(" * (DEEPEST + 1)
LONG = "a + " * 200 + "a"


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("", 1, f"ends here, {OPERAND}"),
        ("   ", 4, f"ends here, {OPERAND}"),
        ("a /", 4, f"ends here, {OPERAND}"),
        ("a + * b", 5, f"found '*', {OPERAND}"),
        ("+a", 1, f"found '+', {OPERAND}"),
        ("()", 2, f"found ')', {OPERAND}"),
        ("a b", 3, f"found 'b', {AFTER}"),
        ("2a", 2, f"found 'a', {AFTER}"),
        ("1,5 * a", 2, f"found ',', {AFTER}"),
        ("1.5.2", 4, f"found '.', {AFTER}"),
        ("1e5", 2, f"found 'e5', {AFTER}"),
        (".5", 1, f"found '.', {OPERAND}"),
        ("a ** b", 4, f"found '*', {OPERAND}"),
        ("a // b", 4, f"found '/', {OPERAND}"),
        ("a % b", 3, f"found '%', {AFTER}"),
        ("a = b", 3, f"found '=', {AFTER}"),
        ("a)", 2, f"found ')', {AFTER}"),
        ("(a", 3, "ends here, where +, -, *, / or ) is needed."),
        ("(a; b)", 3, "found ';', where +, -, *, / or ) is needed."),
        ("a(b)", 2, f"found '(', {AFTER}"),
        ("a[0]", 2, f"found '[', {AFTER}"),
        ("a.__class__", 1, f"name == 'a.__class__', {ALLOWED}"),
        ("__import__('os')", 1, f"name == '__import__', {ALLOWED}"),
        ("a + sales.order", 5, f"name == 'sales.order', {ALLOWED} Did you mean 'sales.orders'?"),
        ("a + `order value`", 5, f"name == 'order value', {ALLOWED} Did you mean 'Order value (£)'?"),
        ("`a", 1, f"found '`', {OPERAND}"),
        ("``", 1, f"found '`', {OPERAND}"),
        ("a . b", 3, f"found '.', {AFTER}"),
        ("\x00", 1, f"found '\\x00', {OPERAND}"),
        ("9" * 16, 1, f"a number of 16 digits, at most {MOST_DIGITS} are allowed."),
        ("a - 0." + "1" * 15, 5, f"a number of 16 digits, at most {MOST_DIGITS} are allowed."),
        (DEEP + "a" + ")" * 21, 21, f"more than {DEEPEST} parentheses and minus signs inside each other."),
        ("-" * 21 + "a", 21, f"more than {DEEPEST} parentheses and minus signs inside each other."),
        (LONG, 501, f"has {len(LONG)} characters, at most {LONGEST} are allowed."),
    ],
)
def test_what_is_refused_and_where(text: str, place: int, reason: str) -> None:
    with pytest.raises(FormulaError) as error:
        parse(text, NAMES)
    assert (error.value.place, error.value.reason) == (place, reason)


def test_the_whole_sentence() -> None:
    with pytest.raises(KpikitError) as error:
        parse("cups / ordrs", ["cups", "orders"])
    assert str(error.value) == (
        "formula 'cups / ordrs', character 8: name == 'ordrs', must be one of cups, orders. Did you mean 'orders'?"
    )
    with pytest.raises(KpikitError) as error:
        parse("cups", [])
    assert str(error.value) == "formula 'cups', character 1: name == 'cups', but no name is defined."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x", "{name} == {value}, must be one of {allowed}."),
        ("a +", "ends here, where {wanted} is needed."),
        ("a b", "found {token}, where {wanted} is needed."),
        (LONG, "has {number} characters, at most {most} are allowed."),
    ],
)
def test_every_part_of_the_sentence_can_be_said_in_another_language(text: str, reason: str) -> None:
    with pytest.raises(FormulaError) as error:
        parse(text, ["a"])
    told = error.value.said(lambda template, **values: values.get("reason", f"<{template}>"))
    assert told == f"<{reason}>"


@pytest.mark.parametrize(
    "text",
    [
        "a+" * 249 + "a",  # the longest chain: 499 characters, 250 names
        "(" * DEEPEST + "a" + ")" * DEEPEST,
        "-" * DEEPEST + "a",
        "(a-" * DEEPEST + "a" + ")*2/a" * DEEPEST,
    ],
)
def test_the_largest_formulas_are_read_computed_and_written(text: str) -> None:
    tree = parse(text, ["a"])
    assert math.isfinite(tree.compute({"a": 3}))
    assert parse(written(tree).replace(" ", ""), ["a"]) == tree
    assert repr(tree) and hash(tree) == hash(parse(text, ["a"]))


@pytest.mark.parametrize("text", ["(" * 100_000, "-" * 100_000, "a+" * 100_000, "9" * 100_000, "`" * 100_000])
def test_what_is_far_too_long_is_refused_at_once(text: str) -> None:
    with pytest.raises(FormulaError, match=r"has \d+ characters, at most 500"):
        parse(text, ["a"])


PIECES = ["a", "b", "sales.orders", "x", "1", "0.5", ".", "9" * 16, *"`()()-−+*×/"]
SIGNS = "ab10.()+-*/ `_æ,;%^=<>!\"'\\\n\0é٣\u2028\U0001f600"


def test_a_hundred_thousand_random_strings_give_a_formula_or_the_typed_error() -> None:
    chance, good = random.Random(20260723), 0
    for turn in range(100_000):
        pieces, most = (PIECES, 12) if turn % 2 else (SIGNS, 40)
        text = "".join(chance.choices(pieces, k=chance.randrange(most)))
        try:
            tree = parse(text, NAMES)
        except FormulaError as error:
            assert 1 <= error.place <= len(text) + 1
            assert error.reason.endswith((".", "?"))
        else:
            good += 1
            assert parse(written(tree), NAMES) == tree
    assert good > 1000


@given(st.text(max_size=60))
def test_any_text_gives_a_formula_or_the_typed_error(text: str) -> None:
    with contextlib.suppress(FormulaError):
        assert isinstance(parse(text, NAMES), Formula)


NUMBERS = st.integers(-(10**9), 10**9) | st.integers(-(10**6), 10**6).map(lambda part: part / 1000)
LEAVES = st.sampled_from([A, B, C, ODD, Symbol("sales.orders")]) | NUMBERS.map(Constant)


def larger(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    """Trees one step larger than the inner ones."""
    return st.builds(Operation, st.sampled_from("+-*/"), inner, inner) | inner.map(lambda formula: -formula)


TREES = st.recursive(LEAVES, larger, max_leaves=12)


@settings(max_examples=1000)
@given(TREES)
def test_what_is_written_is_read_as_the_same_tree(tree: Formula) -> None:
    assert parse(written(tree), NAMES) == tree


@given(
    st.recursive(st.sampled_from([A, B, C]) | st.integers(-9, 9).map(Constant), larger, max_leaves=12),
    st.fixed_dictionaries({name: st.integers(-9, 9).map(Fraction) for name in "abc"}),
)
def test_what_is_written_means_to_python_what_is_computed(tree: Formula, values: dict[str, Fraction]) -> None:
    text = written(tree).translate({ord("−"): "-", ord("×"): "*"})
    exact = "".join(f"Fraction({sign})" if sign.isdigit() else sign for sign in text)
    found = tree.compute(values)
    try:
        expected = eval(exact, {"Fraction": Fraction, **values})
    except ZeroDivisionError:
        assert math.isnan(found)
    else:
        assert math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)
