"""The values of a plan's file in words, each with the unit of its KPI: "12000.50" is "12.000,50 kr." in Danish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from kpikit.words import formats
from kpikit.words.language import Language
from kpikit.words.units import MONEY, Unit
from kpikit.workspace.settings import Settings

Measured = tuple[Unit, str | None]
"""The unit of a KPI, and the currency of an amount."""
Units = Mapping[str, Measured]
"""What each indicator is measured in."""

_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def units(settings: Settings, client: str) -> Units:
    """What the indicators that a client has are measured in."""
    known = settings.indicators_of(client)
    return {
        id: (one.unit, _currency(one.metrics, settings) if one.unit == MONEY else None) for id, one in known.items()
    }


def _currency(metrics: tuple[str, ...], settings: Settings) -> str | None:
    found = (settings.model.metrics.get(name) for name in metrics)
    return next((metric.currency for metric in found if metric and metric.currency), None)


def unit_of(kpi: str | None, known: Units) -> Measured | None:
    """What a KPI is measured in, by its key: that of its indicator, with a member or a number behind it or without."""
    return known.get(re.split(r"[\[ ]", kpi)[0]) if kpi else None


def written(value: object, say: Language, unit: Measured | None) -> str:
    """A value, a range or a change: "2.6 %" is "2,6 %" in Danish, and "9000..11000" an amount to another."""
    ends = str(value).split("..")
    return " – ".join(_one(each.strip(), say, unit) for each in ends)


def _one(text: str, say: Language, unit: Measured | None) -> str:
    decimals = len(text.partition(".")[2])
    if unit is not None and _PLAIN.fullmatch(text):
        return say.value(Decimal(text), unit[0], unit[1], decimals)

    def in_words(number: re.Match[str]) -> str:
        return formats.number(Decimal(number[0]), say.code, len(number[0].partition(".")[2]))

    return re.sub(r"[0-9]+(?:\.[0-9]+)?", in_words, text).replace("relative", say("relative"))
