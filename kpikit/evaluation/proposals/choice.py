"""What people decide of proposals, and the next version of the plan that follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from kpikit.evaluation.proposals.proposal import AT_END, Edit, Proposal, by_id, edited
from kpikit.plans.aim import parse_value
from kpikit.plans.plan import ANSWERS
from kpikit.words.errors import UsageError, one_of
from kpikit.words.language import Wording
from kpikit.words.message import Message
from kpikit.words.texts import N_


@dataclass(frozen=True)
class Choice:
    """What was decided of a proposal, by id: one of `ANSWERS`, and why.

    ``value`` is what was "changed", as a plan writes it: the target in the proposed one's place, "97 %"; or what the
    proposal asks for, an owner, a target or another day.
    ``actions`` are begun with it, as a plan has them: ``{"what": "Train.", "who": "Bo", "due": "2026-03-01"}``.
    """

    proposal: str
    answer: str
    why: str
    value: str | None = None
    actions: tuple[Mapping[str, str], ...] = ()


def chosen(choice: Choice, proposals: Sequence[Proposal]) -> Proposal:
    """The proposal that is decided, with the edits that the decision asks for: none unless it is taken up.

    Raises `UsageError` for a proposal or an answer that there is not, and for a value that has no place.
    """
    proposal = by_id(choice.proposal, proposals)
    if proposal is None:
        raise UsageError(one_of("proposal", choice.proposal, {each.id: each for each in proposals}))
    if choice.answer not in ANSWERS:
        raise UsageError(one_of("answer", choice.answer, ANSWERS))
    if not choice.why.strip():
        raise UsageError(
            Message("{proposal}: say why, so that the next review can learn from it.", proposal=choice.proposal)
        )
    if (choice.value is not None) != (choice.answer == "changed" and proposal.takes_value):
        told = Message(
            "{proposal}: a value goes with the answer 'changed' to a proposal about a target, "
            "or one that asks for an owner, a goal, an indicator or a day.",
            proposal=choice.proposal,
        )
        raise UsageError(told)
    if choice.answer == "changed" and choice.value is not None:
        return with_value(proposal, choice.value)
    return proposal if choice.answer == "accepted" else replace(proposal, edits=())


def with_value(proposal: Proposal, value: str) -> Proposal:
    """The proposal with another target in the place of the proposed one, or with what it asks for; its words say so."""
    if proposal.asks:
        edits = [*proposal.beside, Edit(proposal.asks, value)]
    else:
        edits = [
            Edit(edit.path, {**edit.value, "value": value}) if isinstance(edit.value, dict) else edit
            for edit in proposal.edits
        ]
    return _saying(replace(proposal, edits=tuple(edits), changed=True), value.strip())


def _saying(proposal: Proposal, value: str) -> Proposal:
    """The proposal whose words give the value: as a number of its KPI's unit, a day, by its label, or as it stands."""
    asked = proposal.asks[-1] if proposal.asks else None
    if asked in ("parent", "indicator"):
        return replace(proposal, members={**proposal.members, "given": value})
    texts: dict[str, str | date | Wording] = {**proposal.texts, "given": value}
    with suppress(ValueError):
        if asked == "due":
            texts["given"] = date.fromisoformat(value)
        elif (
            asked in (None, "value")
            and proposal.fact
            and (aim := parse_value(value, proposal.fact.unit)).kind == "value"
        ):
            proposal = replace(proposal, numbers={**proposal.numbers, "given": float(aim.number)})
    return replace(proposal, texts=texts)


def next_document(
    document: Mapping[str, object],
    decided: Sequence[tuple[Choice, Proposal, str]],
    by: str,
    on: date,
    begins: date,
) -> dict[str, object]:
    """The next version of a plan's document: its edits done, its actions added, its decisions written down.

    ``decided`` holds each choice with its proposal (from `chosen`) and what the proposal says in words.
    """
    edits = tuple(_signed(edit, choice, by, on) for choice, proposal, _ in decided for edit in proposal.edits)
    found = edited({key: value for key, value in document.items() if key != "decisions"}, _once(edits))
    for choice, proposal, _ in decided:
        for action in choice.actions:
            _goal(found, proposal).setdefault("actions", []).append(dict(action))
    decisions = [
        {"on": on.isoformat(), "by": by, "what": words, "why": choice.why.strip(),
         "proposal": proposal.id, "answer": choice.answer}
        for choice, proposal, words in decided
    ]  # fmt: skip
    return {**found, "in_force_from": begins.isoformat(), "decisions": decisions}


def _signed(edit: Edit, choice: Choice, by: str, on: date) -> Edit:
    if not edit.signed or not isinstance(edit.value, list):
        return edit
    *before, last = edit.value
    return Edit(edit.path, [*before, {**last, "on": on.isoformat(), "by": by, "why": choice.why.strip()}])


def _once(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """One edit a place: of two that were accepted, the later; nothing is set in what is taken away."""
    grown = [edit for edit in edits if edit.path[-1] == AT_END]
    last = {edit.path: edit for edit in edits if edit not in grown}
    gone = [path for path, edit in last.items() if edit.value is None]
    kept = [edit for path, edit in last.items() if not any(path != way and path[: len(way)] == way for way in gone)]
    return *kept, *grown


def _goal(document: dict[str, object], proposal: Proposal) -> dict[str, list[dict[str, str]]]:
    goals = document["goals"]
    assert isinstance(goals, dict)
    if proposal.goal is None:
        told = N_("{proposal}: an action belongs to a goal, and this proposal is about the plan.")
        raise UsageError(Message(told, proposal=proposal.id))
    return goals[proposal.goal]  # type: ignore[no-any-return]
