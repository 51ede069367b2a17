"""The outline of a page, as people hear it: one heading of the first level, none left out below it, and heads of tables
that say of what they are. Our templates have it by themselves; those of others get it here."""

from __future__ import annotations

import re
from html import escape

_ATTRIBUTES = r"""(?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?"""
_HEADING = re.compile(rf"<h([1-6])({_ATTRIBUTES})>(.*?)</h\1>", re.DOTALL | re.IGNORECASE)
_HEAD_OF_TABLE = re.compile(r"<(thead|tbody|tfoot)\b|<th(?=[\s>])(?![^>]*\sscope\s*=)", re.IGNORECASE)
_HEADER = '<header class="kpikit">'


def outlined(html: str, title: str) -> str:
    """The page with its outline in order; where it has no heading of the first level, the ``title`` becomes it.

    >>> outlined("<main><h1>A</h1><h4>B</h4><h1>C</h1></main>", "Report")
    '<main><h1>A</h1><h2>B</h2><h2>C</h2></main>'
    >>> outlined("<main><h3>B</h3><table><tr><th>x</th></tr></table></main>", "A")
    '<header class="kpikit"><h1>A</h1></header><main><h2>B</h2><table><tr><th scope="row">x</th></tr></table></main>'
    """
    if not any(match[1] == "1" for match in _HEADING.finditer(html)):
        first = f"{_HEADER}<h1>{escape(title)}</h1>"
        there = _HEADER in html
        html = html.replace(_HEADER, first, 1) if there else html.replace("<main", f"{first}</header><main", 1)
    return _with_scopes(_in_order(html))


def _in_order(html: str) -> str:
    """Each heading one level below the one that it stands under; of several of the first level the first keeps it."""
    above = [(0, 1)]  # the level that a heading had, and the one that it gets; all stand under the first one
    begun = False

    def placed(match: re.Match[str]) -> str:
        nonlocal begun
        had = int(match[1])
        while above[-1][0] >= had:
            above.pop()
        gets = 1 if had == 1 and not begun else min(above[-1][1] + 1, 6)
        begun = begun or had == 1
        above.append((had, gets))
        return match[0] if gets == had else f"<h{gets}{match[2]}>{match[3]}</h{gets}>"

    return _HEADING.sub(placed, html)


def _with_scopes(html: str) -> str:
    """Heads of tables as pandas writes them: in the head of a table of a column, else of a row."""
    part = ""

    def scoped(match: re.Match[str]) -> str:
        nonlocal part
        if match[1]:
            part = match[1].lower()
            return match[0]
        return f'{match[0]} scope="{"col" if part == "thead" else "row"}"'

    return _HEAD_OF_TABLE.sub(scoped, html)
