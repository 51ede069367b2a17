"""A workspace's own survey indicators have the intervals of the catalogue's."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.indicators.catalogue import CATALOGUE
from kpikit.indicators.framework import Indicator
from kpikit.words.errors import SettingError, UsageError
from tests.workspaces import Sale, Shop

SURVEY = """
  for: {source: sales, count: rows}
  against: {source: sales, count: rows, where: {channel: web}}
  asked: {source: sales, count: rows}
indicators:
  survey.own: {label: Own, description: One of ours., formula: FORMULA, unit: UNIT, better: higher, survey: true}
"""


def asked(tmp_path: Path, formula: str, unit: str) -> Indicator:
    lines = SURVEY.replace("FORMULA", formula).replace("UNIT", unit)
    return Shop(more=lines).at(tmp_path).settings.indicators["survey.own"]


def test_an_own_survey_has_the_interval_of_the_catalogues(tmp_path: Path) -> None:
    one = asked(tmp_path, "for / asked", "share")
    assert one.interval(164, 200) == CATALOGUE["satisfaction.csat"].interval(164, 200) is not None
    assert one(164, 200) == 0.82
    with pytest.raises(UsageError, match="for == 9 is no part of asked == 8"):
        one(9, 8)


def test_an_own_mean_of_scores_may_be_a_survey(tmp_path: Path) -> None:
    lines = SURVEY.replace("  asked:", "  mood: {source: sales, mean: customer, unit: score}\n  asked:")
    rows = [Sale("2024-01-04", customer=score) for score in (5, 4, 4, 2, 5)]
    shop = Shop(rows, more=lines.replace("FORMULA", "mood").replace("UNIT", "score"))
    found = shop.at(tmp_path).evaluate("a", "2024-01").fact("survey.own").interval
    # mean 4, variance 1.5, t of 4 degrees of freedom 2.7764: 4 -/+ 2.7764 * sqrt(1.5 / 5)
    assert found is not None and (found.lower, found.upper) == pytest.approx((2.4793, 5.5207), abs=1e-4)


def test_an_own_net_score_has_its_interval(tmp_path: Path) -> None:
    one = asked(tmp_path, "100 * (for - against) / (for + asked + against)", "score")
    assert one.metrics == ("for", "against", "asked")
    found = CATALOGUE["satisfaction.nps"].interval(promoters=60, passives=25, detractors=15)
    assert one.interval(60, 15, 25) == found is not None


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("for / asked", "ratio"),
        ("for", "count"),
        ("for", "score"),  # a count, and no mean of answers
        ("for / asked / 2", "share"),
        ("100 * (for - against) / asked", "score"),
        ("100 * (for - against) / (for + against - asked)", "score"),
    ],
)
def test_a_survey_without_a_known_interval_is_refused(tmp_path: Path, formula: str, unit: str) -> None:
    with pytest.raises(SettingError) as raised:
        asked(tmp_path, formula, unit)
    assert "survey.own.survey: is true, but the formula is neither a share of the answers" in str(raised.value)
