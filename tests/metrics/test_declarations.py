"""Metrics, dimensions, filters and entities of workspace.yml: what they give."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kpikit.metrics.conditions import Condition, Filter, read_filters
from kpikit.metrics.declarations import Dimension, Entity, Metric
from kpikit.metrics.settings import read_dimensions, read_entities, read_metrics
from kpikit.sources.settings import read_sources
from kpikit.sources.strict import read
from kpikit.words.units import COUNT, MONEY, RATIO, SCORE
from tests.metrics.declared import Declared, declared, metric

SAMPLES = Path(__file__).resolve().parents[2] / "data"

ORDER = (Condition("cancelled", "is", False), Condition("value", "above", 0.0))
KNOWN = Condition("customer", "known", True)


@pytest.mark.parametrize(
    ("text", "expected", "additive"),
    [
        (
            "{source: orders, sum: value, unit: money, currency: GBP}",
            Metric("one", "orders", "sum", "value", (), MONEY, "GBP", ()),
            True,
        ),
        (
            "{source: orders, filter: order, sum: -value, unit: money, currency: DKK, by: [channel]}",
            Metric("one", "orders", "sum", "-value", ORDER, MONEY, "DKK", ("channel",)),
            True,
        ),
        (
            "{source: orders, sum: '- score', unit: ratio}",
            Metric("one", "orders", "sum", "- score", (), RATIO, None, ()),
            True,
        ),
        ("{source: orders, count: rows}", Metric("one", "orders", "count", None, (), COUNT, None, ()), True),
        (
            "{source: orders, unique: customer}",
            Metric("one", "orders", "unique", "customer", (), COUNT, None, ()),
            False,
        ),
        (
            "{source: orders, unique: invoice}",
            Metric("one", "orders", "unique", "invoice", (), COUNT, None, ()),
            False,
        ),
        (
            "{source: orders, count: rows, by: [channel], overlaps_by: channel}",
            Metric("one", "orders", "count", None, (), COUNT, None, ("channel",), overlaps_by="channel"),
            True,
        ),
        (
            "{source: orders, mean: score, unit: score, scale: -2..7.5}",
            Metric("one", "orders", "mean", "score", (), SCORE, None, (), scale=(Decimal(-2), Decimal("7.5"))),
            False,
        ),
        (
            "{entity: customer, count: new}",
            Metric("one", "orders", "entities", "new", (*ORDER, KNOWN), COUNT, None, (), "customer"),
            True,
        ),
        (
            "{entity: customer, count: repeat}",
            Metric("one", "orders", "entities", "repeat", (*ORDER, KNOWN), COUNT, None, (), "customer"),
            False,
        ),
        (
            "{source: orders, mean: score, weight: customer, unit: ratio}",
            Metric("one", "orders", "mean", "score", (), RATIO, None, (), weight="customer"),
            False,
        ),
        (
            "{source: orders, quantile: value, level: 0.95, unit: ratio}",
            Metric("one", "orders", "quantile", "value", (), RATIO, None, (), level=Decimal("0.95")),
            False,
        ),
        (
            "{source: orders, last: value, per: customer, unit: money, currency: DKK}",
            Metric("one", "orders", "last", "value", (), MONEY, "DKK", (), per="customer"),
            False,
        ),
        (
            "{source: visits, value: sessions, unit: count}",
            Metric("one", "visits", "value", "sessions", (), COUNT, None, ()),
            False,
        ),
        (
            "{source: visits, filter: web, sum: sessions, unit: count, by: [path]}",
            Metric("one", "visits", "sum", "sessions", (Condition("channel", "is", "web"),), COUNT, None, ("path",)),
            True,
        ),
    ],
)
def test_metrics(tmp_path: Path, text: str, expected: Metric, additive: bool) -> None:
    found = metric(tmp_path, text)
    assert found == expected
    assert found.additive is additive


@pytest.mark.parametrize(
    ("where", "conditions"),
    [
        ("{channel: NO}", [Condition("channel", "is", "NO")]),
        ("{channel: [web, '']}", [Condition("channel", "in", ("web", ""))]),
        ("{cancelled: true}", [Condition("cancelled", "is", True)]),
        ("{customer: {known: false}}", [Condition("customer", "known", False)]),
        ("{value: {above: -0.5, below: 10}}", [Condition("value", "above", -0.5), Condition("value", "below", 10.0)]),
        (
            "{score: {below: 3}, customer: {above: 1}}",
            [Condition("score", "below", 3.0), Condition("customer", "above", 1.0)],
        ),
        ("{invoice: {begins: A}}", [Condition("invoice", "begins", "A")]),
        (
            "{invoice: {begins_not: A, known: true}}",
            [Condition("invoice", "begins_not", "A"), Condition("invoice", "known", True)],
        ),
        ("{}", []),
    ],
)
def test_conditions(tmp_path: Path, where: str, conditions: list[Condition]) -> None:
    found = metric(tmp_path, f"{{source: orders, count: rows, where: {where}}}")
    assert found.where == tuple(conditions)
    with_filter = metric(tmp_path, f"{{source: orders, count: rows, filter: order, where: {where}}}")
    assert with_filter.where == (*ORDER, *conditions)


def test_dimensions_filters_and_entities(tmp_path: Path) -> None:
    text = """\
dimensions:
  channel: {source: orders, column: channel, label: {en: Channel, da: Kanal}, members: {web: Web, NO: {en: Norway}}}
  path: {source: visits, column: channel}
filters:
  all: {source: orders}
entities:
  customer: {source: orders, key: customer, opening_months: 6}
  invoice: {source: orders, filter: all, key: invoice, where: {cancelled: false}}
"""
    assert declared(tmp_path, text) == Declared(
        dimensions={
            "channel": Dimension(
                "channel", "orders", "channel", {"en": "Channel", "da": "Kanal"}, {"web": "Web", "NO": {"en": "Norway"}}
            ),
            "path": Dimension("path", "visits", "channel", "path", {}),
        },
        filters={"all": Filter("all", "orders", ())},
        entities={
            "customer": Entity("customer", "orders", "customer", (KNOWN,), date(2010, 6, 1)),  # 2009-12-01 + 6 months
            "invoice": Entity(
                "invoice",
                "orders",
                "invoice",
                (Condition("cancelled", "is", False), Condition("invoice", "known", True)),
                date(2009, 12, 1),
            ),
        },
        metrics={},
    )


def test_the_shops_metrics_are_read() -> None:
    folder = SAMPLES / "shop"
    top = read(folder / "workspace.yml")
    sources = read_sources(top, folder)
    filters = read_filters(top, sources)
    entities = read_entities(top, sources, filters)
    metrics = read_metrics(top, sources, read_dimensions(top, sources), filters, entities)
    order = (
        Condition("is_cancellation", "is", False),
        Condition("value_gbp", "above", 0.0),
        Condition("invoice", "begins_not", "A"),
    )
    assert metrics["revenue"] == Metric("revenue", "invoices", "sum", "value_gbp", order, MONEY, "GBP", ())
    assert metrics["new_customers"].where == (*order, Condition("customer_id", "known", True))
    assert entities["customer"].settled_from == date(2010, 6, 1)  # the file begins on 2009-12-01
