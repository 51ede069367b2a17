"""How likely the targets are that a triage names as behind: forecasts of the few that are listed first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kpikit.evaluation.dues import Item, urgency
from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.forecast.outlook import outlook

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

MOST = 5
"""So many targets behind are forecast: one for each KPI of a portfolio would take longer than all else together."""


def with_outlooks(
    workspace: Workspace, items: Sequence[Item], evaluations: Mapping[str, Evaluation]
) -> tuple[Item, ...]:
    """The items, most urgent first; of the targets behind the first `MOST` have the outlook of their KPI."""
    behind = [at for at, item in enumerate(items) if item.kind == "at_risk"][:MOST]
    found = [_seen(workspace, each, evaluations) if at in behind else each for at, each in enumerate(items)]
    return tuple(sorted(found, key=urgency))


def _seen(workspace: Workspace, item: Item, evaluations: Mapping[str, Evaluation]) -> Item:
    assert item.fact
    calendar, as_of = workspace.clients[item.client].calendar, evaluations[item.client].as_of
    ahead = outlook(item.fact, calendar, as_of, workspace.kept)
    return replace(item, fact=replace(item.fact, outlook=ahead))
