"""CSV files, read so that damage never shifts, merges or drops a row: what has no single reading is a `SourceError`.

A file is bytes, then text, then lines, then fields, and each step checks its own: the encoding is decoded strictly; all
lines end alike; every line has an even number of quotes, so that no record spans lines; every record has as many fields
as the header. Cells stay text here; `kpikit.sources.columns` gives them types. Memory is bounded by `CHUNK`.
"""

from __future__ import annotations

import codecs
import difflib
import gzip
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, NamedTuple

from kpikit.sources.declarations import Dialect, Source
from kpikit.words.errors import SourceError, shortened

CHUNK = 1 << 20
"""How many bytes are read at once; the rows of a chunk are a batch."""

LONGEST_LINE = 1_000_000
"""Characters. A longer line is a sign of damage, or of a file that is no table."""

LARGEST_UNPACKED, SMALL_UNPACKED, LARGEST_RATIO = 2 << 30, 16 << 20, 200
"""A ``.gz`` unpacks to 2 GiB at most, and beyond 16 MiB to 200 times its own size at most; tables reach about 30."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_NOT_LATIN = re.compile("[\x80-\x9f]")


class Batch(NamedTuple):
    """Rows that follow each other in the file: the first one's row, and the cells of each declared column."""

    first_row: int
    columns: tuple[tuple[str, ...], ...]


def records(source: Source) -> Iterator[Batch]:
    """The rows of a CSV file, in batches, as text; a file with a header alone gives none.

    Raises `SourceError` at the first thing that cannot be read in exactly one way. Batches before it have been given
    by then: a caller keeps nothing of a file that it could not read to its end.
    """
    width, places = 0, list[int]()
    for first_row, lines in _lines(source):
        rows = _rows(source, first_row, lines)
        if first_row == 1:
            width, places = len(rows[0]), _places(source, rows[0])
        for row, fields in enumerate(rows, first_row):
            if len(fields) != width:
                raise _uneven(source, row, len(fields), width)
        if first_row == 1:
            first_row, rows = 2, rows[1:]
        if rows:
            columns = list(zip(*rows, strict=True))
            yield Batch(first_row, tuple(columns[place] for place in places))
    if not width:
        raise SourceError(source.file, "is empty.", way_out="Its first line must be the header.")


def fields(line: str, dialect: Dialect) -> list[str]:
    """The cells of one line, without their quotes; a `ValueError` says what is wrong with the quotes.

    >>> fields('a,"b, c","5"" pipe"', Dialect())
    ['a', 'b, c', '5" pipe']
    """
    quote, delimiter = dialect.quote, dialect.delimiter
    if quote not in line:
        return line.split(delimiter)
    if line.count(quote) % 2:
        raise ValueError(f"the line has an odd number of quotes ({quote}).")
    cells, open_cell = list[str](), list[str]()
    for piece in line.split(delimiter):
        open_cell.append(piece)
        cell = delimiter.join(open_cell) if len(open_cell) > 1 else piece
        if cell.count(quote) % 2 == 0:
            cells.append(_unquoted(cell, quote))
            open_cell.clear()
    return cells


def _unquoted(cell: str, quote: str) -> str:
    if quote not in cell:
        return cell
    inner = cell[1:-1].replace(quote * 2, "")
    if not (cell.startswith(quote) and cell.endswith(quote)) or quote in inner:
        raise ValueError(f"a quote ({quote}) stands inside a cell; it must enclose the cell, or be doubled within one.")
    return cell[1:-1].replace(quote * 2, quote)


def _rows(source: Source, first_row: int, lines: list[str]) -> list[list[str]]:
    rows = list[list[str]]()
    for row, line in enumerate(lines, first_row):
        if not line:
            raise SourceError(source.file, "the line is empty.", row=row, way_out="Remove it.")
        try:
            rows.append(fields(line, source.dialect))
        except ValueError as error:
            way_out = "Records must not span lines; declare the `quote:` that the file uses."
            raise SourceError(source.file, str(error), row=row, way_out=way_out) from None
    return rows


def _places(source: Source, names: list[str]) -> list[int]:
    twice = next((name for name, number in Counter(names).items() if number > 1), None)
    if twice is not None:
        raise SourceError(source.file, f"the name {shortened(twice)} stands twice in the header.", row=1)
    for column in source.columns:
        if column.name not in names:
            way_out = "Declare the `delimiter:` that the file uses." if len(names) == 1 else ""
            reason = no_such_column(column.name, names)
            raise SourceError(source.file, reason, row=1, column=column.name, way_out=way_out)
    return [names.index(column.name) for column in source.columns]


def no_such_column(name: str, names: list[str]) -> str:
    """The reason to refuse a file without a declared column, with the nearest name that the file has."""
    nearest = difflib.get_close_matches(name, [each[:60] for each in names[:500]], n=1)
    hint = f"Did you mean '{nearest[0]}'?" if nearest else f"The file has {shortened(', '.join(names[:500]), 200)}."
    return f"there is no such column. {hint}"


