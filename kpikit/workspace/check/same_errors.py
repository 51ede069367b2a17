"""Errors that say the same of many files, as where one line of a source's declaration is missing: told once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kpikit.words.errors import KpikitError, SourceError, shortened
from kpikit.words.language import Language
from kpikit.workspace.paths import relative


def together(errors: Iterable[KpikitError], folder: Path, say: Language) -> list[str]:
    """Each error's text, with how many more files have the same one: the same column, reason and way out, whatever the
    value.

    Errors of one file are told one by one.
    """
    found = dict[object, list[KpikitError]]()
    for error in errors:
        found.setdefault(_what(error), []).append(error)
    return [relative(text, folder) for same in found.values() for text in _told(same, say)]


def _what(error: KpikitError) -> object:
    if not isinstance(error, SourceError):
        return str(error)
    value = shortened(error.value)
    return error.column, error.reason.replace(value, ""), error.way_out.replace(value, "")


def _told(same: list[KpikitError], say: Language) -> list[str]:
    files, more = {each.file for each in same if isinstance(each, SourceError)}, len(same) - 1
    if not more or len(files) < len(same):
        return [each.said(say) for each in same]
    return [
        f"{same[0].said(say)} {say.plural('The same in {number} more file.', 'The same in {number} more files.', more)}"
    ]
