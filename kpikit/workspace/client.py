"""`ClientView`: one client of a workspace, whose periods are evaluated and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpikit.charts.markup import paragraphs
from kpikit.evaluation.reported import Step, figures
from kpikit.plans.notes import mark_of
from kpikit.plans.plan import in_force
from kpikit.sources.clients import Client
from kpikit.words.errors import UsageError
from kpikit.words.language import Language
from kpikit.words.message import Message
from kpikit.words.periods import parse_day
from kpikit.words.texts import N_
from kpikit.workspace.explore.driver_tree import TreeView, driven
from kpikit.workspace.explore.experiment_plan import ExperimentPlan, Wanted, planned
from kpikit.workspace.explore.experiment_reading import ExperimentReading, read_counts, reading
from kpikit.workspace.explore.explore import Exploration, explored
from kpikit.workspace.plan.goal_draft import GoalDraft, drafted
from kpikit.workspace.plan.redesign import redesigned
from kpikit.workspace.plan.simulation import Simulation, simulated
from kpikit.workspace.reports.reported import REPORTED, check_rendered, check_step, day_of, write_step
from kpikit.workspace.review.audience import audience_of, seen_by
from kpikit.workspace.review.comments import write
from kpikit.workspace.review.customers import Customers
from kpikit.workspace.review.review import Review

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

TOO_FEW = N_("client '{client}' has too few customers by then.")
NO_ENTITY = N_("client '{client}' has no customers that could be told apart: workspace.yml declares no entity; see "
               "'entities' in FILES.md.")  # fmt: skip


@dataclass(frozen=True, repr=False)
class ClientView:
    """One client of a workspace."""

    workspace: Workspace
    key: str

    def __repr__(self) -> str:
        return f"{self.key}: {Language('en').own(self.setting.label)}"

    def _repr_html_(self) -> str:
        return paragraphs([repr(self)]).html

    @property
    def setting(self) -> Client:
        """What the register says of the client."""
        return self.workspace.clients[self.key]

    def evaluate(
        self,
        period: str | None = None,
        as_of: str | None = None,
        language: str | None = None,
        audience: str | None = None,
    ) -> Review:
        """The review of a period (default: the last complete one), in a language (default: the client's).

        ``audience`` is "team" (the default), "management" or "partner", who see all of it, one page, or the progress.

        >>> import kpikit
        >>> review = kpikit.open(kpikit.samples() / "hospitals").client("RF4").evaluate("2019-03")
        >>> print(review.summary().text.splitlines()[0])
        Share within four hours, March 2019: 82.6%, 12.4 pp below target (95.0%).
        """
        reader = audience_of(audience)
        evaluation = seen_by(self.workspace.evaluate(self.key, period, as_of), reader)
        say = Language(language or self.setting.language)
        plan = in_force(self.workspace.plans(self.key), evaluation.period.window)
        notes = self.workspace.notes(self.key, evaluation.period)
        origin = self.workspace.provenance([self.key])
        workspace, key = self.workspace, self.key
        base = partial(workspace.customer_base, key, evaluation.period.key, evaluation.as_of.isoformat())
        return Review(workspace.settings, self.setting, evaluation, say, origin, plan, notes, base, reader)

    def explore(
        self,
        indicator: str,
        period: str | None = None,
        against: str | None = None,
        by: str | None = None,
        profile: str | None = None,
        as_of: str | None = None,
        language: str | None = None,
    ) -> Exploration:
        """One indicator in a period of any length: its picture, figures and sentences, and the notes on it.

        ``against`` is the comparison (default: those of the workspace), ``by`` the dimension that it is split by,
        ``profile`` the school that says what is usual (default: the workspace's): "nhs", "wheeler" or "anhoej".

        >>> import kpikit
        >>> norway = kpikit.open(kpikit.samples() / "shop").client("norway")
        >>> norway.explore("sales.orders", "2011-Q3", "previous_period", language="en").sentences()
        ['Orders, Q3 2011: 9', 'Vs previous period: +5 (+125.0%)', 'Orders: within its usual range.']
        """
        return explored(self.workspace, self.key, indicator, period, against, by, profile, as_of, language)

    def driver_tree(
        self,
        kpi: str,
        period: str | None = None,
        against: str | None = None,
        moves: Mapping[str, str] | None = None,
        as_of: str | None = None,
        language: str | None = None,
    ) -> TreeView:
        """What a KPI is made of, by the identities of its indicator or its formula, and what each part brought.

        ``kpi`` is an indicator's id, or a KPI's key in the plan; ``against`` the comparison (default: the first of the
        workspace's that has a value). ``moves`` say by driver what it is moved to, "+5 %", "+0.5 pp" or "12000"; the
        rest stays as it is. Raises `UsageError` for what does not exist, and for a value that cannot be.

        >>> import kpikit
        >>> norway = kpikit.open(kpikit.samples() / "shop").client("norway")
        >>> tree = norway.driver_tree("sales.revenue", "2011-11", moves={"sales.orders": "+10 %"}, language="en")
        >>> print("\\n".join(tree.sentences()[1:3]))
        Revenue = Orders × Average order value
        With Orders 5.5 (+10.0%), Revenue would be £7,180 (+£653).
        """
        return driven(self.workspace, self.key, kpi, period, against, moves, as_of, language)

    def draft_goal(
        self,
        goal: Mapping[str, Any],
        begins: str | None = None,
        vision: str | None = None,
        period: str | None = None,
        as_of: str | None = None,
        language: str | None = None,
    ) -> GoalDraft:
        """A goal, as a plan's file has it, beside those of the latest plan, from the day ``begins`` on.

        Held against the figures of a period (default: the last complete one); nothing is written before `save`. Without
        ``begins`` it is the day after the period. Raises `SettingError` for what is no plan, with the key and why.

        >>> import kpikit
        >>> kpi = {"indicator": "sales.orders", "cadence": "month", "target": {"kind": "keep", "value": "4"}}
        >>> norway = kpikit.open(kpikit.samples() / "shop").client("norway")
        >>> draft = norway.draft_goal({"statement": "More orders", "level": "organisation", "kpis": [kpi]})
        >>> draft.key, draft.plan.version, "no_owner" in [each.code for each in draft.findings]
        ('sales_orders', 2, True)
        """
        return drafted(self.workspace, self.key, goal, begins, vision, period, as_of, language)

    def plan_experiment(
        self,
        indicator: str | None = None,
        effect: float = 0.1,
        variants: int = 2,
        period: str | None = None,
        language: str | None = None,
        *,
        value: float | None = None,
        deviation: float | None = None,
        a_day: float | None = None,
        power: float = 0.8,
        significance: float = 0.05,
    ) -> ExperimentPlan:
        """How many units and days a test needs, from what a KPI is in a period (default: the last complete one).

        ``effect`` is the smallest relative change worth finding (0.1: 4 % to 4.4 %), seen with probability ``power``;
        ``variants`` counts the control, too, and ``significance`` is that of all comparisons together (Bonferroni).
        ``value``, the standard ``deviation`` of one unit, and units ``a_day`` take the place of what is measured.
        Without an indicator they are all that is known: a share, or with a ``deviation`` an average. A `UsageError`
        names the indicators that there are. See `kpikit.evaluation.experiments.size`.

        >>> import kpikit
        >>> kvartal = kpikit.open(kpikit.samples() / "agency").client("kvartal")
        >>> plan = kvartal.plan_experiment(effect=0.1, value=0.05, a_day=2000)  # from 5 % to 5.5 %
        >>> plan.units, plan.days
        (31231, 35)
        """
        say, wanted = Language(language or self.setting.language), Wanted(effect, variants, power, significance)
        return planned(self.workspace, self.key, indicator, wanted, period, value, deviation, a_day, say)

    def experiment(self, key: str, language: str | None = None) -> ExperimentReading:
        """What an entry of `experiments.yml` has shown by the last covered day; a `UsageError` names those there are.

        >>> import kpikit
        >>> kvartal = kpikit.open(kpikit.samples() / "agency").client("kvartal")
        >>> kvartal.experiment("trial_page").outcome.comparisons[0].verdict
        'better'
        """
        return reading(self.workspace, self.key, key, Language(language or self.setting.language))

    def read_counts(
        self,
        counts: Mapping[str, tuple[int, int]],
        indicator: str | None = None,
        smallest_effect: float | None = None,
        language: str | None = None,
    ) -> ExperimentReading:
        """What counts say of a test: by variant its units, and how many of them did what is wanted; the control first.

        It is judged as an entry of `experiments.yml` is, but for the sizes of the groups, whose plan nobody knows.
        ``indicator`` is the share that is counted (default: the conversion rate); ``smallest_effect`` the relative
        change that would matter. Raises `UsageError` for counts that cannot be.

        >>> import kpikit
        >>> kvartal = kpikit.open(kpikit.samples() / "agency").client("kvartal")
        >>> found = kvartal.read_counts({"old page": (4000, 160), "new page": (4000, 210)})
        >>> found.outcome.comparisons[0].verdict
        'better'
        """
        say = Language(language or self.setting.language)
        return read_counts(self.workspace, self.key, counts, indicator, smallest_effect, say)

    def customers(self, period: str | None = None, as_of: str | None = None, language: str | None = None) -> Customers:
        """The client's customers at the end of a period (default: the last complete one): cohorts, RFM, value.

        Raises `UsageError` where the workspace declares no entity, or the client has too few customers to be told of.

        >>> import kpikit
        >>> customers = kpikit.open(kpikit.samples() / "shop").client("germany").customers("2011-11")
        >>> print(customers.counts())
        106 customers up to 30 November 2011; 77.4% of them bought on more than one day.
        In the last twelve months 93 bought: 41 new ones and 52 who came back.
        Of the 65 customers of the twelve months before, 80.0% bought again.
        """
        base = self.workspace.customer_base(self.key, period, as_of)
        if base is None:
            told = TOO_FEW if self.workspace.settings.model.entities else NO_ENTITY
            raise UsageError(Message(told, client=self.key))
        return Customers(base, Language(language or self.setting.language))

    def simulate(
        self,
        proposal: str,
        value: str | None = None,
        period: str | None = None,
        as_of: str | None = None,
        language: str | None = None,
    ) -> Simulation:
        """What a proposal of a period's re-design would have done to the last statuses of its KPI, if in force then.

        ``value`` is another target in the place of the proposed one, as a plan writes it. Raises `UsageError` for a
        proposal that there is not, and `SettingError` for a target that a plan can't have.

        >>> import kpikit
        >>> trust = kpikit.open(kpikit.samples() / "hospitals").client("RF4")
        >>> print(trust.simulate("ease_target:emergency.share_within_four_hours", period="2019-03").sentence())
        It would have changed none of the last 12 statuses.
        """
        redesign = redesigned(self.workspace, self.key, period, as_of, language)
        return simulated(self.workspace, redesign, redesign.proposal(proposal), value)

    def approve(
        self, period: str, by: str, state: str = "approved", on: str | None = None, as_of: str | None = None
    ) -> Path:
        """Write into a new file that a period's report was checked, approved or sent, and give its path.

        The figures are kept in it as they are now. ``on`` is the day (default: today). Raises `UsageError`, and then
        nothing is written: also for a day before the one that the figures are seen from, and where the report of the
        period in the workspace's ``out`` shows other figures.
        """
        check_step(state, by)
        evaluation = self.workspace.evaluate(self.key, period, as_of)
        day = day_of(on, evaluation)
        check_rendered(self.workspace.folder / "out", self.key, evaluation)
        notes = mark_of(self.workspace.settings.notes(self.key), evaluation.period)
        step = Step(state, by.strip(), day, evaluation.period, evaluation.as_of, figures(evaluation), notes)
        return write_step(self.workspace.folder / REPORTED / self.key, step)

    def note(
        self, text: str, period: str, indicator: str | None = None, by: str | None = None, on: str | None = None
    ) -> Path:
        """Write a note about a period, or an indicator in it, into a new file of the workspace, and give its path.

        ``on`` is the day that it is from (default: today). Raises `UsageError`, and then nothing is written.
        """
        day = date.today() if on is None else parse_day(on, "on")
        return write(self.workspace.settings, self.key, text, period, indicator, by, day)
