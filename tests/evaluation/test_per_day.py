"""The change per day: February against January, and where nothing is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpikit.evaluation.facts import Change, Fact
from kpikit.evaluation.per_day import per_day, per_day_sentences
from kpikit.words.language import Language
from kpikit.words.units import COUNT
from tests.charts.samples import CALENDAR, fact_of, full, partial, series_of

EN = Language("en")


def february(now: float, january: float, **more: object) -> Fact:
    window = CALENDAR.parse("2011-01").window
    change = Change("previous_period", window, january, now - january, (now - january) / january, None)
    series = series_of([full(january), full(now)], "2011-02")
    fact = replace(fact_of([full(january), full(now)], COUNT), series=series, changes=(change,), adds_up=True)
    return replace(fact, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "january", "daily"),
    [
        (2800, 3100, 0.0),  # 100 a day in both: -9.7 % in all
        (2940, 3100, 0.05),  # 105 a day against 100: -5.2 % in all
        (2660, 3100, -0.05),  # 95: -14.2 % in all, nearly three times as much
        (3360, 3100, 0.2),  # 120: +8.4 % in all, less than half of it
        (4200, 3100, None),  # 150: +50 % a day, +35.5 % in all: the same story
        (1400, 3100, None),  # 50: -50 % a day, -54.8 % in all
    ],
)
def test_february_against_january(now: float, january: float, daily: float | None) -> None:
    fact = february(now, january)
    assert per_day(fact, fact.changes[0]) == (None if daily is None else pytest.approx(daily))


def test_it_is_said() -> None:
    assert per_day_sentences(february(2940, 3100), EN) == [
        "Vs previous period: −5.2% in all, but +5.0% per day, since it has 28 days and the other 31."
    ]
    assert per_day_sentences(february(4200, 3100), EN) == []


@pytest.mark.parametrize("more", [{"adds_up": False}, {"value": partial(2800)}, {"changes": ()}])
def test_nothing_is_said_of_what_does_not_add_up_or_is_not_over(more: dict[str, object]) -> None:
    assert per_day_sentences(february(2800, 3100, **more), EN) == []


def test_nor_of_periods_that_are_as_long_or_that_are_missing() -> None:
    fact = february(2800, 3100)
    for change in (
        replace(fact.changes[0], window=CALENDAR.parse("2010-02").window),
        replace(fact.changes[0], window=None),
        replace(fact.changes[0], relative=None),
    ):
        assert per_day(fact, change) is None
