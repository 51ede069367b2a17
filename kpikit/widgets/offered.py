"""The widgets about a workspace, by name: what `kpikit.widgets` lists is what the app and JupyterLab offer."""

from __future__ import annotations

import inspect
import re
from os import PathLike
from typing import Any

import kpikit.widgets as shelf
from kpikit.widgets.view import View
from kpikit.words.errors import UsageError, one_of
from kpikit.words.language import Language


def offered() -> dict[str, type[View]]:
    """Name -> widget, in the order of `kpikit.widgets.__all__`: those that are about a workspace."""
    kinds = {name: getattr(shelf, name) for name in shelf.__all__}
    return {name: kind for name, kind in kinds.items() if takes(kind, "workspace")}


def heading(name: str, say: Language) -> str:
    """What a widget is called where several are offered: "Set a goal"."""
    kind = offered()[name]
    return say(getattr(kind, "heading", " ".join(re.findall("[A-Z][a-z]+", name)).capitalize()))


def takes(kind: type[View], name: str) -> bool:
    """Whether a widget is about such a thing: a "workspace", "client" or "period"."""
    return name in inspect.signature(kind).parameters


def make(name: str, workspace: str | PathLike[str], **about: Any) -> View:
    """The widget of a name, about a workspace and, as far as it takes them, a client, a period, and so on."""
    kinds = offered()
    if name not in kinds:
        raise UsageError(one_of("widget", name, list(kinds)))
    kind: Any = kinds[name]  # each has arguments of its own
    found: View = kind(workspace=workspace, **{key: value for key, value in about.items() if takes(kind, key)})
    return found
