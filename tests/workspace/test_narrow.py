"""Looking at one indicator reads the sources that it is made of, and says the same as the whole evaluation."""

from __future__ import annotations

import logging

import pytest

import kpikit
from kpikit.workspace.explore.narrow import kpis_alone
from kpikit.workspace.plan.redesign import redesigned
from tests.workspaces import sample as shipped

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


@pytest.mark.parametrize(("sample", "clients"), [("agency", 2), ("shop", 5), ("hospitals", 9)])
def test_the_kpis_alone_are_those_of_the_whole_evaluation(sample: str, clients: int) -> None:
    workspace = shipped(sample)
    keys = list(workspace.clients)[:clients]
    whole, alone = workspace.evaluate_all(keys), kpis_alone(workspace, keys)
    assert sum(len(each.kpis) for each in alone.values()) >= clients
    for key in keys:
        for mine, known in zip(alone[key].kpis, whole[key].kpis, strict=True):
            assert (mine.key, mine.status, mine.status_reason) == (known.key, known.status, known.status_reason)
            assert mine.value.value == pytest.approx(known.value.value, rel=1e-12)
            assert (mine.signal, mine.series.limits) == (known.signal, pytest.approx(known.series.limits))
            assert not mine.drivers and not mine.changes
        assert {each.indicator for each in alone[key].facts} == {each.indicator for each in whole[key].kpis}


@pytest.mark.parametrize(("sample", "clients"), [("agency", 2), ("shop", 5), ("hospitals", 5)])
def test_a_plans_figures_alone_propose_what_the_whole_evaluation_does(sample: str, clients: int) -> None:
    workspace, proposed = shipped(sample), 0
    for key in list(workspace.clients)[:clients]:
        whole = workspace.client(key).evaluate(language="en").redesign
        alone = redesigned(workspace, key, None, None, "en")
        assert str(alone.proposals()) == str(whole.proposals()) and str(alone.followed()) == str(whole.followed())
        proposed += len(alone.proposed())
    assert proposed > clients
