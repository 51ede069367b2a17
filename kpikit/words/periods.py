"""Periods and windows. A period has a name ("2011-11"); a window is two dates, the second not included.

Months, weeks, a month to date, the same part of last year: all that is measured is a window. Weeks are ISO weeks (some
years have 53), and fiscal years begin in a declared month and are named by the year in which they start or end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from kpikit.words.errors import UsageError, one_of, shortened
from kpikit.words.message import Message, Messages
from kpikit.words.rewritten import days, way_out
from kpikit.words.texts import N_

GRAINS = {
    "day": N_("each day"),
    "week": N_("each week"),
    "month": N_("each month"),
    "quarter": N_("each quarter"),
    "year": N_("each year"),
    "fiscal_year": N_("each fiscal year"),
}
"""The lengths of periods, from short to long -> how often something is that is so in each of them."""
ONE = {"day": N_("a day"), "week": N_("a week"), "month": N_("a month"), "quarter": N_("a quarter"),
       "year": N_("a year"), "fiscal_year": N_("a fiscal year")}  # fmt: skip
"""The lengths of periods -> what one of them is called."""
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "fiscal_year": 12}
_DAYS = {"day": 1, "week": 7}
_YEAR = r"(1[89]\d\d|2\d\d\d)"  # "0211" and "9999" are slips, and the calendar of Python ends there
EXAMPLES = {
    "day": "2011-11-23", "week": "2011-W47", "month": "2011-11", "quarter": "2011-Q3", "year": "2011",
    "fiscal_year": "FY2011",
}  # fmt: skip
"""How a period of each grain is written: grain -> text."""

_FORMS = {
    "day": _YEAR + r"-(\d{2})-(\d{2})",
    "week": _YEAR + r"-W(\d{2})",
    "month": _YEAR + r"-(\d{2})",
    "quarter": _YEAR + r"-Q([1-4])",
    "year": _YEAR,
    "fiscal_year": "FY" + _YEAR,
}


@dataclass(frozen=True, order=True)
class Window:
    """The days from ``start`` up to, but not including, ``end``."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise UsageError(
                Message("window {start} .. {end} is empty; its end is not included.", start=self.start, end=self.end)
            )

    @property
    def last_day(self) -> date:
        """The day before its end."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    def __str__(self) -> str:
        return f"{self.start}..{self.last_day}"

    def overlap(self, other: Window) -> Window | None:
        """The days in both windows, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Window(start, end) if start < end else None

    def until(self, last_day: date) -> Window | None:
        """The part of the window up to and with ``last_day``, or None where it has not begun."""
        end = min(self.end, last_day + timedelta(days=1))
        return Window(self.start, end) if self.start < end else None


@dataclass(frozen=True, order=True)
class Period:
    """A named window: its grain, its window, and its name as users write it."""

    window: Window
    grain: str = field(compare=False)
    key: str = field(compare=False)

    @property
    def start(self) -> date:
        return self.window.start

    @property
    def end(self) -> date:
        return self.window.end

    def __str__(self) -> str:
        return self.key

    def is_complete(self, as_of: date) -> bool:
        """True when the last day of the period is not after ``as_of``."""
        return self.window.last_day <= as_of


