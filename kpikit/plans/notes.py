"""Notes: what people say about a client's period, in ``notes/<client>/``, one file for each.

They are no part of a report, so they are still there when it is rendered again. People and programs write new files; no
program changes one that is there.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from kpikit.sources.noted import NOTED
from kpikit.sources.strict import SCHEMA, Section, read
from kpikit.words.errors import SettingError, UsageError, one_of
from kpikit.words.language import Wording
from kpikit.words.message import Message
from kpikit.words.periods import Calendar, Period
from kpikit.words.signs import sign_problem

LONGEST = 10_000
"""The signs that a note may have."""


@dataclass(frozen=True)
class Note:
    """What somebody (``by``, where known) said on a day about a period, or about one indicator in it."""

    period: Period
    on: date
    text: Wording
    by: str | None = None
    indicator: str | None = None


def read_notes(folder: Path, calendar: Calendar, indicators: Collection[str]) -> tuple[Note, ...]:
    """The notes in a client's folder, oldest first; none where there is no such folder.

    A check goes on after a note that cannot be read.
    """
    files = [file for file in folder.iterdir() if not file.name.startswith(".")] if folder.is_dir() else []
    notes, noted = list[tuple[Note, str]](), NOTED.get()
    for file in sorted(files):
        try:
            notes.append((_note(file, calendar, indicators), file.name))
        except SettingError as error:
            if noted is None:
                raise
            noted.errors.append(error)
    return tuple(note for note, _ in sorted(notes, key=lambda each: (each[0].on, each[1])))


def mark_of(notes: Iterable[Note], period: Period) -> str:
    """What stands for the notes on a period, and on days in it, so that others can be told from them."""
    own = [each for each in notes if period.start <= each.period.start and each.period.end <= period.end]
    told = [[each.period.key, each.indicator, each.by, each.text] for each in own]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:32]


def _note(file: Path, calendar: Calendar, indicators: Collection[str]) -> Note:
    if file.suffix != ".yml":
        raise SettingError(file, None, "", Message("is no note: its name must end with '.yml'."))
    top = read(file)
    indicator = top.optional("indicator")
    if indicator is not None and indicator not in indicators:
        raise top.refuse("indicator", one_of("indicator", indicator, indicators))
    note = Note(_period(top, calendar), top.day("on"), _text(top, "text"), top.optional("by"), indicator)
    if note.by is not None and (problem := text_problem(note.by, lines=False)):
        raise top.refuse("by", problem)
    top.finish()
    return note


def _period(section: Section, calendar: Calendar) -> Period:
    try:
        return calendar.parse(section.text("period", example="2026-01"))
    except UsageError as error:
        raise section.refuse("period", error.args[0]) from None


def _text(section: Section, key: str) -> Wording:
    wording = section.wording(key)
    for text in [wording] if isinstance(wording, str) else wording.values():
        if problem := text_problem(text):
            raise section.refuse(key, problem)
    return {code: tidy(text) for code, text in wording.items()} if isinstance(wording, dict) else tidy(wording)


def tidy(text: str) -> str:
    """The text without blanks at the ends of its lines, and with nothing before its first word and after its last."""
    return "\n".join(line.rstrip() for line in re.split("\r\n?|[\n\u2028\u2029]", text)).strip()


def text_problem(text: str, lines: bool = True) -> str | None:
    """Why a text cannot be (part of) a note; None where it can. With ``lines`` it may have several."""
    if not text.strip():
        return Message("is empty.")
    if len(text) > LONGEST:
        return Message(
            "has {number} signs, must have at most {longest}.", number=f"{len(text):,}", longest=f"{LONGEST:,}"
        )
    return sign_problem(text, "\r\n\t\u2028\u2029" if lines else "")


def write_note(folder: Path, note: Note) -> Path:
    """A new file in the folder with the note in it; see `write_new`."""
    return write_new(folder, f"{note.period}.", ".yml", _as_yaml(note).encode("utf-8"))


def write_new(folder: Path, begins: str, suffix: str, content: bytes) -> Path:
    """A new file in the folder, its name numbered, whole or not at all; no other file is touched.

    Two that are written at the same moment get two files: the hidden file that becomes it can be made once only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        target = folder / f"{begins}{number:03}{suffix}"
        part = folder / f".{target.name}.part"
        try:
            file = part.open("xb")
        except FileExistsError:
            continue
        try:
            with file:
                if target.exists():
                    continue
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, target)
            return target
        finally:
            part.unlink(missing_ok=True)
    raise AssertionError("numbers do not end")


def _as_yaml(note: Note) -> str:
    """The text of a note's file, written as people would: what was said stands beneath its key, line by line."""
    lines = [f"schema: {SCHEMA}", f"period: {note.period}", f"on: {note.on}"]
    lines += [f"by: {_quoted(note.by)}"] if note.by is not None else []
    lines += [f"indicator: {note.indicator}"] if note.indicator is not None else []
    if isinstance(note.text, str):
        lines += ["text: |", *_beneath(note.text, "  ")]
    else:
        lines += ["text:"]
        for code, text in note.text.items():
            lines += [f"  {code}: |", *_beneath(text, "    ")]
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    return text if re.fullmatch(r"\w+(?:[ .'-]+\w+)*\.?", text) else json.dumps(text, ensure_ascii=False)


def _beneath(text: str, indent: str) -> list[str]:
    return [f"{indent}{line}".rstrip() for line in text.split("\n")]
