"""The plan: goals, the KPIs that follow them directly, and the indicators (PIs) that explain what drives a KPI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kpikit.plans.aim import Aim
from kpikit.words.language import Wording
from kpikit.words.periods import Period, Window

LEVELS = ("organisation", "department", "campaign", "individual")
TARGETS = ("keep", "reach", "cumulative")


@dataclass(frozen=True)
class Baseline:
    """Where a KPI starts: the value of a period, or a value that is given. One of the two is set."""

    period: Period | None
    value: float | None


@dataclass(frozen=True)
class TargetPlan:
    """What to get to. ``keep`` it in each period; ``reach`` it by the end of ``period``; or ``cumulative``: add it up
    over ``period``. ``period`` is None for ``keep``."""

    kind: str
    aim: Aim
    period: Period | None


@dataclass(frozen=True)
class Kpi:
    """An indicator in its role as a KPI, of the whole client or of one member of a dimension."""

    goal: str
    indicator: str
    member: tuple[str, str] | None
    baseline: Baseline | None
    target: TargetPlan | None
    cadence: str


@dataclass(frozen=True)
class Goal:
    """A business goal made concrete: its statement, its level, who answers for it, and its KPIs and PIs."""

    key: str
    statement: Wording
    level: str
    owner: Wording | None
    kpis: tuple[Kpi, ...]
    pis: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """One version of a client's plan. A new version replaces it from its own first day on; none is ever changed."""

    version: int
    in_force_from: date
    vision: Wording | None
    goals: tuple[Goal, ...]

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """All KPIs, in the order of the goals."""
        return tuple(kpi for goal in self.goals for kpi in goal.kpis)

    @property
    def pis(self) -> tuple[tuple[str, str], ...]:
        """All PIs with their goals: (goal, indicator)."""
        return tuple((goal.key, pi) for goal in self.goals for pi in goal.pis)


def in_force(versions: Sequence[Plan], window: Window) -> Plan | None:
    """The version in force when the window began; None before the first."""
    begun = [plan for plan in versions if plan.in_force_from <= window.start]
    return max(begun, key=lambda plan: plan.version) if begun else None
