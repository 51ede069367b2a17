"""Re-design as cards: accept, change, decline or leave each for later, see what becomes of the plan, and write it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from html import escape
from os import PathLike

import ipywidgets as widgets

from kpikit.charts.markup import Html, paragraphs
from kpikit.evaluation.proposals.choice import Choice as Decision
from kpikit.evaluation.proposals.proposal import Proposal
from kpikit.widgets.actions import Actions
from kpikit.widgets.as_code import called, opened
from kpikit.widgets.card import Card, in_its_place, takes_actions
from kpikit.widgets.choice import Choice
from kpikit.widgets.controls import button, field, rows
from kpikit.widgets.question import Question
from kpikit.widgets.typed import checked_day
from kpikit.widgets.view import View
from kpikit.words.errors import SaidError, UsageError
from kpikit.words.language import Language
from kpikit.words.rewritten import day_as_typed, typed_day
from kpikit.words.texts import N_
from kpikit.workspace.explore.narrow import measurable
from kpikit.workspace.plan.redesign import redesigned
from kpikit.workspace.plan.simulation import simulated
from kpikit.workspace.portfolio.evaluating import absent
from kpikit.workspace.shared import shared

ANSWERS = {
    "": N_("not decided"),
    "accepted": N_("accept"),
    "changed": N_("change"),
    "declined": N_("decline"),
    "later": N_("later"),
}
"""What may be decided of a proposal, as it is called in a list."""


class Redesigner(View):
    """A card for each proposal, over the difference that the decisions make. ``value`` is that difference as `Html`.

    A card shows what its proposal, or another target in its place, would have done to the last statuses of the KPI.

    ``client`` is a key (default: the first), ``period`` the one that is reviewed (default: the last complete one).
    """

    heading = N_("Change the plan")
    value: Html | None

    def __init__(
        self,
        workspace: str | PathLike[str],
        client: str | None = None,
        period: str | None = None,
        *,
        language: str | None = None,
    ) -> None:
        self.path, self.workspace, self.asked, self.language = workspace, shared(workspace), period, language
        self.key = self.workspace.client(client).key
        super().__init__(Language(language or self.workspace.client(self.key).setting.language))
        self.redesign = redesigned(self.workspace, self.key, period, None, language)
        say = self.say
        self._looked: dict[str, str | None] = {}
        self.by, self.on = field(say("Who decides")), field(say("On"), day_as_typed(date.today(), say.code))
        self.cards = [self._card(each) for each in self._open()]
        self.write, self.written = button(say("Write the next version"), strong=True), widgets.HTML()
        self.asking = Question(say)
        self.write.on_click(self._pressed(self._ask_first, self.written))
        self.asking.yes.on_click(self._pressed(self._write, self.written))
        self._follow(self.by, self.on)
        who = rows(self.by, self.on)
        who.layout.margin = "20px 0 8px"
        deciding = [who, self.shown, rows(self.write), self.asking, self.written]
        self._arranged(*(card.box for card in self.cards), *(deciding if self.cards else [self.shown]))

    def _open(self) -> list[Proposal]:
        """The proposals that can be decided: none where there is a later version of the plan, as `value` says."""
        try:
            self.redesign.latest()
        except UsageError:
            return []
        return self.redesign.proposed()

    def _card(self, proposal: Proposal) -> Card:
        say = self.say
        title, reason = self.redesign.words(proposal)
        told = widgets.HTML(f'<section class="kpikit card"><h3>{escape(title)}</h3><p>{escape(reason)}</p></section>')
        answers = {key: text for key, text in ANSWERS.items() if key != "changed" or proposal.takes_value}
        answer = Choice(say("Decision"), [(say(text), key) for key, text in answers.items()])
        why = field(say("Why"))
        controls = [answer, why]
        target = in_its_place(proposal, self.redesign.plan, self._indicators, say) if self.redesign.plan else None
        if target:
            _shows(target, False)
            answer.observe(lambda change: _shows(target, change["new"] == "changed"), names="value")
            controls.insert(1, target)
        self._follow(*controls)
        actions = self._actions(answer) if proposal.goal else None
        waiting = escape(say("What it would have done is being worked out …"))
        effect = widgets.HTML(f'<p class="kpikit note" role="status">{waiting}</p>')
        box = widgets.VBox([told, effect, rows(*controls), *([actions] if actions else [])])
        box.add_class("kpi-card")
        return Card(proposal, told, effect, answer, why, target, actions, box, say.code)

    @cached_property
    def _indicators(self) -> list[tuple[str, str]]:
        """What may take a KPI's place: whatever the client has figures of."""
        known = self.workspace.settings.indicators_of(self.key)
        return [(self.say(known[id].label), id) for id, there in measurable(self.workspace, self.key).items() if there]

    @cached_property
    def _currency(self) -> str | None:
        """The currency of the client's amounts, if all are in one."""
        gone, metrics = absent(self.workspace, self.key), self.workspace.settings.model.metrics
        found = {each.currency for name, each in metrics.items() if each.currency and name not in gone}
        return found.pop() if len(found) == 1 else None

    def _actions(self, answer: Choice) -> Actions:
        """The actions of a card, which are there once something is decided that may begin some."""
        actions = Actions(self.say, self._follow, self._currency)
        actions.layout.display = "none"
        answer.observe(lambda change: _shows(actions, takes_actions(change["new"])), names="value")
        return actions

    @property
    def day(self) -> str:
        """The day on which it is decided, as a plan has it."""
        return typed_day(self.on.value, self.say.code)

    @property
    def decisions(self) -> list[Decision]:
        """What is decided so far."""
        return [decision for card in self.cards if (decision := card.decision())]

    def _made(self) -> Html:
        """What the decisions would change in the plan, as `Redesign.decided` says it."""
        self.asking.drop()
        self.write.disabled, self.written.value = False, ""
        if not self.cards:
            if self.redesign.plan is not None and self.redesign.follower is None:
                self.redesign.latest()
            return self.redesign.proposals()
        if not self.decisions:
            raise SaidError(self.say("Nothing is decided yet: choose what to do with one of the proposals."))
        if not self.by.value.strip():
            raise SaidError(self.say("Write down who decides."))
        checked_day(self.on, self.say)
        for card in self.cards:
            self._check_why(card)
            card.check_other(self._title(card), self.say)
            if card.actions and takes_actions(card.answer.value):
                card.actions.check()
        return self.redesign.decided(self.decisions, self.by.value, self.day)

    def _rest(self) -> Iterator[None]:
        """What each card would have done, one after the other."""
        for card in self.cards:
            self._look_back(card)
            yield

    def _look_back(self, card: Card) -> None:
        """What the card would have done to the statuses of its KPI: made anew where its target is another one."""
        asked = (card.other or None) if card.proposal.sets_target else None
        if self._looked.get(card.proposal.id, "") != asked:
            self._looked[card.proposal.id] = asked
            self._tried(lambda: self._show_effect(card, asked), card.effect)

    def _show_effect(self, card: Card, asked: str | None) -> None:
        if asked:
            card.check_other(self._title(card), self.say)
        card.effect.value = simulated(self.workspace, self.redesign, card.proposal, asked).shown().html

    def _title(self, card: Card) -> str:
        """What a card proposes, where words follow it."""
        title, _ = self.redesign.words(card.proposal)
        return title.rstrip(".")

    def _check_why(self, card: Card) -> None:
        if card.answer.value and not card.why.value.strip():
            raise SaidError(self.say("{proposal}: write down why, so that the next review can learn from it.",
                                     proposal=self._title(card)))  # fmt: skip

    def _html(self, value: Html) -> str:
        return value.html

    def _picture(self) -> str:
        return "".join(each.told.value + each.effect.value for each in self.cards) + super()._picture()

    def _call(self) -> str:
        given = [self.asked] if self.asked else []
        review = called("client.evaluate", *given, language=self.language)
        head = f"client = {opened(self.path)}.client({self.key!r})\n"
        if not self.cards or self._value is None:  # until it is decided, what can be decided is all there is
            return f"{head}{review}.redesign.proposals()"
        lines = "".join(f"    {self._as_code(each)},\n" for each in self.decisions)
        asked = f"redesign.decided(choices, {self.by.value!r}, {self.day!r})"
        load = "from kpikit.workspace.plan.redesign import Choice\n\n"
        return f"{load}{head}redesign = {review}.redesign\nchoices = [\n{lines}]\n{asked}"

    def _as_code(self, each: Decision) -> str:
        return called("Choice", each.proposal, each.answer, each.why, value=each.value, actions=each.actions or None)

    def _ask_first(self) -> None:
        self.written.value = ""
        if self.value is None:
            raise SaidError(self.say("There is nothing to write yet: see above what is missing."))
        self.asking.ask(self.value, self.value)

    def _write(self) -> None:
        """Write the next version as a new file; whoever wrote one in the meantime is not overwritten."""
        if self.write.disabled:  # it was pressed twice, and is written
            return
        self.asking.answered(self.value)
        file = self.redesign.decide(self.decisions, self.by.value, self.day).relative_to(self.workspace.folder)
        self.written.value = paragraphs([self.say("Written as {file}.", file=file)]).html
        self.write.disabled = True


def _shows(control: widgets.Widget, shown: bool) -> None:
    control.layout.display = None if shown else "none"
