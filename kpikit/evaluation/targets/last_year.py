"""What of last year stands for the time up to a day: the shape of a sum that is added up as the year before was.

Months, quarters and years, seen by their months: whole months stand for whole months, by date. Of what runs, a month or
else all of the target's time, each day stands for the one 364 days before, the same weekday and season, but for two:

- the first day stands for the first of the year before, since what is booked on it (rents, renewals) is booked on it
  each year;
- the last days, whose counterpart lies after the end of the year before, stand for those 371 days before.

So each day has a day's share of it all, and the shares of all days add up to one. A target for weeks and days moves
by 364 days as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kpikit.words.periods import Period, Window, add_months

BACK = timedelta(days=364)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Running:
    """Of the time that runs: the windows of last year that stand for what has ``passed`` of it and for ``all``, all of
    it by ``date``, and the share of its ``days``."""

    passed: tuple[Window, ...]
    all: tuple[Window, ...]
    date: Window
    days: float


@dataclass(frozen=True)
class Shape:
    """The windows of last year: of the target's ``whole`` time, and of the part that is ``over``, by date."""

    whole: Window
    over: Window | None = None
    running: Running | None = None

    @property
    def windows(self) -> list[Window]:
        """What must be measured to tell the share."""
        parts = [*self.running.passed, *self.running.all, self.running.date] if self.running else []
        return [self.whole, *([self.over] if self.over else []), *parts]

    def share(self, value: Callable[[Window], float | None]) -> float | None:
        """The share that is due by the day, by the value of each window; None where one of them is not known.

        Where last year's days have nothing, the time that runs is told evenly.
        """
        found = {window: value(window) for window in self.windows}
        known = {window: each for window, each in found.items() if each is not None}
        if len(known) < len(found) or known[self.whole] <= 0:
            return None  # half a year has no shape of a year
        due = known[self.over] if self.over else 0.0
        if self.running:
            passed, all = (sum(known[each] for each in those) for those in (self.running.passed, self.running.all))
            due += known[self.running.date] * (passed / all if all > 0 else self.running.days)
        return due / known[self.whole]


def shape(target: Period | None, span: Window, grain: str, day: date) -> Shape:
    """What stands for the time of a ``target`` (its ``span``) up to ``day``, seen by periods of ``grain``."""
    if target is None or target.grain in ("day", "week"):
        return Shape(Window(span.start - BACK, span.end - BACK), Window(span.start - BACK, day + _DAY - BACK))
    runs, whole = span if grain in ("day", "week") else _month(day), _by_date(span)
    then = _by_date(runs)
    if day == runs.last_day:
        return Shape(whole, Window(whole.start, then.end))
    passed, all = (_counterparts(runs, then, end) for end in (day + _DAY, runs.end))
    share = Window(runs.start, day + _DAY).days / runs.days
    over = Window(whole.start, then.start) if then.start > whole.start else None
    return Shape(whole, over, Running(passed, all, then, share))


def _month(day: date) -> Window:
    start = day.replace(day=1)
    return Window(start, add_months(start, 1))


def _by_date(window: Window) -> Window:
    return Window(add_months(window.start, -12), add_months(window.end, -12))


def _counterparts(runs: Window, then: Window, end: date) -> tuple[Window, ...]:
    """The windows of last year that stand for the time that ``runs``, up to ``end``; none of them leaves ``then``."""
    ends = [
        (then.start, then.start + _DAY),
        (runs.start + _DAY - BACK, min(end - BACK, then.end)),
        (then.end - _WEEK, end - BACK - _WEEK),
    ]
    return tuple(Window(start, last) for start, last in ends if start < last)
