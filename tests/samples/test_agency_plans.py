"""The agency's plans: each of the six has goals of every kind that people write."""

from __future__ import annotations

import re

import pytest

from tests.samples.test_agency import CLIENTS
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
