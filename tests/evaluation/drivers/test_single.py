"""One row that carries a month: named where it does, by its value and share, and where it does not, not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import kpikit
from kpikit.evaluation.document import document
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.sentences import signal_sentence
from kpikit.evaluation.targets.progress import progress_alone
from kpikit.words.language import Language
from kpikit.workspace import Workspace
from kpikit.workspace.explore.narrow import evaluate_few, narrowed
from tests.workspaces import Sale, Shop, plan

REVENUE = "{indicator: sales.revenue, cadence: month, target: {kind: keep, value: 90}}"
PHONE = "{indicator: sales.revenue, member: {channel: phone}, cadence: month, target: {kind: keep, value: 90}}"


def month(number: int, values: Sequence[str], channel: str = "web") -> list[Sale]:
    return [Sale(f"2024-{number:02}-{1 + at:02}", value, at, channel) for at, value in enumerate(values)]


# January to November: 10 orders of 9.50 or 10.50, so 95 and 105 in turn; the mean moving range is 10 about 99.55, and
# the limits with December's 105 + 80 are 6 % wider apart than 99.55 +/- 26.6.
BEFORE = [each for number in range(1, 12) for each in month(number, ["9.50" if number % 2 else "10.50"] * 10)]


def opened(folder: Path, december: Sequence[Sale], *more: str) -> Workspace:
    return Shop([*BEFORE, *december], clients=["a"], plans={"a/1": plan(REVENUE, *more)}).at(folder)


def told(folder: Path, december: Sequence[Sale]) -> Fact:
    return opened(folder, december).evaluate("a", "2024-12").kpis[0]


def test_an_order_that_carries_a_month_is_named(tmp_path: Path) -> None:
    workspace = opened(tmp_path, month(12, [*["10.00"] * 10, "80.00"]))
    found = workspace.evaluate("a", "2024-12")
    single = found.kpis[0].single
    assert single is not None and (single.value, single.share) == (80, pytest.approx(80 / 180))
    assert document(found)["facts"][0]["single"] == {"value": 80.0, "share": pytest.approx(80 / 180)}
    said = "One entry of £80.00 makes 44.4% of it: without that one, it would not be above its usual range."
    assert signal_sentence(found.kpis[0], "Revenue", Language("en")).endswith(said)
    assert [fact.single for fact in progress_alone(found).facts] == [None] * len(found.kpis)


@pytest.mark.parametrize(
    "december",
    [
        month(12, ["10.00"] * 10),  # nothing unusual
        month(12, ["18.00"] * 10),  # all of them are large
        month(12, [*["17.00"] * 10, "20.00"]),  # without it, 170 is still above
        month(12, ["13.20"] * 10),  # 132 is just above, and any of ten orders would do; 13.20 is no half of 32
        month(12, [*["10.00"] * 2, "15.00"]),  # too little is no order's doing
    ],
)
def test_where_no_order_carries_it_none_is_named(tmp_path: Path, december: Sequence[Sale]) -> None:
    assert told(tmp_path, december).single is None


def test_the_order_is_looked_for_in_the_member_that_the_kpi_is_about(tmp_path: Path) -> None:
    phone = [replace(each, channel="phone") for each in BEFORE]
    december = [*month(12, ["90.00"]), *month(12, [*["10.00"] * 10, "70.00"], "phone"), *phone]
    kpis = opened(tmp_path, december, PHONE).evaluate("a", "2024-12").kpis
    assert [each.single and each.single.value for each in kpis] == [None, 70]  # in all, 90.00 is no more than usual


def test_the_shops_famous_order_is_named_where_it_is_taken_back() -> None:
    """77,183.60 of "medium ceramic top storage jars", ordered and cancelled on 18 January 2011."""
    workspace = kpikit.open(kpikit.samples() / "shop")
    rows = pd.read_csv(workspace.folder / "sources" / "invoices_derived.csv.gz", parse_dates=["invoice_date"])
    own = rows[rows.is_cancellation & (rows.country == "United Kingdom")]
    january = -own[own.invoice_date.dt.strftime("%Y-%m") == "2011-01"].value_gbp
    (fact,) = evaluate_few(workspace, narrowed(workspace, "united-kingdom", ["sales.cancelled_value"], "2011-01")).facts
    assert fact.value.value == pytest.approx(january.sum()) and fact.signal.rule == "outside"
    assert fact.single is not None
    assert (fact.single.value, fact.single.share) == pytest.approx((january.max(), january.max() / january.sum()))
    assert january.max() == pytest.approx(77_183.60)
