"""Proposals in words, what people decide of them, and the next version of the plan."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kpikit.evaluation.proposals.choice import Choice, chosen, next_document
from kpikit.evaluation.proposals.find import proposals
from kpikit.evaluation.proposals.kinds import CHANGED, KINDS
from kpikit.evaluation.proposals.proposal import Edit, edited, proposal_words
from kpikit.plans.plan import ANSWERS
from kpikit.plans.read import read_plans
from kpikit.plans.versions import plan_text
from kpikit.words.errors import UsageError
from kpikit.words.language import Language
from tests.evaluation.scenes import GOAL, HEAD, ids, keep, one, scene, staged
from tests.histories import CALENDAR, label, save


def test_each_kind_can_be_said_in_words() -> None:
    assert all(title and reason for title, reason in KINDS.values())


def test_words_have_the_unit_of_the_kpi(tmp_path: Path) -> None:
    proposal = one(scene(tmp_path, keep(140)), "ease_target:sales.orders")
    names = {"grow": "Grow.", "sales.orders": label(proposal.fact)}
    proposed = f"{proposal.numbers['proposed']:.0f}"
    title, reason = proposal_words(proposal, names, Language("en"))
    assert title == f"Set Orders a target that can be reached: {proposed} instead of 140"
    assert reason.startswith("The process as it is does not get to 140: usually it gives ")


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_decision_is_written_into_the_next_version(tmp_path: Path, answer: str) -> None:
    found = scene(tmp_path, keep(80))
    value = "99" if answer == "changed" else None
    action = {"what": "Train.", "who": "Bo", "due": "2025-02-01"}
    choice = Choice("raise_target:sales.orders", answer, " It is time. ", value, (action,))
    decided = [(choice, chosen(choice, proposals(found)), "Set it higher")]
    day = found.evaluation.as_of
    after = next_document(found.document, decided, "Ann", day, day)
    save(tmp_path, a_2=plan_text({**after, "in_force_from": "2025-01-01"}))
    plan = read_plans(tmp_path, "a", CALENDAR)[-1]
    proposed = one(found, "raise_target:sales.orders").numbers["proposed"]
    wanted = {"accepted": proposed, "changed": 99.0}.get(answer, 80.0)
    assert plan.kpis[0].target and float(plan.kpis[0].target.aim.number) == wanted
    (decision,) = plan.decisions
    assert (decision.what, decision.why, decision.answer) == ("Set it higher", "It is time.", answer)
    assert [each.what for each in plan.goals[0].actions] == ["Train."]
    assert yaml.load(plan_text(after), Loader=yaml.BaseLoader) == after


@pytest.mark.parametrize(
    ("choice", "reason"),
    [
        (Choice("raise:sales.orders", "accepted", "Yes."), "Did you mean 'raise_target:sales.orders'?"),
        (Choice("raise_target:sales.orders", "yes", "Yes."), "answer == 'yes', must be one of accepted, changed, "),
        (Choice("raise_target:sales.orders", "accepted", " "), "say why, so that the next review can learn from it."),
        (Choice("raise_target:sales.orders", "changed", "Yes."), "a value goes with the answer 'changed'"),
        (Choice("raise_target:sales.orders", "accepted", "Yes.", "99"), "a value goes with the answer 'changed'"),
    ],
)
def test_a_choice_that_cannot_be(tmp_path: Path, choice: Choice, reason: str) -> None:
    with pytest.raises(UsageError) as error:
        chosen(choice, proposals(scene(tmp_path, keep(80))))
    assert reason in str(error.value)


def test_what_was_declined_is_not_proposed_again_under_that_version(tmp_path: Path) -> None:
    decision = "{on: 2024-09-01, by: Ann, what: Higher., why: No., proposal: ID, answer: ANSWER}"
    text = HEAD.format(begins="2024-10-01") + GOAL.format(kpi=keep(80), more="") + f"decisions: [{decision}]\n"
    text = text.replace("ID", "'raise_target:sales.orders'")
    assert ids(staged(tmp_path / "no", text.replace("ANSWER", "declined"))) == []
    assert ids(staged(tmp_path / "later", text.replace("ANSWER", "later"))) == ["raise_target:sales.orders"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("12000", "Set Orders the target 12,000 instead of 80"),
        ("70..90", "Set Orders the target 70..90 instead of 80"),
    ],
)
def test_a_decision_tells_what_was_decided_and_not_what_was_proposed(tmp_path: Path, value: str, words: str) -> None:
    found = scene(tmp_path, keep(80))
    changed = chosen(Choice("raise_target:sales.orders", "changed", "Yes.", value), proposals(found))
    assert proposal_words(changed, {"grow": "Grow.", "sales.orders": "Orders"}, Language("en"))[0] == words


def test_every_proposal_that_takes_a_value_has_words_for_it() -> None:
    assert CHANGED.keys() <= KINDS.keys()


def test_edits_in_one_list_do_not_shift_each_other() -> None:
    document = {"kpis": ["a", "b", "c"], "pis": []}
    edits = (Edit(("kpis", 0), None), Edit(("kpis", 2), None), Edit(("pis",), ["a"]))
    assert edited(document, edits) == {"kpis": ["b"], "pis": ["a"]}
    assert document == {"kpis": ["a", "b", "c"], "pis": []}
