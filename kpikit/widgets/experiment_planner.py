"""A test before it starts and after it: how many units and days it needs, and what a finished one has shown."""

from __future__ import annotations

from pathlib import Path

from kpikit.widgets.choice import Choice
from kpikit.widgets.view import View, called, opened, rows
from kpikit.words.errors import UsageError
from kpikit.words.language import Language
from kpikit.words.texts import N_
from kpikit.workspace.experiment_plan import EFFECTS, ExperimentPlan, ExperimentReading, own, shares
from kpikit.workspace.shared import shared

VARIANTS = (2, 3, 4, 5)
"""How many variants can be chosen, the control among them."""


class ExperimentPlanner(View):
    """Lists over a plan, or over a test's result. ``value`` is an `ExperimentPlan` or an `ExperimentReading`.

    ``workspace`` is its folder; ``language`` is "en", "da" or "nb", by default the client's own. It begins with a new
    test of ``client`` (default: the first); ``test`` lists what the client has in `experiments.yml`.
    """

    heading = N_("Tests")
    value: ExperimentPlan | ExperimentReading | None

    def __init__(self, workspace: str | Path, client: str | None = None, language: str | None = None) -> None:
        self.path, self.workspace, self.language = workspace, shared(workspace), language
        self.key = client or next(iter(self.workspace.clients))
        super().__init__(Language(language or self.workspace.client(self.key).setting.language))
        say, settings = self.say, self.workspace.settings
        tests = [(say.own(each.label), each.key) for each in own(settings, self.key)]
        self.test = Choice(say("Test"), [(say("a new one"), ""), *tests])
        self.indicator = Choice(say("KPI"), [(say(each.label), each.id) for each in shares(self.workspace, self.key)])
        self.effect = Choice(say("Smallest effect"), [(say.relative(each), each) for each in EFFECTS])
        self.effect.choose(0.1)
        self.variants = Choice(say("Variants"), [(str(each), each) for each in VARIANTS])
        self._follow(self.test, self.indicator, self.effect, self.variants)
        self._arranged(rows(self.test, self.indicator, self.effect, self.variants), self.shown)

    def _made(self) -> ExperimentPlan | ExperimentReading:
        client = self.workspace.client(self.key)
        if self.test.value:
            return client.experiment(self.test.value, self.language)
        if self.indicator.value is None:
            raise UsageError(self.say("No share is measured here that a test could be planned for."))
        return client.plan_experiment(
            self.indicator.value, self.effect.value, self.variants.value, language=self.language
        )

    def _call(self) -> str:
        if self.test.value:
            asked = called("client.experiment", self.test.value, language=self.language)
        else:
            given = self.indicator.value, self.effect.value, self.variants.value
            asked = called("client.plan_experiment", *given, language=self.language)
        return f"client = {opened(self.path)}.client({self.key!r})\n{asked}"
