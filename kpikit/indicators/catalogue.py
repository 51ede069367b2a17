"""All indicators: the one explicit list of the domains' modules, and the ways to find an indicator in it.

A domain is a module, or a folder of them. Their ``METRICS`` name the metrics that the formulas need. A name means the
same in every module: two domains that count different things under one word say of what they count (`email_clicks`,
`ad_clicks`), and two that count the same thing use the same name and the same words. So a workspace that defines a
metric of that name has each indicator that needs it, and one that calls it otherwise binds the name to its own metric.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from html import escape

from kpikit.indicators import (
    content,
    customers,
    emergency,
    market,
    marketing,
    operations,
    people,
    pipeline,
    production,
    retention,
    satisfaction,
    service,
    sustainability,
)
from kpikit.indicators.ads import reach as ads_reach
from kpikit.indicators.ads import results as ads_results
from kpikit.indicators.email import delivery as email_delivery
from kpikit.indicators.email import response as email_response
from kpikit.indicators.finance import cash, customer_value, profit
from kpikit.indicators.framework import Indicator
from kpikit.indicators.sales import deductions as sales_deductions
from kpikit.indicators.sales import orders as sales_orders
from kpikit.indicators.seo import results as seo_results
from kpikit.indicators.seo import site as seo_site
from kpikit.indicators.social import audience as social_audience
from kpikit.indicators.social import posts as social_posts
from kpikit.indicators.subscription import movements as subscription_movements
from kpikit.indicators.subscription import rates as subscription_rates
from kpikit.indicators.web import conversion as web_conversion
from kpikit.indicators.web import engagement as web_engagement
from kpikit.indicators.web import traffic as web_traffic
from kpikit.words.errors import MOST_NAMES, UsageError, closest, did_you_mean, one_of, shortened, spelled
from kpikit.words.formula import PLAIN_NAME, Formula, written
from kpikit.words.grammar import parse
from kpikit.words.language import Language, language
from kpikit.words.message import Message, Messages
from kpikit.words.texts import LANGUAGES

DOMAINS = (
    sales_orders,
    sales_deductions,
    pipeline,
    customers,
    profit,
    cash,
    customer_value,
    web_traffic,
    web_conversion,
    web_engagement,
    marketing,
    ads_reach,
    ads_results,
    seo_results,
    seo_site,
    email_delivery,
    email_response,
    social_posts,
    social_audience,
    content,
    operations,
    production,
    satisfaction,
    service,
    subscription_movements,
    subscription_rates,
    retention,
    people,
    market,
    sustainability,
    emergency,
)


class Catalogue(dict[str, Indicator]):
    """Indicators by their id; as a whole they show themselves as a list."""

    def __repr__(self) -> str:
        return "\n".join(f"{id}: {one.label}" for id, one in self.items())

    def _repr_html_(self) -> str:
        rows = (f"<tr><td>{id}</td><td>{escape(str(one.label))}</td></tr>" for id, one in self.items())
        return f"<table><tbody>{''.join(rows)}</tbody></table>"


CATALOGUE = Catalogue(
    (each.id, each) for module in DOMAINS for each in vars(module).values() if isinstance(each, Indicator)
)
"""Every indicator by its id, in the order of the modules and of the declarations in them."""

Indicators = Mapping[str, Indicator]
"""Indicators by their id: the catalogue, or all that a workspace knows."""


def find(id: str, indicators: Indicators = CATALOGUE) -> Indicator:
    """The indicator of an id such as ``sales.revenue``; a `UsageError` names the nearest one."""
    if id not in indicators:
        raise UsageError(unknown("indicator", id, indicators))
    return indicators[id]


def unknown(name: str, value: object, indicators: Indicators) -> str:
    """The sentence for an id that there is not: which one is called so in any language, else which one is like it.

    >>> unknown("indicator", "Omsætning", CATALOGUE)
    "indicator == 'Omsætning', must be an id. Write 'sales.revenue'."
    """
    last = str(value).rpartition(".")[2]
    called = _called(str(value), indicators) or _called(last, indicators)
    called = called or [id for id in indicators if spelled(id.rpartition(".")[2]) == spelled(last)]
    if not called:
        return of_catalogue(name, value, indicators)
    told = Message("{name} == {value}, must be an id. Write '{id}'.", name=name, value=shortened(value), id=called[0])
    return Messages([told, *(Message("Or write '{id}'.", id=id) for id in called[1:])])


def of_catalogue(name: str, value: object, allowed: Collection[str]) -> str:
    """As `one_of`; of names that are too many for a sentence it says where all of them are found.

    >>> of_catalogue("indicator", "sales.order", CATALOGUE).partition(". ")[2]
    "Did you mean 'sales.orders'? 'kpikit catalogue' lists them all."
    """
    if len(allowed) <= MOST_NAMES:
        return one_of(name, value, allowed)
    there = Message("the {number} that there are", number=len(allowed))
    told = Message("{name} == {value}, must be one of {allowed}.", name=name, value=shortened(value), allowed=there)
    nearest = did_you_mean(closest(str(value), allowed))
    return Messages([told, nearest, Message("'kpikit catalogue' lists them all.")])


def measured_by(metrics: Collection[str], indicators: Indicators = CATALOGUE) -> list[Indicator]:
    """Those of the indicators that can be computed from these metrics, in their order."""
    return [each for each in indicators.values() if all(name in metrics for name in each.metrics)]


def search(text: str, indicators: Indicators = CATALOGUE) -> list[Indicator]:
    """Those of the indicators with these words in what they are called, what they mean, or what to mind; best first.

    Words of any language are found.

    >>> [each.id for each in search("kurvstørrelse")]
    ['sales.average_order_value']
    """
    words = text.casefold().split()
    ranked = [(_rank(each, text.casefold().strip(), words), each) for each in indicators.values()]
    return [each for rank, each in sorted(ranked, key=lambda pair: pair[0]) if words and rank < _NOWHERE]


_IN_A_NAME, _NOWHERE = 2, 4


def named(text: str, indicators: Indicators = CATALOGUE) -> Indicator | None:
    """The one indicator with this id or name, in any language; None where there is none, or several.

    >>> named("kundelevetidsværdi").id
    'finance.customer_lifetime_value'
    """
    found = _called(text, indicators)
    return indicators[found[0]] if len(found) == 1 else None


def _called(text: str, indicators: Indicators) -> list[str]:
    """The ids of those with this id or name, in any language."""
    wanted = text.casefold().strip()
    return [id for id, one in indicators.items() if wanted in (name.casefold() for name in (id, *names_of(one)))]


def nearest(text: str, indicators: Indicators = CATALOGUE) -> str | None:
    """The id or name that is most like a text that finds nothing; None where none is like it.

    >>> nearest("kundelevtidsværdi")
    'kundelevetidsværdi'
    """
    return closest(text, [name for each in indicators.values() for name in (each.id, *names_of(each))])


def metric_called(text: str, indicators: Indicators = CATALOGUE) -> str | None:
    """The metric of an indicator that is called so, or whose name is like it; None where there is none.

    >>> metric_called("visits"), metric_called("ad_spend"), metric_called("order"), metric_called("sky")
    ('sessions', 'ad_cost', 'orders', None)
    """
    words = text.replace("_", " ").casefold()
    alone = [one for one in search(words, indicators) if len(one.metrics) == 1]
    if alone and _rank(alone[0], words, words.split()) <= _IN_A_NAME:
        return alone[0].metrics[0]
    return closest(text, dict.fromkeys(name for one in indicators.values() for name in one.metrics))


def _rank(one: Indicator, text: str, words: list[str]) -> int:
    """0 for its id or what it is called, 1 for its plain name, 2 with the words in its names, 3 in its texts."""
    names = [one.id, *names_of(one)]
    plain = one.name.replace("_", " ")
    if text in (name.casefold() for name in names):
        return 0
    if text == plain:
        return 1
    texts = [text for text in (one.description, one.mind) if text]
    described = [*names, plain, *(language(code)(text) for code in LANGUAGES for text in texts)]
    for rank, found in ((2, [*names, plain]), (3, described)):
        if all(_holds(" ".join(found).casefold(), word) for word in words):
            return rank
    return _NOWHERE


def _holds(text: str, word: str) -> bool:
    """True where the word stands in the text; an abbreviation only at the beginning of one of its words."""
    return word in text and (len(word) > _SHORT or re.search(rf"\b{re.escape(word)}", text) is not None)


_SHORT = 3


def names_of(one: Indicator) -> Iterator[str]:
    yield from (language(code)(one.label) for code in LANGUAGES)
    yield from (name for names in one.synonyms.values() for name in names)


def identities(one: Indicator) -> Iterator[Formula]:
    """The formulas, over other indicators' ids, that give the same value."""
    yield from (parse(text, re.findall(PLAIN_NAME, text)) for text in one.identities)


