"""SCHEMA.md describes every field and code of an evaluation's JSON, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest

from kpikit.evaluation import document as written
from kpikit.evaluation.benchmarks.peers import Peers
from kpikit.evaluation.codes import REASONS, STATUSES
from kpikit.evaluation.document import Document
from kpikit.evaluation.drivers.parts import EFFECTS, METHODS
from kpikit.evaluation.drivers.single import Single
from kpikit.evaluation.experiments.judge import VERDICTS
from kpikit.evaluation.forecast.models import MODELS
from kpikit.evaluation.forecast.scales import SCALES
from kpikit.evaluation.lacking import LeftOut, WithoutValue
from kpikit.evaluation.signals.choose import CHOSEN, KINDS
from kpikit.evaluation.signals.profiles import PROFILES, RULES
from kpikit.evaluation.signals.verdicts import ASSURANCES, VARIATIONS
from kpikit.evaluation.targets.pace import PACES
from kpikit.evaluation.targets.required import DIFFERENCE, EACH, GROWTH
from kpikit.indicators.framework import Direction
from kpikit.plans.benchmarks import Benchmark
from kpikit.plans.events import KINDS as EVENT_KINDS
from kpikit.plans.plan import TARGETS
from kpikit.words.periods import COMPARISONS, GRAINS
from kpikit.words.units import UNITS

TEXT = (Path(written.__file__).parent / "SCHEMA.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0].strip(): part for part in re.split(r"^##? ", TEXT, flags=re.MULTILINE)[1:]}


def described(*sections: str) -> set[str]:
    """The names in the first column of the tables of these sections."""
    return {name for section in sections for name in re.findall(r"^\| `(\w+)` \|", SECTIONS[section], re.MULTILINE)}


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
    assert {each.name for each in fields(Single)} == described("Single")
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
    objects |= {"Event", "Omission", "WithoutValue", "Unmeasured", "Part"}
    objects |= {"Required", "Outlook", "Forecast", "Step", "Revision"}
    objects |= {"Decomposition", "Driver", "Lead", "Single", "Peers", "Benchmark"}
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


def test_the_fields_of_an_omission() -> None:
    assert described("Omission") == {field.name for field in fields(LeftOut)}


def test_the_fields_of_rows_without_a_value() -> None:
    assert described("WithoutValue") == {field.name for field in fields(WithoutValue)}


def test_the_fields_of_comparisons_with_others() -> None:
    assert described("Peers") == {field.name for field in fields(Peers)}
    assert described("Benchmark") == {field.name for field in fields(Benchmark)} | {"gap"}


def test_every_kind_of_event_is_described() -> None:
    assert set(re.findall(r"`(\w+)`", SECTIONS["Event"])) >= set(EVENT_KINDS)
