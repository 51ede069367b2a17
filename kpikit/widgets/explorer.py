"""Pick a client, an indicator and a period; see its history, its figures and what they say; pick a point of it, and see
what is behind it; and add a note to a date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import chain, zip_longest
from os import PathLike
from typing import Any

import ipywidgets as widgets

from kpikit.charts.markup import paragraphs
from kpikit.evaluation.forecast.models import prepare
from kpikit.evaluation.signals.profiles import PROFILES
from kpikit.indicators.framework import Indicator
from kpikit.sources.clients import Client
from kpikit.widgets.as_code import called, opened
from kpikit.widgets.choice import Choice
from kpikit.widgets.controls import button, field, rows
from kpikit.widgets.grains import refill_grains
from kpikit.widgets.points import Points
from kpikit.widgets.typed import EXAMPLE
from kpikit.widgets.view import View
from kpikit.words.errors import KpikitError, SaidError, UsageError
from kpikit.words.language import Language
from kpikit.words.periods import COMPARISONS
from kpikit.words.rewritten import day_as_typed, typed_day
from kpikit.words.texts import N_
from kpikit.workspace import Workspace
from kpikit.workspace.explore.explore import Exploration, learned
from kpikit.workspace.explore.narrow import measurable
from kpikit.workspace.shared import shared

PERIODS = 24
"""How many periods back can be picked."""
MOST_AHEAD = 8
"""How many indicators are looked at before they are chosen."""

prepare()


class Explorer(View):
    """Lists to choose from, over a picture. ``value`` is the `Exploration` that is shown, None where there is none.

    ``shown.picked`` is the key of the point that is picked in the picture, and ``value.behind`` what is behind it.

    ``workspace`` is its folder, or it is opened; ``language`` is "en", "da" or "nb", by default each client's own. It
    begins with ``client`` and ``indicator`` (by default the first ones).
    """

    heading = N_("Explore")
    value: Exploration | None

    def __init__(
        self,
        workspace: str | PathLike[str],
        client: str | None = None,
        indicator: str | None = None,
        *,
        language: str | None = None,
    ) -> None:
        self.path, self.workspace, self.language = workspace, shared(workspace), language
        super().__init__(Language(language or self.workspace.language))
        self.shown = Points(label=self.say("Points of the history: arrows move, Enter shows what is behind one"))
        self._asked: tuple[Any, ...] = ()
        self._whole: Exploration | None = None
        self._seen = set[tuple[str | None, ...]]()
        self._about, self._kept = "", False
        say, clients = self.say, self.workspace.clients
        self.client = Choice(say("Client"), [(say.own(each.label), key) for key, each in clients.items()])
        self.indicator = Choice(say("Indicator"))
        self.grain, self.period = Choice(say("Length of period")), Choice(say("Period"))
        compared = [(say("as in reports"), ""), *((say(each.label), key) for key, each in COMPARISONS.items())]
        self.against, self.by = Choice(say("Compared with"), compared), Choice(say("Split by"))
        schools = [(say("as in reports"), ""), *((each.school, key) for key, each in PROFILES.items())]
        self.profile = Choice(say("Usual range"), schools)
        self._fill(client, indicator)
        self.client.observe(self._client_changed, names="value")
        self.indicator.observe(self._indicator_changed, names="value")
        self.grain.observe(self._grain_changed, names="value")
        self._follow(self.period, self.against, self.by, self.profile)
        self.shown.observe(self._changed, names="picked")
        controls = self.client, self.indicator, self.grain, self.period, self.against, self.by, self.profile
        self._arranged(rows(*controls), self.shown, self._noting())

    def _fill(self, client: str | None, indicator: str | None) -> None:
        """What can be chosen to begin with; the lists follow each other."""
        self._quiet = True
        if client is not None:
            self.client.choose(client)
        self._fill_indicators()
        if indicator is not None:
            self.indicator.choose(indicator)
        self._fill_grains()
        self._fill_periods()
        self._quiet = False

    @property
    def _setting(self) -> Client:
        return self.workspace.clients[self.client.value]

    @property
    def _one(self) -> Indicator:
        return self.workspace.settings.indicators_of(self.client.value)[self.indicator.value]

    def _fill_indicators(self) -> None:
        known = self.workspace.settings.indicators_of(self.client.value)
        measured = measurable(self.workspace, self.client.value)
        kpis = {kpi.indicator for plan in self.workspace.plans(self.client.value)[-1:] for kpi in plan.kpis}
        first = sorted(measured, key=lambda id: id not in kpis)  # what the plan is about stands on top
        self.indicator.refill([(self.say(known[id].label), id) for id in first])

    def _fill_grains(self) -> None:
        """The lengths of period that the sources of the indicator add up to, the workspace's own chosen at first."""
        model = self.workspace.settings.model
        refill_grains(self.grain, self.workspace.settings, self._setting, self._one, self.say)
        dimensions = [
            name
            for name in model.dimensions
            if all(name in model.metrics[metric].dimensions for metric in self._one.metrics)
        ]
        labels = [(self.say.own(model.dimensions[name].label), name) for name in dimensions]
        self.by.refill([(self.say("nothing"), ""), *(labels if self._one.change is None else [])])

    def _fill_periods(self) -> None:
        """The periods of the chosen client's calendar, the last complete one first."""
        self.period.refill(recent_periods(self.workspace, self.client.value, self.grain.value, self.say))

    def _client_changed(self, change: Any) -> None:
        """Another client may have another calendar, and other indicators; what it has too stays chosen."""
        self._refilled(self._fill_indicators, self._fill_grains, self._fill_periods)

    def _indicator_changed(self, change: Any) -> None:
        self._refilled(self._fill_grains, self._fill_periods)

    def _grain_changed(self, change: Any) -> None:
        self._refilled(self._fill_periods)

    def _made(self) -> Exploration:
        """What is chosen, as `ClientView.explore` gives it, with what is behind the point that is picked."""
        controls = self.client, self.indicator, self.period, self.against, self.by, self.profile
        asked = tuple(each.value for each in controls)
        if self._whole is None or asked != self._asked:
            self._whole = None
            self._whole, self._asked = self._explored(), asked
        has = any(point.period.key == self.shown.picked for point in self._whole.fact.series.points)
        return self._whole.at(self.shown.picked) if has else self._whole

    def _explored(self) -> Exploration:
        """What is chosen."""
        client, chosen = self.workspace.client(self.client.value), (self.against, self.by, self.profile)
        against, by, profile = (each.value or None for each in chosen)
        return client.explore(self.indicator.value, self.period.value, against, by, profile, language=self.language)

    def _ahead(self) -> Iterator[None]:
        """What is next to the choices in their lists: whoever goes on to it waits for nothing but the picture."""
        client, period = self.client.value, self.period.value
        beside = zip_longest(
            [(client, other, period) for other in self.indicator.near(MOST_AHEAD)],
            [(client, self.indicator.value, other) for other in self.period.near(3)],
            [(other, self.indicator.value, period) for other in self.client.near(2)],
        )
        chosen = self.against.value or None, self.by.value or None, self.profile.value or None
        for client, indicator, period in filter(None, chain.from_iterable(beside)):
            asked = client, indicator, period, *chosen
            if asked not in self._seen:
                with suppress(KpikitError):  # whoever chooses it is told
                    yield from learned(self.workspace, *asked)
                self._seen.add(asked)
                yield

    def _draw(self, value: Exploration) -> None:
        """The whole where it is another one; what is behind a point stands beneath it, and a note is about that."""
        assert self._whole
        self.shown.draw(self._whole)
        behind = value.behind
        self.shown.details = behind.shown().html if behind else ""
        about = self.say.period(behind.point.period if behind else value.evaluation.period)
        if about != self._about:
            self._about = self.note_on.value = about
            self.noted.value, self._kept = "", False  # what was said of another note

    def _call(self) -> str:
        asked = called(
            "client.explore", self.indicator.value, self.period.value, against=self.against.value or None,
            by=self.by.value or None, profile=self.profile.value or None, language=self.language,
        )  # fmt: skip
        picked = f".at({self.shown.picked!r})" if self._value is not None and self._value.behind else ""
        return f"client = {opened(self.path)}.client({self.client.value!r})\n{asked}{picked}"

    def _noting(self) -> widgets.Widget:
        """Fields for a note on what is shown."""
        say = self.say
        self.note = field(say("Your note"), lines=2, hint=say("What happened, and what it means"))
        self._examples = f"{day_as_typed(EXAMPLE, say.code)}, {EXAMPLE:%Y-%m}"
        self.note_on = field(say("Date or period"), hint=say("Such as {examples}", examples=self._examples))
        self.by_whom = field(say("Your name"))
        self.add, self.noted = button(say("Add the note")), widgets.HTML()
        self.add.on_click(self._pressed(self._add_note, self.noted))
        return widgets.VBox([rows(self.note, self.note_on, self.by_whom, self.add), self.noted])

    def _noted_on(self) -> str:
        """The key of the date or period that the note is about; a period of the history may be typed in words."""
        typed = str(self.note_on.value).strip()
        shown = (
            [*(point.period for point in self._whole.fact.series.points), self._whole.evaluation.period]
            if self._whole
            else []
        )
        in_words = {self.say.period(each).casefold(): each.key for each in shown}
        key = in_words.get(typed.casefold()) or typed_day(typed, self.say.code)
        self._check_when(key, typed)
        return key

    def _check_when(self, key: str, typed: str) -> None:
        """A `SaidError` for what is no date or period, has not begun, or lies before the figures."""
        say, begins = self.say, self.workspace.settings.begins
        about = {"field": self.note_on.description, "text": repr(typed)}
        try:
            period = self._setting.calendar.parse(key)
        except UsageError:
            raise SaidError(say("{field}: {text} is not understood. Write it as {example}.", **about,
                                example=self._examples)) from None  # fmt: skip
        if period.start > date.today():
            raise SaidError(say("{field}: {text} has not begun yet.", **about))
        if period.end <= begins:
            raise SaidError(say("{field}: {text} lies before {day}, where the figures begin.", **about,
                                day=say.day(begins)))  # fmt: skip

    def _add_note(self) -> None:
        """Write the note as a new file of the workspace; it is shown with what it is about, and in reports."""
        client = self.workspace.client(self.client.value)
        if not self.note.value.strip():
            if self._kept:  # it was pressed twice, and is kept
                return
            raise SaidError(self.say("Write down the note first."))
        file = client.note(self.note.value, self._noted_on(), self.indicator.value, self.by_whom.value or None)
        self.note.value, self._whole, self._kept = "", None, True
        place = file.relative_to(self.workspace.folder)
        self.noted.value = paragraphs([self.say("Kept in {file}; reports show it.", file=place)]).html
        self._changed()


def recent_periods(workspace: Workspace, client: str, grain: str, say: Language) -> list[tuple[str, str]]:
    """The last periods of a client's calendar that can be picked, the last complete one first: text and key."""
    _, day = workspace.period(client)
    calendar, begins = workspace.clients[client].calendar, workspace.settings.begins
    found = [each for each in calendar.ending_with(calendar.last_complete(grain, day), PERIODS) if each.end > begins]
    return [(say.period(each), each.key) for each in reversed(found or [calendar.period_of(grain, day)])]
