"""The fields for what a goal is measured by: its KPI, what is to be reached by when, and from which baseline.

The list of indicators follows the words of the goal. A slider moves the target over the history.
"""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from kpikit.charts.markup import paragraphs
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.targets.ambition import half_way, written
from kpikit.evaluation.targets.usual import usual_range
from kpikit.indicators.framework import Indicator
from kpikit.indicators.suggest import suggested
from kpikit.plans.aim import change_example, parse_change, parse_value, value_example
from kpikit.plans.plan import TARGETS
from kpikit.widgets.choice import FIELD, LABEL, Choice
from kpikit.widgets.controls import field
from kpikit.widgets.grains import refill_grains
from kpikit.widgets.meanings import Meanings
from kpikit.widgets.typed import checked_number
from kpikit.words.errors import SaidError
from kpikit.words.formula import adds_up
from kpikit.words.language import Language
from kpikit.words.periods import Period
from kpikit.words.rewritten import as_typed, typed_number
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY
from kpikit.workspace import Workspace
from kpikit.workspace.explore.narrow import evaluate_few, measurable, narrowed

KINDS = {
    "keep": N_("meet it in each period"),
    "reach": N_("reach it by a period"),
    "cumulative": N_("add it up over a period"),
}
"""The kinds of target, as they are called in a list."""

AHEAD, STEPS = 24, 100
"""How many coming periods can be picked, and in how many steps the slider goes from end to end."""


