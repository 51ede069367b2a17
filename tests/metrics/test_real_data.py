"""The sample workspaces against the check figures of their data sets, and against SQL over the raw files."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from kpikit.metrics.requests import Measurements, Request, slice_members
from kpikit.words.periods import Calendar, Window
from kpikit.workspace import Workspace, samples
from tests.workspaces import window

ALL_YEARS = window("2016-04-01", "2019-03-31")
BOTH_YEARS = window("2009-12-01", "2011-12-09")
INVOICES = samples() / "shop" / "sources" / "invoices_derived.csv.gz"
ATTENDANCES = samples() / "hospitals" / "sources" / "ae_attendances.csv.gz"


@pytest.fixture(scope="module")
def monthly(hospitals: Workspace) -> Measurements:
    """All of the hospitals' metrics in all months, in total and by department type."""
    return hospitals.table()


def total(found: Measurements, metric: str, slice: str = "", within: Window = ALL_YEARS) -> int:
    rows = [row for row in found if (row.metric, row.slice) == (metric, slice) and row.window.overlap(within)]
    return sum(int(row.value) for row in rows if row.value is not None)


@pytest.mark.parametrize(
    ("metric", "figure"), [("attendances", 72_019_402), ("breaches", 8_295_237), ("admissions", 13_493_280)]
)
def test_hospitals_in_all(monthly: Measurements, metric: str, figure: int) -> None:
    assert total(monthly, metric) == figure
    types = [f"department_type={each}" for each in ("1", "2", "other")]
    assert sum(total(monthly, metric, each) for each in types) == figure


@pytest.mark.parametrize(("slice", "share"), [("", "88.4819"), ("department_type=1", "82.5184")])
def test_hospitals_within_four_hours(monthly: Measurements, slice: str, share: str) -> None:
    within = 1 - total(monthly, "breaches", slice) / total(monthly, "attendances", slice)
    assert f"{100 * within:.4f}" == share


def test_hospitals_best_and_worst_month(monthly: Measurements) -> None:
    months = Calendar().within("month", ALL_YEARS)
    figures = {
        month.key: (total(monthly, "attendances", "", month.window), total(monthly, "breaches", "", month.window))
        for month in months
    }
    shares = {month: 1 - breaches / attendances for month, (attendances, breaches) in figures.items()}
    best, worst = max(shares, key=shares.__getitem__), min(shares, key=shares.__getitem__)
    assert (best, f"{100 * shares[best]:.2f}") == ("2016-08", "90.98")
    assert (worst, f"{100 * shares[worst]:.2f}") == ("2019-02", "84.23")
    assert figures["2016-04"] == (1_867_781, 186_122)
    assert figures["2019-03"] == (2_167_550, 290_359)


def test_shop_in_all(shop: Workspace) -> None:
    found = shop.measure([Request(name, (BOTH_YEARS,)) for name in ("invoiced", "cancellations", "orders")])
    money = [row.amount for row in found if row.metric == "invoiced" and row.amount is not None]
    assert round(sum(money), 2) == Decimal("18909744.12")
    assert sum(int(row.value or 0) for row in found if row.metric == "cancellations") == 8_292


def as_one_client(folder: Path) -> Workspace:
    """The shop's invoices with the whole shop as its one client, and nothing filtered."""
    duckdb.execute(
        f"COPY (SELECT 'all' AS client, * FROM read_csv('{INVOICES}', all_varchar = true)) "
        f"TO '{folder / 'invoices.csv'}' (FORMAT csv, QUOTE '')"
    )
    (folder / "clients.yml").write_text("schema: 1\nclients: {all: {}}\n", encoding="utf-8")
    (folder / "workspace.yml").write_text(
        """schema: 1
name: Shop
sources:
  invoices:
    {file: invoices.csv, format: csv, kind: events, every: day, covers: 2009-12-01..2011-12-09, client: client,
     time: invoice_date, dialect: {decimal: "."}, columns: {client: text, invoice: text, invoice_date: timestamp,
     customer_id: {type: integer, missing: [""]}, country: text, value_gbp: {type: decimal, scale: 3}}}
dimensions: {country: {source: invoices, column: country, label: Country}}
metrics:
  invoices: {source: invoices, count: rows, by: [country]}
  invoiced: {source: invoices, sum: value_gbp, unit: money, currency: GBP}
  customers: {source: invoices, unique: customer_id, by: [country]}
""",
        encoding="utf-8",
    )
    return Workspace(folder)


