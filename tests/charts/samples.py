"""Evaluations made by hand, one of each kind that pictures and tables meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kpikit.evaluation.evaluate import signal
from kpikit.evaluation.facts import Change, Evaluation, Fact, Part, Point, Series, Target, Value
from kpikit.evaluation.signals.chart import charted
from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Direction
from kpikit.words.periods import Calendar, Window
from kpikit.words.units import COUNT, MONEY, SHARE, Unit

CALENDAR = Calendar()
PERIOD = CALENDAR.parse("2011-11")
YEAR, YEAR_BEFORE = CALENDAR.parse("2011").window, CALENDAR.parse("2010")


def full(value: float | None, reason: str | None = None) -> Value:
    """A value of a fully covered period, or a missing one."""
    covered = 0 if value is None else 30
    return Value(value, reason="no_data" if value is None else reason, covered=covered, expected=30)


def partial(value: float) -> Value:
    """A value of a period of which 9 of 30 days are covered."""
    return Value(value, reason="incomplete", covered=9, expected=30)


def series_of(values: list[Value], last: str = "2011-11") -> Series:
    """A monthly series that ends with ``last``; values with a reason are not judged, as in `evaluate`."""
    periods = CALENDAR.ending_with(CALENDAR.parse(last), len(values))
    counted = [value.value is not None and value.reason is None for value in values]
    return charted(list(map(Point, periods, values, counted)))


def changes(value: float | None, previous: float | None, year_before: float | None) -> tuple[Change, ...]:
    """The changes against two earlier values."""
    named = (("previous_period", "2011-10", previous), ("same_period_last_year", "2010-11", year_before))
    return tuple(_change(against, CALENDAR.parse(key).window, value, base) for against, key, base in named)


def _change(against: str, window: Window, value: float | None, base: float | None) -> Change:
    if value is None or base is None:
        return Change(against, window, base, None, None, "no_data" if value is None else "base_missing")
    relative = (value - base) / base if base > 0 else None
    return Change(against, window, base, value - base, relative, None if base > 0 else "base_not_positive")


def fact_of(
    values: list[Value],
    unit: Unit = SHARE,
    better: Direction = HIGHER,
    role: str = "kpi",
    indicator: str = "emergency.share_within_four_hours",
    target: Target | None = None,
    status: str | None = None,
    status_reason: str | None = None,
    currency: str | None = None,
    parts: tuple[Part, ...] = (),
) -> Fact:
    """A fact whose series has these values; the last one is the fact's own."""
    series = series_of(values) if values else Series((), None, "nhs")
    value = values[-1] if values else full(None)
    earlier = [values[-back].value if len(values) >= back else None for back in (2, 13)]
    return Fact(
        indicator=indicator,
        member=None,
        role=role,
        goal=None,
        unit=unit,
        currency=currency,
        better=better,
        value=value,
        changes=changes(value.value, *earlier) if value.reason is None else changes(None, *earlier),
        target=target,
        status=status,
        status_reason=status_reason,
        signal=signal(series, better.sign) if values else replace(signal(series_of([full(1.0)]), 1), reason="no_data"),
        series=series,
        parts=parts,
    )


def keep(value: float, achieved: float | None, better: int = 1) -> Target:
    """A target for each period."""
    gap = None if achieved is None else achieved - value
    return Target("keep", value, value, PERIOD.window, None, None, achieved, gap, None, None)


SHARES = [0.931, 0.926, 0.938, 0.929, 0.917, 0.922, 0.934, 0.925, 0.919, 0.93, 0.924, 0.915]
SHARES += [0.927, 0.921, 0.933, 0.918, 0.925, 0.929, 0.914, 0.926, 0.922, 0.917, 0.921, 0.883]
WAITS = fact_of(
    [full(each) for each in SHARES],
    target=keep(0.95, 0.883),
    status="missed",
    parts=tuple(
        Part("department type", name, full(each))
        for name, each in (("Major A&E", 0.825), ("Single specialty", 0.982), ("Minor injury unit", 0.996))
    ),
)
"""A share that misses its target and falls below its usual range in the last month."""

