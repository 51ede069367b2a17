"""What a workspace adds to the catalogue: which metrics stand for which names, and indicators of its own.

`read_indicators` gives all indicators of a workspace by id. Each is over the workspace's own metrics, so that nobody
above needs to know of names that are bound.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import get_args, get_type_hints

from kpikit.indicators.catalogue import CATALOGUE, Indicators, of_catalogue
from kpikit.indicators.framework import Direction, Indicator, Use
from kpikit.indicators.inputs import ANY, Range, Share
from kpikit.indicators.own_formula import (
    Metrics,
    as_share,
    check_formula,
    of_answers,
    read_between,
    read_formula,
    read_identities,
)
from kpikit.metrics.declarations import Metric
from kpikit.sources.strict import Section
from kpikit.words.errors import one_of
from kpikit.words.formula import Symbol
from kpikit.words.language import Wording
from kpikit.words.message import Message
from kpikit.words.texts import LANGUAGES, N_
from kpikit.words.units import MONEY, SHARE, UNITS

ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
CHANGES = ("same_period_last_year",)
"""The comparisons that an indicator may be the change against."""

Names = Mapping[str, str]
"""What an indicator calls a metric -> what the workspace calls it."""


def read_indicators(top: Section, metrics: Metrics, bind: Section | None = None) -> dict[str, Indicator]:
    """The catalogue over the metrics that ``bind`` names, and the ``indicators`` of ``workspace.yml`` after it.

    ``bind`` is a client's own, which goes before that of ``workspace.yml``.
    """
    bindings = top.section("bind") if bind is None else bind.over(top.section("bind"))
    names = _read_bindings(bindings, metrics)
    known = {each.id: _bound(each, names(each), metrics, bindings) for each in CATALOGUE.values()}
    sections = top.sections("indicators", "shop.margin: {label: Margin, formula: profit / revenue, ...}")
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
                raise section.refuse(key, of_catalogue("domain or indicator", key, [*domains, *CATALOGUE]))
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
            raise section.refuse(name, of_catalogue("name", name, allowed))
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
            told = N_("{id} would take {metric} both for {one} and for {other}.")
            raise bindings.refuse("", told, id=one.id, metric=metric, one=taken[metric], other=role)
        taken[metric] = role
    roles = {metric: _called(metric, metrics) or one.roles[role] for metric, role in taken.items()}
    ranges = {metric: _range(metrics.get(metric), one.ranges[role]) for metric, role in taken.items()}
    if (roles, ranges) == (one.roles, one.ranges):
        return one
    formula = one.formula.replaced({role: Symbol(metric) for metric, role in taken.items()})
    return replace(one, formula=formula, roles=roles, ranges=ranges)


def _called(metric: str, metrics: Metrics) -> Wording | None:
    label = metrics[metric].label if metric in metrics else None
    return None if label is None else _users(label)


def _range(metric: Metric | None, usual: Range | None) -> Range:
    """What a metric of the workspace can be: as it declares itself, else as the catalogue says of it, else as it is."""
    if metric is not None and metric.scale is not None:
        lowest, highest = map(float, metric.scale)
        return Range(lowest, highest, usual=highest)
    if usual is None:
        usual = Range() if metric is not None and metric.counts else ANY
        usual = usual._replace(money=metric is not None and metric.unit == MONEY)
    return usual._replace(lowest=-math.inf) if metric is not None and metric.signed else usual


def _check_id(id: str, section: Section, metrics: Metrics) -> None:
    if not ID.fullmatch(id):
        reason = Message("must be a domain and a name of letters a-z, digits and '_', as coffee.cups_per_order.")
        raise section.refuse("", reason)
    if id in CATALOGUE:
        raise section.refuse("", "kpikit has an indicator {id} already; choose another name.", id=id)
    if id in metrics:
        raise section.refuse("", "is the name of a metric already.")


def _own(id: str, section: Section, known: Indicators, later: Collection[str], metrics: Metrics) -> Indicator:
    formula = read_formula(id, section, known, later, metrics)
    survey = section.flag("survey", False)
    if survey:
        formula = of_answers(formula, section, metrics)
    between = read_between(section) if section.knows("between") else None
    formula = as_share(formula, between)
    if survey and between is None and not isinstance(formula, Share | Symbol):
        between = Range(-100.0, 100.0)  # a net score
    domain, _, name = id.partition(".")
    own = Indicator(
        domain=domain,
        name=name,
        label=_wording(section, "label"),
        description=_wording(section, "description"),
        unit=UNITS[section.choice("unit", UNITS)],
        better=Direction(section.choice("better", [each.value for each in Direction])),
        formula=formula,
        roles={metric: _called(metric, metrics) or _usual_name(metric, known) for metric in formula.names},
        ranges={metric: _range(metrics[metric], _usual_range(metric, known)) for metric in formula.names},
        between=between,
        change=_change(section) if section.knows("change") else None,
        low=_optional(section, "low"),
        high=_optional(section, "high"),
        mind=_optional(section, "mind"),
        source=section.text("source", ""),
        usual=_use(section.section("usual")) if section.knows("usual") else None,
        synonyms=_synonyms(section),
        identities=read_identities(id, formula, section, known, later),
        variant_of=section.choice("variant_of", known) if section.knows("variant_of") else None,
        survey=survey,
    )
    check_formula(own, section, metrics)
    section.finish()
    return own


def _change(section: Section) -> str:
    """The comparison of an indicator that is a change: how much more, as a share, than in the same period last year."""
    if section.text("unit") != SHARE.key or section.flag("survey", False):
        raise section.refuse("change", "goes with 'unit: share', and not with 'survey': it is so many per cent more.")
    return section.choice("change", CHANGES)


def _use(section: Section) -> Use:
    use = Use._make(section.choice(name, get_args(kind)) for name, kind in get_type_hints(Use).items())
    section.finish()
    return use


def _synonyms(section: Section) -> dict[str, tuple[str, ...]]:
    """A list for all languages, or one for each of them."""
    if not section.is_section("synonyms"):
        return dict.fromkeys(LANGUAGES, found) if (found := section.texts("synonyms", ())) else {}
    own = section.section("synonyms")
    by_language = {code: own.texts(code, ()) for code in LANGUAGES}
    own.finish()
    return by_language


def _usual_name(metric: str, known: Indicators) -> Wording:
    """What the catalogue calls a metric of this name; else the name itself."""
    names: Iterator[Wording] = (each.roles[metric] for each in known.values() if metric in each.roles)
    return next(names, {"en": metric.replace("_", " ")})


def _usual_range(metric: str, known: Indicators) -> Range | None:
    """What the catalogue says that a metric of this name can be."""
    return next((each.ranges[metric] for each in known.values() if metric in each.ranges), None)


def _wording(section: Section, key: str) -> Wording:
    return _users(section.wording(key))


def _users(wording: Wording) -> Wording:
    """A text of the workspace, marked as one that kpikit has no translation of."""
    return {"en": wording} if isinstance(wording, str) else wording


def _optional(section: Section, key: str) -> Wording:
    return _wording(section, key) if section.knows(key) else ""
