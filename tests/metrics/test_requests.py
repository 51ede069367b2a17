"""The table of measurements: names of slices, looking up, writing and reading back."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.metrics import table
from kpikit.metrics.requests import COLUMNS, TOTAL, Measurement, Measurements, slice_id, slice_members
from kpikit.words.errors import RequestError
from tests.workspaces import PURE_LAWS, window

JANUARY, FEBRUARY = window("2024-01-01", "2024-01-31"), window("2024-02-01", "2024-02-29")


def row(
    client: str = "a", metric: str = "orders", slice: str = TOTAL, where: object = JANUARY, value: float | None = 1.0
) -> Measurement:
    return Measurement(client, metric, slice, where, value, None, 31, 31)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("members", "id"),
    [
        ({}, ""),
        ({"channel": "Google"}, "channel=Google"),
        ({"device": "phone", "channel": "Google"}, "channel=Google&device=phone"),  # sorted by dimension
        ({"channel": "a&b=c"}, "channel=a%26b%3Dc"),
        ({"channel": ""}, "channel="),
        ({"by": "Ærø/1"}, "by=%C3%86r%C3%B8%2F1"),
    ],
)
def test_names_of_slices(members: dict[str, str], id: str) -> None:
    assert slice_id(members) == id
    assert slice_members(id) == members


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=3))
@PURE_LAWS
def test_a_name_of_a_slice_gives_back_its_members(members: dict[str, str]) -> None:
    assert slice_members(slice_id(members)) == members


def test_a_measurement_is_found_by_client_metric_window_and_slice() -> None:
    rows = [row(), row(client="b", value=2), row(where=FEBRUARY, value=3), row(slice="channel=web", value=4)]
    found = Measurements(rows)
    assert [found.get("a", "orders", JANUARY).value, found.get("b", "orders", JANUARY).value] == [1, 2]
    assert found.get("a", "orders", FEBRUARY).value == 3
    assert found.get("a", "orders", JANUARY, "channel=web").value == 4
    assert len(found) == 4 and list(found) == rows


@pytest.mark.parametrize(
    ("slice", "names"),
    [
        (TOTAL, "revenue of client 'a' in 2024-02-01..2024-02-29 was not measured."),
        ("channel=web", "revenue of client 'a' in 2024-02-01..2024-02-29 for channel=web was not measured."),
    ],
)
def test_what_was_not_measured_is_named(slice: str, names: str) -> None:
    with pytest.raises(RequestError, match=re.escape(names) + " Open the whole workspace to measure it, or ask for"):
        Measurements([row()]).get("a", "revenue", FEBRUARY, slice)


def test_members_are_those_of_one_dimension_alone() -> None:
    slices = ("", "channel=web", "channel=phone%20%26%20fax", "device=web", "channel=web&device=web")
    found = Measurements(row(slice=slice) for slice in slices).members("a", "orders", JANUARY, "channel")
    assert {member: each.slice for member, each in found.items()} == {
        "web": "channel=web",
        "phone & fax": "channel=phone%20%26%20fax",
    }


def test_no_members_where_nothing_was_split() -> None:
    assert Measurements([row()]).members("a", "orders", JANUARY, "channel") == {}
    assert Measurements([]).members("a", "orders", JANUARY, "channel") == {}


def test_the_measurements_of_each_client_alone() -> None:
    found = Measurements([row(), row(client="b"), row(where=FEBRUARY)]).by_client()
    assert {client: len(own) for client, own in found.items()} == {"a": 2, "b": 1}
    with pytest.raises(RequestError):
        found["b"].get("a", "orders", JANUARY)


def test_the_table_has_a_row_for_each_measurement() -> None:
    money = Measurement("a", "revenue", TOTAL, JANUARY, 0.1, Decimal("0.10"), 31, 31)
    frame = Measurements([money, row(value=None)]).frame()
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["amount"]) == [Decimal("0.10"), None]
    assert frame["value"].isna().tolist() == [False, True]
    assert (frame["start"][0], frame["end"][0]) == (JANUARY.start, JANUARY.end)  # the end is not included


def test_the_table_of_nothing_has_its_columns() -> None:
    assert list(Measurements([]).frame().columns) == list(COLUMNS)
    assert list(Measurements([]).slices().columns) == ["slice", "dimension", "member"]


def test_the_table_of_slices_has_a_row_for_each_dimension() -> None:
    frame = Measurements([row(), row(slice="channel=a%26b&device=phone"), row(slice="channel=web")]).slices()
    assert frame.values.tolist() == [
        ["channel=a%26b&device=phone", "channel", "a&b"],
        ["channel=a%26b&device=phone", "device", "phone"],
        ["channel=web", "channel", "web"],
    ]


measurements = st.builds(
    Measurement,
    client=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    metric=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    slice=st.dictionaries(st.text('ab&=,"\n', min_size=1), st.text("ab&=, ")).map(slice_id),
    window=st.sampled_from([JANUARY, FEBRUARY]),
    value=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    amount=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=3),
    covered=st.integers(0, 366),
    expected=st.integers(0, 366),
)


@given(st.lists(measurements, max_size=4))
@PURE_LAWS
def test_what_is_written_is_read_back_unchanged(rows: list[Measurement]) -> None:
    file = io.StringIO(newline="")
    Measurements(rows).write(file)
    file.seek(0)
    again = list(Measurements.read(file))
    assert again == list(Measurements(rows))
    assert [str(each.amount) for each in again] == [str(each.amount) for each in Measurements(rows)]  # 1.0 is not 1.00


def test_the_columns_are_described_with_their_types_and_nothing_else(tmp_path: Path) -> None:
    text = (Path(table.__file__).parent / "SCHEMA.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `(\w+)` \| ([\w(),]+) \|", text, re.MULTILINE)
    table.save(Measurements([row()]), tmp_path / "table.parquet")
    columns = duckdb.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(tmp_path / "table.parquet")]).fetchall()
    assert described == [column[:2] for column in columns]
    assert tuple(name for name, _ in described) == COLUMNS


def test_missing_cells_are_empty_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        Measurements([row(value=None)]).write(opened)
    assert file.read_text(encoding="utf-8").splitlines() == [
        "client,metric,slice,start,end,value,amount,covered,expected,suppressed,answers,deviation,largest",
        "a,orders,,2024-01-01,2024-02-01,,,31,31,False,,,",
    ]
