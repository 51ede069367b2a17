"""Days without rows in a source in which that means that nothing was measured: whose, which, and how it is said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kpikit.evaluation.lacking import Unmeasured
from kpikit.words.language import Language
from kpikit.words.periods import Window

MOST_NAMED = 3
"""So many gaps of a source are named; the others are counted."""


@dataclass(frozen=True)
class Gap:
    """The first and last day on which a source has no rows of a client, as 2025-09-08."""

    client: str
    first: str
    last: str

    @property
    def window(self) -> Window:
        """The same as a window."""
        return Window(date.fromisoformat(self.first), date.fromisoformat(self.last) + timedelta(days=1))


def unmeasured(
    gaps: Mapping[str, Sequence[Gap]], used: Collection[str], client: str, window: Window, as_of: date
) -> tuple[Unmeasured, ...]:
    """What sources that are ``used`` lack of a client in a window, as far as it was over on a day."""
    seen, found = window.until(as_of), list[Unmeasured]()
    for source, own in gaps.items():
        inside = [each.window.overlap(seen) for each in own if each.client == client] if seen and source in used else []
        if days := tuple(each for each in inside if each):
            found.append(Unmeasured(source, days))
    return tuple(found)


def sentences(found: Iterable[Unmeasured], say: Language) -> list[str]:
    """A sentence for each source that lacks days of the period."""
    told = list[str]()
    for each in found:
        named, more = [say.days(window) for window in each.days[:MOST_NAMED]], len(each.days) - MOST_NAMED
        listed = "; ".join(named)
        days = say("{names} and {number} more", names=listed, number=say.count(more)) if more > 0 else listed
        told.append(say("{source} has no figures of {days}: what needs these days is missing.", source=each.source,
                        days=days))  # fmt: skip
    return told
