"""The coverage strip: a bar for each month says how much of what was expected is there, within a table's cell.

A full bar has all its rows, one with a frame lacks some and is filled as far as they go, an open grey one has none and
counts as 0, and a dot is not expected: each has a shape of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape

from kpikit.charts.markup import Html
from kpikit.charts.picture import Picture
from kpikit.charts.reading import capital
from kpikit.words.language import Language
from kpikit.words.periods import Calendar
from kpikit.words.texts import N_

MOST = 24
"""So many months are shown at most: the last ones."""
STEP, WIDTH, HEIGHT = 7, 5, 12

KEY = {
    "rows": N_("all rows of the month"),
    "missing": N_("rows are missing"),
    "none": N_("no rows, which counts as 0"),
    "closed": N_("nothing expected"),
}
"""What a month can be, as the key of the strip calls it."""

_FULL, _FRAME = "fill:var(--kpi-good, #1b6fae)", "fill:none;stroke:var(--kpi-bad, #c2540a);stroke-width:1.3"
_OPEN, _DOT = "fill:none;stroke:var(--kpi-muted, #5a6672);stroke-width:1", "fill:var(--kpi-muted, #5a6672)"

Months = Mapping[date, Counter[str]]
"""The first day of each month -> how many slots are what, as a coverage calendar calls it."""


def by_month(states: Mapping[date, str]) -> Months:
    """The states of the slots of a calendar, counted by month."""
    found = dict[date, Counter[str]]()
    for (year, month, state), number in Counter((day.year, day.month, state) for day, state in states.items()).items():
        found.setdefault(date(year, month, 1), Counter())[state] = number
    return found


def together(several: Iterable[Months]) -> Months:
    """The months of several calendars, counted as one; of many months, the last ones."""
    found = dict[date, Counter[str]]()
    for months in several:
        for month, counted in months.items():
            found.setdefault(month, Counter()).update(counted)
    return dict(sorted(found.items())[-MOST:])


def month_state(counted: Counter[str]) -> str:
    """What a month is as a whole: a key of `KEY`."""
    if counted["missing"]:
        return "missing"
    return next((state for state in ("rows", "none") if counted[state]), "closed")


def coverage_strip(months: Months, say: Language) -> Picture:
    """The months as bars, with a text alternative that names those in which rows are missing."""
    width = max(len(months) * STEP, STEP)
    bars = "".join(_bar(month_state(each), each, at * STEP + 1) for at, each in enumerate(months.values()))
    alt = _alt(months, say)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="kpi-picture" role="img" aria-label="{escape(alt)}" '
        f'width="{width}" height="{HEIGHT + 2}" viewBox="0 0 {width} {HEIGHT + 2}" '
        f'style="width:{width}px;max-width:100%;height:auto">{bars}</svg>'
    )
    return Picture(svg, alt)


def strip_key(months: Iterable[Months], say: Language) -> Html:
    """What the shapes in these strips mean."""
    seen = {month_state(counted) for each in months for counted in each.values()}
    signs = "".join(
        f'<span><svg class="sign" viewBox="0 0 {STEP} {HEIGHT + 2}" aria-hidden="true">'
        f"{_bar(state, Counter(missing=1, rows=1), 1)}</svg>{escape(say(KEY[state]))}</span>"
        for state in KEY
        if state in seen
    )
    return Html(f'<p class="kpikit legend">{signs}</p>', "")


def _bar(state: str, counted: Counter[str], x: int) -> str:
    if state == "closed":
        return f'<path d="M{x + 1.7} {HEIGHT / 2}h1.6v1.6h-1.6z" style="{_DOT}"/>'
    if state == "none":
        return f'<path d="M{x + 0.5} 1.5h{WIDTH - 1}v{HEIGHT - 1}h-{WIDTH - 1}z" style="{_OPEN}"/>'
    height = HEIGHT * (1 - counted["missing"] / counted.total()) if state == "missing" else HEIGHT
    full = f'<path d="M{x} {HEIGHT + 1 - height:.1f}h{WIDTH}v{height:.1f}h-{WIDTH}z" style="{_FULL}"/>'
    frame = f'<path d="M{x + 0.5} 1.5h{WIDTH - 1}v{HEIGHT - 1}h-{WIDTH - 1}z" style="{_FRAME}"/>'
    return full + frame if state == "missing" else full


def _alt(months: Months, say: Language) -> str:
    named = [(say.period(Calendar().period_of("month", day)), month_state(each)) for day, each in months.items()]
    if not named:
        return say("There are no values to draw.")
    missing = [name for name, state in named if state == "missing"]
    span = f"{capital(named[0][0])} – {named[-1][0]}"
    if not missing:
        return say("{span}: no rows are missing.", span=span)
    return say("{span}: rows are missing in {months}.", span=span, months=", ".join(missing))
