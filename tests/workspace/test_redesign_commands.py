"""Re-design by command: a review in the terminal, question by question, and the difference of two versions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

import kpikit
from kpikit.cli import main
from kpikit.words.language import Language
from kpikit.workspace.plan.goals import decisions
from tests.workspace.reviewed import EASY, RAISE, easy_shop, sales
from tests.workspaces import Shop, plan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return easy_shop(tmp_path)


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
