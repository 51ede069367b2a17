"""The summary: at most five sentences, and the most important first."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kpikit.charts.cells import status_html
from kpikit.evaluation.facts import Signal
from kpikit.evaluation.forecast.forecast import Forecast
from kpikit.evaluation.forecast.outlook import Outlook
from kpikit.evaluation.forecast.outlook_words import probability_words
from kpikit.evaluation.summary import MOST_SENTENCES, summary
from kpikit.words.language import Language
from tests.charts.samples import EVALUATION, NAMES, PERIOD, WAITS
from tests.evaluation.scenes import HEAD, keep, reach, staged
from tests.workspaces import sample

EN = Language("en")
CALM = Signal(None, None, None, None)


def unusual(direction: str) -> Signal:
    return Signal("run", direction, PERIOD, None)


def test_the_summary_counts_and_tells_the_most_urgent_in_full() -> None:
    said = summary(EVALUATION, NAMES, EN)
    assert len(said) == MOST_SENTENCES
    assert said[0] == "1 of 4 KPIs are on track or better; 1 can't be judged."
    assert [sentence.split(",")[0].split(":")[0].split(" can't")[0].split(" –")[0] for sentence in said[1:]] == [
        "Share within four hours",  # missed
        "Share within four hours",  # its signal
        "Revenue",  # at risk
        "Repeat purchase rate",  # can't be judged
    ]


def test_the_first_sentence_says_how_the_goals_of_the_organisation_stand(tmp_path: Path) -> None:
    """The most urgent first; also one that is only seen through the goals below it, and none of a department."""
    text = (
        HEAD.format(begins="2024-01-01")
        + """goals:
  grow: {statement: Grow., level: organisation, kpis: [KEEP]}
  green: {statement: Become more sustainable., level: organisation}
  paper: {statement: Use less paper., level: department, parent: green, kpis: [MISS]}
""".replace("KEEP", keep(80)).replace("MISS", keep(140))
    )
    found = staged(tmp_path, text)
    names = {fact.key: "Orders" for fact in found.evaluation.facts}
    first = summary(found.evaluation, names, EN, found.plan)[0]
    assert first == "1 of 2 KPIs are on track or better – “Become more sustainable”: missed; “Grow”: met."


def test_a_goal_whose_day_lies_ahead_is_not_missed_in_the_first_sentence(tmp_path: Path) -> None:
    """December: 98 orders of 140 a month are missed; the year's target is to be reached in 2025."""
    kpis = f"[{keep(80)}, {reach(110, '2025-06')}, {keep(140)}]"
    text = (
        HEAD.format(begins="2024-01-01") + f"goals:\n  grow: {{statement: Grow., level: organisation, kpis: {kpis}}}\n"
    )
    found = staged(tmp_path, text)
    names = {fact.key: "Orders" for fact in found.evaluation.facts}
    first = summary(found.evaluation, names, EN, found.plan)[0]
    assert first.endswith("“Grow”: at risk (1 of its 3 KPIs was missed this month).")


def test_a_summary_of_one_kpi_and_of_none() -> None:
    one = summary(replace(EVALUATION, facts=(WAITS,)), NAMES, EN)
    assert one[0].startswith("Share within four hours, November 2011: 88.3%") and len(one) == 2  # and its signal
    none = summary(replace(EVALUATION, facts=(), plan_version=None), NAMES, EN)
    assert none == ["No plan is in force for this period, so nothing is held against a target."]
    goals_alone = summary(replace(EVALUATION, facts=(), plan_version=1), NAMES, EN)
    assert goals_alone == ["The plan in force has no KPIs, so nothing is held against a target."]


def test_a_calm_kpi_that_gets_worse_comes_before_one_that_does_not() -> None:
    calm = [
        replace(WAITS, indicator=name, status="met", signal=signal)
        for name, signal in (("a.a", CALM), ("b.b", unusual("improvement")), ("c.c", unusual("concern")))
    ]
    said = summary(replace(EVALUATION, facts=tuple(calm)), {"a.a": "Aa", "b.b": "Bb", "c.c": "Cc"}, EN)
    assert said[1].startswith("Cc – worse than usual: ")
    assert [sentence[:2] for sentence in said[2:]] == ["Aa", "Bb", "Cc"]


@pytest.mark.parametrize(("client", "told"), [("RF4", "is under 5%"), ("RYX", "")])
def test_the_outlook_of_what_is_urgent_and_what_is_proposed(client: str, told: str) -> None:
    said = str(sample("hospitals").client(client).evaluate("2019-03").summary()).splitlines()
    assert 1 < len(said) <= MOST_SENTENCES
    assert told in "".join(said)
    assert said[-1].startswith("Proposed: Set Share within four hours a ")


@pytest.mark.parametrize(
    ("probability", "over", "said"),
    [(0.136, False, "Aa (about 10%)"), (0.03, False, "Aa (under 5%)"), (0.25, False, ""), (0.03, True, "")],
)
def test_a_pace_that_is_kept_is_no_forecast(probability: float, over: bool, said: str) -> None:
    """On track by now, and yet unlikely: the summary says so before anything else, and the scorecard too."""
    assert WAITS.target
    target = replace(WAITS.target, kind="reach", pace="linear")
    outlook = Outlook(Forecast(24), (), "reach", target.window, 0.8, 0.85, 0.9, probability, over=over)
    fact = replace(WAITS, indicator="a.a", status="on_track", signal=CALM, target=target, outlook=outlook)
    other = replace(WAITS, indicator="b.b")
    found = summary(replace(EVALUATION, facts=(fact, other)), {"a.a": "Aa", "b.b": "Bb"}, EN)
    doubt = "On track by now, but unlikely to be reached on the present course: "
    assert [each for each in found if each.startswith(doubt)] == ([f"{doubt}{said}."] if said else [])
    assert not said or found[1].startswith(doubt)
    likely = "" if over else f"{probability_words(probability, EN)} likely"
    assert likely in status_html(fact, EN) and ("likely" in status_html(fact, EN)) is bool(likely)


@pytest.mark.parametrize("language", ["en", "da", "nb"])
@pytest.mark.parametrize(
    ("name", "client", "period"),
    [
        ("agency", "rugmark", "2025-10"),  # a signal with an event beside it, a forecast and a proposal
        ("agency", "brynje", "2026-02"),
        ("shop", "ireland", "2011-11"),
        ("hospitals", "R1H", "2019-03"),
    ],
)
def test_a_summary_has_five_sentences_as_a_reader_counts_them(
    name: str, client: str, period: str, language: str
) -> None:
    said = sample(name).client(client).evaluate(period, language=language).sentences
    ends = [re.findall(r"[.!?](?= [A-ZÆØÅ]|$)", each) for each in said]
    assert [len(each) for each in ends] == [1] * len(said) and len(said) <= 5


def test_that_there_is_no_forecast_yet_is_no_news() -> None:
    """February's satisfaction is at risk and the first figure in its row of periods: the section says so."""
    review = sample("agency").client("rugmark").evaluate("2026-02", language="en")
    assert "no forecast yet" in str(review.attention())
    assert "no forecast yet" not in str(review.summary())
