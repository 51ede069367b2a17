"""Goals as people write them, each as a plan that is read, evaluated, checked and shown; with indicators of the
workspace's own where people count what no catalogue knows.

The figures of a firm, month by month, 2022 to 2024, are so simple that each expected status can be had by hand.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date

import pytest

from kpikit.evaluation.goals.smart import check
from kpikit.workspace import Workspace
from kpikit.workspace.review.review import Review
from tests.histories import save
from tests.plans.written import GOALS, HEAD, Written

_COUNTED = (
    "visitors", "conversions", "revenue", "costs", "new_customers", "leads", "calls", "answered", "material",
    "recycled", "waste", "paper", "market", "points", "answers", "staff_points", "staff_answers",
)  # fmt: skip
_OWN = {  # indicator -> label, formula, unit, which way is better
    "site.visitors": ("Website visitors", "visitors", "count", "higher"),
    "site.conversions": ("Conversions", "conversions", "count", "higher"),
    "site.conversion_rate": ("Conversion rate", "conversions / visitors", "share", "higher"),
    "firm.revenue": ("Revenue", "revenue", "money", "higher"),
    "firm.costs": ("Operating costs", "costs", "money", "lower"),
    "firm.new_customers": ("New customers", "new_customers", "count", "higher"),
    "firm.leads": ("Leads", "leads", "count", "higher"),
    "firm.answered": ("Calls answered on the day", "answered / calls", "share", "higher"),
    "firm.recyclable": ("Recyclable material", "recycled / material", "share", "higher"),
    "firm.waste": ("Food waste, kg", "waste", "count", "lower"),
    "firm.paper": ("Paper, kg", "paper", "count", "lower"),
    "firm.market_share": ("Market share", "revenue / market", "share", "higher"),
    "firm.satisfaction": ("Customer satisfaction", "points / answers", "score", "higher"),
    "firm.wellbeing": ("Employee wellbeing", "staff_points / staff_answers", "score", "higher"),
}


def _row(origin: str, month: date) -> tuple[int, ...]:
    """One month's figures by where visitors come from; all that is not about visitors stands with the direct ones."""
    even, late = month.month % 2 == 0, month.year >= 2024
    if origin == "google":
        return (1000, 20 + even + 2 * late, *(0 for _ in _COUNTED[2:]))
    revenue = 1000 + 100 * even + 150 * late
    sold = (1250 if late else 1000, 10, revenue, 180 if late else 200, 1, 5, 100, 96 if late else 90)
    green = (100, 42 if late else 30, 11 if late else 20, 48 if late else 50)
    return (*sold, *green, 10_000, 430 if late else 400, 100, 380 if late else 350, 100)


def _rows(clients: list[str]) -> Iterator[tuple[object, ...]]:
    months = [date(year, month, 1) for year in (2022, 2023, 2024) for month in range(1, 13)]
    for client in clients:
        for month in months:
            for origin in ("google", "direct"):
                yield client, month, origin, *_row(origin, month)


def _workspace() -> str:
    """The text of ``workspace.yml``."""
    money = ("revenue", "costs", "market")
    units = {name: "money, currency: DKK" if name in money else "count" for name in _COUNTED}
    metrics = [f"  {name}: {{source: books, sum: {name}, unit: {units[name]}, by: [origin]}}" for name in _COUNTED]
    own = [
        f"  {id}: {{label: '{label}', description: '{label}.', formula: {formula}, unit: {unit}, better: {better}}}"
        for id, (label, formula, unit, better) in _OWN.items()
    ]
    columns = ", ".join(f"{name}: integer" for name in _COUNTED)
    return "\n".join([
        "schema: 1", "name: Firm", "grain: month", "comparisons: [same_period_last_year]", "sources:", "  books:",
        "    {file: books.csv, format: csv, kind: aggregates, every: month, covers: 2022-01-01..2024-12-31,",
        f"    client: client, time: month, columns: {{client: text, month: date, origin: text, {columns}}}}}",
        "dimensions: {origin: {source: books, column: origin, label: Origin, members: {google: Google}}}",
        "metrics:", *metrics, "indicators:", *own, "",
    ])  # fmt: skip


@pytest.fixture(scope="module")
def firms(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with a client for each goal."""
    folder = tmp_path_factory.mktemp("firms")
    (folder / "workspace.yml").write_text(_workspace(), encoding="utf-8")
    register = "".join(f"  {key}: {{label: {key}}}\n" for key in GOALS)
    text = f"schema: 1\ndefaults: {{fiscal_year: {{first_month: 7}}}}\nclients:\n{register}"
    (folder / "clients.yml").write_text(text, encoding="utf-8")
    save(folder / "plans", **{f"{key}_1": HEAD + each.goals for key, each in GOALS.items()})
    with (folder / "books.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("client", "month", "origin", *_COUNTED))
        writer.writerows(_rows(list(GOALS)))
    return Workspace(folder)


@pytest.fixture(params=list(GOALS))
def case(request: pytest.FixtureRequest, firms: Workspace) -> tuple[Written, Review]:
    """A goal, and the review of its client; seen at the end of the period, as people do."""
    written = GOALS[request.param]
    last = firms.settings.clients[request.param].calendar.parse(written.period).window.last_day
    return written, firms.client(request.param).evaluate(written.period, as_of=last.isoformat())


def test_it_is_evaluated(case: tuple[Written, Review]) -> None:
    written, review = case
    assert {each.goal: (each.status, each.good, each.all) for each in review.evaluation.goals} == written.stands


def test_it_is_checked(case: tuple[Written, Review]) -> None:
    written, review = case
    assert review.plan
    assert tuple((each.goal, each.code) for each in check(review.plan, review.evaluation)) == written.found


def test_it_is_shown(case: tuple[Written, Review]) -> None:
    written, review = case
    assert review.plan
    pages = [str(page) for page in (review.goals(), review.smart(), review.outcome(), review.draft())]
    assert written.sentence in pages[0]
    for goal in review.plan.goals:
        assert str(goal.statement) in pages[0]
        assert str(goal.statement) in pages[1]
    for fact in review.kpis:
        assert review.labels(fact) in pages[2]


def test_become_more_sustainable_is_seen_through_the_goals_below_it(firms: Workspace) -> None:
    lines = str(firms.client("sustainable").evaluate("2024-06", "2024-06-30").goals()).splitlines()
    assert lines[lines.index("Become more sustainable") + 2].strip() == "Status: At risk (2 of 3 on track)"


@pytest.mark.parametrize(
    ("key", "period", "words"),
    [  # 13,860 / 12; 2,208 / 4
        ("revenue", "2024-06", "from DKK 12,600, ≥ DKK 13,860, by 30 June 2024, on average DKK 1,155 a month"),
        ("costs", "2024-Q2", "from DKK 2,400, ≤ DKK 2,208, by 31 December 2024, on average DKK 552 a quarter"),
        ("costs", "2024", "from DKK 2,400, ≤ DKK 2,208, by 31 December 2024\n"),
        ("paper", "2024-06", "from 50, ≤ 40\n"),
    ],
)
def test_a_yearly_target_is_broken_down(firms: Workspace, key: str, period: str, words: str) -> None:
    client = "sustainable" if key == "paper" else key
    assert words in f"{firms.client(client).evaluate(period).goals()}\n".replace("\N{NO-BREAK SPACE}", " ")


def test_the_goal_of_a_member_is_called_by_it(firms: Workspace) -> None:
    review = firms.client("conversion_points").evaluate("2024-06", "2024-06-30")
    assert [review.labels(fact) for fact in review.kpis] == ["Conversion rate, Google"]
