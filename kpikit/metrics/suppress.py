"""Suppresses values of too few persons, in everything that is measured; `kpikit.metrics.persons` has the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from kpikit.metrics.declarations import Metric
from kpikit.metrics.model import Model
from kpikit.metrics.persons import Groups
from kpikit.metrics.requests import TOTAL, Measurement, Measurements, Request, slice_id, slice_members
from kpikit.words.errors import RequestError
from kpikit.words.message import Message
from kpikit.words.periods import Calendar, Window
from kpikit.words.texts import N_


def counts_that_decide(model: Model, requests: Iterable[Request]) -> list[Request]:
    """The counts of persons that decide what of these requests may be told, as requests; none without persons."""
    decide = list[Request]()
    for request in requests:
        metric = model.metrics.get(request.metric)
        if metric is None or metric.persons is None:
            continue
        if len(request.by) > 1:
            told = N_(
                "{metric} counts persons, which are split by one dimension at a time: groups of two soon are small."
            )
            raise RequestError(Message(told, metric=metric.name))
        windows = _base(model, model.metrics[metric.persons]) or request.windows
        for name in _counts(model, metric):
            decide += [Request(name, windows), *(Request(name, windows, (each,)) for each in request.by)]
    return list(dict.fromkeys(decide))


def suppressed(model: Model, found: Measurements, requests: Iterable[Request]) -> Measurements:
    """The answers to the requests alone, without the values that may not be told."""
    asked = {(each.metric, window, tuple(each.by)) for each in requests for window in each.windows}
    tells = _Tells(model, found)
    rows = (row for row in found if (row.metric, row.window, tuple(slice_members(row.slice))) in asked)
    return Measurements(row if tells(row) else row.without_value(suppressed=True) for row in rows)


def _counts(model: Model, metric: Metric) -> Iterator[str]:
    """The counts of persons that a metric depends on: its own, and that of all of whom it counts some."""
    assert metric.persons is not None
    whole = model.metrics[metric.persons].part_of
    yield from (metric.persons, whole) if whole else (metric.persons,)


def _base(model: Model, counts: Metric) -> tuple[Window, ...]:
    """The periods in which persons are counted who add up over time: the workspace's; none for those who do not."""
    covers, span = model.sources[counts.source].covers, model.sources[counts.source].span
    if span:
        return (span,)
    grain = "month" if model.grain == "fiscal_year" else model.grain
    periods = Calendar().within(grain, covers) if counts.additive else []
    return tuple(part for period in periods if (part := period.window.overlap(covers)))


class _Tells:
    """Says of a measurement whether it may be told."""

    def __init__(self, model: Model, found: Measurements) -> None:
        self.model, self.found = model, found
        self.groups = cache(self._groups)
        self.rest = cache(self._rest)

    def __call__(self, row: Measurement) -> bool:
        metric = self.model.metrics[row.metric]
        if metric.persons is None or row.value is None:
            return True
        counts = self.model.metrics[metric.persons]
        windows = _base(self.model, counts) or (row.window,)
        ((dimension, member),) = slice_members(row.slice).items() or [("", "")]
        groups = [self.groups(row.client, counts.name, windows, dimension)]
        if counts.part_of:
            groups.append(self.rest(row.client, counts.name, counts.part_of, windows, dimension))
        return all(each.shows(row.window, dimension, member) for each in groups)

    def _groups(self, client: str, counts: str, windows: tuple[Window, ...], dimension: str) -> Groups:
        names = {member for window in windows for member in self.found.members(client, counts, window, dimension)}
        members = {member: self._persons(client, counts, windows, slice_id({dimension: member})) for member in names}
        total = self._persons(client, counts, windows, TOTAL)
        return Groups(windows, total, {dimension: members}, self.model.smallest_group)

    def _rest(self, client: str, part: str, whole: str, windows: tuple[Window, ...], dimension: str) -> Groups:
        """Those of the whole whom the part does not count: who knows both counts knows them, too."""
        some, all = self.groups(client, part, windows, dimension), self.groups(client, whole, windows, dimension)
        none = [0.0] * len(windows)
        parts = some.members[dimension]
        members = {name: _less(counted, parts.get(name, none)) for name, counted in all.members[dimension].items()}
        return Groups(windows, _less(all.total, some.total), {dimension: members}, self.model.smallest_group)

    def _persons(self, client: str, counts: str, windows: Sequence[Window], slice: str) -> list[float]:
        return [self.found.get(client, counts, window, slice).value or 0.0 for window in windows]


def _less(whole: Sequence[float], part: Sequence[float]) -> list[float]:
    return [max(0.0, one - other) for one, other in zip(whole, part, strict=True)]
