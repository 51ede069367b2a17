"""The picture of a KPI tree: every part has a box that overlaps no other, and says in words what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from matplotlib.axes import Axes

from kpikit.charts.kpi_boxes import BOX, GAP, NARROW, Scene, boxes, wrapped
from kpikit.charts.kpi_tree import kpi_tree, kpi_tree_picture
from kpikit.charts.outcome import outcome_picture
from kpikit.charts.scale import text_width
from kpikit.evaluation.drivers.kpi_tree import KpiTree, Node
from kpikit.evaluation.drivers.what_if import what_if
from kpikit.evaluation.facts import Value
from kpikit.evaluation.targets.usual import Aimed
from kpikit.indicators.catalogue import CATALOGUE
from kpikit.words.grammar import parse
from kpikit.words.language import Language
from kpikit.words.units import COUNT, MONEY, SHARE
from tests.charts.samples import WAITS

SAY = Language("en")


def end(name: str, value: float, effect: float, unit=COUNT) -> Node:  # type: ignore[no-untyped-def]
    return Node(name, "indicator", unit, "GBP" if unit is MONEY else None, value, value * 0.9, effect, 0.0, None)


def tree() -> KpiTree:
    """2,000 visitors x 5 % = 100 orders; 100 orders x 40.00 = 4,000."""
    first = replace(end("orders", 100, 300), formula=parse("visitors * rate", ("visitors", "rate")),
                    under=(end("visitors", 2000, 500), end("rate", 0.05, -200, SHARE)))  # fmt: skip
    root = replace(end("revenue", 4000, 400, MONEY), formula=parse("orders * value", ("orders", "value")),
                   under=(first, end("value", 40, 100, MONEY)))  # fmt: skip
    whole = parse("visitors * rate * value", ("visitors", "rate", "value"))
    return KpiTree(CATALOGUE["sales.revenue"], root, whole, "identity", None, None)


def scene(**moved: float) -> Scene:
    revenue = replace(WAITS, unit=MONEY, currency="GBP", value=Value(4000), target=None)
    whole = tree()
    return Scene(whole, revenue, what_if(whole, moved, None), SAY, lambda node: node.name.title())


@pytest.mark.parametrize("narrow", [False, True])
def test_each_part_has_a_box_and_none_lies_on_another(narrow: bool) -> None:
    placed = boxes(scene(rate=0.06), narrow)
    assert [box.node.name for box in placed] == ["revenue", "orders", "visitors", "rate", "value"]
    for one, other in combinations(placed, 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y
    if narrow:
        assert max(box.x + box.width for box in placed) < NARROW
    assert [box.sign for box in placed] == ["", "", "", "×", "×"]


def test_what_a_move_reaches_is_marked_and_nothing_else() -> None:
    placed = {box.node.name: box for box in boxes(scene(rate=0.06), False)}
    assert {name for name, box in placed.items() if box.moved} == {"revenue", "orders", "rate"}
    assert [line.text for line in placed["revenue"].lines] == ["Revenue", "£4,000", "→ £4,800", "+11.1% (was £3,600)"]
    assert [line.text for line in placed["rate"].lines] == [
        "Rate", "5.00%", "→ 6.00%", "+0.50 pp (was 4.50%)", "Effect: −£200"]  # fmt: skip
    assert [line.role for line in placed["rate"].lines][-1] == "bad"
    assert not any(box.moved for box in boxes(scene(), False))


def test_all_texts_are_drawn_and_the_axes_come_back(empty: Callable[..., Axes]) -> None:
    ax = empty(700, 400)
    assert kpi_tree(scene(), ax) is ax
    drawn = {text.get_text() for text in ax.texts}
    assert drawn >= {line.text for box in boxes(scene(), False) for line in box.lines}
    alt = kpi_tree_picture(scene()).alt
    assert alt.startswith("Revenue £4,000, +11.1% (was £3,600): Orders 100, ")
    assert "Visitors 2,000, +11.1% (was 1,800), Effect: +£500" in alt


def test_three_levels_widen_where_a_text_would_be_cut_and_shrink_no_text_in_a_middling_window() -> None:
    usual = boxes(scene(), False)
    assert {box.width for box in usual} == {BOX} and "broad" not in kpi_tree_picture(scene()).svg
    long = replace(
        scene(), names=lambda node: f"{node.name.title()} of every shop and every channel, as it was counted"
    )
    placed = boxes(long, False)
    assert not [line.text for box in placed for line in box.lines if line.text.endswith("…")]
    assert min(box.width for box in placed) > BOX
    assert max(box.x for box in placed) == 1 + 2 * (placed[0].width + GAP)
    assert 'class="kpi-picture broad"' in kpi_tree_picture(long).svg


@pytest.mark.parametrize("name", ["Average price per unit sold in shops", "Donaudampfschifffahrtsgesellschaft", "A"])
def test_a_name_has_two_lines_at_most(name: str) -> None:
    lines = wrapped(name, 120)
    assert 1 <= len(lines) <= 2 and all(text_width(line) <= 120 for line in lines)


def test_the_outcome_says_where_the_target_lies() -> None:
    alt = outcome_picture(WAITS, 0.96, Aimed(0.95, None), SAY, "Waits").alt
    assert alt == f"Waits: Now: {SAY.value(WAITS.value.value, SHARE)}; With these changes: 96.0%; Target 95.0%."
    assert "With these changes" not in outcome_picture(WAITS, None, Aimed(0.95, None), SAY, "Waits").alt
