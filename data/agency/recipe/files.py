"""Writing exports as programs write them: dialects, encodings, lines above the header, packed files."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path


def write(
    file: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    delimiter: str = ",",
    encoding: str = "utf-8",
    above: Sequence[str] = (),
    bom: bool = False,
) -> None:
    """A CSV file; packed where its name ends with ``.gz``, without the time, so that it is the same on every run."""
    text = io.StringIO()
    text.write("".join(f"{line}\n" for line in above))
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    data = (b"\xef\xbb\xbf" if bom else b"") + text.getvalue().encode(encoding)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(data, 9, mtime=0) if file.suffix == ".gz" else data)


def english(number: float, digits: int = 2) -> str:
    """``1,234.50``"""
    return f"{number:,.{digits}f}"


def danish(number: float, digits: int = 2) -> str:
    """``1.234,50``"""
    return english(number, digits).translate(str.maketrans(",.", ".,"))


def comma(number: float, digits: int = 2) -> str:
    """``1234,50``, without marks between thousands."""
    return f"{number:.{digits}f}".replace(".", ",")


def danish_day(day: date) -> str:
    """``31-01-2026``"""
    return day.strftime("%d-%m-%Y")


def norwegian_day(day: date) -> str:
    """``31.01.2026``"""
    return day.strftime("%d.%m.%Y")
