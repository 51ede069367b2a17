"""Entity tables: against pandas on the real invoices, and against a hand count; their sums are those of the rows."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given

import kpikit
from kpikit.metrics.histories import Activity, Fifth, History, Tables, Year, entity_tables
from kpikit.metrics.requests import Request
from kpikit.workspace import Workspace
from tests.workspaces import LAWS, Sale, Shop, sales, sample, window

SPEND = "opening_months: 0}"
"""Where the sample shop's entity gets a spend."""


def tables_of(workspace: Workspace, end: date, clients: list[str] | None = None) -> dict[str, Tables]:
    model = workspace.settings.model
    return entity_tables(workspace.engine, model, model.entities["customer"], end, clients or list(model.clients))


def with_spend(shop: Shop, folder: Path) -> Workspace:
    """The sample shop, whose customers spend what the metric revenue says."""
    shop.at(folder)
    file = folder / "workspace.yml"
    text = file.read_text(encoding="utf-8")
    assert SPEND in text
    file.write_text(text.replace(SPEND, "spend: revenue, " + SPEND), encoding="utf-8")
    return Workspace(folder)


def test_a_hand_count(tmp_path: Path) -> None:
    rows = [
        Sale("2024-01-10", "10.00", 1), Sale("2024-01-10", "5.00", 1), Sale("2024-02-09", "20.00", 1),
        Sale("2024-03-01", "40.00", 1), Sale("2024-01-31", "7.00", 2), Sale("2024-03-31", "99.00", 3),
        Sale("2024-02-20", "1000.00", 1, cancelled=True), Sale("2024-02-21", "50.00", None),
        Sale("2024-01-05", "3.00", 1, client="b"), Sale("2024-04-01", "8.00", 2),
    ]  # fmt: skip
    found = tables_of(with_spend(Shop(rows), tmp_path), date(2024, 4, 1))
    own = found["a"]
    assert own.window == window("2024-01-01", "2024-03-31") and own.currency == "GBP"
    # Customer 1 on three days, two orders on the first one; 10 January to 1 March are 51 days, to 31 March 81.
    (one, two, three) = own.histories
    assert (one.first, one.repeats, one.recency, one.age) == (date(2024, 1, 10), 2, 51, 81)
    assert one.amount == 75 and one.spend == pytest.approx(30, rel=0.0101)  # (20 + 40) / 2, in steps of 2 %
    assert two == History(date(2024, 1, 31), 0, 0, 60, None, 1, Decimal(7))
    assert three == History(date(2024, 3, 31), 0, 0, 0, None, 1, Decimal(99))
    january, february, march = (date(2024, month, 1) for month in (1, 2, 3))
    assert own.activity == (
        Activity(january, january, 2, Decimal(22)),
        Activity(january, february, 1, Decimal(20)),
        Activity(january, march, 1, Decimal(40)),
        Activity(march, march, 1, Decimal(99)),
    )
    # of three, one third are worse than the second: no whole fifth more than 5 * 1/3 = 1
    assert own.fifths == (
        Fifth(1, 1, 1, 1, Decimal(7)),  # customer 2: longest ago, once, least
        Fifth(2, 4, 2, 1, Decimal(75)),  # customer 1: bought most often, two of three are worse: 1 + 3
        Fifth(4, 1, 4, 1, Decimal(99)),
    )
    assert own.year is None  # not two years
    assert found["b"].histories == (History(date(2024, 1, 5), 0, 0, 86, None, 1, Decimal(3)),)


