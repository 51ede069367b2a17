"""What changes in a plan, in words: a KPI is named as people call it, also a second one on the same indicator."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpikit
from kpikit.plans.difference import differences
from kpikit.words.language import Language
from kpikit.words.units import MONEY
from kpikit.workspace.plan.changes import difference

NAMES = {"grow": "Grow.", "sales.orders": "Orders", "sales.orders[channel=web (b2b)]": "Orders, web"}


@pytest.mark.parametrize(
    ("member", "named"),
    [({}, "Grow · Orders (2) · Baseline"), ({"channel": "web (b2b)"}, "Grow · Orders, web (2) · Baseline")],
)
def test_a_second_kpi_on_an_indicator_is_called_by_its_label_and_number(member: dict[str, str], named: str) -> None:
    kpi = {"indicator": "sales.orders", "member": member, "target": {"kind": "keep", "value": "5"}}
    before = {"goals": {"grow": {"statement": "Grow.", "kpis": [kpi, kpi]}}}
    after = {"goals": {"grow": {"statement": "Grow.", "kpis": [kpi, kpi | {"baseline": "2025"}]}}}
    shown = difference(differences(before, after), NAMES, {}, Language("en"))
    assert shown.text == f"{named}: – → 2025"


SUM = {"kind": "cumulative", "value": "1200", "over": "2025"}
KEPT = {"kind": "keep", "value": "5"}
REBASE = {"from": "2025-09", "on": "2025-12-15", "by": "Ann", "why": "Open on Sundays."}
TABLE = {"2025-01": "5", "2025-02": "6"}
CHANGED: dict[str, list[tuple[Any, Any]]] = {
    "cadence": [("month", "week"), ("year", "fiscal_year")],
    "baseline": [("2024", "2023"), ("2024", None), ("2025", {"value": "2025"}), ("2025", "FY2025")],
    "baseline.value": [({"value": "4000"}, {"value": "4000.5"}), ({"value": "-5"}, {"value": "\N{MINUS SIGN}5"})],
    "target": [(None, KEPT)],
    "target.kind": [(KEPT, SUM | {"value": "5"}), ({"kind": "reach", "value": "1200", "by": "2025"}, SUM)],
    "target.values": [({"kind": "keep", "values": TABLE}, {"kind": "keep", "values": TABLE | {"2025-02": "7"}})],
    "target.pace": [(SUM, SUM | {"pace": pace}) for pace in ("even", "last_year")]
    + [(SUM | {"pace": "even"}, SUM | {"pace": "last_year"})],
    "target.value": [(SUM, SUM | {"value": "1200.0"}), (KEPT, KEPT | {"value": "5..6"})],
    "target.change": [({**SUM, "value": "-5"}, {"kind": "cumulative", "over": "2025", "change": "-5"})],
    "target.by": [({"kind": "reach", "value": "5", "by": by}, {"kind": "reach", "value": "5", "by": "2025-12"})
                  for by in ("2025", "2025-11", "2025-W52", "2025-12-31")],
    "target.over": [(SUM, SUM | {"over": "FY2025"}), (SUM, SUM | {"over": "2026"})],
    "chart": [(None, "xmr"), ("xmr", "run"), ("t", "g"), ("p", "u")],
    "frozen.from": [({"from": "2023-01", "to": "2025-01"}, {"from": "2023-02", "to": "2025-01"})],
    "frozen.to": [({"from": "2023", "to": "2025"}, {"from": "2023", "to": "FY2025"})],
    "rebase[].from": [([REBASE], [REBASE | {"from": "2025-10"}]), ([REBASE], None)],
    "rebase[].on": [([REBASE], [REBASE | {"on": "2025-12-16"}])],
    "rebase[].by": [([REBASE], [REBASE | {"by": "Bo"}])],
    "rebase[].why": [([REBASE], [REBASE | {"why": {"en": "Open on Sundays.", "da": "Åbent om søndagen."}}])],
}  # fmt: skip
"""Each key of a KPI, with values before and after of what it stands in."""


def told(before: object, after: object, key: str, code: str, kpi: bool = True) -> list[list[str]]:
    """The difference of two plans with one KPI (or one goal) in which a key differs: before and after, line by line."""

    def document(value: object) -> dict[str, Any]:
        own = {} if value is None else {key: value}
        entry = {"indicator": "sales.revenue", **own} if kpi else {"indicator": "sales.revenue"}
        return {"goals": {"grow": {"statement": "Grow.", "kpis": [entry], **({} if kpi else own)}}}

    found = differences(document(before), document(after))
    shown = difference(found, NAMES, {"sales.revenue": (MONEY, "DKK")}, Language(code)).text
    return [line.split(": ", 1)[1].split(" → ") for line in shown.splitlines() if found]


@pytest.mark.parametrize("code", ["en", "da", "nb"])
@pytest.mark.parametrize("key", CHANGED)
def test_what_differs_never_reads_as_the_same(key: str, code: str) -> None:
    for before, after in CHANGED[key]:
        ((one, other),) = told(before, after, re.split(r"[.\[]", key)[0], code)
        assert one != other


def test_all_keys_of_a_kpi_are_told() -> None:
    """The table of the KPI's keys in FILES.md names no other one; another indicator or member is another KPI."""
    text = (Path(kpikit.__file__).parent / "workspace" / "FILES.md").read_text(encoding="utf-8")
    _, begins, rest = text.partition("| `indicator` | its id, out of `kpikit catalogue` |")
    rows = (begins + rest.partition("\n\n")[0]).splitlines()
    keys = {key for line in rows for key in re.findall(r"`([^`]+)`", line.split("|")[1])}
    assert keys - {"indicator", "member"} == CHANGED.keys() - {"target"}


