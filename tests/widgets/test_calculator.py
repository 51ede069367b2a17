"""The calculator, driven as a kernel sees it: set a value, look at what is shown."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

import kpikit
from kpikit.indicators.catalogue import CATALOGUE
from kpikit.indicators.framework import Indicator
from kpikit.widgets import Calculator
from kpikit.words import texts
from kpikit.words.language import Language
from tests.widgets.cells import run


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
    assert "sessions from the source == 25 is no part of sessions == 10." in calculator.shown.value


def test_why_figures_cannot_be_is_said_in_the_readers_language_and_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    danish = {"{part} == {size} is no part of {whole} == {all}.": "{part} = {size} er ikke en del af {whole} = {all}."}
    known = texts.translated
    monkeypatch.setattr(texts, "translated", lambda text, code: danish.get(text) or known(text, code))
    calculator = Calculator(language="da")
    calculator.indicator.value = "web.source_share"
    calculator.sliders["sessions"].value = 10
    assert "sessioner fra kilden = 25 er ikke en del af sessioner = 10." in calculator.shown.value
    assert "sessions ==" not in calculator.shown.value


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
    calculator = Calculator(language="da")
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
    calculator = Calculator(language="nb")
    calculator.indicator.value = one.id
    assert math.isfinite(calculator.value)
    assert Language("nb")(one.label) in calculator.shown.value
    for name in one.metrics:
        assert (calculator.sliders[name].min < 0) == (one.ranges[name].lowest < 0)  # an amount may be negative


@pytest.mark.parametrize(
    ("id", "name", "slider"),
    [
        ("sales.orders", "orders", (0, 1000, 1)),
        ("sales.revenue", "revenue", (-1000, 1000, 1)),
        ("marketing.cost", "marketing_cost", (0, 1000, 1)),  # what is spent is not below zero
        ("satisfaction.ces", "effort_score", (1, 7, 0.1)),
        ("satisfaction.review_rating", "review_rating", (1, 5, 0.1)),
        ("people.wellbeing", "wellbeing_score", (0, 100, 1)),
        ("seo.layout_shift", "layout_shift", (0, 1, 0.01)),
        ("seo.interaction_delay", "interaction_seconds", (0, 1, 0.01)),
        ("seo.page_load_time", "page_load_seconds", (0, 10, 0.1)),
        ("seo.average_position", "search_position", (1, 100, 1)),
        ("service.average_response_time", "response_seconds", (0, 86_400, 1)),  # a day
    ],
)
def test_a_slider_goes_as_far_as_the_metric_in_steps_that_fit(
    id: str, name: str, slider: tuple[float, float, float]
) -> None:
    calculator = Calculator()
    calculator.indicator.value = id
    found = calculator.sliders[name]
    assert (found.min, found.max, found.step) == pytest.approx(slider)
    assert found.min <= found.value <= found.max


def test_decimals_are_written_as_the_language_writes_them() -> None:
    calculator = Calculator(language="da")
    calculator.indicator.value = "satisfaction.review_rating"
    slider, number = calculator.box.children[0].children
    assert slider is calculator.sliders["review_rating"] and not slider.readout
    slider.value = 4.0
    assert number.value == "4,0" and "4,00</h3>" in calculator.shown.value
    calculator.indicator.value = "seo.layout_shift"
    slider, number = calculator.box.children[0].children
    slider.value = 0.12
    assert number.value == "0,12"
    calculator.indicator.value = "sales.orders"  # whole numbers can be typed beside their slider
    assert calculator.box.children == (calculator.sliders["orders"],) and calculator.sliders["orders"].readout


def test_a_survey_says_how_sure_it_is_and_that_answers_are_few() -> None:
    calculator = Calculator()
    calculator.indicator.value = "satisfaction.csat"
    calculator.sliders["satisfaction_respondents"].value = 29
    calculator.sliders["satisfied_respondents"].value = 1
    # Newcombe 1998, table I: 1 of 29 is 0.0061 to 0.1718
    said = "From 29 answers: with 95% confidence between 0.61% and 17.2%. With fewer than 30 answers the figure says"
    assert f"<p>{said} little.</p>" in calculator.shown.value
    calculator.sliders["satisfaction_respondents"].value = 30
    assert "<p>From 30 answers" in calculator.shown.value and "says little.</p>" not in calculator.shown.value


@pytest.mark.parametrize("id", ["sales.average_order_value", "sales.revenue_growth", "satisfaction.csat"])
def test_its_code_calculates_the_same_in_a_fresh_notebook(id: str) -> None:
    calculator = Calculator(language="nb")
    calculator.indicator.value = id
    assert run(calculator.code) == calculator.value
    assert "Code for this view" in Calculator().children[-1].value


def test_it_offers_the_indicators_of_a_workspace_in_its_language(tmp_path: Path) -> None:
    folder = kpikit.new(tmp_path / "kaffe", "da").folder
    calculator = Calculator(folder)
    assert calculator.indicator.description == "Indikator" and run(calculator.code) == calculator.value
    assert Calculator(folder, language="nb").say.code == "nb"
    nowhere = Calculator(tmp_path / "nowhere", language="en")
    assert nowhere.failed and 'role="alert"' in nowhere.shown.value


def test_a_page_without_widgets_shows_the_value_and_where_the_sliders_stood() -> None:
    calculator = Calculator()
    calculator.indicator.value = "sales.average_order_value"
    calculator.sliders["revenue"].value, calculator.sliders["orders"].value = 900, 40
    shown = calculator._repr_mimebundle_()
    assert (
        "<h3>Average order value: 22.50</h3>" in shown["text/html"] and "revenue: 900; orders: 40" in shown["text/html"]
    )
    assert "application/vnd.jupyter.widget-view+json" in shown and shown["text/plain"] == "22.5"
