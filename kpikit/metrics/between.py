"""What metrics say of each other: who counts the persons behind a value, and what must not be added up."""

from __future__ import annotations

from collections.abc import Mapping

from kpikit.metrics.declarations import Dimension, Metric
from kpikit.sources.strict import Section
from kpikit.words.errors import one_of
from kpikit.words.message import Message
from kpikit.words.units import COUNT


def check_persons(section: Section, metric: Metric, metrics: Mapping[str, Metric]) -> None:
    """Refuse a metric whose persons nobody counts, or that gives away some of those whom another one protects."""
    for key, other in (("persons", metric.persons), ("part_of", metric.part_of)):
        if other is None:
            continue
        if other not in metrics:
            raise section.refuse(key, one_of("metric", other, metrics))
        counted = metrics[other]
        if counted.persons != other or counted.unit != COUNT or not counted.zero_without_rows:
            raise section.refuse(
                key,
                "metric '{other}' must count persons: a count or a unique one, 'persons: true'.",
                other=other,
            )
        lacking = [name for name in metric.dimensions if name not in counted.dimensions]
        if lacking:
            raise section.refuse(
                key,
                "metric '{other}' is not split by '{name}', as this one is; see its 'by'.",
                other=other,
                name=lacking[0],
            )
    for whole in metrics.values():
        if metric.part_of is None and _counts_some_of(metric, whole):
            reason = Message(
                "'{name}' counts the same persons and more; whoever knows both knows the rest.", name=whole.name
            )
            raise section.refuse("persons", "{reason} Write 'part_of: {name}'.", reason=reason, name=whole.name)
    if metric.part_of and metric.persons != metric.name:
        raise section.refuse("part_of", "goes with 'persons: true': it counts some of the persons of another metric.")


def _counts_some_of(metric: Metric, other: Metric) -> bool:
    """True where both count the same persons, and this one has the conditions of the other and more."""
    both = metric.persons == metric.name and other.persons == other.name
    return both and _alike(metric, other) and set(metric.where) > set(other.where)


def check_overlaps(
    section: Section, metric: Metric, metrics: Mapping[str, Metric], dimensions: Mapping[str, Dimension]
) -> None:
    """Refuse a metric that adds up what another one declares as overlapping, over more than one member."""
    for other in metrics.values():
        if metric.overlaps_by or not other.overlaps_by or not _alike(metric, other):
            continue
        if not (set(metric.where) <= set(other.where) or set(metric.where) >= set(other.where)):
            continue
        column = dimensions[other.overlaps_by].column
        if not any(each.column == column and each.operator == "is" for each in metric.where):
            reason = Message(
                "must be '{overlaps_by}', as in {name}, which adds up the same; or say in 'where' which one {column} "
                "is meant.",
                overlaps_by=other.overlaps_by,
                name=other.name,
                column=column,
            )
            raise section.refuse("overlaps_by", reason)


def _alike(metric: Metric, other: Metric) -> bool:
    """True where both take the same of a column."""
    return (metric.source, metric.aggregate, metric.column) == (other.source, other.aggregate, other.column)
