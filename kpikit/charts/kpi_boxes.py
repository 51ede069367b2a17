"""The boxes of a KPI tree: what stands in each, and where it lies, beside each other or one beneath the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kpikit.charts.look import STRONG, TEXT
from kpikit.charts.scale import cut, text_width
from kpikit.evaluation.drivers.kpi_tree import KpiTree, Node
from kpikit.evaluation.drivers.what_if import WhatIf
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import decimals, small_step_words
from kpikit.words.formats import decimals_for, seen
from kpikit.words.formula import Constant, Formula, Operation, Symbol, positional
from kpikit.words.language import Language
from kpikit.words.units import COUNT, PERCENTAGE_POINTS, SHARE

BOX, GAP, INDENT, NARROW = 196, 44, 26, 350
"""The width of a box and of the room before it; beneath each other, how far a part is indented, and all of it."""
WIDEST, STEP = 960, 12
"""So wide a drawing may get where a text would be cut, as a page has room; and by how much its boxes grow at a time."""
LINE, PAD, BETWEEN = 16.5, 8, 14

Names = Callable[[Node], str]
"""Gives a part's name as it is shown."""
SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}


@dataclass(frozen=True)
class Line:
    """One line of text in a box, and the role of its colour."""

    text: str
    role: str = "ink"
    strong: bool = False
    size: float = TEXT


@dataclass(frozen=True)
class Box:
    """A box with its place in CSS pixels, and that of the box above it in the tree; None for the KPI's own."""

    node: Node
    lines: tuple[Line, ...]
    x: float
    y: float
    width: float
    height: float
    moved: bool
    sign: str
    above: Box | None


@dataclass(frozen=True)
class Scene:
    """What is drawn: the tree of a fact, what becomes of it if drivers move, and how its parts are called."""

    tree: KpiTree
    fact: Fact
    found: WhatIf | None
    say: Language
    names: Names

    @property
    def moved(self) -> Mapping[str, float]:
        """The other values, by name, of what has moved, and of all that is made of it."""
        if self.found is None or not self.found.moved:
            return {}
        touched = self.found.moved
        return {
            node.name: value
            for node in self.tree.root.all()
            if any(end.name in touched for end in node.all() if not end.under)
            if (value := self.found.values[node.name]) is not None
        }

    def places(self, node: Node) -> int:
        """How many decimals the figures of a part have: those of the KPI are the same wherever it is told."""
        known = [value for value in (node.value, node.before) if value is not None]
        return decimals(self.fact) if node is self.tree.root else decimals_for(known, node.unit)

    def words(self, node: Node, value: float | None) -> str:
        """A value of a part; of a small count with a decimal, as 5 orders and a tenth more are 5.5."""
        if node.unit == COUNT and value is not None and abs(value) < 100 and value != round(value):
            return self.say.number(round(value, 1))
        return self.say.value(value, node.unit, node.currency, self.places(node))

    def change(self, node: Node, before: float, after: float) -> str:
        """How a part changed: shares, and what did not lie above zero, by their difference, all else in per cent."""
        if node.unit in (SHARE, PERCENTAGE_POINTS) or before <= 0:
            places = seen(after - before, node.unit, self.places(node))
            return self.say.difference(after - before, node.unit, node.currency, places)
        return self.say.relative(after / before - 1)


def boxes(scene: Scene, narrow: bool) -> list[Box]:
    """The boxes with their places, each after the one above it."""
    depth = _depth(scene.tree.root)
    width = _fitting(scene, depth) if not narrow else NARROW - 2 - INDENT * (depth - 1)
    high = max(_height(node, scene, width) for node in scene.tree.root.all())
    return list(_placed(scene.tree.root, scene, narrow, _Place(width, high)))


