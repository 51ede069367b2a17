"""What a KPI is made of, and what becomes of it: move a driver by slider or by keyboard, and see what it would take."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from os import PathLike
from typing import Any

import ipywidgets as widgets

from kpikit.evaluation.drivers.kpi_tree import Node
from kpikit.evaluation.drivers.tree import reached
from kpikit.evaluation.drivers.what_if import position
from kpikit.indicators.catalogue import Indicators
from kpikit.plans.plan import in_force
from kpikit.widgets.as_code import called, opened
from kpikit.widgets.choice import Choice
from kpikit.widgets.controls import button, field, rows
from kpikit.widgets.explorer import recent_periods
from kpikit.widgets.sliders import SliderNames
from kpikit.widgets.typed import checked_number
from kpikit.widgets.view import View
from kpikit.words.errors import SaidError
from kpikit.words.language import Language
from kpikit.words.periods import COMPARISONS
from kpikit.words.rewritten import as_typed, typed_number
from kpikit.words.texts import N_
from kpikit.words.units import PERCENTAGE_POINTS, SHARE
from kpikit.workspace.explore.driver_tree import TreeView
from kpikit.workspace.explore.narrow import measurable
from kpikit.workspace.shared import shared

REACH = 50
"""How far a slider goes to each side, in per cent of the driver; and so many steps, at most."""
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


@dataclass(frozen=True)
class Driver:
    """The controls of one driver: what it is moved by, as text and as the place of a slider in per cent or points.

    ``code`` is the language in which it is typed.
    """

    node: Node
    code: str
    text: widgets.Widget
    slider: widgets.FloatSlider

    @property
    def unit(self) -> str:
        """What the slider counts: "pp" for a share, else "%"."""
        return "pp" if self.node.unit in (SHARE, PERCENTAGE_POINTS) else "%"

    @property
    def move(self) -> str:
        """What it is moved by or to, as code writes it; empty for what stays."""
        return typed_number(self.text.value)

    def check(self, say: Language) -> None:
        """A `SaidError` for what cannot be read as a move."""
        if self.move:
            example = "+0.5 pp" if self.unit == "pp" else "+5 %"
            checked_number(self.text, example, lambda: position(self.node, self.move), say)

    @property
    def place(self) -> float:
        """Where the slider stands for the text, as far as it goes; in the middle for what can't be read."""
        at = 0.0
        with suppress(ValueError):
            value, now = position(self.node, self.move), self.node.value or 0.0
            at = (value - now) * 100 if self.unit == "pp" else (value / now - 1) * 100 if now else 0.0
        return min(max(at, float(self.slider.min)), float(self.slider.max))

    def slid(self, change: Any) -> None:
        """The text follows the slider; where that is back in the middle, nothing has moved.

        A browser puts the slider on the step nearest to what was typed, which is no move of a person.
        """
        if abs(self.slider.value - self.place) > self.slider.step / 2:
            at = round(self.slider.value, 2)
            self.text.value = as_typed(f"{at:+g} {self.unit}", self.code) if at else ""

    def typed(self, change: Any) -> None:
        """The slider follows the text."""
        self.slider.value = self.place


