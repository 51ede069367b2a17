"""Rows of events that add nothing to a sum, since they have no value: whose, of which days, and how it is said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.evaluation.lacking import WithoutValue
from kpikit.metrics.model import Model
from kpikit.metrics.without_value import may_lack, without_value
from kpikit.sources.engine import Engine
from kpikit.sources.loaded import Loaded
from kpikit.words.language import Language
from kpikit.words.periods import Window


@dataclass(frozen=True)
class Blank:
    """By day, how many rows of a client a metric adds up, and how many of them have no value."""

    client: str
    metric: str
    days: Mapping[str, tuple[int, int]]

    def within(self, window: Window | None, as_of: date | None = None) -> tuple[int, int]:
        """The rows of a window (default: of all days) that were known on a day, and those without a value."""
        first, last = (str(window.start), str(window.last_day)) if window else ("", "9999")
        last = min(last, str(as_of or last))
        own = [numbers for day, numbers in self.days.items() if first <= day <= last]
        return sum(rows for rows, _ in own), sum(without for _, without in own)


BySource = Mapping[str, Sequence[Blank]]
Uses = Mapping[str, Collection[str]]
"""By metric, the ids of the indicators that are made of it."""


def blanks(engine: Engine, model: Model, loaded: Loaded, keys: Mapping[str, str]) -> tuple[Blank, ...]:
    """What is told of a source; ``keys`` gives the client's key for what the rows call it."""
    source, found = loaded.source, list[Blank]()
    for name, metric in model.metrics.items():
        if metric.source == source.name and may_lack(metric, source):
            own = without_value(engine, source, metric, keys)
            found += [Blank(client, name, days) for client, days in own.items()]
    return tuple(found)


def lacking_values(
    blank: BySource, model: Model, uses: Uses, client: str | None, window: Window, as_of: date
) -> tuple[WithoutValue, ...]:
    """What sums lack of a client (None: of any) in a window, as far as it was known on a day.

    Of a sum over persons no number is told: few of them could be known by it.
    """
    found = dict[tuple[str, str], tuple[int, int]]()
    for source, own in blank.items():
        for each in own:
            if each.metric in uses and client in (None, each.client):
                before, more = found.get((source, each.metric), (0, 0)), each.within(window, as_of)
                found[source, each.metric] = before[0] + more[0], before[1] + more[1]
    return tuple(
        _told(model, source, metric, numbers, tuple(uses[metric]))
        for (source, metric), numbers in found.items()
        if numbers[1]
    )


def _told(
    model: Model, source: str, metric: str, numbers: tuple[int, int], indicators: tuple[str, ...]
) -> WithoutValue:
    own = model.metrics[metric]
    rows, without = (None, None) if own.persons else numbers
    return WithoutValue(source, metric, own.column, without, rows, indicators)


def lacking_of(evaluation: Evaluation, fact: Fact) -> list[WithoutValue]:
    """The rows that add nothing to what a fact is made of."""
    return [each for each in evaluation.without_value if fact.indicator in each.indicators]


def sentences(found: Iterable[WithoutValue], say: Language) -> list[str]:
    """A sentence for each metric whose sum lacks values; of those that may not be told, one for each source."""
    return list(dict.fromkeys(_sentence(each, say) for each in found))


def _sentence(each: WithoutValue, say: Language) -> str:
    if each.rows is None or each.all is None:
        return say(
            "Rows of the source {source} have no value: sums count them as nothing, and may be incomplete.",
            source=each.source,
        )
    return say.plural(
        "{number} of {all} rows of the source {source} has no value in '{column}': the sum '{metric}' counts it as "
        "nothing, and may be incomplete.",
        "{number} of {all} rows of the source {source} have no value in '{column}': the sum '{metric}' counts them as "
        "nothing, and may be incomplete.",
        each.rows,
        all=say.count(each.all),
        source=each.source,
        column=each.column,
        metric=each.metric,
    )
