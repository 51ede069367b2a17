"""How facts and members are called in a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpikit.evaluation.drivers.parts import Decomposition, Driver
from kpikit.evaluation.drivers.words import Names, driver_name
from kpikit.evaluation.facts import Fact, Part
from kpikit.indicators.catalogue import Indicators
from kpikit.metrics.declarations import Dimension
from kpikit.words.language import Language


@dataclass(frozen=True)
class Labels:
    """Called with a fact, its label: the indicator's, with the member where the fact is about one."""

    indicators: Indicators
    dimensions: Mapping[str, Dimension]
    say: Language

    def __call__(self, fact: Fact) -> str:
        return self.of(fact.indicator, fact.member)

    def of(self, indicator: str, member: tuple[str, str] | None) -> str:
        """The label of an indicator, with that of the member that it is about, if any."""
        label = self.say(self.indicators[indicator].label)
        return label if member is None else self.say("{label}, {member}", label=label, member=self._named(*member))

    def member(self, part: Part) -> str:
        """The label of a part's member; the member itself where the workspace gives none."""
        return self._named(part.dimension, part.member)

    def dimension(self, name: str) -> str:
        """What a dimension is called inside a sentence."""
        return self.say.own(self.dimensions[name].label).lower()

    def drivers(self, fact: Fact) -> Names:
        """How the parts of a fact's change are called."""
        return lambda one, driver: driver_name(self._driver(fact, one, driver), driver, self.say)

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
