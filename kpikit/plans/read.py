"""Reads plans: ``plans/<client>/1.yml, 2.yml ...``, or ``plans/default/`` for clients without a folder of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from kpikit.indicators.catalogue import CATALOGUE
from kpikit.indicators.framework import NEITHER, Indicator
from kpikit.plans.aim import Aim, parse_change, parse_value
from kpikit.plans.plan import LEVELS, TARGETS, Baseline, Goal, Kpi, Plan, TargetPlan
from kpikit.sources.strict import Section, read
from kpikit.words.errors import SettingError, UsageError, one_of
from kpikit.words.periods import GRAINS, Calendar, Period
from kpikit.words.units import COUNT, MONEY, Unit


def read_plans(folder: Path, client: str, calendar: Calendar) -> tuple[Plan, ...]:
    """All versions of a client's plan, oldest first; its own, else the default one's; empty where there is neither."""
    own = folder / client
    place = own if own.is_dir() else folder / "default"
    found = [file for file in place.iterdir() if file.suffix.lower() in (".yml", ".yaml")] if place.is_dir() else []
    files = sorted(found, key=_version)
    plans = [_plan(file, version, calendar) for version, file in enumerate(files, 1)]
    for earlier, later, file in zip(plans, plans[1:], files[1:], strict=False):
        if later.in_force_from <= earlier.in_force_from:
            reason = f"must lie after {earlier.in_force_from}, when version {earlier.version} came into force."
            raise SettingError(file, None, "in_force_from", reason)
    return tuple(plans)


def _version(file: Path) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}\.yml", file.name):
        raise SettingError(file, None, "", "a plan is named by its version, as 1.yml.")
    return int(file.stem)


def _plan(file: Path, version: int, calendar: Calendar) -> Plan:
    if _version(file) != version:
        raise SettingError(file, None, "", f"version {version} is missing; they are numbered 1, 2, 3 without a gap.")
    top = read(file)
    plan = Plan(
        version=version,
        in_force_from=top.day("in_force_from"),
        vision=top.wording("vision") if top.knows("vision") else None,
        goals=tuple(_goal(key, section, calendar) for key, section in top.sections("goals").items()),
    )
    top.finish()
    return plan


def _goal(key: str, section: Section, calendar: Calendar) -> Goal:
    goal = Goal(
        key=key,
        statement=section.wording("statement"),
        level=section.choice("level", LEVELS),
        owner=section.wording("owner") if section.knows("owner") else None,
        kpis=tuple(_kpi(key, each, calendar) for each in section.items("kpis")),
        pis=section.texts("pis", ()),
    )
    for pi in goal.pis:
        if pi not in CATALOGUE:
            raise section.refuse("pis", one_of("indicator", pi, CATALOGUE))
    section.finish()
    return goal


def _kpi(goal: str, section: Section, calendar: Calendar) -> Kpi:
    indicator = CATALOGUE[section.choice("indicator", CATALOGUE)]
    cadence = section.choice("cadence", GRAINS)
    baseline = _baseline(section, indicator.unit, calendar) if section.knows("baseline") else None
    target = _target(section.section("target"), indicator, baseline, calendar) if section.knows("target") else None
    kpi = Kpi(goal, indicator.id, _member(section), baseline, target, cadence)
    _check_lengths(section, kpi, indicator)
    section.finish()
    return kpi


def _member(section: Section) -> tuple[str, str] | None:
    if not section.knows("member"):
        return None
    member = section.section("member")
    if len(list(member)) != 1:
        raise section.refuse("member", "must name one member of one dimension, as {channel: Google}.")
    (dimension,) = member
    return dimension, member.text(dimension)


def _baseline(section: Section, unit: Unit, calendar: Calendar) -> Baseline:
    if not section.is_section("baseline"):
        return Baseline(_period(section, "baseline", calendar), None)
    given = section.section("baseline")
    value = float(_aim(given, "value", parse_value, unit).number)
    given.finish()
    return Baseline(None, value)


def _target(section: Section, indicator: Indicator, baseline: Baseline | None, calendar: Calendar) -> TargetPlan:
    if indicator.better is NEITHER:
        raise section.refuse("", f"{indicator.id} has no better direction, so it cannot have a target.")
    kind = section.choice("kind", TARGETS)
    given = section.knows("value") + section.knows("change")
    if given != 1:
        raise section.refuse("", "needs either 'value: 95 %' or 'change: +10 %'.")
    if section.knows("value"):
        aim = _aim(section, "value", parse_value, indicator.unit)
    else:
        aim = _aim(section, "change", parse_change, indicator.unit)
        if baseline is None:
            raise section.refuse("change", "needs a baseline to start from: 'baseline: 2010' beside 'target'.")
    key = {"keep": None, "reach": "by", "cumulative": "over"}[kind]
    period = _period(section, key, calendar) if key else None
    section.finish()
    return TargetPlan(kind, aim, period)


def _aim(section: Section, key: str, parse: Callable[[str, Unit], Aim], unit: Unit) -> Aim:
    try:
        return parse(section.text(key), unit)
    except ValueError as error:
        raise section.refuse(key, str(error)) from None


def _period(section: Section, key: str, calendar: Calendar) -> Period:
    try:
        return calendar.parse(section.text(key))
    except UsageError as error:
        raise section.refuse(key, str(error)) from None


def _check_lengths(section: Section, kpi: Kpi, indicator: Indicator) -> None:
    """Counts, amounts and unique customers depend on the length of the period, so baseline and target share it."""
    target, baseline = kpi.target, kpi.baseline
    if target is None:
        return
    if target.kind == "cumulative" and (indicator.unit not in (COUNT, MONEY) or indicator.parts):
        raise section.refuse("target", f"{indicator.id} does not add up over time; use 'kind: keep' or 'kind: reach'.")
    if baseline and baseline.period and target.period and baseline.period.end > target.period.end:
        raise section.refuse("baseline", f"{baseline.period} does not lie before {target.period}, the target's time.")
    wanted = target.period.grain if target.kind == "cumulative" and target.period else kpi.cadence
    if baseline and baseline.period and baseline.period.grain != wanted:
        what = "the time that it is added up over" if target.kind == "cumulative" else "the cadence"
        reason = f"{baseline.period} is a {baseline.period.grain}, must be a {wanted}, as {what}."
        raise section.refuse("baseline", reason)
