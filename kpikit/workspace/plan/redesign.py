"""`Redesign`: from what the figures propose to the next version of the plan, decided by people.

review = kpikit.open(workspace).client(client).evaluate(period)
review.redesign.proposals()
choices = [Choice("raise_target:sales.revenue", "changed", "The shop has room to grow.", value="12000")]
review.redesign.decided(choices, by="Ann", on="2026-03-01")     # what would change; nothing is written
review.redesign.decide(choices, by="Ann", on="2026-03-01")      # writes the next version
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kpikit.charts.markup import Html, joined, paragraphs
from kpikit.evaluation.evaluate import evaluate
from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.proposals.aftermath import about_kpis, followed
from kpikit.evaluation.proposals.choice import Choice, chosen, next_document
from kpikit.evaluation.proposals.find import proposals
from kpikit.evaluation.proposals.proposal import Proposal, by_id, proposal_words
from kpikit.evaluation.proposals.scene import Scene
from kpikit.indicators.catalogue import Indicators
from kpikit.plans.difference import Document, differences
from kpikit.plans.plan import Plan, in_force
from kpikit.plans.read import read_plans, whole
from kpikit.plans.versions import tried, write_version
from kpikit.sources.clients import Client
from kpikit.words.errors import UsageError, one_of
from kpikit.words.language import Language
from kpikit.words.message import Message
from kpikit.words.periods import Calendar, parse_day
from kpikit.workspace.explore.narrow import measured, narrowed
from kpikit.workspace.plan import changes
from kpikit.workspace.plan.amounts import Units, units
from kpikit.workspace.review.audience import MANAGEMENT, TEAM, shown_to
from kpikit.workspace.settings import PLANS, Settings, plan_file

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

__all__ = ["Choice", "Redesign"]

UNDECIDED = "the next version of a plan needs at least one decision, and who decided."


def redesigned(
    workspace: Workspace, client: str, period: str | None, as_of: str | None, language: str | None
) -> Redesign:
    """The re-design as `Review.redesign` gives it, from the figures of the plan alone: what a person waits for."""
    setting, (found, _) = workspace.clients[client], workspace.period(client, period, as_of)
    plan = in_force(workspace.plans(client), found.window)
    few = [*(kpi.indicator for kpi in plan.kpis), *(pi for _, pi in plan.pis)] if plan else []
    scope = narrowed(workspace, client, few, period, as_of)
    evaluation = evaluate(scope, measured(workspace, [scope]))
    return Redesign(workspace.settings, setting, evaluation, Language(language or setting.language), plan)


@dataclass(frozen=True, repr=False)
class Redesign:
    """The re-design of one client's plan at the end of a period, in a language; ``plan`` is the one then in force."""

    settings: Settings
    client: Client
    evaluation: Evaluation
    say: Language
    plan: Plan | None
    audience: str = TEAM

    def __repr__(self) -> str:
        return str(self.proposals())

    def _repr_html_(self) -> str:
        return self.proposals()._repr_html_()

    def proposed(self) -> list[Proposal]:
        """The proposals with their figures, the most urgent first; none without a plan."""
        return proposals(self._scene(self.plan)) if self.plan else []

    @property
    def follower(self) -> Plan | None:
        """The version that followed the plan, if any did."""
        versions = self.settings.plans(self.client.key) if self.plan else ()
        return next((each for each in versions if self.plan and each.version == self.plan.version + 1), None)

    def open(self) -> list[Proposal]:
        """Those of the proposals that the version after the plan has not decided; what it left for later is open."""
        after = self.follower
        done = {each.proposal for each in after.decisions if each.answer != "later"} if after else set()
        return [each for each in self.proposed() if done.isdisjoint((each.id, each.name))]

    def proposal(self, id: str) -> Proposal:
        """The proposal of an id; a `UsageError` names the nearest one."""
        found = self.proposed()
        proposal = by_id(id, found)
        if proposal is None:
            raise UsageError(one_of("proposal", id, {each.id: each for each in found}))
        return proposal

    @shown_to(TEAM, MANAGEMENT)
    def proposals(self) -> Html:
        """What could change in the plan, each with its reason and the name that it is decided by; or what was decided
        already, where the version that followed says so."""
        if self.plan is None:
            return self._no_plan()
        found, after = self.open(), self.follower
        known = [changes.followed_by(after, self.say)] if after else []
        return joined([*known, *([changes.proposals(found, self.names, self.say)] if found or after is None else [])])

    @shown_to(TEAM, MANAGEMENT)
    def followed(self) -> Html:
        """What came of earlier actions and decisions: each KPI before and after."""
        if self.plan is None:
            return self._no_plan()
        known = self._scene(self.plan).versions, self.evaluation
        return changes.followed(followed(*known), about_kpis(*known), self.names, self.say)

    def decided(self, choices: Sequence[Choice], by: str, on: str, begins: str | None = None) -> Html:
        """What these decisions, made by somebody on a day, would change in the plan; nothing is written.

        Raises `UsageError` as `decide` does, and `SettingError` for what can't stand in a plan.
        """
        plan, after = self._next(choices, by, on, begins)
        with tried(*self.place, after, *self.known) as (trial, _):
            *_, tried_out = read_plans(trial, self.client.key, *self.known)
        shown = changes.difference(differences(self.document(plan), after), self.names, self._units, self.say)
        return joined([shown, changes.decided(tried_out.decisions, self.say)])

    def decide(self, choices: Sequence[Choice], by: str, on: str, begins: str | None = None) -> Path:
        """Write the next version of the plan, as `decided` shows it, into a new file, and give its path.

        ``begins`` is its first day (default: the day after the period, or of a late review that of the period in which
        it is held). Raises `UsageError`, and nothing is written: without a plan or a choice, for a choice that cannot
        be, and where there is a later version already.
        """
        _, after = self._next(choices, by, on, begins)
        return write_version(*self.place, after, *self.known)

    def difference(self, before: int, after: int) -> Html:
        """How two versions of the plan differ, in words, and what was decided on the way to the later one, and why."""
        old, new = (self.document(self._version(number)) for number in (before, after))
        shown = changes.difference(differences(old, new), self.names, self._units, self.say)
        first, last = sorted((before, after))
        later = [plan for plan in self.settings.plans(self.client.key) if first < plan.version <= last]
        led = [decision for plan in later for decision in plan.decisions]
        return joined([shown, changes.decided(led, self.say)]) if led else shown

    @property
    def names(self) -> dict[str, str]:
        """What the KPIs, goals, members of dimensions, and parts of a change are called, by their keys; the latest word
        counts."""
        labels, plans = self.settings.labels(self.say, self.client.key), self.settings.plans(self.client.key)
        named = {key: label for fact in self.evaluation.kpis for key, label in labels.made_of(fact).items()}
        named |= {fact.key: labels(fact) for fact in self.evaluation.facts}
        named |= {key: label for plan in plans for key, label in labels.kpis(plan).items()}
        for each in self.settings.model.dimensions.values():
            named |= {f"{each.name}={member}": self.say.own(label) for member, label in each.members.items()}
        return named | {goal.key: self.say.own(goal.statement) for plan in plans for goal in plan.goals}

    @property
    def _units(self) -> Units:
        return units(self.settings, self.client.key)

    def words(self, proposal: Proposal) -> tuple[str, str]:
        """A proposal and its reason, in words."""
        return proposal_words(proposal, self.names, self.say)

    def latest(self) -> Plan:
        """The plan in force, which a next version can follow; a `UsageError` where there is none, or a later one."""
        if self.plan is None:
            raise UsageError(
                Message(
                    "{key}: no plan is in force for {period}; write a first one.",
                    key=self.client.key,
                    period=self.evaluation.period,
                )
            )
        latest = max((each.version for each in self.settings.plans(self.client.key)), default=0)
        if not latest:
            raise UsageError(
                Message(
                    "{key}: {folder} holds no plan of it any more.",
                    key=self.client.key,
                    folder=self.settings.folder / PLANS,
                )
            )
        if self.plan.version != latest:
            raise UsageError(
                Message(
                    "{key}: the period is under version {version}, and there is a version {latest} already. Review a "
                    "period under version {latest}.",
                    key=self.client.key,
                    version=self.plan.version,
                    latest=latest,
                )
            )
        return self.plan

    def ready(self, by: str, on: str, begins: str | None = None) -> tuple[Plan, date, date]:
        """What a next version can follow: the plan in force, the day of the decisions, and its own first day.

        Raises `UsageError` for what no decision could repair: as `latest` does, and for who and when.
        """
        plan, day = self.latest(), parse_day(on, "on")
        start = parse_day(begins, "begins") if begins else self._next_start(day)
        if not by.strip():
            raise UsageError(UNDECIDED)
        if start <= plan.in_force_from:
            raise UsageError(
                Message(
                    "begins == {start}, must lie after {in_force_from}, when this version began.",
                    start=start,
                    in_force_from=plan.in_force_from,
                )
            )
        return plan, day, start

    def _next_start(self, day: date) -> date:
        """The day after the period; of a late review the first day of the period that runs, so that no verdict on what
        is over by then changes."""
        period = self.evaluation.period
        return max(period.end, self.client.calendar.period_of(period.grain, day).start)

    def _next(self, choices: Sequence[Choice], by: str, on: str, begins: str | None) -> tuple[Plan, dict[str, object]]:
        """The plan, and the document of the version that follows it after these decisions."""
        plan, day, start = self.ready(by, on, begins)
        if not choices:
            raise UsageError(UNDECIDED)
        found = self.proposed()
        pairs = [(choice, chosen(choice, found)) for choice in choices]
        said = [(choice, proposal, self.words(proposal)[0]) for choice, proposal in pairs]
        return plan, next_document(self.document(plan), said, by.strip(), day, start)

    @property
    def place(self) -> tuple[Path, str]:
        """Where the client's plans are: the folder of all plans, and the client's key."""
        return self.settings.folder / PLANS, self.client.key

    @property
    def known(self) -> tuple[Calendar, Indicators]:
        """By what a plan is read: the client's calendar and indicators."""
        return self.client.calendar, self.settings.indicators_of(self.client.key)

    def _scene(self, plan: Plan) -> Scene:
        versions = self.settings.plans(self.client.key)[: plan.version]
        known, metrics = self.settings.indicators_of(self.client.key), self.settings.model.metrics
        averaged = [
            id
            for id in {kpi.indicator for kpi in plan.kpis}
            if any(name in metrics and metrics[name].is_mean_of_rates for name in known[id].metrics)
        ]
        return Scene(plan, self.document(plan), versions, self.evaluation, self.client.calendar, averaged)

    def document(self, plan: Plan) -> Document:
        """A version of the plan as its file says it."""
        return whole(plan_file(self.settings.folder / PLANS, self.client.key, plan))

    def _version(self, number: int) -> Plan:
        plans = {plan.version: plan for plan in self.settings.plans(self.client.key)}
        if number not in plans:
            raise UsageError(one_of("version", number, plans))
        return plans[number]

    def _no_plan(self) -> Html:
        return paragraphs([self.say("No plan is in force for this period: set a goal first.")])