class TargetFields:
    """A field for each thing that a plan says of a KPI of a client, filled by what its history is.

    ``asked`` is the ``period`` that it is held against, as it was named; None for the last complete one.
    """

    def __init__(self, workspace: Workspace, client: str, asked: str | None, say: Language) -> None:
        self.workspace, self.key, self.asked, self.say = workspace, client, asked, say
        self.period, _ = workspace.period(client, asked)
        self._day = self.period.window.last_day
        self.indicator, self.cadence, self.kind = Choice(say("KPI")), Choice(say("Cadence")), Choice(say("Target"))
        self.not_found = widgets.HTML()
        self.target = field(say("What to reach"))
        self.candidate = widgets.FloatSlider(
            description=say("Try a target"), min=0, max=1, readout=False, style=LABEL, layout=FIELD
        )
        self.until_period, self.baseline = Choice(say("Period")), Choice(say("Baseline"))
        self.which = Meanings(say, self.target)
        self._stood = 0.0
        self.fill_indicators("", may_choose=True)
        self.fill()

    @property
    def fields(self) -> tuple[widgets.Widget, ...]:
        """All fields, in the order in which they stand; the question which of two meanings one has stands elsewhere."""
        chosen = widgets.VBox([self.indicator, self.not_found]), self.cadence, self.kind
        return (*chosen, self.target, self.candidate, self.until_period, self.baseline)

    @property
    def labels(self) -> dict[str, str]:
        """How a plan's file calls it -> what stands beside the field."""
        fields = {
            "indicator": self.indicator, "cadence": self.cadence, "kind": self.kind, "value": self.target,
            "change": self.target, "by": self.until_period, "over": self.until_period, "baseline": self.baseline,
        }  # fmt: skip
        return {name: each.description for name, each in fields.items()}

    @property
    def one(self) -> Indicator:
        """The indicator that is chosen."""
        return self.workspace.settings.indicators_of(self.key)[self.indicator.value]

    @property
    def text(self) -> str:
        """What is to be reached, as a plan's file has it."""
        return typed_number(self.target.value)

    @property
    def kpi(self) -> dict[str, Any]:
        """What is filled in, as a plan's file has it."""
        kind, key = self.kind.value, "change" if self._is_change else "value"
        target = {"kind": kind, key: self.text} | {
            "keep": {}, "reach": {"by": self.until_period.value}, "cumulative": {"over": self.until_period.value},
        }[kind]  # fmt: skip
        kpi: dict[str, Any] = {"indicator": self.indicator.value, "cadence": self.period.grain}
        kpi |= {"baseline": self.baseline.value} if self.baseline.value else {}
        return kpi | ({"target": target} if self.text else {})

    def check(self) -> None:
        """A `SaidError` for what cannot be read as something to reach, or has two meanings."""
        unit, lowest = self.one.unit, self.one.bounds[0]
        if self.which.children:
            text = repr(self.text)
            raise SaidError(self.say("{text} of a share has two meanings: choose the one that you mean.", text=text))
        if self._is_change:
            self._check_start()
            checked_number(self.target, change_example(unit), lambda: parse_change(self.text, unit), self.say)
        elif self.text:
            checked_number(self.target, value_example(unit), lambda: parse_value(self.text, unit, lowest), self.say)

    def _check_start(self) -> None:
        """A change is told from a baseline, which one that is a change itself has none of, nor one without figures."""
        say, example = self.say, as_typed(value_example(self.one.unit), self.say.code)
        if self.one.change:
            told = say("{kpi} is itself a change. Write the value that it is to reach, such as {example}.",
                       kpi=say(self.one.label), example=as_typed("4 %", say.code))  # fmt: skip
            raise SaidError(told)
        if not self.baseline.value:
            told = say("A change starts from a baseline. Choose one, or write the value to reach, such as {example}.",
                       example=example)  # fmt: skip
            raise SaidError(told)

    @property
    def _is_change(self) -> bool:
        """True for "+10 %" or "-2 pp"; "-50000" is a value where the indicator can be below zero."""
        below = self.one.bounds[0] < 0 and not self.text.endswith(("%", "pp", "relative"))
        return self.text[:1] == "+" or (self.text[:1] in ("-", "−") and not below)

    def ask_which(self) -> None:
        """Ask what "+5 %" on a share means, if that is what is to be reached, and there is something to start from."""
        points = self._fact.series.points
        base = next((each.value.value for each in points if each.period.key == self.baseline.value), None)
        self.which.ask(self.text if self.baseline.value else "", self.one.unit, base)

    def slid(self, change: Any = None) -> None:
        """The target is where the slider stands.

        A browser puts the slider on the step nearest to where it began, which is no move of a person.
        """
        moved = abs(self.candidate.value - self._stood) > 0.6 * self.candidate.step
        self._stood = self.candidate.value
        if moved:
            self._set(self.candidate.value)

    def _set(self, value: float) -> None:
        self.target.value = as_typed(written(value, self._fact), self.say.code)

    def fill_indicators(self, words: str, *, may_choose: bool) -> None:
        """The indicators that the words speak of stand on top, and the first is chosen; words that name none say so."""
        known, there = self.workspace.settings.indicators_of(self.key), measurable(self.workspace, self.key)
        plans = self.workspace.plans(self.key)
        found = suggested(words, {id: known[id] for id in there}, plans[-1].told() if plans else None)
        found = sorted(found, key=lambda each: not there[each.id])
        ids = list(dict.fromkeys([*(each.id for each in found), *there]))
        self.indicator.refill([(f"{self.say(known[id].label)} ({id})", id) for id in ids])
        fits = bool(found) and there[found[0].id]
        if may_choose:
            self.indicator.value = ids[0] if fits else next(iter(there))
        lost = may_choose and words.strip() and not fits
        told = [self.say("No KPI was found for these words: choose one.")] if lost else []
        self.not_found.value = paragraphs(told).html if told else ""

    def fill(self) -> None:
        """What fits the indicator: cadence, kinds of target, periods to come, baselines, and a target to begin with."""
        say, one = self.say, self.one
        settings, setting = self.workspace.settings, self.workspace.clients[self.key]
        refill_grains(self.cadence, settings, setting, one, say, self.period.grain)
        self._held_against()
        kinds = [kind for kind in TARGETS if kind != "cumulative" or self._adds_up(one)]
        kinds = kinds if one.better.sign else ["keep"]
        self.kind.refill([(say(KINDS[kind]), kind) for kind in kinds])
        self._fact = self._history()
        examples = [value_example(one.unit), *([] if one.change else [change_example(one.unit)])]
        self.target.placeholder = "; ".join(as_typed(each, say.code) for each in examples)
        self.fill_periods()

    def _held_against(self) -> None:
        """The period that the goal is held against: the last one of the cadence that was over then."""
        if self.cadence.value != self.period.grain:
            calendar = self.workspace.clients[self.key].calendar
            self.period = calendar.last_complete(self.cadence.value, self._day)
            self.asked = self.period.key

    def _adds_up(self, one: Indicator) -> bool:
        metrics = self.workspace.settings.model.metrics
        return one.unit in (COUNT, MONEY) and adds_up(one.formula) and all(metrics[m].additive for m in one.metrics)

    def _history(self) -> Fact:
        scope = narrowed(self.workspace, self.key, [self.indicator.value], self.asked, comparisons=())
        found = evaluate_few(self.workspace, scope)
        return next(fact for fact in found.facts if fact.member is None)

    def fill_periods(self) -> None:
        """The periods that the target may be about, and those to start from: a sum's are a quarter or a year long."""
        calendar, say = self.workspace.clients[self.key].calendar, self.say
        own, kind = self.period, self.kind.value
        coming = [calendar.shift(own, step) for step in range(1, AHEAD + 1)]
        if kind == "cumulative":
            longer = [grain for grain in ("year", "quarter") if grain != own.grain]
            coming = [calendar.shift(calendar.period_of(g, own.window.last_day), n) for g in longer for n in (1, 2)]
        in_a_year = coming[min(11, AHEAD - 1) if kind == "reach" else 0]
        self.until_period.refill([(say.period(each), each.key) for each in coming])
        self.until_period.value = in_a_year.key
        self.until_period.disabled = kind == "keep"
        usable = [] if self.one.change else self._seen()[::-1]
        self.baseline.refill([(say("none"), ""), *((say.period(each), each.key) for each in usable)])
        if usable:
            self.baseline.value = usable[0].key
        self._fill_slider()

    def _seen(self) -> list[Period]:
        """The periods with a value; of a sum those as long as the one that it is about."""
        if self.kind.value != "cumulative":
            return [point.period for point in self._fact.series.points if point.value.value is not None]
        calendar = self.workspace.clients[self.key].calendar
        last, begins = calendar.parse(self.until_period.value), self.workspace.settings.begins
        seen = [calendar.shift(last, -back) for back in (8, 4, 3, 2, 1)]
        return [each for each in seen if each.start >= begins and each.end <= self.period.end]

    def _fill_slider(self) -> None:
        """From as far below what is usual as it is wide to as far above; it begins half-way to the best that is usual.

        A sum is what a period brings, times the periods that it is added up over.
        """
        between, one = usual_range(self._fact), self.one
        usable = between is not None and between[1] > between[0] and bool(one.better.sign)
        self.candidate.disabled = not usable
        if not usable or between is None:
            self.target.value = ""
            return
        times, width = self._times(), between[1] - between[0]
        low, high = between[0] - width, between[1] + width
        low = low if self._fact.signed or between[0] < 0 else max(low, 0.0)
        high = min(high, one.aims[1])
        first = min(max(half_way(self._fact), low), high) * times
        self.candidate.min, self.candidate.max = min(low * times, self.candidate.max), high * times
        self.candidate.min, self.candidate.step = low * times, (high - low) * times / STEPS
        self.candidate.value = self._stood = first
        self._set(first)

    def _times(self) -> int:
        if self.kind.value != "cumulative":
            return 1
        calendar = self.workspace.clients[self.key].calendar
        return len(calendar.within(self.period.grain, calendar.parse(self.until_period.value).window))
