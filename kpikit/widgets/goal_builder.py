"""From a business goal in words to a KPI with a target: each letter of SMART answers while one types.

The list of indicators follows the words. A slider moves the target over the history, and the outlook says how likely it
is. What stands in the fields becomes the next version of the plan, shown as a difference before it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from kpikit.charts.markup import Html, joined, paragraphs
from kpikit.evaluation.ambition import half_way, written
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.forecast.models import prepare
from kpikit.evaluation.usual import usual_range
from kpikit.indicators.card import LEVELS
from kpikit.indicators.catalogue import search
from kpikit.indicators.framework import Indicator
from kpikit.plans.aim import change_example, value_example
from kpikit.plans.plan import TARGETS
from kpikit.widgets.choice import FIELD, LABEL, Choice
from kpikit.widgets.grains import refill_grains
from kpikit.widgets.question import Question
from kpikit.widgets.turns import in_turn
from kpikit.widgets.view import Name, View, button, called, field, opened, rows
from kpikit.words.errors import SaidError, SettingError, UsageError
from kpikit.words.formula import adds_up
from kpikit.words.language import Language
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, SHARE
from kpikit.workspace.goal_draft import GoalDraft
from kpikit.workspace.narrow import evaluate_few, narrowed
from kpikit.workspace.shared import shared

KINDS = {
    "keep": N_("meet it in each period"),
    "reach": N_("reach it by a period"),
    "cumulative": N_("add it up over a period"),
}
"""The kinds of target, as they are called in a list."""

AHEAD, STEPS = 24, 100
"""How many coming periods can be picked, and in how many steps the slider goes from end to end."""

prepare()


class GoalBuilder(View):
    """Fields for a goal, over what they come to. ``value`` is the `GoalDraft`, None where the fields are no goal yet.

    ``client`` is a key (default: the first), ``period`` what it is held against (default: the last complete one).
    """

    heading = N_("Set a goal")
    value: GoalDraft | None

    def __init__(
        self, workspace: str | Path, client: str | None = None, period: str | None = None, language: str | None = None
    ) -> None:
        self.path, self.workspace = workspace, shared(workspace)
        self.key = client or next(iter(self.workspace.clients))
        view = self.workspace.client(self.key)
        self.language, self.asked = language, period
        super().__init__(Language(language or view.setting.language))
        self.period, _ = self.workspace.period(self.key, period)
        self._day = self.period.window.last_day
        self._picked = False  # by a person, whose choice the words no longer change
        self._fields()
        self._fill_indicators()
        self._fill_target()
        self.statement.observe(self._statement_changed, names="value")
        self.indicator.observe(self._indicator_changed, names="value")
        self.indicator.field.observe(self._indicator_meant, names="value")
        self.target.observe(self._indicator_meant, names="value")
        self.cadence.observe(self._cadence_changed, names="value")
        self.kind.observe(self._kind_changed, names="value")
        self.candidate.observe(self._slid, names="value")
        self._follow(*self._texts, self.level, self.parent, self.target, self.until_period, self.baseline)
        self._arranged(*self._boxes())

    def _fields(self) -> None:
        say, plans = self.say, self.workspace.plans(self.key)
        goals = plans[-1].goals if plans else ()
        self.statement = field(say("Goal in words"), lines=2, hint=say("Such as: reach 95 % by the end of the year"))
        self.level = Choice(say("Level"), [(say(text), key) for key, text in LEVELS.items()])
        above = [(say.own(goal.statement), goal.key) for goal in goals]
        self.parent = Choice(say("Goal above"), [(say("none"), ""), *above])
        self.owner, self.agreed = field(say("Owner")), field(say("Agreed by"), hint=say("Names, with commas"))
        self.serves, self.means = field(say("Serves")), field(say("Means"))
        self.until = field(say("Until"), hint="2026-12-31")
        latest = plans[-1].in_force_from if plans else date.min
        self.begins = field(say("In force from"), str(max(self.period.end, latest + timedelta(days=1))))
        self.vision = field(say("Vision"), say.own(plans[-1].vision) if plans and plans[-1].vision else "")
        self.vision.disabled = bool(plans and plans[-1].vision)
        self._texts = [self.owner, self.agreed, self.serves, self.means, self.until, self.vision, self.begins]
        self.indicator, self.cadence, self.kind = Choice(say("KPI")), Choice(say("Cadence")), Choice(say("Target"))
        self.target = field(say("What to reach"))
        self.candidate = widgets.FloatSlider(
            description=say("Try a target"), min=0, max=1, readout=False, style=LABEL, layout=FIELD
        )
        self.until_period, self.baseline = Choice(say("Period")), Choice(say("Baseline"))
        self.which = widgets.Box(layout={"display": "none"})
        self.save, self.saved = button(say("Write the plan"), strong=True), widgets.HTML()
        self.asking = Question(say)
        self.save.on_click(self._pressed(self._ask_first, self.saved))
        self.asking.yes.on_click(self._pressed(self._write, self.saved))

    def _boxes(self) -> Iterator[widgets.Widget]:
        yield rows(self.statement, self.indicator, self.cadence, self.kind)
        yield rows(self.target, self.candidate, self.until_period)
        yield self.which
        yield rows(self.baseline, self.level, self.parent, self.owner, self.serves, self.means)
        yield rows(self.agreed, self.until, self.begins, self.vision)
        yield self.shown
        yield rows(self.save)
        yield self.asking
        yield self.saved

    @property
    def _one(self) -> Indicator:
        return self.workspace.settings.indicators_of(self.key)[self.indicator.value]

    def _fill_indicators(self) -> None:
        """The indicators that the words speak of stand on top: of all words, and else of the longest one that finds."""
        settings = self.workspace.settings
        known = settings.indicators_of(self.key)
        measured = {id: known[id] for id in settings.measured(self.key)}
        words = sorted(str(self.statement.value).split(), key=len, reverse=True)
        texts = [str(self.statement.value), *(word.strip(".,;:%") for word in words if len(word) > 3)]
        found = next(filter(None, (search(text, measured) for text in texts)), [])
        ids = list(dict.fromkeys([*(each.id for each in found), *measured]))
        self.indicator.refill([(f"{self.say(known[id].label)} ({id})", id) for id in ids])
        if found and not self._picked:
            self.indicator.value = found[0].id

    def _fill_target(self) -> None:
        """What fits the indicator: cadence, kinds of target, periods to come, baselines, and a target to begin with."""
        say, one = self.say, self._one
        settings, setting = self.workspace.settings, self.workspace.clients[self.key]
        refill_grains(self.cadence, settings, setting, one, say, self.period.grain)
        self._held_against()
        kinds = [kind for kind in TARGETS if kind != "cumulative" or self._adds_up(one)]
        kinds = kinds if one.better.sign else ["keep"]
        self.kind.refill([(say(KINDS[kind]), kind) for kind in kinds])
        self._fact = self._history()
        self.target.placeholder = f"{value_example(one.unit)}; {change_example(one.unit)}"
        self._fill_periods()
        self._fill_slider()

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

    def _fill_periods(self) -> None:
        """The periods that the target may be about, and those to start from: a sum's are a quarter or a year long."""
        calendar, say = self.workspace.clients[self.key].calendar, self.say
        own, kind = self.period, self.kind.value
        coming = [calendar.shift(own, step) for step in range(1, AHEAD + 1)]
        if kind == "cumulative":
            longer = [grain for grain in ("year", "quarter") if grain != own.grain]
            coming = [calendar.shift(calendar.period_of(g, own.window.last_day), n) for g in longer for n in (1, 2)]
        in_a_year = coming[min(11, AHEAD - 1) if kind == "reach" else 0]
        names = [(say.period(each), each.key) for each in coming]
        self.until_period.refill(names)
        self.until_period.value = in_a_year.key
        self.until_period.disabled = kind == "keep"
        seen = [point.period for point in self._fact.series.points if point.value.value is not None]
        if kind == "cumulative":
            last = calendar.parse(self.until_period.value)
            seen = [calendar.shift(last, -back) for back in (8, 4, 3, 2, 1)]
            seen = [each for each in seen if each.start >= self.workspace.settings.begins and each.end <= own.end]
        usable = [] if self._one.change else seen[::-1]
        self.baseline.refill([(say("none"), ""), *((say.period(each), each.key) for each in usable)])
        if usable:
            self.baseline.value = usable[0].key

    def _fill_slider(self) -> None:
        """From as far below what is usual as it is wide to as far above; it begins half-way to the best that is usual.

        A sum is what a period brings, times the periods that it is added up over.
        """
        between, one = usual_range(self._fact), self._one
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
        self.candidate.value = first
        self.target.value = written(first, self._fact)

    def _times(self) -> int:
        if self.kind.value != "cumulative":
            return 1
        whole = self.workspace.clients[self.key].calendar.parse(self.until_period.value)
        return len(self.workspace.clients[self.key].calendar.within(self.period.grain, whole.window))

    @in_turn
    def _statement_changed(self, change: Any) -> None:
        """The words may name another indicator; the person who picks one has the last word."""
        before, self._quiet = self.indicator.value, True
        self._fill_indicators()
        if self.indicator.value != before:
            self._fill_target()
        self._quiet = False
        self._changed()

    def _indicator_changed(self, change: Any) -> None:
        if not self._quiet:
            self._picked = True
            self._refilled(self._fill_target)

    def _indicator_meant(self, change: Any) -> None:
        """Who types an indicator's name, be it the one that stands there, or a target for it, means this indicator."""
        self._picked = self._picked or (bool(change["new"]) and not self._quiet)

    def _cadence_changed(self, change: Any) -> None:
        if not self._quiet:
            self._refilled(self._fill_target)

    def _kind_changed(self, change: Any) -> None:
        if not self._quiet:
            self._refilled(self._fill_periods, self._fill_slider)

    @in_turn
    def _refilled(self, *fills: Any) -> None:
        self._quiet = True
        for fill in fills:
            self._tried(fill, self.shown)
        self._quiet = False
        self._changed()

    def _slid(self, change: Any) -> None:
        if not self._quiet:
            self.target.value = written(self.candidate.value, self._fact)

    def _goal(self) -> dict[str, Any]:
        """The goal as a plan's file has it, of the fields that are filled."""
        words = {"statement": self.statement, "owner": self.owner, "serves": self.serves, "means": self.means}
        goal: dict[str, Any] = {key: each.value.strip() for key, each in words.items() if each.value.strip()}
        goal["level"] = self.level.value
        goal |= {"parent": self.parent.value} if self.parent.value else {}
        goal |= {"until": self.until.value.strip()} if self.until.value.strip() else {}
        if names := [name.strip() for name in self.agreed.value.split(",") if name.strip()]:
            goal["agreed"] = {"by": names, "on": date.today().isoformat()}
        goal["kpis"] = [self._kpi()]
        return goal

    def _kpi(self) -> dict[str, Any]:
        text = self.target.value.strip()
        kind, key = self.kind.value, "change" if text[:1] in "+-−" and text else "value"
        target = {"kind": kind, key: text} | {
            "keep": {}, "reach": {"by": self.until_period.value}, "cumulative": {"over": self.until_period.value},
        }[kind]  # fmt: skip
        kpi: dict[str, Any] = {"indicator": self.indicator.value, "cadence": self.period.grain}
        kpi |= {"baseline": self.baseline.value} if self.baseline.value else {}
        return kpi | ({"target": target} if text else {})

    def _made(self) -> GoalDraft:
        """The draft of what stands in the fields; "+5 %" on a share brings up two buttons that ask which."""
        self.asking.drop()
        self._ask_which()
        if not self.statement.value.strip():
            raise SaidError(self.say("Write down the goal in words first."))
        client = self.workspace.client(self.key)
        vision = None if self.vision.disabled else self.vision.value.strip() or None
        try:
            return client.draft_goal(
                self._goal(), self.begins.value.strip(), vision, period=self.asked, language=self.language
            )
        except SettingError as error:
            raise UsageError(f"{error.key.rpartition('.')[2]}: {error.reason}") from None

    def _ask_which(self) -> None:
        """Two buttons where a change in per cent of a share has two meanings, each with the value that it comes to."""
        text, base = self.target.value.strip(), self._base()
        asks = self._one.unit == SHARE and text[:1] in ("+", "-", "−") and text.endswith("%") and len(text) > 2
        self.which.layout.display = "flex" if asks else "none"
        self.which.layout.flex_flow = "row wrap"
        self.which.children = tuple(self._meaning(text, mark, base) for mark in ("relative", "pp")) if asks else ()

    def _base(self) -> float | None:
        points = self._fact.series.points
        return next((p.value.value for p in points if p.period.key == self.baseline.value), None)

    def _meaning(self, text: str, mark: str, base: float | None) -> widgets.Button:
        number = text.rstrip("% ")
        meant = f"{number} % relative" if mark == "relative" else f"{number} pp"
        try:
            size = float(number.replace("−", "-")) / 100
        except ValueError:
            base, size = None, 0.0
        label = meant
        if base is not None:
            to = base * (1 + size) if mark == "relative" else base + size
            low, high = (self.say.value(each, SHARE) for each in (base, to))
            label = self.say("{meant}: from {low} to {high}", meant=meant, low=low, high=high)
        found = button(label)
        found.on_click(lambda _: setattr(self.target, "value", meant))
        return found

    def _html(self, value: GoalDraft) -> str:
        """The check, the history with its outlook, the plan's text, and what differs from the plan before."""
        say = self.say
        differs = say("What changes in the plan")
        file = say("As the plan's file has it")
        text = f'<details class="kpikit code"><summary>{escape(file)}</summary>{value.text().html}</details>'
        heading = Html(f"<h4>{escape(differs)}</h4>", differs)
        return joined([value.smart(), value.history(), heading, value.difference(), Html(text, "")]).html

    def _call(self) -> str:
        vision = None if self.vision.disabled else self.vision.value.strip() or None
        lines = ",\n".join(f"    {key!r}: {each!r}" for key, each in self._goal().items())
        named = {"begins": self.begins.value.strip(), "vision": vision, "period": self.asked, "language": self.language}
        asked = called("client.draft_goal", Name("goal"), **named)
        return f"client = {opened(self.path)}.client({self.key!r})\ngoal = {{\n{lines},\n}}\n{asked}"

    def _ask_first(self) -> None:
        """Show the changes once more, and ask whether they are to be written."""
        self.saved.value = ""
        if self.value is None:
            raise SaidError(self.say("There is no goal yet that could be written: see above what is missing."))
        self.asking.ask(self.value, self.value.difference())

    def _write(self) -> None:
        """Write what is shown as the next version; whoever wrote one in the meantime is not overwritten."""
        self.asking.answered(draft := self.value)
        assert draft
        file = draft.save().relative_to(self.workspace.folder)
        self.saved.value = paragraphs([self.say("Written as {file}.", file=file)]).html
        self.save.disabled = True
