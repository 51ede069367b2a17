"""What a workspace declares of its figures, as `kpikit.metrics.measure` needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kpikit.metrics.declarations import Dimension, Entity, Metric
from kpikit.metrics.persons import USUAL_LIMIT
from kpikit.sources.declarations import Source
from kpikit.words.periods import Window


@dataclass(frozen=True)
class Model:
    """What a workspace declares, as `measure` needs it: all by name, and for each client its value in the sources.

    ``grain`` is the length of its periods, and of ``smallest_group`` persons and more a value may be told.
    ``supplied``: for each source that calls its clients otherwise, by key of a client, none, one or several values; a
    client without any has no rows there that could be told, and no coverage. ``active``: the days on which it is a
    client, by key; all days where it is not named.
    """

    sources: Mapping[str, Source]
    dimensions: Mapping[str, Dimension]
    entities: Mapping[str, Entity]
    metrics: Mapping[str, Metric]
    clients: Mapping[str, str]
    grain: str = "month"
    smallest_group: int = USUAL_LIMIT
    supplied: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    active: Mapping[str, Window] = field(default_factory=dict)

    @property
    def smallest_told(self) -> int | None:
        """The size of the smallest group that is told, where persons are counted at all."""
        return self.smallest_group if any(metric.persons for metric in self.metrics.values()) else None

    def sources_of(self, metric: str) -> frozenset[str]:
        """The sources that a metric is measured from: its own, and that of the persons behind it, who decide."""
        own = self.metrics[metric]
        counts = self.metrics[own.persons] if own.persons else own
        whole = self.metrics[counts.part_of] if counts.part_of else counts
        return frozenset({own.source, counts.source, whole.source})

    def values(self, source: str, client: str) -> Sequence[str]:
        """How the rows of a source call a client; empty where it has no file or account there."""
        return self.supplied[source].get(client, ()) if source in self.supplied else (self.clients[client],)

    def covers(self, source: Source, client: str) -> Window | None:
        """What a source covers of a client: nothing while it is none, or where it has no file or account there."""
        covers: Window | None = source.covers
        if client in self.active:
            covers = source.covers.overlap(self.active[client])
        return covers if self.values(source.name, client) else None
