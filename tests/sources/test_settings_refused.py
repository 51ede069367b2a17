"""What is refused in the sources of workspace.yml, each as a whole sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.declared import SOURCE, refusal

OUTSIDE = "line 4, sources.orders.file: lies outside the workspace's folder."
REFUSED = [  # what is written, what is written instead, the sentence
    ("file: sources/orders.csv", "file: ../orders.csv", OUTSIDE),
    ("file: sources/orders.csv", "file: sources/../../orders.csv", OUTSIDE),
    ("file: sources/orders.csv", "file: /etc/passwd", OUTSIDE),
    ("file: sources/orders.csv", "file: link.csv", OUTSIDE),
    (
        "    file: sources/orders.csv\n",
        "",
        "line 4, sources.orders.file: is required. Write it as 'file: sources/sales.csv'.",
    ),
    (
        "format: csv",
        "format: xlsx",
        "line 5, sources.orders.format: format == 'xlsx', must be one of csv, parquet. Of a workbook of Excel, save "
        "each sheet that is needed as a file of its own: as 'CSV UTF-8'.",
    ),
    (
        "kind: events",
        "kind: event",
        "line 6, sources.orders.kind: kind == 'event', must be one of events, snapshots, aggregates. "
        "Did you mean 'events'?",
    ),
    (
        "every: day",
        "every: daily",
        "line 7, sources.orders.every: every == 'daily', must be one of day, week, month, span. Did you mean 'day'?",
    ),
    (
        "covers: 2009-12-01..2011-12-09",
        "covers: 2009-12-01..9999-12-31",
        "line 8, sources.orders.covers: '9999-12-31' must be a date that exists, as 2011-11-23, from 1800 to 2999.",
    ),
    (
        "client: country",
        "client: land",
        "line 9, sources.orders.client: must name a column that is declared as text.",
    ),
    ("client: country", "client: day", "line 9, sources.orders.client: must name a column that is declared as text."),
    (
        "time: day",
        "time: country",
        "line 10, sources.orders.time: must name a column that is declared as date or timestamp.",
    ),
    (
        "day: date",
        "day: Date",
        "line 13, sources.orders.columns.day: day == 'Date', must be one of text, integer, decimal, number, percent, "
        "duration, boolean, date, timestamp. Did you mean 'date'?",
    ),
    (
        "day: date",
        "day: decimal",
        "line 13, sources.orders.columns.day: a decimal needs its scale, as {type: decimal, scale: 2}.",
    ),
    (
        "day: date",
        "day: {type: decimal}",
        "line 13, sources.orders.columns.day.scale: is required. Write it as 'scale: 2'.",
    ),
    (
        "day: date",
        "day: {type: decimal, scale: 10}",
        "line 13, sources.orders.columns.day.scale: '10' must be a whole number from 0 to 9.",
    ),
    (
        "day: date",
        "day: {type: integer, scale: 2}",
        "line 13, sources.orders.columns.day.scale: unknown key. key == 'scale', must be one of type, constant, "
        "symbol, missing, header, personal.",
    ),
    (
        "day: date",
        "day: {type: text, format: x}",
        "line 13, sources.orders.columns.day.format: unknown key. key == 'format', must be one of type, constant, "
        "missing, header, personal.",
    ),
    (
        "day: date",
        "day: {type: integer, constant: 5}",
        "line 13, sources.orders.columns.day.type: type == 'integer', must be one of text.",
    ),
    (
        "day: date",
        "day: {type: text, constant: x, header: Day}",
        "line 13, sources.orders.columns.day.header: unknown key. key == 'header', must be one of type, constant.",
    ),
    (
        "day: date",
        "day: {type: date, century_from: 1970}",
        "line 13, sources.orders.columns.day.century_from: belongs to a 'format' with a year of two digits, %y.",
    ),
    (
        "day: date",
        "day: {type: date, format: '%d.%m.%y', century_from: 70}",
        "line 13, sources.orders.columns.day.century_from: '70' must be a whole number from 1000 to 2900.",
    ),
    (
        "day: date",
        "day: {type: date, format: '%d.%m.%y'}",
        "line 13, sources.orders.columns.day.format: '%d.%m.%y' has a year of two digits (%y), which can be read in "
        "two ways; declare the first year that it can mean, as 'century_from: 1970' for 1970 to 2069.",
    ),
    (
        "day: date",
        "day: {type: duration, format: h:m}",
        "line 13, sources.orders.columns.day.format: format == 'h:m', must be one of h:mm:ss, h:mm, mm:ss. "
        "Did you mean 'h:mm'?",
    ),
    *(
        (
            "day: date",
            f'day: {{type: integer, symbol: "{symbol}"}}',
            f"line 13, sources.orders.columns.day.symbol: {symbol!r} must hold a sign such as $ or letters; no digit, "
            "minus or parenthesis, and no blank around it.",
        )
        for symbol in ("1", "US-$", " $", "kr ", ".", "' ,", "x" * 21)
    ),
    (
        "day: date",
        'day: {type: date, missing: ""}',
        "line 13, sources.orders.columns.day.missing: must be a list of texts, as [a, b].",
    ),
    (
        "      day: date\n",
        "      day: date\n      day: text\n",
        "line 14, sources.orders.columns.day: stands twice, first on line 13.",
    ),
    (
        "every: day",
        "every: day\n    opne: [mon]",
        "line 8, sources.orders.opne: unknown key. key == 'opne', must be one of file, every, covers, columns, open, "
        "format, dialect, client, time, kind, attribution, accounts, on_bad_rows, bad_rows_at_most, immature_days, "
        "same_rows. Did you mean 'open'?",
    ),
    (
        "every: day",
        "every: day\n    open: [monday]",
        "line 8, sources.orders.open: must be a list of weekdays out of mon, tue, wed, thu, fri, sat, sun.",
    ),
    (
        "every: day",
        "every: day\n    open: []",
        "line 8, sources.orders.open: must be a list of weekdays out of mon, tue, wed, thu, fri, sat, sun.",
    ),
    ("every: day", "every: day\n    open: mon", "line 8, sources.orders.open: must be a list of texts, as [mon]."),
    (
        "every: day",
        "every: week\n    open: [mon]",
        "line 8, sources.orders.open: belongs to sources with 'every: day'.",
    ),
    (
        "every: day",
        "every: span",
        "line 10, sources.orders.time: does not go with 'every: span': each row is about all days of 'covers'.",
    ),
    (
        "every: day",
        "every: span\n    open: [mon]",
        "line 11, sources.orders.time: does not go with 'every: span': each row is about all days of 'covers'.",
    ),
    (
        "day: date",
        "'{time}': date",
        "line 13, sources.orders.columns.{time}: is what 'covers' says of the time; leave it out here.",
    ),
    (
        "format: csv",
        "format: parquet\n    dialect: {delimiter: ;}",
        "line 6, sources.orders.dialect: belongs to sources with 'format: csv'.",
    ),
]
DIALECTS = [
    ("{delimiter: ;;}", "delimiter: ';;' must be one sign, not a letter, a digit, a minus or a line's end."),
    ("{delimiter: x}", "delimiter: 'x' must be one sign, not a letter, a digit, a minus or a line's end."),
    (r'{delimiter: "\n"}', r"delimiter: '\n' must be one sign, not a letter, a digit, a minus or a line's end."),
    ("{thousands: 0}", "thousands: '0' must be one sign, not a letter, a digit, a minus or a line's end."),
    ("{delimiter: }", "delimiter: is empty."),
    ("{thousands: '.'}", "thousands: '.' is the decimal mark already. Declare another one as `decimal:`."),
    ("{decimal: '.', thousands: '.'}", "thousands: '.' is the decimal mark already."),
    ("{delimiter: ';', quote: ';'}", "quote: ';' is the delimiter already."),
    ("{skip: -1}", "skip: '-1' must be a whole number from 0 to 1000."),
    ("{skip: sep=;}", "skip: 'sep=;' must be a whole number from 0 to 1000."),
    ('{comment: ""}', "comment: is empty."),
    ("{comment: ',#'}", "comment: ',#' begins with a blank, the delimiter or the quote."),
    ("{comment: '\"'}", "comment: '\"' begins with a blank, the delimiter or the quote."),
    ("{comment: ' #'}", "comment: ' #' begins with a blank, the delimiter or the quote."),
    (
        "{totals: Total}",
        "totals: must say in which column of the file a totals row is told by what, as 'totals: {Dato: [Total]}'.",
    ),
    ("{totals: {Day: Total}}", "totals.Day: must be a list of texts, as [Total]."),
    ("{totals: {Day: []}}", "totals.Day: is an empty list; name what stands there in a totals row, as [Total]."),
    ("{missing: N/A}", "missing: must be a list of texts, as [a, b]."),
    ("{decimal: ;}", "decimal: decimal == ';', must be one of ., ,."),
    (
        "{encoding: latin-1}",
        "encoding: encoding == 'latin-1', must be one of utf-8, utf-16, iso-8859-1, windows-1252.",
    ),
    (
        "{separator: ;}",
        "separator: unknown key. key == 'separator', must be one of delimiter, quote, decimal, thousands, encoding, "
        "skip, comment, totals, missing.",
    ),
]


@pytest.mark.parametrize(("written", "instead", "sentence"), REFUSED)
def test_what_is_wrong_with_a_source_is_refused(tmp_path: Path, written: str, instead: str, sentence: str) -> None:
    (tmp_path / "link.csv").symlink_to("/etc/hostname")
    assert written in SOURCE
    assert refusal(tmp_path, SOURCE.replace(written, instead)) == sentence


@pytest.mark.parametrize(("dialect", "sentence"), DIALECTS)
def test_what_is_wrong_with_a_dialect_is_refused(tmp_path: Path, dialect: str, sentence: str) -> None:
    assert refusal(tmp_path, f"{SOURCE}    dialect: {dialect}\n") == f"line 14, sources.orders.dialect.{sentence}"
