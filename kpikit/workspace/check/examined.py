"""What a check of a workspace finds: each source, plan and client, as far as it could be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.goals.smart import Finding
from kpikit.plans.plan import Plan
from kpikit.sources.declarations import Source
from kpikit.sources.profile import Profile
from kpikit.words.errors import KpikitError
from kpikit.words.periods import Window
from kpikit.workspace.workspace import Workspace


@dataclass(frozen=True)
class CheckedSource:
    """A source that could be read, and what it holds.

    ``days_old``: from its last covered day to the check's. ``silent``: weekdays of which no client ever has a row.
    ``gaps``: covered slots in which no client has a row, of other days than these.
    ``unregistered``: what it calls clients who are not in the register -> their rows. ``rows``: registered client ->
    its rows. ``missing``: client -> how many covered slots since its first row have none, where there are any; not of
    events, of which no row means 0. ``lacking``: the clients without a file or account in it.
    ``ended``: clients whose rows end too early -> their last day with any; see `kpikit.workspace.data.delivered`.
    ``left_out``: how many rows that can't be read are in quarantine. ``repeats``: the file and row of the first rows
    that are like another one. ``meant``: of the unregistered -> what a registered client is called that is spelled
    alike.
    """

    source: Source
    profile: Profile
    days_old: int
    silent: tuple[str, ...]
    gaps: tuple[Window, ...]
    unregistered: Mapping[str, int]
    rows: Mapping[str, int]
    missing: Mapping[str, int]
    lacking: tuple[str, ...] = ()
    ended: Mapping[str, date] = field(default_factory=dict)
    left_out: int = 0
    repeats: tuple[tuple[Path, int], ...] = ()
    meant: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckedPlan:
    """A version of a plan, and what the SMART check finds in it."""

    plan: Plan
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class CheckedClient:
    """A client whose plans can be read: its versions, the one ``in_force``, and the newest that begins ``later``.

    Both are held against the same period. Without sources that can be read there is no evaluation, and neither of them.
    """

    key: str
    versions: tuple[Plan, ...]
    evaluation: Evaluation | None
    in_force: CheckedPlan | None
    later: CheckedPlan | None


@dataclass(frozen=True)
class Examined:
    """What was found. ``workspace`` is None where its own two files cannot be read; the rest is empty then.

    ``as_of`` is the day that freshness is held against. ``computed``: ids of indicators; ``lacking``: those that can't
    be computed -> the metrics that they lack; ``unused``: metrics that no indicator uses. ``silent_notes``: client and
    period of notes on
    days that no source covers.
    """

    folder: Path
    workspace: Workspace | None
    as_of: date | None
    errors: tuple[KpikitError, ...]
    sources: tuple[CheckedSource, ...] = ()
    clients: tuple[CheckedClient, ...] = ()
    computed: tuple[str, ...] = ()
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    silent_notes: tuple[tuple[str, str], ...] = ()
