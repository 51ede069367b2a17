"""What a cell may end with shows itself: as HTML in a notebook, and as a text of some lines in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

import kpikit
from kpikit.evaluation.experiments.judge import Outcome
from kpikit.evaluation.facts import Fact
from kpikit.indicators.catalogue import CATALOGUE
from kpikit.plans.plan import Plan
from kpikit.words.record import Record
from kpikit.workspace.review.review import Review
from tests.workspaces import KEEP_ORDERS, Sale, Shop, sample
from tests.workspaces import plan as plan_text

LINES = 400
"""More lines than this nobody reads in a cell."""


@cache
def review() -> Review:
    return sample("shop").client("norway").evaluate("2011-11")


@cache
def plan() -> Plan:
    found = review().plan
    assert found is not None
    return found


def fact() -> Fact:
    return review().evaluation.fact("sales.revenue")


def outcome() -> Outcome:
    found = sample("agency").client("kvartal").evaluate().evaluation.experiments
    return found[0]


OBJECTS: dict[str, Callable[[], object]] = {
    "workspace": lambda: sample("shop"),
    "client": lambda: sample("shop").client("norway"),
    "review": review,
    "evaluation": lambda: review().evaluation,
    "fact": fact,
    "value": lambda: fact().value,
    "target": lambda: fact().target,
    "series": lambda: fact().series,
    "point": lambda: fact().series.points[-1],
    "signal": lambda: fact().signal,
    "status of a goal": lambda: review().evaluation.goals[0],
    "plan": plan,
    "goal": lambda: plan().goals[0],
    "kpi": lambda: plan().kpis[0],
    "redesign": lambda: review().redesign,
    "scorecard": lambda: review().scorecard(),
    "exploration": lambda: sample("shop").client("norway").explore("sales.revenue", "2011-11"),
    "driver tree": lambda: sample("shop").client("norway").driver_tree("sales.revenue", "2011-11"),
    "board": lambda: sample("shop").board(),
    "data doctor": lambda: sample("shop").data_doctor(),
    "check": lambda: sample("shop").check(),
    "triage": lambda: sample("shop").triage(),
    "measurements": lambda: sample("shop").table(),
    "catalogue": lambda: CATALOGUE,
    "indicator": lambda: CATALOGUE["sales.revenue"],
    "experiment": outcome,
}


@pytest.mark.parametrize("name", OBJECTS)
def test_it_shows_itself_as_html_and_as_text(name: str) -> None:
    shown = OBJECTS[name]()
    html, text = shown._repr_html_(), repr(shown)  # type: ignore[attr-defined]
    assert html.count("<") > 2 and len(text) > 3
    assert len(text.splitlines()) <= LINES
    for raw in ("object at 0x", "datetime.date(", "(key="):
        assert raw not in text and raw not in html


@pytest.mark.parametrize("name", OBJECTS)
def test_a_record_names_each_of_its_fields(name: str) -> None:
    record = OBJECTS[name]()
    if isinstance(record, Record):
        named = [line.split()[0] for line in repr(record).splitlines()[1:]]
        assert named == [each.name for each in fields(record)]  # type: ignore[arg-type]


def test_a_run_and_its_entries_show_themselves(tmp_path: Path) -> None:
    run = kpikit.report(kpikit.new(tmp_path / "coffee").folder, ["aarhus"], templates=["01_goal_definition"])
    assert repr(run) in run._repr_html_()
    assert "01_goal_definition" in repr(run.entries[0]) and "01_goal_definition" in run.entries[0]._repr_html_()


@pytest.mark.parametrize("statement", ["Do better", "Do better."])
def test_the_statement_of_a_goal_ends_before_its_owner(tmp_path: Path, statement: str) -> None:
    text = plan_text(KEEP_ORDERS).replace("statement: Do better", f"statement: {statement}\n    owner: Anna")
    shop = Shop(sales=[Sale("2024-01-02")], covers="2024-01-01..2024-01-31", plans={"default/1": text})
    workspace = shop.at(tmp_path)
    assert "Goal: Do better. Owner: Anna." in str(workspace.client("a").evaluate("2024-01").attention())
