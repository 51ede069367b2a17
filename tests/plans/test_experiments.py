"""`experiments.yml`: what it says is read strictly, and what cannot be compared is refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.plans.experiments import Known, read_experiments, write_experiments
from kpikit.words.errors import SettingError
from tests.plans.texts import experiment
from tests.workspaces import Sale, Shop, window

KPIS = "[sales.orders, sales.average_order_value]"
PAGE = experiment("page", "{en: The new page, da: Den nye side}", "a", KPIS, "{web: 60, phone: 40}")
TEXT = f"schema: 1\nexperiments:\n{PAGE}    smallest_effect: 5 %\n"


@pytest.fixture
def known(tmp_path: Path) -> Known:
    settings = Shop(sales=[Sale("2024-03-01")]).at(tmp_path / "shop").settings
    return Known(settings.clients, settings.model.sources, settings.model.metrics, settings.indicators)


def test_an_experiment_is_read_and_written(tmp_path: Path, known: Known) -> None:
    (tmp_path / "experiments.yml").write_text(TEXT, encoding="utf-8")
    (found,) = read_experiments(tmp_path / "experiments.yml", known)
    assert (found.key, found.control, found.variants) == ("page", "web", {"web": 0.6, "phone": 0.4})
    assert (found.window, found.smallest_effect) == (window("2024-03-01", "2024-03-14"), 0.05)
    write_experiments(tmp_path / "again.yml", [found])
    assert read_experiments(tmp_path / "again.yml", known) == (found,)
    assert read_experiments(tmp_path / "none.yml", known) == ()


COUNTS = TEXT.replace("    unit: customer\n", "").replace("sales.orders, sales.average_order_value", "KPI")


@pytest.mark.parametrize(
    ("kpis", "reason"),
    [
        ("sales.cancellation_rate", ""),
        ("sales.orders", "experiments.page.kpis: sales.orders is no share of one count by another; name the column"),
        ("sales.average_order_value", "experiments.page.kpis: sales.average_order_value is no share of one count by"),
    ],
)
def test_without_units_shares_of_counts_are_compared(tmp_path: Path, known: Known, kpis: str, reason: str) -> None:
    file = tmp_path / "experiments.yml"
    file.write_text(COUNTS.replace("KPI", kpis), encoding="utf-8")
    if not reason:
        assert [each.unit for each in read_experiments(file, known)] == [None]
        return
    with pytest.raises(SettingError) as error:
        read_experiments(file, known)
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("client: a", "client: c", "line 5, experiments.page.client: client == 'c', must be one of a, b."),
        ("unit: customer", "unit: person", "line 7, experiments.page.unit: unit == 'person', must be one of client,"),
        (
            "control: web",
            "control: letter",
            "line 9, experiments.page.control: control == 'letter', must be one of web, phone.",
        ),
        (
            "{web: 60, phone: 40}",
            "{web: 100}",
            "line 10, experiments.page.variants: needs two or more, each with its share of the units, as "
            "{old: 50, new: 50}.",
        ),
        ("phone: 40", "phone: 0", "line 10, experiments.page.variants: needs two or more, each with its share"),
        ("2024-03-14", "2024-02-14", "line 12, experiments.page.to: 2024-02-14 lies before 2024-03-01, its first day."),
        ("5 %", "5", "line 14, experiments.page.smallest_effect: '5' must be a relative change above zero, as 5 %."),
        ("5 %", "0 %", "line 14, experiments.page.smallest_effect: '0 %' must be a relative change above zero"),
        ("sales.orders,", "sales.order,", "line 13, experiments.page.kpis: indicator == 'sales.order', must be one of"),
        (
            "sales.orders,",
            "sales.revenue_growth,",
            "line 13, experiments.page.kpis: sales.revenue_growth is neither a sum nor a ratio of sums.",
        ),
        (
            "sales.orders,",
            "customers.new_customers,",
            "line 13, experiments.page.kpis: customers.new_customers needs 'new_customers', which must be a sum, a "
            "count, or a unique count of the units, in the rows of sales.",
        ),
        ("kpis: [sales", "goals: [sales", "experiments.page.kpis: must be a list of texts, as [a, b]."),
        ("    to:", "    until:", "experiments.page: needs either 'on: 2026-03-01', or 'from: 2026-03-01' and 'to: "),
    ],
)
def test_what_is_wrong_is_refused(tmp_path: Path, known: Known, old: str, new: str, reason: str) -> None:
    file = tmp_path / "experiments.yml"
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SettingError) as error:
        read_experiments(file, known)
    assert reason in str(error.value)
