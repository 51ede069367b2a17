"""Reads plans: ``plans/<client>/1.yml, 2.yml ...``, or ``plans/default/`` for clients without a folder of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from kpikit.indicators.catalogue import CATALOGUE, Indicators, unknown
from kpikit.plans.kpis import read_kpi
from kpikit.plans.limits import PROFILES
from kpikit.plans.plan import ANSWERS, LEVELS, REVIEWS, Action, Agreement, Decision, Goal, Kpi, Plan
from kpikit.plans.tables import written_out
from kpikit.sources.strict import Section, read
from kpikit.sources.yaml_file import line_at
from kpikit.words.errors import SettingError, one_of
from kpikit.words.language import Wording
from kpikit.words.message import Message, Messages
from kpikit.words.periods import Calendar
from kpikit.words.rewritten import numbers, way_out

_AMOUNT = r"([0-9]{1,15}(?:\.[0-9]{1,2})?) ([A-Z]{3})"


def read_plans(folder: Path, client: str, calendar: Calendar, indicators: Indicators = CATALOGUE) -> tuple[Plan, ...]:
    """All versions of a client's plan, oldest first; its own, else the default one's; empty where there is neither."""
    own = folder / client
    place = own if own.is_dir() else folder / "default"
    files = _files(place, client) if place.is_dir() else []
    plans = [_plan(file, version, calendar, indicators) for version, file in enumerate(files, 1)]
    for earlier, later, file in zip(plans, plans[1:], files[1:], strict=False):
        if later.in_force_from <= earlier.in_force_from:
            reason = Message(
                "must lie after {in_force_from}, when version {version} came into force.",
                in_force_from=earlier.in_force_from,
                version=earlier.version,
            )
            raise SettingError(file, line_at(file, "in_force_from"), "in_force_from", reason)
    followed = [*(plan.in_force_from for plan in plans[1:]), None]
    return tuple(_asking_since([replace(plan, followed_on=day) for plan, day in zip(plans, followed, strict=False)]))


def _asking_since(plans: Iterable[Plan]) -> Iterator[Plan]:
    """The versions, in each of whose KPIs stands since when the same is asked."""
    before: tuple[Kpi, ...] = ()
    for plan in plans:
        goals = (replace(goal, kpis=tuple(_since(kpi, before, plan) for kpi in goal.kpis)) for goal in plan.goals)
        found = replace(plan, goals=tuple(goals))
        before = found.kpis
        yield found


def _since(kpi: Kpi, before: Iterable[Kpi], plan: Plan) -> Kpi:
    return replace(kpi, since=next((each.since for each in before if each == kpi), plan.in_force_from))


def _files(place: Path, client: str) -> list[Path]:
    """The files of a folder's versions, in their order; a folder without any is refused: it may have been forgotten."""
    files = sorted((file for file in place.iterdir() if file.suffix.lower() in (".yml", ".yaml")), key=_version)
    if not files:
        default = place.name == "default"
        then = Message("{client} has the one in plans/default", client=client)
        then = Message("no client has one by default") if default else then
        raise SettingError(
            place, None, "", Message("holds no plan. Write 1.yml there, or remove the folder, and {then}.", then=then)
        )
    return files


def _version(file: Path) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}\.yml", file.name):
        raise SettingError(file, None, "", Message("a plan is named by its version, as 1.yml."))
    return int(file.stem)


def _plan(file: Path, version: int, calendar: Calendar, indicators: Indicators) -> Plan:
    if _version(file) != version:
        raise SettingError(
            file,
            None,
            "",
            Message("version {version} is missing; they are numbered 1, 2, 3 without a gap.", version=version),
        )
    top = _opened(file, (file,))
    if not top.own("in_force_from"):
        told = [Message("is required in each version."), top.typo_of("in_force_from")]
        raise SettingError(file, top.line, "in_force_from", Messages(told))
    plan = Plan(
        version=version,
        in_force_from=top.day("in_force_from"),
        vision=_wording(top, "vision"),
        review=top.choice("review", REVIEWS, "half-yearly"),
        goals=tuple(
            _goal(key, each, calendar, indicators)
            for key, each in top.sections("goals", "grow: {statement: Grow, level: organisation}").items()
        ),
        decisions=tuple(_decision(each) for each in top.items("decisions") if top.own("decisions")),
        profile=top.choice("profile", PROFILES) if top.knows("profile") else None,
    )
    top.finish()
    _check_parents(top.section("goals"), plan)
    return plan


def whole(file: Path) -> dict[str, object]:
    """A plan's file as plain values, with what it extends written out."""
    top = _opened(file, (file,))
    left_out = ["extends", *([] if top.own("decisions") else ["decisions"])]
    return {key: written_out(value, file) for key, value in top.plain().items() if key not in left_out}


