"""Before a test and after it: how many units and days it needs, and what an entry of `experiments.yml` has shown."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpikit.charts.markup import Html, Shown, joined, paragraphs, table
from kpikit.evaluation.experiments.judge import Outcome
from kpikit.evaluation.experiments.size import share_deviation, units_needed
from kpikit.indicators.framework import Indicator
from kpikit.plans.experiments import Experiment
from kpikit.words.errors import UsageError, one_of
from kpikit.words.language import Language
from kpikit.words.units import COUNT, SHARE
from kpikit.workspace.experiments import outcomes, shown
from kpikit.workspace.narrow import evaluate_few, narrowed
from kpikit.workspace.settings import Settings

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

EFFECTS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5)
"""Relative effects that a plan is told for, so that one sees what a smaller one would cost."""


@dataclass(frozen=True, repr=False)
class ExperimentPlan(Shown):
    """What a test of a share needs. ``share`` is what it is today, ``a_day`` how many units there are on a day."""

    label: str
    share: float
    a_day: float
    effect: float
    variants: int
    say: Language = field(compare=False)

    @property
    def units(self) -> int:
        """The units that each variant needs to show the effect in four cases of five (two-sided, at 5 %)."""
        return self._units(self.effect)

    @property
    def days(self) -> int:
        """The days that this takes, in whole weeks, since weekends differ from other days."""
        return self._days(self.effect)

    def _units(self, effect: float) -> int:
        return units_needed(self.share * effect, share_deviation(self.share))

    def _days(self, effect: float) -> int:
        return 7 * math.ceil(self._units(effect) * self.variants / self.a_day / 7)

    def shown(self) -> Html:
        """The plan in sentences, and what other effects would need."""
        say = self.say
        today, wanted = (say.value(each, SHARE, decimals=2) for each in (self.share, self.share * (1 + self.effect)))
        told = [
            say("{label} is {today} today, with {number} units a day.", label=self.label, today=today,
                number=say.number(round(self.a_day))),
            say("To see a change to {wanted} in four cases of five, each of {variants} variants needs {units} units.",
                wanted=wanted, variants=self.variants, units=say.number(self.units)),
            say("Weeks until then, with all units in the test: {weeks}.", weeks=say.number(self.days // 7)),
        ]  # fmt: skip
        of_each = say("Units in each variant")
        heads = [say("Relative effect"), say("From {today} to", today=today), of_each, say("Weeks")]
        return joined([paragraphs(told), table(heads, [self._row(each) for each in EFFECTS], [0, 1, 2, 3])])

    def _row(self, effect: float) -> list[str]:
        say, to = self.say, self.share * (1 + effect)
        if to >= 1:
            return [say.relative(effect), "–", "–", "–"]
        numbers = say.number(self._units(effect)), say.number(self._days(effect) // 7)
        return [say.relative(effect), say.value(to, SHARE, decimals=2), *numbers]


@dataclass(frozen=True, repr=False)
class ExperimentReading(Shown):
    """What one experiment has shown so far, as reports have it."""

    outcome: Outcome
    settings: Settings = field(compare=False)
    say: Language = field(compare=False)

    def shown(self) -> Html:
        """The verdict in sentences, then each KPI with its difference and interval."""
        return shown([self.outcome], self.settings, self.say)


def shares(workspace: Workspace, client: str) -> list[Indicator]:
    """The indicators that a test may be planned for: shares of something counted, those of the plan first."""
    settings, metrics = workspace.settings, workspace.settings.model.metrics
    known = settings.indicators_of(client)
    kpis = {kpi.indicator for plan in workspace.plans(client)[-1:] for kpi in plan.kpis}
    found = [
        known[id]
        for id in sorted(settings.measured(client), key=lambda id: id not in kpis)
        if known[id].unit == SHARE and known[id].change is None and not known[id].survey
    ]
    return [each for each in found if all(metrics[name].unit == COUNT for name in each.metrics)]


def planned(
    workspace: Workspace, client: str, indicator: str, effect: float, variants: int, period: str | None, say: Language
) -> ExperimentPlan:
    """See `ClientView.plan_experiment`."""
    known = {each.id: each for each in shares(workspace, client)}
    if indicator not in known:
        raise UsageError(one_of("a test's indicator", indicator, known))
    if not 0 < abs(effect) <= 1 or variants < 2:
        raise UsageError(f"effect == {effect}, variants == {variants}: an effect lies between -1 and 1, and not at 0; "
                         "there are two variants and more, the control among them.")  # fmt: skip
    fact = evaluate_few(workspace, narrowed(workspace, client, [indicator], period, comparisons=())).facts[0]
    label, value = say(known[indicator].label), fact.value
    if value.value is None or not value.denominator or not 0 < value.value < 1 or value.value * (1 + effect) >= 1:
        reason = say("{label} has no value between 0 and 100% from which a test could be planned.", label=label)
        raise UsageError(reason)
    days = fact.series.points[-1].period.window.days
    return ExperimentPlan(label, value.value, float(value.denominator) / days, effect, variants, say)


def reading(workspace: Workspace, client: str, key: str, say: Language) -> ExperimentReading:
    """See `ClientView.experiment`."""
    known = {each.key: each for each in own(workspace.settings, client)}
    if key not in known:
        raise UsageError(one_of("experiment", key, known))
    until = workspace.settings.last_covered_day
    found = outcomes(workspace, client, known[key].window, until)
    for each in found:
        if each.experiment.key == key:
            return ExperimentReading(each, workspace.settings, say)
    raise UsageError(say("There is nothing of it yet: it begins on {day}.", day=say.day(known[key].window.start)))


def own(settings: Settings, client: str) -> list[Experiment]:
    """The experiments of a client."""
    return [each for each in settings.experiments if each.client == client]
