"""`Planning`: what a review shows of the plan itself: its goals, what they may become, and how the plan goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from kpikit.charts.markup import Html, file_text, joined, paragraphs
from kpikit.evaluation.customers.analysis import CustomerBase
from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.evaluation.forecast.outlook import asked
from kpikit.evaluation.goals.draft import candidates, first_plan, next_plan
from kpikit.indicators.catalogue import Indicators
from kpikit.plans.notes import Note
from kpikit.plans.plan import Plan
from kpikit.plans.read import whole
from kpikit.sources.clients import Client
from kpikit.words.language import Language
from kpikit.words.texts import N_
from kpikit.workspace.data.provenance import Provenance
from kpikit.workspace.plan import goals
from kpikit.workspace.plan.redesign import Redesign
from kpikit.workspace.review.audience import MANAGEMENT, PARTNER, TEAM, shown_to
from kpikit.workspace.review.labels import Labels
from kpikit.workspace.settings import PLANS, Settings, plan_file

_PROPOSAL = N_(
    "From what the sources measure: half-way from the average to the best that is usual. Take it as a start for the "
    "talk about goals, and add who answers for them."
)


def no_customers() -> CustomerBase | None:
    """No facts about customers: what a review has where nothing tells them apart."""
    return None


@dataclass(frozen=True, repr=False)
class Planning:
    """A client's period with the plan in force, and the parts of a `Review` that are about the plan.

    ``base`` gives the facts about the client's customers, which are made only where they are shown. ``audience`` is who
    reads it (`kpikit.workspace.review.audience`): what is not for them is empty.
    """

    settings: Settings
    client: Client
    evaluation: Evaluation
    say: Language
    origin: Provenance
    plan: Plan | None = None
    comments: tuple[Note, ...] = ()
    base: Callable[[], CustomerBase | None] = field(default=no_customers, compare=False)
    audience: str = TEAM

    @property
    def labels(self) -> Labels:
        """The labels of facts and members in the review's language."""
        return self.settings.labels(self.say, self.client.key)

    @property
    def indicators(self) -> Indicators:
        """The indicators as the client has them."""
        return self.settings.indicators_of(self.client.key)

    @property
    def kpis(self) -> list[Fact]:
        """The facts that are KPIs in the plan, in its order."""
        return list(self.evaluation.kpis)

    def vision(self) -> Html:
        """The vision of the plan in force."""
        return self._planned(lambda plan: goals.vision(plan, self.say))

    def goals(self) -> Html:
        """The goals of the plan, from high to low, each with its status, owner, agreement, KPIs and PIs.

        Partners are told the status and the KPIs alone.
        """
        inside = self.audience != PARTNER
        return self._planned(lambda plan: goals.goals(plan, self.evaluation, self.labels, self.say, inside=inside))

    @shown_to(TEAM)
    def smart(self) -> Html:
        """The SMART check of each goal: letter by letter, what was found, and the way out."""
        return self._planned(lambda plan: goals.smart(plan, self.evaluation, self.labels, self.say))

    @shown_to(TEAM, MANAGEMENT)
    def areas(self) -> Html:
        """Where improvement may lie: what changed for the worse first, then everything else that could be a KPI."""
        return goals.areas(candidates(self.evaluation, self.indicators), self.labels, self.say)

    @shown_to(TEAM, MANAGEMENT)
    def ambition(self) -> Html:
        """For each KPI (without a plan, for what could be one) possible targets, and how likely each is reached."""
        facts = asked(self.evaluation, self.indicators)
        return goals.ambition(facts, self.client.calendar, self.evaluation.as_of, self.labels, self.say)

    @shown_to(TEAM, MANAGEMENT)
    def proposal(self) -> Html:
        """A first plan from what can be measured, as the text of a plan file; nothing for a client who has a plan."""
        if self.settings.plans(self.client.key):
            return Html("", "")
        text = first_plan(self.evaluation, self.client.calendar, self.labels, self.say, self.indicators)
        title = self.say("A first proposal")
        heading = Html(f"<h2>{escape(title)}</h2>", title)
        if not text:
            return joined([heading, paragraphs([self.say("There is too little history for a first plan.")])])
        return joined([heading, paragraphs([self.say(_PROPOSAL)]), file_text(text)])

    @shown_to(TEAM, MANAGEMENT)
    def outcome(self) -> Html:
        """The KPIs by how they ended: exceeded, met, on track, at risk, missed, can't be judged."""
        return self._planned(lambda plan: goals.outcome(self.evaluation, self.labels, self.say))

    @shown_to(TEAM, MANAGEMENT)
    def review_due(self) -> Html:
        """When the plan is to be reviewed, and whether that day has come."""
        return self._planned(lambda plan: goals.review_due(plan, self.evaluation.as_of, self.say))

    @shown_to(TEAM, MANAGEMENT)
    def actions(self) -> Html:
        """What is done for the goals: by whom, whether it is done, at what cost."""
        return self._planned(lambda plan: goals.actions(plan, self.say))

    @shown_to(TEAM, MANAGEMENT)
    def decisions(self) -> Html:
        """What was decided when this version of the plan was made."""
        return self._planned(lambda plan: goals.decisions(plan.decisions, self.say))

    @property
    def redesign(self) -> Redesign:
        """What the figures propose to change in the plan, what came of earlier changes, and how to decide."""
        return Redesign(self.settings, self.client, self.evaluation, self.say, self.plan, self.audience)

    @shown_to(TEAM)
    def draft(self) -> Html:
        """The next version of the plan, as the text of its file: unchanged, under what speaks for changes."""
        return self._planned(self._draft)

    def _draft(self, plan: Plan) -> Html:
        now = whole(plan_file(self.settings.folder / PLANS, self.client.key, plan))
        return file_text(next_plan(now, self.evaluation, self.labels, self.say))

    def _planned(self, show: Callable[[Plan], Html]) -> Html:
        if self.plan is None:
            return paragraphs([self.say("No plan is in force for this period: set a goal first.")])
        return show(self.plan)