def entry(one: Indicator, say: Language, indicators: Indicators = CATALOGUE) -> dict[str, object]:
    """One indicator as plain values, its texts in a language; ``indicators`` are all those that there are."""
    return {
        "id": one.id,
        "label": say(one.label),
        "domain": one.domain,
        "description": say(one.description),
        "formula": one.written(say),
        "identities": [identity_written(each, say, indicators) for each in identities(one)],
        "metrics": list(one.metrics),
        "unit": one.unit.key,
        "between": [end if math.isfinite(end) else None for end in one.bounds],
        "better": one.better.value,
        "usual": one.usual._asdict() if one.usual else None,
        "low": say(one.low),
        "high": say(one.high),
        "mind": say(one.mind),
        "source": one.source,
        "synonyms": {code: list(names) for code, names in one.synonyms.items()},
        "variant_of": one.variant_of,
    }


def identity_written(identity: Formula, say: Language, indicators: Indicators = CATALOGUE) -> str:
    """An identity in words: "Orders × Average order value"."""
    return written(identity, lambda id: say(find(id, indicators).label))


def entries(say: Language, indicators: Indicators = CATALOGUE) -> list[dict[str, object]]:
    """The catalogue, or a workspace's indicators, as plain values, with texts in a language: one object for each."""
    return [entry(one, say, indicators) for one in indicators.values()]
