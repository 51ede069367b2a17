"""Does a report hold anything of another client? ``python -m tests.benchmarks.leaks [CLIENTS [PRINTED]]``: 274 and 12.

Each client's words (label, address, goal, note, the comment in its logo) and figures are its own, in one workspace; all
are rendered by workers at the same time. Every file is then decoded, and every canary in it must be its client's: that
is a look at all pairs of clients. Only the first ``PRINTED`` clients have a PDF and slides.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kpikit.render.batch import render
from tests.render.canaries import Planted, found, planted


def leaks(given: Planted, clients: list[str], formats: tuple[str, ...], out: Path) -> tuple[list[str], dict[str, int]]:
    """What stands where it does not belong; and by kind of file, how many of its own client's canaries each holds."""
    run = render(given.workspace.folder, clients, out=out, formats=formats)
    wrong = [f"{entry.client}: {entry.reason}" for entry in run.failed]
    own: dict[str, list[int]] = {}
    for entry in run.entries:
        for file in [each.path for each in entry.outputs if entry.client]:
            canaries = found(file, given.owners)
            others = {given.owners[each] for each in canaries} - {entry.client}
            wrong += [f"{file.name} of {entry.client} holds something of {other}" for other in sorted(map(str, others))]
            own.setdefault(file.suffix, []).append(sum(given.owners[each] == entry.client for each in canaries))
    return wrong, {kind: min(numbers) for kind, numbers in own.items() if len(numbers) == len(clients)}


def results(clients: int, printed: int) -> Iterator[str]:
    """The lines of the report."""
    with tempfile.TemporaryDirectory() as name:
        begun, made = time.perf_counter(), planted(Path(name) / "workspace", clients)
        keys = list(made.workspace.clients)
        for some, formats in ((keys, ("html", "xlsx", "json", "eml")), (keys[:printed], ("pdf", "pptx"))):
            wrong, own = leaks(made, some, formats, Path(name) / formats[0])
            yield f"{len(some)} clients, {len(some) * (len(some) - 1):,} pairs: {len(wrong)} foreign values"
            yield from (f"    {kind} holds {number} or more of its own client's" for kind, number in own.items())
            yield from wrong[:20]
        yield f"{len(made.owners):,} canaries; {time.perf_counter() - begun:.0f} s"


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    for line in results(*(given + [274, 12][len(given) :])):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
