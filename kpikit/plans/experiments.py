"""Experiments: A/B tests of campaigns, pages or prices, which ``experiments.yml`` lists.

An experiment gives each unit (a visitor, a customer) one variant and compares KPIs between the variants. The source has
a row for each thing that a unit did, with columns for the unit and its variant; or, where nobody knows the units,
counts by variant, and then shares alone are compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import yaml

from kpikit.indicators.catalogue import Indicators, unknown
from kpikit.indicators.framework import Indicator
from kpikit.metrics.declarations import Metric
from kpikit.plans.events import window_of
from kpikit.sources.declarations import Source
from kpikit.sources.strict import SCHEMA, Section, read
from kpikit.words.formula import Symbol, adds_up
from kpikit.words.language import Wording
from kpikit.words.periods import Window
from kpikit.words.units import SHARE


@dataclass(frozen=True)
class Experiment:
    """One experiment of one client.

    ``variants`` maps each variant's value in the column ``variant`` to its planned share of the units; ``control`` is
    the one that the others are held against. ``unit`` is None where the rows are counts. ``smallest_effect`` is the
    relative change that would matter (0.05 for 5 %), from which the size that it needs follows; None where nobody said.
    """

    key: str
    label: Wording
    client: str
    source: str
    unit: str | None
    variant: str
    control: str
    variants: Mapping[str, float]
    window: Window
    kpis: tuple[str, ...]
    smallest_effect: float | None = None

    @property
    def typed(self) -> bool:
        """True where a person typed counts: of no source, and of no time that is known."""
        return not self.source

    @property
    def comparisons(self) -> int:
        """How many verdicts there are, on each variant in each KPI."""
        return (len(self.variants) - 1) * len(self.kpis)


@dataclass(frozen=True)
class Known:
    """What an experiment may name."""

    clients: Collection[str]
    sources: Mapping[str, Source]
    metrics: Mapping[str, Metric]
    indicators: Indicators


def read_experiments(file: Path, known: Known) -> tuple[Experiment, ...]:
    """The experiments of a file, by their first days; none where there is no such file."""
    if not file.exists():
        return ()
    top = read(file)
    found = [
        _experiment(key, each, known)
        for key, each in top.sections("experiments", "page: {label: The new page, client: acme, ...}").items()
    ]
    top.finish()
    return tuple(sorted(found, key=lambda each: each.window))


def _experiment(key: str, section: Section, known: Known) -> Experiment:
    source = known.sources[section.choice("source", known.sources)]
    columns = [column.name for column in source.columns]
    unit = section.choice("unit", columns) if section.knows("unit") else None
    if unit and source.kind != "events":
        raise section.refuse(
            "unit", "needs a row for each thing that a unit did, and {name} has no events.", name=source.name
        )
    variants = _variants(section)
    experiment = Experiment(
        key=key,
        label=section.wording("label"),
        client=section.choice("client", known.clients),
        source=source.name,
        unit=unit,
        variant=section.choice("variant", columns),
        control=section.choice("control", variants),
        variants=variants,
        window=window_of(section),
        kpis=section.texts("kpis"),
        smallest_effect=_effect(section) if section.knows("smallest_effect") else None,
    )
    for id in experiment.kpis:
        _check(section, id, source, unit, known)
    wholes = {known.indicators[id].metrics[-1] for id in experiment.kpis}
    if unit is None and len(wholes) > 1:
        both = " and ".join(sorted(wholes))
        raise section.refuse("kpis", "are shares of {both}; without 'unit' all must be of one.", both=both)
    section.finish()
    return experiment


def _variants(section: Section) -> dict[str, float]:
    """The planned share of each variant, which together are all: written as {old: 50, new: 50}."""
    shares = section.section("variants", "{old: 50, new: 50}")
    parts = {name: shares.decimal(name) for name in shares}
    if len(parts) < 2 or min(parts.values()) <= 0:
        raise section.refuse("variants", "needs two or more, each with its share of the units, as {old: 50, new: 50}.")
    return {name: float(part / sum(parts.values())) for name, part in parts.items()}


def _effect(section: Section) -> float:
    text = section.text("smallest_effect")
    number = text.removesuffix("%").strip()
    if not text.endswith("%") or not number.replace(".", "", 1).isdigit() or not 0 < Decimal(number) <= 1000:
        raise section.refuse("smallest_effect", "{text} must be a relative change above zero, as 5 %.", text=repr(text))
    return float(Decimal(number) / 100)


def _check(section: Section, id: str, source: Source, unit: str | None, known: Known) -> None:
    """A KPI of an experiment is a sum, or a ratio of sums, over the rows of its source; of counts, a share."""
    if id not in known.indicators:
        raise section.refuse("kpis", unknown("indicator", id, known.indicators))
    indicator = known.indicators[id]
    if not all(adds_up(part) for part in indicator.parts or [indicator.formula]) or indicator.change:
        raise section.refuse("kpis", "{id} is neither a sum nor a ratio of sums.", id=id)
    if unit is None and not is_plain_share(indicator):
        raise section.refuse(
            "kpis", "{id} is no share of one count by another; name the column of the 'unit' for it.", id=id
        )
    for name in indicator.metrics:
        metric = known.metrics.get(name)
        if metric is None or metric.source != source.name or not _each_unit_has_one(metric, unit):
            must = f"must be a sum, a count, or a unique count of the units, in the rows of {source.name}"
            raise section.refuse("kpis", "{id} needs '{name}', which {must}.", id=id, name=name, must=must)


def is_plain_share(indicator: Indicator) -> bool:
    """True for one count as a share of another."""
    parts = indicator.parts or ()
    return indicator.unit == SHARE and len(parts) == 2 and all(isinstance(part, Symbol) for part in parts)


def _each_unit_has_one(metric: Metric, unit: str | None) -> bool:
    """True where the metric of all units is the sum of what each of them has."""
    is_the_unit = unit is not None and metric.aggregate == "unique" and metric.column == unit
    return is_the_unit or (metric.additive and not metric.entity)


def write_experiments(file: Path, experiments: Iterable[Experiment]) -> None:
    """Write experiments into a new file, which `read_experiments` gives back."""
    listed = {each.key: _written(each) for each in experiments}
    text = yaml.safe_dump({"schema": SCHEMA, "experiments": listed}, allow_unicode=True, sort_keys=False)
    file.write_text(text, encoding="utf-8")


def _written(each: Experiment) -> dict[str, object]:
    effect = each.smallest_effect
    return {
        "label": each.label,
        "client": each.client,
        "source": each.source,
        **({"unit": each.unit} if each.unit else {}),
        "variant": each.variant,
        "control": each.control,
        "variants": {name: f"{share * 100:.10f}" for name, share in each.variants.items()},
        "from": each.window.start.isoformat(),
        "to": each.window.last_day.isoformat(),
        "kpis": list(each.kpis),
        **({} if effect is None else {"smallest_effect": f"{Decimal(str(effect)) * 100} %"}),
    }
