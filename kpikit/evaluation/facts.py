"""What an evaluation says: facts (codes, numbers, reasons) and series. Tables, charts, sentences and JSON read them.

Nothing here is in a language or formatted; `kpikit.evaluation.document` writes it as JSON (``schema: 1``), and
SCHEMA.md beside this file describes every field, with its unit and its codes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kpikit.evaluation.benchmarks.entered import Held
from kpikit.evaluation.benchmarks.peers import Peers
from kpikit.evaluation.drivers.parts import Decomposition, Lead
from kpikit.evaluation.drivers.single import Single
from kpikit.evaluation.experiments.judge import Outcome
from kpikit.evaluation.lacking import Ended, LeftOut, Unmeasured, WithoutValue
from kpikit.evaluation.signals.lines import Chart, Limits
from kpikit.indicators.framework import Direction
from kpikit.indicators.surveys import Interval
from kpikit.plans.apart import MARK, Apart
from kpikit.plans.events import Event
from kpikit.words.errors import UsageError, one_of
from kpikit.words.periods import Period, Window
from kpikit.words.record import Record
from kpikit.words.units import Unit

if TYPE_CHECKING:
    from kpikit.evaluation.forecast.outlook import Outlook
    from kpikit.evaluation.targets.pace import Step
    from kpikit.evaluation.targets.parts import Part as Known
    from kpikit.evaluation.targets.required import Required


@dataclass(frozen=True, repr=False)
class Value(Record):
    """One measured number; ``reason`` says why it is missing, or why it must be read with care."""

    value: float | None
    amount: Decimal | None = None
    reason: str | None = None
    covered: int = 0
    expected: int = 0
    numerator: float | None = None
    denominator: float | None = None

    @property
    def complete(self) -> bool:
        """True when the source covers every slot (day, week or month) that it should."""
        return self.covered >= self.expected > 0


@dataclass(frozen=True, repr=False)
class Change(Record):
    """A value against an earlier one. ``absolute`` is in the unit of differences; ``relative`` is a share."""

    against: str
    window: Window | None
    base: float | None
    absolute: float | None
    relative: float | None
    reason: str | None


@dataclass(frozen=True, repr=False)
class Point(Record):
    """One period of a series. ``judged`` is False where the point takes no part in the process limits.

    ``signal`` is the rule that marks it, and ``way`` where it then points: +1 up, -1 down; 0 for unmarked points.
    ``since`` is the period from which on that rule marks all points up to it, the same way.
    ``lower``, ``centre`` and ``upper`` are the lines that it is held against; None where there are none.
    """

    period: Period
    value: Value
    judged: bool
    signal: str | None = None
    way: int = 0
    since: Period | None = None
    lower: float | None = None
    centre: float | None = None
    upper: float | None = None


@dataclass(frozen=True, repr=False)
class Series(Record):
    """The history of an indicator up to the period, oldest first, with the limits of its process.

    ``earlier`` are the periods before the points that are shown: what a yearly season of weeks is told from.
    """

    points: tuple[Point, ...]
    limits: Limits | None
    profile: str
    chart: Chart = field(default_factory=Chart)
    earlier: tuple[Point, ...] = ()

    @property
    def known(self) -> tuple[Point, ...]:
        """All points, with those before the ones that are shown."""
        return (*self.earlier, *self.points)

    @property
    def is_charted(self) -> bool:
        """True where there are enough points to tell signal from noise; a run chart and rare events have no limits."""
        spacing = self.chart.spacing
        lined = bool(self.points) and self.points[-1].centre is not None
        return self.limits is not None or lined or bool(spacing and spacing.limits)


@dataclass(frozen=True, repr=False)
class Signal(Record):
    """What the process says of the last point: the rule that fired (None: common cause), which way, since when.

    ``began``: since when all points stand out the same way, by this rule or another one: not after ``since``.
    """

    rule: str | None
    direction: str | None
    since: Period | None
    reason: str | None
    began: Period | None = None


@dataclass(frozen=True, repr=False)
class Target(Record):
    """A target as it applies to the period. ``value`` is what to reach; ``now`` is where to be at this point.

    A range has its upper end in ``upper``. ``has_baseline`` is True where the plan names a baseline, measured or not.
    ``steps`` are what each period has to bring, of a target that is added up or changes by period.
    ``passed``: of a period that is kept, and runs, the share of its days that are over; else 1.
    ``until`` is the last day of ``achieved``, where those after it are still filling.
    ``achieved_in`` is the period whose value ``achieved`` is, where that is not the period of the fact.
    ``settled`` is what there was up to the last day that is settled, of a sum whose time is over, and still filling.
    ``since`` is the first day from which on the plan asks for it.
    """

    kind: str
    value: float | None
    now: float | None
    window: Window
    baseline: float | None
    baseline_period: Period | None
    achieved: float | None
    gap: float | None
    pace: str | None
    reason: str | None
    upper: float | None = None
    has_baseline: bool = True
    achieved_in: Period | None = None
    steps: tuple[Step, ...] = ()
    passed: float = 1.0
    until: date | None = None
    since: date = date.min
    settled: Known | None = None


@dataclass(frozen=True, repr=False)
class GoalStatus(Record):
    """How a goal stands, by its own KPIs or else by the goals below it: ``good`` of ``all`` are on track or better.

    ``missed`` of its KPIs were so in this period alone, and its own day lies ahead.
    """

    goal: str
    status: str
    good: int
    all: int
    kpis: tuple[str, ...]
    goals: tuple[str, ...]
    missed: int = 0


@dataclass(frozen=True, repr=False)
class Part(Record):
    """One member of a dimension, such as a department type, in the period."""

    dimension: str
    member: str
    value: Value


@dataclass(frozen=True, repr=False)
class Fact(Record):
    """All that is known of one indicator of one client in one period; ``events`` lie in the time of its series.

    ``adds_up``: the values of days add up to that of a longer time.
    ``signed``: the measure may lie on both sides of zero, as a growth, a profit or a difference may.
    ``ends``: of a score, those of its scale, which no value can pass.
    ``interval``: of a survey's figure, between what it may lie, since those who answered are a sample.
    ``drivers``: of a KPI, its changes taken apart; ``leads``: it and the PIs of its goal that have a signal.
    ``single``: the one row without which it would not lie above its limit.
    ``peers``: of a KPI, its standing in the client's segment; ``benchmarks``: values of others that were entered.
    ``apart``: what tells a KPI from others of its indicator and member in the plan, if there are any.
    ``left``: of a KPI that adds up, in a period that runs, the share of it that the weekdays to come usually bring;
    None where that is told evenly.
    """

    indicator: str
    member: tuple[str, str] | None
    role: str
    goal: str | None
    unit: Unit
    currency: str | None
    better: Direction
    value: Value
    changes: tuple[Change, ...]
    target: Target | None
    status: str | None
    status_reason: str | None
    signal: Signal
    series: Series
    parts: tuple[Part, ...]
    events: tuple[Event, ...] = ()
    signed: bool = False
    adds_up: bool = False
    ends: tuple[float, float] | None = None
    interval: Interval | None = None
    drivers: tuple[Decomposition, ...] = ()
    leads: tuple[Lead, ...] = ()
    single: Single | None = None
    required: Required | None = None
    outlook: Outlook | None = None
    peers: Peers | None = None
    benchmarks: tuple[Held, ...] = ()
    apart: Apart | None = None
    left: float | None = None

    @property
    def way(self) -> int:
        """Which way is better: 1 up, -1 down; 0 for neither, as in a range that is to be kept."""
        return 0 if self.target and self.target.upper is not None else self.better.sign

    @property
    def key(self) -> str:
        """Its name, and the mark of a KPI that is not the only one of it: ``web.sessions@grow.keep.month``."""
        return self.name + (MARK + self.apart.mark if self.apart else "")

    @property
    def name(self) -> str:
        """The indicator's id, with its member where it has one: ``web.sessions[channel=Google]``."""
        return self.indicator if self.member is None else f"{self.indicator}[{self.member[0]}={self.member[1]}]"


