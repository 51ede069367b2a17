"""The declaration of an indicator: a decorated function whose arguments are metrics.

    @indicator(label=N_("Admission rate"), unit=SHARE, better=NEITHER)
    def admission_rate(admissions, attendances):
        '''Share of the attendances that end in an admission.'''
        return divide(admissions, attendances)

The declaration calculates when it is called with numbers, Series or arrays. It was called once with symbols, when its
module was imported, so it also knows the metrics it needs and its formula. One indicator uses another by calling it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from html import escape
from typing import Any

from kpikit.words.errors import UsageError
from kpikit.words.formula import Formula, Operation, Symbol, as_formula, written
from kpikit.words.language import Language, language
from kpikit.words.units import Unit


class Direction(Enum):
    """Which way is good. A value without direction has neither."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"

    @property
    def sign(self) -> int:
        """+1 where more is better, -1 where less is, 0 where neither."""
        return {"higher": 1, "lower": -1, "neither": 0}[self.value]


HIGHER, LOWER, NEITHER = Direction.HIGHER, Direction.LOWER, Direction.NEITHER


@dataclass(frozen=True, repr=False)
class Indicator:
    """A declared indicator. See `kpikit.indicators.catalogue` for all of them.

    ``change`` names the comparison for an indicator that is the relative change of its formula's value against an
    earlier period (``sales.revenue_growth``); it is None for plain formulas.
    """

    domain: str
    name: str
    label: str
    description: str
    unit: Unit
    better: Direction
    function: Callable[..., Any]
    formula: Formula
    roles: Mapping[str, str]
    change: str | None = None
    note: str | None = None
    synonyms: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The name with its domain: ``sales.revenue``."""
        return f"{self.domain}.{self.name}"

    @property
    def metrics(self) -> tuple[str, ...]:
        """The roles of the metrics that it needs, in the order of its arguments."""
        return tuple(self.roles)

    @property
    def parts(self) -> tuple[Formula, Formula] | None:
        """Numerator and denominator, where the formula is a division."""
        if isinstance(self.formula, Operation) and self.formula.sign == "/" and self.change is None:
            return self.formula.left, self.formula.right
        return None

    def __call__(self, *values: Any, **named: Any) -> Any:
        """The indicator's value from its metrics: numbers, Series (index kept) or arrays; NaN where not defined.

        A change has no value in one period alone: a `UsageError`.
        """
        if self.change is not None:
            raise UsageError(f"{self.id} is a change between two periods; evaluate a period to see it.")
        return self.function(*values, **named)

    def compute(self, values: Mapping[str, Any]) -> Any:
        """The formula's value from a mapping of metric -> value; for a change indicator, the value that changes."""
        return self.formula.compute(values)

    def written(self, say: Language) -> str:
        """The formula in words."""
        text = written(self.formula, lambda role: say(self.roles[role]))
        return text if self.change is None else say("change of {what} against the same period last year", what=text)

    def card(self, code: str = "en") -> Card:
        """The definition card in a language: shows itself in a notebook and in a terminal."""
        return Card(self, language(code))

    def __repr__(self) -> str:
        return str(self.card())

    def _repr_html_(self) -> str:
        return self.card().html()


@dataclass(frozen=True)
class Card:
    """What an indicator means, for people: as HTML in notebooks, as text in terminals."""

    indicator: Indicator
    say: Language

    def rows(self) -> list[tuple[str, str]]:
        """The lines of the card: (heading, text)."""
        one, say = self.indicator, self.say
        better = {"higher": say("higher is better"), "lower": say("lower is better"), "neither": say("no direction")}
        rows = [
            (say("Meaning"), say(one.description)),
            (say("Formula"), one.written(say)),
            (say("Unit"), say(one.unit.label)),
            (say("Direction"), better[one.better.value]),
        ]
        return rows + ([(say("Note"), say(one.note))] if one.note else []) + [(say("Name"), one.id)]

    def __str__(self) -> str:
        lines = [self.say(self.indicator.label)] + [f"  {head}: {text}" for head, text in self.rows()]
        return "\n".join(lines)

    def html(self) -> str:
        """The card as a piece of a page."""
        rows = "".join(f"<dt>{escape(head)}</dt><dd>{escape(text)}</dd>" for head, text in self.rows())
        return (
            f'<section class="kpikit card"><h3>{escape(self.say(self.indicator.label))}</h3><dl>{rows}</dl></section>'
        )

    def _repr_html_(self) -> str:
        return self.html()


def indicator(
    *,
    label: str,
    unit: Unit,
    better: Direction,
    change: str | None = None,
    note: str | None = None,
    synonyms: tuple[str, ...] = (),
) -> Callable[[Callable[..., Any]], Indicator]:
    """Declare an indicator; its domain is its module's name, its description the docstring's first paragraph.

    Its arguments are named in the module's ``METRICS``: what each metric is called in a formula.
    """

    def declare(function: Callable[..., Any]) -> Indicator:
        names = inspect.signature(function).parameters
        declared = Indicator(
            domain=function.__module__.rpartition(".")[2],
            name=function.__name__,
            label=label,
            description=_first_paragraph(function),
            unit=unit,
            better=better,
            function=function,
            formula=as_formula(function(*(Symbol(name) for name in names))),
            roles={name: function.__globals__["METRICS"][name] for name in names},
            change=change,
            note=note,
            synonyms=synonyms,
        )
        object.__setattr__(declared, "__doc__", function.__doc__)
        return declared

    return declare


def _first_paragraph(function: Callable[..., Any]) -> str:
    text = inspect.getdoc(function)
    if not text:
        raise TypeError(f"indicator {function.__name__} has no docstring; its first paragraph is its description.")
    return re.sub(r"\s+", " ", text.split("\n\n")[0]).strip()
