"""A test before it starts and after it: how many units and days it needs, and what a finished one has shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from os import PathLike
from typing import Any

import ipywidgets as widgets

from kpikit.evaluation.experiments.size import POWER, SIGNIFICANCE
from kpikit.widgets.as_code import called, opened
from kpikit.widgets.choice import Choice
from kpikit.widgets.controls import field, rows
from kpikit.widgets.view import View
from kpikit.words.errors import SaidError
from kpikit.words.language import Language
from kpikit.words.rewritten import numbers
from kpikit.words.texts import N_
from kpikit.words.units import SHARE
from kpikit.workspace.explore.experiment_plan import (
    EFFECTS,
    ExperimentPlan,
    Today,
    Wanted,
    known_today,
    learned,
    plannable,
)
from kpikit.workspace.explore.experiment_reading import ExperimentReading, own
from kpikit.workspace.shared import shared

VARIANTS = (2, 3, 4, 5)
"""How many variants can be chosen, the control among them."""
POWERS, LEVELS = (0.7, 0.8, 0.9, 0.95), (0.01, 0.05, 0.1)
"""How surely an effect is to be seen, and how often one that is not there may be."""
USUAL = 0.1
"""The relative effect that is looked for until a person chooses another one, where the KPI can have it."""
COUNTS, A_SHARE, AN_AVERAGE = ":counts", ":share", ":average"
"""What can be chosen beside the workspace's own tests and indicators."""
_NUMBER = re.compile(r"([0-9.]+) ?(%?)")
_COUNT = re.compile(r"(.+?)\s*:\s*([0-9]+)\s*[,;/ ]\s*(0|[1-9][0-9]*)")


