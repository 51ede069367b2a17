"""How outlooks are told: probabilities and ranges no more exactly than they are known, and what they are based on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpikit.evaluation.forecast.outlook_words import basis, likely, outlook_sentences, probability_words, rounded_ends
from kpikit.evaluation.targets.required import Required
from kpikit.indicators.framework import LOWER
from tests.evaluation.outlooks import EN, seen, target_of
from tests.workspaces import Shop, each_day, plan


def test_a_short_history_says_so() -> None:
    own = {"default/1": plan("{indicator: sales.orders, cadence: month, target: {kind: keep, value: 20}}")}
    shop = Shop(each_day("2024-01-01", "2024-03-31"), covers="2024-01-01..2024-03-31", plans=own)
    with shop.opened() as workspace:
        fact = workspace.evaluate("a").kpis[0]
    assert outlook_sentences(fact, "Orders", EN) == [
        "Orders: no forecast yet. It takes 12 periods in a row, and 3 are there."
    ]


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        *[(0.0, "under 5%"), (0.049, "under 5%"), (0.05, "about 10%"), (0.149, "about 10%"), (0.34, "about 30%")],
        *[(0.5, "about 50%"), (0.93, "about 90%"), (0.95, "about 90%"), (0.951, "over 95%"), (1.0, "over 95%")],
    ],
)
def test_a_probability_is_told_no_more_exactly_than_it_is_known(probability: float, words: str) -> None:
    assert probability_words(probability, EN) == words


@pytest.mark.parametrize(
    ("ends", "expected"),
    [((0.8213, 0.8897), (0.821, 0.89)), ((0.2, 0.2), (0.2, 0.2)), ((-52.3, 151.8), (-50.0, 150.0)), ((1, 9), (1, 9))],
)
def test_ends_are_rounded_to_a_tenth_of_their_width(ends: tuple[float, float], expected: tuple[float, float]) -> None:
    assert rounded_ends(*ends) == pytest.approx(expected)


def test_the_sentences_of_a_sum() -> None:
    fact = seen(target_of("cumulative", 1130 + 17.32, achieved=800.0))
    fact = replace(fact, outlook=replace(fact.outlook, forecast=replace(fact.outlook.forecast, model="theta", error=0.8,
                   naive_error=1.1, inside=20, held=26)))  # type: ignore[arg-type, union-attr]  # fmt: skip
    fact = replace(fact, required=Required("each", 113.0, 3.07))
    assert outlook_sentences(fact, "Orders", EN) == [
        "Orders, on the present course: between 1,107 and 1,153 over 1 January 2011 – 31 December 2011; "
        "the probability of reaching the target is about 20%.",
        "To reach the target, what is left of the time must bring 113 each month, on average.",
    ]
    assert basis(fact, EN) == (
        "Forecast by the Theta method from 24 periods (MASE 0.80, plain repetition 1.10). In the backtest 20 of 26 "
        "values lay in its 80% range. What is planned and not yet in the figures is not in it."
    )


def test_where_plain_repetition_did_better_that_is_told() -> None:
    fact = seen(target_of("cumulative", 1130 + 17.32, achieved=800.0))
    chosen = replace(fact.outlook.forecast, model="ets", error=1.1, naive_error=0.9)  # type: ignore[union-attr]
    told = basis(replace(fact, outlook=replace(fact.outlook, forecast=chosen)), EN)  # type: ignore[type-var]
    assert told.startswith(
        "Forecast by exponential smoothing (ETS) from 24 periods (MASE 1.10). Plain repetition did better (0.90), "
        "which is taken for chance, as the history keeps to a level."
    )


@pytest.mark.parametrize(
    ("status", "achieved", "told"),
    [  # what is left brings 330: at most 1,200 in the year, of which 900 or 1,250 have been used
        ("at_risk", 900.0, "the probability of staying within the target is under 5%."),
        ("missed", 1250.0, "the limit has been passed, and can no longer be kept."),
    ],
)
def test_a_limit_that_is_passed_has_no_probability(status: str, achieved: float, told: str) -> None:
    fact = seen(target_of("cumulative", 1200.0, achieved=achieved, pace="linear"), better=LOWER)
    fact = replace(fact, status=status, adds_up=True)
    assert outlook_sentences(fact, "Costs", EN)[0].endswith(told)
    assert likely(fact, EN) == ("target: under 5% likely" if status == "at_risk" else "")


@pytest.mark.parametrize(
    ("inside", "widened", "told"),
    [
        (23, 1.51, "23 of 29 values lay in its 80% range; what is shown is 1.5 times as wide, by the size of the "
                   "errors there."),
        (24, 2.0, "24 of 29 values lay in its 80% range; what is shown is 2 times as wide, by the size of the errors "
                  "there."),
        (20, 1.0, "20 of 29 values lay in its 80% range."),
        (20, 1.04, "20 of 29 values lay in its 80% range."),
    ],
)  # fmt: skip
def test_that_a_range_was_widened_is_said_where_it_was(inside: int, widened: float, told: str) -> None:
    fact = seen(target_of("reach", 120.0))
    assert fact.outlook is not None
    made = replace(fact.outlook.forecast, model="theta", inside=inside, held=29, widened=widened)
    said = basis(replace(fact, outlook=replace(fact.outlook, forecast=made)), EN)
    assert f"In the backtest {told} What is planned" in said
