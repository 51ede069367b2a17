"""The formula of a workspace's own indicator, and its identities: what they may name, and what they must agree with."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from itertools import product

from kpikit.indicators.catalogue import Indicators
from kpikit.indicators.framework import Indicator
from kpikit.indicators.inputs import ANY, WHOLE, Range, Share
from kpikit.metrics.declarations import Metric
from kpikit.sources.strict import Section
from kpikit.words.errors import FormulaError
from kpikit.words.formula import Constant, Formula, Operation, Symbol
from kpikit.words.grammar import parse
from kpikit.words.message import Message, Messages
from kpikit.words.units import MONEY, SCORE, SHARE, UNITS

LARGEST = 500
"""The most names, numbers and operations of a formula, together with those of the indicators that it uses."""

Metrics = Mapping[str, Metric]


def read_formula(id: str, section: Section, known: Indicators, later: Collection[str], metrics: Metrics) -> Formula:
    """The formula over metrics alone: those that it names, and those of the indicators that it names."""
    text = section.text("formula")
    try:
        formula = parse(text, [*metrics, *known, *later])
    except FormulaError as error:
        raise section.refuse("formula", error.args[0]) from None
    for name in formula.names:
        reason = _unfit(name, id, known, later, metrics)
        if reason:
            raise section.refuse("formula", "{name} {reason}", name=name, reason=reason)
    whole = formula.replaced({name: known[name].formula for name in formula.names if name in known})
    size = sum(1 for _ in whole.nodes())
    if size > LARGEST:
        raise section.refuse(
            "formula",
            "has {size} parts with those of the indicators in it, at most {largest}.",
            size=size,
            largest=LARGEST,
        )
    if not whole.names:
        raise section.refuse("formula", "{text} names no metric, so it is the same in every period.", text=repr(text))
    return whole


def of_answers(formula: Formula, section: Section, metrics: Metrics) -> Formula:
    """The formula of a survey's figure, whose interval is known: a share, net score or mean score of the answers."""
    unit = section.choice("unit", UNITS)
    match formula:
        case Operation("/", part, answers) if unit == SHARE.key and _made_of(part, "+-") and _made_of(answers, "+-"):
            return Share("/", part, answers)
        case Operation("/", Operation("*", Constant(100), Operation("-", Symbol(), Symbol()) as net), answers) if (
            unit == SCORE.key and set(net.names) < set(answers.names) and _made_of(answers, "+")
        ):
            return formula
        case Symbol(name) if unit == SCORE.key and metrics[name].has_spread:
            return formula
    reason = Message(
        "is true, but the formula is neither a share of the answers ('satisfied / answers', 'unit: share') nor a net "
        "score ('100 * (for - against) / (for + neither + against)', 'unit: score') nor a mean one (a metric with "
        "'mean: COLUMN', 'unit: score'), so it has no known interval."
    )
    raise section.refuse("survey", reason)


def as_share(formula: Formula, between: Range | None) -> Formula:
    """A division that is declared to lie between 0 and 1 as the share of a part in its whole."""
    if between is not None and between[:2] == WHOLE[:2] and isinstance(formula, Operation) and formula.sign == "/":
        return Share("/", formula.left, formula.right)
    return formula


def read_between(section: Section) -> Range:
    """The lowest and the highest value, one of them or both, of a share in per cent: ``0 %..100 %``, ``1..``."""
    written, share = section.text("between"), section.text("unit") == SHARE.key
    number = r"(-?\d+(?:\.\d+)?)" + (" ?%" if share else "")
    match = re.fullmatch(rf"(?:{number})?\.\.(?:{number})?", written)
    low, high = ((match and match[end]) or plain for end, plain in ((1, "-inf"), (2, "inf")))
    found = Range(float(Decimal(low) / (100 if share else 1)), float(Decimal(high) / (100 if share else 1)))
    if not found.lowest < found.highest or found[:2] == ANY[:2]:
        example = "0 %..100 %, 0 %.." if share else "1..7, 1.."
        reason = Message(
            "'{written}' must be the lowest and the highest value that can be, or one of them, as {example}.",
            written=written,
            example=example,
        )
        raise section.refuse("between", reason)
    if section.knows("change"):
        raise section.refuse("between", "goes not with 'change': a change may be any number.")
    return found


def _made_of(formula: Formula, signs: str) -> bool:
    """True where there is nothing in it but metrics and these operations."""
    others = (node for node in formula.nodes() if not isinstance(node, Symbol))
    return all(isinstance(node, Operation) and node.sign in signs for node in others)


