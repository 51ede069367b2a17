"""Months by their names, in the languages of kpikit: how they are told in a cell, and which month each one is."""

from __future__ import annotations

MONTHS = (
    "jan|januar|january", "feb|februar|february", "mar|marts|mars|march", "apr|april", "maj|mai|may", "jun|juni|june",
    "jul|juli|july", "aug|august", "sep|sept|september", "okt|oct|oktober|october", "nov|november",
    "dec|des|december|desember",
)  # fmt: skip
"""What the months are called in English, Danish and Norwegian, short and long: no name is another month's elsewhere."""

MONTH = f"(?i:{'|'.join(MONTHS)})"


def with_month() -> str:
    """SQL for a ``{cell}`` with its month as two digits; the first three letters of a name tell the month.

    ``{around_month}`` is a pattern of three parts: what stands before the name, the name, and what stands after it.
    """
    before, name, rest = (f"regexp_extract({{cell}}, {{around_month}}, {part})" for part in (1, 2, 3))
    letters = (sorted({name[:3] for name in names.split("|")}) for names in MONTHS)
    month = " ".join(
        f"WHEN list_contains({own}, left(lower({name}), 3)) THEN '{at:02}'" for at, own in enumerate(letters, 1)
    )
    return f"{before} || CASE {month} END || {rest}"
