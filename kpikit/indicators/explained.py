"""What an indicator's docstring says: what it is, what a low and a high value suggest, what to mind, who defines it.

'''Share of the delivered e-mails that were opened.

Low: what a low value suggests, and what to try.
High: what a high value suggests, and what to try.
Mind: what is easily misread.
Source: the publication, and the section in it.
'''
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PARTS = ("Low", "High", "Mind", "Source")


@dataclass(frozen=True)
class Explained:
    """The texts of a docstring, each on one line."""

    description: str
    low: str
    high: str
    mind: str
    source: str


def explained(function: Callable[..., Any]) -> Explained:
    """The texts of a function's docstring; a TypeError names what it lacks."""
    text = inspect.getdoc(function)
    if not text:
        raise TypeError(f"indicator {function.__name__} has no docstring; its first paragraph is its description.")
    description, *rest = re.split(rf"(?m)^({'|'.join(PARTS)}): ", text)
    found = {part: _on_one_line(words) for part, words in zip(rest[::2], rest[1::2], strict=True)}
    if lacking := [f"'{part}: ...'" for part in PARTS if part not in found]:
        raise TypeError(f"the docstring of indicator {function.__name__} has no {' and no '.join(lacking)}.")
    return Explained(_on_one_line(description), *(found[part] for part in PARTS))


def _on_one_line(text: str) -> str:
    """The first paragraph, on one line."""
    return re.sub(r"\s+", " ", text.strip().split("\n\n")[0]).strip()
