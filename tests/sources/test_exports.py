"""Exports of well-known programs: as they are, without what they need to be declared, and those of a publisher."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kpikit.sources.declarations import Source
from kpikit.sources.engine import Engine
from kpikit.sources.rows import check_rows
from kpikit.sources.settings import read_sources
from kpikit.sources.strict import read
from kpikit.words.errors import SourceError
from tests.sources.exports import (
    DANISH,
    EXPORTS,
    GA4,
    GOOGLE_ADS,
    META_ADS,
    SEARCH_CONSOLE,
    STATBANK,
    UNIVERSAL_ANALYTICS,
    Export,
)


def loaded(source: Source) -> list[tuple[Any, ...]]:
    with Engine(threads=1) as engine:
        engine.load(source)
        return engine.table(source.name).fetchall()


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
def test_exports_as_they_are(tmp_path: Path, export: Export) -> None:
    assert loaded(export.source(tmp_path)) == export.rows


MARKS = "Declare the `decimal:` and `thousands:` marks of the dialect"


@pytest.mark.parametrize(
    ("export", "declared", "instead", "message"),
    [
        (
            GA4,
            'comment: "#", ',
            "",
            ", row 1, column 'Date': there is no such column. The file has '# "
            "----------------------------------------'. "
            'Lines above the header that begin with # are declared as `comment: "#"`.',
        ),
        (
            GA4,
            'totals: {Date: [""], Totals: [Grand total]}, ',
            "",
            ", row 12, column 'Date', value '': is empty. Every row needs one: correct the file, or leave the row out, "
            "by `totals:` if it is one of totals, else by `on_bad_rows: quarantine`.",
        ),
        (
            GA4,
            ', format: "%Y%m%d"',
            "",
            ", row 13, column 'Date', value '20260501': is not an ISO date. Declare its `format:`, such as '%Y%m%d'.",
        ),
        (
            SEARCH_CONSOLE,
            "CTR: percent",
            "CTR: number",
            ", row 2, column 'CTR', value '59.55%': is not a number. Declare the column as `percent`.",
        ),
        (
            GOOGLE_ADS,
            "skip: 2, ",
            "",
            ", row 1, column 'Day': there is no such column. The file has 'Campaign report'. "
            "Row 3 has all columns that are declared: write `skip: 2`.",
        ),
        (
            GOOGLE_ADS,
            'totals: {Day: ["Total: Campaigns", "Total: Account"]}',
            "quote: '\"'",
            ", row 6, column 'Day', value 'Total: Campaigns': is not a date. If it stands in a totals row, declare "
            "`totals: {Day: ['Total: Campaigns']}` in the dialect; if it means that there is no value, list 'Total: "
            "Campaigns' under `missing:` (not of the `time`).",
        ),
        (
            GOOGLE_ADS,
            ', missing: [" --"]',
            "",
            ", row 5, column 'CTR', value ' --': has blanks around it. If it means that there is no value, list ' --' "
            "under `missing:`; else remove them.",
        ),
        (
            GOOGLE_ADS,
            'thousands: ",", ',
            "",
            f", row 4, column 'Impr.', value '12,345': can be read as 12.345 and as 12345. {MARKS}.",
        ),
        (
            GOOGLE_ADS,
            ", symbol: $",
            "",
            ", row 4, column 'Cost', value '$1,172.45': is not a number. Declare what stands beside each number as "
            'the column\'s `symbol: "$"`; if it means that there is no value, list '
            "'$1,172.45' under `missing:`.",
        ),
        (
            META_ADS,
            'decimal: ".", ',
            "",
            ", row 2, column 'CPM (cost per 1,000 impressions) (EGP)', value '31.168': can be read as "
            f"31.168 and as 31168. {MARKS}.",
        ),
        (
            META_ADS,
            "Amount spent (EGP)",
            "Amount spent (USD)",
            ", row 1, column 'Amount spent (USD)': there is no such column. Did you mean 'Amount spent (EGP)'?",
        ),
        (
            UNIVERSAL_ANALYTICS,
            "duration",
            "integer",
            ", row 8, column 'Avg. Session Duration', value '0:01:46': is not a number. Declare the column as "
            "`duration`.",
        ),
        (
            DANISH,
            ", skip: 1",
            "",
            ", row 1, column 'Butik': there is no such column. The file has 'sep=, '. "
            "Row 2 has all columns that are declared: write `skip: 1`.",
        ),
        (
            DANISH,
            "encoding: windows-1252",
            "encoding: iso-8859-1",
            ", row 3: the byte 0x96 is a control character in iso-8859-1. Declare the `encoding:` that the file is "
            "written in, such as windows-1252.",
        ),
        (
            DANISH,
            ', format: "mm:ss"',
            "",
            ", row 3, column 'Tid', value '1:46': can be read as 1 h 46 min and as 1 min 46 s. "
            "Declare `format: h:mm` or `format: mm:ss`.",
        ),
        (
            STATBANK,
            ", skip: 4",
            "",
            ", row 1, column 'industry': there is no such column. The file has 'Retail trade index by industry, "
            "index and time'. Row 5 has all columns that are declared: write `skip: 4`.",
        ),
    ],
)
def test_what_an_export_needs_and_is_not_declared_is_named(
    tmp_path: Path, export: Export, declared: str, instead: str, message: str
) -> None:
    assert export.declared.count(declared) == 1
    text = export.text.replace("31.168216", "31.168")
    source = replace(export, text=text, declared=export.declared.replace(declared, instead)).source(tmp_path)
    with pytest.raises(SourceError) as caught:
        loaded(source)
    assert str(caught.value) == f"{source.file}{message}"


UPWORTHY = "{format: csv, kind: aggregates, covers: 2013-01-01..2015-04-30, client: site"
DAY = 'day: {type: date, header: Day Index, format: "%-m/%-d/%y", century_from: 2000}'
RATES = "length: {type: duration, header: Avg. Session Duration}, bounces: {type: percent, header: Bounce Rate}"
FILES = {
    "daily-users-info": f"""every: day, time: day, dialect: {{thousands: ",", missing: [N/A]}}, columns: {{
      site: {{type: text, constant: upworthy}}, {DAY}, Users: integer, New Users: integer, Sessions: integer,
      Pageviews: integer, per_user: {{type: number, header: Number of Sessions per User}}, {RATES}}}""",
    "daily-pageviews": f"""every: day, time: day, dialect: {{thousands: ","}}, columns: {{
      site: {{type: text, constant: upworthy}}, {DAY}, Pageviews: integer}}""",
    "aggregate-country-data": f"""every: span, dialect: {{thousands: ","}}, columns: {{
      site: {{type: text, constant: upworthy}}, Country: text, Users: integer, New Users: integer, Sessions: integer,
      {RATES}}}""",
}


@pytest.fixture(scope="module")
def upworthy(shared_data: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The three exports as they are, each a table: users, pageviews, countries."""
    folder, raw = tmp_path_factory.mktemp("upworthy"), shared_data("upworthy_google_analytics")
    text = "schema: 1\nsources:\n"
    for (name, declared), short in zip(FILES.items(), ("users", "pageviews", "countries"), strict=True):
        file = f"2013.01.01-2015.04.30-{name}.csv"
        shutil.copy(raw / file, folder / file)
        text += f"  {short}: {UPWORTHY}, file: {file}, {declared}}}\n"
    (folder / "workspace.yml").write_text(text, encoding="utf-8")
    with Engine(threads=1) as engine:
        for source in read_sources(read(folder / "workspace.yml"), folder).values():
            check_rows(engine, engine.load(source), {"upworthy": ("upworthy",)})
        yield engine


