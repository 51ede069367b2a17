"""Faults of the measuring in a part of a source: a page, a campaign or a channel that no longer counts what it did.

Visitors of a broken page come and cannot buy: of this member of a dimension one column falls to a third or less, week
by week, while most of its other columns go on, and so does the same column of the other members. Or nothing is counted
of it at all for some weeks, and then as much as before. A campaign that ended falls in all of its columns and does not
come back, and a bad month falls in all members; neither is told.

How many were to be expected follows from the eight weeks before, and from how the other members did since. The fall
must be too large for chance: counts as far apart as they were from week to week before (Poisson, with their dispersion)
would bring fewer than `CHANCE` such falls among all that are looked at. Amounts of money are not looked at: what they
are the amounts of is counted, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean, variance

from kpikit.evaluation.tracking.jumps import ALIVE, BEFORE, CHANCE, Jump, Series

LOW, FALLEN = 0.5, 1 / 3
"""A week is low with less than this share of what was to be expected; and a fall leaves no more than this of it."""


@dataclass(frozen=True)
class Member:
    """A client's member of a dimension, with a series for each column of the source."""

    client: str
    source: str
    dimension: str
    member: str
    series: tuple[Series, ...]


def falls(members: Sequence[Member]) -> list[Jump]:
    """All falls, by client, day and source; of a member whose columns fall together the first one is told."""
    tried, found = sum(len(one.weeks) for each in members for one in each.series), list[Jump]()
    for each in members:
        rest = [other for other in members if _beside(each, other)]
        for at, one in enumerate(each.series):
            others = [other.series[at] for other in rest]
            found += _of_column(each, one, others, tried)
    ordered = sorted(found, key=lambda each: (each.client, each.first, each.source, each.column or ""))
    kept = list[Jump]()
    for fall in ordered:
        if not any(_together(fall, other) for other in kept):
            kept.append(fall)
    return kept


def _together(one: Jump, other: Jump) -> bool:
    """Whether two falls are of the same member and time."""
    same = (one.client, one.source, one.member) == (other.client, other.source, other.member)
    return same and one.first <= other.last and other.first <= one.last


def _beside(one: Member, other: Member) -> bool:
    same = (one.client, one.source, one.dimension) == (other.client, other.source, other.dimension)
    return same and one.member != other.member


def _of_column(each: Member, one: Series, others: Sequence[Series], tried: int) -> Iterator[Jump]:
    weeks, at = list(one.weeks), BEFORE
    while at < len(weeks):
        before, run = weeks[at - BEFORE : at], list[date]()
        while at < len(weeks) and _is_low(one, others, before, weeks[at]):
            run.append(weeks[at])
            at += 1
        if run and _is_a_fault(each, one, others, before, run, tried):
            ends = fmean(one.weeks[day] for day in before), fmean(one.weeks[day] for day in run)
            held = tuple(other.column for other in each.series if other.column and _kept(other, before, run))
            last = run[-1] + timedelta(6)
            yield Jump("fall", each.client, each.source, one.column, run[0], last, *ends, held, each.member)
        at += not run


def _expected(one: Series, others: Sequence[Series], before: Sequence[date], run: Sequence[date]) -> float:
    """What was to be expected of some weeks at least: as before, or less where the other members had less, too."""
    usual = fmean(one.weeks[day] for day in before) * len(run)
    past, now = (fmean(sum(other.weeks.get(day, 0.0) for other in others) for day in days) for days in (before, run))
    return usual * min(now / past, 1.0) if past > 0 else 0.0


def _is_low(one: Series, others: Sequence[Series], before: Sequence[date], week: date) -> bool:
    if one.weeks[week] >= LOW * fmean(one.weeks[day] for day in before):
        return False  # no more than before is to be expected
    wanted = _expected(one, others, before, [week])
    return wanted > 0 and one.weeks[week] < LOW * wanted


def _is_a_fault(
    each: Member, one: Series, others: Sequence[Series], before: Sequence[date], run: Sequence[date], tried: int
) -> bool:
    """Whether a row of low weeks is a fall too large for chance, of this column alone and of this member alone."""
    from scipy.special import gammaincc

    wanted, there = _expected(one, others, before, run), sum(one.weeks[day] for day in run)
    rest = [other for other in each.series if other is not one and any(other.weeks.get(day) for day in before)]
    alone = len(rest) >= 2 and 2 * sum(_kept(other, before, run) for other in rest) >= len(rest)
    if there > FALLEN * wanted or not (alone or (there == 0 and _is_back(one, before, run))):
        return False
    spread = _dispersion(one, before)
    chance = float(gammaincc(there / spread + 1, wanted / spread))
    going = [other for other in others if any(other.weeks.get(day) for day in before)]
    alike = sum(_kept(other, before, run) for other in going)
    return chance * tried < CHANCE and 2 * alike >= len(going) > 0


def _is_back(one: Series, before: Sequence[date], run: Sequence[date]) -> bool:
    """Whether a series has again what it had, in the two weeks after some weeks without anything."""
    after = [one.weeks.get(run[-1] + timedelta(7 * number), 0.0) for number in (1, 2)]
    return min(after) >= ALIVE * fmean(one.weeks[day] for day in before)


def _dispersion(one: Series, before: Sequence[date]) -> float:
    """How many times further apart the weeks are than chance alone would put counts: those before, or all of them."""
    known, steps = [one.weeks[day] for day in before], pairwise(one.weeks.values())
    all_of_them = fmean([(b - a) ** 2 / (a + b) for a, b in steps if a + b > 0] or [1.0])
    return max(variance(known) / fmean(known), all_of_them, 1.0)


def _kept(one: Series, before: Sequence[date], run: Sequence[date]) -> bool:
    """Whether a series has in some weeks what it had before."""
    past, now = (fmean(one.weeks.get(day, 0.0) for day in days) for days in (before, run))
    return past > 0 and now >= ALIVE * past
