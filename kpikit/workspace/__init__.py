"""Floor 7: the face that users meet. Open a workspace, pick a client, evaluate a period, show it.

    kpikit.open("data/hospitals").client("RF4").evaluate("2019-03").scorecard()

`workspace`, `client` and `review` are that face. Each other object that shows itself, such as `Board`, `Customers` or
`Exploration`, has a module, and is a method there; widgets and notebooks show these objects.
"""

from os import PathLike

from kpikit.workspace.shipped import samples, template_path
from kpikit.workspace.workspace import Workspace

__all__ = ["Workspace", "open", "samples", "template_path"]


def open(path: str | PathLike[str]) -> Workspace:
    """The workspace in a folder; see `Workspace`."""
    return Workspace(path)
