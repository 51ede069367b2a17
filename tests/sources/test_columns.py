"""Types of columns: a table of cells with their values, and what holds for all of them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpikit.sources.columns import READINGS, reading
from kpikit.sources.date_formats import format_problem
from kpikit.sources.declarations import Column, Dialect
from kpikit.sources.faults import fault
from kpikit.words.errors import SourceError
from tests.sources.cells import DANISH, NBSP, NORWEGIAN, POINT, Declare, column, load, write

THIN = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("declared", "dialect", "cells"),
    [
        (column("text"), {}, {"å": "å", " a ": " a ", "0123": "0123", "NULL": "NULL", "=1+1": "=1+1", "'": "'"}),
        (column("text", missing=("", "N/A")), {}, {"": None, "N/A": None, "n/a": "n/a"}),
        (column("integer"), {}, {"0": 0, "-0": 0, "12": 12, "-1234567": -1234567, "9223372036854775807": 2**63 - 1}),
        (column("integer"), DANISH, {"1.234": 1234, "12.345.678": 12345678, "1234": 1234, "999": 999}),
        (column("integer"), {"thousands": ","}, {"92,812": 92812, "-1,362,250": -1362250}),
        (column("integer"), {"thousands": "'"}, {"1'234": 1234}),
        (column("integer"), {"thousands": NBSP}, {f"1{NBSP}234": 1234, "1 234": 1234}),
        (column("integer"), NORWEGIAN, {f"−1{NBSP}234": -1234, "−1": -1, f"1{THIN}234{THIN}567": 1234567}),
        (column("decimal", scale=2), DANISH, {"−40.066,74": Decimal("-40066.74")}),
        (column("number"), {}, {"−0.5": -0.5}),
        (column("percent"), DANISH, {"−5,5 %": -0.055}),
        (column("integer", missing=("", "-", "0")), {}, {"": None, "-": None, "0": None, "-1": -1}),
        (column("decimal", scale=2), {}, {"1": Decimal(1), "1.5": Decimal("1.5"), "-0.05": Decimal("-0.05")}),
        (column("decimal", scale=2), DANISH, {"1.234,50": Decimal("1234.50"), "1234,5": Decimal("1234.50")}),
        (column("decimal", scale=2), NORWEGIAN, {"-1 362 250,25": Decimal("-1362250.25")}),
        (column("decimal", scale=2, fixed=True), DANISH, {"1.234,50": Decimal("1234.50"), "0,00": Decimal(0)}),
        (column("decimal", scale=0, fixed=True), DANISH, {"1.234": Decimal(1234), "0": Decimal(0)}),
        (column("decimal", scale=3), {}, {"123456789012345.678": Decimal("123456789012345.678")}),
        (column("decimal", scale=3), {}, {"0.123": Decimal("0.123"), "1234.5": Decimal("1234.5")}),
        (column("decimal", scale=3), POINT, {"1.234": Decimal("1.234"), "-12.500": Decimal("-12.5")}),
        (column("decimal", scale=3), DANISH, {"1.234": Decimal(1234), "1,234": Decimal("1.234")}),
        (column("decimal", scale=3, fixed=True), {}, {"1.234": Decimal("1.234")}),
        (column("decimal", scale=9), {}, {"99999999999999999999.000000001": Decimal("99999999999999999999.000000001")}),
        (column("number"), {}, {"1": 1.0, "-0.1": -0.1, "1e3": 1000.0, "2.5E-3": 0.0025}),
        (column("number"), DANISH, {"498,84": 498.84, "1.234,5": 1234.5}),
        (
            column("percent"),
            {},
            {"80.00%": 0.8, "80.1%": 0.801, "0%": 0.0, "-5 %": -0.05, "130%": 1.3, "0.123%": 0.00123},
        ),
        (
            column("percent"),
            DANISH,
            {"80,0 %": 0.8, f"12,5{NBSP}%": 0.125, "1.234,5\N{NARROW NO-BREAK SPACE}%": 12.345},
        ),
        (column("percent", missing=("--", "")), POINT, {"59.55%": 0.5955, "--": None, "": None, "1.234%": 0.01234}),
        (column("percent", scale=2, fixed=True), {}, {"80.00%": 0.8, "0.05 %": 0.0005}),
        (column("percent", scale=0), {}, {"80%": 0.8}),
        (column("duration"), {}, {"0:01:46": 106, "00:01:46": 106, "1:02:03": 3723, "127:00:00": 457200, "0:00:00": 0}),
        (column("duration", format="mm:ss"), {}, {"1:46": 106, "01:46": 106, "90:00": 5400}),
        (column("duration", format="h:mm", missing=("N/A",)), {}, {"1:46": 6360, "N/A": None}),
        (
            column("decimal", scale=2, symbol="$"),
            {"thousands": ","},
            {
                "$172.45": Decimal("172.45"),
                "$1,172.45": Decimal("1172.45"),
                "-$0.05": Decimal("-0.05"),
                "$-0.05": Decimal("-0.05"),
                "$ 3": Decimal(3),
                "3.5 $": Decimal("3.5"),
            },
        ),
        (
            column("decimal", scale=2, symbol="kr."),
            DANISH,
            {
                "172,45 kr.": Decimal("172.45"),
                "kr. 1.234,50": Decimal("1234.50"),
                f"-1.234,50{NBSP}kr.": Decimal("-1234.50"),
                "−1.234,50 kr.": Decimal("-1234.50"),
                f"kr.{NBSP}−3": Decimal(-3),
                "−kr. 3": Decimal(-3),
                "kr. -0,5": Decimal("-0.5"),
            },
        ),
        (
            column("decimal", scale=2, symbol="kr"),
            NORWEGIAN,
            {"kr 1 234,50": Decimal("1234.5"), "-1 234kr": Decimal(-1234)},
        ),
        (column("integer", symbol="DKK", missing=("",)), DANISH, {"DKK 1.234": 1234, "-5 DKK": -5, "": None}),
        (column("number", symbol="€"), {}, {"€1234.5678": 1234.5678, "0.5 €": 0.5}),
        (column("boolean"), {}, {"true": True, "True": True, "TRUE": True, "false": False, "False": False}),
        (column("date"), {}, {"2011-11-23": date(2011, 11, 23), "2012-02-29": date(2012, 2, 29)}),
        (column("date", format="%d.%m.%Y"), {}, {"03.04.2024": date(2024, 4, 3)}),
        (column("date", format="%m/%d/%Y"), {}, {"03/04/2024": date(2024, 3, 4)}),
        (column("date", format="%-d/%-m/%Y"), {}, {"3/4/2024": date(2024, 4, 3), "13/12/2024": date(2024, 12, 13)}),
        (
            column("date", format="%-m/%-d/%y", century_from=2000),
            {},
            {
                "1/2/13": date(2013, 1, 2),
                "12/31/00": date(2000, 12, 31),
                "2/29/00": date(2000, 2, 29),
                "1/1/99": date(2099, 1, 1),
            },
        ),
        (
            column("date", format="%d.%m.%y", century_from=1970),
            {},
            {"31.12.70": date(1970, 12, 31), "01.01.69": date(2069, 1, 1), "29.02.00": date(2000, 2, 29)},
        ),
        (
            column("date", format="%y%m%d", century_from=1900),
            {},
            {"991231": date(1999, 12, 31), "000301": date(1900, 3, 1)},
        ),
        (
            column("timestamp", format="%d-%m-%y kl. %H:%M", century_from=1950),
            {},
            {"23-11-50 kl. 08:26": datetime(1950, 11, 23, 8, 26), "23-11-49 kl. 08:26": datetime(2049, 11, 23, 8, 26)},
        ),
        (column("date", format="%Y%m%d"), {}, {"20240403": date(2024, 4, 3)}),
        (column("date", format="%Y-%m", missing=("",)), {}, {"2024-04": date(2024, 4, 1), "": None}),
        (
            column("timestamp"),
            {},
            {
                "2011-11-23 08:26": datetime(2011, 11, 23, 8, 26),
                "2011-11-23T08:26:59": datetime(2011, 11, 23, 8, 26, 59),
                "2011-11-23 23:59:59.25": datetime(2011, 11, 23, 23, 59, 59, 250000),
            },
        ),
        (
            column("date", format="%b %Y"),
            {},
            {
                "jan 2025": date(2025, 1, 1),
                "MAJ 2025": date(2025, 5, 1),
                "Mai 2025": date(2025, 5, 1),
                "may 2025": date(2025, 5, 1),
                "okt. 2024": date(2024, 10, 1),
                "oktober 2024": date(2024, 10, 1),
                "October 2024": date(2024, 10, 1),
                "des. 2024": date(2024, 12, 1),
                "marts 2024": date(2024, 3, 1),
                "Sept 2024": date(2024, 9, 1),
            },
        ),
        (
            column("date", format="%b-%y", century_from=1970),
            {},
            {"jun-69": date(2069, 6, 1), "juli-70": date(1970, 7, 1)},
        ),
        (
            column("date", format="%G-W%V"),
            {},
            {"2026-W01": date(2025, 12, 29), "2020-W53": date(2020, 12, 28), "2025-W09": date(2025, 2, 24)},
        ),
        (
            column("date", format="uge %-V, %G"),
            {},
            {"uge 1, 2025": date(2024, 12, 30), "uge 10, 2025": date(2025, 3, 3)},
        ),
        (column("date", format="%G%V"), {}, {"202314": date(2023, 4, 3)}),
        (column("date", format="%y%b%d", century_from=2000), {}, {"24feb29": date(2024, 2, 29)}),
        (column("date", format="%-d.%b.%Y"), {}, {"3.nov..2024": date(2024, 11, 3), "13.nov.2024": date(2024, 11, 13)}),
        (
            column("timestamp", format="%-d. %b %Y %H:%M"),
            {},
            {"4. jan. 2024 09:00": datetime(2024, 1, 4, 9), "29. februar 2024 23:59": datetime(2024, 2, 29, 23, 59)},
        ),
        (column("timestamp", format="%d-%m-%Y kl. %H.%M"), {}, {"03-04-2024 kl. 23.05": datetime(2024, 4, 3, 23, 5)}),
    ],
)
def test_good_cells(
    tmp_path: Path, declare: Declare, declared: Column, dialect: dict[str, Any], cells: dict[str, object]
) -> None:
    file = tmp_path / "good.csv"
    write(file, *cells)
    assert load(declare(file, declared, delimiter=";", **dialect)) == list(cells.values())


@pytest.mark.parametrize(
    ("kind", "format", "problem"),
    [
        (
            "date",
            "%d/%m/%y",
            "'%d/%m/%y' has a year of two digits (%y), which can be read in two ways; declare the first year that it "
            "can mean, as 'century_from: 1970' for 1970 to 2069.",
        ),
        ("date", "%d/%m/%y/%Y", "'%d/%m/%y/%Y' names a part of the date twice."),
        ("duration", "hh:mm", "format == 'hh:mm', must be one of h:mm:ss, h:mm, mm:ss. Did you mean 'h:mm'?"),
        ("duration", "mm:ss", None),
        (
            "date",
            "%d %B %Y",
            "'%d %B %Y' has '%B', must be one of %Y, %y, %m, %b, %G, %V, %-V, %d, %-m, %-d, %H, %-H, %M, %S, %f.",
        ),
        ("date", "%d/%m", "'%d/%m' lacks %Y, which a date needs."),
        ("date", "Y-m-d", "'Y-m-d' lacks %Y, %m, which a date needs."),
        ("date", "%d/%-d/%m/%Y", "'%d/%-d/%m/%Y' names a part of the date twice."),
        ("date", "%-d%m%Y", "'%-d%m%Y' has nothing between a part of one or two digits and the next one."),
        (
            "date",
            "%Y-%m-%d %H:%M",
            "'%Y-%m-%d %H:%M' has a time of day, which a date has not; declare the column as timestamp.",
        ),
        ("timestamp", "%Y-%m-%d", "'%Y-%m-%d' lacks %H, %M, which a timestamp needs."),
        ("date", "%d %b %m %Y", "'%d %b %m %Y' names a part of the date twice."),
        ("date", "%G-%V", None),
        ("date", "%Y-%V", "'%Y-%V': a week is a date of %G and %V, without another part."),
        ("timestamp", "%G-%V %H:%M", "'%G-%V %H:%M': a week is a date of %G and %V, without another part."),
        ("date", "%d %b", "'%d %b' lacks %Y, which a date needs."),
        (
            "date",
            "%d.%m.%Y%",
            "'%d.%m.%Y%' has '%', must be one of %Y, %y, %m, %b, %G, %V, %-V, %d, %-m, %-d, %H, %-H, %M, %S, %f.",
        ),
        ("date", None, None),
        ("date", "%-d/%-m/%Y", None),
        ("timestamp", "%d.%m.%Y %H:%M:%S.%f", None),
    ],
)
def test_formats_of_dates(tmp_path: Path, declare: Declare, kind: str, format: str | None, problem: str | None) -> None:
    assert format_problem(column(kind, format=format)) == problem
    if problem is not None:
        source = declare(tmp_path / "never_opened.csv", column(kind, format=format))
        with pytest.raises(SourceError) as caught:
            load(source)
        assert str(caught.value) == f"{source.file}, column 'x': the format {problem}"


@pytest.mark.parametrize(
    ("scale", "expected"),
    [(0, "DECIMAL(18, 0)"), (6, "DECIMAL(18, 6)"), (7, "DECIMAL(38, 7)")],
)
def test_decimals_are_exact_and_no_wider_than_they_must_be(scale: int, expected: str) -> None:
    assert reading(column("decimal", scale=scale), Dialect()).sql_type == expected


CELLS = st.text("0123456789.,-+ '/:eET%aZ\xa0", max_size=12)


@given(st.sampled_from([kind for kind in READINGS if kind != "text"]), st.sampled_from([{}, DANISH, NORWEGIAN]), CELLS)
def test_every_refused_cell_has_a_reason(kind: str, dialect: dict[str, Any], cell: str) -> None:
    reason, way_out = fault(column(kind, scale=2), Dialect(**dialect), cell)
    assert reason.endswith(".")
    assert way_out == "" or way_out.endswith(".")


@settings(max_examples=20)
@given(numbers=st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=50))
def test_decimals_written_in_any_way_are_read_exactly(
    tmp_path_factory: pytest.TempPathFactory, declare: Declare, numbers: list[Decimal]
) -> None:
    """As 1.234,50 and as 1234,50."""
    file = tmp_path_factory.mktemp("numbers") / "good.csv"
    for grouped in ("{:,.2f}", "{:.2f}"):
        write(file, *(grouped.format(number).translate(str.maketrans(",.", ".,")) for number in numbers))
        assert load(declare(file, column("decimal", scale=2, fixed=True), delimiter=";", **DANISH)) == numbers


@pytest.mark.parametrize("cell", ["1.234", "-12.345", "999.000"])
def test_a_plain_number_with_two_readings_is_refused_until_its_marks_are_declared(
    tmp_path: Path, declare: Declare, cell: str
) -> None:
    file = tmp_path / "data.csv"
    write(file, cell)
    with pytest.raises(SourceError) as caught:
        load(declare(file, column("number"), delimiter=";"))
    assert str(caught.value) == (
        f"{file}, row 2, column 'x', value {cell!r}: can be read as {cell} and as {cell.replace('.', '')}. "
        "Declare the `decimal:` and `thousands:` marks of the dialect."
    )
    assert load(declare(file, column("number"), delimiter=";", marks_declared=True)) == [float(cell)]
