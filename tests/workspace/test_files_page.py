"""FILES.md: its example is a workspace that works, and its tables name the keys that are read, all and no others."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import indent

import pytest
from click.testing import CliRunner

import kpikit
from kpikit.cli import main
from kpikit.evaluation.facts import Fact
from kpikit.metrics.conditions import OPERATORS
from kpikit.sources.strict import Section
from kpikit.words.texts import LANGUAGES
from kpikit.workspace.new import new
from kpikit.workspace.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "kpikit/workspace/FILES.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([\w./-]+)`[^\n]*\n```\w*\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
COMMANDS = re.findall(r"^kpikit (.+)$", PAGE, re.MULTILINE)


@pytest.fixture
def coffee(tmp_path: Path) -> Path:
    """The example of the page, as `kpikit new` makes it, with the second version of the plan, events and a note."""
    folder = new(tmp_path / "coffee")
    for name in ("plans/default/2.yml", "events.yml", "notes/norrebro/2026-02.yml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(FILES[name], encoding="utf-8")
    return folder


# The example.


def test_the_example_is_what_a_new_workspace_holds(coffee: Path) -> None:
    made = {file.relative_to(coffee).as_posix(): file for file in coffee.rglob("*.*")}
    assert list(FILES) == [
        "sources/till.csv", "workspace.yml", "clients.yml", "plans/default/1.yml", "plans/default/2.yml",
        "events.yml", "notes/norrebro/2026-02.yml",
    ]  # fmt: skip
    assert set(made) == set(FILES)
    for name, text in FILES.items():
        written = made[name].read_text(encoding="utf-8-sig")
        assert written.startswith(text) if name.endswith(".csv") else written == text


def test_the_example_is_evaluated(coffee: Path) -> None:
    evaluation = kpikit.open(coffee).evaluate("norrebro")
    assert (evaluation.period.key, str(evaluation.as_of), evaluation.plan_version) == ("2026-02", "2026-02-28", 1)
    revenue, basket, to_go = evaluation.kpis
    # The sums of the till's lines: 2025 5,576,032.77, of which 444,759.53 in January and 404,871.56 in February;
    # in 2026 498,488.02 and 440,025.72; February 2026: 8,126 orders, 3,080 of them to go for 116,253.41
    assert target(revenue, "baseline") == pytest.approx(5_576_032.77)
    assert target(revenue, "value") == pytest.approx(1.1 * 5_576_032.77)
    assert target(revenue, "achieved") == pytest.approx(498_488.02 + 440_025.72)
    assert target(revenue, "now") == pytest.approx(1.1 * (444_759.53 + 404_871.56))
    assert basket.value.value == pytest.approx(440_025.72 / 8_126)
    assert (to_go.value.value, to_go.value.covered) == (pytest.approx(116_253.41 / 3_080), 28)
    # from 38 on 1 January to 39 at the end of December 2026; 59 days of 365 have passed
    assert target(to_go, "now") == pytest.approx(38 + 59 / 365)
    assert (revenue.status, basket.status, to_go.status) == ("on_track", "met", "at_risk")


def target(fact: Fact, field: str) -> float:
    """A number of the fact's target."""
    number = getattr(fact.target, field)
    assert isinstance(number, float)
    return number


def test_the_second_version_of_the_examples_plan_says_only_what_is_new(coffee: Path) -> None:
    one, two = read_settings(coffee).plans("aarhus")
    assert [goal.owner for goal in one.goals] == ["The owner", "The manager"]
    assert [goal.owner for goal in two.goals] == ["The owner", "The owner"]
    assert (two.kpis, len(one.decisions), len(two.decisions)) == (one.kpis, 0, 1)


