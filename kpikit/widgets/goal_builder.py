"""From a business goal in words to a KPI with a target: each letter of SMART answers while one types.

The list of indicators follows the words. A slider moves the target over the history, and the outlook says how likely it
is. What stands in the fields becomes the next version of the plan, shown as a difference before it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from kpikit.charts.markup import Html, joined, paragraphs
from kpikit.evaluation.forecast.models import prepare
from kpikit.widgets.as_code import Name, called, opened
from kpikit.widgets.controls import button, rows
from kpikit.widgets.goal_fields import GoalFields
from kpikit.widgets.goal_target import TargetFields
from kpikit.widgets.question import Question
from kpikit.widgets.sliders import SliderNames
from kpikit.widgets.view import View
from kpikit.words.errors import SaidError, SettingError, UsageError
from kpikit.words.language import Language
from kpikit.words.message import Messages
from kpikit.words.texts import N_
from kpikit.workspace.plan.goal_draft import GoalDraft
from kpikit.workspace.shared import shared

prepare()


class GoalBuilder(View):
    """Fields for a goal, over what they come to. ``value`` is the `GoalDraft`, None where the fields are no goal yet.

    ``client`` is a key (default: the first), ``period`` what it is held against (default: the last complete one). The
    fields are in ``words``, what the goal says, and in ``aim``, what it is measured by.
    """

    heading = N_("Set a goal")
    value: GoalDraft | None

    def __init__(
        self,
        workspace: str | PathLike[str],
        client: str | None = None,
        period: str | None = None,
        *,
        language: str | None = None,
    ) -> None:
        self.path, self.workspace, self.language = workspace, shared(workspace), language
        view = self.workspace.client(client)
        self.key = view.key
        super().__init__(Language(language or view.setting.language))
        plans = self.workspace.plans(self.key)
        self.aim = TargetFields(self.workspace, self.key, period, self.say)
        self.words = GoalFields(self.say, plans[-1] if plans else None, self.aim.period.end)
        self._picked = False  # by a person, whose choice the words no longer change
        self.save, self.saved = button(self.say("Write the plan"), strong=True), widgets.HTML()
        self.asking = Question(self.say)
        self.save.on_click(self._pressed(self._ask_first, self.saved))
        self.asking.yes.on_click(self._pressed(self._write, self.saved))
        self._watch()
        self._arranged(*self._boxes(), SliderNames())

    def _watch(self) -> None:
        """What follows from a change of each field."""
        self.words.statement.observe(self._statement_changed, names="value")
        self.aim.indicator.observe(self._indicator_changed, names="value")
        self.aim.indicator.field.observe(self._indicator_meant, names="value")
        self.aim.target.observe(self._indicator_meant, names="value")
        self.aim.cadence.observe(lambda _: self._refilled(self.aim.fill), names="value")
        self.aim.kind.observe(lambda _: self._refilled(self.aim.fill_periods), names="value")
        self.aim.candidate.observe(self._slid, names="value")
        self._follow(*self.words.written, self.aim.target, self.aim.until_period, self.aim.baseline)

    def _boxes(self) -> Iterator[widgets.Widget]:
        yield rows(self.words.statement, *self.aim.fields)
        yield self.aim.which
        yield rows(*self.words.fields)
        yield self.shown
        yield rows(self.save)
        yield self.asking
        yield self.saved

    def _statement_changed(self, change: Any) -> None:
        """The words may name another indicator; the person who picks one has the last word."""
        self._refilled(self._named)

    def _named(self) -> None:
        before = self.aim.indicator.value
        self.aim.fill_indicators(str(self.words.statement.value), may_choose=not self._picked)
        if self.aim.indicator.value != before:
            self.aim.fill()

    def _indicator_changed(self, change: Any) -> None:
        if not self._quiet:
            self._picked, self.aim.not_found.value = True, ""
            self._refilled(self.aim.fill)

    def _indicator_meant(self, change: Any) -> None:
        """Who types an indicator's name, be it the one that stands there, or a target for it, means this indicator."""
        if change["new"] and not self._quiet:
            self._picked, self.aim.not_found.value = True, ""

    def _slid(self, change: Any) -> None:
        if not self._quiet:
            self.aim.slid()

    @property
    def _goal(self) -> dict[str, Any]:
        return {**self.words.goal, "kpis": [self.aim.kpi]}

    def _made(self) -> GoalDraft | None:
        """The draft of what stands in the fields; "+5 %" on a share brings up two buttons that ask which.

        Before there are words it is no draft, but what the figures say of the target can be seen.
        """
        self.asking.drop()
        self.save.disabled, self.saved.value = False, ""
        self.aim.ask_which()
        self.words.check()
        self.aim.check()
        if self.words.statement.value.strip():
            return self._drafted(self._goal)
        first = Html(f'<p class="kpikit note">{escape(self.say("Write down the goal in words first."))}</p>', "")
        self.shown.value = joined([first, self._drafted({**self._goal, "statement": "–"}).history()]).html
        return None

    def _drafted(self, goal: dict[str, Any]) -> GoalDraft:
        client = self.workspace.client(self.key)
        try:
            return client.draft_goal(
                goal, self.words.in_force_from, self.words.new_vision, period=self.aim.asked,
                language=self.language,
            )  # fmt: skip
        except SettingError as error:
            if Path(error.file).is_file():  # not what is typed, but a file that is there
                raise
            key = error.key.rpartition(".")[2]
            raise UsageError(Messages([self._labels.get(key, key), error.reason], ": ")) from None

    @property
    def _labels(self) -> dict[str, str]:
        return self.words.labels | self.aim.labels

    def _html(self, value: GoalDraft) -> str:
        """The check, the history with its outlook, the plan's text, and what differs from the plan before."""
        say = self.say
        differs = say("What changes in the plan")
        file = say("As the plan's file has it")
        text = f'<details class="kpikit code"><summary>{escape(file)}</summary>{value.text().html}</details>'
        heading = Html(f"<h3>{escape(differs)}</h3>", differs)
        return joined([value.smart(self._labels), value.history(), heading, value.difference(), Html(text, "")]).html

    def _call(self) -> str:
        if not self.words.statement.value.strip():
            raise SaidError(self.say("Write down the goal in words first."))
        lines = ",\n".join(f"    {key!r}: {each!r}" for key, each in self._goal.items())
        named = {"begins": self.words.in_force_from, "vision": self.words.new_vision}
        asked = called("client.draft_goal", Name("goal"), **named, period=self.aim.asked, language=self.language)
        return f"client = {opened(self.path)}.client({self.key!r})\ngoal = {{\n{lines},\n}}\n{asked}"

    def _ask_first(self) -> None:
        """Show the changes once more, and ask whether they are to be written."""
        self.saved.value = ""
        if self.value is None:
            raise SaidError(self.say("There is no goal yet that could be written: see above what is missing."))
        self.asking.ask(self.value, self.value.difference())

    def _write(self) -> None:
        """Write what is shown as the next version; whoever wrote one in the meantime is not overwritten."""
        if self.save.disabled:  # it was pressed twice, and is written
            return
        self.asking.answered(draft := self.value)
        assert draft
        file = draft.save().relative_to(self.workspace.folder)
        self.saved.value = paragraphs([self.say("Written as {file}.", file=file)]).html
        self.save.disabled = True
