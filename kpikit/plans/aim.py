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

from kpikit.words.units import DAYS, DURATION, MONTHS, PERCENTAGE_POINTS, SCORE, SECONDS, SHARE, Unit

_FORM = re.compile(
    r"(?P<sign>[+-]?)(?P<number>[0-9]{1,15}(?:\.[0-9]{1,15})?)(?: ?(?P<mark>%|pp))?(?P<word>(?<=%) relative)?"
)
_TWO_WAYS = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_VALUES = {
    SHARE.key: ("95 %", "18 %..22 %"),
    DURATION.key: ("90", "60..120"),
    SECONDS.key: ("2.5", "0.5..2.5"),
    DAYS.key: ("14", "10..20"),
    MONTHS.key: ("12", "6..18"),
    SCORE.key: ("4.2", "4..4.5"),
}
_NUMBERS = "12000", "9000..11000"


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


def parse_value(text: str, unit: Unit, lowest: float = -math.inf) -> Aim:
    """An aim at a value, or at a range ("18 %..22 %"). A `ValueError` says in words what is wrong with the text.

    ``lowest`` is the end of what the measure can be: of one that cannot be below zero, "-5" is no value.
    """
    low, dots, high = text.partition("..")
    if dots:
        return _range(text, low.strip(), high.strip(), unit, lowest)
    match = _matched(text, value_example(unit))
    if match["sign"] == "+" or (match["sign"] and lowest >= 0) or match["word"] or match["mark"] == "pp":
        raise ValueError(f"'{text}' is a change, and 'value' wants what to reach. Write it under 'change'.")
    if (match["mark"] == "%") != (unit == SHARE):
        raise ValueError(f"'{text}' does not fit the unit, which is {unit}. Write it {_form(unit)}.")
    return Aim("value", _number(match))


def _range(text: str, low: str, high: str, unit: Unit, lowest: float) -> Aim:
    if not low or not high or ".." in high:
        raise ValueError(f"'{text}' is not understood. Write a range with both its ends, as '{range_example(unit)}'.")
    try:
        ends = [parse_value(each, unit, lowest).number for each in (low, high)]
    except ValueError as error:
        raise ValueError(f"'{text}': {error}") from None
    if ends[0] >= ends[1]:
        raise ValueError(f"'{text}' is empty; a range goes from its lower to its upper end.")
    return Aim("range", *ends)


def parse_change(text: str, unit: Unit) -> Aim:
    """An aim at a change from the baseline. A `ValueError` says in words what is wrong with the text."""
    match = _matched(text, change_example(unit))
    if not match["sign"] or not match["mark"]:
        forms = "'+2 pp' or '+10 % relative'" if unit == SHARE else f"'{change_example(unit)}'"
        raise ValueError(f"'{text}' is not a change. Write it with its sign, as {forms}.")
    if match["mark"] == "pp":
        if unit not in (SHARE, PERCENTAGE_POINTS):
            raise ValueError(f"'{text}': percentage points are for shares, and the unit is {unit}. Write '+10 %'.")
        return Aim("points", _number(match))
    if unit == SHARE and not match["word"]:
        plain = text.replace(" relative", "")
        raise ValueError(
            f"'{text}' on a share has two meanings. Write '{plain} relative' (from 2.0 % on, +5 % gives 2.1 %) "
            f"or '{plain.replace('%', 'pp')}' (from 2 % on, +5 pp gives 7 %)."
        )
    return Aim("relative", _number(match))


def _matched(text: str, example: str) -> re.Match[str]:
    match = _FORM.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", " "))
    if match is None:
        form = "no marks for thousands, and a point before decimals"
        raise ValueError(f"'{text}' is not understood. Write it as '{example}': {form}.")
    if _TWO_WAYS.fullmatch(match["sign"] + match["number"]):
        number = match["sign"] + match["number"]
        one = number.rstrip("0").rstrip(".") if number.endswith("0") else f"{number}0"
        other = number.replace(".", "")
        raise ValueError(f"'{text}' has two readings. Write it as {one} or as {other}.")
    return match


def _number(match: re.Match[str]) -> Decimal:
    number = Decimal(match["sign"] + match["number"])
    return number / 100 if match["mark"] else number


def _form(unit: Unit) -> str:
    return f"as {value_example(unit)}" + ("" if unit == SHARE else ", without a percent sign")
