"""What was planted into the figures, and where. ``answers.yml`` is written from here; kpikit never reads it.

Nothing in kpikit is tuned on these: they are for people and tests that ask whether a method finds what is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Planted:
    """An event of a client: its first and last day, what was done, where it shows, and how large it was made."""

    client: str
    first: date
    last: date
    what: str
    shows_in: str
    size: float
    known: bool

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


END = date(2026, 2, 28)
LANDING_PAGE = Planted(
    "maskegarn", date(2025, 6, 10), date(2025, 6, 23),
    "A landing page broke: visitors from paid search came, and could not buy.",
    "ga4: the conversion rate of Paid Search is multiplied by the size, on all devices", 0.12, known=False,
)  # fmt: skip
MIX = Planted(
    "maskegarn", date(2025, 11, 3), date(2025, 11, 30),
    "A campaign changed the mix: many visitors from paid social, who buy as rarely as they always did.",
    "ga4: sessions of Paid Social are multiplied by the size; no channel's conversion rate changes", 6.0, known=True,
)  # fmt: skip
OUTAGE = Planted(
    "kysthjelpen", date(2025, 9, 8), date(2025, 9, 14),
    "Tracking was out: the consent banner blocked the tag, and nothing was counted for a week.",
    "ga4: no rows on these days", 0.0, known=False,
)  # fmt: skip
PRICE = Planted(
    "brynje", date(2025, 4, 1), END,
    "Prices rose: what is bought costs more, and a little less often something is bought.",
    "till: revenue per receipt is multiplied by the size; receipts by 0.97", 1.08, known=True,
)  # fmt: skip
REDEFINITION = Planted(
    "fjordvik", date(2025, 5, 1), END,
    "A metric was redefined: a case counts as solved when an answer was sent, and no longer when the citizen agrees.",
    "cases: the size is added to the chance that a case counts as solved", 0.14, known=True,
)  # fmt: skip
TEST = Planted(
    "kvartal", date(2026, 1, 12), date(2026, 2, 8),
    "An A/B test of the page on which trials begin: B asks for an e-mail address alone.",
    "ab_test: the chance of a trial is 0.040 with A; with B it is multiplied by the size", 1.3, known=True,
)  # fmt: skip
BREAKDOWN = Planted(
    "rugmark", date(2025, 10, 6), date(2025, 10, 17),
    "The oven of line 2 broke down.",
    "production: run hours of line 2 are multiplied by the size", 0.45, known=True,
)  # fmt: skip
PACKAGING = Planted(
    "rugmark", date(2025, 8, 1), END,
    "Bags of paper took the place of bags of plastic.",
    "materials: the share of recyclable material goes from 0.62 to the size", 0.88, known=True,
)  # fmt: skip
ALL = (LANDING_PAGE, MIX, OUTAGE, PRICE, REDEFINITION, TEST, BREAKDOWN, PACKAGING)


def write_answers(file: Path) -> None:
    """The key file: one entry for each event."""
    lines = [
        "# What was planted into the synthetic figures. kpikit never reads this file; recipe/planted.py writes it.",
        "# 'known' says whether the client would know of it: those stand in events.yml, too.",
        "answers:",
    ]
    for each in ALL:
        lines += [
            f"  - client: {each.client}",
            f"    first: {each.first}",
            f"    last: {each.last}",
            f'    what: "{each.what}"',
            f'    shows_in: "{each.shows_in}"',
            f"    size: {each.size}",
            f"    known: {str(each.known).lower()}",
        ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
