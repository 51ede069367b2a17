"""What changes in a plan, as a page shows it: proposals, what came of earlier changes, how two versions differ."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

import yaml

from kpikit.charts.markup import Html, heading, joined, paragraphs, table
from kpikit.evaluation.figures import in_words
from kpikit.evaluation.proposals.aftermath import Followed
from kpikit.evaluation.proposals.proposal import Proposal, proposal_words
from kpikit.evaluation.signals.choose import KINDS
from kpikit.evaluation.signals.words import rule_words
from kpikit.indicators.card import LEVELS
from kpikit.plans.difference import Difference
from kpikit.plans.plan import Decision, Plan
from kpikit.words.errors import UsageError
from kpikit.words.language import Language
from kpikit.words.periods import GRAINS, Calendar
from kpikit.words.texts import N_
from kpikit.words.units import MONEY
from kpikit.workspace.plan.amounts import Measured, Units, unit_of, written
from kpikit.workspace.plan.goals import decision_words, decisions

KEYS = {
    "vision": N_("Vision"),
    "review": N_("Review"),
    "in_force_from": N_("In force from"),
    "statement": N_("Statement"),
    "level": N_("Level"),
    "parent": N_("Goal above"),
    "owner": N_("Owner"),
    "serves": N_("Serves"),
    "means": N_("Means"),
    "until": N_("Until"),
    "stakeholders": N_("Stakeholders"),
    "agreed": N_("Agreed by"),
    "pis": N_("PIs"),
    "actions": N_("Actions"),
    "baseline": N_("Baseline"),
    "target": N_("Target"),
    "cadence": N_("Cadence"),
    "chart": N_("Kind of chart"),
    "frozen": N_("Frozen baseline"),
    "rebase": N_("New limits"),
    "profile": N_("Rules for signals"),
}
"""What the keys of a plan are called."""

RHYTHMS = {"quarterly": GRAINS["quarter"], "half-yearly": N_("each half-year"), **GRAINS}
"""How often a plan is reviewed and a KPI is measured: the code in the plan -> in words."""

_TARGETS = {
    "keep": N_("{value} in each period"),
    "reach": N_("{value} by {period}"),
    "cumulative": N_("{value} over {period}"),
}
_PACES = {"even": N_("evenly by days"), "last_year": N_("in the shape of the year before")}
_WAYS = {1: N_("up"), -1: N_("down"), 0: ""}

Names = Mapping[str, str]
"""The label of each KPI by the key of its fact, and of each goal by its key."""


def proposals(found: Sequence[Proposal], names: Names, say: Language) -> Html:
    """Each proposal with its reason and the name by which it is decided."""
    if not found:
        return paragraphs([say("The figures propose no change of the plan.")])
    return joined([_proposal(each, names, say) for each in found])


def _proposal(proposal: Proposal, names: Names, say: Language) -> Html:
    title, reason = proposal_words(proposal, names, say)
    html = f"<h3>{escape(title)}</h3><p>{escape(reason)}</p><p class='quiet'><code>{escape(proposal.id)}</code></p>"
    return Html(f'<section class="kpikit card">{html}</section>', f"{title}\n  {reason}\n  {proposal.id}")


def followed(found: Sequence[Followed], about_kpis: Collection[bool], names: Names, say: Language) -> Html:
    """What came of each action and decision: the averages before and after, and a signal since then, if any.

    ``about_kpis``: whether actions and decisions are about a KPI, each answer that there is.
    """
    if not found:
        return paragraphs(_none_followed(about_kpis, say))
    heads = [say("Day"), say("What"), say("KPI"), say("Before"), say("Since then"), say("Signal since then")]
    note = say("That one came after the other is a coincidence in time and no proof of a cause.")
    return joined([table(heads, [_followed(each, names, say) for each in found], [3, 4]), paragraphs([note])])


def _none_followed(about_kpis: Collection[bool], say: Language) -> list[str]:
    """Why nothing can be seen yet: what is about no KPI cannot be followed, and all else is too new."""
    if False not in about_kpis:
        return [say("No action or decision is old enough to see what followed.")]
    told = say("Decisions that name no KPI of the plan, and actions for goals without one, cannot be followed.")
    return [told, *([say("None of the others is old enough to see what followed.")] if True in about_kpis else [])]


def _followed(each: Followed, names: Names, say: Language) -> list[str | Html]:
    signal = say("none")
    if each.rule:
        rule = rule_words(each.rule, each.fact.series.chart, say)
        signal = f"{rule} ({say(_WAYS[each.way])})" if each.way else rule
    return [
        say.day(each.on),
        f"{say.own(each.what)} ({each.who}{'' if each.done else '; ' + say('due, not reported as done')})",
        names[each.fact.key],
        _average(each, each.before, each.periods_before, each.a_year_apart, say),
        _average(each, each.after, each.periods_after, False, say),
        signal,
    ]


def _average(each: Followed, value: float, periods: int, year_before: bool, say: Language) -> str:
    """An average with how many periods it is of, and whether these are the same ones of the year before."""
    over = say.plural("{number} period", "{number} periods", periods)
    if year_before:
        over = say.plural(
            "{number} period, the same of the year before", "{number} periods, the same of the year before", periods
        )
    return f"{in_words(each.fact, value, say)} ({over})"


def difference(found: Sequence[Difference], names: Names, units: Units, say: Language) -> Html:
    """How two versions differ: one line for each difference. ``units`` are what the indicators are measured in."""
    if not found:
        return paragraphs([say("The two versions say the same.")])
    rows = [[_where(each, names, say), *_values(each, names, units, say)] for each in found]
    shown = table([say("Where"), say("Before"), say("After")], rows)
    return Html(shown.html, "\n".join(f"{where}: {before} → {after}" for where, before, after in rows))


def decided(found: Sequence[Decision], say: Language) -> Html:
    """The decisions that led to a version: a line for each, with the day, who decided, what, and why."""
    title, shown = say("What was decided, and why"), decisions(found, say)
    lines = (f"{say.day(each.on)} · {each.by}: {decision_words(each, say)} – {say.own(each.why)}" for each in found)
    return Html(heading(title).html + shown.html, "\n".join([title, *(f"  {line}" for line in lines)]))


def followed_by(plan: Plan, say: Language) -> Html:
    """That a version followed, and what was decided in it."""
    told = say("Version {number} of the plan, in force from {day}, has followed: what is decided next belongs to a "
               "period under it.", number=plan.version, day=say.day(plan.in_force_from))  # fmt: skip
    return joined([paragraphs([told]), *([decided(plan.decisions, say)] if plan.decisions else [])])


def _where(each: Difference, names: Names, say: Language) -> str:
    if each.kpi is None and not each.key:
        return say("Goal")
    place = [names.get(each.goal, each.goal).rstrip(".")] if each.goal else []
    place += [_kpi(each.kpi, names)] if each.kpi else []
    return " · ".join([*place, *([say(KEYS[each.key]) if each.key in KEYS else each.key] if each.key else [])])


def _kpi(key: str, names: Names) -> str:
    """The label of a KPI; of a further one on the same indicator its own, or with its number."""
    indicator, _, number = key.rpartition(" ")
    return names.get(key) or (f"{names[indicator]} {number}" if indicator in names else key)


def _values(each: Difference, names: Names, units: Units, say: Language) -> list[str]:
    """Before and after in words; where these are the same, as a text that differs in another language, also as the
    file has it."""
    unit, values = unit_of(each.kpi, units), (each.before, each.after)
    before, after = (_value(each.key, value, names, say, unit) for value in values)
    return [before, after] if before != after else [f"{before} ({_in_file(value)})" for value in values]


def _in_file(value: Any) -> str:
    """A value as a plan's file has it, on one line."""
    if not isinstance(value, Mapping | list):
        return str(value)
    text = yaml.safe_dump(value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=math.inf)
    return str(text).strip()


