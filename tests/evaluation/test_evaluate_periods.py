"""Evaluations of periods of all lengths: what they are compared with, what is covered, and what cannot be had."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpikit.evaluation.facts import Value
from kpikit.words.errors import RequestError, UsageError
from kpikit.words.periods import Calendar
from kpikit.workspace import Workspace
from tests.workspaces import KEEP_ORDERS, KEEP_RATE, WEEKDAYS, Sale, Shop, each_day, fact_of, plan, window

CALENDAR = Calendar()


def test_the_running_december_is_held_against_the_same_part_of_others(shop: Workspace) -> None:
    found = shop.evaluate("united-kingdom", "2011-12").fact("sales.revenue")
    assert (found.value.covered, found.value.expected, found.value.reason) == (8, 26, "incomplete")
    year_before, month_before = found.changes
    assert (year_before.against, year_before.window) == ("same_period_last_year", window("2010-12-01", "2010-12-09"))
    assert (month_before.against, month_before.window) == ("previous_period", window("2011-11-01", "2011-11-09"))
    assert year_before.absolute == pytest.approx((found.value.value or 0) - (year_before.base or 0))
    growth = shop.evaluate("united-kingdom", "2011-12").fact("sales.revenue_growth")
    assert (growth.value.value, growth.value.reason) == (year_before.relative, "incomplete")
    assert not growth.series.points[-1].judged and growth.signal.reason == "incomplete"


def test_the_year_is_not_missed_while_it_runs(shop: Workspace) -> None:
    revenue = shop.evaluate("united-kingdom", "2011-12").fact("sales.revenue")
    assert revenue.target is not None and revenue.target.pace == "baseline_shape"
    assert revenue.status in ("on_track", "at_risk")
    assert revenue.target.baseline_period == CALENDAR.parse("2010")
    kept = shop.evaluate("united-kingdom", "2011-12").fact("customers.repeat_purchase_rate")
    assert (kept.status, kept.status_reason) == ("cannot_be_judged", "incomplete")


def test_the_opening_months_are_too_early_for_new_customers(shop: Workspace) -> None:
    found = shop.evaluate("united-kingdom", "2010-08").fact("customers.new_customers")
    opening = [point for point in found.series.points if point.value.reason == "history_too_short"]
    assert [point.period.key for point in opening] == [f"2009-{12}", *(f"2010-{month:02}" for month in range(1, 6))]
    assert all(point.value.value is not None and not point.judged for point in opening)
    against = shop.evaluate("united-kingdom", "2011-01").fact("customers.new_customers").changes[0]
    assert (against.reason, against.absolute) == ("history_too_short", None)
    assert found.series.limits is None and found.signal.reason == "history_too_short"


def test_changes_of_the_first_months() -> None:
    with Shop(each_day("2024-01-01", "2024-12-31")).opened() as workspace:
        (last_year, previous) = workspace.evaluate("a", "2024-01").fact("sales.orders").changes
        growth = workspace.evaluate("a", "2024-01").fact("sales.revenue_growth")
    for each in (last_year, previous):
        assert (each.reason, each.base, each.absolute, each.relative) == ("base_missing", None, None, None)
    assert (growth.value.value, growth.value.reason, growth.changes) == (None, "base_missing", ())


def test_a_change_against_a_month_without_sales_has_no_percentage() -> None:
    found = fact_of(Shop([Sale("2024-02-05")]), "sales.orders", "2024-02").changes[1]
    assert (found.base, found.absolute, found.relative, found.reason) == (0, 1, None, "base_not_positive")
    growth = fact_of(Shop([Sale("2025-02-05")], covers="2024-01-01..2025-12-31"), "sales.revenue_growth", "2025-02")
    assert (growth.value.value, growth.value.reason) == (None, "base_not_positive")


def test_a_change_against_an_incomplete_month_is_withheld() -> None:
    shop = Shop(each_day("2024-01-20", "2024-02-29"), covers="2024-01-20..2024-02-29")
    found = fact_of(shop, "sales.orders", "2024-02").changes[1]
    assert (found.base, found.absolute, found.reason) == (12, None, "base_incomplete")


@pytest.mark.parametrize(
    ("comparison", "period", "base"),
    [
        ("previous_period", "2024-W10", window("2024-02-26", "2024-03-03")),
        ("same_period_last_year", "2024-02-29", window("2023-02-28")),  # 29 February -> 28 February
        ("364_days_before", "2024-02-29", window("2023-03-02")),
        ("iso_week_last_year", "2024-W10", window("2023-03-06", "2023-03-12")),
        ("iso_week_last_year", "2024-02", None),
        ("iso_week_last_year", "2020-W53", None),  # 2019 has 52
        ("previous_period", "2024-Q1", window("2023-10-01", "2023-12-31")),
        ("same_period_last_year", "FY2024", window("2023-04-01", "2024-03-31")),
    ],
)
def test_comparisons_of_any_length_of_period(comparison: str, period: str, base: object) -> None:
    shop = Shop([], covers="2019-01-01..2025-12-31", comparisons=f"[{comparison}]", fiscal_first_month=4)
    (found,) = fact_of(shop, "sales.orders", period).changes
    assert found.window == base
    assert (found.reason, found.absolute) == (("base_not_positive", 0) if base else ("no_counterpart", None))


@pytest.mark.parametrize(
    ("period", "covered", "value"),
    [
        ("2024-01-04", 1, 1),
        ("2024-W01", 7, 7),
        ("2024-02", 29, 29),
        ("2024-Q2", 91, 91),
        ("2024", 366, 366),
        ("FY2024", 275, 275),  # April to December, of a year up to March 2025
    ],
)
def test_periods_of_all_lengths_on_daily_data(period: str, covered: int, value: int) -> None:
    found = fact_of(Shop(each_day("2024-01-01", "2024-12-31"), fiscal_first_month=4), "sales.orders", period)
    assert (found.value.covered, found.value.value) == (covered, value)
    assert found.series.points[-1].period.key == period


def test_quarters_and_years_on_monthly_data(hospitals: Workspace) -> None:
    months = [hospitals.evaluate("RF4", f"2018-{month:02}").fact("emergency.attendances") for month in (4, 5, 6)]
    quarter = hospitals.evaluate("RF4", "2018-Q2").fact("emergency.attendances")
    assert quarter.value.value == sum(month.value.value or 0 for month in months)
    assert (quarter.value.covered, quarter.value.expected) == (3, 3)
    year = hospitals.evaluate("RF4", "FY2018")
    assert [point.period.key for point in year.facts[0].series.points] == ["FY2016", "FY2017", "FY2018"]
    assert (year.kpis[0].status, year.kpis[0].value.covered) == ("missed", 12)  # the share of a year, in its own right
    calendar_year = hospitals.evaluate("RF4", "2019").fact("emergency.attendances")
    assert (calendar_year.value.covered, calendar_year.value.expected) == (3, 12)


@pytest.mark.parametrize(
    ("period", "as_of", "reason", "change"),
    [
        ("2018-W10", None, "no_slot", "base_missing"),
        ("2018-03-05", None, "no_slot", "base_missing"),
        ("2018-03-01", None, "no_slot", "base_missing"),  # the day on which the row of March is dated
        ("2019-03", "2019-03-15", "not_covered", "base_missing"),  # not over, and so not known
    ],
)
def test_parts_of_months_cannot_be_had_of_monthly_data(
    hospitals: Workspace, period: str, as_of: str | None, reason: str, change: str
) -> None:
    found = hospitals.evaluate("RF4", period, as_of).kpis[0]
    assert (found.value.value, found.value.reason, found.status) == (None, reason, "cannot_be_judged")
    assert {each.reason for each in found.changes} == {change}


def test_a_month_that_is_not_over_is_not_in_monthly_data(hospitals: Workspace) -> None:
    found = hospitals.evaluate("RF4", "2019-02", "2019-03-30")
    assert found.fact("emergency.attendances").value.value == 24_947
    march = date(2019, 3, 1)
    rows = [row for row in hospitals.table("2019-03-30") if row.client == "RF4" and row.window.start == march]
    assert rows and all((row.value, row.covered, row.expected) == (None, 0, 1) for row in rows)


def test_a_period_before_the_data_begin_is_refused() -> None:
    reason = "period 2020-05 lies before 2024-01-01, the first day that the sources cover"
    with pytest.raises(UsageError, match=reason):
        fact_of(Shop([Sale("2024-01-04")]), "sales.orders", "2020-05")


def test_a_period_that_has_not_begun_is_refused() -> None:
    with pytest.raises(UsageError, match="period 2025-01 has not begun on 2024-12-31"):
        fact_of(Shop([Sale("2024-01-04")]), "sales.orders", "2025-01")


def test_one_month_of_data() -> None:
    shop = Shop(each_day("2024-01-01", "2024-01-31"), covers="2024-01-01..2024-01-31")
    found = fact_of(replace(shop, plans={"default/1": plan(KEEP_ORDERS)}), "sales.orders")
    assert [point.period.key for point in found.series.points] == ["2024-01"]
    assert (found.value.value, found.status, found.signal.reason) == (31, "met", "history_too_short")


def test_a_client_without_rows() -> None:
    plans = {"default/1": plan(KEEP_ORDERS, KEEP_RATE)}
    with Shop([Sale("2024-01-04", client="b")], plans=plans).opened() as workspace:
        found = workspace.evaluate("a", "2024-06")
    orders, rate = found.kpis
    assert (orders.value.value, orders.status) == (0, "missed")
    assert (rate.value.reason, rate.status) == ("no_denominator", "cannot_be_judged")
    assert rate.status_reason == "no_denominator"
    assert all(each.parts == () for each in found.facts)


def test_a_hospital_without_rows_in_the_period_is_missing(hospitals: Workspace) -> None:
    kpi = hospitals.evaluate("RQQ", "2019-03").kpis[0]  # its rows end with March 2017
    assert (kpi.value.value, kpi.value.reason, kpi.status) == (None, "no_data", "cannot_be_judged")
    assert (kpi.status_reason, kpi.signal.reason) == ("no_data", "no_data")


def test_mixed_currencies_are_refused() -> None:
    with pytest.raises(RequestError, match=r"sales\.net_revenue mixes the currencies GBP, NOK"):
        fact_of(Shop([Sale("2024-01-04")], currency="NOK"), "sales.orders", "2024-01")


def test_closed_days_are_not_expected() -> None:
    shop = Shop([Sale("2024-01-04")], open=WEEKDAYS, grain="day")
    assert fact_of(shop, "sales.orders", "2024-01-05").value.value == 0
    assert fact_of(shop, "sales.orders", "2024-01-06").value == Value(None, None, "no_slot", 0, 0)


def test_a_week_is_complete_when_its_open_days_are_over() -> None:
    """Friday evening: the week-end adds nothing that is expected."""
    shop = Shop([Sale("2024-01-04")], open=WEEKDAYS, covers="2024-01-01..2024-01-05")
    found = fact_of(shop, "sales.orders", "2024-W01")
    assert (found.value.covered, found.value.expected, found.value.reason) == (5, 5, None)
