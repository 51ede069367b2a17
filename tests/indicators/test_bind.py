"""Names that a workspace binds to its metrics: for all indicators, for a domain, or for one."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from kpikit.indicators.catalogue import CATALOGUE
from kpikit.words.errors import UsageError
from kpikit.words.language import Language
from tests.indicators.own import indicators


def test_a_name_is_bound_for_all_for_a_domain_or_for_one_indicator(tmp_path: Path) -> None:
    more = """
  net: {source: sales, sum: value, unit: money, currency: GBP, label: {en: turnover, da: nettoomsætning}}
  paid: {source: sales, sum: value, unit: money, currency: GBP}
  bills: {source: sales, count: rows}
bind:
  revenue: net
  sales: {orders: bills}
  sales.average_order_value: {revenue: paid}
"""
    found = indicators(tmp_path, more)
    assert found["sales.revenue"].metrics == ("net",)
    assert found["sales.average_order_value"].metrics == ("paid", "bills")
    assert found["sales.cancellation_rate"].metrics == ("cancellations", "bills")
    assert found["sales.cancelled_share"].metrics == ("cancelled_value", "net")
    assert found["customers.customers"] is CATALOGUE["customers.customers"]
    assert list(found) == list(CATALOGUE)


def test_a_bound_indicator_calculates_with_the_workspaces_names(tmp_path: Path) -> None:
    more = "bind: {orders: cups}\n"
    one = indicators(tmp_path, more, "label: {en: cups, da: kopper}")["sales.average_order_value"]
    assert one(1500, 60) == one(revenue=1500, cups=60) == one.compute({"revenue": 1500, "cups": 60}) == 25
    assert one.written(Language("da")) == "omsætning / kopper"
    assert one.label == CATALOGUE[one.id].label
    plain = indicators(tmp_path / "plain", more)["sales.average_order_value"]
    assert plain.written(Language("da")) == "omsætning / ordrer"  # without a label it is called what it stands for


def test_a_bound_metric_keeps_the_checks_of_its_name(tmp_path: Path) -> None:
    one = indicators(tmp_path, "bind: {orders: cups}\n")["sales.cancellation_rate"]
    assert math.isnan(one.compute({"cancellations": 3, "cups": -1}))
    with pytest.raises(UsageError, match=r"^sales.cancellation_rate: cups == -1, must not be negative\.$"):
        one(3, -1)
    more = "  paid: {source: sales, sum: value, unit: money, currency: GBP}\nbind: {NAME: paid}\n"
    bound = indicators(tmp_path / "net", more.replace("NAME", "revenue"))
    assert bound["sales.revenue"](-5) == -5  # an amount may be negative, whatever it is called
    bound = indicators(tmp_path / "off", more.replace("NAME", "cancelled_value"))
    with pytest.raises(UsageError, match=r"^sales.cancelled_value: paid == -5, must not be negative\.$"):
        bound["sales.cancelled_value"](-5)  # but not what is taken off
