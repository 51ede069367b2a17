"""What proposals are made from: the plan in force with its earlier versions, and the evaluation under it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.plans.difference import Document
from kpikit.plans.plan import Goal, Kpi, Plan
from kpikit.words.periods import Calendar


@dataclass(frozen=True)
class Scene:
    """``document`` is the plan in force as its file says it; ``versions`` are all up to it, oldest first.

    ``averaged`` are the indicators that are a plain mean of rates.
    """

    plan: Plan
    document: Document
    versions: Sequence[Plan]
    evaluation: Evaluation
    calendar: Calendar
    averaged: Collection[str] = ()

    @property
    def kpis(self) -> list[tuple[Kpi, Fact]]:
        """Each KPI of the plan with its fact; evaluations hold them in the plan's order."""
        return list(zip(self.plan.kpis, self.evaluation.kpis, strict=True))

    @property
    def goals(self) -> Mapping[str, Goal]:
        """The goals of the plan by key."""
        return {goal.key: goal for goal in self.plan.goals}

    def place(self, kpi: Kpi) -> tuple[str | int, ...]:
        """Where a KPI stands in the plan's document; of two that are alike, the first."""
        own = self.goals[kpi.goal].kpis
        return "goals", kpi.goal, "kpis", next(at for at, each in enumerate(own) if each is kpi)

    def entry(self, kpi: Kpi) -> Document:
        """What the plan's document says of a KPI."""
        _, goal, kpis, at = self.place(kpi)
        return self.document["goals"][goal][kpis][at]  # type: ignore[no-any-return]

    def is_own_length(self, kpi: Kpi) -> bool:
        """True where the periods of the evaluation are those of the KPI: other ones say nothing of its own figures."""
        return kpi.cadence == self.evaluation.period.grain
