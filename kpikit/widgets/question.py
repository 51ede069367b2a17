"""`Question`: before a plan is written, what will change in it, over a Yes and a No."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from kpikit.charts.markup import Html
from kpikit.widgets.controls import button, line
from kpikit.words.errors import SaidError
from kpikit.words.language import Language


class Question(widgets.VBox):  # type: ignore[misc]
    """Gone until something is asked. A Yes counts for exactly what was asked about, and once."""

    def __init__(self, say: Language) -> None:
        self.say, self._about = say, None
        self.what = widgets.HTML()
        self.yes, self.no = button(say("Yes, write it"), strong=True), button(say("No"))
        text = widgets.Label(say("This becomes the plan's next version."))
        super().__init__([self.what, line(text, self.yes, self.no)])
        self.no.on_click(lambda _: self.drop())
        self.drop()

    def ask(self, about: Any, changes: Html) -> None:
        """Ask whether to write something, of which these are the changes."""
        self._about, self.what.value, self.layout.display = about, changes.html, None

    def drop(self) -> None:
        """Ask no longer: what was asked about has changed, or somebody said No."""
        self._about, self.layout.display = None, "none"

    def answered(self, about: Any) -> None:
        """A Yes to this. A `UsageError` where it was not asked about, since it has changed meanwhile."""
        asked = self._about
        self.drop()
        if asked is None or asked is not about:
            raise SaidError(self.say("It has changed, or is written already: look at the changes, and press again."))
