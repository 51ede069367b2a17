"""The desk of an analyst with many clients: who needs a call today."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kpikit.cli.shared import AS_OF, LANGUAGE, PERIOD, WORKSPACE, errors_as_exit_codes


@click.command()
@WORKSPACE
@PERIOD
@AS_OF
@LANGUAGE
@click.option("--json", "as_json", is_flag=True, help="As JSON (schema 1): codes and numbers.")
@errors_as_exit_codes
def triage(workspace: Path, period: str | None, as_of: str | None, language: str | None, as_json: bool) -> None:
    """Say which clients need a call today and why, what is late or missing, and which reviews are due.

    --as-of may lie after the last figures: sources that are behind are named, too. Nothing is rendered. Of the KPIs
    that are called worse than usual at most a tenth is expected to be a false alarm,
    over all clients together.
    """
    from kpikit.workspace import open

    found = open(workspace).triage(period, as_of, language)
    click.echo(json.dumps(found.document(), indent=1) if as_json else found)
