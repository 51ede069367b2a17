"""Verdicts in words: the sentences of every status, and nothing in them that is not for people."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kpikit.evaluation.codes import REASONS, STATUSES
from kpikit.evaluation.facts import Evaluation, Fact, Signal, Target
from kpikit.evaluation.sentences import (
    attention,
    distance_words,
    headline,
    reason_words,
    signal_sentence,
    signal_words,
    status_word,
    verdict,
)
from kpikit.evaluation.signals.profiles import RULES
from kpikit.evaluation.summary import summary
from kpikit.indicators.framework import LOWER
from kpikit.words.language import Language
from kpikit.words.periods import COMPARISONS
from kpikit.words.texts import LANGUAGES
from kpikit.words.units import COUNT, MONEY
from tests.charts.samples import CALENDAR, EVALUATION, PERIOD, WAITS, YEAR, fact_of, full
from tests.workspaces import sample

EN = Language("en")
DECEMBER = CALENDAR.parse("2011-12").window
NOT_FOR_PEOPLE = re.compile(r"_|\bnan\b|\bNone\b|\binf\b|[{}]|  |\.\.|\( ?\)|–%|: *[,.]|, *[,.]")


def judged(
    kind: str, status: str, value: float, now: float, goal: float, pace: str | None = None, window: object = YEAR
) -> Fact:
    target = Target(kind, goal, now, window, None, None, value, value - now, pace, None)  # type: ignore[arg-type]
    return replace(WAITS, target=target, status=status, status_reason=None)


@pytest.mark.parametrize(
    ("fact", "sentence", "title"),
    [
        (
            judged("keep", "missed", 0.883, 0.95, 0.95),
            "Wait, November 2011: 88.3%, 6.7 pp below target (95.0%).",
            "Wait: 88.3%, 6.7 pp below target",
        ),
        (
            judged("keep", "met", 0.953, 0.95, 0.95),
            "Wait, November 2011: 95.3%, 0.3 pp above target (95.0%).",
            "Wait: 95.3%, 0.3 pp above target",
        ),
        (
            judged("keep", "met", 0.95, 0.95, 0.95),
            "Wait, November 2011: 95.0%, on the target (95.0%).",
            "Wait: 95.0%, on the target",
        ),
        (  # rounds to the target, and yet misses it
            judged("keep", "missed", 0.94996, 0.95, 0.95),
            "Wait, November 2011: 95.0%, just short of the target (95.0%).",
            "Wait: 95.0%, just short of the target",
        ),
        (
            judged("keep", "met", 0.95004, 0.95, 0.95),
            "Wait, November 2011: 95.0%, on the target (95.0%).",
            "Wait: 95.0%, on the target",
        ),
        (
            judged("reach", "at_risk", 0.883, 0.9, 0.95, "linear", DECEMBER),
            "Wait, November 2011: 88.3%, 1.7 pp behind where it should be by now (90.0%); the target is 95.0% by 31 "
            "December 2011.",
            "Wait: 88.3%, 1.7 pp behind where it should be by now",
        ),
        (
            judged("reach", "on_track", 0.93, 0.9, 0.95, "linear", DECEMBER),
            "Wait, November 2011: 93.0%, 3.0 pp ahead of where it should be by now (90.0%); the target is 95.0% by 31 "
            "December 2011.",
            "Wait: 93.0%, 3.0 pp ahead of where it should be by now",
        ),
        (
            judged("reach", "on_track", 0.9, 0.9, 0.95, "linear", DECEMBER),
            "Wait, November 2011: 90.0%, where it should be by now (90.0%); the target is 95.0% by 31 December 2011.",
            "Wait: 90.0%, where it should be by now",
        ),
        (
            judged("reach", "exceeded", 0.97, 0.95, 0.95, None, DECEMBER),
            "Wait, November 2011: 97.0%, 2.0 pp above target (95.0%).",
            "Wait: 97.0%, 2.0 pp above target",
        ),
    ],
)
def test_a_verdict_and_its_title(fact: Fact, sentence: str, title: str) -> None:
    # the value that the fact shows is the one that is held against the target
    value = replace(fact.value, value=fact.target.achieved if fact.target else None)
    assert verdict(fact, "Wait", EN) == sentence
    assert headline(replace(fact, value=value), "Wait", EN) == title


@pytest.mark.parametrize(
    ("better", "gap", "words"),
    [
        ("higher", 0.02, "2.0 pp ahead of where it should be by now"),
        ("higher", -0.02, "2.0 pp behind where it should be by now"),
        ("lower", 0.02, "2.0 pp behind where it should be by now"),
        ("lower", -0.02, "2.0 pp ahead of where it should be by now"),
    ],
)
def test_ahead_and_behind_follow_the_direction(better: str, gap: float, words: str) -> None:
    fact = judged("reach", "on_track" if "ahead" in words else "at_risk", 0.5 + gap, 0.5, 0.4, "linear")
    assert distance_words(replace(fact, better=type(fact.better)(better)), EN) == words


def test_a_cumulative_target_is_about_what_has_been_added_up() -> None:
    """The title of such a KPI gives the sum so far, and not the last month's value."""
    fact = judged("cumulative", "at_risk", 7_673_269, 8_459_393, 9_282_489, "baseline_shape")
    fact = replace(fact, unit=MONEY, currency="GBP", value=full(1_325_346.21))
    assert verdict(fact, "Revenue", EN) == (
        "Revenue: £7,673,269 so far, £786,124 behind where it should be by now (£8,459,393); the target is £9,282,489 "
        "by 31 December 2011."
    )
    assert headline(fact, "Revenue", EN) == "Revenue: £7,673,269 so far, £786,124 behind where it should be by now"
    over = judged("cumulative", "missed", 9_000_000, 9_282_489, 9_282_489)
    over = replace(over, unit=MONEY, currency="GBP", value=full(1_325_346.21))
    assert verdict(over, "Revenue", EN) == (
        "Revenue: £9,000,000 over 1 January 2011 – 31 December 2011, £282,489 below target (£9,282,489)."
    )
    assert headline(over, "Revenue", EN) == "Revenue: £9,000,000, £282,489 below target"