def test_shop_as_one_client(tmp_path: Path) -> None:
    months = tuple(period.window for period in Calendar().within("month", BOTH_YEARS))
    names = ("invoices", "invoiced", "customers")
    requests = [Request(name, (BOTH_YEARS, *months)) for name in names]
    requests += [Request(name, (BOTH_YEARS,), ("country",)) for name in ("invoices", "customers")]
    found = as_one_client(tmp_path).measure(requests)
    assert found.get("all", "invoices", BOTH_YEARS).value == 53_628
    assert round(found.get("all", "invoiced", BOTH_YEARS).amount or 0, 2) == Decimal("18909744.12")
    assert found.get("all", "customers", BOTH_YEARS).value == 5_942
    countries = found.members("all", "invoices", BOTH_YEARS, "country")
    assert (len(countries), sum(row.value or 0 for row in countries.values())) == (43, 53_628)
    # Customers of the months, or of the countries, are not the customers of the whole when they are added up.
    by_month = sum(found.get("all", "customers", month).value or 0 for month in months)
    by_country = sum(row.value or 0 for row in found.members("all", "customers", BOTH_YEARS, "country").values())
    (expected,) = duckdb.execute(
        "SELECT sum(n) FROM (SELECT count(DISTINCT customer_id) AS n FROM read_csv(?) GROUP BY date_trunc('month', "
        "invoice_date))",
        [str(INVOICES)],
    ).fetchall()
    assert by_month == expected[0] > 4 * 5_942
    assert by_country > 5_942


MONTH_STARTS = [period.start for period in Calendar().within("month", BOTH_YEARS)]
ORDER = "NOT is_cancellation AND value_gbp > 0 AND invoice NOT LIKE 'A%'"
SHOP_SQL = {
    "revenue": f"SELECT sum(value_gbp) FROM own WHERE {ORDER} AND inside",
    "orders": f"SELECT count(*) FROM own WHERE {ORDER} AND inside",
    "cancelled_value": "SELECT sum(abs(value_gbp)) FROM own WHERE invoice LIKE 'C%' AND inside",
    "units": f"SELECT sum(units) FROM own WHERE {ORDER} AND inside",
    "customers": f"SELECT count(DISTINCT customer_id) FROM own WHERE {ORDER} AND inside",
    # whoever ordered in the window, without all who had ordered before it
    "new_customers": f"""SELECT count(*) FROM (
        SELECT customer_id FROM own WHERE {ORDER} AND inside AND customer_id IS NOT NULL
        EXCEPT SELECT customer_id FROM own WHERE {ORDER} AND invoice_date < $first)""",
    "repeat_customers": f"""SELECT count(*) FROM (
        SELECT customer_id FROM own WHERE {ORDER} AND inside AND customer_id IS NOT NULL
        GROUP BY customer_id HAVING count(*) > 1)""",
    "known_revenue": f"SELECT sum(value_gbp) FROM own WHERE {ORDER} AND inside AND customer_id IS NOT NULL",
}


def second_shop(metric: str, country: str, cell: Window) -> Decimal:
    """A metric by plain SQL over the raw file, with the end of the window written as a moment."""
    statement = f"""WITH own AS (
        SELECT *, invoice_date >= $first AND invoice_date < $end AS inside
        FROM read_csv('{INVOICES}', types = {{'value_gbp': 'DECIMAL(18,3)', 'invoice': 'VARCHAR'}})
        WHERE country = $country) {SHOP_SQL[metric]}"""
    values = {"country": country, "first": cell.start, "end": cell.end}
    used = {name: value for name, value in values.items() if f"${name}" in statement}
    (found,) = duckdb.execute(statement, used).fetchone() or (None,)
    return Decimal(found or 0)


def shop_cells() -> list[tuple[str, str, Window]]:
    """Ten cells, one of each metric at least: a client, a metric, and some months in a row or any days."""
    chance = random.Random(2)
    clients = ["united-kingdom", "germany", "ireland", "france", "netherlands", "norway", "denmark"]
    cells = []
    for metric in [*SHOP_SQL, "customers", "new_customers"]:
        first, last = sorted(chance.sample(range(len(MONTH_STARTS)), 2))
        start, end = MONTH_STARTS[first], MONTH_STARTS[last]
        if chance.random() < 0.4:
            start, end = start.replace(day=chance.randint(2, 20)), end.replace(day=chance.randint(2, 9))
        cells.append((metric, chance.choice(clients), Window(start, end)))
    return cells


