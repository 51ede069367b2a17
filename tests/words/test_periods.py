"""Periods, windows and comparisons: time that is tiled, running periods, years with 53 weeks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.words.errors import UsageError
from kpikit.words.periods import COMPARISONS, GRAINS, Calendar, Window, add_months
from tests.words.days import BY_YEAR, day, days

DAYS = st.dates(date(1850, 1, 1), date(2900, 12, 31))
CALENDARS = st.builds(Calendar, st.integers(1, 12), st.sampled_from(["start", "end"]))


@given(CALENDARS, st.sampled_from(tuple(GRAINS)), DAYS)
def test_a_periods_name_gives_the_period_back(calendar: Calendar, grain: str, on: date) -> None:
    period = calendar.period_of(grain, on)
    again = calendar.parse(period.key)
    assert (again.key, again.grain, again.window) == (period.key, period.grain, period.window)


@given(CALENDARS, st.sampled_from(tuple(GRAINS)), DAYS)
def test_periods_tile_time(calendar: Calendar, grain: str, on: date) -> None:
    period = calendar.period_of(grain, on)
    assert period.start <= on < period.end
    assert calendar.shift(period, 1).start == period.end
    assert calendar.shift(period, -1).end == period.start
    for inside in (period.start, period.window.last_day):
        assert calendar.period_of(grain, inside).key == period.key


@given(CALENDARS, st.sampled_from(tuple(GRAINS)), DAYS, st.integers(-120, 120))
def test_shifting_there_and_back_is_no_shift(calendar: Calendar, grain: str, on: date, steps: int) -> None:
    period = calendar.period_of(grain, on)
    there = calendar.shift(period, steps)
    back = calendar.shift(there, -steps)
    assert (back.key, back.window) == (period.key, period.window)
    assert (there.window > period.window) == (steps > 0)


@given(CALENDARS, st.sampled_from(tuple(GRAINS)), DAYS, st.integers(0, 400))
def test_the_periods_of_a_window_cover_it_without_gap_or_overlap(
    calendar: Calendar, grain: str, first: date, more: int
) -> None:
    window = Window(first, first + timedelta(days=more + 1))
    periods = calendar.within(grain, window)
    assert periods[0].start <= window.start < periods[0].end
    assert periods[-1].start < window.end <= periods[-1].end
    assert [period.end for period in periods[:-1]] == [period.start for period in periods[1:]]


@given(CALENDARS, DAYS)
def test_all_grains_agree_on_how_long_they_are(calendar: Calendar, on: date) -> None:
    assert calendar.period_of("day", on).window.days == 1
    assert calendar.period_of("week", on).window.days == 7
    assert calendar.period_of("week", on).start.weekday() == 0
    assert len(calendar.within("month", calendar.period_of("quarter", on).window)) == 3
    assert len(calendar.within("month", calendar.period_of("year", on).window)) == 12
    fiscal = calendar.period_of("fiscal_year", on)
    assert len(calendar.within("month", fiscal.window)) == 12
    assert fiscal.start.month == calendar.fiscal_first_month


def test_an_unknown_grain_is_refused() -> None:
    with pytest.raises(UsageError) as error:
        BY_YEAR.period_of("fortnight", day("2011-01-01"))
    assert str(error.value) == ("grain == 'fortnight', must be one of day, week, month, quarter, year, fiscal_year.")


@pytest.mark.parametrize(
    ("first_month", "named_by", "sentence"),
    [
        (0, "start", "fiscal year: first_month == 0, must be 1 to 12."),
        (13, "start", "fiscal year: first_month == 13, must be 1 to 12."),
        (4, "begin", "fiscal year: named_by == 'begin', must be one of start, end."),
    ],
)
def test_a_wrong_calendar_is_refused(first_month: int, named_by: str, sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        Calendar(first_month, named_by)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("start", "months", "found"),
    [
        ("2011-01-31", 1, "2011-02-28"),
        ("2012-01-31", 1, "2012-02-29"),
        ("2012-02-29", -12, "2011-02-28"),
        ("2012-02-29", 48, "2016-02-29"),
        ("2011-12-31", 2, "2012-02-29"),
        ("2011-03-31", -1, "2011-02-28"),
        ("2011-11-30", 1, "2011-12-30"),
        ("2011-05-15", 0, "2011-05-15"),
    ],
)
def test_months_later(start: str, months: int, found: str) -> None:
    assert add_months(day(start), months) == day(found)


class TestWindow:
    def test_its_end_is_not_in_it(self) -> None:
        window = days("2011-12-01..2011-12-09")
        assert (window.end, window.last_day, window.days, str(window)) == (
            date(2011, 12, 10),
            date(2011, 12, 9),
            9,
            "2011-12-01..2011-12-09",
        )

    @pytest.mark.parametrize("end", [date(2011, 12, 1), date(2011, 11, 30)])
    def test_an_empty_one_is_refused(self, end: date) -> None:
        with pytest.raises(UsageError) as error:
            Window(date(2011, 12, 1), end)
        assert str(error.value) == f"window 2011-12-01 .. {end} is empty; its end is not included."

    @pytest.mark.parametrize(
        ("one", "other", "both"),
        [
            ("2011-01-01..2011-01-31", "2011-01-15..2011-02-28", "2011-01-15..2011-01-31"),
            ("2011-01-01..2011-01-31", "2011-01-31..2011-01-31", "2011-01-31..2011-01-31"),
            ("2011-01-01..2011-01-31", "2011-02-01..2011-02-28", None),
            ("2011-01-01..2011-12-31", "2011-03-01..2011-03-31", "2011-03-01..2011-03-31"),
        ],
    )
    def test_overlap(self, one: str, other: str, both: str | None) -> None:
        expected = days(both) if both else None
        assert days(one).overlap(days(other)) == expected
        assert days(other).overlap(days(one)) == expected

    @pytest.mark.parametrize(
        ("last_day", "part"),
        [
            ("2010-12-31", None),
            ("2011-01-01", "2011-01-01..2011-01-01"),
            ("2011-01-20", "2011-01-01..2011-01-20"),
            ("2011-01-31", "2011-01-01..2011-01-31"),
            ("2011-05-01", "2011-01-01..2011-01-31"),
        ],
    )
    def test_until(self, last_day: str, part: str | None) -> None:
        assert days("2011-01-01..2011-01-31").until(day(last_day)) == (days(part) if part else None)


@pytest.mark.parametrize(
    ("grain", "as_of", "key"),
    [
        ("month", "2011-11-30", "2011-11"),
        ("month", "2011-12-09", "2011-11"),
        ("month", "2011-12-31", "2011-12"),
        ("week", "2021-01-03", "2020-W53"),
        ("week", "2021-01-02", "2020-W52"),
        ("quarter", "2011-12-30", "2011-Q3"),
        ("year", "2011-12-30", "2010"),
        ("day", "2011-12-30", "2011-12-30"),
    ],
)
def test_the_last_complete_period(grain: str, as_of: str, key: str) -> None:
    assert BY_YEAR.last_complete(grain, day(as_of)).key == key


def test_periods_that_end_with_one() -> None:
    keys = [period.key for period in BY_YEAR.ending_with(BY_YEAR.parse("2012-02"), 4)]
    assert keys == ["2011-11", "2011-12", "2012-01", "2012-02"]


LATER = "2030-01-01"
COMPARED = [  # comparison, period, seen from, the earlier window
    ("previous_period", "2011-03", LATER, "2011-02-01..2011-02-28"),
    ("previous_period", "2021-W01", LATER, "2020-12-28..2021-01-03"),
    ("previous_period", "2011", LATER, "2010-01-01..2010-12-31"),
    ("previous_period", "2011-03-01", LATER, "2011-02-28..2011-02-28"),
    ("same_period_last_year", "2012-02", LATER, "2011-02-01..2011-02-28"),
    ("same_period_last_year", "2013-02", LATER, "2012-02-01..2012-02-29"),
    ("same_period_last_year", "2012-Q1", LATER, "2011-01-01..2011-03-31"),
    ("same_period_last_year", "FY2012", LATER, "2011-01-01..2011-12-31"),
    ("same_period_last_year", "2012-02-29", LATER, "2011-02-28..2011-02-28"),
    ("same_period_last_year", "2012-W09", LATER, "2011-02-27..2011-03-05"),  # 27 Feb to 4 Mar 2012, seven days
    ("same_period_last_year", "2013-W09", LATER, "2012-02-25..2012-03-02"),  # 25 Feb to 3 Mar 2013, seven days
    ("364_days_before", "2011-11-23", LATER, "2010-11-24..2010-11-24"),  # a Wednesday, both
    ("364_days_before", "2011-11", LATER, "2010-11-02..2010-12-01"),
    ("364_days_before", "2020-W53", LATER, "2019-12-30..2020-01-05"),
    ("iso_week_last_year", "2011-W47", LATER, "2010-11-22..2010-11-28"),
    ("iso_week_last_year", "2021-W52", LATER, "2020-12-21..2020-12-27"),
    ("iso_week_last_year", "2020-W53", LATER, None),  # 2019 has 52 weeks
    ("iso_week_last_year", "2011-11", LATER, None),  # only weeks have such a counterpart
    # still running: the same part, from the start on
    ("previous_period", "2011-12", "2011-12-09", "2011-11-01..2011-11-09"),
    ("previous_period", "2011-03", "2011-03-30", "2011-02-01..2011-02-28"),  # February has no more
    ("previous_period", "2011-W47", "2011-11-23", "2011-11-14..2011-11-16"),
    ("same_period_last_year", "2011-12", "2011-12-09", "2010-12-01..2010-12-09"),
    ("same_period_last_year", "2012", "2012-02-29", "2011-01-01..2011-02-28"),  # 29 February -> 28 February
    ("same_period_last_year", "2013", "2013-02-28", "2012-01-01..2012-02-28"),  # by the date, so without the 29th
    ("same_period_last_year", "2013", "2013-03-01", "2012-01-01..2012-03-01"),
    ("same_period_last_year", "2012-W09", "2012-02-29", "2011-02-27..2011-03-01"),  # three days, both
    ("364_days_before", "2011-12", "2011-12-09", "2010-12-02..2010-12-10"),
    ("iso_week_last_year", "2011-W47", "2011-11-23", "2010-11-22..2010-11-24"),
    ("previous_period", "2011-12", "2011-11-30", None),  # not begun
]


@pytest.mark.parametrize(("key", "period", "as_of", "earlier"), COMPARED)
def test_comparisons(key: str, period: str, as_of: str, earlier: str | None) -> None:
    found = COMPARISONS[key].window(BY_YEAR, BY_YEAR.parse(period), day(as_of))
    assert found == (days(earlier) if earlier else None)


@given(CALENDARS, st.sampled_from(tuple(GRAINS)), DAYS)
def test_364_days_keep_the_weekdays(calendar: Calendar, grain: str, on: date) -> None:
    period = calendar.period_of(grain, on)
    earlier = COMPARISONS["364_days_before"].window(calendar, period, period.window.last_day)
    assert earlier is not None
    assert (earlier.start.weekday(), earlier.days) == (period.start.weekday(), period.window.days)


@given(CALENDARS, st.sampled_from(tuple(GRAINS)), st.sampled_from(sorted(COMPARISONS)), DAYS, st.data())
def test_a_running_period_is_held_against_a_part_that_begins_with_the_whole(
    calendar: Calendar, grain: str, key: str, on: date, data: st.DataObject
) -> None:
    period = calendar.period_of(grain, on)
    as_of = period.start + timedelta(days=data.draw(st.integers(0, period.window.days - 1)))
    whole = COMPARISONS[key].window(calendar, period, period.window.last_day)
    part = COMPARISONS[key].window(calendar, period, as_of)
    assert (part is None) == (whole is None)
    if whole and part:
        assert part.start == whole.start
        assert part.end <= whole.end
        if not period.is_complete(as_of):  # a complete one is held against the whole, which may have more days
            assert part.days <= (as_of - period.start).days + 2  # + 2 where a year ago had a 29 February