@pytest.mark.parametrize(
    ("kind", "value", "now", "status", "words"),
    [
        ("cumulative", 3, 1, "missed", "3 so far, 2 above the plan (1); the limit is at most 2 by"),
        ("cumulative", 1, 1, "on_track", "1 so far, where it should be by now (1); the limit is at most 2 by"),
        ("cumulative", 0, 1, "on_track", "0 so far, 1 below the plan (1); the limit is at most 2 by"),
        ("keep", 3, 1, "missed", "3 so far, 2 above the plan (1); the limit is at most 2 by"),
        ("cumulative", 1.2, 1, "at_risk", "1 so far, just above the plan (1); the limit is at most 2 by"),
    ],
)
def test_a_sum_that_is_to_stay_low_has_a_limit(kind: str, value: float, now: float, status: str, words: str) -> None:
    fact = replace(judged(kind, status, value, now, 2, "linear"), unit=COUNT, better=LOWER, adds_up=True)
    assert verdict(fact, "Accidents", EN) == f"Accidents: {words} 31 December 2011."


def test_after_its_day_a_target_is_about_the_period_in_which_it_was_due() -> None:
    """October met it; November's 88.3% is a value and no more."""
    october = CALENDAR.parse("2011-10")
    fact = judged("reach", "exceeded", 0.97, 0.95, 0.95, None, october.window)
    assert fact.target
    fact = replace(fact, target=replace(fact.target, achieved_in=october))
    assert verdict(fact, "Wait", EN) == "Wait, October 2011: 97.0%, 2.0 pp above target (95.0%)."
    assert headline(fact, "Wait", EN) == "Wait, October 2011: 97.0%, 2.0 pp above target"
    assert headline(fact, "Ventetid", Language("da")).startswith("Ventetid, oktober 2011: 97,0")
    target = replace(fact.target, achieved=None, gap=None) if fact.target else None
    lost = replace(fact, target=target, status="cannot_be_judged", status_reason="no_data")
    assert verdict(lost, "Wait", EN) == "Wait, October 2011 can't be judged: no data in this period."
    assert headline(lost, "Wait", EN) == "Wait, October 2011 can't be judged: no data in this period"


@pytest.mark.parametrize("reason", REASONS)
def test_what_cannot_be_judged_says_why(reason: str) -> None:
    fact = replace(WAITS, target=None, status="cannot_be_judged", status_reason=reason)
    assert verdict(fact, "Wait", EN) == f"Wait can't be judged: {REASONS[reason]}."
    assert headline(fact, "Wait", EN) == f"Wait can't be judged: {REASONS[reason]}"
    assert distance_words(fact, EN) == ""


def test_a_title_without_target() -> None:
    assert headline(replace(WAITS, target=None, status=None), "Wait", EN) == "Wait: 88.3%"
    assert headline(fact_of([full(None)]), "Wait", EN) == "Wait: –"


@pytest.mark.parametrize(("status", "word"), [*STATUSES.items(), (None, "")])
def test_the_word_of_a_status(status: str | None, word: str) -> None:
    assert status_word(replace(WAITS, status=status), EN) == word


def test_it_is_told_since_when_all_points_stand_out() -> None:
    signal = Signal("outside", "concern", PERIOD, None, CALENDAR.parse("2011-05"))
    words = "worse than usual: outside its natural limits, since November 2011 (standing out since May 2011)"
    assert signal_words(replace(WAITS, signal=signal), EN) == words


