"""Which moved first: a KPI and its PIs by when they began to stand out, whatever rule says so."""

from __future__ import annotations

from pathlib import Path

from tests.histories import History, monthly
from tests.workspaces import plan

KPI = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 90}}"


def test_what_stands_out_by_one_rule_and_then_by_another_moved_with_the_first(tmp_path: Path) -> None:
    """Of two years: cancellations lie in a row of nine from April on, of which the last is outside, too; orders fall
    in June, and stay outside."""
    cancellations = [*monthly(10, 12, 8, 11, months=14), 8.0, *[13.0] * 8, 30.0]
    orders = [*monthly(100, 110, 104, 98, months=17), *[60.0] * 7]
    history = History({"orders": orders, "cancellations": cancellations})
    _, found = history.under(tmp_path, plan(KPI, pis="[sales.cancellations]", in_force_from="2023-01-01"))
    pi = found.fact("sales.cancellations")
    assert (pi.signal.rule, pi.signal.since and pi.signal.since.key) == ("outside", "2024-12")
    assert [(each.key, each.since.key) for each in found.kpis[0].leads] == [
        ("sales.cancellations", "2024-04"),
        ("sales.orders", "2024-06"),
    ]


def test_what_rises_is_not_better_where_it_began_lowest(tmp_path: Path) -> None:
    """Of two years: orders fall to 40 in June, far below what is usual, and rise in each month since. The trend begins
    with its lowest point, which stood out for the worse, as July and August did; better it is from September on."""
    rising = [*monthly(80, 82, 78, 81, months=17), 40.0, 52.0, 59.0, 66.0, 73.0, 80.0, 82.0]
    history = History({"orders": rising, "cancellations": [value / 10 for value in rising]})
    _, found = history.under(tmp_path, plan(KPI, pis="[sales.cancellations]", in_force_from="2023-01-01"))
    kpi = found.kpis[0]
    assert (kpi.signal.rule, kpi.signal.since and kpi.signal.since.key) == ("trend", "2024-06")
    assert {each.since.key for each in kpi.leads} == {"2024-09"}
