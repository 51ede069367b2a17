"""A KPI against its target: what to reach, where to be by now, the gap with its sign, and the status.

- ``keep``: each period stands alone: met or missed. A range is met inside it; the gap is the way back to it.
  Met with a signal of getting worse is at risk. While a period runs, what adds up is held against the part of the
  target that is due by now, evenly: a media budget, or a range of one, by the days that have passed.
- ``reach``: a straight line leads from the baseline to the target on its day. Before that day a KPI is on track or at
  risk against the line; on it exceeded, met or missed. What it was on that day it stays in all later periods.
- ``cumulative``: what has been added up is held against the part of the target that is due by now: by the baseline
  period's own shape (so that a season is no surprise) or, where the baseline is a plain value, evenly by days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kpikit.evaluation.facts import Signal, Target, Value
from kpikit.evaluation.targets import pace
from kpikit.evaluation.targets.parts import Part, running, settled
from kpikit.evaluation.values import Reader
from kpikit.indicators.framework import Indicator
from kpikit.metrics.requests import TOTAL, slice_id
from kpikit.plans.plan import Kpi, TargetPlan
from kpikit.words.periods import Calendar, Period, Window, add_months

TOLERANCE = 1e-9
"""Relative difference under which two numbers count as equal: the noise of binary arithmetic."""

Told = tuple[float | None, str | None]
"""A value, if there is one, and a code: why there is none, or by which pace it is meant."""


@dataclass(frozen=True)
class Question:
    """One KPI in one period: what `windows` needs measured, and what `judge` then answers.

    ``settled`` is the last day that is not still filling.
    """

    kpi: Kpi
    plan_from: date
    period: Period
    as_of: date
    calendar: Calendar
    settled: date = date.max

    @property
    def target(self) -> TargetPlan:
        """The target that the plan sets."""
        assert self.kpi.target is not None
        return self.kpi.target

    @property
    def span(self) -> Window:
        """The time of the target: the period for ``keep``, else the period that the plan names."""
        return self.target.period.window if self.target.period else self.period.window

    @property
    def baseline_period(self) -> Period | None:
        """The period of the baseline; None where it is a value, or missing."""
        return self.kpi.baseline.period if self.kpi.baseline else None

    @property
    def begun(self) -> date:
        """The day on which the way to the target begins: after the baseline's period, else with the plan."""
        return self.baseline_period.end if self.baseline_period else self.plan_from

    @property
    def reached(self) -> date:
        """The last day that can be judged: the period's, or ``as_of`` while it runs; of a sum that runs, no day that is
        still filling.
        """
        last = min(self.period.window.last_day, self.as_of)
        runs = self.target.kind != "reach" and self.as_of < self.span.last_day
        return min(last, self.settled) if runs else last

    @property
    def is_due(self) -> bool:
        """True when the time of the target is over."""
        return self.reached >= self.span.last_day

    @property
    def judged(self) -> Period:
        """The period whose value is held against the target: the period itself, until the day of a ``reach`` target.

        From then on it is the period of the KPI's own length in which that day lies, whatever came later.
        """
        if self.target.kind != "reach" or not self.is_due:
            return self.period
        return self.calendar.period_of(self.kpi.cadence, self.span.last_day)

    @property
    def so_far(self) -> Window | None:
        """The part of a cumulative target's time that has passed; None before it begins."""
        return self.span.until(self.reached)

    @property
    def settled_part(self) -> Window | None:
        """Of a sum whose time is over, and still filling, the part that is settled; None for all else."""
        filling = self.target.kind != "reach" and self.is_due and self.settled < self.span.last_day
        return self.span.until(self.settled) if filling else None

    def baseline_so_far(self) -> Window | None:
        """The same part of the baseline period, for the shape of a cumulative target."""
        return None if self.so_far is None else self.baseline_until(self.reached)

    def baseline_until(self, day: date) -> Window | None:
        """The part of the baseline period that stands for the target's time up to ``day``."""
        baseline = self.baseline_period
        if baseline is None:
            return None
        over = day >= self.span.last_day
        return baseline.window if over else baseline.window.until(self._counterpart(baseline, day))

    def _counterpart(self, baseline: Period, day: date) -> date:
        """The day of the baseline that stands for ``day``: by date, and for the end of a month the end of one."""
        if baseline.grain == "week":
            return day + (baseline.start - self.span.start)
        months = (baseline.start.year - self.span.start.year) * 12 + baseline.start.month - self.span.start.month
        one = timedelta(days=1)
        return max(add_months(day, months), add_months(day + one, months) - one)

    def windows(self) -> Iterator[Window]:
        """What must be measured besides the period itself."""
        if self.judged != self.period:
            yield self.judged.window
        if self.baseline_period:
            yield self.baseline_period.window
        so_far = {"keep": (self.so_far,), "cumulative": (self.so_far, self.baseline_so_far())}
        yield from (window for window in so_far.get(self.target.kind, ()) if window)
        if self.settled_part:
            yield from (self.settled_part, self.span)
        yield from pace.windows(self)


