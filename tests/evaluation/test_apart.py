"""Two KPIs of one indicator in a plan: each has its own name, label, proposals and decisions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpikit.evaluation.drivers.words import lead_sentence
from kpikit.evaluation.proposals.aftermath import followed
from kpikit.evaluation.proposals.choice import Choice, chosen, next_document
from kpikit.evaluation.proposals.find import proposals
from kpikit.evaluation.proposals.proposal import by_id
from kpikit.evaluation.proposals.scene import Scene
from kpikit.evaluation.reported import SENT, Figure, Step, revision_sentences, revisions
from kpikit.plans.apart import apart
from kpikit.plans.read import read_plans
from kpikit.words.language import Language
from kpikit.workspace import Workspace
from tests.evaluation.scenes import GOAL, HEAD, YEAR, keep, reach, staged
from tests.histories import CALENDAR, save
from tests.workspaces import Sale, Shop, plan

EACH, SUM = keep(80), keep(900).replace("kind: keep", "kind: cumulative, over: 2024")
MONTH, OVER = "sales.orders@grow.keep.month", "sales.orders@grow.cumulative.month"


def two(folder: Path, *kpis: str, more: str = "", last: str = "") -> Scene:
    """A plan with several KPIs of one goal, and what ``last`` adds to its file."""
    listed = "\n      - ".join(kpis)
    return staged(folder, HEAD.format(begins="2024-10-01") + GOAL.format(kpi=listed, more=more) + last)


def test_both_decisions_are_written(tmp_path: Path) -> None:
    found = two(tmp_path, EACH, SUM)
    proposed = proposals(found)
    assert [each.id for each in proposed] == [f"raise_target:{MONTH}", f"renew_target:{OVER}"]
    choices = [Choice(each.id, "accepted", "Yes.") for each in proposed]
    decided = [(each, chosen(each, proposed), each.proposal) for each in choices]
    after = next_document(found.document, decided, "Ann", YEAR, YEAR)
    month, over = after["goals"]["grow"]["kpis"]
    assert (month["target"]["kind"], month["target"]["value"] != "80") == ("keep", True)
    assert over["target"]["over"] == "2025"
    assert [each["proposal"] for each in after["decisions"]] == [each.id for each in proposed]


def test_a_name_from_before_still_says_which_where_only_one_can_be_meant(tmp_path: Path) -> None:
    proposed = proposals(two(tmp_path, EACH, SUM))
    raised, renewed = proposed
    assert by_id("raise_target:sales.orders", proposed) is raised and by_id(f"renew_target:{OVER}", proposed) is renewed
    (alone,) = proposals(two(tmp_path / "one", EACH))
    assert (alone.id, by_id(f"raise_target:{MONTH}", [alone])) == ("raise_target:sales.orders", alone)
    alike = proposals(two(tmp_path / "alike", EACH, keep(70)))
    assert len(alike) == 2 and by_id("raise_target:sales.orders", alike) is None


@pytest.mark.parametrize(("about", "seen"), [(MONTH, 1), ("sales.orders", 0)])
def test_what_came_of_a_decision_is_told_of_its_own_kpi(tmp_path: Path, about: str, seen: int) -> None:
    said = f"decisions: [{{on: 2024-09-01, by: Ann, what: Up., why: Go., proposal: 'raise_target:{about}', "
    found = two(tmp_path, EACH, SUM, last=f"{said}answer: accepted}}]\n")
    assert [each.fact.key for each in followed(found.versions, found.evaluation)] == [about] * seen


def test_what_was_declined_of_one_is_still_proposed_of_the_other(tmp_path: Path) -> None:
    said = f"decisions: [{{on: 2024-09-01, by: Ann, what: Up., why: Go., proposal: 'raise_target:{MONTH}', "
    found = two(tmp_path, EACH, keep(70), last=f"{said}answer: declined}}]\n")
    assert [each.id for each in proposals(found)] == [f"raise_target:{MONTH}.2"]


ROWS = [Sale(f"2024-{month:02}-10", "10.00", month) for month in range(1, 13)]
TOTAL, BY = SUM.replace("900", "10"), reach(4, "2024-12").replace("2023-12", "2024-01")


@pytest.mark.parametrize(
    ("kpis", "labels"),
    [
        ([TOTAL], ["Orders"]),
        ([TOTAL, keep(3)], ["Orders (total in 2024)", "Orders (each month)"]),
        ([TOTAL, BY], ["Orders (total in 2024)", "Orders (each month)"]),
        ([keep(3), BY], ["Orders (each month)", "Orders (each month, by 31 December 2024)"]),
        ([keep(3), keep(3)], ["Orders (each month, Do better, 1)", "Orders (each month, Do better, 2)"]),
        ([TOTAL, keep("3", "sales.revenue")], ["Orders", "Revenue"]),
    ],
)
def test_labels_tell_them_apart_by_as_little_as_does_it(tmp_path: Path, kpis: list[str], labels: list[str]) -> None:
    review = shop(tmp_path, *kpis).client("a").evaluate("2024-12", language="en")
    assert [review.labels(fact) for fact in review.kpis] == labels
    assert all(label in str(review.scorecard()) for label in labels)


def test_pages_have_a_section_of_each_and_differences_say_which(tmp_path: Path) -> None:
    review = shop(tmp_path, TOTAL, keep(3)).client("a").evaluate("2024-12", language="en")
    assert "Orders (each month)" in str(review.summary()) and "Orders (total in 2024)" in str(review.summary())
    easier = next(each for each in review.redesign.proposed() if each.kind == "ease_target")
    assert review.redesign.words(easier)[0].startswith("Set Orders (each month) a target")
    shown = str(review.redesign.decided([Choice(easier.id, "accepted", "Yes.")], "Ann", "2025-01-10"))
    assert "Do better · Orders (each month) · Target: 3 in each period → " in shown


@pytest.mark.parametrize("keys", [("sales.orders", "sales.orders"), (MONTH, OVER)])
def test_a_figure_that_became_another_is_told_once(tmp_path: Path, keys: tuple[str, str]) -> None:
    """90 orders were sent for December, also before the two KPIs had names of their own; now there are 98."""
    evaluation = two(tmp_path, EACH, SUM).evaluation
    figures = tuple(Figure(key, 90.0, "met") for key in keys)
    step = Step(SENT, "Ann", evaluation.as_of, evaluation.period, evaluation.as_of, figures)
    found = revisions(evaluation, [step])
    assert [(each.key, each.now) for each in found] == [(MONTH, 98)]
    names = {fact.key: fact.key for fact in evaluation.facts}
    assert len(revision_sentences(replace(evaluation, revisions=found), names, Language("en"))) == 1


def test_a_kpi_is_no_lead_of_itself(tmp_path: Path) -> None:
    found = two(tmp_path, EACH, SUM, more="pis: [sales.orders]")
    assert all(lead_sentence(fact.leads, fact, {}, None) == "" for fact in found.evaluation.kpis)


def test_goals_tell_apart_what_is_the_same_in_each(tmp_path: Path) -> None:
    second = GOAL.format(kpi=EACH, more="").replace("goals:\n", "").replace("grow", "keep").replace("Grow.", "Keep it.")
    save(tmp_path, a_1=HEAD.format(begins="2024-10-01") + GOAL.format(kpi=EACH, more="") + second)
    found = apart(read_plans(tmp_path, "a", CALENDAR)[0])
    assert [(each.mark, each.goal, each.number) for each in found if each] == [
        ("grow.keep.month", "Grow.", None),
        ("keep.keep.month", "Keep it.", None),
    ]


def shop(folder: Path, *kpis: str) -> Workspace:
    """One order a month over 2024."""
    return Shop(ROWS, covers="2024-01-01..2024-12-31", plans={"default/1": plan(*kpis)}, clients=["a"]).at(folder)
