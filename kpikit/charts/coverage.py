"""The coverage calendar: a cell for each day, week or month says whether there are rows; in lines by month or year.

Each state has a shape of its own, so that it is read without colours: a filled square has rows, an open one has none
and counts as 0, one with a cross should have some, and a dot is not expected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from kpikit.charts.look import FONT
from kpikit.charts.picture import Picture
from kpikit.words.language import Language
from kpikit.words.periods import Calendar
from kpikit.words.texts import N_

STATES = {
    "rows": N_("rows"),
    "none": N_("no rows, which counts as 0"),
    "missing": N_("no rows, where some are expected"),
    "closed": N_("nothing expected"),
}
"""What a slot can be, as the key of the calendar calls it."""

CELL, LEFT, TOP = 13, 74, 22
MOST = 36
"""How many rows a calendar has at most: the last ones."""

_SHAPES = {
    "rows": "M{x} {y}h9v9h-9z",
    "none": "M{x5} {y5}h8v8h-8z",
    "missing": "M{x5} {y5}h8v8h-8zl8 8m-8 0l8-8",
    "closed": "M{x4} {y4}h1.6v1.6h-1.6z",
}
_STYLES = {
    "rows": "fill:var(--kpi-good, #1b6fae)",
    "none": "fill:none;stroke:var(--kpi-muted, #5a6672);stroke-width:1",
    "missing": "fill:none;stroke:var(--kpi-bad, #c2540a);stroke-width:1.3",
    "closed": "fill:var(--kpi-muted, #5a6672)",
}


def coverage_calendar(states: Mapping[date, str], every: str, say: Language, alt: str) -> Picture:
    """The states of slots (keys of `STATES`), by the first day of each, drawn; ``every`` is day, week or month."""
    rows = dict[tuple[int, int], dict[int, str]]()
    for day, state in sorted(states.items()):
        row, column = _place(day, every)
        rows.setdefault(row, {})[column] = state
    kept = list(rows.items())[-MOST:]
    names = [_row_name(row, say) for row, _ in kept]
    columns = max((column for _, cells in kept for column in cells), default=0) + 1
    places = {(at, column): state for at, (_, cells) in enumerate(kept) for column, state in cells.items()}
    return _drawn(names, _heads(every, columns), places, columns, say, alt)


def _drawn(
    names: Sequence[str], heads: Mapping[int, str], places: Mapping[tuple[int, int], str], columns: int,
    say: Language, alt: str,
) -> Picture:  # fmt: skip
    there = [state for state in STATES if state in places.values()]
    width = max(LEFT + columns * CELL + 4, 330)
    height = TOP + (len(names) + len(there)) * CELL + 18
    parts = [_text(LEFT + column * CELL, 14, text) for column, text in heads.items()]
    parts += [_text(0, TOP + row * CELL + 9, name) for row, name in enumerate(names)]
    for at, state in enumerate(there):
        cells = [(row, column) for (row, column), found in places.items() if found == state]
        path = "".join(_shape(state, LEFT + column * CELL, TOP + row * CELL) for row, column in cells)
        y = TOP + (len(names) + at) * CELL + 14
        parts.append(f'<path d="{path}{_shape(state, LEFT, y)}" style="{_STYLES[state]}"/>')
        parts.append(_text(LEFT + 16, y + 9, say(STATES[state])))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="kpi-picture" role="img" aria-label="{escape(alt)}" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'style="max-width:min(100%, {width}px);height:auto" '
        f'font-family="{FONT}" font-size="11">{"".join(parts)}</svg>\n'
    )
    return Picture(svg, alt)


def _shape(state: str, x: float, y: float) -> str:
    return _SHAPES[state].format(x=x, y=y, x5=x + 0.5, y5=y + 0.5, x4=x + 4, y4=y + 4)


def _text(x: float, y: float, text: str) -> str:
    return f'<text x="{x}" y="{y}" style="fill:var(--kpi-muted, #5a6672)">{escape(text)}</text>'


def _place(day: date, every: str) -> tuple[tuple[int, int], int]:
    """The row of a slot (its year, and its month or 0), and its column."""
    if every == "day":
        return (day.year, day.month), day.day - 1
    if every == "week":
        year, week, _ = day.isocalendar()
        return (year, 0), week - 1
    return (day.year, 0), day.month - 1


def _row_name(row: tuple[int, int], say: Language) -> str:
    year, month = row
    return say.period(Calendar().period_of("month", date(year, month, 1)), brief=True) if month else str(year)


def _heads(every: str, columns: int) -> dict[int, str]:
    """What stands above some of the columns: days, weeks or months by their numbers."""
    numbers = [1, *range(5, columns + 1, 5)] if every != "month" else range(1, columns + 1)
    return {number - 1: str(number) for number in numbers}
