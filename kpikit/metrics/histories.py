"""Entity tables: what the customers (or other entities) of each client did over their whole history, without ids.

The rows stay in the engine. What leaves it are counts: how many customers have the same history in a few numbers, how
many of each month's newcomers came back in which month, how many stand in each fifth by recency, frequency and spend.
A purchase is a day with a row: two orders on one day are one. A row below 0 is a refund: no purchase, but taken from
what the last one was worth. Averages of spend leave rounded to steps of 2 %.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import narwhals as nw

from kpikit.metrics.aggregates import Frame, all_of, tests
from kpikit.metrics.declarations import Entity
from kpikit.metrics.model import Model
from kpikit.metrics.question import Question, spend
from kpikit.sources.engine import Engine
from kpikit.words.periods import Window, add_months

STEPS = 50
"""A rounded spend is e to the power of a whole number of fiftieths."""


@dataclass(frozen=True)
class History:
    """So many ``customers`` with the same history: days on which they bought after the first one (``repeats``); days
    from the first to the last of these (``recency``), and to the last day seen (``age``); what a repeat purchase was
    worth on average, rounded (``spend``; None without one, or not above 0); their ``amount`` in all; and, where a part
    was held out, on how many days they bought ``later``, together.
    """

    first: date
    repeats: int
    recency: int
    age: int
    spend: float | None
    customers: int
    amount: Decimal
    later: int = 0


@dataclass(frozen=True)
class Activity:
    """Those customers whose first purchase lies in the month ``cohort`` who bought in ``month``, and for what."""

    cohort: date
    month: date
    customers: int
    amount: Decimal


@dataclass(frozen=True)
class Fifth:
    """Customers with these scores from 1 (worst) to 5: how lately and how often they bought, how much they spent."""

    recency: int
    frequency: int
    spend: int
    customers: int
    amount: Decimal


@dataclass(frozen=True)
class Year:
    """Customers of the twelve months ``window``, and of those before: how many, how many of both, and the amount.

    ``new`` are those of the window whose first purchase lies in it; ``repeat`` those with two purchases in it.
    """

    window: Window
    customers: int = 0
    new: int = 0
    repeat: int = 0
    before: int = 0
    kept: int = 0
    amount: Decimal = Decimal(0)


@dataclass(frozen=True)
class Tables:
    """What is known of one client's customers at the end of ``window``, which begins with the first day covered.

    ``held`` are the histories as they were before the held-out days ``holdout``, the last third of the window. Before
    ``settled_from`` new and old customers look alike. ``currency`` is None where the entity has no spend.
    """

    window: Window
    settled_from: date
    holdout: Window
    currency: str | None
    histories: tuple[History, ...]
    held: tuple[History, ...]
    activity: tuple[Activity, ...]
    fifths: tuple[Fifth, ...]
    year: Year | None


def entity_tables(engine: Engine, model: Model, entity: Entity, end: date, clients: Sequence[str]) -> dict[str, Tables]:
    """The tables of the clients that have anything in the entity's source before ``end``, by client.

    ``year`` is None while fewer than two years are covered: the twelve months before the last are then not whole.
    """
    source = model.sources[entity.source]
    if not clients or not source.covers.start < end:
        return {}
    window = Window(source.covers.start, min(end, source.covers.end))
    begins = max(window.start, min(entity.settled_from, window.last_day))
    cut = window.end - timedelta(days=(window.end - begins).days // 3)
    asked = _Asked(engine, model, entity, window, clients)
    histories, held = asked.histories(window.end), asked.histories(cut) if begins < cut < window.end else {}
    activity, fifths, years = asked.activity(), asked.fifths(), asked.years()
    currency = model.metrics[entity.spend].currency if entity.spend else None
    return {
        client: Tables(
            _own(window, model.covers(source, client)),
            entity.settled_from,
            Window(min(cut, window.last_day), window.end),
            currency,
            tuple(histories[client]),
            tuple(held.get(client, ())),
            tuple(activity[client]),
            tuple(fifths[client]),
            years.get(client),
        )
        for client in clients
        if client in histories
    }


def _own(window: Window, covers: Window | None) -> Window:
    return (window.overlap(covers) if covers else None) or window


class _Asked:
    """The entity's purchases: one row for each client, customer and day, with the spend of the day."""

    def __init__(self, engine: Engine, model: Model, entity: Entity, window: Window, clients: Sequence[str]) -> None:
        source = model.sources[entity.source]
        self.window, self.own = window, ("_client", "_customer")
        rows = Question(engine, model, source, (), (), clients).rows
        rows = rows.with_columns(nw.col(entity.key).alias("_customer"), _spend=spend(model, entity))
        inside = (nw.col("_day") >= window.start) & (nw.col("_day") < window.end)
        kept = rows.filter(all_of(*tests(entity.where), inside)).with_columns(_bought=_if(nw.col("_spend") >= 0, 1))
        days = kept.group_by(*self.own, "_day").agg(nw.col("_spend").sum(), nw.col("_bought").max())
        purchases = self._purchases(days) if entity.spend else days
        self.days: Frame = purchases.with_columns(_first=nw.col("_day").min().over(*self.own))

    def _purchases(self, days: Frame) -> Frame:
        """The days with a purchase, each with the refunds until the next one; those before the first are of none."""
        numbered = days.with_columns(_number=nw.col("_bought").cum_sum().over(*self.own, order_by="_day"))
        known = numbered.filter(nw.col("_number") > 0)
        return known.group_by(*self.own, "_number").agg(nw.col("_day").min(), nw.col("_spend").sum())

    def histories(self, end: date) -> dict[str, list[History]]:
        """The histories as they were before the day ``end``, oldest first."""
        before = nw.col("_day") < end
        again = before & (nw.col("_day") > nw.col("_first"))
        days = self.days.filter(nw.col("_first") < end).with_columns(
            _bought=_if(before, 1),
            _last=nw.when(before).then(nw.col("_day")),
            _repeated=_if(again, nw.col("_spend").cast(nw.Float64)),
            _amount=_if(before, nw.col("_spend")),
            _later=_if(~before, 1),
        )
        each = days.group_by(*self.own, "_first").agg(
            nw.col("_bought", "_repeated", "_amount", "_later").sum(), nw.col("_last").max()
        )
        mean = nw.col("_repeated") / (nw.col("_bought") - 1)
        worth = (nw.col("_bought") > 1) & (nw.col("_repeated") > 0)
        same = ("_client", "_first", "_last", "_bought", "_step")
        steps = each.with_columns(_step=nw.when(worth).then((mean.log() * STEPS).round(0)))
        return _read(
            _counted(steps, *same, sums=("_amount", "_later")),
            lambda first, last, bought, step, customers, amount, later: History(
                first := _day(first), int(bought) - 1, (_day(last) - first).days,
                (end - first).days - 1, _rounded(step), int(customers), Decimal(amount), int(later),
            ),
        )  # fmt: skip

    def activity(self) -> dict[str, list[Activity]]:
        """Who of each month's newcomers bought in which month."""
        months = self.days.with_columns(
            _cohort=nw.col("_first").dt.truncate("1mo"), _month=nw.col("_day").dt.truncate("1mo")
        )
        each = months.group_by(*self.own, "_cohort", "_month").agg(nw.col("_spend").sum())
        return _read(
            _counted(each, "_client", "_cohort", "_month", sums=("_spend",)),
            lambda cohort, month, customers, amount: Activity(
                _day(cohort), _day(month), int(customers), Decimal(amount)
            ),
        )

    def fifths(self) -> dict[str, list[Fifth]]:
        """How many stand in each fifth: 1 and as many more as there are whole fifths of the customers who are worse.

        Those who are alike are in the same fifth, so that a fifth may be larger than others, or empty.
        """
        each = self.days.group_by(*self.own).agg(
            nw.col("_day").max().alias("_last"), nw.len().alias("_bought"), nw.col("_spend").sum()
        )
        of = {"_r": "_last", "_f": "_bought", "_m": "_spend"}
        ranked = each.with_columns(
            _all=nw.len().over("_client"), **{name: nw.col(by).rank("min").over("_client") for name, by in of.items()}
        )
        scored = ranked.with_columns(
            **{name: (nw.col(name) - 1).cast(nw.Int64) * 5 // nw.col("_all").cast(nw.Int64) + 1 for name in of}
        )
        return _read(
            _counted(scored, "_client", *of, sums=("_spend",)),
            lambda r, f, m, customers, amount: Fifth(int(r), int(f), int(m), int(customers), Decimal(amount)),
        )

    def years(self) -> dict[str, Year]:
        """The last twelve months, and those before them; nothing where they are not covered."""
        end = self.window.end
        year, earlier = Window(add_months(end, -12), end), Window(add_months(end, -24), add_months(end, -12))
        if earlier.start < self.window.start:
            return {}
        inside, before = ((nw.col("_day") >= each.start) & (nw.col("_day") < each.end) for each in (year, earlier))
        each = (
            self.days.with_columns(_now=_if(inside, 1), _then=_if(before, 1), _amount=_if(inside, nw.col("_spend")))
            .group_by(*self.own, "_first")
            .agg(nw.col("_now", "_then", "_amount").sum())
        )
        now, then = nw.col("_now") > 0, nw.col("_then") > 0
        flags = each.with_columns(
            _active=_if(now, 1), _new=_if(now & (nw.col("_first") >= year.start), 1), _again=_if(nw.col("_now") > 1, 1),
            _before=_if(then, 1), _kept=_if(now & then, 1),
        )  # fmt: skip
        sums = ("_active", "_new", "_again", "_before", "_kept", "_amount")
        found = _read(
            _counted(flags, "_client", sums=sums),
            lambda _, active, new, again, before, kept, amount: Year(
                year, int(active), int(new), int(again), int(before), int(kept), Decimal(amount)
            ),
        )
        return {client: one for client, (one,) in found.items()}


def _if(test: nw.Expr, value: Any) -> nw.Expr:
    return nw.when(test).then(value).otherwise(0)


def _counted(frame: Frame, *by: str, sums: Iterable[str]) -> Frame:
    """How many rows are alike, and the sums over them as exact texts, in a fixed order."""
    counted = frame.group_by(*by).agg(nw.len().alias("_rows"), *[nw.col(name).sum() for name in sums])
    texts = counted.with_columns(*[nw.col(name).cast(nw.String) for name in sums])
    return texts.sort(*by).select(*by, "_rows", *sums)


def _read(frame: Frame, made: Callable[..., Any]) -> dict[str, list[Any]]:
    """The rows of a small table by client (its first column), each ``made`` of its other cells."""
    small = frame.collect("pandas")
    found: dict[str, list[Any]] = {}
    for client, *cells in zip(*(small[name].to_list() for name in small.columns), strict=True):
        found.setdefault(client, []).append(made(*cells))
    return found


def _day(cell: Any) -> date:
    return date(cell.year, cell.month, cell.day)


def _rounded(step: float | None) -> float | None:
    return None if step is None or math.isnan(step) else math.exp(step / STEPS)
