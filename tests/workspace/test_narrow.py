"""Looking at one indicator reads the sources that it is made of, and says the same as the whole evaluation."""

from __future__ import annotations

import logging

import pytest

import kpikit

AGENCY = kpikit.samples() / "agency"


def test_only_the_sources_of_what_is_looked_at_are_read(caplog: pytest.LogCaptureFixture) -> None:
    whole = kpikit.open(AGENCY).evaluate("brynje")
    fact = next(fact for fact in whole.kpis if fact.member is None)
    agency = kpikit.open(AGENCY)
    with caplog.at_level(logging.INFO, "kpikit.sources.engine"):
        caplog.clear()
        seen = agency.client("brynje").explore(fact.indicator)
    read = {record.args[0] for record in caplog.records if record.msg.startswith("read")}
    model = agency.settings.model
    made_of = agency.settings.indicators_of("brynje")[fact.indicator].metrics
    members = {model.dimensions[kpi.member[0]].source for kpi in agency.plans("brynje")[-1].kpis if kpi.member}
    assert read == {model.metrics[name].source for name in made_of} | members and len(model.sources) > 40
    assert seen.fact.value == fact.value
