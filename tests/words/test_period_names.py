"""Names of periods and days: what each stands for, and which are refused."""

from __future__ import annotations

from datetime import date

import pytest

from kpikit.words.errors import UsageError
from kpikit.words.periods import Calendar, parse_day
from tests.words.days import BY_YEAR, days


@pytest.mark.parametrize(
    ("name", "grain", "window"),
    [
        ("2011-11-23", "day", "2011-11-23..2011-11-23"),
        ("2012-02-29", "day", "2012-02-29..2012-02-29"),
        ("2011-W47", "week", "2011-11-21..2011-11-27"),
        ("2020-W53", "week", "2020-12-28..2021-01-03"),  # 3 January 2021 belongs to 2020
        ("2021-W01", "week", "2021-01-04..2021-01-10"),
        ("2026-W53", "week", "2026-12-28..2027-01-03"),
        ("2015-W01", "week", "2014-12-29..2015-01-04"),  # 29 December 2014 belongs to 2015
        ("2011-11", "month", "2011-11-01..2011-11-30"),
        ("2011-12", "month", "2011-12-01..2011-12-31"),
        ("2012-02", "month", "2012-02-01..2012-02-29"),
        ("2011-Q1", "quarter", "2011-01-01..2011-03-31"),
        ("2011-Q4", "quarter", "2011-10-01..2011-12-31"),
        ("2011", "year", "2011-01-01..2011-12-31"),
        ("FY2011", "fiscal_year", "2011-01-01..2011-12-31"),
        (2011, "year", "2011-01-01..2011-12-31"),  # papermill passes `-p period 2011` as a number
    ],
)
def test_names_of_periods(name: str | int, grain: str, window: str) -> None:
    period = BY_YEAR.parse(name)
    assert (period.key, period.grain, period.window) == (str(name), grain, days(window))


@pytest.mark.parametrize(
    ("first_month", "named_by", "window"),
    [
        (4, "start", "2018-04-01..2019-03-31"),
        (4, "end", "2017-04-01..2018-03-31"),
        (12, "start", "2018-12-01..2019-11-30"),
        (12, "end", "2017-12-01..2018-11-30"),
        (1, "end", "2018-01-01..2018-12-31"),
    ],
)
def test_fiscal_years(first_month: int, named_by: str, window: str) -> None:
    period = Calendar(first_month, named_by).parse("FY2018")
    assert (period.key, period.window) == ("FY2018", days(window))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "2011-13",
        "2011-00",
        "2011-02-29",
        "2011-04-31",
        "2021-W53",  # 2021 has 52 weeks
        "2011-W00",
        "2011-W54",
        "2011-Q0",
        "2011-Q5",
        "2011-1",
        "2011-W5",
        "2011w05",
        "2011-q1",
        "FY11",
        "fy2011",
        "11",
        " 2011",
        "2011\n",
        "2011-1١",  # a digit, but no name is written so
        "0211-11",  # a slip; and years before 1800 come close to where Python's calendar begins
        "9999-12-31",
        "9999",
        "last month",
    ],
)
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(UsageError) as error:
        BY_YEAR.parse(name)
    assert str(error.value) == (
        f"period == {name!r}, must be a day (2011-11-23), ISO week (2011-W47), month (2011-11), quarter (2011-Q3), "
        "year (2011) or fiscal year (FY2011) that exists, from 1800 to 2999."
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2011-11-23", date(2011, 11, 23)),
        ("1800-01-01", date(1800, 1, 1)),
        ("2999-12-31", date(2999, 12, 31)),
        (date(2011, 11, 23), date(2011, 11, 23)),
    ],
)
def test_a_day(text: str | date, found: date) -> None:
    assert parse_day(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "2011-02-29",
        "2011-W47-3",
        "31.2.2011",
        "31-12-1799",
        "2011-11-23T00:00",
        "9999-12-31",
        "1799-12-31",
        "",
        " 2011-11-23",
    ],
)
def test_no_other_form_of_a_day(text: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_day(text)
    assert str(error.value) == f"{text!r} must be a date that exists, as 2011-11-23, from 1800 to 2999."


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("31-12-2025", "2025-12-31"),
        ("31.12.2025", "2025-12-31"),
        ("31/12/2025", "2025-12-31"),
        ("12/31/2025", "2025-12-31"),
        ("5.5.2025", "2025-05-05"),
        ("2025-1-5", "2025-01-05"),
        ("20111123", "2011-11-23"),
        # the 3rd of April, and in the United States the 4th of March
        ("03-04-2025", "2025-04-03 or as 2025-03-04"),
    ],
)
def test_a_day_in_another_form_is_refused_with_its_own_way_out(text: str, ways: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_day(text)
    assert str(error.value) == f"{text!r} must be a date as 2011-11-23. Write it as {ways}."
    with pytest.raises(UsageError, match=f"Write it as {ways}.$"):
        BY_YEAR.parse(text)
