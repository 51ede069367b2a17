"""The declaration of an indicator: it calculates, knows its formula and metrics, and shows itself."""

from __future__ import annotations

import math
import subprocess
import sys
from typing import Any

import pandas as pd
import pytest

from kpikit.indicators.framework import HIGHER, INSIDE, LOWER, NEITHER, Indicator, Use, indicator
from kpikit.indicators.inputs import Amount
from kpikit.words.errors import UsageError
from kpikit.words.formula import Formula, Operation, Symbol, divide
from kpikit.words.language import Language
from kpikit.words.units import COUNT, MONEY, SHARE

METRICS = {"visits": "visits", "orders": "orders <of> & more", "revenue": Amount("revenue")}


USE = Use("KPI", "department", "lagging")


@indicator(label="Conversion rate", unit=SHARE, better=HIGHER, usual=USE, synonyms="CR, rate of <b>", da="", nb="x")
def conversion_rate(orders: Any, visits: Any) -> Any:
    """Share of the visits
    that end in an order.

    A second paragraph is for readers of the code.

    Low: Few orders,
        on two lines.
    High: Many orders.
    Mind: It can pass 100%.

    A remark.
    Source: A book, chapter 1
    """
    return divide(orders, visits)


@indicator(label="Lost <visits>", unit=COUNT, better=LOWER, usual=USE)
def lost_visits(visits: Any, orders: Any) -> Any:
    """Visits without an order.

    Low: Few.
    High: Many.
    Mind: Nothing.
    Source: A book, chapter 1
    """
    return visits - orders


@indicator(label="Lost share", unit=SHARE, better=LOWER, usual=USE)
def lost_share(visits: Any, orders: Any) -> Any:
    """Share of the visits without an order.

    Low: Few.
    High: Many.
    Mind: Nothing.
    Source: A book, chapter 1
    """
    return divide(lost_visits(visits, orders), visits)


@indicator(label="Revenue growth", unit=SHARE, better=HIGHER, usual=USE, change="same_period_last_year")
def revenue_growth(revenue: Any) -> Any:
    """Change in revenue.

    Low: Few.
    High: Many.
    Mind: Nothing.
    Source: A book, chapter 1
    """
    return revenue


@indicator(label="Revenue", unit=MONEY, better=NEITHER, usual=USE)
def revenue(revenue: Any) -> Any:
    """What came in.

    Low: Few.
    High: Many.
    Mind: Nothing.
    Source: A book, chapter 1
    """
    return revenue


@indicator(label="Rate growth", unit=SHARE, better=HIGHER, usual=USE, change="same_period_last_year")
def rate_growth(orders: Any, visits: Any) -> Any:
    """Change in the conversion rate.

    Low: Few.
    High: Many.
    Mind: Nothing.
    Source: A book, chapter 1
    """
    return conversion_rate(orders, visits)


def test_what_a_declaration_knows() -> None:
    one = conversion_rate
    assert one.id == "test_framework.conversion_rate"  # the domain is the module's name
    assert one.description == "Share of the visits that end in an order."
    assert one.__doc__ is not None and "A second paragraph" in one.__doc__
    assert (one.label, one.unit, one.better) == ("Conversion rate", SHARE, HIGHER)
    assert (one.low, one.high) == ("Few orders, on two lines.", "Many orders.")
    assert (one.mind, one.source, one.usual) == ("It can pass 100%.", "A book, chapter 1", USE)
    assert one.synonyms == {"en": ("CR", "rate of <b>"), "da": (), "nb": ("x",)}
    assert one.metrics == ("orders", "visits")
    assert one.formula == Operation("/", Symbol("orders"), Symbol("visits"))
    assert one.parts == (Symbol("orders"), Symbol("visits"))


def test_it_calculates() -> None:
    assert conversion_rate(3, 4) == 0.75
    assert conversion_rate(visits=4, orders=3) == 0.75
    assert math.isnan(conversion_rate(3, 0))
    series = conversion_rate(pd.Series([3, 1], index=["x", "y"]), pd.Series([4, 0], index=["x", "y"]))
    assert series.fillna(-1).to_dict() == {"x": 0.75, "y": -1.0}
    assert conversion_rate.compute({"visits": 4, "orders": 3, "other": 9}) == 0.75


def test_one_indicator_uses_another_by_calling_it() -> None:
    visits, orders = Symbol("visits"), Symbol("orders")
    assert lost_share.formula == divide(visits - orders, visits)
    assert lost_share(visits=8, orders=2) == 0.75
    assert isinstance(lost_visits(visits, orders), Formula)


