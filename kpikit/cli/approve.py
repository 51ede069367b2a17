"""The command that takes a report from draft to sent."""

from __future__ import annotations

from pathlib import Path

import click

from kpikit.cli.shared import AS_OF, CLIENT, WORKSPACE, errors_as_exit_codes


@click.command()
@WORKSPACE
@CLIENT
@click.option("--period", required=True, help="Of which period, as 2011-11.")
@AS_OF
@click.option("--by", required=True, help="Who says so.")
@click.option("--as", "state", default="approved", show_default=True, help="checked, approved or sent.")
@click.option("--on", help="The day, as 2011-12-05, from --as-of on. Default: today.")
@errors_as_exit_codes
def approve(workspace: Path, client: str, period: str, as_of: str | None, by: str, state: str, on: str | None) -> None:
    """Say that a client's report was checked, approved or sent: it is a draft no more.

    It becomes a new file in the folder reported/ of the workspace, with the figures as they are now. Once they are
    others the report is a draft again, and later reports say what was sent then and is known now. It holds for the
    period's figures: all templates and audiences show them.
    """
    from kpikit.workspace import open

    click.echo(open(workspace).client(client).approve(period, by, state, on, as_of))
