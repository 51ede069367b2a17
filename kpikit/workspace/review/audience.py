"""Who reads a review: the team sees all of it, management one page, a partner or an investor the progress alone.

All of them see the same figures. A part of a review says whom it is for; for the others it is empty, and a page leaves
out the heading above it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from kpikit.charts.markup import Html
from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.targets.progress import progress_alone
from kpikit.words.errors import UsageError, one_of

TEAM, MANAGEMENT, PARTNER = "team", "management", "partner"
AUDIENCES = (TEAM, MANAGEMENT, PARTNER)


class Read(Protocol):
    """What has an audience."""

    @property
    def audience(self) -> str: ...


def audience_of(name: str | None) -> str:
    """The audience of a name, the team's without one; a `UsageError` for one that there is not."""
    if name is not None and name not in AUDIENCES:
        raise UsageError(one_of("audience", name, AUDIENCES))
    return name or TEAM


def seen_by(evaluation: Evaluation, audience: str) -> Evaluation:
    """What an audience sees of an evaluation: partners the progress alone, so that no format can tell them more."""
    return progress_alone(evaluation) if audience == PARTNER else evaluation


def shown_to(*audiences: str) -> Callable[[Callable[..., Html]], Callable[..., Html]]:
    """Declares whom a part of a review is for: for all others it is empty."""

    def declare(part: Callable[..., Html]) -> Callable[..., Html]:
        @wraps(part)
        def shown(self: Read, *values: Any, **named: Any) -> Html:
            return part(self, *values, **named) if self.audience in audiences else Html("", "")

        return shown

    return declare
