"""The declaration of an indicator: a decorated function whose arguments are metrics.

    @indicator(label=N_("Admission rate"), unit=SHARE, better=NEITHER, usual=Use("PI", "department", "lagging"))
    def admission_rate(admissions, attendances):
        '''Share of the attendances that end in an admission.

        Low: ...
        High: ...
        Mind: ...
        Source: ...
        '''
        return share(admissions, attendances)

The declaration calculates when it is called with numbers, Series or arrays. It was called once with symbols, when its
module was imported, so it also knows the metrics it needs and its formula. One indicator uses another by calling it.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal, NamedTuple

from kpikit.indicators.calculate import calculated, has_rows, single
from kpikit.indicators.card import Card
from kpikit.indicators.explained import explained
from kpikit.indicators.inputs import ANY, WHOLE, Range, Share, impossible, range_of
from kpikit.indicators.surveys import Interval, interval
from kpikit.words.errors import UsageError
from kpikit.words.formula import Formula, Operation, Symbol, as_formula, written
from kpikit.words.language import Language, Wording, language
from kpikit.words.message import Message
from kpikit.words.units import SCORE, SHARE, Unit


class Direction(Enum):
    """Which way is good: up, down, to stay inside a range that each plan sets, or neither."""

    HIGHER = "higher"
    LOWER = "lower"
    INSIDE = "inside"
    NEITHER = "neither"

    @property
    def sign(self) -> int:
        """+1 where more is better, -1 where less is, 0 where neither."""
        return {"higher": 1, "lower": -1}.get(self.value, 0)


HIGHER, LOWER, INSIDE, NEITHER = Direction.HIGHER, Direction.LOWER, Direction.INSIDE, Direction.NEITHER


class Use(NamedTuple):
    """How an indicator is mostly used: as a KPI or a PI, at which level, and whether it warns early or shows results.

    A client's plan decides; this is a proposal.
    """

    role: Literal["KPI", "PI"]
    level: Literal["organisation", "department", "campaign", "individual"]
    timing: Literal["leading", "lagging"]


@dataclass(frozen=True, repr=False)
class Indicator:
    """A declared indicator. See `kpikit.indicators.catalogue` for all of them.

    ``change`` names the comparison for an indicator that is the relative change of its formula's value against an
    earlier period (``sales.revenue_growth``); it is None for plain formulas. ``ranges`` has what each metric can
    be, ``between`` what the value can be, where they do not tell it. ``synonyms`` go by language. ``identities``
    are formulas of other indicators which give the same value, as ``orders * average_order_value``;
    `catalogue.identities` reads them. ``moved_by`` is that which tells by how much a level has changed since the period
    before. ``variant_of`` is the indicator that defines the same thing in the standard
    way. ``survey``: it is made of counts of answers, or the mean of their scores, and those who answered are a
    sample; see `interval`.
    """

    domain: str
    name: str
    label: Wording
    description: Wording
    unit: Unit
    better: Direction
    formula: Formula
    roles: Mapping[str, Wording]
    ranges: Mapping[str, Range]
    between: Range | None = None
    change: str | None = None
    low: Wording = ""
    high: Wording = ""
    mind: Wording = ""
    source: str = ""
    usual: Use | None = None
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    identities: tuple[str, ...] = ()
    moved_by: str | None = None
    variant_of: str | None = None
    survey: bool = False

    @property
    def id(self) -> str:
        """The name with its domain: ``sales.revenue``."""
        return f"{self.domain}.{self.name}"

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that it needs, in the order of its arguments."""
        return tuple(self.roles)

    @property
    def signed(self) -> bool:
        """True for a change, and for what subtracts one thing from another, which may be negative by its nature.

        Not for what counts, or is a part of, those who are left: returning customers, the share within four hours.
        """
        subtracts = any(isinstance(node, Operation) and node.sign == "-" for node in self.formula.nodes())
        return self.change is not None or (subtracts and self.bounds[0] < 0)

    @property
    def limits(self) -> Range:
        """What the value must be, as it is declared or as the formula itself tells it."""
        if self.change is not None:
            return ANY
        if isinstance(self.formula, Symbol):
            return self.between or self.ranges[self.formula.name]
        return self.between or (WHOLE if isinstance(self.formula, Share) else ANY)

    @property
    def bounds(self) -> tuple[float, float]:
        """Between what its values lie: 0 and 1 for a share; without a lower end for what subtracts, or is made of
        amounts that may be negative; without an upper end where none is declared.
        """
        if self.change is not None or self.limits != ANY:
            return self.limits[:2]
        subtracts = any(isinstance(node, Operation) and node.sign == "-" for node in self.formula.nodes())
        free = subtracts or any(each.lowest < 0 for each in self.ranges.values())
        return -math.inf if free else 0.0, math.inf

    @property
    def scale(self) -> tuple[float, float] | None:
        """The lowest and the highest score; None for what is no score, or has no end."""
        return self.bounds if self.unit == SCORE and all(map(math.isfinite, self.bounds)) else None

    @property
    def aims(self) -> tuple[float, float]:
        """Between what a target can lie: its `bounds`; of a rate of counts up to 1, though some can pass that."""
        low, high = self.bounds
        counts = not any(each.money for each in self.ranges.values())
        return low, min(high, 1.0) if self.unit == SHARE and low == 0 and counts else high

    @property
    def parts(self) -> tuple[Formula, Formula] | None:
        """Numerator and denominator, where the formula is a division."""
        if isinstance(self.formula, Operation) and self.formula.sign == "/" and self.change is None:
            return self.formula.left, self.formula.right
        return None

    def __call__(self, *values: Any, **named: Any) -> Any:
        """The indicator's value from its metrics: numbers, Series (index kept) or arrays; NaN where not defined.

        None, `pandas.NA` and NaN are missing. Series with different indexes are taken by their labels. Columns of any
        kind of number are calculated in whole numbers of 64 bits or in binary ones. A `UsageError` for what is no
        number, for what does not go together, where a number cannot be (more opened than delivered, infinity), and for
        a change, which has no value in one period alone. In a Series or an array, a row that cannot be has no value,
        and that is logged.
        """
        if self.change is not None:
            raise UsageError(Message("{id} is a change between two periods; evaluate a period to see it.", id=self.id))
        given = self._given(values, named)
        if any(isinstance(value, Formula) for value in given.values()):
            return self.formula.replaced({name: as_formula(value) for name, value in given.items()})
        return calculated(self, given)

    def _given(self, values: tuple[Any, ...], named: Mapping[str, Any]) -> dict[str, Any]:
        given = dict(zip(self.roles, values, strict=False)) | dict(named)
        if len(values) + len(named) != len(self.roles) or given.keys() != self.roles.keys():
            raise UsageError(Message("{id} is calculated from {names}.", id=self.id, names=", ".join(self.roles)))
        return given

    def compute(self, values: Mapping[str, Any]) -> Any:
        """The formula's value from a mapping of metric -> number; for a change indicator, the value that changes.

        NaN where it is not defined, and where the numbers are `impossible`.
        """
        return math.nan if self.impossible(values) else self.limits.cut(self.formula.compute(values))

    def impossible(self, values: Mapping[str, Any]) -> str | None:
        """Why single numbers cannot be, as a sentence: a negative count, a part larger than its whole. None if fine."""
        return impossible(self.formula, {name: values[name] for name in self.roles}, self.ranges, self.limits)

    def interval(self, *values: Any, **named: Any) -> Interval | None:
        """Between what the figure of a survey may lie, from single counts of answers, in its unit; see `surveys`.

        None for what is no survey, where there are no answers, and for a mean, which alone does not tell how the scores
        are spread. A `UsageError` for what is no single number, or cannot be.
        """
        given = self._given(values, named)
        if any(map(has_rows, given.values())):
            raise UsageError(
                Message("{id}: an interval is told from single numbers; take the rows one by one.", id=self.id)
            )
        figures = single(self, given)
        return interval(self.formula, figures) if self.survey else None

    def written(self, say: Language) -> str:
        """The formula in words."""
        text = written(self.formula, lambda role: say(self.roles[role]), say.number)
        return text if self.change is None else say("change of {what} against the same period last year", what=text)

    def card(self, code: str = "en", brief: bool = False) -> Card:
        """The definition card in a language: shows itself in a notebook and in a terminal."""
        return Card(self, language(code), brief)

    def __repr__(self) -> str:
        return str(self.card())

    def _repr_html_(self) -> str:
        return self.card().html()