@pytest.mark.parametrize("command", [each for each in COMMANDS if not each.startswith("report")])
def test_the_commands_of_the_example_work(command: str, coffee: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(coffee.parent)
    done = CliRunner().invoke(main, command.split())
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Nørrebro Coffee" in done.stdout or "measurements in measured.csv" in done.stdout


def test_the_danish_file_of_the_page_is_read_as_the_page_says(tmp_path: Path) -> None:
    own = PAGE.partition("## Your own files")[2]
    lines, declared = re.findall(r"(?ms)^```(?:yaml)?\n(.*?)^```$", own)[:2]
    coffee = new(tmp_path / "coffee")
    (coffee / "sources/kasse.csv").write_bytes(lines.encode("windows-1252"))
    text = (coffee / "workspace.yml").read_text(encoding="utf-8")
    kept = [key for key in ("kind", "every", "covers") if f"    {key}:" not in declared]
    source = declared + "".join(line for line in text.splitlines(keepends=True) if line.strip().split(":")[0] in kept)
    text = re.sub(r"(?<=  till:\n).*?(?=dimensions:)", lambda _: source, text, flags=re.DOTALL)
    for english, danish in ((" revenue,", " omsætning,"), (" orders,", " bilag,"), (": place,", ": salgssted,")):
        text = text.replace(english, danish)
    (coffee / "workspace.yml").write_text(text, encoding="utf-8")
    measured = {row.metric: row.value for row in kpikit.open(coffee).table() if row.window.start == date(2025, 1, 1)}
    assert measured == {"revenue": 14_310.0, "orders": 212.0}


@pytest.fixture
def cups(tmp_path: Path) -> Path:
    """The example with the page's own indicator and bindings, and the metrics that they are about."""
    folder = new(tmp_path / "cups")
    count = "{source: till, sum: orders, unit: count, by: [place], label: {en: %s}}"
    money = "{source: till, sum: revenue, unit: money, currency: DKK}"
    metrics = [f"  {name}: {count % name}\n" for name in ("cups", "receipts", "baskets")]
    blocks = re.findall(r"^```yaml\n((?:bind|indicators|benchmarks):\n.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    with (folder / "workspace.yml").open("a", encoding="utf-8") as file:
        file.writelines([*metrics, f"  revenue_of_members: {money}\n", *blocks])
    (limits,) = re.findall(r"^```yaml\n(kpis:\n.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    goal = "schema: 1\nin_force_from: 2026-07-01\ngoals:\n  grow:\n    statement: More\n    level: campaign\n"
    (folder / "plans/default/2.yml").write_text(goal + indent(limits, "    "), encoding="utf-8")
    return folder


def test_the_pages_own_indicator_and_bindings_work(cups: Path) -> None:
    found = read_settings(cups).indicators
    used = {
        "coffee.cups_per_order": ("cups", "orders"),
        "sales.orders": ("receipts",),
        "sales.average_order_value": ("revenue", "baskets"),
        "customers.known_customer_share": ("known_revenue", "revenue_of_members"),
    }
    assert {id: found[id].metrics for id in used} == used


def test_the_limits_of_the_page_are_read_as_it_says(cups: Path) -> None:
    limits = read_settings(cups).plans("norrebro")[1].kpis[0].limits
    assert limits.frozen is not None and (str(limits.frozen.start), str(limits.frozen.last_day)) == (
        "2024-01-01",
        "2024-12-31",
    )
    decided = [(each.start.key, str(each.on), each.by) for each in limits.rebases]
    assert decided == [("2025-09", "2025-12-15", "The owner")]


def test_the_commands_are_those_that_the_page_promises() -> None:
    assert [command.split()[0] for command in COMMANDS] == ["evaluate", "measure", "report"]


# The keys. A place is the path of a key: "sources.NAME.columns.NAME.type". Names of a user's choice are NAME.

NAMED = {"sources", "columns", "dimensions", "members", "filters", "entities", "metrics", "clients", "goals"}
CHOSEN = NAMED | {"experiments", "indicators", "variants", "where", "member", "accounts", "ignored_accounts"}
"""The mappings whose keys are names that the user chooses."""


OWN_NAMES = ("workspace.yml", "clients.yml", "events.yml", "experiments.yml")


def place(section: Section, key: str) -> str | None:
    """The place of a key that a reader asks for; None where it is a name, or the language of a text."""
    name = re.sub(r"^indicators\.\w+\.\w+", "indicators.id", section.name)  # an id has a dot of its own
    parts = [re.sub(r"\[\d+\]", "[]", part) for part in name.split(".") if part]
    if (parts and parts[-1] in CHOSEN) or key in LANGUAGES or parts[:1] == ["bind"]:
        return None
    general: list[str] = []
    for part in parts:
        general.append("NAME" if general and general[-1] in CHOSEN else part)
    path = re.sub(r"^.*\.where\.NAME\.", "where.NAME.", ".".join([*general, key]))
    file = section.file.name if section.file.name in OWN_NAMES else "plan"
    file = "note" if section.file.parents[1].name == "notes" else file
    return f"{file}: {re.sub(r'^defaults.', 'clients.NAME.', path)}"


VISITS = """\
schema: 1
name: Visits
sources:
  visits:
    {file: visits.csv, format: csv, kind: events, every: day, covers: 2026-02-01..2026-02-28, client: shop, time: day,
     columns: {shop: text, day: date, visitor: text, page: text, bought: boolean}}
metrics:
  visitors: {source: visits, unique: visitor, unit: count}
  conversions: {source: visits, count: rows, where: {bought: true}, unit: count}
"""


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    """The experiment of the page, in a workspace with the visits that it is about."""
    (folder := tmp_path / "visits").mkdir()
    (folder / "workspace.yml").write_text(VISITS, encoding="utf-8")
    (folder / "clients.yml").write_text("schema: 1\nclients: {norrebro: {label: Nørrebro}}\n", encoding="utf-8")
    seen = [(day, ("old", "new")[day % 2], ("true", "false")[day % 3 > 0]) for day in range(2, 16)]
    rows = [f"norrebro,2026-02-{day:02},v{day},{page},{bought}" for day, page, bought in seen]
    (folder / "visits.csv").write_text("\n".join(["shop,day,visitor,page,bought", *rows, ""]), encoding="utf-8")
    (text,) = re.findall(r"^```yaml\n(schema: 1\nexperiments:\n.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (folder / "experiments.yml").write_text(text, encoding="utf-8")
    return folder


def test_the_pages_experiment_is_compared(visits: Path) -> None:
    (found,) = kpikit.open(visits).evaluate("norrebro", "2026-02").experiments
    # days 3, 5 .. 15 saw the new page, of which 3, 9, 15 bought; days 2, 4 .. 14 the old one, of which 6 and 12 did
    (one,) = found.comparisons
    assert (one.treated.value, one.control.value) == pytest.approx((3 / 7, 2 / 7))
    assert one.verdict == "not_enough"


@pytest.fixture
def read_places(coffee: Path, cups: Path, visits: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The places that the readers ask for in the samples and in the examples, and every operator of a condition."""
    found = {f"workspace.yml: where.NAME.{operator}" for operator in OPERATORS[2:]}
    knows: Callable[[Section, str], bool] = Section.knows

    def recorded(section: Section, key: str) -> bool:
        asked = place(section, key)
        found.update([asked] if asked else [])
        return knows(section, key)

    monkeypatch.setattr(Section, "knows", recorded)
    for folder in (ROOT / "data/hospitals", ROOT / "data/shop", coffee, cups, visits):
        settings = read_settings(folder)
        settings.plans(next(iter(settings.clients)))
        settings.notes(next(iter(settings.clients)))
    return found


def page_places() -> list[str]:
    """The places in the first column of the page's tables; a heading gives the file, or the place where they begin."""
    found, file, begins = [], "", ""
    for line in PAGE.splitlines():
        heading = re.match(r"(#+) (?:[^`]*`(.+)`)?", line)
        if heading and heading[1] == "##":
            file, begins = re.sub("^(plan|note)s/.*", r"\1", heading[2] or ""), ""
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
