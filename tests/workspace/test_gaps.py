"""Days without rows where that means that nothing was measured: reports name them, of their own client and period."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpikit.evaluation.document import document
from kpikit.evaluation.lacking import Unmeasured
from kpikit.words.language import Language
from kpikit.words.periods import Window
from kpikit.workspace.data.gaps import sentences
from kpikit.workspace.workspace import Workspace
from tests.workspaces import sample

OUT = Window(date(2025, 9, 8), date(2025, 9, 15))
"""The week in which a consent banner blocked the charity's tag: data/agency/answers.yml."""


@pytest.mark.parametrize(
    ("client", "period", "as_of", "days"),
    [
        ("kysthjelpen", "2025-09", None, OUT),
        ("kysthjelpen", "2025-Q3", None, OUT),
        ("kysthjelpen", "2025-09", "2025-09-10", Window(date(2025, 9, 8), date(2025, 9, 11))),
        ("kysthjelpen", "2025-09", "2025-09-07", None),
        ("kysthjelpen", "2025-W38", None, None),
        ("kysthjelpen", "2025-W37", None, OUT),
        ("maskegarn", "2025-09", None, None),
    ],
)
def test_days_without_tracking_are_named(client: str, period: str, as_of: str | None, days: Window | None) -> None:
    review = sample("agency").client(client).evaluate(period, as_of, language="en")
    assert review.evaluation.unmeasured == ((Unmeasured("ga4", (days,)),) if days else ())
    written = [{"source": "ga4", "days": [{"start": str(days.start), "end": str(days.end)}]}] if days else []
    assert document(review.evaluation)["unmeasured"] == written
    assert ("ga4 has no figures of 8 September 2025" in str(review.title())) is (days is not None)


def test_the_figures_that_need_these_days_are_counted_apart() -> None:
    """15 figures of Google Analytics for September have no 30 days, and two divide by what has no 30 days."""
    told = str(sample("agency").client("kysthjelpen").evaluate("2025-09", language="da").scorecard())
    assert (
        "17 tal mere mangler eller er ufuldstændige: ikke hele perioden er dækket (15); de tal, den er beregnet af, "
        "kendes ikke for de samme dage (2)."
    ) in told


def test_a_slice_says_the_same(tmp_path: Path) -> None:
    whole = sample("agency")
    whole.save_slice(tmp_path, ["kysthjelpen"], "2025-09", None)
    own = Workspace(tmp_path).client("kysthjelpen").evaluate("2025-09")
    assert own.evaluation.unmeasured == (Unmeasured("ga4", (OUT,)),)
    assert str(own.title()) == str(whole.client("kysthjelpen").evaluate("2025-09").title())


def test_of_many_gaps_three_are_named() -> None:
    days = tuple(Window(date(2025, 9, day), date(2025, 9, day + 1)) for day in (1, 3, 5, 7, 9))
    assert sentences([Unmeasured("web", days)], Language("en")) == [
        "web has no figures of 1 September 2025; 3 September 2025; 5 September 2025 and 2 more: what needs these days "
        "is missing."
    ]
