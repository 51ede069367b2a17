"""The fields for what a goal says in words: what it is about, who answers for it, what it serves, and until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import ipywidgets as widgets

from kpikit.indicators.card import LEVELS
from kpikit.plans.plan import Plan
from kpikit.widgets.choice import Choice
from kpikit.widgets.controls import field
from kpikit.widgets.typed import EXAMPLE, checked_day
from kpikit.words.language import Language
from kpikit.words.rewritten import day_as_typed, typed_day


class GoalFields:
    """A field for each thing that a goal says but its KPI. ``before`` is the plan that it comes into, if any.

    The plan with the goal in it is to be in force from ``start``, or from the day after the one before began.
    """

    def __init__(self, say: Language, before: Plan | None, start: date) -> None:
        self.say = say
        self.statement = field(say("Goal in words"), lines=2, hint=say("Such as: reach 95 % by the end of the year"))
        self.level = Choice(say("Level"), [(say(text), key) for key, text in LEVELS.items()])
        above = [(say.own(goal.statement), goal.key) for goal in before.goals] if before else []
        self.parent = Choice(say("Goal above"), [(say("none"), ""), *above])
        self.owner, self.agreed = field(say("Owner")), field(say("Agreed by"), hint=say("Names, with commas"))
        self.serves, self.means = field(say("Serves")), field(say("Means"))
        self.until = field(say("Until"), hint=day_as_typed(EXAMPLE, say.code))
        latest = before.in_force_from if before else date.min
        begins = max(start, latest + timedelta(days=1))
        self.begins = field(say("In force from"), day_as_typed(begins, say.code))
        self.vision = field(say("Vision"), say.own(before.vision) if before and before.vision else "")
        self.vision.disabled = bool(before and before.vision)

    @property
    def fields(self) -> tuple[widgets.Widget, ...]:
        """All but the statement, in the order in which they stand."""
        said = self.level, self.parent, self.owner, self.serves, self.means
        return (*said, self.agreed, self.until, self.begins, self.vision)

    @property
    def written(self) -> tuple[widgets.Widget, ...]:
        """Those of which a change is drawn and nothing else follows."""
        texts = self.owner, self.agreed, self.serves, self.means, self.until, self.vision, self.begins
        return (*texts, self.level, self.parent)

    @property
    def labels(self) -> dict[str, str]:
        """How a plan's file calls it -> what stands beside the field."""
        names = ("statement", "level", "parent", "owner", "agreed", "serves", "means", "until", "vision")
        return {name: getattr(self, name).description for name in names} | {"in_force_from": self.begins.description}

    def check(self) -> None:
        """A `SaidError` for a day that cannot be read."""
        for each in (self.until, self.begins):
            if each.value.strip():
                checked_day(each, self.say)

    @property
    def goal(self) -> dict[str, Any]:
        """What is filled in, as a plan's file has it."""
        words = {"statement": self.statement, "owner": self.owner, "serves": self.serves, "means": self.means}
        goal: dict[str, Any] = {key: each.value.strip() for key, each in words.items() if each.value.strip()}
        goal["level"] = self.level.value
        goal |= {"parent": self.parent.value} if self.parent.value else {}
        goal |= {"until": typed_day(self.until.value, self.say.code)} if self.until.value.strip() else {}
        if names := [name.strip() for name in self.agreed.value.split(",") if name.strip()]:
            goal["agreed"] = {"by": names, "on": date.today().isoformat()}
        return goal

    @property
    def in_force_from(self) -> str:
        """The first day of the plan, as its file has it."""
        return typed_day(self.begins.value, self.say.code)

    @property
    def new_vision(self) -> str | None:
        """The vision, where the plan has none yet."""
        return None if self.vision.disabled else self.vision.value.strip() or None
