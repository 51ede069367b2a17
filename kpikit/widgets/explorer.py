"""Pick a client, a period and an indicator; see its history and its figures."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from kpikit.charts.markup import Html, beside, joined
from kpikit.evaluation.facts import Fact
from kpikit.words.errors import KpikitError
from kpikit.words.language import Language
from kpikit.workspace import open

PERIODS = 24
"""How many periods back can be picked."""


class Explorer(widgets.VBox):  # type: ignore[misc]
    """Three dropdowns over a picture. ``value`` is the fact that is shown, None where there is none.

    ``workspace`` is its folder; ``language`` is "en", "da" or "nb", by default each client's own.
    """

    def __init__(self, workspace: str | Path, language: str | None = None) -> None:
        self.workspace, self.language = open(workspace), language
        self.value: Fact | None = None
        say = Language(language or self.workspace.language)
        clients = [(say.own(each.label), key) for key, each in self.workspace.clients.items()]
        self.client = widgets.Dropdown(options=clients, description=say("Client"))
        self.period = widgets.Dropdown(description=say("Period"))
        settings = self.workspace.settings
        measured = [(say(each.label), each.id) for each in settings.computed]
        self.indicator = widgets.Dropdown(options=measured, description=say("Indicator"))
        self.shown = widgets.HTML()
        super().__init__([widgets.HBox([self.client, self.period, self.indicator]), self.shown])
        self._fill_periods()
        self.client.observe(self._client_changed, names="value")
        for each in (self.period, self.indicator):
            each.observe(self._changed, names="value")
        self._show()

    def _fill_periods(self) -> None:
        """The periods of the chosen client's calendar, the last complete one first."""
        last, _ = self.workspace.period(self.client.value)
        calendar = self.workspace.clients[self.client.value].calendar
        begins = self.workspace.settings.begins
        periods = [each for each in calendar.ending_with(last, PERIODS) if each.end > begins]
        say = Language(self.language or self.workspace.language)
        self.period.options = [(say.period(each), each.key) for each in reversed(periods)]
        self.period.index = 0

    def _client_changed(self, change: Any) -> None:
        """Another client may have another calendar; the period stays where it has it, too."""
        chosen = self.period.value
        with self.period.hold_trait_notifications():
            self._fill_periods()
            if chosen in [key for _, key in self.period.options]:
                self.period.value = chosen
        self._show()

    def _changed(self, change: Any) -> None:
        self._show()

    def _show(self) -> None:
        """The picture of what is picked; in its place the error in words, where there is one."""
        try:
            review = self.workspace.client(self.client.value).evaluate(self.period.value, None, self.language)
            self.value = review.evaluation.fact(self.indicator.value)
            key, client = self.indicator.value, review.say.own(review.client.label)
            title = f"{client}: {review.labels(self.value)}"  # whose it is, while the next one is still measured
            body = beside(review.chart(key), review.figures(key), review.events(key))
            self.shown.value = joined([Html(f"<h3>{escape(title)}</h3>", title), body])._repr_html_()
        except KpikitError as error:
            self.value, self.shown.value = None, f"<p>{escape(str(error))}</p>"
