"""The commands of re-design: decide on what the figures propose, and see how two versions of a plan differ."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpikit.cli.shared import AS_OF, CLIENT, LANGUAGE, PERIOD, WORKSPACE, errors_as_exit_codes

if TYPE_CHECKING:
    from kpikit.workspace.redesign import Choice, Redesign

ANSWERS = {"a": "accepted", "c": "changed", "d": "declined", "l": "later", "s": ""}


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
    choices = list(_choices(redesign))
    if not choices:
        click.echo("Nothing was decided, so nothing is written.")
        return
    day = on or date.today().isoformat()
    click.echo(f"\n{redesign.decided(choices, by, day, begins)}\n")
    if click.confirm("Write the next version?"):
        click.echo(redesign.decide(choices, by, day, begins))


def _choices(redesign: Redesign) -> Iterator[Choice]:
    """What is decided of each proposal; those that are skipped are left out."""
    from kpikit.workspace.redesign import Choice

    found = redesign.proposed()
    for number, proposal in enumerate(found, 1):
        title, reason = redesign.words(proposal)
        click.echo(f"\n{number} of {len(found)}: {title}\n  {reason}")
        able = [key for key in ANSWERS if key != "c" or proposal.sets_target]
        said = "/".join(f"{key}={ANSWERS[key] or 'skip'}" for key in able)
        answer = ANSWERS[click.prompt(f"  {said}", type=click.Choice(able), show_choices=False)]
        if answer:
            value = click.prompt("  The target, as a plan writes it") if answer == "changed" else None
            why = click.prompt("  Why")
            actions = tuple(_actions()) if proposal.goal and answer != "declined" else ()
            yield Choice(proposal.id, answer, why, value, actions)


def _actions() -> Iterator[dict[str, str]]:
    while what := click.prompt("  An action for it (empty: none)", default="", show_default=False).strip():
        given = {
            "who": click.prompt("    Who"),
            "due": click.prompt("    Until when, as 2026-03-01 (empty: open)", default="", show_default=False),
            "cost": click.prompt("    Cost, as 1200 DKK (empty: none)", default="", show_default=False),
        }
        yield {"what": what, **{key: text for key, text in given.items() if text}}


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
