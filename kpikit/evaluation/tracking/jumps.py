"""Jumps that look like a fault of the measuring, and not like something that the client did.

A source that counts nothing for some days, or suddenly half or twice as much, while the other sources of the client go
on as before, has probably lost its tracking (a banner that blocks it, a tag that is gone, or is there twice).

- An *outage* is a row of slots without anything that is too long for chance: with the share of empty slots that the
  series has on each weekday (one more than were seen, so never 0), fewer than `CHANCE` such rows are expected among all
  series that are looked at.
- A *level* is a week after which four weeks all lie below (or above) the eight before, at half or less (double or more)
  of them, measured against what the other series do at that time, and by more than six times the usual change from one
  week to the next. Seasons, campaigns and closing days show in other sources too, and are none.

Both need another series to be held against: of the client's other sources; for an outage else of other clients in the
same source. Where there is none, nothing is said: a fault of measuring can't be told from what happened. A client whose
rows never come back, and of whom no other source tells, has *ended*: a department that was closed, a customer who left.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby, pairwise
from statistics import median

CHANCE = 0.01
"""How many outages may be expected by chance, among all series together."""
BEFORE, AFTER = 8, 4
"""The weeks before and after a level that are looked at."""
FACTOR, STEPS = 2.0, 6.0
"""A level changes by at least this factor, and by so many times the usual change from week to week."""
LEAST = 20.0
"""What the eight weeks before hold in each at least, so that chance alone does not halve it."""
ALIVE = 0.5
"""Another series goes on as before where it has at least this share of what it had before."""


@dataclass(frozen=True)
class Series:
    """What a client's source holds in each expected slot, from its first one on: ``values`` by the slot's first day.

    ``column`` is what is counted; None for the rows. ``days`` is the length of a slot.
    """

    client: str
    source: str
    column: str | None
    values: Mapping[date, float]
    days: int

    @cached_property
    def slots(self) -> list[date]:
        """The slots in order."""
        return sorted(self.values)

    @cached_property
    def weeks(self) -> dict[date, float]:
        """The sums of whole weeks, by their Mondays; empty for slots longer than a week."""
        if self.days > 7 or not self.values:
            return {}
        sums, first, last = dict[date, float](), self.slots[0], self.last_day(self.slots[-1])
        for day, value in self.values.items():
            monday = day - timedelta(day.weekday())
            sums[monday] = sums.get(monday, 0.0) + value
        whole = [day for day in sums if first <= day and day + timedelta(6) <= last]
        return {day: max(sums[day], 0.0) for day in sorted(whole)}

    def last_day(self, slot: date) -> date:
        """The last day of a slot."""
        long = monthrange(slot.year, slot.month)[1] if self.days > 7 else self.days
        return slot + timedelta(long - 1)


@dataclass(frozen=True)
class Jump:
    """A jump of one series. ``kind`` is "outage", "ended", "level" or "fall" (of one ``member`` of a dimension, see
    `kpikit.evaluation.tracking.parts`). ``before`` and ``after``: of a slot on average.

    Those of a level are the middle ones of a week, those of a fall its averages. ``held`` are the sources (of an outage
    without another source: the clients; of a fall: the member's other columns) that went on as before.
    """

    kind: str
    client: str
    source: str
    column: str | None
    first: date
    last: date
    before: float
    after: float
    held: tuple[str, ...]
    member: str | None = None


def jumps(series: Sequence[Series]) -> list[Jump]:
    """All jumps, by client, day and source; the columns of a source that jump together are told as one."""
    found = [each for one in series for each in [*_outages(one, series), *_levels(one, series)]]
    kept = list[Jump]()
    for each in sorted(found, key=lambda each: (each.client, each.first, each.source, each.column or "")):
        if not any(_together(each, other) for other in kept):
            kept.append(each)
    return kept


def _together(one: Jump, other: Jump) -> bool:
    """Whether two jumps are of the same source, kind, way and time."""
    same = (one.client, one.source, one.kind) == (other.client, other.source, other.kind)
    same = same and (one.after > one.before) == (other.after > other.before)
    return same and one.first <= other.last and other.first <= one.last


def _outages(one: Series, others: Sequence[Series]) -> Iterator[Jump]:
    """Rows of empty slots after the first value that are too long for chance, while others go on."""
    days, empty, tried = one.slots, _empty_shares(one), len(others) * len(one.values)
    for run in _runs(one):
        at = days.index(run[0])
        before = [one.values[day] for day in days[max(at - 56, 0) : at]]
        if sum(before) <= 0 or math.prod(empty[day.weekday()] for day in run) * tried >= CHANCE:
            continue
        held, by_others = _alive(one, others, run)
        if held:
            kind = "ended" if run[-1] == days[-1] and not by_others else "outage"
            last = one.last_day(run[-1])
            yield Jump(kind, one.client, one.source, one.column, run[0], last, sum(before) / len(before), 0.0, held)


def _empty_shares(one: Series) -> dict[int, float]:
    """By weekday, the share of slots with nothing in them, apart from the longest row of such slots.

    One more than were seen is counted, of one more slot: what was never seen may happen.
    """
    runs = sorted(_runs(one), key=len)
    longest, shares = set(runs[-1] if runs else []), dict[int, float]()
    for weekday in {day.weekday() for day in one.slots}:
        own = [one.values[day] for day in one.slots if day.weekday() == weekday and day not in longest]
        shares[weekday] = (own.count(0) + 1) / (len(own) + 1)
    return shares


def _runs(one: Series) -> list[list[date]]:
    """The empty slots, in rows of those that follow each other."""
    rows = groupby(one.slots, key=lambda day: one.values[day] == 0)
    return [list(days) for empty, days in rows if empty]


def _alive(one: Series, others: Sequence[Series], run: Sequence[date]) -> tuple[tuple[str, ...], bool]:
    """Who goes on as before while a series is out, where that are half or more of those that could.

    And whether these are other sources of the client: where none can tell, they are other clients.
    """
    first, last = run[0], one.last_day(run[-1])
    mine = [each for each in others if each.client == one.client and each.source != one.source]
    rest = [each for each in others if each.source == one.source and each.client != one.client]
    for some, name in ((mine, "source"), (rest, "client")):
        states = {getattr(each, name): state for each in some if (state := _goes_on(each, first, last)) is not None}
        if states:
            held = tuple(sorted(key for key, state in states.items() if state))
            return (held if 2 * len(held) >= len(states) else ()), name == "source"
    return (), False


def _goes_on(one: Series, first: date, last: date) -> bool | None:
    """Whether a series has in these days what it had in the eight weeks before; None where it had hardly anything."""
    begin, start, end = (bisect_left(one.slots, day) for day in (first - timedelta(56), first, last + timedelta(1)))
    before = [one.values[day] for day in one.slots[begin:start]]
    inside = [one.values[day] for day in one.slots[start:end]]
    if not inside or not before or sum(before) / len(before) * len(inside) < 1:
        return None
    return sum(inside) / len(inside) >= ALIVE * sum(before) / len(before)


def _levels(one: Series, others: Sequence[Series]) -> Iterator[Jump]:
    """Weeks from which a series is on another level, and the client's other sources are not."""
    days, values = list(one.weeks), list(one.weeks.values())
    usual, at = _usual_change(values), BEFORE
    while at + AFTER <= len(values):
        before, after = values[at - BEFORE : at], values[at : at + AFTER]
        held = _not_so(one, others, days[at]) if _is_level(before, after, usual) else ()
        if held:
            last = days[at + AFTER - 1] + timedelta(6)
            ends = median(before), median(after)
            yield Jump("level", one.client, one.source, one.column, days[at], last, *ends, held)
        at += AFTER if held else 1


def _usual_change(values: Sequence[float]) -> float:
    """The middle of the changes from week to week, as logarithms; at least that of a tenth."""
    changes = [abs(math.log((b + 1) / (a + 1))) for a, b in pairwise(values)]
    return max(median(changes), 0.1) if changes else 0.1


def _is_level(before: Sequence[float], after: Sequence[float], usual: float) -> bool:
    if min(before) < LEAST:
        return False
    apart = max(after) < min(before) or min(after) > max(before)
    change = abs(_change(before, after))
    return apart and change >= math.log(FACTOR) and change >= STEPS * usual


def _change(before: Sequence[float], after: Sequence[float]) -> float:
    return math.log((median(after) + 1) / (median(before) + 1))


def _not_so(one: Series, others: Sequence[Series], monday: date) -> tuple[str, ...]:
    """The client's other sources that kept their level, where those that could tell mostly did."""
    own, changes = 0.0, dict[str, list[float]]()
    for each in others:
        if each.client == one.client and (found := _change_at(each, monday)) is not None:
            if each is one:
                own = found
            elif each.source != one.source:
                changes.setdefault(each.source, []).append(found)
    middle = {source: median(found) for source, found in changes.items()}
    if not middle or abs(own - median(middle.values())) < math.log(FACTOR):
        return ()
    return tuple(sorted(source for source, change in middle.items() if abs(change) < math.log(FACTOR)))


def _change_at(one: Series, monday: date) -> float | None:
    weeks = one.weeks
    before = [weeks.get(monday - timedelta(7 * number)) for number in range(1, BEFORE + 1)]
    after = [weeks.get(monday + timedelta(7 * number)) for number in range(AFTER)]
    known = [value for value in before if value is not None], [value for value in after if value is not None]
    if len(known[0]) < BEFORE or len(known[1]) < AFTER or median(known[0]) < LEAST:
        return None
    return _change(*known)
