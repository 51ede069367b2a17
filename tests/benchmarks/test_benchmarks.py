"""The benchmarks run; what they find is for people to read."""

from __future__ import annotations

from tests.benchmarks.__main__ import results


def test_each_comparison_gives_a_ratio() -> None:
    found = list(results(rows=500, pairs=1))
    assert len(found) == 6
    assert all(result.ratio > 0 for result in found)
