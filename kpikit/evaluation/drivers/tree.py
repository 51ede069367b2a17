"""The KPI tree: which other indicators a KPI is made of, by the identities that the catalogue declares."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice, product

from kpikit.indicators.catalogue import Indicators, identities
from kpikit.indicators.framework import Indicator
from kpikit.words.formula import Constant, Formula, Operation, Symbol
from kpikit.words.units import SHARE

MOST_LEAVES, MOST_TREES = 5, 64
"""So many parts does a reader keep apart; and so many trees are looked at."""


def tree(one: Indicator, known: Indicators, named: Collection[str] = ()) -> Formula | None:
    """The identity to explain an indicator by, over the ids of others that are ``known``; None where there is none.

    That with most of the indicators that the plan has ``named`` as PIs; of several, the one that goes furthest back;
    then the one that is declared first.

    >>> from kpikit.indicators.catalogue import CATALOGUE
    >>> from kpikit.words.formula import written
    >>> written(tree(CATALOGUE["ads.conversions"], CATALOGUE))
    'ads.people_reached × ads.frequency × ads.click_through_rate × ads.conversion_rate'
    >>> written(tree(CATALOGUE["ads.conversions"], CATALOGUE, ["ads.clicks"]))
    'ads.clicks × ads.conversion_rate'
    """
    found = [each for each in islice(_trees(one, known, {one.id}), MOST_TREES) if len(each.names) <= MOST_LEAVES]
    return max(found, key=lambda each: (len({*each.names} & {*named}), len(each.names)), default=None)


def _trees(one: Indicator, known: Indicators, path: Collection[str]) -> Iterator[Formula]:
    """The identities of an indicator, and those with others in the place of their parts."""
    for identity in identities(one):
        names = identity.names
        if len(names) > 1 and all(name in known and name not in path and not known[name].change for name in names):
            deeper = [[Symbol(name), *_trees(known[name], known, {*path, *names})] for name in names]
            for each in product(*deeper):
                yield identity.replaced(dict(zip(names, each, strict=True)))


def steps(formula: Formula, known: Indicators) -> tuple[str, ...]:
    """The steps of a funnel, the first one first: a number of which two shares and more pass on. Empty otherwise.

    >>> from kpikit.indicators.catalogue import CATALOGUE
    >>> steps(tree(CATALOGUE["email.conversion_rate"], CATALOGUE), CATALOGUE)
    ('email.open_rate', 'email.click_to_open_rate', 'email.click_conversion_rate')
    """
    nodes, names = list(formula.nodes()), formula.names
    plain = all(node.sign == "*" for node in nodes if isinstance(node, Operation))
    once = sum(isinstance(node, Symbol) for node in nodes) == len(names)
    numbers = any(isinstance(node, Constant) for node in nodes)
    shares = all(known[name].unit == SHARE for name in names[1:])
    return names if plain and once and not numbers and shares and len(names) > 2 else ()
