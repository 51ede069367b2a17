"""The benchmarks run; what they find is for people to read."""

from __future__ import annotations

import pytest

from tests.benchmarks import forecasts
from tests.benchmarks.__main__ import results


def test_each_comparison_gives_a_ratio() -> None:
    found = list(results(rows=500, pairs=1))
    assert len(found) == 10
    assert all(result.ratio > 0 for result in found)


def test_forecasts_are_held_against_what_came(capsys: pytest.CaptureFixture[str]) -> None:
    forecasts.main(1)
    printed = capsys.readouterr().out
    assert printed.startswith("18 forecasts, ") and "probability given -> reached" in printed
    assert all(process.__name__ in printed for process in forecasts.PROCESSES)
