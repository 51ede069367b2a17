"""`measure`: answers requests for all clients together, in the engine that holds the rows.

Each source is read once for each way of splitting it. A small calendar table (day, slot, window) is joined to the rows,
so that months, months to date and the same part of last year are all the same to the engine. What adds up is summed to
days first; all else (`kpikit.metrics.aggregates`) goes back to the rows for each window.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import narwhals as nw

from kpikit.metrics.aggregates import Frame, Rows, aggregate_of, all_of, amount_of, needed, tests
from kpikit.metrics.coverage import covered_slots, expected_slots, slot
from kpikit.metrics.declarations import Dimension, Entity, Metric
from kpikit.metrics.persons import USUAL_LIMIT
from kpikit.metrics.quantities import quantity
from kpikit.metrics.requests import Measurement, Measurements, Request, slice_id
from kpikit.metrics.suppress import counts_that_decide, suppressed
from kpikit.sources.declarations import Source
from kpikit.sources.engine import Engine
from kpikit.words.errors import RequestError, one_of
from kpikit.words.periods import Window


@dataclass(frozen=True)
class Model:
    """What a workspace declares, as `measure` needs it: all by name, and for each client its value in the sources.

    ``grain`` is the length of its periods, and of ``smallest_group`` persons and more a value may be told.
    ``supplied``: for each source that calls its clients otherwise, by key of a client, none, one or several values; a
    client without any has no rows there that could be told, and no coverage. ``active``: the days on which it is a
    client, by key; all days where it is not named.
    """

    sources: Mapping[str, Source]
    dimensions: Mapping[str, Dimension]
    entities: Mapping[str, Entity]
    metrics: Mapping[str, Metric]
    clients: Mapping[str, str]
    grain: str = "month"
    smallest_group: int = USUAL_LIMIT
    supplied: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    active: Mapping[str, Window] = field(default_factory=dict)

    @property
    def smallest_told(self) -> int | None:
        """The size of the smallest group that is told, where persons are counted at all."""
        return self.smallest_group if any(metric.persons for metric in self.metrics.values()) else None

    def sources_of(self, metric: str) -> frozenset[str]:
        """The sources that a metric is measured from: its own, and that of the persons behind it, who decide."""
        own = self.metrics[metric]
        counts = self.metrics[own.persons] if own.persons else own
        whole = self.metrics[counts.part_of] if counts.part_of else counts
        return frozenset({own.source, counts.source, whole.source})

    def values(self, source: str, client: str) -> Sequence[str]:
        """How the rows of a source call a client; empty where it has no file or account there."""
        return self.supplied[source].get(client, ()) if source in self.supplied else (self.clients[client],)

    def covers(self, source: Source, client: str) -> Window | None:
        """What a source covers of a client: nothing while it is none, or where it has no file or account there."""
        covers: Window | None = source.covers
        if client in self.active:
            covers = source.covers.overlap(self.active[client])
        return covers if self.values(source.name, client) else None


@dataclass(frozen=True)
class Found:
    """What the engine found for one client, metric, slice and window: an exact number, if any, and the slots of it.

    ``spread``, where it is asked for: the number of rows and their standard deviation.
    """

    value: Decimal | None
    covered: int
    spread: tuple[int | None, float | None] = (None, None)


Answers = dict[tuple[str, str, Window], Found]
"""Client, slice, window -> what was found. What is not there was not found."""


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
            rows += _rows(model, model.metrics[name], sorted(asked), clients, by, answers[name], slots)
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
            reason = f"is not split by '{dimension}'; list it under its 'by' in workspace.yml."
            raise RequestError(f"{request.metric} {reason}")


class _Slots:
    """How many slots of a source are expected in a window, and covered; counted once for all of its metrics."""

    def __init__(self, source: Source) -> None:
        self.expected = cache(lambda window: len(expected_slots(source, window)))
        self.covered = cache(
            lambda covers, window: covered_slots(replace(source, covers=covers), window) if covers else 0
        )


def _rows(
    model: Model,
    metric: Metric,
    windows: list[Window],
    clients: Sequence[str],
    by: tuple[str, ...],
    answers: Answers,
    slots: _Slots,
) -> Iterable[Measurement]:
    source = model.sources[metric.source]
    slices: dict[str, set[str]] = {client: set() if by else {""} for client in clients}
    for client, slice, _ in answers:
        slices[client].add(slice)
    for client in clients:
        covers = model.covers(source, client)
        for slice in sorted(slices[client]):
            for window in windows:
                found = answers.get((client, slice, window))
                open, expected = slots.covered(covers, window), slots.expected(window)
                row = _row(metric, source, client, slice, window, found, open, expected)
                yield row if metric.adds_up_over(by) else row.without_value()


def _row(
    metric: Metric,
    source: Source,
    client: str,
    slice: str,
    window: Window,
    found: Found | None,
    open: int,
    expected: int,
) -> Measurement:
    covered = open if source.kind == "events" else (found.covered if found else 0)
    cuts = not expected and source.every != "day"  # the row of a month is not the value of a part of it
    number = None if cuts else _number(metric, source, found, covered, expected)
    if number is None:
        return Measurement(client, metric.name, slice, window, None, None, 0 if cuts else covered, expected)
    amount = amount_of(metric, number)
    spread = found.spread if found else (None, None)
    return Measurement(client, metric.name, slice, window, float(number), amount, covered, expected, False, *spread)


def _number(metric: Metric, source: Source, found: Found | None, covered: int, expected: int) -> Decimal | None:
    """What was found; 0 where nothing was, and that is what it means."""
    value = found.value if found else None
    if metric.aggregate == "value" and (covered, expected) != (1, 1):
        return None
    happened = covered or (found is not None and source.kind == "events")  # there may be rows on closed days, too
    return Decimal(0) if value is None and metric.zero_without_rows and happened else value


class Question:
    """One source, split one way, over some windows: the frames that its metrics share."""

    def __init__(
        self,
        engine: Engine,
        model: Model,
        source: Source,
        by: tuple[str, ...],
        windows: tuple[Window, ...],
        clients: Sequence[str],
    ) -> None:
        self.model, self.source, self.by, self.windows = model, source, by, windows
        values = [(key, value) for key in clients for value in model.values(source.name, key)]
        keys = _table(engine, "clients asked for", {"_client": "VARCHAR", "_value": "VARCHAR"}, values)
        rows = nw.from_native(engine.table(source.name)).join(
            keys, left_on=source.client, right_on="_value", how="inner"
        )
        members = [nw.col(model.dimensions[name].column).fill_null("") for name in by]  # no member: one of its own
        columns = {f"_by{number}": member for number, member in enumerate(members)}
        self.rows = rows.with_columns(nw.col(source.time).cast(nw.Date).alias("_day"), **columns)
        self.keys = ["_client", *columns]
        days = {"_day": "DATE", "_slot": "DATE", "_place": "DATE", "_window": "BIGINT"}
        self.calendar = _table(engine, "days asked for", days, self._calendar())

    def _calendar(self) -> Sequence[tuple[Any, ...]]:
        covers, span = self.source.covers, self.source.span
        if span:
            known = [number for number, window in enumerate(self.windows) if window == span == covers]
            return [(span.start, span.start, span.start, number) for number in known]
        return _days(self.source.every, self.source.open, covers, self.windows)

    def answers(self, metrics: Sequence[Metric]) -> dict[str, Answers]:
        """What the engine finds, for each metric by name."""
        found = self._summed(metrics)
        for metric in metrics:
            how = aggregate_of(metric)
            if how is not None:
                rows = self._rows_of(metric)
                cells = self._read(how.frame(rows, metric), how.columns)
                numbers = {key: how.number(rows, metric, each) for key, each in cells.items()}
                spread = how.spread if metric.has_spread and self.source.kind == "events" else None
                spreads = {key: spread(each) for key, each in cells.items()} if spread else {}
                found[metric.name] = {
                    key: Found(numbers.get(key), each.covered, spreads.get(key, (None, None)))
                    for key, each in found[metric.name].items()
                }
        return found

    def _rows_of(self, metric: Metric) -> Rows:
        entity = self.model.entities[metric.entity] if metric.entity else None
        return Rows(self.rows, tuple(self.keys), self.calendar, self.source, entity)

    def _summed(self, metrics: Sequence[Metric]) -> dict[str, Answers]:
        """Sums and row counts, and for each metric the number of slots in which it has a value.

        Of each metric there are three columns: v, its values' sum; n, how many there are; c, the slots that have any.
        """
        numbers, open = range(len(metrics)), ~nw.col("_slot").is_null()
        values = {f"_v{number}": _selected(metric, self.source) for number, metric in enumerate(metrics)}
        filled = {f"_n{number}": nw.when(nw.col(f"_v{number}").is_null()).then(0).otherwise(1) for number in numbers}
        covers = {f"_c{number}": nw.when((nw.col(f"_n{number}") > 0) & open).then(1).otherwise(0) for number in numbers}
        rows = self.rows.with_columns(**values).with_columns(**filled)
        days = rows.group_by(*self.keys, "_day").agg(*_sums(values, filled))
        joined = days.join(self.calendar, on="_day", how="inner")
        slots = joined.group_by(*self.keys, "_window", "_slot").agg(*_sums(values, filled)).with_columns(**covers)
        total = slots.group_by(*self.keys, "_window").agg(*_sums(values, filled, covers))
        exact = total.with_columns(*[nw.col(name).cast(nw.String) for name in values])
        cells = self._read(exact, [*values, *filled, *covers])
        count = len(metrics)
        return {
            metric.name: {
                key: Found(Decimal(row[at]) if row[count + at] else None, int(row[2 * count + at]))
                for key, row in cells.items()
            }
            for at, metric in enumerate(metrics)
        }

    def _read(self, frame: Frame, columns: Sequence[str]) -> dict[tuple[str, str, Window], tuple[Any, ...]]:
        """The rows of a small answer: (client, slice, window) -> cells."""
        small = frame.select(*self.keys, "_window", *columns).collect("pandas")
        split, found = len(self.keys), {}
        for row in zip(*(small[name].to_list() for name in small.columns), strict=True):
            members = dict(zip(self.by, row[1:split], strict=True))
            found[row[0], slice_id(members), self.windows[int(row[split])]] = row[split + 1 :]
        return found


@lru_cache(maxsize=64)
def _days(
    every: str, open: Collection[int], covers: Window, windows: tuple[Window, ...]
) -> tuple[tuple[date, date | None, date, int], ...]:
    """Day, slot (None where a source is not open), first day of it, and number of the window: of the covered days."""
    days = (
        (window.start + timedelta(days=count), number)
        for number, window in enumerate(windows)
        for count in range(window.days)
    )
    own = [(day, slot(every, open, day), number) for day, number in days if covers.start <= day < covers.end]
    return tuple((day, first, first or day, number) for day, first, number in own)


def _table(engine: Engine, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> Frame:
    engine.add(name, columns, rows)
    return nw.from_native(engine.table(name))


def _sums(*columns: Iterable[str]) -> list[nw.Expr]:
    return [nw.col(name).sum() for names in columns for name in names]


def _selected(metric: Metric, source: Source) -> nw.Expr:
    """What is summed: the quantity, or 1 for each row that counts, on the rows that the conditions let through.

    Of what is not summed but taken anew, this tells only the slots that have any.
    """
    if metric.aggregate == "sum" and metric.column:
        value = quantity(metric.column, source).value
        return nw.when(all_of(*tests(metric.where))).then(value) if metric.where else value
    conditions = needed(metric, source)
    return nw.when(all_of(*conditions)).then(nw.lit(1)) if conditions else nw.lit(1)