def judge(
    question: Question, indicator: Indicator, reader: Reader, value: Value, signal: Signal
) -> tuple[Target, str, str | None]:
    """The target as it stands, the status, and why it can't be judged, if so. ``value``: of the `judged` period."""
    part = running(question, indicator, reader, slice_of(question.kpi))
    target = _target(question, indicator, reader, value, part)
    goal, due, achieved = target.value, target.now, target.achieved
    if target.gap is None or goal is None or due is None or achieved is None:
        return target, "cannot_be_judged", target.reason
    if part is not None:
        return target, _running(indicator, achieved, due, goal, target.upper), None
    if target.upper is not None:
        return target, "met" if _compare(achieved, due) == 0 else "missed", None  # in a range no way is better
    return target, _status(question, indicator, achieved, goal, due, signal), None


def _target(question: Question, indicator: Indicator, reader: Reader, value: Value, part: Part | None) -> Target:
    """The target as it stands; without a gap where it can't be judged."""
    baseline = _baseline(question, indicator, reader)
    goal, end = question.target.aim.apply(baseline), question.target.aim.upper
    achieved, reason = _achieved(question, indicator, reader, value) if part is None else (part.value, None)
    unfit = "no_baseline" if goal is None else _unfit(question, indicator, goal, achieved, reader)
    reason = unfit if achieved is not None and unfit == "other_cadence" else reason or unfit  # of a part, too
    goal = None if unfit == "impossible_target" else goal
    upper = None if goal is None or end is None else float(end)
    passed = 1.0 if part is None else part.share
    due, way = (None, None) if goal is None else _due(question, indicator, reader, goal, baseline)
    if part is not None and goal is not None:
        due, way = goal * passed, pace.LINEAR
    if upper is not None and due is not None and achieved is not None:
        due = min(max(achieved, due), upper * passed)
    unknown = "no_shape" if question.target.pace == pace.LAST_YEAR and goal is not None else "no_baseline"
    reason = reason or (unknown if due is None else None)
    cut = question.reached == question.settled and (part is not None or question.target.kind == "cumulative")
    return Target(
        kind=question.target.kind,
        value=goal,
        now=due,
        window=question.span,
        baseline=baseline,
        baseline_period=question.baseline_period,
        achieved=achieved,
        gap=None if achieved is None or due is None or reason else achieved - due,
        pace=way,
        reason=reason,
        upper=upper,
        has_baseline=question.kpi.baseline is not None,
        achieved_in=None if question.judged == question.period else question.judged,
        steps=() if goal is None else _steps(question, indicator, reader, goal, baseline),
        passed=passed,
        until=question.reached if cut else None,
        since=question.kpi.since or question.plan_from,
        settled=settled(question, indicator, reader, slice_of(question.kpi)),
    )


def _baseline(question: Question, indicator: Indicator, reader: Reader) -> float | None:
    if question.baseline_period is None:
        return question.kpi.baseline.value if question.kpi.baseline else None
    value = reader.value(indicator, question.baseline_period.window, slice_of(question.kpi))
    return value.value if value.reason is None else None


def _achieved(question: Question, indicator: Indicator, reader: Reader, value: Value) -> Told:
    if question.target.kind != "cumulative":
        return value.value, value.reason
    if question.so_far is None:
        begun = question.span.start <= min(question.period.window.last_day, question.as_of)
        return None, "immature" if begun else "not_started"
    total = reader.value(indicator, question.so_far, slice_of(question.kpi))
    return total.value, None if total.reason == "outage" else total.reason  # a sum is held as it was measured


