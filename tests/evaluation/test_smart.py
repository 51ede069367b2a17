"""The SMART check: plans that each fail one letter alone, with the words and the way out; and one that fails none.

The history is 18 months of 100 and 110 orders in turn, January 2023 to June 2024. By hand: average 105, every moving
range 10, so usual are 105 -/+ 2.66 * 10, 78.4 to 131.6; the best month had 110.
Cancellations are 10 and 12 of 100 calls in turn: usual are 11 % -/+ 2.66 * 2 %, 5.68 % to 16.32 %; the best had 10 %.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpikit.evaluation.forecast.kept import Kept
from kpikit.evaluation.forecast.outlook import with_outlooks
from kpikit.evaluation.goals.smart import FINDINGS, LETTERS, check, finding_words
from kpikit.plans.read import read_plans
from kpikit.words.errors import SettingError
from kpikit.words.language import Language
from kpikit.words.periods import Calendar
from tests.evaluation.smart_cases import FAILS, GOAL, KPI, ORDERS, RATE_KPI, SMART, YEARLY, target, written
from tests.histories import CALENDAR, History, label, monthly, save


def found(folder: Path, text: str, history: History, period: str | None = None) -> list[tuple[str, str, str, str]]:
    """What the check finds: goal, letter, finding and way out, in English."""
    plan, evaluation = history.under(folder, text, period)
    say = Language("en")
    return [
        (each.goal, each.letter, *finding_words(each, label(each.fact) if each.fact else "", say))
        for each in check(plan, evaluation)
    ]


@pytest.mark.parametrize(("text", "history"), [row[1:] for row in SMART], ids=[row[0] for row in SMART])
def test_a_smart_goal_has_no_finding(tmp_path: Path, text: str, history: History) -> None:
    assert found(tmp_path, text, history) == []


@pytest.mark.parametrize(
    ("text", "history", "letter", "finding", "way_out"),
    [row[1:] for row in FAILS],
    ids=[f"{row[3]}-{row[0]}-{at}" for at, row in enumerate(FAILS)],
)
def test_a_plan_that_fails_one_letter_alone(
    tmp_path: Path, text: str, history: History, letter: str, finding: str, way_out: str
) -> None:
    assert found(tmp_path, text, history) == [("grow", letter, finding, way_out)]


def test_every_finding_is_in_the_table() -> None:
    assert {row[0] for row in FAILS} | {"unlikely", "was_unlikely"} == set(FINDINGS)
    assert all(FINDINGS[row[0]][0] == row[3] for row in FAILS)


@pytest.mark.parametrize(("value", "chance"), [("111", "under 5%"), ("103", None)])
def test_a_target_that_will_hardly_be_reached(tmp_path: Path, value: str, chance: str | None) -> None:
    text = written(GOAL | {"until": "2024-12-31"}, KPI | {"target": f"{{kind: reach, value: {value}, by: 2024-12}}"})
    history = History({"orders": monthly(100, 104, 97, 102, 96, 101, 99, months=18)})
    plan, evaluation = history.under(tmp_path, text)
    assert check(plan, evaluation) == []  # within what is usual; and no outlook was asked for
    foreseen = with_outlooks(evaluation, CALENDAR, Kept())
    words = [finding_words(each, "Orders", Language("en"))[0] for each in check(plan, foreseen)]
    course = f"Orders: on the present course the probability of reaching {value} by 31 December 2024 is {chance}."
    assert words == ([course] if chance else [])
    later = with_outlooks(replace(evaluation, as_of=date(2025, 3, 1)), CALENDAR, Kept())  # when its day is over
    told = [finding_words(each, "Orders", Language("en"))[0] for each in check(plan, later)]
    then = f"Orders: seen from June 2024, the probability of having reached {value} by 31 December 2024 was {chance}."
    assert [each for each in told if "seen from" in each] == ([then] if chance else [])


def test_a_target_exactly_on_a_limit_can_be_reached_by_the_process(tmp_path: Path) -> None:
    plan, evaluation = ORDERS.under(tmp_path, target("kind: keep, value: 120"))
    fact = evaluation.kpis[0]
    assert fact.target and fact.series.limits
    upper = fact.series.limits.upper  # 131.6
    at, beyond = (replace(fact, target=replace(fact.target, value=value)) for value in (upper, upper + 0.001))
    assert check(plan, replace(evaluation, facts=(at,))) == []
    assert [each.code for each in check(plan, replace(evaluation, facts=(beyond,)))] == ["too_big"]


def test_what_was_reached_before_is_not_too_big(tmp_path: Path) -> None:
    # One month of 300 lies far beyond what is usual; 250 was beaten once, so it is not called out of reach.
    history = History({"orders": [*monthly(100, 110, months=8), 300, *monthly(100, 110, months=9)]})
    assert found(tmp_path, target("kind: reach, value: 250, by: 2024-12"), history) == []
    assert [row[1] for row in found(tmp_path, target("kind: reach, value: 301, by: 2024-12"), history)] == ["A"]


def test_a_target_for_months_is_not_held_against_quarters(tmp_path: Path) -> None:
    # Quarters have 310 or 320 orders; against them a target of 120 a month would look as if it asked for nothing.
    assert found(tmp_path, written(GOAL, KPI), ORDERS, "2024-Q2") == []


def test_a_fiscal_years_sum_is_held_against_fiscal_years(tmp_path: Path) -> None:
    # Eight years from July to June, of 1,200 and 1,320 in turn: usual are 1,260 -/+ 2.66 * 120, 941 to 1,579.
    years = [*monthly(100, months=12), *monthly(110, months=12)] * 4
    history = History({"orders": years}, "2016-07", Calendar(7))
    kpi = YEARLY | {"baseline": "FY2022", "target": "{kind: cumulative, value: 1350, over: FY2023}"}
    assert found(tmp_path, written(GOAL | {"until": "2024-12-31"}, kpi), history, "FY2023") == []


def test_findings_come_goal_by_goal_in_the_order_of_the_letters(tmp_path: Path) -> None:
    text = written(
        {"statement": "Sell more.", "level": "department"}, {"indicator": "sales.orders", "cadence": "month"}
    )
    text += "  loyal: {statement: Loyal., level: campaign, parent: grow}\n"
    rows = found(tmp_path, text, ORDERS)
    assert [(goal, letter) for goal, letter, *_ in rows] == [
        *(("grow", letter) for letter in "SSMART"),
        *(("loyal", letter) for letter in "SSSART"),
    ]
    assert list(LETTERS) == list("SMART")


def test_five_per_cent_more_of_a_rate_is_refused_when_the_plan_is_read(tmp_path: Path) -> None:
    save(tmp_path, a_1=target("kind: reach, change: +5 %, by: 2024-12", RATE_KPI))
    with pytest.raises(SettingError) as error:
        read_plans(tmp_path, "a", CALENDAR)
    assert str(error.value) == (
        f"{tmp_path}/a/1.yml, line 13, goals.grow.kpis[1].target.change: '+5 %' on a share has two meanings. "
        "Write '+5 % relative' (from 2 % on, +5 % gives 2.1 %) or '+5 pp' (from 2 % on, +5 pp gives 7 %)."
    )
