"""Find an indicator, move its figures, and see what becomes of it."""

from __future__ import annotations

import math
from html import escape
from os import PathLike
from typing import Any

import ipywidgets as widgets

from kpikit.charts.markup import paragraphs
from kpikit.indicators.catalogue import CATALOGUE, Indicators, search
from kpikit.indicators.framework import Indicator
from kpikit.indicators.inputs import shares
from kpikit.indicators.page import rows
from kpikit.widgets.as_code import called, opened
from kpikit.widgets.choice import Choice
from kpikit.widgets.controls import field
from kpikit.widgets.controls import rows as controls
from kpikit.widgets.sliders import SliderNames
from kpikit.widgets.view import View
from kpikit.words.errors import UsageError
from kpikit.words.formula import Formula, Operation, divide, written
from kpikit.words.language import Language
from kpikit.words.message import in_language
from kpikit.words.rewritten import as_typed
from kpikit.words.texts import N_
from kpikit.words.units import RATIO
from kpikit.workspace.shared import shared

BEFORE = "before"
"""What stands before a metric's name for its slider of the earlier period, which only a change needs."""
START, PART = 0.1, 0.025
"""Where sliders stand at the beginning, as shares of their upper end, those of a part of a whole too."""
WHOLE_FROM = 200
"""Sliders that go so far have whole steps: a hundred of them are enough for what is smaller."""


class Calculator(View):
    """A search field, the indicators that it finds, a slider for each metric, and the value with its definition.

    ``value`` is the value shown; NaN where there is none, as for impossible figures, whose reason is shown.
    ``workspace`` is the folder of one whose indicators are offered, its own among them (default: the catalogue's);
    ``language`` is "en", "da" or "nb", by default the workspace's; ``indicators`` take the place of both.
    """

    heading = N_("Calculate an indicator")
    value: float

    def __init__(
        self,
        workspace: str | PathLike[str] | None = None,
        *,
        language: str | None = None,
        indicators: Indicators | None = None,
    ) -> None:
        known = shared(workspace) if workspace is not None else None
        super().__init__(Language(language or (known.language if known else "en")))
        self.path, self._given = workspace, indicators
        self.indicators = indicators or (known.settings.indicators if known else CATALOGUE)
        self.search = field(self.say("Search"))
        self.indicator = Choice(self.say("Indicator"), self._options(list(self.indicators)))
        self.sliders: dict[str, widgets.IntSlider | widgets.FloatSlider] = {}
        self.box = widgets.VBox()
        self._renew()
        self.search.observe(self._search_changed, names="value")
        self.indicator.observe(self._indicator_changed, names="value")
        self._arranged(controls(self.search, self.indicator, at_least="38em"), self.box, self.shown, SliderNames())

    @property
    def one(self) -> Indicator:
        """The indicator that is chosen."""
        return self.indicators[self.indicator.value]

    @property
    def figures(self) -> dict[str, float]:
        """Where the sliders stand."""
        return {name: slider.value for name, slider in self.sliders.items()}

    def _options(self, ids: list[str]) -> list[tuple[str, str]]:
        return [(f"{self.say(self.indicators[id].label)} ({id})", id) for id in ids]

    def _search_changed(self, change: Any) -> None:
        """Offer what the text finds, the best first; everything while nothing is found."""
        found = [each.id for each in search(self.search.value, self.indicators)] or list(self.indicators)
        self.indicator.refill(self._options(found))
        self.indicator.value = found[0]

    def _indicator_changed(self, change: Any) -> None:
        self._refilled(self._renew)

    def _renew(self) -> None:
        """New sliders: one for each metric, two where a change between two periods is asked for."""
        one = self.one
        self.sliders = {name: self._slider(one, name) for name in one.metrics}
        if one.change:
            self.sliders |= {f"{BEFORE} {name}": self._slider(one, name, earlier=True) for name in one.metrics}
        self._follow(*self.sliders.values())
        self.box.children = tuple(self._with_number(slider) for slider in self.sliders.values())

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

    def _made(self) -> float:
        """The value; NaN where the figures cannot be, and why."""
        self._why = ""
        try:
            return _change(self.one, self.figures) if self.one.change else float(self.one(**self.figures))
        except UsageError as error:
            self._why = str(in_language(error.args[0], self.say, self._named))
            return float("nan")

    def _named(self, value: object) -> str:
        """What stands in a refusal: metrics as their sliders call them, numbers as the language writes them."""
        if isinstance(value, Formula):
            return written(value, lambda name: self.say(self.one.roles[name]))
        text = str(value)
        return self.say(self.one.label) if text == self.one.id else as_typed(text, self.say.code)

    def _html(self, value: float) -> str:
        """The value, or the reason why there is none; below it the whole entry of the catalogue."""
        one = self.one
        text = self._why or self.say.value(value, one.unit)
        sure = "" if self._why else self._interval(one, self.figures)
        lines = rows(one, self.say, self.indicators)
        entry = "".join(f"<dt>{escape(head)}</dt><dd>{escape(what)}</dd>" for head, what in lines)
        heading = f"<h3>{escape(self.say(one.label))}: {escape(text)}</h3>"
        told = f"<p>{escape(sure)}</p>" if sure else ""
        return f'<section class="kpikit card">{heading}{told}<dl>{entry}</dl></section>'

    def _picture(self) -> str:
        """Where the sliders stand, too, which a page without widgets does not show."""
        stands = [f"{each.description}: {self._stands(each)}" for each in self.sliders.values()]
        return f"{super()._picture()}{paragraphs(['; '.join(stands)]).html}"

    def _stands(self, slider: widgets.IntSlider | widgets.FloatSlider) -> str:
        decimals = 0 if slider.readout else max(0, -round(math.log10(slider.step)))
        return self.say.value(slider.value, RATIO, decimals=decimals)

    def _call(self) -> str:
        if self._given is not None:
            known = "indicators"
        elif self.path is None:
            known = "CATALOGUE"
        else:
            known = f"{opened(self.path)}.settings.indicators"
        load = "from kpikit.indicators.catalogue import CATALOGUE\n" if known == "CATALOGUE" else ""
        named = f"{known}[{self.indicator.value!r}]"
        if not self.one.change:
            return f"{load}\n{called(named, **self.figures)}".strip()
        now, before = _halves(self.one, self.figures)
        call = f"one = {named}\nnow = one.compute({now!r})\nbefore = one.compute({before!r})"
        return f"{load}from kpikit.words.formula import divide\n\n{call}\nfloat(divide(now - before, before))"

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
    now, before = map(one.compute, _halves(one, figures))
    return float(divide(now - before, before))


def _halves(one: Indicator, figures: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """The figures of the period, and of the one before it."""
    return {name: figures[name] for name in one.metrics}, {name: figures[f"{BEFORE} {name}"] for name in one.metrics}