@pytest.mark.parametrize(
    ("asked", "expected"),
    [  # SOURCE.md, and the first line of each file
        ("count(*), count(DISTINCT day), min(day)::VARCHAR, max(day)::VARCHAR FROM users",
         (850, 850, "2013-01-01", "2015-04-30")),
        ('sum(Users), sum("New Users"), sum(Sessions), count(Sessions), sum(Pageviews) FROM users',
         (1_589_791_070, 662_548_379, 1_375_776_393, 546, 1_853_186_239)),
        ("count(*), min(day)::VARCHAR, max(day)::VARCHAR FROM users WHERE Sessions IS NULL AND Pageviews IS NULL",
         (304, "2013-01-02", "2013-11-01")),  # 304 days in a row
        ("round(sum(Users * per_user)) FROM users WHERE Sessions IS NULL", (393_009_612.0,)),
        ("sum(Users) FROM users WHERE day < '2013-02-01'", (7_794_187,)),
        ("Users, length, bounces FROM users WHERE day = '2013-01-01'", (67_283, 106, 0.8)),
        ("count(*), sum(Pageviews) FROM pageviews", (850, 2_351_171_402)),
        ('count(*), count(DISTINCT Country), sum("New Users"), sum(Users), sum(Sessions) FROM countries',
         (206, 205, 662_548_396, 683_296_303, 1_769_078_630)),  # "Cura√ßao" stands twice
        ("Sessions, length, bounces FROM countries WHERE Country = 'United States'", (1_202_850_944, 155, 0.5986)),
    ],
)  # fmt: skip
def test_check_figures_of_a_publisher(upworthy: Engine, asked: str, expected: tuple[object, ...]) -> None:
    assert upworthy.connection.sql(f"SELECT {asked}").fetchall() == [expected]
