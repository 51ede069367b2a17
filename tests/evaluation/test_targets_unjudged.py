"""Targets that cannot be judged, and why; and what is possible at the edge."""

from __future__ import annotations

import pytest

from kpikit.indicators.catalogue import find
from tests.evaluation.target_cases import (
    GROWTH,
    HIGHER,
    REPEAT,
    SHARE,
    Case,
    Numbers,
    always,
)

FEBRUARY, FULL_YEAR = "2024-02-01..2024-02-29", "2023-01-01..2023-12-31"


@pytest.mark.parametrize(
    ("case", "numbers", "reason"),
    [
        # the value
        (Case("keep", "100"), always(None), "no_data"),
        (Case("keep", "100", missing=("2024-01-01..2024-01-31",)), always(120), "incomplete"),
        (Case("reach", "100", "2024-12", "2024-02", 50.0, missing=(FEBRUARY,)), always(120), "incomplete"),
        (Case("cumulative", "100", "2024", "2024-02", missing=("2024-01-01..2024-02-29",)), always(9), "incomplete"),
        (Case("cumulative", "100", "2024", "2024-02"), always(None), "no_data"),
        # the baseline
        (Case("keep", "+10 %"), always(100), "no_baseline"),
        (Case("reach", "100", "2024-12", "2024-02"), always(100), "no_baseline"),  # nothing to start the line from
        (Case("reach", "+10 %", "2024-12", "2024-12"), always(100), "no_baseline"),
        (Case("reach", "+10 %", "2024-12", "2024-12", 0.0), always(100), "no_baseline"),  # 10 % more than nothing
        (
            Case("reach", "100", "2024-12", "2024-02", "2023-12", missing=("2023-12-01..2023-12-31",)),
            always(100),
            "no_baseline",
        ),
        (Case("cumulative", "+10 %", "2024", "2024-02", "2023", missing=(FULL_YEAR,)), always(9), "no_baseline"),
        (
            Case("cumulative", "100", "2024", "2024-02", "2023"),
            lambda where: None if str(where) == "2023-01-01..2023-02-28" else 9,
            "no_baseline",
        ),
        # the time
        (Case("cumulative", "100", "2024", "2023-12"), always(9), "not_started"),
        (Case("keep", "100", period="2024-Q1"), always(100), "other_cadence"),
        (Case("reach", "100", "2024-12", "2024-Q3", 50.0), always(100), "other_cadence"),
        (
            Case("reach", "100", "2024-12", "2024-Q3", 50.0, missing=("2024-07-01..2024-09-30",)),
            always(100),
            "other_cadence",
        ),
        # after its day: what is known of that day
        (Case("reach", "100", "2024-01", "2024-02", missing=("2024-01-01..2024-01-31",)), always(120), "incomplete"),
        (Case("reach", "100", "2024-01", "2024-02"), lambda where: None if where.start.month == 1 else 9, "no_data"),
        (
            Case("reach", "100", "1999-12", "2024-02"),
            lambda where: None if where.start.year < 2000 else 9,
            "not_covered",
        ),
        (Case("keep", "100", period="2024-01", cadence="quarter"), always(100), "other_cadence"),
        (Case("keep", "25 %", period="2024", indicator=REPEAT), always(9), "other_cadence"),  # of unique counts
        # the target
        (Case("keep", "+30 pp", indicator=SHARE, baseline=0.8), always(0.9), "impossible_target"),
        (Case("keep", "-10 pp", indicator=SHARE, baseline=0.05), always(0.9), "impossible_target"),
        (Case("keep", "120 %", indicator=SHARE), always(0.9), "impossible_target"),
    ],
)
def test_what_cannot_be_judged(case: Case, numbers: Numbers, reason: str) -> None:
    target, status, found = case.judged(numbers)
    assert (status, found, target.reason, target.gap) == ("cannot_be_judged", reason, reason, None)
    assert reason != "impossible_target" or target.value is target.now is None


@pytest.mark.parametrize(
    ("case", "value", "goal"),
    [
        (Case("keep", "+20 pp", indicator=SHARE, baseline=0.8), 1.0, 1.0),  # everything, or nothing, is possible
        (Case("keep", "-5 pp", indicator=SHARE, baseline=0.05), 0.0, 0.0),
        (Case("keep", "100 %", indicator=SHARE), 1.0, 1.0),
        (Case("keep", "120 %", indicator=SHARE), 1.1, 1.2),  # more cancelled than ordered: it has passed 100 % itself
        (Case("keep", "150 %", indicator=GROWTH), 1.6, 1.5),  # growth passes 100 %
        (Case("keep", "+10 pp", indicator=GROWTH, baseline=-0.15), -0.04, -0.05),  # or is negative
    ],
)
def test_targets_at_the_edge_of_what_is_possible(case: Case, value: float, goal: float) -> None:
    target, status, _ = case.judged(always(value))
    assert status in ("met", "missed") and target.value == pytest.approx(goal)


def test_a_ratio_of_sums_is_held_against_its_target_in_any_length_of_period() -> None:
    assert Case("keep", "20 %", period="2024-Q1", indicator=SHARE).judged(always(0.1))[1] == "met"
    assert Case("keep", "20 %", period="2024", indicator=SHARE).judged(always(0.3))[1] == "missed"


def test_a_target_without_a_baseline_is_judged_on_its_day() -> None:
    assert Case("reach", "100", "2024-12", "2024-12").judged(always(101))[1] == "exceeded"


def test_an_incomplete_baseline_leaves_a_plain_target_to_be_due_evenly() -> None:
    case = Case("cumulative", "366", "2024", "2024-02", "2023", missing=(FULL_YEAR,))
    target, _, _ = case.judged(always(70))
    assert (target.now, target.pace, target.baseline) == (60, "linear", None)


INFINITE = float("inf")


@pytest.mark.parametrize(
    ("indicator", "aims"),
    [
        (SHARE, (0, 1)),
        (HIGHER, (0, INFINITE)),
        (GROWTH, (-INFINITE, INFINITE)),
        ("marketing.roi", (-INFINITE, INFINITE)),  # (revenue - cost) / cost passes 100 %
        ("finance.net_margin", (-INFINITE, INFINITE)),  # a profit may be a loss
        ("pipeline.quota_attainment", (0, INFINITE)),
        ("finance.gross_margin", (-INFINITE, 1)),
        ("satisfaction.ces", (1, 7)),
        ("satisfaction.nps", (-100, 100)),
        ("ads.frequency", (1, INFINITE)),
        ("emergency.share_within_four_hours", (0, 1)),  # what is subtracted are those who waited longer
    ],
)
def test_targets_are_possible_where_values_are(indicator: str, aims: tuple[float, float]) -> None:
    assert find(indicator).aims == aims
