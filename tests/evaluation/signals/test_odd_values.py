"""One odd value: it is named, and neither the way back from it nor all the others."""

from __future__ import annotations

import pytest

from kpikit.evaluation.evaluate import signal
from kpikit.evaluation.signals.chart import Setting, charted
from kpikit.evaluation.signals.profiles import ANHOEJ, NHS, PROFILES, WHEELER, Profile
from tests.charts.samples import fact_of, full

CALM = [97, 103, 99, 101, 98, 102, 100, 97, 103, 99, 101, 98, 102, 100, 97, 103, 99, 101, 98, 102, 100, 99]


def judged(values: list[float], profile: Profile) -> list[tuple[str | None, int]]:
    points = fact_of([full(value) for value in values]).series.points
    return [(point.signal, point.way) for point in charted(points, Setting(profile)).points]


@pytest.mark.parametrize("odd", [60.0, 140.0])
def test_the_way_back_from_an_odd_value_is_no_signal(odd: float) -> None:
    found = judged([*map(float, CALM), odd, 100.0], WHEELER)
    assert found[-2] == ("outside", 1 if odd > 100 else -1) and found[-1] == (None, 0)


def test_a_large_step_marks_the_value_that_is_farther_from_the_centre() -> None:
    # The mean of 24 values is 100.4, their mean moving range 3.96: limits 89.9 to 110.9, the largest usual step 12.9.
    # From 92 to 110 both lie inside, and the step is 18; 110 is farther off.
    found = judged([*map(float, CALM), 92.0, 110.0], WHEELER)
    assert found[-2:] == [(None, 0), ("range", 1)]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_one_huge_value_does_not_make_all_others_unusual(profile: Profile) -> None:
    values = [100.0, 99, 101, 98, 10_000, 102, 100, 99, 101, 100, 98, 102, 99, 101, 100, 98, 102]
    found = judged(values, profile)
    assert found[4][0] == "outside"
    assert [rule for rule, _ in found[-8:]] == [None] * 8


@pytest.mark.parametrize("profile", [NHS, WHEELER, ANHOEJ], ids=["nhs", "wheeler", "anhoej"])
def test_a_shift_that_ends_outside_began_before(profile: Profile) -> None:
    """Eleven values lie above, and only the last one outside: since then by its rule, standing out since the first."""
    low, high = [93.0, 98, 95, 97, 92, 96, 98, 94, 97, 93, 98, 96], [104.0, 102, 107, 103, 106, 102, 105, 107, 103, 106]
    points = fact_of([full(value) for value in [*low, *high, 118.0]]).series.points
    found = signal(charted(points, Setting(profile)), 1)
    assert found.rule == "outside" and found.since == points[-1].period
    assert found.began is not None and found.began <= points[12].period