OVER = replace(
    WAITS,
    target=replace(keep(0.95, 0.96), kind="reach", achieved_in=CALENDAR.parse("2011-10")),
    status="exceeded",
)
"""The same after the day of a target that was met in October, whatever November brought."""

CANCELLED = [0.051, 0.047, 0.055, 0.049, 0.052, 0.046, 0.05, 0.054, 0.048, 0.051, 0.049, 0.053]
CANCELLED += [0.047, 0.05, 0.052, 0.045, 0.049, 0.046, 0.043, 0.044, 0.042, 0.04, 0.041, 0.031]
CANCELLATIONS = fact_of(
    [full(each) for each in CANCELLED],
    better=LOWER,
    indicator="sales.cancellation_rate",
    target=Target("reach", 0.04, 0.0415, YEAR, 0.05, YEAR_BEFORE, 0.031, -0.0105, "linear", None),
    status="exceeded",
)
"""A share where less is better, below its target, and better than usual at the end."""

MONEY_IN = [512e3, 298e3, 310e3, 402e3, 355e3, 401e3, 389e3, 377e3, 421e3, 602e3, 711e3, 848e3]
MONEY_IN += [530e3, 321e3, 334e3, 431e3, 372e3, 449e3, 401e3, 388e3, 455e3, 687e3, 742e3, 901e3, 310e3]
REVENUE = fact_of(
    [full(each) for each in MONEY_IN[:-1]] + [partial(MONEY_IN[-1])],
    unit=MONEY,
    currency="GBP",
    indicator="sales.revenue",
    target=Target("cumulative", 9.9e6, 9.1e6, YEAR, 9.0e6, YEAR_BEFORE, 8.4e6, -0.7e6, "baseline_shape", None),
    status="at_risk",
    parts=tuple(
        Part("country", name, full(each))
        for name, each in (("United Kingdom", 268e3), ("Germany", 19.4e3), ("EIRE", 14.2e3), ("France", -1.1e3))
    ),
)
"""An amount with a cumulative target; the last month is only partly covered."""

NEW_CUSTOMERS = fact_of(
    [full(each, "history_too_short") for each in (955, 371, 436)]
    + [full(each) for each in (293, 257, 269, 183, 158, 242, 379, 322, 79, 72, 68, 91, 84, 77, 95, 88, 81, 92)],
    unit=COUNT,
    role="pi",
    indicator="customers.new_customers",
)
"""A count whose opening months are not yet meaningful."""

VISITS = fact_of(
    [full(each) for each in (8120, 8305, 8011)] + [full(None)] + [full(each) for each in (8240, 8402, 8190, 8333)],
    unit=COUNT,
    better=NEITHER,
    role="pi",
    indicator="emergency.attendances",
)
"""A count without direction, with a missing month and only trial limits."""

REPEAT = fact_of(
    [full(0.21), full(0.22), full(None)],
    indicator="customers.repeat_purchase_rate",
    target=Target("keep", 0.25, 0.25, PERIOD.window, None, None, None, None, None, "no_data"),
    status="cannot_be_judged",
    status_reason="no_data",
)
"""A share whose last month is missing, so that its status can't be judged."""

ADMISSIONS = fact_of(
    [full(each) for each in (0.24, 0.25, 0.235, 0.26, 0.245, 0.255, 0.24, 0.25, 0.26, 0.245, 0.25, 0.255)],
    better=NEITHER,
    role="indicator",
    indicator="emergency.admission_rate",
)
"""A share without direction or target: also measured."""

EVALUATION = Evaluation(
    "sample", PERIOD, date(2011, 11, 30), 1, (VISITS, ADMISSIONS, WAITS, CANCELLATIONS, REVENUE, REPEAT, NEW_CUSTOMERS)
)

NAMES = {
    "emergency.share_within_four_hours": "Share within four hours",
    "sales.cancellation_rate": "Cancellation rate",
    "sales.revenue": "Revenue",
    "customers.new_customers": "New customers",
    "emergency.attendances": "Attendances",
    "customers.repeat_purchase_rate": "Repeat purchase rate",
    "emergency.admission_rate": "Admission rate",
}


def name(fact: Fact) -> str:
    """The label of a sample's indicator."""
    return NAMES[fact.indicator]
