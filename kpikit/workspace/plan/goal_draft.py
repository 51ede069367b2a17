"""`GoalDraft`: a goal on its way into a client's plan, held against the figures; what `GoalBuilder` shows.

goal = {"statement": "95 % within four hours", "level": "organisation", "owner": "Ann", "kpis": [...]}
draft = kpikit.open(workspace).client(client).draft_goal(goal, begins="2026-01-01")
draft.findings        # the SMART check; nothing is written
draft.save()          # writes the next version of the plan as a new file
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpikit.charts.figures import focus
from kpikit.charts.markup import Html, Shown, file_text, heading, joined
from kpikit.charts.trend import trend_picture
from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.evaluation.forecast.outlook_words import outlook_sentences
from kpikit.evaluation.goals.smart import Finding, check
from kpikit.plans.difference import Document, differences
from kpikit.plans.plan import Goal, Plan
from kpikit.plans.read import whole
from kpikit.plans.versions import plan_text, tried, write_version
from kpikit.sources.clients import Client
from kpikit.sources.strict import SCHEMA
from kpikit.words.language import Language
from kpikit.words.periods import parse_day
from kpikit.workspace.explore.narrow import evaluate_few, narrowed
from kpikit.workspace.plan import changes
from kpikit.workspace.plan.amounts import units
from kpikit.workspace.plan.goals import checked
from kpikit.workspace.review.labels import Labels
from kpikit.workspace.settings import PLANS, Settings, plan_file

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace


def drafted(
    workspace: Workspace,
    client: str,
    goal: Mapping[str, Any],
    begins: str | None,
    vision: str | None,
    period: str | None,
    as_of: str | None,
    language: str | None,
) -> GoalDraft:
    """The draft of a goal; see `ClientView.draft_goal`."""
    settings, setting = workspace.settings, workspace.clients[client]
    seen, _ = workspace.period(client, period, as_of)
    start = parse_day(begins, "begins") if begins else seen.end
    versions = workspace.plans(client)
    before = whole(plan_file(settings.folder / PLANS, client, versions[-1])) if versions else None
    key = goal_key(goal, before)
    after = _with_goal(before, key, goal, start, vision)
    known = settings.indicators_of(client)
    with tried(settings.folder / PLANS, client, after, setting.calendar, known) as (place, _):
        plan = replace(settings, folder=place.parent).plans(client)[-1]
    few = list(dict.fromkeys(kpi.indicator for each in plan.goals if each.key == key for kpi in each.kpis))
    found = evaluate_few(workspace, narrowed(workspace, client, few, period, as_of, comparisons=(), plan=plan))
    say = Language(language or setting.language)
    return GoalDraft(settings, setting, found, say, settings.labels(say, client), plan, key, before, after)


def goal_key(goal: Mapping[str, Any], before: Document | None) -> str:
    """A key that no goal of the plan has: from the goal's KPI, else from its words."""
    kpis = goal.get("kpis") or [{"indicator": str(goal.get("statement", ""))}]
    plain = unicodedata.normalize("NFKD", str(kpis[0].get("indicator", ""))).encode("ascii", "ignore").decode()
    wanted = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")[:40] or "goal"
    taken, number, key = (before or {}).get("goals", {}), 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}_{number}"
    return key


def _with_goal(
    before: Document | None, key: str, goal: Mapping[str, Any], start: date, vision: str | None
) -> dict[str, Any]:
    kept = {name: value for name, value in (before or {"schema": str(SCHEMA)}).items() if name != "decisions"}
    kept |= {"in_force_from": start.isoformat()} | ({"vision": vision} if vision else {})
    return {**{name: value for name, value in kept.items() if name != "goals"},
            "goals": {**kept.get("goals", {}), key: dict(goal)}}  # fmt: skip


@dataclass(frozen=True, repr=False)
class GoalDraft(Shown):
    """``plan`` is the version that it would make, with the goal under ``key``; ``before`` and ``after`` are documents.

    ``evaluation`` holds the facts of its KPIs, each with its history, its target and its outlook.
    """

    settings: Settings
    client: Client
    evaluation: Evaluation
    say: Language
    labels: Labels
    plan: Plan
    key: str
    before: Document | None
    after: Document

    def __eq__(self, other: object) -> bool:
        """Equal are drafts of the same plan, with the same facts."""
        return isinstance(other, GoalDraft) and (self.plan, self.facts) == (other.plan, other.facts)

    @property
    def goal(self) -> Goal:
        """The goal, as the plan has it."""
        return next(each for each in self.plan.goals if each.key == self.key)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of its KPIs."""
        return tuple(fact for fact in self.evaluation.kpis if fact.goal == self.key)

    @property
    def findings(self) -> list[Finding]:
        """What the SMART check finds in the goal."""
        return [each for each in check(self.plan, self.evaluation) if each.goal == self.key]

    def smart(self, fields: Mapping[str, str] | None = None) -> Html:
        """The SMART check, letter by letter: what was found, and the way out.

        ``fields``: what a form calls the keys of a plan, where the goal is filled in there.
        """
        return checked(self.goal, self.findings, self.labels, self.say, fields)

    def history(self) -> Html:
        """Each KPI's history with its usual range, its target, and how likely that is reached."""
        return joined([self._kpi(fact) for fact in self.facts])

    def text(self) -> Html:
        """The goal as the plan's file will have it."""
        return file_text(plan_text({"goals": {self.key: self.after["goals"][self.key]}}))

    def difference(self) -> Html:
        """What differs from the version before, in words."""
        found = differences(self.before or {}, self.after)
        return changes.difference(found, self._names(), units(self.settings, self.client.key), self.say)

    def shown(self) -> Html:
        """The check, the history, and the difference."""
        return joined([self.smart(), self.history(), self.difference()])

    def save(self) -> Path:
        """Write the next version of the plan into a new file, and give its path; no file that is there is changed."""
        known = self.settings.indicators_of(self.client.key)
        return write_version(self.settings.folder / PLANS, self.client.key, self.after, self.client.calendar, known)

    def _kpi(self, fact: Fact) -> Html:
        label, say = self.labels(fact), self.say
        told = outlook_sentences(fact, label, say)
        return joined([heading(label), focus(fact, trend_picture(fact, say, label), told, say)])

    def _names(self) -> dict[str, str]:
        named = {goal.key: self.say.own(goal.statement) for goal in self.plan.goals}
        return named | self.labels.kpis(self.plan)
