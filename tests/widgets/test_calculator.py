"""The calculator, driven as a kernel sees it: set a value, look at what is shown."""

from __future__ import annotations

import math

import pytest

from kpikit.indicators.catalogue import CATALOGUE
from kpikit.indicators.framework import Indicator
from kpikit.widgets import Calculator
from kpikit.words.language import Language
from kpikit.words.units import MONEY


def test_it_calculates_what_the_sliders_say() -> None:
    calculator = Calculator()
    calculator.indicator.value = "sales.average_order_value"
    calculator.sliders["revenue"].value, calculator.sliders["orders"].value = 900, 40
    assert calculator.value == 22.5
    assert "<h3>Average order value: 22.50</h3>" in calculator.shown.value
    assert "If low" in calculator.shown.value and "Also called" in calculator.shown.value
    calculator.sliders["orders"].value = 0
    assert math.isnan(calculator.value) and "<h3>Average order value: –</h3>" in calculator.shown.value


def test_impossible_figures_are_a_sentence() -> None:
    calculator = Calculator()
    calculator.indicator.value = "web.source_share"
    calculator.sliders["sessions"].value = 10
    assert math.isnan(calculator.value)
    assert "source_sessions == 25 is no part of sessions == 10." in calculator.shown.value


def test_a_change_has_sliders_for_both_periods() -> None:
    calculator = Calculator()
    calculator.indicator.value = "sales.revenue_growth"
    now, before = calculator.sliders.values()
    assert (now.description, before.description) == ("revenue", "revenue, a year earlier")
    now.value, before.value = 110, 100
    assert calculator.value == pytest.approx(0.1)  # (110 - 100) / 100
    before.value = 0
    assert math.isnan(calculator.value)


def test_search_offers_the_best_first_and_everything_when_it_finds_nothing() -> None:
    calculator = Calculator("da")
    assert [id for _, id in calculator.indicator.options] == list(CATALOGUE)
    calculator.search.value = "kurvstørrelse"
    assert calculator.indicator.options == (
        ("Gennemsnitlig ordreværdi (sales.average_order_value)", "sales.average_order_value"),
    )
    assert calculator.indicator.value == "sales.average_order_value"
    assert list(calculator.sliders) == ["revenue", "orders"]
    calculator.search.value = "no such thing"
    assert [id for _, id in calculator.indicator.options] == list(CATALOGUE)


@pytest.mark.parametrize("one", CATALOGUE.values(), ids=lambda one: one.id)
def test_every_indicator_has_a_value_to_begin_with(one: Indicator) -> None:
    calculator = Calculator("nb")
    calculator.indicator.value = one.id
    assert math.isfinite(calculator.value)
    assert Language("nb")(one.label) in calculator.shown.value
    if one.unit == MONEY:  # an amount may be negative
        assert min(slider.min for slider in calculator.sliders.values()) < 0
