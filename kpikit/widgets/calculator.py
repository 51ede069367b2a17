"""Find an indicator, move its figures, and see what becomes of it."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import ipywidgets as widgets

from kpikit.indicators.catalogue import CATALOGUE, Indicators, search
from kpikit.indicators.framework import Indicator
from kpikit.indicators.inputs import shares
from kpikit.indicators.page import rows
from kpikit.widgets.choice import Choice
from kpikit.widgets.controls import field, look
from kpikit.widgets.controls import rows as controls
from kpikit.words.errors import UsageError
from kpikit.words.formula import Operation, divide
from kpikit.words.language import Language
from kpikit.words.units import RATIO

BEFORE = "before"
"""What stands before a metric's name for its slider of the earlier period, which only a change needs."""
START, PART = 0.1, 0.025
"""Where sliders stand at the beginning, as shares of their upper end, those of a part of a whole too."""
WHOLE_FROM = 200
"""Sliders that go so far have whole steps: a hundred of them are enough for what is smaller."""


class Calculator(widgets.VBox):  # type: ignore[misc]
    """A search field, the indicators that it finds, a slider for each metric, and the value with its definition.

    ``value`` is the value shown; NaN where there is none, as for impossible figures, whose reason is shown.
    ``language`` is "en", "da" or "nb"; ``indicators`` by default all of the catalogue.
    """

    def __init__(self, *, language: str = "en", indicators: Indicators = CATALOGUE) -> None:
        self.say, self.indicators = Language(language), indicators
        self.value = float("nan")
        self.search = field(self.say("Search"))
        self.indicator = Choice(self.say("Indicator"), self._options(list(indicators)))
        self.sliders: dict[str, widgets.IntSlider | widgets.FloatSlider] = {}
        self.box, self.shown = widgets.VBox(), widgets.HTML()
        super().__init__([look(), controls(self.search, self.indicator, at_least="38em"), self.box, self.shown])
        self.search.observe(self._search_changed, names="value")
        self.indicator.observe(self._indicator_changed, names="value")
        self._indicator_changed(None)

    def _options(self, ids: list[str]) -> list[tuple[str, str]]:
        return [(f"{self.say(self.indicators[id].label)} ({id})", id) for id in ids]

    def _search_changed(self, change: Any) -> None:
        """Offer what the text finds, the best first; everything while nothing is found."""
        found = [each.id for each in search(self.search.value, self.indicators)] or list(self.indicators)
        self.indicator.refill(self._options(found))
        self.indicator.value = found[0]

    def _indicator_changed(self, change: Any) -> None:
        """New sliders: one for each metric, two where a change between two periods is asked for."""
        one = self.indicators[self.indicator.value]
        self.sliders = {name: self._slider(one, name) for name in one.metrics}
        if one.change:
            self.sliders |= {f"{BEFORE} {name}": self._slider(one, name, earlier=True) for name in one.metrics}
        for slider in self.sliders.values():
            slider.observe(self._slider_changed, names="value")
        self.box.children = tuple(self._with_number(slider) for slider in self.sliders.values())
        self._show(one)

    def _slider(self, one: Indicator, name: str, earlier: bool = False) -> widgets.IntSlider | widgets.FloatSlider:
        """From end to end of what the metric can be, in about a hundred steps where it is no whole number."""
        called, can_be = self.say(one.roles[name]), one.ranges[name]
        high = min(can_be.highest, can_be.usual)
        low = can_be.lowest if math.isfinite(can_be.lowest) else -high
        closed = math.isfinite(can_be.highest)
        fine = closed or high < WHOLE_FROM
        step = 10.0 ** round(math.log10((high - low) / 100)) if fine else 1
        begin = (low + high) / 2 if closed else max(low, 0) + high * (PART if name in _parts(one) else START)
        kind = widgets.FloatSlider if fine else widgets.IntSlider
        return kind(
            value=begin if fine else round(begin),
            min=low if fine else round(low),
            max=high if fine else round(high),
            step=step,
            readout=not fine,
            description=self.say("{what}, a year earlier", what=called) if earlier else called,
            style={"description_width": "min(22em, 40%)"},
            layout={"width": "60em", "max_width": "98%"},
        )

    def _with_number(self, slider: widgets.IntSlider | widgets.FloatSlider) -> widgets.Widget:
        """The slider and, where it has decimals, its number as the language writes it, which browsers do not."""
        if slider.readout:
            return slider
        number, decimals = widgets.Label(), max(0, -round(math.log10(slider.step)))

        def written(value: float) -> str:
            return self.say.value(value, RATIO, decimals=decimals)

        widgets.dlink((slider, "value"), (number, "value"), written)
        return widgets.HBox([slider, number])

    def _slider_changed(self, change: Any) -> None:
        self._show(self.indicators[self.indicator.value])

    def _show(self, one: Indicator) -> None:
        """The value, or the reason why there is none; below it the whole entry of the catalogue."""
        figures = {name: slider.value for name, slider in self.sliders.items()}
        try:
            self.value = _change(one, figures) if one.change else one(**figures)
            text, sure = self.say.value(self.value, one.unit), self._interval(one, figures)
        except UsageError as error:
            self.value, text, sure = float("nan"), str(error), ""
        lines = rows(one, self.say, self.indicators)
        entry = "".join(f"<dt>{escape(head)}</dt><dd>{escape(what)}</dd>" for head, what in lines)
        heading = f"<h3>{escape(self.say(one.label))}: {escape(text)}</h3>"
        told = f"<p>{escape(sure)}</p>" if sure else ""
        self.shown.value = f'<section class="kpikit card">{heading}{told}<dl>{entry}</dl></section>'

    def _interval(self, one: Indicator, figures: dict[str, float]) -> str:
        """Between what the figure of a survey may lie; empty for all else."""
        found = one.interval(**figures) if one.survey else None
        return found.told(self.say, lambda end: self.say.value(end, one.unit)) if found else ""


def _parts(one: Indicator) -> set[str]:
    """The metrics that are a part of something larger, or taken from it: with all alike, nothing would be left."""
    nodes = [each for each in one.formula.nodes() if isinstance(each, Operation)]
    taken = {name for each in nodes if each.sign == "-" for name in each.right.names if name not in each.left.names}
    wholes = [(each.left, each.right) for each in shares(one.formula)]
    wholes += [one.parts] if one.parts and one.limits.highest == 1 else []
    return taken | {name for part, whole in wholes for name in part.names if name not in whole.names}


def _change(one: Indicator, figures: dict[str, float]) -> float:
    now = one.compute({name: figures[name] for name in one.metrics})
    before = one.compute({name: figures[f"{BEFORE} {name}"] for name in one.metrics})
    return float(divide(now - before, before))
