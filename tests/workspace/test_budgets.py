"""A media budget: what is spent on a channel in a month, kept in a range, and where the running month will end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kpikit.evaluation.forecast.outlook_words import outlook_sentences
from kpikit.words.language import Language
from tests.workspaces import Sale, Shop, plan

BUDGET = "{indicator: sales.revenue, cadence: month, member: {channel: web}, target: {kind: keep, value: 2900..3300}}"
# Each day 90, 100 or 110 on one channel, and 7 on another; two years, seen from 15 December 2025
DAYS = [date(2024, 1, 1) + timedelta(days=at) for at in range(715)]
SHOP = Shop(
    [Sale(str(day), value=f"{90 + day.toordinal() % 3 * 10}.00", channel="web") for day in DAYS]
    + [Sale(str(day), value="7.00", channel="phone") for day in DAYS],
    covers="2024-01-01..2025-12-15",
    plans={"default/1": plan(BUDGET)},
)


def test_where_a_running_month_will_end() -> None:
    with SHOP.opened() as workspace:
        fact = workspace.evaluate("a", "2025-12").kpis[0]
        over = workspace.evaluate("a", "2025-11").kpis[0]
    assert (fact.value.value, fact.status) == (1500, "on_track")  # 15 days of 100 on average
    assert fact.target is not None and fact.target.passed == 15 / 31  # 1,403 to 1,597 are due by now
    found = fact.outlook
    assert found is not None and found.lower is not None and found.upper is not None
    # 1,500 and 16 of 31 days of a month that brings about 3,050, or 3,074 by what is there: 1,587, in all 3,087; that
    # many months had 28, 30 or 31 days is its spread, to which what is there adds its own
    assert 2950 < found.lower < 3050 < found.upper < 3200
    assert found.probability is not None and found.probability > 0.95
    assert (over.status, over.outlook and over.outlook.kind) == ("met", "keep")
    text = outlook_sentences(fact, "Web", Language("en"))[0]
    assert text.startswith("Web, December 2025, on the present course: between £2,990 and £3,180")


@pytest.mark.parametrize(
    ("period", "kind", "line"),
    [  # of 2,000 to 2,400 at most 2,400 x 15 / 31 = 1,161 are due by 15 December, and 1,500 are spent
        ("2025-12", "at_risk", "£1,500 so far, £339 more than is due by now · 31 December 2025"),
        ("2025-11", "missed", "£3,000, £600 above target · 30 November 2025"),  # 30 days of 100 on average
    ],
)
def test_a_budget_that_is_left_is_named_in_the_triage(period: str, kind: str, line: str) -> None:
    shop = replace(SHOP, plans={"default/1": plan(BUDGET.replace("2900..3300", "2000..2400"))}, clients=("a",))
    with shop.opened() as workspace:
        view = workspace.triage(period)
        assert [each.kind for each in view.found.items if each.fact] == [kind]
        assert line in str(view)
