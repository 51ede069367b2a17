"""An indicator's value in a window, from the measurements of its metrics; and its change against an earlier window."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from statistics import fmean

from kpikit.evaluation.facts import Change, Point, Value
from kpikit.evaluation.intervals import interval_of
from kpikit.indicators.framework import Indicator
from kpikit.indicators.surveys import Interval
from kpikit.metrics.declarations import Metric
from kpikit.metrics.requests import TOTAL, Measurement, Measurements, slice_members
from kpikit.plans.events import Event
from kpikit.words.errors import RequestError
from kpikit.words.formula import Constant, Formula, Operation, adds_up, degree
from kpikit.words.message import Message
from kpikit.words.periods import Period, Window
from kpikit.words.texts import N_
from kpikit.words.units import MONEY


@dataclass(frozen=True)
class Reader:
    """Reads the measurements of one client.

    ``settled`` gives the day from which a metric can be told, if there is one; ``covers`` what its source covers;
    ``absent`` are those whose source has nothing of the client; ``matures`` gives the first day that is still filling;
    ``outages`` are the events in which something was not measured, or falsely.
    """

    client: str
    measurements: Measurements
    metrics: Mapping[str, Metric]
    settled: Mapping[str, date]
    covers: Mapping[str, Window]
    absent: Collection[str] = ()
    matures: Mapping[str, date] = field(default_factory=dict)
    outages: Sequence[Event] = ()

    def value(self, indicator: Indicator, window: Window, slice: str = TOTAL) -> Value:
        """The value of the indicator's formula in a window. A change indicator's own value is `change`'s business."""
        total = {name: self.measurements.get(self.client, name, window) for name in indicator.metrics}
        if slice == TOTAL:
            return self.computed(indicator, total, window)
        (dimension, member), *_ = slice_members(slice).items()
        parts = self.parts(indicator, window, dimension)
        covered = self.computed(indicator, total, window)
        return parts.get(member, Value(None, None, "no_data", covered.covered, covered.expected))

    def row(self, indicator: Indicator, window: Window, slice: str = TOTAL) -> Measurement | None:
        """What was measured of an indicator's only metric; None where it has several, or the member has nothing."""
        if len(indicator.metrics) != 1:
            return None
        if slice == TOTAL:
            return self.measurements.get(self.client, indicator.metrics[0], window)
        ((dimension, member),) = slice_members(slice).items()
        return self.measurements.members(self.client, indicator.metrics[0], window, dimension).get(member)

    def interval(self, indicator: Indicator, window: Window, slice: str = TOTAL) -> Interval | None:
        """Between what the figure of a survey may lie; None for what is none, and where there is no value."""
        if not indicator.survey or self.value(indicator, window, slice).value is None:
            return None
        if slice == TOTAL:
            found = {name: self.measurements.get(self.client, name, window) for name in indicator.metrics}
        else:
            (dimension, member), *_ = slice_members(slice).items()
            each = self.measurements.members
            found = {name: each(self.client, name, window, dimension)[member] for name in indicator.metrics}
        return interval_of(indicator, found)

    def parts(self, indicator: Indicator, window: Window, dimension: str) -> dict[str, Value]:
        """The value for each member of a dimension; members for which a metric was not measured are left out."""
        found = [self.measurements.members(self.client, name, window, dimension) for name in indicator.metrics]
        members = [member for member in found[0] if all(member in each for each in found)]
        rows = {
            member: {name: each[member] for name, each in zip(indicator.metrics, found, strict=True)}
            for member in members
        }
        return {member: self.computed(indicator, each, window) for member, each in rows.items()}

    def computed(self, indicator: Indicator, rows: Mapping[str, Measurement], window: Window) -> Value:
        """The formula over these measurements, with the coverage of the least covered of them."""
        least = min(rows.values(), key=lambda row: row.covered / row.expected if row.expected else 0.0)
        slots = least.covered, least.expected
        if any(row.value is None for row in rows.values()):
            return Value(None, None, self._missing(rows, window), *slots)
        if not self._even(rows, window):
            return Value(None, None, "uneven", *slots)
        numbers = {name: row.value for name, row in rows.items()}
        if indicator.impossible(numbers):
            return Value(None, None, "impossible", *slots)
        value = _number(indicator, numbers)
        top, bottom = (_number(part, numbers) for part in indicator.parts) if indicator.parts else (None, None)
        reason = self._reason(rows, window, least) or self._outage(indicator, window)
        if value is None:
            return Value(None, None, "no_denominator", *slots, top, bottom)
        amount = _exact(indicator, rows)
        return Value(value if amount is None else float(amount), amount, reason, *slots, top, bottom)

    def adds_up(self, indicator: Indicator) -> bool:
        """True where the values of days add up to that of a longer time: for sums, counts and their differences."""
        return sums(indicator, self.metrics)

    def of_any_length(self, indicator: Indicator) -> bool:
        """True for averages and ratios of sums, which mean the same in a month and in a year; unique counts do not."""
        metrics = [self.metrics[name] for name in indicator.metrics]
        rate = indicator.change is None and degree(indicator.formula) == 0
        additive = all(metric.additive for metric in metrics)
        return (rate and additive) or all(metric.of_any_length for metric in metrics)

    def _even(self, rows: Mapping[str, Measurement], window: Window) -> bool:
        """True where the metrics are known for the same days, as far as can be told: a month of orders is never
        divided by half a month of visits."""
        covered: dict[int, set[int]] = {}
        for row in rows.values():
            covered.setdefault(row.expected, set()).add(row.covered)
        ends = {self.covers[name].overlap(window) for name in rows}
        complete = {row.covered >= row.expected for row in rows.values()}
        return all(len(each) == 1 for each in covered.values()) and (
            len(covered) == 1 or (len(ends) == 1 and len(complete) == 1)
        )

    def _missing(self, rows: Mapping[str, Measurement], window: Window) -> str:
        if any(row.suppressed for row in rows.values()):
            return "suppressed"
        if any(name in self.absent for name in rows):
            return "no_file"
        if not all(row.expected for row in rows.values()):
            return "no_slot"
        if any(not self.metrics[name].adds_up_over(slice_members(row.slice)) for name, row in rows.items()):
            return "overlapping"
        alone = [row for name, row in rows.items() if self.metrics[name].aggregate == "value"]
        if any(row.value is None and row.covered for row in alone):
            return "not_additive"
        return "no_data" if all(self.covers[name].overlap(window) for name in rows) else "not_covered"

    def _reason(self, rows: Mapping[str, Measurement], window: Window, least: Measurement) -> str | None:
        if any(name in self.settled and window.start < self.settled[name] for name in rows):
            return "history_too_short"
        if least.covered < least.expected:
            return "incomplete"
        return "immature" if any(self._immature(name, window) for name in rows) else None

    def _outage(self, indicator: Indicator, window: Window) -> str | None:
        """A code where outages of what the indicator is made of take a twentieth of a window or more."""
        named = [each.window for each in self.outages if each.names(indicator.id, indicator.metrics)]
        parts = filter(None, map(window.overlap, named))
        days = {day for part in parts for day in range(part.start.toordinal(), part.end.toordinal())}
        return "outage" if days and len(days) * 20 >= window.days else None

    def _immature(self, name: str, window: Window) -> bool:
        """True where the window touches days that are covered, and still filling."""
        return name in self.matures and self.matures[name] < min(window.end, self.covers[name].end)

    def currency(self, indicator: Indicator) -> str | None:
        """The currency of an amount; None for other units. Amounts in different currencies are refused."""
        found = {self.metrics[name].currency for name in indicator.metrics} - {None}
        if len(found) > 1:
            listed = ", ".join(sorted(str(each) for each in found))
            told = N_("{id} mixes the currencies {listed}; its metrics must be in one.")
            raise RequestError(Message(told, id=indicator.id, listed=listed))
        return next(iter(found)) if indicator.unit == MONEY and found else None


