"""Laws of measuring, for any rows: figures counted by hand, parts and the whole, the order of rows, money."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kpikit.metrics.requests import Request
from kpikit.words.periods import Window
from tests.workspaces import FIRST_QUARTER, LAWS, WEEKDAYS, Sale, Shop, sales, splits, window

JANUARY, FEBRUARY = window("2024-01-01", "2024-01-31"), window("2024-02-01", "2024-02-29")
ADDITIVE = ("revenue", "orders", "cancellations", "cancelled_value", "new_customers")
SPLIT = ("revenue", "orders", "cancellations", "customers")


def by_hand(rows: Sequence[Sale], metric: str, asked: Window) -> Decimal:
    """The value of a metric, straight from the rows of one client."""

    def inside(row: Sale) -> bool:
        return asked.start.isoformat() <= row.day < asked.end.isoformat()

    orders = [row for row in rows if not row.cancelled]
    cancelled = [row for row in rows if row.cancelled and inside(row)]
    known = [row for row in orders if row.customer is not None]
    times = Counter(row.customer for row in known if inside(row))
    first = {row.customer: min(each.day for each in known if each.customer == row.customer) for row in known}
    return {
        "revenue": sum((Decimal(row.value or 0) for row in orders if inside(row)), Decimal(0)),
        "orders": Decimal(sum(inside(row) for row in orders)),
        "cancellations": Decimal(len(cancelled)),
        "cancelled_value": -sum((Decimal(row.value or 0) for row in cancelled), Decimal(0)),
        "customers": Decimal(len(times)),
        "repeat_customers": Decimal(sum(count > 1 for count in times.values())),
        "new_customers": Decimal(sum(inside(Sale(day)) for day in first.values())),
    }[metric]


@given(sales, splits, st.sampled_from([WEEKDAYS, "[mon]"]))
@LAWS
def test_all_metrics_of_any_windows_are_those_counted_by_hand(
    rows: list[Sale], windows: list[Window], open: str
) -> None:
    metrics = (*ADDITIVE, "customers", "repeat_customers")
    with Shop(rows, open=open).opened() as workspace:
        found = list(workspace.measure([Request(name, tuple(windows)) for name in metrics], ["a", "b"]))
    assert len(found) == len(metrics) * len(windows) * 2
    for row in found:
        own = [sale for sale in rows if sale.client == row.client]
        exact = row.amount if row.amount is not None else Decimal(row.value or 0)
        assert exact == by_hand(own, row.metric, row.window)


@given(sales, splits)
@LAWS
def test_parts_of_time_add_up_to_the_whole_only_where_they_may(rows: list[Sale], windows: list[Window]) -> None:
    """Also with closed days, on some of which there are rows."""
    requests = [Request(name, (*windows, FIRST_QUARTER)) for name in (*ADDITIVE, "customers")]
    with Shop(rows, open=WEEKDAYS).opened() as workspace:
        found = workspace.measure(requests, ["a"])
    for name in ADDITIVE:
        parts = [found.get("a", name, each) for each in windows]
        whole = found.get("a", name, FIRST_QUARTER)
        assert sum((part.amount or Decimal(part.value or 0)) for part in parts) == (
            whole.amount or Decimal(whole.value or 0)
        )
        assert (sum(part.covered for part in parts), sum(part.expected for part in parts)) == (65, 65)
    counts = [found.get("a", "customers", each).value or 0 for each in windows]
    assert max(counts) <= (found.get("a", "customers", FIRST_QUARTER).value or 0) <= sum(counts)


@given(sales)
@LAWS
def test_members_add_up_to_the_total(rows: list[Sale]) -> None:
    requests = [Request(name, (FIRST_QUARTER,), by) for name in SPLIT for by in ((), ("channel",))]
    with Shop(rows).opened() as workspace:
        found = workspace.measure(requests, ["a"])
    members = {row.channel or "" for row in rows if row.client == "a"}
    for name in SPLIT:
        parts = found.members("a", name, FIRST_QUARTER, "channel")
        total = found.get("a", name, FIRST_QUARTER)
        assert set(parts) == members
        if name == "customers":
            most = max((part.value or 0 for part in parts.values()), default=0)
            assert most <= (total.value or 0) <= sum(part.value or 0 for part in parts.values())
        else:
            added = sum((part.amount or Decimal(part.value or 0)) for part in parts.values())
            assert added == (total.amount or Decimal(total.value or 0))


@given(sales, st.randoms(use_true_random=False))
@LAWS
def test_the_order_of_rows_and_the_rows_of_others_do_not_matter(rows: list[Sale], chance: random.Random) -> None:
    own = [row for row in rows if row.client == "a"]
    requests = [Request(name, (JANUARY, FIRST_QUARTER)) for name in ("revenue", "customers", "new_customers")]
    requests.append(Request("orders", (FEBRUARY,), ("channel",)))
    with Shop(rows).opened() as one, Shop(chance.sample(own, k=len(own))).opened() as other:
        assert list(one.measure(requests, ["a"])) == list(other.measure(requests, ["a"]))


@given(sales, st.randoms(use_true_random=False))
@LAWS
def test_a_source_split_in_two_adds_up_to_the_whole(rows: list[Sale], chance: random.Random) -> None:
    """Sums and counts of two halves of the rows, whichever rows they are, add up to those of all."""
    chosen = [chance.random() < 0.5 for _ in rows]
    halves = [[row for row, first in zip(rows, chosen, strict=True) if first is side] for side in (True, False)]
    requests = [Request(name, (JANUARY, FIRST_QUARTER)) for name in ADDITIVE if name != "new_customers"]
    with Shop(rows).opened() as whole, Shop(halves[0]).opened() as one, Shop(halves[1]).opened() as other:
        found = [list(shop.measure(requests, ["a"])) for shop in (whole, one, other)]
    for every, first, second in zip(*found, strict=True):
        assert (every.amount or Decimal(every.value or 0)) == sum(
            (each.amount or Decimal(each.value or 0)) for each in (first, second)
        )


@given(sales, st.sampled_from([7, -1, 1000]))
@LAWS
def test_scaling_money_scales_money_alone(rows: list[Sale], factor: int) -> None:
    scaled = [replace(row, value=str(Decimal(row.value or 0) * factor)) for row in rows]
    metrics = (*ADDITIVE, "customers", "repeat_customers")
    requests = [Request(name, (FIRST_QUARTER,)) for name in metrics]
    with Shop(rows).opened() as one, Shop(scaled).opened() as other:
        before, after = one.measure(requests), other.measure(requests)
    for row in before:
        again = after.get(row.client, row.metric, FIRST_QUARTER)
        assert again.amount == (None if row.amount is None else row.amount * factor)
        assert row.amount is not None or again == row
