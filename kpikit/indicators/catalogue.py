"""All indicators: the one explicit list of the domains' modules, and the ways to find an indicator in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kpikit.indicators import customers, emergency, sales
from kpikit.indicators.framework import Indicator
from kpikit.words.errors import UsageError, one_of
from kpikit.words.language import Language

DOMAINS = (sales, customers, emergency)

CATALOGUE: dict[str, Indicator] = {
    each.id: each for module in DOMAINS for each in vars(module).values() if isinstance(each, Indicator)
}
"""Every indicator by its id, in the order of the modules and of the declarations in them."""


Indicators = Mapping[str, Indicator]
"""Indicators by their id: the catalogue, or all that a workspace knows."""


def find(id: str) -> Indicator:
    """The indicator of an id such as ``sales.revenue``; a `UsageError` names the nearest one."""
    if id not in CATALOGUE:
        raise UsageError(one_of("indicator", id, CATALOGUE))
    return CATALOGUE[id]


def measured_by(metrics: Collection[str], indicators: Indicators = CATALOGUE) -> list[Indicator]:
    """Those of the indicators that can be computed from these metrics, in their order."""
    return [each for each in indicators.values() if all(name in metrics for name in each.metrics)]


def entries(say: Language, indicators: Indicators = CATALOGUE) -> list[dict[str, object]]:
    """The catalogue, or a workspace's indicators, as plain values, with texts in a language: one object for each."""
    return [
        {
            "id": each.id,
            "label": say(each.label),
            "description": say(each.description),
            "formula": each.written(say),
            "metrics": list(each.metrics),
            "unit": each.unit.key,
            "better": each.better.value,
            "note": say(each.note) if each.note else None,
            "synonyms": list(each.synonyms),
        }
        for each in indicators.values()
    ]
