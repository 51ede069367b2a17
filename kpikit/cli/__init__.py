"""The command line: thin. Each command imports what it needs when it runs, so that ``kpikit --help`` is quick.

Exit codes: 0 fine; 1 something failed or was found wrong; 2 misuse.
"""

from __future__ import annotations

import json
import logging
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpikit.cli import app, approve, catalogue, decide, lab, triage
from kpikit.cli.shared import (
    AS_OF,
    CLIENT,
    LANGUAGE,
    PERIOD,
    WORKSPACE,
    errors_as_exit_codes,
    limits,
    open_closed_streams,
)

if TYPE_CHECKING:
    from kpikit.render.run import Run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kpikit")
@click.option("-v", "--verbose", is_flag=True, help="Show what is logged.")
def main(verbose: bool) -> None:
    """KPI reports from a workspace: a folder of sources, clients and plans."""
    open_closed_streams()
    if sys.flags.optimize > 1:
        raise click.UsageError("indicators are defined in docstrings, which Python drops with -OO or PYTHONOPTIMIZE=2.")
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, format="%(levelname)s %(name)s: %(message)s")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--language", default="en", show_default=True, help="en, da or nb.")
@errors_as_exit_codes
def new(folder: Path, language: str) -> None:
    """Make a first workspace in an empty or new folder.

    Its files explain themselves; its data are an example, to be replaced by your own.
    """
    from kpikit.words.language import Language
    from kpikit.words.texts import N_
    from kpikit.workspace import open
    from kpikit.workspace.new import new

    new(folder, language)
    first = next(iter(open(folder).clients))
    shown = shlex.quote(str(folder))
    say = Language(language)
    made = N_("Made {folder}: two coffee shops with made-up sales. Its files say how to put your own there. Next:")
    click.echo(say(made, folder=shown))
    for command in (f"check {shown}", f"evaluate {shown} --client {first}", f"report {shown}"):
        click.echo(f"  kpikit {command}")


@main.command()
@WORKSPACE
@PERIOD
@click.option("--as-of", help="The day to see it from, such as today. Default: the last day that all sources cover.")
@LANGUAGE
@click.option("--json", "as_json", is_flag=True, help="Everything that was found, as JSON (schema 1).")
@click.option("--explain", is_flag=True, help="The value of each setting, and where it comes from.")
@click.option("--setting", help="The same of a client, or of one setting and those beneath it, such as sources.till.")
@errors_as_exit_codes
def check(
    workspace: Path,
    period: str | None,
    as_of: str | None,
    language: str | None,
    as_json: bool,
    explain: bool,
    setting: str | None,
) -> None:
    """Read and validate everything, without rendering.

    Exit code 1 where a file is wrong; not for findings in plans, gaps and old data.
    """
    from kpikit.workspace.check import check

    found = check(workspace, period, as_of, language)
    if as_json:
        click.echo(json.dumps(found.document(), indent=1, ensure_ascii=False))
    else:
        explained = f"\n{found.explanation(setting)}" if explain or setting else None
        click.echo(found)
        if explained:
            click.echo(explained)
    sys.exit(0 if found.ok else 1)


@main.command()
@WORKSPACE
@CLIENT
@PERIOD
@AS_OF
@LANGUAGE
@click.option("--json", "as_json", is_flag=True, help="The whole evaluation, as JSON (schema 1).")
@errors_as_exit_codes
def evaluate(
    workspace: Path, client: str, period: str | None, as_of: str | None, language: str | None, as_json: bool
) -> None:
    """Hold one client's period against its plan."""
    from kpikit.workspace import open

    review = open(workspace).client(client).evaluate(period, as_of, language)
    if as_json:
        from kpikit.evaluation.document import document

        click.echo(json.dumps(document(review.evaluation), indent=1))
        return
    for part in (review.title(), review.summary(), review.scorecard()):
        click.echo(f"{part}\n")


@main.command()
@WORKSPACE
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A .csv or .parquet file.")
@AS_OF
@errors_as_exit_codes
def measure(workspace: Path, out: Path, as_of: str | None) -> None:
    """Measure everything, and write the table.

    All metrics of all clients, for each period that the sources cover.
    """
    from kpikit.metrics.table import save
    from kpikit.workspace import open

    table = open(workspace).table(as_of)
    save(table, out)
    click.echo(f"{len(table):,} measurements in {out}")