class ExperimentPlanner(View):
    """Lists and fields over a plan, or a test's result. ``value`` is an `ExperimentPlan` or an `ExperimentReading`.

    ``workspace`` is its folder, or it is opened; ``language`` is "en", "da" or "nb", by default the client's own. It
    begins with a new test of ``client`` (default: the first); ``test`` lists what the client has in `experiments.yml`,
    and counts that one types. What is typed of today takes the place of what is measured.
    """

    heading = N_("Tests")
    value: ExperimentPlan | ExperimentReading | None

    def __init__(
        self, workspace: str | PathLike[str], client: str | None = None, *, language: str | None = None
    ) -> None:
        self.path, self.workspace, self.language = workspace, shared(workspace), language
        self.key = self.workspace.client(client).key
        super().__init__(Language(language or self.workspace.client(self.key).setting.language))
        say, settings = self.say, self.workspace.settings
        tests = [(say.own(each.label), each.key) for each in own(settings, self.key)]
        self.test = Choice(say("Test"), [(say("a new one"), ""), (say("counts that I type"), COUNTS), *tests])
        known = [(say(each.label), each.id) for each in plannable(self.workspace, self.key)]
        others = [(say("another share"), A_SHARE), (say("another average"), AN_AVERAGE)]
        self.indicator = Choice(say("KPI"), [*known, *others])
        example = say.value(0.024, SHARE, decimals=1)
        self.today = field(say("Value today"), hint=say("Such as {examples}", examples=example))
        self.deviation = field(say("Standard deviation"), hint=say("of one unit"))
        self.a_day = field(say("Units a day"), hint=say("visitors or customers"))
        self.effect = Choice(say("Smallest effect"), [(say.relative(each), each) for each in EFFECTS])
        self.variants = Choice(say("Variants"), [(str(each), each) for each in VARIANTS])
        self.power = Choice(say("Power"), [(say.value(each, SHARE, decimals=0), each) for each in POWERS])
        self.level = Choice(say("Significance"), [(say.value(each, SHARE, decimals=0), each) for each in LEVELS])
        self.counts = field(say("Counts"), lines=4, hint="A: 4000, 160\nB: 4050, 201")
        self.effect.choose(USUAL)
        self.power.choose(POWER)
        self.level.choose(SIGNIFICANCE)
        self.planning = [self.indicator, self.today, self.deviation, self.a_day, self.effect, self.variants,
                         self.power, self.level]  # fmt: skip
        self._next = iter([*(key for _, key in known[1:]), A_SHARE])
        self._effect = USUAL
        self._seen = set[str]()
        for each in self.planning:
            each.observe(self._chosen, names="value")
        self._follow(self.test, *self.planning, self.counts)
        hint = say("A line for each variant, the control first: its name, its units, and how many of them did what is "
                   "wanted.")  # fmt: skip
        self.told = widgets.HTML(f'<p class="kpikit note">{hint}</p>')
        self._arranged(rows(self.test), rows(*self.planning), rows(self.counts), self.told, self.shown)

    def _made(self) -> ExperimentPlan | ExperimentReading:
        self._fit()
        client, test = self.workspace.client(self.key), self.test.value
        if test == COUNTS:
            return client.read_counts(self._counts(), language=self.language)
        if test:
            return client.experiment(test, self.language)
        today = self._today()
        self._fill_effects(today)
        wanted = Wanted(self.effect.value, self.variants.value, self.power.value, self.level.value)
        return ExperimentPlan(today, wanted, self.say)

    def _ahead(self) -> Iterator[None]:
        """The other KPIs of today, one by one: whoever chooses one waits for no source to be read."""
        known = [key for _, key in self.indicator.options if key not in (A_SHARE, AN_AVERAGE)]
        for key in [key for key in known if key not in self._seen]:
            yield from learned(self.workspace, self.key, key, self.say)
            self._seen.add(key)
            yield

    def _chosen(self, change: Any) -> None:
        """Once a person has chosen anything, the KPI is theirs; an effect is kept for the KPIs that can have it."""
        if not self._quiet:
            self._next = iter(())
            self._effect = abs(self.effect.value) if change["owner"] is self.effect else self._effect

    def _today(self) -> Today:
        """What the test starts from; at first it is about the first KPI from which one can."""
        said = {name: each for name, each in self._said().items() if name in ("value", "deviation", "a_day")}
        try:
            return known_today(self.workspace, self.key, self._asked[0], self.say, **said)
        except SaidError:
            if (another := next(self._next, None)) is None:
                raise
        self._silently(lambda: self.indicator.choose(another))
        return self._today()

    def _fill_effects(self, today: Today) -> None:
        """The effects that the KPI can have; of them the one that was chosen, or the largest below it."""
        can = today.effects
        smaller = [each for each in can if abs(each) <= self._effect]
        self._silently(lambda: self.effect.refill([(self.say.relative(each), each) for each in can]))
        self._silently(lambda: self.effect.choose((smaller or can[-1:])[-1]))

    def _silently(self, do: Callable[[], None]) -> None:
        before, self._quiet = self._quiet, True
        do()
        self._quiet = before

    def _fit(self) -> None:
        """What belongs to the chosen test is there, all else is gone."""
        new, counts = self.test.value == "", self.test.value == COUNTS
        for each in self.planning:
            _put(each, new and (each is not self.deviation or self.indicator.value == AN_AVERAGE))
        for each in (self.counts, self.told):
            _put(each, counts)

    @property
    def _asked(self) -> tuple[str | None, float, int]:
        """The indicator (None for what is typed alone), the effect, the variants."""
        typed = self.indicator.value in (A_SHARE, AN_AVERAGE)
        return None if typed else self.indicator.value, self.effect.value, self.variants.value

    def _said(self) -> dict[str, Any]:
        """What is typed, and what differs from the usual."""
        fields = {"value": self.today, "a_day": self.a_day}
        if self.indicator.value == AN_AVERAGE:
            fields["deviation"] = self.deviation
            if not self.deviation.value.strip():
                raise SaidError(self.say("Of an average, write down the standard deviation of one unit, too."))
        said = {name: _number(each, self.say) for name, each in fields.items() if each.value.strip()}
        usual = {"power": (self.power, POWER), "significance": (self.level, SIGNIFICANCE)}
        return said | {name: each.value for name, (each, known) in usual.items() if each.value != known}

    def _counts(self) -> dict[str, tuple[int, int]]:
        """What is typed of the variants, line by line."""
        found = dict[str, tuple[int, int]]()
        for line in filter(None, map(str.strip, self.counts.value.splitlines())):
            match = _COUNT.fullmatch(line)
            if match is None:
                told = self.say("{line} is not understood. Write it as {example}, in whole numbers without a sign for "
                                "thousands.", line=repr(line), example="A: 4000, 160")  # fmt: skip
                raise SaidError(told)
            if match[1] in found:
                raise SaidError(self.say("{variant} is there twice.", variant=match[1]))
            found[match[1]] = int(match[2]), int(match[3])
        return found

    def _call(self) -> str:
        if self.test.value == COUNTS:
            asked = called("client.read_counts", self._counts(), language=self.language)
        elif self.test.value:
            asked = called("client.experiment", self.test.value, language=self.language)
        else:
            asked = called("client.plan_experiment", *self._asked, **self._said(), language=self.language)
        return f"client = {opened(self.path)}.client({self.key!r})\n{asked}"


def _put(control: widgets.Widget, there: bool) -> None:
    control.layout.display = None if there else "none"


def _number(typed: widgets.Widget, say: Language) -> float:
    """A number as people write it, "2.4 %" or "2,4 %"; one with three digits after the sign could be thousands."""
    ways = numbers(text := typed.value.strip())
    match = _NUMBER.fullmatch(ways[0]) if len(ways) == 1 else None
    if match is None:
        example = say.value(0.024, SHARE, decimals=1) if "%" in typed.placeholder else "1250"
        raise SaidError(say("{field}: {text} is not understood. Write it as {example}, without a sign for thousands.",
                            field=typed.description, text=repr(text), example=example))  # fmt: skip
    return float(match[1]) / (100 if match[2] else 1)
