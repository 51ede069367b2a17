"""A proposal: what could change in the plan, the figures that speak for it, and the edits that would do it.

A proposal decides nothing. People accept it, change it, decline it or leave it for later; see `choice`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kpikit.evaluation.drivers.away import Away
from kpikit.evaluation.drivers.parts import Decomposition, Driver
from kpikit.evaluation.drivers.words import away_sentence, driver_key, driver_name
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import step_words, told_apart
from kpikit.evaluation.sentences import distance_words
from kpikit.plans.apart import meant
from kpikit.words.formats import correlation
from kpikit.words.language import Language, Wording
from kpikit.words.texts import N_

KINDS = {
    "ease_target": (
        N_("Set {kpi} a target that can be reached: {proposed} instead of {target}"),
        N_("The process as it is does not get to {target}: usually it gives {low} to {high}, and at best it gave "
           "{best}. {proposed} lies half-way from its average to the best that is usual. The other way is to keep the "
           "target and to change how the work is done."),
    ),
    "give_time": (
        N_("Give {kpi} more time: until {later} instead of {by}"),
        N_("It has moved towards the target, by about {step} a period over the last {count}, and at that rate it "
           "arrives in about {left} periods."),
    ),
    "raise_target": (
        N_("Set {kpi} a more ambitious target: {proposed} instead of {target}"),
        N_("The target was met in each of the last {count} periods, and the process meets it by itself: usually it "
           "gives {low} to {high}."),
    ),
    "renew_target": (
        N_("Set {kpi} its next target: {proposed} by {later}"),
        N_("The time of the target {target} was over on {day}. Usually the process gives {low} to {high}. Write the "
           "goal's statement anew with it."),
    ),
    "rebase": (
        N_("Let the usual range of {kpi} begin anew with {start}"),
        N_("Since then all {count} values lie on one side of the average, stable among themselves: {after} on average, "
           "after {before}. Do it only where the reason is known and lasting; the old range stays in the chart."),
    ),
    "split": (
        N_("Follow {kpi} for {member} and {opposite} on their own"),
        N_("They go opposite ways, in every comparison: {member} adds {up}, {opposite} adds {down}. The sum hides "
           "both."),
    ),
    "move_budget": (
        N_("Move budget from {opposite} to {member}: {kpi}"),
        N_("{opposite} costs {most}, {member} {least}, which is more than chance explains. Move a part, and see "
           "whether the difference stays: the next one is often dearer than the average."),
    ),
    "move_to_return": (
        N_("Move budget from {opposite} to {member}: {kpi}"),
        N_("What is spent on {member} comes back {most} times, what is spent on {opposite} {least} times, which is "
           "more than chance explains. Move a part, and see whether the difference stays: the next one often brings "
           "less than the average, and of ads for one's own name or to former visitors much would have come anyway."),
    ),
    "pace_budget": (
        N_("Move {amount} of budget to {kpi} from {other}"),
        N_("{other} comes to {least} and does not use up its budget; {kpi} comes to {most} and passes its own. Both "
           "move by {amount}, so that the sum stays as it is."),
    ),
    "start_action": (
        N_("Begin an action for {kpi}"),
        N_("It is at {value} ({distance}), and no action is under way."),
    ),
    "end_action": (
        N_("Finish, change or stop: {action}"),
        N_("It was due on {day} ({who}), and {kpi} is still at {value} ({distance}). Accepted, it is written as done; "
           "changed, it gets another day."),
    ),
    "rebase_worse": (
        N_("Find out why {kpi} has been worse since {start}; begin its usual range anew only if that is to stay"),
        N_("Since then all {count} values lie on the worse side of the average, stable among themselves: {after} on "
           "average, after {before}. A range that begins anew makes the worse level the usual one: accept it only "
           "where the reason is known and cannot be undone."),
    ),
    "review_overdue": (N_("Hold the review of the plan"), N_("It was due on {day}.")),
    "merge": (
        N_("Keep one of {kpi} and {other} as a KPI"),
        N_("They say the same: over {count} periods their changes go together (correlation {correlation})."),
    ),
    "replace": (
        N_("Replace {kpi}: it no longer moves with {other}"),
        N_("It serves the goal of {other}. Their changes went together (correlation {earlier}), and over the last "
           "{count} periods no common movement can be seen ({correlation})."),
    ),
    "exhausted": (
        N_("Replace {kpi}, or keep it as a PI: it cannot get any better"),
        N_("It was {best} in each of the last {count} periods, the best that there can be. What always says the same "
           "does not tell how its goal goes; as a PI it still warns when that ends."),
    ),
    "mean_of_rates": (
        N_("Measure {kpi} as a ratio of sums"),
        N_("It is a mean of rates, in which a row with ten cases counts as much as one with ten thousand. Give its "
           "metric a weight, or measure the two numbers that are divided."),
    ),
    "too_noisy": (
        N_("Measure {kpi} over longer periods, or replace it"),
        N_("Its usual range, {low} to {high}, is so wide that a step from {baseline} to {target} cannot be seen in a "
           "single period."),
    ),
    "no_data": (N_("Complete the source of {kpi}, or drop it"), N_("It had no value in the last {count} periods.")),
    "retire": (
        N_("Drop {kpi}, or decide on it"),
        N_("{count} versions of the plan have left it as it was, and no decision or action is about its goal."),
    ),
    "name_owner": (N_("Name an owner: {goal}"), N_("Nobody answers for this goal.")),
    "name_parent": (
        N_("Say which goal this one serves: {goal}"),
        N_("A KPI that serves no goal of the organisation is good to look at, and leads nowhere."),
    ),
}  # fmt: skip
"""Code -> the proposal, and its reason; in the order in which they are shown."""


CHANGED = {
    "ease_target": N_("Set {kpi} the target {given} instead of {target}"),
    "raise_target": N_("Set {kpi} the target {given} instead of {target}"),
    "renew_target": N_("Set {kpi} its next target: {given} by {later}"),
    "end_action": N_("Give more time, until {given}: {action}"),
    "replace": N_("Replace {kpi} with {given}"),
    "name_owner": N_("{given} answers for the goal: {goal}"),
    "name_parent": N_("It serves the goal {given}: {goal}"),
}
"""Code -> what was decided where somebody changed the proposal: the figure that counts is then their own."""

ASKED = {
    "owner": N_("Who answers for it"),
    "parent": N_("The goal above it, by its key"),
    "due": N_("Until when, as 2026-03-01"),
    "indicator": N_("Another indicator in its place, by its id"),
}
"""The key of a plan that a proposal asks for -> what people are asked."""


AT_END = "+"
"""The last step of a path: behind all that the list holds."""


@dataclass(frozen=True)
class Edit:
    """A change of a plan's document: the value at the end of ``path``; None takes it away.

    A path that ends with `AT_END` makes a list longer. Of a ``signed`` list the last entry says who decided it, when
    and why.
    """

    path: tuple[str | int, ...]
    value: object
    signed: bool = False


@dataclass(frozen=True)
class Proposal:
    """One proposal about a goal and, where ``fact`` is set, about its KPI; ``other`` is a second KPI it speaks of.

    The places in its words are filled from ``numbers`` (in the KPI's unit), ``steps`` (differences of such), ``counts``
    and ``texts`` (plain words and days); those of ``members``, as ``channel=Google``, are called as the workspace calls
    them, and "distance" says how far the KPI is from where it should be. ``away`` are the parts of its change that took
    it from there, which the reason names. ``edits`` carry it out; where there are none,
    only people know how, and accepting it is a decision alone.
    ``asks`` is the place in the plan of what people alone know (an owner, another day), where it waits for that.
    ``changed``: people have put something else in the place of what was proposed, which its words call "given".
    """

    kind: str
    goal: str | None = None
    fact: Fact | None = None
    other: Fact | None = None
    numbers: Mapping[str, float] = field(default_factory=dict)
    steps: Mapping[str, float] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    correlation: float | None = None
    earlier: float | None = None
    texts: Mapping[str, str | date | Wording] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)
    away: Away = ()
    edits: tuple[Edit, ...] = ()
    asks: tuple[str | int, ...] = ()
    changed: bool = False

    @property
    def id(self) -> str:
        """Kind and what it is about, as ``raise_target:sales.revenue``: the name by which it is decided."""
        return self._named(self.fact.key if self.fact else self.goal)

    @property
    def name(self) -> str:
        """The id without what tells its KPI from others of the same indicator."""
        return self._named(self.fact.name if self.fact else self.goal)

    def _named(self, about: str | None) -> str:
        return ":".join(filter(None, [self.kind, about, str(self.texts.get("action_number", ""))]))

    @property
    def sets_target(self) -> bool:
        """True where it changes what a KPI is to reach, so that another value may be put in its place."""
        return "proposed" in self.numbers

    @property
    def takes_value(self) -> bool:
        """True where it may be "changed": by another target, or by what it `asks` for."""
        return self.sets_target or bool(self.asks)


def by_id(id: str, found: Sequence[Proposal]) -> Proposal | None:
    """The proposal of an id, also of one from before its KPI had to be told from others; None where there is none."""
    own = meant(id, {each.id: each.name for each in found})
    return next((each for each in found if each.id == own), None)


def asked_words(proposal: Proposal, say: Language) -> str:
    """What people are asked where they change a proposal that takes a value."""
    return say(ASKED[str(proposal.asks[-1])] if proposal.asks else N_("The target, as a plan writes it"))


def proposal_words(proposal: Proposal, labels: Mapping[str, str], say: Language) -> tuple[str, str]:
    """The proposal and its reason in words; ``labels`` gives those of facts, goals and members by their keys."""
    title, reason = KINDS[proposal.kind]
    title = CHANGED[proposal.kind] if proposal.changed else title
    fact = proposal.fact
    words = {name: say.count(number) for name, number in proposal.counts.items()}
    words |= {name: _text(text, say) for name, text in proposal.texts.items()}
    words |= {name: _called(key, labels) for name, key in proposal.members.items()}
    if proposal.goal is not None:
        words["goal"] = labels[proposal.goal]
    for name, number in (("correlation", proposal.correlation), ("earlier", proposal.earlier)):
        words |= {} if number is None else {name: correlation(number, say.code)}
    if fact is not None:
        words |= {"kpi": labels[fact.key], "distance": distance_words(fact, say)}
        words |= told_apart(fact, proposal.numbers, say)
        words |= {name: step_words(fact, step, say) for name, step in proposal.steps.items()}
    if proposal.other is not None:
        words["other"] = labels[proposal.other.key]
    reasons = [say(reason, **words), _away_words(proposal, labels, say)]
    return say(title, **words), " ".join(filter(None, reasons))


def _called(key: str, labels: Mapping[str, str]) -> str:
    """The label of a key; a member, or a metric, that has none, by its own name."""
    return labels.get(key, key.partition("=")[2] or key)


def _away_words(proposal: Proposal, labels: Mapping[str, str], say: Language) -> str:
    fact = proposal.fact
    if fact is None:
        return ""

    def names(one: Decomposition, driver: Driver) -> str:
        return driver_name(_called(driver_key(fact, one, driver), labels), driver, say)

    return away_sentence(fact, proposal.away, names, say)


def _text(text: str | date | Wording, say: Language) -> str:
    return say.day(text) if isinstance(text, date) else say.own(text)


def edited(document: Mapping[str, object], edits: tuple[Edit, ...]) -> dict[str, object]:
    """A copy of a plan's document with the edits done, the last places first, so that places in lists stay true.

    >>> edited({"goals": {"grow": {"owner": "Ann"}}}, (Edit(("goals", "grow", "owner"), "Bo"),))
    {'goals': {'grow': {'owner': 'Bo'}}}
    """
    changed = deepcopy(dict(document))
    grown = [edit for edit in edits if edit.path[-1] == AT_END]
    for edit in sorted((edit for edit in edits if edit not in grown), key=_place, reverse=True):
        *way, last = edit.path
        if edit.value is None:
            del _at(changed, way)[last]
        else:
            _at(changed, way)[last] = edit.value
    for edit in grown:
        _at(changed, edit.path[:-1]).append(edit.value)
    return changed


def _place(edit: Edit) -> list[tuple[bool, str]]:
    return [(isinstance(step, int), str(step).zfill(6)) for step in edit.path]


def _at(document: Any, way: Sequence[str | int]) -> Any:
    for step in way:
        document = document[step]
    return document
