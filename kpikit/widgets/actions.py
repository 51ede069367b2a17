"""`Actions`: what is begun with a decision: what is done, by whom, until when and at what cost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import ipywidgets as widgets

from kpikit.plans.read import parse_amount
from kpikit.widgets.controls import button, field, rows
from kpikit.widgets.typed import EXAMPLE, checked_day, checked_number
from kpikit.words.errors import SaidError
from kpikit.words.language import Language
from kpikit.words.rewritten import day_as_typed, typed_day, typed_number


class Actions(widgets.VBox):  # type: ignore[misc]
    """A button, and below it a row of fields for each action. A row that is left empty is no action.

    ``follow`` is called with the fields of each new row. A cost is in ``currency`` where none is written.
    """

    def __init__(self, say: Language, follow: Callable[..., None], currency: str | None) -> None:
        self.say, self._follow, self._currency = say, follow, currency
        self._example = f"1200 {currency or 'DKK'}"
        self.lines: list[dict[str, widgets.Widget]] = []
        self._rows: list[widgets.Widget] = []
        self.more = button(say("Add an action"))
        self.more.layout.align_self = "flex-start"  # as wide as its text, not as the box
        self.more.on_click(lambda _: self.add())
        super().__init__([self.more])

    def add(self) -> None:
        """One more row."""
        say = self.say
        line = {
            "what": field(say("What")),
            "who": field(say("Who")),
            "due": field(say("Until when"), hint=day_as_typed(EXAMPLE, say.code)),
            "cost": field(say("Cost"), hint=self._example),
        }
        self.lines.append(line)
        self._rows.append(rows(*line.values()))
        self._follow(*line.values())
        self.children = (self.more, *self._rows)

    @property
    def value(self) -> tuple[dict[str, str], ...]:
        """The actions, as a plan has them: without what is empty."""
        found = ({key: text for key, each in line.items() if (text := self._written(key, each.value))}
                 for line in filter(_filled, self.lines))  # fmt: skip
        return tuple(each for each in found if each)

    def _written(self, key: str, text: str) -> str:
        """What is typed under a key, as a plan has it."""
        if key == "due":
            return typed_day(text, self.say.code)
        if key != "cost":
            return text.strip()
        written = typed_number(text)
        return f"{written} {self._currency}" if self._currency and written.replace(".", "", 1).isdigit() else written

    def check(self) -> None:
        """Raise what is wrong with the first action that cannot stand in a plan, and how to write it."""
        for each, line in zip(self.value, filter(_filled, self.lines), strict=True):
            if "what" not in each or "who" not in each:
                raise SaidError(self.say("Write down what is to be done, and who does it."))
            if "due" in each:
                checked_day(line["due"], self.say)
            if "cost" in each:
                checked_number(line["cost"], self._example, partial(parse_amount, each["cost"]), self.say)


def _filled(line: dict[str, widgets.Widget]) -> bool:
    return any(each.value.strip() for each in line.values())
