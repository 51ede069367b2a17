"""Series, their limits and signals; and laws that every evaluation keeps."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.evaluation.document import document
from kpikit.evaluation.evaluate import signal
from kpikit.evaluation.facts import Evaluation, Point, Series, Value
from kpikit.evaluation.signals.chart import charted
from kpikit.words.periods import Calendar
from tests.workspaces import KEEP_ORDERS, KEEP_RATE, LAWS, WEEKDAYS, Sale, Shop, fact_of, plan, sales

CALENDAR = Calendar()


# --- series and signals ---


def test_a_series_has_three_years_at_most_and_begins_with_its_first_value() -> None:
    shop = Shop([Sale("2020-06-05"), Sale("2024-12-05")], covers="2020-01-01..2024-12-31")
    orders = fact_of(shop, "sales.orders", "2024-12").series
    assert (len(orders.points), orders.points[0].period.key) == (36, "2022-01")
    short = fact_of(shop, "sales.orders", "2020-08").series
    assert [point.period.key for point in short.points][:2] == ["2020-01", "2020-02"]
    value = fact_of(shop, "sales.average_order_value", "2020-08").series
    assert [(point.period.key, point.value.reason) for point in value.points] == [
        ("2020-06", None),
        ("2020-07", "no_denominator"),
        ("2020-08", "no_denominator"),
    ]


def test_partial_months_take_no_part_in_limits() -> None:
    rows = [sale for month in range(1, 13) for sale in [Sale(f"2024-{month:02}-02")] * (10 + month % 2)]
    found = fact_of(Shop(rows, covers="2023-12-20..2024-12-20"), "sales.orders", "2024-12")
    points = {point.period.key: point for point in found.series.points}
    assert [key for key, point in points.items() if not point.judged] == ["2023-12", "2024-12"]
    assert found.series.limits is not None and found.series.limits.points == 11
    assert (found.signal.rule, found.signal.reason) == (None, "incomplete")


def test_a_missing_month_is_not_read_as_zero() -> None:
    rows = [Sale(f"2024-{month:02}-01", str(100 + month % 2)) for month in range(1, 13) if month != 6]
    found = fact_of(Shop(rows, kind="aggregates", every="month"), "sales.revenue", "2024-12")
    assert [point.signal for point in found.series.points] == [None] * 12
    assert found.series.limits is not None and found.series.limits.lower > 90


def series_of(values: list[float | None]) -> Series:
    periods = CALENDAR.ending_with(CALENDAR.parse("2024-12"), len(values))
    return charted(
        [
            Point(period, Value(value, None, None if value is not None else "no_data"), value is not None)
            for period, value in zip(periods, values, strict=True)
        ]
    )


CALM = [10.0, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 11]


@pytest.mark.parametrize(
    ("values", "better", "found"),
    [
        ([*CALM, 10], 1, (None, None, None, None)),
        ([*CALM, 20], 1, ("outside", "improvement", "2024-12", None)),
        ([*CALM, 20], -1, ("outside", "concern", "2024-12", None)),
        ([*CALM, 20], 0, ("outside", "neutral", "2024-12", None)),
        ([*CALM, 1], 1, ("outside", "concern", "2024-12", None)),
        ([*CALM, 20, 21, 22], 1, ("outside", "improvement", "2024-10", None)),
        ([*CALM, 20, 1], 1, ("outside", "concern", "2024-12", None)),  # on the other side it is another matter
        # after a run, but since it is outside
        ([9, 10, 9, 10, 9, 10, 12, 12, 12, 12, 12, 12, 20], 1, ("outside", "improvement", "2024-12", None)),
        # the other way round: a row of eight, though one in it lies outside; in it all eight are on one side
        ([9, 10, 9, 10, 9, 10, 12, 12, 12, 12, 12, 20, 12, 12], 1, ("run", "improvement", "2024-05", None)),
        # seven that rise, after a fall: since the first of the seven; concern even where all lie above the mean
        ([9, 20, 9, 20, 9, 20, 14, 15, 16, 17, 18, 19, 20], -1, ("trend", "concern", "2024-06", None)),
        ([9, 20, 9, 20, 9, 9, 20, 19, 18, 17, 16, 15, 14], 1, ("trend", "concern", "2024-06", None)),
        ([*CALM, None], 1, (None, None, None, "no_data")),
        ([10, 11, 10, 11, 10], 1, (None, None, None, "history_too_short")),
        ([10] * 12, 1, (None, None, None, None)),
    ],
)
def test_the_signal_of_the_last_point(
    values: list[float | None], better: int, found: tuple[str | None, str | None, str | None, str | None]
) -> None:
    said = signal(series_of(values), better)
    assert (said.rule, said.direction, said.since.key if said.since else None, said.reason) == found


# --- laws ---


def said(evaluation: Evaluation) -> str:
    """All that an evaluation says, as text."""
    return json.dumps(document(evaluation), sort_keys=True)


@given(sales, st.dates(date(2024, 1, 31), date(2024, 3, 31)), st.booleans())
@LAWS
def test_seen_from_a_day_all_is_as_if_the_file_ended_there(rows: list[Sale], day: date, running: bool) -> None:
    shop = Shop(rows, plans={"default/1": plan(KEEP_RATE, KEEP_ORDERS)}, open=WEEKDAYS)
    period = f"{day:%Y-%m}" if running else None
    with shop.opened() as whole, shop.cut(day).opened() as cut:
        seen = [whole.evaluate("a", period, str(day)), cut.evaluate("a", period)]
    # but that a source has no row of the client, or none any more, is said of all that was delivered, on whatever day
    one, other = (said(replace(each, without_rows=(), ended=())) for each in seen)
    assert one == other


@given(sales)
@LAWS
def test_clients_evaluated_together_are_those_evaluated_alone(rows: list[Sale]) -> None:
    alone = Shop([row for row in rows if row.client == "a"], clients=("a",))
    with Shop(rows).opened() as both, alone.opened() as one:
        assert said(both.evaluate_all(period="2024-02")["a"]) == said(one.evaluate("a", "2024-02"))


@given(sales, st.sampled_from([3, 100]))
@LAWS
def test_scaling_money_leaves_rates_and_counts_alone(rows: list[Sale], factor: int) -> None:
    """Money and the differences of money are scaled; shares, counts and relative changes are not."""
    scaled = [replace(row, value=str(Decimal(row.value or 0) * factor)) for row in rows]
    with Shop(rows).opened() as one, Shop(scaled).opened() as other:
        before, after = one.evaluate("a", "2024-02"), other.evaluate("a", "2024-02")
    for old, new in zip(before.facts, after.facts, strict=True):
        by = factor if old.unit.key == "money" else 1
        values = [old.value.value, *(part.value.value for part in old.parts), *(each.absolute for each in old.changes)]
        again = [new.value.value, *(part.value.value for part in new.parts), *(each.absolute for each in new.changes)]
        assert again == pytest.approx([None if value is None else value * by for value in values], abs=1e-9)
        assert [each.relative for each in new.changes] == pytest.approx([each.relative for each in old.changes])
        assert new.value.reason == old.value.reason


@given(sales)
@LAWS
def test_a_rate_lies_between_those_of_its_members(rows: list[Sale]) -> None:
    with Shop(rows).opened() as workspace:
        found = workspace.evaluate("a", "2024-Q1").fact("sales.cancellation_rate")
    with_orders = [part.value.value for part in found.parts if part.value.value is not None]
    cancelled_alone = any(part.value.reason == "no_denominator" for part in found.parts)
    if found.value.value is not None and not cancelled_alone:
        assert min(with_orders) - 1e-12 <= found.value.value <= max(with_orders) + 1e-12
    assert (found.value.value is None) == (not with_orders)


@given(sales, st.sampled_from(["2024-01-17", "2024-02-10", "2024-02-29", "2024-03-31"]))
@LAWS
def test_every_missing_number_has_its_reason(rows: list[Sale], as_of: str) -> None:
    plans = {"default/1": plan(KEEP_RATE, KEEP_ORDERS)}
    with Shop(rows, plans=plans, opening_months=1).opened() as workspace:
        found = workspace.evaluate("a", as_of[:7], as_of)
    for each in found.facts:
        values = [each.value, *(point.value for point in each.series.points), *(part.value for part in each.parts)]
        assert all(value.value is not None or value.reason for value in values)
        assert all(change.absolute is not None or change.reason for change in each.changes)
        assert each.role != "kpi" or (each.status == "cannot_be_judged") == (each.status_reason is not None)
        assert each.signal.rule or each.signal.direction is each.signal.since is None
        assert (each.signal.rule is None) or each.signal.reason is None


# --- a range ---


def test_in_a_range_neither_way_is_better() -> None:
    """Ten orders a month, and twice as many in the last one: more is better, unless the plan asks for a range."""
    rows = [Sale(f"2024-{month:02}-02") for month in range(1, 13) for _ in range(20 if month == 12 else 10 + month % 2)]
    for aim, way, direction in (("value: 10", 1, "improvement"), ("value: 5..15", 0, "neutral")):
        own = plan(f"{{indicator: sales.orders, cadence: month, target: {{kind: keep, {aim}}}}}")
        fact = fact_of(Shop(rows, plans={"default/1": own}), "sales.orders", "2024-12")
        assert (fact.way, fact.signal.rule, fact.signal.direction) == (way, "outside", direction)
        assert fact.better.sign == 1
