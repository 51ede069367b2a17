"""Whole evaluations of small workspaces and of the samples: what is measured, compared, marked and judged."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpikit
from kpikit.evaluation import process
from kpikit.evaluation.document import document
from kpikit.evaluation.evaluate import signal
from kpikit.evaluation.facts import Evaluation, Fact, Point, Series, Value
from kpikit.plans.plan import in_force
from kpikit.plans.read import read_plans
from kpikit.words.errors import RequestError, SettingError, UsageError
from kpikit.words.periods import Calendar
from kpikit.workspace import Workspace
from tests.workspaces import LAWS, WEEKDAYS, Sale, Shop, plan, sales, sample, window

CALENDAR = Calendar()
KEEP_ORDERS = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 10}}"
KEEP_RATE = "{indicator: sales.cancellation_rate, cadence: month, target: {kind: keep, value: 20 %}}"


def each_day(first: str, last: str, **words: object) -> list[Sale]:
    """A sale on each day."""
    days = window(first, last)
    return [Sale(str(days.start + timedelta(days=at)), **words) for at in range(days.days)]  # type: ignore[arg-type]


def fact(shop: Shop, key: str, period: str | None = None, as_of: str | None = None) -> Fact:
    """One fact of client a."""
    with shop.opened() as workspace:
        return workspace.evaluate("a", period, as_of).fact(key)


@pytest.fixture(scope="module")
def shop() -> Workspace:
    return sample("shop")


@pytest.fixture(scope="module")
def hospitals() -> Workspace:
    return sample("hospitals")


# --- the order and the roles of facts ---


def test_kpis_first_then_pis_then_the_rest() -> None:
    text = plan(KEEP_RATE, KEEP_ORDERS, pis="[sales.revenue, sales.orders, sales.cancellations]")
    with Shop([Sale("2024-01-04")], plans={"default/1": text}).opened() as workspace:
        facts = workspace.evaluate("a", "2024-01").facts
    assert [(each.indicator, each.role, each.goal) for each in facts[:4]] == [
        ("sales.cancellation_rate", "kpi", "goal"),
        ("sales.orders", "kpi", "goal"),  # and not once more as a PI
        ("sales.revenue", "pi", "goal"),
        ("sales.cancellations", "pi", "goal"),
    ]
    assert {(each.role, each.goal, each.status) for each in facts[4:]} == {("indicator", None, None)}
    assert len({each.key for each in facts}) == len(facts)


def test_without_a_plan_all_are_indicators() -> None:
    with Shop([Sale("2024-01-04")]).opened() as workspace:
        found = workspace.evaluate("a", "2024-01")
    assert (found.plan_version, found.kpis) == (None, ())
    assert {each.role for each in found.facts} == {"indicator"}


def test_a_kpi_without_a_target_cannot_be_judged() -> None:
    text = plan("{indicator: sales.orders, cadence: month}")
    found = fact(Shop([Sale("2024-01-04")], plans={"default/1": text}), "sales.orders", "2024-01")
    assert (found.role, found.target) == ("kpi", None)
    assert (found.status, found.status_reason) == ("cannot_be_judged", "no_target")


@pytest.mark.parametrize(
    ("period", "version", "status"),
    [
        ("2024-01", None, None),  # the first plan comes into force on 1 February
        ("2024-02", 1, "met"),  # 29 orders, 10 wanted
        ("2024-03", 1, "met"),
        ("2024-04", 2, "missed"),  # the second one wants 100
    ],
)
def test_the_plan_in_force_when_the_period_begins(period: str, version: int | None, status: str | None) -> None:
    plans = {
        "default/1": plan(KEEP_ORDERS, in_force_from="2024-02-01"),
        "default/2": plan(KEEP_ORDERS.replace("10", "100"), in_force_from="2024-03-02"),
    }
    with Shop(each_day("2024-01-01", "2024-12-31"), plans=plans).opened() as workspace:
        found = workspace.evaluate("a", period)
    assert (found.plan_version, found.fact("sales.orders").status) == (version, status)


def test_a_clients_own_plan_replaces_the_default_one() -> None:
    plans = {"default/1": plan(KEEP_ORDERS), "b/1": plan(KEEP_RATE)}
    with Shop([Sale("2024-01-04")], plans=plans).opened() as workspace:
        found = workspace.evaluate_all(["a", "b"], "2024-01")
    assert [each.kpis[0].indicator for each in found.values()] == ["sales.orders", "sales.cancellation_rate"]


def test_the_plans_of_the_samples_can_be_judged(shop: Workspace) -> None:
    plans = read_plans(kpikit.samples() / "shop" / "plans", "norway", CALENDAR)
    assert in_force(plans, window("2010-12-01", "2010-12-31")) is None
    found = shop.evaluate("united-kingdom", "2011-11")
    assert [each.status for each in found.kpis] == ["at_risk", "met", "on_track"]


# --- members ---


def test_a_kpi_on_one_member() -> None:
    rows = [Sale("2024-01-04", channel="web"), Sale("2024-01-04", channel="phone", cancelled=True)]
    rows += [Sale("2024-01-05", channel="phone"), Sale("2024-02-05", channel="web")]
    text = plan(KEEP_RATE[:-1] + ", member: {channel: phone}}", pis="[sales.cancellation_rate]")
    with Shop(rows, plans={"default/1": text}).opened() as workspace:
        january, february = workspace.evaluate("a", "2024-01"), workspace.evaluate("a", "2024-02")
    own, whole = january.facts[0], january.fact("sales.cancellation_rate")
    assert (own.key, own.member, own.role) == ("sales.cancellation_rate[channel=phone]", ("channel", "phone"), "kpi")
    assert (own.value.value, own.status, own.parts) == (1.0, "missed", ())
    # The PI of the same name is about the whole, and has its members.
    assert (whole.role, whole.value.value) == ("pi", 0.5)
    assert {part.member: part.value.value for part in whole.parts} == {"phone": 1.0, "web": 0.0}
    assert (february.facts[0].value.reason, february.facts[0].status) == ("no_denominator", "cannot_be_judged")


@pytest.mark.parametrize("member", ["fax", "phone"])  # b has sold by fax, in December; phone is named in `members`
def test_a_kpi_on_a_member_that_the_client_lacks(member: str) -> None:
    text = plan(KEEP_ORDERS[:-1] + f", member: {{channel: {member}}}}}")
    rows = [Sale("2024-01-04"), Sale("2024-12-04", channel="fax", client="b")]
    with Shop(rows, plans={"default/1": text}).opened() as workspace:
        found = workspace.evaluate_all(["a", "b"], "2024-01")
    for each in (found["a"].facts[0], found["b"].facts[0]):
        assert (each.value.value, each.value.reason, each.status) == (None, "no_data", "cannot_be_judged")
        assert (each.status_reason, each.value.expected) == ("no_data", 31)


def test_a_kpi_on_a_member_that_nobody_ever_had_is_refused(tmp_path: Path) -> None:
    text = plan(KEEP_ORDERS[:-1] + ", member: {channel: Web}}")
    rows = [Sale("2024-01-04"), Sale("2024-12-04", channel="fax", client="b"), Sale("2024-12-04", channel=None)]
    workspace = Shop(rows, plans={"default/1": text}).at(tmp_path)
    with pytest.raises(SettingError) as caught:
        workspace.evaluate("a", "2024-01")
    assert str(caught.value) == (
        f"{tmp_path / 'plans' / 'default' / '1.yml'}, sales.orders, channel: channel == 'Web', must be one of fax, "
        "phone, web. Did you mean 'web'? One that is still to come is named under dimensions.channel.members in "
        "workspace.yml."
    )


@pytest.mark.parametrize(
    ("kpi", "says"),
    [
        (
            "{indicator: sales.orders, cadence: month, member: {chanel: web}}",
            "sales.orders, chanel: dimension == 'chanel', must be one of channel. Did you mean 'channel'?",
        ),
        (
            "{indicator: sales.net_revenue, cadence: month, member: {channel: web}}",
            "sales.net_revenue, channel: the metric cancelled_value is not split by it; list it under its 'by' in "
            "workspace.yml.",
        ),
        (
            "{indicator: emergency.breaches, cadence: month}",
            "emergency.breaches: needs the metric breaches, which workspace.yml does not define.",
        ),
    ],
)
def test_plans_that_cannot_be_measured_are_refused(tmp_path: Path, kpi: str, says: str) -> None:
    workspace = Shop([Sale("2024-01-04")], plans={"default/1": plan(kpi)}).at(tmp_path)
    with pytest.raises(SettingError) as caught:
        workspace.evaluate("a", "2024-01")
    assert str(caught.value) == f"{tmp_path / 'plans' / 'default' / '1.yml'}, {says}"


def test_parts_are_those_of_the_period_and_of_what_all_metrics_share() -> None:
    rows = [Sale("2024-01-04", channel="web"), Sale("2024-02-04", channel="phone"), Sale("2024-02-05", channel=None)]
    with Shop(rows).opened() as workspace:
        found = workspace.evaluate("a", "2024-02")
    assert {part.member for part in found.fact("sales.orders").parts} == {"phone", ""}
    assert found.fact("sales.net_revenue").parts == ()  # cancelled_value is not split
    assert found.fact("sales.revenue_growth").parts == ()


# --- periods and changes ---


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
    found = fact(Shop([Sale("2024-02-05")]), "sales.orders", "2024-02").changes[1]
    assert (found.base, found.absolute, found.relative, found.reason) == (0, 1, None, "base_not_positive")
    growth = fact(Shop([Sale("2025-02-05")], covers="2024-01-01..2025-12-31"), "sales.revenue_growth", "2025-02")
    assert (growth.value.value, growth.value.reason) == (None, "base_not_positive")


def test_a_change_against_an_incomplete_month_is_withheld() -> None:
    shop = Shop(each_day("2024-01-20", "2024-02-29"), covers="2024-01-20..2024-02-29")
    found = fact(shop, "sales.orders", "2024-02").changes[1]
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
    (found,) = fact(shop, "sales.orders", period).changes
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
    found = fact(Shop(each_day("2024-01-01", "2024-12-31"), fiscal_first_month=4), "sales.orders", period)
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


def test_a_period_before_the_data_begin() -> None:
    found = fact(Shop([Sale("2024-01-04")]), "sales.orders", "2020-05")
    assert (found.value, len(found.series.points)) == (Value(None, None, "not_covered", 0, 31), 1)
    assert (found.signal.reason, found.signal.rule) == ("not_covered", None)
    assert [change.reason for change in found.changes] == ["base_missing", "base_missing"]


def test_a_period_that_has_not_begun_is_refused() -> None:
    with pytest.raises(UsageError, match="period 2025-01 has not begun on 2024-12-31"):
        fact(Shop([Sale("2024-01-04")]), "sales.orders", "2025-01")


def test_one_month_of_data() -> None:
    shop = Shop(each_day("2024-01-01", "2024-01-31"), covers="2024-01-01..2024-01-31")
    found = fact(replace(shop, plans={"default/1": plan(KEEP_ORDERS)}), "sales.orders")
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
        fact(Shop([Sale("2024-01-04")], currency="NOK"), "sales.orders", "2024-01")


def test_closed_days_are_not_expected() -> None:
    shop = Shop([Sale("2024-01-04")], open=WEEKDAYS, grain="day")
    assert fact(shop, "sales.orders", "2024-01-05").value.value == 0
    assert fact(shop, "sales.orders", "2024-01-06").value == Value(None, None, "no_slot", 0, 0)


def test_a_week_is_complete_when_its_open_days_are_over() -> None:
    """Friday evening: the week-end adds nothing that is expected."""
    shop = Shop([Sale("2024-01-04")], open=WEEKDAYS, covers="2024-01-01..2024-01-05")
    found = fact(shop, "sales.orders", "2024-W01")
    assert (found.value.covered, found.value.expected, found.value.reason) == (5, 5, None)


# --- series and signals ---


def test_a_series_has_three_years_at_most_and_begins_with_its_first_value() -> None:
    shop = Shop([Sale("2020-06-05"), Sale("2024-12-05")], covers="2020-01-01..2024-12-31")
    orders = fact(shop, "sales.orders", "2024-12").series
    assert (len(orders.points), orders.points[0].period.key) == (36, "2022-01")
    short = fact(shop, "sales.orders", "2020-08").series
    assert [point.period.key for point in short.points][:2] == ["2020-01", "2020-02"]
    value = fact(shop, "sales.average_order_value", "2020-08").series
    assert [(point.period.key, point.value.reason) for point in value.points] == [
        ("2020-06", None),
        ("2020-07", "no_denominator"),
        ("2020-08", "no_denominator"),
    ]


def test_partial_months_take_no_part_in_limits() -> None:
    rows = [sale for month in range(1, 13) for sale in [Sale(f"2024-{month:02}-02")] * (10 + month % 2)]
    found = fact(Shop(rows, covers="2023-12-20..2024-12-20"), "sales.orders", "2024-12")
    points = {point.period.key: point for point in found.series.points}
    assert [key for key, point in points.items() if not point.judged] == ["2023-12", "2024-12"]
    assert found.series.limits is not None and found.series.limits.points == 11
    assert (found.signal.rule, found.signal.reason) == (None, "incomplete")


def test_a_missing_month_is_not_read_as_zero() -> None:
    rows = [Sale(f"2024-{month:02}-01", str(100 + month % 2)) for month in range(1, 13) if month != 6]
    found = fact(Shop(rows, kind="aggregates", every="month"), "sales.revenue", "2024-12")
    assert [point.signal for point in found.series.points] == [None] * 12
    assert found.series.limits is not None and found.series.limits.lower > 90


def series_of(values: list[float | None]) -> Series:
    periods = CALENDAR.ending_with(CALENDAR.parse("2024-12"), len(values))
    limits = process.limits(values)
    rules = process.signals(values, limits)
    ways = process.ways(values, limits, rules)
    points = [
        Point(period, Value(value, None, None if value is not None else "no_data"), value is not None, rule, way)
        for period, value, rule, way in zip(periods, values, rules, ways, strict=True)
    ]
    return Series(tuple(points), limits, "nhs")


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
        assert said(whole.evaluate("a", period, str(day))) == said(cut.evaluate("a", period))


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
