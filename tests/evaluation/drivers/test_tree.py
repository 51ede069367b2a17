"""Which identity a KPI is explained by."""

from __future__ import annotations

import pytest

from kpikit.evaluation.drivers.tree import MOST_LEAVES, steps, tree
from kpikit.indicators.catalogue import CATALOGUE
from kpikit.words.formula import written

REVENUE = ["sales.revenue", "sales.orders", "sales.average_order_value"]
VISITS = ["web.visitors", "web.purchase_rate"]
UNITS = ["sales.units", "sales.average_price_per_unit", "sales.units_per_order"]

CASES = [
    ("sales.revenue", REVENUE, [], "sales.orders × sales.average_order_value"),
    ("sales.revenue", REVENUE + VISITS, [], "web.visitors × web.purchase_rate × sales.average_order_value"),
    ("sales.revenue", REVENUE + VISITS, REVENUE[1:], "sales.orders × sales.average_order_value"),
    ("sales.revenue", [*REVENUE, *UNITS], ["sales.units"], "sales.units × sales.average_price_per_unit"),
    ("sales.revenue", ["sales.revenue", "sales.orders"], [], None),
    ("sales.orders", REVENUE, [], None),
    ("web.bounce_rate", list(CATALOGUE), [], None),  # 1 - engagement rate says the same again
    ("customers.customers", list(CATALOGUE), [], "customers.new_customers + customers.returning_customers"),
]


@pytest.mark.parametrize(("id", "known", "named", "expected"), CASES)
def test_trees(id: str, known: list[str], named: list[str], expected: str | None) -> None:
    found = tree(CATALOGUE[id], {each: CATALOGUE[each] for each in known}, named)
    assert (written(found.flat) if found else None) == expected


def test_no_tree_explains_an_indicator_by_itself_or_by_too_much() -> None:
    trees = {id: found for id, one in CATALOGUE.items() if (found := tree(one, CATALOGUE))}
    assert len(trees) > 10
    for id, found in trees.items():
        assert id not in found.flat.names and 2 <= len(found.flat.names) <= MOST_LEAVES, id


def test_a_funnel_is_a_number_and_two_or_more_shares_of_it() -> None:
    funnels = {id for id, one in CATALOGUE.items() if (found := tree(one, CATALOGUE)) and steps(found.flat, CATALOGUE)}
    assert {"email.conversion_rate", "ads.conversions"} & funnels
    revenue = tree(CATALOGUE["sales.revenue"], CATALOGUE)
    assert revenue is not None and not steps(revenue.flat, CATALOGUE)
