"""Intervals of surveys' figures: against published ones, and from an own file of answers to the report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.evaluation.document import document
from kpikit.indicators.catalogue import CATALOGUE, find
from kpikit.indicators.surveys import net_interval, share_interval
from kpikit.words.errors import UsageError
from kpikit.workspace import Workspace
from tests.workspaces import PURE_LAWS

PAGE = (Path(__file__).parents[2] / "kpikit/workspace/FILES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("part", "answers", "lower", "upper"),
    [  # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, the score method without continuity correction
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_a_share_has_wilsons_interval(part: int, answers: int, lower: float, upper: float) -> None:
    found = share_interval(part, answers)
    assert (round(found.lower, 4), round(found.upper, 4)) == (lower, upper)


def test_a_net_score_has_the_interval_of_its_multinomial_variance() -> None:
    # 60 promoters, 25 passives, 15 detractors: the mean of +1, 0, -1 is 0.45, its variance 0.75 - 0.2025 = 0.5475
    # so 45 -/+ 1.95996 * 100 * sqrt(0.5475 / 100), that is 14.5024
    found = find("satisfaction.nps").interval(promoters=60, passives=25, detractors=15)
    assert found is not None and (round(found.lower, 3), round(found.upper, 3), found.answers) == (30.498, 59.502, 100)
    assert found == find("people.enps").interval(60, 25, 15)


@PURE_LAWS
@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_the_value_and_stays_in_bounds(promoters: int, detractors: int, passives: int) -> None:
    answers = promoters + detractors + passives
    net = net_interval(promoters, detractors, answers)
    assert -100 <= net.lower <= 100 * (promoters - detractors) / answers + 1e-9
    assert 100 >= net.upper >= 100 * (promoters - detractors) / answers - 1e-9
    share = share_interval(promoters, answers)
    assert 0 <= share.lower <= promoters / answers <= share.upper <= 1
    assert share_interval(10 * promoters, 10 * answers).upper <= share.upper  # more answers, more certainty


def test_what_has_no_interval() -> None:
    assert find("satisfaction.nps").interval(0, 0, 0) is None  # nobody answered
    assert find("sales.orders").interval(3) is None
    with pytest.raises(UsageError, match="satisfied_respondents == 9 is no part of satisfaction_respondents == 8"):
        find("satisfaction.csat").interval(9, 8)
    satisfaction = {"satisfaction.csat", "satisfaction.nps", "satisfaction.low_effort_share"}
    means = {"satisfaction.average_satisfaction", "satisfaction.ces", "satisfaction.review_rating", "people.wellbeing"}
    ids = satisfaction | means | {"marketing.brand_awareness", "people.satisfaction", "people.enps"}
    assert all(find(id).interval(4) is None for id in means)  # a mean alone does not tell how its scores are spread
    assert {one.id for one in CATALOGUE.values() if one.survey} == ids


WORKSPACE = """schema: 1
name: Answers
sources:
  answers:
    file: answers.csv
    format: csv
    dialect: {delimiter: ";"}
    kind: events
    every: day
    covers: 2026-01-01..2026-02-28
    client: shop
    time: date
    columns: {date: date, shop: text, score: integer, where: text}
dimensions:
  where: {source: answers, column: where, label: Where}
"""
SCORES = [10] * 8 + [9] * 4 + [7] * 5 + [8] * 2 + [6] * 3 + [0] * 2


def opened(folder: Path, scores: list[int]) -> Workspace:
    """A workspace with the metrics that FILES.md shows, and these scores, every third of them given on the web."""
    shown = re.search("```yaml\\n(metrics:\\n  promoters.*?)```", PAGE, re.DOTALL)
    assert shown
    text = WORKSPACE + shown[1].replace("rows,", "rows, by: [where],")
    kpi = "{indicator: satisfaction.nps, cadence: month, target: {kind: keep, value: 30}}"
    web = "{indicator: satisfaction.nps, member: {where: web}, cadence: month, target: {kind: keep, value: 30}}"
    plan = "schema: 1\nin_force_from: 2026-01-01\ngoals:\n  a:\n    statement: A\n    level: department\n"
    files = {
        "workspace.yml": text,
        "clients.yml": "schema: 1\nclients: {a: {}}\n",
        "plans/a/1.yml": f"{plan}    kpis:\n      - {kpi}\n      - {web}\n",
        "answers.csv": "date;shop;score;where\n"
        + "".join(f"2026-02-01;a;{score};{'shop' if n % 3 else 'web'}\n" for n, score in enumerate(scores)),
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return Workspace(folder)


def test_answers_with_scores_become_a_net_promoter_score(tmp_path: Path) -> None:
    # 24 answers: 12 promoters, 7 passives, 5 detractors; 100 * 7 / 24 = 29.17; 17 / 24 - (7 / 24)^2 = 0.62326
    # 29.17 -/+ 195.996 * sqrt(0.62326 / 24), that is 31.585
    workspace = opened(tmp_path, SCORES)
    review = workspace.client("a").evaluate("2026-02")
    whole, web = (document(review.evaluation)["facts"][at] for at in (0, 1))
    assert whole["value"] == pytest.approx(700 / 24)
    assert (whole["interval"]["answers"], web["interval"]["answers"]) == (24, 8)
    assert whole["interval"]["lower"] == pytest.approx(-2.418, abs=0.001)
    assert whole["interval"]["upper"] == pytest.approx(60.752, abs=0.001)
    said = "From 24 answers: with 95% confidence between −2.42 and 60.75. With fewer than 30 answers the figure says "
    assert said + "little." in str(review.attention())
    assert [len(re.findall(note, review.scorecard().html)) for note in ("only 24 answers", "only 8 answers")] == [1, 1]


def test_many_answers_come_without_the_note_and_none_without_an_interval(tmp_path: Path) -> None:
    review = opened(tmp_path, SCORES * 2).client("a").evaluate("2026-02")
    assert "From 48 answers" in str(review.attention())
    assert "only 48 answers" not in review.scorecard().html
    assert review.evaluation.fact("satisfaction.nps").interval is not None
    before = opened(tmp_path, SCORES).client("a").evaluate("2026-01").evaluation
    assert before.fact("satisfaction.nps").interval is None and document(before)["facts"][0]["interval"] is None
