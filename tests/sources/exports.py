"""Files as well-known programs export them, each with the declaration that reads it, and what is read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from kpikit.sources.declarations import Source
from kpikit.sources.settings import read_sources
from kpikit.sources.strict import read

NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Export:
    """A file, the keys under its source's name in workspace.yml, and the rows that come of it."""

    text: str
    declared: str
    rows: list[tuple[object, ...]]
    encoding: str = "utf-8"
    covers: str = "2026-05-01..2026-05-31"

    def source(self, folder: Path) -> Source:
        """The source, with its file written."""
        (folder / "export.csv").write_bytes(self.text.encode(self.encoding))
        usual = f"file: export.csv, format: csv, every: day, covers: {self.covers}, client: client"
        text = f"schema: 1\nsources:\n  export: {{{usual}, {self.declared}}}\n"
        (folder / "workspace.yml").write_text(text, encoding="utf-8")
        return read_sources(read(folder / "workspace.yml"), folder)["export"]


GA4 = Export(
    """\
# ----------------------------------------
# Traffic acquisition: Session primary channel group
# Account: Acme, "Inc."
# Property: acme.example
# ----------------------------------------
#
# All Users
# Start date: 20260501
# End date: 20260531

Date,Session primary channel group,Sessions,Engagement rate,Average engagement time,Totals
,,1300,0.61,50.5,Grand total
20260501,Organic Search,1200,0.6333333333333333,52.25,
20260502,"Paid, other",100,0.25,30,
""",
    """kind: aggregates, time: day, dialect: {comment: "#", totals: {Date: [""], Totals: [Grand total]}, decimal: "."},
      columns: {client: {type: text, constant: acme}, day: {type: date, header: Date, format: "%Y%m%d"},
      channel: {type: text, header: Session primary channel group}, Sessions: integer,
      Engagement rate: number, seconds: {type: number, header: Average engagement time}}""",
    [
        ("acme", date(2026, 5, 1), "Organic Search", 1200, 0.6333333333333333, 52.25),
        ("acme", date(2026, 5, 2), "Paid, other", 100, 0.25, 30.0),
    ],
)

SEARCH_CONSOLE = Export(
    """\
Date,Clicks,Impressions,CTR,Position
2026-05-01,53,89,59.55%,1.08
2026-05-02,0,12,0%,41.3
""",
    """kind: aggregates, time: Date, dialect: {decimal: "."}, columns: {client: {type: text, constant: acme},
      Date: date, Clicks: integer, Impressions: integer, CTR: percent, Position: number}""",
    [("acme", date(2026, 5, 1), 53, 89, 0.5955, 1.08), ("acme", date(2026, 5, 2), 0, 12, 0.0, 41.3)],
)

GOOGLE_ADS = Export(
    """\
Campaign report
"May 1, 2026 - May 31, 2026"
Day,Campaign,Campaign type,Impr.,Clicks,CTR,Cost,Conversions
2026-05-01,Brand,Search,"12,345","1,002",8.12%,"$1,172.45",12.00
2026-05-02,Total war game,Display,0,0, --,$0.00,0.00
Total: Campaigns, --, --,"12,345","1,002",8.12%,"$1,172.45",12.00
Total: Account, --, --,"12,345","1,002",8.12%,"$1,172.45",12.00
""",
    """kind: aggregates, time: Day, dialect: {skip: 2, thousands: ",", missing: [" --"],
      totals: {Day: ["Total: Campaigns", "Total: Account"]}}, columns: {client: {type: text, constant: acme},
      Day: date, Campaign: text, Impr.: integer, Clicks: integer, CTR: percent,
      Cost: {type: decimal, scale: 2, fixed: true, symbol: $}, Conversions: {type: decimal, scale: 2}}""",
    [
        ("acme", date(2026, 5, 1), "Brand", 12345, 1002, 0.0812, Decimal("1172.45"), Decimal(12)),
        ("acme", date(2026, 5, 2), "Total war game", 0, 0, None, Decimal(0), Decimal(0)),
    ],
)

