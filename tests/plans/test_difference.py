"""How two versions of a plan differ: goal by goal and KPI by KPI, whatever the order they are written in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.plans.difference import Difference, differences
from tests.workspaces import PURE_LAWS

RATE = {"indicator": "web.conversion_rate", "cadence": "month", "target": {"kind": "keep", "value": "2 %"}}
GOOGLE = {**RATE, "member": {"channel": "Google"}}
GOOGLE_KEY = "web.conversion_rate[channel=Google]"


def plan(*kpis: dict[str, Any], **goal: Any) -> dict[str, Any]:
    """A plan with one goal."""
    return {"in_force_from": "2026-01-01", "goals": {"grow": {"statement": "Grow.", **goal, "kpis": list(kpis)}}}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (plan(RATE), plan(RATE), []),
        (plan(RATE), plan(RATE) | {"vision": "Best."}, [Difference(None, None, "vision", None, "Best.")]),
        (plan(owner="Ann"), plan(), [Difference("grow", None, "owner", "Ann", None)]),
        (  # what else a new one says follows
            plan(RATE),
            plan(GOOGLE, RATE),
            [
                Difference("grow", GOOGLE_KEY, "", None, GOOGLE),
                Difference("grow", GOOGLE_KEY, "cadence", None, "month"),
            ],
        ),
        (plan(RATE, GOOGLE), plan(RATE), [Difference("grow", GOOGLE_KEY, "", GOOGLE, None)]),
        (
            plan(RATE),
            plan({**RATE, "baseline": "2025"}),
            [Difference("grow", "web.conversion_rate", "baseline", None, "2025")],
        ),
        (  # the second of two KPIs that are alike has its number behind it
            plan(RATE, RATE),
            plan(RATE, {**RATE, "cadence": "week"}),
            [Difference("grow", "web.conversion_rate (2)", "cadence", "month", "week")],
        ),
        (
            plan(),
            {"in_force_from": "2026-01-01", "goals": {"save": {"statement": "Save.", "owner": "Bo"}}},
            [
                Difference("save", None, "", None, {"statement": "Save.", "owner": "Bo"}),
                Difference("save", None, "owner", None, "Bo"),
                Difference("grow", None, "", {"statement": "Grow.", "kpis": []}, None),
            ],
        ),
    ],
)
def test_what_differs(before: dict[str, Any], after: dict[str, Any], expected: list[Difference]) -> None:
    assert differences(before, after) == expected


@PURE_LAWS
@given(st.permutations([RATE, GOOGLE]), st.sampled_from([None, "Ann"]), st.sampled_from([None, "Bo"]))
def test_order_is_no_difference_and_the_way_back_is_the_same_turned_round(
    kpis: list[dict[str, Any]], old: str | None, new: str | None
) -> None:
    before, after = plan(RATE, GOOGLE, owner=old), plan(*kpis, owner=new)
    back = {(each.goal, each.kpi, each.key, each.after, each.before) for each in differences(after, before)}
    assert {(each.goal, each.kpi, each.key, each.before, each.after) for each in differences(before, after)} == back
    assert len(back) == (old != new)
