"""Jumps that look like faults of tracking: found where they are, and nowhere else."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kpikit.evaluation.tracking.jumps import Jump, Series, jumps

FIRST = date(2024, 1, 1)  # a Monday
DAYS = [FIRST + timedelta(number) for number in range(364)]


def series(source: str, value: Callable[[int], float], client: str = "a", seed: int = 0) -> Series:
    """A year of days with about 100 each, times what ``value`` gives for the day's number."""
    chance = random.Random(f"{source}{client}{seed}")
    values = {day: round(chance.gauss(100, 8)) * value(number) for number, day in enumerate(DAYS)}
    return Series(client, source, "visits", values, 1)


def steady(number: int) -> float:
    return 1.0


def out(first: int, days: int) -> Callable[[int], float]:
    return lambda number: 0.0 if first <= number < first + days else 1.0


def told(found: list[Jump]) -> list[tuple[str, str, str, date]]:
    return [(each.kind, each.client, each.source, each.first) for each in found]


def test_a_week_without_anything_is_found_with_its_days_and_who_went_on() -> None:
    (found,) = jumps([series("web", out(200, 7)), series("ads", steady), series("till", steady)])
    assert (found.kind, found.source, found.first, found.last) == ("outage", "web", DAYS[200], DAYS[206])
    assert found.held == ("ads", "till") and 90 < found.before < 110 and found.after == 0


def test_what_stops_in_all_sources_is_a_closing_and_no_fault() -> None:
    assert jumps([series("web", out(200, 7)), series("ads", out(200, 7)), series("till", out(199, 9))]) == []


def test_what_has_nothing_to_be_held_against_is_not_judged() -> None:
    assert jumps([series("web", out(200, 7))]) == []


def test_one_day_may_be_chance_and_weekends_without_anything_are_the_rule() -> None:
    workdays = series("web", lambda number: float(number % 7 < 5))
    assert jumps([workdays, series("ads", steady)]) == []
    assert jumps([series("web", out(200, 1)), series("ads", steady)]) == []


def test_other_clients_stand_in_where_a_client_has_one_source() -> None:
    others = [series("web", steady, client) for client in "bcd"]
    (found,) = jumps([series("web", out(100, 10)), *others])
    assert told([found]) == [("outage", "a", "web", DAYS[100])] and found.held == ("b", "c", "d")
    (ended,) = jumps([series("web", out(100, 999)), *others])
    assert told([ended]) == [("ended", "a", "web", DAYS[100])]  # it never came back: left, not lost


@pytest.mark.parametrize(("factor", "found"), [(0.3, 1), (3.0, 1), (0.8, 0), (1.3, 0)])
def test_another_level_that_no_other_source_has(factor: float, found: int) -> None:
    jumped = series("web", lambda number: factor if number >= 210 else 1.0)
    assert len(jumps([jumped, series("ads", steady), series("till", steady)])) == found
    same = [series(name, lambda number: factor if number >= 210 else 1.0) for name in ("ads", "till")]
    assert jumps([jumped, *same]) == []  # all of them: that is the business


def test_columns_that_jump_together_are_one_fault() -> None:
    twice = [series("web", out(200, 7), seed=seed) for seed in (1, 2)]
    assert len(jumps([*twice, series("ads", steady)])) == 1


def test_steady_figures_raise_no_alarm() -> None:
    many = [series(source, steady, client) for source in ("web", "ads", "till") for client in "abcdefgh"]
    assert jumps(many) == []


def test_no_series_and_a_series_of_nothing() -> None:
    assert jumps([]) == []
    assert jumps([Series("a", "web", None, {}, 1), series("ads", lambda number: 0.0)]) == []
