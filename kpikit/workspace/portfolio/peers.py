"""The standing of clients among the others of their segment: measured in the workspace, and kept for a report's slice.

A slice has no other client's figures. It has what may be told of them all together (`kpikit.evaluation.benchmarks.
peers`), in a file of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from pathlib import Path

from kpikit.evaluation.benchmarks.entered import held
from kpikit.evaluation.benchmarks.peers import Peers, among
from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.evaluation.scope import Scope
from kpikit.evaluation.values import Reader
from kpikit.indicators.framework import Indicator
from kpikit.metrics.declarations import Metric
from kpikit.metrics.requests import Measurements, Request
from kpikit.words.formula import degree
from kpikit.words.periods import Window
from kpikit.words.units import COUNT, MONEY
from kpikit.workspace.settings import Settings

PEERS = "peers.json"

Standings = Mapping[str, Mapping[str, Peers]]
"""By client, and by the key of the fact."""


Measure = Callable[[Iterable[Request], Sequence[str], date], Measurements]
Read = Callable[[str, date, Measurements], Reader]


def standings(
    settings: Settings, scopes: Sequence[Scope], evaluations: Mapping[str, Evaluation], measure: Measure, read: Read
) -> Standings:
    """Where the KPIs of these clients stand, all seen from one day; by client, of those that have a segment."""
    own = [scope for scope in scopes if settings.clients[scope.client].segment]
    return Segments(settings, own, measure, read).standings(evaluations) if own else {}


class Segments:
    """The values of all clients of the segments that some scopes of one day are in, measured at once."""

    def __init__(self, settings: Settings, scopes: Sequence[Scope], measure: Measure, read: Read) -> None:
        self.settings, self.scopes, self.read = settings, scopes, read
        self.value = cache(self._value)
        self.members: dict[str | None, list[str]] = {}
        for key, client in settings.clients.items():
            self.members.setdefault(client.segment, []).append(key)
        self.measured = self._measured(measure)

    def standings(self, evaluations: Mapping[str, Evaluation]) -> Standings:
        """By client, the standing of each KPI that has one."""
        return {
            scope.client: {
                fact.key: self._standing(scope, fact)
                for fact in evaluations[scope.client].kpis
                if not fact.member and not scope.catalogue[fact.indicator].change
            }
            for scope in self.scopes
        }

    def _standing(self, scope: Scope, fact: Fact) -> Peers:
        segment = self.settings.clients[scope.client].segment or ""
        keys = [key for key in self.members[segment] if key != scope.client]
        found = (self.value(key, fact.indicator, scope.period.window, fact.currency) for key in keys)
        others = [value for value in found if value is not None]
        one = scope.catalogue[fact.indicator]
        sized = grows(one, scope.metrics)
        better = 0 if sized else fact.better.sign
        return replace(among(segment, fact.value.value, fact.value.reason, others, better, one.bounds), sized=sized)

    def _measured(self, measure: Measure) -> Mapping[str, Measurements]:
        """What the KPIs of the scopes are made of, for all clients of their segments, in their periods."""
        asked, clients = dict[tuple[str, Window], None](), dict[str, None]()
        for scope in self.scopes:
            members = self.members[self.settings.clients[scope.client].segment]
            clients |= dict.fromkeys(members)
            for id in {kpi.indicator for kpi in (scope.plan.kpis if scope.plan else ())}:
                names = {name for key in members for name in self._metrics(key, id)}
                asked |= dict.fromkeys((name, scope.period.window) for name in names)
        requests = [Request(name, (window,)) for name, window in asked]
        return measure(requests, [*clients], self.scopes[0].as_of).by_client() if requests else {}

    def _metrics(self, key: str, id: str) -> tuple[str, ...]:
        """The metrics of an indicator as a client has it; none where it can't be computed for this client."""
        names = self.settings.indicators_of(key)[id].metrics
        return names if all(name in self.settings.model.metrics for name in names) else ()

    def _value(self, key: str, id: str, window: Window, currency: str | None) -> float | None:
        """A client's value; None where that is missing, incomplete, or in another currency."""
        if not self._metrics(key, id):
            return None
        one, reader = self.settings.indicators_of(key)[id], self.read(key, self.scopes[0].as_of, self.measured[key])
        value = reader.value(one, window)
        return None if value.reason or reader.currency(one) != currency else value.value


def grows(one: Indicator, metrics: Mapping[str, Metric]) -> bool:
    """True for amounts and numbers that are larger for a larger client: costs, revenue, customers; not for averages."""
    averages = all(metrics[name].of_any_length for name in one.metrics)
    return one.unit in (COUNT, MONEY) and degree(one.formula) != 0 and not averages


def compared(evaluation: Evaluation, standing: Mapping[str, Peers], settings: Settings) -> Evaluation:
    """The evaluation, with the standing of its facts, and the values of others that the workspace enters."""
    client, period = settings.clients[evaluation.client], evaluation.period
    facts = []
    for fact in evaluation.facts:
        own = [
            each
            for each in settings.benchmarks
            if each.is_for(fact.indicator, client.segment, period.grain, evaluation.as_of)
        ]
        facts.append(replace(fact, peers=standing.get(fact.key), benchmarks=held(fact, own)))
    return replace(evaluation, facts=tuple(facts))


def write_peers(folder: Path, evaluations: Iterable[Evaluation]) -> None:
    """Write the standings of these evaluations into a slice; no file where there are none."""
    found = [
        {"client": each.client, "period": each.period.key, "as_of": each.as_of.isoformat(), "peers": own}
        for each in evaluations
        if (own := {fact.key: asdict(fact.peers) for fact in each.facts if fact.peers})
    ]
    if found:
        (folder / PEERS).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def read_peers(folder: Path, scopes: Iterable[Scope]) -> Standings:
    """The standings that a slice has for these scopes."""
    if not (folder / PEERS).is_file():
        return {}
    kept = json.loads((folder / PEERS).read_text(encoding="utf-8"))
    known = {(each["client"], each["period"], each["as_of"]): each["peers"] for each in kept}
    return {
        scope.client: {
            key: Peers(**peers)
            for key, peers in known.get((scope.client, scope.period.key, scope.as_of.isoformat()), {}).items()
        }
        for scope in scopes
    }
