"""The JSON of an evaluation: plain values, and the same figures as the facts."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from kpikit.evaluation.document import SCHEMA, Document, document
from kpikit.evaluation.signals.chance import chance
from kpikit.words.errors import UsageError
from tests.charts.samples import EVALUATION, WAITS
from tests.workspaces import Sale, Shop, plan, sample


@pytest.mark.parametrize(
    ("key", "nearest"), [("sales.revenu", "sales.revenue"), ("sales.orders[channel=wep]", "sales.orders[channel=web]")]
)
def test_a_fact_that_is_not_there_is_misuse_and_the_nearest_key_is_named(key: str, nearest: str) -> None:
    own = plan("{indicator: sales.orders, cadence: month, member: {channel: web}}")
    with Shop([Sale("2024-01-04")], plans={"default/1": own}).opened() as workspace:
        evaluation = workspace.evaluate("a", "2024-01")
    assert evaluation.fact(nearest).key == nearest
    with pytest.raises(UsageError) as error:
        evaluation.fact(key)
    assert str(error.value).startswith(f"fact == {key!r}, must be one of sales.orders[channel=web], ")
    assert str(error.value).endswith(f"Did you mean {nearest!r}?")


def test_a_document_is_plain_json(documents: list[Document]) -> None:
    for each in documents:
        assert json.loads(json.dumps(each, allow_nan=False)) == each
        assert each["schema"] == SCHEMA == 1


def test_the_head_of_a_document(documents: list[Document]) -> None:
    head = {key: value for key, value in documents[1].items() if key not in ("facts", "goals")}
    assert documents[1]["goals"][0] == {
        "goal": "grow",
        "status": "at_risk",
        "good": 0,
        "all": 1,
        "kpis": ["sales.revenue"],
        "goals": [],
        "missed": 0,
    }
    assert head == {
        "schema": 1,
        "experiments": [],
        "client": "united-kingdom",
        "period": {"period": "2011-12", "grain": "month", "start": "2011-12-01", "end": "2012-01-01"},
        "as_of": "2011-12-09",
        "complete": False,
        "plan_version": 1,
        "events": [],
        "revisions": [],
        "left_out": [],
        "without_value": [],
        "without_rows": [],
        "unmeasured": [],
        "ended": [],
        "chance": {"judged": 0, "signals": 0, "expected": 0},
    }


def test_an_event(documents: list[Document]) -> None:
    assert documents[-1]["events"] == [
        {
            "start": "2024-01-03",
            "end": "2024-01-04",
            "what": "Prices",
            "kind": "price",
            "channel": None,
            "budget": "12.50",
            "currency": "GBP",
            "note": None,
            "indicators": [],
            "metrics": [],
        }
    ]


def test_a_fact_of_the_samples() -> None:
    # 27,129 attendances, 4,729 breaches: 22,400 within four hours; a year before 24,075 - 6,557 of 25,075
    fact = document(sample("hospitals").evaluate("RF4", "2019-03"))["facts"][0]
    series, parts, limits = fact.pop("series"), fact.pop("parts"), fact.pop("limits")
    drivers, leads = fact.pop("drivers"), fact.pop("leads")
    change, outlook = fact.pop("changes")[0], fact.pop("outlook")
    assert fact == {
        "key": "emergency.share_within_four_hours",
        "indicator": "emergency.share_within_four_hours",
        "member": None,
        "role": "kpi",
        "goal": "four_hours",
        "unit": "share",
        "currency": None,
        "better": "higher",
        "value": 22_400 / 27_129,
        "amount": None,
        "reason": None,
        "covered": 1,
        "expected": 1,
        "numerator": 22_400,
        "denominator": 27_129,
        "target": {
            "kind": "keep",
            "start": "2019-03-01",
            "end": "2019-04-01",
            "value": 0.95,
            "upper": None,
            "now": 0.95,
            "pace": None,
            "passed": 1.0,
            "until": None,
            "achieved": 22_400 / 27_129,
            "achieved_in": None,
            "gap": 22_400 / 27_129 - 0.95,
            "baseline": fact["target"]["baseline"],
            "baseline_window": {"start": "2016-04-01", "end": "2016-05-01"},
            "reason": None,
            "steps": [],
        },
        "status": "missed",
        "status_reason": None,
        "single": None,
        "interval": None,
        "signal": {"rule": None, "direction": None, "since": None, "began": None, "reason": None},
        "required": None,
        # pandas over the 134 with a major department: 84 are better, 49 of 133 are not; median 84.55 %, quartiles
        # 80.38 % and 89.39 %. The middle and the quarters are means of several values, rounded: they are nobody's.
        "peers": {
            "segment": "type 1",
            "number": 133,
            "rank": 85,
            "not_better": pytest.approx(49 / 133),
            "low": 0.805,
            "middle": 0.844,
            "high": 0.895,
            "reason": None,
            "sized": False,
        },
        "benchmarks": [],
        "variation": "common_cause",
        "assurance": "consistently_failing",
        "chart": {
            "kind": "xmr",
            "chosen": "sizes_alike",
            "follows": [],
            "frozen": None,
            "shift": None,
            "spacing": None,
            "segments": [
                {
                    "start": "2016-04",
                    "end": "2019-03",
                    "limits": {name: limits[name] for name in ("centre", "lower", "upper", "points")},
                    "rebase": None,
                }
            ],
            "chance": chance("nhs", "xmr", 36),
        },
    }
    assert (outlook["kind"], outlook["start"], outlook["forecast"]["points"]) == ("keep", "2019-04-01", 36)
    assert 0 <= outlook["lower"] <= outlook["middle"] <= outlook["upper"] <= 1 and outlook["probability"] < 0.05
    assert (change["against"], change["start"], change["reason"]) == ("same_period_last_year", "2018-03-01", None)
    assert change["absolute"] == pytest.approx(22_400 / 27_129 - 18_518 / 25_075)
    assert (len(series), series[0]["period"], series[-1]["value"]) == (36, "2016-04", 22_400 / 27_129)
    assert [part["member"] for part in parts] == ["1", "2", "other"]
    assert [(one["against"][:4], one["method"]) for one in drivers] == [
        *[("same", "formula"), ("same", "rate_and_mix"), ("prev", "formula"), ("prev", "rate_and_mix")]
    ]
    assert [lead["since"] for lead in leads] == ["2019-01"]  # the other PI keeps to its season
    assert (limits["profile"], limits["points"], limits["trial"]) == ("nhs", 36, False)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_null(number: float) -> None:
    odd = replace(WAITS, value=replace(WAITS.value, value=number))
    assert document(replace(EVALUATION, facts=(odd,)))["facts"][0]["value"] is None
