"""What changes in a plan, in words: a KPI is named as people call it, also a second one on the same indicator."""

from __future__ import annotations

import pytest

from kpikit.plans.difference import differences
from kpikit.words.language import Language
from kpikit.workspace.plan.changes import difference

NAMES = {"grow": "Grow.", "sales.orders": "Orders", "sales.orders[channel=web (b2b)]": "Orders, web"}


@pytest.mark.parametrize(
    ("member", "named"),
    [({}, "Grow · Orders (2) · Baseline"), ({"channel": "web (b2b)"}, "Grow · Orders, web (2) · Baseline")],
)
def test_a_second_kpi_on_an_indicator_is_called_by_its_label_and_number(member: dict[str, str], named: str) -> None:
    kpi = {"indicator": "sales.orders", "member": member, "target": {"kind": "keep", "value": "5"}}
    before = {"goals": {"grow": {"statement": "Grow.", "kpis": [kpi, kpi]}}}
    after = {"goals": {"grow": {"statement": "Grow.", "kpis": [kpi, kpi | {"baseline": "2025"}]}}}
    shown = difference(differences(before, after), NAMES, {}, Language("en"))
    assert shown.text == f"{named}: – → 2025"