class DriverTree(View):
    """A slider and a field for each driver of a KPI, over its tree. ``value`` is the `TreeView` that is shown.

    ``workspace`` is its folder, or it is opened; ``language`` is "en", "da" or "nb", by default the client's own. It
    begins with ``client`` (default: the first), ``kpi`` (default: the plan's first that has a tree) and ``period``
    (default: the last complete one).
    """

    heading = N_("What drives it")
    value: TreeView | None

    def __init__(
        self,
        workspace: str | PathLike[str],
        client: str | None = None,
        kpi: str | None = None,
        period: str | None = None,
        *,
        language: str | None = None,
    ) -> None:
        self.path, self.workspace, self.language = workspace, shared(workspace), language
        view = self.workspace.client(client)
        super().__init__(Language(language or view.setting.language))
        say, clients = self.say, self.workspace.clients
        self.client = Choice(say("Client"), [(say.own(each.label), key) for key, each in clients.items()])
        self.client.value = view.key
        self.kpi, self.period = Choice("KPI"), Choice(say("Period"))
        compared = [(say("as in reports"), ""), *((say(each.label), key) for key, each in COMPARISONS.items())]
        self.against = Choice(say("Compared with"), compared)
        self.drivers: dict[str, Driver] = {}
        self.box, self.back = widgets.VBox(), button(say("Back to the figures as they are"))
        self._built: tuple[str, str, str] | None = None
        self._fill(kpi, period)
        self.client.observe(self._client_changed, names="value")
        self.back.on_click(self._pressed(self.reset, self.shown))
        self._follow(self.kpi, self.period, self.against)
        self._arranged(rows(self.client, self.kpi, self.period, self.against), self.box, self.shown,
                       SliderNames())  # fmt: skip

    @property
    def moves(self) -> dict[str, str]:
        """What each driver is moved by or to, as it is written; without those that stay."""
        return {name: each.move for name, each in self.drivers.items() if each.move}

    def reset(self) -> None:
        """All drivers as they are."""
        for each in self.drivers.values():
            each.text.value = ""

    def _fill(self, kpi: str | None, period: str | None) -> None:
        """The KPIs of the chosen client, and its periods; a `UsageError` names what there is."""
        before, self._quiet = self._quiet, True
        client, settings = self.client.value, self.workspace.settings
        there = measurable(self.workspace, client)
        known = {id: one for id, one in settings.indicators_of(client).items() if there.get(id)}
        labels = settings.labels(self.say, client)
        plan = self.workspace.plans(client)[-1:]
        found = {each.key: labels.of(each.indicator, each.member) for one in plan for each in one.kpis}
        found |= {id: self.say(one.label) for id, one in known.items() if id not in found and _parts(id, known)}
        self.kpi.refill([(text, key) for key, text in found.items()])
        if kpi is not None:
            self.kpi.choose(kpi)
        elif self._built is None:
            self.kpi.value = next((key for key in found if _parts(key.partition("[")[0], known)), self.kpi.value)
        self.period.refill(self._periods(period))
        if period is not None:
            self.period.choose(period)
        self._quiet = before

    def _periods(self, wanted: str | None) -> list[tuple[str, str]]:
        """The periods to pick from, and that one that is asked for."""
        client = self.client.value
        found = recent_periods(self.workspace, client, self.workspace.settings.grain, self.say)
        if wanted is None or wanted in [key for _, key in found]:
            return found
        period, _ = self.workspace.period(client, wanted)
        return [(self.say.period(period), wanted), *found]

    def _client_changed(self, change: Any) -> None:
        self._refilled(lambda: self._fill(None, None))

    def _made(self) -> TreeView:
        """The tree of what is picked, as `ClientView.driver_tree` gives it; with it come its drivers' controls."""
        picked = self.client.value, self.kpi.value, self.period.value
        if picked != self._built:
            self._built, self.drivers, self.box.children = picked, {}, ()
        client = self.workspace.client(self.client.value)
        self._check_member()
        for each in self.drivers.values():
            each.check(self.say)
        found = client.driver_tree(self.kpi.value, self.period.value, self.against.value or None, self.moves or None,
                                   language=self.language)  # fmt: skip
        if found.tree and found.found and not self.drivers:
            self.drivers = dict(self._controls(found))
            self.box.children = tuple(rows(each.text, each.slider, at_least="30em") for each in self.drivers.values())
            self.box.children += (rows(self.back),)
        return found

    def _check_member(self) -> None:
        """A part of an indicator, such as a channel, has a tree where the plan that is in force then names it."""
        period, _ = self.workspace.period(self.client.value, self.period.value)
        plan = in_force(self.workspace.plans(self.client.value), period.window)
        if "[" in self.kpi.value and self.kpi.value not in [kpi.key for kpi in (plan.kpis if plan else ())]:
            label = next(text for text, key in self.kpi.options if key == self.kpi.value)
            raise SaidError(self.say("{kpi}: the plan of that time does not name it as a KPI. Choose another period.",
                                     kpi=label))  # fmt: skip

    def _controls(self, found: TreeView) -> Iterator[tuple[str, Driver]]:
        assert found.tree is not None
        for name, node in found.tree.drivers.items():
            points = node.unit in (SHARE, PERCENTAGE_POINTS)
            example = as_typed("+0.5 pp" if points else "+5 %", self.say.code)
            text = field(found.name(node), hint=self.say("as it is; or {example}", example=example))
            text.style.description_width = "min(17em, 50%)"
            driver = Driver(node, self.say.code, text, _slider(node, points))
            driver.slider.observe(driver.slid, names="value")
            text.observe(driver.typed, names="value")
            self._follow(text)
            yield name, driver

    def _call(self) -> str:
        asked = called(
            "client.driver_tree", self.kpi.value, self.period.value, against=self.against.value or None,
            moves=self.moves or None, language=self.language,
        )  # fmt: skip
        return f"client = {opened(self.path)}.client({self.client.value!r})\n{asked}"


def _parts(id: str, known: Indicators) -> bool:
    """True for an indicator that is made of others, or of several metrics."""
    return id in known and known[id].change is None and (len(known[id].metrics) > 1 or len(reached(id, known)) > 2)


def _slider(node: Node, points: bool) -> widgets.FloatSlider:
    """Per cent up and down, of a share percentage points; disabled where there is nothing to take a per cent of."""
    value = node.value or 0.0
    reach = abs(value) * REACH if points else float(REACH)
    step = next((each for each in STEPS if reach <= each * REACH), STEPS[-1])
    low, high = (math.floor(end / step) * step for end in (reach, min(reach, (1 - value) * 100) if points else reach))
    return widgets.FloatSlider(
        0.0, min=-low, max=max(high, step), step=step, readout=False, disabled=value <= 0,
        layout={"width": "auto", "max_width": "24em"},
    )  # fmt: skip
