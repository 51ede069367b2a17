"""Signs that no text may hold: they show nothing, steer a terminal, or break the files that reports are made as."""

from __future__ import annotations

import re

from kpikit.words.message import Message

ODD = r"\x00-\x08\x0a-\x1f\x7f-\x9f" + "\u2028\u2029\ufeff\ufffe\uffff"
"""Controls but the tab, ends of lines, and what is no sign at all, for a class of a regular expression (RE2, too)."""

_ANY = re.compile(f"[{ODD}\t\ud800-\udfff]")


def sign_problem(text: str, allowed: str = "") -> str | None:
    r"""What is wrong with a text that holds such a sign, a tab or half a sign; None where all are ``allowed``.

    >>> sign_problem("from\x1b[31m here")
    'holds the sign U+001B, which cannot be shown.'
    """
    odd = next((found for found in _ANY.findall(text) if found not in allowed), None)
    return None if odd is None else Message("holds the sign {sign}, which cannot be shown.", sign=f"U+{ord(odd):04X}")
