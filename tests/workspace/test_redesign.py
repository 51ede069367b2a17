"""Re-design on a workspace: what is proposed and decided becomes the next version of the plan, also by command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

import kpikit
from kpikit.cli import main
from kpikit.words.errors import UsageError
from kpikit.words.language import Language
from kpikit.workspace.plan.goals import decisions
from kpikit.workspace.plan.redesign import Choice
from tests.workspaces import Sale, Shop, plan

EASY = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 10}}"
ACTIONS = "    actions: [{what: More posters, who: Bo, due: 2024-06-30}]\n"


def sales() -> list[Sale]:
    """Orders each month of 2024: 20 to 22 in the first half, 26 to 28 in the second."""
    found = []
    for month in range(1, 13):
        number = 20 + month % 3 + (6 if month > 6 else 0)
        found += [Sale(str(date(2024, month, 1) + timedelta(days=at))) for at in range(number)]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two clients on the default plan, with a target that is always met and an action in the middle of the year."""
    text = plan(EASY) + ACTIONS
    return Shop(sales=sales(), plans={"default/1": text}).at(tmp_path).folder


RAISE = "raise_target:sales.orders"
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


# The commands.


def run(folder: Path, *words: str, said: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(main, [words[0], str(folder), "--client", "a", *words[1:]], input=said)
    return result.exit_code, result.output


REVIEW = ("review", "--period", "2024-12", "--by", "Ann", "--on", "2025-01-10")


def test_a_review_in_the_terminal(folder: Path) -> None:
    first = "s\n"  # the review that is due is skipped
    second = "c\n25\nThere is more to gain.\nTrain.\nBo\n\n\n\n"
    third = "a\nIt pays.\n\n"
    proposals = kpikit.open(folder).client("a").evaluate("2024-12").redesign.proposed()
    assert [each.kind for each in proposals] == ["raise_target", "review_overdue", "name_owner"]
    code, said = run(folder, *REVIEW, said=second + first + third + "y\n")
    assert code == 0, said
    assert "Do better · Orders · Target: 10 in each period → 25 in each period" in said
    assert said.rstrip().endswith("2.yml")
    taken = kpikit.open(folder).plans("a")[-1].decisions
    assert [(each.proposal, each.answer) for each in taken] == [(RAISE, "changed"), ("name_owner:goal", "accepted")]
    *differs, _, title, first, second = run(folder, "diff")[1].splitlines()
    assert differs[-1].startswith("Do better · Orders · Target") and title == "What was decided, and why"
    assert first.endswith("Set Orders the target 25 instead of 10 – There is more to gain.")
    assert second == "  10 January 2025 · Ann: Name an owner: Do better – It pays."


def test_numbers_and_days_may_be_typed_as_the_language_writes_them(folder: Path) -> None:
    """24,5 orders, until 31.12.2025, at 1200,50 DKK."""
    changed = "c\n24,5\nDer er mere.\nKursus.\nBo\n31.12.2025\n1200,50 DKK\n\ns\ns\nj\n"
    code, said = run(folder, *REVIEW, "--language", "da", said=changed)
    assert code == 0, said
    plan = kpikit.open(folder).plans("a")[-1]
    *_, action = plan.goals[0].actions
    assert (str(action.due), str(action.cost)) == ("2025-12-31", "(Decimal('1200.50'), 'DKK')")


@pytest.mark.parametrize(("said", "told"), [("s\ns\ns\n", "Nothing was decided"), ("d\nNo.\ns\ns\nn\n", "Write the")])
def test_nothing_is_written_without_a_yes(folder: Path, said: str, told: str) -> None:
    code, output = run(folder, *REVIEW, said=said)
    assert (code, told in output) == (0, True)
    assert not (folder / "plans" / "a").exists()


def test_a_yes_and_a_no_may_be_of_any_language_and_an_empty_answer_says_what_can_be_answered(folder: Path) -> None:
    plan = folder / "plans" / "a" / "2.yml"
    answers = "\nd\n\nNo.\ns\ns\n"
    code, said = run(folder, *REVIEW, "--language", "da", said=answers + "nej\n")
    assert code == 0 and "Skal den næste version skrives? [j/N]" in said and not plan.exists()
    assert (
        "Svar med et af disse: a, c, d, l, s. Ctrl+C " in said
        and "Her skal der svares; b går tilbage til spørgsmålet før. Ctrl+C " in said
    )
    assert "Error" not in said
    code, said = run(folder, *REVIEW, "--language", "nb", said=answers + "k\nJa\n")
    assert code == 0 and "Svar med ett av disse: j, n, b." in said and said.rstrip().endswith("2.yml")


def test_a_period_that_a_later_version_follows_is_refused_before_the_first_question(folder: Path) -> None:
    assert run(folder, *REVIEW, said="d\nNo.\ns\ns\ny\n")[0] == 0
    code, said = run(folder, *REVIEW)
    assert (code, said.count("?")) == (2, 0)
    assert said.startswith("Error: a: the period is under version 1, and there is a version 2 already.")


def test_what_was_declined_is_said_to_be_and_the_way_of_several_versions_is_told(folder: Path) -> None:
    assert run(folder, *REVIEW, said="d\nToo early.\ns\ns\ny\n")[0] == 0
    later = (folder / "plans/a/2.yml").read_text(encoding="utf-8").replace("2025-01-01", "2025-07-01")
    (folder / "plans/a/3.yml").write_text(later.replace("Too early.", "Still too early."), encoding="utf-8")
    redesign = kpikit.open(folder).client("a").evaluate("2024-12").redesign
    told = "(proposal declined) – {why}"
    (two, three, both, none) = (str(redesign.difference(*each)) for each in ((1, 2), (2, 3), (3, 1), (2, 2)))
    assert told.format(why="Too early.") in two and "Still" not in two
    assert told.format(why="Still too early.") in three and "– Too early." not in three
    assert both.count("(proposal declined)") == 2 and none == "The two versions say the same."
    assert "(proposal declined)" in str(decisions(kpikit.open(folder).plans("a")[1].decisions, Language("en")))


def test_a_review_of_figures_that_propose_nothing_says_so(tmp_path: Path) -> None:
    text = plan(EASY.replace("value: 10", "value: 25"), in_force_from="2024-12-01") + "    owner: Ann\n"
    shop = Shop(sales=sales(), plans={"a/1": text}).at(tmp_path)
    assert shop.client("a").evaluate("2024-12").redesign.proposed() == []
    assert run(tmp_path, *REVIEW) == (0, "The figures propose no change of the plan.\n")


def test_the_actions_of_a_plan_say_whether_they_are_done(tmp_path: Path) -> None:
    actions = "{what: Ads, who: Bo, due: 2024-06-30, done: 2024-06-01}, {what: Train, who: Bo, due: 2025-06-30}"
    text = plan(EASY) + f"    actions: [{actions}, {{what: Talk, who: Bo}}]\n"
    review = Shop(sales=sales(), plans={"a/1": text}).at(tmp_path).client("a").evaluate("2024-12")
    rows = str(review.actions()).splitlines()
    for row, state in zip(rows[-3:], ("done on 1 June 2024 ", "open, due 30 June 2025 ", "open  "), strict=True):
        assert state in row


def test_a_broken_off_review_writes_nothing(folder: Path) -> None:
    assert run(folder, *REVIEW, said="c\n25\n")[0] == 1
    assert not (folder / "plans" / "a").exists()


def test_two_versions_are_needed_for_a_difference(folder: Path) -> None:
    code, said = run(folder, "diff")
    assert (code, said) == (2, "Error: a: versions of its plan: 1; two are needed to tell a difference.\n")


def test_what_no_plan_can_hold_is_asked_for_again(folder: Path) -> None:
    second = "c\n1.000\n25\nThere is more to gain.\nTrain.\nBo\n1-3-2025\n2025-03-01\n5.000 DKK\n5000 DKK\n\n"
    code, said = run(folder, *REVIEW, said=second + "s\ns\ny\n")
    assert code == 0, said
    assert "'5.000 DKK' must be an amount and a currency" in said and "Error" not in said
    action = kpikit.open(folder).plans("a")[-1].goals[0].actions[-1]
    assert (str(action.due), str(action.cost)) == ("2025-03-01", "(Decimal('5000'), 'DKK')")


def test_a_review_that_is_left_early_writes_nothing(folder: Path) -> None:
    code, said = run(folder, *REVIEW, said="c\n25\n")
    assert code == 1 and "The review was left early, so nothing is written." in said and "Abort" not in said
    code, said = run(folder, *REVIEW, "--language", "nb", said="c\n25\n")
    assert code == 1 and "avbrutt, så ingenting er skrevet." in said and "Abort" not in said
    assert not (folder / "plans" / "a").exists()


@pytest.fixture
def control_c(monkeypatch: pytest.MonkeyPatch) -> str:
    """What is typed for Ctrl+C."""
    prompt, key = click.prompt, "^C"

    def asked(text: str, value_proc: Callable[[str], str] = str, **options: Any) -> Any:
        def answer(given: str) -> str:
            if given == key:
                raise click.Abort
            return value_proc(given)

        return prompt(text, value_proc=answer, **options)

    monkeypatch.setattr(click, "prompt", asked)
    return key


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("n", False), ("^C", False)])
def test_who_leaves_early_may_keep_what_is_decided(folder: Path, control_c: str, answer: str, written: bool) -> None:
    code, said = run(folder, *REVIEW, said=f"c\n25\nThere is more.\n\n{control_c}\n{answer}\n")
    assert code == (1 if answer == control_c else 0)
    assert "The review was left early; this is decided so far." in said and "→ 25 in each period" in said
    assert (folder / "plans" / "a" / "2.yml").exists() is written
    assert ("so nothing is written" in said) is (answer == control_c)


