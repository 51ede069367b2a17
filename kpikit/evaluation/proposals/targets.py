"""Proposals about targets: what is always met asks for more; what is out of reach, for less or for more time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.proposals.proposal import Edit, Proposal
from kpikit.evaluation.proposals.scene import Scene
from kpikit.evaluation.targets.ambition import half_way, read_back, written
from kpikit.evaluation.targets.summed import as_long, best_run, met_in_all, usual_over
from kpikit.evaluation.targets.usual import (
    ALWAYS,
    LOOKED_BACK,
    NEVER,
    aimed,
    arrives_in,
    at_its_best,
    best_possible,
    got_worse,
    judged_values,
    left_range,
    now,
    pace,
)
from kpikit.plans.plan import Kpi
from kpikit.words.periods import Period
from kpikit.words.units import SHARE

_TIME = {"reach": "by", "cumulative": "over"}
"""The key of a plan that says when a target of a kind is to be met."""

LEAST_PERIODS = 6
"""A target counts as always met, or as out of reach, when at least so many periods say so."""


def targets(scene: Scene) -> Iterator[Proposal]:
    """A proposal for each target that the process always meets or never reaches, or whose time is over.

    None for those that change by period: one value for all would say less than the table that somebody thought out.
    """
    for kpi, fact in scene.kpis:
        if kpi.target and not kpi.target.table and fact.better.sign and fact.target and fact.target.upper is None:
            yield from _one(scene, kpi, fact)


def _one(scene: Scene, kpi: Kpi, fact: Fact) -> Iterator[Proposal]:
    assert fact.target and kpi.target
    seen = min(scene.evaluation.as_of, scene.evaluation.period.window.last_day)
    over = kpi.target.period is not None and fact.target.window.last_day <= seen  # what came after takes no part
    if len(judged_values(fact)) < LEAST_PERIODS or usual_over(fact) is None or fact.target.value is None:
        yield from _undecided(scene, kpi, fact) if over else ()
        return  # usual in other periods than the target's is no figure for it
    met = met_in_all(fact)
    if over:
        yield from _renewed(scene, kpi, fact)
    elif met == ALWAYS and _always_met(fact) and not at_its_best(fact):
        yield from _other_target("raise_target", scene, kpi, fact)
    elif fact.status in ("missed", "at_risk"):
        if met == NEVER and not got_worse(fact) and left_range(fact) <= 0:
            yield from _other_target("ease_target", scene, kpi, fact)
        if met in (NEVER, None):
            yield from _more_time(scene, kpi, fact)


def _always_met(fact: Fact) -> bool:
    asked = aimed(fact)
    return asked is not None and all(asked.holds(value) for value in judged_values(fact)[-LOOKED_BACK:])


def _other_target(kind: str, scene: Scene, kpi: Kpi, fact: Fact) -> Iterator[Proposal]:
    """The same kind of target with another value, where half-way to the best that is usual is another one."""
    assert kpi.target and fact.target and fact.target.value is not None
    text = written(as_long(half_way(fact), fact), fact)
    proposed, way = read_back(text, fact), fact.better.sign
    more = (proposed - fact.target.value) * way > 0
    if (
        more is not (kind == "raise_target")
        or (more and proposed == best_possible(fact))
        or _asks_nothing(fact, proposed)
        or _starts_there(fact, proposed)
    ):
        return  # what asks for all leaves no room for a single miss
    yield Proposal(
        kind, kpi.goal, fact,
        numbers=_numbers(fact) | {"proposed": proposed, "best": best_run(fact)},
        counts={"count": min(len(judged_values(fact)), LOOKED_BACK)},
        edits=(Edit((*scene.place(kpi), "target"), _target(scene, kpi, text, kpi.target.period)),),
    )  # fmt: skip


def _asks_nothing(fact: Fact, value: float) -> bool:
    """True for a target that nobody can miss: no less than zero, where more is better and nothing lies below."""
    least, most = 0.0, 1.0 if fact.unit == SHARE else math.inf
    return min(judged_values(fact)) >= least and (value <= least if fact.better.sign > 0 else value >= most)


def _starts_there(fact: Fact, value: float) -> bool:
    """True for what is to be reached and is no better than the baseline: it asks to get nowhere, or worse."""
    target = fact.target
    if target is None or target.kind != "reach" or target.baseline is None:
        return False
    return (value - target.baseline) * fact.better.sign <= 0


def _renewed(scene: Scene, kpi: Kpi, fact: Fact) -> Iterator[Proposal]:
    """The next target of one whose time is over: as long again, from the baseline of what was reached."""
    assert fact.target
    later = _next_time(scene, kpi)
    text = written(_next_aim(fact, later), fact)
    yield Proposal(
        "renew_target", kpi.goal, fact,
        numbers=_numbers(fact) | {"proposed": read_back(text, fact)},
        texts={"later": later.window.last_day, "day": fact.target.window.last_day},
        edits=(
            Edit((*scene.place(kpi), "target"), _target(scene, kpi, text, later)),
            *_begun_anew(scene, kpi, fact, later),
        ),
    )  # fmt: skip


def _undecided(scene: Scene, kpi: Kpi, fact: Fact) -> Iterator[Proposal]:
    """That there must be a next target, or none, where the time of one is over and no figure can be justified."""
    assert kpi.target and fact.target
    if aimed(fact) is None or fact.target.value is None or fact.target.achieved is None:
        return
    later, place = _next_time(scene, kpi), (*scene.place(kpi), "target")
    key = _TIME[kpi.target.kind]
    change = [Edit((*place, "change"), None)] if "change" in scene.entry(kpi)["target"] else []
    yield Proposal(
        "decide_target", kpi.goal, fact,
        numbers={"target": fact.target.value, "value": fact.target.achieved},
        texts={"later": later.window.last_day, "day": fact.target.window.last_day, "line": f"'{key}: {later.key}'"},
        asks=(*place, "value"),
        beside=(Edit((*place, key), later.key), *change, *_begun_anew(scene, kpi, fact, later)),
    )  # fmt: skip


def _next_time(scene: Scene, kpi: Kpi) -> Period:
    """When a target whose time is over is to be met next: after as long again, or by a year later; yet to come."""
    assert kpi.target and kpi.target.period
    later, seen = kpi.target.period, scene.evaluation.period.window.last_day
    while later.window.last_day <= seen:
        later = scene.calendar.shift(later, 1 if kpi.target.kind == "cumulative" else _a_year(later))
    return later


def _begun_anew(scene: Scene, kpi: Kpi, fact: Fact, later: Period) -> Iterator[Edit]:
    """The next target starts from what was reached: of a sum in the time that is over, else in the last period.

    As a value where the plan gives one, as it must where the KPI is itself a change.
    """
    assert kpi.target and kpi.target.period and fact.target
    seen = scene.calendar.period_of(kpi.cadence, scene.evaluation.period.window.last_day)
    start = kpi.target.period if kpi.target.kind == "cumulative" else seen
    reached = fact.value.value if fact.target.achieved is None else fact.target.achieved
    baseline: object = start.key
    if reached is not None and isinstance(scene.entry(kpi).get("baseline"), Mapping):
        baseline = {"value": written(reached, fact)}
    yield Edit((*scene.place(kpi), "baseline"), baseline)
    yield from _longer(scene, kpi, later)


def _next_aim(fact: Fact, later: Period) -> float:
    """Half-way to the best that is usual, or what came beyond it; of a target that was missed no more than it asked,
    and else no less."""
    limits, target, sign = fact.series.limits, fact.target, fact.better.sign
    assert limits and target and target.value is not None
    aim = as_long(now(fact) if left_range(fact) > 0 else half_way(fact), fact, later.window)
    before, after = (as_long(limits.centre, fact, window) for window in (target.window, later.window))
    share = after / before if before else 1.0  # in a season a quarter asks for its own part
    asked, reached = target.value * share, _beyond(fact)
    if fact.status == "missed":
        return min(aim * sign, asked * sign) * sign
    return max(each * sign for each in (aim, asked, aim if reached is None else reached * share)) * sign


def _beyond(fact: Fact) -> float | None:
    """What was added up, where it, or the process by now, is better than all that is usual; None where it is not."""
    target, between = fact.target, usual_over(fact)
    if target is None or target.kind != "cumulative" or target.achieved is None or between is None:
        return None
    end = between[1 if fact.better.sign > 0 else 0]
    return target.achieved if left_range(fact) > 0 or (target.achieved - end) * fact.better.sign > 0 else None


def _longer(scene: Scene, kpi: Kpi, later: Period) -> Iterator[Edit]:
    """The goal ends no earlier than the target."""
    until = scene.goals[kpi.goal].until
    if until is not None and until < later.window.last_day:
        yield Edit(("goals", kpi.goal, "until"), later.window.last_day.isoformat())


def _more_time(scene: Scene, kpi: Kpi, fact: Fact) -> Iterator[Proposal]:
    """A later day for a value to be reached, where the last periods moved toward it and would get there."""
    assert kpi.target and fact.target and fact.target.value is not None
    by, left, asked = kpi.target.period, arrives_in(fact, fact.target.value), aimed(fact)
    if kpi.target.kind != "reach" or by is None or left is None or asked is None:
        return
    if any(asked.holds(value) for value in judged_values(fact)[-LOOKED_BACK:]):
        return  # it was there, and did not stay
    grain = fact.series.points[-1].period
    later = scene.calendar.period_of(by.grain, scene.calendar.shift(grain, left).window.last_day)
    if later.end <= by.end:
        return
    yield Proposal(
        "give_time", kpi.goal, fact,
        numbers=_numbers(fact), steps={"step": pace(fact)}, counts={"count": LOOKED_BACK, "left": left},
        texts={"by": by.window.last_day, "later": later.window.last_day},
        edits=(Edit((*scene.place(kpi), "target", "by"), later.key), *_longer(scene, kpi, later)),
    )  # fmt: skip


def _numbers(fact: Fact) -> dict[str, float]:
    between = usual_over(fact)
    assert between and fact.target and fact.target.value is not None
    return {"target": fact.target.value, "low": between[0], "high": between[1]}


def _target(scene: Scene, kpi: Kpi, text: str, period: Period | None) -> dict[str, object]:
    """The target of a KPI as a plan file has it, with another value and perhaps another time."""
    assert kpi.target
    kind, pace = kpi.target.kind, scene.entry(kpi)["target"].get("pace")
    key = _TIME.get(kind)
    span = {key: period.key} if key and period else {}
    return {"kind": kind, "value": text, **span, **({"pace": pace} if pace else {})}


def _a_year(period: Period) -> int:
    return {"day": 364, "week": 52, "month": 12, "quarter": 4}.get(period.grain, 1)
