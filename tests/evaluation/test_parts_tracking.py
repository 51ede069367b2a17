"""Falls of one member of a dimension: found where they were planted, and nowhere else."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kpikit.evaluation.tracking.jumps import Series
from kpikit.evaluation.tracking.parts import Member, falls
from tests.workspaces import sample

FIRST = date(2024, 1, 1)  # a Monday
DAYS = [FIRST + timedelta(number) for number in range(52 * 7)]
MEANS = {"visits": 60.0, "views": 150.0, "orders": 5.0}
Share = Callable[[str, int], float]


def member(name: str, share: Share = lambda column, day: 1.0, seed: int = 0) -> Member:
    """A year of days, each column about its mean times the share for that day."""
    chance = random.Random(f"{name}{seed}")
    series = tuple(
        Series("a", "web", column, {day: _poisson(chance, mean * share(column, at)) for at, day in enumerate(DAYS)}, 1)
        for column, mean in MEANS.items()
    )
    return Member("a", "web", "channel", name, series)


def _poisson(chance: random.Random, mean: float) -> float:
    """A count of that mean: how many of two hundred coins show heads."""
    return float(sum(chance.random() < mean / 200 for _ in range(200)))


def broken(column: str, day: int) -> float:
    return 0.1 if column == "orders" and 140 <= day < 154 else 1.0


def paused(column: str, day: int) -> float:
    return 0.0 if 140 <= day < 154 else 1.0


def ended(column: str, day: int) -> float:
    return 0.0 if day >= 140 else 1.0


def season(column: str, day: int) -> float:
    return 0.1 if column == "orders" and 140 <= day < 168 else 1.0


def test_a_page_where_visitors_come_and_cannot_buy_is_found() -> None:
    (found,) = falls([member("paid", broken), member("organic"), member("mail")])
    assert (found.kind, found.member, found.column) == ("fall", "paid", "orders")
    assert (found.first, found.last) == (DAYS[140], DAYS[153]) and found.held == ("visits", "views")
    assert 30 < found.before < 40 and found.after < 10


def test_what_is_not_counted_at_all_for_a_while_is_found_once() -> None:
    (found,) = falls([member("paid", paused), member("organic"), member("mail")])
    assert (found.member, found.first, found.last, found.after) == ("paid", DAYS[140], DAYS[153], 0)


@pytest.mark.parametrize(
    "members",
    [
        [member("paid"), member("organic"), member("mail")],
        [member("paid", ended), member("organic"), member("mail")],  # a campaign that is over
        [member("paid", season), member("organic", season), member("mail", season)],  # nobody buys in July
        [member("paid", broken)],  # nothing to hold it against
    ],
)
def test_what_happened_is_no_fault(members: list[Member]) -> None:
    assert falls(members) == []


def test_chance_alone_raises_no_alarm() -> None:
    """Thirty dimensions of three members, a year each: 14,000 weeks."""
    for seed in range(30):
        assert falls([member(name, seed=seed) for name in ("paid", "organic", "mail")]) == []


def test_the_landing_page_that_broke_is_found_in_the_agency_and_nothing_else() -> None:
    """Planted: see data/agency/answers.yml, maskegarn, 2025-06-10 to 2025-06-23."""
    diagnosis = sample("agency").data_doctor(language="en")
    (found,) = [each for each in diagnosis.faults if each.kind == "fall"]
    assert (found.client, found.source, found.column, found.member) == ("maskegarn", "ga4", "key_events", "Paid Search")
    assert (found.first, found.last) == (date(2025, 6, 9), date(2025, 6, 22))  # whole weeks
    assert "Paid Search: hardly anything in key_events" in str(diagnosis)
