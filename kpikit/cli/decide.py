"""The commands of re-design: decide on what the figures propose, and see how two versions of a plan differ."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpikit.cli.shared import AS_OF, CLIENT, LANGUAGE, PERIOD, WORKSPACE, errors_as_exit_codes
from kpikit.words.errors import SettingError
from kpikit.words.language import Language
from kpikit.words.texts import N_

if TYPE_CHECKING:
    from kpikit.evaluation.proposals.proposal import Proposal
    from kpikit.workspace.redesign import Choice, Redesign

ANSWERS = {
    "a": ("accepted", N_("accept")),
    "c": ("changed", N_("change")),
    "d": ("declined", N_("decline")),
    "l": ("later", N_("later")),
    "s": ("", N_("skip")),
}
"""The keys of the prompt: the answer that a plan keeps, and how the prompt calls it."""

YES, NO = ("y", "yes", "j", "ja"), ("n", "no", "nej", "nei")
_ONE_OF_THESE = N_("Answer with one of these: {keys}.")
_NEEDED = N_("An answer is needed here. Ctrl+C leaves the review, and nothing is written.")


@click.command()
@WORKSPACE
@CLIENT
@PERIOD
@AS_OF
@LANGUAGE
@click.option("--by", required=True, help="Who decides.")
@click.option("--on", help="The day of the decision, as 2026-03-01. Default: today.")
@click.option("--from", "begins", help="The first day of the next version. Default: the day after the period.")
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

    Each proposal is accepted, changed (another target), declined, left for later, or skipped. What would change is
    shown before anything is written; the version in force stays as it is.
    """
    from kpikit.workspace import open

    redesign = open(workspace).client(client).evaluate(period, as_of, language).redesign
    redesign.latest()  # before the first question: a period that a later version follows has no next one
    say, day = redesign.say, on or date.today().isoformat()
    try:
        choices = list(_choices(redesign, lambda choice: redesign.decided([choice], by, day, begins)))
    except click.Abort:
        click.echo("\n" + say("The review was left early, so nothing is written."), err=True)
        raise
    if not choices:
        click.echo(say("Nothing was decided, so nothing is written."))
        return
    click.echo(f"\n{redesign.decided(choices, by, day, begins)}\n")
    if _confirmed(say("Write the next version?"), say):
        click.echo(redesign.decide(choices, by, day, begins))


def _choices(redesign: Redesign, attempt: Callable[[Choice], object]) -> Iterator[Choice]:
    """What is decided of each proposal; those that are skipped are left out.

    What can't stand in a plan is asked for again at once: ``attempt`` raises what is wrong with a choice.
    """
    found, say = redesign.proposed(), redesign.say
    for number, proposal in enumerate(found, 1):
        title, reason = redesign.words(proposal)
        place = say("{number} of {all}", number=say.count(number), all=say.count(len(found)))
        click.echo(f"\n{place}: {title}\n  {reason}")
        able = [key for key in ANSWERS if key != "c" or proposal.takes_value]
        keys = ", ".join(f"{key} = {say(ANSWERS[key][1])}" for key in able)
        answer, _ = ANSWERS[_asked(f"  {keys}", say(_ONE_OF_THESE, keys=", ".join(able)), _one_of(able))]
        if answer:
            yield _choice(proposal, answer, say, attempt)


def _choice(proposal: Proposal, answer: str, say: Language, attempt: Callable[[Choice], object]) -> Choice:
    from kpikit.evaluation.proposals.proposal import asked_words
    from kpikit.workspace.redesign import Choice

    value = None
    if answer == "changed":
        fits = _checked(lambda text: attempt(Choice(proposal.id, answer, "-", text)))
        value = _asked("  " + asked_words(proposal, say), say(_NEEDED), fits)
    choice = Choice(proposal.id, answer, _asked("  " + say("Why"), say(_NEEDED)), value)
    if not proposal.goal or answer == "declined":
        return choice
    actions = _actions(say, lambda action: attempt(replace(choice, actions=(action,))))
    return replace(choice, actions=tuple(actions))


def _actions(say: Language, attempt: Callable[[dict[str, str]], object]) -> Iterator[dict[str, str]]:
    """What is to be done; a day and a cost are asked for again until they can stand in a plan."""

    def asked(text: str, key: str) -> None:
        check = _checked(lambda given: attempt(action | {key: given}))
        if given := click.prompt("    " + text, default="", show_default=False, value_proc=check):
            action[key] = given

    while what := click.prompt("  " + say("An action for it (empty: none)"), default="", show_default=False).strip():
        action = {"what": what, "who": _asked("    " + say("Who"), say(_NEEDED))}
        asked(say("Until when, as 2026-03-01 (empty: open)"), "due")
        asked(say("Cost, as 1200 DKK (empty: none)"), "cost")
        yield action


def _asked(text: str, hint: str, check: Callable[[str], str] = str.strip) -> str:
    """What is answered to a question; where ``check`` leaves nothing of it, the hint, and the question again."""

    def answer(given: str) -> str:
        if not (checked := check(given)):
            raise click.UsageError(hint)
        return checked

    return str(click.prompt(text, default="", show_default=False, value_proc=answer))


def _one_of(able: Collection[str]) -> Callable[[str], str]:
    """The answer where it is one of these; else nothing."""

    def answer(given: str) -> str:
        folded = given.strip().casefold()
        return folded if folded in able else ""

    return answer


def _confirmed(text: str, say: Language) -> bool:
    """True for a yes in any of the languages; an empty answer is a no."""
    hint = say(_ONE_OF_THESE, keys=say("y, n"))
    answer = _asked(f"{text} [{say('y/N')}]", hint, lambda given: _one_of((*YES, *NO))(given or NO[0]))
    return answer in YES


def _checked(check: Callable[[str], object]) -> Callable[[str], str]:
    """For a prompt: says what is wrong with a text, whereupon it asks again; an empty one is let through."""

    def stripped(text: str) -> str:
        try:
            if text.strip():
                check(text.strip())
        except SettingError as error:
            raise click.UsageError(error.reason) from error
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
    from kpikit.words.errors import UsageError
    from kpikit.workspace import open

    redesign = open(workspace).client(client).evaluate(language=language).redesign
    latest = len(redesign.settings.plans(client))
    if latest < 2:
        raise UsageError(f"{client} has {latest or 'no'} version of a plan, and two are needed to tell a difference.")
    new = after or latest
    click.echo(redesign.difference(before or new - 1, new))
