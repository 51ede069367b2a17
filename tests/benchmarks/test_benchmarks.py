"""The benchmarks run; what they find is for people to read."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import kpikit
from kpikit.render.job import EXECUTED, read_notebook
from kpikit.render.page import page
from kpikit.render.pool import Pool
from tests.benchmarks import forecasts, render, widgets
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
    names = ("Redesigner", "Explorer")  # without lists that are changed, and with a picture of matplotlib beside it
    widgets.main([str(tmp_path / "coffee")], 2, chromium, names)
    printed = capsys.readouterr().out
    assert all(f" s  {name}\n" in printed for name in names) and "a change, median of 2" in printed
    assert "against matplotlib alone" in printed and {widget for widget, _, _ in widgets.CHANGES} < widgets.VIEWS.keys()


def test_the_limit_of_rendering_makes_the_page_that_rendering_makes(tmp_path: Path) -> None:
    (job,) = render.jobs(kpikit.open(kpikit.samples() / "hospitals"), tmp_path / "jobs", 1)
    with Pool(1, tmp_path) as pool:
        render.ours(pool, [job])
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        found = process.submit(render.in_this_process, job).result()
    assert found == page(read_notebook(job.folder / EXECUTED), job.title, job.language)
    assert found.count("<svg") > 20
