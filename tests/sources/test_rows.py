"""Whose the rows of a source are, by its column, its accounts or its path; copies and overlaps of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from kpikit.sources.declarations import PLACE, Column, Source
from kpikit.sources.engine import Engine
from kpikit.sources.patterns import files_of
from kpikit.sources.rows import check_rows
from kpikit.words.errors import SourceError

Declare = Callable[..., Source]
DAY, CLIENT, VALUE = Column("day", "date"), Column("client", "text"), Column("value", "integer")
CLIENTS = {"acme": ("acme",), "beta": ("beta",)}


@dataclass(frozen=True)
class Files:
    """Files with the columns client, day and value, or, where their path says the client, day and value."""

    texts: Mapping[str, str]
    pattern: str
    column: bool = False
    source: Mapping[str, Any] = field(default_factory=dict)
    clients: Mapping[str, Sequence[str]] = field(default_factory=lambda: CLIENTS)
    ignored: Sequence[str] = ()

    def check(self, root: Path, declare: Declare) -> list[tuple[Any, ...]]:
        """The rows of the table, loaded from the files and checked."""
        columns = (CLIENT, DAY, VALUE) if self.column else (DAY, VALUE)
        for name, text in self.texts.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            header = ",".join(column.name for column in columns)
            (root / name).write_text(f"{header}\n{text}", encoding="utf-8")
        source = declare(root / self.pattern, *columns)
        client = "client" if self.column else PLACE
        source = replace(source, root=root, pattern=self.pattern, client=client, **self.source)
        with Engine() as engine:
            loaded = engine.load(source, files_of(source, {key: key for key in self.clients}))
            check_rows(engine, loaded, self.clients, self.ignored)
            return engine.table("table").fetchall()


def said(files: Files, root: Path, declare: Declare) -> str:
    with pytest.raises(SourceError) as error:
        files.check(root.resolve(), declare)
    return str(error.value).removeprefix(f"{root.resolve()}/")


ACCOUNTS = {"accounts": "ads"}
AGGREGATES, MONTHS = {"kind": "aggregates"}, {"kind": "snapshots", "every": "month"}
ONE, TWO = "2024-01-01,1\n2024-01-02,2\n", "2024-01-02,3\n2024-01-03,4\n"


@pytest.mark.parametrize(
    "files",
    [
        Files({"acme/1.csv": ONE, "acme/2.csv": TWO, "beta/1.csv": "2024-01-01,5\n"}, "{client}/*.csv"),  # events
        Files({"acme/1.csv": ONE, "beta/1.csv": TWO}, "{client}/*.csv", source=AGGREGATES),  # others' days
        Files({"acme/1.csv": ONE, "acme/2.csv": "2024-02-01,1\n"}, "{client}/*.csv", source=AGGREGATES),
        Files({"acme/1.csv": ONE, "beta/1.csv": ONE}, "{client}/*.csv", source=AGGREGATES | {"same_rows": True}),
        Files({"acme/1.csv": "", "acme/2.csv": "", "beta/1.csv": ONE}, "{client}/*.csv", source=AGGREGATES),
        Files({"1.csv": "acme,2024-01-01,1\n", "2.csv": "beta,2024-01-01,1\n"}, "?.csv", True, AGGREGATES),
        Files({"1.csv": "acme,2024-01-31,1\n", "2.csv": "acme,2024-02-01,1\n"}, "?.csv", True, MONTHS),
        Files({"acme/1.csv": "acme,2024-01-31,1\n"}, "{client}/1.csv", True),  # path and column agree
        Files({"1.csv": "12,2024-01-01,1\n99,2024-01-01,1\n"}, "1.csv", True, ACCOUNTS, {"acme": ("12",)}, ("99",)),
    ],
)  # fmt: skip
def test_files_that_are_fine(files: Files, tmp_path: Path, declare: Declare) -> None:
    rows = files.check(tmp_path.resolve(), declare)
    assert len(rows) == "".join(files.texts.values()).count("\n")
    if not files.column:  # the client's key stands at the end of each row
        assert [row[-1] for row in rows] == [
            name.partition("/")[0] for name in sorted(files.texts) for _ in files.texts[name].splitlines()
        ]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            Files({"acme/1.csv": ONE, "acme/2.csv": TWO}, "{client}/*.csv", source=AGGREGATES),
            "acme/2.csv, row 2: has a row of client 'acme' and of a day of which acme/1.csv has one, too, in row 3. "
            "In aggregates each day of a client stands in one file; remove it from one of the two.",
        ),
        (
            Files({"1.csv": "acme,2024-01-01,1\n", "2.csv": "beta,2024-01-09,1\nacme,2024-01-31,1\n"}, "?.csv", True,
                  MONTHS),
            "2.csv, row 3: has a row of client 'acme' and of a month of which 1.csv has one, too, in row 2. "
            "In snapshots each month of a client stands in one file; remove it from one of the two.",
        ),
        (
            Files({"acme/1.csv": ONE, "acme/2.csv": ONE}, "{client}/*.csv"),
            "acme/2.csv: is the same as acme/1.csv, byte for byte. Remove one of the two.",
        ),
        (
            Files({"acme/1.csv": ONE, "beta/1.csv": ONE}, "{client}/*.csv", source=AGGREGATES),
            "beta/1.csv: is the same as acme/1.csv, byte for byte. Remove one of the two. If each client has just "
            "this, write 'same_rows: count' under the source.",
        ),
        (
            Files({"acme/1.csv": ONE, "acme/2.csv": ONE}, "{client}/*.csv", source={"same_rows": True}),
            "acme/2.csv: is the same as acme/1.csv, byte for byte. Remove one of the two.",
        ),
        (
            Files({"acme/1.csv": "acme,2024-01-01,1\nbeta,2024-01-02,1\n"}, "{client}/1.csv", True),
            "acme/1.csv, row 3, column 'client', value 'beta': is not 'acme', whose file this is by its path. "
            "Move the row to its own client's file, or correct it.",
        ),
        (
            Files({"1.csv": "acme,2024-01-01,1\n", "2.csv": "acme,2024-01-02,1\nzeta,2024-01-02,1\n"}, "?.csv", True),
            "2.csv, row 3, column 'client', value 'zeta': is a client that is not registered. List it in clients.yml; "
            "under another key, with 'value'.",
        ),
        (
            Files({"1.csv": "12,2024-01-01,1\n13,2024-01-02,1\n"}, "1.csv", True, ACCOUNTS, {"acme": ("12",)}),
            "1.csv, row 3, column 'client', value '13': is an account of no client. In clients.yml, list it under its "
            "client's 'accounts: {ads: [...]}', or, if it is nobody's, under 'ignored_accounts'.",
        ),
        (
            Files({"acme/1.csv": ONE, "acme/2.csv": "2025-01-01,4\n"}, "{client}/*.csv"),
            "acme/2.csv, row 2, column 'day', value '2025-01-01': lies outside 2024-01-01..2024-12-31, which the "
            "source is declared to cover. Correct 'covers' in workspace.yml, or the file.",
        ),
        (
            Files({"acme/1.csv": ONE, "acme/2.csv": "2024-01-01,x\n"}, "{client}/*.csv"),
            "acme/2.csv, row 2, column 'value', value 'x': is not a number. If it means that there is no value, list "
            "'x' under `missing:`; else remove what is no part of a number from the file.",
        ),
    ],
)  # fmt: skip
def test_files_that_are_refused(files: Files, sentence: str, tmp_path: Path, declare: Declare) -> None:
    assert said(files, tmp_path, declare) == sentence


def test_parquet_files_of_several_clients(tmp_path: Path, declare: Declare) -> None:
    root = tmp_path.resolve()
    for client, value in (("acme", 1), ("beta", 2)):
        with Engine() as engine:
            engine.add("rows", {"day": "VARCHAR", "value": "BIGINT"}, [("2024-01-01", value)])
            (root / client).mkdir()
            rows = engine.connection.sql("SELECT day::DATE AS day, value FROM rows")
            rows.write_parquet(str(root / client / "x.parquet"))
    pattern = "{client}/x.parquet"
    source = declare(root / pattern, DAY, VALUE, format="parquet")
    source = replace(source, root=root, pattern=pattern, client=PLACE)
    with Engine() as engine:
        loaded = engine.load(source, files_of(source, {"acme": "acme", "beta": "beta"}))
        check_rows(engine, loaded, CLIENTS)
        assert [row[1:] for row in engine.table("table").fetchall()] == [(1, "acme"), (2, "beta")]
        assert engine.clients_by_file(loaded) == [{"acme"}, {"beta"}]


def test_rows_are_counted_as_an_editor_does_in_files_with_lines_that_are_no_rows(
    tmp_path: Path, declare: Declare
) -> None:
    text = "Report\n# of acme\nclient,day,value\nall,,9\nacme,2024-01-01,1\n# note\nacme,2024-01-02,2\n{},3\n"
    for name, row in (("1.csv", "acme,2024-01-03"), ("2.csv", "beta,2025-01-01"), ("3.csv", "beta,2024-01-01")):
        (tmp_path / name).write_text(text.format(row), encoding="utf-8")
    dialect = {"skip": 1, "comment": "#", "totals": (("client", ("all",)),)}
    source = replace(declare(tmp_path / "?.csv", CLIENT, DAY, VALUE, **dialect), root=tmp_path, pattern="?.csv")
    with Engine() as engine:
        loaded = engine.load(source, files_of(source, {}))
        assert [loaded.place(number) for number in (0, 1, 2, 5, 6)] == [
            (tmp_path / "1.csv", 5), (tmp_path / "1.csv", 7), (tmp_path / "1.csv", 8),
            (tmp_path / "2.csv", 8), (tmp_path / "3.csv", 5),
        ]  # fmt: skip
        with pytest.raises(SourceError) as error:
            check_rows(engine, loaded, CLIENTS)
    reason = "lies outside 2024-01-01..2024-12-31, which the source is declared to cover."
    assert str(error.value).startswith(f"{tmp_path}/2.csv, row 8, column 'day', value '2025-01-01': {reason}")
