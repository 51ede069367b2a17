"""Values of others that the workspace enters: of competitors, of the industry, or a standard, with source and date."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from kpikit.indicators.catalogue import unknown
from kpikit.indicators.framework import Indicator
from kpikit.plans.aim import parse_value, value_example
from kpikit.sources.strict import Section
from kpikit.words.errors import one_of
from kpikit.words.formula import degree
from kpikit.words.language import Wording
from kpikit.words.message import Message
from kpikit.words.periods import GRAINS
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY

KINDS = {"competitor": N_("competitor"), "industry": N_("industry"), "standard": N_("standard")}
"""Whose value it is: code -> text."""


@dataclass(frozen=True)
class Benchmark:
    """A value of others for an indicator, as it was known ``on`` a day, with its ``source``.

    ``per`` is the length of the period that an amount or a number is about; None for what means the same in any.
    ``segment`` names the clients that it is for; None for all.
    """

    indicator: str
    kind: str
    name: Wording
    value: float
    source: Wording
    on: date
    per: str | None = None
    segment: str | None = None

    def is_for(self, indicator: str, segment: str | None, grain: str, as_of: date) -> bool:
        """True where it is about this indicator, for clients of this segment, in such a period, and known by then."""
        fits = self.per in (None, grain) and self.segment in (None, segment)
        return self.indicator == indicator and fits and self.on <= as_of


def read_benchmarks(
    top: Section, indicators: Mapping[str, Indicator], segments: Collection[str] | None
) -> tuple[Benchmark, ...]:
    """The benchmarks of ``workspace.yml``. Segments that no client has are refused, unless None are given to check."""
    if not top.knows("benchmarks"):
        return ()
    return tuple(_benchmark(section, indicators, segments) for section in top.items("benchmarks"))


def _benchmark(section: Section, indicators: Mapping[str, Indicator], segments: Collection[str] | None) -> Benchmark:
    one = indicators[section.choice("indicator", indicators, unknown=unknown)]
    if one.change:
        raise section.refuse("indicator", "{id} is a change over time; name the indicator that changes.", id=one.id)
    found = Benchmark(
        indicator=one.id,
        kind=section.choice("kind", KINDS),
        name=section.wording("name"),
        value=_value(section, one),
        source=section.wording("source"),
        on=section.day("on"),
        per=_per(section, one),
        segment=section.optional("segment"),
    )
    if segments is not None and found.segment is not None and found.segment not in segments:
        reason = (
            one_of("segment", found.segment, segments)
            if segments
            else Message("no client in clients.yml has a segment.")
        )
        raise section.refuse("segment", reason)
    section.finish()
    return found


def _value(section: Section, one: Indicator) -> float:
    text = section.text("value")
    try:
        aim = parse_value(text, one.unit, *one.aims)
    except ValueError as error:
        raise section.refuse("value", error.args[0]) from None
    if aim.kind != "value":
        raise section.refuse(
            "value", "'{text}' is a range. Write one value, as '{example}'.", text=text, example=value_example(one.unit)
        )
    return float(aim.number)


def _per(section: Section, one: Indicator) -> str | None:
    """The length of period: of amounts and numbers, which grow with it; of nothing else."""
    grows = one.unit in (COUNT, MONEY) and degree(one.formula) != 0
    if grows:
        return section.choice("per", GRAINS)
    if section.knows("per"):
        raise section.refuse("per", "belongs to amounts and numbers; {id} means the same in any period.", id=one.id)
    return None
