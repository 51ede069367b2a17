"""The funnel plot: each client a dot by its size and share, between limits that are wider for the small ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kpikit.charts.look import NOTE, TEXT, colour
from kpikit.charts.picture import Picture, drawn
from kpikit.charts.scale import extent, span, text_width, ticks
from kpikit.evaluation.benchmarks.funnel import ALARM, WARNING, Funnel, Place
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import in_words, on_axis
from kpikit.words.language import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = (640, 340)
TOP, BOTTOM, NAMED = 22.0, 34.0, 6
UNLIKELY = 0.05
"""That clients differ by more than chance is said where chance alone makes such differences less often."""
Names = Callable[[str], str]


def funnel_plot(found: Funnel, fact: Fact, ax: Axes, say: Language, names: Names) -> Axes:
    """The funnel on ``ax``; ``fact`` gives unit and direction, ``names`` what a client is called."""
    ax.set_axis_off()
    width, height = extent(ax)
    largest = max(place.size for place in found.places) * 1.03
    low, high = span([place.share for place in found.places])
    marks = ticks(low, high, 5)
    written = on_axis(fact, marks, say)
    left = max(text_width(each) for each in written) + 8
    per_point = (high - low) / (height - TOP - BOTTOM)
    ax.set_xlim(-left / (width - left - 12) * largest, largest * (1 + 12 / (width - left - 12)))
    ax.set_ylim(low - BOTTOM * per_point, high + TOP * per_point)
    for at, text in zip(marks, written, strict=True):
        ax.plot([0, largest], [at, at], color=colour("line"), lw=0.8, zorder=0.6)
        ax.text(ax.get_xlim()[0], at, text, va="center_baseline", color=colour("muted"), size=NOTE)
    _sizes(ax, largest, low, per_point, say)
    _limits(found, ax, largest, low, high)
    _dots(found, fact, ax, names, per_point)
    return ax


def _sizes(ax: Axes, largest: float, low: float, per_point: float, say: Language) -> None:
    for at in ticks(0, largest, 6):
        ax.text(at, low - 15 * per_point, say.count(round(at)), ha="center", color=colour("muted"), size=NOTE)
    text = say("Size: how many the share is taken of")
    ax.text(0, low - 31 * per_point, text, color=colour("muted"), size=NOTE)


def _limits(found: Funnel, ax: Axes, largest: float, low: float, high: float) -> None:
    sizes = [largest * (step / 120) ** 2 for step in range(2, 121)]
    for inside, dashes in ((WARNING, (0, (3, 3))), (ALARM, "-")):
        for side in (0, 1):
            line = [found.limits(size, inside)[side] for size in sizes]
            seen = [(size, each) for size, each in zip(sizes, line, strict=True) if low <= each <= high]
            ax.plot([size for size, _ in seen], [each for _, each in seen], color=colour("target"), lw=1.1, ls=dashes)
    ax.plot([0, largest], [found.centre] * 2, color=colour("centre"), lw=1.2, zorder=1)


def _dots(found: Funnel, fact: Fact, ax: Axes, names: Names, per_point: float) -> None:
    for place in found.places:
        marker, role, size = _mark(place, fact)
        style = {"ms": size, "mfc": colour(role), "mec": colour("surface"), "mew": 0.8}
        ax.plot([place.size], [place.share], marker, zorder=3, **style)  # type: ignore[arg-type]
    for place in outlying(found)[:NAMED]:
        last = place.size > 0.7 * max(each.size for each in found.places)
        text = names(place.client)
        at = place.size - ax.get_xlim()[1] * 0.012 if last else place.size + ax.get_xlim()[1] * 0.012
        side = "right" if last else "left"
        ax.text(at, place.share - 4 * per_point, text, ha=side, color=colour("ink"), size=TEXT - 1, zorder=4)


def _mark(place: Place, fact: Fact) -> tuple[str, str, float]:
    way = place.outside * fact.better.sign
    if place.outside == 0:
        return "o", "prior", 4.5
    return {1: ("o", "good", 7.0), -1: ("D", "bad", 6.0), 0: ("s", "muted", 6.0)}[way]


def outlying(found: Funnel) -> list[Place]:
    """The clients outside of the outer limits, the farthest from the share of all first."""
    return sorted((each for each in found.places if each.outside), key=lambda each: -abs(each.share - found.centre))


def funnel_words(found: Funnel, fact: Fact, say: Language, names: Names) -> list[str]:
    """The funnel in sentences: the share of all, who lies outside, and how the limits were made.

    None of them says "client": they may be shops, or hospitals.
    """
    far = outlying(found)
    share = in_words(fact, found.centre, say)
    above, below = sum(each.outside > 0 for each in far), sum(each.outside < 0 for each in far)
    counts = {"all": say.count(len(found.places)), "above": say.count(above), "below": say.count(below)}
    counts["share"] = share
    said = [say("All {all} together: {share}; {above} lie above the limits and {below} below.", **counts)]
    if far:
        named = "; ".join(f"{names(each.client)} {say.value(each.share, fact.unit)}" for each in far[:NAMED])
        said.append(say("Farthest out: {clients}.", clients=named))
    if found.spread and found.by_chance >= UNLIKELY:
        said.append(say("They vary {times} times as much as chance makes them on average, which may be chance "
                        "itself; the limits hold that, too.",
                        times=say.number(round(found.dispersion, 1))))  # fmt: skip
    elif found.spread:
        said.append(
            say(
                "They differ by more than chance ({times} times its variance), so the limits also hold the usual "
                "differences between them; 99.8% of them lie inside (dashed: 95%) if nothing else is at work.",
                times=say.number(round(found.dispersion, 1)),
            )
        )
    return said


def funnel_picture(found: Funnel, fact: Fact, say: Language, names: Names) -> Picture:
    """The funnel plot as a picture with its text alternative."""
    words = " ".join(funnel_words(found, fact, say, names))
    return drawn(SIZE, lambda ax: funnel_plot(found, fact, ax, say, names), words)
