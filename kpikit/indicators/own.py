"""What a workspace adds to the catalogue: which metrics stand for which names, and indicators of its own.

`read_indicators` gives all indicators of a workspace by id. Each is over the workspace's own metrics, so that nobody
above needs to know of names that are bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from kpikit.indicators.catalogue import CATALOGUE, Indicators
from kpikit.indicators.framework import Direction, Indicator
from kpikit.indicators.inputs import Share
from kpikit.metrics.declarations import Metric
from kpikit.sources.strict import Section
from kpikit.words.errors import FormulaError, UsageError, one_of
from kpikit.words.formula import Constant, Formula, Operation, Symbol
from kpikit.words.grammar import parse
from kpikit.words.language import Wording
from kpikit.words.texts import LANGUAGES
from kpikit.words.units import MONEY, SCORE, SHARE, UNITS

ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
LARGEST = 500
"""The most names, numbers and operations of a formula, together with those of the indicators that it uses."""

Metrics = Mapping[str, Metric]
Names = Mapping[str, str]
"""What an indicator calls a metric -> what the workspace calls it."""


def read_indicators(top: Section, metrics: Metrics, bind: Section | None = None) -> dict[str, Indicator]:
    """The catalogue over the metrics that ``bind`` names, and the ``indicators`` of ``workspace.yml`` after it.

    ``bind`` is a client's own, which goes before that of ``workspace.yml``.
    """
    bindings = top.section("bind") if bind is None else bind.over(top.section("bind"))
    names = _read_bindings(bindings, metrics)
    known = {each.id: _bound(each, names(each), metrics, bindings) for each in CATALOGUE.values()}
    sections = top.sections("indicators")
    for id, section in sections.items():
        _check_id(id, section, metrics)
        known[id] = _own(id, section, known, [name for name in sections if name not in known], metrics)
    return known


def _read_bindings(section: Section, metrics: Metrics) -> Callable[[Indicator], Names]:
    """For each indicator its own bindings: those for all, over them those of its domain, over them those of its id."""
    domains = dict.fromkeys(each.domain for each in CATALOGUE.values())
    given: dict[str, Names] = {}
    for key in section:
        if section.is_section(key):
            if key not in domains and key not in CATALOGUE:
                raise section.refuse(key, one_of("domain or indicator", key, [*domains, *CATALOGUE]))
            members = [each for each in CATALOGUE.values() if key in (each.domain, each.id)]
            given[key] = _names(section.section(key), members, metrics)
    single = [key for key in section if not section.is_section(key)]
    given[""] = _names(section, CATALOGUE.values(), metrics, single)

    def names(one: Indicator) -> Names:
        return {**given[""], **given.get(one.domain, {}), **given.get(one.id, {})}

    return names


def _names(
    section: Section, members: Collection[Indicator], metrics: Metrics, keys: Collection[str] | None = None
) -> Names:
    """The section's keys as names that these indicators have, each with a metric of the workspace."""
    allowed = dict.fromkeys(name for each in members for name in each.metrics)
    found = {}
    for name in section if keys is None else keys:
        if name not in allowed:
            raise section.refuse(name, one_of("name", name, allowed))
        found[name] = section.text(name)
        if found[name] not in metrics:
            raise section.refuse(name, one_of("metric", found[name], metrics))
    return found


def _bound(one: Indicator, names: Names, metrics: Metrics, bindings: Section) -> Indicator:
    """The indicator over the workspace's metrics, and with their labels in its formula."""
    taken: dict[str, str] = {}
    for role in one.metrics:
        metric = names.get(role, role)
        if metric in taken:
            reason = f"{one.id} would take {metric} both for {taken[metric]} and for {role}."
            raise bindings.refuse("", reason)
        taken[metric] = role
    roles = {metric: _called(metric, metrics) or one.roles[role] for metric, role in taken.items()}
    if roles == one.roles:
        return one
    formula = one.formula.replaced({role: Symbol(metric) for metric, role in taken.items()})
    amounts = None if one.amounts is None else frozenset(name for name, role in taken.items() if role in one.amounts)
    function = _calculator(one.id, formula, tuple(roles))
    return replace(one, formula=formula, roles=roles, function=function, amounts=amounts)


def _called(metric: str, metrics: Metrics) -> Wording | None:
    label = metrics[metric].label if metric in metrics else None
    return None if label is None else _users(label)


def _calculator(id: str, formula: Formula, names: tuple[str, ...]) -> Callable[..., Any]:
    """What the indicator does when it is called: its formula, with values in the order of its metrics or by name."""

    def calculate(*values: Any, **named: Any) -> Any:
        given = {**dict(zip(names, values, strict=False)), **named}
        if len(values) + len(named) != len(names) or set(given) != set(names):
            raise UsageError(f"{id} is calculated from {', '.join(names)}.")
        return formula.compute(given)

    return calculate


def _check_id(id: str, section: Section, metrics: Metrics) -> None:
    if not ID.fullmatch(id):
        reason = "must be a domain and a name of letters a-z, digits and '_', as coffee.cups_per_order."
        raise section.refuse("", reason)
    if id in CATALOGUE:
        raise section.refuse("", f"kpikit has an indicator {id} already; choose another name.")
    if id in metrics:
        raise section.refuse("", "is the name of a metric already.")


