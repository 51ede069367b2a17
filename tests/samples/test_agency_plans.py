"""The agency's plans: each of the six has goals of every kind that people write."""

from __future__ import annotations

import re

import pytest

from tests.samples.agency import CLIENTS, plain, rows
from tests.workspaces import sample

LEVELS = {"organisation", "department", "campaign", "individual"}
SURVEYED = ("marketing.brand_awareness", "satisfaction.", "people.wellbeing", "people.satisfaction")
SUSTAINABLE = re.compile("sustainable|bæredygtig|bærekraftig")


@pytest.mark.parametrize("client", CLIENTS)
def test_each_plan_has_goals_of_every_kind(client: str) -> None:
    plan = sample("agency").plans(client)[-1]
    assert {goal.level for goal in plan.goals} == LEVELS
    assert {kpi.target.kind for kpi in plan.kpis if kpi.target} == {"keep", "reach", "cumulative"}
    assert [kpi.indicator for kpi in plan.kpis if kpi.indicator.startswith(SURVEYED)]
    # "Become more sustainable" has no KPI of its own; the goals beneath it have.
    (goal,) = (each for each in plan.goals if not each.kpis and SUSTAINABLE.search(str(each.statement)))
    beneath = [child for child in plan.goals if child.parent == goal.key]
    assert beneath and all(kpi.indicator.startswith("sustainability.") for child in beneath for kpi in child.kpis)


CHANNELS = {  # what each client sells, answers or is found through
    "brynje": {"place": "To go", "shop": "Aarhus C"},
    "maskegarn": {"channel": "Paid Search", "ad_platform": "Meta Ads"},
    "kvartal": {"channel": "Organic Search", "deal_source": "Partner"},
    "fjordvik": {"case_channel": "Telefon", "topic": "Barnehage"},
    "rugmark": {"platform": "Instagram", "line": "Linje 3"},
    "kysthjelpen": {"channel": "Email", "gift": "Fast giver"},
}


@pytest.mark.parametrize("client", CLIENTS)
def test_each_plan_has_goals_of_one_channel_and_the_individual_one_is_a_persons_own(client: str) -> None:
    plan = sample("agency").plans(client)[-1]
    members = {kpi.member for kpi in plan.kpis if kpi.member}
    assert members >= set(CHANNELS[client].items())
    whole = {kpi.indicator for goal in plan.goals if goal.level != "individual" for kpi in goal.kpis if not kpi.member}
    for goal in (goal for goal in plan.goals if goal.level == "individual"):
        assert all(kpi.member or kpi.indicator not in whole for kpi in goal.kpis)


# Media budgets, of which the shop has three in Google Ads.


def spent(campaign: str, last_day: str) -> float:
    """What a campaign has cost in February 2026 until a day, from the file alone."""
    every = rows("maskegarn", "google_ads.csv.gz", skip=2)
    own = [row for row in every if row["Campaign"] == campaign and "2026-02-01" <= row["Day"] <= last_day]
    return plain(own, "Cost")


@pytest.mark.parametrize(
    ("campaign", "low", "high", "status"),
    [
        ("Yarn", 40_000, 46_000, "on_track"),
        ("Brand", 3_500, 6_500, "at_risk"),
        ("Remarketing", 5_500, 9_500, "on_track"),
    ],
)
def test_a_budget_in_the_middle_of_its_month(campaign: str, low: float, high: float, status: str) -> None:
    """On the 18th of 28 days it may have spent 18/28 of both ends: Brand 4,825 of 2,250 to 4,179."""
    review = sample("agency").client("maskegarn").evaluate("2026-02", as_of="2026-02-18")
    fact = review.evaluation.fact(f"ads.spend[campaign={campaign}]")
    so_far, target = spent(campaign, "2026-02-18"), fact.target
    assert target and target.achieved == pytest.approx(so_far)
    assert (target.value, target.upper) == (low, high)
    assert (so_far > high * 18 / 28) == (status == "at_risk") and fact.status == status
    ahead = fact.outlook
    assert ahead and ahead.lower < spent(campaign, "2026-02-28") < ahead.upper  # what came of it


def test_budget_moves_from_what_does_not_use_it_up_to_what_passes_it() -> None:
    redesign = sample("agency").client("maskegarn").evaluate("2026-02", language="en").redesign
    (move,) = [each for each in redesign.proposed() if each.kind == "pace_budget"]
    over, left = spent("Brand", "2026-02-28") - 6_500, 5_500 - spent("Remarketing", "2026-02-28")
    assert over > 275 < left  # a twentieth of what Remarketing may have at least
    assert move.numbers["amount"] == pytest.approx(min(over, left), abs=0.5)
