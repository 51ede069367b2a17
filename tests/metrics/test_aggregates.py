"""Means, quantiles, extremes, first and last values: by cases worked out by hand, and against pandas and statistics."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given

from kpikit.metrics.requests import Measurement, Request
from kpikit.words.periods import Window
from kpikit.workspace import Workspace
from tests.workspaces import FIRST_QUARTER, LAWS, WEEKDAYS, Sale, Shop, sales, splits, window

JANUARY, FEBRUARY = window("2024-01-01", "2024-01-31"), window("2024-02-01", "2024-02-29")
METRICS = """\
  average: {source: sales, filter: order, mean: value, unit: money, currency: GBP, by: [channel]}
  weighted: {source: sales, filter: order, mean: value, weight: customer, unit: ratio, by: [channel]}
  median: {source: sales, filter: order, median: value, unit: money, currency: GBP, by: [channel]}
  p90: {source: sales, filter: order, quantile: value, level: 0.9, unit: money, currency: GBP, by: [channel]}
  least: {source: sales, filter: order, min: value, unit: money, currency: GBP, by: [channel]}
  most: {source: sales, filter: order, max: value, unit: money, currency: GBP, by: [channel]}
  opening: {source: sales, filter: order, first: value, per: customer, unit: money, currency: GBP}
  balance: {source: sales, filter: order, last: value, per: customer, unit: money, currency: GBP, by: [channel]}
  at_the_end: {source: sales, filter: order, last: value, unit: money, currency: GBP}
"""
ALONE = "  ready: {source: sales, value: value, unit: money, currency: GBP, by: [channel]}\n"
TAKEN = [line.split(":")[0].strip() for line in METRICS.splitlines()]


@contextmanager
def opened(shop: Shop, more: str = "") -> Iterator[Workspace]:
    """The shop with these metrics besides its own; of aggregates, with a ready-made value, too."""
    with TemporaryDirectory() as place:
        shop.at(Path(place))
        file = Path(place) / "workspace.yml"
        text = file.read_text(encoding="utf-8") + METRICS + (ALONE if shop.kind != "events" else "") + more
        file.write_text(text, encoding="utf-8")
        yield Workspace(place)


def ask(shop: Shop, metric: str, *windows: Window, by: tuple[str, ...] = ()) -> list[Measurement]:
    """The measurements of client a."""
    with opened(shop) as workspace:
        return list(workspace.measure([Request(metric, windows, by)], ["a"]))


def at(day: int, value: str | None, customer: int | None = 1, channel: str | None = "web", **more: bool) -> Sale:
    return Sale(f"2024-01-{day:02}", value, customer, channel, **more)


ROWS = [
    at(4, "1.00"), at(4, "2.00"), at(5, "6.00", 2), at(9, "7.00", 2), at(9, None, 2),
    at(20, "100.00", cancelled=True), Sale("2024-02-01", "4.00", 3),
]  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "amount"),
    [
        ("average", "4.00"),  # (1 + 2 + 6 + 7) / 4 rows; a row without a value is none, and a cancellation no order
        ("median", "4.00"),  # between 2 and 6
        ("p90", "6.70"),  # 0.9 × 3 = 2.7 steps up from 1: 6 + 0.7 × (7 − 6)
        ("least", "1.00"),
        ("most", "7.00"),
        ("opening", "9.00"),  # customer 1: 1 + 2 on its first day; customer 2: 6
        ("balance", "10.00"),  # customer 1: 1 + 2, nothing later; customer 2: 7; customer 3 has none in January
        ("at_the_end", "7.00"),  # the rows of the 9th
    ],
)
def test_taken_from_the_rows_of_a_window(metric: str, amount: str) -> None:
    (row,) = ask(Shop(ROWS), metric, JANUARY)
    assert (row.amount, row.value, row.covered) == (Decimal(amount), float(amount), 31)


def test_a_weighted_mean_divides_the_sums() -> None:
    # 6 of weight 2, 7 of weight 2, 1 and 2 of weight 1: (12 + 14 + 1 + 2) / 6
    (row,) = ask(Shop(ROWS), "weighted", JANUARY)
    assert (row.value, row.amount) == (pytest.approx(29 / 6), None)


def test_a_weighted_mean_without_weight_is_missing() -> None:
    (row,) = ask(Shop([at(4, "1.00", 0), at(5, "2.00", None)]), "weighted", JANUARY)
    assert row.value is None


def test_the_mean_of_aggregates_is_that_of_the_days_that_have_a_value() -> None:
    """Average daily visitors: what each day has in all, over the days; of events it is over the rows."""
    rows = [at(4, "10.00"), at(4, "20.00", channel="phone"), at(5, "60.00"), at(6, None)]
    assert [ask(Shop(rows, kind=kind), "average", JANUARY)[0].value for kind in ("aggregates", "events")] == [45, 30]
    (row,) = ask(Shop(rows, kind="snapshots"), "average", JANUARY)
    assert (row.value, row.covered, row.expected) == (45, 2, 31)  # (30 + 60) / 2; the 6th has no value
    parts = ask(Shop(rows, kind="aggregates"), "average", JANUARY, by=("channel",))
    assert {row.slice: (row.value, row.covered) for row in parts} == {"channel=phone": (20, 1), "channel=web": (35, 2)}


def test_a_closed_day_that_has_a_value_is_a_day() -> None:
    rows = [at(5, "10.00"), at(6, "20.00"), at(7, "60.00")]  # Friday, Saturday, Sunday
    (row,) = ask(Shop(rows, kind="aggregates", open=WEEKDAYS), "average", JANUARY)
    assert (row.value, row.covered, row.expected) == (30, 1, 23)


def test_the_mean_of_months_is_over_months() -> None:
    rows = [Sale("2024-01-01", "10.00"), Sale("2024-01-01", "20.00"), Sale("2024-02-01", "60.00")]
    found = ask(Shop(rows, kind="aggregates", every="month"), "average", JANUARY, window("2024-01-01", "2024-03-31"))
    assert [(row.value, row.covered, row.expected) for row in found] == [(30, 1, 1), (45, 2, 3)]


@pytest.mark.parametrize("metric", TAKEN)
@pytest.mark.parametrize(("kind", "covered"), [("events", 31), ("aggregates", 0)])
def test_of_nothing_there_is_no_average(metric: str, kind: str, covered: int) -> None:
    """A covered month without rows has 0 orders, but no mean, no largest and no last one."""
    for rows in ([Sale("2024-02-01", "1.00")], [at(4, "1.00", cancelled=True)]):
        (row,) = ask(Shop(rows, kind=kind), metric, JANUARY)
        assert (row.value, row.amount, row.covered) == (None, None, covered)


@pytest.mark.parametrize("metric", TAKEN)
def test_half_a_month_of_a_monthly_source_has_none(metric: str) -> None:
    shop = Shop([Sale("2024-01-01")], kind="aggregates", every="month")
    (row,) = ask(shop, metric, window("2024-01-01", "2024-01-15"))
    assert (row.value, row.covered, row.expected) == (None, 0, 0)


def test_a_mean_of_money_is_exact_to_nine_decimals() -> None:
    (row,) = ask(Shop([at(4, "0.10"), at(4, "0.10"), at(5, "0.20")]), "average", JANUARY)
    assert row.amount == Decimal("0.133333333")  # 0.40 / 3
    (row,) = ask(Shop([at(4, "99999999999999.99")] * 4), "average", JANUARY)
    assert row.amount == Decimal("99999999999999.99")  # more digits than a binary number holds


# Formulas over columns.

FORMULAS = """\
  product: {source: sales, sum: value * customer, unit: money, currency: GBP, by: [channel]}
  each: {source: sales, mean: value / customer, weight: customer + 1, unit: ratio}
