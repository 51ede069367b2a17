"""What took a KPI away from its target, and the proposal to begin an action that names it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpikit.evaluation.drivers.away import away
from kpikit.evaluation.drivers.parts import Decomposition, Driver
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.proposals.find import proposals
from kpikit.evaluation.proposals.proposal import proposal_words
from kpikit.words.language import Language
from kpikit.words.units import COUNT
from tests.evaluation.scenes import keep, scene
from tests.workspaces import Sale, Shop, plan


def apart(against: str, effects: dict[str, float], method: str = "members", reason: str | None = None) -> Decomposition:
    """A change taken apart; of "formula" into metrics, else into members of a channel."""
    formula, dimension = ("a / b", None) if method == "formula" else (None, "channel")
    kind, effect = ("member", "amount") if dimension else ("metric", "factor")
    drivers = tuple(Driver(kind, name, effect, COUNT, 10.0, 20.0, value) for name, value in effects.items())
    change = sum(effects.values())
    return Decomposition(against, method, formula, dimension, change, () if reason else drivers, reason)


YEAR, BEFORE = "same_period_last_year", "previous_period"
MISSED, RANGE = keep(110), keep("100..110")  # 98 orders in December: 12 below, and 2 below the range


@pytest.mark.parametrize(
    ("kpi", "changes", "expected"),
    [
        (MISSED, [apart(YEAR, {"Web": -20, "Phone": 15, "Shop": -3})], ["Web -20"]),
        (MISSED, [apart(YEAR, {"Web": -20, "Phone": 30})], []),  # it changed for the better
        (MISSED, [apart(YEAR, {"Web": 5}), apart(BEFORE, {"Phone": -8})], ["Phone -8"]),
        (MISSED, [apart(YEAR, {"Web": -9}), apart(BEFORE, {"Phone": -8})], ["Web -9"]),  # one comparison, the first
        (MISSED, [apart(YEAR, {"Web": -9}, reason="not_split"), apart(BEFORE, {"Phone": -8})], ["Phone -8"]),
        (MISSED, [apart(YEAR, {"": -9, "Phone": -2})], ["Phone -2"]),  # what has no name gives no direction
        (MISSED, [apart(YEAR, {"Web": -1})], []),  # 12 are missing
        (MISSED, [apart(YEAR, {"a": -6, "b": 1}, "formula"), apart(YEAR, {"Web": -5})], ["Web -5"]),
        (MISSED, [apart(YEAR, {"a": -60, "b": 55}, "formula"), apart(YEAR, {"Web": -5})], ["Web -5"]),  # -60 + 55 = -5
        (MISSED, [apart(YEAR, {name: -5}) for name in "abcd"], ["a -5", "b -5", "c -5"]),
        (RANGE, [apart(YEAR, {"Web": -7, "Phone": 2})], ["Web -7"]),
        (RANGE, [apart(YEAR, {"Web": 7, "Phone": 2})], []),
        (keep(90), [apart(YEAR, {"Web": 7})], []),
        (MISSED, [], []),
    ],
)
def test_what_took_it_furthest_the_wrong_way(
    tmp_path: Path, kpi: str, changes: list[Decomposition], expected: list[str]
) -> None:
    fact = with_drivers(scene(tmp_path, kpi).evaluation.kpis[0], changes)
    assert [f"{driver.name} {driver.value:g}" for _, driver in away(fact)] == expected


def test_more_to_divide_by_gives_no_direction(tmp_path: Path) -> None:
    """Both numbers of the ratio are 20 by now; the fact is one of 20 cases."""
    fact = with_drivers(scene(tmp_path, MISSED).evaluation.kpis[0], [apart(YEAR, {"a": -6, "b": 1}, "formula")])
    assert away(fact) and not away(replace(fact, value=replace(fact.value, denominator=20.0)))


def with_drivers(fact: Fact, changes: list[Decomposition]) -> Fact:
    return replace(fact, drivers=tuple(changes))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([], ""),
        (
            [apart(YEAR, {"a": -6, "b": 1}, "formula")],
            " −5 vs same period last year; among what took it away from the target: Visitors (10 → 20) −6.",
        ),
        (
            [apart(YEAR, {"a": -6, "b": 1}, "formula"), apart(YEAR, {"w": -5, "p": 0})],
            " −5 vs same period last year; among what took it away from the target: Web −5.",
        ),
    ],
)
def test_an_action_gets_its_direction_from_the_largest_drivers(
    tmp_path: Path, changes: list[Decomposition], told: str
) -> None:
    found = scene(tmp_path, MISSED)
    facts = tuple(with_drivers(fact, changes) for fact in found.evaluation.facts)
    (begin,) = proposals(replace(found, evaluation=replace(found.evaluation, facts=facts)))
    names = {"grow": "Grow.", "sales.orders": "Orders", "sales.orders=a": "Visitors", "channel=w": "Web"}
    title, reason = proposal_words(begin, names, Language("en"))
    assert title == "Begin an action for Orders"
    assert reason == f"It is at 98 (12 below target), and no action is under way.{told}"


def test_the_drivers_of_a_workspace_have_its_labels(tmp_path: Path) -> None:
    """Three orders of 40.00 in February, by two channels; one by phone in March."""
    sales = [Sale(f"2024-02-1{day}", "40.00", day, ("web", "phone", "web")[day]) for day in range(3)]
    sales.append(Sale("2024-03-10", "40.00", 9, "phone"))
    kpi = "{indicator: sales.revenue, cadence: month, target: {kind: keep, value: 120}}"
    shop = Shop(sales, covers="2024-02-01..2024-03-31", plans={"default/1": plan(kpi)}, clients=["a"])
    redesign = shop.at(tmp_path).client("a").evaluate("2024-03", language="en").redesign
    _, reason = redesign.words(redesign.proposal("start_action:sales.revenue"))
    assert reason.endswith(
        "−£80.00 vs previous period; among what took it away from the target: Orders (3 → 1) −£80.00; "
        "Web (gone) −£80.00."
    )
