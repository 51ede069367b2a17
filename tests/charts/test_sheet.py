"""A sheet writes what matplotlib draws of the same calls: each text, line, area and marker, in the same order."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, fromstring

import matplotlib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from kpikit.charts.bars import bars
from kpikit.charts.bullet import bullet
from kpikit.charts.funnel import funnel_plot
from kpikit.charts.kpi_tree import kpi_tree
from kpikit.charts.look import RC
from kpikit.charts.outcome import outcome
from kpikit.charts.scale import ticks
from kpikit.charts.sheet import Sheet
from kpikit.charts.sparkline import sparkline
from kpikit.charts.strip import strip
from kpikit.charts.trend import trend
from kpikit.charts.waterfall import waterfall
from kpikit.evaluation.benchmarks.funnel import Funnel, Place
from kpikit.evaluation.targets.usual import Aimed
from kpikit.words.language import language
from tests.charts.samples import EVALUATION, WAITS, fact_of, full
from tests.charts.test_ahead import ahead, seen
from tests.charts.test_bands import PLAN, judged
from tests.charts.test_events import with_events
from tests.charts.test_kpi_tree import scene
from tests.charts.test_strip import FACT as BESIDE_OTHERS
from tests.charts.test_waterfall import apart, names
from tests.workspaces import PURE_LAWS

SAY = language("en")
FUNNEL = Funnel(
    0.9, 0.0, 1.0, 0.5, tuple(Place(f"c{at}", 100.0 * at, 0.86 + 0.01 * at, at % 3 - 1) for at in range(1, 9))
)

Draw = Callable[[Any], object]
DRAWN: dict[str, Draw] = {
    **{f"trend of {fact.indicator}": lambda ax, one=fact: trend(one, ax, SAY) for fact in EVALUATION.facts},
    **{f"sparkline of {fact.indicator}": lambda ax, one=fact: sparkline(one, ax) for fact in EVALUATION.facts},
    **{f"bullet of {fact.indicator}": lambda ax, one=fact: bullet(one, ax) for fact in EVALUATION.facts},
    **{f"bars of {fact.indicator}": lambda ax, one=fact: bars(one, ax, SAY) for fact in EVALUATION.facts},
    "forecast": lambda ax: trend(seen(ahead("2011-11", 12, "reach", 3), running=True), ax, SAY),
    "limits that begin anew": lambda ax: trend(judged(WAITS, PLAN), ax, SAY),
    "events": lambda ax: trend(with_events("2010-03-01", ("2011-01-05", "2011-04-01")), ax, SAY),
    "gaps": lambda ax: trend(fact_of([full(3.0), full(None), full(4.0), full(5.0)]), ax, SAY),
    "strip": lambda ax: strip(BESIDE_OTHERS, ax, SAY, "Waits"),
    "waterfall": lambda ax: waterfall(WAITS, apart(3.0, -1.0, 0.5), ax, SAY, names),
    "outcome": lambda ax: outcome(WAITS, 0.96, Aimed(0.95, None), ax, SAY),
    "funnel": lambda ax: funnel_plot(FUNNEL, replace(WAITS, events=()), ax, SAY, str),
}
SIZES = ((640, 270), (350, 250))
CASES = {f"{name}, {size[0]} wide": (draw, size) for name, draw in DRAWN.items() for size in SIZES}
CASES |= {f"tree in {size}": (lambda ax: kpi_tree(scene(rate=0.06), ax), size) for size in ((720, 500), (350, 900))}


class Seen(NamedTuple):
    """One mark: what it is, its style, numbers that say where it lies, and its text."""

    kind: str
    style: dict[str, str]
    numbers: list[float]
    text: str = ""


def by_matplotlib(size: tuple[int, int], draw: Draw) -> str:
    """The SVG that matplotlib saves."""
    with matplotlib.rc_context(RC):
        figure, file = Figure(figsize=(size[0] / 72, size[1] / 72), dpi=72), io.BytesIO()
        ax = figure.add_axes((0, 0, 1, 1))
        for ground in (figure.patch, ax.patch):
            ground.set_visible(False)
        draw(ax)
        figure.savefig(file, format="svg")
    return file.getvalue().decode()


def by_sheet(size: tuple[int, int], draw: Draw) -> str:
    sheet = Sheet(size)
    draw(sheet)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{sheet.svg()}</svg>'


def marks(svg: str) -> list[Seen]:
    """The marks of an SVG, from the lowest to the highest."""
    plain = re.sub(r"(?s)xlink:href|<!DOCTYPE.*?>", lambda found: "href" * (found[0][0] == "x"), svg)
    root = fromstring(plain)
    shapes = {each.get("id", ""): each for each in root.iter() if _name(each) == "path" and each.get("id")}
    return list(_marks(root, {}, shapes))


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _marks(element: Element, above: dict[str, str], shapes: dict[str, Element]) -> Iterator[Seen]:
    style = {**above, **_style(element.get("style", ""))}
    name, place = _name(element), [float(element.get(axis, 0)) for axis in "xy"]
    if name == "text":
        yield Seen("text", style, place, element.text or "")
    elif name == "use":
        shape = shapes[element.get("href", "")[1:]].get("d", "")
        for line in _lines(shape):
            yield _filled(style, [(x + place[0], y + place[1]) for x, y in line], "C" in shape)
    elif name == "circle":
        x, y, r = (float(element.get(each, 0)) for each in ("cx", "cy", "r"))
        yield _filled(style, [(x - r, y - r), (x + r, y + r)], True)
    elif name == "path" and "d" in element.attrib:
        way = element.get("d", "")
        for line in _lines(way):
            is_line = "z" not in way
            yield Seen("line", style, [each for at in line for each in at]) if is_line else _filled(style, line, False)
    for each in element if name not in ("defs", "metadata") else ():
        yield from _marks(each, style, shapes)


def _filled(style: dict[str, str], corners: list[tuple[float, float]], is_round: bool) -> Seen:
    """An area or a marker: the box that it fills, and how much of it, a number that changes as little as its sides."""
    box = [find(corner[axis] for corner in corners) for find in (min, max) for axis in (0, 1)]
    following = [*corners[1:], corners[0]]
    twice = abs(sum(x * t - s * y for (x, y), (s, t) in zip(corners, following, strict=True)))
    sides = box[2] - box[0] + box[3] - box[1] or 1.0
    return Seen("round", style, box) if is_round else Seen("area", style, [*box, twice / 2 / sides])


def _style(text: str) -> dict[str, str]:
    plain = re.sub(r"var\(--kpi-\w+, (#\w+)\)", r"\1", text).replace(": 700", ": 600")
    found = {name.strip(): value.strip() for name, _, value in (each.partition(":") for each in plain.split(";"))}
    known = ("fill", "stroke", "stroke-width", "stroke-linecap", "font-size", "text-anchor", "font-weight")
    dashes = [float(each) for each in found.get("stroke-dasharray", "").split(",") if each]
    kept = {name: found[name] for name in known if found.get(name, "start") != "start"}
    return kept | {"dashes": " ".join(f"{each:.1f}" for each in dashes)} if dashes else kept


def _lines(way: str) -> list[list[tuple[float, float]]]:
    """The places of each part of a path; of a curve its corners, which lie within the box that it fills."""
    lines: list[list[tuple[float, float]]] = []
    x = y = 0.0
    for letter, rest in re.findall(r"([MLCQlhvz])([^MLCQlhvz]*)", way):
        numbers = [float(each) for each in re.findall(r"-?\d*\.?\d+(?:e[-+]?\d+)?", rest)]
        if letter == "M":
            lines.append([])
        pairs = {"h": [numbers[0], 0.0], "v": [0.0, numbers[0]]}.get(letter, numbers) if numbers else []
        for across, down in zip(pairs[::2], pairs[1::2], strict=True):
            x, y = (across, down) if letter.isupper() else (x + across, y + down)
            lines[-1].append((x, y))
    return [line for line in lines if len(line) > 1]


@pytest.mark.parametrize(("draw", "size"), CASES.values(), ids=CASES)
def test_a_sheet_is_what_matplotlib_draws(draw: Draw, size: tuple[int, int]) -> None:
    ours, theirs = marks(by_sheet(size, draw)), marks(by_matplotlib(size, draw))
    assert [(one.kind, one.text) for one in ours] == [(one.kind, one.text) for one in theirs]
    for one, other in zip(ours, theirs, strict=True):
        assert one.style == other.style, one
        assert one.numbers == pytest.approx(other.numbers, abs=0.3 if one.kind == "text" else 0.11), one


def test_a_chart_asks_for_nothing_else(empty: Callable[..., Axes]) -> None:
    """What a sheet gives is there on an `Axes`, under the same name."""
    given_by_sheet = [name for name in vars(Sheet) if not name.startswith("_") and name not in ("svg", "size")]
    assert all(callable(getattr(empty(), name)) for name in given_by_sheet)


@pytest.mark.parametrize("place", [(math.nan, 0.5), (0.5, math.inf)])
def test_what_has_no_place_is_not_drawn(place: tuple[float, float]) -> None:
    sheet = Sheet((100, 100))
    sheet.plot([place[0]], [place[1]], "o", color="#1f2a37")
    sheet.text(*place, "words", color="#1f2a37")
    sheet.plot([0.0, place[0]], [0.0, place[1]], color="#1f2a37")
    assert not re.search("circle|text|nan|inf", sheet.svg())


@PURE_LAWS
@given(st.integers(-(10**8), 10**8), st.integers(1, 10**8), st.integers(2, 8))
def test_round_numbers_are_those_of_matplotlib(thousandths: int, width: int, most: int) -> None:
    low, high = (thousandths + 0.31) / 1000, (thousandths + width + 0.48) / 1000  # no round numbers themselves
    theirs = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    wanted = [float(each) for each in theirs if low <= each <= high]
    assert ticks(low, high, most) == pytest.approx(wanted, abs=width * 1e-6)