META_ADS = Export(
    """\
\ufeffReporting starts,Ends,Campaign name,Amount spent (EGP),Impressions,"CPM (cost per 1,000 impressions) (EGP)"
2026-05-01,2026-05-01,Ramadan,1250.5,40121,31.168216
2026-05-02,2026-05-02,Ramadan,,0,
""",
    """kind: aggregates, time: day, dialect: {decimal: ".", missing: [""]}, columns: {
      client: {type: text, constant: acme}, day: {type: date, header: Reporting starts}, Campaign name: text,
      spent: {type: decimal, scale: 2, header: Amount spent (EGP)}, Impressions: integer,
      cpm: {type: decimal, scale: 6, header: "CPM (cost per 1,000 impressions) (EGP)"}}""",
    [
        ("acme", date(2026, 5, 1), "Ramadan", Decimal("1250.5"), 40121, Decimal("31.168216")),
        ("acme", date(2026, 5, 2), "Ramadan", None, 0, None),
    ],
)

UNIVERSAL_ANALYTICS = Export(
    """\
# ----------------------------------------
# All Web Site Data
# Audience Overview
# 20130101-20130131
# ----------------------------------------

Day Index,Users,Sessions,Avg. Session Duration,Bounce Rate\r
1/1/13,"67,283","68,825",0:01:46,80.00%\r
12/31/13,"123,942",N/A,<00:00:01,72.22%\r
,"191,225",N/A,0:01:25,75.0%""".replace("\r\n", "\n").replace("\n", "\r\n"),
    """kind: aggregates, time: Day Index, dialect: {comment: "# ", thousands: ",", missing: [N/A, "<00:00:01"],
      totals: {Day Index: [""]}}, columns: {client: {type: text, constant: acme},
      Day Index: {type: date, format: "%-m/%-d/%y", century_from: 2000}, Users: integer, Sessions: integer,
      Avg. Session Duration: duration, Bounce Rate: percent}""",
    [
        ("acme", date(2013, 1, 1), 67283, 68825, 106, 0.8),
        ("acme", date(2013, 12, 31), 123942, None, None, 0.7222),
    ],
    covers="2013-01-01..2013-12-31",
)

DANISH = Export(
    f"""\
sep=;
Dato;Butik;Omsætning;Andel;Tid
01-05-2026;Århus – "Ø";kr 1.234,50;80,0 %;1:46
02-05-2026;Køge;-5,00{NBSP}kr;7,5{NBSP}%;0:09
Total;;kr 1.229,50;;
""".replace('Århus – "Ø"', '"Århus – ""Ø"""').replace("\n", "\r\n"),
    """kind: events, time: Dato, dialect: {delimiter: ";", decimal: ",", thousands: ".", skip: 1,
      encoding: windows-1252, totals: {Dato: [Total]}}, columns: {
      client: {type: text, header: Butik}, Dato: {type: date, format: "%d-%m-%Y"},
      Omsætning: {type: decimal, scale: 2, fixed: true, symbol: kr}, Andel: percent,
      Tid: {type: duration, format: "mm:ss"}}""",
    [
        ('Århus – "Ø"', date(2026, 5, 1), Decimal("1234.50"), 0.8, 106),
        ("Køge", date(2026, 5, 2), Decimal("-5.00"), 0.075, 9),
    ],
    "windows-1252",
)

STATBANK = Export(
    """\
"Retail trade index by industry, index and time"
""
"Unit: index"
""
"industry";"index";"time";"value"
"Food";"Value";"2026M05";"104,2"
"Food";"Volume";"2026M05";".."
""",
    """kind: aggregates, time: time, dialect: {delimiter: ";", decimal: ",", skip: 4,
      encoding: iso-8859-1, missing: [".."]}, columns: {
      client: {type: text, header: industry}, time: {type: date, format: "%YM%m"}, index: text,
      value: {type: decimal, scale: 1}}""",
    [("Food", date(2026, 5, 1), "Value", Decimal("104.2")), ("Food", date(2026, 5, 1), "Volume", None)],
    "iso-8859-1",
)

EXPORTS = {
    "Google Analytics 4": GA4,
    "Search Console": SEARCH_CONSOLE,
    "Google Ads": GOOGLE_ADS,
    "Meta Ads": META_ADS,
    "Universal Analytics": UNIVERSAL_ANALYTICS,
    "a Danish program": DANISH,
    "StatBank Denmark": STATBANK,
}
