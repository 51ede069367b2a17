"""How a series is judged, as JSON. SCHEMA.md describes every field."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kpikit.evaluation.facts import Series
from kpikit.evaluation.signals.lines import Chart, Limits, Segment, Spacing

Document = dict[str, Any]


def chart_document(series: Series) -> Document:
    """The chart of a series as plain JSON values."""
    chart = series.chart
    shift = chart.shift
    return {
        "kind": chart.kind,
        "chosen": chart.chosen,
        "follows": list(chart.follows),
        "frozen": _frozen(chart),
        "segments": [_segment(each) for each in chart.segments],
        "shift": {"since": shift.start.key, "points": shift.points, "before": shift.before, "after": shift.after}
        if shift
        else None,
        "spacing": _spacing(chart.spacing) if chart.spacing else None,
        "chance": chart.chance,
    }


def _frozen(chart: Chart) -> Document | None:
    if chart.frozen is None:
        return None
    first, last = chart.frozen
    return {"start": first.isoformat(), "end": (last + timedelta(days=1)).isoformat()}


def _segment(segment: Segment) -> Document:
    limits, rebase = segment.limits, segment.rebase
    return {
        "start": segment.start.key,
        "end": segment.end.key,
        "limits": {**_lines(limits), "points": limits.points} if limits else None,
        "rebase": {"from": rebase.start.key, "on": rebase.on.isoformat(), "by": rebase.by, "why": rebase.why}
        if rebase
        else None,
    }


def _spacing(spacing: Spacing) -> Document:
    gaps = [{"period": gap.period.key, "value": gap.value, "open": gap.open} for gap in spacing.gaps]
    return {"unit": spacing.unit, **_lines(spacing.limits), "gaps": gaps}


def _lines(limits: Limits | None) -> Document:
    if limits is None:
        return {"centre": None, "lower": None, "upper": None}
    return {"centre": limits.centre, "lower": limits.lower, "upper": limits.upper}
