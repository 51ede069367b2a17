"""Before a test: how many units and days it needs, from a client's own figures or from those that a person knows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kpikit.charts.markup import Html, Shown, joined, paragraphs, table
from kpikit.evaluation.evaluate import reader_of
from kpikit.evaluation.experiments.size import POWER, SIGNIFICANCE, deviation_at, share_deviation, units_needed
from kpikit.indicators.framework import Indicator
from kpikit.metrics.declarations import Metric
from kpikit.words.errors import KpikitError, SaidError, UsageError, one_of
from kpikit.words.formats import decimals_for
from kpikit.words.language import Language
from kpikit.words.message import Message
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, RATIO, SHARE, Unit
from kpikit.workspace.explore.narrow import measurable, narrowed, period_alone

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

EFFECTS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5)
"""Relative effects that a plan is told for, so that one sees what a smaller one would cost."""
REST = (0.25, 0.5)
"""Where each of them would pass the highest value there is: parts of what is missing up to it."""


@dataclass(frozen=True)
class Today:
    """What a test starts from: a KPI's value, the standard deviation of one unit's part in it, and units on a day.

    ``highest`` is the value that it cannot reach or pass; a KPI that is to become lower has the ``sign`` -1.
    """

    label: str
    unit: Unit
    value: float
    deviation: float
    a_day: float
    highest: float = math.inf
    sign: int = 1

    @property
    def effects(self) -> tuple[float, ...]:
        """The relative effects that it can have, in the direction that is better; the smallest first."""
        there = [each * self.sign for each in EFFECTS if self.can_be(each * self.sign)]
        missing = self.highest / self.value - 1
        return tuple(there or (part * missing for part in REST))

    def can_be(self, effect: float) -> bool:
        """Whether a test can show such a relative effect."""
        return self.value * (1 + effect) < self.highest

    def deviation_after(self, effect: float) -> float:
        """The standard deviation of one unit with a relative effect: another one where the KPI is a share."""
        if self.unit != SHARE:
            return self.deviation
        return deviation_at(self.value * (1 + effect), self.deviation, self.value)


@dataclass(frozen=True)
class Wanted:
    """What a test is to show: the smallest relative ``effect``, with a ``power``, by one of ``variants`` (the control
    among them), where in ``significance`` of all tests without any effect one is seen."""

    effect: float = 0.1
    variants: int = 2
    power: float = POWER
    significance: float = SIGNIFICANCE

    def __post_init__(self) -> None:
        given = f"effect == {self.effect:g}, variants == {self.variants}, "
        given += f"power == {self.power:g}, significance == {self.significance:g}"
        if not 0 < abs(self.effect) <= 1 or self.variants < 2:
            told = N_("{given}: an effect lies between -1 and 1, and not at 0; there are two variants and more, the "
                      "control among them.")  # fmt: skip
            raise UsageError(Message(told, given=given))
        if not 0 < self.significance < self.power < 1:
            told = N_("{given}: both lie between 0 and 1, as 0.8 and 0.05, and the power is the larger one.")
            raise UsageError(Message(told, given=given))

    @property
    def each(self) -> float:
        """The significance of one comparison, where all have that of the test together (Bonferroni)."""
        return self.significance / (self.variants - 1)


@dataclass(frozen=True, repr=False)
class ExperimentPlan(Shown):
    """What a test needs, from how it is ``today`` to what is ``wanted``."""

    today: Today
    wanted: Wanted
    say: Language = field(compare=False)

    @property
    def units(self) -> int:
        """The units that each variant needs."""
        return self._units(self.wanted.effect)

    @property
    def days(self) -> int:
        """The days that this takes, in whole weeks, since weekends differ from other days."""
        return self._days(self.wanted.effect)

    def _units(self, effect: float) -> int:
        today, wanted = self.today, self.wanted
        given = {"power": wanted.power, "significance": wanted.each, "treated": today.deviation_after(effect)}
        return units_needed(today.value * effect, today.deviation, **given)

    def _lasts(self, effect: float) -> float:
        return self._units(effect) * self.wanted.variants / self.today.a_day

    def _days(self, effect: float) -> int:
        return 7 * math.ceil(self._lasts(effect) / 7)

    def _value(self, effect: float = 0.0) -> str:
        value, unit = self.today.value * (1 + effect), self.today.unit
        return self.say.value(value, unit, decimals=max(2, decimals_for([self.today.value], unit)))

    def shown(self) -> Html:
        """The plan in sentences, and what other effects would need."""
        say, today, wanted = self.say, self.today, self.wanted
        told = [
            say("{label} is {today} today, with {number} units a day.", label=today.label, today=self._value(),
                number=say.number(round(today.a_day, 1) if today.a_day < 10 else round(today.a_day))),
            say("To see a change to {wanted} with a probability of {power}, each of {variants} variants needs {units} "
                "units.", wanted=self._value(wanted.effect), power=say.value(wanted.power, SHARE, decimals=0),
                variants=wanted.variants, units=say.number(self.units)),
            say.plural("That takes {number} week, with all units in the test.",
                       "That takes {number} weeks, with all units in the test.", self.days // 7),
            say("Of tests without any effect, {share} would show one all the same.",
                share=say.value(wanted.significance, SHARE, decimals=0)),
        ]  # fmt: skip
        if wanted.variants > 2:
            told[-1] += f" {self._over_all()}"
        heads = [say("Relative effect"), say("From {today} to", today=self._value()), say("Units in each variant"),
                 say("Days"), say("Whole weeks")]  # fmt: skip
        rows = [self._row(each) for each in self.today.effects]
        return joined([paragraphs(told), table(heads, rows, [1, 2, 3, 4])])

    def _over_all(self) -> str:
        """That all comparisons of a test with several variants have its significance together."""
        if self.wanted.variants == 3:
            return self.say("That is over both comparisons with the control (Bonferroni).")
        return self.say("That is over all {number} comparisons with the control (Bonferroni).",
                        number=self.wanted.variants - 1)  # fmt: skip

    def _row(self, effect: float) -> list[str]:
        say, lasts = self.say, self._lasts(effect)
        days = math.ceil(lasts * 10) / 10 if lasts < 10 else math.ceil(lasts)
        numbers = say.number(self._units(effect)), say.number(days), say.number(self._days(effect) // 7)
        return [say.relative(effect), self._value(effect), *numbers]


def plannable(workspace: Workspace, client: str) -> list[Indicator]:
    """The indicators that a test may be planned for, those of the plan first: shares of what is counted, and scores.

    Of them it is known how far the units differ. Of all else a person says it: `plan_experiment(deviation=...)`.
    """
    settings, metrics = workspace.settings, workspace.settings.model.metrics
    known = settings.indicators_of(client)
    kpis = {kpi.indicator for plan in workspace.plans(client)[-1:] for kpi in plan.kpis}
    ids = sorted(measurable(workspace, client), key=lambda id: id not in kpis)
    return [known[id] for id in ids if _is_share(known[id], metrics) or _is_score(known[id], metrics)]


def _is_share(one: Indicator, metrics: Mapping[str, Metric]) -> bool:
    counted = all(metrics[name].unit == COUNT for name in one.metrics)
    return one.unit == SHARE and one.change is None and not one.survey and counted


def _is_score(one: Indicator, metrics: Mapping[str, Metric]) -> bool:
    return len(one.metrics) == 1 and metrics[one.metrics[0]].has_spread and one.change is None


def planned(
    workspace: Workspace, client: str, indicator: str | None, wanted: Wanted, period: str | None, value: float | None,
    deviation: float | None, a_day: float | None, say: Language,
) -> ExperimentPlan:  # fmt: skip
    """See `ClientView.plan_experiment`."""
    today = known_today(workspace, client, indicator, say, period, value, deviation, a_day)
    if not today.can_be(wanted.effect):
        told = {"label": today.label, "effect": say.relative(wanted.effect)}
        raise SaidError(say("{label} cannot change by {effect}, as it would pass {highest}: choose a smaller effect.",
                            highest=say.value(today.highest, today.unit), **told))  # fmt: skip
    return ExperimentPlan(today, wanted, say)


def known_today(
    workspace: Workspace, client: str, indicator: str | None, say: Language, period: str | None = None,
    value: float | None = None, deviation: float | None = None, a_day: float | None = None,
) -> Today:  # fmt: skip
    """What a test would start from; a `SaidError` where no test can start from it."""
    if indicator is None:
        today = _by_hand(value, deviation, a_day, say)
    else:
        today = _measured(workspace, client, indicator, period, say)
        today = _instead(today, value, deviation, a_day)
    if today.value <= 0 or today.deviation <= 0 or today.a_day <= 0 or today.value >= today.highest:
        raise SaidError(_nothing(today.label, say))
    return today


def learned(workspace: Workspace, client: str, indicator: str, say: Language) -> Iterator[None]:
    """Get to know, in short steps, what its test would start from: whoever chooses it then waits for no source."""
    with suppress(KpikitError):  # whoever chooses it is told
        workspace._data_of(_sources(workspace, workspace.settings.indicators_of(client)[indicator]))
        yield
        known_today(workspace, client, indicator, say)


def _nothing(label: str, say: Language) -> str:
    return say("{label} has no value above zero, and no share below 100%, from which such a test could be planned.",
               label=label)  # fmt: skip


def _by_hand(value: float | None, deviation: float | None, a_day: float | None, say: Language) -> Today:
    """What a person says: of a share its value alone, of anything else the deviation, too."""
    if value is None or a_day is None:
        raise SaidError(say("Write down the value of today, and how many units there are on a day."))
    if deviation is None:
        return Today(say("The share"), SHARE, value, share_deviation(min(max(value, 0), 1)), a_day, 1)
    return Today(say("The average"), RATIO, value, deviation, a_day)


def _instead(today: Today, value: float | None, deviation: float | None, a_day: float | None) -> Today:
    """What is measured, with what a person says in its place."""
    value = today.value if value is None else value
    if deviation is None:
        deviation = share_deviation(min(max(value, 0), 1)) if today.unit == SHARE else today.deviation
    return replace(today, value=value, deviation=deviation, a_day=today.a_day if a_day is None else a_day)


def _measured(workspace: Workspace, client: str, indicator: str, period: str | None, say: Language) -> Today:
    """What a client's figures say of a period."""
    known = {each.id: each for each in plannable(workspace, client)}
    if indicator not in known:
        raise UsageError(one_of("a test's indicator", indicator, known))
    one, label = known[indicator], say(known[indicator].label)
    scope = narrowed(workspace, client, _read_with(workspace, one, known.values()), period, comparisons=())
    window, found = scope.period.window, period_alone(workspace, scope)
    value, days = reader_of(scope, found).value(one, window), window.days
    if value.value is None:
        raise SaidError(_nothing(label, say))
    sign = -1 if one.better.sign < 0 else 1
    if one.unit == SHARE:
        spread = share_deviation(min(max(value.value, 0), 1))
        return Today(label, SHARE, value.value, spread, (value.denominator or 0.0) / days, 1, sign)
    row = found.get(client, one.metrics[0], window)
    return Today(label, one.unit, value.value, row.deviation or 0.0, (row.answers or 0) / days, one.aims[1], sign)


def _read_with(workspace: Workspace, one: Indicator, others: Iterable[Indicator]) -> list[str]:
    """What needs no more sources than an indicator does, itself among them: asked together they take hardly longer."""
    return [each.id for each in others if _sources(workspace, each) <= _sources(workspace, one)]


def _sources(workspace: Workspace, one: Indicator) -> set[str]:
    return {source for name in one.metrics for source in workspace.settings.model.sources_of(name)}
