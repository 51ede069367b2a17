"""Small groups of persons: which values must not be shown, so that nobody's own can be worked out.

Hiding the small value alone does not help where it is the rest of a total and the other members, or of a quarter and
its other months. So the periods are put together into blocks of at least ``limit`` persons, oldest first, and in each
block the small members into one group of at least two members and ``limit`` persons. A value is shown where it is made
of whole groups only: then sums and differences of all that is shown, whenever it is shown, are of whole groups, too.

The last block may be too small: what lies in it is not shown until it has grown. Blocks never change once they are
full, so that an earlier report and a later one cannot be held against each other.

Source: Hundepool et al., "Statistical Disclosure Control" (2012), chapter 4 (frequency tables, secondary suppression).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from kpikit.words.periods import Window

USUAL_LIMIT, LOWEST_LIMIT = 5, 3
"""Fewer persons than the limit are a small group: unless a workspace says otherwise, and in any case."""


@dataclass(frozen=True)
class Groups:
    """The persons of one client as one metric counts them: in total and by member, in each of the base periods.

    ``windows`` are the base periods, oldest first, without gaps; ``total`` has the persons in each of them, and
    ``members`` those of each member of each dimension: dimension -> member -> persons in each period.
    """

    windows: Sequence[Window]
    total: Sequence[float]
    members: Mapping[str, Mapping[str, Sequence[float]]]
    limit: int = USUAL_LIMIT

    def shows(self, window: Window, dimension: str = "", member: str = "") -> bool:
        """True where the value of a window may be shown: the total's, or that of one member of a dimension."""
        touched = [block for block in self._blocks if any(self.windows[at].overlap(window) for at in block)]
        whole = all(_within(self.windows[at], window) for block in touched for at in block)
        large = all(self._is_large(block) for block in touched)
        return whole and large and not any(member in self._grouped(block, dimension) for block in touched)

    @cached_property
    def _blocks(self) -> list[list[int]]:
        """The base periods, by their places, put together until there are enough persons in each block, or none."""
        blocks, growing = list[list[int]](), list[int]()
        for at, _ in enumerate(self.windows):
            growing.append(at)
            if self._is_large(growing):
                blocks.append(growing)
                growing = []
        return [*blocks, growing] if growing else blocks

    def _is_large(self, block: Iterable[int]) -> bool:
        persons = sum(self.total[at] for at in block)
        return persons == 0 or persons >= self.limit

    def _grouped(self, block: Sequence[int], dimension: str) -> set[str]:
        """The members of a block that are not shown: the small ones, and the smallest others, until they are enough."""
        persons = {
            member: sum(counted[at] for at in block) for member, counted in self.members.get(dimension, {}).items()
        }
        return small_group(persons, self.limit)


Name = TypeVar("Name", bound=Any)


def small_group(persons: Mapping[Name, float], limit: int, also: Collection[Name] = ()) -> set[Name]:
    """Those of the parts of a whole that are not shown: the small ones, and the smallest others, until they are enough.

    Enough are two parts with ``limit`` persons together; parts without anybody are no group, and are shown. ``also``
    are parts that are not shown for another reason.

    >>> sorted(small_group({"web": 20, "phone": 3, "shop": 9}, 5))  # the 3 would be what is left of 32
    ['phone', 'shop']
    """
    there = {part: number for part, number in persons.items() if number}
    ranked = sorted(there, key=lambda each: (there[each] >= limit and each not in also, there[each], each))
    small = [part for part in ranked if there[part] < limit or part in also]
    if not small:
        return set()
    enough = (
        count
        for count in range(max(2, len(small)), len(ranked) + 1)
        if sum(persons[part] for part in ranked[:count]) >= limit
    )
    return set(ranked[: next(enough, len(ranked))])


def _within(inner: Window, outer: Window) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
