"""The commands of re-design: decide on what the figures propose, and see how two versions of a plan differ."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpikit.cli.shared import AS_OF, CLIENT, LANGUAGE, PERIOD, WORKSPACE, errors_as_exit_codes
from kpikit.words.errors import KpikitError, SettingError, UsageError
from kpikit.words.language import Language
from kpikit.words.texts import N_

if TYPE_CHECKING:
    from kpikit.evaluation.proposals.proposal import Proposal
    from kpikit.workspace.plan.redesign import Choice, Redesign

ANSWERS = {
    "a": ("accepted", N_("accept")),
    "c": ("changed", N_("change")),
    "d": ("declined", N_("decline")),
    "l": ("later", N_("later")),
    "s": ("", N_("skip")),
}
"""The keys of the prompt: the answer that a plan keeps, and how the prompt calls it."""

BACK, BACK_WORD = "b", N_("back")
"""The key that goes back to the proposal before."""

YES, NO = ("y", "yes", "j", "ja"), ("n", "no", "nej", "nei")
_ONE_OF_THESE = N_("Answer with one of these: {keys}.")
_NEEDED = N_("An answer is needed here.")
_LEAVE = N_("Ctrl+C leaves the review, and asks what is to become of what is decided.")


@click.command()
@WORKSPACE
@CLIENT
@PERIOD
@AS_OF
@LANGUAGE
@click.option("--by", required=True, help="Who decides.")
@click.option("--on", help="The day of the decision, as 2026-03-01. Default: today.")
@click.option(
    "--from",
    "begins",
    help="The first day of the next version. Default: the day after the period; of a late review, the first day of the "
    "period in which it is held.",
)
@errors_as_exit_codes
def review(
    workspace: Path,
    client: str,
    period: str | None,
    as_of: str | None,
    language: str | None,
    by: str,
    on: str | None,
    begins: str | None,
) -> None:
    """Go through what the figures propose for a client's plan, decide, and write the plan's next version.

    Each proposal is accepted, changed (another target), declined, left for later, or skipped; one can go back to the
    proposal before. What would change is shown before anything is written, also where Ctrl+C ends the review early;
    the version in force stays as it is.
    """
    from kpikit.workspace import open

    redesign = open(workspace).client(client).evaluate(period, as_of, language).redesign
    say, day = redesign.say, on or date.today().isoformat()
    redesign.ready(by, day, begins)  # before the first question: what no answer could repair
    taken: dict[str, Choice] = {}
    try:
        choices = _reviewed(redesign, taken, lambda choices: redesign.decided(choices, by, day, begins))
    except click.Abort:
        click.echo("\n" + say("The review was left early, so nothing is written."), err=True)
        raise
    if choices:
        click.echo(redesign.decide(choices, by, day, begins))
    elif not taken:
        click.echo(say("Nothing was decided, so nothing is written."))


Shown = Callable[[list["Choice"]], object]
"""What decisions would change in the plan; raises what is wrong with them."""


def _reviewed(redesign: Redesign, taken: dict[str, Choice], shown: Shown) -> list[Choice]:
    """What is decided and to be written; empty where nothing is. ``taken`` holds what is decided, by proposal.

    Ctrl+C leaves the rest of the proposals; what is decided until then can be written all the same.
    """
    say, last = redesign.say, len(redesign.proposed())
    answer, at = BACK, 0
    while answer == BACK:
        try:
            _walk(redesign, taken, at, shown)
        except click.Abort:
            if not taken:
                raise
            click.echo("\n" + say("The review was left early; this is decided so far."), err=True)
        if not taken:
            return []
        click.echo(f"\n{shown([*taken.values()])}\n")
        answer, at = _confirmed(say("Write the next version?"), say), last - 1
    return [*taken.values()] if answer in YES else []


def _walk(redesign: Redesign, taken: dict[str, Choice], at: int, shown: Shown) -> None:
    """Ask about each proposal from one on, keep what is decided of it, and go back where somebody wants to."""
    found, say = redesign.proposed(), redesign.say
    while at < len(found):
        place = say("{number} of {all}", number=say.count(at + 1), all=say.count(len(found)))
        title, reason = redesign.words(found[at])
        click.echo(f"\n{place}: {title}\n  {reason}")
        key = _key(found[at], at > 0, say)
        if key == BACK:
            at -= 1
            continue
        others = {id: choice for id, choice in taken.items() if id != found[at].id}
        kept = _kept(found[at], ANSWERS[key][0], others, say, shown)
        if kept is not None:
            taken.clear()
            taken.update(kept)
            at += 1


def _kept(
    proposal: Proposal, answer: str, others: dict[str, Choice], say: Language, shown: Shown
) -> dict[str, Choice] | None:
    """The decisions with the one on this proposal; None, and it is said, where that cannot stand beside the others."""
    if not answer:
        return others
    try:
        one = _choice(proposal, answer, say, lambda one: shown([*others.values(), one]))
    except KpikitError as error:
        click.echo(str(error), err=True)
        return None
    return others | {proposal.id: one}


def _key(proposal: Proposal, has_one_before: bool, say: Language) -> str:
    """The key that somebody presses for a proposal."""
    able = {key: word for key, (_, word) in ANSWERS.items() if key != "c" or proposal.takes_value}
    able |= {BACK: BACK_WORD} if has_one_before else {}
    keys = ", ".join(f"{key} = {say(word)}" for key, word in able.items())
    return _asked(f"  {keys}", _hint(say(_ONE_OF_THESE, keys=", ".join(able)), say), _one_of(able))


def _choice(proposal: Proposal, answer: str, say: Language, attempt: Callable[[Choice], object]) -> Choice:
    from kpikit.evaluation.proposals.proposal import asked_words
    from kpikit.workspace.plan.redesign import Choice

    value = None
    if answer == "changed":
        fits = _checked(lambda text: attempt(Choice(proposal.id, answer, "-", text)))
        value = _asked("  " + asked_words(proposal, say), _hint(say(_NEEDED), say), fits)
    choice = Choice(proposal.id, answer, _asked("  " + say("Why"), _hint(say(_NEEDED), say)), value)
    attempt(choice)
    if not proposal.goal or answer == "declined":
        return choice
    actions = _actions(say, lambda action: attempt(replace(choice, actions=(action,))))
    return replace(choice, actions=tuple(actions))


def _actions(say: Language, attempt: Callable[[dict[str, str]], object]) -> Iterator[dict[str, str]]:
    """What is to be done; a day and a cost are asked for again until they can stand in a plan."""

    def asked(text: str, key: str) -> None:
        check = _checked(lambda given: attempt(action | {key: given}))
        if given := _prompted("    " + text, check):
            action[key] = given

    while what := click.prompt("  " + say("An action for it (empty: none)"), default="", show_default=False).strip():
        action = {"what": what, "who": _asked("    " + say("Who"), _hint(say(_NEEDED), say))}
        asked(say("Until when, as 2026-03-01 (empty: open)"), "due")
        asked(say("Cost, as 1200 DKK (empty: none)"), "cost")
        yield action


def _hint(words: str, say: Language) -> str:
    """What is said to an answer that is none, with the way out of the review."""
    return f"{words} {say(_LEAVE)}"


def _asked(text: str, hint: str, check: Callable[[str], str] = str.strip) -> str:
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


def _one_of(able: Collection[str]) -> Callable[[str], str]:
    """The answer where it is one of these; else nothing."""

    def answer(given: str) -> str:
        folded = given.strip().casefold()
        return folded if folded in able else ""

    return answer


def _confirmed(text: str, say: Language) -> str:
    """A yes or a no in any of the languages, or the key that goes back; an empty answer is a no."""
    hint = say(_ONE_OF_THESE, keys=f"{say('y, n')}, {BACK}")
    asked = f"{text} [{say('y/N')}], {BACK} = {say(BACK_WORD)}"
    return _asked(asked, hint, lambda given: _one_of((*YES, *NO, BACK))(given or NO[0]))


def _checked(check: Callable[[str], object]) -> Callable[[str], str]:
    """For a prompt: says what is wrong with a text, whereupon it asks again; an empty one is let through."""

    def stripped(text: str) -> str:
        try:
            if text.strip():
                check(text.strip())
        except SettingError as error:
            raise click.UsageError(error.reason) from error
        except UsageError as error:
            raise click.UsageError(str(error)) from error
        return text.strip()

    return stripped


@click.command()
@WORKSPACE
@CLIENT
@click.option("--before", type=int, help="A version. Default: the one before the other.")
@click.option("--after", type=int, help="A version. Default: the latest.")
@LANGUAGE
@errors_as_exit_codes
def diff(workspace: Path, client: str, before: int | None, after: int | None, language: str | None) -> None:
    """Say in words how two versions of a client's plan differ."""
    from kpikit.workspace import open

    redesign = open(workspace).client(client).evaluate(language=language).redesign
    latest = len(redesign.settings.plans(client))
    if latest < 2:
        raise UsageError(f"{client} has {latest or 'no'} version of a plan, and two are needed to tell a difference.")
    new = after or latest
    click.echo(redesign.difference(before or new - 1, new))
