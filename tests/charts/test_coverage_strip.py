"""The coverage strip: what a month is as a whole, and the same in words."""

from __future__ import annotations

from datetime import date

import pytest

from kpikit.charts.coverage_strip import MOST, by_month, coverage_strip, month_state, strip_key, together
from kpikit.words.language import Language

SAY = Language("en")


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["rows", "rows", "closed"], "rows"),
        (["rows", "none"], "rows"),  # a day without events counts as 0
        (["none", "closed"], "none"),
        (["rows", "missing", "none"], "missing"),
        (["closed", "closed"], "closed"),
    ],
)
def test_a_month_is_what_its_days_are(states: list[str], expected: str) -> None:
    days = {date(2025, 3, at): state for at, state in enumerate(states, 1)}
    assert month_state(by_month(days)[date(2025, 3, 1)]) == expected


def test_months_with_missing_rows_are_named_and_clients_add_up() -> None:
    one = {date(2025, 1, 31): "rows", date(2025, 2, 1): "rows", date(2025, 3, 1): "closed"}
    other = {date(2025, 1, 1): "rows", date(2025, 2, 1): "missing"}
    months = together([by_month(one), by_month(other)])
    assert months[date(2025, 2, 1)] == {"rows": 1, "missing": 1}
    assert coverage_strip(months, SAY).alt == "January 2025 – March 2025: rows are missing in February 2025."
    assert coverage_strip(by_month(one), SAY).alt == "January 2025 – March 2025: no rows are missing."
    key = strip_key([months], SAY).html
    assert "rows are missing" in key and "nothing expected" in key and "counts as 0" not in key


def test_of_many_months_the_last_are_shown() -> None:
    days = {date(2000 + at // 12, at % 12 + 1, 1): "rows" for at in range(60)}
    months = together([by_month(days)])
    assert len(months) == MOST and max(months) == date(2004, 12, 1)
