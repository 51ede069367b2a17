"""The planner of tests on the agency and the hospitals, driven as a kernel sees it."""

from __future__ import annotations

import pytest

import kpikit
from kpikit.widgets import ExperimentPlanner
from kpikit.words.errors import UsageError
from tests.widgets.cells import run

AGENCY = kpikit.samples() / "agency"


@pytest.fixture
def planner() -> ExperimentPlanner:
    return ExperimentPlanner(AGENCY, "maskegarn", "en")


def test_what_a_test_needs_follows_the_lists(planner: ExperimentPlanner) -> None:
    planner.indicator.value, planner.effect.value = "web.conversion_rate", 0.2
    two = planner.value
    assert (two.variants, two.effect, two.days % 7) == (2, 0.2, 0)
    planner.variants.value = 4
    assert planner.value.units == two.units and planner.value.days >= two.days
    assert run(planner.code) == planner.value
    planner.effect.value = 0.1
    assert planner.value.units > 3 * two.units  # a half of the effect takes about four times the units


def test_the_units_are_those_of_lehr_s_rule() -> None:
    # Lehr's rule of thumb (Statistics in Medicine 11, 1992): 16 p (1 - p) / difference squared, for 80 % and 5 %.
    plan = kpikit.open(AGENCY).client("maskegarn").plan_experiment("web.conversion_rate", 0.1)
    assert plan.units == pytest.approx(16 * plan.share * (1 - plan.share) / (plan.share * 0.1) ** 2, rel=0.03)
    assert (plan.days - 7) * plan.a_day < plan.units * 2 <= plan.days * plan.a_day


def test_a_test_of_the_workspace_is_read_as_in_reports() -> None:
    planner = ExperimentPlanner(AGENCY, "kvartal", "da")
    planner.test.value = "trial_page"
    (one,) = planner.value.outcome.comparisons
    assert (one.verdict, one.kpi) == ("better", "agency.trial_rate")  # planted: see data/agency/answers.yml
    assert "Siden, hvor prøveperioder begynder" in planner.shown.value
    assert run(planner.code) == planner.value


def test_only_shares_of_what_is_counted_are_offered() -> None:
    offered = [key for _, key in ExperimentPlanner(kpikit.samples() / "shop").indicator.options]
    assert "sales.cancellation_rate" in offered and "sales.cancelled_share" not in offered  # the latter is one of money


def test_what_cannot_be_planned_is_refused_in_words() -> None:
    hospital = kpikit.open(kpikit.samples() / "hospitals").client("RF4")
    with pytest.raises(UsageError, match="from which a test could be planned"):
        hospital.plan_experiment("emergency.share_within_four_hours", 0.5)
    with pytest.raises(UsageError, match="must be one of"):
        hospital.plan_experiment("sales.revenue")
    with pytest.raises(UsageError, match="an effect lies between"):
        hospital.plan_experiment("emergency.share_within_four_hours", 0)
    with pytest.raises(UsageError, match="experiment == 'x'"):
        hospital.experiment("x")
