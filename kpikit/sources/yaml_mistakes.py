"""The usual mistakes in a YAML file, in words for people who write few of them: where, and what to do.

The parser says what it met, often lines after the mistake: at the end of the file, of a quote that was never closed.
"""

from __future__ import annotations

import yaml

from kpikit.words.message import Message

_TAB = Message("a line is indented with a tab. Indent with spaces.")
_SIGN = Message("a text begins with a sign that means something else here (@ ` % and the like). Put it in quotes.")
_KEY = Message("a key has no ': ' after it, as in 'name: Vejle'; a blank after the colon is needed.")
_QUOTE = Message("a quote is opened and never closed, or stands within a text in the same quotes.")
_COLON = Message(
    "a ': ' where no key can be. A text that holds one stands in quotes, and a key is indented as its neighbours."
)
_INDENT = Message(
    "the line does not go on with what stands above it: indent it as its neighbours, and close each quote once."
)
_OPEN = Message("a bracket is opened and not closed, or a comma is missing between its entries.")
_NOTHING = Message("a comma or a bracket stands where an entry is expected.")
_BACKSLASH = Message("a backslash in double quotes has a meaning of its own. Put the text in single quotes.")

_AT_ITS_BEGINNING = {_KEY, _QUOTE, _OPEN}
"""Mistakes that are told of the line on which that began which the parser was reading."""

_MISTAKES = (
    ("tab character", _TAB),
    ("could not find expected ':'", _KEY),
    ("unexpected end of stream", _QUOTE),
    ("mapping values are not allowed", _COLON),
    ("did not find expected ','", _OPEN),
    ("did not find expected key", _INDENT),
    ("did not find expected '-' indicator", _INDENT),
    ("did not find expected node content", _NOTHING),
    ("unknown escape character", _BACKSLASH),
)
"""Part of what the parser says -> what that means."""


def mistake(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int | None, str]:
    """The line of a mistake, from 1, and what is wrong; in the parser's words where it is a rare one."""
    problem, mark = error.problem or str(error), error.problem_mark
    line = mark.line if mark else None
    told = next((words for part, words in _MISTAKES if part in problem), f"{problem}.")
    if "cannot start any token" in problem:
        indent = lines[line][: len(lines[line]) - len(lines[line].lstrip())] if line is not None else ""
        told = _TAB if "\t" in indent else _SIGN
    if told in _AT_ITS_BEGINNING and error.context_mark:
        line = error.context_mark.line
    return None if line is None else line + 1, told