def test_only_a_division_has_parts() -> None:
    assert lost_visits.parts is None
    assert revenue_growth.parts is None
    assert rate_growth.parts is None  # a change of a division is none itself
    assert lost_share.parts == (Symbol("visits") - Symbol("orders"), Symbol("visits"))


def test_a_change_has_no_value_in_one_period() -> None:
    with pytest.raises(UsageError) as error:
        revenue_growth(110)
    assert (
        str(error.value)
        == "test_framework.revenue_growth is a change between two periods; evaluate a period to see it."
    )
    assert revenue_growth.compute({"revenue": 110}) == 110  # what it is a change of


@pytest.mark.parametrize(("better", "sign"), [(HIGHER, 1), (LOWER, -1), (NEITHER, 0), (INSIDE, 0)])
def test_the_sign_of_a_direction(better: Any, sign: int) -> None:
    assert better.sign == sign


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (conversion_rate, "orders <of> & more / visits"),
        (lost_share, "(visits − orders <of> & more) / visits"),
        (revenue_growth, "change of revenue against the same period last year"),
    ],
)
def test_the_formula_in_words(one: Indicator, text: str) -> None:
    assert one.written(Language("en")) == text


CARD = """\
Conversion rate
  Meaning: Share of the visits that end in an order.
  Formula: orders <of> & more / visits
  Unit: share
  Possible values: 0% and up; it can pass 100%
  Direction: higher is better
  If low: Few orders, on two lines.
  If high: Many orders.
  Usual use: KPI; department; lagging: it shows the result
  Also called: CR, rate of <b>
  Mind: It can pass 100%.
  Source: A book, chapter 1
  Name: test_framework.conversion_rate"""


def test_the_definition_card_as_text() -> None:
    assert str(conversion_rate.card()) == CARD
    heads = [head for head, _ in lost_visits.card(brief=True).rows()]
    assert heads == ["Meaning", "Formula", "Unit", "Direction", "Mind", "Source", "Name"]
    assert "Also called" not in str(lost_visits.card())  # no synonyms, no line for them
    directions = [dict(one.card().rows())["Direction"] for one in (conversion_rate, lost_visits, revenue)]
    assert directions == ["higher is better", "lower is better", "no direction"]


def test_the_definition_card_as_html() -> None:
    html = lost_visits.card().html()
    assert html.startswith('<section class="kpikit card"><h3>Lost &lt;visits&gt;</h3><dl>')
    assert "<dt>Formula</dt><dd>visits − orders &lt;of&gt; &amp; more</dd>" in html
    assert lost_visits._repr_html_() == lost_visits.card()._repr_html_() == html


def test_the_card_speaks_the_readers_language() -> None:
    for code in ("da", "nb"):
        rows = dict(conversion_rate.card(code).rows())
        assert rows != dict(conversion_rate.card().rows())
        assert "test_framework.conversion_rate" in rows.values()


def test_without_a_description_there_is_no_indicator() -> None:
    def nameless(visits: Any) -> Any:
        return visits

    with pytest.raises(TypeError) as error:
        indicator(label="x", unit=COUNT, better=HIGHER, usual=USE)(nameless)
    assert str(error.value) == "indicator nameless has no docstring; its first paragraph is its description."


def test_a_docstring_without_all_of_its_parts_is_an_error() -> None:
    def visits(visits: Any) -> Any:
        """Visits.

        Low: Few.
        Mind: Nothing.
        """
        return visits

    with pytest.raises(TypeError) as error:
        indicator(label="x", unit=COUNT, better=HIGHER, usual=USE)(visits)
    assert str(error.value) == "the docstring of indicator visits has no 'High: ...' and no 'Source: ...'."


def test_an_argument_that_is_no_metric_of_the_module_is_an_error() -> None:
    def one(clicks: Any) -> Any:
        """Clicks.

        Low: Few.
        High: Many.
        Mind: Nothing.
        Source: A book, chapter 1
        """
        return clicks

    with pytest.raises(KeyError, match="clicks"):
        indicator(label="x", unit=COUNT, better=HIGHER, usual=USE)(one)


def test_a_declaration_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        revenue.label = "Turnover"  # type: ignore[misc]


def test_the_indicators_need_no_compiled_package() -> None:
    code = (
        "import sys, kpikit.indicators.catalogue; "
        "print([name for name in ('numpy', 'pandas', 'narwhals', 'duckdb', 'matplotlib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
