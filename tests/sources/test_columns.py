"""Types of columns: a table of cells with their values, and a table of cells with the sentences that refuse them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpikit.sources.columns import format_problem, reading
from kpikit.sources.declarations import TYPES, Column, Dialect, Source
from kpikit.sources.engine import Engine
from kpikit.sources.faults import fault
from kpikit.words.errors import SourceError

Declare = Callable[..., Source]
NBSP = "\N{NO-BREAK SPACE}"
DANISH = {"decimal": ",", "thousands": "."}
NORWEGIAN = {"decimal": ",", "thousands": " "}
POINT = {"decimal": "."}


def column(type: str, **more: object) -> Column:
    return Column("x", type, **more)  # type: ignore[arg-type]


def write(file: Path, *cells: str) -> None:
    lines = ["key;x"] + [f"{number};{cell}" for number, cell in enumerate(cells)]
    file.write_text("\n".join(lines), encoding="utf-8")


def load(source: Source) -> list[object]:
    with Engine(threads=1) as engine:
        engine.load(source)
        return [row[0] for row in engine.table(source.name).fetchall()]


@pytest.mark.parametrize(
    ("declared", "dialect", "cells"),
    [
        (column("text"), {}, {"å": "å", " a ": " a ", "0123": "0123", "NULL": "NULL", "=1+1": "=1+1", "'": "'"}),
        (column("text", missing=("", "N/A")), {}, {"": None, "N/A": None, "n/a": "n/a"}),
        (column("integer"), {}, {"0": 0, "-0": 0, "12": 12, "-1234567": -1234567, "9223372036854775807": 2**63 - 1}),
        (column("integer"), DANISH, {"1.234": 1234, "12.345.678": 12345678, "1234": 1234, "999": 999}),
        (column("integer"), {"thousands": ","}, {"92,812": 92812, "-1,362,250": -1362250}),
        (column("integer"), {"thousands": "'"}, {"1'234": 1234}),
        (column("integer"), {"thousands": NBSP}, {f"1{NBSP}234": 1234}),
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
        (column("timestamp", format="%d-%m-%Y kl. %H.%M"), {}, {"03-04-2024 kl. 23.05": datetime(2024, 4, 3, 23, 5)}),
    ],
)
def test_good_cells(
    tmp_path: Path, declare: Declare, declared: Column, dialect: dict[str, Any], cells: dict[str, object]
) -> None:
    file = tmp_path / "good.csv"
    write(file, *cells)
    assert load(declare(file, declared, delimiter=";", **dialect)) == list(cells.values())


MARKS = "Declare the `decimal:` and `thousands:` marks of the dialect, or correct it in the file."
TWO_MARKS = "Declare the `decimal:` and `thousands:` marks of the dialect"
AS_DECLARED = "is not written as declared, with"
CODE = "If it is a code, declare the column as `text`."
FOUR = (
    "has a year of two digits, which can be read in two ways. Export it with four, or declare its `format:` with %y "
    "and its `century_from:`."
)


@pytest.mark.parametrize(
    ("declared", "dialect", "cell", "message"),
    [
        # missing
        *(
            (column(kind, scale=2), {}, "", 'is empty. If that means that there is no value, list "" under `missing:`.')
            for kind in TYPES
        ),
        (
            column("number"),
            {},
            " ",
            'is blank. If that means that there is no value, list " " under `missing:`.',
        ),
        (
            column("integer", missing=("",)),
            {},
            "N/A",
            "is not a number. If it means that there is no value, list 'N/A' under `missing:`; "
            "else remove what is no part of a number from the file.",
        ),
        (
            column("number"),
            {},
            "80.00%",
            "is not a number. If it means that there is no value, list '80.00%' under `missing:`; "
            "else declare the column as `percent`.",
        ),
        # whole numbers
        (column("integer"), {}, " 1", "has blanks around it. Remove them in the file."),
        (column("integer"), {}, f"1{NBSP}", "has blanks around it. Remove them in the file."),
        (column("integer"), {}, "007", f"begins with a zero that a number does not need. {CODE}"),
        (column("integer"), {}, "9223372036854775808", f"is too large for a column of type integer. {CODE}"),
        (column("integer"), {}, "1.234", f"can be read as 1.234 and as 1234. {TWO_MARKS}."),
        (column("integer"), {}, "1,234", f"can be read as 1.234 and as 1234. {TWO_MARKS}."),
        (
            column("integer"),
            {},
            "1.5",
            "has 1 digit after the decimal mark, and the column is declared as integer. "
            "Declare it as `decimal` with its `scale:`.",
        ),
        (
            column("integer"),
            DANISH,
            "1,234",
            "has 3 digits after the decimal mark, and the column is declared as integer. "
            "Declare it as `decimal` with its `scale:`.",
        ),
        (column("integer"), {}, "+5", f"{AS_DECLARED} '.' before decimals and no mark between thousands. {MARKS}"),
        (column("integer"), DANISH, "12.34", f"{AS_DECLARED} ',' before decimals and '.' between thousands. {MARKS}"),
        (column("integer"), DANISH, "0.500", f"{AS_DECLARED} ',' before decimals and '.' between thousands. {MARKS}"),
        (
            column("integer"),
            DANISH,
            "1234.567",
            f"{AS_DECLARED} ',' before decimals and '.' between thousands. {MARKS}",
        ),
        # decimals
        (
            column("decimal", scale=2),
            {},
            "1.234",
            f"can be read as 1.234 and as 1234. {TWO_MARKS}.",
        ),
        *(
            (column(kind, scale=scale), {}, cell, f"can be read as {one} and as {other}. {TWO_MARKS}.")
            for kind, scale in (("integer", None), ("number", None), ("decimal", 2), ("decimal", 3), ("decimal", 6))
            for cell, one, other in (("-1.234", "-1.234", "-1234"), ("12,500", "12.500", "12500"))
        ),
        *(
            (
                column(kind, scale=3),
                {},
                cell,
                f"{AS_DECLARED} '.' before decimals and no mark between thousands. {MARKS}",
            )
            for kind in ("integer", "number", "decimal")
            for cell in ("1 234", "-1'234", f"1{NBSP}234", "1.234.567")
        ),
        (
            column("decimal", scale=2),
            {"decimal": ","},
            "1.234",
            f"{AS_DECLARED} ',' before decimals and no mark between thousands. {MARKS}",
        ),
        (
            column("decimal", scale=2),
            POINT,
            "1.234",
            "has 3 digits after the decimal mark, and at most 2 are declared. Declare `scale: 3`.",
        ),
        (
            column("decimal", scale=2),
            {},
            "0.2345",
            "has 4 digits after the decimal mark, and at most 2 are declared. Declare `scale: 4`.",
        ),
        (
            column("decimal", scale=0),
            {},
            "0.5",
            "has 1 digit after the decimal mark, and at most 0 are declared. Declare `scale: 1`.",
        ),
        (
            column("decimal", scale=2, fixed=True),
            {},
            "1.5",
            "has 1 digit after the decimal mark, and exactly 2 are declared. "
            "Correct it in the file, or leave `fixed:` out.",
        ),
        (
            column("decimal", scale=2, fixed=True),
            DANISH,
            "1.234",
            "has 0 digits after the decimal mark, and exactly 2 are declared. "
            "Correct it in the file, or leave `fixed:` out.",
        ),
        (
            column("decimal", scale=2, fixed=True),
            DANISH,
            "1.23450",
            f"{AS_DECLARED} ',' before decimals and '.' between thousands. {MARKS}",
        ),
        (
            column("decimal", scale=2),
            {},
            "99999999999999999",
            f"is too large for a column of type decimal. {CODE}",
        ),
        (
            column("decimal", scale=2),
            NORWEGIAN,
            "1 23,5",
            f"{AS_DECLARED} ',' before decimals and ' ' between thousands. {MARKS}",
        ),
        # numbers
        (column("number"), {}, "1e400", f"is too large for a column of type number. {CODE}"),
        (column("number"), {}, "12.", "ends with its decimal mark. Correct it in the file."),
        (column("number"), {}, "1,5", f"{AS_DECLARED} '.' before decimals and no mark between thousands. {MARKS}"),
        (column("number"), DANISH, "1,234.5", f"{AS_DECLARED} ',' before decimals and '.' between thousands. {MARKS}"),
        *(
            (
                column("number"),
                {},
                cell,
                f"is not a number. If it means that there is no value, list '{cell}' under `missing:`; "
                "else remove what is no part of a number from the file.",
            )
            for cell in ("inf", "NaN", "0x1F", "1_000", ".5", "-", "١٢", "#DIV/0!")
        ),
        # percents, amounts with a sign, durations
        (
            column("percent"),
            {},
            "0.8",
            "has no percent sign. If it means that there is no value, list '0.8' under `missing:`; "
            "of shares such as 0.8, declare the column as `number`.",
        ),
        (column("percent"), {}, "1.234%", f"can be read as 1.234 and as 1234. {TWO_MARKS}."),
        (column("percent"), {}, "80,5%", f"{AS_DECLARED} '.' before decimals and no mark between thousands. {MARKS}"),
        (
            column("percent", scale=1, fixed=True),
            {},
            "80%",
            "has 0 digits after the decimal mark, and exactly 1 are declared. "
            "Correct it in the file, or leave `fixed:` out.",
        ),
        (
            column("percent", scale=0),
            {},
            "80.5%",
            "has 1 digit after the decimal mark, and at most 0 are declared. Declare `scale: 1`.",
        ),
        (column("percent"), {}, "80.%", "ends with its decimal mark. Correct it in the file."),
        (column("percent"), {}, "080%", f"begins with a zero that a number does not need. {CODE}"),
        *(
            (
                column("percent"),
                {},
                cell,
                f"is not a number. If it means that there is no value, list '{cell}' under `missing:`; "
                "else remove what is no part of a number from the file.",
            )
            for cell in ("<1%", "%", "% 80 %", "8e1%")
        ),
        (column("percent"), {}, "%80", "is not a number with '%' after it. Correct it in the file."),
        (
            column("decimal", scale=2, symbol="$"),
            {},
            "172.45",
            "lacks '$', which is declared to stand beside each number. If it means that there is no value, list "
            "'172.45' under `missing:`; else correct the file, or the column's `symbol:`.",
        ),
        (
            column("decimal", scale=2, symbol="$"),
            {},
            "€172.45",
            "lacks '$', which is declared to stand beside each number. If it means that there is no value, list "
            "'€172.45' under `missing:`; else correct the file, or the column's `symbol:`.",
        ),
        (column("decimal", scale=2, symbol="$"), {}, "$1,234", f"can be read as 1.234 and as 1234. {TWO_MARKS}."),
        (column("decimal", scale=3, symbol="$"), {}, "$1.234", f"can be read as 1.234 and as 1234. {TWO_MARKS}."),
        (
            column("decimal", scale=2, symbol="kr."),
            DANISH,
            "kr.  5",
            "is not a number with 'kr.' before or after it. Correct it in the file.",
        ),
        (
            column("integer", symbol="kr"),
            {},
            "5kr-",
            "is not a number with 'kr' before or after it. Correct it in the file.",
        ),
        (
            column("decimal", scale=2, symbol="$"),
            POINT,
            "$0.123",
            "has 3 digits after the decimal mark, and at most 2 are declared. Declare `scale: 3`.",
        ),
        (
            column("duration"),
            {},
            "1:46",
            "can be read as 1 h 46 min and as 1 min 46 s. Declare `format: h:mm` or `format: mm:ss`.",
        ),
        *(
            (
                column("duration", format=format),
                {},
                cell,
                f"is not written as {format or 'h:mm:ss'}, with two digits from 00 to 59 after each colon. "
                "Declare its `format:`; if it counts seconds, declare the column as `integer`.",
            )
            for format, cell in (
                (None, "0:60:00"),
                (None, "0:1:46"),
                (None, "106"),
                ("mm:ss", "0:01:46"),
                ("h:mm", "1:60"),
            )
        ),
        *(
            (
                column("duration"),
                {},
                cell,
                f"is not a duration written as h:mm:ss. If it means that there is no value, list '{cell}' under "
                "`missing:`; if it counts seconds, declare the column as `number`.",
            )
            for cell in ("<00:00:01", "1m 46s", "106.5", "-0:01:46", "0:01:46.5")
        ),
        # booleans
        *(
            (
                column("boolean"),
                {},
                cell,
                f"is neither true nor false. If it means that there is no value, list '{cell}' under `missing:`; "
                "else declare the column as `text`.",
            )
            for cell in ("1", "yes", "tRUE")
        ),
        # dates
        (column("date"), {}, "2011-02-30", "does not exist in the calendar."),
        (
            column("date"),
            {},
            "03/04/2024",
            "can be read as 2024-04-03 and as 2024-03-04. Declare `format: '%d/%m/%Y'` or '%m/%d/%Y'.",
        ),
        (
            column("date"),
            {},
            "3.4.2024",
            "can be read as 2024-04-03 and as 2024-03-04. Declare `format: '%-d.%-m.%Y'` or '%-m.%-d.%Y'.",
        ),
        (column("date"), {}, "23-04-2024", "is not an ISO date. Declare its `format:`, such as '%d-%m-%Y'."),
        (column("date"), {}, "04/23/2024", "is not an ISO date. Declare its `format:`, such as '%m/%d/%Y'."),
        (column("date"), {}, "04/04/2024", "is not an ISO date. Declare its `format:`, such as '%d/%m/%Y'."),
        (column("date"), {}, "1/2/13", FOUR),
        (column("date"), {}, "2024-04-03 12:00", "has a time of day. Declare the column as `timestamp`."),
        (
            column("date"),
            {},
            "Total",
            "is not a date. If it stands in a totals row, declare `totals: {x: ['Total']}` in the dialect; if it "
            "means that there is no value, list 'Total' under `missing:` (not of the `time`).",
        ),
        (
            column("timestamp", format="%d-%m-%Y %H:%M"),
            {},
            "I alt",
            "is not a timestamp. If it stands in a totals row, declare `totals: {x: ['I alt']}` in the dialect; if it "
            "means that there is no value, list 'I alt' under `missing:` (not of the `time`).",
        ),
        (
            column("date"),
            {},
            "November 2011",
            "is not an ISO date, such as 2011-11-23. If it means that there is no value, list 'November 2011' under "
            "`missing:`; else declare its `format:`.",
        ),
        (
            column("date", format="%d-%m-%Y"),
            {},
            "2024-04-03",
            "is not written as declared, '%d-%m-%Y'. Correct it in the file, or the `format:`.",
        ),
        (
            column("date", format="%d-%m-%Y"),
            {},
            "3-04-2024",
            "is not written as declared, '%d-%m-%Y'. Correct it in the file, or the `format:`.",
        ),
        (column("date", format="%m/%d/%Y"), {}, "13/04/2024", "does not exist in the calendar."),
        (column("date", format="%-d/%-m/%y", century_from=2000), {}, "29/2/13", "does not exist in the calendar."),
        (column("date", format="%d/%m/%y", century_from=1900), {}, "29/02/00", "does not exist in the calendar."),
        (
            column("date", format="%-d/%-m/%y", century_from=2000),
            {},
            "1/2/2013",
            "is not written as declared, '%-d/%-m/%y'. Correct it in the file, or the `format:`.",
        ),
        # timestamps
        (column("timestamp"), {}, "2011-02-29 08:00", "is no moment that exists."),
        (column("timestamp"), {}, "2011-11-23", "has no time of day. Declare the column as `date`."),
        (
            column("timestamp"),
            {},
            "2011-11-23T08:26:00Z",
            "has a time zone, and none is read. Export it in the client's local time, without a zone.",
        ),
        (
            column("timestamp"),
            {},
            "03/04/2024 08:26:00",
            "can be read as 2024-04-03 and as 2024-03-04. Declare `format: '%d/%m/%Y %H:%M:%S'` or "
            "'%m/%d/%Y %H:%M:%S'.",
        ),
        (column("timestamp"), {}, "1/2/13 8:26", FOUR),
        (
            column("timestamp"),
            {},
            "2011-11-23 24:00",
            "is not an ISO timestamp, such as 2011-11-23 08:26. If it means that there is no value, list "
            "'2011-11-23 24:00' under `missing:`; else declare its `format:`.",
        ),
    ],
)
def test_bad_cells(
    tmp_path: Path, declare: Declare, declared: Column, dialect: dict[str, Any], cell: str, message: str
) -> None:
    file = tmp_path / "bad.csv"
    write(file, cell)
    with pytest.raises(SourceError) as caught:
        load(declare(file, declared, delimiter=";", **dialect))
    assert str(caught.value) == f"{file}, row 2, column 'x', value {cell!r}: {message}"


def test_a_long_value_is_cut(tmp_path: Path, declare: Declare) -> None:
    file = tmp_path / "long.csv"
    write(file, "x" * 900_000)
    with pytest.raises(SourceError) as caught:
        load(declare(file, column("integer"), delimiter=";"))
    assert len(str(caught.value)) < len(str(file)) + 400


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
            "'%d %B %Y' has '%B', must be one of %Y, %y, %m, %d, %-m, %-d, %H, %-H, %M, %S, %f.",
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
        ("date", "%d.%m.%Y%", "'%d.%m.%Y%' has '%', must be one of %Y, %y, %m, %d, %-m, %-d, %H, %-H, %M, %S, %f."),
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


@given(st.sampled_from([kind for kind in TYPES if kind != "text"]), st.sampled_from([{}, DANISH, NORWEGIAN]), CELLS)
def test_every_refused_cell_has_a_reason(kind: str, dialect: dict[str, Any], cell: str) -> None:
    reason, way_out = fault(column(kind, scale=2), Dialect(**dialect), cell)
    assert reason.endswith(".")
    assert way_out == "" or way_out.endswith(".")


@settings(max_examples=20, deadline=None)
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
