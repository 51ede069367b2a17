"""What the figures propose to change in a plan: which proposals there are, and what they edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpikit.evaluation.drivers.parts import Decomposition, Driver
from kpikit.evaluation.proposals.choice import Choice, chosen, next_document
from kpikit.evaluation.proposals.find import proposals
from kpikit.evaluation.proposals.proposal import edited, proposal_words
from kpikit.plans.read import read_plans
from kpikit.plans.versions import plan_text
from kpikit.words.language import Language
from kpikit.words.units import COUNT
from tests.evaluation.scenes import GOAL, HEAD, STEADY, YEAR, ids, keep, one, reach, rising, scene, staged
from tests.histories import CALENDAR, monthly, save


@pytest.mark.parametrize(
    ("kpi", "orders", "expected"),
    [
        (keep(90), STEADY, []),  # the process meets it in most periods by chance: nothing to change
        (keep(80), STEADY, ["raise_target:sales.orders"]),  # all of 87..119 meets it
        (keep(140), STEADY, ["ease_target:sales.orders", "start_action:sales.orders"]),
        (keep(110), STEADY, ["start_action:sales.orders"]),  # missed, and within reach by chance
        (keep(80), STEADY[:5], []),  # too short a history
        (keep(140), [*STEADY[:21], None, None, None], ["no_data:sales.orders"]),
        (
            reach(99, "2025-12"),
            STEADY,
            ["start_action:sales.orders", "too_noisy:sales.orders"],  # from 98 to 99, where 32 lie between the limits
        ),
        (
            reach(120, "2024-12"),
            STEADY,
            ["renew_target:sales.orders", "start_action:sales.orders"],
        ),
        (
            reach(200, "2025-03"),
            rising(100, 2),  # 146 now, 27 months from 200; what was usual, up to 128, is no target for it any more
            ["start_action:sales.orders"],
        ),
        (
            reach(170, "2025-03"),
            rising(100, 2),
            ["give_time:sales.orders", "start_action:sales.orders"],
        ),
    ],
)
def test_which_proposals_there_are(tmp_path: Path, kpi: str, orders: list[float | None], expected: list[str]) -> None:
    assert ids(scene(tmp_path, kpi, orders=orders)) == expected


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("", ["start_action"]),
        ("actions: [{what: Train., who: Bo, due: 2025-03-01}]", []),
        ("actions: [{what: Train., who: Bo}]", []),
        ("actions: [{what: Train., who: Bo, due: 2024-11-01}]", ["end_action"]),
        ("actions: [{what: Train., who: Bo, due: 2024-11-01, done: 2024-10-20}]", ["start_action"]),
    ],
)
def test_actions_of_a_kpi_that_falls_short(tmp_path: Path, goal: str, expected: list[str]) -> None:
    found = scene(tmp_path, keep(110), more=goal)
    assert [each.kind for each in proposals(found) if each.kind.endswith("_action")] == expected


def test_upkeep_of_the_plan(tmp_path: Path) -> None:
    text = HEAD.format(begins="2024-06-01") + GOAL.format(kpi=keep(90), more="")
    text = text.replace("level: organisation\n    owner: Ann", "level: department")
    assert ids(staged(tmp_path, text)) == ["review_overdue", "name_owner:grow", "name_parent:grow"]


TWO = """\
goals:
  grow: {{statement: Grow., level: organisation, owner: Ann, kpis: [{above}]}}
  serve: {{statement: Serve., level: department, parent: grow, owner: Bo, kpis: [{below}]}}
