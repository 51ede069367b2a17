"""What a process chart says beside its points: limits, segments, spacing of rare events, and a shift to decide on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kpikit.plans.limits import Rebase
from kpikit.words.periods import Period

GOES_ON = {"trend", "walk"}
"""What limits follow that are elsewhere later."""


@dataclass(frozen=True)
class Limits:
    """The natural process limits of a series, from ``points`` points; under 12 they are trial limits.

    Where limits differ from point to point (seasons, trends, shares of unequal size) these are the last ones.
    """

    centre: float
    lower: float
    upper: float
    points: int

    @property
    def trial(self) -> bool:
        """True where the limits are made of so few points that they will still move."""
        return self.points < 12


@dataclass(frozen=True)
class Segment:
    """A part of a series with limits of its own, the last ones of it in ``limits``; None where it is too short.

    Of rare events they are those of the gaps that end in it. ``rebase`` is the decision that it begins with; None for
    the first one.
    """

    start: Period
    end: Period
    limits: Limits | None
    rebase: Rebase | None = None


@dataclass(frozen=True)
class Shift:
    """What speaks for new limits from ``start`` on: ``points`` values on one side of the centre, stable by themselves.

    ``before`` and ``after`` are the averages of the segment's earlier and later values, in the series' unit.
    """

    start: Period
    points: int
    before: float
    after: float


@dataclass(frozen=True)
class Gap:
    """How long there was no event before the one in ``period``; ``open``: there was none since, up to ``period``."""

    period: Period
    value: float
    open: bool = False


@dataclass(frozen=True)
class Spacing:
    """Rare events as they are judged: by what lies between them, in ``unit``: "days", or "cases" of the denominator.

    The ``gaps`` are those of all segments, of which each has limits of its own; ``limits`` are the last one's.
    """

    unit: str
    gaps: tuple[Gap, ...]
    limits: Limits | None


@dataclass(frozen=True)
class Chart:
    """How a series is judged: the ``kind`` of chart, why it was ``chosen``, and what its limits follow.

    ``follows`` holds "season", "trend" or "walk", one of these with "season", or nothing. ``frozen`` are the first and
    the last day of the baseline whose points alone make the limits, of rare events also where these are too few.
    ``chance``: how probable it is that the last point is marked when nothing changed.
    """

    kind: str = "xmr"
    chosen: str = "values"
    follows: tuple[str, ...] = ()
    frozen: tuple[date, date] | None = None
    segments: tuple[Segment, ...] = ()
    shift: Shift | None = None
    spacing: Spacing | None = None
    chance: float | None = None

    @property
    def goes_on(self) -> bool:
        """True where the usual range rises or falls with the values, and will be elsewhere later."""
        return bool(GOES_ON & set(self.follows))
