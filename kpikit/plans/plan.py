"""The plan: goals, the KPIs that follow them directly, and the indicators (PIs) that explain what drives a KPI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from kpikit.plans.aim import Aim
from kpikit.plans.limits import LimitsPlan
from kpikit.words.language import Wording
from kpikit.words.periods import Period, Window, add_months
from kpikit.words.record import Record

LEVELS = ("organisation", "department", "campaign", "individual")
TARGETS = ("keep", "reach", "cumulative")
ANSWERS = ("accepted", "changed", "declined", "later")
"""What may be decided of a proposal."""
REVIEWS = {"quarterly": 3, "half-yearly": 6}
"""How often a plan is reviewed -> in months."""


@dataclass(frozen=True, repr=False)
class Baseline(Record):
    """Where a KPI starts: the value of a period, or a value that is given. One of the two is set."""

    period: Period | None
    value: float | None


@dataclass(frozen=True, repr=False)
class TargetPlan(Record):
    """What to get to. ``keep`` it in each period; ``reach`` it by the end of ``period``; or ``cumulative``: add it up
    over ``period``. ``period`` is None for ``keep``.

    ``pace`` says how the way to it is told: "linear", "last_year", or None where the baseline decides. A target that
    changes by period has a ``table``; of ``cumulative`` its sum is the ``aim``, of ``keep`` the latest entry.
    """

    kind: str
    aim: Aim
    period: Period | None
    pace: str | None = None
    table: tuple[tuple[Period, Aim], ...] = ()

    def in_period(self, period: Period) -> TargetPlan | None:
        """The target as it is in a period; None where its table has no entry for that."""
        if self.kind != "keep" or not self.table:
            return self
        return next((replace(self, aim=aim) for one, aim in self.table if one == period), None)


@dataclass(frozen=True, repr=False)
class Kpi(Record):
    """An indicator in its role as a KPI, of the whole client or of one member of a dimension.

    ``since`` is the first day from which on the plan's versions ask the same of it.
    """

    goal: str
    indicator: str
    member: tuple[str, str] | None
    baseline: Baseline | None
    target: TargetPlan | None
    cadence: str
    limits: LimitsPlan = field(default_factory=LimitsPlan)
    since: date | None = field(default=None, compare=False)

    def in_period(self, period: Period) -> Kpi:
        """The KPI with its target as it is in a period."""
        return replace(self, target=self.target.in_period(period) if self.target else None)

    @property
    def key(self) -> str:
        """The indicator's id, with its member where it has one: ``web.sessions[channel=Google]``."""
        return self.indicator if self.member is None else f"{self.indicator}[{self.member[0]}={self.member[1]}]"


@dataclass(frozen=True, repr=False)
class Agreement(Record):
    """Who agreed to a goal, and when."""

    by: tuple[str, ...]
    on: date


@dataclass(frozen=True, repr=False)
class Action(Record):
    """What is done for a goal: by whom, until when, what it costs (amount and currency), and when it was done."""

    what: Wording
    who: str
    due: date | None
    cost: tuple[Decimal, str] | None
    done: date | None = None


@dataclass(frozen=True, repr=False)
class Decision(Record):
    """What was decided at a review, when, by whom and why. A new version of the plan says what led to it.

    ``proposal`` is the kit's proposal that it answers, as ``raise_target:sales.revenue``, and ``answer`` how.
    """

    on: date
    by: str
    what: Wording
    why: Wording
    proposal: str | None = None
    answer: str | None = None


@dataclass(frozen=True, repr=False)
class Goal(Record):
    """A business goal made concrete. ``serves`` says how it follows the goal above it, ``means`` with which resources
    and skills it is reached; ``until`` is its last day. A goal without KPIs is seen through the goals below it.
    """

    key: str
    statement: Wording
    level: str
    parent: str | None
    owner: Wording | None
    serves: Wording | None
    means: Wording | None
    until: date | None
    stakeholders: tuple[str, ...]
    agreed: Agreement | None
    kpis: tuple[Kpi, ...]
    pis: tuple[str, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, repr=False)
class Plan(Record):
    """One version of a client's plan. A new version replaces it from its own first day on; none is ever changed.

    ``followed_on`` is that day; None for the latest version.
    """

    version: int
    in_force_from: date
    vision: Wording | None
    review: str
    goals: tuple[Goal, ...]
    decisions: tuple[Decision, ...]
    profile: str | None = None
    followed_on: date | None = None

    @property
    def review_due(self) -> date:
        """The day on which the plan is to be reviewed."""
        return add_months(self.in_force_from, REVIEWS[self.review])

    def was_followed(self, day: date) -> bool:
        """Whether a later version was in force by a day: then the review was held."""
        return self.followed_on is not None and self.followed_on <= day

    def is_review_due(self, day: date) -> bool:
        """Whether the plan is to be reviewed by a day, and was not."""
        return self.review_due <= day and not self.was_followed(day)

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """All KPIs, in the order of the goals."""
        return tuple(kpi for goal in self.goals for kpi in goal.kpis)

    @property
    def pis(self) -> tuple[tuple[str, str], ...]:
        """All PIs with their goals: (goal, indicator)."""
        return tuple((goal.key, pi) for goal in self.goals for pi in goal.pis)

    def children(self, goal: str) -> tuple[Goal, ...]:
        """The goals right below a goal."""
        return tuple(each for each in self.goals if each.parent == goal)

    def told(self) -> dict[str, str]:
        """Indicator of each KPI -> what the plan says of it in words: its goals' statements, and its members."""
        found = dict[str, str]()
        for goal in self.goals:
            said = [goal.statement] if isinstance(goal.statement, str) else list(goal.statement.values())
            for kpi in goal.kpis:
                words = [found.get(kpi.indicator, ""), *said, *(kpi.member or ())[1:]]
                found[kpi.indicator] = " ".join(words).strip()
        return found


def in_force(versions: Sequence[Plan], window: Window) -> Plan | None:
    """The version in force when the window began; None before the first."""
    begun = [plan for plan in versions if plan.in_force_from <= window.start]
    return max(begun, key=lambda plan: plan.version) if begun else None
