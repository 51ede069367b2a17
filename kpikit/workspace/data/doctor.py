"""How sound a workspace's data are: what there is and what looks like a fault, looked for once; see `Diagnosis`.

workspace.data_doctor("ga4", "kysthjelpen")
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kpikit.evaluation.tracking.jumps import Jump, jumps
from kpikit.evaluation.tracking.parts import falls
from kpikit.words.errors import UsageError, one_of
from kpikit.words.language import Language
from kpikit.workspace.data.diagnosis import Diagnosis
from kpikit.workspace.data.held import Held, held, members

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace


def diagnosed(
    workspace: Workspace, source: str | None, client: str | None, language: str | None, *, first: bool = False
) -> Diagnosis:
    """See `Workspace.data_doctor`; a ``first`` sight waits neither for the sources, nor for the jumps, until they are
    there.

    A `UsageError` names what does not exist.
    """
    for name, value, known in (
        ("source", source, workspace.settings.model.sources), ("client", client, workspace.clients),
    ):  # fmt: skip
        if value is not None and value not in known:
            raise UsageError(one_of(name, value, known))
    say = Language(language or workspace.language)
    if first and not workspace._is_read:
        return Diagnosis(workspace.settings, None, None, {}, {}, {}, source, client, say)
    there = _held(workspace)
    found = _JUMPS.get(workspace) if first else _jumps(workspace)
    bad = {name: tuple(each.bad) for name, each in workspace.data.loaded.items()}
    data = workspace.data
    return Diagnosis(workspace.settings, there, found, bad, data.without_value, data.files_of, source, client, say)


_HELD: WeakKeyDictionary[Workspace, Mapping[str, Mapping[str, Held]]] = WeakKeyDictionary()
_JUMPS: WeakKeyDictionary[Workspace, tuple[Jump, ...]] = WeakKeyDictionary()


def _held(workspace: Workspace) -> Mapping[str, Mapping[str, Held]]:
    """What there is: looked for once, as an opened workspace reads its sources once."""
    if workspace not in _HELD:
        _HELD[workspace] = held(workspace)
    return _HELD[workspace]


def _jumps(workspace: Workspace) -> tuple[Jump, ...]:
    """All jumps in what there is, looked for once."""
    if workspace not in _JUMPS:
        there = _held(workspace)
        tests = {each.source for each in workspace.settings.experiments}  # a test ends, and so do its rows
        going = [each for name, own in there.items() if name not in tests for each in own.values()]
        series = [one for each in going for one in each.series()]
        _JUMPS[workspace] = *jumps(series), *falls(list(members(workspace, there)))
    return _JUMPS[workspace]