@dataclass(frozen=True)
class Calendar:
    """Where periods begin. ``fiscal_named_by`` says whether FY2018 starts ("start") or ends ("end") in 2018."""

    fiscal_first_month: int = 1
    fiscal_named_by: str = "start"

    def __post_init__(self) -> None:
        if self.fiscal_first_month not in range(1, 13):
            raise UsageError(
                Message(
                    "fiscal year: first_month == {fiscal_first_month}, must be 1 to 12.",
                    fiscal_first_month=repr(self.fiscal_first_month),
                )
            )
        if self.fiscal_named_by not in ("start", "end"):
            raise UsageError(one_of("fiscal year: named_by", self.fiscal_named_by, ("start", "end")))

    def parse(self, text: str | int) -> Period:
        """The period of a name such as ``2011-11``, ``2011-W47``, ``2011-Q3``, ``2011``, ``FY2011``, ``2011-11-23``.

        A year may be a number: so papermill's ``-p period 2011`` passes it.
        """
        for grain, form in _FORMS.items():
            match = re.fullmatch(form, str(text), re.ASCII)
            if match:
                try:
                    return self.period_of(grain, self._start(grain, [int(part) for part in match.groups()]))
                except ValueError:
                    break
        ways = days(str(text))
        told = Message(
            "period == {text}, must be a day (2011-11-23), ISO week (2011-W47), month (2011-11), quarter (2011-Q3), "
            "year (2011) or fiscal year (FY2011) that exists, from 1800 to 2999.",
            text=shortened(text),
        )
        raise UsageError(Messages([told, way_out(ways) if ways else ""]))

    @lru_cache(maxsize=8192)  # noqa: B019 - calendars are few, small, and equal where they say the same
    def period_of(self, grain: str, day: date) -> Period:
        """The period of ``grain`` that ``day`` lies in."""
        if grain not in GRAINS:
            raise UsageError(one_of("grain", grain, GRAINS))
        start = self._begin(grain, day)
        end = start + timedelta(days=_DAYS[grain]) if grain in _DAYS else add_months(start, _MONTHS[grain])
        return Period(Window(start, end), grain, self._key(grain, start))

    def shift(self, period: Period, steps: int) -> Period:
        """The period so many steps later (earlier, when negative)."""
        if period.grain in _DAYS:
            start = period.start + timedelta(days=_DAYS[period.grain] * steps)
        else:
            start = add_months(period.start, _MONTHS[period.grain] * steps)
        return self.period_of(period.grain, start)

    def last_complete(self, grain: str, as_of: date) -> Period:
        """The last period that had ended on ``as_of``."""
        current = self.period_of(grain, as_of)
        return current if current.is_complete(as_of) else self.shift(current, -1)

    def ending_with(self, period: Period, number: int) -> list[Period]:
        """So many periods in the order of time, the last of them ``period``."""
        return [self.shift(period, -back) for back in range(number - 1, -1, -1)]

    def within(self, grain: str, window: Window) -> list[Period]:
        """All periods of ``grain`` that touch the window."""
        periods = [self.period_of(grain, window.start)]
        while periods[-1].end < window.end:
            periods.append(self.shift(periods[-1], 1))
        return periods

    def _begin(self, grain: str, day: date) -> date:
        if grain == "day":
            return day
        if grain == "week":
            return day - timedelta(days=day.weekday())
        if grain == "fiscal_year":
            start = date(day.year, self.fiscal_first_month, 1)
            return start if start <= day else add_months(start, -12)
        size = _MONTHS[grain]
        return date(day.year, (day.month - 1) // size * size + 1, 1)

    def _start(self, grain: str, parts: list[int]) -> date:
        if grain == "week":
            return date.fromisocalendar(parts[0], parts[1], 1)
        if grain == "quarter":
            return date(parts[0], parts[1] * 3 - 2, 1)
        if grain == "fiscal_year":
            return date(parts[0] - self._named_later, self.fiscal_first_month, 1)
        return date(*[*parts, 1, 1][:3])

    def _key(self, grain: str, start: date) -> str:
        if grain == "week":
            year, week, _ = start.isocalendar()
            return f"{year}-W{week:02}"
        if grain == "fiscal_year":
            return f"FY{start.year + self._named_later}"
        forms = {"day": start.isoformat(), "month": f"{start:%Y-%m}", "year": f"{start:%Y}"}
        return forms.get(grain) or f"{start.year}-Q{(start.month + 2) // 3}"

    @property
    def _named_later(self) -> int:
        return int(self.fiscal_named_by == "end" and self.fiscal_first_month > 1)


def parse_day(text: str | date | int, name: str = "") -> date:
    """The date of a text such as ``2011-11-23``, and of no other form; a `UsageError` where it does not exist.

    A date may be one, as Python has it. ``name`` is what the text is given for, for the error's sentence.
    """
    text = str(text)
    try:
        if re.fullmatch(_FORMS["day"], text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    given = f"{name} == {shortened(text)}," if name else shortened(text)
    if ways := days(text):
        raise UsageError(Messages([Message("{given} must be a date as 2011-11-23.", given=given), way_out(ways)]))
    raise UsageError(Message("{given} must be a date that exists, as 2011-11-23, from 1800 to 2999.", given=given))


def add_months(day: date, months: int) -> date:
    """The same day so many months later; where that month has no such day, its last one (29 Feb -> 28 Feb)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


@dataclass(frozen=True)
class Comparison:
    """A named earlier window to hold a period against; ``earlier`` is None where there is no counterpart."""

    key: str
    label: str
    earlier: Callable[[Calendar, Period], Window | None]

    def window(self, calendar: Calendar, period: Period, as_of: date) -> Window | None:
        """The earlier window; for a period that is still running, the same part of it, from its start on."""
        earlier = self.earlier(calendar, period)
        if earlier is None or period.is_complete(as_of):
            return earlier
        elapsed = period.window.until(as_of)
        if elapsed is None:
            return None
        if self.key == "same_period_last_year" and period.grain in _MONTHS:
            return Window(add_months(elapsed.start, -12), add_months(elapsed.last_day, -12) + timedelta(days=1))
        return Window(earlier.start, min(earlier.end, earlier.start + timedelta(days=elapsed.days)))


def _previous(calendar: Calendar, period: Period) -> Window:
    return calendar.shift(period, -1).window


def _last_year_by_date(calendar: Calendar, period: Period) -> Window:
    if period.grain in _MONTHS:
        return calendar.shift(period, -12 // _MONTHS[period.grain]).window
    start = add_months(period.start, -12)
    return Window(start, start + timedelta(days=period.window.days))  # a week keeps its seven days over 29 February


def _same_weekdays(calendar: Calendar, period: Period) -> Window:
    back = timedelta(days=364)
    return Window(period.start - back, period.end - back)


def _iso_week_last_year(calendar: Calendar, period: Period) -> Window | None:
    if period.grain != "week":
        return None
    year, week, _ = period.start.isocalendar()
    try:
        start = date.fromisocalendar(year - 1, week, 1)
    except ValueError:  # the year before has no week 53
        return None
    return Window(start, start + timedelta(days=7))


COMPARISONS = {
    comparison.key: comparison
    for comparison in (
        Comparison("previous_period", N_("previous period"), _previous),
        Comparison("same_period_last_year", N_("same period last year"), _last_year_by_date),
        Comparison("364_days_before", N_("same weekdays last year"), _same_weekdays),
        Comparison("iso_week_last_year", N_("same ISO week last year"), _iso_week_last_year),
    )
}

LAST_YEAR = {"week": "iso_week_last_year", "day": "364_days_before"}
"""Grain -> the comparison with the year before in which weekdays meet their like; of all others that by date."""
