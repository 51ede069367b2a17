"""Re-design on a workspace: what is proposed and decided becomes the next version of the plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import kpikit
from kpikit.words.errors import UsageError
from kpikit.workspace.plan.redesign import Choice
from tests.workspace.reviewed import ACTIONS, EASY, RAISE, easy_shop, sales
from tests.workspaces import Sale, Shop, plan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return easy_shop(tmp_path)


TAKEN = Choice(RAISE, "changed", "There is more to gain.", "25", ({"what": "Train.", "who": "Bo"},))


def test_the_next_version_of_the_plan_is_what_was_shown(folder: Path) -> None:
    redesign = kpikit.open(folder).client("a").evaluate("2024-12").redesign
    assert RAISE in str(redesign.proposals())
    shown = str(redesign.decided([TAKEN], "Ann", "2025-01-10"))
    assert shown.splitlines() == [
        "In force from: 1 January 2024 → 1 January 2025",
        "Do better · Actions: More posters (Bo, by 30 June 2024) → More posters (Bo, by 30 June 2024); Train. (Bo)",
        "Do better · Orders · Target: 10 in each period → 25 in each period",
        "",
        "What was decided, and why",
        "  10 January 2025 · Ann: Set Orders the target 25 instead of 10 – There is more to gain.",
    ]
    file = redesign.decide([TAKEN], "Ann", "2025-01-10")
    assert file == folder / "plans" / "a" / "2.yml"
    after = kpikit.open(folder)
    assert [each.version for each in after.plans("a")] == [1, 2]
    assert replace(after.plans("a")[0], followed_on=None) == after.plans("b")[0]
    assert after.evaluate("a", "2024-12").plan_version == 1
    (decision,) = after.plans("a")[1].decisions
    assert (decision.by, str(decision.on), decision.answer) == ("Ann", "2025-01-10", "changed")
    differs = str(after.client("a").evaluate("2024-12").redesign.difference(1, 2))
    assert differs == shown


def test_what_was_decided_is_proposed_no_more_and_what_is_left_for_later_is(folder: Path) -> None:
    review = kpikit.open(folder).client("a").evaluate("2024-12")
    assert [each.id for each in review.redesign.open()] == [RAISE, "review_overdue", "name_owner:goal"]
    assert review.redesign.follower is None
    later = Choice("name_owner:goal", "later", "We ask them first.")
    review.redesign.decide([TAKEN, later], "Ann", "2025-01-10")
    again = kpikit.open(folder).client("a").evaluate("2024-12")
    assert [each.id for each in again.redesign.open()] == ["review_overdue", "name_owner:goal"]
    assert RAISE in [each.id for each in again.redesign.proposed()]
    told = str(again.redesign.proposals())
    assert "Version 2 of the plan, in force from 1 January 2025, has followed" in told
    assert "Ann: Set Orders the target 25 instead of 10 – There is more to gain." in told
    assert not [each for each in again.sentences if "Set Orders the target" in each]


def test_nothing_is_decided_over_a_later_version(folder: Path) -> None:
    review = kpikit.open(folder).client("a").evaluate("2024-12")
    review.redesign.decide([TAKEN], "Ann", "2025-01-10")
    again = kpikit.open(folder).client("a").evaluate("2024-12").redesign
    with pytest.raises(UsageError, match=r"a: the period is under version 1, and there is a version 2 already\."):
        again.decide([TAKEN], "Bo", "2025-01-11")


@pytest.mark.parametrize(("choices", "by"), [([], "Ann"), ([TAKEN], " ")])
def test_somebody_decides_something(folder: Path, choices: list[Choice], by: str) -> None:
    redesign = kpikit.open(folder).client("a").evaluate("2024-12").redesign
    with pytest.raises(UsageError, match="needs at least one decision, and who decided"):
        redesign.decide(choices, by, "2025-01-10")
    assert not (folder / "plans" / "a").exists()


def test_another_day_for_an_action_is_seen_in_the_difference(folder: Path) -> None:
    (folder / "plans/default/1.yml").write_text(plan(EASY.replace("10}", "40}")) + ACTIONS, encoding="utf-8")
    redesign = kpikit.open(folder).client("a").evaluate("2024-12").redesign
    proposal = redesign.proposal("end_action:sales.orders:1")
    # 26 orders in December (20 + 12 % 3 + 6), of 40
    assert "(Bo), and Orders is still at 26 (14 below target)." in redesign.words(proposal)[1]
    later = Choice(proposal.id, "changed", "It takes longer.", "2025-03-31")
    done = Choice(proposal.id, "accepted", "They hang.")
    (shown, finished) = (str(redesign.decided([each], "Ann", "2025-01-10")) for each in (later, done))
    assert "More posters (Bo, by 30 June 2024) → More posters (Bo, by 31 March 2025)" in shown
    assert "→ More posters (Bo, by 30 June 2024, done on 31 December 2024)" in finished
    with pytest.raises(UsageError, match="a value goes with the answer 'changed'"):
        redesign.decided([Choice(proposal.id, "changed", "It takes longer.")], "Ann", "2025-01-10")


@pytest.mark.parametrize(("weight", "named"), [("", True), (", weight: value", False)])
def test_a_mean_of_rates_is_named(tmp_path: Path, weight: str, named: bool) -> None:
    text = plan("{indicator: shop.rate, cadence: month}")
    more = f"  rates: {{source: sales, mean: value, unit: share{weight}}}\n"
    own = "label: Rate, description: A rate., formula: rates, unit: share, better: higher"
    more += f"indicators:\n  shop.rate: {{{own}}}\n"
    shop = Shop(sales=[Sale("2024-12-01", "0.25"), Sale("2024-12-02", "0.5")], plans={"a/1": text}, more=more)
    redesign = shop.at(tmp_path).client("a").evaluate("2024-12").redesign
    assert ("mean_of_rates:shop.rate" in [each.id for each in redesign.proposed()]) is named


def test_what_followed_an_action(folder: Path) -> None:
    review = kpikit.open(folder).client("a").evaluate("2024-12")
    (row,) = [line for line in str(review.redesign.followed()).splitlines() if "More posters" in line]
    # before: 21, 22, 20, 21, 22 (January to May; June was not over): 21.2; after: 27, 28, 26, 27, 28, 26: 27
    assert "More posters (Bo; due, not reported as done)" in row
    assert "21 (5 periods)" in row
    assert "27 (6 periods)" in row


def test_without_a_plan_nothing_is_proposed(tmp_path: Path) -> None:
    redesign = Shop(sales=sales()).at(tmp_path).client("a").evaluate("2024-12").redesign
    assert redesign.proposed() == []
    assert str(redesign.proposals()) == "No plan is in force for this period: set a goal first."
    with pytest.raises(UsageError, match="a: no plan is in force for 2024-12; write a first one"):
        redesign.decided([TAKEN], "Ann", "2025-01-10")


@pytest.mark.parametrize(
    ("as_of", "words", "due"),
    [
        ("2024-06-30", "The next review of the plan is due on 1 July 2024.", False),
        ("2024-07-01", "its review was due on 1 July 2024.", True),
        ("2024-08-31", "its review was due on 1 July 2024.", True),
        ("2024-09-01", "The plan has been reviewed: version 2 followed it on 1 September 2024.", False),
    ],
)
def test_a_plan_that_another_one_followed_has_been_reviewed(tmp_path: Path, as_of: str, words: str, due: bool) -> None:
    """A period of the first version, seen from before and after the day on which the second came into force."""
    plans = {"default/1": plan(EASY), "default/2": plan(EASY, in_force_from="2024-09-01")}
    workspace = Shop(sales=sales(), plans=plans).at(tmp_path)
    review = workspace.client("a").evaluate("2024-05", as_of=as_of, language="en")
    assert words in str(review.review_due()).replace("\xa0", " ")
    assert any(each.kind == "review_overdue" for each in review.redesign.proposed()) == due
    assert (
        "a" in {each.client for each in workspace.triage("2024-05", as_of).found.items if each.kind == "review_due"}
    ) == due


def test_the_actions_of_a_plan_say_whether_they_are_done(tmp_path: Path) -> None:
    actions = "{what: Ads, who: Bo, due: 2024-06-30, done: 2024-06-01}, {what: Train, who: Bo, due: 2025-06-30}"
    text = plan(EASY) + f"    actions: [{actions}, {{what: Talk, who: Bo}}]\n"
    review = Shop(sales=sales(), plans={"a/1": text}).at(tmp_path).client("a").evaluate("2024-12")
    rows = str(review.actions()).splitlines()
    for row, state in zip(rows[-3:], ("done on 1 June 2024 ", "open, due 30 June 2025 ", "open  "), strict=True):
        assert state in row


def test_a_difference_is_told_in_the_words_of_the_language(folder: Path) -> None:
    """Days, periods and numbers as people write them; a new goal by its KPIs; a rebase with who decided it and why."""
    target = "baseline: 2023-12, target: {kind: reach, value: 2.50, by: 2024-12}"
    kpi = f"{{indicator: sales.average_order_value, cadence: month, {target}}}"
    more = f"  more:\n    statement: Sell more.\n    level: department\n    parent: goal\n    kpis: [{kpi}]\n"
    rebase = "rebase: [{from: 2024-07, on: 2024-12-01, by: Ann, why: A new shop.}]"
    before = plan(EASY)
    after = (
        before.replace("2024-01-01", "2025-01-01").replace("value: 10}}", f"value: 10}}, {rebase}, chart: run}}") + more
    )
    for number, text in enumerate((before, after), 1):
        (folder / "plans" / "a").mkdir(exist_ok=True)
        (folder / "plans" / "a" / f"{number}.yml").write_text(text, encoding="utf-8")
    told = str(kpikit.open(folder).client("a").evaluate("2024-12", language="da").redesign.difference(1, 2))
    assert "Nye grænser: – → fra juli 2024: A new shop (besluttet 1. december 2024 af Ann)" in told
    assert "Mål: – → Sell more." in told
    assert "Sell more · Gennemsnitlig ordreværdi: – → 2,50\N{NO-BREAK SPACE}£ senest december 2024" in told
    for said in ("Niveau: – → afdeling", "Gennemsnitlig ordreværdi · Udgangspunkt: – → december 2023", "· Måles: – →"):
        assert said in told
    assert "Diagramtype: – → seriediagram" in told
