"""Recurring revenue taken apart by what moved it between two days."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kpikit.evaluation.drivers.parts import Decomposition
from tests.workspaces import Sale, Shop, plan

MRR = "{indicator: subscription.mrr, cadence: month, target: {kind: keep, value: 900}}"
ADDED = ("new", "expansion", "reactivated")
METRICS = "  mrr: {source: sales, where: {channel: level}, last: value, unit: money, currency: GBP}\n" + "".join(
    f"  {each}_mrr: {{source: sales, where: {{channel: {each}}}, sum: value, unit: money, currency: GBP}}\n"
    for each in (*ADDED, "contraction", "churned")
)
LEVELS = {"2023-03-31": 800, "2024-01-31": 1000, "2024-02-29": 1150, "2024-03-31": 1100}
MOVED = [
    ("2023-06-10", "new", 200),
    *[("2024-02-03", "new", 200), ("2024-02-10", "expansion", 50), ("2024-02-20", "churned", 100)],
    *[("2024-03-03", "new", 100), ("2024-03-04", "reactivated", 20)],
    *[("2024-03-20", "contraction", 70), ("2024-03-21", "churned", 100)],
]


def apart(folder: Path, moved: Sequence[tuple[str, str, int]] = MOVED) -> dict[str, Decomposition]:
    """The change of the recurring revenue of March 2024 by its movements, against each comparison."""
    sales = [Sale(day, f"{value}.00", channel="level") for day, value in LEVELS.items()]
    sales += [Sale(day, f"{value}.00", channel=channel) for day, channel, value in moved]
    plans = {"default/1": plan(MRR, in_force_from="2024-01-01")}
    shop = Shop(sales, covers="2023-01-01..2024-03-31", plans=plans, more=METRICS)
    (fact,) = shop.at(folder).evaluate("a", "2024-03").kpis
    return {one.against: one for one in fact.drivers if one.method == "movements"}


@pytest.mark.parametrize(
    ("against", "change", "effects"),
    [
        ("previous_period", -50, {"new": 100, "expansion": 0, "reactivated": 20, "contraction": -70, "churned": -100}),
        (
            "same_period_last_year",  # all since the end of March 2023
            300,
            {"new": 500, "expansion": 50, "reactivated": 20, "contraction": -70, "churned": -200},
        ),
    ],
)
def test_what_came_and_went_adds_up_to_the_change(
    tmp_path: Path, against: str, change: float, effects: dict[str, float]
) -> None:
    one = apart(tmp_path)[against]
    named = {f"subscription.{name}_mrr": value for name, value in effects.items()}
    assert (one.change, one.reason) == (change, None)
    assert {each.name: each.value for each in one.drivers} == named
    assert {(each.effect, each.before) for each in one.drivers} == {("amount", None)}
    assert {each.name: each.after for each in one.drivers} == {name: abs(value) for name, value in named.items()}


def test_a_movement_that_is_missing_is_said(tmp_path: Path) -> None:
    one = apart(tmp_path, MOVED[:-1])["previous_period"]
    assert (one.reason, one.drivers) == ("identity_off", ())
