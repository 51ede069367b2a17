"""The lines of a text file, read so that damage is seen: decoded strictly, all ending alike, unpacked within limits.

Memory is bounded by `CHUNK`.
"""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from kpikit.sources.declarations import SAVE_AS_CSV, Source
from kpikit.words.errors import SourceError, closest
from kpikit.words.message import Message, Messages

CHUNK = 1 << 20
"""How many bytes are read at once; the rows of a chunk are a batch."""

LONGEST_LINE = 1_000_000
"""Characters. A longer line is a sign of damage, or of a file that is no table."""

LARGEST_UNPACKED, SMALL_UNPACKED, LARGEST_RATIO = 2 << 30, 16 << 20, 200
"""A ``.gz`` unpacks to 2 GiB at most, and beyond 16 MiB to 200 times its own size at most; tables reach about 30."""

MOST_BESIDE = 5
"""How many of the files beside one that is not there are named."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_NO_CSV = {
    b"PK\x03\x04": (
        Message("is a zip, as Excel's workbooks are."),
        Messages([SAVE_AS_CSV, Message("Unpack another one.")]),
    ),
    b"\xd0\xcf\x11\xe0": (Message("is a workbook of an old Excel."), SAVE_AS_CSV),
    b"\x1f\x8b": (Message("is packed with gzip."), Message("Name it so, `.csv.gz`.")),
    b"PAR1": (Message("is a Parquet file."), Message("Declare `format: parquet`.")),
}
"""How files begin that people take for CSV: what they are, and the way out."""

_NOT_LATIN = re.compile("[\x80-\x9f]")


def lines_of(source: Source) -> Iterator[tuple[int, list[str]]]:
    """The lines of a source's file without their ends, in batches of `CHUNK`, each with the row of its first line.

    Raises `SourceError` at what cannot be decoded, or does not end as the first line does.
    """
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
        raise SourceError(
            source.file,
            Message("the line is longer than {longest_line} characters.", longest_line=f"{LONGEST_LINE:,}"),
            row=row,
        )
    if end == "\r":
        if not line.endswith("\r"):
            reason = Message(r"the line ends with \n, and the first line ends with \r\n.")
            raise SourceError(source.file, reason, row=row, way_out=Message("All lines must end alike."))
        line = line[:-1]
    if "\r" in line:
        way_out = Message(r"All lines must end alike, with \n or with \r\n.")
        raise SourceError(source.file, Message(r"a carriage return (\r) stands in the line."), row=row, way_out=way_out)
    return line


def _texts(source: Source) -> Iterator[str]:
    """The file as text, a chunk at a time, decoded strictly and without its byte order mark."""
    chunks = _chunks(source)
    first = next(chunks, b"")
    for begins, (reason, way_out) in _NO_CSV.items():
        if first.startswith(begins):
            raise SourceError(source.file, reason, way_out=way_out)
    codec, mark = _codec(source, first)
    _refuse_garbled(source, first)
    decoder = codecs.getincrementaldecoder(codec)()
    row = 1
    for chunk in chain([first[mark:]], chunks, [b""]):
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            row += bytes(error.object[: error.start]).decode(codec).count("\n")
            byte = f"0x{error.object[error.start]:02x}"
            reason = Message("the byte {byte} is not {encoding}.", byte=byte, encoding=source.dialect.encoding)
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
            reason = Message(
                "begins with the byte order mark of {encoding}, and {declared} is declared.",
                encoding=encoding,
                declared=declared,
            )
            raise SourceError(
                source.file, reason, way_out=Message("Declare `encoding: {encoding}`.", encoding=encoding)
            )
    if declared == "utf-16":
        way_out = Message("Save it with one, or as utf-8.")
        raise SourceError(source.file, Message("is declared as utf-16, and has no byte order mark."), way_out=way_out)
    return declared, 0


def _refuse_control_characters(source: Source, row: int, text: str) -> None:
    place = text.find("\0")
    if place >= 0:
        reason = Message("a NUL character stands in the line.")
        raise _wrong_encoding(source, row + text.count("\n", 0, place), reason)
    found = _NOT_LATIN.search(text) if source.dialect.encoding in ("iso-8859-1", "latin-1") else None
    if found:
        byte, encoding = f"0x{ord(found[0]):02x}", source.dialect.encoding
        reason = Message("the byte {byte} is a control character in {encoding}.", byte=byte, encoding=encoding)
        raise _wrong_encoding(source, row + text.count("\n", 0, found.start()), reason)


def _refuse_garbled(source: Source, first: bytes) -> None:
    """Refuse UTF-8 that a codec of one byte for each character would read as garbage: "Besøg" as "BesÃ¸g".

    Letters of such a codec do not stand beside each other as the bytes of UTF-8 do, in all of a file's beginning.
    """
    if source.dialect.encoding in ("utf-8", "utf-16") or first.isascii():
        return
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(first)
    except UnicodeDecodeError:
        return
    found = re.search(r"\w*[^\W\x00-\x7f]\w*", text)
    if found:
        garbled = found[0].encode().decode(source.dialect.encoding, "replace")
        reason = Message("is UTF-8, and {encoding} is declared, by which '{word}' would be '{garbled}'.",
                         encoding=source.dialect.encoding, word=found[0], garbled=garbled)  # fmt: skip
        row = 1 + text.count("\n", 0, found.start())
        raise SourceError(source.file, reason, row=row, way_out=Message("Declare `encoding: utf-8`."))


def _wrong_encoding(source: Source, row: int, reason: str) -> SourceError:
    way_out = Message("Declare the `encoding:` that the file is written in, such as windows-1252.")
    return SourceError(source.file, reason, row=row, way_out=way_out)


def _chunks(source: Source) -> Iterator[bytes]:
    """The bytes of the file, unpacked."""
    packed = source.file.suffix.lower() == ".gz"
    try:
        if source.file.exists() and not source.file.is_file():
            raise SourceError(source.file, Message("is not a file."))
        with source.file.open("rb") as raw:
            if packed:
                for _ in _unpacked(source, raw):  # to its end first: quick, and no row of a bomb or a torn file is read
                    pass
                raw.seek(0)
            yield from _unpacked(source, raw) if packed else iter(lambda: raw.read(CHUNK), b"")
    except FileNotFoundError:
        raise no_such_file(source) from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        way_out = Message("Get it again; it was cut short or damaged.")
        raise SourceError(source.file, f"cannot be unpacked: {error}.".replace("..", "."), way_out=way_out) from None
    except OSError as error:
        raise SourceError(source.file, Message("cannot be read: {strerror}.", strerror=error.strerror)) from None


def no_such_file(source: Source) -> SourceError:
    """The error for a file that is not there: where it is declared, and the files beside it, the likest ones first."""
    return SourceError(source.file, Message("there is no such file."), way_out=way_to_the_file(source))


def way_to_the_file(source: Source) -> str:
    """Where a file that is not there is declared, and which files there are instead, the likest ones first."""
    declared = Message("It is declared in {place}.", place=source.declared) if source.declared else ""
    folder = source.file.parent
    if not folder.is_dir():
        return Messages([declared, Message("There is no folder {folder}.", folder=repr(folder.name))])
    names = sorted(each.name for each in folder.iterdir() if not each.name.startswith("."))
    nearest = closest(source.file.name, names)
    if nearest:
        return Messages([declared, Message("Did you mean {nearest}?", nearest=repr(nearest))])
    if not names:
        return Messages([declared, Message("Its folder is empty.")])
    listed = ", ".join(names[:MOST_BESIDE]) + (" …" if len(names) > MOST_BESIDE else "")
    return Messages([declared, Message("Its folder has {names}.", names=listed)])


def _unpacked(source: Source, raw: BinaryIO) -> Iterator[bytes]:
    size = 0
    with gzip.GzipFile(fileobj=raw) as unpacked:
        while chunk := unpacked.read(CHUNK):
            size += len(chunk)
            if size > min(LARGEST_UNPACKED, max(SMALL_UNPACKED, LARGEST_RATIO * raw.tell())):
                reason = Message(
                    "unpacks to more than {times} times its size, or {size} GiB.",
                    times=LARGEST_RATIO,
                    size=LARGEST_UNPACKED >> 30,
                )
                raise SourceError(source.file, reason, way_out=Message("Unpack it yourself if that is meant to be."))
            yield chunk
