"""Sums and targets that were sent for an earlier period, against what they are now: told where both are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.reported import SENT, Step, figures, revision_sentences, revisions
from kpikit.plans.read import read_plans
from kpikit.words.language import Language
from tests.evaluation.scenes import GOAL, HEAD, keep
from tests.histories import CALENDAR, History, save

Told = tuple[str, str, float, float]
Months = Sequence[float | None]

THEN: Months = [10, 20, 30, 40, 50]
LATE: Months = [15, 20, 30, 40, 50]
"""Orders from January on, and the same with five of January that came late."""

YEAR = keep(900).replace("kind: keep", "kind: cumulative, over: 2024")
QUARTER, SECOND = YEAR.replace("2024", "2024-Q1"), YEAR.replace("2024", "2024-Q2")
TENTH = keep("x").replace("value: x", "change: +10 %").replace("month,", "month, baseline: 2024-01,")
REACH = TENTH.replace("kind: keep", "kind: reach, by: 2024-12")
FIFTH = TENTH.replace("10 %", "20 %")
MORE = YEAR.replace("value: 900", "change: +10 %").replace("month,", "month, baseline: 2023,")
TABLE = TENTH.replace("change: +10 %", "values: {2024-02: 11, 2024-03: 17, 2024-04: 18}")


def versions(folder: Path, *kpis: str) -> list[str]:
    """Plans of one KPI each: the first in force from 2023, the second from 1 March 2024."""
    begins = ("2023-01-01", "2024-03-01")
    texts = [HEAD.format(begins=day) + GOAL.format(kpi=kpi, more="") for day, kpi in zip(begins, kpis, strict=False)]
    save(folder, **{f"a_{number}": text for number, text in enumerate(texts, 1)})
    return texts


def seen(folder: Path, orders: Months, period: str, begins: str = "2024-01") -> Evaluation:
    """The evaluation of a period by the plan that was then in force, seen from its end."""
    window = CALENDAR.parse(period).window
    plan = [each for each in read_plans(folder, "a", CALENDAR) if each.in_force_from <= window.start][-1]
    months = len(CALENDAR.within("month", replace(window, start=CALENDAR.parse(begins).start)))
    return History({"orders": orders[:months]}, begins).evaluate(plan, period)


def sent(evaluation: Evaluation) -> Step:
    return Step(SENT, "Ann", date(2024, 12, 1), evaluation.period, evaluation.as_of, figures(evaluation))


def told(evaluation: Evaluation, *steps: Step) -> list[Told]:
    """The revisions of sums and targets."""
    found = [each for each in revisions(evaluation, steps) if each.figure != "value"]
    return [
        (each.figure, str(each.period), *(round(value or 0.0, 6) for value in (each.reported, each.now)))
        for each in found
    ]


@pytest.mark.parametrize(
    ("kpis", "periods", "expected"),
    [
        ([YEAR], ["2024-02"], [("achieved", "2024-02", 30, 35)]),  # 10 + 20; 15 + 20
        ([YEAR], ["2024-01", "2024-02"], [("achieved", "2024-02", 30, 35)]),  # the latest has the others in it
        ([YEAR], ["2024-01"], []),  # January's sum is January's value, which is told
        ([QUARTER], ["2024-03"], [("achieved", "2024-03", 60, 65)]),
        ([QUARTER], ["2024-04"], [("achieved", "2024-04", 60, 65)]),  # the quarter was over: 10 + 20 + 30
        ([QUARTER, YEAR], ["2024-02"], [("achieved", "2024-02", 30, 35)]),  # both begin on the same day
        ([YEAR, SECOND], ["2024-02"], []),  # what is added up since April says nothing of a sum since January
        ([YEAR, keep(9)], ["2024-02"], []),
        ([keep(9)], ["2024-02"], []),
        ([TENTH], ["2024-02", "2024-03"], [("target", "2024-03", 11, 16.5)]),  # 1.1 x 10; 1.1 x 15
        ([REACH], ["2024-02"], [("target", "2024-02", 11, 16.5)]),
        ([TENTH, FIFTH], ["2024-02"], []),  # another version is no other figure: 18 is what it asks since March
        ([TENTH, FIFTH], ["2024-03"], [("target", "2024-03", 12, 18)]),  # 1.2 x 10; 1.2 x 15
        ([TENTH, TENTH], ["2024-02"], [("target", "2024-02", 11, 16.5)]),  # the second asks the same
        ([TABLE], ["2024-02", "2024-03"], []),
    ],
)
def test_the_next_report_tells_what_was_sent_and_is_otherwise_now(
    kpis: list[str], periods: list[str], expected: list[Told], tmp_path: Path
) -> None:
    versions(tmp_path, *kpis)
    steps = [sent(seen(tmp_path, THEN, each)) for each in periods]
    assert told(seen(tmp_path, LATE, "2024-05"), *steps) == expected
    assert told(seen(tmp_path, THEN, "2024-05"), *steps) == []


def test_a_sum_and_its_target_from_a_baseline_are_told_both(tmp_path: Path) -> None:
    """2023 had ten a month, 120, so that 132 was asked; with five more in 2023 it is 137.5. The sum is as it was."""
    versions(tmp_path, MORE)
    then, late = [10.0] * 12 + [*THEN], [15.0] + [10.0] * 11 + [*LATE]
    step = sent(seen(tmp_path, then, "2024-03", "2023-01"))
    assert told(seen(tmp_path, late, "2024-04", "2023-01"), step) == [
        ("achieved", "2024-03", 60, 65),
        ("target", "2024-03", 132, 137.5),
    ]


@pytest.mark.parametrize("now", [[15, None, 30, 40], [None, 20, 30, 40]])
def test_a_sum_with_a_month_that_is_not_known_is_not_told(now: Months, tmp_path: Path) -> None:
    versions(tmp_path, YEAR)
    step = sent(seen(tmp_path, THEN, "2024-02"))
    assert told(seen(tmp_path, now, "2024-04"), step) == []


def test_nor_is_one_of_before_the_series_begins_and_one_whose_days_nobody_kept(tmp_path: Path) -> None:
    versions(tmp_path, YEAR)
    step = sent(seen(tmp_path, THEN, "2024-03"))
    assert told(seen(tmp_path, LATE[1:], "2024-04", "2024-02"), step) == []
    bare = replace(step, figures=tuple(replace(each, days=None) for each in step.figures))
    assert told(seen(tmp_path, LATE, "2024-04"), bare) == []


def test_a_period_of_another_length_is_not_in_the_series(tmp_path: Path) -> None:
    versions(tmp_path, YEAR)
    step = sent(seen(tmp_path, THEN, "2024-Q1"))
    assert told(seen(tmp_path, LATE, "2024-04"), step) == []


def test_the_report_itself_comes_before_an_earlier_one(tmp_path: Path) -> None:
    """Where March is sent, too, its own sum is told: 10 + 20 + 30 = 60, and now 65."""
    versions(tmp_path, YEAR)
    steps = [sent(seen(tmp_path, THEN, each)) for each in ("2024-02", "2024-03")]
    assert told(seen(tmp_path, LATE, "2024-03"), *steps) == [("achieved", "2024-03", 60, 65)]


@pytest.mark.parametrize(
    ("january", "said"), [(1010.01, []), (1040.0, ["1,060; the report of 1 December 2024 said 1,030."])]
)
def test_what_looks_the_same_as_in_the_report_is_not_said(january: float, said: list[str], tmp_path: Path) -> None:
    """1,010 + 20 = 1,030; a hundredth more is in the facts and in no sentence, thirty more are 1,060."""
    versions(tmp_path, YEAR)
    step, evaluation = sent(seen(tmp_path, [1010, 20], "2024-02")), seen(tmp_path, [january, 20, 30], "2024-03")
    found = replace(evaluation, revisions=[each for each in revisions(evaluation, [step]) if each.figure != "value"])
    assert [each.figure for each in found.revisions] == ["achieved"]
    told = revision_sentences(found, {"sales.orders": "Orders"}, Language("en"))
    assert told == [f"Orders, up to February 2024: {each}" for each in said]
