"""Coverage: which slots (days, weeks, months) a source should have in a window, and which of them it covers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from kpikit.sources.declarations import Source
from kpikit.words.periods import Calendar, Window

_CALENDAR = Calendar()


def window_of(source: Source, day: date) -> Window:
    """The day, week or month of the source that a day lies in; all of its span where its rows are about that."""
    return source.span or _CALENDAR.period_of(source.every, day).window


def known_on(source: Source, as_of: date) -> Window | None:
    """What the source covers and was known on a day, or None. A week or month is known when it is over."""
    if source.span:
        return source.covers.until(as_of)
    return source.covers.until(_CALENDAR.last_complete(source.every, as_of).window.last_day)


def slot(every: str, open: Collection[int], day: date) -> date | None:
    """The first day of the day, week or month that a day lies in; None for a day that is not one of the open ones."""
    if every == "day":
        return day if day.weekday() in open else None
    return _CALENDAR.period_of(every, day).start


def expected_slots(source: Source, window: Window) -> list[date]:
    """The slots that should have data in the window, each by its first day.

    Days on which the source is not open are not expected. A window that cuts a week or month has no slots: the source
    has no value for exactly these days. A span is the only window that has its slot.
    """
    if source.span:
        return [window.start] if window == source.span else []
    if source.every == "day":
        days = (window.start + timedelta(days=number) for number in range(window.days))
        return [day for day in days if day.weekday() in source.open]
    periods = _CALENDAR.within(source.every, window)
    if periods[0].start != window.start or periods[-1].end != window.end:
        return []
    return [period.start for period in periods]


def covered_slots(source: Source, window: Window) -> int:
    """How many of the expected slots lie in what the source covers; a span when it is over, and not before."""
    if source.span and source.covers != source.span:
        return 0
    return sum(source.covers.start <= day < source.covers.end for day in expected_slots(source, window))


def without(source: Source, slots: Collection[date]) -> list[Window]:
    """The covered slots that are not among these; those that follow each other are one window."""
    gaps: list[Window] = []
    follows = False
    for day in expected_slots(source, source.covers):
        window = window_of(source, day)
        if day not in slots and follows:
            gaps[-1] = Window(gaps[-1].start, window.end)
        elif day not in slots:
            gaps.append(window)
        follows = day not in slots
    return gaps
