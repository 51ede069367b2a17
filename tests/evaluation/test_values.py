"""An indicator's value from its metrics' measurements, and its change against an earlier value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.evaluation.facts import Change, Value
from kpikit.evaluation.values import Reader, change, elapsed, relative_value
from kpikit.indicators.catalogue import find
from kpikit.metrics.declarations import Metric
from kpikit.metrics.requests import Measurement, Measurements, slice_id
from kpikit.words.errors import RequestError
from kpikit.words.periods import Calendar, Window
from kpikit.words.units import COUNT, MONEY
from tests.workspaces import PURE_LAWS, window

JANUARY = window("2024-01-01", "2024-01-31")
RATE, ORDERS, NET = find("sales.cancellation_rate"), find("sales.orders"), find("sales.net_revenue")
AVERAGE, RETURNING = find("sales.average_order_value"), find("customers.returning_customer_rate")


def row(
    metric: str, value: float | str | None, covered: int = 31, expected: int = 31, member: str | None = None
) -> Measurement:
    """A measurement in January; a value written as text is money."""
    amount = Decimal(value) if isinstance(value, str) else None
    slice = slice_id({"channel": member}) if member is not None else ""
    number = None if value is None else float(value)
    return Measurement("a", metric, slice, JANUARY, number, amount, covered if value is not None else 0, expected)


def metric(name: str, currency: str | None = None) -> Metric:
    unit, aggregate = MONEY if currency else COUNT, "unique" if "customers" in name else "sum"
    return Metric(name, "sales", aggregate, "value", (), unit, currency, ("channel",))


def reader(
    *rows: Measurement,
    settled: Mapping[str, date] | None = None,
    covers: Window | None = None,
    currencies: Mapping[str, str] | None = None,
) -> Reader:
    names = {each.metric for each in rows}
    return Reader(
        "a",
        Measurements(rows),
        {name: metric(name, (currencies or {}).get(name)) for name in names},
        settled or {},
        dict.fromkeys(names, covers or window("2024-01-01", "2024-12-31")),
    )


@pytest.mark.parametrize(
    ("cancellations", "orders", "found"),
    [
        (5, 20, Value(0.25, None, None, 31, 31, 5, 20)),
        (0, 20, Value(0.0, None, None, 31, 31, 0, 20)),
        (30, 20, Value(1.5, None, None, 31, 31, 30, 20)),  # cancellations of earlier orders
        (0, 0, Value(None, None, "no_denominator", 31, 31, 0, 0)),
        (5, 0, Value(None, None, "no_denominator", 31, 31, 5, 0)),
        (-5, 20, Value(None, None, "impossible", 31, 31)),
        (None, 20, Value(None, None, "no_data", 0, 31)),
        (5, None, Value(None, None, "no_data", 0, 31)),
    ],
)
def test_a_rate(cancellations: float | None, orders: float | None, found: Value) -> None:
    rows = row("cancellations", cancellations), row("orders", orders)
    assert reader(*rows).value(RATE, JANUARY) == found


def test_a_partial_value_says_so_and_has_the_coverage_of_its_least_covered_metric() -> None:
    found = reader(row("cancellations", 5, 9, 31), row("orders", 20, 8, 26)).value(RATE, JANUARY)
    assert (found.value, found.reason, found.covered, found.expected) == (0.25, "incomplete", 9, 31)
    assert not found.complete


@pytest.mark.parametrize(
    ("cancellations", "orders", "reason"),
    [
        ((31, 31), (31, 31), None),
        ((31, 31), (26, 26), None),  # closed on Saturdays
        ((9, 31), (9, 31), "incomplete"),
        ((31, 31), (9, 31), "uneven"),  # 31 days of cancellations, by 9 of orders
        ((31, 31), (1, 26), "uneven"),
        ((30, 31), (31, 31), "uneven"),
    ],
)
def test_days_of_the_one_are_not_divided_by_fewer_days_of_the_other(
    cancellations: tuple[int, int], orders: tuple[int, int], reason: str | None
) -> None:
    found = reader(row("cancellations", 5, *cancellations), row("orders", 20, *orders)).value(RATE, JANUARY)
    assert (found.value, found.reason) == (None if reason == "uneven" else 0.25, reason)


def test_sources_that_end_on_different_days_are_uneven() -> None:
    """A month of one source and half a month of another, whose slots cannot be compared one by one."""
    both = reader(row("cancellations", 5, 1, 3), row("orders", 20, 45, 91))
    covers = {"cancellations": window("2024-01-01", "2024-01-20"), "orders": window("2024-01-01", "2024-01-25")}
    assert both.value(RATE, JANUARY).reason == "incomplete"
    assert replace(both, covers=covers).value(RATE, JANUARY).reason == "uneven"


@pytest.mark.parametrize(
    ("covers", "expected", "reason"),
    [
        (window("2024-01-01", "2024-12-31"), 31, "no_data"),
        (window("2024-01-31", "2024-12-31"), 31, "no_data"),
        (window("2024-02-01", "2024-12-31"), 31, "not_covered"),  # the source begins later
        (window("2024-01-01", "2024-12-31"), 0, "no_slot"),  # closed on all days, or a part of a month
    ],
)
def test_missing_and_not_covered_are_two_things(covers: Window, expected: int, reason: str) -> None:
    found = reader(row("orders", None, expected=expected), covers=covers).value(ORDERS, JANUARY)
    assert found == Value(None, None, reason, 0, expected)


@pytest.mark.parametrize(("settled", "reason"), [(date(2024, 1, 1), None), (date(2024, 1, 2), "history_too_short")])
def test_a_count_that_needs_a_history(settled: date, reason: str | None) -> None:
    rows = row("customers", 10), row("new_customers", 4)
    found = reader(*rows, settled={"new_customers": settled}).value(RETURNING, JANUARY)
    assert (found.value, found.reason) == (0.6, reason)


def test_too_short_a_history_outweighs_incomplete() -> None:
    rows = row("customers", 10, covered=3), row("new_customers", 4, covered=3)
    found = reader(*rows, settled={"new_customers": date(2024, 7, 1)}).value(RETURNING, JANUARY)
    assert found.reason == "history_too_short"


@pytest.mark.parametrize(
    ("id", "found"),
    [
        ("sales.cancellation_rate", True),  # a ratio of sums means the same in a month and in a year
        ("sales.average_order_value", True),
        ("sales.orders", False),
        ("sales.net_revenue", False),
        ("customers.repeat_purchase_rate", False),  # of unique counts
        ("sales.revenue_growth", False),
    ],
)
def test_what_means_the_same_for_any_length_of_period(id: str, found: bool) -> None:
    indicator = find(id)
    assert reader(*(row(name, 1) for name in indicator.metrics)).of_any_length(indicator) is found


@pytest.mark.parametrize(
    ("id", "found"),
    [
        ("sales.revenue_growth", True),
        ("finance.operating_margin", True),  # costs may be above revenue
        ("satisfaction.nps", True),
        ("emergency.share_within_four_hours", False),  # of the attendances, those that are no breach
        ("customers.returning_customers", False),
        ("sales.orders", False),
    ],
)
def test_what_may_lie_on_both_sides_of_zero(id: str, found: bool) -> None:
    assert find(id).signed is found


def test_differences_of_money_are_exact() -> None:
    # 0.3 - 0.1 as binary numbers is 0.19999999999999998
    found = reader(row("revenue", "0.30"), row("cancelled_value", "0.10")).value(NET, JANUARY)
    assert (str(found.amount), found.value) == ("0.20", 0.2)


def test_a_ratio_of_money_has_no_exact_amount_but_its_parts() -> None:
    found = reader(row("revenue", "10.00"), row("orders", 3)).value(AVERAGE, JANUARY)
    assert found == Value(10 / 3, None, None, 31, 31, 10.0, 3.0)


def test_what_was_not_measured_is_an_error() -> None:
    with pytest.raises(RequestError, match=r"orders of client 'a' in 2024-02-01\.\.2024-02-29 was not measured"):
        reader(row("orders", 1)).value(ORDERS, window("2024-02-01", "2024-02-29"))


def test_members() -> None:
    rows = [row("orders", 20), row("cancellations", 5)]
    rows += [row("orders", 8, member="web"), row("cancellations", 1, member="web")]
    rows += [row("orders", 12, covered=9, member=""), row("cancellations", 4, covered=9, member="")]
    rows += [row("orders", 3, member="fax")]  # of which the other metric was not measured
    found = reader(*rows).parts(RATE, JANUARY, "channel")
    assert {member: value.value for member, value in found.items()} == {"web": 0.125, "": 1 / 3}
    assert found[""].reason == "incomplete"


def test_a_member_that_the_client_lacks_has_no_data() -> None:
    rows = row("orders", 20), row("orders", 20, member="web")
    assert reader(*rows).value(ORDERS, JANUARY, "channel=web").value == 20
    assert reader(*rows).value(ORDERS, JANUARY, "channel=fax") == Value(None, None, "no_data", 31, 31)


@pytest.mark.parametrize(
    ("id", "currencies", "found"),
    [
        ("sales.net_revenue", {"revenue": "GBP", "cancelled_value": "GBP"}, "GBP"),
        ("sales.average_order_value", {"revenue": "NOK"}, "NOK"),
        ("sales.cancelled_share", {"revenue": "NOK", "cancelled_value": "NOK"}, None),  # a share has none
        ("sales.orders", {}, None),
    ],
)
def test_the_currency_of_an_indicator(id: str, currencies: Mapping[str, str], found: str | None) -> None:
    indicator = find(id)
    rows = [row(name, "1.00") for name in indicator.metrics]
    assert reader(*rows, currencies=currencies).currency(indicator) == found


@pytest.mark.parametrize("id", ["sales.net_revenue", "sales.cancelled_share"])
def test_mixed_currencies_are_refused(id: str) -> None:
    mixed = reader(
        row("revenue", "1.00"), row("cancelled_value", "1.00"), currencies={"revenue": "NOK", "cancelled_value": "GBP"}
    )
    with pytest.raises(RequestError) as caught:
        mixed.currency(find(id))
    assert str(caught.value) == f"{id} mixes the currencies GBP, NOK; its metrics must be in one."


def full(value: float | None, reason: str | None = None) -> Value:
    return Value(value, None, reason, 31, 31)


@pytest.mark.parametrize(
    ("now", "base", "absolute", "relative", "reason"),
    [
        (full(110), full(100), 10, 0.1, None),
        (full(90), full(100), -10, -0.1, None),
        (full(0), full(100), -100, -1, None),
        (full(100), full(0), 100, None, "base_not_positive"),  # and not "+100 %" or infinity
        (full(0), full(0), 0, None, "base_not_positive"),
        (full(50), full(-100), 150, None, "base_not_positive"),
        (full(100), full(None, "no_data"), None, None, "base_missing"),
        (full(100), full(None, "no_denominator"), None, None, "base_missing"),
        (full(100), full(80, "incomplete"), None, None, "base_incomplete"),
        (full(100), full(80, "history_too_short"), None, None, "history_too_short"),
        (full(100, "incomplete"), full(80), None, None, "incomplete"),
        (full(100, "history_too_short"), full(80), None, None, "history_too_short"),
        (full(None, "no_data"), full(80), None, None, "no_data"),
        (full(None, "no_denominator"), full(80), None, None, "no_denominator"),
        (full(None, "not_covered"), full(80, "incomplete"), None, None, "not_covered"),
    ],
)
def test_changes(now: Value, base: Value, absolute: float | None, relative: float | None, reason: str | None) -> None:
    found = change(now, base, JANUARY, "previous_period")
    assert found == Change("previous_period", JANUARY, base.value, absolute, relative, reason)


def test_a_change_without_a_counterpart() -> None:
    assert change(full(1), None, None, "iso_week_last_year") == Change(
        "iso_week_last_year", None, None, None, None, "no_counterpart"
    )


@pytest.mark.parametrize(
    ("found", "now", "value", "reason"),
    [
        (Change("p", JANUARY, 100, 10, 0.1, None), full(110), 0.1, None),
        (Change("p", JANUARY, 0, 10, None, "base_not_positive"), full(10), None, "base_not_positive"),
        # a period that still runs: the change of its part so far, to be read with care
        (Change("p", JANUARY, 100, 10, 0.1, None), full(110, "incomplete"), 0.1, "incomplete"),
        (Change("p", None, None, None, None, "no_counterpart"), full(110, "incomplete"), None, "no_counterpart"),
    ],
)
def test_the_value_of_a_change_indicator(found: Change, now: Value, value: float | None, reason: str | None) -> None:
    assert relative_value(found, replace(now, covered=9)) == Value(value, None, reason, 9, 31)


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("2024-02-29", window("2024-02-01", "2024-02-29")),
        ("2024-03-15", window("2024-02-01", "2024-02-29")),
        ("2024-02-09", window("2024-02-01", "2024-02-09")),
        ("2024-02-01", window("2024-02-01", "2024-02-01")),
        ("2024-01-15", window("2024-02-01", "2024-02-29")),  # not begun: the period itself, which has no data
    ],
)
def test_the_part_of_a_period_so_far(as_of: str, found: Window) -> None:
    assert elapsed(Calendar().parse("2024-02"), date.fromisoformat(as_of)) == found


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1, max_size=8))
@PURE_LAWS
def test_the_rate_of_the_whole_lies_between_those_of_its_members(members: list[tuple[int, int]]) -> None:
    rows = [row("cancellations", sum(top for top, _ in members)), row("orders", sum(bottom for _, bottom in members))]
    for at, (top, bottom) in enumerate(members):
        rows += [row("cancellations", top, member=str(at)), row("orders", bottom, member=str(at))]
    found = reader(*rows)
    whole = found.value(RATE, JANUARY).value or 0
    parts = [part.value or 0 for part in found.parts(RATE, JANUARY, "channel").values()]
    noise = 1e-12 * max(parts)
    assert len(parts) == len(members)
    assert min(parts) - noise <= whole <= max(parts) + noise