def test_refunds_are_no_purchases_and_lessen_the_last_one(tmp_path: Path) -> None:
    rows = [
        Sale("2024-01-10", "10.00", 1), Sale("2024-01-15", "-4.00", 1), Sale("2024-02-01", "20.00", 1),
        Sale("2024-02-01", "-5.00", 1), Sale("2024-03-05", "-20.00", 1),
        Sale("2024-01-20", "-7.00", 2), Sale("2024-02-02", "9.00", 2),  # bought before the data begin
        Sale("2024-03-03", "-1.00", 3), Sale("2024-03-04", "0.00", 4),  # a refund alone; a gift is a purchase
    ]  # fmt: skip
    workspace = with_spend(Shop(rows, clients=("a",)), tmp_path)
    own = tables_of(workspace, date(2024, 4, 1))["a"]
    assert own.histories == (
        History(date(2024, 1, 10), 1, 22, 81, None, 1, Decimal(1)),  # 10 - 4, and 20 - 5 - 20 on the repeat
        History(date(2024, 2, 2), 0, 0, 58, None, 1, Decimal(9)),
        History(date(2024, 3, 4), 0, 0, 27, None, 1, Decimal(0)),
    )
    january, february, march = (date(2024, month, 1) for month in (1, 2, 3))
    assert own.activity == (
        Activity(january, january, 1, Decimal(6)),
        Activity(january, february, 1, Decimal(-5)),
        Activity(february, february, 1, Decimal(9)),
        Activity(march, march, 1, Decimal(0)),
    )
    quarter = [Request("new_customers", [window("2024-01-01", "2024-03-31")])]
    assert [row.value for row in workspace.measure(quarter, ["a"])] == [3]


def test_what_was_held_out(tmp_path: Path) -> None:
    rows = [Sale(day) for day in ("2024-01-01", "2024-05-01", "2024-10-01", "2024-10-01", "2024-12-31")]
    rows += [Sale("2024-11-11", customer=2)]
    (own,) = tables_of(with_spend(Shop(rows), tmp_path), date(2025, 1, 1)).values()
    # A third of 366 days: the last 122, from 1 September on. Customer 2 was not known before.
    assert own.holdout == window("2024-09-01", "2024-12-31")
    (held,) = own.held
    assert (held.repeats, held.recency, held.age, held.customers, held.later) == (1, 121, 243, 1, 2)


def test_two_years(tmp_path: Path) -> None:
    days = {1: ("2023-02-01", "2024-02-01", "2024-03-01"), 2: ("2023-05-05",), 3: ("2024-07-07",)}
    rows = [Sale(day, "4.00", customer) for customer, own in days.items() for day in own]
    workspace = with_spend(Shop(rows, covers="2023-01-01..2024-12-31"), tmp_path)
    (own,) = tables_of(workspace, date(2025, 1, 1)).values()
    assert own.year == Year(window("2024-01-01", "2024-12-31"), 2, 1, 1, 2, 1, Decimal(12))


def test_nothing_is_known_before_the_data_begin(tmp_path: Path) -> None:
    workspace = Shop([Sale("2024-02-01")]).at(tmp_path)
    assert tables_of(workspace, date(2024, 1, 1)) == {}
    assert tables_of(workspace, date(2024, 2, 1)) == {}
    (own,) = tables_of(workspace, date(2024, 2, 2)).values()
    assert own.currency is None and own.histories[0].amount == 0


@given(sales)
@LAWS
def test_all_tables_have_the_same_customers_and_amounts(rows: list[Sale]) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        found = tables_of(with_spend(Shop(rows), Path(folder)), date(2024, 4, 1))
    for client in "ab":
        bought = purchases(each for each in rows if each.client == client)
        assert (client in found) == bool(bought)
        if bought:
            own = found[client]
            whole = [each for each in own.activity if each.cohort == each.month]
            for table in (own.histories, own.fifths, whole):
                assert sum(each.customers for each in table) == len(bought)
            for amounts in (own.histories, own.fifths, own.activity):
                assert sum(each.amount for each in amounts) == sum(map(sum, bought.values()))
            days = sum((each.repeats + 1) * each.customers for each in own.histories)
            assert days == sum(map(len, bought.values()))


def purchases(rows: Iterable[Sale]) -> dict[int, list[Decimal]]:
    """What each customer's purchases were worth: of each day with an amount of 0 or more, and what was given back until
    the next one. What is given back before the first is of none."""
    found: dict[int, list[Decimal]] = {}
    known = [each for each in rows if not each.cancelled and each.customer is not None]
    for customer, day in sorted({(each.customer, each.day) for each in known}):
        amounts = [Decimal(each.value) for each in known if (each.customer, each.day) == (customer, day)]
        if max(amounts) >= 0:
            found.setdefault(customer, []).append(sum(amounts))
        elif customer in found:
            found[customer][-1] += sum(amounts)
    return found


