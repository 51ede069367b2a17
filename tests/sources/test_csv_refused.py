"""CSV files that are refused: the whole sentence for each fault, and its row in files of any length."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kpikit.sources import lines
from kpikit.sources.csv_file import records
from kpikit.sources.declarations import Column, Source
from kpikit.words.errors import SourceError
from tests.sources.cells import Declare

A, B = Column("a", "text"), Column("b", "text")
TOTAL = (("a", ("Total",)),)


def read(source: Source) -> list[tuple[int, tuple[str, ...]]]:
    """Every row of the file with its row number."""
    return [row for batch in records(source) for row in zip(batch.rows, zip(*batch.columns, strict=True), strict=True)]


COMMAS = "Quote cells that hold the delimiter (','); declare lines above the header by `skip:`; remove what is no row."
ONLY = "Declare by `totals:` what stands in no other row."
QUOTES = "Records must not span lines; declare the `quote:` that the file uses."
WORKBOOK = "Of a workbook of Excel, save each sheet that is needed as a file of its own: as 'CSV UTF-8'."
ENCODING = "Declare the `encoding:` that the file is written in, such as windows-1252."
ENDS = r"All lines must end alike, with \n or with \r\n."
INSIDE = 'a quote (") stands inside a cell; it must enclose the cell, or be doubled within one.'


@pytest.mark.parametrize(
    ("content", "dialect", "message"),
    [
        (b"", {}, ": is empty. Its first line must be the header."),
        (b"\xef\xbb\xbf", {}, ": is empty. Its first line must be the header."),
        (
            b"\n",
            {},
            ", row 1: the line is empty. Remove it, or declare by `skip:` how many lines stand above the header.",
        ),
        (b"a,b\n1,2\n\n3,4\n", {}, ", row 3: the line is empty. Remove it."),
        (b"a,b\n1,2\n\n", {}, ", row 3: the line is empty. Remove it."),
        (b"a,b\n1,2\n3\n", {}, f", row 3: the line has 1 field, and the header has 2. {COMMAS}"),
        (b"a,b\n1,2,3\n", {}, f", row 2: the line has 3 fields, and the header has 2. {COMMAS}"),
        (b"a,b\n1,2\nTotal\n", {}, f", row 3: the line has 1 field, and the header has 2. {COMMAS}"),
        (b"a,B\n1,2\n", {}, ", row 1, column 'b': there is no such column. Did you mean 'B'?"),
        (b"a,b2\n1,2\n", {}, ", row 1, column 'b': there is no such column. Did you mean 'b2'?"),
        (
            b"a;b\n1;2\n",
            {},
            ", row 1, column 'a': there is no such column. The file has 'a;b'. "
            'With ";" between its cells it has all columns that are declared: write `delimiter: ";"`.',
        ),
        (b"a,b,b\n1,2,3\n", {}, ", row 1: the name 'b' stands twice in the header."),
        (
            b"a,b\n",
            {"skip": 1},
            ": has no header: all of its lines are left out. The file has no more lines than `skip: 1` leaves "
            "out: say how many stand above the header.",
        ),
        (
            b"#a,b\n#1,2\n",
            {"comment": "#"},
            ": has no header: all of its lines are left out. Correct `skip:` and `comment:` in the dialect.",
        ),
        (
            b"x\na,b\n1,2\n",
            {"skip": 2},
            ", row 3, column 'a': there is no such column. The file has '1, 2'. Row 2 has all columns that "
            "are declared: write `skip: 1`.",
        ),
        (
            b"x\na,b\n1,2\n",
            {},
            ", row 1, column 'a': there is no such column. The file has 'x'. "
            "Row 2 has all columns that are declared: write `skip: 1`.",
        ),
        (
            b"Report of March,\na,b\n1,2\n",
            {},
            ", row 1, column 'a': there is no such column. The file has 'Report of March, '. "
            "Row 2 has all columns that are declared: write `skip: 1`.",
        ),
        (
            b"Report of March\na\tb\n1\t2\n",
            {},
            ", row 1, column 'a': there is no such column. The file has 'Report of March'. Row 2 has all columns that "
            'are declared, with "\\t" between its cells: write `skip: 1` and `delimiter: "\\t"`.',
        ),
        (
            b"1;2\n3;4\n",
            {},
            ", row 1, column 'a': there is no such column. The file has '1;2'. "
            "Declare the `delimiter:` that the file uses, or by `skip:` how many lines stand above the header.",
        ),
        (
            b"sep=,\na,b\n1,2\n",
            {},
            ", row 1, column 'a': there is no such column. The file has 'sep=, '. "
            "Row 2 has all columns that are declared: write `skip: 1`.",
        ),
        (
            b"# Account: a, b\na,b\n1,2\n",
            {},
            ", row 1, column 'a': there is no such column. The file has '# Account: a,  b'. "
            'Lines above the header that begin with # are declared as `comment: "#"`.',
        ),
        (
            b"a,b\n1,2\n#3,4\n",
            {"comment": "#"},
            ", row 3: the line begins as a comment (#), and has as many cells as a row. "
            "Put its first cell in quotes, or remove it.",
        ),
        (
            b"a,b\n1,2\n# c, d, e\n",
            {"comment": "#"},
            ", row 3: the line begins as a comment (#), and has as many cells as a row. "
            "Put its first cell in quotes, or remove it.",
        ),
        (b"# c\na,b\n\n1,2\n", {"comment": "#"}, ", row 3: the line is empty. Remove it."),
        (
            b"a,b\n1,2\nTotal,2\n3,4\n",
            {"totals": TOTAL},
            f", row 3: the totals row ('Total') stands between rows. {ONLY}",
        ),
        (
            b"a,b\n1,2\nTotal,2\nTotal,3\n",
            {"totals": TOTAL},
            f", row 4: the totals row ('Total') is the second one after row 3. {ONLY}",
        ),
        (
            b"a,b\nTotal,2\n1,2\nTotal,2\n",
            {"totals": TOTAL},
            f", row 4: the totals row ('Total') is the second one after row 2. {ONLY}",
        ),
        (
            b"a,b\n1,2\ntotal,2\n",
            {"totals": TOTAL},
            ": has no totals row, and one is declared. Get it again, if it was cut short; else leave `totals:` out.",
        ),
        (b"a,b\n1,2\nTotal\n", {"totals": TOTAL}, f", row 3: the line has 1 field, and the header has 2. {COMMAS}"),
        (
            b"a,b\n1,2\n",
            {"totals": (("A", ("Total",)),)},
            ", row 1, column 'A': there is no such column. Did you mean 'a'?",
        ),
        (b'a,b\n1,"2\n', {}, f', row 2: the line has an odd number of quotes ("). {QUOTES}'),
        (b'a,b\n1,"2\n3"\n', {}, f', row 2: the line has an odd number of quotes ("). {QUOTES}'),
        (b'a,b\n1,2"3"\n', {}, f", row 2: {INSIDE} {QUOTES}"),
        (b'a,b\n1,"2"3\n', {}, f", row 2: {INSIDE} {QUOTES}"),
        (b'a,b\n1,"2"3"4"\n', {}, f", row 2: {INSIDE} {QUOTES}"),
        (b'a,b\n1, "2"\n', {}, f", row 2: {INSIDE} {QUOTES}"),
        (
            b"a,b\r\n1,2\n3,4\r\n",
            {},
            r", row 2: the line ends with \n, and the first line ends with \r\n. "
            "All lines must end alike.",
        ),
        (b"a,b\n1,2\r\n", {}, rf", row 2: a carriage return (\r) stands in the line. {ENDS}"),
        (b"a,b\r1,2\r", {}, rf", row 1: a carriage return (\r) stands in the line. {ENDS}"),
        (b"a,b\r\n1,\r2\r\n", {}, rf", row 2: a carriage return (\r) stands in the line. {ENDS}"),
        (b"a,b\r\n1,2\r", {}, rf", row 2: a carriage return (\r) stands in the line. {ENDS}"),
        (b"PK\x03\x04\x14\x00", {}, f": is a zip, as Excel's workbooks are. {WORKBOOK} Unpack another one."),
        (b"\xd0\xcf\x11\xe0\xa1", {}, f": is a workbook of an old Excel. {WORKBOOK}"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0), {}, ": is packed with gzip. Name it so, `.csv.gz`."),
        (b"a,b\n1,2\n3\x00,4\n", {}, f", row 3: a NUL character stands in the line. {ENCODING}"),
        (b"a,b\n1,2\n\xe5,4\n", {}, f", row 3: the byte 0xe5 is not utf-8. {ENCODING}"),
        (b"a,b\n1,2\n4,\xc3", {}, f", row 3: the byte 0xc3 is not utf-8. {ENCODING}"),
        *(
            (
                f"{header}\n1,{cell}\n".encode(),
                {"encoding": encoding},
                f", row {row}: is UTF-8, and {encoding} is declared, by which '{word}' would be '{garbled}'. "
                "Declare `encoding: utf-8`.",
            )
            for encoding in ("windows-1252", "iso-8859-1")
            for header, cell, row, word, garbled in (
                ("a,Besøg", "2", 1, "Besøg", "BesÃ¸g"),
                ("a,b", "på", 2, "på", "pÃ¥"),
            )
        ),
        (b"a,b\n1,\x81\n", {"encoding": "windows-1252"}, f", row 2: the byte 0x81 is not windows-1252. {ENCODING}"),
        (
            b"a,b\n1,\x80\n",
            {"encoding": "iso-8859-1"},
            f", row 2: the byte 0x80 is a control character in iso-8859-1. {ENCODING}",
        ),
        (
            b"\xef\xbb\xbfa,b\n",
            {"encoding": "windows-1252"},
            ": begins with the byte order mark of utf-8, and windows-1252 is declared. Declare `encoding: utf-8`.",
        ),
        (
            "\ufeffa,b\n".encode("utf-16-le"),
            {},
            ": begins with the byte order mark of utf-16, and utf-8 is declared. Declare `encoding: utf-16`.",
        ),
        (
            "a,b\n".encode("utf-16-le"),
            {"encoding": "utf-16"},
            ": is declared as utf-16, and has no byte order mark. Save it with one, or as utf-8.",
        ),
        (
            "\ufeffa,b\n1,2\n".encode("utf-16-le")[:-1],
            {"encoding": "utf-16"},
            f", row 2: the byte 0x0a is not utf-16. {ENCODING}",
        ),
    ],
)
def test_bad_files(tmp_path: Path, declare: Declare, content: bytes, dialect: dict[str, str], message: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read(declare(file, A, B, **dialect))
    assert str(caught.value) == f"{file}{message}"


def test_windows_1252_is_no_latin_1(tmp_path: Path, declare: Declare) -> None:
    """Of 0x80 to 0x9f all but five are signs in Windows-1252, and all are control characters in ISO-8859-1."""
    file, signs = tmp_path / "windows.csv", "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
    free = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    used = bytes(byte for byte in range(0x80, 0xA0) if byte not in free)
    file.write_bytes(b"a,b\n" + used + b",\n")
    assert read(declare(file, A, B, encoding="windows-1252")) == [(2, (signs, ""))]
    for byte in free:
        file.write_bytes(b"a,b\n1,2\n" + bytes([byte]) + b",\n")
        with pytest.raises(SourceError) as caught:
            read(declare(file, A, B, encoding="windows-1252"))
        assert str(caught.value) == f"{file}, row 3: the byte 0x{byte:02x} is not windows-1252. {ENCODING}"
    for byte in range(0x80, 0xA0):
        file.write_bytes(b"a,b\n" + bytes([byte]) + b",\n")
        with pytest.raises(SourceError, match=f"0x{byte:02x} is a control character in iso-8859-1"):
            read(declare(file, A, B, encoding="iso-8859-1"))


def test_what_is_no_file(tmp_path: Path, declare: Declare) -> None:
    for file, reason in (
        (tmp_path / "none.csv", "there is no such file. Its folder is empty."),
        (tmp_path, "is not a file."),
    ):
        with pytest.raises(SourceError) as caught:
            read(declare(file, A))
        assert str(caught.value) == f"{file}: {reason}"


def test_rows_are_counted_across_chunks(tmp_path: Path, declare: Declare, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "long.csv"
    rows = [(f"å{number}", f"{number}") for number in range(100)]
    file.write_bytes("".join(["a,b\r\n", *(f"{a},{b}\r\n" for a, b in rows)]).encode())
    for chunk in (1, 2, 3, 7, 64):
        monkeypatch.setattr(lines, "CHUNK", chunk)
        assert read(declare(file, A, B)) == list(enumerate(rows, 2))
    damaged = file.read_bytes().replace(b"\xa550,", b",")  # the second byte of an "å", on row 52
    file.write_bytes(damaged)
    with pytest.raises(SourceError) as caught:
        read(declare(file, A, B))
    assert str(caught.value) == f"{file}, row 52: the byte 0xc3 is not utf-8. {ENCODING}"


def test_a_line_without_end(tmp_path: Path, declare: Declare) -> None:
    file = tmp_path / "one_line.csv"
    file.write_bytes(b"a,b\n" + b"x" * 1_000_001)
    with pytest.raises(SourceError) as caught:
        read(declare(file, A, B))
    assert str(caught.value) == f"{file}, row 2: the line is longer than 1,000,000 characters."


def test_messages_do_not_repeat_a_huge_header(tmp_path: Path, declare: Declare) -> None:
    file = tmp_path / "wide.csv"
    file.write_bytes(",".join(f"column{number}" for number in range(90_000)).encode())
    with pytest.raises(SourceError) as caught:
        read(declare(file, Column("zzz", "text")))
    assert len(str(caught.value)) < len(str(file)) + 300