def _own(id: str, section: Section, known: Indicators, later: Collection[str], metrics: Metrics) -> Indicator:
    formula = _tree(id, section, known, later, metrics)
    survey, synonyms = section.flag("survey", False), section.texts("synonyms", ())
    if survey:
        formula = _of_answers(formula, section)
    domain, _, name = id.partition(".")
    own = Indicator(
        domain=domain,
        name=name,
        label=_wording(section, "label"),
        description=_wording(section, "description"),
        unit=UNITS[section.choice("unit", UNITS)],
        better=Direction(section.choice("better", [each.value for each in Direction])),
        function=_calculator(id, formula, formula.names),
        formula=formula,
        roles={metric: _called(metric, metrics) or _usual_name(metric, known) for metric in formula.names},
        low=_optional(section, "low"),
        high=_optional(section, "high"),
        mind=_optional(section, "mind"),
        source=section.text("source", ""),
        synonyms=dict.fromkeys(LANGUAGES, synonyms) if synonyms else {},
        survey=survey,
    )
    _check_currency(own, section, metrics)
    _check_overlaps(formula, section, metrics)
    section.finish()
    return own


def _tree(id: str, section: Section, known: Indicators, later: Collection[str], metrics: Metrics) -> Formula:
    """The formula over metrics alone: those that it names, and those of the indicators that it names."""
    text = section.text("formula")
    try:
        formula = parse(text, [*metrics, *known, *later])
    except FormulaError as error:
        raise section.refuse("formula", str(error)) from None
    for name in formula.names:
        reason = _unfit(name, id, known, later, metrics)
        if reason:
            raise section.refuse("formula", f"{name} {reason}")
    whole = formula.replaced({name: known[name].formula for name in formula.names if name in known})
    size = sum(1 for _ in whole.nodes())
    if size > LARGEST:
        raise section.refuse("formula", f"has {size} parts with those of the indicators in it, at most {LARGEST}.")
    if not whole.names:
        raise section.refuse("formula", f"{text!r} names no metric, so it is the same in every period.")
    return whole


def _of_answers(formula: Formula, section: Section) -> Formula:
    """The formula of a survey's figure, whose interval is known: a share of the answers, or a net score of them."""
    unit = section.choice("unit", UNITS)
    match formula:
        case Operation("/", part, answers) if unit == SHARE.key and _made_of(part, "+-") and _made_of(answers, "+-"):
            return Share("/", part, answers)
        case Operation("/", Operation("*", Constant(100), Operation("-", Symbol(), Symbol()) as net), answers) if (
            unit == SCORE.key and set(net.names) < set(answers.names) and _made_of(answers, "+")
        ):
            return formula
    reason = (
        "is true, but the formula is neither a share of the answers ('satisfied / answers', 'unit: share') nor a net "
        "score ('100 * (for - against) / (for + neither + against)', 'unit: score'), so it has no known interval."
    )
    raise section.refuse("survey", reason)


def _made_of(formula: Formula, signs: str) -> bool:
    """True where there is nothing in it but metrics and these operations."""
    others = (node for node in formula.nodes() if not isinstance(node, Symbol))
    return all(isinstance(node, Operation) and node.sign in signs for node in others)


def _unfit(name: str, id: str, known: Indicators, later: Collection[str], metrics: Metrics) -> str | None:
    """Why a name cannot stand in the formula of ``id``; None where it can."""
    if name == id:
        return "uses itself; an indicator uses only those above it."
    if name in later:
        return "stands further down; an indicator uses only those above it."
    if name in metrics and name in known:
        return "is both a metric and an indicator; give the metric another name."
    if name in metrics:
        return None
    if known[name].change:
        return "is a change between two periods; only values of one period can stand in a formula."
    lacking = [each for each in known[name].metrics if each not in metrics]
    if not lacking:
        return None
    several = len(lacking) > 1
    return f"needs the metric{'s' * several} {' and '.join(lacking)}, which {'are' if several else 'is'} not defined."


def _usual_name(metric: str, known: Indicators) -> Wording:
    """What the catalogue calls a metric of this name; else the name itself."""
    names: Iterator[Wording] = (each.roles[metric] for each in known.values() if metric in each.roles)
    return next(names, {"en": metric.replace("_", " ")})


def _wording(section: Section, key: str) -> Wording:
    return _users(section.wording(key))


def _users(wording: Wording) -> Wording:
    """A text of the workspace, marked as one that kpikit has no translation of."""
    return {"en": wording} if isinstance(wording, str) else wording


def _optional(section: Section, key: str) -> Wording:
    return _wording(section, key) if section.knows(key) else ""


def _check_currency(one: Indicator, section: Section, metrics: Metrics) -> None:
    found = sorted({metrics[name].currency or "" for name in one.metrics} - {""})
    if len(found) > 1:
        raise section.refuse("formula", f"mixes the currencies {', '.join(found)}.")
    if one.unit == MONEY and not found:
        raise section.refuse("unit", "is money, but none of the metrics in the formula is, so there is no currency.")
    power = _power_of_money(one.formula, [name for name in one.metrics if metrics[name].currency])
    if power is None:
        raise section.refuse("formula", "adds amounts of money and numbers that are none.")
    if one.unit == MONEY and power != 1:
        raise section.refuse("unit", "is money, but the formula multiplies or divides amounts by amounts.")
    if one.unit != MONEY and power > 0:
        raise section.refuse("unit", f"is {one.unit}, but the formula gives an amount: use 'unit: money'.")


def _check_overlaps(formula: Formula, section: Section, metrics: Metrics) -> None:
    """Refuse a sum of metrics that count the same things, as ad platforms do, each of which claims the same order."""
    for node in formula.nodes():
        if not isinstance(node, Operation) or node.sign != "+":
            continue
        for one, other in product(node.left.names, node.right.names):
            word = metrics[one].overlaps
            if one != other and word is not None and word == metrics[other].overlaps:
                reason = (
                    f"adds {one} and {other}, which overlap ('overlaps: {word}'): what both count would count twice. "
                    "Hold the orders of the shop against all spend instead, as marketing.blended_cost_per_acquisition "
                    "and marketing.efficiency_ratio do."
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