def _fitting(scene: Scene, depth: int) -> int:
    """The width of boxes beside each other: as narrow as no text is cut in them, as far as there is room."""
    most = max((WIDEST - 2 - GAP * (depth - 1)) // depth, BOX)
    return next((width for width in range(BOX, most, STEP) if not _cuts(scene, width)), most)


def _cuts(scene: Scene, width: int) -> bool:
    room = width - 2 * PAD
    return any(line.text.endswith("…") for node in scene.tree.root.all() for line in lines_of(node, scene, room))


@dataclass
class _Place:
    """The size of a box, and where the next one begins."""

    width: float
    height: float
    y: float = 1.0

    def take(self) -> float:
        at, self.y = self.y, self.y + self.height + BETWEEN
        return at


def _placed(
    node: Node, scene: Scene, narrow: bool, place: _Place, level: int = 0, sign: str = "", above: Box | None = None
) -> Iterator[Box]:
    """A node's box and those under it: beneath each other, or the node beside the middle of what is under it."""
    x = 1 + level * (INDENT if narrow else place.width + GAP)
    y = place.take() if narrow or not node.under else place.y + _middle(node, place)
    lines = tuple(lines_of(node, scene, place.width - 2 * PAD))
    box = Box(node, lines, x, y, place.width, place.height, node.name in scene.moved, sign, above)
    yield box
    signs = chain(node.formula) if node.formula else {}
    for each in node.under:
        yield from _placed(each, scene, narrow, place, level + 1, signs.get(each.name, ""), box)


def _middle(node: Node, place: _Place) -> float:
    """How far under the top of what is under a node the node itself stands."""
    ends = sum(not each.under for each in node.all())
    return (ends - 1) * (place.height + BETWEEN) / 2


def _depth(node: Node) -> int:
    return 1 + max(map(_depth, node.under), default=0)


def _height(node: Node, scene: Scene, width: float) -> float:
    return len(lines_of(node, scene, width - 2 * PAD)) * LINE + 2 * PAD


def chain(formula: Formula) -> dict[str, str]:
    """The sign before each part of a formula that joins them one after the other; empty for one with brackets.

    >>> from kpikit.words.grammar import parse
    >>> chain(parse("1000 * a * b", ("a", "b"))), chain(parse("(a - b) / a", ("a", "b")))
    ({'a': '1000 ×', 'b': '×'}, {})
    """
    terms: list[tuple[str, Formula]] = []
    while isinstance(formula, Operation):
        terms.insert(0, (formula.sign, formula.right))
        formula = formula.left
    found, before = dict[str, str](), ""
    for sign, term in [("", formula), *terms]:
        before = f"{before} {SIGNS[sign]}".strip() if sign else before
        if isinstance(term, Constant):
            before = f"{before} {positional(term.number)}".strip()
        elif isinstance(term, Symbol) and term.name not in found:
            found[term.name], before = before, ""
        else:
            return {}
    one_level = {sign for sign, _ in terms} <= {"+", "-"} or {sign for sign, _ in terms} <= {"*", "/"}
    return found if one_level and not before else {}


def lines_of(node: Node, scene: Scene, room: float) -> list[Line]:
    """What stands in a box: the name, the value, what it is moved to, its change, and what that did to the KPI."""
    say, root = scene.say, scene.tree.root
    strong = node is root
    lines = [Line(text, strong=strong) for text in wrapped(scene.names(node), room, strong)]
    lines.append(Line(scene.words(node, node.value), strong=True, size=STRONG))
    if node.name in scene.moved:
        moved = f"→ {scene.words(node, scene.moved[node.name])}"
        lines.append(Line(moved, "target", strong=True, size=STRONG))
    if node.value is not None and node.before is not None:
        before = scene.words(node, node.before)
        words = {"change": scene.change(node, node.before, node.value), "before": before}
        lines.append(Line(cut(say("{change} (was {before})", **words), room), "muted"))
    if node is not root and node.effect is not None:
        effect = small_step_words(scene.fact, node.effect, say)
        lines.append(Line(cut(say("Effect: {effect}", effect=effect), room), role_of(node, scene)))
    return lines


def wrapped(text: str, room: float, strong: bool = False) -> list[str]:
    """A name over one line, or two where it is long; what is longer is cut."""
    words, first = text.split(" "), ""
    while words and text_width(f"{first} {words[0]}".strip(), TEXT, strong) <= room:
        first = f"{first} {words.pop(0)}".strip()
    if not first:
        return [cut(text, room, TEXT, strong)]
    return [first, *([cut(" ".join(words), room, TEXT, strong)] if words else [])]


def role_of(node: Node, scene: Scene) -> str:
    way = (node.effect or 0.0) * scene.tree.indicator.better.sign
    return "good" if way > 0 else ("bad" if way < 0 else "muted")
