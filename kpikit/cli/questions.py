"""The questions that a proposal is decided by, each of which one can go back from to the one before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import click

from kpikit.words.errors import SettingError, UsageError
from kpikit.words.language import Language
from kpikit.words.message import in_language
from kpikit.words.rewritten import typed_day, typed_number
from kpikit.words.texts import N_

if TYPE_CHECKING:
    from kpikit.evaluation.proposals.proposal import Proposal
    from kpikit.workspace.plan.redesign import Choice

BACK, BACK_WORD = "b", N_("back")
"""The key that goes back to the proposal before."""

_NEEDED = N_("An answer is needed here; b goes back to the question before.")
_LEAVE = N_("Ctrl+C leaves the review, and asks what is to become of what is decided.")


class BackError(Exception):
    """Somebody goes back to the question before."""


def choice(proposal: Proposal, answer: str, say: Language, attempt: Callable[[Choice], object]) -> Choice:
    """What is decided, question by question; the key for back leads to the one before."""
    from kpikit.workspace.plan.redesign import Choice

    steps = [lambda one: _with_why(one, say, attempt)]
    if answer == "changed":
        steps.insert(0, lambda one: _with_value(one, proposal, say, attempt))
    if proposal.goal and answer != "declined":
        steps.append(lambda one: _with_actions(one, say, attempt))
    choices = [Choice(proposal.id, answer, "-")]
    while len(choices) <= len(steps):
        try:
            choices.append(steps[len(choices) - 1](choices[-1]))
        except BackError:
            choices.pop()
            if not choices:
                raise
    return choices[-1]


def _with_value(one: Choice, proposal: Proposal, say: Language, attempt: Callable[[Choice], object]) -> Choice:
    from kpikit.evaluation.proposals.proposal import asked_words

    fits = _checked(lambda text: attempt(replace(one, value=text)), say, partial(proposal.typed, language=say.code))
    return replace(one, value=asked("  " + asked_words(proposal, say), hint(say(_NEEDED), say), _or_back(fits)))


def _with_why(one: Choice, say: Language, attempt: Callable[[Choice], object]) -> Choice:
    said = asked("  " + say("Why"), hint(say(_NEEDED), say), _or_back(str.strip))
    decided = replace(one, why=said)
    attempt(decided)
    return decided


def _with_actions(one: Choice, say: Language, attempt: Callable[[Choice], object]) -> Choice:
    """With what is to be done; the key for back leads from an action to the one before, which is asked for anew."""
    actions = list[dict[str, str]]()
    while True:
        try:
            action = _action(say, lambda action: attempt(replace(one, actions=(action,))))
        except BackError:
            if not actions:
                raise
            actions.pop()
            continue
        if action is None:
            return replace(one, actions=tuple(actions))
        actions.append(action)


def _action(say: Language, attempt: Callable[[dict[str, str]], object]) -> dict[str, str] | None:
    """What is to be done, if anything; a day and a cost are asked for again until they can stand in a plan."""

    def ask(text: str, key: str, written: Callable[[str], str]) -> None:
        check = _checked(lambda given: attempt(action | {key: given}), say, written)
        if given := _prompted("    " + text, _or_back(check)):
            action[key] = given

    what = _prompted("  " + say("An action for it (empty: none)"), _or_back(str.strip))
    if not what:
        return None
    try:
        action = {"what": what, "who": asked("    " + say("Who"), hint(say(_NEEDED), say), _or_back(str.strip))}
        ask(say("Until when, as 2026-03-01 (empty: open)"), "due", partial(typed_day, language=say.code))
        ask(say("Cost, as 1200 DKK (empty: none)"), "cost", typed_number)
    except BackError:
        return _action(say, attempt)
    return action


def _or_back(check: Callable[[str], str]) -> Callable[[str], str]:
    """The check of an answer; the key for back is none, and goes back."""

    def answer(given: str) -> str:
        if given.strip().casefold() == BACK:
            raise BackError
        return check(given)

    return answer


def hint(words: str, say: Language) -> str:
    """What is said to an answer that is none, with the way out of the review."""
    return f"{words} {say(_LEAVE)}"


def asked(text: str, hint: str, check: Callable[[str], str] = str.strip) -> str:
    """What is answered to a question; where ``check`` leaves nothing of it, the hint, and the question again."""

    def answer(given: str) -> str:
        if not (checked := check(given)):
            raise click.UsageError(hint)
        return checked

    return _prompted(text, answer)


def _prompted(text: str, check: Callable[[str], str]) -> str:
    """The checked answer to a question; what is wrong with one is said as it is, and no slip is called an error."""
    while True:
        try:
            return check(str(click.prompt(text, default="", show_default=False)))
        except click.UsageError as error:
            click.echo(f"    {error.message}")


def _checked(check: Callable[[str], object], say: Language, written: Callable[[str], str]) -> Callable[[str], str]:
    """For a prompt: a text as a plan writes it; says what is wrong with it, whereupon it asks again; an empty one is
    let through."""

    def stripped(text: str) -> str:
        given = written(text) if text.strip() else ""
        try:
            if given:
                check(given)
        except SettingError as error:
            raise click.UsageError(str(in_language(error.reason, say))) from error
        except UsageError as error:
            raise click.UsageError(error.said(say)) from error
        return given

    return stripped