@pytest.mark.parametrize(
    ("follows", "words"),
    [
        ((), "better than usual: seven points on the same side of the average"),
        (("season",), "better than usual for the season: seven points on the same side of what is usual in the season"),
        (("trend",), "better than its trend: seven points on the same side of its trend line"),
        (
            ("season", "trend"),
            "better than its trend: seven points on the same side of the line of its season and trend",
        ),
        (("walk",), "better than its usual steps: seven points on the same side of its average step"),
    ],
)
def test_a_signal_is_told_against_what_the_limits_follow(follows: tuple[str, ...], words: str) -> None:
    signal = Signal("run", "improvement", CALENDAR.parse("2011-05"), None)
    series = replace(WAITS.series, chart=replace(WAITS.series.chart, follows=follows))
    assert signal_words(replace(WAITS, signal=signal, series=series), EN) == f"{words}, since May 2011"


@pytest.mark.parametrize(
    ("signal", "words", "sentence"),
    [
        (Signal(None, None, None, None), "within its usual range", "Wait: within its usual range."),
        (
            Signal("outside", "concern", PERIOD, None),
            "worse than usual: outside its natural limits, since November 2011",
            "Wait – worse than usual: outside its natural limits, since November 2011.",
        ),
        (
            Signal("run", "improvement", CALENDAR.parse("2011-05"), None),
            "better than usual: seven points on the same side of the average, since May 2011",
            "Wait – better than usual: seven points on the same side of the average, since May 2011.",
        ),
        (Signal(None, None, None, "incomplete"), "not all of the period is covered", ""),
        (Signal(None, None, None, "history_too_short"), "the history before it is too short to tell", ""),
    ],
)
def test_signal_or_noise(signal: Signal, words: str, sentence: str) -> None:
    fact = replace(WAITS, signal=signal)
    assert (signal_words(fact, EN), signal_sentence(fact, "Wait", EN)) == (words, sentence)


def test_reasons_in_words() -> None:
    assert reason_words(None, EN) == ""
    assert all(reason_words(code, EN) == text for code, text in REASONS.items())


def test_the_most_urgent_comes_first() -> None:
    statuses = ["met", "at_risk", "cannot_be_judged", "missed", "at_risk", "missed", "exceeded", "on_track"]
    directions = [None, None, None, None, "concern", "concern", None, None]
    facts = [
        replace(WAITS, indicator=str(at), status=status, signal=Signal("run", direction, PERIOD, None))
        for at, (status, direction) in enumerate(zip(statuses, directions, strict=True))
    ]
    # missed before at risk before what can't be judged; in each, what gets worse first
    assert [fact.indicator for fact in attention(facts)] == ["5", "3", "4", "1", "2"]


def everything(evaluation: Evaluation, say: Language) -> list[str]:
    """All that can be said of an evaluation."""
    labels = {fact.key: fact.indicator.split(".")[1].replace("_", " ").capitalize() for fact in evaluation.facts}
    said = summary(evaluation, labels, say)
    for fact in evaluation.facts:
        label = labels[fact.key]
        said += [headline(fact, label, say), distance_words(fact, say), signal_words(fact, say), status_word(fact, say)]
        said += [signal_sentence(fact, label, say)]
        said += [verdict(fact, label, say)] if fact.status else []
    return [sentence for sentence in said if sentence]


@pytest.fixture(scope="module")
def evaluations() -> list[Evaluation]:
    """Real ones, of full and running months, of the first months, and of many clients."""
    shop, hospitals = sample("shop"), sample("hospitals")
    countries = ["united-kingdom", "ireland", "norway", "lebanon", "unspecified"]
    months = (None, "2011-12", "2010-01")
    found = [each for month in months for each in shop.evaluate_all(countries, month).values()]
    return found + list(hospitals.evaluate_all(list(hospitals.clients)[:40]).values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_said_that_is_not_for_people(code: str, evaluations: list[Evaluation]) -> None:
    codes = {*STATUSES, *REASONS, *RULES, *COMPARISONS, "concern", "improvement", "neutral", "linear"}
    raw = re.compile("|".join(rf"\b{each}\b" for each in codes if "_" in each))
    say = Language(code)
    for evaluation in [EVALUATION, *evaluations]:
        for sentence in everything(evaluation, say):
            assert not NOT_FOR_PEOPLE.search(sentence) and not raw.search(sentence), sentence


def test_amounts_and_counts_have_their_unit() -> None:
    money = replace(judged("keep", "missed", 90, 100, 100), unit=MONEY, currency="GBP", value=full(90))
    count = replace(judged("keep", "missed", 1234, 2000, 2000), unit=COUNT, value=full(1234))
    assert headline(money, "Revenue", EN) == "Revenue: £90.00, £10.00 below target"
    assert headline(count, "Orders", EN) == "Orders: 1,234; 766 below target"