def _opened(file: Path, seen: tuple[Path, ...]) -> Section:
    """The file's top mapping, over the one of the plan that it extends, as ``extends: default/1``."""
    top = read(file)
    if not top.knows("extends"):
        return top
    name = top.text("extends")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*/[1-9][0-9]{0,3}", name):
        raise top.refuse("extends", "{name} must name a client's folder and a version, as default/1.", name=repr(name))
    owner, own = name.partition("/")[0], file.parent.name
    if owner not in ("default", own):
        forms = "as default/1" if own == "default" else f"as default/1, or a version of its own, as {own}/1"
        raise top.refuse(
            "extends",
            "{name} is another client's plan. A plan extends the default one, {forms}.",
            name=repr(name),
            forms=forms,
        )
    base = file.parents[1] / f"{name}.yml"
    if base in seen:
        raise top.refuse("extends", "{name} extends this plan in turn.", name=repr(name))
    if not base.is_file():
        raise top.refuse("extends", "there is no plan {name}.", name=repr(name))
    extended = read(file, _opened(base, (*seen, base)))
    extended.knows("extends")
    return extended


def _wording(section: Section, key: str) -> Wording | None:
    return section.wording(key) if section.knows(key) else None


def _decision(section: Section) -> Decision:
    decision = Decision(
        on=section.day("on"),
        by=section.text("by"),
        what=section.wording("what"),
        why=section.wording("why"),
        proposal=section.optional("proposal"),
        answer=section.choice("answer", ANSWERS) if section.knows("answer") else None,
    )
    if (decision.proposal is None) != (decision.answer is None):
        raise section.refuse("", "'proposal' and 'answer' go together; write both or none.")
    section.finish()
    return decision


def _check_parents(goals: Section, plan: Plan) -> None:
    """A parent must be a goal of the plan, and no goal may stand above itself."""
    parents = {goal.key: goal.parent for goal in plan.goals}
    for goal in plan.goals:
        if goal.parent is not None and goal.parent not in parents:
            raise goals.section(goal.key).refuse("parent", one_of("goal", goal.parent, parents))
    for goal in plan.goals:
        above, seen = goal.parent, {goal.key}
        while above is not None:
            if above in seen:
                raise goals.section(goal.key).refuse("parent", "a goal cannot stand above itself.")
            seen.add(above)
            above = parents[above]


def _goal(key: str, section: Section, calendar: Calendar, indicators: Indicators) -> Goal:
    goal = Goal(
        key=key,
        statement=section.wording("statement"),
        level=section.choice("level", LEVELS),
        parent=section.optional("parent"),
        owner=_wording(section, "owner"),
        serves=_wording(section, "serves"),
        means=_wording(section, "means"),
        until=section.day("until") if section.knows("until") else None,
        stakeholders=section.texts("stakeholders", ()),
        agreed=_agreement(section.section("agreed", "{by: [Ann], on: 2026-01-31}"))
        if section.knows("agreed")
        else None,
        kpis=tuple(read_kpi(key, each, calendar, indicators) for each in section.items("kpis")),
        pis=section.texts("pis", ()),
        actions=tuple(_action(each) for each in section.items("actions")),
    )
    for pi in goal.pis:
        if pi not in indicators:
            raise section.refuse("pis", unknown("indicator", pi, indicators))
    section.finish()
    return goal


def _agreement(section: Section) -> Agreement:
    agreement = Agreement(section.texts("by"), section.day("on"))
    if not agreement.by:
        raise section.refuse("by", "names nobody.")
    section.finish()
    return agreement


def _action(section: Section) -> Action:
    action = Action(
        what=section.wording("what"),
        who=section.text("who"),
        due=section.day("due") if section.knows("due") else None,
        cost=amount(section, "cost") if section.knows("cost") else None,
        done=section.day("done") if section.knows("done") else None,
    )
    section.finish()
    return action


def amount(section: Section, key: str) -> tuple[Decimal, str]:
    """An amount of money and its currency, as ``1200 DKK``."""
    try:
        return parse_amount(section.text(key))
    except ValueError as error:
        raise section.refuse(key, error.args[0]) from None


def parse_amount(text: str) -> tuple[Decimal, str]:
    """An amount and its currency from a text. A `ValueError` says in words what is wrong with it."""
    match = re.fullmatch(_AMOUNT, text)
    if match is None:
        ways = [way for way in numbers(text) if re.fullmatch(_AMOUNT, way)]
        told = Message("{text} must be an amount and a currency, as 1200 DKK.", text=repr(text))
        raise ValueError(Messages([told, way_out(ways) if ways else ""]))
    return Decimal(match[1]), match[2]