"""


def test_a_formula_is_computed_in_each_row_and_then_added_up() -> None:
    rows = [at(4, "1.50", 2), at(4, "2.00", 3, "phone"), at(5, None, 3), at(5, "4.00", None), at(5, "9.00", 0)]
    with opened(Shop(rows, kind="aggregates"), FORMULAS) as workspace:
        requests = [Request("product", (JANUARY,)), Request("product", (JANUARY,), ("channel",))]
        found = workspace.measure([*requests, Request("each", (JANUARY,))], ["a"])
    whole = found.get("a", "product", JANUARY)
    assert (whole.amount, whole.covered) == (Decimal("9.00"), 2)  # 3 + 6 + 0; the 5th has a row that has both
    parts = found.members("a", "product", JANUARY, "channel")
    assert {member: part.amount for member, part in parts.items()} == {"web": Decimal("3.00"), "phone": Decimal("6.00")}
    # 0.75 of weight 3 and 2/3 of weight 4; nothing is divided by 0, and a row without a part is left out
    assert found.get("a", "each", JANUARY).value == pytest.approx((0.75 * 3 + 2 / 3 * 4) / 7)


# A ready-made value: for one slot and one row alone.

DAILY = [at(4, "30.00"), at(5, "40.00"), at(8, "10.00"), at(8, "20.00", channel="phone")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (window("2024-01-04"), (30, 1, 1)),
        (window("2024-01-06"), (None, 0, 1)),  # no row
        (window("2024-01-04", "2024-01-05"), (None, 2, 2)),  # two days do not add up
        (window("2024-01-03", "2024-01-04"), (None, 1, 2)),  # nor is one of two days the value of both
        (window("2024-01-08"), (None, 1, 1)),  # two rows of a day do not add up either
        (JANUARY, (None, 3, 31)),
    ],
)
def test_a_ready_made_value_is_that_of_one_day(asked: Window, found: tuple[float | None, int, int]) -> None:
    (row,) = ask(Shop(DAILY, kind="aggregates"), "ready", asked)
    assert (row.value, row.covered, row.expected) == found


def test_a_ready_made_value_of_a_member() -> None:
    found = ask(Shop(DAILY, kind="aggregates"), "ready", window("2024-01-08"), by=("channel",))
    assert {row.slice: row.value for row in found} == {"channel=phone": 20, "channel=web": 10}


def test_a_ready_made_value_on_a_closed_day_is_nobodys() -> None:
    shop = Shop([at(6, "30.00")], kind="aggregates", open=WEEKDAYS)
    found = ask(shop, "ready", window("2024-01-06"), window("2024-01-05", "2024-01-06"))
    assert [row.value for row in found] == [None, None]


# Against pandas and statistics, for any rows.

BY_PANDAS: dict[str, Callable[[pd.DataFrame], float]] = {
    "average": lambda rows: statistics.fmean(rows["value"]),
    "median": lambda rows: statistics.median(rows["value"]),
    "p90": lambda rows: rows["value"].quantile(0.9),
    "least": lambda rows: rows["value"].min(),
    "most": lambda rows: rows["value"].max(),
    "opening": lambda rows: _picked(rows, "first"),
    "balance": lambda rows: _picked(rows, "last"),
    "at_the_end": lambda rows: rows[rows["day"] == rows["day"].max()]["value"].sum(),
}


def _picked(rows: pd.DataFrame, end: str) -> float:
    known = rows.dropna(subset=["customer"])
    if known.empty:
        return float("nan")
    days = known.groupby(["customer", "day"])["value"].sum().reset_index().sort_values("day")
    return float(days.groupby("customer")["value"].agg(end).sum())


def frame(rows: Sequence[Sale], asked: Window) -> pd.DataFrame:
    """The orders of client a in a window."""
    own = [(row.day, row.customer, row.channel or "", float(row.value or 0)) for row in rows
           if row.client == "a" and not row.cancelled and str(asked.start) <= row.day < str(asked.end)]  # fmt: skip
    return pd.DataFrame(own, columns=["day", "customer", "channel", "value"])


@given(sales, splits)
@LAWS
def test_all_are_those_of_pandas(rows: list[Sale], windows: list[Window]) -> None:
    with opened(Shop(rows)) as workspace:
        found = workspace.measure([Request(name, (*windows, FIRST_QUARTER)) for name in BY_PANDAS], ["a"])
    for row in found:
        own = frame(rows, row.window)
        expected = BY_PANDAS[row.metric](own) if len(own) else float("nan")
        assert row.value == pytest.approx(expected, abs=1e-9) if row.value is not None else pd.isna(expected)


@given(sales)
@LAWS
def test_members_are_those_of_their_rows_alone(rows: list[Sale]) -> None:
    names = ("average", "median", "p90", "least", "most", "balance")
    with opened(Shop(rows)) as workspace:
        found = workspace.measure([Request(name, (FIRST_QUARTER,), ("channel",)) for name in names], ["a"])
    for name in names:
        for member, row in found.members("a", name, FIRST_QUARTER, "channel").items():
            own = frame(rows, FIRST_QUARTER)
            own = own[own["channel"] == member]
            expected = BY_PANDAS[name](own) if len(own) else float("nan")
            assert row.value == pytest.approx(expected, abs=1e-9) if row.value is not None else pd.isna(expected)


@given(sales)
@LAWS
def test_they_lie_between_the_smallest_and_the_largest_and_keep_their_order(rows: list[Sale]) -> None:
    names = ("least", "average", "median", "p90", "most")
    with opened(Shop(rows)) as workspace:
        found = workspace.measure([Request(name, (FIRST_QUARTER,)) for name in names], ["a"])
    least, average, median, p90, most = (found.get("a", name, FIRST_QUARTER).amount for name in names)
    if least is None or most is None:
        assert (least, average, median, p90, most) == (None,) * 5
    else:
        assert average is not None and median is not None and p90 is not None
        assert least - Decimal("1e-9") <= average <= most + Decimal("1e-9")
        assert least <= median <= p90 <= most


@given(sales)
@LAWS
def test_scaling_money_scales_them_exactly(rows: list[Sale]) -> None:
    names = ("median", "p90", "least", "most", "opening", "balance", "at_the_end")
    doubled = [replace(row, value=str(2 * Decimal(row.value or 0))) for row in rows]
    requests = [Request(name, (FIRST_QUARTER,)) for name in names]
    with opened(Shop(rows)) as one, opened(Shop(doubled)) as other:
        before, after = one.measure(requests), other.measure(requests)
    for row in before:
        again = after.get(row.client, row.metric, FIRST_QUARTER).amount
        assert again == (None if row.amount is None else 2 * row.amount)
