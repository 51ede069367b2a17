"""What an experiment needs from the rows: for each variant how many units, and the moments of what each of them has.

A unit (a visitor, a customer) has a value of each metric: the sum over its own rows. Means, variances and covariances
of these values leave the engine, in two passes, so that large values lose no digits; the units do not.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations_with_replacement
from typing import Any

import narwhals as nw

from kpikit.metrics.aggregates import Frame, all_of, needed
from kpikit.metrics.declarations import Metric
from kpikit.metrics.model import Model
from kpikit.metrics.quantities import quantity, settled
from kpikit.sources.engine import Engine
from kpikit.words.errors import RequestError
from kpikit.words.message import Message
from kpikit.words.periods import Window
from kpikit.words.texts import N_

_UNIT, _VARIANT = "_unit", "_variant"
MOST_NAMED = 3
"""So many variants that are not planned are named; a wrong column has thousands."""


@dataclass(frozen=True)
class Moments:
    """Of the units of one variant: how many there are, the mean of each metric, and the covariance of each two.

    Covariances are those of a sample (divided by ``units - 1``); they are 0 for a single unit.
    """

    units: int
    means: Mapping[str, float]
    covariances: Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Sample:
    """What was seen of an experiment, until the day ``until``.

    ``mixed`` units saw several variants, and ``other`` ones none of those that were planned; both are left out.
    ``unplanned`` are the variants of the latter, the largest first, of which `MOST_NAMED` and one more are kept.
    """

    until: date
    variants: Mapping[str, Moments]
    mixed: int
    other: int
    unplanned: tuple[str, ...] = ()


def moments(
    engine: Engine, model: Model, client: str, source: str, unit: str, variant: str, planned: Collection[str],
    metrics: Sequence[Metric], window: Window,
) -> Sample:  # fmt: skip
    """The moments of these metrics in the rows of a client, by variant. Rows without a unit count for nobody."""
    rows = _rows(engine, model, client, source, window)
    units = _units(rows, model, unit, variant, metrics)
    kept = units.filter(~nw.col("_mixed"), nw.col(_VARIANT).is_in(list(planned)))
    counts = units.select(nw.col("_mixed").cast(nw.Int64).sum().alias("mixed"), nw.len().alias("all")).collect("pandas")
    names = [metric.name for metric in metrics]
    variants = dict(_by_variant(kept, names))
    mixed, every = int(counts["mixed"].to_list()[0] or 0), int(counts["all"].to_list()[0])
    other = every - mixed - sum(each.units for each in variants.values())
    left_out = units.filter(~nw.col("_mixed"), ~nw.col(_VARIANT).is_in(list(planned)))
    return Sample(window.last_day, variants, mixed, other, _largest(left_out) if other else ())


def counted(
    engine: Engine, model: Model, client: str, source: str, variant: str, planned: Collection[str],
    metrics: Sequence[Metric], whole: str, window: Window,
) -> Sample:  # fmt: skip
    """The same from counts, where nobody knows the units: each of ``whole`` is one, and in a metric once or not.

    Raises `RequestError` where a metric counts more than ``whole``: it is no part of it.
    """
    values = {f"_m{at}": _value(metric, model) for at, metric in enumerate(metrics)}
    rows = _rows(engine, model, client, source, window).filter(~nw.col(variant).is_null())
    sums = rows.with_columns(**values).group_by(nw.col(variant).alias(_VARIANT)).agg(*[nw.col(n).sum() for n in values])
    names, variants, others = [metric.name for metric in metrics], {}, dict[str, int]()
    for row in sorted(_records(sums), key=lambda each: str(each[_VARIANT])):
        found = dict(zip(names, (float(row[name] or 0) for name in values), strict=True))
        if row[_VARIANT] not in planned:
            others |= {str(row[_VARIANT]): round(found[whole])} if found[whole] >= 1 else {}
            continue
        large = next((name for name, count in found.items() if not 0 <= count <= found[whole]), None)
        if large:
            told = N_("variant '{variant}' counts {part} in {large} and {all} in {whole}, of which the former must be "
                      "a part.")  # fmt: skip
            about = {"part": f"{found[large]:g}", "large": large, "all": f"{found[whole]:g}", "whole": whole}
            raise RequestError(Message(told, variant=row[_VARIANT], **about))
        if found[whole] >= 1:
            variants[str(row[_VARIANT])] = of_counts(found, whole)
    largest = tuple(sorted(others, key=lambda name: -others[name])[: MOST_NAMED + 1])
    return Sample(window.last_day, variants, 0, sum(others.values()), largest)


def of_counts(found: Mapping[str, float], whole: str) -> Moments:
    """The moments behind counts by metric: each of ``whole`` is a unit, and in another metric once or not."""
    units = round(found[whole])
    shares = {name: count / units for name, count in found.items()}
    spread = {name: share * (1 - share) * units / max(units - 1, 1) for name, share in shares.items()}
    return Moments(units, shares, {(one, two): spread[one] if one == two else 0.0 for one in found for two in found})


def _rows(engine: Engine, model: Model, client: str, source: str, window: Window) -> Frame:
    declared = model.sources[source]
    rows = nw.from_native(engine.table(source)).with_columns(nw.col(declared.time).cast(nw.Date).alias("_day"))
    own = nw.col(declared.client).is_in(list(model.values(source, client)))
    return rows.filter(own, nw.col("_day") >= window.start, nw.col("_day") < window.end)


def _units(rows: Frame, model: Model, unit: str, variant: str, metrics: Sequence[Metric]) -> Frame:
    """A row for each unit: its variant, whether it saw several, and what it has of each metric (``_m0``, ``_m1``)."""
    values = {f"_m{at}": _value(metric, model) for at, metric in enumerate(metrics)}
    known = rows.filter(~nw.col(unit).is_null(), ~nw.col(variant).is_null())
    each = known.with_columns(**values).group_by(nw.col(unit).alias(_UNIT)).agg(
        nw.col(variant).min().alias(_VARIANT),
        nw.col(variant).max().alias("_last"),
        *[nw.col(name).sum() for name in values],
    )  # fmt: skip
    once = [f"_m{at}" for at, metric in enumerate(metrics) if metric.aggregate == "unique"]
    ones = {name: nw.when(nw.col(name) > 0).then(nw.lit(1.0)).otherwise(nw.lit(0.0)) for name in once}
    return each.with_columns((nw.col(_VARIANT) != nw.col("_last")).alias("_mixed"), **ones)


def _largest(units: Frame) -> tuple[str, ...]:
    """The variants that most units saw."""
    sizes = units.group_by(_VARIANT).agg(nw.len().alias("_n"))
    first = _records(sizes.sort("_n", _VARIANT, descending=[True, False]).head(MOST_NAMED + 1))
    return tuple(str(row[_VARIANT]) for row in first)


def _value(metric: Metric, model: Model) -> nw.Expr:
    """What a row adds to the value of its unit."""
    source = model.sources[metric.source]
    adds = quantity(metric.column, source).value if metric.aggregate == "sum" and metric.column else nw.lit(1)
    conditions = needed(metric, source)
    kept = nw.when(all_of(*conditions)).then(adds).otherwise(nw.lit(0)) if conditions else adds
    return kept.cast(nw.Float64)


def _by_variant(units: Frame, names: Sequence[str]) -> Iterator[tuple[str, Moments]]:
    columns = [f"_m{at}" for at in range(len(names))]
    means = units.group_by(_VARIANT).agg(nw.len().alias("_n"), *[nw.col(each).mean() for each in columns])
    centres = means.select(nw.col(_VARIANT).alias("_of"), *[nw.col(each).alias(f"{each}c") for each in columns])
    pairs = list(combinations_with_replacement(range(len(names)), 2))
    around = units.join(centres, left_on=_VARIANT, right_on="_of", how="inner").with_columns(
        **{f"_p{i}_{j}": _off(i) * _off(j) for i, j in pairs}
    )
    sums = around.group_by(_VARIANT).agg(*[nw.col(f"_p{i}_{j}").sum() for i, j in pairs])
    spread = {row[_VARIANT]: row for row in _records(sums)}
    for row in sorted(_records(means), key=lambda each: str(each[_VARIANT])):
        count, own = int(row["_n"]), spread[row[_VARIANT]]
        yield (
            str(row[_VARIANT]),
            Moments(
                units=count,
                means={name: settled(row[column]) for name, column in zip(names, columns, strict=True)},
                covariances={
                    (names[i], names[j]): settled(own[f"_p{i}_{j}"] / max(count - 1, 1), _size(own, i, j, count))
                    for i, j in pairs
                },
            ),
        )


def _size(sums: Mapping[str, Any], one: int, other: int, count: int) -> float:
    """The largest that a covariance can be: the root of both variances."""
    return math.sqrt(float(sums[f"_p{one}_{one}"]) * float(sums[f"_p{other}_{other}"])) / max(count - 1, 1)


def _off(at: int) -> nw.Expr:
    return nw.col(f"_m{at}") - nw.col(f"_m{at}c")


def _records(frame: Frame) -> list[dict[str, Any]]:
    small = frame.collect("pandas")
    names = list(small.columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*(small[name].to_list() for name in names), strict=True)]
