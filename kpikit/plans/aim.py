"""What a target aims at, as people write it: "95 %", "12000", "+10 %", "+2 pp", "+5 % relative".

"+5 %" on a share is refused, because it has two meanings: from 2.0 % to 2.1 % (relative), or from 2 % to 7 % (points).
A value below zero, as a loss of 50,000, is written "-50000", where the measure can be there; elsewhere it is refused as
a change that stands in the wrong place.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from kpikit.words.message import Message, Messages
from kpikit.words.rewritten import in_prose, numbers, way_out
from kpikit.words.texts import N_
from kpikit.words.units import DAYS, DURATION, MONTHS, PERCENTAGE_POINTS, SCORE, SECONDS, SHARE, Unit

_FORM = re.compile(
    r"(?P<sign>[+-]?)(?P<number>[0-9]{1,15}(?:\.[0-9]{1,15})?)(?: ?(?P<mark>%|pp))?(?P<word>(?<=%) relative)?"
)
_VALUES = {
    SHARE.key: ("95 %", "18 %..22 %"),
    DURATION.key: ("90", "60..120"),
    SECONDS.key: ("2.5", "0.5..2.5"),
    DAYS.key: ("14", "10..20"),
    MONTHS.key: ("12", "6..18"),
    SCORE.key: ("4.2", "4..4.5"),
}
_NUMBERS = "12000", "9000..11000"
_NOT_UNDERSTOOD, _TWO_READINGS = N_("'{text}' is not understood."), N_("'{text}' has two readings.")


def value_example(unit: Unit) -> str:
    """How a value of a unit is written in a plan: "95 %", "12000"."""
    return _VALUES.get(unit.key, _NUMBERS)[0]


def range_example(unit: Unit) -> str:
    """How a range of a unit is written in a plan: "18 %..22 %", "9000..11000"."""
    return _VALUES.get(unit.key, _NUMBERS)[1]


def change_example(unit: Unit) -> str:
    """How a change of a value of a unit is written in a plan: "+2 pp", "+10 %"."""
    return "+2 pp" if unit == SHARE else "+10 %"


@dataclass(frozen=True)
class Aim:
    """``kind`` is "value" (reach this), "relative" (the baseline times 1 + number), "points" (the baseline plus it) or
    "range" (stay from ``number`` to ``upper``, both included).

    ``number`` is a plain number: 0.95 for 95 %, 0.02 for +2 pp.
    """

    kind: str
    number: Decimal
    upper: Decimal | None = None

    def apply(self, baseline: float | None) -> float | None:
        """The value to reach from a baseline; None where one is needed and missing.

        A relative change needs a baseline above zero: 10 % more than nothing is no aim.
        """
        if self.kind in ("value", "range"):
            return float(self.number)
        if baseline is None or (self.kind == "relative" and baseline <= 0):
            return None
        return baseline * float(1 + self.number) if self.kind == "relative" else baseline + float(self.number)


def parse_value(text: str, unit: Unit, lowest: float = -math.inf, highest: float = math.inf) -> Aim:
    """An aim at a value, or at a range ("18 %..22 %"). A `ValueError` says in words what is wrong with the text.

    ``lowest`` and ``highest`` are the ends of what the measure can be: of one that cannot be below zero, "-5" is no
    value, and "31000" was not meant as a share of all.
    """
    low, dots, high = text.partition("..")
    if dots:
        return _range(text, (low.strip(), high.strip()), unit, lowest, highest)
    match = _matched(text, value_example(unit))
    if match["sign"] == "+" or (match["sign"] and lowest >= 0) or match["word"] or match["mark"] == "pp":
        raise ValueError(
            Message("'{text}' is a change, and 'value' wants what to reach. Write it under 'change'.", text=text)
        )
    if (match["mark"] == "%") != (unit == SHARE):
        told = Message("'{text}' does not fit the unit: {unit}.", text=text, unit=Message(unit.label))
        raise ValueError(Messages([told, _fitting(match, unit, highest)]))
    return Aim("value", _number(match))


def _range(text: str, given: tuple[str, str], unit: Unit, lowest: float, highest: float) -> Aim:
    if not all(given) or ".." in given[1]:
        told = Message("'{text}' is not understood. Write a range with both its ends, as '{example}'.",
                       text=text, example=range_example(unit))  # fmt: skip
        raise ValueError(told)
    try:
        ends = [parse_value(each, unit, lowest, highest).number for each in given]
    except ValueError as error:
        raise ValueError(Message("'{text}': {error}", text=text, error=error.args[0])) from None
    if ends[0] >= ends[1]:
        raise ValueError(Message("'{text}' is empty; a range goes from its lower to its upper end.", text=text))
    return Aim("range", *ends)


def parse_change(text: str, unit: Unit) -> Aim:
    """An aim at a change from the baseline. A `ValueError` says in words what is wrong with the text."""
    match = _matched(text, change_example(unit))
    if not match["sign"] or not match["mark"]:
        forms = Message("'+2 pp' or '+10 % relative'") if unit == SHARE else f"'{change_example(unit)}'"
        raise ValueError(
            Message("'{text}' is not a change. Write it with its sign, as {forms}.", text=text, forms=forms)
        )
    if match["mark"] == "pp":
        if unit not in (SHARE, PERCENTAGE_POINTS):
            raise ValueError(
                Message(
                    "'{text}': percentage points are for shares, and the unit is {unit}. Write '+10 %'.",
                    text=text,
                    unit=Message(unit.label),
                )
            )
        return Aim("points", _number(match))
    if unit == SHARE and not match["word"]:
        raise ValueError(Messages([Message("'{text}' on a share has two meanings.", text=text), _two_meanings(match)]))
    return Aim("relative", _number(match))


def _two_meanings(match: re.Match[str]) -> str:
    """A change of a share in its two meanings, each worked out from a start at which both can be."""
    number, given = Decimal(match["sign"] + match["number"]), match["sign"] + match["number"]
    start = next((each for each in (2, 20, 50, 80) if 0 < each + number <= 100), 2)
    ends = (start * (1 + number / 100), start + number)
    relative, points = (in_prose(f"{each.normalize():f}") for each in ends)
    return Message(
        "Write '{given} % relative' (from {start} % on, {change} % gives {relative} %) or '{given} pp' (from {start} "
        "% on, {change} pp gives {points} %).",
        given=given, start=start, change=in_prose(given), relative=relative, points=points,
    )  # fmt: skip


def _matched(text: str, example: str) -> re.Match[str]:
    match = _FORM.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", " "))
    ways = [way for way in numbers(text) if _FORM.fullmatch(way)]
    if match is None:
        told = _TWO_READINGS if len(ways) > 1 else _NOT_UNDERSTOOD
        form = Message("Numbers have no marks for thousands, and a point before decimals.")
        raise ValueError(Messages([Message(told, text=text), way_out(ways, example), form]))
    if len(ways) > 1:
        raise ValueError(Messages([Message(_TWO_READINGS, text=text), way_out(ways)]))
    return match


def _number(match: re.Match[str]) -> Decimal:
    number = Decimal(match["sign"] + match["number"])
    return number / 100 if match["mark"] else number


def _fitting(match: re.Match[str], unit: Unit, highest: float) -> str:
    """How to write a value of another unit: 0.95 of a share is 95 %, or was meant as 0.95 %; 31000 is nothing of it."""
    if unit != SHARE:
        return Message("Write it as {example}, without a percent sign.", example=value_example(unit))
    number = Decimal(match["sign"] + match["number"])
    if number > 100 and highest <= 1:
        return Message("A share lies between 0 % and 100 %, and is written as {example}.", example="2.5 %")
    meant = [number * 100, number] if 0 < abs(number) <= 1 else [number]
    return way_out([f"{each.normalize():f} %" for each in meant])