AMOUNTS = st.from_regex(r"-?[0-9]{1,4}(\.[0-9]{1,3})?( ?%| pp)?", fullmatch=True)
TARGETS = st.fixed_dictionaries(
    {"kind": st.just("cumulative"), "over": st.sampled_from(["2025", "FY2025", "2025-Q1"])},
    optional={"pace": st.sampled_from(["even", "last_year"])},
).flatmap(lambda one: st.builds(lambda key, text: {**one, key: text}, st.sampled_from(["value", "change"]), AMOUNTS))


@given(TARGETS, TARGETS)
def test_two_targets_read_the_same_only_where_they_are(before: dict[str, str], after: dict[str, str]) -> None:
    rows = told(before, after, "target", "da")
    assert len(rows) == (before != after) and all(one != other for one, other in rows)


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("owner", {"en": "Ann", "da": "Ann A."}, {"en": "Ann", "da": "Ann B."}),
        ("stakeholders", ["a; b"], ["a", "b"]),
        ("actions", [{"what": "Train.", "who": "Bo", "cost": "5 DKK"}], [{"what": "Train.", "who": "Bo"}]),
    ],
)
def test_what_differs_in_another_language_or_in_signs_is_told_as_the_file_has_it(
    key: str, before: object, after: object
) -> None:
    ((one, other),) = told(before, after, key, "en", kpi=False)
    assert one != other


def test_a_pace_is_named_and_an_empty_list_is_no_difference() -> None:
    ((before, after),) = told(SUM, SUM | {"pace": "last_year"}, "target", "en")
    assert (before, after) == ("DKK\xa01,200 over 2025", "DKK\xa01,200 over 2025, in the shape of the year before")
    assert differences({"goals": {"grow": {"actions": []}}}, {"goals": {"grow": {}}}) == []


def test_the_cost_of_an_action_is_an_amount() -> None:
    action = {"what": "Train.", "who": "Bo", "cost": "5000 DKK", "due": "2025-03-31"}
    assert told(None, [action], "actions", "da", kpi=False) == [
        ["–", "Train. (Bo, 5.000\xa0kr., senest 31. marts 2025)"]
    ]
