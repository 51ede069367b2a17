"""A triage as JSON: codes and numbers, no language."""

from __future__ import annotations

from kpikit.evaluation.dues import Item
from kpikit.evaluation.forecast.outlook_words import chance_ahead
from kpikit.evaluation.triage import FALSE_SHARE, Alarm, Triage

SCHEMA = 1


def document(found: Triage) -> dict[str, object]:
    """All of it, under the number of its schema."""
    return {
        "schema": SCHEMA,
        "as_of": found.as_of.isoformat() if found.as_of else None,
        "clients": found.clients,
        "tested": found.tested,
        "expected_false_share": FALSE_SHARE,
        "to_call": list(found.to_call),
        "alarms": [_alarm_document(each) for each in found.alarms],
        "items": [_item_document(each) for each in found.items],
    }


def _alarm_document(alarm: Alarm) -> dict[str, object]:
    return {
        "client": alarm.client,
        "kpi": alarm.fact.key,
        "value": alarm.fact.value.value,
        "probability": alarm.probability,
        "rule": alarm.fact.signal.rule,
        "since": alarm.fact.signal.since.key if alarm.fact.signal.since else None,
        "new": alarm.is_new,
    }


def _item_document(item: Item) -> dict[str, object]:
    target = item.fact.target if item.fact else None
    return {
        "client": item.client or None,
        "kind": item.kind,
        "kpi": item.fact.key if item.fact else None,
        "reason": item.fact.value.reason if item.fact else None,
        "value": target.achieved if target else None,
        "gap": target.gap if target else None,
        "probability": chance_ahead(item.fact) if item.fact else None,
        "day": item.day.isoformat() if item.day else None,
        "what": item.what or None,
    }
