"""Each audience sees what is for it, from the same figures."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import kpikit
from kpikit.render.batch import render
from kpikit.render.page import page
from kpikit.workspace.review.audience import AUDIENCES
from tests.render.canaries import decoded
from tests.workspaces import Sale, Shop, plan, sample

PARTS = ("title", "summary", "scorecard", "attention", "others", "drivers", "definitions", "conventions", "actions")
SEEN = {
    "team": set(PARTS),
    "management": {"title", "summary", "scorecard", "attention", "actions"},
    "partner": {"title", "summary", "scorecard", "definitions"},
}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_who_sees_what(audience: str) -> None:
    review = sample("hospitals").client("RF4").evaluate("2019-03", audience=audience)
    assert {part for part in PARTS if str(getattr(review, part)())} == SEEN[audience]
    assert ("Attendances" in str(review.scorecard())) == (audience == "team")
    if audience == "partner":  # 27,129 attendances and 4,729 breaches in March 2019 (SOURCE.md): 82.6 %
        told = ["Share within four hours: 82.6%; target ≥ 95.0%. Met in 0 of the last 12 periods."]
    else:
        told = str(sample("hospitals").client("RF4").evaluate("2019-03").summary()).splitlines()
    assert str(review.summary()).splitlines() == told


def test_management_reads_what_is_to_be_decided() -> None:
    said = sample("hospitals").client("RF4").evaluate("2019-03", audience="management").attention()
    (line,) = str(said).splitlines()[1:]
    assert re.split(r"  +", line)[:3] == ["Share within four hours", "Chief operating officer", "Under 5%"]
    assert "Set Share within four hours a target that can be reached: " in line and "<svg" not in said.html


def test_for_management_all_stands_on_one_sheet_of_paper(tmp_path: Path, needs_system: Callable[..., str]) -> None:
    """The clients of the agency with most to say: eight and nine KPIs, four and five of them urgent, and a note."""
    reader = needs_system("pdftotext")
    run = render(kpikit.samples() / "agency", ["brynje", "fjordvik"], audience="management",
                        formats=("html", "pdf"), out=tmp_path)  # fmt: skip
    made = [file.path for entry in run.entries if entry.client for file in entry.outputs]
    printed = [file for file in made if file.suffix == ".pdf"]
    texts = [subprocess.run([reader, file, "-"], capture_output=True, check=True).stdout for file in printed]
    assert [text.count(b"\f") for text in texts] == [1, 1]  # pages end with it


HIDDEN = ("qevent", "qnote", "qowner", "qserves", "qmeans", "qholder", "qagreed", "qaction", "Average order value",
          "Usual range", "probability", "Proposed")  # fmt: skip
"""What a partner is not told: of the events, notes, people, PIs, what the process says, and what is to come."""
OF_A_GOAL = """    owner: qowner
    serves: qserves
    means: qmeans
    stakeholders: [qholder]
    agreed: {by: [qagreed], on: 2024-01-01}
    actions: [{what: qaction, who: qwho, due: 2024-12-01}]
"""


def test_a_partner_is_told_the_progress_alone_in_every_format(tmp_path: Path) -> None:
    kpi = "{indicator: sales.orders, cadence: month, baseline: 2024-01, target: {kind: reach, value: 30, by: 2025-12}}"
    text = plan(kpi, pis="[sales.average_order_value]") + OF_A_GOAL
    days = [f"{year}-{month:02}-{1 + at:02}" for year in (2023, 2024) for month in range(1, 13)
            for at in range(10 + month % 3)]  # fmt: skip
    sales = [Sale(day, "43217.00") for day in days]
    shop = Shop(sales, covers="2023-01-01..2024-12-31", plans={"a/1": text}).at(tmp_path / "shop")
    event = "schema: 1\nevents: [{on: 2024-06-01, what: qevent, kind: campaign, budget: 90000 GBP}]\n"
    (tmp_path / "shop" / "events.yml").write_text(event, encoding="utf-8")
    shop.client("a").note("qnote", "2024-12", by="Ane", on="2025-01-05")
    kinds, seen = ("html", "xlsx", "json", "eml", "pptx"), dict[str, dict[str, set[str]]]()
    pages = ("01_goal_definition", "02_metric_analysis", "03_redesign")
    for audience in ("team", "partner"):
        run = render(tmp_path / "shop", ["a"], ["2024-12"], templates=pages, audience=audience, formats=kinds,
                     out=tmp_path / audience)  # fmt: skip
        assert run.failed == ()
        made = [file.path for each in run.entries if each.client for file in each.outputs]
        texts = {file.name: "".join(decoded(file)) for file in made}
        seen[audience] = {name: {word for word in HIDDEN if word in _shown(text)} for name, text in texts.items()}
    assert {kind: words for kind, words in seen["partner"].items() if words} == {}
    assert {word for found in seen["team"].values() for word in found} == set(HIDDEN)  # each would have been seen
    review = kpikit.open(tmp_path / "shop").client("a").evaluate("2024-12", audience="partner")
    # 11 orders in January (10 + 1 % 3), 10 in December (10 + 12 % 3), 30 wanted: it has moved away
    assert str(review.summary()) == "Orders: 10; target ≥ 30. No nearer to the target than at the baseline."


def _shown(text: str) -> str:
    """The text without styles, and without the words that JSON calls its fields by."""
    return re.sub(r"<style.*?</style>|\"[a-z_]+\":", "", text, flags=re.DOTALL)


def test_another_audience_is_refused() -> None:
    with pytest.raises(kpikit.KpikitError, match="audience == 'partners', must be one of team, management, partner"):
        sample("hospitals").client("RF4").evaluate("2019-03", audience="partners")


def test_a_report_for_management(tmp_path: Path) -> None:
    folder = kpikit.new(tmp_path / "coffee").folder
    run = kpikit.report(folder, ["aarhus"], audience="management")
    assert [entry.page.name for entry in run.entries] == ["2026-02.management.en.html", "portfolio.html"]
    text = run.entries[0].page.read_text(encoding="utf-8")
    assert "What needs attention" in text and "Scorecard" in text
    assert "What drives them" not in text and "Definitions" not in text and "How to read" not in text
    again = kpikit.report(folder, ["aarhus"])
    assert [entry.page.name for entry in again.entries if entry.fresh] == ["2026-02.en.html"]


def test_a_heading_over_nothing_is_left_out() -> None:
    def cell(source: str, *outputs: str) -> dict[str, object]:
        shown = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": each}} for each in outputs]
        common = {"id": source.strip("# "), "metadata": {}, "source": source}
        if not source.startswith("#"):
            return {**common, "cell_type": "code", "outputs": shown, "execution_count": 1}
        return {**common, "cell_type": "markdown"}

    cells = [
        *(cell("# Title"), cell("a", "<p>1</p>"), cell("## Gone"), cell("b", " "), cell("c")),
        *(cell("## Kept"), cell("## Stays"), cell("d", ""), cell("e", "<p>2</p>")),
    ]
    html = page({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}, "Title", "en")
    assert "Gone" not in html and "Kept" in html and "Stays" in html


def test_without_a_plan_no_section_says_that_all_is_well() -> None:
    """The charity's first plan is in force from January 2026: before it no KPI could have needed attention."""
    charity = sample("agency").client("kysthjelpen")
    before, after = charity.evaluate("2025-09", language="en"), charity.evaluate("2026-02", language="en")
    assert [str(part()) for part in (before.attention, before.others, before.drivers)] == [""] * 3
    assert all(str(part()) for part in (after.attention, after.others, after.drivers))
