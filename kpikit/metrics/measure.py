"""`measure`: answers requests for all clients together, in the engine that holds the rows.

Each source is read once for each way of splitting it; see `kpikit.metrics.question`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from kpikit.metrics.aggregates import amount_of
from kpikit.metrics.coverage import covered_slots, expected_slots
from kpikit.metrics.declarations import Metric
from kpikit.metrics.model import Model
from kpikit.metrics.question import Answers, Found, Question
from kpikit.metrics.requests import Measurement, Measurements, Request
from kpikit.metrics.suppress import counts_that_decide, suppressed
from kpikit.sources.declarations import Source
from kpikit.sources.engine import Engine
from kpikit.words.errors import RequestError, one_of
from kpikit.words.message import Message
from kpikit.words.periods import Window
from kpikit.words.texts import N_


def measure(engine: Engine, model: Model, requests: Iterable[Request], clients: Sequence[str]) -> Measurements:
    """Answer the requests for these clients: a row for each client, metric, slice and window.

    Where a source covers a window, no rows mean 0 for events and missing for everything else. The members of a split
    are those that the client has anywhere in the windows asked for. A `RequestError` names a metric or a dimension that
    the workspace does not have. Values of too few persons are suppressed (`kpikit.metrics.suppress`).
    """
    asked = list(requests)
    deciding = counts_that_decide(model, asked)
    with engine.turn:
        found = _measured(engine, model, [*asked, *deciding], list(dict.fromkeys(clients)))
    return suppressed(model, found, asked) if deciding else found


def _measured(engine: Engine, model: Model, requests: Iterable[Request], clients: Sequence[str]) -> Measurements:
    rows: list[Measurement] = []
    for (source, by), wanted in _grouped(model, requests).items():
        windows = sorted({window for asked in wanted.values() for window in asked})
        question = Question(engine, model, model.sources[source], by, tuple(windows), tuple(clients))
        answers = question.answers([model.metrics[name] for name in wanted])
        slots = _Slots(model.sources[source])
        for name, asked in wanted.items():
            rows += _rows(question, model.metrics[name], sorted(asked), answers[name], slots)
    return Measurements(rows)


def _grouped(model: Model, requests: Iterable[Request]) -> dict[tuple[str, tuple[str, ...]], dict[str, set[Window]]]:
    groups: dict[tuple[str, tuple[str, ...]], dict[str, set[Window]]] = {}
    for request in requests:
        _check(model, request)
        key = model.metrics[request.metric].source, tuple(sorted(request.by))
        groups.setdefault(key, {}).setdefault(request.metric, set()).update(request.windows)
    return groups


def _check(model: Model, request: Request) -> None:
    if request.metric not in model.metrics:
        raise RequestError(one_of("metric", request.metric, model.metrics))
    for dimension in request.by:
        if dimension not in model.metrics[request.metric].dimensions:
            told = N_("{metric} is not split by '{dimension}'; list it under its 'by' in workspace.yml.")
            raise RequestError(Message(told, metric=request.metric, dimension=dimension))


class _Slots:
    """How many slots of a source are expected in a window, and covered; counted once for all of its metrics."""

    def __init__(self, source: Source) -> None:
        self.expected = cache(lambda window: len(expected_slots(source, window)))
        self.covered = cache(
            lambda covers, window: covered_slots(replace(source, covers=covers), window) if covers else 0
        )


def _rows(
    question: Question, metric: Metric, windows: Sequence[Window], answers: Answers, slots: _Slots
) -> Iterable[Measurement]:
    model, source, by = question.model, question.source, question.by
    slices: dict[str, set[str]] = {client: set() if by else {""} for client in question.clients}
    for client, slice, _ in answers:
        slices[client].add(slice)
    for client, own in slices.items():
        covers = model.covers(source, client)
        for key in ((client, slice, window) for slice in sorted(own) for window in windows):
            counted = slots.covered(covers, key[-1]), slots.expected(key[-1])
            row = _row(metric, source, key, answers.get(key), counted)
            yield row if metric.adds_up_over(by) else row.without_value()


def _row(
    metric: Metric, source: Source, key: tuple[str, str, Window], found: Found | None, slots: tuple[int, int]
) -> Measurement:
    client, slice, window = key
    open, expected = slots
    covered = open if source.kind == "events" else (found.covered if found else 0)
    cuts = not expected and source.every != "day"  # the row of a month is not the value of a part of it
    number = None if cuts else _number(metric, source, found, covered, expected)
    if number is None:
        return Measurement(client, metric.name, slice, window, None, None, 0 if cuts else covered, expected)
    amount = amount_of(metric, number)
    more = (*found.spread, found.largest) if found else ()
    return Measurement(client, metric.name, slice, window, float(number), amount, covered, expected, False, *more)


def _number(metric: Metric, source: Source, found: Found | None, covered: int, expected: int) -> Decimal | None:
    """What was found; 0 where nothing was, and that is what it means."""
    value = found.value if found else None
    if metric.aggregate == "value" and (covered, expected) != (1, 1):
        return None
    happened = covered or (found is not None and source.kind == "events")  # there may be rows on closed days, too
    return Decimal(0) if value is None and metric.zero_without_rows and happened else value
