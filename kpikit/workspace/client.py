"""`ClientView`: one client of a workspace, whose periods are evaluated and shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kpikit.plans.plan import in_force
from kpikit.sources.settings import Client
from kpikit.words.language import Language
from kpikit.words.periods import parse_day
from kpikit.workspace.comments import write
from kpikit.workspace.review import Review

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace


@dataclass(frozen=True, repr=False)
class ClientView:
    """One client of a workspace."""

    workspace: Workspace
    key: str

    def __repr__(self) -> str:
        return f"{self.key}: {Language('en').own(self.setting.label)}"

    @property
    def setting(self) -> Client:
        """What the register says of the client."""
        return self.workspace.clients[self.key]

    def evaluate(
        self, period: str | None = None, as_of: str | None = None, language: str | None = None
    ) -> Review:
        """The review of a period (default: the last complete one), in a language (default: the client's).

        >>> import kpikit
        >>> review = kpikit.open(kpikit.samples() / "hospitals").client("RF4").evaluate("2019-03")
        >>> print(review.summary())
        Share within four hours, March 2019: 82.6%, 12.4 pp below target (95.0%).
        """
        evaluation = self.workspace.evaluate(self.key, period, as_of)
        say = Language(language or self.setting.language)
        plan = in_force(self.workspace.plans(self.key), evaluation.period.window)
        notes = self.workspace.notes(self.key, evaluation.period)
        origin = self.workspace.provenance([self.key])
        return Review(self.workspace.settings, self.setting, evaluation, say, origin, plan, notes)

    def note(
        self, text: str, period: str, indicator: str | None = None, by: str | None = None, on: str | None = None
    ) -> Path:
        """Write a note about a period, or an indicator in it, into a new file of the workspace, and give its path.

        ``on`` is the day that it is from (default: today). Raises `UsageError`, and then nothing is written.
        """
        day = date.today() if on is None else parse_day(on, "on")
        return write(self.workspace.settings, self.key, text, period, indicator, by, day)
