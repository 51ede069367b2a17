"""Plans with two years of figures, and the proposals that they lead to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kpikit.evaluation.proposals.find import proposals
from kpikit.evaluation.proposals.proposal import Proposal
from kpikit.evaluation.proposals.scene import Scene
from kpikit.plans.read import read_plans, whole
from tests.histories import CALENDAR, History, monthly, save

HEAD = "schema: 1\nin_force_from: {begins}\nreview: half-yearly\n"
GOAL = """\
goals:
  grow:
    statement: Grow.
    level: organisation
    owner: Ann
    {more}
    kpis:
      - {kpi}
"""
YEAR = date(2025, 1, 1)
STEADY = monthly(100, 110, 104, 98, months=24)  # mean 103; moving ranges 10, 6, 6, 2: limits 103 ± 2.66 x 6 = 87..119


def keep(value: object, indicator: str = "sales.orders") -> str:
    return f"{{indicator: {indicator}, cadence: month, target: {{kind: keep, value: {value}}}}}"


def reach(value: object, by: str) -> str:
    return keep(value).replace("kind: keep", f"kind: reach, by: {by}").replace("month,", "month, baseline: 2023-12,")


def scene(folder: Path, kpi: str, more: str = "", begins: str = "2024-10-01", **figures: list[float | None]) -> Scene:
    """A plan with one goal, at the end of 2024, over two years of figures."""
    return staged(folder, HEAD.format(begins=begins) + GOAL.format(kpi=kpi, more=more), **figures)


def staged(folder: Path, *texts: str, **figures: list[float | None]) -> Scene:
    """The last of these versions of a plan, with what the figures give under it."""
    save(folder, **{f"a_{number}": text for number, text in enumerate(texts, 1)})
    plans = read_plans(folder, "a", CALENDAR)
    evaluation = History(figures or {"orders": STEADY}).evaluate(plans[-1])
    return Scene(plans[-1], whole(folder / "a" / f"{len(texts)}.yml"), plans, evaluation, CALENDAR)


def ids(found: Scene) -> list[str]:
    return [each.id for each in proposals(found)]


def one(found: Scene, id: str) -> Proposal:
    (proposal,) = [each for each in proposals(found) if each.id == id]
    return proposal


def rising(start: float, step: float) -> list[float | None]:
    return [start + step * month for month in range(24)]
