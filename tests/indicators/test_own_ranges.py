"""What figures of a workspace can be: its own indicators and metrics refuse what cannot be, as the catalogue's do."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from kpikit.indicators.framework import Indicator
from kpikit.words.errors import SettingError, UsageError
from tests.workspaces import Shop

METRICS = """  cups: {source: sales, count: rows}
  seconds_brewed: {source: sales, sum: customer, unit: seconds}
  stock_change: {source: sales, sum: customer, unit: count, signed: true}
  warmth: {source: sales, mean: customer, unit: score}
  taste: {source: sales, mean: customer, unit: score, scale: 1..5}
  refunds: {source: sales, sum: value, unit: money, currency: GBP}
"""
OWN = {
    "a.share": "formula: cups / orders, unit: share, between: 0 %..100 %",
    "a.rate": "formula: cups / orders, unit: share",
    "a.each": "formula: cups / orders, unit: ratio, between: 1..",
    "a.loss": "formula: (orders - cups) / orders, unit: share, between: ..50 %",
    "a.brewing": "formula: seconds_brewed, unit: seconds",
    "a.stock": "formula: stock_change, unit: count",
    "a.warmth": "formula: warmth, unit: score",
    "a.taste": "formula: taste, unit: score",
    "a.refund": "formula: refunds / orders, unit: money",
    "a.of_share": "formula: 2 * a.share, unit: ratio",
    "a.survey": "formula: cups / orders, unit: share, survey: true",
}


def declared(folder: Path, own: dict[str, str], metrics: str = METRICS) -> dict[str, Indicator]:
    lines = [f"  {id}: {{label: A, description: B., better: higher, {keys}}}\n" for id, keys in own.items()]
    return dict(Shop(more=metrics + "indicators:\n" + "".join(lines)).at(folder).settings.indicators)


@pytest.mark.parametrize(
    ("id", "values", "reason"),
    [
        ("a.share", (5, 4), "cups == 5 is no part of orders == 4."),
        ("a.share", (-5, 4), "cups == -5, must not be negative."),  # rows are counted
        ("a.rate", (5, 4), 1.25),  # nothing says that it is a share of a whole
        ("a.rate", (5, -4), "orders == -4, must not be negative."),  # as the catalogue says of orders
        ("a.each", (3, 4), "cups / orders == 0.75, must be at least 1."),
        ("a.each", (5, 4), 1.25),
        ("a.loss", (4, 1), "(orders − cups) / orders == 0.75, must be at most 0.5."),
        ("a.loss", (4, 8), -1.0),
        ("a.brewing", (-1,), "seconds_brewed == -1, must not be negative."),
        ("a.stock", (-1,), -1),
        ("a.warmth", (-1,), -1),  # a score of which no scale is known
        ("a.taste", (6,), "taste == 6, must lie between 1 and 5."),
        ("a.taste", (5,), 5),
        ("a.refund", (-8, 4), -2.0),
        ("a.of_share", (5, 4), "cups == 5 is no part of orders == 4."),  # in what it is made of
        ("a.survey", (5, 4), "cups == 5 is no part of orders == 4."),
        ("a.stock", (math.inf,), "stock_change == inf, must be finite."),
    ],
)
def test_own_indicators_refuse_what_cannot_be(
    id: str, values: tuple[float, ...], reason: str | float, tmp_path: Path
) -> None:
    one = declared(tmp_path, OWN)[id]
    in_column = one(*(np.array([value]) for value in values))[0]
    measured = one.compute(dict(zip(one.metrics, values, strict=True)))
    if not isinstance(reason, str):
        assert one(*values) == in_column == measured == reason
        return
    with pytest.raises(UsageError) as error:
        one(*values)
    assert str(error.value) == f"{id}: {reason}"
    assert math.isnan(in_column) and math.isnan(measured)


def test_the_card_says_what_an_own_indicator_can_be(tmp_path: Path) -> None:
    found = declared(tmp_path, OWN)
    possible = {id: dict(found[id].card().rows()).get("Possible values") for id in OWN}
    assert {id: text for id, text in possible.items() if text} == {
        "a.share": "from 0% to 100%",
        "a.rate": "0% and up; it can pass 100%",
        "a.each": "at least 1",
        "a.loss": "at most 50%",
        "a.taste": "from 1 to 5",
        "a.survey": "from 0% to 100%",
    }


def test_a_metrics_own_word_goes_before_the_catalogues(tmp_path: Path) -> None:
    metrics = METRICS + (
        "  review_rating: {source: sales, mean: customer, unit: score, scale: 1..10}\n"
        "  discounts: {source: sales, sum: value, unit: money, currency: GBP, signed: true}\n"
    )
    found = declared(tmp_path, OWN, metrics)
    assert found["satisfaction.review_rating"](9) == 9
    with pytest.raises(UsageError, match="review_rating == 11, must lie between 1 and 10"):
        found["satisfaction.review_rating"](11)
    with pytest.raises(UsageError, match="effort_score == 9, must lie between 1 and 7"):
        found["satisfaction.ces"](9)
    assert found["sales.discount_rate"].ranges["discounts"].lowest == -math.inf


MUST = "must be the lowest and the highest value that can be, or one of them, as"


@pytest.mark.parametrize(
    ("own", "reason"),
    [
        ("unit: share, between: 0..1", f"'0..1' {MUST} 0 %..100 %, 0 %.."),
        ("unit: ratio, between: 7..1", f"'7..1' {MUST} 1..7, 1.."),
        ("unit: ratio, between: ..", f"'..' {MUST} 1..7, 1.."),
        ("unit: share, between: 0 %.., change: same_period_last_year", "goes not with 'change': a change may be any "),
    ],
)
def test_what_is_refused(own: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"indicators\.a\.b\.between: ") as error:
        declared(tmp_path, {"a.b": f"formula: cups / orders, {own}"})
    assert reason in str(error.value)
