"""Indicators that are changes: on real data, against two sums of the raw file and one division."""

from __future__ import annotations

import pytest

from kpikit.indicators.catalogue import CATALOGUE
from tests.workspaces import sample

CHANGES = {  # (sample, client, month, what was then, what was a year before), each summed up from the raw file
    "emergency.attendances_growth": ("hospitals", "RF4", "2019-03", 27_129, 25_075),  # 2054 / 25,075 = +8.2 %
    "emergency.breaches_growth": ("hospitals", "RF4", "2019-03", 4729, 6557),  # -1828 / 6557 = -27.9 %
    "sales.revenue_growth": ("agency", "maskegarn", "2026-02", 491_012.50, 388_394.28),  # +26.4 %
}


def test_every_change_is_here() -> None:
    assert set(CHANGES) == {one.id for one in CATALOGUE.values() if one.change}


@pytest.mark.parametrize("id", CHANGES)
def test_a_change_is_the_difference_by_what_was(id: str) -> None:
    name, client, month, then, before = CHANGES[id]
    fact = sample(name).evaluate(client, month).fact(id)
    assert fact.value.value == pytest.approx((then - before) / before, rel=1e-9)
