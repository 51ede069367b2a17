"""The room that words need on a slide: how high the rows of its table become, how many fit, and which size does."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import Any

SIZES = (13, 12, 11, 10, 9)
"""The sizes of the words beside a chart, in points: the largest at which they fit."""

LEAST, MOST = 360_000, 9
"""The height of a row with one line of words, in English Metric Units; and the rows of one slide."""

WORDS = 12
"""The size of the words in a table, in points."""

_POINT, _BESIDE, _ABOVE = 12_700, 182_880, 91_440
"""A point, and what a cell leaves free beside and above its words on both sides, in English Metric Units."""


def row_height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """The height of a row of these texts in columns of these widths.

    Letters are taken as 0.56 times as wide as high, as those of wide fonts are on average.

    >>> row_height(["Revenue", "£1"], [2_000_000, 2_000_000]), row_height(["A long name " * 9, ""], [2_000_000] * 2)
    (360000, 1188720)
    """
    lines = (len(textwrap.wrap(text, _signs(width))) for text, width in zip(texts, widths, strict=True))
    return max(LEAST, round(max(lines) * WORDS * 1.2 * _POINT) + _ABOVE)


def _signs(width: int) -> int:
    return max(1, int((width - _BESIDE) / (0.56 * WORDS * _POINT)))


def fitting(heights: Sequence[int], room: int) -> int:
    """How many of the rows, from the first, fit into the room; one of them at least, where there are any.

    >>> fitting([400_000] * 12, 4_000_000), fitting([400_000] * 12, 1_000_000), fitting([400_000], 1), fitting([], 1)
    (9, 2, 1, 0)
    """
    held = [at for at in range(1, min(len(heights), MOST) + 1) if sum(heights[:at]) <= room]
    return max(held, default=min(1, len(heights)))


def shared_out(heights: Sequence[int], room: int) -> list[int]:
    """How many of the rows stand on each slide: on as few as hold them, and about as many on each.

    >>> shared_out([400_000] * 10, 4_000_000), shared_out([900_000] * 3, 1_000_000), shared_out([], 1)
    ([5, 5], [1, 1, 1], [])
    """
    counts: list[int] = []
    while (done := sum(counts)) < len(heights):
        slides, left = 0, list(heights[done:])
        while left:
            left, slides = left[fitting(left, room) :], slides + 1
        even = math.ceil((len(heights) - done) / slides)
        counts.append(min(even, fitting(heights[done:], room)))
    return counts


def largest_size(texts: Sequence[str], width: int, height: int, sizes: Sequence[int] = SIZES) -> int:
    """The largest of the sizes at which the texts fit into a box; the smallest where none does.

    Letters are taken as 0.56 times as wide as high, as those of wide fonts are on average, and a point is 12,700 units.

    >>> largest_size(["A short text."], 3_800_000, 3_600_000), largest_size(["A long text."] * 40, 3_800_000, 3_600_000)
    (13, 9)
    """

    def needed(size: int) -> float:
        lines = sum(math.ceil(len(text) * size * 0.56 * 12_700 / width) for text in texts)
        return (lines * 1.2 + len(texts) / 2) * size * 12_700

    return next((size for size in sizes if needed(size) <= height), sizes[-1])


def smaller(text: str, shape: Any, size: int) -> int:
    """The size at which a text fits into a shape where its own ``size`` does not; 0 where that does."""
    found = largest_size([text], shape.width, shape.height, range(size, WORDS - 1, -1))
    return 0 if found == size else found
