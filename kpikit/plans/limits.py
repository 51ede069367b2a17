"""What a plan says of a KPI's process limits: the chart, a frozen baseline, and from when on limits begin anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kpikit.sources.strict import Section
from kpikit.words.errors import UsageError
from kpikit.words.language import Wording
from kpikit.words.periods import Calendar, Period, Window

PROFILES = ("nhs", "wheeler", "anhoej")
CHARTS = ("xmr", "p", "u", "t", "g", "run")
LEAST_FROZEN = 12


@dataclass(frozen=True)
class Rebase:
    """The decision that limits begin anew with a period: when it was taken, by whom, and why."""

    start: Period
    on: date
    by: str
    why: Wording


@dataclass(frozen=True)
class LimitsPlan:
    """``chart`` is None where the data choose it; ``frozen`` the days whose points alone make the limits, if any."""

    chart: str | None = None
    frozen: Window | None = None
    rebases: tuple[Rebase, ...] = ()


def read_limits(section: Section, calendar: Calendar, cadence: str) -> LimitsPlan:
    """The keys ``chart``, ``frozen`` and ``rebase`` of a KPI."""
    chart = section.choice("chart", CHARTS) if section.knows("chart") else None
    frozen = (
        _frozen(section.section("frozen", "{from: 2024-01, to: 2025-12}"), calendar, cadence)
        if section.knows("frozen")
        else None
    )
    rebases = [_rebase(each, calendar) for each in section.items("rebase")]
    for earlier, later in pairwise(rebases):
        if later.start.start <= earlier.start.start:
            raise section.refuse("rebase", "{start} must lie after {start2}.", start=later.start, start2=earlier.start)
    return LimitsPlan(chart, frozen, tuple(rebases))


def _frozen(section: Section, calendar: Calendar, cadence: str) -> Window:
    first, last = _period(section, "from", calendar), _period(section, "to", calendar)
    section.finish()
    if last.end <= first.start:
        raise section.refuse("to", "{last} does not lie after {first}.", last=last, first=first)
    window = Window(first.start, last.end)
    found = len(calendar.within(cadence, window))
    if found < LEAST_FROZEN:
        raise section.refuse(
            "to",
            "{first} to {last} are {found} of the cadence's periods, must be {least} or more.",
            first=first,
            last=last,
            found=found,
            least=LEAST_FROZEN,
        )
    return window


def _rebase(section: Section, calendar: Calendar) -> Rebase:
    found = Rebase(_period(section, "from", calendar), section.day("on"), section.text("by"), section.wording("why"))
    section.finish()
    return found


def _period(section: Section, key: str, calendar: Calendar) -> Period:
    try:
        return calendar.parse(section.text(key))
    except UsageError as error:
        raise section.refuse(key, error.args[0]) from None
