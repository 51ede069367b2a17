"""What several commands share: their arguments, and how an error becomes a line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kpikit.words.language import Language

WORKSPACE = click.argument("workspace", type=click.Path(path_type=Path))
CLIENT = click.option("--client", required=True, help="The client's key.")
PERIOD = click.option("--period", help="As 2011-11, 2011-W47, 2011-Q3, 2011, FY2011. Default: the last complete one.")
AS_OF = click.option("--as-of", help="The day to see it from, as 2011-11-23. Default: the last day that is covered.")
LANGUAGE = click.option("--language", help="en, da or nb. Default: each client's own.")


def open_closed_streams() -> None:
    """Give a command that was started without input, output or errors, as by some schedulers, ones that lead nowhere.

    Else the next file or socket that is opened would be taken for them.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", closefd=False))


def limits(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of what a report may take, handed on as one: seconds, seconds for a cell, megabytes."""
    above_zero = click.FloatRange(0, min_open=True)

    @wraps(command)
    def run(*args: Any, time_limit: float, cell_limit: float | None, memory_limit: float, **options: Any) -> Any:
        return command(*args, limits=(time_limit, cell_limit, memory_limit), **options)

    for name, default, text in (
        ("--memory-limit", 2000.0, "Megabytes of memory that a report may use."),
        ("--cell-limit", None, "Seconds that one cell may take. Default: as long as the report."),
        ("--time-limit", 300.0, "Seconds that a report may take."),
    ):
        run = click.option(name, type=above_zero, default=default, show_default=default is not None, help=text)(run)
    return run


def _language(workspace: Path | None = None, language: str | None = None, **options: Any) -> Language:
    """The language of errors: the one asked for, else the workspace's, as far as its file can be read."""
    from kpikit.words.language import Language
    from kpikit.words.texts import LANGUAGES
    from kpikit.workspace.settings import written_language

    code = language or (written_language(workspace) if workspace else "en")
    return Language(code if code in LANGUAGES else "en")


def errors_as_exit_codes(command: Callable[..., Any]) -> Callable[..., Any]:
    """Show an error that was raised on purpose as one line, in the language of its reader.

    The exit code is 2 for misuse, 1 for all else.
    """

    @wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        from kpikit.words.errors import KpikitError, UsageError

        try:
            return command(*args, **options)
        except KpikitError as error:
            say = _language(**options)
            click.echo(say("Error: {text}", text=error.said(say)), err=True)
            sys.exit(2 if isinstance(error, UsageError) else 1)
        except BrokenPipeError:
            raise  # the reader, such as `head`, has read enough: click ends quietly
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"Error: {where}{error.strerror or error}.", err=True)
            sys.exit(1)

    return run
