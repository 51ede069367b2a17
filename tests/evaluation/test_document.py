"""The JSON of an evaluation, and that SCHEMA.md describes all of it and nothing else."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest

from kpikit.evaluation import document as written
from kpikit.evaluation.benchmarks.peers import Peers
from kpikit.evaluation.codes import REASONS, STATUSES
from kpikit.evaluation.document import SCHEMA, Document, document
from kpikit.evaluation.drivers.parts import EFFECTS, METHODS
from kpikit.evaluation.experiments.judge import VERDICTS
from kpikit.evaluation.facts import LeftOut
from kpikit.evaluation.forecast.models import MODELS
from kpikit.evaluation.forecast.scales import SCALES
from kpikit.evaluation.pace import PACES
from kpikit.evaluation.required import DIFFERENCE, EACH, GROWTH
from kpikit.evaluation.signals.chance import chance
from kpikit.evaluation.signals.choose import CHOSEN, KINDS
from kpikit.evaluation.signals.profiles import PROFILES, RULES
from kpikit.evaluation.verdicts import ASSURANCES, VARIATIONS
from kpikit.indicators.framework import Direction
from kpikit.plans.benchmarks import Benchmark
from kpikit.plans.events import KINDS as EVENT_KINDS
from kpikit.plans.plan import TARGETS
from kpikit.words.errors import UsageError
from kpikit.words.periods import COMPARISONS, GRAINS
from kpikit.words.units import UNITS
from kpikit.workspace import Workspace
from tests.charts.samples import EVALUATION, WAITS
from tests.workspaces import Sale, Shop, plan, sample

TEXT = (Path(written.__file__).parent / "SCHEMA.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0].strip(): part for part in re.split(r"^##? ", TEXT, flags=re.MULTILINE)[1:]}


def described(*sections: str) -> set[str]:
    """The names in the first column of the tables of these sections."""
    return {name for section in sections for name in re.findall(r"^\| `(\w+)` \|", SECTIONS[section], re.MULTILINE)}


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """Of full, running and first months, quarters and years; with and without plans; on one member too."""
    shop, hospitals = sample("shop"), sample("hospitals")
    found = [document(shop.evaluate("united-kingdom", period)) for period in (None, "2011-12", "2010-01", "2011")]
    found += [document(each) for each in shop.evaluate_all(["norway", "bahrain", "japan"]).values()]
    found += [document(each) for each in hospitals.evaluate_all(list(hospitals.clients)[:12]).values()]
    found += [document(hospitals.evaluate("RF4", period)) for period in ("2018-Q4", "FY2018")]
    own = plan("{indicator: sales.orders, cadence: month, member: {channel: web}, target: {kind: keep, value: 1}}")
    with Shop([Sale("2024-01-04")], plans={"default/1": own}).opened() as workspace:
        text = "schema: 1\nevents:\n  - {on: 2024-01-03, what: Prices, kind: price, budget: 12.50 GBP}\n"
        (workspace.folder / "events.yml").write_text(text, encoding="utf-8")
        found.append(document(Workspace(workspace.folder).evaluate("a", "2024-01")))
    return found


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


def facts(documents: list[Document]) -> Iterator[Document]:
    return (fact for each in documents for fact in each["facts"])


def test_every_field_is_described_and_nothing_else(documents: list[Document]) -> None:
    each, some = list(facts(documents)), documents[0]
    targets = [fact["target"] for fact in each if fact["target"]]
    assert set(some) == described("Evaluation")
    assert {key for document in documents for goal in document["goals"] for key in goal} == described("Goal")
    assert {key for document in documents for event in document["events"] for key in event} == described("Event")
    assert set(some["period"]) == described("Period")
    assert {key for fact in each for key in fact} == described("Fact", "Value")
    assert {key for fact in each for change in fact["changes"] for key in change} == described("Change")
    assert {key for target in targets for key in target} == described("Target")
    assert {key for fact in each for key in fact["signal"]} == described("Signal")
    assert {key for fact in each for key in fact["limits"] or ()} == described("Limits")
    assert {key for fact in each for point in fact["series"] for key in point} == described("Period", "Value", "Point")
    assert {key for fact in each for part in fact["parts"] for key in part} == described("Value", "Part")
    decompositions = [one for fact in each for one in fact["drivers"]]
    assert {key for one in decompositions for key in one} == described("Decomposition")
    assert {key for one in decompositions for driver in one["drivers"] for key in driver} == described("Driver")
    assert {key for fact in each for lead in fact["leads"] for key in lead} == described("Lead")
    outlooks = [fact["outlook"] for fact in each if fact["outlook"]]
    assert {key for fact in each for key in fact["required"] or ()} == described("Required")
    assert {key for outlook in outlooks for key in outlook} == described("Outlook")
    assert {key for outlook in outlooks for key in outlook["forecast"]} == described("Forecast")
    assert {key for target in targets for step in target["steps"] for key in step} == described("Period", "Step")
    assert {key for fact in each for key in fact["chart"]} == described("Chart")
    assert {key for fact in each for segment in fact["chart"]["segments"] for key in segment} == described("Segment")
    assert {key for fact in each for key in fact["chart"]["shift"] or ()} == described("Shift")
    assert {key for fact in each for key in fact["chart"]["spacing"] or ()} == described("Spacing")
    assert set(some["chance"]) == described("Chance")
    windows = [target["baseline_window"] for target in targets if target["baseline_window"]]
    assert {tuple(window) for window in windows} == {("start", "end")}
    assert {len(fact["member"] or ()) for fact in each} == {0, 1}


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("reason", REASONS),
        ("status", STATUSES),
        ("rule", RULES),
        ("kind of chart", KINDS),
        ("chosen", CHOSEN),
        ("variation", VARIATIONS),
        ("assurance", ASSURANCES),
        ("kind", TARGETS),
        ("unit", UNITS),
        ("better", [each.value for each in Direction]),
        ("grain", GRAINS),
        ("against", COMPARISONS),
        ("method", METHODS),
        ("effect", EFFECTS),
        ("pace", PACES),
        ("model", [model.key for model in MODELS]),
        ("scale", SCALES),
        ("need", [GROWTH, DIFFERENCE, EACH]),
    ],
)
def test_every_code_is_described_and_nothing_else(section: str, codes: list[str]) -> None:
    assert described(section) == set(codes)


def test_every_verdict_on_an_experiment_is_described() -> None:
    (line,) = (line for line in SECTIONS["Comparison"].splitlines() if line.startswith("| `verdict` |"))
    assert re.findall(r"`(\w+)`", line)[1:] == list(VERDICTS)


@pytest.mark.parametrize("section", ["role", "direction"])
def test_codes_that_the_samples_show_in_full(section: str, documents: list[Document]) -> None:
    places = (place for fact in facts(documents) for place in (fact, fact["signal"], fact["target"] or {}))
    assert {place.get(section) for place in places} - {None} == described(section)


def test_all_sections_are_known() -> None:
    objects = {"Evaluation", "Goal", "Period", "Fact", "Value", "Change", "Target", "Signal", "Limits", "Point"}
    objects |= {"Event", "Omission", "Part"}
    objects |= {"Required", "Outlook", "Forecast", "Step", "Revision"}
    objects |= {"Decomposition", "Driver", "Lead", "Peers", "Benchmark"}
    codes = {"reason", "status", "kind", "pace", "rule", "direction", "role", "unit", "better", "grain", "against"}
    objects |= {"Experiment", "Comparison"}
    codes |= {"method", "effect"}
    codes |= {"need", "model", "scale"}
    objects |= {"Chart", "Segment", "Shift", "Spacing", "Chance"}
    codes |= {"kind of chart", "chosen", "variation", "assurance"}
    assert set(SECTIONS) == {"The JSON of an evaluation: schema 1", "Codes"} | objects | codes
    assert set(re.findall(r"\(#([\w-]+)\)", TEXT)) <= {name.lower().replace(" ", "-") for name in SECTIONS}
    assert all(f"`{name}`" in SECTIONS["Limits"] for name in PROFILES)


def reasons(fact: Document) -> Iterator[tuple[str, str | None]]:
    """The reasons of a fact that is no change itself: (where it stands, code)."""
    yield from (("value", each["reason"]) for each in (fact, *fact["series"], *fact["parts"]))
    yield from (("change", change["reason"]) for change in fact["changes"])
    yield "target", (fact["target"] or {}).get("reason")
    yield "status" if fact["target"] is None else "target", fact["status_reason"]
    yield "signal", fact["signal"]["reason"]
    yield from (("change", one["reason"]) for one in fact["drivers"] if one["change"] is None)
    yield from (("decomposition", one["reason"]) for one in fact["drivers"] if one["change"] is not None)
    outlook = (fact["outlook"] or {}).get("reason")
    yield "target" if fact["target"] and outlook == fact["target"]["reason"] else "outlook", outlook


def test_reasons_stand_where_they_are_said_to(documents: list[Document]) -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (\w+) \|", SECTIONS["reason"], re.MULTILINE))
    places = {"all", "change", "target", "status", "signal", "decomposition", "peers", "outlook"}
    assert set(rows) == set(REASONS) and set(rows.values()) == places
    for fact in facts(documents):
        for place, code in reasons(fact) if fact["changes"] else ():
            assert code is None or rows[code] in ("all", place), (fact["indicator"], place, code)


def test_the_units_in_words(documents: list[Document]) -> None:
    for fact in facts(documents):
        assert (fact["currency"] is not None) == (fact["unit"] == "money")
        if fact["denominator"]:
            assert fact["value"] == pytest.approx(fact["numerator"] / fact["denominator"])
        if fact["amount"] is not None:
            assert fact["unit"] == "money" and float(Decimal(fact["amount"])) == fact["value"]


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
        "without_rows": [],
        "chance": {"judged": 0, "signals": 0, "expected": 0},
    }


def test_the_fields_of_an_omission() -> None:
    assert described("Omission") == {field.name for field in fields(LeftOut)}


def test_the_fields_of_comparisons_with_others() -> None:
    assert described("Peers") == {field.name for field in fields(Peers)}
    assert described("Benchmark") == {field.name for field in fields(Benchmark)} | {"gap"}


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
    assert set(re.findall(r"`(\w+)`", SECTIONS["Event"])) >= set(EVENT_KINDS)


def test_a_fact_of_the_samples() -> None:
    # 27,129 attendances, 4,729 breaches: 22,400 within four hours; a year before 24,075 - 6,557 of 25,075
    fact = document(sample("hospitals").evaluate("RF4", "2019-03"))["facts"][0]
    series, parts, limits = fact.pop("series"), fact.pop("parts"), fact.pop("limits")
    drivers, leads = fact.pop("drivers"), fact.pop("leads")
    change, outlook = fact.pop("changes")[0], fact.pop("outlook")
    assert fact == {
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
        "interval": None,
        "signal": {"rule": None, "direction": None, "since": None, "reason": None},
        "required": None,
        "peers": None,
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
