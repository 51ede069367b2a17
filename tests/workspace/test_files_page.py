"""FILES.md: its example is a workspace that works, and its tables name the keys that are read, all and no others."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import kpikit
from kpikit.cli import main
from kpikit.evaluation.facts import Fact
from kpikit.metrics.declarations import OPERATORS
from kpikit.sources.strict import Section
from kpikit.words.texts import LANGUAGES
from kpikit.workspace.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "kpikit/workspace/FILES.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([\w./]+)`[^\n]*\n```\w*\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
COMMANDS = re.findall(r"^kpikit (.+)$", PAGE, re.MULTILINE)


def month_of_the_till(day: date) -> str:
    """A month's lines as the page's till writes them; those of 2026 are a tenth higher."""
    cafe, to_go = ("12.000,00", "4.000,00") if day.year == 2025 else ("13.200,00", "4.400,50")
    written = f"{day:%d-%m-%Y}"
    return (
        f"{written};Nørrebro;Café;200;{cafe}\n{written};Nørrebro;To go;100;{to_go}\n{written};Århus;Café;10;500,00\n"
    )


@pytest.fixture
def coffee(tmp_path: Path) -> Path:
    """The example of the page as a workspace: its till goes on with some lines in each month until February 2026."""
    months = [date(2025, month, 15) for month in range(2, 13)] + [date(2026, 1, 15), date(2026, 2, 15)]
    folder = tmp_path / "coffee"
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".csv":
            file.write_bytes((text + "".join(map(month_of_the_till, months))).encode("windows-1252"))
        else:
            file.write_text(text, encoding="utf-8")
    return folder


# The example.


def test_the_example_is_complete() -> None:
    assert list(FILES) == [
        "sources/kasse.csv", "workspace.yml", "clients.yml", "plans/default/1.yml", "plans/default/2.yml",
    ]  # fmt: skip


def test_the_example_is_evaluated(coffee: Path) -> None:
    evaluation = kpikit.open(coffee).evaluate("norrebro")
    assert (evaluation.period.key, str(evaluation.as_of), evaluation.plan_version) == ("2026-02", "2026-02-28", 1)
    revenue, basket, to_go = evaluation.kpis
    # 2025: 14,310.00 + 5,180.50 in January, 11 × (12,000 + 4,000) after it
    assert target(revenue, "baseline") == pytest.approx(195_490.50)
    assert target(revenue, "value") == pytest.approx(215_039.55)  # and 10 %
    assert target(revenue, "achieved") == pytest.approx(35_201.00)  # 2 × (13,200 + 4,400.50)
    assert target(revenue, "now") == pytest.approx(39_039.55)  # 1.1 × (19,490.50 + 16,000), January and February 2025
    assert revenue.status == "at_risk"
    assert basket.value.value == pytest.approx(17_600.50 / 300)
    assert (to_go.value.value, to_go.value.covered) == (4_400.50, 28)
    # from 4,000 on 1 January to 4,800 at the end of December; 59 days of 365 have passed
    assert target(to_go, "now") == pytest.approx(4_000 + 800 * 59 / 365)
    assert (basket.status, to_go.status) == ("missed", "on_track")


def target(fact: Fact, field: str) -> float:
    """A number of the fact's target."""
    number = getattr(fact.target, field)
    assert isinstance(number, float)
    return number


def test_the_second_version_of_the_examples_plan_says_only_what_is_new(coffee: Path) -> None:
    one, two = read_settings(coffee).plans("aarhus")
    assert [goal.owner for goal in one.goals] == ["The owner", None]
    assert [goal.owner for goal in two.goals] == ["The owner", "The managers"]
    assert (two.kpis, len(one.decisions), len(two.decisions)) == (one.kpis, 0, 1)


@pytest.mark.parametrize("command", [each for each in COMMANDS if not each.startswith("report")])
def test_the_commands_of_the_example_work(command: str, coffee: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(coffee.parent)
    done = CliRunner().invoke(main, command.split())
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Nørrebro Kaffe" in done.stdout or "measurements in measured.csv" in done.stdout


def test_the_commands_are_those_that_the_page_promises() -> None:
    assert [command.split()[0] for command in COMMANDS] == ["evaluate", "measure", "report"]


# The keys. A place is the path of a key: "sources.NAME.columns.NAME.type". Names of a user's choice are NAME.

NAMED = {"sources", "columns", "dimensions", "members", "filters", "entities", "metrics", "clients", "goals"}
CHOSEN = NAMED | {"where", "member"}
"""The mappings whose keys are names that the user chooses."""


def place(section: Section, key: str) -> str | None:
    """The place of a key that a reader asks for; None where it is a name, or the language of a text."""
    parts = [re.sub(r"\[\d+\]", "[]", part) for part in section.name.split(".") if part]
    if (parts and parts[-1] in CHOSEN) or key in LANGUAGES:
        return None
    general: list[str] = []
    for part in parts:
        general.append("NAME" if general and general[-1] in CHOSEN else part)
    path = re.sub(r"^.*\.where\.NAME\.", "where.NAME.", ".".join([*general, key]))
    file = section.file.name if section.file.name in ("workspace.yml", "clients.yml") else "plan"
    return f"{file}: {re.sub(r'^defaults.', 'clients.NAME.', path)}"


@pytest.fixture
def read_places(coffee: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The places that the readers ask for in the samples and in the example, and every operator of a condition."""
    found = {f"workspace.yml: where.NAME.{operator}" for operator in OPERATORS[2:]}
    knows: Callable[[Section, str], bool] = Section.knows

    def recorded(section: Section, key: str) -> bool:
        asked = place(section, key)
        found.update([asked] if asked else [])
        return knows(section, key)

    monkeypatch.setattr(Section, "knows", recorded)
    for folder in (ROOT / "data/hospitals", ROOT / "data/shop", coffee):
        settings = read_settings(folder)
        settings.plans(next(iter(settings.clients)))
    return found


def page_places() -> list[str]:
    """The places in the first column of the page's tables; a heading gives the file, or the place where they begin."""
    found, file, begins = [], "", ""
    for line in PAGE.splitlines():
        heading = re.match(r"(#+) (?:[^`]*`(.+)`)?", line)
        if heading and heading[1] == "##":
            file, begins = re.sub("^plans/.*", "plan", heading[2] or ""), ""
        elif heading:
            begins = f"{heading[2]}." if heading[2] else ""
        elif line.startswith("| `"):
            found += [f"{file}: {begins}{key}" for key in re.findall("`([^`]+)`", line.split("|")[1])]
    return found


def with_those_above(places: list[str]) -> set[str]:
    """The places, and the mappings and lists that they lie in: ``a.b[].c`` lies in ``a.b``, and that in ``a``."""
    found = set()
    for each in places:
        file, _, path = each.partition(": ")
        parts = path.split(".")
        found |= {f"{file}: {'.'.join(parts[:count])}".removesuffix("[]") for count in range(1, len(parts) + 1)}
    return found


def test_every_key_that_is_read_stands_in_the_pages_tables(read_places: set[str]) -> None:
    assert len(read_places) > 80
    assert sorted(read_places - with_those_above(page_places())) == []


def test_the_pages_tables_name_no_key_twice_and_none_that_is_not_read(read_places: set[str]) -> None:
    places = page_places()
    assert len(set(places)) == len(places)
    assert sorted(set(places) - read_places) == []
