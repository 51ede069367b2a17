"""All that is wrong in the files of a workspace, for a check: reading goes on after an error, as far as that is safe.

A value out of its list, and an unknown key, is noted and passed over; at any other error the entry in which it stands
(a source, a metric, a client, a goal) is left out, and everything is read again. What comes of that, because an entry
is missing or a value is not its own, is no error of its own and is not told: a metric whose source is left out is read
as if it were of another one, so that nothing after that says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kpikit.sources.noted import Entry, Noted, noting
from kpikit.words.errors import SettingError

MOST_PASSES = 40
"""How often everything is read again; what is wrong after that is told at the next check."""


def every_error(read: Callable[[], object]) -> list[SettingError]:
    """The errors that a reader of files meets, file by file, from top to bottom; empty where nothing is wrong."""
    noted, found, astray = Noted(), dict[str, SettingError](), set[Entry]()
    for _ in range(MOST_PASSES):
        noted.errors.clear()
        raised = _raised(read, noted)
        for error in [*noted.errors, *([raised] if raised else [])]:
            entry = noted.entry_of(error)
            if str(error) in found or entry in astray:
                continue
            if not _follows(error, found.values(), noted):
                found[str(error)] = error
            elif entry is not None and error in noted.errors:
                astray.add(entry)
        entry = noted.entry_of(raised) if raised else None
        if entry is None or entry in noted.left_out:
            break
        noted.left_out.add(entry)
    files = list(dict.fromkeys(error.file for error in found.values()))
    return sorted(found.values(), key=lambda error: (files.index(error.file), error.line or 0))


def _raised(read: Callable[[], object], noted: Noted) -> SettingError | None:
    with noting(noted):
        try:
            read()
        except SettingError as error:
            return error
    return None


def _follows(error: SettingError, found: Iterable[SettingError], noted: Noted) -> bool:
    """True for an error that may come of another one: it is in the same entry, or names one that has an error.

    An entry lacks what it says in another file, a plan that it extends, where that is wrong.
    """
    if any(entry.startswith(f"{error.key}.") for _, entry in noted.left_out):
        return True
    for each in found:
        entry = noted.entry_of(each)
        if entry is None:
            continue
        column = each.key.partition(".columns.")[2].partition(".")[0]
        named = any(repr(name) in error.reason for name in (entry[1].partition(".")[2], column) if name)
        own = noted.entry_of(error)
        same = own == entry and error not in noted.errors
        extends = own is not None and own[1] == entry[1] and error.reason.startswith("is required")
        if same or extends or named or entry[1].startswith(f"{error.key}."):
            return True
    return False
