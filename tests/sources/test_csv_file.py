"""CSV files that are read, also packed with gzip; and packed ones that are damaged or too large."""

from __future__ import annotations

import csv
import gzip
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.sources.csv_file import records
from kpikit.sources.csv_line import fields
from kpikit.sources.declarations import Column, Dialect, Source
from kpikit.words.errors import SourceError
from tests.sources.cells import Declare

A, B = Column("a", "text"), Column("b", "text")
TOTAL = (("a", ("Total",)),)


def read(source: Source) -> list[tuple[int, tuple[str, ...]]]:
    """Every row of the file with its row number."""
    return [row for batch in records(source) for row in zip(batch.rows, zip(*batch.columns, strict=True), strict=True)]


@pytest.mark.parametrize(
    ("content", "dialect", "expected"),
    [
        (b"a,b\n1,2\n3,4\n", {}, [(2, ("1", "2")), (3, ("3", "4"))]),
        (b"a,b\n1,2\n3,4", {}, [(2, ("1", "2")), (3, ("3", "4"))]),  # no last line end
        (b"a,b\r\n1,2\r\n", {}, [(2, ("1", "2"))]),
        (b"a,b\r\n1,2", {}, [(2, ("1", "2"))]),
        (b"a,b", {}, []),  # a header alone
        (b"a,b\n", {}, []),
        (b"b,c,a\n1,2,3\n", {}, [(2, ("3", "1"))]),  # declared order, c is passed over
        (b"a,b\n,\n", {}, [(2, ("", ""))]),
        (b'"a",b\n"1,5","say ""x"""\n', {}, [(2, ("1,5", 'say "x"'))]),
        (b'a,b\n"",""""\n', {}, [(2, ("", '"'))]),
        (b"a;b\n'1;5';2\n", {"delimiter": ";", "quote": "'"}, [(2, ("1;5", "2"))]),
        (b"a\tb\n 1 \t2\n", {"delimiter": "\t"}, [(2, (" 1 ", "2"))]),
        (b"\xef\xbb\xbfa,b\n\xc3\xa5,2\n", {}, [(2, ("å", "2"))]),
        (b"a,b\n\xe5,2\n", {"encoding": "iso-8859-1"}, [(2, ("å", "2"))]),
        (b"a,b\n\xe5,\xc3\xb8\n", {"encoding": "iso-8859-1"}, [(2, ("å", "Ã¸"))]),  # the å shows that it is no UTF-8
        (b"a,b\n\x80,2\n", {"encoding": "windows-1252"}, [(2, ("€", "2"))]),
        ("\ufeffa,b\nå,2\n".encode("utf-16-le"), {"encoding": "utf-16"}, [(2, ("å", "2"))]),
        ("\ufeffa,b\nå,2\n".encode("utf-16-be"), {"encoding": "utf-16"}, [(2, ("å", "2"))]),
        (b'title\n\n"\na,b\n1,2\n', {"skip": 3}, [(5, ("1", "2"))]),  # whatever stands there
        (b"sep=,\r\na,b\r\n1,2\r\n", {"skip": 1}, [(3, ("1", "2"))]),
        (b'# A, "B\n\n# C\na,b\n1,2\n# end\n3,4\n#\n', {"comment": "#"}, [(5, ("1", "2")), (7, ("3", "4"))]),
        (b'a,b\n"#1",2\n', {"comment": "#"}, [(2, ("#1", "2"))]),
        (b"x\n# c\na,b\n1,2\n", {"skip": 1, "comment": "#"}, [(4, ("1", "2"))]),
        (b"a,b\n1,2\nTotal,2\n", {"totals": TOTAL}, [(2, ("1", "2"))]),
        (b"a,b\nTotal,4\n1,2\n2,2\n", {"totals": TOTAL}, [(3, ("1", "2")), (4, ("2", "2"))]),
        (
            b"a,b,c\n,4,Sum\n,2,\n1,2,Sum\n",
            {"totals": (("a", ("",)), ("c", ("Sum",)))},
            [(3, ("", "2")), (4, ("1", "2"))],
        ),
        (b"a,b\n1,2\nTotal,2\nAll,2\n", {"totals": (("a", ("All", "Total")),)}, [(2, ("1", "2"))]),
        (b"c,a,b\n1,2,3\nTotal,,3\n", {"totals": (("c", ("Total",)),)}, [(2, ("2", "3"))]),  # c is not read
        (b"a,b\n", {"totals": TOTAL}, []),
        (b"a,b,c,c\n1,2,3,4\n", {}, [(2, ("1", "2"))]),  # c is passed over
        ("a,b\n1\u20282\x85,\x0b\x0c\n".encode(), {}, [(2, ("1\u20282\x85", "\x0b\x0c"))]),  # only \n ends a line
    ],
)
def test_good_files(
    tmp_path: Path, declare: Declare, content: bytes, dialect: dict[str, str], expected: list[tuple[int, object]]
) -> None:
    plain, packed = tmp_path / "good.csv", tmp_path / "good.csv.gz"
    plain.write_bytes(content)
    packed.write_bytes(gzip.compress(content))
    assert read(declare(plain, A, B, **dialect)) == expected
    assert read(declare(packed, A, B, **dialect)) == expected


@pytest.mark.parametrize("size", [1, 20, 40, 60])
def test_a_gz_that_was_cut_short(tmp_path: Path, declare: Declare, size: int) -> None:
    file = tmp_path / "cut.csv.gz"
    file.write_bytes(gzip.compress(b"a,b\n" + b"".join(b"%d,%d\n" % (i, i * i) for i in range(50)), mtime=0)[:size])
    with pytest.raises(SourceError, match=r"cannot be unpacked: .* Get it again; it was cut short or damaged"):
        read(declare(file, A, B))


def test_a_gz_that_is_none(tmp_path: Path, declare: Declare) -> None:
    file = tmp_path / "plain.csv.gz"
    file.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(SourceError) as caught:
        read(declare(file, A, B))
    reason = "cannot be unpacked: Not a gzipped file (b'a,'). Get it again; it was cut short or damaged."
    assert str(caught.value) == f"{file}: {reason}"


@pytest.mark.parametrize("line", [b"1,2\n", b"\0" * 1000, b"x" * 1000])
def test_a_gz_bomb_is_refused_in_little_memory(tmp_path: Path, declare: Declare, line: bytes) -> None:
    """1 GB in 1 MB. The first one is well formed, so that nothing but the ratio gives it away."""
    file = tmp_path / "bomb.csv.gz"
    member = gzip.compress(line * (50_000_000 // len(line)), mtime=0)
    file.write_bytes(gzip.compress(b"a,b\n") + member * 20)
    tracemalloc.start()
    with pytest.raises(SourceError) as caught:
        for _ in records(declare(file, A, B)):
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20e6
    reason = "unpacks to more than 200 times its size, or 2 GiB. Unpack it yourself if that is meant to be."
    assert str(caught.value) == f"{file}: {reason}"


@given(st.lists(st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=8), min_size=1))
def test_what_the_csv_module_writes_is_read_back(cells: list[str]) -> None:
    for delimiter, quote in ((",", '"'), (";", "'"), ("\t", '"')):
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter, quotechar=quote, lineterminator="").writerow(cells)
        assert fields(text.getvalue(), Dialect(delimiter, quote)) == cells