def _value(key: str, value: Any, names: Names, say: Language, unit: Measured | None = None) -> str:
    """A value of a plan's file in words; a dash for one that is not there."""
    if value is None or value == []:
        return "–"
    if key == "":
        return _whole(value, say, unit)
    if key == "level":
        return say(LEVELS[value])
    if key == "target":
        return target(value, say, unit)
    if key in ("in_force_from", "until"):
        return _day(value, say)
    if key == "agreed":
        return f"{', '.join(value['by'])} ({_day(value['on'], say)})"
    if key == "frozen":
        return f"{_period(value['from'], say)} – {_period(value['to'], say)}"
    if key == "chart":
        return say(KINDS[value])
    if key == "parent":
        return names.get(value, value)
    if key == "baseline":
        return written(value["value"], say, unit) if isinstance(value, dict) else _period(value, say)
    if isinstance(value, list):
        return "; ".join(names.get(each, each) if key == "pis" else _value("", each, names, say) for each in value)
    if key in ("cadence", "review"):
        return say(RHYTHMS[value])
    return _own(value, say)


def _whole(value: Any, say: Language, unit: Measured | None) -> str:
    """A goal by its statement, a KPI by its target, an action or new limits in full."""
    if isinstance(value, str):
        return value
    if "statement" in value:
        return _own(value["statement"], say)
    if "target" in value:
        return target(value["target"], say, unit)
    if "from" in value:
        decided = {"why": _own(value["why"], say).rstrip("."), "by": value["by"], "day": _day(value["on"], say)}
        return say("from {period} on: {why} (decided on {day} by {by})", period=_period(value["from"], say), **decided)
    return _action(value, say) if "who" in value else say("without a target")


def _action(value: Mapping[str, Any], say: Language) -> str:
    """An action with who does it, at what cost, until when, and when it was done."""
    amount, _, currency = value.get("cost", "").partition(" ")
    due, done = (date.fromisoformat(str(value[key])) if key in value else None for key in ("due", "done"))
    cost = written(amount, say, (MONEY, currency)) if amount else None
    parts = [value["who"], cost, due and say("by {day}", day=say.day(due))]
    parts.append(done and say("done on {day}", day=say.day(done)))
    return f"{say.own(value['what'])} ({', '.join(filter(None, parts))})"


def _own(value: Any, say: Language) -> str:
    if not isinstance(value, dict):
        return str(value)
    return say.own(value) if set(value) <= {"en", "da", "nb"} else ", ".join(f"{k} {v}" for k, v in value.items())


def target(value: Mapping[str, Any], say: Language, unit: Measured | None = None) -> str:
    """A target of a plan's file in words, in its unit: "95 % in each period", "+10 % over 2011, evenly by days"."""
    period = _period(value.get("by") or value.get("over") or "", say)
    given: Any = next(value[key] for key in ("value", "change", "values") if key in value)
    if isinstance(given, Mapping):
        told = ", ".join(f"{_period(key, say)}: {written(each, say, unit)}" for key, each in given.items())
    else:
        told = written(given, say, unit)
    words = say(_TARGETS[value["kind"]], value=told, period=period)
    return f"{words}, {say(_PACES[value['pace']])}" if "pace" in value else words


def _day(text: str, say: Language) -> str:
    return say.day(date.fromisoformat(text))


def _period(key: str, say: Language) -> str:
    """A period as people call it: "2026-03" is March 2026. A fiscal year, each client's own, stays "FY2026"."""
    try:
        period = Calendar().parse(key)
        return key if period.grain == "fiscal_year" else say.period(period)
    except UsageError:
        return key
