"""From draft to sent: what was checked, approved or sent of a period, and what has changed since.

A step names who took it and when, and keeps the figures as they were then. So a report whose figures are others by now
is a draft again, and a later report can hold what was reported then against what is known now.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from kpikit.evaluation.facts import Evaluation, Fact, Revision, Target
from kpikit.evaluation.figures import in_words
from kpikit.words.language import Language
from kpikit.words.periods import Period, Window
from kpikit.words.texts import N_

DRAFT, SENT = "draft", "sent"
STATES = {DRAFT: N_("Draft"), "checked": N_("Checked"), "approved": N_("Approved"), SENT: N_("Sent")}
"""How far a report has come: code -> text, in this order."""

STEPS = tuple(state for state in STATES if state != DRAFT)
"""The states that somebody gives a report."""


REVISED = {
    "value": (
        N_("{label}, {period}: {now}; the report of {day} said {reported}."),
        N_("{label}, {period}: no value now; the report of {day} said {reported}."),
    ),
    "achieved": (
        N_("{label}, up to {period}: {now}; the report of {day} said {reported}."),
        N_("{label}, up to {period}: no value now; the report of {day} said {reported}."),
    ),
    "target": (
        N_("{label}, target in {period}: {now}; the report of {day} said {reported}."),
        N_("{label}, target in {period}: none now; the report of {day} said {reported}."),
    ),
}
"""Which figure of a fact -> what is said of another one now, and of none."""


@dataclass(frozen=True)
class Figure:
    """A figure as it was: the fact's key, its value and its status; of a KPI its target, too, and what was achieved.

    The last two are None without a target, and where a step was kept without them. ``days`` are those that ``achieved``
    adds up, of a target that is added up; None for all else, and where nobody kept them.
    """

    key: str
    value: float | None
    status: str | None
    achieved: float | None = None
    target: float | None = None
    days: Window | None = None

    @property
    def mark(self) -> list[str | None]:
        """What stands for it."""
        numbers = (None if each is None else f"{each:.9g}" for each in (self.value, self.achieved, self.target))
        return [self.key, self.status, *numbers]

    def is_as(self, then: Figure) -> bool:
        """Whether it is what it was then."""
        kept = [name for name in REVISED if name == "value" or getattr(then, name) is not None]
        return self.status == then.status and all(_equal(getattr(self, name), getattr(then, name)) for name in kept)


@dataclass(frozen=True)
class Step:
    """What somebody (``by``) did on a day with the report of a period, seen from ``as_of``, and its figures then.

    ``notes`` stands for the notes on the period as they were then (`kpikit.plans.notes.mark_of`); None: nobody kept it.
    """

    state: str
    by: str
    on: date
    period: Period
    as_of: date
    figures: tuple[Figure, ...]
    notes: str | None = None

    def figure(self, key: str) -> Figure | None:
        """The figure of a fact then; None where the report had no such fact."""
        return next((each for each in self.figures if each.key == key), None)


@dataclass(frozen=True)
class Standing:
    """How far a report has come. ``last`` is the last step; of a draft, one that was taken with other figures, or with
    other ``notes`` alone."""

    state: str = DRAFT
    last: Step | None = None
    notes: bool = False


def figures(evaluation: Evaluation) -> tuple[Figure, ...]:
    """The figures of an evaluation, as a step keeps them."""
    last = min(evaluation.period.window.last_day, evaluation.as_of)
    return tuple(_figure(fact, last) for fact in evaluation.facts)


def _figure(fact: Fact, last: date) -> Figure:
    target = fact.target
    aim = (target.achieved, target.value, _added_up(target, last)) if target else ()
    return Figure(fact.key, fact.value.value, fact.status, *aim)


def _added_up(target: Target, last: date) -> Window | None:
    return target.window.until(target.until or last) if target.kind == "cumulative" else None


def mark_of(evaluation: Evaluation) -> str:
    """What stands for the figures of an evaluation, so that others can be told from them."""
    told = [each.mark for each in figures(evaluation)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def standing(evaluation: Evaluation, steps: Sequence[Step], notes: str | None = None) -> Standing:
    """The state of the report of an evaluation after these steps, oldest first; ``notes`` stands for those now."""
    own = [step for step in steps if step.period == evaluation.period]
    if not own:
        return Standing()
    if not _same(own[-1].figures, figures(evaluation)):
        return Standing(DRAFT, own[-1])
    other = notes is not None and own[-1].notes is not None and notes != own[-1].notes
    return Standing(DRAFT if other else own[-1].state, own[-1], notes=other)


def _same(then: Sequence[Figure], now: Sequence[Figure]) -> bool:
    known = {figure.key: figure for figure in then}
    return {figure.key for figure in now} == set(known) and all(figure.is_as(known[figure.key]) for figure in now)


def _equal(one: float | None, other: float | None) -> bool:
    return one == other or (one is not None and other is not None and math.isclose(one, other, rel_tol=1e-9))


def standing_words(standing: Standing, say: Language) -> str:
    """The state in words, with who and when."""
    if standing.last is None:
        return say(STATES[standing.state])
    said = {"state": say(STATES[standing.last.state]), "name": standing.last.by, "day": say.day(standing.last.on)}
    if standing.notes:
        return say("Draft. {state} by {name}, {day}, with other notes.", **said)
    if standing.state == DRAFT:
        return say("Draft. {state} by {name}, {day}, with other figures.", **said)
    return say("{state} by {name}, {day}", **said)


def revisions(evaluation: Evaluation, steps: Iterable[Step]) -> tuple[Revision, ...]:
    """The figures that were sent for this period or an earlier one in its series, and are others now; oldest first."""
    sent = {
        step.period: step
        for step in steps
        if step.state == SENT and step.period.end <= evaluation.period.end and step.as_of <= evaluation.as_of
    }
    ordered = sorted(sent.values(), key=lambda step: step.period.start)
    found = (each for step in ordered for each in _revised(evaluation.facts, step))
    return (*found, *_revised_aims(evaluation, ordered))


def _revised_aims(evaluation: Evaluation, steps: Sequence[Step]) -> Iterator[Revision]:
    """Of what was told of each target, the latest that is otherwise now: what came later has what came before in it."""
    known = {figure.key: figure for figure in figures(evaluation)}
    for fact, name in product(evaluation.facts, NOW):
        own = known[fact.key]
        found = (_revised_aim(fact, name, step, own if step.period == evaluation.period else None) for step in steps)
        yield from [each for each in found if each][-1:]


def _revised_aim(fact: Fact, name: str, step: Step, own: Figure | None) -> Revision | None:
    """A figure of a target that is another one now; a value of that name is told already.

    ``own`` has those of the period itself; what they are in an earlier one may not be known, and then nothing is told.
    """
    then = step.figure(fact.key) if any(each.period == step.period for each in fact.series.points) else None
    before = getattr(then, name) if then else None
    if then is None or before is None or (name == "achieved" and _equal(before, then.value)):
        return None
    now = getattr(own, name) if own else NOW[name](fact, then, step.period)
    if _equal(before, now) or (now is None and own is None):
        return None
    return Revision(fact.key, step.period, before, now, step.on, name)


def _sum_by(fact: Fact, then: Figure, period: Period) -> float | None:
    """What the days of a sum that was sent come to now; None where the periods of the series are not those very days,
    where one of them has no value, and where the plan adds up from another day by now."""
    days, target = then.days, fact.target
    if days is None or target is None or target.kind != "cumulative" or target.window.start != days.start:
        return None
    points = [each for each in fact.series.points if days.start <= each.period.start < days.end]
    values = [each.value.value for each in points if each.value.value is not None]
    ends = [days.start, *(each.period.end for each in points)]
    whole = ends[:-1] == [each.period.start for each in points] and ends[-1] == days.end
    return math.fsum(values) if whole and fact.adds_up and len(values) == len(points) else None


def _target_in(fact: Fact, then: Figure, period: Period) -> float | None:
    """The target in an earlier period, as its baseline is now; None where the plan asked something else then, and where
    no figure can move it: another version of a plan is no other figure."""
    target = fact.target
    if target is None or target.baseline_period is None or target.since > period.start:
        return None
    changes = target.kind == "keep" and target.steps  # a table has its own for each period
    return None if changes else target.value


NOW = {"achieved": _sum_by, "target": _target_in}
"""Which figure of a target -> what it is now, for an earlier period, as far as that is known."""


def _revised(facts: Sequence[Fact], step: Step) -> Iterable[Revision]:
    then = {figure.key: figure.value for figure in step.figures}
    once = {fact.name: fact for fact in reversed(facts)}  # KPIs of one indicator have the same figures
    values = {name: {each.period: each.value.value for each in once[name].series.points} for name in reversed(once)}
    if not any(step.period in shown for shown in values.values()):
        return  # too old to be held against anything
    for name, shown in values.items():
        before = then.get(once[name].key, then.get(name))
        now = shown.get(step.period)  # a series begins with its first value
        if before is not None and not _equal(before, now):
            yield Revision(once[name].key, step.period, before, now, step.on)


def revision_sentences(evaluation: Evaluation, labels: dict[str, str], say: Language) -> list[str]:
    """A sentence for each revision that can be seen: what is known now, and what was reported then."""
    said = []
    for each in evaluation.revisions:
        fact = evaluation.fact(each.key)
        now, reported = (in_words(fact, value, say) for value in (each.now, each.reported))
        values = {"label": labels[each.key], "period": say.period(each.period), "day": say.day(each.on)}
        values |= {"now": now, "reported": reported}
        told, none = REVISED[each.figure]
        if each.now is None:
            said.append(say(none, **values))
        elif now != reported:
            said.append(say(told, **values))
    return said
