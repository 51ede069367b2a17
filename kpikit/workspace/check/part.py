"""What the parts of a check share: their title, and how they name many in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kpikit.charts.markup import Html
from kpikit.words.language import Language
from kpikit.workspace.check.examined import Examined

MOST = 5
"""How many of the clients, gaps or values that are alike are named; the others are counted."""


def section(title: str, body: Html) -> Html:
    """A part of the check under its title."""
    return Html(f'<div class="kpikit"><h3>{escape(title)}</h3>{body.html}</div>', f"{title.upper()}\n{body}")


@dataclass(frozen=True)
class Part:
    """One part of a check: in sentences it names clients, and others, of which only the first few are told."""

    found: Examined
    say: Language

    def clients(self, keys: Sequence[str]) -> str:
        """The clients of these keys."""
        assert self.found.workspace
        whole = len(keys) == len(self.found.workspace.clients) > 1
        return self.say("all clients ({number})", number=self.say.count(len(keys))) if whole else self.listed(keys)

    def listed(self, names: Sequence[str]) -> str:
        """Names with commas between them; of more than `MOST` the first ones, and how many more there are."""
        shown = ", ".join(names[:MOST])
        more = self.say.count(len(names) - MOST)
        return self.say("{names} and {number} more", names=shown, number=more) if len(names) > MOST else shown
