"""Days and windows as the tables of tests write them."""

from __future__ import annotations

from datetime import date, timedelta

from kpikit.words.periods import Calendar, Window

BY_YEAR = Calendar()


def day(text: str) -> date:
    """A date of a table."""
    return date.fromisoformat(text)


def days(text: str) -> Window:
    """A window of a table, its last day included: ``2011-01-01..2011-01-31``."""
    first, _, last = text.partition("..")
    return Window(day(first), day(last) + timedelta(days=1))
