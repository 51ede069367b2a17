"""One sign of an export with titles, comments and totals rows is damaged: the same rows, or a `SourceError`.

As in `test_mutation`, of which this is the sequel: each sign that is no letter, digit or minus is deleted, and replaced
by each sign that means something; and at each place every other one of these is put in. Texts are compared by their
letters. Decimal marks are only where the column is ``fixed``: without it a lost one can't be seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpikit.sources.declarations import Source
from kpikit.sources.engine import Engine
from kpikit.sources.settings import read_sources
from kpikit.sources.strict import read
from kpikit.words.errors import SourceError

COLUMNS = """{Shop: text, Day: {type: date, format: "%-m/%-d/%y", century_from: 2000},
  Share: {type: percent, scale: 1, fixed: true}, Length: duration,
  Cost: {type: decimal, scale: 2, fixed: true, symbol: SYMBOL}}"""
ROWS = [
    ("A B", date(2013, 1, 2), 0.8, 106, Decimal("1172.45")),
    ("Oslo", date(2013, 12, 31), None, 3723, Decimal("0.05")),
]


@dataclass(frozen=True)
class Way:
    """A file, its dialect, the symbol of its amounts, and the signs that mean something in it."""

    text: str
    dialect: str
    symbol: str
    signs: str
    encoding: str = "utf-8"

    def damaged(self) -> Iterator[str]:
        """Each damaged text."""
        text = self.text
        for place in range(len(text) + 1):
            yield from (text[:place] + sign + text[place:] for sign in self.signs[place % 2 :: 2])
            if place < len(text) and not (text[place].isalnum() or text[place] == "-"):
                yield from (text[:place] + sign + text[place + 1 :] for sign in {"", *self.signs} - {text[place]})


WAYS = {
    "titles above, totals below": Way(
        'Report\n"2, 2013\nDay,Shop,Share,Length,Cost\n'
        '1/2/13,"A, B",80.0%,0:01:46,"$1,172.45"\n12/31/13,Oslo,--,1:02:03,$0.05\nTotal,all,4%,0:00:00,$5.00\n',
        '{skip: 2, thousands: ",", missing: [--], totals: {Day: [Total], Shop: [all]}}',
        "$",
        ',".%:/$\n\rx',
    ),
    "comments above and below, totals above": Way(
        '\ufeff# A, "B\n#\n\nDay,Shop,Share,Length,Cost,Sum\n,,4%,0:00:00,$5.00,All\n'
        '1/2/13,"A, B",80.0%,0:01:46,"$1,172.45",\n# note, too\n12/31/13,Oslo,--,1:02:03,$0.05,\n# end\n',
        '{comment: "#", thousands: ",", missing: [--], totals: {Day: [""], Sum: [All]}}',
        "$",
        ',"#.\n\rx',
    ),
    "a Danish program": Way(
        "sep=;\r\nDay;Shop;Share;Length;Cost\r\n1/2/13;A. B;80,0 %;0:01:46;kr 1.172,45\r\n"
        "12/31/13;Oslo;--;1:02:03;0,05 kr\r\nI alt;;;;5,00 kr",
        '{delimiter: ";", decimal: ",", thousands: ".", skip: 1, missing: [--, ""], totals: {Day: [I alt]}, '
        "encoding: windows-1252}",
        "kr",
        ';",. \n\r',
        "windows-1252",
    ),
}


def source_of(way: Way, folder: Path) -> Source:
    keys = "file: export.csv, format: csv, kind: events, every: day, covers: 2013-01-01..2013-12-31"
    columns = COLUMNS.replace("SYMBOL", way.symbol)
    text = f"{{{keys}, client: Shop, time: Day, dialect: {way.dialect}, columns: {columns}}}"
    (folder / "workspace.yml").write_text(f"schema: 1\nsources:\n  export: {text}\n", encoding="utf-8")
    return read_sources(read(folder / "workspace.yml"), folder)["export"]


def letters(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows with nothing but the letters and digits of their texts, without the "x" that damage puts in."""
    return [
        tuple("".join(filter(str.isalnum, cell)).replace("x", "") if isinstance(cell, str) else cell for cell in row)
        for row in rows
    ]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_damaged_sign_of_an_export_gives_the_same_rows_or_an_error(tmp_path: Path, way: Way) -> None:
    source, refused, read_well = source_of(way, tmp_path), 0, 0
    with Engine(threads=1) as engine:
        for text in (way.text, *dict.fromkeys(way.damaged())):
            source.file.write_bytes(text.encode(way.encoding))
            try:
                engine.load(source)
            except SourceError:
                refused += 1
                assert text != way.text
                continue
            found = engine.table("export").fetchall()
            engine.connection.execute('DROP TABLE "export"')
            assert letters(found) == letters(ROWS), text
            read_well += 1
    assert refused > 500
    assert read_well > 20
