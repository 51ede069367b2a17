"""kpikit: KPI reports from a workspace of sources, clients and plans, told by notebooks.

    import kpikit

    review = kpikit.open(kpikit.samples() / "hospitals").client("RF4").evaluate("2019-03")
    review.scorecard()

Importing it loads none of the heavy packages; they come when they are needed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpikit.workspace import Workspace
    from kpikit.workspace.check import Check

__all__ = ["check", "new", "open", "samples"]


def check(
    path: str | Path, period: str | None = None, as_of: str | None = None, language: str | None = None
) -> Check:
    """What is wrong in the workspace of a folder, and what is worth a look; also where it cannot be opened."""
    from kpikit.workspace.check import check

    return check(path, period, as_of, language)


def new(path: str | Path, language: str = "en") -> Workspace:
    """A first workspace, made in a folder that is empty or not there yet, and opened.

    Its files explain themselves in ``language`` ("en", "da", "nb"); its sales are made up. A
    `kpikit.words.errors.UsageError` refuses a folder that is not empty, and nothing is written then.
    """
    from kpikit.workspace.new import new

    return open(new(path, language))


def open(path: str | Path) -> Workspace:
    """The workspace in a folder: its clients, their plans, and what can be measured of them.

    Raises `kpikit.words.errors.SettingError`, with file, line and key, for files that do not say what they must.
    """
    from kpikit.workspace import Workspace

    return Workspace(path)


def samples() -> Path:
    """The folder with the sample workspaces: ``hospitals`` and ``shop``."""
    from kpikit.workspace import samples

    return samples()