def _uneven(source: Source, row: int, found: int, width: int) -> SourceError:
    reason = f"the line has {found} field{'s' * (found != 1)}, and the header has {width}."
    way_out = f"Quote cells that hold the delimiter ({source.dialect.delimiter!r}); remove title and total lines."
    return SourceError(source.file, reason, row=row, way_out=way_out)


def _lines(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Lines without their ends, in batches, each with the row of its first line."""
    row, rest, end = 1, "", ""
    for text in _texts(source):
        lines = (rest + text).split("\n")
        rest = lines.pop()
        end = end or ("\r" if lines and lines[0].endswith("\r") else "\n" if lines else "")
        if lines:
            yield row, [_without_end(source, each, line, end) for each, line in enumerate(lines, row)]
        row += len(lines)
        if len(rest) > LONGEST_LINE:
            _without_end(source, row, rest, "\n")
    if rest:
        yield row, [_without_end(source, row, rest, "\n")]


def _without_end(source: Source, row: int, line: str, end: str) -> str:
    if len(line) > LONGEST_LINE:
        raise SourceError(source.file, f"the line is longer than {LONGEST_LINE:,} characters.", row=row)
    if end == "\r":
        if not line.endswith("\r"):
            reason = r"the line ends with \n, and the first line ends with \r\n."
            raise SourceError(source.file, reason, row=row, way_out="All lines must end alike.")
        line = line[:-1]
    if "\r" in line:
        way_out = r"All lines must end alike, with \n or with \r\n."
        raise SourceError(source.file, r"a carriage return (\r) stands in the line.", row=row, way_out=way_out)
    return line


def _texts(source: Source) -> Iterator[str]:
    """The file as text, a chunk at a time, decoded strictly and without its byte order mark."""
    chunks = _chunks(source)
    first = next(chunks, b"")
    codec, mark = _codec(source, first)
    decoder = codecs.getincrementaldecoder(codec)()
    row = 1
    for chunk in chain([first[mark:]], chunks, [b""]):
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            row += bytes(error.object[: error.start]).decode(codec).count("\n")
            reason = f"the byte 0x{error.object[error.start]:02x} is not {source.dialect.encoding}."
            raise _wrong_encoding(source, row, reason) from None
        _refuse_control_characters(source, row, text)
        row += text.count("\n")
        yield text


def _codec(source: Source, first: bytes) -> tuple[str, int]:
    """Python's codec for the declared encoding, and the length of the byte order mark."""
    declared = source.dialect.encoding
    for mark, encoding, codec in _MARKS:
        if first.startswith(mark):
            if encoding == declared:
                return codec, len(mark)
            reason = f"begins with the byte order mark of {encoding}, and {declared} is declared."
            raise SourceError(source.file, reason, way_out=f"Declare `encoding: {encoding}`.")
    if declared == "utf-16":
        way_out = "Save it with one, or as utf-8."
        raise SourceError(source.file, "is declared as utf-16, and has no byte order mark.", way_out=way_out)
    return declared, 0


def _refuse_control_characters(source: Source, row: int, text: str) -> None:
    place = text.find("\0")
    if place >= 0:
        reason = "a NUL character stands in the line."
        raise _wrong_encoding(source, row + text.count("\n", 0, place), reason)
    found = _NOT_LATIN.search(text) if source.dialect.encoding in ("iso-8859-1", "latin-1") else None
    if found:
        reason = f"the byte 0x{ord(found[0]):02x} is a control character in {source.dialect.encoding}."
        raise _wrong_encoding(source, row + text.count("\n", 0, found.start()), reason)


def _wrong_encoding(source: Source, row: int, reason: str) -> SourceError:
    way_out = "Declare the `encoding:` that the file is written in, such as windows-1252."
    return SourceError(source.file, reason, row=row, way_out=way_out)


def _chunks(source: Source) -> Iterator[bytes]:
    """The bytes of the file, unpacked."""
    packed = source.file.suffix.lower() == ".gz"
    try:
        if source.file.exists() and not source.file.is_file():
            raise SourceError(source.file, "is not a file.")
        with source.file.open("rb") as raw:
            if packed:
                for _ in _unpacked(source, raw):  # to its end first: quick, and no row of a bomb or a torn file is read
                    pass
                raw.seek(0)
            yield from _unpacked(source, raw) if packed else iter(lambda: raw.read(CHUNK), b"")
    except FileNotFoundError:
        raise SourceError(source.file, "there is no such file.") from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        way_out = "Get it again; it was cut short or damaged."
        raise SourceError(source.file, f"cannot be unpacked: {error}.".replace("..", "."), way_out=way_out) from None
    except OSError as error:
        raise SourceError(source.file, f"cannot be read: {error.strerror}.") from None


def _unpacked(source: Source, raw: BinaryIO) -> Iterator[bytes]:
    size = 0
    with gzip.GzipFile(fileobj=raw) as unpacked:
        while chunk := unpacked.read(CHUNK):
            size += len(chunk)
            if size > min(LARGEST_UNPACKED, max(SMALL_UNPACKED, LARGEST_RATIO * raw.tell())):
                reason = f"unpacks to more than {LARGEST_RATIO} times its size, or {LARGEST_UNPACKED >> 30} GiB."
                raise SourceError(source.file, reason, way_out="Unpack it yourself if that is meant to be.")
            yield chunk