def test_a_slip_is_asked_for_again_and_the_rest_is_kept(folder: Path) -> None:
    """Back from the second proposal to the first; back from the last question to the third."""
    first, second = "d\nToo early.\n", "b\nc\n25\nThere is more.\n\ns\n"
    code, said = run(folder, *REVIEW, said=f"{first}{second}d\nNobody.\nb\nc\nEva\nShe runs it.\n\ny\n")
    assert code == 0, said
    taken = kpikit.open(folder).plans("a")[-1].decisions
    assert [(each.what, each.answer) for each in taken] == [
        ("Set Orders the target 25 instead of 10", "changed"), ("Eva answers for the goal: Do better", "changed"),
    ]  # fmt: skip


def test_what_no_answer_can_repair_is_said_before_the_first_question(folder: Path) -> None:
    for wrong in (("--on", "yesterday"), ("--from", "1-1-2025"), ("--from", "2023-01-01"), ("--by", " ")):
        code, said = run(folder, *REVIEW, *wrong)
        assert code == 2 and said.startswith("Error: ") and said.count("?") <= 1 and "1 of 3" not in said


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


def test_one_goes_back_within_a_proposal_and_the_new_files_are_named(folder: Path) -> None:
    """From the target to the first question, from why to the target, from an action to why, from who to the action."""
    answers = "c\nb\nc\n20\nb\n25\nToo early.\nb\nThere is more.\nTrain.\nb\nTeach.\nBo\n\n\n\n"
    code, said = run(folder, *REVIEW, said=f"{answers}s\ns\ny\n")
    assert code == 0, said
    plan = kpikit.open(folder).plans("a")[-1]
    assert [(each.what, each.why) for each in plan.decisions] == [
        ("Set Orders the target 25 instead of 10", "There is more.")
    ]
    assert [each.what for each in plan.goals[0].actions][-1] == "Teach."
    first, second = said.splitlines()[-2:]
    assert first.endswith("1.yml (the plan until then, now in the client's own folder)") and second.endswith("2.yml")