@dataclass(frozen=True, repr=False)
class Revision(Record):
    """A figure of a period that was sent on a day, and is another one ``now`` (None: none); ``key`` is the fact's.

    ``figure`` is which one of it: its "value", what was "achieved" of its target by then, or the "target".
    """

    key: str
    period: Period
    reported: float
    now: float | None
    on: date
    figure: str = "value"


@dataclass(frozen=True, repr=False)
class Evaluation(Record):
    """The facts of one client in one period, as they were known on ``as_of``, and the events in that time.

    ``revisions``: figures that were sent and are others now.
    ``left_out``: rows that the figures lack because they can't be read, by source. ``without_rows``: the sources of
    events that have not one row of the client, of any day, so that its zeros may mean that nothing was delivered;
    ``ended``: those whose rows of the client end too early, so that the zeros after them may mean the same.
    ``unmeasured``: the days of the period that other sources lack. ``without_value``: rows of events of the period
    that add nothing to a sum, since they have no value.
    """

    client: str
    period: Period
    as_of: date
    plan_version: int | None
    facts: tuple[Fact, ...]
    goals: tuple[GoalStatus, ...] = ()
    events: tuple[Event, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    revisions: tuple[Revision, ...] = ()
    without_rows: tuple[str, ...] = ()
    unmeasured: tuple[Unmeasured, ...] = ()
    ended: tuple[Ended, ...] = ()
    experiments: tuple[Outcome, ...] = ()
    without_value: tuple[WithoutValue, ...] = ()

    @property
    def kpis(self) -> tuple[Fact, ...]:
        """The facts that are KPIs in the plan, in its order."""
        return tuple(fact for fact in self.facts if fact.role == "kpi")

    def fact(self, key: str) -> Fact:
        """The fact of an indicator id (or id with member); a `UsageError` names the nearest key."""
        for fact in sorted(self.facts, key=lambda fact: fact.member is not None):  # the whole before its members
            if key in (fact.key, fact.name, fact.indicator):
                return fact
        raise UsageError(one_of("fact", key, dict.fromkeys(fact.key for fact in self.facts)))
