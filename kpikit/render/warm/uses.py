"""What the first report would wait for: fonts, the first picture, the words and numbers of each language."""

from __future__ import annotations

from datetime import date

from kpikit.charts.look import css
from kpikit.charts.picture import drawn, stock_up
from kpikit.indicators.catalogue import CATALOGUE
from kpikit.words.language import Language
from kpikit.words.periods import Calendar
from kpikit.words.texts import LANGUAGES

STOCK = 60
"""Drawings of a long report."""


def use_once() -> None:
    """Draw, write and translate something, for nobody."""
    drawn((64, 64), lambda ax: (ax.plot([0, 1], label="1"), ax.text(0, 0, "1"), ax.fill_between([0, 1], 1)), "1")
    stock_up(STOCK)
    css()
    month = Calendar().parse("2024-01")
    for code in LANGUAGES:
        say = Language(code)
        say.day(date(2024, 1, 1)), say.period(month), say.period(month, brief=True), say.count(1)
        next(iter(CATALOGUE.values())).card(code).html()