def read_identities(
    id: str, formula: Formula, section: Section, known: Indicators, later: Collection[str]
) -> tuple[str, ...]:
    """Formulas over other indicators that give the same value, whatever the figures are; others are refused."""
    texts = section.texts("identities", ())
    for text in texts:
        try:
            identity = parse(text, [*known, *later])
        except FormulaError as error:
            raise section.refuse("identities", error.args[0]) from None
        for name in identity.names:
            if name == id or name in later or known[name].change:
                raise section.refuse(
                    "identities", "{name} {reason}", name=name, reason=_unfit(name, id, known, later, {})
                )
        if len(identity.names) < 2:
            raise section.refuse("identities", "{text} names fewer than two indicators.", text=repr(text))
        whole = identity.replaced({name: known[name].formula for name in identity.names})
        if reason := _differs(formula, whole):
            raise section.refuse("identities", "{text} {reason}", text=repr(text), reason=reason)
    return texts


_TRIED = (
    (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43),
    (97, 89, 83, 79, 73, 71, 67, 61, 59, 53, 47, 43, 41, 37),
)
"""Figures that have nothing in common, so that two formulas which agree on them are the same."""


def _differs(formula: Formula, identity: Formula) -> str | None:
    """With which figures the two are not the same, as a sentence; None where they always are."""
    names = list(dict.fromkeys((*formula.names, *identity.names)))
    for tried in _TRIED:
        values = {name: tried[at % len(tried)] + at // len(tried) * 100 for at, name in enumerate(names)}
        one, other = float(formula.compute(values)), float(identity.compute(values))
        if not math.isclose(one, other, rel_tol=1e-9):
            figures = ", ".join(f"{name} {value}" for name, value in values.items())
            return Message(
                "is not the same as the formula: with {figures} it is {other}, and the formula {one}.",
                figures=figures,
                other=f"{other:g}",
                one=f"{one:g}",
            )
    return None


def _unfit(name: str, id: str, known: Indicators, later: Collection[str], metrics: Metrics) -> str | None:
    """Why a name cannot stand in the formula of ``id``; None where it can."""
    if name == id:
        return Message("uses itself; an indicator uses only those above it.")
    if name in later:
        return Message("stands further down; an indicator uses only those above it.")
    if name in metrics and name in known:
        return Message("is both a metric and an indicator; give the metric another name.")
    if name in metrics:
        return None
    if known[name].change:
        return Message("is a change between two periods; only values of one period can stand in a formula.")
    lacking = [each for each in known[name].metrics if each not in metrics]
    if not lacking:
        return None
    if len(lacking) == 1:
        return Message("needs the metric {name}, which is not defined.", name=lacking[0])
    return Message("needs the metrics {names}, which are not defined.", names=Messages(lacking, ", "))


def check_formula(one: Indicator, section: Section, metrics: Metrics) -> None:
    """Refuse a formula whose currencies or units do not go together, and one that adds up what overlaps."""
    _check_currency(one, section, metrics)
    _check_overlaps(one.formula, section, metrics)


def _check_currency(one: Indicator, section: Section, metrics: Metrics) -> None:
    found = sorted({metrics[name].currency or "" for name in one.metrics} - {""})
    if len(found) > 1:
        raise section.refuse(
            "formula", "mixes the currencies {names}; its metrics must be in one.", names=", ".join(found)
        )
    if one.unit == MONEY and not found:
        raise section.refuse("unit", "is money, but none of the metrics in the formula is, so there is no currency.")
    power = _power_of_money(one.formula, [name for name in one.metrics if metrics[name].currency])
    if power is None:
        raise section.refuse("formula", "adds amounts of money and numbers that are none.")
    if one.unit == MONEY and power != 1:
        raise section.refuse("unit", "is money, but the formula multiplies or divides amounts by amounts.")
    if one.unit != MONEY and power > 0:
        raise section.refuse("unit", "is {unit}, but the formula gives an amount: use 'unit: money'.", unit=one.unit)


def _check_overlaps(formula: Formula, section: Section, metrics: Metrics) -> None:
    """Refuse a sum of metrics that count the same things, as ad platforms do, each of which claims the same order."""
    for node in formula.nodes():
        if not isinstance(node, Operation) or node.sign != "+":
            continue
        for one, other in product(node.left.names, node.right.names):
            word = metrics[one].overlaps
            if one != other and word is not None and word == metrics[other].overlaps:
                reason = Message(
                    "adds {one} and {other}, which overlap ('overlaps: {word}'): what both count would count twice. "
                    "Hold the orders of the shop against all spend instead, as "
                    "marketing.blended_cost_per_acquisition and marketing.efficiency_ratio do.",
                    one=one,
                    other=other,
                    word=word,
                )
                raise section.refuse("formula", reason)


def _power_of_money(formula: Formula, money: Collection[str]) -> int | None:
    """1 for an amount, 0 for a number, -1 for a number per amount; None for a sum of unlike things."""
    if not isinstance(formula, Operation):
        return int(isinstance(formula, Symbol) and formula.name in money)
    left, right = _power_of_money(formula.left, money), _power_of_money(formula.right, money)
    if left is None or right is None:
        return None
    if formula.sign == "*":
        return left + right
    if formula.sign == "/":
        return left - right
    plain = [side for side in (formula.left, formula.right) if not side.names]  # a constant is of any kind
    if plain:
        return left if formula.right in plain else right
    return left if left == right else None
