"""What differs between two versions of a plan: which goal and KPI, which key, and what it was before and after.

Versions are compared as their files say them (`kpikit.plans.read.whole`), so a target reads as people wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]
"""A plan as plain values, with what it extends written out."""

PLAN_KEYS = ("vision", "review", "profile", "in_force_from")
NAMED = ("statement", "kpis", "indicator", "member", "target")
"""What stands where a goal or KPI is told as a whole."""


@dataclass(frozen=True)
class Difference:
    """A value that two versions do not share. ``goal`` and ``kpi`` say where; None is the plan, or the goal, itself.

    ``key`` is "" where a whole goal or KPI is new or gone; then ``before`` or ``after`` is that goal or KPI. What else
    a new one says follows key by key, and so do the KPIs of a new goal. Else ``before`` is None for what is new,
    ``after`` for what is gone.
    """

    goal: str | None
    kpi: str | None
    key: str
    before: Any
    after: Any


def differences(before: Document, after: Document) -> list[Difference]:
    """All differences: first of the plan itself, then goal by goal in the order of the later version.

    >>> old = {"goals": {"grow": {"statement": "Grow.", "owner": "Ann"}}}
    >>> new = {"goals": {"grow": {"statement": "Grow.", "owner": "Bo"}}}
    >>> differences(old, new)
    [Difference(goal='grow', kpi=None, key='owner', before='Ann', after='Bo')]
    """
    return [*_values(before, after, PLAN_KEYS, None, None), *_goals(before.get("goals", {}), after.get("goals", {}))]


def _values(
    before: Document, after: Document, keys: Sequence[str], goal: str | None, kpi: str | None
) -> Iterator[Difference]:
    for key in keys:
        if (before.get(key) or None) != (after.get(key) or None):  # an empty list says what none says
            yield Difference(goal, kpi, key, before.get(key), after.get(key))


def _goals(before: Document, after: Document) -> Iterator[Difference]:
    for key in dict.fromkeys([*after, *before]):
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            yield Difference(key, None, "", old, new)
            yield from _told(new, key, None)
            yield from _kpis(key, {}, _named((new or {}).get("kpis", ())))
            continue
        yield from _values(old, new, _keys(old, new, "kpis"), key, None)
        yield from _kpis(key, _named(old.get("kpis", ())), _named(new.get("kpis", ())))


def _told(new: Document | None, goal: str, kpi: str | None) -> Iterator[Difference]:
    """What a new goal or KPI says but what tells it from others: its statement, its indicator and its target."""
    new = new or {}
    yield from _values({}, new, _keys({}, new, *NAMED), goal, kpi)


def _kpis(goal: str, before: Document, after: Document) -> Iterator[Difference]:
    for name in dict.fromkeys([*after, *before]):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            yield Difference(goal, name, "", old, new)
            yield from _told(new, goal, name)
        else:
            yield from _values(old, new, _keys(old, new, "indicator", "member"), goal, name)


def _keys(before: Document, after: Document, *left_out: str) -> list[str]:
    return [key for key in dict.fromkeys([*before, *after]) if key not in left_out]


def _named(kpis: Sequence[Document]) -> dict[str, Document]:
    """The KPIs by indicator and member; a second one on the same indicator has its number behind it."""
    named: dict[str, Document] = {}
    for kpi in kpis:
        name, number = kpi_name(kpi), 1
        while (key := name if number == 1 else f"{name} ({number})") in named:
            number += 1
        named[key] = kpi
    return named


def kpi_name(kpi: Document) -> str:
    """The indicator of a KPI's entry, with its member: ``web.sessions[channel=Google]``, as `Fact.key`."""
    member = "".join(f"[{dimension}={name}]" for dimension, name in kpi.get("member", {}).items())
    return f"{kpi['indicator']}{member}"
