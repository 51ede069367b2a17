"""Rows with a cell that cannot be read, where ``on_bad_rows: quarantine`` leaves them out instead of refusing the file.

They are kept in a file of their own, with the reason, as people open it: in the workspace's language, in the form of
CSV that spreadsheets read in it. Every report says how many they are. The limit is of each
file: one in which all days are written otherwise is wrong as a whole, however many good ones there are beside it.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from kpikit.sources.declarations import Source
from kpikit.words.errors import SourceError
from kpikit.words.language import Language, language
from kpikit.words.message import Message, Messages
from kpikit.words.texts import LANGUAGES, N_

FOLDER = "quarantine"
"""The folder of the workspace that holds a file for each source with bad rows; not in what is handed on."""

USUAL_LIMIT = Decimal("0.05")
"""The share of a file's rows that may be bad, unless the source says another."""

LARGEST_LIMIT = Decimal("0.5")
"""The largest share that a source may say."""

MOST_BAD = 10_000
"""No file may have more bad rows, however large it is."""

HEADER = (N_("File"), N_("Row"), N_("Column"), N_("Reason"), N_("Line"))
_ENCODING = "utf-8-sig"
"""With its mark, by which spreadsheets know it."""


@dataclass(frozen=True)
class BadRow:
    """A row that was left out: why, and, as far as it can be read, what it calls its client, and its day.

    ``error`` is what would be raised if the file were refused, ``others`` what is wrong with its other cells. ``line``
    is its text, without what is personal.
    """

    error: SourceError
    client: str | None
    day: date | None
    line: str
    others: tuple[SourceError, ...] = ()

    @property
    def errors(self) -> tuple[SourceError, ...]:
        """All that is wrong with its cells, from left to right."""
        return (self.error, *self.others)


def check_limit(source: Source, bad: Sequence[BadRow], rows: int | None) -> None:
    """Refuse a file with more bad rows than its source allows, or than `MOST_BAD`, and name the first one.

    ``rows`` is the number of all rows; None while it is not known yet.
    """
    limit = source.bad_rows_at_most or Decimal(0)
    if len(bad) <= MOST_BAD and (rows is None or len(bad) <= limit * rows):
        return
    first = bad[0].error
    share = f"{(limit * 100).normalize():f}"
    many = Message("more than {number} rows", number=f"{MOST_BAD:,}")
    if rows is not None:
        many = Message(
            "{number} of {all} rows, more than the {share} % that 'bad_rows_at_most' allows,",
            number=f"{len(bad):,}",
            all=f"{rows:,}",
            share=share,
        )
    reason = Message("{many} cannot be read. The first one: {reason}", many=many, reason=first.reason)
    raise SourceError(first.file, reason, row=first.row, column=first.column, value=first.value, way_out=first.way_out)


def quarantine_file(folder: Path, source: Source) -> Path:
    """The file with a source's bad rows, in the workspace's folder."""
    name = re.sub(r"[^\w -]", lambda sign: f"%{ord(sign[0]):02x}", source.name)
    return folder / FOLDER / f"{name}.csv"


def keep(folder: Path, source: Source, bad: Sequence[BadRow], say: Language) -> None:
    """Write the bad rows of a source, whole or not at all; where it has none any more, remove what was kept before."""
    file = quarantine_file(folder, source)
    try:
        if not bad:
            _remove(file)
        elif (told := _told(folder, bad, say)) != _read(file):
            _write(file, told)
    except OSError as error:
        reason = Message(
            "cannot be written: {strerror}, and no bad row is left out without being kept.", strerror=error.strerror
        )
        raise SourceError(file, reason) from None


def _told(folder: Path, bad: Iterable[BadRow], say: Language) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=say.cell_mark, lineterminator="\n")
    writer.writerow(map(say, HEADER))
    for each in bad:
        file = Path(each.error.file).relative_to(folder.resolve()).as_posix()
        columns = ", ".join(error.column or "" for error in each.errors)
        writer.writerow([file, each.error.row, columns, _reasons(each, say), each.line])
    return text.getvalue()


def _reasons(bad: BadRow, say: Language) -> str:
    """What is wrong in a row; of several cells each after the name of its column."""
    told = {error.column: Messages([error.reason, error.way_out]).said(say) for error in bad.errors}
    return " ".join(told.values() if len(told) == 1 else (f"{column}: {reason}" for column, reason in told.items()))


def _read(file: Path) -> str:
    return file.read_text(encoding=_ENCODING) if file.is_file() else ""


def _remove(file: Path) -> None:
    """Only a file that was written here is removed: it has our header, in one of the languages."""
    header = _read(file).partition("\n")[0].casefold()
    if header in {say.cell_mark.join(map(say, HEADER)).casefold() for say in map(language, LANGUAGES)}:
        file.unlink()
        with contextlib.suppress(OSError):
            file.parent.rmdir()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    number, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(number, "w", encoding=_ENCODING, newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, file)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