@main.command()
@WORKSPACE
@click.option("--client", "clients", multiple=True, help="A client's key; may be given again. Default: all.")
@click.option("--period", "periods", multiple=True, help="As 2011-11; may be given again. Default: the last complete.")
@AS_OF
@LANGUAGE
@click.option("--template", "templates", multiple=True, help="A template's name; may be given again.")
@click.option("--audience", help="team, management or partner. Default: the team, who see all of it.")
@click.option("--format", "formats", multiple=True, help="As html,pdf,xlsx. Default: the workspace's own, else html.")
@click.option("--out", help="A folder, or storage as s3://BUCKET/REPORTS. Default: the folder out/ in the workspace.")
@click.option("--workers", type=click.IntRange(1, 64), help="How many at once. Default: one for each core.")
@click.option("--executor", help="Make the reports on a Dask cluster: dask://HOST:PORT.")
@click.option("--force", is_flag=True, help="Render all, also what would come out as it is.")
@limits
@errors_as_exit_codes
def report(
    workspace: Path,
    clients: tuple[str, ...],
    periods: tuple[str, ...],
    templates: tuple[str, ...],
    formats: tuple[str, ...],
    audience: str | None,
    as_of: str | None,
    language: str | None,
    out: str | None,
    workers: int | None,
    executor: str | None,
    force: bool,
    limits: tuple[float, float | None, float],
) -> None:
    """Render a report for each client, one over all of them, and an index.

    Reports that would come out as they are already are left as they are. run.json says what changed since the last run.
    """
    from kpikit.render.batch import render
    from kpikit.render.limits import Limits
    from kpikit.workspace.reports.rendered import REPORT

    shown = sys.stderr.isatty()
    seconds, cell_seconds, megabytes = limits
    if shown:  # where a progress bar is shown, which begins when the first report does
        click.echo("Reading and measuring; the first report follows.", err=True)
    run = render(
        workspace, clients or None, periods, as_of, language, out, workers, shown,
        templates or (REPORT,), formats, force, Limits(seconds, cell_seconds, int(megabytes * 1e6)), audience, executor,
    )  # fmt: skip
    _tell(run)
    sys.exit(1 if run.failed or run.lacking else 0)


def _tell(run: Run) -> None:
    for remark in run.remarks:
        click.echo(remark, err=True)
    click.echo(run)


@main.command()
@WORKSPACE
@CLIENT
@click.option("--period", required=True, help="What it is about, as 2011-11.")
@click.option("--indicator", help="The one that it is about, as sales.revenue.")
@click.option("--by", help="Whose note it is.")
@click.option("--on", help="The day that it is from, as 2011-12-05. Default: today.")
@click.argument("text")
@errors_as_exit_codes
def note(
    workspace: Path, client: str, period: str, indicator: str | None, by: str | None, on: str | None, text: str
) -> None:
    """Write a note on a client's period, which its reports show from then on.

    It becomes a new file in the folder notes/ of the workspace.
    """
    from kpikit.workspace import open

    click.echo(open(workspace).client(client).note(text, period, indicator, by, on))


@main.command()
@WORKSPACE
@CLIENT
@click.option("--out", type=click.Path(path_type=Path), help="Of which folder. Default: out/ in the workspace.")
@click.option("--yes", is_flag=True, help="Remove it. Without this, it is only listed.")
@errors_as_exit_codes
def forget(workspace: Path, client: str, out: Path | None, yes: bool) -> None:
    """Remove all that was rendered of a client, and say where your own files still speak of it.

    Your own files are never changed. The portfolio, which holds all clients, is removed too, and so are the bad rows in
    quarantine/ where they name the client; the next report makes them anew.
    """
    from kpikit.render.forget import forget
    from kpikit.words.language import language
    from kpikit.workspace import open

    found, say = forget(workspace, client, out, yes), language(open(workspace).language)
    told: dict[str, Sequence[object]] = {
        say("Removed:") if yes else say("With --yes these are removed:"): found.removed,
        say("Written anew, without the client:"): found.rewritten,
        say("Remains, in files that only you change:"): found.remains,
    }
    for title, lines in told.items():
        click.echo("\n".join([title, *(f"  {line}" for line in lines or (say("nothing"),))]))


for command in (catalogue.catalogue, approve.approve, decide.review, decide.diff, triage.triage, lab.lab, app.app):
    main.add_command(command)
