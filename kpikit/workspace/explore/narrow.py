"""An evaluation of a few indicators alone, measured for them: what a person waits for while looking around."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kpikit.evaluation.evaluate import evaluate, reader_of, requests
from kpikit.evaluation.facts import Evaluation, Value
from kpikit.evaluation.forecast.outlook import with_outlooks
from kpikit.evaluation.scope import Scope
from kpikit.evaluation.signals.profiles import PROFILES
from kpikit.indicators.catalogue import find
from kpikit.metrics.requests import Measurements, Request
from kpikit.plans.plan import Goal, Plan
from kpikit.words.errors import UsageError, one_of
from kpikit.words.periods import COMPARISONS
from kpikit.workspace.portfolio.evaluating import absent

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

MOST_ANSWERS = 128
"""So many questions' answers are kept; each is a few hundred small rows."""


def narrowed(
    workspace: Workspace,
    client: str,
    indicators: Collection[str],
    period: str | None = None,
    as_of: str | None = None,
    *,
    comparisons: Sequence[str] | None = None,
    plan: Plan | None = None,
    profile: str | None = None,
) -> Scope:
    """All that decides what must be measured for these indicators of a client, and nothing else of it.

    ``comparisons`` take the place of the workspace's own, ``plan`` that of the one in force, and ``profile`` that
    of its school of limits. A `UsageError` names what is not known, and an indicator that the client has no figures of.
    """
    for name in comparisons or ():
        if name not in COMPARISONS:
            raise UsageError(one_of("comparison", name, COMPARISONS))
    if profile is not None and profile not in PROFILES:
        raise UsageError(one_of("profile", profile, PROFILES))
    settings = workspace.settings
    known = settings.indicators_of(client)
    few = {find(id, known).id: known[id] for id in indicators}
    for id in few:
        if id not in settings.measured(client):
            raise UsageError(one_of("indicator", id, settings.measured(client)))
    scope = workspace._scope(client, *workspace.period(client, period, as_of))
    asked = plan or scope.plan
    scope = replace(scope, catalogue=few, plan=_about(asked, few) if asked else None)
    scope = scope if comparisons is None else replace(scope, comparisons=tuple(comparisons))
    if profile is not None:
        own = replace(scope.plan, profile=None) if scope.plan else None
        scope = replace(scope, plan=own, workspace_profile=profile)
    return scope


def measurable(workspace: Workspace, client: str) -> dict[str, bool]:
    """The indicators declared for a client, those first whose sources have anything of it; of each, whether they do."""
    known, gone = workspace.settings.indicators_of(client), set(absent(workspace, client))
    there = {id: gone.isdisjoint(known[id].metrics) for id in workspace.settings.measured(client)}
    return dict(sorted(there.items(), key=lambda each: not each[1]))


def evaluate_few(workspace: Workspace, scope: Scope) -> Evaluation:
    """The evaluation of a narrowed scope as `Workspace.evaluate` gives it, without peers, leads and experiments."""
    found = evaluate(scope, measured(workspace, [scope]))
    return with_outlooks(found, scope.calendar, workspace.kept, scope.catalogue)


def kpis_alone(
    workspace: Workspace, clients: Sequence[str], period: str | None = None, as_of: str | None = None
) -> dict[str, Evaluation]:
    """By client, the KPIs alone: value, target, status, signal and history, as `Workspace.evaluate_all` gives them.

    What explains them is left out: comparisons, parts, drivers, peers and experiments. It is what a table of all
    clients shows, measured in a small part of the time.
    """
    seen = {key: (key, *workspace.period(key, period, as_of)) for key in clients}
    scopes = [_bare(workspace._scope(*about)) for about in seen.values() if about not in workspace.headlines]
    for day in {scope.as_of for scope in scopes}:
        those = [scope for scope in scopes if scope.as_of == day]
        asked = dict.fromkeys(request for scope in those for request in requests(scope))
        own = workspace._measure_few(asked, [scope.client for scope in those], day).by_client()
        for scope in those:
            made = evaluate(scope, own.get(scope.client, Measurements(())))
            workspace.headlines[seen[scope.client]] = made
    return {key: workspace.headlines[about] for key, about in seen.items()}


def _bare(scope: Scope) -> Scope:
    """A scope that asks for the KPIs of the plan alone, split only by the dimensions that they are about."""
    kpis = scope.plan.kpis if scope.plan else ()
    ids, split = {kpi.indicator for kpi in kpis}, {kpi.member[0] for kpi in kpis if kpi.member}
    metrics = {
        name: replace(metric, dimensions=tuple(each for each in metric.dimensions if each in split))
        for name, metric in scope.metrics.items()
    }
    plan = replace(scope.plan, goals=tuple(replace(goal, pis=()) for goal in scope.plan.goals)) if scope.plan else None
    few = {id: scope.catalogue[id] for id in ids}
    return replace(scope, plan=plan, catalogue=few, metrics=metrics, comparisons=())


def period_alone(workspace: Workspace, scope: Scope) -> Measurements:
    """What the scope's indicators are made of in its period, and nothing before it."""
    names = dict.fromkeys(name for indicator in scope.indicators() for name in indicator.metrics)
    return _kept(workspace, scope, tuple(Request(name, (scope.period.window,)) for name in names))


def measured(workspace: Workspace, scopes: Sequence[Scope]) -> Measurements:
    """What these scopes of one client and day need, measured at once."""
    return _kept(workspace, scopes[0], tuple(dict.fromkeys(request for scope in scopes for request in requests(scope))))


def histories(workspace: Workspace, scope: Scope, id: str, dimension: str) -> dict[str, list[float]]:
    """Each member of a dimension -> its values of an indicator in the periods of its series; NaN where there is none.

    They are measured when they are asked for, since a dimension may have many members.
    """
    indicator, windows = scope.catalogue[id], tuple(period.window for period in scope.periods())
    asked = tuple(Request(name, windows, (dimension,)) for name in indicator.metrics)
    reader = reader_of(scope, _kept(workspace, scope, asked))
    found = [reader.parts(indicator, window, dimension) for window in windows]
    members = dict.fromkeys(member for each in found for member in each)
    return {member: [_number(each.get(member)) for each in found] for member in members}


def _kept(workspace: Workspace, scope: Scope, asked: tuple[Request, ...]) -> Measurements:
    """The answers, kept for those who ask the same again: only their target has moved, or their words."""
    key = scope.client, scope.as_of, asked
    if key not in workspace.answers:
        if len(workspace.answers) >= MOST_ANSWERS:
            workspace.answers.pop(next(iter(workspace.answers)))
        workspace.answers[key] = workspace._measure_few(asked, [scope.client], scope.as_of)
    return workspace.answers[key]


def _number(value: Value | None) -> float:
    return math.nan if value is None or value.value is None else value.value


def _about(plan: Plan, few: Collection[str]) -> Plan:
    """The plan with those KPIs and PIs alone."""
    return replace(plan, goals=tuple(_with(goal, few) for goal in plan.goals))


def _with(goal: Goal, few: Collection[str]) -> Goal:
    kpis, pis = tuple(kpi for kpi in goal.kpis if kpi.indicator in few), tuple(pi for pi in goal.pis if pi in few)
    return replace(goal, kpis=kpis, pis=pis)
