"""Intervals of mean scores: by hand, against a second implementation, and from rows of answers to the report."""

from __future__ import annotations

from pathlib import Path
from random import Random
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.weightstats import DescrStatsW

from kpikit.evaluation.document import document
from kpikit.evaluation.forecast.history import History
from kpikit.evaluation.forecast.kept import Kept
from kpikit.evaluation.intervals import mean_interval
from kpikit.evaluation.targets.usual import usual_range
from kpikit.indicators.surveys import Interval
from kpikit.metrics.requests import TOTAL, Measurement, Request
from kpikit.words.periods import Calendar
from kpikit.words.units import SCORE
from tests.workspaces import PURE_LAWS, Sale, Shop, fact_of, plan, window

JANUARY = window("2024-01-01", "2024-01-31")


def measured(value: float | None, answers: int | None, deviation: float | None) -> Measurement:
    return Measurement("a", "score", TOTAL, JANUARY, value, None, 31, 31, False, answers, deviation)


def test_the_interval_of_a_mean_by_hand() -> None:
    # 4, 5, 6, 6, 7, 7, 7: mean 6, squares of the differences 4 + 1 + 0 + 0 + 1 + 1 + 1 = 8, variance 8 / 6
    # t of 6 degrees of freedom is 2.4469 in the tables; 2.4469 * sqrt(8 / 6 / 7) = 1.0679
    found = mean_interval(measured(6.0, 7, (8 / 6) ** 0.5))
    assert found is not None and found.answers == 7 and found.few
    assert found.lower == pytest.approx(4.9321, abs=1e-4) and found.upper == pytest.approx(7.0679, abs=1e-4)


def test_an_interval_ends_with_the_scale() -> None:
    found = mean_interval(measured(6.0, 7, (8 / 6) ** 0.5), 1, 7)
    assert found is not None and found.upper == 7.0 and found.lower == pytest.approx(4.9321, abs=1e-4)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (measured(5.0, 1, None), Interval(None, None, 1)),  # one answer
        (measured(5.0, 40, 0.0), Interval(None, None, 40)),  # all alike: that others would answer so is not known
        (measured(5.0, None, None), None),  # a mean that was made elsewhere
        (measured(None, None, None), None),
    ],
)
def test_what_has_no_ends(row: Measurement, expected: Interval | None) -> None:
    assert mean_interval(row) == expected


@PURE_LAWS
@given(st.lists(st.integers(1, 7), min_size=2, max_size=60).filter(lambda scores: len(set(scores)) > 1))
def test_it_is_that_of_statsmodels(scores: list[int]) -> None:
    found = mean_interval(measured(fmean(scores), len(scores), stdev(scores)))
    assert found is not None
    assert (found.lower, found.upper) == pytest.approx(DescrStatsW(scores).tconfint_mean())


STARS = """
  review_rating: {source: sales, mean: customer, unit: score, scale: 1..5, by: [channel]}
"""
KEEP = "{indicator: satisfaction.review_rating, cadence: month, target: {kind: keep, value: 4}}"
WEB = KEEP.replace(", cadence", ", member: {channel: web}, cadence")


def shop(*stars: int, **options: str) -> Shop:
    """A shop with these reviews, two of three on the web."""
    rows = [Sale("2024-01-04", customer=each, channel="phone" if at % 3 else "web") for at, each in enumerate(stars)]
    return Shop(rows, plans={"a/1": plan(KEEP, WEB)}, more=STARS, **options)  # type: ignore[arg-type]


def test_rows_of_answers_are_measured_with_their_deviation() -> None:
    with shop(5, 4, 4, 2, 5).opened() as workspace:
        found = workspace.measure([Request("review_rating", (JANUARY,), by) for by in ((), ("channel",))], ["a"])
        whole, web = (found.get("a", "review_rating", JANUARY, slice) for slice in (TOTAL, "channel=web"))
        assert (whole.value, whole.answers) == (4.0, 5)
        assert whole.deviation == pytest.approx(stdev([5, 4, 4, 2, 5]))  # squares 1 + 0 + 0 + 4 + 1, by 4: 1.5
        assert (web.value, web.answers) == (3.5, 2)
        assert web.deviation == pytest.approx(stdev([5, 2]))
        orders = workspace.measure([Request("orders", (JANUARY,))], ["a"]).get("a", "orders", JANUARY)
        assert (orders.answers, orders.deviation) == (None, None)


