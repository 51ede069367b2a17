"""Which slots a window should have, and which of them a source covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpikit.metrics.coverage import covered_slots, expected_slots, known_on, slot, without
from kpikit.sources.declarations import Dialect, Source
from tests.workspaces import window

ALL, WEEKDAYS, NO_SATURDAY = (0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 6)


def source(every: str, open: Sequence[int] = ALL, covers: tuple[str, str] = ("2024-01-01", "2024-12-31")) -> Source:
    return Source(
        "sales", Path("sales.csv"), "csv", Dialect(), (), "client", "day", every, "events", tuple(open), window(*covers)
    )


@pytest.mark.parametrize(
    ("every", "open", "first", "last", "expected"),
    [
        ("day", ALL, "2024-02-01", "2024-02-29", 29),  # a leap year
        ("day", WEEKDAYS, "2024-01-01", "2024-01-07", 5),  # Monday to Sunday
        ("day", WEEKDAYS, "2024-01-01", "2024-01-31", 23),
        ("day", NO_SATURDAY, "2011-11-01", "2011-11-30", 26),  # four Saturdays
        ("day", WEEKDAYS, "2024-01-06", "2024-01-07", 0),  # a week-end
        ("day", WEEKDAYS, "2024-01-06", "2024-01-08", 1),
        ("week", ALL, "2024-01-01", "2024-01-14", 2),
        ("week", ALL, "2020-12-28", "2021-01-03", 1),  # week 53 of 2020
        ("month", ALL, "2024-01-01", "2024-12-31", 12),
        ("month", ALL, "2023-12-01", "2024-01-31", 2),
    ],
)
def test_expected_slots(every: str, open: Sequence[int], first: str, last: str, expected: int) -> None:
    assert len(expected_slots(source(every, open), window(first, last))) == expected


@pytest.mark.parametrize(
    ("first", "last", "known", "expected", "covered"),
    [
        ("2024-01-01", "2024-12-31", "2024-12-31", 1, 1),
        ("2024-01-01", "2024-12-31", "2024-12-30", 1, 0),  # not over
        ("2024-01-01", "2024-06-30", "2024-12-31", 0, 0),  # a part of it
        ("2024-01-01", "2024-06-30", "2024-06-30", 0, 0),  # what is known of it is no less a part
        ("2024-01-01", "2025-12-31", "2024-12-31", 0, 0),
    ],
)
def test_a_span_is_known_as_a_whole_and_when_it_is_over(
    first: str, last: str, known: str, expected: int, covered: int
) -> None:
    of_a_year = replace(source("span"), span=window("2024-01-01", "2024-12-31"))
    seen = replace(of_a_year, covers=known_on(of_a_year, date.fromisoformat(known)))
    asked = window(first, last)
    assert (len(expected_slots(seen, asked)), covered_slots(seen, asked)) == (expected, covered)
    assert known_on(of_a_year, date(2023, 12, 31)) is None
    assert without(of_a_year, set()) == [window("2024-01-01", "2024-12-31")]


def test_slots_are_named_by_their_first_day() -> None:
    assert expected_slots(source("week"), window("2021-01-04", "2021-01-17")) == [date(2021, 1, 4), date(2021, 1, 11)]
    assert expected_slots(source("month"), window("2024-01-01", "2024-02-29")) == [date(2024, 1, 1), date(2024, 2, 1)]


@pytest.mark.parametrize(
    ("every", "first", "last"),
    [
        ("week", "2024-01-02", "2024-01-07"),  # begins on a Tuesday
        ("week", "2024-01-01", "2024-01-31"),  # a month is no number of weeks
        ("month", "2024-01-01", "2024-01-15"),
        ("month", "2024-01-15", "2024-02-29"),
        ("month", "2024-01-10", "2024-01-20"),  # inside of one month
    ],
)
def test_a_window_that_cuts_a_slot_has_none(every: str, first: str, last: str) -> None:
    assert expected_slots(source(every), window(first, last)) == []
    assert covered_slots(source(every), window(first, last)) == 0


@pytest.mark.parametrize(
    ("every", "open", "covers", "first", "last", "covered"),
    [
        ("day", ALL, ("2024-01-01", "2024-01-09"), "2024-01-01", "2024-01-31", 9),
        ("day", NO_SATURDAY, ("2009-12-01", "2011-12-09"), "2011-12-01", "2011-12-31", 8),  # 1 to 9 Dec, one Saturday
        ("day", ALL, ("2024-01-30", "2024-12-31"), "2024-01-01", "2024-01-31", 2),
        ("day", ALL, ("2024-01-01", "2024-12-31"), "2023-01-01", "2023-12-31", 0),
        ("day", WEEKDAYS, ("2024-01-01", "2024-12-31"), "2024-01-06", "2024-01-07", 0),
        ("month", ALL, ("2024-03-01", "2024-12-31"), "2024-01-01", "2024-12-31", 10),
        ("month", ALL, ("2024-01-01", "2024-12-31"), "2025-01-01", "2025-01-31", 0),
    ],
)
def test_covered_slots(
    every: str, open: Sequence[int], covers: tuple[str, str], first: str, last: str, covered: int
) -> None:
    assert covered_slots(source(every, open, covers), window(first, last)) == covered


@pytest.mark.parametrize(
    ("every", "open", "day", "expected"),
    [
        ("day", ALL, date(2024, 1, 6), date(2024, 1, 6)),
        ("day", WEEKDAYS, date(2024, 1, 6), None),  # a Saturday
        ("week", ALL, date(2021, 1, 3), date(2020, 12, 28)),
        ("month", ALL, date(2024, 2, 29), date(2024, 2, 1)),
    ],
)
def test_the_slot_of_a_day(every: str, open: Sequence[int], day: date, expected: date | None) -> None:
    assert slot(every, open, day) == expected


@pytest.mark.parametrize(
    ("every", "open", "found", "gaps"),
    [
        ("day", ALL, ["2024-01-02", "2024-01-04"], ["2024-01-01", "2024-01-03", "2024-01-05..2024-01-14"]),
        # Friday 5 and Monday 8 January are one gap: the days between are closed
        ("day", WEEKDAYS, [f"2024-01-{day:02}" for day in (1, 2, 3, 4, 9, 10, 11, 12)], ["2024-01-05..2024-01-08"]),
        ("week", ALL, ["2024-01-08"], ["2024-01-01..2024-01-07"]),
        ("week", ALL, ["2024-01-01", "2024-01-08"], []),
        ("week", ALL, [], ["2024-01-01..2024-01-14"]),
    ],
)
def test_what_is_covered_without_rows(every: str, open: Sequence[int], found: list[str], gaps: list[str]) -> None:
    covered = source(every, open, ("2024-01-01", "2024-01-14"))  # Monday to Sunday, two weeks
    expected = [window(*gap.split("..")) for gap in gaps]
    assert without(covered, set(map(date.fromisoformat, found))) == expected
