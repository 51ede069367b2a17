"""Where people's files speak of a client: as a text of its own or as a word in one, in comments too."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.sources.clients import Client
from kpikit.words.periods import Calendar
from kpikit.workspace.reports.traces import mentioned, names_of, traces

NAMES = ["norway", "Norge", "NO"]


def test_the_names_of_a_client() -> None:
    labels = {"en": "Norway", "nb": "Norge"}
    client = Client("norway", labels, "NO", "nb", Calendar(), {"ads": ("1-1", "1-2")})
    assert names_of(client) == {"norway", "Norway", "Norge", "NO", "1-1", "1-2"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("norway", "norway"),
        (" NORWAY ", "norway"),
        ("Sale in Norway, too", "norway"),
        ("Norge.", "Norge"),
        ("norwayan", None),
        ("a-norway-b", "norway"),
        ("NO", "NO"),
        ("no", None),
        ("NO sale", None),  # a name of two letters is found alone only
        ("clients: [SE, NO]", "NO"),
        ("  - NO", "NO"),
        ("NO: {}", "NO"),
        ("value: 'NO'  # comment", "NO"),
        ("", None),
    ],
)
def test_where_a_name_is_found(text: str, expected: str | None) -> None:
    assert mentioned(text, NAMES) == expected


def test_the_lines_on_which_a_client_is_named(tmp_path: Path) -> None:
    files = {
        "workspace.yml": "schema: 1\nfilters:\n  own: {where: {country: [Norge, Sverige]}}\n",
        "clients.yml": "schema: 1\nclients:\n  norway:\n    label: {nb: Norge}\n  sweden: {}\n",
        "events.yml": "schema: 1\nevents:\n  - what: Fair\n    note: |\n      Many came,\n      from Norway too.\n",
        "plans/default/1.yml": "schema: 1\nvision: As Norway does\n",
        "plans/sweden/1.yml": "a: [b\nfrom norway\n",  # no YAML
        "plans/norway/1.yml": "schema: 1\nextends: norway/2\n",
        "notes/norway/x.yml": "schema: 1\n",
        "notes/sweden/x.yml": "schema: 1\n# as in Norway\ntext: nothing\n",
        "sources/norway.yml": "norway\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [str(trace) for trace in traces(tmp_path, "norway", NAMES)] == [
        "workspace.yml, line 3: names 'Norge'",
        "clients.yml, line 3: names 'norway'",
        "clients.yml, line 4: names 'Norge'",
        "events.yml, line 6: names 'norway'",
        "plans/default/1.yml, line 2: names 'norway'",
        "plans/norway/1.yml: the client's own plan",
        "plans/sweden/1.yml, line 2: names 'norway'",
        "notes/norway/x.yml: the client's own note",
        "notes/sweden/x.yml, line 2: names 'norway'",
    ]
