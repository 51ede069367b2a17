"""How facts and members are called in a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kpikit.evaluation.drivers.parts import Decomposition, Driver
from kpikit.evaluation.drivers.words import Names, driver_key, driver_name
from kpikit.evaluation.facts import Fact, Part
from kpikit.indicators.catalogue import Indicators
from kpikit.metrics.declarations import Dimension
from kpikit.plans.apart import Apart, apart
from kpikit.plans.plan import Plan
from kpikit.words.language import Language
from kpikit.words.periods import GRAINS


@dataclass(frozen=True)
class Labels:
    """Called with a fact, its label: the indicator's, with the member where the fact is about one, and with what tells
    it from other KPIs of the same."""

    indicators: Indicators
    dimensions: Mapping[str, Dimension]
    say: Language

    def __call__(self, fact: Fact) -> str:
        return self.of(fact.indicator, fact.member, fact.apart)

    def of(self, indicator: str, member: tuple[str, str] | None, apart: Apart | None = None) -> str:
        """The label of an indicator, with that of the member that it is about, if any, and with what tells it apart."""
        label = self.say(self.indicators[indicator].label)
        label = label if member is None else self.say("{label}, {member}", label=label, member=self._named(*member))
        return label if apart is None else f"{label} ({', '.join(self._apart(apart))})"

    def _apart(self, apart: Apart) -> Iterator[str]:
        if apart.over is not None:
            yield self.say("total in {period}", period=self.say.period(apart.over))
        if apart.cadence is not None:
            yield self.say(GRAINS[apart.cadence])
        if apart.by is not None:
            yield self.say("by {day}", day=self.say.day(apart.by))
        if apart.goal is not None:
            yield self.say.own(apart.goal).rstrip(".")
        if apart.number is not None:
            yield self.say.count(apart.number)

    def kpis(self, plan: Plan) -> dict[str, str]:
        """What the KPIs of a plan are called, by their keys; a further one of a goal by key and number, as where plans
        are compared."""
        named, seen = dict[str, str](), list[tuple[str, str]]()
        for kpi, one in zip(plan.kpis, apart(plan), strict=True):
            seen.append((kpi.goal, kpi.key))
            number = seen.count(seen[-1])
            key = kpi.key if number == 1 else f"{kpi.key} ({number})"
            named[key] = self.of(kpi.indicator, kpi.member, one if number > 1 else None)
        return named

    def member(self, part: Part) -> str:
        """The label of a part's member; the member itself where the workspace gives none."""
        return self._named(part.dimension, part.member)

    def dimension(self, name: str) -> str:
        """What a dimension is called inside a sentence."""
        return self.say.own(self.dimensions[name].label).lower()

    def drivers(self, fact: Fact) -> Names:
        """How the parts of a fact's change are called."""
        return lambda one, driver: driver_name(self._driver(fact, one, driver), driver, self.say)

    def made_of(self, fact: Fact) -> dict[str, str]:
        """What the indicators and metrics are called that a fact's changes are made of, by their keys."""
        parts = [(one, each) for one in fact.drivers if one.dimension is None for each in one.drivers]
        return {driver_key(fact, one, each): self._driver(fact, one, each) for one, each in parts}

    def _driver(self, fact: Fact, one: Decomposition, driver: Driver) -> str:
        if driver.name is None:
            return ""
        if driver.kind == "indicator":
            return self.say(self.indicators[driver.name].label)
        if driver.kind == "metric":
            text = self.say(self.indicators[fact.indicator].roles[driver.name])
            return text[:1].upper() + text[1:]
        return self._named(one.dimension or "", driver.name) or self.say("not stated")

    def _named(self, dimension: str, member: str) -> str:
        return self.say.own(self.dimensions[dimension].members.get(member, member))
