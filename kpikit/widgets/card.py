"""`Card`: one proposal with the controls that decide it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ipywidgets as widgets

from kpikit.evaluation.proposals.choice import Choice as Decision
from kpikit.evaluation.proposals.proposal import Proposal, asked_words
from kpikit.plans.aim import parse_value, value_example
from kpikit.plans.plan import Plan
from kpikit.widgets.actions import Actions
from kpikit.widgets.choice import Choice
from kpikit.widgets.controls import field
from kpikit.widgets.typed import EXAMPLE, checked_day, checked_number
from kpikit.words.errors import SaidError
from kpikit.words.language import Language
from kpikit.words.rewritten import day_as_typed

Options = Sequence[tuple[str, str]]


def takes_actions(answer: str) -> bool:
    """True of an answer with which an action may begin."""
    return answer not in ("", "declined")


@dataclass(frozen=True)
class Card:
    """One proposal with the controls that decide it; ``target`` takes another one, or what is asked for, if anything.

    ``told`` says it, and ``effect`` is what it would have done to the statuses of its KPI. ``actions`` are begun with
    it; None for one about the plan as a whole. ``code`` is that of the language in which one types.
    """

    proposal: Proposal
    told: widgets.HTML
    effect: widgets.HTML
    answer: Choice
    why: widgets.Widget
    target: widgets.Widget | None
    actions: Actions | None
    box: widgets.Widget
    code: str

    @property
    def other(self) -> str | None:
        """Another target in the place of the proposed one, or what is asked for; None where there is none to be."""
        changed = self.target is not None and self.answer.value == "changed"
        if self.target is None or not changed:
            return None
        return self.proposal.typed(self.target.value, self.code)

    def decision(self) -> Decision | None:
        """What is decided, None while nothing is."""
        if not self.answer.value:
            return None
        begun = self.actions.value if self.actions and takes_actions(self.answer.value) else ()
        return Decision(self.proposal.id, self.answer.value, self.why.value.strip(), self.other, begun)

    def check_other(self, title: str, say: Language) -> None:
        """What takes the proposal's place must be there, and read as a plan has it; the error says how."""
        if self.target is None or self.other is None:
            return
        if not self.target.value.strip():
            told = say("{field} is not filled in yet ({proposal}).", proposal=title, field=self.target.description)
            raise SaidError(told)
        if self.proposal.asks_day:
            checked_day(self.target, say)
        if self.proposal.sets_target and self.proposal.fact is not None:
            other, unit = self.other, self.proposal.fact.unit
            checked_number(self.target, value_example(unit), lambda: parse_value(other, unit), say)


def in_its_place(proposal: Proposal, plan: Plan, indicators: Options, say: Language) -> widgets.Widget | None:
    """The control for what may take the proposal's place, if anything: a goal or an indicator is chosen by its name."""
    asked = proposal.asks[-1] if proposal.asks else None
    if not proposal.takes_value:
        return None
    if asked == "parent":
        goals = [(say.own(goal.statement), goal.key) for goal in plan.goals if goal.key != proposal.goal]
        return Choice(say("Goal above"), [("", ""), *goals])
    if asked == "indicator":
        return Choice(say("Indicator"), [("", ""), *indicators])
    if proposal.asks_day:
        return field(say("Until when"), hint=day_as_typed(EXAMPLE, say.code))
    example = value_example(proposal.fact.unit) if proposal.sets_target and proposal.fact else ""
    return field(say("Another target") if example else asked_words(proposal, say), hint=example)
