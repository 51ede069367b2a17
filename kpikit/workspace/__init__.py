"""Floor 7: the face that users meet. Open a workspace, pick a client, evaluate a period, show it.

kpikit.open("data/hospitals").client("RF4").evaluate("2019-03").scorecard()
"""

from pathlib import Path

from kpikit.workspace.shipped import samples, template_path
from kpikit.workspace.workspace import Workspace

__all__ = ["Workspace", "open", "samples", "template_path"]


def open(path: str | Path) -> Workspace:
    """The workspace in a folder; see `Workspace`."""
    return Workspace(path)
