"""The engine: loading all or nothing, locking, tables from Python, and real files with their published figures."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from kpikit.sources import csv_table
from kpikit.sources.declarations import Column, Source
from kpikit.sources.engine import _READERS, Engine
from kpikit.words.errors import SourceError, UsageError

Declare = Callable[..., Source]
COLUMNS = (Column("client", "text"), Column("orders", "integer", missing=("",)))


@pytest.fixture
def source(tmp_path: Path, declare: Declare) -> Source:
    file = tmp_path / "orders.csv"
    file.write_text("client,orders\nb,2\na,1\nb,\n", encoding="utf-8")
    return declare(file, *COLUMNS)


def test_a_source_becomes_a_table(source: Source, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "kpikit")
    with Engine() as engine:
        engine.load(source)
        table = engine.table("table")
        assert table.fetchall() == [("b", 2), ("a", 1), ("b", None)]
        assert (table.columns, [str(kind) for kind in table.types]) == (["client", "orders"], ["VARCHAR", "BIGINT"])
    assert caplog.messages == [f"read table from {source.file}"]


def test_a_header_alone_means_that_there_were_no_events(source: Source, caplog: pytest.LogCaptureFixture) -> None:
    source.file.write_text("client,orders\n", encoding="utf-8")
    with Engine() as engine:
        engine.load(source)
        assert engine.table("table").fetchall() == []
    assert [record.message for record in caplog.records if record.levelname == "WARNING"] == [
        f"{source.file} has a header and no row"
    ]


@pytest.mark.parametrize("kind", ["snapshots", "aggregates"])
def test_a_header_alone_is_a_broken_export_of_what_should_have_a_row_each_day(source: Source, kind: str) -> None:
    source.file.write_text("client,orders\n", encoding="utf-8")
    with Engine() as engine:
        with pytest.raises(SourceError) as caught:
            engine.load(replace(source, kind=kind))
        assert str(caught.value) == (
            f"{source.file}: has no row, and {kind} have one for each day. It may be broken; get it again. "
            "Only a source of 'kind: events' may have none."
        )
        assert engine.connection.sql("SHOW ALL TABLES").fetchall() == []


def test_a_name_is_only_a_name(tmp_path: Path, declare: Declare) -> None:
    name, column = 'my "sales"; DROP TABLE x.y', 'net, "value" {cell}'
    file = tmp_path / "names.csv"
    file.write_text('"net, ""value"" {cell}"\n5\n', encoding="utf-8")
    with Engine() as engine:
        engine.load(declare(file, Column(column, "integer"), name=name))
        assert engine.table(name).fetchall() == [(5,)]


def test_a_value_is_only_a_value(tmp_path: Path, declare: Declare) -> None:
    file = tmp_path / "values.csv"
    cells = ["'); DROP TABLE x; --", "$cells0", "{cell}", "=1+1"]
    file.write_text("\n".join(["x", *cells]), encoding="utf-8")
    with Engine() as engine:
        engine.load(declare(file, Column("x", "text", missing=("' OR ''='",))))
        assert [row[0] for row in engine.table("table").fetchall()] == cells


def test_nothing_is_left_of_a_file_that_cannot_be_read_to_its_end(source: Source) -> None:
    """The first 200,000 rows are good, and have been inserted by then."""
    good = "client,orders\n" + "a,1\n" * 200_000
    source.file.write_text(good + "a,1,1\n", encoding="utf-8")
    with Engine() as engine:
        with pytest.raises(SourceError, match=", row 200002: the line has 3 fields, and the header has 2"):
            engine.load(source)
        assert engine.connection.sql("SHOW ALL TABLES").fetchall() == []
        source.file.write_text(good + "a,x\n", encoding="utf-8")
        with pytest.raises(SourceError, match=", row 200002, column 'orders', value 'x': is not a number"):
            engine.load(source)
        source.file.write_text(good, encoding="utf-8")
        engine.load(source)
        assert engine.connection.sql('SELECT count(*), sum(orders) FROM "table"').fetchall() == [(200_000, 200_000)]


def test_a_file_that_is_written_to_while_it_is_read(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    def add_a_row(*given: object) -> object:
        read = csv_table.load(*given)  # type: ignore[arg-type]
        with source.file.open("a") as file:
            file.write("2,2024-01-02,1\n")
        return read

    monkeypatch.setitem(_READERS, "csv", add_a_row)
    with Engine(threads=1) as engine:
        with pytest.raises(SourceError) as caught:
            engine.load(source)
        assert engine.rows("SELECT table_name FROM duckdb_tables()") == []
    assert str(caught.value) == f"{source.file}: changed while it was read. Begin again when it is whole."


def test_the_first_bad_cell_is_the_first_in_the_file(source: Source) -> None:
    """By row, then in the order of the declared columns."""
    source.file.write_text("orders,client\n1,a\nx,\ny,b\n", encoding="utf-8")
    with Engine() as engine, pytest.raises(SourceError, match=", row 3, column 'client', value ''"):
        engine.load(source)


def test_columns_that_are_called_otherwise_in_the_file_or_are_not_in_it(tmp_path: Path, declare: Declare) -> None:
    columns = (
        Column("client", "text", constant="it's {cell}"),
        Column("cost", "decimal", scale=2, header="Amount spent", symbol="$", missing=("",)),
        Column("channel", "text", constant="E-mail"),
        Column("Amount spent", "integer", header="cost"),
    )
    file = tmp_path / "costs.csv"
    file.write_text("cost,note,Amount spent\n7,x,$1.50\n8,x,\n", encoding="utf-8")
    rows = [("it's {cell}", Decimal("1.50"), "E-mail", 7), ("it's {cell}", None, "E-mail", 8)]
    with Engine() as engine:
        engine.load(declare(file, *columns))
        assert engine.table("table").fetchall() == rows
        engine.add("costs", {"cost": "BIGINT", "Amount spent": "DECIMAL(38,9)"}, [(7, Decimal("1.5")), (8, None)])
        engine.save("costs", tmp_path / "costs.parquet")
        columns = (columns[0], replace(columns[1], scale=9), *columns[2:])
        engine.load(declare(tmp_path / "costs.parquet", *columns, format="parquet", name="packed"))
        assert engine.table("packed").fetchall() == rows
        for bad, message in (
            ("cost,note,Amount spent\n7,x,1.50\n", ", row 2, column 'Amount spent', value '1.50': lacks '$', which is"),
            ("cost,note,Amount spend\n", ", row 1, column 'Amount spent': there is no such column. Did you mean"),
        ):
            file.write_text(bad, encoding="utf-8")
            with pytest.raises(SourceError) as caught:
                engine.load(declare(file, *columns, name="bad"))
            assert str(caught.value).startswith(f"{file}{message}")


def test_a_source_is_never_replaced(source: Source) -> None:
    with Engine() as engine:
        engine.load(source)
        for again in (lambda: engine.load(source), lambda: engine.add("table", {"x": "BIGINT"}, [(1,)])):
            with pytest.raises(UsageError) as caught:
                again()
            assert str(caught.value) == "there is a table 'table' already."
        assert len(engine.table("table").fetchall()) == 3


def test_names_that_differ_only_in_case(tmp_path: Path, declare: Declare) -> None:
    source = declare(tmp_path / "never_opened.csv", Column("Client", "text"), Column("client", "text"))
    with Engine() as engine, pytest.raises(SourceError) as caught:
        engine.load(source)
    reason = "differs from 'Client' only in upper and lower case."
    assert str(caught.value) == f"{source.file}, column 'client': {reason}"


def test_a_locked_engine_reaches_nothing_else(source: Source, tmp_path: Path) -> None:
    with Engine() as engine:
        engine.load(source)
        engine.lock()
        assert len(engine.table("table").fetchall()) == 3
        for statement in (
            f"SELECT * FROM read_csv('{source.file}')",
            f"SELECT * FROM read_text('{source.file}')",
            f"COPY \"table\" TO '{tmp_path / 'out.csv'}'",
            f"ATTACH '{tmp_path / 'other.db'}'",
            "SET enable_external_access = true",
            "SET lock_configuration = false",
            "INSTALL httpfs",
        ):
            with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
                engine.connection.execute(statement)
    assert [path.name for path in tmp_path.iterdir()] == ["orders.csv"]


def test_variables_of_python_are_no_tables() -> None:
    secret = [1]
    with Engine() as engine, pytest.raises(duckdb.CatalogException, match="secret"):
        engine.connection.execute("SELECT * FROM secret")
    assert secret == [1]


def test_tables_from_python() -> None:
    columns = {"name": "VARCHAR", "start": "DATE", "days": "BIGINT", "weight": "DOUBLE", "open": "BOOLEAN"}
    rows = [("2024-Q1", date(2024, 1, 1), 91, 0.5, True), ("later", date(2024, 4, 1), None, None, False)]
    with Engine() as engine:
        engine.add("calendar", columns, iter(rows))
        engine.add("empty", columns, [])
        assert engine.table("calendar").fetchall() == rows
        assert engine.table("empty").fetchall() == []
        engine.add("calendar", columns, rows[:1])
        assert engine.table("calendar").fetchall() == rows[:1]
        assert [str(kind) for kind in engine.table("empty").types] == list(columns.values())
        with pytest.raises(UsageError) as caught:
            engine.add("bad", {"x": "BIGINT); DROP TABLE calendar; --"}, [])
        expected = "must be one of VARCHAR, BIGINT, DOUBLE, DECIMAL(38,9), BOOLEAN, DATE, TIMESTAMP."
        assert str(caught.value) == f"type == 'BIGINT); DROP TABLE calendar; --', {expected}"


def test_amounts_from_python_stay_exact() -> None:
    amounts = [Decimal("0.1"), Decimal("-12345678901234567890.123456789"), None]
    with Engine() as engine:
        engine.add("amounts", {"amount": "DECIMAL(38,9)"}, [(amount,) for amount in amounts])
        assert [row[0] for row in engine.table("amounts").fetchall()] == amounts


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("a,2024-01-01\nb,2024-12-31\n", None),  # the fixture's source covers 2024
        ("a,2024-01-01\nc,2023-12-31\nd,2024-01-01\n", (1, "client", "c")),
        ("a,2024-01-01\nb,2025-01-01\nc,2024-01-01\n", (1, "day", date(2025, 1, 1))),
        ("b,2023-12-31\n", (0, "day", date(2023, 12, 31))),
    ],
)
def test_the_first_row_that_is_of_nobody_or_of_no_covered_day(
    tmp_path: Path, declare: Declare, rows: str, found: tuple[int, str, object] | None
) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("client,day\n" + rows, encoding="utf-8")
    source = declare(file, Column("client", "text"), Column("day", "date"))
    with Engine() as engine:
        engine.load(source)
        assert engine.first_outside(source, ["a", "b"]) == found
        assert len(engine.table("table").fetchall()) == rows.count("\n")


def test_a_table_is_saved_and_read_back(source: Source, declare: Declare, tmp_path: Path) -> None:
    with Engine() as engine:
        engine.load(source)
        engine.save("table", tmp_path / "orders.parquet")
        engine.load(declare(tmp_path / "orders.parquet", *COLUMNS, format="parquet", name="again"))
        assert engine.table("again").fetchall() == engine.table("table").fetchall()


def test_engines_do_not_share_tables(source: Source) -> None:
    with Engine() as one, Engine() as other:
        one.load(source)
        assert other.connection.sql("SHOW ALL TABLES").fetchall() == []


def test_check_figures_of_the_invoices(declare: Declare, shared_data: Callable[[str], Path]) -> None:
    """SOURCE.md: 53,628 invoices, 8,292 of them cancellations, 5,942 customers, 43 countries, GBP 18,909,744.12."""
    columns = (
        Column("invoice", "text"),
        Column("invoice_date", "timestamp"),
        Column("customer_id", "text", missing=("",)),
        Column("country", "text"),
        Column("units", "integer"),
        Column("value_gbp", "decimal", scale=3),
        Column("is_cancellation", "boolean"),
    )
    file = shared_data("online_retail_ii") / "invoices_derived.csv.gz"
    with Engine() as engine:
        engine.load(declare(file, *columns, name="invoices", decimal="."))
        found = engine.connection.sql(
            "SELECT count(*), count(*) FILTER (is_cancellation), count(DISTINCT customer_id), sum(value_gbp), "
            "min(invoice_date)::VARCHAR, max(invoice_date)::VARCHAR, count(DISTINCT country) FROM invoices"
        ).fetchall()[0]
    assert found[:3] == (53_628, 8_292, 5_942)
    assert round(found[3], 2) == Decimal("18909744.12")
    assert found[4:] == ("2009-12-01 07:45:00", "2011-12-09 12:50:00", 43)


def test_check_figures_of_the_hospitals(declare: Declare, shared_data: Callable[[str], Path]) -> None:
    """SOURCE.md: 12,765 rows, 274 organisations, 72,019,402 attendances, 8,295,237 breaches, 13,493,280 admissions."""
    counts = ("attendances", "breaches", "admissions")
    columns = (Column("period", "date"), Column("org_code", "text"), *(Column(name, "integer") for name in counts))
    with Engine() as engine:
        engine.load(declare(shared_data("nhs_ae_attendances") / "ae_attendances.csv.gz", *columns, name="ae"))
        sums = "count(DISTINCT org_code), sum(attendances), sum(breaches), sum(admissions)"
        found = engine.connection.sql(f"SELECT {sums} FROM ae")
        assert found.fetchall() == [(274, 72_019_402, 8_295_237, 13_493_280)]


def test_check_figures_of_norwegian_oil_prices(declare: Declare, shared_data: Callable[[str], Path]) -> None:
    """SOURCE.md: 5,811 rows, 17 crudes, 2019, usd_bbl from 50.35 to 75.70, 64.2627 on average; decimal commas."""
    columns = (
        Column("crude", "text"),
        Column("date", "date", format="%d.%m.%Y"),
        Column("usd_bbl", "decimal", scale=2),
    )
    file = shared_data("norway_datahotellet") / "normpriser_raaolje.original.csv"
    with Engine() as engine:
        engine.load(declare(file, *columns, delimiter=";", decimal=","))
        found = engine.connection.sql(
            'SELECT count(*), count(DISTINCT crude), min("date"), max("date"), min(usd_bbl), max(usd_bbl), '
            'round(avg(usd_bbl), 4) FROM "table"'
        ).fetchall()[0]
    prices = (Decimal("50.35"), Decimal("75.70"), 64.2627)
    assert found == (5_811, 17, date(2019, 1, 1), date(2019, 12, 31), *prices)
