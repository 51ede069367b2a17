"""Durations, booleans, dates and timestamps that are refused: a table of cells with their sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpikit.sources.declarations import Column
from kpikit.words.errors import SourceError
from tests.sources.cells import Declare, check_refused, column, load, write

FOUR = (
    "has a year of two digits, which can be read in two ways. Export it with four, or declare its `format:` with %y "
    "and its `century_from:`."
)

BAD: list[tuple[Column, dict[str, Any], str, str]] = [
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
    *(
        (column("date"), {}, cell, f"is not an ISO date. Declare its `format:`, such as '{format}'.")
        for cell, format in (
            ("November 2011", "%b %Y"),
            ("jan. 2025", "%b %Y"),
            ("4. jan. 2024", "%-d. %b %Y"),
            ("Jan 04, 2024", "%b %d, %Y"),
            ("20240101", "%Y%m%d"),
            ("2024-W05", "%G-W%V"),
            ("2024-13", "%G-%V"),
            ("2024.01.31", "%Y.%m.%d"),
        )
    ),
    *(
        (column("date"), {}, cell, f"can be read as a month and as a week. Declare `format: '{month}'` or '{week}'.")
        for cell, month, week in (
            ("2024-01", "%Y-%m", "%G-%V"),
            ("202401", "%Y%m", "%G%V"),
            ("01-2024", "%m-%Y", "%V-%G"),
        )
    ),
    (column("date", format="%G-%V"), {}, "2021-53", "does not exist in the calendar."),
    (column("date"), {}, "jan-25", FOUR),
    (
        column("date"),
        {},
        "1. kvartal 2011",
        "is not an ISO date, such as 2011-11-23. If it means that there is no value, list '1. kvartal 2011' under "
        "`missing:`; else declare its `format:`.",
    ),
    *(
        (
            column("date", format="%b %Y"),
            {},
            cell,
            "is not written as declared, '%b %Y'. Correct it in the file, or the `format:`.",
        )
        for cell in ("janv 2025", "jan.. 2025", "2025 jan", "ja 2025")
    ),
    (
        column("timestamp"),
        {},
        "4. jan. 2024 09:00",
        "is not an ISO timestamp. Declare its `format:`, such as '%-d. %b %Y %H:%M'.",
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
    (
        column("date", format="%m/%d/%Y"),
        {},
        "13/04/2024",
        "does not exist in the calendar. All values of the column fit '%d/%m/%Y': declare that as its `format:`.",
    ),
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
        "can be read as 2024-04-03 and as 2024-03-04. Declare `format: '%d/%m/%Y %H:%M:%S'` or '%m/%d/%Y %H:%M:%S'.",
    ),
    (column("timestamp"), {}, "1/2/13 8:26", FOUR),
    (
        column("timestamp"),
        {},
        "2011-11-23 24:00",
        "is not an ISO timestamp, such as 2011-11-23 08:26. If it means that there is no value, list "
        "'2011-11-23 24:00' under `missing:`; else declare its `format:`.",
    ),
]


@pytest.mark.parametrize(("declared", "dialect", "cell", "message"), BAD)
def test_bad_cells(
    tmp_path: Path, declare: Declare, declared: Column, dialect: dict[str, Any], cell: str, message: str
) -> None:
    check_refused(declare, tmp_path / "bad.csv", declared, dialect, cell, message)


def test_a_long_value_is_cut(tmp_path: Path, declare: Declare) -> None:
    file = tmp_path / "long.csv"
    write(file, "x" * 900_000)
    with pytest.raises(SourceError) as caught:
        load(declare(file, column("integer"), delimiter=";"))
    assert len(str(caught.value)) < len(str(file)) + 400
