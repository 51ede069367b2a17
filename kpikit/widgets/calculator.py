"""Find an indicator, move its figures, and see what becomes of it."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as widgets

from kpikit.indicators.catalogue import CATALOGUE, Indicators, search
from kpikit.indicators.framework import Indicator
from kpikit.indicators.inputs import Amount, Share
from kpikit.indicators.page import rows
from kpikit.words.errors import UsageError
from kpikit.words.formula import Operation, divide
from kpikit.words.language import Language

BEFORE = "before"
"""What stands before a metric's name for its slider of the earlier period, which only a change needs."""
START, PART, MOST = 100, 25, 1000
"""Where sliders begin, those of a part of a whole too; and where they end."""


class Calculator(widgets.VBox):  # type: ignore[misc]
    """A search field, the indicators that it finds, a slider for each metric, and the value with its definition.

    ``value`` is the value shown; NaN where there is none, as for impossible figures, whose reason is shown.
    ``language`` is "en", "da" or "nb"; ``indicators`` by default all of the catalogue.
    """

    def __init__(self, language: str = "en", indicators: Indicators = CATALOGUE) -> None:
        self.say, self.indicators = Language(language), indicators
        self.value = float("nan")
        self.search = widgets.Text(description=self.say("Search"), continuous_update=True)
        self.indicator = widgets.Dropdown(description=self.say("Indicator"), options=self._options(list(indicators)))
        self.sliders: dict[str, widgets.IntSlider] = {}
        self.box, self.shown = widgets.VBox(), widgets.HTML()
        super().__init__([widgets.HBox([self.search, self.indicator]), self.box, self.shown])
        self.search.observe(self._search_changed, names="value")
        self.indicator.observe(self._indicator_changed, names="value")
        self._indicator_changed(None)

    def _options(self, ids: list[str]) -> list[tuple[str, str]]:
        return [(f"{self.say(self.indicators[id].label)} ({id})", id) for id in ids]

    def _search_changed(self, change: Any) -> None:
        """Offer what the text finds, the best first; everything while nothing is found."""
        found = [each.id for each in search(self.search.value, self.indicators)] or list(self.indicators)
        self.indicator.options = self._options(found)

    def _indicator_changed(self, change: Any) -> None:
        """New sliders: one for each metric, two where a change between two periods is asked for."""
        one = self.indicators[self.indicator.value]
        self.sliders = {name: self._slider(one, name) for name in one.metrics}
        if one.change:
            self.sliders |= {f"{BEFORE} {name}": self._slider(one, name, earlier=True) for name in one.metrics}
        for slider in self.sliders.values():
            slider.observe(self._slider_changed, names="value")
        self.box.children = tuple(self.sliders.values())
        self._show(one)

    def _slider(self, one: Indicator, name: str, earlier: bool = False) -> widgets.IntSlider:
        called = self.say(one.roles[name])
        part = isinstance(one.formula, Share) and name not in one.formula.right.names
        part = part or name in _taken_off(one)
        return widgets.IntSlider(
            value=PART if part else START,
            min=-MOST if isinstance(one.roles[name], Amount) else 0,
            max=MOST,
            description=self.say("{what}, a year earlier", what=called) if earlier else called,
            style={"description_width": "22em"},
            layout={"width": "60em"},
        )

    def _slider_changed(self, change: Any) -> None:
        self._show(self.indicators[self.indicator.value])

    def _show(self, one: Indicator) -> None:
        """The value, or the reason why there is none; below it the whole entry of the catalogue."""
        figures = {name: slider.value for name, slider in self.sliders.items()}
        try:
            self.value = _change(one, figures) if one.change else one(**figures)
            text = self.say.value(self.value, one.unit)
            text += self._interval(one, figures)
        except UsageError as error:
            self.value, text = float("nan"), str(error)
        lines = rows(one, self.say, self.indicators)
        entry = "".join(f"<dt>{escape(head)}</dt><dd>{escape(what)}</dd>" for head, what in lines)
        heading = f"<h3>{escape(self.say(one.label))}: {escape(text)}</h3>"
        self.shown.value = f'<section class="kpikit card">{heading}<dl>{entry}</dl></section>'


    def _interval(self, one: Indicator, figures: dict[str, int]) -> str:
        """Between what the figure of a survey may lie; empty for all else."""
        found = one.interval(**figures) if one.survey else None
        if found is None or found.lower is None or found.upper is None:
            return ""
        ends = {"low": self.say.value(found.lower, one.unit), "high": self.say.value(found.upper, one.unit)}
        return f" ({self.say('with 95% confidence between {low} and {high}', **ends)})"


def _taken_off(one: Indicator) -> set[str]:
    """The metrics that are taken from something larger: with all alike, nothing would be left to divide by."""
    nodes = [each for each in one.formula.nodes() if isinstance(each, Operation) and each.sign == "-"]
    return {name for each in nodes for name in each.right.names if name not in each.left.names}


def _change(one: Indicator, figures: dict[str, int]) -> float:
    now = one.compute({name: figures[name] for name in one.metrics})
    before = one.compute({name: figures[f"{BEFORE} {name}"] for name in one.metrics})
    return float(divide(now - before, before))
