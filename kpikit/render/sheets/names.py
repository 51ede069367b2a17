"""Names of sheets: few signs, some of them forbidden, and each once, such that those who read them tell them apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import count, takewhile

LONGEST = 31
"""The signs that a sheet's name may have."""


def free_name(label: str, labels: Sequence[str], taken: Collection[str]) -> str:
    """The name of a sheet about ``label``, one of ``labels``; ``taken`` are the names, in folded case, there are.

    >>> ads = ["Cost per conversion of ads, Google", "Cost per conversion of ads, Meta"]
    >>> [free_name(label, ads, ()) for label in ads], free_name("Orders", ads, {"orders"})
    (['Cost per conversion of… Google', 'Cost per conversion of… Meta'], 'Orders (2)')
    """
    return next(name for name in _names(label, labels) if name.casefold() not in {*taken, "history"})


def _names(label: str, labels: Sequence[str]) -> Iterator[str]:
    name = _plain(label)
    alike = [other for other in map(_plain, labels) if other != name and _cut(other) == _cut(name)]
    yield _told_apart(name, alike) if alike and len(name) > LONGEST else _cut(name)
    for number in count(2):
        mark = f" ({number})"
        yield _cut(name, LONGEST - len(mark)) + mark


def _plain(label: str) -> str:
    """A label without what no name of a sheet may hold.

    >>> _plain("Paid/free [all]'"), _plain("?")
    ('Paid free  all', '–')
    """
    return re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", label).strip(" '") or "–"


def _told_apart(name: str, alike: Sequence[str]) -> str:
    """A name that is cut before its end, where it begins to differ from those that would be cut to the same.

    >>> _told_apart("Conversion rate per session, Paid search", ["Conversion rate per session"])
    'Conversion rate… Paid search'
    """
    words = name.split(" ")
    bare = [[word.rstrip(",") for word in each.split(" ")] for each in (name, *alike)]
    shared = len(list(takewhile(lambda same: len(set(same)) == 1, zip(*bare, strict=False))))
    start, end = " ".join(words[:shared]), " ".join(words[shared:])
    while len(end) > 2 * LONGEST // 3 and " " in end:
        end = end.partition(" ")[2]
    end = end[-(2 * LONGEST // 3) :]
    return f"{_cut(start, LONGEST - len(end) - 2)}… {end}" if end else _cut(name)


def _cut(name: str, length: int = LONGEST) -> str:
    """A name of at most so many signs, cut at a word and before a bracket that would stay open.

    >>> _cut("Markedsføringens effektivitet (MER)"), _cut("Share within four hours, all types")
    ('Markedsføringens effektivitet', 'Share within four hours, all')
    """
    if len(name) <= length:
        return name
    words = name[: length + 1].rpartition(" ")[0]
    found = words if len(words) > length // 2 else name[:length]
    found = found if found.count("(") <= found.count(")") else found.rpartition("(")[0].strip() or found
    return found.rstrip(" ',–") or found
