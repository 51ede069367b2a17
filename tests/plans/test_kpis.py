"""The KPIs of a plan: members, baselines, targets and ranges, and each refusal as a whole sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kpikit.indicators.catalogue import CATALOGUE
from kpikit.plans.aim import Aim
from kpikit.plans.plan import TargetPlan
from kpikit.words.periods import Calendar, Window
from tests.plans.texts import PLAN, SHORT, read_one, refusal

NO_BY, NO_OVER = "Write 'kind: keep', and no 'by'.", "Write 'kind: keep', and no 'over'"
FOR_YEAR = (
    f"{NO_OVER}: with a range for a month, or with 'cadence: year' and one for a year, which only reports on a year "
    "judge."
)
UNKNOWN = (
    f"indicator == 'sales.revenu', must be one of the {len(CATALOGUE)} that there are. "
    "Did you mean 'sales.revenue'? 'kpikit catalogue' lists them all."
)


def with_kpi(**keys: str) -> str:
    """The plan with other keys of its KPI; an empty text leaves a key out."""
    lines = {
        "indicator": "sales.revenue",
        "cadence": "month",
        "baseline": "2010-12",
        "target": "{kind: keep, value: 12000}",
    }
    kpi = "\n        ".join(f"{key}: {value}" for key, value in (lines | keys).items() if value)
    before, _, after = PLAN.partition("- indicator")
    return f"{before}- {kpi}\n    pis{after.partition('    pis')[2]}"


def with_entry(kpi: str) -> str:
    """The plan with another KPI, on line 8."""
    return SHORT.partition("      - ")[0] + f"      - {{{kpi}}}\n"


def test_fiscal_years_are_the_clients_own(tmp_path: Path) -> None:
    text = with_kpi(baseline="FY2010", target="{kind: cumulative, change: +10 %, over: FY2011}")
    (kpi,) = read_one(tmp_path, text, Calendar(4)).kpis
    assert kpi.target is not None and kpi.target.period is not None
    assert kpi.target.period.window == Window(date(2011, 4, 1), date(2012, 4, 1))


REACH_TEXT = "needs either 'value: 12000' or 'change: +10 %', or a table of 'values'."
PERIOD_FORMS = (
    "must be a day (2011-11-23), ISO week (2011-W47), month (2011-11), quarter (2011-Q3), year (2011) "
    "or fiscal year (FY2011) that exists, from 1800 to 2999."
)
KPIS = [  # other keys of the KPI, and what is said
    (
        {"indicator": "sales.revenu"},
        f"line 8, goals.grow.kpis[1].indicator: {UNKNOWN}",
    ),
    (
        {"cadence": "monthly"},
        "line 9, goals.grow.kpis[1].cadence: cadence == 'monthly', must be one of "
        "day, week, month, quarter, year, fiscal_year. Did you mean 'month'?",
    ),
    (
        {"cadence": ""},
        "line 8, goals.grow.kpis[1].cadence: is required, one of day, week, month, quarter, year, fiscal_year.",
    ),
    ({"baseline": "2010-13"}, f"line 10, goals.grow.kpis[1].baseline: period == '2010-13', {PERIOD_FORMS}"),
    ({"baseline": "12000"}, f"line 10, goals.grow.kpis[1].baseline: period == '12000', {PERIOD_FORMS}"),
    (
        {"baseline": "2010"},
        "line 10, goals.grow.kpis[1].baseline: 2010 is a year, must be a month, as the cadence.",
    ),
    (
        {"baseline": "2010-12", "target": "{kind: cumulative, change: +10 %, over: 2011}"},
        "line 10, goals.grow.kpis[1].baseline: 2010-12 is a month, must be a year, as the time "
        "that it is added up over.",
    ),
    (
        {"baseline": "2011", "target": "{kind: cumulative, change: +10 %, over: 2011}"},
        "line 10, goals.grow.kpis[1].baseline: 2011 does not lie before 2011, the target's time.",
    ),
    (
        {"baseline": "2011-12", "target": "{kind: reach, value: 12000, by: 2011-12}"},
        "line 10, goals.grow.kpis[1].baseline: 2011-12 does not lie before 2011-12, the target's time.",
    ),
    (
        {"baseline": "{value: 20 %}"},
        "line 10, goals.grow.kpis[1].baseline.value: '20 %' does not fit the unit: amount. "
        "Write it as 12000, without a percent sign.",
    ),
    ({"baseline": "{from: 2010}"}, "line 10, goals.grow.kpis[1].baseline.value: is required."),
    (
        {"baseline": "{value: 5, from: 2010}"},
        "line 10, goals.grow.kpis[1].baseline.from: unknown key. key == 'from', must be one of value.",
    ),
    (
        {"target": "12000"},
        "line 11, goals.grow.kpis[1].target: must be a mapping of keys to values. "
        "Write it as 'target: {kind: keep, value: 12000}'.",
    ),
    (
        {"indicator": "ads.spend", "target": "12000"},
        "line 11, goals.grow.kpis[1].target: must be a mapping of keys to values. "
        "Write it as 'target: {kind: keep, value: 9000..11000}'.",
    ),
    (
        {"target": "{value: 12000}"},
        "line 11, goals.grow.kpis[1].target.kind: is required, one of keep, reach, cumulative.",
    ),
    (
        {"target": "{kind: kept, value: 12000}"},
        "line 11, goals.grow.kpis[1].target.kind: kind == 'kept', must be one of keep, reach, cumulative. "
        "Did you mean 'keep'?",
    ),
    ({"target": "{kind: keep}"}, f"line 11, goals.grow.kpis[1].target: {REACH_TEXT}"),
    ({"target": "{kind: keep, value: 5, change: +10 %}"}, f"line 11, goals.grow.kpis[1].target: {REACH_TEXT}"),
    (
        {"target": "{kind: keep, value: 95 %}"},
        "line 11, goals.grow.kpis[1].target.value: '95 %' does not fit the unit: amount. "
        "Write it as 12000, without a percent sign.",
    ),
    (
        {"target": "{kind: keep, change: +2 pp}"},
        "line 11, goals.grow.kpis[1].target.change: '+2 pp': percentage points are for shares, and the unit is amount. "
        "Write '+10 %'.",
    ),
    (
        {"indicator": "sales.cancellation_rate", "target": "{kind: keep, change: +5 %}"},
        "line 11, goals.grow.kpis[1].target.change: '+5 %' on a share has two meanings. Write '+5 % relative' "
        "(from 2 % on, +5 % gives 2.1 %) or '+5 pp' (from 2 % on, +5 pp gives 7 %).",
    ),
    (
        {"baseline": "", "target": "{kind: keep, change: +10 %}"},
        "line 10, goals.grow.kpis[1].target.change: needs a baseline to start from: 'baseline: 2011-11' beside "
        "'target'.",
    ),
    (
        {"baseline": "", "target": "{kind: cumulative, change: +10 %, over: 2011-Q4}"},
        "line 10, goals.grow.kpis[1].target.change: needs a baseline to start from: 'baseline: 2011-Q3' beside "
        "'target'.",
    ),
    (
        {"indicator": "sales.cancellation_rate", "target": "{kind: keep}"},
        "line 11, goals.grow.kpis[1].target: needs either 'value: 95 %' or 'change: +2 pp', or a table of 'values'.",
    ),
    ({"target": "{kind: reach, value: 5}"}, "line 11, goals.grow.kpis[1].target.by: is required."),
    ({"target": "{kind: cumulative, value: 5}"}, "line 11, goals.grow.kpis[1].target.over: is required."),
    (
        {"target": "{kind: reach, value: 5, by: soon}"},
        f"line 11, goals.grow.kpis[1].target.by: period == 'soon', {PERIOD_FORMS}",
    ),
    (
        {"target": "{kind: keep, value: 5, by: 2011-12}"},
        "line 11, goals.grow.kpis[1].target.by: unknown key. key == 'by', must be one of kind, value, change, "
        "values, pace.",
    ),
    (
        {"indicator": "sales.cancellation_rate", "target": "{kind: cumulative, value: 2 %, over: 2011}"},
        "line 11, goals.grow.kpis[1].target: sales.cancellation_rate does not add up over time; "
        "use 'kind: keep' or 'kind: reach'.",
    ),
    (
        {"indicator": "sales.average_order_value", "target": "{kind: cumulative, value: 5, over: 2011}"},
        "line 11, goals.grow.kpis[1].target: sales.average_order_value does not add up over time; "
        "use 'kind: keep' or 'kind: reach'.",
    ),
    (
        {"indicator": "sales.revenue_growth", "target": "{kind: cumulative, value: 5 %, over: 2011}"},
        "line 11, goals.grow.kpis[1].target: sales.revenue_growth does not add up over time; "
        "use 'kind: keep' or 'kind: reach'.",
    ),
    (
        {"indicator": "emergency.attendances"},
        "line 11, goals.grow.kpis[1].target: emergency.attendances has no better direction, "
        "so its target is a range, as 'value: 9000..11000'.",
    ),
    (
        {"member": "{channel: Google, country: DK}"},
        "line 12, goals.grow.kpis[1].member: must name one member of one dimension, as {channel: Google}.",
    ),
    (
        {"member": "{}"},
        "line 12, goals.grow.kpis[1].member: must name one member of one dimension, as {channel: Google}.",
    ),
    (
        {"member": "Google"},
        "line 12, goals.grow.kpis[1].member: must be a mapping of keys to values. "
        "Write it as 'member: {channel: Google}'.",
    ),
    ({"member": "{channel: }"}, "line 12, goals.grow.kpis[1].member.channel: is empty."),
    (
        {"tagret": "{}"},
        "line 12, goals.grow.kpis[1].tagret: unknown key. key == 'tagret', must be one of indicator, cadence, "
        "baseline, target, chart, frozen, rebase, member. Did you mean 'target'?",
    ),
]


@pytest.mark.parametrize(("keys", "sentence"), KPIS)
def test_what_is_wrong_with_a_kpi_is_refused(tmp_path: Path, keys: dict[str, str], sentence: str) -> None:
    assert refusal(tmp_path, a_1=with_kpi(**keys)) == f"a/1.yml, {sentence}"


@pytest.mark.parametrize(
    ("indicator", "value", "aim"),
    [
        ("sales.cancellation_rate", "18 %..22 %", Aim("range", Decimal("0.18"), Decimal("0.22"))),
        ("sales.cancellation_rate", "18 % .. 22 %", Aim("range", Decimal("0.18"), Decimal("0.22"))),
        ("sales.orders", "90..110.5", Aim("range", Decimal(90), Decimal("110.5"))),
        # An indicator without a better direction can be kept inside a range, and has no other target.
        ("sales.average_price_per_unit", "1.5..2", Aim("range", Decimal("1.5"), Decimal(2))),
    ],
)
def test_a_range_to_keep(tmp_path: Path, indicator: str, value: str, aim: Aim) -> None:
    text = with_entry(f"indicator: {indicator}, cadence: month, target: {{kind: keep, value: {value}}}")
    (kpi,) = read_one(tmp_path, text).kpis
    assert kpi.target == TargetPlan("keep", aim, None)


TARGETS = [
    (
        "sales.cancellation_rate",
        "kind: keep, value: 22 %..18 %",
        "value: '22 %..18 %' is empty; a range goes from its lower to its upper end.",
    ),
    (
        "sales.cancellation_rate",
        "kind: keep, value: 18 %..18 %",
        "value: '18 %..18 %' is empty; a range goes from its lower to its upper end.",
    ),
    (
        "sales.cancellation_rate",
        "kind: keep, value: 18..22 %",
        "value: '18..22 %': '18' does not fit the unit: share. Write it as 18 %.",
    ),
    *(
        (
            "sales.cancellation_rate",
            f"kind: keep, value: '{text}'",
            f"value: '{text}' is not understood. Write a range with both its ends, as '18 %..22 %'.",
        )
        for text in ("..", "18 %..", "..22 %", "1 %..2 %..3 %")
    ),
    (
        "sales.cancellation_rate",
        "kind: keep, change: +1 pp..+2 pp",
        "change: '+1 pp..+2 pp' is not understood. Write it as +2 pp"
        ". Numbers have no marks for thousands, and a point before decimals.",
    ),
    (
        "sales.cancellation_rate",
        "kind: keep, value: 31000",
        "value: '31000' does not fit the unit: share. A share lies between 0 % and 100 %, and is written as 2.5 %.",
    ),
    (
        "sales.cancellation_rate",
        "kind: reach, value: 18 %..22 %, by: 2011-12",
        f"value: a range goes with 'kind: keep'. {NO_BY}",
    ),
    (
        "sales.orders",
        "kind: cumulative, value: 5..9, over: 2011",
        f"value: a range goes with 'kind: keep'. {FOR_YEAR}",
    ),
    *(
        (id, target, f"{id} has no better direction, so its target is a range, as 'value: 9000..11000'.{way}")
        for id, target, way in (
            ("sales.average_price_per_unit", "kind: keep, value: 2", ""),
            ("sales.average_price_per_unit", "kind: reach, value: 2, by: 2011-12", f" {NO_BY}"),
            ("sales.average_price_per_unit", "kind: keep, change: +5 %", ""),
            ("ads.spend", "kind: cumulative, value: 420000, over: 2011", f" {FOR_YEAR}"),
            ("ads.spend", "kind: cumulative, value: 420000, over: 2011-11", f" {NO_OVER}."),
            ("ads.spend", "kind: cumulative, change: +5 %, over: 2011", f" {FOR_YEAR}"),
        )
    ),
    (
        "ads.spend",
        "kind: cumulative, over: 2011-Q1, values: {2011-01: 5, 2011-02: 5, 2011-03: 5}",
        f"values: ads.spend has no better direction: each is a range, as '9000..11000'. {NO_OVER}.",
    ),
    (
        "ads.spend",
        "kind: cumulative, over: 2011, values: {2011: 5..6}",
        f"values: ranges go with 'kind: keep', and then in each period. {FOR_YEAR}",
    ),
]


@pytest.mark.parametrize(("indicator", "target", "sentence"), TARGETS)
def test_what_is_wrong_with_a_target_is_refused(tmp_path: Path, indicator: str, target: str, sentence: str) -> None:
    text = with_entry(f"indicator: {indicator}, cadence: month, baseline: 2010-12, target: {{{target}}}")
    gap = "." if sentence.startswith(("value", "change")) else ": "
    assert refusal(tmp_path, a_1=text) == f"a/1.yml, line 8, goals.grow.kpis[1].target{gap}{sentence}"


def test_a_baseline_is_no_range(tmp_path: Path) -> None:
    text = with_entry("indicator: sales.orders, cadence: month, baseline: {value: 5..9}")
    sentence = "a/1.yml, line 8, goals.grow.kpis[1].baseline.value: a baseline is one value, not a range."
    assert refusal(tmp_path, a_1=text) == sentence
