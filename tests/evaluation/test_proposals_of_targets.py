"""What the figures propose for targets: other ones, more time or none, and with which figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpikit.evaluation.proposals.find import proposals
from kpikit.evaluation.proposals.proposal import Edit, edited, proposal_words
from kpikit.evaluation.targets.ambition import half_way
from kpikit.evaluation.targets.usual import left_range
from kpikit.plans.read import read_plans
from kpikit.plans.versions import plan_text
from kpikit.words.language import Language
from tests.evaluation.scenes import GOAL, HEAD, STEADY, ids, keep, one, reach, rising, scene, staged
from tests.histories import CALENDAR, monthly, save

WILD = monthly(100, 10, 60, 30, months=24)  # mean 50; moving ranges of 59.6 on average: limits 50 + 2.66 x 59.6 = 208
QUARTERLY = keep("10.5 %", "sales.cancellation_rate").replace("month", "quarter")


@pytest.mark.parametrize(
    ("kpi", "orders", "expected", "told"),
    [
        (keep(40), WILD, "too_noisy_to_keep", "0 to 208, is wider than the average itself, 50. Whether "),
        (keep(300), WILD, None, ""),  # out of reach
        (keep(104), STEADY, None, ""),  # met or missed by chance, and another target would not be
        (keep("101..105"), STEADY, "too_noisy_for_range", "most periods lie outside 101 to 105, "),  # 32 / 6 = 5.3
        (keep("100..106"), STEADY, None, ""),
        (keep("84..88"), STEADY, None, ""),  # reaches out of what is usual
        (keep(500).replace("kind: keep", "kind: cumulative, over: 2024"), WILD, None, ""),
        # 10.6 % in the last quarter of 2023; what a month says is no noise of a quarter
        (QUARTERLY.replace("kind: keep", "kind: reach, by: 2025-Q4").replace("r,", "r, baseline: 2023-Q4,", 1), STEADY,
         None, ""),
    ],
)  # fmt: skip
def test_a_single_period_that_says_nothing_about_its_target(
    tmp_path: Path, kpi: str, orders: list[float | None], expected: str | None, told: str
) -> None:
    found = scene(tmp_path, kpi, orders=orders, cancellations=monthly(10, 12, 11, months=24))
    noisy = [each for each in proposals(found) if each.kind.startswith("too_noisy")]
    assert [each.kind for each in noisy] == ([expected] if expected else [])
    for each in noisy:
        title, reason = proposal_words(each, {"grow": "Grow.", "sales.orders": "Orders"}, Language("en"))
        assert title == "Measure Orders over longer periods, or replace it" and told in reason


@pytest.mark.parametrize(("low", "high", "limits"), [(100, 130, "rebase"), (130, 100, "rebase_worse")])
def test_no_target_is_eased_for_a_process_that_has_just_got_better_or_worse(
    tmp_path: Path, low: int, high: int, limits: str
) -> None:
    """Eleven of 24 months lie 30 above or below the others: the limits of all do not say what can be reached from here.

    What has got worse is to be found out first; a target between the old and the new level would be out of reach.
    """
    orders = [*monthly(low, low + 2, low - 2, months=13), *monthly(high, high + 2, high - 2, months=11)]
    staged = scene(tmp_path, keep(max(low, high) + 20), orders=orders)
    shift = staged.evaluation.kpis[0].series.chart.shift
    assert shift is not None and (shift.after > shift.before) is (limits == "rebase")
    found = [each.kind for each in proposals(staged)]
    assert ("ease_target" in found, limits in found) == (False, True)


def test_more_ambitious_is_half_way_to_the_best_that_is_usual(tmp_path: Path) -> None:
    found = scene(tmp_path, keep(80))
    proposal = one(found, "raise_target:sales.orders")
    limits = proposal.fact.series.limits
    assert proposal.numbers["proposed"] == round((limits.centre + limits.upper) / 2)
    assert proposal.edits == (
        Edit(("goals", "grow", "kpis", 0, "target"), {"kind": "keep", "value": f"{proposal.numbers['proposed']:.0f}"}),
    )


def test_the_next_target_of_what_grows_is_no_step_back(tmp_path: Path) -> None:
    renewed = one(scene(tmp_path, reach(140, "2024-12"), orders=rising(100, 2)), "renew_target:sales.orders")
    assert renewed.fact.series.limits.upper < 130  # what was usual over the two years; the last three are 142, 144, 146
    assert renewed.numbers["proposed"] == 144


def test_the_next_target_of_one_that_was_missed_asks_for_no_more(tmp_path: Path) -> None:
    """Half-way to the good end of a December is 96; 93 was missed with 92, and is still to be reached."""
    renewed = one(scene(tmp_path, reach(93, "2024-12"), orders=[*STEADY[:23], 92]), "renew_target:sales.orders")
    assert renewed.fact.status == "missed" and half_way(renewed.fact) > 96
    assert renewed.numbers["proposed"] == 93


def test_a_target_that_ended_after_the_period_is_not_renewed_from_it(tmp_path: Path) -> None:
    """December 2024, looked at in June 2025: what was reached until March is not in it."""
    found = scene(tmp_path, reach(140, "2025-03"), orders=rising(100, 2))
    later = replace(found, evaluation=replace(found.evaluation, as_of=date(2025, 6, 1)))
    assert "renew_target:sales.orders" not in ids(later)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ([130, 131], 1),
        ([130, 103, 131], 1),
        ([103, 130], 0),  # a single one may be chance
        ([130, 131, 103, 104], 0),  # it came back
        ([70, 75], -1),
        ([130, 70], 0),
    ],
)
def test_a_process_has_left_its_range_with_two_of_the_last_three(
    tmp_path: Path, last: list[float], expected: int
) -> None:
    """The limits, about 84 to 122, are those of 24 months of which the last are these."""
    orders = [*STEADY[: 24 - len(last)], *last]
    assert left_range(scene(tmp_path, keep(90), orders=orders).evaluation.kpis[0]) == expected


def test_the_next_target_starts_from_a_period_of_its_cadence(tmp_path: Path) -> None:
    kpi = (
        "{indicator: sales.cancellation_rate, cadence: quarter, baseline: 2023-Q4, "
        "target: {kind: reach, value: 8 %, by: 2024-Q4}}"
    )
    found = scene(tmp_path, kpi, orders=STEADY, cancellations=monthly(10, 12, 11, months=24))  # seen by the month
    renewed = one(found, "renew_target:sales.cancellation_rate")
    assert [edit.value for edit in renewed.edits][1] == "2024-Q4"
    document = edited(found.document, renewed.edits)
    save(tmp_path, a_2=plan_text({**document, "in_force_from": "2025-01-01"}))
    assert len(read_plans(tmp_path, "a", CALENDAR)) == 2  # the new version can be read


def test_more_time_comes_from_the_slope(tmp_path: Path) -> None:
    kpi = reach(170, "2025-03")
    proposal = one(scene(tmp_path, kpi, orders=rising(100, 2)), "give_time:sales.orders")
    # 2 a month; the median of the last three is 144, so 26 are missing: 13 months after December 2024
    assert (proposal.steps, proposal.counts) == ({"step": 2}, {"count": 12, "left": 13})
    assert proposal.edits == (Edit(("goals", "grow", "kpis", 0, "target", "by"), "2026-01"),)


def test_a_sum_over_a_year_is_scaled_to_the_year(tmp_path: Path) -> None:
    kpi = keep(3000).replace("kind: keep", "kind: cumulative, over: 2025").replace("month,", "month, baseline: 2023,")
    text = HEAD.format(begins="2025-01-01") + GOAL.format(kpi=kpi, more="")
    found = staged(tmp_path, text, orders=[*STEADY, *STEADY[:6]])
    proposal = one(found, "ease_target:sales.orders")
    # 103.13 on average, half-way to the upper limit 8.16 more: 12 x 103.13, and the root of 12 times 8.16 for a year
    assert proposal.numbers["proposed"] == round(12 * 103.13 + 12**0.5 * 8.16)
    # limits 16.33 to each side: 1237.6 +- 56.6; the best run of 12 months is three times 100 + 110 + 104 + 98
    assert {name: round(proposal.numbers[name]) for name in ("low", "high", "best")} == {
        "low": 1181, "high": 1294, "best": 1236,
    }  # fmt: skip
    assert proposal.edits[0].value == {
        "kind": "cumulative", "value": f"{proposal.numbers['proposed']:.0f}", "over": "2025",
    }  # fmt: skip


RATE = "sales.cancellation_rate"  # lower is better


@pytest.mark.parametrize(
    ("cancellations", "value", "expected"),
    [
        ([0.0] * 24, "5 %", [f"exhausted:{RATE}"]),  # no lower target: there is none
        ([1.0, *[0.0] * 23], "5 %", [f"exhausted:{RATE}"]),
        ([0.0] * 11, "5 %", []),  # eleven periods are too few
        ([0.0, *[1.0, 0.0] * 5, 0.0, 0.0] * 2, "5 %", []),  # usually 0 to about 1 %: a target of 0 has no room for one
        (monthly(2, 3, months=24), "20 %", [f"raise_target:{RATE}"]),
    ],
)
def test_what_cannot_get_better_gets_no_other_target(
    tmp_path: Path, cancellations: list[float], value: str, expected: list[str]
) -> None:
    figures = {"orders": [100.0] * len(cancellations), "cancellations": cancellations}
    found = scene(tmp_path, keep(value, RATE), begins="2023-01-01", **figures)
    assert [each for each in ids(found) if each != "review_overdue"] == expected
    if expected[:1] == [f"exhausted:{RATE}"]:
        proposal = one(found, expected[0])
        assert (proposal.numbers, proposal.counts) == ({"best": 0.0}, {"count": 12})
        goal = edited(found.document, proposal.edits)["goals"]["grow"]
        assert (goal["kpis"], goal["pis"]) == ([], [RATE])
