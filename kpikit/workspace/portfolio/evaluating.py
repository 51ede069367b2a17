"""The evaluations of many clients of a workspace: measured together, then each made of its own measurements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kpikit.evaluation.evaluate import evaluate, requests
from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.lacking import Ended, LeftOut, Unmeasured, WithoutValue
from kpikit.evaluation.reported import revisions
from kpikit.evaluation.scope import Scope
from kpikit.evaluation.values import Reader
from kpikit.metrics.coverage import window_of
from kpikit.metrics.model import Model
from kpikit.metrics.requests import Measurements
from kpikit.plans.events import OUTAGE
from kpikit.sources.declarations import Source
from kpikit.words.periods import Period, Window
from kpikit.workspace.data.gaps import unmeasured
from kpikit.workspace.data.left_out import left_out
from kpikit.workspace.data.seen import seen_from
from kpikit.workspace.data.without_value import lacking_values
from kpikit.workspace.portfolio.peers import Standings, compared, read_peers, standings
from kpikit.workspace.review.experiments import outcomes

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace


@dataclass(frozen=True)
class Known:
    """An evaluation, and the measurements that it was made from."""

    evaluation: Evaluation
    measurements: Measurements


def evaluate_scopes(workspace: Workspace, scopes: Sequence[Scope]) -> dict[str, Known]:
    """By client: measure what all scopes of a day need, at once; then evaluate each on its own measurements."""
    found, settings = dict[str, Known](), workspace.settings
    for day in {scope.as_of for scope in scopes}:
        those = [scope for scope in scopes if scope.as_of == day]
        own = {scope.client: list(requests(scope)) for scope in those}
        asked = {request: None for each in own.values() for request in each}
        together = workspace.measure(asked, list(own), day).by_client()
        measured = {client: together[client].of(each) for client, each in own.items()}
        evaluated = {scope.client: evaluate(scope, measured[scope.client]) for scope in those}
        others = _standings(workspace, those, evaluated)
        for scope in those:
            key = scope.client
            whole = replace(
                evaluated[key],
                left_out=_left_out(workspace, scope),
                without_rows=_without_rows(workspace, key),
                unmeasured=_unmeasured(workspace, scope),
                ended=ended(workspace, key, scope.period, scope.as_of),
                without_value=_without_value(workspace, scope, evaluated[key]),
                experiments=outcomes(workspace, key, scope.period.window, scope.as_of),
            )
            whole = replace(whole, revisions=revisions(whole, settings.reported(key)))
            found[key] = Known(compared(whole, others.get(key, {}), settings), measured[key])
    return found


def covers(workspace: Workspace, client: str, model: Model) -> dict[str, Window]:
    """By metric, what its source covers of a client; all of it where that is nothing: there are no figures anyway."""
    active = workspace.clients[client].active
    sources = {name: model.sources[metric.source] for name, metric in model.metrics.items()}
    return {name: source.covers.overlap(active) or source.covers for name, source in sources.items()}


def absent(workspace: Workspace, client: str) -> list[str]:
    """The metrics whose source has nothing of a client: no file, no account. A slice knows it from its provenance."""
    if workspace.is_slice:
        without = {origin.source for origin in workspace.provenance().origins if not origin.has(client)}
    else:
        without = {name for name, clients in workspace.lacking().items() if client in clients}
    return [name for name, metric in workspace.settings.model.metrics.items() if metric.source in without]


def filling(model: Model, as_of: date) -> dict[str, date]:
    """By metric of a source whose last days are still filling, or whose week or month still runs: the first of them."""
    sources = {name: model.sources[metric.source] for name, metric in model.metrics.items()}
    return {name: each.matures for name, each in sources.items() if each.immature_days or _runs(each, as_of)}


def _runs(source: Source, as_of: date) -> bool:
    """True where the day lies in a week or month of the source that follows all it covers."""
    return source.every != "day" and not source.span and window_of(source, as_of).start == source.covers.end


def _without_rows(workspace: Workspace, client: str) -> tuple[str, ...]:
    """The sources of events, of those that metrics are made of, that have not one row of a client."""
    found = workspace.provenance().without_rows if workspace.is_slice else workspace.data.without_rows
    return tuple(source for source, clients in found.items() if client in clients and source in _used(workspace))


def _used(workspace: Workspace) -> set[str]:
    """The sources that metrics are made of."""
    return {metric.source for metric in workspace.settings.model.metrics.values()}


def _unmeasured(workspace: Workspace, scope: Scope) -> tuple[Unmeasured, ...]:
    gaps = workspace.provenance().gaps if workspace.is_slice else workspace.data.gaps
    return unmeasured(gaps, _used(workspace), scope.client, scope.period.window, scope.as_of)


def ended(workspace: Workspace, client: str, period: Period, as_of: date) -> tuple[Ended, ...]:
    """The same of those whose rows of a client end too early, before its period and the day that it is seen from."""
    found = workspace.provenance().ended if workspace.is_slice else workspace.data.ended
    used, end = _used(workspace), min(period.window.last_day, as_of)
    last = {source: own[client] for source, own in found.items() if client in own and source in used}
    return tuple(Ended(source, day) for source, day in last.items() if day < end)


def _left_out(workspace: Workspace, scope: Scope) -> tuple[LeftOut, ...]:
    bad = workspace.provenance().left_out if workspace.is_slice else workspace.data.left_out
    return left_out(bad, scope.client, scope.period.window, scope.as_of)


def _without_value(workspace: Workspace, scope: Scope, found: Evaluation) -> tuple[WithoutValue, ...]:
    """The rows that add nothing to a sum, of the sums that the evaluation is made of."""
    blank = workspace.provenance().without_value if workspace.is_slice else workspace.data.without_value
    known = workspace.settings.indicators_of(scope.client)
    uses = dict[str, dict[str, None]]()
    for fact in found.facts:
        for name in known[fact.indicator].metrics:
            uses.setdefault(name, {})[fact.indicator] = None
    return lacking_values(blank, workspace.settings.model, uses, scope.client, scope.period.window, scope.as_of)


def _standings(workspace: Workspace, scopes: Sequence[Scope], evaluated: Mapping[str, Evaluation]) -> Standings:
    """Where the clients stand in their segments; a slice has it in a file, as it has no other client."""
    if workspace.is_slice:
        return read_peers(workspace.folder, scopes)

    def reader(client: str, as_of: date, measurements: Measurements) -> Reader:
        """Reads the figures of one client, as they were known on a day."""
        settings, model = workspace.settings, seen_from(workspace.settings.model, as_of)
        gone, own = absent(workspace, client), covers(workspace, client, model)
        down = [each for each in settings.events if each.kind == OUTAGE and each.is_of(client)]
        return Reader(
            client, measurements, settings.model.metrics, settings.settled, own, gone, filling(model, as_of), down
        )

    return standings(workspace.settings, scopes, evaluated, workspace.measure, reader)
