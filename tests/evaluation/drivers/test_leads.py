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