"""
WAVE = monthly(100, 110, 96, 104, 99, 107, 102, months=30)
OTHER = monthly(10, 10, 12, 12, 11, months=30)  # its changes go with those of WAVE at about -0.09 over 29 months
PARTED = [*(value / 10 for value in WAVE[:17]), *OTHER[17:]]  # at 1 for 17 months, and then no longer


@pytest.mark.parametrize(
    ("cancellations", "expected"),
    [
        ([20 - value / 10 for value in WAVE], ["merge:sales.cancellations"]),  # fewer are better, more orders are, too
        (OTHER, []),  # they never went together
        (PARTED, ["replace:sales.cancellations"]),
        ([value / 10 for value in WAVE], []),  # what is good for the one is bad for the other: both are needed
        (PARTED[:-10] + [None] * 10, ["no_data:sales.cancellations"]),  # too short to say that it is gone
    ],
)
def test_kpis_that_say_the_same_or_lead_nowhere(
    tmp_path: Path, cancellations: list[float | None], expected: list[str]
) -> None:
    below = keep(30, "sales.cancellations")
    text = HEAD.format(begins="2025-03-01") + TWO.format(above=keep(95), below=below)
    found = staged(tmp_path, text, orders=WAVE, cancellations=cancellations)
    assert [each for each in ids(found) if "cancellations" in each and "target" not in each] == expected


def test_one_of_two_that_say_the_same_becomes_a_pi(tmp_path: Path) -> None:
    text = HEAD.format(begins="2025-03-01") + TWO.format(above=keep(95), below=keep(30, "sales.cancellations"))
    found = staged(tmp_path, text, orders=WAVE, cancellations=[20 - value / 10 for value in WAVE])
    after = edited(found.document, one(found, "merge:sales.cancellations").edits)
    assert (after["goals"]["serve"]["kpis"], after["goals"]["serve"]["pis"]) == ([], ["sales.cancellations"])


def test_a_kpi_that_nobody_decides_on_is_to_be_dropped(tmp_path: Path) -> None:
    goal, begins = GOAL.format(kpi=keep(90), more=""), ("2024-01-01", "2024-05-01", "2024-09-01")
    versions = [HEAD.format(begins=day) + goal for day in begins]
    assert ids(staged(tmp_path / "2", *versions[:2])) == ["review_overdue"]
    assert "retire:sales.orders" in ids(staged(tmp_path / "3", *versions))
    said = "decisions: [{on: 2024-08-30, by: Ann, what: Keep it., why: It fits., proposal: 'retire:sales.orders', "
    assert ids(staged(tmp_path / "4", *versions[:2], versions[2] + said + "answer: declined}]\n")) == []


def test_a_mean_of_rates_is_named(tmp_path: Path) -> None:
    found = replace(scene(tmp_path, keep(90)), averaged=("sales.orders",))
    assert ids(found) == ["mean_of_rates:sales.orders"]


def test_an_action_that_is_over_is_asked_about_once_with_figures(tmp_path: Path) -> None:
    """Two KPIs of the goal fall short; 98 orders in December where 110 and 120 are wanted."""
    goal = "actions: [{what: Ask., who: Al}, {what: Train., who: Bo, due: 2024-11-01}]"
    kpis = f"{keep(110)}\n      - {keep(120)}"
    found = scene(tmp_path, kpis, more=goal)
    (proposal,) = [each for each in proposals(found) if each.kind.endswith("_action")]
    first = "sales.orders@grow.keep.month"
    assert (proposal.id, proposal.numbers) == (f"end_action:{first}:2", {"value": 98.0})
    words = proposal_words(proposal, {first: "Orders", "grow": "Grow"}, Language("en"))
    assert "Orders is still at 98 (12 below target)." in words[1]
    for answer, value, wanted in [
        ("accepted", None, {"due": date(2024, 11, 1), "done": date(2024, 12, 31)}),
        ("changed", "2025-02-01", {"due": "2025-02-01"}),
        ("declined", None, {"due": date(2024, 11, 1)}),
    ]:
        taken = chosen(Choice(proposal.id, answer, "Yes.", value), proposals(found))
        one, two = edited(found.document, taken.edits)["goals"]["grow"]["actions"]
        assert one == {"what": "Ask.", "who": "Al"}
        assert {key: str(each) for key, each in two.items()} == {
            "what": "Train.", "who": "Bo", **{key: str(each) for key, each in wanted.items()},
        }  # fmt: skip


def test_an_owner_and_a_goal_above_are_filled_in(tmp_path: Path) -> None:
    text = HEAD.format(begins="2024-10-01") + TWO.format(above=keep(95), below=keep(30, "sales.cancellations"))
    text = text.replace("parent: grow, owner: Bo, ", "")
    found = staged(tmp_path, text, orders=STEADY, cancellations=monthly(30, 34, 31, months=24))
    choices = [Choice("name_owner:serve", "changed", "She runs it.", "Eva"),
               Choice("name_parent:serve", "changed", "It feeds it.", "grow")]  # fmt: skip
    decided = [(each, chosen(each, proposals(found)), "Said") for each in choices]
    after = next_document(found.document, decided, "Ann", date(2024, 12, 31), YEAR)
    save(tmp_path, a_2=plan_text(after))
    goal = read_plans(tmp_path, "a", CALENDAR)[-1].goals[1]
    assert (goal.owner, goal.parent) == ("Eva", "grow")


def test_a_decision_about_a_longer_name_is_none_about_this_kpi(tmp_path: Path) -> None:
    goal, begins = GOAL.format(kpi=keep(90), more=""), ("2024-01-01", "2024-05-01", "2024-09-01")
    said = "decisions: [{on: 2024-08-30, by: Ann, what: No., why: No., proposal: 'PROPOSAL', answer: later}]\n"
    for at, (proposal, expected) in enumerate(
        {"split:sales.orders_per_day": True, "split:sales.orders": False, "end_action:sales.orders:1": False}.items()
    ):
        texts = [HEAD.format(begins=day) + goal for day in begins]
        found = staged(tmp_path / f"{at}", *texts[:2], texts[2] + said.replace("PROPOSAL", proposal))
        assert ("retire:sales.orders" in ids(found)) is expected, proposal


# What has changed.

SHIFTED = [*STEADY[:12], *(value + 40 for value in STEADY[:12])]


def test_limits_may_begin_anew_where_somebody_says_why(tmp_path: Path) -> None:
    found = scene(tmp_path, keep(90), orders=SHIFTED)
    proposal = one(found, "rebase:sales.orders")
    assert (proposal.numbers["before"], proposal.numbers["after"]) == (103, 143)
    choice = Choice(proposal.id, "accepted", "The second shop has opened.")
    after = next_document(found.document, [(choice, proposal, "Begin anew")], "Ann", found.evaluation.as_of, YEAR)
    save(tmp_path, a_2=plan_text(after))
    (begun,) = read_plans(tmp_path, "a", CALENDAR)[-1].kpis[0].limits.rebases
    assert (str(begun.start), begun.by, begun.why) == ("2024-01", "Ann", "The second shop has opened.")


def taken_apart(against: str, **effects: float) -> Decomposition:
    drivers = tuple(Driver("member", name, "amount", COUNT, 0.0, 0.0, value) for name, value in effects.items())
    return Decomposition(against, "members", None, "channel", sum(effects.values()), drivers, None)


@pytest.mark.parametrize(
    ("last_year", "previous", "expected"),
    [
        ({"web": 30, "phone": -20}, {"web": 8, "phone": -9}, True),
        ({"web": 30, "phone": -20}, {"web": -8, "phone": 9}, False),  # another way in the other comparison
        ({"web": 30, "phone": -2}, {"web": 8, "phone": -9}, False),  # one way hardly counts
        ({"web": 30, "phone": 20}, {"web": 8, "phone": 9}, False),
    ],
)
def test_members_that_go_opposite_ways(
    tmp_path: Path, last_year: dict[str, float], previous: dict[str, float], expected: bool
) -> None:
    found = scene(tmp_path, keep(90))
    apart = (taken_apart("same_period_last_year", **last_year), taken_apart("previous_period", **previous))
    facts = tuple(replace(fact, drivers=apart) for fact in found.evaluation.facts)
    proposed = proposals(replace(found, evaluation=replace(found.evaluation, facts=facts)))
    assert [each.id for each in proposed if each.kind == "split"] == ["split:sales.orders"] * expected
    if expected:
        after = edited(found.document, proposed[0].edits)
        assert {str(kpi.get("member")) for kpi in after["goals"]["grow"]["kpis"]} == {
            "None", "{'channel': 'web'}", "{'channel': 'phone'}",
        }  # fmt: skip