@pytest.fixture(scope="module")
def invoices() -> pd.DataFrame:
    """The orders of known customers in the shop's file, read by pandas."""
    with gzip.open(kpikit.samples() / "shop" / "sources" / "invoices_derived.csv.gz") as file:
        read = pd.read_csv(file, parse_dates=["invoice_date"], dtype={"invoice": str})
    adjustment = read.invoice.str.startswith("A")
    kept = read[~read.is_cancellation & (read.value_gbp > 0) & ~adjustment & read.customer_id.notna()].copy()
    kept["day"] = kept.invoice_date.dt.normalize()
    return kept


@pytest.fixture(scope="module")
def shop() -> dict[str, Tables]:
    return tables_of(sample("shop"), date(2011, 12, 1), ["united-kingdom", "germany"])


@pytest.mark.parametrize(("client", "country"), [("united-kingdom", "United Kingdom"), ("germany", "Germany")])
def test_the_shops_tables_are_those_of_pandas(
    client: str, country: str, shop: dict[str, Tables], invoices: pd.DataFrame
) -> None:
    rows = invoices[(invoices.country == country) & (invoices.day < "2011-12-01")]
    days = rows.groupby(["customer_id", "day"], as_index=False).value_gbp.sum()
    first = days.groupby("customer_id").day.transform("min")
    days["cohort"], days["month"] = (each.dt.to_period("M") for each in (first, days.day))
    cells = days.groupby(["cohort", "month"]).agg(customers=("customer_id", "nunique"), amount=("value_gbp", "sum"))
    found = {(each.cohort, each.month): each for each in shop[client].activity}
    assert len(found) == len(cells)
    for (cohort, month), cell in cells.iterrows():
        own = found[cohort.start_time.date(), month.start_time.date()]
        assert own.customers == cell.customers and float(own.amount) == pytest.approx(cell.amount)
    each = days.groupby("customer_id").agg(first=("day", "min"), last=("day", "max"), bought=("day", "count"))
    pairs = zip(each["first"], each["last"], each["bought"], strict=True)
    expected = sorted((int(bought) - 1, (last - first).days, (pd.Timestamp("2011-11-30") - first).days)
                      for first, last, bought in pairs)  # fmt: skip
    flat = [(own.repeats, own.recency, own.age) for own in shop[client].histories for _ in range(own.customers)]
    assert sorted(flat) == expected


def test_the_cohorts_of_the_raw_invoice_lines(shared_data: Callable[[str], Path], shop: dict[str, Tables]) -> None:
    """From the two raw files: an order is an invoice of more than 0 that is no cancellation and no adjustment."""
    folder = shared_data("online_retail_ii")
    names = {"InvoiceNo": "Invoice", "UnitPrice": "Price", "CustomerID": "Customer ID"}
    files = [folder / f"year_{year}.parquet" for year in ("2009_2010", "2010_2011")]
    years = [duckdb.connect().read_parquet(str(file)).df().rename(columns=names) for file in files]
    lines = pd.concat([years[0][years[0].InvoiceDate < "2010-12-01"], years[1]])
    lines = lines[(lines.Country == "United Kingdom") & (lines.InvoiceDate < "2011-12-01")]
    lines = lines[~lines.Invoice.str.contains("^[AC]") & lines["Customer ID"].notna()]
    lines = lines.assign(value=lines.Quantity * lines.Price)
    orders = lines.groupby("Invoice").agg(
        customer=("Customer ID", "first"), date=("InvoiceDate", "min"), value=("value", "sum")
    )
    orders = orders[orders.value > 0]
    month = orders.date.dt.to_period("M")
    cohort = month.groupby(orders.customer).transform("min")
    cells = orders.groupby([cohort.rename("cohort"), month.rename("month")]).customer.nunique()
    found = {(each.cohort, each.month): each.customers for each in shop["united-kingdom"].activity}
    assert {(a.start_time.date(), b.start_time.date()): int(n) for (a, b), n in cells.items()} == found
