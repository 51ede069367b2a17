"""The waterfall: each bar begins where the one before it ends, and the last one is the change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from kpikit.charts.look import colour
from kpikit.charts.waterfall import LONGEST, MOST, waterfall, waterfall_bars, waterfall_picture
from kpikit.evaluation.drivers.parts import Decomposition, Driver
from kpikit.indicators.framework import LOWER, NEITHER
from kpikit.words.language import Language
from kpikit.words.units import SHARE
from tests.charts.samples import WAITS

SAY = Language("en")


def apart(*values: float, reason: str | None = None) -> Decomposition:
    drivers = tuple(Driver("member", f"m{at}", "rate", SHARE, 0.1, 0.2, value) for at, value in enumerate(values))
    return Decomposition("previous_period", "rate_and_mix", None, "kind", sum(values), drivers, reason)


def names(one: Decomposition, driver: Driver) -> str:
    return driver.name or "others"


def boxes(ax: Axes) -> list[tuple[float, float]]:
    return [(box.get_x(), box.get_width()) for box in ax.patches if isinstance(box, Rectangle)]


def test_bars_follow_each_other_and_end_at_the_change(empty: Callable[..., Axes]) -> None:
    ax = waterfall(WAITS, apart(0.02, -0.05, 0.01), empty(), SAY, names)
    expected = [(-0.05, 0.05), (-0.05, 0.02), (-0.03, 0.01), (-0.02, 0.02)]
    assert boxes(ax) == [pytest.approx(each) for each in expected]
    shown = [text.get_text() for text in ax.texts]
    assert shown == ["m1", "−5.0 pp", "m0", "+2.0 pp", "m2", "+1.0 pp", "Change", "−2.0 pp"]


@pytest.mark.parametrize(
    ("better", "roles"),
    [(WAITS.better, ["good", "bad", "ink"]), (LOWER, ["bad", "good", "ink"]), (NEITHER, ["prior", "prior", "ink"])],
)
def test_colours_say_which_way_is_good(better: object, roles: list[str]) -> None:
    bars = waterfall_bars(replace(WAITS, better=better), apart(0.02, -0.01), SAY, names)  # type: ignore[arg-type]
    assert [bar.role for bar in bars] == roles
    assert all(colour(role) for role in roles)


def test_many_parts_are_summed_up_and_long_names_cut() -> None:
    bars = waterfall_bars(WAITS, apart(*[0.01] * 20), SAY, lambda one, driver: "x" * 80)
    assert len(bars) == MOST + 2 and len(bars[0].name) == LONGEST
    assert (bars[-2].name, bars[-2].text) == ("12 more parts", "+12.0 pp")
    assert bars[-2].end == pytest.approx(bars[-1].end)


def test_a_waterfall_in_words() -> None:
    picture = waterfall_picture(WAITS, apart(0.02, -0.05), SAY, "Waits", names)
    assert picture.alt == "Waits, −3.0 pp vs previous period: m1 −5.0 pp; m0 +2.0 pp."
    assert "var(--kpi-bad" in picture.svg and "var(--kpi-good" in picture.svg  # follows light and dark


@pytest.mark.parametrize("one", [apart(), apart(0.0), replace(apart(0.1), drivers=(), reason="not_split")])
def test_nothing_to_take_apart_gives_a_sentence(one: Decomposition, empty: Callable[..., Axes]) -> None:
    assert [text.get_text() for text in waterfall(WAITS, one, empty(), SAY, names).texts] == [
        "There are no values to draw."
    ]
    assert waterfall_picture(WAITS, one, SAY, "Waits", names).alt == "Waits: there are no values to draw."


@pytest.mark.parametrize("values", [(1e15, -1e15), (1e-12,), (-1.0, -2.0)])
def test_unusual_changes_are_drawn_too(values: tuple[float, ...], empty: Callable[..., Axes]) -> None:
    assert len(boxes(waterfall(WAITS, apart(*values), empty(350), SAY, names))) == len(values) + 1
