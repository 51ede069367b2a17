"""What the first report would wait for: the look, and the words and numbers of each language."""

from __future__ import annotations

from datetime import date

from kpikit.charts.look import css
from kpikit.evaluation.forecast.kept import method
from kpikit.indicators.catalogue import CATALOGUE
from kpikit.words.language import Language
from kpikit.words.periods import Calendar
from kpikit.words.texts import LANGUAGES


def use_once() -> None:
    """Write and translate something, for nobody."""
    css(), method()
    month = Calendar().parse("2024-01")
    for code in LANGUAGES:
        say = Language(code)
        say.day(date(2024, 1, 1)), say.period(month), say.period(month, brief=True), say.count(1)
        next(iter(CATALOGUE.values())).card(code).html()