def test_ten_cells_of_the_shop_by_sql(shop: Workspace) -> None:
    cells = shop_cells()
    clients = [client for _, client, _ in cells]
    found = shop.measure([Request(metric, (cell,)) for metric, _, cell in cells], clients)
    for metric, client, cell in cells:
        row = found.get(client, metric, cell)
        exact = row.amount if row.amount is not None else Decimal(row.value or 0)
        assert exact == second_shop(metric, shop.clients[client].value, cell), (metric, client, str(cell))
        assert exact > 0


def test_ten_cells_of_the_hospitals_by_sql(hospitals: Workspace, monthly: Measurements) -> None:
    """Cells of whole months and quarters, in total and by department type; also some that have no row."""
    chance = random.Random(3)
    quarters = tuple(period.window for period in Calendar().within("quarter", ALL_YEARS))
    wanted = [Request("breaches", quarters, by) for by in ((), ("department_type",))]
    rows = [*monthly, *hospitals.measure(wanted)]
    known, empty = [[row for row in rows if (row.value is None) == missing] for missing in (False, True)]
    for row in chance.sample(known, 10) + chance.sample(empty, 3):
        kind = slice_members(row.slice).get("department_type", "%")
        statement = f"SELECT sum({row.metric}), count(DISTINCT period) FROM read_csv(?, types = {{'type': 'VARCHAR'}}) "
        statement += "WHERE org_code = ? AND type LIKE ? AND period BETWEEN ? AND ?"
        values = [str(ATTENDANCES), row.client, kind, row.window.start, row.window.last_day]
        assert duckdb.execute(statement, values).fetchone() == (row.value, row.covered)


def test_an_empty_cell_of_the_hospitals_is_missing_and_not_zero(monthly: Measurements) -> None:
    with_rows = duckdb.execute("SELECT count(DISTINCT (org_code, period)) FROM read_csv(?)", [str(ATTENDANCES)])
    known = [row for row in monthly if row.metric == "attendances" and not row.slice and row.value is not None]
    assert (len(known),) == with_rows.fetchone()
    empty = [row for row in monthly if row.value is None]
    assert empty and all((row.covered, row.expected, row.amount) == (0, 1, None) for row in empty)


def test_the_shop_is_closed_on_saturdays(shop: Workspace) -> None:
    """One Saturday in two years has invoices; they count, though nothing is expected on that day."""
    month, saturday = window("2009-12-01", "2009-12-31"), window("2009-12-05")
    weeks = (window("2009-12-01", "2009-12-04"), saturday, window("2009-12-06", "2009-12-31"))
    found = shop.measure([Request("invoiced", (month, *weeks))], ["united-kingdom"])
    parts = [found.get("united-kingdom", "invoiced", each) for each in weeks]
    whole = found.get("united-kingdom", "invoiced", month)
    assert [(row.covered, row.expected) for row in (*parts, whole)] == [(4, 4), (0, 0), (23, 23), (27, 27)]
    assert sum(row.amount or 0 for row in parts) == whole.amount
    assert parts[1].amount


def test_the_last_month_is_partial(shop: Workspace) -> None:
    december = window("2011-12-01", "2011-12-31")
    row = shop.measure([Request("orders", (december,))], ["united-kingdom"]).get("united-kingdom", "orders", december)
    assert (row.covered, row.expected) == (8, 26)  # of 31 days five are Saturdays; the 9th is a Friday


def test_the_derived_invoices_are_the_raw_lines(shared_data: Callable[[str], Path], shop: Workspace) -> None:
    """Revenue of one month from the invoice lines as they were published."""
    lines = shared_data("online_retail_ii") / "year_2010_2011.parquet"
    (expected,) = duckdb.execute(
        """SELECT sum(value) FROM (
            SELECT InvoiceNo, sum(Quantity * UnitPrice::DECIMAL(18,3)) AS value FROM read_parquet(?)
            WHERE Country = 'Germany' AND InvoiceDate >= DATE '2011-05-01' AND InvoiceDate < DATE '2011-06-01'
            AND InvoiceNo NOT LIKE 'C%' AND InvoiceNo NOT LIKE 'A%' GROUP BY InvoiceNo) WHERE value > 0""",
        [str(lines)],
    ).fetchone() or (None,)
    may = window("2011-05-01", "2011-05-31")
    assert shop.measure([Request("revenue", (may,))], ["germany"]).get("germany", "revenue", may).amount == expected