def test_the_report_says_between_what_a_mean_may_lie(tmp_path: Path) -> None:
    # mean 4, variance 1.5, t of 4 degrees of freedom 2.7764: 2.7764 * sqrt(1.5 / 5) = 1.5207, cut at 5 stars
    review = shop(5, 4, 4, 2, 5).at(tmp_path).client("a").evaluate("2024-01")
    whole = document(review.evaluation)["facts"][0]["interval"]
    assert (whole["lower"], whole["upper"], whole["answers"]) == (pytest.approx(2.4793, abs=1e-4), 5.0, 5)
    said = "From 5 answers: with 95% confidence between 2.48 and 5.00. With fewer than 30 answers"
    assert said in str(review.others())
    doubt = "The target lies in between: on which side of it the figure is may be chance."
    assert doubt in str(review.others())
    sure = shop(*[4, 5] * 200).at(tmp_path / "sure").client("a").evaluate("2024-01")  # 4.5, known to a twentieth
    assert "From 400 answers" in str(sure.others()) and doubt not in str(sure.others())


def test_answers_that_are_all_alike_are_told_so(tmp_path: Path) -> None:
    review = shop(*[5] * 40).at(tmp_path).client("a").evaluate("2024-01")
    assert "From 40 answers, all alike, so how far others would differ is not known." in str(review.others())
    one = shop(5).at(tmp_path / "one").client("a").evaluate("2024-01")
    assert "From 1 answer, so how far others would differ is not known." in str(one.others())
    assert document(one.evaluation)["facts"][0]["interval"]["lower"] is None


def test_a_mean_of_days_has_no_interval(tmp_path: Path) -> None:
    review = shop(5, 4, kind="aggregates").at(tmp_path).client("a").evaluate("2024-01")
    assert review.evaluation.fact("satisfaction.review_rating").interval is None


def reviewed(aim: str) -> Shop:
    """Two years of 20 reviews a month, nearly all of them with five of five stars."""
    chance = Random(1)
    months = [f"{year}-{month:02}-05" for year in (2023, 2024) for month in range(1, 13)]
    rows = [Sale(day, customer=5 if chance.random() < 0.93 else 4) for day in months for _ in range(20)]
    own = plan(KEEP.replace("value: 4", f"value: {aim}"))
    return Shop(rows, covers="2023-01-01..2024-12-31", plans={"a/1": own}, more=STARS)


def test_neither_what_is_usual_nor_a_forecast_passes_the_end_of_a_scale() -> None:
    fact = fact_of(reviewed("4.9"), "satisfaction.review_rating", "2024-12")
    limits, between, found = fact.series.limits, usual_range(fact), fact.outlook
    assert limits is not None and limits.upper > 5 and between is not None and between[1] == 5
    assert found is not None and found.upper is not None and found.lower is not None and found.lower < found.upper <= 5
    assert 0.01 < found.probability < 0.99  # type: ignore[operator]
    known = found.forecast
    assert (known.probability_above(1, 1.0), known.probability_above(1, 5.01)) == (1.0, 0.0)


def test_more_stars_than_there_are_is_no_target() -> None:
    fact = fact_of(reviewed("5.5"), "satisfaction.review_rating", "2024-12")
    assert (fact.status, fact.status_reason) == ("cannot_be_judged", "impossible_target")


def test_a_kept_forecast_knows_the_ends_of_its_scale(tmp_path: Path) -> None:
    history = History((4.9, 5.0, 4.8, 4.9) * 4, SCORE, Calendar().parse("2024-12"), 0, (1.0, 5.0))
    made, again = Kept(), Kept()
    found = made.of(history, 3)
    made.write(tmp_path / "kept.json")
    again.read(tmp_path / "kept.json")
    assert len(again) == 1 and again.of(history, 3) == found and found.ends == (1.0, 5.0)
