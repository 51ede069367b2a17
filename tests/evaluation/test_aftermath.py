"""What came of actions and decisions: levels, seasons and rates by hand; and no signal that was there before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpikit.evaluation.facts import Value
from kpikit.evaluation.proposals.aftermath import Followed, about_kpis, followed
from kpikit.evaluation.values import average
from kpikit.words.language import Language
from kpikit.workspace.plan.changes import followed as aftermath_page
from tests.charts.samples import fact_of, full
from tests.evaluation.scenes import GOAL, HEAD, keep, staged

ACTION = "actions: [{{what: New window., who: Bo, due: {day}{more}}}]"
WAVE = (100, 104, 98, 102, 97, 103)


def after(folder: Path, orders: list[float | None], *actions: str) -> list[Followed]:
    """What followed the action as each version of the plan has it."""
    texts = [HEAD.format(begins=f"2024-0{number}-01") + GOAL.format(kpi=keep(100), more=action)
             for number, action in enumerate(actions, 1)]  # fmt: skip
    found = staged(folder, *texts, orders=orders)
    return followed(found.versions, found.evaluation)


def test_a_signal_that_was_there_before_is_none_since_then(tmp_path: Path) -> None:
    """The orders fell in February; the action came in August, and nothing changed with it."""
    orders = [float(100 + each % 5) for each in range(13)] + [float(60 + each % 5) for each in range(11)]
    (found,) = after(tmp_path, orders, ACTION.format(day="2024-08-01", more=""))
    assert found.rule is None and found.periods_after == 5
    falls = [float(100 + each % 5) for each in range(19)] + [float(60 + each % 5) for each in range(5)]
    (found,) = after(tmp_path / "later", falls, ACTION.format(day="2024-08-01", more=""))
    assert (found.rule is not None, found.way) == (True, -1)


def test_an_action_is_told_once_as_the_last_version_has_it(tmp_path: Path) -> None:
    orders: list[float | None] = [float(each) for each in WAVE * 4]
    versions = ACTION.format(day="2024-06-01", more=""), ACTION.format(day="2024-06-01", more=", done: 2024-07-01")
    (found,) = after(tmp_path, orders, *versions)
    assert (found.on, found.done) == (date(2024, 7, 1), True)


def test_a_season_is_held_against_the_same_months_of_the_year_before(tmp_path: Path) -> None:
    """Each year the same, but for 2 more and 2 less in turn: 200 in winter and 50 in summer."""
    year = [200.0, 203, 198, 120, 52, 49, 51, 50, 48, 121, 199, 202]
    ways = [(-1) ** month * 2 for month in range(12)]
    orders: list[float | None] = [
        value + times * way for times in (0.4, 1, -1) for value, way in zip(year, ways, strict=True)
    ]
    text = HEAD.format(begins="2025-01-01") + GOAL.format(kpi=keep(100), more=ACTION.format(day="2025-05-01", more=""))
    found = staged(tmp_path, text, orders=orders)
    (one,) = followed(found.versions, found.evaluation)
    # May to December of both years: (52 + 49 + 51 + 50 + 48 + 121 + 199 + 202) / 8, where the 2 cancel out
    assert (one.before, one.after, one.periods_before) == (pytest.approx(96.5), pytest.approx(96.5), 8)
    assert one.a_year_apart
    cells = aftermath_page([one], {True}, {"sales.orders": "Orders"}, Language("en")).text
    assert "97 (8 periods, the same of the year before)" in cells and "97 (8 periods) " in cells


def test_the_average_of_a_rate_is_that_of_the_whole_time() -> None:
    # 1 of 10 and 90 of 990: 91 of 1,000, and not (10 % + 9.09 %) / 2
    points = fact_of([full(0.1), full(90 / 990)]).series.points
    rates = [replace(point, value=Value(point.value.value, numerator=top, denominator=bottom))
             for point, (top, bottom) in zip(points, ((1.0, 10.0), (90.0, 990.0)), strict=True)]  # fmt: skip
    assert average(rates) == pytest.approx(0.091)
    assert average(points) == pytest.approx((0.1 + 90 / 990) / 2)  # nobody knows of how many


def test_a_decision_about_the_whole_is_not_one_about_a_part(tmp_path: Path) -> None:
    decision = "{on: 2024-06-01, by: Ann, what: More., why: So., proposal: 'raise_target:PLACE', answer: accepted}"
    for place, expected in (("sales.orders", ["sales.orders"]), ("sales.orders[channel=web]", [])):
        text = HEAD.format(begins="2024-06-01") + GOAL.format(kpi=keep(100), more="")
        text += f"decisions: [{decision.replace('PLACE', place)}]\n"
        found = staged(tmp_path / place, text, orders=[float(each) for each in WAVE * 4])
        assert [each.fact.key for each in followed(found.versions, found.evaluation)] == expected


SAID = "decisions: [{{on: 2024-03-01, by: Ann, what: Said., why: So.{more}}}]\n"
ANSWERS = ", proposal: '{id}', answer: {answer}"


@pytest.mark.parametrize(
    ("more", "about"),
    [
        ("", {False}),
        (ANSWERS.format(id="name_owner:grow", answer="changed"), {False}),
        (ANSWERS.format(id="raise_target:sales.orders", answer="declined"), set()),
        (ANSWERS.format(id="raise_target:sales.orders", answer="accepted"), {True}),
        (ANSWERS.format(id="end_action:sales.orders:12", answer="accepted"), {True}),
    ],
)
def test_what_names_no_kpi_cannot_be_followed(tmp_path: Path, more: str, about: set[bool]) -> None:
    text = HEAD.format(begins="2024-03-01") + GOAL.format(kpi=keep(100), more="") + SAID.format(more=more)
    found = staged(tmp_path, text, orders=[float(each) for each in WAVE * 4])
    assert about_kpis(found.versions, found.evaluation) == about
    assert [each.fact.key for each in followed(found.versions, found.evaluation)] == ["sales.orders"] * (
        about == {True}
    )


def test_a_page_without_anything_to_follow_says_why() -> None:
    def words(*about: bool) -> list[str]:
        return aftermath_page([], about, {}, Language("en")).text.splitlines()

    too_new = ["No action or decision is old enough to see what followed."]
    unnamed = ["Decisions that name no KPI of the plan, and actions for goals without one, cannot be followed."]
    assert words() == words(True) == too_new
    assert words(False) == unnamed
    assert words(False, True) == [*unnamed, "None of the others is old enough to see what followed."]
