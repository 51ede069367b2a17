"""`Meanings`: two buttons where a change in per cent of a share has two meanings, each with what it comes to."""

from __future__ import annotations

import ipywidgets as widgets

from kpikit.widgets.controls import button
from kpikit.words.language import Language
from kpikit.words.rewritten import as_typed
from kpikit.words.units import SHARE, Unit


class Meanings(widgets.Box):  # type: ignore[misc]
    """Asks which is meant by the text in ``field``; a press puts the answer into it. Nothing is there till it asks."""

    def __init__(self, say: Language, field: widgets.Widget) -> None:
        super().__init__(layout={"display": "none", "flex_flow": "row wrap"})
        self.say, self.field = say, field

    def ask(self, text: str, unit: Unit, base: float | None) -> None:
        """Ask where a text such as "+5 %" has two meanings, from a baseline if there is one; else be gone."""
        asks = unit == SHARE and text[:1] in ("+", "-", "−") and text.endswith("%") and len(text) > 2
        self.layout.display = "flex" if asks else "none"
        self.children = tuple(self._meaning(text, mark, base) for mark in ("relative", "pp")) if asks else ()

    def _meaning(self, text: str, mark: str, base: float | None) -> widgets.Button:
        number = text.rstrip("% ")
        meant = as_typed(f"{number} % relative" if mark == "relative" else f"{number} pp", self.say.code)
        try:
            size = float(number.replace("−", "-")) / 100
        except ValueError:
            base, size = None, 0.0
        label = meant
        if base is not None:
            to = base * (1 + size) if mark == "relative" else base + size
            low, high = (self.say.value(each, SHARE) for each in (base, to))
            label = self.say("{meant}: from {low} to {high}", meant=meant, low=low, high=high)
        found = button(label)
        found.on_click(lambda _: setattr(self.field, "value", meant))
        return found
