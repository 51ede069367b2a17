"""Declarations of metrics and what they need, written into a workspace file and read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kpikit.metrics.conditions import Filter, read_filters
from kpikit.metrics.declarations import Dimension, Entity, Metric
from kpikit.metrics.settings import read_dimensions, read_entities, read_metrics
from kpikit.sources.settings import read_sources
from kpikit.sources.strict import read

TOP = """\
schema: 1
sources:
  orders:
    file: orders.csv
    format: csv
    kind: events
    every: day
    covers: 2009-12-01..2011-12-09
    client: country
    time: day
    columns:
      country: text
      day: date
      invoice: text
      customer: {type: integer, missing: [""]}
      channel: text
      value: {type: decimal, scale: 2}
      score: number
      cancelled: boolean
  visits:
    file: visits.csv
    format: csv
    kind: aggregates
    every: month
    covers: 2009-12-01..2011-12-31
    client: country
    time: month
    columns: {country: text, month: date, channel: text, sessions: integer, bounces: percent, length: duration}
"""
FIRST = TOP.count("\n") + 1  # the first line of what a test adds


@dataclass(frozen=True)
class Declared:
    """All that a workspace file declares on this floor."""

    dimensions: dict[str, Dimension]
    filters: dict[str, Filter]
    entities: dict[str, Entity]
    metrics: dict[str, Metric]


def declared(folder: Path, text: str) -> Declared:
    """What a workspace file with the two sources and this text declares."""
    file = folder / "workspace.yml"
    file.write_text(TOP + text, encoding="utf-8")
    top = read(file)
    sources = read_sources(top, folder)
    dimensions, filters = read_dimensions(top, sources), read_filters(top, sources)
    entities = read_entities(top, sources, filters)
    metrics = read_metrics(top, sources, dimensions, filters, entities)
    top.finish()
    return Declared(dimensions, filters, entities, metrics)


def metric(folder: Path, text: str) -> Metric:
    """The metric of this text, where filters, a dimension and an entity are declared too."""
    return declared(folder, f"{AROUND}metrics:\n  one: {text}\n").metrics["one"]


AROUND = """\
dimensions: {channel: {source: orders, column: channel}, path: {source: visits, column: channel}}
filters:
  order: {source: orders, where: {cancelled: false, value: {above: 0}}}
  web: {source: visits, where: {channel: web}}
entities: {customer: {source: orders, filter: order, key: customer, opening_months: 6}}
"""
