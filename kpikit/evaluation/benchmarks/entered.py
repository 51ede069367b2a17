"""A fact held against the values of others that the workspace enters, and against its own earlier ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpikit.plans.benchmarks import Benchmark

if TYPE_CHECKING:
    from kpikit.evaluation.facts import Fact


@dataclass(frozen=True)
class Held:
    """A benchmark, and how far the fact's value is from it, in the fact's unit; None where it has no value."""

    benchmark: Benchmark
    gap: float | None


def held(fact: Fact, benchmarks: Iterable[Benchmark]) -> tuple[Held, ...]:
    """The benchmarks of a fact; of those of the same name the newest one alone. A member has none."""
    if fact.member is not None:
        return ()
    newest: dict[tuple[str, str], Benchmark] = {}
    for each in sorted(benchmarks, key=lambda one: one.on):
        newest[each.kind, str(each.name)] = each
    value = None if fact.value.reason else fact.value.value
    return tuple(Held(each, None if value is None else value - each.value) for each in newest.values())
