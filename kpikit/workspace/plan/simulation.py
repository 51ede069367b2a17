"""`Simulation`: what a proposal would have done to the statuses of a KPI, had it been in force; for `Redesigner`.

client.simulate("raise_target:sales.revenue")
client.simulate("raise_target:sales.revenue", value="12000")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from kpikit.charts.history import statuses
from kpikit.charts.markup import Html, Shown, heading, joined, paragraphs
from kpikit.evaluation.codes import REASONS
from kpikit.evaluation.proposals.choice import Choice, next_document, with_value
from kpikit.evaluation.proposals.proposal import Proposal
from kpikit.evaluation.targets.judged import Judged, good, in_periods, judged
from kpikit.plans.plan import Kpi, Plan
from kpikit.plans.versions import tried
from kpikit.words.errors import UsageError
from kpikit.words.language import Language
from kpikit.words.message import Message
from kpikit.workspace.explore.narrow import measured, narrowed
from kpikit.workspace.plan.redesign import Redesign

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

PERIODS = 12
"""How many periods are looked back on."""


def simulated(workspace: Workspace, redesign: Redesign, proposal: Proposal, value: str | None = None) -> Simulation:
    """What a proposal, or another target in its place, would have done; see `ClientView.simulate`."""
    plan, at = redesign.plan, _place(redesign, proposal)
    if value is not None and not proposal.sets_target:
        raise UsageError(Message("{id}: it proposes no target, so another one has no place in it.", id=proposal.id))
    changed = proposal if value is None else with_value(proposal, value)
    if not changed.edits or at is None or plan is None:
        return Simulation(changed, redesign.say, None, None)
    goal, number = at
    gone = any(edit.value is None and edit.path[:4] == ("goals", goal, "kpis", number) for edit in changed.edits)
    after = None if gone else _next_plan(redesign, plan, changed)
    rows = [None if one is None else _row(workspace, redesign, one, _kpi(one, goal, number)) for one in (plan, after)]
    return Simulation(changed, redesign.say, rows[0], rows[1])


def _place(redesign: Redesign, proposal: Proposal) -> tuple[str, int] | None:
    """The goal of the KPI that a proposal is about, and its place there; None for one about no KPI of the plan."""
    goals = redesign.plan.goals if redesign.plan else ()
    places = [(goal.key, number) for goal in goals for number in range(len(goal.kpis))]
    of_kpis = zip(places, redesign.evaluation.kpis, strict=False)
    own = (place for place, fact in of_kpis if proposal.fact is not None and fact.key == proposal.fact.key)
    return next((place for place in own if place[0] == proposal.goal), None)


def _kpi(plan: Plan, goal: str, number: int) -> Kpi:
    return next(each for each in plan.goals if each.key == goal).kpis[number]


def _next_plan(redesign: Redesign, plan: Plan, proposal: Proposal) -> Plan:
    """The plan with what is proposed in it, as if it had been in force as long as the present one."""
    versions, evaluation = redesign.settings.plans(redesign.client.key), redesign.evaluation
    day = evaluation.period.window.last_day
    begins = max(day, versions[-1].in_force_from) + timedelta(days=1)
    said = [(Choice(proposal.id, "accepted", proposal.id), proposal, proposal.id)]
    document = next_document(redesign.document(plan), said, proposal.id, day, begins)
    with tried(*redesign.place, document, *redesign.known) as (trial, _):
        after = replace(redesign.settings, folder=trial.parent).plans(redesign.client.key)[-1]
    return replace(after, in_force_from=plan.in_force_from)


def _row(workspace: Workspace, redesign: Redesign, plan: Plan, kpi: Kpi) -> tuple[Judged, ...]:
    """The statuses of a KPI under a plan, from measurements of the periods looked back on."""
    found, client = redesign.evaluation, redesign.client.key
    scope = narrowed(workspace, client, [kpi.indicator], found.period.key, found.as_of.isoformat(), comparisons=(),
                     plan=plan)  # fmt: skip
    scopes = in_periods(scope, PERIODS)
    return judged(scopes, measured(workspace, scopes), scope.catalogue[kpi.indicator], kpi)


@dataclass(frozen=True, repr=False)
class Simulation(Shown):
    """``before`` are the statuses of the KPI under the plan as it is, ``after`` under the proposal, oldest first.

    Both are None for a proposal that leaves every KPI as it is, ``after`` alone for one that drops the KPI.
    """

    proposal: Proposal
    say: Language
    before: tuple[Judged, ...] | None
    after: tuple[Judged, ...] | None

    def sentence(self) -> str:
        """What the proposal would have done, in a sentence."""
        say = self.say
        if self.before is None:
            return say("It changes no status by itself.")
        if self.after is None:
            return say("The KPI would have no status any more.")
        counts = {"before": say.count(good(self.before)), "after": say.count(good(self.after)),
                  "all": say.count(len(self.before))}  # fmt: skip
        reasons = {each.reason for each in self.after}
        if len(reasons) == 1 and (reason := next(iter(reasons))):
            return say("None of these periods can be judged by it: {reason}.", reason=say(REASONS[reason]))
        if [each.status for each in self.before] == [each.status for each in self.after]:
            return say("It would have changed none of the last {all} statuses.", **counts)
        return say("Met or on track in {before} of the last {all} periods as it is, in {after} of them with this.",
                   **counts)  # fmt: skip

    def shown(self) -> Html:
        """The sentence, and the statuses period by period under each of the two."""
        if self.before is None:
            return paragraphs([self.sentence()])
        title = self.say("If it had been in force")
        rows: list[tuple[str, Sequence[Judged]]] = [(self.say("As it is"), self.before)]
        rows += [] if self.after is None else [(self.say("With this"), self.after)]
        return joined([heading(title, 4), paragraphs([self.sentence()]), statuses(rows, title, self.say)])
