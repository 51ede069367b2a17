"""How far a KPI has come, by hand; and that nothing but its progress is left of an evaluation for partners."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from kpikit.charts.progress import progress_words
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.targets.progress import kept, progress_alone, way
from kpikit.plans.read import read_plans
from kpikit.words.language import Language
from tests.histories import History, monthly, save

PLAN = """\
schema: 1
in_force_from: 2024-01-01
goals:
  grow:
    statement: Grow.
    level: organisation
    kpis: [{indicator: sales.orders, cadence: month, BASEtarget: TARGET}]
    pis: [sales.cancellations]
"""
ORDERS = [*monthly(100, months=12), *monthly(100, 130, months=12)]  # 100 in December 2023, 130 in December 2024


def under(folder: Path, target: str, baseline: str = "baseline: 2023-12, ") -> Fact:
    text = PLAN.replace("BASE", baseline).replace("TARGET", target)
    figures = {"orders": ORDERS, "cancellations": monthly(5, 7, months=24)}
    return History(figures).under(folder, text)[1].kpis[0]


@pytest.mark.parametrize(
    ("target", "baseline", "share", "times"),
    [
        ("{kind: reach, value: 160, by: 2025-12}", "baseline: 2023-12, ", 0.5, None),  # (130 - 100) / (160 - 100)
        ("{kind: reach, value: 120, by: 2025-12}", "baseline: 2023-12, ", 1.5, None),
        ("{kind: reach, value: 90, by: 2025-12}", "baseline: 2023-12, ", -3.0, None),  # it has moved away
        ("{kind: cumulative, value: 2760, over: 2024}", "", 0.5, None),  # 6 x 100 + 6 x 130 = 1,380
        ("{kind: keep, value: 120}", "", None, (6, 12)),
        ("{kind: keep, value: 100}", "", None, (12, 12)),
        ("{kind: keep, value: 100..120}", "", None, (6, 12)),
    ],
)
def test_the_way_behind_it(
    tmp_path: Path, target: str, baseline: str, share: float | None, times: tuple[int, int] | None
) -> None:
    fact = under(tmp_path, target, baseline)
    assert way(fact) == (None if share is None else pytest.approx(share))
    assert kept(fact) == times


@pytest.mark.parametrize(
    ("target", "indicator", "said"),
    [
        # 6 x 100 + 6 x 130 = 1,380 of 2,760, and of 1,380
        ("{kind: cumulative, value: 2760, over: 2024}", "sales.orders", "50% of the target, which was due by 31 Dec"),
        ("{kind: cumulative, value: 1380, over: 2024}", "sales.orders", "Reached"),
        ("{kind: reach, value: 160, by: 2024-12}", "sales.orders", "50% of the way to the target, which was due by"),
        ("{kind: reach, value: 160, by: 2025-12}", "sales.orders", "50% of the way to the target, which is due by"),
        # cancellations: 5 and 7 in turn, 72 in a year: a ceiling that is passed is no target that is reached
        ("{kind: cumulative, value: 144, over: 2024}", "sales.cancellations", "50% of the ceiling for the time until"),
        ("{kind: cumulative, value: 60, over: 2024}", "sales.cancellations", "120% of the ceiling for the time until"),
    ],
)
def test_the_way_in_words(tmp_path: Path, target: str, indicator: str, said: str) -> None:
    baseline = "" if "cumulative" in target else "baseline: 2023-12, "
    text = PLAN.replace("BASE", baseline).replace("TARGET", target).replace("sales.orders", indicator)
    figures = {"orders": ORDERS, "cancellations": monthly(5, 7, months=24)}
    fact = History(figures).under(tmp_path, text.replace("    pis: [sales.cancellations]\n", ""))[1].kpis[0]
    assert progress_words(fact, Language("en")).startswith(said)


TOLD = {"indicator", "member", "role", "goal", "unit", "currency", "better", "value", "changes", "target", "status",
        "status_reason", "signed", "adds_up", "interval", "series", "signal"}  # fmt: skip
"""The fields of a fact that partners may see; `series` and `signal` are looked at one by one."""


def test_nothing_else_is_left(tmp_path: Path) -> None:
    text = PLAN.replace("BASE", "").replace("TARGET", "{kind: keep, value: 120}")
    figures = {"orders": [*ORDERS[:-1], 400.0], "cancellations": monthly(5, 7, months=24)}
    whole = History(figures).under(tmp_path, text)[1]
    assert whole.kpis[0].signal.rule and whole.kpis[0].series.limits and len(whole.facts) > 1
    (bare,) = progress_alone(whole).facts
    for field in dataclasses.fields(bare):
        if field.name not in TOLD:
            assert getattr(bare, field.name) in ((), None), field.name
    assert (bare.signal.rule, bare.signal.since, bare.series.limits) == (None, None, None)
    assert {(point.signal, point.lower, point.centre, point.upper) for point in bare.series.points} == {(None,) * 4}
    before, after = ([point.value.value for point in one.series.points] for one in (whole.kpis[0], bare))
    assert before == after


def test_kept_targets_are_counted_over_versions_that_ask_for_the_same(tmp_path: Path) -> None:
    """Met in 6 of 12 months: another owner in December counts on, another target begins anew."""
    text = PLAN.replace("BASE", "").replace("TARGET", "{kind: keep, value: 120}")
    later = text.replace("2024-01-01", "2024-12-01")
    history = History({"orders": ORDERS, "cancellations": monthly(5, 7, months=24)})
    owned = later.replace("level: organisation", "level: organisation\n    owner: Ann")
    for name, second, told in (("same", owned, (6, 12)), ("other", later.replace("120", "125"), (1, 1))):
        save(tmp_path / name, a_1=text, a_2=second)
        *_, plan = read_plans(tmp_path / name, "a", history.calendar)
        assert kept(history.evaluate(plan).kpis[0]) == told
