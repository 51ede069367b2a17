"""The command that shows a workspace's widgets without code, in a browser on this machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import click

from kpikit.cli.shared import WORKSPACE, errors_as_exit_codes
from kpikit.sources.personal import OUT

PAGE = Path(__file__).resolve().parents[1] / "widgets" / "voila"
"""What Voila shows: a notebook with the app, its page, and settings by which the page asks nothing of other hosts."""
VOILA = ("-W", "ignore::DeprecationWarning", "-m", "voila")
"""How Python is asked for it, without what it warns its own developers of."""


@click.command()
@WORKSPACE
@click.option("--port", type=click.IntRange(1, 65535), help="This one, or none. Default: 8866, or the next free one.")
@click.option("--language", help="en, da or nb. Default: the workspace's.")
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True)
@click.option("--no-browser", is_flag=True, help="Open no browser; the address is printed.")
@errors_as_exit_codes
def app(workspace: Path, port: int | None, language: str | None, theme: str, no_browser: bool) -> None:
    """Show a workspace without code: its widgets, in a browser.

    It is served on this machine alone (127.0.0.1), with Voila, and asks nothing of any other. Ctrl+C ends it.
    """
    from kpikit.words.errors import UsageError
    from kpikit.words.language import language as known
    from kpikit.workspace import open

    opened = open(workspace)
    code = known(language or opened.language).code
    if find_spec("voila") is None:
        raise UsageError("Voila is not installed here. To install it: pip install 'kpikit[voila]'")
    command = [sys.executable, *VOILA, *_options(port, code, theme, no_browser), *_pages(opened.folder)]
    searched = os.pathsep.join(filter(None, [str(PAGE.parent), os.environ.get("JUPYTER_PATH")]))
    os.environ.update(
        {
            "JUPYTER_PATH": searched,
            "KPIKIT_WORKSPACE": str(opened.folder.resolve()),
            "KPIKIT_LANGUAGE": code,
            "KPIKIT_REPORTS": _served(opened.folder),
        }
    )
    if os.name == "posix":  # in this process' place, so that Ctrl+C and a signal to end reach Voila itself
        sys.stdout.flush()
        os.execv(sys.executable, command)
    sys.exit(subprocess.run(command, check=False).returncode)


def _options(port: int | None, language: str, theme: str, no_browser: bool) -> list[str]:
    """What Voila is told beside its file of settings, voila.json."""
    own = [f"--port={port}", "--Voila.port_retries=0"] if port else []
    quiet = ["--no-browser"] if no_browser else []
    told = [f"--Voila.config_file_paths={PAGE}", f"--theme={theme}", f"--HTMLExporter.language_code={language}"]
    return [str(PAGE / "app.ipynb"), *told, *own, *quiet]


def _root(folder: Path) -> str | None:
    """The folder from which files are served: it holds the workspace and Voila's page; None on two drives."""
    with suppress(ValueError):
        return os.path.commonpath([PAGE, folder.resolve()])
    return None


def _served(folder: Path) -> str:
    """The address of a workspace's reports, seen from the page; "" where they cannot be served."""
    root = _root(folder)
    return f"voila/files/{quote(_within(folder, root))}" if root else ""


def _within(folder: Path, root: str) -> str:
    return (folder.resolve() / OUT).relative_to(root).as_posix()


def _pages(folder: Path) -> list[str]:
    """The options by which Voila serves the reports' pages of a workspace, and no other file."""
    root = _root(folder)
    if root is None:
        return []
    name = r"[^./\\][^/\\]*"
    place = r"[/\\]".join(map(re.escape, _within(folder, root).split("/")))
    allowed = rf"{place}[/\\]({name}[/\\])?{name}\.html"
    return [f"--Voila.root_dir={root}", f"--VoilaConfiguration.file_allowlist={allowed}"]
