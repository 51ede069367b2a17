"""An indicator of a workspace's own, from its yml to the page: in the plan, the reports, the widget and the draft."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kpikit
from kpikit.evaluation.document import document
from kpikit.evaluation.goals.draft import first_plan
from kpikit.render.batch import render
from kpikit.widgets.explorer import Explorer
from kpikit.workspace import Workspace
from kpikit.workspace.new import new

TOGO = "coffee.togo_share"
MORE = """  togo: {source: till, sum: bilag, where: {salgssted: To go}, unit: count, label: bestillinger to go}
  bonner: {source: till, sum: bilag, unit: count, label: {da: bonner, en: receipts}}
indicators:
  coffee.togo_share:
    label: {da: Andel to go, en: To-go share}
    description: {da: "Andelen af bestillingerne, der tages med.", en: Share of the orders that are taken away.}
    formula: togo / bonner
    unit: share
    better: higher
    mind: {da: Kaffe i eget krus tælles med., en: Coffee in one's own mug counts.}
bind: {sales: {orders: bonner}}
"""
PLAN = """schema: 1
in_force_from: 2026-01-01
goals:
  togo:
    statement: Hver anden bestilling tages med i hver måned af 2026.
    level: organisation
    kpis:
      - {indicator: coffee.togo_share, cadence: month, baseline: 2025-12, target: {kind: keep, value: 50 %}}
    pis: [sales.orders]
"""


@pytest.fixture(scope="module")
def coffee(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = new(tmp_path_factory.mktemp("own") / "kaffe", "da")
    with (folder / "workspace.yml").open("a", encoding="utf-8") as file:
        file.write(MORE)
    for old in (folder / "plans/default").iterdir():
        old.unlink()
    (folder / "plans/default/1.yml").write_text(PLAN, encoding="utf-8")
    return folder


def test_it_is_evaluated_as_a_kpi(coffee: Path) -> None:
    evaluation = kpikit.open(coffee).evaluate("norrebro")
    (kpi,) = evaluation.kpis
    # February 2026 at Nørrebro: 8,126 orders, 3,080 of them to go
    assert (kpi.indicator, kpi.value.numerator, kpi.value.denominator) == (TOGO, 3080, 8126)
    assert kpi.value.value == pytest.approx(3080 / 8126)
    assert kpi.status == "missed"
    found = document(evaluation)
    assert [each["indicator"] for each in found["facts"]][:2] == [TOGO, "sales.orders"]
    assert len({each["indicator"] for each in found["facts"]}) == len(found["facts"])


def test_the_page_tells_of_it_as_of_any_other(coffee: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    run = render(coffee, ["norrebro"], out=tmp_path, workers=1)
    assert [entry.reason for entry in run.entries] == [None, None]  # and the portfolio
    assert [record.getMessage() for record in caplog.records if "translation" in record.getMessage()] == []
    for entry in run.entries:
        assert entry.page is not None
        words = " ".join(re.sub(r"<[^>]+>", " ", entry.page.read_text(encoding="utf-8")).split())
        assert "Andel to go" in words
        assert "Andelen af bestillingerne, der tages med." in words
        assert "bestillinger to go / bonner" in words
        assert "Kaffe i eget krus tælles med." in words
        assert "omsætning / bonner" in words or entry.client is None  # the metric that orders are bound to
    assert "To-go share" not in run.index.read_text(encoding="utf-8")


def test_a_slice_carries_it(coffee: Path, tmp_path: Path) -> None:
    whole = Workspace(coffee)
    whole.save_slice(tmp_path / "slice", ["norrebro"], None, None)
    part = Workspace(tmp_path / "slice")
    assert part.is_slice
    assert document(part.evaluate("norrebro")) == document(whole.evaluate("norrebro"))
    assert part.settings.indicators[TOGO].metrics == ("togo", "bonner")


def test_the_explorer_and_the_proposal_know_it(coffee: Path) -> None:
    explorer = Explorer(coffee)
    assert ("Andel to go", TOGO) in explorer.indicator.options
    explorer.indicator.value = TOGO
    assert explorer.value is not None and explorer.value.fact.indicator == TOGO
    review = kpikit.open(coffee).client("norrebro").evaluate()
    assert "Andel to go" in str(review.areas())
    known, calendar = review.settings.indicators, review.client.calendar
    proposed = first_plan(review.evaluation, calendar, review.labels, review.say, known)
    assert "indicator: coffee.togo_share" in proposed
    assert "Andel to go" in str(review.smart())


def test_events_may_name_it(coffee: Path, tmp_path: Path) -> None:
    text = f"schema: 1\nevents:\n  - {{on: 2026-02-10, what: Nye krus, indicators: [{TOGO}]}}\n"
    (coffee / "events.yml").write_text(text, encoding="utf-8")
    try:
        (kpi,) = kpikit.open(coffee).evaluate("norrebro").kpis
        assert [event.indicators for event in kpi.events] == [(TOGO,)]
    finally:
        (coffee / "events.yml").unlink()
