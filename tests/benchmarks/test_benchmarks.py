"""The benchmarks run; what they find is for people to read."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpikit
from tests.benchmarks import forecasts, widgets
from tests.benchmarks.__main__ import results


def test_each_comparison_gives_a_ratio() -> None:
    found = list(results(rows=500, pairs=1))
    assert len({(result.what, result.peer) for result in found}) == len(found) > 10
    assert all(result.ratio > 0 for result in found)


def test_forecasts_are_held_against_what_came(capsys: pytest.CaptureFixture[str]) -> None:
    forecasts.main(1)
    printed = capsys.readouterr().out
    assert printed.startswith("21 forecasts, ") and "probability given -> reached" in printed
    assert all(process.__name__ in printed for process in forecasts.PROCESSES)


def test_widgets_are_waited_for_in_a_real_browser(
    tmp_path: Path, chromium: str, capsys: pytest.CaptureFixture[str]
) -> None:
    kpikit.new(tmp_path / "coffee")
    widgets.main([str(tmp_path / "coffee")], 2, chromium)
    printed = capsys.readouterr().out
    assert all(f" s  {name}\n" in printed for name in widgets.VIEWS) and "a change, median of 2" in printed
