"""An evaluation as a JSON document of ``schema: 1``. SCHEMA.md beside this file describes every field."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from kpikit.evaluation.benchmarks.entered import Held
from kpikit.evaluation.drivers.parts import Decomposition, Lead
from kpikit.evaluation.experiments.judge import Comparison, Outcome
from kpikit.evaluation.facts import Change, Evaluation, Fact, GoalStatus, Part, Point, Revision, Signal, Target, Value
from kpikit.evaluation.forecast.forecast import Forecast
from kpikit.evaluation.forecast.outlook import Outlook
from kpikit.evaluation.lacking import Unmeasured
from kpikit.evaluation.signals.chance import by_chance
from kpikit.evaluation.signals.document import chart_document
from kpikit.evaluation.signals.lines import Limits
from kpikit.evaluation.signals.verdicts import assurance, variation
from kpikit.evaluation.targets.required import Required
from kpikit.indicators.surveys import CONFIDENCE, Interval
from kpikit.plans.events import Event
from kpikit.words.periods import Period, Window

SCHEMA = 1

Document = dict[str, Any]


def document(evaluation: Evaluation) -> Document:
    """The evaluation as plain JSON values: numbers, texts, booleans, null, lists and objects."""
    return {
        "schema": SCHEMA,
        "client": evaluation.client,
        "period": _period(evaluation.period),
        "as_of": evaluation.as_of.isoformat(),
        "complete": evaluation.period.is_complete(evaluation.as_of),
        "plan_version": evaluation.plan_version,
        "goals": [_goal(goal) for goal in evaluation.goals],
        "events": [_event(event) for event in evaluation.events],
        "revisions": [_revision(each) for each in evaluation.revisions],
        "left_out": [asdict(each) for each in evaluation.left_out],
        "without_value": [asdict(each) for each in evaluation.without_value],
        "without_rows": list(evaluation.without_rows),
        "unmeasured": [
            {"source": each.source, "days": [_window(one) for one in each.days]} for each in evaluation.unmeasured
        ],
        "ended": [{"source": each.source, "last_day": each.last_day.isoformat()} for each in evaluation.ended],
        "experiments": [_outcome(each) for each in evaluation.experiments],
        "chance": asdict(by_chance(evaluation.facts)),
        "facts": [_fact(fact) for fact in evaluation.facts],
    }


def _unmeasured(each: Unmeasured) -> Document:
    return {"source": each.source, "days": [_window(window) for window in each.days]}


def _goal(goal: GoalStatus) -> Document:
    return {**asdict(goal), "kpis": list(goal.kpis), "goals": list(goal.goals)}


def _outcome(outcome: Outcome) -> Document:
    each = outcome.experiment
    return {
        "key": each.key,
        "label": each.label,
        **_window(each.window),
        "until": outcome.sample.until.isoformat(),
        "control": each.control,
        "units": {name: one.units for name, one in outcome.sample.variants.items()},
        "mixed": outcome.sample.mixed,
        "other": outcome.sample.other,
        "shares_fit": outcome.shares_fit,
        "days_left": outcome.days_left,
        "comparisons": [_comparison(one) for one in outcome.comparisons],
    }


def _comparison(each: Comparison) -> Document:
    return {
        "kpi": each.kpi,
        "variant": each.variant,
        "control_value": each.control.value,
        "variant_value": each.treated.value,
        "difference": each.difference,
        "lower": each.lower,
        "upper": each.upper,
        "relative": each.relative,
        "probability": each.probability,
        "adjusted": each.adjusted,
        "needed": each.needed,
        "verdict": each.verdict,
    }


def _event(event: Event) -> Document:
    budget, currency = event.budget or (None, None)
    return {
        **_window(event.window),
        "what": event.what,
        "kind": event.kind,
        "channel": event.channel,
        "budget": _amount(budget),
        "currency": currency,
        "note": event.note,
        "indicators": list(event.indicators),
        "metrics": list(event.metrics),
    }


def _revision(each: Revision) -> Document:
    return {
        "key": each.key,
        "period": each.period.key,
        "reported": _number(each.reported),
        "now": _number(each.now),
        "on": _day(each.on),
        "figure": each.figure,
    }


def _fact(fact: Fact) -> Document:
    return {
        "key": fact.key,
        "indicator": fact.indicator,
        "member": {fact.member[0]: fact.member[1]} if fact.member else None,
        "role": fact.role,
        "goal": fact.goal,
        "unit": fact.unit.key,
        "currency": fact.currency,
        "better": fact.better.value,
        **_value(fact.value),
        "changes": [_change(change) for change in fact.changes],
        "target": _target(fact.target) if fact.target else None,
        "status": fact.status,
        "status_reason": fact.status_reason,
        "interval": _interval(fact.interval) if fact.interval else None,
        "signal": _signal(fact.signal),
        "variation": variation(fact),
        "assurance": assurance(fact),
        "limits": _limits(fact.series.limits, fact.series.profile),
        "chart": chart_document(fact.series),
        "series": [_point(point) for point in fact.series.points],
        "parts": [_part(part) for part in fact.parts],
        "drivers": [_decomposition(each) for each in fact.drivers],
        "leads": [_lead(each) for each in fact.leads],
        "single": asdict(fact.single) if fact.single else None,
        "required": _required(fact.required) if fact.required else None,
        "outlook": _outlook(fact.outlook) if fact.outlook else None,
        "peers": asdict(fact.peers) if fact.peers else None,
        "benchmarks": [_held(each) for each in fact.benchmarks],
    }


def _required(required: Required) -> Document:
    return {**vars(required), "against": required.against.key if required.against else None}


def _value(value: Value) -> Document:
    return {
        "value": _number(value.value),
        "amount": _amount(value.amount),
        "reason": value.reason,
        "covered": value.covered,
        "expected": value.expected,
        "numerator": _number(value.numerator),
        "denominator": _number(value.denominator),
    }


def _change(change: Change) -> Document:
    return {
        "against": change.against,
        **_window(change.window),
        "base": _number(change.base),
        "absolute": _number(change.absolute),
        "relative": _number(change.relative),
        "reason": change.reason,
    }


def _target(target: Target) -> Document:
    return {
        "kind": target.kind,
        **_window(target.window),
        "value": _number(target.value),
        "upper": _number(target.upper),
        "now": _number(target.now),
        "pace": target.pace,
        "passed": target.passed,
        "until": target.until.isoformat() if target.until else None,
        "achieved": _number(target.achieved),
        "achieved_in": target.achieved_in.key if target.achieved_in else None,
        "gap": _number(target.gap),
        "baseline": _number(target.baseline),
        "baseline_window": _window(target.baseline_period.window) if target.baseline_period else None,
        "reason": target.reason,
        "steps": [{**_period(each.period), "value": each.value, "upper": each.upper} for each in target.steps],
    }


def _interval(interval: Interval) -> Document:
    return {**interval._asdict(), "confidence": CONFIDENCE}


def _signal(signal: Signal) -> Document:
    since = signal.since.key if signal.since else None
    began = signal.began.key if signal.began else None
    told = {"rule": signal.rule, "direction": signal.direction, "since": since, "began": began}
    return {**told, "reason": signal.reason}


def _limits(limits: Limits | None, profile: str) -> Document | None:
    if limits is None:
        return None
    numbers = {"centre": limits.centre, "lower": limits.lower, "upper": limits.upper}
    return {"profile": profile, **numbers, "points": limits.points, "trial": limits.trial}


def _point(point: Point) -> Document:
    lines = {"lower": _number(point.lower), "centre": _number(point.centre), "upper": _number(point.upper)}
    return {**_period(point.period), **_value(point.value), "judged": point.judged, "signal": point.signal, **lines}


def _part(part: Part) -> Document:
    return {"dimension": part.dimension, "member": part.member, **_value(part.value)}


def _decomposition(one: Decomposition) -> Document:
    drivers = [{**asdict(each), "unit": each.unit.key, "value": _number(each.value)} for each in one.drivers]
    return {**asdict(one), "drivers": drivers}


def _held(one: Held) -> Document:
    return {**asdict(one.benchmark), "on": _day(one.benchmark.on), "gap": _number(one.gap)}


def _lead(lead: Lead) -> Document:
    return {**asdict(lead), "since": lead.since.key}


def _outlook(outlook: Outlook) -> Document:
    return {
        "kind": outlook.kind,
        **_window(outlook.window),
        "lower": _number(outlook.lower),
        "middle": _number(outlook.middle),
        "upper": _number(outlook.upper),
        "probability": _number(outlook.probability),
        "reason": outlook.reason,
        "over": outlook.over,
        "weekdays": outlook.weekdays,
        "forecast": _forecast(outlook.forecast, outlook.periods),
    }


def _forecast(forecast: Forecast, periods: Sequence[Period]) -> Document:
    told = (
        "model", "scale", "points", "filled", "season", "measure", "error", "naive_error", "inside", "held", "widened",
        "reason",
    )  # fmt: skip
    coming = [_coming(forecast, period, step) for step, period in enumerate(periods, 1)] if forecast.model else []
    dropped = [{"model": model, "error": error} for model, error in forecast.dropped]
    return {**{name: getattr(forecast, name) for name in told}, "dropped": dropped, "series": coming}


def _coming(forecast: Forecast, period: Period, step: int) -> Document:
    low, high = forecast.interval(step)
    return {**_period(period), "lower": _number(low), "middle": _number(forecast.value(step)), "upper": _number(high)}


def _period(period: Period) -> Document:
    return {"period": period.key, "grain": period.grain, **_window(period.window)}


def _window(window: Window | None) -> Document:
    return {"start": _day(window.start) if window else None, "end": _day(window.end) if window else None}


def _day(day: date) -> str:
    return day.isoformat()


def _number(number: float | None) -> float | None:
    return None if number is None or not math.isfinite(number) else number


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
