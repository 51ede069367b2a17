"""What the tests of charts share: an empty picture to draw on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure


@pytest.fixture
def empty() -> Callable[..., Axes]:
    """A new `Axes` that fills a figure of so many points."""

    def make(width: float = 640, height: float = 270) -> Axes:
        return Figure(figsize=(width / 72, height / 72), dpi=72).add_axes((0, 0, 1, 1))

    return make