def sums(indicator: Indicator, metrics: Mapping[str, Metric]) -> bool:
    """True where the values of days add up to that of a longer time: for sums, counts and their differences."""
    additive = all(metrics[name].additive for name in indicator.metrics)
    return indicator.change is None and additive and adds_up(indicator.formula)


def _number(part: Formula | Indicator, numbers: Mapping[str, float | None]) -> float | None:
    """The value; None where there is none, or where it is larger than a number can be."""
    try:
        value = float(part.compute(numbers))
    except OverflowError:
        return None
    return value if math.isfinite(value) else None


def _exact(indicator: Indicator, rows: Mapping[str, Measurement]) -> Decimal | None:
    """The exact amount, where the indicator is a sum or difference of exact amounts."""
    amounts = {name: row.amount for name, row in rows.items()}
    if indicator.unit != MONEY or None in amounts.values() or not _keeps_exact(indicator.formula):
        return None
    return Decimal(indicator.compute(amounts))


def _keeps_exact(formula: Formula) -> bool:
    """True for a sum of its names, each at most times a whole number."""
    nodes = list(formula.nodes())
    divided = any(isinstance(node, Operation) and node.sign == "/" for node in nodes)
    whole = all(isinstance(node.number, int) for node in nodes if isinstance(node, Constant))
    return whole and not divided and adds_up(formula)


PARTLY_KNOWN = ("incomplete", "immature", "outage")
"""Reasons of values that stand for a part of their time alone."""


def change(now: Value, base: Value | None, window: Window | None, against: str) -> Change:
    """A value against an earlier one. Withheld, with the reason, where one of them is missing or incomplete.

    The relative change is missing, too, where the base is zero or negative; the difference is still given.
    """
    if window is None or base is None:
        return Change(against, window, None, None, None, "no_counterpart")
    if base.value is None:
        return Change(against, window, None, None, None, "base_missing")
    if now.value is None or now.reason in PARTLY_KNOWN:
        return Change(against, window, base.value, None, None, now.reason)
    if base.reason is not None or now.reason is not None:
        reason = "base_incomplete" if base.reason in PARTLY_KNOWN else "history_too_short"
        return Change(against, window, base.value, None, None, reason)
    difference = now.value - base.value
    if base.value <= 0:
        return Change(against, window, base.value, difference, None, "base_not_positive")
    return Change(against, window, base.value, difference, difference / base.value, None)


def relative_value(change: Change, now: Value) -> Value:
    """The value of a change indicator: the relative change, with the coverage of the period itself.

    In a period that still runs it is the change of its part so far, and must be read with care, as any such value.
    """
    return Value(change.relative, None, change.reason or now.reason, now.covered, now.expected, None, None)


def elapsed(period: Period, as_of: date) -> Window:
    """The window that stands for the period so far: all of it, or the part up to ``as_of``."""
    return period.window if period.is_complete(as_of) else (period.window.until(as_of) or period.window)


def average(points: Sequence[Point]) -> float:
    """The average of points with a value; of a ratio, whose denominators are known, that of the whole time."""
    known = [(point.value.value, point.value.denominator) for point in points if point.value.value is not None]
    weights = [weight for _, weight in known if weight and weight > 0]
    return fmean([value for value, _ in known], weights if len(weights) == len(known) else None)