def indicator(
    *,
    label: str,
    unit: Unit,
    better: Direction,
    usual: Use,
    change: str | None = None,
    synonyms: str = "",
    da: str = "",
    nb: str = "",
    identities: tuple[str, ...] = (),
    moved_by: str | None = None,
    variant_of: str | None = None,
    survey: bool = False,
    between: tuple[float, float] | None = None,
) -> Callable[[Callable[..., Any]], Indicator]:
    """Declare an indicator; its domain is its module's name, or that of the folder of modules that the domain has, and
    its texts are in the docstring (see `explained`).

    Its arguments are named in the module's ``METRICS``: what each metric is called in a formula. ``synonyms``, and
    those in Danish and Norwegian (``da``, ``nb``), are words with commas between them; search finds them all.
    ``between`` are the lowest and the highest value that can be, where neither its metrics nor `share` tell it.
    """

    def declare(function: Callable[..., Any]) -> Indicator:
        texts, domain = explained(function), _domain(function.__module__)
        roles = {name: function.__globals__["METRICS"][name] for name in inspect.signature(function).parameters}
        declared = Indicator(
            domain=domain,
            name=function.__name__,
            label=label,
            description=texts.description,
            unit=unit,
            better=better,
            formula=as_formula(function(*(Symbol(name) for name in roles))),
            roles=roles,
            ranges={name: range_of(called) for name, called in roles.items()},
            between=Range(*between) if between else None,
            change=change,
            low=texts.low,
            high=texts.high,
            mind=texts.mind,
            source=texts.source,
            usual=usual,
            synonyms={code: _listed(text) for code, text in (("en", synonyms), ("da", da), ("nb", nb))},
            identities=identities,
            moved_by=f"{domain}.{moved_by}" if moved_by else None,
            variant_of=f"{domain}.{variant_of}" if variant_of else None,
            survey=survey,
        )
        object.__setattr__(declared, "__doc__", function.__doc__)
        return declared

    return declare


def _domain(module: str) -> str:
    inside = module.removeprefix(f"{__package__}.")
    return module.rpartition(".")[2] if inside == module else inside.partition(".")[0]


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.split(","))))
