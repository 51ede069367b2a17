"""What stood out of late: three of the last five points that are signals, though the last one is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.sentences import signal_sentence
from kpikit.evaluation.signals.lately import lately
from kpikit.words.language import Language
from kpikit.words.units import COUNT
from tests.charts.samples import fact_of, full, partial

EN = Language("en")
CALM = [100.0, 104.0, 98.0, 102.0] * 6
"""Moving ranges of 4, 6, 4 and 2 in turn: 4 on average, so that what is usual lies within some 11 of 101."""


def ending(*last: float | None) -> Fact:
    return fact_of([full(each) for each in [*CALM, *last]], COUNT)


@pytest.mark.parametrize(
    ("last", "number"),
    [
        ([140.0, 141.0, 139.0, 101.0], 3),  # and the fifth from the end, 102, is usual
        ([140.0, 101.0, 141.0, 139.0, 101.0], 3),
        ([60.0, 61.0, 102.0, 59.0, 101.0], -3),
        ([60.0, 140.0, 102.0, 59.0, 101.0], 0),  # two and one, on two sides
        ([140.0, 141.0, 102.0, 99.0, 101.0], 0),
        ([140.0, 141.0, 139.0, 101.0, 140.0], 0),  # a signal has its own sentence
        ([140.0, 141.0, 139.0, None, 101.0], 3),  # a missing period is passed over
    ],
)
def test_three_of_the_last_five(last: list[float | None], number: int) -> None:
    assert lately(ending(*last)) == number


def test_a_run_that_has_just_ended_stood_out_too() -> None:
    fact = ending(*[105.0, 104.0] * 4, 98.0)
    assert [point.signal for point in fact.series.points[-5:]] == ["run"] * 4 + [None]
    assert lately(fact) == 4


def test_it_is_said() -> None:
    assert signal_sentence(ending(140.0, 141.0, 139.0, 101.0), "Orders", EN) == (
        "Orders: within its usual range in the last period, but unusually high in 3 of the last 5."
    )
    assert signal_sentence(ending(60.0, 61.0, 59.0, 62.0, 101.0), "Orders", EN) == (
        "Orders: within its usual range in the last period, but unusually low in 4 of the last 5."
    )
    assert signal_sentence(ending(100.0), "Orders", EN) == "Orders: within its usual range."


def test_of_a_period_that_runs_nothing_is_said() -> None:
    fact = fact_of([full(each) for each in [*CALM, 140.0, 141.0, 139.0, 101.0]] + [partial(30.0)], COUNT)
    assert (lately(fact), signal_sentence(fact, "Orders", EN)) == (0, "")
    assert lately(replace(fact, series=replace(fact.series, points=fact.series.points[:3]))) == 0
