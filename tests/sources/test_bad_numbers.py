"""Numbers, texts and percents that are refused: a table of cells, with the whole sentence that each gets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpikit.sources.columns import READINGS
from kpikit.sources.declarations import Column
from tests.sources.cells import DANISH, NBSP, NORWEGIAN, POINT, Declare, check_refused, column

MARKS = "Declare the `decimal:` and `thousands:` marks of the dialect, or correct it in the file."
BLANK = (
    'Declare the blank between thousands, `thousands: " "`, and the `decimal:` mark in the dialect, '
    "or correct it in the file."
)
TWO_MARKS = "Declare the `decimal:` and `thousands:` marks of the dialect"
AS_DECLARED = "is not written as declared, with"
CODE = "If it is a code, declare the column as `text`."
BAD: list[tuple[Column, dict[str, Any], str, str]] = [
    # missing
    *(
        (column(kind, scale=2), {}, "", 'is empty. If that means that there is no value, list "" under `missing:`.')
        for kind in READINGS
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
        "is not a number. Declare the column as `percent`.",
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
        "has decimals, and the column is declared as integer. Declare it as `decimal` with its `scale:`.",
    ),
    (
        column("integer"),
        DANISH,
        "1,234",
        "has decimals, and the column is declared as integer. Declare it as `decimal` with its `scale:`.",
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
            f"{AS_DECLARED} '.' before decimals and no mark between thousands. {marks}",
        )
        for kind in ("integer", "number", "decimal")
        for cell, marks in (("1 234", BLANK), ("-1'234", MARKS), (f"−1{NBSP}234,5", BLANK), ("1.234.567", MARKS))
    ),
    (
        column("decimal", scale=2),
        DANISH,
        "kr. −1.890,17",
        'is not a number. Declare what stands beside each number as the column\'s `symbol: "kr."`; if it means that '
        "there is no value, list 'kr. −1.890,17' under `missing:`.",
    ),
    (
        column("integer"),
        {},
        "–",
        "is not a number. If it means that there is no value, list '–' under `missing:`; "
        "else remove what is no part of a number from the file.",
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
        "has more decimals (3) than the 2 that are declared. Declare `scale: 3`.",
    ),
    (
        column("decimal", scale=2),
        {},
        "0.2345",
        "has more decimals (4) than the 2 that are declared. Declare `scale: 4`.",
    ),
    (
        column("decimal", scale=0),
        {},
        "0.5",
        "has more decimals (1) than the 0 that are declared. Declare `scale: 1`.",
    ),
    (
        column("decimal", scale=2, fixed=True),
        {},
        "1.5",
        "has another number of decimals (1) than the 2 that are declared. "
        "Correct it in the file, or leave `fixed:` out.",
    ),
    (
        column("decimal", scale=2, fixed=True),
        DANISH,
        "1.234",
        "has another number of decimals (0) than the 2 that are declared. "
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
    *(
        (
            column("integer", symbol=symbol),
            {},
            cell,
            "may be negative, and only a hyphen or a minus sign right before a number says so. "
            f"Write it as {written} in the file.",
        )
        for symbol, cell, written in (
            (None, "(5)", "-5"),
            (None, "\N{MINUS SIGN} 5", "-5"),
            (None, "5\N{MINUS SIGN}", "-5"),
            (None, "\N{EN DASH} 1,234.5", "-1,234.5"),
            (None, "5-", "-5"),
            ("kr", "\N{EN DASH}5 kr", "-5"),
            ("$", "($1,234)", "-1,234"),
        )
    ),
    (
        column("decimal", scale=2),
        {},
        "1.5E+05",
        "is not a number. Declare the column as `number`.",
    ),
    # texts
    *(
        (column(kind, scale=2), {}, cell, f"holds the sign U+{code}, which cannot be shown. Remove it in the file.")
        for kind in ("text", "date", "number")
        for cell, code in (("a\x1b[31mb", "001B"), ("\ufeff1", "FEFF"), ("\u2028", "2028"), ("1\x7f", "007F"))
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
        "has another number of decimals (0) than the 1 that are declared. "
        "Correct it in the file, or leave `fixed:` out.",
    ),
    (
        column("percent", scale=0),
        {},
        "80.5%",
        "has more decimals (1) than the 0 that are declared. Declare `scale: 1`.",
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
        "has more decimals (3) than the 2 that are declared. Declare `scale: 3`.",
    ),
]


@pytest.mark.parametrize(("declared", "dialect", "cell", "message"), BAD)
def test_bad_cells(
    tmp_path: Path, declare: Declare, declared: Column, dialect: dict[str, Any], cell: str, message: str
) -> None:
    check_refused(declare, tmp_path / "bad.csv", declared, dialect, cell, message)
