"""Verdicts on experiments, with the days or units that are missing, and how they are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpikit.evaluation.experiments.judge import days_more, judge
from kpikit.evaluation.experiments.words import Told, adjusted_sentence, groups_sentence, outcome_sentences
from kpikit.indicators.catalogue import CATALOGUE
from kpikit.indicators.framework import LOWER
from kpikit.metrics.moments import Moments, Sample
from kpikit.words.language import Language
from kpikit.words.units import SHARE as SHARE_UNIT
from tests.evaluation.experiments import SHARE, TEN_DAYS, counted, experiment, outcome

RATE = {SHARE: Told("Conversion rate", SHARE_UNIT, None)}
SAME, BETTER, WORSE, FEW = counted(500, 10_000), counted(620, 10_000), counted(400, 10_000), counted(2, 20)


@pytest.mark.parametrize(
    ("new", "day", "effect", "verdict", "said"),
    [
        # 0.062 - 0.05 = 0.012, +- 1.96 x sqrt(0.062 x 0.938 / 10,000 + 0.05 x 0.95 / 10,000) = 0.00637
        (
            BETTER,
            10,
            None,
            "better",
            "new does better than the control: Conversion rate, 6.20% against 5.00% "
            "(+1.20 pp; 95% interval +0.56 pp to +1.84 pp).",
        ),
        (WORSE, 10, None, "worse", "new does worse than the control: Conversion rate, 4.00% against 5.00% "),
        (SAME, 10, None, "no_difference", "No variant differs from the control by more than chance explains."),
        (
            BETTER,
            4,
            None,
            "running",
            "Not enough data yet: 6 more days. It is judged after its last day, 10 March 2026.",
        ),
        # from 5 % to 5.25 %: (1.95996 + 0.84162)^2 x (0.05 x 0.95 + 0.0525 x 0.9475) x 10,000 / 9,999 / 0.0025^2 =
        # 122,136 units, at 1,000 a day
        (
            SAME,
            10,
            0.05,
            "not_enough",
            "new, Conversion rate: not enough data to tell a difference that would matter; it takes 113 more days.",
        ),
        (counted(620, 9000), 10, None, "mismatch", "The groups do not have the sizes that were planned"),
    ],
)
def test_the_verdict(new: Moments, day: int, effect: float | None, verdict: str, said: str) -> None:
    found = outcome(experiment(SHARE, effect=effect), date(2026, 3, day), old=SAME, new=new)
    assert [each.verdict for each in found.comparisons] == [verdict]
    (first, *_) = outcome_sentences(found, RATE, Language("en"))
    assert first.startswith(said)


def test_a_test_that_runs_says_when_it_ends_and_what_that_is_too_short_for() -> None:
    # 4 of 10 days gave 10,000 units each; 5 % of 5 % needs 122,136 (see above): (122,136 - 10,000) x 4 / 10,000 = 44.9
    # more days, of which 6 are those that are left.
    found = outcome(experiment(SHARE, effect=0.05), date(2026, 3, 4), old=SAME, new=SAME)
    assert outcome_sentences(found, RATE, Language("en")) == [
        "Not enough data yet: 6 more days. It is judged after its last day, 10 March 2026.",
        "new, Conversion rate: to see a difference of 5% in four cases of five, it takes 39 more days after that.",
    ]
    assert groups_sentence(found, Language("en")) == (
        "1 March 2026 – 10 March 2026, known until 4 March 2026. Sizes of the groups – old: 10,000, new: 10,000."
    )


def test_a_difference_that_is_neither_good_nor_bad_is_told_too() -> None:
    """A KPI without a direction: its verdict is "different", and the experiment does not stay without a sentence."""
    found = outcome(experiment(SHARE), old=SAME, new=BETTER)
    neutral = replace(found, comparisons=tuple(replace(each, verdict="different") for each in found.comparisons))
    (said,) = outcome_sentences(neutral, {SHARE: Told("Sessions", SHARE_UNIT, None)}, Language("en"))
    assert said.startswith("new differs from the control by more than chance explains: Sessions, 6.20% against 5.00% (")


def test_few_units_are_not_judged() -> None:
    found = outcome(experiment(SHARE), old=FEW, new=counted(18, 20))
    assert [each.verdict for each in found.comparisons] == ["not_enough"]
    said = outcome_sentences(found, RATE, Language("en"))
    # and not "0 more days"
    assert said == ["Not enough data to tell a difference that would matter – new, Conversion rate."]


@pytest.mark.parametrize("successes", [0, 5000])
def test_where_nothing_varies_nothing_is_known(successes: int) -> None:
    # Of 5,000 units each not one has a conversion, or all have: the interval from 0 to 0 is no certainty.
    found = outcome(experiment(SHARE), old=counted(successes, 5000), new=counted(successes, 5000))
    assert [each.verdict for each in found.comparisons] == ["not_enough"]


def test_of_many_kpis_and_variants_each_is_held_to_the_number_of_all() -> None:
    almost = counted(564, 10_000)  # 0.044 alone, which is nothing among three
    alone = outcome(experiment(SHARE), old=SAME, new=almost).comparisons[0]
    three = experiment(SHARE, old=0.25, new=0.25, third=0.25, fourth=0.25)
    found = outcome(three, old=SAME, new=almost, third=SAME, fourth=SAME).comparisons
    assert (alone.verdict, alone.adjusted) == ("better", alone.probability)
    assert [each.verdict for each in found] == ["no_difference"] * 3
    assert found[0].adjusted == pytest.approx(3 * alone.probability)
    said = adjusted_sentence(outcome(three, old=SAME, new=almost, third=SAME, fourth=SAME), Language("en"))
    assert said == "3 comparisons: each verdict is adjusted for that (Holm), each interval is not."
    assert adjusted_sentence(outcome(experiment(SHARE), old=SAME, new=almost), Language("en")) == ""


def test_nobody_was_seen_yet() -> None:
    found = outcome(experiment(SHARE), date(2026, 3, 1))
    assert (found.comparisons, found.shares_fit) == ((), None)
    (said,) = outcome_sentences(found, {}, Language("en"))
    assert said == "No unit of the control, or of a variant, has been seen yet."


def test_the_size_that_each_of_several_variants_needs() -> None:
    """From 5 % by a tenth of it, to 5.5 %: 0.05 x 0.95 + 0.055 x 0.945 = 0.099475, whatever the variant has shown.

    One comparison: (1.95996 + 0.84162)^2 x 0.099475 / 0.005^2 = 31,231; of two each has half of the significance:
    (2.24140 + 0.84162)^2 instead, 37,821.
    """
    (alone,) = outcome(experiment(SHARE, effect=0.1), old=SAME, new=BETTER).comparisons
    two = experiment(SHARE, effect=0.1, old=1 / 3, new=1 / 3, third=1 / 3)
    each = outcome(two, old=SAME, new=BETTER, third=SAME).comparisons[0]
    assert (alone.needed, each.needed) == (pytest.approx(31_231, rel=1e-3), pytest.approx(37_821, rel=1e-3))


def test_a_test_with_the_units_that_were_planned_is_judged_as_large_enough() -> None:
    """The planner's 31,231 for 5 % and a tenth more (31,234 with the sample's variance); what falls needs fewer."""
    large, few = counted(1562, 31_240), counted(1492, 29_840)  # the latter are those of the control's deviation alone
    verdicts = [outcome(experiment(SHARE, effect=0.1), old=each, new=each).comparisons[0] for each in (large, few)]
    assert [each.verdict for each in verdicts] == ["no_difference", "not_enough"]
    falls = {SHARE: replace(CATALOGUE[SHARE], better=LOWER)}
    found = judge(experiment(SHARE, effect=0.1), Sample(TEN_DAYS.last_day, {"old": SAME, "new": BETTER}, 0, 0), falls)
    # (1.95996 + 0.84162)^2 x (0.05 x 0.95 + 0.045 x 0.955) / 0.005^2 = 28,406
    assert found.comparisons[0].needed == pytest.approx(28_406, rel=1e-3)


def test_a_test_that_is_decided_needs_no_more_days() -> None:
    found = outcome(experiment(SHARE, effect=0.1), old=SAME, new=BETTER)
    assert (found.comparisons[0].verdict, found.days_left) == ("better", 0)
    assert (found.comparisons[0].needed or 0) > 10_000


@pytest.mark.parametrize(
    ("first", "days", "said"),
    [  # the second KPI needs 300,000 units of each, of which 10 days gave 10,000: 290 more days
        ("better", 0, ["Not enough data to tell a difference that would matter – new, Orders."]),
        ("no_difference", 0, ["Not enough data to tell a difference that would matter – new, Orders."]),
        (  # the first needs 15,000: 5 more days
            "not_enough",
            5,
            [
                "new, Conversion rate: not enough data to tell a difference that would matter; it takes 5 more days.",
                "Not enough data to tell a difference that would matter – new, Orders.",
            ],
        ),
    ],
)
def test_days_are_told_of_the_first_kpi_alone(first: str, days: int, said: list[str]) -> None:
    found = outcome(experiment(SHARE, effect=0.1), old=SAME, new=SAME)
    (one,) = found.comparisons
    both = (
        replace(one, verdict=first, needed=15_000),
        replace(one, kpi="sales.orders", verdict="not_enough", needed=300_000),
    )
    found = replace(found, comparisons=both)
    told = outcome_sentences(found, RATE | {"sales.orders": Told("Orders", SHARE_UNIT, None)}, Language("en"))
    assert [each for each in told if "enough" in each] == said
    assert [days_more(found.experiment, found.sample, each) for each in both] == [days, 290]


def test_typed_counts_ask_for_units_as_nobody_knows_their_days() -> None:
    typed = replace(experiment(SHARE, effect=0.1), source="")
    found = outcome(typed, old=SAME, new=counted(510, 10_000))
    # (1.95996 + 0.84162)^2 x (0.05 x 0.95 + 0.055 x 0.945) x 10,000 / 9,999 / 0.005^2 = 31,234; 10,000 are there
    (said,) = outcome_sentences(found, RATE, Language("en"))
    assert said == (
        "new, Conversion rate: not enough data to tell a difference that would matter; it takes 21,234 more units of "
        "the variant."
    )
    assert (found.days_left, groups_sentence(found, Language("en"))) == (
        None,
        "Sizes of the groups – old: 10,000, new: 10,000.",
    )


@pytest.mark.parametrize(
    ("other", "names", "said"),
    [
        (0, (), []),
        (1, ("C",), ["1 unit saw a variant that is not planned (C) and is left out."]),
        (1876, ("C", "E"), ["1,876 units saw variants that are not planned (C, E) and are left out."]),
        (9, ("C", "E", "F", "G"), ["9 units saw variants that are not planned (C, E, F, …) and are left out."]),
    ],
)
def test_units_of_variants_that_are_not_planned_are_told(other: int, names: tuple[str, ...], said: list[str]) -> None:
    sample = Sample(TEN_DAYS.last_day, {"old": SAME, "new": BETTER}, 0, other, names)
    first, *others = outcome_sentences(judge(experiment(SHARE), sample, CATALOGUE), RATE, Language("en"))
    assert first.startswith("new does better") and others == said
