"""Notes of people: how they are written, and how they are shown: as plain text, whatever signs they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from pathlib import Path

from kpikit.charts.markup import Html, joined
from kpikit.charts.reading import capital
from kpikit.evaluation.facts import Fact
from kpikit.plans.notes import Note, text_problem, tidy, write_note
from kpikit.words.errors import UsageError, one_of
from kpikit.words.language import Language
from kpikit.words.message import Message
from kpikit.words.periods import Period
from kpikit.words.texts import N_
from kpikit.workspace.settings import NOTES, Settings


def write(
    settings: Settings, client: str, text: str, period: str, indicator: str | None, by: str | None, on: date
) -> Path:
    """The new file of a note about a client's period; a `UsageError`, and no file, for one that could not be shown."""
    found = settings.clients[client].calendar.parse(period)
    if found.end <= settings.begins:
        told = N_("period {period} lies before {begins}, the first day that the sources cover.")
        raise UsageError(Message(told, period=found, begins=settings.begins))
    if found.start > on:
        raise UsageError(Message("period {period} has not begun on {on}, the day of the note.", period=found, on=on))
    if indicator is not None and indicator not in settings.measured(client):
        raise UsageError(one_of("indicator", indicator, settings.measured(client)))
    for told, given, lines in (
        (N_("the note's text {problem}"), text, True),
        (N_("the note's author {problem}"), by, False),
    ):
        if given is not None and (problem := text_problem(given, lines)):
            raise UsageError(Message(told, problem=problem))
    note = Note(found, on, tidy(text), by and by.strip(), indicator)
    return write_note(settings.folder / NOTES / client, note)


def home(note: Note, kpis: Sequence[Fact]) -> Fact | None:
    """The KPI in whose section a note stands, of the whole before its members; None where it has none."""
    own = [fact for fact in kpis if fact.indicator == note.indicator]
    return min(own, key=lambda fact: fact.member is not None, default=None)


def shown(notes: Sequence[Note], say: Language, within: Period, name: Callable[[str], str] | None = None) -> Html:
    """The notes on a period and on days in it, each headed by what it is about: the date, and the indicator if named.

    ``name`` says what an indicator is called; without it, it is not said.
    """
    return joined([_shown(note, say, about(note, say, within, name)) for note in notes])


def about(note: Note, say: Language, within: Period, name: Callable[[str], str] | None = None) -> str:
    """What a note is about, of all that is shown of the period ``within``: a day of it, an indicator; may be empty."""
    when = "" if note.period == within else capital(say.period(note.period))
    return ", ".join(filter(None, [when, name(note.indicator) if name and note.indicator else ""]))


def signed(note: Note, say: Language) -> str:
    """Whose note it is, and from when."""
    return say("{name}, {day}", name=note.by, day=say.day(note.on)) if note.by else say.day(note.on)


def _shown(note: Note, say: Language, about: str) -> Html:
    who, text = signed(note, say), say.own(note.text)
    parts = [f"<p>{_lines(part)}</p>" for part in re.split(r"\n{2,}", text)]
    head = f'<p class="about">{escape(about)}</p>' if about else ""
    html = f'<aside class="kpikit note">{head}{"".join(parts)}<p class="who">{escape(who)}</p></aside>'
    return Html(html, "\n".join(filter(None, [about, text, f"– {who}"])))


def _lines(part: str) -> str:
    return "<br>".join(escape(line) for line in part.split("\n"))
