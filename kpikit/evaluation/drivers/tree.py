"""The KPI tree: which other indicators a KPI is made of, by the identities that are declared."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice, product

from kpikit.indicators.catalogue import Indicators, identities
from kpikit.indicators.framework import Indicator
from kpikit.words.formula import Constant, Formula, Operation, Symbol
from kpikit.words.units import SHARE

MOST_LEAVES, MOST_TREES = 5, 64
"""So many parts does a reader keep apart; and so many trees are looked at."""


@dataclass(frozen=True)
class Branch:
    """What is called ``name``, an indicator or a metric, with the formula over what stands ``under`` it, if any."""

    name: str
    formula: Formula | None = None
    under: tuple[Branch, ...] = ()

    @property
    def flat(self) -> Formula:
        """The formula over the ends of the tree, with nothing in between."""
        if self.formula is None:
            return Symbol(self.name)
        return self.formula.replaced({each.name: each.flat for each in self.under})


def tree(one: Indicator, known: Indicators, named: Collection[str] = ()) -> Branch | None:
    """The tree to explain an indicator by, of others that are ``known``; None where no identity is declared.

    That with most of the indicators that the plan has ``named`` as PIs; of several, the one that goes furthest back;
    then the one that is declared first.

    >>> from kpikit.indicators.catalogue import CATALOGUE
    >>> from kpikit.words.formula import written
    >>> conversions = tree(CATALOGUE["ads.conversions"], CATALOGUE)
    >>> written(conversions.formula), written(conversions.under[0].formula)
    ('ads.clicks × ads.conversion_rate', 'ads.impressions × ads.click_through_rate')
    >>> written(conversions.flat)
    'ads.people_reached × ads.frequency × ads.click_through_rate × ads.conversion_rate'
    >>> written(tree(CATALOGUE["ads.conversions"], CATALOGUE, ["ads.clicks"]).flat)
    'ads.clicks × ads.conversion_rate'
    """
    found = [(each, each.flat.names) for each in islice(_trees(one, known, {one.id}), MOST_TREES)]
    fits = [(each, names) for each, names in found if len(names) <= MOST_LEAVES]
    best = max(fits, key=lambda pair: (len({*pair[1]} & {*named}), len(pair[1])), default=None)
    return best[0] if best else None


def _trees(one: Indicator, known: Indicators, path: Collection[str]) -> Iterator[Branch]:
    """The identities of an indicator, and those with trees in the place of their parts."""
    for identity in identities(one):
        names = identity.names
        if len(names) > 1 and all(name in known and name not in path and not known[name].change for name in names):
            deeper = [[Branch(name), *_trees(known[name], known, {*path, *names})] for name in names]
            yield from (Branch(one.id, identity, under) for under in product(*deeper))


def steps(formula: Formula, known: Indicators) -> tuple[str, ...]:
    """The steps of a funnel, the first one first: a number of which two shares and more pass on. Empty otherwise.

    >>> from kpikit.indicators.catalogue import CATALOGUE
    >>> steps(tree(CATALOGUE["email.conversion_rate"], CATALOGUE).flat, CATALOGUE)
    ('email.open_rate', 'email.click_to_open_rate', 'email.click_conversion_rate')
    """
    nodes, names = list(formula.nodes()), formula.names
    plain = all(node.sign == "*" for node in nodes if isinstance(node, Operation))
    once = sum(isinstance(node, Symbol) for node in nodes) == len(names)
    numbers = any(isinstance(node, Constant) for node in nodes)
    shares = all(known[name].unit == SHARE for name in names[1:])
    return names if plain and once and not numbers and shares and len(names) > 2 else ()


def reached(id: str, known: Indicators) -> tuple[str, ...]:
    """An indicator, and all of the ``known`` ones that its identities and those of their parts speak of."""
    found, waiting = dict[str, None](), [id]
    while waiting:
        name = waiting.pop()
        if name in known and name not in found:
            found[name] = None
            waiting += [each for identity in identities(known[name]) for each in identity.names]
    return tuple(found)
