"""One client and period, with all that decides what is measured and evaluated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from kpikit.evaluation.forecast.weekdays import days_before
from kpikit.evaluation.targets.targets import Question
from kpikit.indicators.catalogue import CATALOGUE, Indicators, measured_by
from kpikit.indicators.framework import Indicator
from kpikit.metrics.declarations import Metric
from kpikit.plans.events import OUTAGE, Event
from kpikit.plans.plan import Kpi, Plan
from kpikit.words.periods import COMPARISONS, Calendar, Period, Window

SERIES_LENGTH = 36
"""How many periods a series shows, at most."""
HISTORY = {"week": 156}
"""How many periods are looked back on, where the shown ones are less than two seasons: three years of weeks."""


@dataclass(frozen=True)
class Scope:
    """One client and period, with all that decides what must be measured.

    By metric: ``settled``, the day from which it can be told, if any; ``covers``, what its source covers by then;
    ``matures``, the first day that is still filling, if any.
    ``absent`` are the metrics whose source has nothing of the client: no file, no account. ``asked`` are indicators
    that somebody asked for by name: they are told even so.
    """

    client: str
    calendar: Calendar
    period: Period
    as_of: date
    plan: Plan | None
    comparisons: Sequence[str]
    metrics: Mapping[str, Metric]
    settled: Mapping[str, date]
    covers: Mapping[str, Window]
    catalogue: Indicators = field(default_factory=lambda: CATALOGUE)
    events: Sequence[Event] = ()
    absent: Collection[str] = ()
    asked: Collection[str] = ()
    matures: Mapping[str, date] = field(default_factory=dict)
    workspace_profile: str = "nhs"

    @property
    def profile(self) -> str:
        """The conventions of the process limits: the plan's, else the workspace's."""
        return (self.plan.profile if self.plan else None) or self.workspace_profile

    @cached_property
    def begins(self) -> date:
        """The first day that is covered at all."""
        return min(window.start for window in self.covers.values())

    def indicators(self) -> list[Indicator]:
        """The indicators of the workspace's catalogue whose metrics it has.

        Of those whose source has nothing of the client, only what is asked for or its plan names: a coffee shop's
        report says nothing of deals. If no source has anything of it, all: its report says why it is empty.
        """
        return self._indicators

    @cached_property
    def _indicators(self) -> list[Indicator]:
        kpis, pis = (self.plan.kpis, self.plan.pis) if self.plan else ((), ())
        named = {*self.asked, *(kpi.indicator for kpi in kpis), *(pi for _, pi in pis)}
        found = measured_by(self.metrics, self.catalogue)
        known = {each.id for each in found if not any(name in self.absent for name in each.metrics)}
        return [each for each in found if each.id in named or each.id in known] if known else found

    def periods(self) -> list[Period]:
        """The periods of the series, oldest first, the last of them the period itself."""
        return self._periods

    @cached_property
    def _periods(self) -> list[Period]:
        periods = self.calendar.ending_with(self.period, SERIES_LENGTH)
        while periods[0].start > self._frozen_from:
            periods.insert(0, self.calendar.shift(periods[0], -1))
        return [period for period in periods if period.end > self.begins] or [self.period]

    def days_before(self) -> tuple[Window, ...]:
        """The days that tell the weekdays of a period that runs; none for one that is over."""
        return () if self.period.is_complete(self.as_of) else days_before(self.period)

    def history(self) -> list[Period]:
        """The periods of the series with those before it that a yearly season is told from, oldest first."""
        return self._history

    @cached_property
    def _history(self) -> list[Period]:
        shown = self.periods()
        longer = self.calendar.ending_with(self.period, HISTORY.get(self.period.grain, 1))
        return [*(each for each in longer if self.begins < each.end <= shown[0].start), *shown]

    @property
    def _frozen_from(self) -> date:
        """The first day of the frozen baselines that the sources cover: series reach back to it."""
        kpis = self.plan.kpis if self.plan else ()
        begins = [kpi.limits.frozen.start for kpi in kpis if kpi.limits.frozen]
        return max(min(begins, default=self.period.start), self.begins)

    def known_events(self) -> tuple[Event, ...]:
        """The client's events in the time of the series that had begun on ``as_of``."""
        return self._known_events

    @cached_property
    def _known_events(self) -> tuple[Event, ...]:
        return self._events_since(self.periods()[0].start)

    def _events_since(self, start: date) -> tuple[Event, ...]:
        span = Window(start, self.period.end).until(self.as_of)
        return tuple(each for each in self.events if each.is_of(self.client) and span and each.window.overlap(span))

    @property
    def outages(self) -> tuple[Event, ...]:
        """The client's outages of tracking in the time of the series."""
        return tuple(each for each in self.known_events() if each.kind == OUTAGE)

    def measured_alike_from(self, indicator: Indicator) -> date:
        """The first day after the last tracking change that names the indicator or one of its metrics."""
        seen = self._events_since(self.history()[0].start)
        named = [each for each in seen if each.names(indicator.id, indicator.metrics)]
        return max((each.window.end for each in named if each.kind == "tracking"), default=date.min)

    def compared(self, period: Period, names: Sequence[str]) -> dict[str, Window | None]:
        """The earlier windows that a period is held against, by the name of the comparison."""
        return {name: COMPARISONS[name].window(self.calendar, period, self.as_of) for name in names}

    def questions(self) -> list[Question]:
        """The targets of the plan, as questions about this period."""
        kpis = [kpi.in_period(self.period) for kpi in self.plan.kpis] if self.plan else ()
        return [self.question(kpi) for kpi in kpis if kpi.target]

    def question(self, kpi: Kpi) -> Question:
        """The target of a KPI, as a question about this period."""
        begun = self.plan.in_force_from if self.plan else self.begins
        filling = [self.matures[name] for name in self.catalogue[kpi.indicator].metrics if name in self.matures]
        settled = min(filling, default=date.max) - timedelta(1)
        return Question(kpi, begun, self.period, self.as_of, self.calendar, settled)
