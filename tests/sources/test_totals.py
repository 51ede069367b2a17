"""Totals rows held against what the rows add up to."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.sources.declarations import Column
from kpikit.sources.engine import Engine
from kpikit.sources.totals import differences
from tests.sources.cells import Declare

TOTALS = (("key", ("Total", "Part", "--")),)


@pytest.mark.parametrize(
    ("rows", "declared", "expected"),
    [
        ("1;2 2;3 Total;5", Column("x", "integer"), []),
        ("1;2 Total;5", Column("x", "integer"), [(3, 5, 2)]),
        ("1;2 2;3 3;3 Total;5", Column("x", "integer"), [(5, 5, 8)]),  # a row that is there twice
        ("Total;5 1;2 2;3", Column("x", "integer"), []),  # right below the header
        ("1;2 2;3 Part;2 Total;5", Column("x", "integer"), []),  # of a part and of all
        ("1;2 2;3 Part;2 Total;6", Column("x", "integer"), [(5, 6, 5)]),  # the nearest one is told
        ("1;2 Total;--", Column("x", "integer", missing=("--",)), []),  # a column that is not totalled
        ("1;2 Total;all", Column("x", "integer"), []),
        ("1;0.10 2;0.20 Total;0.30", Column("x", "decimal", scale=2), []),
        # 4 * sqrt(2 / 12) + 1 = 2.63 last digits may come from rounding
        ("1;0.10 2;0.20 Total;0.32", Column("x", "decimal", scale=2), []),
        ("1;0.10 2;0.20 Total;0.33", Column("x", "decimal", scale=2), [(4, 0.33, 0.3)]),
        ("1;0.5 Total;0.7", Column("x", "number"), []),  # no exact sum
    ],
)
def test_totals(
    rows: str, declared: Column, expected: list[tuple[int, float, float]], tmp_path: Path, declare: Declare
) -> None:
    file = tmp_path / "file.csv"
    file.write_text("\n".join(["key;x", *rows.split()]) + "\n", encoding="utf-8")
    with Engine(threads=1) as engine:
        loaded = engine.load(declare(file, declared, delimiter=";", totals=TOTALS))
        found = list(differences(engine, loaded, {"x"}))
        assert [(each.row, float(each.said), float(each.found)) for each in found] == expected
        assert list(differences(engine, loaded, set())) == []
