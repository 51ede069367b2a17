"""`measure`: answers requests for all clients together, in the engine that holds the rows.

Each source is read once for each way of splitting it. A small calendar table (day, slot, window) is joined to the rows,
so that months, months to date and the same part of last year are all the same to the engine. What adds up is summed to
days first; unique counts go back to the rows for each window.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import narwhals as nw

from kpikit.metrics.coverage import covered_slots, expected_slots, slot
from kpikit.metrics.declarations import Condition, Dimension, Entity, Metric
from kpikit.metrics.requests import Measurement, Measurements, Request, slice_id
from kpikit.sources.declarations import Source
from kpikit.sources.engine import Engine
from kpikit.words.errors import RequestError, one_of
from kpikit.words.periods import Window

Frame = nw.LazyFrame[Any]


@dataclass(frozen=True)
class Model:
    """What a workspace declares, as `measure` needs it: all by name, and for each client its value in the sources."""

    sources: Mapping[str, Source]
    dimensions: Mapping[str, Dimension]
    entities: Mapping[str, Entity]
    metrics: Mapping[str, Metric]
    clients: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """What the engine found for one client, metric, slice and window; the value is an exact number, as text."""

    value: str | None
    covered: int


Answers = dict[tuple[str, str, Window], Found]
"""Client, slice, window -> what was found. What is not there was not found."""


def measure(engine: Engine, model: Model, requests: Iterable[Request], clients: Sequence[str]) -> Measurements:
    """Answer the requests for these clients: a row for each client, metric, slice and window.

    Where a source covers a window, no rows mean 0 for events and missing for everything else. The members of a split
    are those that the client has anywhere in the windows asked for. A `RequestError` names a metric or a dimension that
    the workspace does not have.
    """
    rows: list[Measurement] = []
    clients = list(dict.fromkeys(clients))
    for (source, by), wanted in _grouped(model, requests).items():
        windows = sorted({window for asked in wanted.values() for window in asked})
        question = Question(engine, model, model.sources[source], by, tuple(windows), tuple(clients))
        answers = question.answers([model.metrics[name] for name in wanted])
        for name, asked in wanted.items():
            rows += _rows(model, model.metrics[name], sorted(asked), clients, by, answers[name])
    return Measurements(rows)


def _grouped(
    model: Model, requests: Iterable[Request]
) -> dict[tuple[str, tuple[str, ...]], dict[str, set[Window]]]:
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


def _rows(
    model: Model, metric: Metric, windows: list[Window], clients: Sequence[str], by: tuple[str, ...], answers: Answers
) -> Iterable[Measurement]:
    source = model.sources[metric.source]
    slots = {window: (covered_slots(source, window), len(expected_slots(source, window))) for window in windows}
    slices: dict[str, set[str]] = {client: set() if by else {""} for client in clients}
    for client, slice, _ in answers:
        slices[client].add(slice)
    for client in clients:
        for slice in sorted(slices[client]):
            for window in windows:
                covered, expected = slots[window]
                found = answers.get((client, slice, window))
                yield _row(metric, source, client, slice, window, found, covered, expected)


def _row(
    metric: Metric, source: Source, client: str, slice: str, window: Window, found: Found | None, open: int,
    expected: int,
) -> Measurement:
    covered = open if source.kind == "events" else (found.covered if found else 0)
    rows = found is not None and (source.kind == "events" or found.value is not None)  # on closed days, too
    cuts = not expected and source.every != "day"  # the row of a month is not the value of a part of it
    if cuts or not (covered or rows):
        return Measurement(client, metric.name, slice, window, None, None, 0, expected)
    exact = Decimal(found.value if found and found.value is not None else 0)
    exact = -exact if metric.negative else exact
    amount = exact if metric.currency else None
    return Measurement(client, metric.name, slice, window, float(exact), amount, covered, expected)


class Question:
    """One source, split one way, over some windows: the frames that its metrics share."""

    def __init__(
        self, engine: Engine, model: Model, source: Source, by: tuple[str, ...], windows: tuple[Window, ...],
        clients: Sequence[str],
    ) -> None:
        self.model, self.source, self.by, self.windows = model, source, by, windows
        values = [(key, model.clients[key]) for key in clients]
        keys = _table(engine, "clients asked for", {"_client": "VARCHAR", "_value": "VARCHAR"}, values)
        rows = nw.from_native(engine.table(source.name)).join(
            keys, left_on=source.client, right_on="_value", how="inner"
        )
        members = [nw.col(model.dimensions[name].column).fill_null("") for name in by]  # no member: one of its own
        columns = {f"_by{number}": member for number, member in enumerate(members)}
        self.rows = rows.with_columns(nw.col(source.time).cast(nw.Date).alias("_day"), **columns)
        self.keys = ["_client", *columns]
        days = {"_day": "DATE", "_slot": "DATE", "_window": "BIGINT"}
        self.calendar = _table(engine, "days asked for", days, self._calendar())

    def _calendar(self) -> list[tuple[Any, ...]]:
        covers = self.source.covers
        days = (
            (window.start + timedelta(days=count), number)
            for number, window in enumerate(self.windows)
            for count in range(window.days)
        )
        return [(day, slot(self.source, day), number) for day, number in days if covers.start <= day < covers.end]

    def answers(self, metrics: Sequence[Metric]) -> dict[str, Answers]:
        """What the engine finds, for each metric by name."""
        found = self._summed(metrics)
        for metric in metrics:
            if metric.aggregate in ("unique", "entities"):
                frame = self._unique(metric) if metric.aggregate == "unique" else self._entities(metric)
                counts = {key: str(count) for key, (count,) in self._read(frame, ["_value"]).items()}
                rows = found[metric.name].items()
                found[metric.name] = {key: Found(counts.get(key), each.covered) for key, each in rows}
        return found

    def _summed(self, metrics: Sequence[Metric]) -> dict[str, Answers]:
        """Sums and row counts, and for each metric the number of slots in which it has a value.

        Of each metric there are three columns: v, its values' sum; n, how many there are; c, the slots that have any.
        """
        numbers, open = range(len(metrics)), ~nw.col("_slot").is_null()
        values = {f"_v{number}": _selected(metric) for number, metric in enumerate(metrics)}
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
                key: Found(row[at] if row[count + at] else None, int(row[2 * count + at])) for key, row in cells.items()
            }
            for at, metric in enumerate(metrics)
        }

    def _unique(self, metric: Metric) -> Frame:
        key = nw.col(metric.column or "")
        kept = self.rows.filter(_all((*metric.where, Condition(metric.column or "", "known", True))))
        days = kept.with_columns(_key=key).group_by(*self.keys, "_day", "_key").agg(nw.len().alias("_rows"))
        joined = days.join(self.calendar, on="_day", how="inner")
        return joined.group_by(*self.keys, "_window").agg(nw.col("_key").n_unique().alias("_value"))

    def _entities(self, metric: Metric) -> Frame:
        entity = self.model.entities[metric.entity or ""]
        rows = self.rows.filter(_all(metric.where)) if metric.where else self.rows
        own = [*self.keys, entity.key]
        if metric.column == "new":
            first = rows.group_by(*own).agg(nw.col("_day").min())
            found = first.join(self.calendar, on="_day", how="inner")
        else:
            days = rows.group_by(*own, "_day").agg(nw.len().alias("_rows")).join(self.calendar, on="_day", how="inner")
            found = days.group_by(*own, "_window").agg(nw.col("_rows").sum()).filter(nw.col("_rows") >= 2)
        return found.group_by(*self.keys, "_window").agg(nw.len().alias("_value"))

    def _read(self, frame: Frame, columns: list[str]) -> dict[tuple[str, str, Window], tuple[Any, ...]]:
        """The rows of a small answer: (client, slice, window) -> cells."""
        small = frame.select(*self.keys, "_window", *columns).collect("pandas")
        split, found = len(self.keys), {}
        for row in zip(*(small[name].to_list() for name in small.columns), strict=True):
            members = dict(zip(self.by, row[1:split], strict=True))
            found[row[0], slice_id(members), self.windows[int(row[split])]] = row[split + 1 :]
        return found


def _table(engine: Engine, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> Frame:
    engine.add(name, columns, rows)
    return nw.from_native(engine.table(name))


def _sums(*columns: Iterable[str]) -> list[nw.Expr]:
    return [nw.col(name).sum() for names in columns for name in names]


def _selected(metric: Metric) -> nw.Expr:
    """What is summed: the column, or 1 for each row that counts, on the rows that the conditions let through.

    Of what is not summed but counted anew, this tells only the slots that have any.
    """
    value = nw.col(metric.column) if metric.aggregate == "sum" and metric.column else nw.lit(1)
    conditions = metric.where
    if metric.aggregate == "unique" and metric.column:
        conditions = (*conditions, Condition(metric.column, "known", True))
    return nw.when(_all(conditions)).then(value) if conditions else value


def _all(conditions: Sequence[Condition]) -> nw.Expr:
    return functools.reduce(operator.and_, (_test(condition) for condition in conditions))


def _test(condition: Condition) -> nw.Expr:
    column, value = nw.col(condition.column), condition.value
    tests = {
        "is": lambda: column == value,
        "in": lambda: column.is_in(list(value)),  # type: ignore[arg-type]
        "known": lambda: ~column.is_null() if value else column.is_null(),
        "above": lambda: column > value,
        "below": lambda: column < value,
        "begins": lambda: column.str.starts_with(str(value)),
        "begins_not": lambda: ~column.str.starts_with(str(value)) | column.is_null(),
    }
    return tests[condition.operator]()
