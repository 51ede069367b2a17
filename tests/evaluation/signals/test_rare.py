"""Rare events by what lies between them, frozen baselines and new limits of these; and what a centre is called.

All series are 48 months up to December 2024, each of ten cases, so that a gap of two months is one of 20 cases.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpikit.evaluation.evaluate import signal
from kpikit.evaluation.facts import Fact, Series
from kpikit.evaluation.proposals.proposal import Proposal, proposal_words
from kpikit.evaluation.sentences import signal_words
from kpikit.evaluation.signals.chart import Setting, charted
from kpikit.evaluation.signals.document import chart_document
from kpikit.evaluation.signals.lines import Chart, Gap, Limits
from kpikit.evaluation.signals.profiles import ANHOEJ, NHS, PROFILES, WHEELER
from kpikit.evaluation.signals.words import judged_words, rule_words, shift_words
from kpikit.plans.limits import LimitsPlan
from kpikit.words.language import Language
from kpikit.words.periods import Window
from kpikit.words.units import COUNT, SHARE
from tests.charts.samples import WAITS
from tests.evaluation.signals.points import points, rebased

EN = Language("en")
MONTHS = 48
TWO_YEARS = range(1, 24, 2)
"""An event every other month of 2021 and 2022: eleven gaps, of which six end in 2022."""


def rare(kind: str, events: list[int], plan: LimitsPlan) -> Series:
    """The series with an event in each of these months; t charts of the number, g charts of the share of the cases."""
    values: list[float | None] = [float(at in events) for at in range(MONTHS)]
    bottoms = [10.0] * MONTHS if kind == "g" else None
    setting = Setting(unit=SHARE if bottoms else COUNT, counted=True, plan=replace(plan, chart=kind))
    return charted(points(values, bottoms), setting)


def frozen(year: int) -> LimitsPlan:
    return LimitsPlan(frozen=Window(date(year, 1, 1), date(year + 1, 1, 1)))


def gaps_of(series: Series) -> tuple[Gap, ...]:
    assert series.chart.spacing is not None
    return series.chart.spacing.gaps


def limits_of(series: Series) -> Limits | None:
    assert series.chart.spacing is not None
    return series.chart.spacing.limits


def told(series: Series) -> list[str]:
    return judged_words(replace(WAITS, series=series), EN)


# --- frozen baselines ---


def test_the_gaps_that_end_in_the_frozen_baseline_make_the_limits_of_a_g_chart_alone() -> None:
    """Six gaps of 20 cases: 20 + 3 sqrt(20 x 21) = 81.48, so that 90 cases from December 2022 on stand out.

    All 13 gaps, eleven of 20 and two of 90, have a mean of 400 / 13 = 30.77: 30.77 + 3 sqrt(30.77 x 31.77) = 124.57.
    """
    events = [*TWO_YEARS, 32, 41]
    found, plain = rare("g", events, frozen(2022)), rare("g", events, LimitsPlan())
    limits, all_of_them = limits_of(found), limits_of(plain)
    assert limits is not None and all_of_them is not None
    assert (limits.points, limits.centre) == (6, pytest.approx(0.693 * 20))
    assert (limits.lower, limits.upper) == (0.0, pytest.approx(81.48, abs=0.01))
    assert (all_of_them.points, all_of_them.upper) == (13, pytest.approx(124.57, abs=0.01))
    assert [(each.points[32].signal, each.points[32].way) for each in (found, plain)] == [("outside", -1), (None, 0)]
    assert gaps_of(found) == gaps_of(plain)  # all are shown, and judged
    assert found.chart.frozen == (date(2022, 1, 1), date(2022, 12, 31)) and plain.chart.frozen is None
    assert "The limits are those of the baseline from 1 January 2022 to 31 December 2022." in told(found)


def test_the_gaps_that_end_in_the_frozen_baseline_make_the_limits_of_a_t_chart_alone() -> None:
    """Days from the end of one month to that of the next but one: 59 to February 2022, then 61, 61, 62, 61 and 61.

    To the power of 1 / 3.6 they are 3.1039, 3.1327 (four times) and 3.1469, on average 3.1303, and 3.1303^3.6 = 60.83.
    """
    found = rare("t", [*TWO_YEARS, 32, 41], frozen(2022))
    assert [gap.value for gap in gaps_of(found)[5:11]] == [59, 61, 61, 62, 61, 61]
    limits = limits_of(found)
    assert limits is not None and (limits.points, limits.centre) == (6, pytest.approx(60.83, abs=0.01))
    assert [found.points[at].signal for at in (32, 41)] == ["outside", "outside"]  # nine months


def test_a_baseline_with_too_few_gaps_makes_no_limits_and_that_is_told() -> None:
    """Five gaps end in 2021, as its first event ends none; none at all ends in 2023."""
    for year, day in ((2021, "1 January 2021 to 31 December 2021"), (2023, "1 January 2023 to 31 December 2023")):
        found = rare("g", [*TWO_YEARS, 40], frozen(year))
        assert limits_of(found) is None and not found.is_charted and len(gaps_of(found)) == 13
        words = f"The baseline from {day} is too short to make limits: six gaps between events or more must end in it."
        assert told(found) == [words, "Cases between events: too few events for a usual range."]


# --- new limits ---


def test_new_limits_of_rare_events_leave_the_old_ones_and_are_told() -> None:
    """Eleven gaps of 20 cases, then from 2023 on an event each quarter: seven of 30, and 0.693 x 30 = 20.79.

    The gap from December 2022 to March 2023, in which the limits begin anew, belongs to neither side.
    """
    found = rare("g", [*TWO_YEARS, *range(26, 47, 3), 47], rebased("2023-01"))
    one, two = found.chart.segments
    assert (one.start.key, one.end.key, two.start.key, two.end.key) == ("2021-01", "2022-12", "2023-01", "2024-12")
    assert one.limits is not None and two.limits is not None and two.limits == limits_of(found)
    assert (one.limits.centre, one.limits.points) == (pytest.approx(0.693 * 20), 11)
    assert (two.limits.centre, two.limits.points) == (pytest.approx(20.79), 7)
    assert two.limits.upper == pytest.approx(121.49, abs=0.01)  # 30 + 3 sqrt(30 x 31)
    assert [gap.value for gap in gaps_of(found)] == [20.0] * 11 + [30.0] * 7
    assert one.rebase is None and two.rebase is not None and two.rebase.by == "Anna"
    assert told(found)[0] == "New limits from January 2023 on: A new process (decided on 1 December 2024 by Anna)."
    assert [each["limits"]["points"] for each in chart_document(found)["segments"]] == [11, 7]


def test_each_segment_is_judged_by_its_own_limits() -> None:
    """All gaps lie above 0.693 times their mean: a row of seven and more on one side, in each part anew."""
    found = rare("g", [*TWO_YEARS, *range(26, 47, 3), 47], rebased("2023-01"))
    since = {point.since.key for point in found.points if point.since}
    assert since == {"2021-04", "2023-06"}  # where the first gap of each part ends
    last = replace(WAITS, series=found, signal=signal(found, -1))
    words = "better than usual: seven points on the same side of the centre line of the cases between events"
    assert signal_words(last, EN) == f"{words}, since June 2023"


def test_too_few_events_since_new_limits_began_leave_the_old_ones_alone() -> None:
    found = rare("t", [*TWO_YEARS, 30], rebased("2023-01"))
    one, two = found.chart.segments
    assert one.limits is not None and one.limits.points == 11 and two.limits is None and not found.is_charted
    assert [gap.open for gap in gaps_of(found)] == [False] * 11 + [True]  # since July 2023
    assert told(found)[-1] == "Days between events: too few events for a usual range."


def test_the_frozen_baseline_of_an_old_segment_makes_its_limits_and_is_told_no_more() -> None:
    plan = replace(rebased("2023-01"), frozen=frozen(2022).frozen)
    found = rare("g", [*TWO_YEARS, *range(26, 47, 3), 47], plan)
    assert [each.limits.points for each in found.chart.segments if each.limits] == [6, 7]
    assert found.chart.frozen is None


# --- what the centre is ---


@pytest.mark.parametrize(
    ("kind", "centre"),
    [
        ("xmr", "the average"),
        ("u", "the average"),
        ("run", "the median"),
        ("t", "the centre line of the days between events"),
        ("g", "the centre line of the cases between events"),
    ],
)
def test_the_centre_is_called_what_it_is(kind: str, centre: str) -> None:
    assert rule_words("run", Chart(kind), EN) == f"seven points on the same side of {centre}"
    assert rule_words("run_of_eight", Chart(kind), EN) == f"eight points on the same side of {centre}"
    assert rule_words("three_of_four", Chart(kind), EN).endswith(f"closer to a limit than to {centre}")


def shifted(kind: str, profile: str) -> Fact:
    """Twelve values with a median of 10, then eight of 12: 11 is the median of all twenty, 10.8 their average."""
    values: list[float | None] = [10.0, 11, 9] * 4 + [12.0] * 8
    setting = Setting(PROFILES[profile], unit=COUNT, plan=LimitsPlan(chart=kind))
    found = charted(points(values), setting)
    return replace(WAITS, unit=COUNT, series=found, signal=signal(found, 1))


@pytest.mark.parametrize("profile", [NHS.name, WHEELER.name, ANHOEJ.name])
@pytest.mark.parametrize(("kind", "centre"), [("xmr", "the average"), ("run", "the median")])
def test_a_shift_is_told_against_the_centre_of_its_chart(kind: str, centre: str, profile: str) -> None:
    fact = shifted(kind, profile)
    assert f"all 8 values lie on one side of {centre}, stable among themselves: 12 on average" in shift_words(fact, EN)
    assert fact.signal.rule is None or "the average" not in signal_words(fact, EN) or kind == "xmr"


@pytest.mark.parametrize(("kind", "side"), [("rebase", "one side"), ("rebase_worse", "the worse side")])
def test_a_proposal_of_new_limits_names_the_centre_of_its_chart(kind: str, side: str) -> None:
    fact = shifted("run", "nhs")
    proposal = Proposal(
        kind, "g", fact, numbers={"before": 10.0, "after": 12.0}, counts={"count": 8}, texts={"start": date(2024, 5, 1)}
    )
    _, reason = proposal_words(proposal, {"g": "Goal", fact.key: "Wait"}, EN)
    assert f"all 8 values lie on {side} of the median" in reason
