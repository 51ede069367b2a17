"""Each audience sees what is for it, from the same figures."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpikit
from kpikit.render.page import page
from kpikit.workspace.audience import AUDIENCES
from tests.workspaces import sample

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
    whole = str(sample("hospitals").client("RF4").evaluate("2019-03").summary()).splitlines()
    assert str(review.summary()).splitlines() == (whole if audience != "partner" else whole[:-1])  # but the proposal


def test_management_reads_the_message_and_what_is_proposed() -> None:
    said = str(sample("hospitals").client("RF4").evaluate("2019-03", audience="management").attention())
    assert "Share within four hours: 82.6%, 12.4 pp below target" in said
    assert "Proposed: Set Share within four hours a target that can be reached: " in said
    assert "<svg" not in sample("hospitals").client("RF4").evaluate("2019-03", audience="management").attention().html


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
