"""What tests of the JSON share: documents of all kinds of evaluation."""

from __future__ import annotations

import pytest

from kpikit.evaluation.document import Document, document
from kpikit.workspace import Workspace
from tests.workspaces import Sale, Shop, plan, sample


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    """Of full, running and first months, quarters and years; with and without plans; on one member too."""
    shop, hospitals = sample("shop"), sample("hospitals")
    found = [document(shop.evaluate("united-kingdom", period)) for period in (None, "2011-12", "2010-01", "2011")]
    found += [document(each) for each in shop.evaluate_all(["norway", "bahrain", "japan"]).values()]
    found += [document(each) for each in hospitals.evaluate_all(list(hospitals.clients)[:12]).values()]
    found += [document(hospitals.evaluate("RF4", period)) for period in ("2018-Q4", "FY2018")]
    own = plan("{indicator: sales.orders, cadence: month, member: {channel: web}, target: {kind: keep, value: 1}}")
    with Shop([Sale("2024-01-04")], plans={"default/1": own}).opened() as workspace:
        text = "schema: 1\nevents:\n  - {on: 2024-01-03, what: Prices, kind: price, budget: 12.50 GBP}\n"
        (workspace.folder / "events.yml").write_text(text, encoding="utf-8")
        found.append(document(Workspace(workspace.folder).evaluate("a", "2024-01")))
    return found