def _unfit(question: Question, indicator: Indicator, goal: float, achieved: float | None, reader: Reader) -> str | None:
    """Why the target cannot be held against this period: it lies outside what is possible, or is for another length.

    A value that passed an end itself shows that there is none.
    """
    low, high = indicator.aims
    most, seen = max(goal, float(question.target.aim.upper or 0)), achieved or 0.0
    if goal < low <= seen or seen <= high < most:
        return "impossible_target"
    as_long = question.target.kind == "cumulative" or question.judged.grain == question.kpi.cadence
    return None if as_long or reader.of_any_length(indicator) else "other_cadence"


def _due(question: Question, indicator: Indicator, reader: Reader, goal: float, baseline: float | None) -> Told:
    """Where to be by now, and by which pace."""
    kind = question.target.kind
    if kind == "keep" or question.is_due:
        return goal, None
    if kind == "reach":
        passed, whole = (question.period.end - question.begun).days, (question.span.end - question.begun).days
        share = min(1.0, max(0.0, passed / max(1, whole)))
        if question.target.pace == pace.LAST_YEAR:
            return pace.reached_by(question, indicator, reader, slice_of(question.kpi), goal, share), pace.LAST_YEAR
        if baseline is None:
            return None, None
        return baseline + (goal - baseline) * share, pace.LINEAR
    way = pace.pace_of(question, baseline)
    return pace.due(question, indicator, reader, slice_of(question.kpi), goal, question.reached, way), way


def _steps(
    question: Question, indicator: Indicator, reader: Reader, goal: float, baseline: float | None
) -> tuple[pace.Step, ...]:
    """What each period has to bring: of a sum its parts, of a table its entries; empty for one value for all."""
    if question.target.kind == "cumulative":
        way = pace.pace_of(question, baseline)
        return pace.steps(question, indicator, reader, slice_of(question.kpi), goal, way)
    ends = ((period, float(aim.number), aim.upper) for period, aim in question.target.table)
    return tuple(pace.Step(period, low, None if high is None else float(high)) for period, low, high in ends)


def _status(question: Question, indicator: Indicator, achieved: float, goal: float, due: float, signal: Signal) -> str:
    sign = indicator.better.sign
    ahead = _compare(achieved, due) * sign
    if question.target.kind == "keep":
        return "missed" if ahead < 0 else "at_risk" if _got_worse(signal, question.begun) else "met"
    if question.is_due:
        return {1: "exceeded", 0: "met", -1: "missed"}[ahead]
    passed = _stays(indicator, achieved, goal) and _compare(achieved, goal) > 0
    if question.target.kind == "cumulative" and sign < 0 and passed:
        return "missed"
    return "on_track" if ahead >= 0 else "at_risk"


def _running(indicator: Indicator, achieved: float, due: float, goal: float, upper: float | None) -> str:
    """The status of a part of a period: what is spent stays spent, so that more than the most of all is missed."""
    sign = indicator.better.sign
    most = upper if upper is not None else goal if sign < 0 else None
    if most is not None and _stays(indicator, achieved, goal) and _compare(achieved, most) > 0:
        return "missed"
    good = (0,) if upper is not None else (0, sign)
    return "on_track" if _compare(achieved, due) in good else "at_risk"


def _stays(indicator: Indicator, achieved: float, goal: float) -> bool:
    """True where a sum only grows, as what is spent does; a result below zero today may be above it tomorrow."""
    return not indicator.signed and achieved >= 0 and goal >= 0


def _got_worse(signal: Signal, begun: date) -> bool:
    """True for a signal of getting worse that is younger than the target: an older one was known when it was set."""
    return signal.direction == "concern" and (signal.began is None or signal.began.start >= begun)


def _compare(one: float, other: float) -> int:
    if abs(one - other) <= TOLERANCE * max(abs(one), abs(other)):
        return 0
    return 1 if one > other else -1


def slice_of(kpi: Kpi) -> str:
    """The slice that a KPI is about: that of its member, or the whole."""
    return slice_id(dict([kpi.member])) if kpi.member else TOTAL
