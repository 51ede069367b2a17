"""What a report may take before it is ended as failed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds for a report, seconds for one of its cells, bytes of memory of its own. None: no limit."""

    seconds: float | None = 300.0
    cell_seconds: float | None = None
    memory: int | None = 2_000_000_000


NO_LIMITS = Limits(None, None, None)
