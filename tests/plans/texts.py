"""Plan files as texts, and what is read of them or said against them: for all tests of reading plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.plans.plan import Plan
from kpikit.plans.read import read_plans
from kpikit.words.errors import SettingError
from kpikit.words.periods import Calendar
from tests.histories import CALENDAR, save

PLAN = """\
schema: 1
in_force_from: 2011-01-01
goals:
  grow:
    statement: Grow.
    level: organisation
    kpis:
      - indicator: sales.revenue
        cadence: month
        baseline: 2010-12
        target: {kind: keep, value: 12000}
    pis: [sales.orders]
"""


SHORT = """\
schema: 1
in_force_from: 2011-01-01
goals:
  grow:
    statement: Grow.
    level: organisation
    kpis:
      - {indicator: sales.revenue, cadence: month, target: {kind: keep, value: 12000}}
"""
"""A plan with a goal on line 4 and its KPI on line 8, the last."""


_EXPERIMENT = """\
  {key}:
    label: {label}
    client: {client}
    source: sales
    unit: customer
    variant: channel
    control: web
    variants: {variants}
    from: 2024-03-01
    to: 2024-03-14
    kpis: {kpis}
"""


def experiment(key: str, label: str, client: str, kpis: str, variants: str = "{web: 1, phone: 1}") -> str:
    """An experiment of 14 days on the customers of a shop, as a part of ``experiments.yml``."""
    return _EXPERIMENT.format(key=key, label=label, client=client, variants=variants, kpis=kpis)


def read_one(folder: Path, text: str, calendar: Calendar = CALENDAR, **others: str) -> Plan:
    """The plan of a text, as version 1 of client a."""
    save(folder, a_1=text, **others)
    (plan,) = read_plans(folder, "a", calendar)
    return plan


def refusal(folder: Path, **files: str) -> str:
    """What is said of client a's plans, which are refused, without the folder of the plans; ``files`` as for `save`."""
    save(folder, **files)
    with pytest.raises(SettingError) as error:
        read_plans(folder, "a", CALENDAR)
    return str(error.value).removeprefix(f"{folder}/")
