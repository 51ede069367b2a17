"""The commands of re-design: decide on what the figures propose, and see how two versions of a plan differ."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpikit.cli.questions import BACK, BACK_WORD, BackError, asked, choice, hint
from kpikit.cli.shared import AS_OF, CLIENT, LANGUAGE, PERIOD, WORKSPACE, errors_as_exit_codes
from kpikit.words.errors import KpikitError, UsageError
from kpikit.words.language import Language
from kpikit.words.message import Message
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


YES, NO = ("y", "yes", "j", "ja"), ("n", "no", "nej", "nei")
_ONE_OF_THESE = N_("Answer with one of these: {keys}.")


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
        sys.exit(1)
    if choices:
        _write(redesign, lambda: redesign.decide(choices, by, day, begins))
    elif not redesign.proposed():
        click.echo(redesign.proposals())
    elif not taken:
        click.echo(say("Nothing was decided, so nothing is written."))


def _write(redesign: Redesign, decide: Callable[[], Path]) -> None:
    """Write the next version, and name each file that is new: a client of the default plan gets its earlier ones."""
    plans, client = redesign.place
    before = {*(plans / client).glob("*.yml")}
    path = decide()
    for file in sorted({*path.parent.glob("*.yml")} - before - {path}):
        click.echo(redesign.say("{file} (the plan until then, now in the client's own folder)", file=file))
    click.echo(path)


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
        try:
            kept = _kept(found[at], ANSWERS[key][0], others, say, shown)
        except BackError:
            continue
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
        one = choice(proposal, answer, say, lambda one: shown([*others.values(), one]))
    except KpikitError as error:
        click.echo(error.said(say), err=True)
        return None
    return others | {proposal.id: one}


def _key(proposal: Proposal, has_one_before: bool, say: Language) -> str:
    """The key that somebody presses for a proposal."""
    able = {key: word for key, (_, word) in ANSWERS.items() if key != "c" or proposal.takes_value}
    able |= {BACK: BACK_WORD} if has_one_before else {}
    keys = ", ".join(f"{key} = {say(word)}" for key, word in able.items())
    return asked(f"  {keys}", hint(say(_ONE_OF_THESE, keys=", ".join(able)), say), _one_of(able))


def _one_of(able: Collection[str]) -> Callable[[str], str]:
    """The answer where it is one of these; else nothing."""

    def answer(given: str) -> str:
        folded = given.strip().casefold()
        return folded if folded in able else ""

    return answer


def _confirmed(text: str, say: Language) -> str:
    """A yes or a no in any of the languages, or the key that goes back; an empty answer is a no."""
    keys = say(_ONE_OF_THESE, keys=f"{say('y, n')}, {BACK}")
    question = f"{text} [{say('y/N')}], {BACK} = {say(BACK_WORD)}"
    return asked(question, keys, lambda given: _one_of((*YES, *NO, BACK))(given or NO[0]))


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
        raise UsageError(
            Message(
                "{client}: versions of its plan: {number}; two are needed to tell a difference.",
                client=client,
                number=latest,
            )
        )
    new = after or latest
    click.echo(redesign.difference(before or new - 1, new))
