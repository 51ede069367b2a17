"""Which sources a report lists: those with rows of its client, and those that its indicators are made of."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from kpikit.workspace.data.provenance import Origin, OriginFile, Provenance
from tests.workspaces import sample

OWN = OriginFile("own.csv", "0" * 64, 1, ("a",))
"""A file that has, or may have, rows of the client a."""


@pytest.mark.parametrize(
    ("used", "listed"),
    [
        ([], ["rows"]),
        (["silent"], ["rows", "silent"]),  # its figures are zeros, and the report says so
        (["absent"], ["rows", "absent"]),  # its figures are missing, and the report says so
        (["rows", "silent", "absent"], ["rows", "silent", "absent"]),
    ],
)
def test_what_has_rows_or_is_used_is_listed(used: Collection[str], listed: list[str]) -> None:
    days = "2024-01-01..2024-01-31"
    rows, absent = Origin("rows", (OWN,), days, None), Origin("absent", (), days, None)
    silent = Origin("silent", (OWN,), days, None, without_rows=("a",))
    found = Provenance((rows, silent, absent)).of("a", used)
    assert [each.source for each in found.origins] == listed


def test_a_report_says_how_many_are_not_listed() -> None:
    """13 sources of the agency are of the café Brynje, by the folders and accounts of its register."""
    workspace = sample("agency")
    review = workspace.client("brynje").evaluate(language="da")
    told, others = str(review.provenance()), len(workspace.settings.model.sources) - 13
    assert len(review.sources.origins) == 13
    assert f"{others} kilder mere indeholder intet om denne kunde og er ikke vist." in told
    assert "till\n" in told and "google_ads\n" not in told
