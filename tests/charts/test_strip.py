"""The strip: a value beside those of others, on one scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from kpikit.charts.strip import marks, strip, strip_picture
from kpikit.evaluation.benchmarks.entered import Held
from kpikit.evaluation.benchmarks.peers import Peers
from kpikit.plans.benchmarks import Benchmark
from kpikit.words.language import Language
from tests.charts.samples import WAITS

SAY = Language("en")
PEERS = Peers("hospitals", 20, 12, 0.4, 0.81, 0.9, 0.95, None)
STANDARD = Benchmark(WAITS.indicator, "standard", "The law", 0.95, "Act", date(2011, 1, 1))
FACT = replace(WAITS, peers=PEERS, benchmarks=(Held(STANDARD, -0.067),))


def test_one_line_for_each_with_its_value(empty: Callable[..., Axes]) -> None:
    ax = strip(FACT, empty(), SAY, "Waits")
    assert [text.get_text() for text in ax.texts] == [
        *["Waits", "88.3%", "Middle of 20 others", "90.0%", "The law (standard)", "95.0%"],
        *["Previous period", "92.1%", "Same period last year", "91.5%"],
    ]
    (band,) = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    assert (band.get_x(), band.get_width()) == (0.81, pytest.approx(0.14))


def test_few_others_have_no_band(empty: Callable[..., Axes]) -> None:
    few = replace(FACT, peers=replace(PEERS, low=None, high=None, number=6))
    assert not strip(few, empty(350), SAY, "Waits").patches
    hidden = replace(FACT, peers=replace(PEERS, low=None, middle=None, high=None), benchmarks=())
    assert marks(hidden, SAY, "Waits") == []


def test_the_strip_in_words() -> None:
    alt = strip_picture(FACT, SAY, "Waits").alt
    assert alt.startswith("Waits: Middle of 20 others 90.0% (81.0% – 95.0%); The law (standard) 95.0%; ")


def test_nobody_to_compare_with_gives_a_sentence(empty: Callable[..., Axes]) -> None:
    assert [text.get_text() for text in strip(WAITS, empty(), SAY, "Waits").texts] == ["There are no values to draw."]
    assert strip_picture(WAITS, SAY, "Waits").alt == "Waits: there are no values to draw."


def test_equal_values_are_drawn_too(empty: Callable[..., Axes]) -> None:
    same = replace(FACT, peers=None, changes=(), benchmarks=(Held(replace(STANDARD, value=0.883), 0.0),))
    assert len(strip(same, empty(), SAY, "Waits").lines) == 3
