"""The history of an indicator as the lines of a native chart, the same in sheets and slides.

Solid and dark is what was measured; dashed, the target; dotted, the ends of the usual range. Points that stand out are
lines of their own, without a stroke: a blue circle is for the better, an orange diamond for the worse.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from kpikit.charts.reading import BAD, GOOD, levels, numbers, sense
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import decimals
from kpikit.evaluation.targets.usual import usual_ranges
from kpikit.words.language import Language
from kpikit.words.number_codes import cell_number, number_code
from kpikit.words.units import SHARE

SOLID, DASHED, DOTTED = "solid", "dash", "dot"
"""How a line is drawn."""


@dataclass(frozen=True)
class Track:
    """One line of a chart: its name, a number for each period as cells hold it (None: a gap), and its look.

    ``role`` is that of its colour. With a ``mark``, "circle" or "diamond", only that is drawn at each value.
    """

    name: str
    values: tuple[float | None, ...]
    role: str
    width: float
    dash: str = SOLID
    mark: str | None = None

    @property
    def lonely(self) -> bool:
        """Whether a value has a gap on both sides, so that a line alone would not show it.

        >>> Track("Value", (1.0, 2.0, None), "ink", 2.25).lonely, Track("Value", (1.0, None, 2.0), "ink", 2.25).lonely
        (False, True)
        """
        gaps = [value is None for value in (None, *self.values, None)]
        return any(before and after and not at for before, at, after in zip(gaps, gaps[1:], gaps[2:], strict=False))


def tracks(fact: Fact, say: Language) -> list[Track]:
    """The lines in the order in which they are drawn, the loudest last; none where there are no values."""
    if all(math.isnan(value) for value in numbers(fact.series.points)):
        return []
    seen = tuple(_cell(fact, value) for value in numbers(fact.series.points))
    value = Track(say("Value"), seen, "ink", 2.25)
    return [*_usual(fact, say), *_targets(fact, say), value, *_marks(fact, say)]


def _usual(fact: Fact, say: Language) -> Iterator[Track]:
    ranges = usual_ranges(fact)
    for end, name in enumerate((say("Usual from"), say("Usual to"))) if any(ranges) else ():
        values = (_cell(fact, math.nan if between is None else between[end]) for between in ranges)
        yield Track(name, tuple(values), "prior", 1.0, DOTTED)


def _targets(fact: Fact, say: Language) -> Iterator[Track]:
    aims = levels(fact.target)
    names = [say("Target")] if len(aims) == 1 else [say("Target from"), say("Target to")]
    for name, aim in zip(names, aims, strict=False):
        yield Track(name, _level(fact, aim), "target", 1.5, DASHED)


def _marks(fact: Fact, say: Language) -> Iterator[Track]:
    values, senses = numbers(fact.series.points), [sense(fact, at) for at in range(len(fact.series.points))]
    for how, name, mark in ((GOOD, say("Better than usual"), "circle"), (BAD, say("Worse than usual"), "diamond")):
        if how in senses:
            marked = (_cell(fact, value) if each == how else None for value, each in zip(values, senses, strict=True))
            yield Track(name, tuple(marked), how, 0.0, mark=mark)


def _level(fact: Fact, value: float) -> tuple[float | None, ...]:
    return (_cell(fact, value),) * len(fact.series.points)


def _cell(fact: Fact, value: float) -> float | None:
    return None if math.isnan(value) else cell_number(value, fact.unit)


def axis(fact: Fact, say: Language) -> tuple[float | None, float | None]:
    """Where the axis begins and ends; None where a program finds that by itself.

    It begins at zero unless all that is drawn lies far from it, and shares end at 100 %.
    """
    seen = [value for track in tracks(fact, say) for value in track.values if value is not None]
    low, high = min(seen), max(seen)
    end = 1.0 if fact.unit == SHARE and 0.8 < high <= 1 else None
    if low <= 0 or low < 2 * (high - low):
        return None, end
    step = 10 ** math.floor(math.log10((high - low) or high))
    return math.floor((low - (high - low) / 10) / step) * step, end


def code(fact: Fact, say: Language) -> str:
    """The number format of a whole history: that of all figures of the fact."""
    known = [abs(value) for value in numbers(fact.series.points) if not math.isnan(value)]
    return number_code(max(known, default=None), fact.unit, say, fact.currency, decimals(fact))
