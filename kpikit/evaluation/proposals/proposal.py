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
from kpikit.evaluation.proposals.kinds import ASKED, CHANGED, KINDS
from kpikit.evaluation.sentences import distance_words
from kpikit.evaluation.signals.words import centre_words
from kpikit.plans.apart import meant
from kpikit.words.formats import correlation
from kpikit.words.language import Language, Wording
from kpikit.words.rewritten import typed_day, typed_number
from kpikit.words.texts import N_

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
    ``asks`` is the place in the plan of what people alone know (an owner, another day), where it waits for that;
    ``beside`` are edits that go with what they enter.
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
    beside: tuple[Edit, ...] = ()
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
        return "proposed" in self.numbers or self.asks[-1:] == ("value",)

    @property
    def takes_value(self) -> bool:
        """True where it may be "changed": by another target, or by what it `asks` for."""
        return self.sets_target or bool(self.asks)

    @property
    def asks_day(self) -> bool:
        """True where what it asks for is a day."""
        return self.asks[-1:] == ("due",)

    def typed(self, text: str, language: str) -> str:
        """What somebody types in its place, as a plan writes it: a day, or a number."""
        if self.asks_day:
            return typed_day(text, language)
        return typed_number(text) if self.sets_target else text.strip()


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
        words["centre"] = centre_words(fact.series.chart, say)
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
